"""What a reader may look for in the chapter on who gains and does not find."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.results.finding import Missing


def gains_missing(case: Case, has_forms: bool) -> Iterator[Missing]:
    """What the case has no material for.

    Args:
        case: The case.
        has_forms: Whether any channel is another thing if others run it.
    """
    if not has_forms:
        yield Missing(
            "whether it matters who runs the channel",
            "No channel joins organisations in a way that another could run.",
            "Add a channel with `joins:`, and with `displaces:` what it would replace.",
        )
    if case_sides(case) is None:
        yield Missing(
            "what the gain of the side that answers depends on",
            "The case does not say who offers and who answers.",
            "Add `sides:`, the offering organisation first.",
        )
    if not case.traits:
        yield Missing(
            "what it costs that the organisations are unlike",
            "The case does not say in what they are unlike.",
            "Add `traits:`, with a number for each organisation.",
        )
    if not case.experiences:
        yield Missing(
            "what earlier bodies teach",
            "The case tells of no earlier body.",
            "Add `experiences:`, with how many things were tried and how many worked.",
        )
    if not case.capabilities:
        yield Missing(
            "the balance of power",
            "The case has no measure of what states can do.",
            "Add `capabilities:`, with a number for each state.",
        )
