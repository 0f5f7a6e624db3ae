"""The finding on how far the channel replaces other ties, and what becomes of the offer by that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    both_tests,
    each_form,
    tests_of,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    acceptance_cells,
    acceptance_columns,
    told_rows,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import ExclusivityAcceptance


def exclusivity_finding(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Finding | None:
    """How often the offer is accepted the more of the other ties it replaces; None where it replaces none."""
    if not levels:
        return None
    return Finding(
        id="exclusivity",
        title="How far it replaces today's ties",
        says=" ".join(_sentences(labels, levels)),
        table=make_table(
            (
                Column("exclusivity", "chance that it replaces a tie", "number", "probability"),
                THEORY_COLUMN,
                RUN_COLUMN,
                *acceptance_columns(labels),
            ),
            _rows(labels, levels),
        ),
        method="The exclusivity is set, and all other numbers are drawn as they are, on common draws.",
        rests_on=(labels.deciders.offered_channel,),
    )


def _sentences(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Iterator[str]:
    """How often the offer is accepted at both ends, by how the channel is run."""
    for ties, end in (("none", levels[0]), ("all", levels[-1])):
        shares = each_form(labels, both_tests(tests_of(labels, end.what_if)))
        yield f"If it replaced {ties} of today's ties, {labels.answering_side} would accept {shares}."


def _rows(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Iterator[dict[str, object]]:
    """Each level in every form, by each theory."""
    for one in levels:
        for key, names in told_rows(labels, one.what_if):
            yield {"exclusivity": one.level, **names, **acceptance_cells(one.what_if, key)}
