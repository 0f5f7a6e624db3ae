"""The finding on what a grave threat would add, as either side perceives it."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.case.index.membership import case_sides
from detente.results.finding import Finding
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.threat_scenarios import ThreatScenario
from detente.text.english import join_words
from detente.text.number_format import format_number
from detente.text.shares import signed_percent, signed_range

SAME_GAINS = 5e-4
"""Gains of several that differ by less are told as one."""


def common_threat_finding(
    year: YearGains, channel: str, scenarios: Sequence[ThreatScenario], labels: CaseLabels
) -> Finding | None:
    """The gains by a channel at the central estimates, by who feels a grave threat and how much of it.

    None without scenarios: where the case does not say between whom it is, or a threat adds nothing.
    """
    import polars as pl

    if not scenarios:
        return None
    rows = [_gains_row(year, scenario, variant, labels) for scenario in scenarios for variant in scenario.gains]
    turned_phrases = []
    for scenario in scenarios:
        turned_forms = [
            f"{form_words(year, variant, labels)}, for "
            f"{join_words(labels.party_name(year.actor_network.actors[actor]) for actor in turned_actors)}"
            for variant, turned_actors in scenario.turned_actors.items()
            if turned_actors
        ]
        if turned_forms:
            turned_phrases.append(
                f"felt {_felt_phrase(scenario, labels)}, it would turn the sign {' and '.join(turned_forms)}"
            )
    return Finding(
        id=f"threat-{channel}",
        title=f"What a grave threat would add: {labels.channel_title(channel)}",
        says=f"At the central estimates, {'; '.join(turned_phrases)}."
        if turned_phrases
        else "At the central estimates it would turn no sign.",
        see="Gains in per cent of all that would then be at stake. Between two only what both of them feel counts.",
        table=pl.DataFrame(rows),
        headers={"felt": "a grave threat is felt", "run": "the channel is run"},
        method=(
            "A threat adds to what two have to gain in proportion to the lesser of what they feel, and all that it "
            "adds takes all members together. That a large enough threat, felt by both, favours whatever channel gets "
            "most of that done follows from this and is no evidence."
        ),
        rests_on=(channel,),
    )


def _gains_row(
    year: YearGains, scenario: ThreatScenario, variant: ChannelVariant, labels: CaseLabels
) -> dict[str, object]:
    leading_actors, other_actors = year.leading_and_other_actors
    gains = scenario.gains[variant]
    row: dict[str, object] = {"felt": _felt_phrase(scenario, labels), "run": form_words(year, variant, labels)}
    for actor in leading_actors:
        row[labels.party_name(year.actor_network.actors[actor])] = signed_percent(gains[actor])
    if other_actors:
        row["the others"] = signed_range(gains[other_actors], SAME_GAINS)
    return row


def _felt_phrase(scenario: ThreatScenario, labels: CaseLabels) -> str:
    """Who feels how much of it: `by nobody`, `by both, in part (.25)`."""
    offering, answering = scenario.felt_by_sides
    if offering == answering:
        if offering == 0:
            return "by nobody"
        return "by both, in full" if offering == 1 else f"by both, in part ({format_number(offering)})"
    offering_side, answering_side = case_sides(labels.case) or ("", "")
    return f"by {labels.party_name(offering_side if offering else answering_side)} alone"
