"""The finding on why: what of a gain comes of who deals with whom, and which of that is built in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.networks.sign_bounds import ReroutingSign
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.gain_patterns import told_order
from detente.rooms.gains.findings.headline import group_name
from detente.rooms.gains.findings.opening import MEASURE
from detente.rooms.gains.findings.text import in_form, short_form, variant_title
from detente.rooms.gains.findings.units import SHARE_AT_STAKE
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import lower_first, upper_first

COLUMNS = (
    Column("channel"),
    Column("actor", "who"),
    Column("rerouting", "who deals with whom, %", "signed_percent", SHARE_AT_STAKE),
    Column("for_any_stakes", "that, whatever is at stake"),
    Column("efficiency", "how well it works, %", "signed_percent", SHARE_AT_STAKE),
    Column("links", "ties saved, %", "signed_percent", SHARE_AT_STAKE),
    Column("gain", "gain or loss, %", "signed_percent", SHARE_AT_STAKE),
)
SIGN_WORDS: Mapping[ReroutingSign, str] = {
    "never gains": "never gains",
    "never loses": "never loses",
    "unmoved": "nothing changes",
    "either": "depends on the stakes",
}
"""What a reader is shown of a sign."""
SAME_FOR_ANY_STAKES: frozenset[ReroutingSign] = frozenset({"never gains", "never loses"})
"""The signs that are the same whatever is at stake."""
MOST_WORDS_TOGETHER = 24
"""Words of a sentence from which on it is told in two."""


def rerouting_finding(
    year: YearGains,
    signs_by_variant: Mapping[ChannelVariant, Sequence[ReroutingSign]],
    channels: Sequence[str],
    labels: CaseLabels,
) -> Finding:
    """What of the gains comes of who deals with whom, whose sign may be built in, and what of how well it works."""
    told = {variant: signs for variant, signs in signs_by_variant.items() if variant.channel in channels[:1]}
    is_built_in = any(sign in SAME_FOR_ANY_STAKES for signs in told.values() for sign in signs)
    sentences = [
        "Part of each gain comes only from who deals with whom.",
        *(_rerouting_sentence(year, variant, signs, labels) for variant, signs in told.items()),
        *(["This repeats how we drew the ties, and is no evidence."] if is_built_in else []),
        "Whether the rest of the gain makes up for it is our estimate.",
    ]
    return Finding(
        id="rerouting",
        title="What holds whatever is at stake",
        says=" ".join(sentences),
        see="What is built in holds on issues that two can settle by themselves.",
        table=make_table(COLUMNS, _part_rows(year, signs_by_variant, labels)),
        method=(
            "For pairs the value is linear in what they have at stake, so a gain by rerouting is a sum over pairs with "
            "fixed weights: if no weight is negative the actor cannot lose, whatever is at stake (computed here from "
            "the graphs, for decays from the lowest to the highest that the case allows, in steps). Where links of an "
            "actor are cut and nobody is cut off it cannot gain, by Myerson's (1977) fairness, for any superadditive "
            "game; what it loses others gain, if nothing is lost on longer ways and issues weigh alike for all. Signs "
            "for any stakes are those of pairs: issues that pairs cannot settle are not among them."
        ),
        rests_on=tuple(channels),
        structural=True,
        place="detail",
        question="What holds whatever is at stake",
        short_answer=_short_answer(told),
        picture=_parts_picture(year, [*told], labels) if told else None,
    )


def _short_answer(signs_by_variant: Mapping[ChannelVariant, Sequence[ReroutingSign]]) -> str:
    """Whether all, some or none of the signs are built in."""
    fixed = [sign in SAME_FOR_ANY_STAKES for signs in signs_by_variant.values() for sign in signs if sign != "unmoved"]
    if not any(fixed):
        return "nothing is built in"
    return "who gains by the ties alone" if all(fixed) else "part of who gains"


def _parts_picture(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> RangeRows:
    """Of what the gain of the side that answers is made up, or of whoever leads where nobody answers."""
    actors = year.answering_actors or told_order(year)[:1]
    name = labels.answering_side() if year.answering_actors else labels.party_name(year.actor_network.actors[actors[0]])
    outcomes = [year.outcomes[variant] for variant in variants]
    parts = {
        "Who deals with whom": [float(one.rerouting_gain[actors].sum()) for one in outcomes],
        "How well the channel works": [float(one.efficiency_gain[actors].sum()) for one in outcomes],
        "Ties saved or added": [float(one.link_savings[actors].sum()) for one in outcomes],
        "In all": [float(one.mean_gain[actors].sum()) for one in outcomes],
    }
    return RangeRows(
        says=f"Of what the average gain or loss of {name} is made up.",
        measure=MEASURE,
        series=tuple(short_form(year, variant, labels) for variant in variants),
        rows=tuple(
            RangeRow(label, tuple(Bar(value, value) for value in values), is_base=label == "In all")
            for label, values in parts.items()
        ),
        axis="signed",
        heading="Part",
    )


def _part_rows(
    year: YearGains, signs_by_variant: Mapping[ChannelVariant, Sequence[ReroutingSign]], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """Of what each actor's gain is made up, channel by channel."""
    for variant, signs in signs_by_variant.items():
        outcome = year.outcomes[variant]
        for actor_index, actor in enumerate(year.actor_network.actors):
            yield {
                "channel": variant_title(year, variant, labels),
                "actor": labels.party_name(actor),
                "rerouting": outcome.rerouting_gain[actor_index],
                "for_any_stakes": SIGN_WORDS[signs[actor_index]],
                "efficiency": outcome.efficiency_gain[actor_index],
                "links": outcome.link_savings[actor_index],
                "gain": outcome.mean_gain[actor_index],
            }


def _rerouting_sentence(
    year: YearGains, variant: ChannelVariant, signs: Sequence[ReroutingSign], labels: CaseLabels
) -> str:
    """For whom dealing otherwise never brings a loss, and for whom never a gain, run one way."""
    opening, order = in_form(year, variant, labels), told_order(year)
    fixed_signs: tuple[tuple[ReroutingSign, str], ...] = (("never loses", "lose"), ("never gains", "gain"))
    clauses: list[str] = []
    for sign, verb in fixed_signs:
        actors = [actor for actor in order if signs[actor] == sign]
        if actors:
            is_rest = bool(clauses) and all(signs[actor] in SAME_FOR_ANY_STAKES for actor in order)
            name, _ = group_name(year, actors, labels, is_rest)
            clauses.append(f"{name} cannot {verb}{'' if clauses else ' by it'}")
    if clauses:
        together = f"Built in: {lower_first(opening)}{', and '.join(clauses)}."
        if len(clauses) == 1 or len(together.split()) <= MOST_WORDS_TOGETHER:
            return together
        return f"Built in: {lower_first(opening)}{clauses[0]}. {upper_first(clauses[1])}."
    if all(sign == "unmoved" for sign in signs):
        return upper_first(f"{opening}it moves nobody on issues that two can settle.")
    return upper_first(f"{opening}it may help or hurt, as the stakes are.")
