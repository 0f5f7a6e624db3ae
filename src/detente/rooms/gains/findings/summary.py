"""What the channels room says in short: its answer, its tile, what it took for granted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from detente.case.index.entries import case_inputs
from detente.case.schema.case import Case
from detente.results.finding import Finding, Tile
from detente.rooms.gains.findings.labels import GainsLabels, answering_actors, frequency_phrase, frequency_range_phrase
from detente.rooms.gains.findings.text import borrowed_capability_year, form_dependent_actors, gain_sentence
from detente.rooms.gains.model.internal_division import applicable_allocation
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.results import TOLERANCE, YearGains
from detente.text.dates import format_period
from detente.text.english import join_words, upper_first

SIGN_VERBS = {1: ("gains", "gain"), -1: ("loses", "lose"), 0: ("has no clear sign", "have no clear sign")}
"""What an actor does, and several do, by sign."""
MOST_VARIANTS = 3
"""Channels that the short answer tells of where none is between organisations."""
MOST_NAMED_STEADY = 4
"""Actors that it names of whom the same holds."""
GAINS_PATHS = ("network.", "channels.", "threat.", "issues.", "capabilities.")
DECISION_PATHS = ("mechanisms.", "outside.", "response.", "regimes.")
"""How the paths of the numbers begin on which gains rest, and of those on which decisions do besides."""


def brief(years: Sequence[YearGains], channels: Sequence[str], labels: GainsLabels) -> str:
    """The answer in a sentence or two, for the first screen."""
    year = years[-1]
    draws_phrase = f"In draws from the numbers assumed ({unsourced_inputs_phrase(year.model.case)})"
    if not channels:
        other_variants = [
            variant for variant in year.model.variants if variant.channel != year.actor_network.observed_channel
        ]
        gain_sentences = "; ".join(
            f"“{labels.variant_title(year.actor_network, variant)}”: {gain_sentence(year, variant, labels)}"
            for variant in other_variants[:MOST_VARIANTS]
        )
        return (
            f"{draws_phrase}, beside “{labels.channel_title(year.actor_network.observed_channel)}”, {gain_sentences}."
        )
    channel = channels[0]
    variants = [ChannelVariant(channel, form) for form in year.forms_of(channel)]
    form_dependent = form_dependent_actors(year, channel)
    title = f"who gains by “{labels.channel_title(channel)}”"
    gain_sentences = "; ".join(
        f"{labels.form_phrase(year.actor_network, variant)}, {gain_sentence(year, variant, labels, form_dependent or None)}"
        for variant in variants
    )
    if not form_dependent:
        return f"{draws_phrase}, {title} does not turn on how it is run: {gain_sentences}."
    form_independent = _form_independent_sentence(year, variants, form_dependent, labels)
    return f"{draws_phrase}, {title} turns on how it is run: {gain_sentences}. {form_independent}".strip()


def unsourced_inputs_phrase(case: Case, path_prefixes: tuple[str, ...] = GAINS_PATHS) -> str:
    """How many numbers gains rest on, or others besides, and how many of them have no source."""
    inputs = [case_input for case_input in case_inputs(case) if case_input.path.startswith(path_prefixes)]
    unsourced_count = sum(not case_input.sourced for case_input in inputs)
    return f"{unsourced_count} of {len(inputs)} without a source"


def _form_independent_sentence(
    year: YearGains, variants: Sequence[ChannelVariant], form_dependent: Collection[int], labels: GainsLabels
) -> str:
    """What is so however the channel is run."""
    form_independent = [actor_index for actor_index in range(year.actor_network.n) if actor_index not in form_dependent]
    outcomes = [year.outcomes[variant] for variant in variants]
    unaffected = [
        actor_index
        for actor_index in form_independent
        if not any(outcome.is_affected(actor_index) for outcome in outcomes)
    ]
    clauses = []
    for sign, (singular_verb, plural_verb) in SIGN_VERBS.items():
        group = [
            actor_index
            for actor_index in form_independent
            if actor_index not in unaffected and outcomes[0].majority_sign(actor_index) == sign
        ]
        if group:
            group_names = [labels.party_name(year.actor_network.actors[actor_index]) for actor_index in group]
            group_phrase = (
                join_words(group_names)
                if len(group_names) <= MOST_NAMED_STEADY
                else f"{len(group_names)} of the {year.actor_network.n} actors"
            )
            shares = [
                float((outcome_of_form.loss_frequency if sign < 0 else outcome_of_form.gain_frequency)[actor_index])
                for outcome_of_form in outcomes
                for actor_index in group
            ]
            frequency = f", {frequency_range_phrase(shares)}" if sign else ""
            clauses.append(
                f"{group_phrase} {singular_verb if len(group_names) == 1 else plural_verb} either way{frequency}"
            )
    if unaffected:
        group_names = [labels.party_name(year.actor_network.actors[actor_index]) for actor_index in unaffected]
        clauses.append(
            f"nothing changes for {join_words(group_names) if len(group_names) <= MOST_NAMED_STEADY else f'{len(group_names)} actors'}"
        )
    return upper_first("; ".join(clauses)) + "." if clauses else ""


def answer(
    years: Sequence[YearGains], channels: Sequence[str], labels: GainsLabels, break_even_findings: Sequence[Finding]
) -> str:
    """The section's own answer: who gains, and what it would take."""
    return " ".join([brief(years, channels, labels), *(finding.says for finding in break_even_findings)])


