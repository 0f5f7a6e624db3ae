"""The finding on how far our estimates decide the answer: other sets of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    AS_ASSUMED,
    both_tests,
    each_form_sentences,
    tests_of,
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
    return Finding(
        id="priors",
        title="How far our estimates decide this",
        says=" ".join(prior_sentences(labels, sets)),
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
        robustness=prior_robustness(labels, sets),
    )


def reversing_sets(
    labels: AcceptanceLabels, sets: Sequence[PriorAcceptance], test: TestName | None = None
) -> list[PriorAcceptance]:
    """The sets under which most draws say otherwise in some form: by a test, or by either."""
    theory_id = labels.deciders.full_theory.id
    found = [(one, reversing_tests(one.what_if, theory_id)) for one in sets]
    return [one for one, tests in found if (test in tests if test else tests)]


def prior_sentences(labels: AcceptanceLabels, sets: Sequence[PriorAcceptance]) -> Iterator[str]:
    """How many sets reverse the answer by each test, and how far they move it in each form."""
    strict, generous = (reversing_sets(labels, sets, test) for test in ("strict", "generous"))
    others = count_noun(len(sets), "other set of estimates", "other sets of estimates")
    if not strict and not generous:
        verb = "none reverses" if len(sets) > 1 else "it does not reverse"
        yield f"We tried {others}, and {verb} the answer by either test."
        return
    test = "either test" if strict == generous else "the strict test"
    yield f"By {test}, {_count(strict, 'reverses', 'reverse', f' of {others}')} the answer{_named(strict)}."
    if strict != generous:
        yield f"By the generous test, {_count(generous, 'does', 'do')}{_named(generous)}."
    shares: dict[ChannelVariant, list[float]] = {}
    for one in sets:
        for variant, both in both_tests(tests_of(labels, one.what_if)).items():
            shares.setdefault(variant, []).extend(both)
    several = "both sets" if len(sets) == 2 else f"all {cardinal(len(sets))} sets"
    which = f"Over {several}" if len(sets) > 1 else "With the other set"
    yield each_form_sentences(labels, f"{which}, {labels.answering_side} accepts", shares, "It does")


def _count(sets: Sequence[PriorAcceptance], singular: str, plural: str, of_all: str = "") -> str:
    """`one of ten other sets reverses`, `none do`."""
    number = cardinal(len(sets)) if sets else "none"
    return f"{number}{of_all} {singular if len(sets) == 1 else plural}"


def _named(sets: Sequence[PriorAcceptance]) -> str:
    """The titles of a few sets, after a colon."""
    if not 0 < len(sets) <= MOST_NAMED:
        return ""
    return f": {join_words(lower_first(one.title) for one in sets)}"


def prior_robustness(labels: AcceptanceLabels, sets: Sequence[PriorAcceptance]) -> Robustness:
    """Fragile where one other set of estimates reverses the answer."""
    reversing = reversing_sets(labels, sets)
    if not reversing:
        return Robustness("robust", "No other set of estimates that we tried reverses the answer.")
    first = lower_first(reversing[0].title)
    if len(reversing) == 1:
        return Robustness("fragile", f"One other set of estimates reverses the answer: {first}.")
    others = f"{cardinal(len(reversing))} other sets of estimates"
    return Robustness("fragile", f"Each of {others} reverses the answer by itself, for one: {first}.")


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
