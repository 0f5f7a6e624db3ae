"""The finding on how far the channel replaces other ties, and what becomes of the offer by that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    BARS_SENTENCE,
    acceptance_rows,
    both_tests,
    each_form,
    own_row,
    tests_of,
    what_if_row,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    acceptance_cells,
    acceptance_columns,
    told_rows,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import ExclusivityAcceptance
from detente.rooms.acceptance.model.two_tests import reversing_tests


def exclusivity_finding(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Finding | None:
    """How often the offer is accepted the more of the other ties it replaces; None where it replaces none."""
    if not levels:
        return None
    theory_id = labels.deciders.full_theory.id
    reverses = any(reversing_tests(one.what_if, theory_id) for one in levels)
    return Finding(
        id="exclusivity",
        title="How far it replaces today's ties",
        question="What if it replaces today's ties",
        short_answer="that can reverse the answer" if reverses else "that reverses nothing",
        place="detail",
        says=" ".join(_sentences(labels, levels)),
        picture=acceptance_rows(
            labels,
            f"The lower the row, the more of today's ties the channel replaces. {BARS_SENTENCE}",
            "It replaces",
            [own_row(labels), *(what_if_row(labels, _level_words(one.level), one.what_if) for one in levels)],
        ),
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


def _level_words(level: float) -> str:
    """`None of today's ties`, `30 per cent of them`, `All of them`."""
    if level in (0, 1):
        return "All of them" if level else "None of today's ties"
    return f"{round(100 * level)} per cent of them"


def _rows(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Iterator[dict[str, object]]:
    """Each level in every form, by each theory."""
    for one in levels:
        for key, names in told_rows(labels, one.what_if):
            yield {"exclusivity": one.level, **names, **acceptance_cells(one.what_if, key)}
