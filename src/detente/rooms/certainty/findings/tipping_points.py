"""The finding on tipping points: where along its range each number that is worth knowing reverses the answer."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import estimate_cells
from detente.rooms.certainty.findings.text import CertaintyLabels
from detente.text.english import cardinal, count_noun, upper_first


def tipping_points_finding(labels: CertaintyLabels) -> Finding | None:
    """Where numbers reverse the answer one by one; None where none is worth knowing."""
    points = labels.model.tipping_points
    if not points:
        return None
    most = max((len(of_form) for of_number in points.values() for of_form in of_number.values()), default=0)
    return Finding(
        id="tipping-points",
        title="Where the numbers that matter reverse the answer",
        says=" ".join(_sentences(labels)),
        see="Where each reverses the answer within its range, and how often it is yes at either end, strictly.",
        table=make_table(_columns(most), _rows(labels)),
        method=(
            "One number is moved at a time over its range, from 1 in 1,000 of its distribution to 999, all others "
            "at their means; between two of 65 places the answer is taken to change in a straight line."
        ),
    )


def _columns(most: int) -> tuple[Column, ...]:
    """The columns, one of them for each place at which the answer is reversed along a number."""
    numbered = [(number, "reversed at" if most == 1 else f"reversed at, {number}") for number in range(1, most + 1)]
    return (
        Column("number"),
        Column("path", "where in the case", "id"),
        Column("run", "the channel is run"),
        Column("lowest", "yes in its lowest third, strictly", "of_100", "share of draws", error=True),
        Column("highest", "yes in its highest third, strictly", "of_100", "share of draws", error=True),
        *(Column(f"reversed_at_{number}", title, "number", "in its own unit") for number, title in numbered),
    )


def _sentences(labels: CertaintyLabels) -> Iterator[str]:
    points = labels.model.tipping_points
    reversing = [path for path, by_form in points.items() if any(by_form.values())]
    count = count_noun(len(points), "number")
    if reversing:
        verb = "reverses" if len(reversing) == 1 else "reverse"
        yield f"Of {count} worth knowing, {cardinal(len(reversing))} {verb} the answer within its range, by itself."
    else:
        yield f"Of {count} worth knowing, none reverses the answer within its range, by itself."
    yield "That is by the strict test, with everything else at its mean. No other numbers were moved."


def _rows(labels: CertaintyLabels) -> Iterator[dict[str, object]]:
    strict = labels.model.told_by_form("strict")
    for path, by_form in labels.model.tipping_points.items():
        for variant in labels.acceptance.deciders.offered_variants:
            importance = strict[variant.form].of(path)
            tips = by_form.get(variant.form, ())
            yield {
                "number": upper_first(labels.number_name(path)),
                "path": path,
                "run": labels.acceptance.variant_cell(variant),
                **estimate_cells("lowest", importance.lowest_third if importance else None),
                **estimate_cells("highest", importance.highest_third if importance else None),
                **{f"reversed_at_{number}": tip for number, tip in enumerate(tips, start=1)},
            }
