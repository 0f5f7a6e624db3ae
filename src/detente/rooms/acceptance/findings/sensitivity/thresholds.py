"""The finding on numbers one by one: from where on, or up to where, the other side accepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import at_head
from detente.rooms.acceptance.findings.columns import LEVER_SCALE, RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.sensitivity.thresholds import AcceptanceRange
from detente.text.english import join_words
from detente.text.intervals import positive_intervals_word
from detente.text.levers import lever_condition


def _threshold_columns(answering_side: str, most_turning_points: int) -> tuple[Column, ...]:
    """The columns, one of them for each place at which the answer turns along a lever."""
    return (
        Column("lever"),
        THEORY_COLUMN,
        RUN_COLUMN,
        Column("accepts", f"{answering_side} accepts"),
        *(
            Column(
                f"turning_point_{number}",
                "reversed at" if most_turning_points == 1 else f"reversed at, {number}",
                "number",
                LEVER_SCALE,
            )
            for number in range(1, most_turning_points + 1)
        ),
        Column("now", "middle estimate", "number", LEVER_SCALE),
    )


def _threshold_row(labels: AcceptanceLabels, one: AcceptanceRange) -> dict[str, object]:
    """Where the other side accepts along one lever: whether below or above, and the places at which that turns."""
    return {
        "lever": labels.lever_name(one.lever.kind),
        "theory": title_of_theory(one.theory),
        "run": labels.variant_cell(one.variant),
        "accepts": positive_intervals_word(one.intervals),
        **{f"turning_point_{number}": end for number, end in enumerate(one.turning_points, start=1)},
        "now": one.lever.central_value,
    }


def acceptance_thresholds_finding(labels: AcceptanceLabels, ranges: Sequence[AcceptanceRange]) -> Finding:
    """From where on, or up to where, the other side accepts along each lever, by each theory."""
    columns = _threshold_columns(labels.answering_side, max(len(one.turning_points) for one in ranges))
    return Finding(
        id="thresholds",
        title="From where on each number would reverse the answer",
        says=" ".join(_thresholds_sentences(labels, ranges)),
        see=f"Where {labels.answering_side} accepts, along each number from 0 to 1, and where the case has it.",
        table=make_table(columns, [_threshold_row(labels, one) for one in ranges]),
        method=(
            "One number is moved at a time, all others at their means, in steps of a half per cent; between two steps "
            "the utility is taken to be straight. For the plain model the thresholds have closed forms, "
            "against which the model is tested."
        ),
        rests_on=(labels.deciders.offered_channel,),
    )


def _thresholds_sentences(labels: AcceptanceLabels, ranges: Sequence[AcceptanceRange]) -> Iterator[str]:
    """What would do counting all its reasons, form by form."""
    yield "Everything else is at its middle estimate."
    for variant in labels.deciders.offered_variants:
        own_ranges = [one for one in ranges if (one.theory, one.variant) == (labels.deciders.full_theory, variant)]
        conditions = [
            f"if {lever_condition(one.lever.kind, one.intervals)}" for one in own_ranges if one.turning_points
        ]
        if conditions:
            clause = f"{labels.answering_side} would accept {join_words(conditions, 'or')}"
        else:
            verb = "accept" if any(one.intervals for one in own_ranges) else "refuse"
            clause = f"{labels.answering_side} would {verb}, whatever any one of these numbers is"
        yield f"{at_head(labels, variant, clause)}."
