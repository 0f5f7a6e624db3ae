"""The finding on how far the channel replaces other ties, and what becomes of the offer by that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    AS_ASSUMED,
    acceptance_measure,
    at_head,
    range_phrase,
    series_names,
    tests_bar,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    acceptance_cells,
    acceptance_columns,
    told_keys,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import ExclusivityAcceptance
from detente.rooms.acceptance.model.two_tests import own_tests, reversing_tests, tests_after


def exclusivity_finding(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Finding | None:
    """How often the offer is accepted the more of the other ties it replaces; None where it replaces none."""
    if not levels:
        return None
    return Finding(
        id="exclusivity",
        title="How far it replaces today's ties",
        question="Whether it may replace today's ties",
        short_answer=_short_answer(labels, levels),
        place="detail",
        says=" ".join(_sentences(labels, levels)),
        picture=_picture(labels, levels),
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


def _short_answer(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> str:
    theory_id = labels.deciders.full_theory.id
    reverses = any(reversing_tests(one.what_if, theory_id) for one in levels)
    return "it can reverse the answer" if reverses else "that reverses no answer"


def _sentences(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Iterator[str]:
    """How often the offer is accepted at both ends, in each form; once where the forms do not differ."""
    for condition, end in (("none", levels[0]), ("all", levels[-1])):
        phrases = {}
        for variant in labels.deciders.offered_variants:
            tests = tests_after(end.what_if, (variant.form, labels.deciders.full_theory.id))
            if tests:
                phrases[variant] = range_phrase((tests.low, tests.high))
        subject = f"If it replaces {condition} of today's ties, {labels.answering_side} accepts"
        if len(set(phrases.values())) == 1:
            yield f"{subject} {next(iter(phrases.values()))}."
            continue
        for position, (variant, phrase) in enumerate(phrases.items()):
            yield (
                f"{subject} {phrase} {labels.form_phrase(variant)}."
                if not position
                else (f"{at_head(labels, variant, f'it does {phrase}')}.")
            )


def _picture(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> RangeRows:
    """A row for each level, first as it is assumed."""
    deciders = labels.deciders
    variants, theory = deciders.offered_variants, deciders.full_theory
    own = tuple(tests_bar(own_tests(labels.result, variant, theory)) for variant in variants)
    rows = [RangeRow(AS_ASSUMED, own, is_base=True)]
    for one in levels:
        bars = tuple(tests_bar(tests_after(one.what_if, (variant.form, theory.id))) for variant in variants)
        rows.append(RangeRow(_level_words(one.level), bars))
    return RangeRows(
        says="The more of today's ties the channel replaces, the lower the row. Bars run from the strict to the "
        "generous test.",
        measure=acceptance_measure(labels),
        series=series_names(labels),
        rows=tuple(rows),
        axis="likelihood",
        heading="It replaces",
    )


def _level_words(level: float) -> str:
    """`None of today's ties`, `30 per cent of them`, `All of them`."""
    if level in (0, 1):
        return "All of them" if level else "None of today's ties"
    return f"{round(100 * level)} per cent of them"


def _rows(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Iterator[dict[str, object]]:
    """Each level in every form, by each theory."""
    titles = {theory.id: title_of_theory(theory) for theory in labels.told_theories}
    cells = {variant.form: labels.variant_cell(variant) for variant in labels.deciders.offered_variants}
    for one in levels:
        for key in told_keys(labels, one.what_if):
            yield {
                "exclusivity": one.level,
                "theory": titles[key[1]],
                "run": cells[key[0]],
                **acceptance_cells(one.what_if, key),
            }
