"""The finding on what a grave threat would add, as either side perceives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.case.index.membership import case_sides
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.actor_groups import ActorGroup, actor_groups, group_columns, group_gains
from detente.rooms.gains.findings.text import form_clause, form_words
from detente.rooms.gains.findings.units import FROM_0_TO_1
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.threat_scenarios import ThreatScenario
from detente.text.english import join_words


def common_threat_finding(
    year: YearGains, channel: str, scenarios: Sequence[ThreatScenario], labels: CaseLabels
) -> Finding | None:
    """The gains by a channel at the central estimates, by who feels a grave threat and how much of it.

    None without scenarios: where the case does not say between whom it is, or a threat adds nothing.
    """
    if not scenarios:
        return None
    groups = actor_groups(year, labels)
    turned_sentences = []
    for scenario in scenarios:
        turned_forms = [
            f"for {join_words(labels.party_name(year.actor_network.actors[actor]) for actor in turned_actors)} "
            f"{form_clause(year, variant, labels)}".strip()
            for variant, turned_actors in scenario.turned_actors.items()
            if turned_actors
        ]
        if turned_forms:
            felt = _felt_phrase(scenario, labels)
            turned_sentences.append(f"Felt {felt}, it would turn gain and loss round {' and '.join(turned_forms)}.")
    return Finding(
        id=f"threat-{channel}",
        title=f"What a grave threat would add: {labels.channel_title(channel)}",
        says=" ".join(turned_sentences)
        if turned_sentences
        else "At our middle estimates it would turn no gain into a loss, and no loss into a gain.",
        see="Gains in per cent of all that would then be at stake. Between two only what both of them feel counts.",
        table=make_table([*_columns(groups, labels)], _gain_rows(year, scenarios, groups, labels)),
        method=(
            "A threat adds to what two have to gain in proportion to the lesser of what they feel, and all that it "
            "adds takes all members together. That a large enough threat, felt by both, favours whatever channel gets "
            "most of that done follows from this and is no evidence."
        ),
        rests_on=(channel,),
    )


def _columns(groups: Sequence[ActorGroup], labels: CaseLabels) -> Iterator[Column]:
    """Who feels how much of a threat, and what each then gains."""
    yield Column("felt", "a grave threat is felt")
    for side in case_sides(labels.case) or ():
        yield Column(f"felt_by_{side}", f"felt by {labels.party_name(side)}", "number", FROM_0_TO_1)
    yield Column("run", "the channel is run")
    yield from group_columns(groups, "share of all that would be at stake")


def _gain_rows(
    year: YearGains, scenarios: Sequence[ThreatScenario], groups: Sequence[ActorGroup], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    sides = case_sides(labels.case) or ()
    for scenario in scenarios:
        felt_by_side = {f"felt_by_{side}": felt for side, felt in zip(sides, scenario.felt_by_sides, strict=True)}
        for variant, gains in scenario.gains.items():
            yield {
                "felt": _felt_words(scenario, labels),
                **felt_by_side,
                "run": form_words(year, variant, labels),
                **group_gains(groups, gains),
            }


def _felt_words(scenario: ThreatScenario, labels: CaseLabels) -> str:
    """Who feels it: `by nobody`, `by both, in part`."""
    offering, answering = scenario.felt_by_sides
    if offering == answering:
        if offering == 0:
            return "by nobody"
        return "by both, in full" if offering == 1 else "by both, in part"
    offering_side, answering_side = case_sides(labels.case) or ("", "")
    return f"by {labels.party_name(offering_side if offering else answering_side)} alone"


def _felt_phrase(scenario: ThreatScenario, labels: CaseLabels) -> str:
    """The same with how much of it, where that is only a part: `by both, to 25 per cent of a grave one`."""
    offering, answering = scenario.felt_by_sides
    if offering == answering and 0 < offering < 1:
        return f"by both, to {round(100 * offering)} per cent of a grave one"
    return _felt_words(scenario, labels)
