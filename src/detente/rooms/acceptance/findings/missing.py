"""What a reader may look for in the chapter and does not find, and what would show it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Missing
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.acceptance import AcceptanceModel


def missing_of_answer(model: AcceptanceModel, labels: AcceptanceLabels) -> Iterator[Missing]:
    """What the case has no material for, or what makes no difference in it."""
    deciders = labels.deciders
    case, side = deciders.case, deciders.sides[1]
    if deciders.full_theory == deciders.absolute_gains:
        yield Missing(
            "which reasons tip the answer",
            "The case names nothing that the sides care for besides their gains.",
            "Add `mechanisms:`, one entry a reason.",
        )
    if len(deciders.deciding_bodies[side][1]) < 2:
        yield Missing(
            "which member stands in the way",
            f"In this case, {labels.answering_side} speaks with one voice.",
            "Add numbers of its own for a member, under `mechanisms:`.",
        )
    if not case.priors:
        yield Missing(
            "how far our estimates decide this",
            "The case has no other sets of estimates.",
            "Add `priors:`, one entry a set.",
        )
    if not model.tested_scenarios:
        yield Missing(
            "what the documents expect of another course",
            "No what-if of the case tests what a document expects.",
            "Add `tests:` and `expects:` to an entry of `scenarios:`.",
        )
    if not case.traits:
        yield Missing(
            "whether two that are alike would agree",
            "The case does not say in what the organisations are unlike.",
            "Add `traits:`, one entry for each difference.",
        )
    if case.organisations.keys() - set(deciders.sides):
        yield Missing(
            "what another pair would agree",
            f"The case is about {labels.offering_side} and {labels.answering_side} only, though it names others.",
            "Name that pair under `sides:`, with a channel that joins both.",
        )
    if model.under_grave_threat is None:
        yield Missing(
            "what a grave threat would do",
            "In this case a threat adds nothing to what is at stake.",
            "Set `network.raised` above 0." if not deciders.threat_matters else "",
        )