def tile(years: Sequence[YearGains], channels: Sequence[str], labels: GainsLabels) -> Tile | None:
    """Whether the side that answers gains by the channel that is offered."""
    year = years[-1]
    answering_side = answering_actors(year.model.case, year.actor_network)
    if not channels or not answering_side:
        return None
    channel = channels[0]
    side_name = labels.answering_side()
    variants = [ChannelVariant(channel, form) for form in year.forms_of(channel)]
    shares = {
        variant: float((year.outcomes[variant].gains[:, answering_side].sum(axis=1) > TOLERANCE).mean())
        for variant in variants
    }
    verdicts = {share > 0.5 for share in shares.values()}
    if len(verdicts) > 1:
        value = f"Whether {side_name} gains turns on how the channel is run"
    else:
        value = f"{side_name} gains in most draws" if verdicts.pop() else f"{side_name} does not gain in most draws"
    note = "; ".join(
        f"{labels.form_phrase(year.actor_network, variant)}: {frequency_phrase(share)}"
        for variant, share in shares.items()
    )
    return Tile("Who gains", value, upper_first(note))


def assumptions(case: Case, years: Sequence[YearGains], labels: GainsLabels) -> Iterator[str]:
    """What was assumed without the case saying so."""
    network = case.network
    declared_fields = network.model_fields_set
    sentences_told: list[str] = []
    year = years[-1]
    if network.observed is None and len(case.channels) > 1:
        yield f"{labels.channel_title(year.actor_network.observed_channel)} is the channel through which they do deal."
    if not case.capabilities:
        yield "All states can do as much as each other, and an organisation that is one player as much as its members."
    for earlier_year in years:
        if figures_year := borrowed_capability_year(earlier_year):
            yield f"In {earlier_year.actor_network.year} everybody can do as much as the figures of {figures_year} say."
    if "gravity" not in declared_fields and case.capabilities:
        yield "What two can gain grows with the square root of the product of their capabilities."
    if "decay" not in declared_fields:
        yield "Nothing of a gain is lost on longer ways between actors."
    if "multilateral" not in declared_fields and any(
        issue.stakes and not issue.multilateral for issue in case.issues.values()
    ):
        yield "Nothing that is at stake takes all members together, where issues do not say so."
    if "spread" not in declared_fields:
        yield "Pairs have at stake just what capabilities, exposure and stakes suggest."
    if not case.threat:
        yield "Nobody perceives a grave threat beyond those that the stakes already hold."
    for channel_graphs in year.actor_network.channels:
        channel = case.channels[channel_graphs.channel]
        if channel.displaces and channel.exclusivity is None:
            yield f"{labels.channel_title(channel_graphs.channel)} displaces all that it can displace."
    if _has_joint_stakes(case):
        for name in (name for name, channel in case.channels.items() if channel.efficiency is None):
            if _links_organisations(year, name):
                yield f"{labels.channel_title(name)} gets all done that takes all members together."
    for channel_graphs in year.actor_network.channels:
        for group, name in zip(channel_graphs.merged_groups, channel_graphs.organisations, strict=True):
            allocation = applicable_allocation(case, year.actor_network, name, group)
            division_phrase = f"like its {allocation.of}" if allocation else "equally"
            division_phrase += f" ({format_period(allocation.during)})" if allocation and allocation.during else ""
            sentence = f"What {labels.party_name(name)} gains by answering as one is divided among its members {division_phrase}."
            if sentence not in sentences_told:
                sentences_told.append(sentence)
                yield sentence
    joined_organisations = {
        party for channel in case.channels.values() for party in channel.joins if party in case.organisations
    }
    for name in sorted(joined_organisations - {*network.through, *network.as_one}):
        leaders = [
            year.actor_network.actors[actor_index]
            for actor_index in year.actor_network.members_of(name)
            if name in year.actor_network.organisations_led[actor_index]
        ]
        if leaders:
            reason = "which can do most" if case.capabilities else "which is named first"
            yield f"{labels.party_name(name)} deals through {join_words(map(labels.party_name, leaders))}, {reason}."


def _links_organisations(year: YearGains, channel: str) -> bool:
    """Whether a channel links actors that have no organisation in common."""
    memberships = year.actor_network.memberships
    return any(not memberships[a] & memberships[b] for a, b in year.actor_network.graphs_of(channel).own_graph.links)


def _has_joint_stakes(case: Case) -> bool:
    """Whether anything takes all members together."""
    estimates = [
        case.network.multilateral,
        *(issue.multilateral for issue in case.issues.values() if issue.multilateral),
    ]
    return any(estimate.bounds[1] > 0 for estimate in estimates)
