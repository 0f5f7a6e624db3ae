"""The finding on how far our estimates decide the answer: other sets of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    AS_ASSUMED,
    BARS_SENTENCE,
    acceptance_rows,
    at_head,
    both_tests,
    own_row,
    range_phrase,
    tests_of,
    what_if_row,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    acceptance_cells,
    acceptance_columns,
    own_acceptance_cells,
    told_rows,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import PriorAcceptance
from detente.rooms.acceptance.model.two_tests import TestName, reversing_tests
from detente.text.english import cardinal, count_noun, join_words, lower_first

MOST_NAMED = 2
"""Sets of estimates that a sentence names; more are counted."""


def prior_sensitivity_finding(labels: AcceptanceLabels, sets: Sequence[PriorAcceptance]) -> Finding | None:
    """How often the offer is accepted under each set of estimates; None where the case has but its own."""
    if not sets:
        return None
    reversing = reversing_sets(labels, sets)
    return Finding(
        id="priors",
        title="How far our estimates decide this",
        question="How far our estimates decide this",
        short_answer=_short_answer(len(reversing), len(sets)),
        place="detail",
        says=" ".join(_sentences(labels, sets)),
        picture=acceptance_rows(
            labels,
            f"Each row puts other estimates in the place of ours. {BARS_SENTENCE}",
            "What if",
            [own_row(labels), *(what_if_row(labels, one.title, one.what_if) for one in sets)],
        ),
        table=make_table(
            (Column("assumptions", "estimates"), THEORY_COLUMN, RUN_COLUMN, *acceptance_columns(labels)),
            _rows(labels, sets),
        ),
        method=(
            "Each set puts other estimates in the place of some of the case's own and leaves the rest; numbers that no "
            "set touches are drawn alike in all, so the sets are compared on common draws. A set reverses the answer "
            "where most draws say otherwise by a test, and the change is above two standard errors of common draws."
        ),
        rests_on=tuple(labels.deciders.case.priors),
        robustness=_robustness(reversing),
    )


def reversing_sets(
    labels: AcceptanceLabels, sets: Sequence[PriorAcceptance], test: TestName | None = None
) -> list[PriorAcceptance]:
    """The sets under which most draws say otherwise in some form: by a test, or by either."""
    theory_id = labels.deciders.full_theory.id
    found = [(one, reversing_tests(one.what_if, theory_id)) for one in sets]
    return [one for one, tests in found if (test in tests if test else tests)]


def _short_answer(reversing: int, count: int) -> str:
    if not reversing:
        return "the other set reverses nothing" if count == 1 else "no other set reverses it"
    if count == 1:
        return "the other set reverses it"
    return f"{cardinal(reversing)} of {cardinal(count)} sets {'reverses' if reversing == 1 else 'reverse'} it"


def _sentences(labels: AcceptanceLabels, sets: Sequence[PriorAcceptance]) -> Iterator[str]:
    """How many sets reverse the answer by each test, and how far they move it in each form."""
    strict, generous = (reversing_sets(labels, sets, test) for test in ("strict", "generous"))
    others = count_noun(len(sets), "other set of estimates", "other sets of estimates")
    if not strict and not generous:
        yield f"We tried {others}, and none reverses the answer by either test."
    else:
        of_all = f" of {others}"
        yield f"By the strict test, {_count(strict, 'reverses', 'reverse', of_all)} the answer{_named(strict)}."
        yield f"By the generous test, {_count(generous, 'does', 'do')}{_named(generous)}."
    shares: dict[ChannelVariant, list[float]] = {}
    for one in sets:
        for variant, both in both_tests(tests_of(labels, one.what_if)).items():
            shares.setdefault(variant, []).extend(both)
    for variant, of_form in shares.items():
        yield f"{at_head(labels, variant, f'{labels.answering_side} accepts {range_phrase(of_form)}')}."


def _count(sets: Sequence[PriorAcceptance], singular: str, plural: str, of_all: str = "") -> str:
    """`one of ten other sets reverses`, `none do`."""
    number = cardinal(len(sets)) if sets else "none"
    return f"{number}{of_all} {singular if len(sets) == 1 else plural}"


def _named(sets: Sequence[PriorAcceptance]) -> str:
    """The titles of a few sets, after a colon."""
    if not 0 < len(sets) <= MOST_NAMED:
        return ""
    return f": {join_words(lower_first(one.title) for one in sets)}"


def _robustness(reversing: Sequence[PriorAcceptance]) -> Robustness:
    """Fragile where one other set of estimates reverses the answer."""
    if not reversing:
        return Robustness("robust", "No other set of estimates that we tried reverses the answer.")
    first = lower_first(reversing[0].title)
    if len(reversing) == 1:
        return Robustness("fragile", f"One other set of estimates reverses the answer: {first}.")
    sets = f"{cardinal(len(reversing))} other sets of estimates"
    return Robustness("fragile", f"Each of {sets} reverses the answer by itself, for one: {first}.")


def _rows(labels: AcceptanceLabels, sets: Sequence[PriorAcceptance]) -> Iterator[dict[str, object]]:
    """How often the offer is accepted under each set, by form and theory; first as the case has it."""
    for variant in labels.deciders.offered_variants:
        for theory in labels.told_theories:
            yield {
                "assumptions": AS_ASSUMED,
                "theory": title_of_theory(theory),
                "run": labels.variant_cell(variant),
                **own_acceptance_cells(labels, variant, theory),
            }
    for one in sets:
        for key, names in told_rows(labels, one.what_if):
            yield {"assumptions": one.title, **names, **acceptance_cells(one.what_if, key)}
