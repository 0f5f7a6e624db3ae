"""The finding on why: what rerouting takes and what efficiency adds, and which of it is structural."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.methods.networks.sign_bounds import ReroutingSign
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import quoted_variant, variant_title
from detente.rooms.gains.findings.units import SHARE_AT_STAKE
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words

COLUMNS = (
    Column("channel"),
    Column("actor"),
    Column("rerouting", "rerouting, %", "signed_percent", SHARE_AT_STAKE),
    Column("for_any_stakes", "rerouting, for any stakes"),
    Column("efficiency", "efficiency, %", "signed_percent", SHARE_AT_STAKE),
    Column("links", "costs of links, %", "signed_percent", SHARE_AT_STAKE),
    Column("gain", "gain, %", "signed_percent", SHARE_AT_STAKE),
)
SIGN_WORDS: Mapping[ReroutingSign, str] = {
    "never gains": "never gains",
    "never loses": "never loses",
    "unmoved": "unmoved",
    "either": "turns on the stakes",
}
"""What a reader is shown of a sign."""
SAME_FOR_ANY_STAKES: frozenset[ReroutingSign] = frozenset({"never gains", "never loses"})
"""The signs that are the same whatever is at stake."""
MOST_EXCEPTIONS = 3
"""Actors, from which on those are named of whom something does not hold."""


def rerouting_finding(
    year: YearGains,
    signs_by_variant: Mapping[ChannelVariant, Sequence[ReroutingSign]],
    channels: Sequence[str],
    labels: CaseLabels,
) -> Finding:
    """What of the gains is rerouting, whose sign may be structural, and what is efficiency."""
    sentences = (_rerouting_sentence(year, variant, signs, labels) for variant, signs in signs_by_variant.items())
    return Finding(
        id="rerouting",
        title="What holds whatever is at stake",
        says=" ".join(sentences)
        + " That is a property of the model and no evidence for any theory: a finding that only repeats it has been "
        "put in by whoever drew the graph. What is not structural is whether efficiency and the costs of links, which "
        "are assumed, make up for it.",
        see="Rerouting is what would change if the channel got as much done as the observed one; efficiency what comes "
        "of getting more done, or less, of what takes all members.",
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
    phrases_by_sign: dict[ReroutingSign, str] = {
        "never gains": "never brings {} a gain",
        "never loses": "never brings {} a loss",
        "either": "brings {} a gain or a loss as the stakes are",
    }
    clauses = []
    for sign, phrase in phrases_by_sign.items():
        affected = [
            labels.party_name(actor)
            for actor, actor_sign in zip(year.actor_network.actors, signs, strict=True)
            if actor_sign == sign
        ]
        unaffected = [
            labels.party_name(actor)
            for actor, actor_sign in zip(year.actor_network.actors, signs, strict=True)
            if actor_sign != sign
        ]
        if affected and sign in SAME_FOR_ANY_STAKES and len(unaffected) < MOST_EXCEPTIONS < len(affected):
            clauses.append(phrase.format(f"anybody{' but ' + join_words(unaffected) if unaffected else ''}"))
        elif affected:
            clauses.append(phrase.format(join_words(affected, "or" if sign in SAME_FOR_ANY_STAKES else "and")))
    if not clauses:
        return f"{quoted_variant(year, variant, labels)}: rerouting moves nobody."
    return f"{quoted_variant(year, variant, labels)}: whatever is at stake, rerouting {join_words(clauses)}."
