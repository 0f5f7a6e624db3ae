"""What the acceptance room finds wrong in a case: who cares for what, who decides, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries.entries import case_entries
from detente.case.fault import Fault
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years, democracy_score, members_in_year
from detente.case.index.membership import case_sides, represented_party
from detente.case.index.relative_gains import comparing_party, missing_regime_faults, regime_fault
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.choices import OWN_OPTION
from detente.case.schema.response import Mechanism
from detente.case.uncertainty.bounds import bounded_estimates
from detente.errors import did_you_mean
from detente.rooms.acceptance.together_checks import together_faults
from detente.rooms.gains.model.network.actor_network import ActorNetwork
from detente.rooms.gains.model.network.build_network import (
    build_actor_network,
    leading_members,
    observed_channel_of,
    organisations_in_channels,
    party_capability,
)
from detente.rooms.gains.model.network.parties import issues_with_stakes
from detente.text.english import join_words

VARIED_SECTIONS = ("channels", "issues", "threat", "network", "traits", "mechanisms", "outside", "response")
"""The sections whose numbers other sets of assumptions may change."""
LARGEST_BELIEF = 1_000_000
"""What a belief may be as good as having seen."""
REGIME_MECHANISM_KINDS = ("relative", "norms", "shield")
SHRINKING_KINDS = ("recognition", "advantage", "autonomy", "fear")
COMPARING_KINDS = ("relative", "fear")


def acceptance_faults(case: Case) -> Iterator[Fault]:
    """Mechanisms that cannot work as told, settings and outcomes that name what is not there."""
    for name in case.mechanisms:
        yield from _mechanism_faults(case, name)
    yield from _inert_depth_faults(case)
    yield from _unused_reason_faults(case)
    yield from _theory_lens_faults(case)
    yield from _regime_scale_faults(case)
    yield from _response_faults(case)
    yield from _priors_faults(case)
    yield from together_faults(case)
    yield from _choice_faults(case)
    actor_networks = _actor_networks(case)
    if actor_networks:
        parties_in_channels = _parties_in_channels(case, actor_networks)
        yield from _stranger_faults(case, parties_in_channels)
        for name in case.outside:
            yield from _outside_option_faults(case, name, parties_in_channels)
        actors = {actor for actor_network in actor_networks for actor in actor_network.actors}
        for name in case.outcomes:
            yield from _outcome_faults(case, name, parties_in_channels, actors)
        for name, mechanism in case.mechanisms.items():
            if mechanism.by_regime:
                yield from _missing_measure_faults(case, name, mechanism.by_regime, actor_networks)
        for actor_network in actor_networks:
            for party in sorted(parties_in_channels):
                yield from missing_regime_faults(
                    case, comparing_party(case, party, actor_network.year), case_sides(case) or (), actor_network.year
                )
    for name, motive in case.motives.items():
        pathways = motive.works_by
        pathways_path: CasePath = ("motives", name, "works_by")
        if pathways and not pathways.gains and not pathways.mechanisms:
            yield Fault(pathways_path, "nothing is said of what it works by", "gains: or mechanisms:", is_omission=True)
        for key in ("gains", "mechanisms", "issues") if pathways else ():
            yield from _duplicate_faults((*pathways_path, key), getattr(pathways, key))
        for index, issue in enumerate(pathways.issues if pathways else ()):
            if issue not in issues_with_stakes(case):
                message = f"nothing is at stake on '{issue}'"
                yield Fault((*pathways_path, "issues", index), message, "add stakes: to the issue", is_omission=True)


def _duplicate_faults(path: CasePath, names: Sequence[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Fault((*path, index), f"'{name}' is named twice", "once is enough")


def _actor_networks(case: Case) -> list[ActorNetwork]:
    """The arenas of all years; none where they cannot be made, or nobody speaks of who is in them."""
    if (
        not case.channels
        or not (case.mechanisms or case.outside or case.outcomes)
        or analysed_years(case)[-1] >= OPEN_END_YEAR
    ):
        return []
    return [build_actor_network(case, year) for year in analysed_years(case)]


def _parties_in_channels(case: Case, arenas: Sequence[ActorNetwork]) -> set[str]:
    """Every party that has a part in the channels: actors, organisations, and members of those that are one player."""
    parties = set(organisations_in_channels(case))
    for actor_network in arenas:
        parties |= set(actor_network.actors)
        parties.update(member for members in actor_network.members_by_player.values() for member in members)
    return parties


def _mechanism_faults(case: Case, name: str) -> Iterator[Fault]:
    mechanism, path = case.mechanisms[name], ("mechanisms", name)
    if mechanism.against and mechanism.kind not in COMPARING_KINDS:
        message = f"{mechanism.kind} is not about anybody else"
        yield Fault((*path, "against"), message, f"leave it out; it is for {join_words(COMPARING_KINDS, 'or')}")
    if mechanism.at_cost_of and mechanism.kind != "recognition":
        yield Fault((*path, "at_cost_of"), "only recognition is won at somebody's cost", "leave it out")
    if mechanism.at_cost_of in mechanism.of:
        message = f"'{mechanism.at_cost_of}' wins by it and pays for it"
        yield Fault((*path, "at_cost_of"), message, "leave it out of one of the two")
    if mechanism.shrinks_with and mechanism.kind not in SHRINKING_KINDS:
        message = f"{mechanism.kind} does not shrink"
        yield Fault((*path, "shrinks_with"), message, f"leave it out; it is for {join_words(SHRINKING_KINDS, 'or')}")
    if mechanism.by_regime and mechanism.kind not in REGIME_MECHANISM_KINDS:
        message = f"{mechanism.kind} does not turn on regimes"
        yield Fault(
            (*path, "by_regime"), message, f"leave it out; it is for {join_words(REGIME_MECHANISM_KINDS, 'or')}"
        )
    if mechanism.kind in COMPARING_KINDS:
        yield from _comparison_faults(case, name, mechanism)


def _inert_depth_faults(case: Case) -> Iterator[Fault]:
    """Channels whose depth counts for nothing."""
    shrinkages = [mechanism.shrinks_with for mechanism in case.mechanisms.values() if mechanism.shrinks_with]
    if any(shrinkage.depth.bounds != (0, 0) for shrinkage in shrinkages):
        return
    for name, channel in case.channels.items():
        if channel.depth is not None:
            message = "this does nothing: no mechanism shrinks with depth"
            remedy = "say how far one does: mechanisms: shrinks_with: {depth: ...}"
            yield Fault(("channels", name, "depth"), message, remedy, is_omission=True, severity="warning")


def _unused_reason_faults(case: Case) -> Iterator[Fault]:
    """Mechanisms and outside options that no theory lets count, where theories say what counts."""
    used = {name for lens in case.lenses.values() for name in lens.uses}
    reasons = {*case.mechanisms, *case.outside}
    is_told_by_a_lens = any(lens.main or set(lens.uses) >= reasons for lens in case.lenses.values())
    for section, names in (("mechanisms", case.mechanisms), ("outside", case.outside)):
        for name in names if is_told_by_a_lens else ():
            if name not in used:
                message = "this does nothing: no theory lets it count"
                yield Fault((section, name), message, "add it to uses: of a lens", is_omission=True, severity="warning")


def _comparison_faults(case: Case, name: str, mechanism: Mechanism) -> Iterator[Fault]:
    """With whom somebody compares itself: not itself, nor its own organisation, nor members who may be paid."""
    for comparer, parties in mechanism.against.items():
        for index, party in enumerate(parties):
            party_path: CasePath = ("mechanisms", name, "against", comparer, index)
            if party in parties[:index]:
                yield Fault(party_path, f"'{party}' is named twice", "once is enough")
            if party == comparer and party not in case.organisations:
                yield Fault(party_path, f"'{comparer}' is compared with itself", "name others")
            elif party == comparer or _is_member(case, comparer, party):
                message = f"'{comparer}' and '{party}' are on the same side"
                yield Fault(party_path, message, "name the other side, or the member through which theirs deals")
            elif (
                mechanism.kind == "relative"
                and (shared_side := _shared_side(case, comparer, party))
                and party not in _leading_members(case)
            ):
                message = f"'{party}' is in '{shared_side}', too, and may be paid: "
                message += "what members mind of that is not worked out"
                yield Fault(
                    party_path, message, "name the member through which the organisation deals, or somebody outside it"
                )


def _is_member(case: Case, party: str, organisation: str) -> bool:
    if organisation not in case.organisations:
        return False
    return any(
        membership.actor == party and membership.status == "member"
        for membership in case.organisations[organisation].members
    )


def _shared_side(case: Case, first_party: str, second_party: str) -> str:
    """The side that two are both of, if any."""
    for side in case_sides(case) or ():
        if (first_party == side or _is_member(case, first_party, side)) and _is_member(case, second_party, side):
            return side
    return ""


def _leading_members(case: Case) -> set[str]:
    """The members through which organisations deal."""
    years = [year for year in analysed_years(case) if year < OPEN_END_YEAR]
    return {member for side in case_sides(case) or () for year in years for member in leading_members(case, side, year)}


def _theory_lens_faults(case: Case) -> Iterator[Fault]:
    name_by_title: dict[str, str] = {}
    for name, lens in case.lenses.items():
        if (same_title_name := name_by_title.setdefault(lens.title.casefold(), name)) != name:
            yield Fault(
                ("lenses", name, "title"),
                f"'{same_title_name}' has the same title",
                "they stand side by side in tables",
            )
    main_lenses = [name for name, lens in case.lenses.items() if lens.main]
    for name in main_lenses[1:]:
        yield Fault(("lenses", name, "main"), f"'{main_lenses[0]}' is the main one, too", "the answer is told by one")
    for name, lens in case.lenses.items():
        yield from _duplicate_faults(("lenses", name, "uses"), lens.uses)


def _regime_scale_faults(case: Case) -> Iterator[Fault]:
    for name, measure in case.regimes.items():
        for year, scores in measure.held.items():
            for party, value in scores.items():
                if value > 1:
                    score_path: CasePath = ("regimes", name, "held", year, party)
                    yield Fault(score_path, f"{value:g} is not from 0 to 1", "bring the measure to that scale")


def _missing_measure_faults(
    case: Case, mechanism: str, measure: str, actor_networks: Sequence[ActorNetwork]
) -> Iterator[Fault]:
    """Actors and sides of whose regimes nothing is told, where a mechanism turns on them."""
    for actor_network in actor_networks:
        year = actor_network.year
        for actor in [*actor_network.actors, *(case_sides(case) or ())]:
            if democracy_score(case, measure, year, actor) is None:
                yield regime_fault(measure, actor, year, mechanism)


def _response_faults(case: Case) -> Iterator[Fault]:
    response, path = case.response, ("response",)
    if case.channels and response.channel == observed_channel_of(case):
        message = f"'{response.channel}' is what there is already: gains are counted from it"
        yield Fault((*path, "channel"), message, "name the channel that is offered")
    for reply in ("accept", "contact"):
        if reply in response.replies:
            message = f"to {reply} is always possible, and worth what the channel is worth"
            yield Fault((*path, "replies", reply), message, "leave it out")
    if response.channel and case.channels[response.channel].joins:
        for side in case_sides(case) or ():
            if side not in case.channels[response.channel].joins:
                message = f"'{response.channel}' does not join '{side}', which is a side"
                yield Fault((*path, "channel"), message, "offer a channel that joins both sides")
    if response.form != "both" and case.channels and response.channel and not case.channels[response.channel].joins:
        message = f"'{response.channel}' is run in one way only"
        yield Fault((*path, "form"), message, "leave it out, or name a channel that joins organisations")
    if not all(0 < parameter <= LARGEST_BELIEF for parameter in response.belief):
        yield Fault((*path, "belief"), f"a belief needs two numbers above 0, {LARGEST_BELIEF:,} at most", "e.g. [1, 3]")
    entries = case_entries(case)
    yield from _duplicate_faults((*path, "resets"), response.resets)
    for index, id in enumerate(response.resets):
        if getattr(entries[id].part, "date", None) is None:
            yield Fault((*path, "resets", index), f"'{id}' has no date", "name entries that are dated")


def _priors_faults(case: Case) -> Iterator[Fault]:
    known_paths = [".".join(map(str, path)) for path, _, _ in bounded_estimates(case) if path[0] in VARIED_SECTIONS]
    for name, priors in case.priors.items():
        for path in priors.set:
            if path not in known_paths:
                message = f"'{path}' is no number that is drawn"
                remedy = (
                    did_you_mean(path, known_paths) or "a number of channels, issues, network, mechanisms, response"
                )
                yield Fault(("priors", name, "set", path), message, remedy, is_omission=True)


def _choice_faults(case: Case) -> Iterator[Fault]:
    """Alternatives that have the name of what the case itself has."""
    for name, choice in case.choices.items():
        if OWN_OPTION in choice.alternatives:
            path: CasePath = ("choices", name, "alternatives", OWN_OPTION)
            yield Fault(path, f"'{OWN_OPTION}' is what the case itself has", "call it otherwise")


def _stranger_faults(case: Case, parties_in_channels: set[str]) -> Iterator[Fault]:
    """Parties of mechanisms that have no part in any channel."""
    named_parties: list[tuple[CasePath, str]] = []
    for name, mechanism in case.mechanisms.items():
        named_parties += [(("mechanisms", name, "of", party), party) for party in mechanism.of]
        for comparer, parties in mechanism.against.items():
            named_parties.append((("mechanisms", name, "against", comparer), comparer))
            parties_compared: Sequence[str] = parties
            named_parties += [
                (("mechanisms", name, "against", comparer, index), party)
                for index, party in enumerate(parties_compared)
            ]
        if mechanism.at_cost_of:
            named_parties.append((("mechanisms", name, "at_cost_of"), mechanism.at_cost_of))
    for path, party in named_parties:
        if party not in parties_in_channels:
            yield Fault(
                path, f"'{party}' is in no channel", "name actors and organisations of the channels", is_omission=True
            )


def _outside_option_faults(case: Case, name: str, parties_in_channels: set[str]) -> Iterator[Fault]:
    option, path = case.outside[name], ("outside", name)
    if option.of not in parties_in_channels:
        yield Fault((*path, "of"), f"'{option.of}' is in no channel", "name who would forgo it", is_omission=True)
    yield from _duplicate_faults((*path, "partners"), option.partners)
    for index, partner in enumerate(option.partners):
        partner_path: CasePath = (*path, "partners", index)
        if partner in parties_in_channels:
            yield Fault(
                partner_path, f"'{partner}' is in the channels", "partners elsewhere are none of those who deal there"
            )
        elif case.capabilities and party_capability(case, analysed_years(case)[-1], partner) is None:
            measure = case.network.capability or next(iter(case.capabilities))
            yield Fault(
                partner_path, f"nothing is said of what '{partner}' can do", f"add it to capabilities.{measure}"
            )


def _outcome_faults(case: Case, name: str, parties_in_channels: set[str], actors: set[str]) -> Iterator[Fault]:
    outcome, path = case.outcomes[name], ("outcomes", name)
    decider = represented_party(case, outcome.by, outcome.date)
    if (outcome.channel is None) == (not outcome.adds):
        yield Fault(
            path,
            "it needs a channel, or two parties between whom a link is added",
            "channel: or adds:",
            is_omission=True,
        )
    if outcome.adds and len(outcome.adds) != 2:
        yield Fault((*path, "adds"), "a link is between two", "name two parties")
    ends = [represented_party(case, party, outcome.date) for party in outcome.adds]
    known_ends = [party for party in ends if party in parties_in_channels]
    if outcome.adds and len(known_ends) != 1:
        message = "both have a part in the channels" if known_ends else "neither has a part in the channels"
        yield Fault((*path, "adds"), message, "one of the two is beyond them; else name the channel", is_omission=True)
    elif outcome.adds and decider != known_ends[0]:
        yield Fault((*path, "by"), f"'{outcome.by}' is not one of the two", f"'{known_ends[0]}' decides on its links")
    for key in ("instead_of", "issue"):
        if outcome.adds and getattr(outcome, key):
            yield Fault((*path, key), "a link that is added is beside all channels", "leave it out")
    if outcome.channel is None:
        return
    if outcome.channel == (outcome.instead_of or observed_channel_of(case)):
        key = "instead_of" if outcome.instead_of else "channel"
        yield Fault((*path, key), f"'{outcome.channel}' instead of itself", "name what they had otherwise")
    sides = case_sides(case) or ()
    if decider not in sides and decider not in actors:
        containing_side = next(
            (side for side in sides if decider in members_in_year(case, side, analysed_years(case)[-1])), None
        )
        remedy = (
            f"say it of '{containing_side}', which is one player"
            if containing_side
            else "name a side, or an actor of the channels"
        )
        yield Fault((*path, "by"), f"'{outcome.by}' does not decide on channels", remedy, is_omission=True)
    if outcome.issue and outcome.issue not in issues_with_stakes(case):
        yield Fault(
            (*path, "issue"), f"nothing is at stake on '{outcome.issue}'", "add stakes: to the issue", is_omission=True
        )
