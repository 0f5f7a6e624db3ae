"""The finding that holds the model against what happened, outcome by outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.record_words import (
    chance_phrase,
    outcome_label,
    outcome_statement,
    part_phrase,
    with_example,
)
from detente.rooms.acceptance.findings.text import JUDGING_NOTE, AcceptanceLabels, by_theory, title_of_theory
from detente.rooms.acceptance.findings.theory_fit import WITHOUT_THEORY
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.fit_to_record import (
    ModelFit,
    acceptance_rate,
    alike_outcomes,
    counted_outcomes,
)
from detente.rooms.acceptance.model.record_fit.outcome_questions import MOST_QUESTION_DRAWS
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeKind, OutcomeTest
from detente.text.english import cardinal, count_noun, join_words, upper_first

COUNTED_PHRASES: dict[OutcomeKind, str] = {
    "tested": "yes",
    "structural": "no, follows from the model",
    "inferred": "no, inferred",
    "countered": "no, another offer",
}
"""Whether an outcome counts, in words."""
EXCLUSION_REASONS: dict[OutcomeKind, str] = {
    "structural": "would follow from the model in any case",
    "inferred": "would only be inferred",
    "countered": "met with another offer",
    "tested": "stand for nothing in the model",
}
"""Why an outcome is not counted."""
MOST_ROWS = 12
"""Outcomes in the picture, the least likely first."""


def outcomes_finding(
    labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest], fit: ModelFit | None
) -> Finding | None:
    """What happened, with the chance that each theory gave it, beside a constant refusal; the misses first."""
    deciders = labels.deciders
    if not outcome_tests:
        return None
    return Finding(
        id="outcomes",
        title="What happened, and what each theory gave it",
        question="Which outcomes does it get right",
        short_answer=f"{cardinal(fit.right_count) if fit.right_count else 'none'} of {cardinal(fit.outcome_count)}"
        if fit
        else "nothing tests it",
        place="detail",
        says=" ".join(_outcomes_sentences(outcome_tests, fit)),
        picture=_picture(labels, outcome_tests),
        see="The chance that each theory gave what happened, the least first. Then in how many simulations it is the "
        f"better choice {by_theory(deciders.full_theory)}, and whether somebody who always says no is right.",
        table=make_table(
            _outcome_columns(deciders.theories), [_outcome_row(test, deciders.theories) for test in outcome_tests]
        ),
        method=(
            f"{JUDGING_NOTE} Chances are means over {MOST_QUESTION_DRAWS:,} draws at most and over the ways the "
            "channel may be run, with choices as noisy, beside what who chooses has at stake, as the case assumes. "
            "Proposals of the record are those of every approach that the side which offers makes, or others make on "
            "its behalf, of whatever kind; they are taken issue by issue, by the first issue that is weighed, or as a "
            "whole. "
            "What was known when the case was written may have gone into its numbers, so this shows whether a theory "
            "can be squared with what happened, not that it foretold it. That nobody who has nothing across "
            "organisations declines links of its own follows from the model by own gains, before the costs of links "
            "(Myerson 1977), so such outcomes are shown and not counted; neither are those that are only inferred, nor "
            "proposals answered with another offer, which were neither taken up nor refused."
        ),
        rests_on=tuple(deciders.case.outcomes),
    )


def _outcome_columns(theories: Sequence[AppliedTheory]) -> tuple[Column, ...]:
    return (
        Column("what_happened", "what happened"),
        Column("date", format="date", missing="undated"),
        Column("accepted", format="yes_no"),
        Column("by_numbers_of", "by the numbers of", "year"),
        *(Column(f"gave_{theory.id}", title_of_theory(theory), "of_100", "probability") for theory in theories),
        Column("favoured", "better in, of 100 simulations", "of_100", "share of draws"),
        Column("constant_refusal", "always no"),
        Column("counts"),
        Column("entries", format="ids"),
    )


def _outcome_row(test: OutcomeTest, theories: Sequence[AppliedTheory]) -> dict[str, object]:
    """What happened, with the chance that each theory gave it; no chances where the model does not speak of it."""
    return {
        "what_happened": outcome_statement(test),
        "date": test.date.text if test.date else None,
        "accepted": test.accepted,
        "by_numbers_of": test.year,
        **{f"gave_{theory.id}": p for theory, p in zip(theories, test.probabilities, strict=False)},
        "favoured": test.favoured_share if test.probabilities else None,
        "constant_refusal": None if test.accepted is None else "wrong" if test.accepted else "right",
        "counts": COUNTED_PHRASES[test.kind],
        "entries": ", ".join(entry_id for entry_id in (test.id, *test.entries) if entry_id),
    }


def _outcomes_sentences(outcome_tests: Sequence[OutcomeTest], fit: ModelFit | None) -> Iterator[str]:
    """What it gets right and wrong, and what does not count."""
    if fit is None:
        yield "Nothing on record tests the model."
    else:
        yield from _fit_sentences(fit)
        counted = [test for test in outcome_tests if test.is_counted]
        if len(counted) > fit.outcome_count:
            yield "Outcomes that the model cannot tell apart count once."
    if uncounted := [test for test in outcome_tests if not test.is_counted]:
        kinds = {test.kind for test in uncounted}
        reasons = join_words((words for kind, words in EXCLUSION_REASONS.items() if kind in kinds), "or")
        verb = "is" if len(uncounted) == 1 else "are"
        yield f"{upper_first(count_noun(len(uncounted), 'outcome'))} more {reasons}, and {verb} not counted."


def _fit_sentences(fit: ModelFit) -> Iterator[str]:
    """To how many it gave more than half, and to which the least."""
    if fit.outcome_count == 1:
        extent = "above" if fit.right_count else "of no more than"
        yield f"The model gave the one outcome that tests it a chance {extent} 50 in 100."
    else:
        told = part_phrase(fit.right_count, fit.outcome_count, "distinct outcomes")
        yield f"The model gave {told} a chance above 50 in 100."
    if fit.misses:
        least = chance_phrase(fit.least_probability)
        head = f"It gave {least} to this" if len(fit.misses) == 1 else f"It gave the least, {least}, to this"
        yield with_example(head, outcome_statement(fit.misses[0]))


def _picture(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> RangeRows | None:
    """A row for each distinct outcome: what the model gave it, and who knows only how often it was yes."""
    outcomes = counted_outcomes(outcome_tests)
    if not outcomes:
        return None
    index = labels.deciders.theories.index(labels.deciders.full_theory)
    rate = acceptance_rate(outcomes)
    rows = []
    for test, count in zip(outcomes, alike_outcomes(outcomes, outcome_tests), strict=True):
        chances = (rate if test.accepted else 1 - rate, test.probabilities[index])
        note = f"and {cardinal(count - 1)} more like it" if count > 1 else ""
        rows.append(RangeRow(outcome_label(test), tuple(Bar(chance, chance) for chance in chances), note))
    return RangeRows(
        says=f"What the model gave each outcome. “{WITHOUT_THEORY}” knows only how often it was yes.",
        measure="chance given to what happened, of 100",
        series=(WITHOUT_THEORY, "The model"),
        rows=tuple(rows[:MOST_ROWS]),
        axis="share",
        heading="What happened",
    )
