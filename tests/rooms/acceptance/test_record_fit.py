"""How well the model fits what happened: counts, comparisons and their words, whatever the numbers."""

from __future__ import annotations

from functools import cache
from math import log10
from typing import Any

import pytest

from detente.assessment.assess import read_case
from detente.case.index.labels import CaseLabels
from detente.results.brief import FitToRecord
from detente.results.claim_comparison import ClaimComparison, ClaimVerdict
from detente.results.finding import Section
from detente.results.pictures import RangeRows, StackedBars, Timeline, UnitTally
from detente.rooms.acceptance.findings.record_opening import record_headline, record_lead
from detente.rooms.acceptance.findings.record_section import record_section
from detente.rooms.acceptance.findings.record_words import chance_phrase, part_phrase, theories_phrase, with_example
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.findings.theory_fit import comparison_phrase
from detente.rooms.acceptance.model.acceptance import AcceptanceModel, build_acceptance_model
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.fit_to_record import (
    ForecastScore,
    ModelFit,
    alike_outcomes,
    counted_outcomes,
    fit_of_model,
    leading_theories,
    score_baselines,
)
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest
from detente.rooms.acceptance.model.replies import expected_replies
from detente.rooms.acceptance.record_slots import fit_to_record
from detente.rooms.claims_section import claims_section
from detente.rooms.gains.model.simulation.simulation import simulate_gains
from tests.rooms.sections import table_rows


@cache
def model_of(name: str) -> AcceptanceModel:
    """The room's model of a bundled case."""
    gains = simulate_gains(read_case(name).case)
    assert gains is not None
    model = build_acceptance_model(gains)
    assert model is not None
    return model


def section_of(name: str) -> Section:
    """The chapter of a bundled case."""
    model = model_of(name)
    return record_section(model, [AcceptanceLabels(result, CaseLabels(model.case)) for result in model.years])


def outcome(accepted: bool, *chances: float, title: str = "They meet", **more: Any) -> OutcomeTest:
    """An outcome that counts, with the chance that each theory gave it."""
    return OutcomeTest("", title, False, None, accepted, None, chances, 0.5, 2000, (), **more)


def fit(right: int, no: int, yes: int) -> ModelFit:
    """So many right of so many refusals and acceptances."""
    wrong = tuple(outcome(False, 0.2, title=f"Miss {n}") for n in range(no + yes - right))
    return ModelFit(right, no + yes, yes, wrong, 0.2)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "Nothing on record tests the model."),
        (fit(1, 1, 0), "The model gets the one outcome that tests it right."),
        (fit(0, 1, 0), "The model gets the one outcome that tests it wrong."),
        (fit(5, 4, 2), "The model gets five of six distinct outcomes right; saying no every time gets four."),
        (fit(5, 2, 4), "The model gets five of six distinct outcomes right; saying yes every time gets four."),
        (fit(6, 4, 2), "The model gets all six distinct outcomes right; saying no every time gets four."),
        (fit(2, 1, 1), "The model gets both distinct outcomes right; the same answer every time gets one."),
        (fit(4, 4, 2), "The model gets four of six distinct outcomes right, no more than saying no every time."),
        (fit(0, 3, 0), "The model gets none of three distinct outcomes right; saying no every time gets all."),
        (fit(3, 0, 3), "The model gets all three distinct outcomes right, no more than saying yes every time."),
    ],
)
def test_the_headline_is_right_for_any_numbers(given: ModelFit | None, words: str):
    assert record_headline(given) == words


def test_the_lead_tells_what_is_missed_and_how_little_alike_outcomes_test():
    model = model_of("two-leagues")
    assert "how well it fits" in record_lead(model, None, [])
    alike = record_lead(model, fit(3, 3, 0), [])
    assert "All of them are refusals, so saying no every time cannot be wrong." in alike
    assert "misses" not in alike
    assert "All of them are acceptances, so saying yes every" in record_lead(model, fit(3, 0, 3), [])
    assert "It misses one: Miss 0." in record_lead(model, fit(2, 3, 0), [])
    assert "It misses two, such as this one: Miss 0." in record_lead(model, fit(1, 3, 0), [])
    assert "One outcome is hardly a test." in record_lead(model, fit(1, 1, 0), [])


def test_the_model_is_counted_by_the_theory_of_the_answer_on_distinct_outcomes():
    """Two that are alike count once, what is inferred not at all; half a chance is not right."""
    model = model_of("two-leagues")
    theories = model.years[-1].deciders.theories
    index = theories.index(model.years[-1].deciders.full_theory)

    def chances(own: float) -> list[float]:
        return [own if position == index else 0.9 for position in range(len(theories))]

    tests = [
        outcome(True, *chances(0.8)),
        outcome(True, *chances(0.81)),
        outcome(False, *chances(0.5)),
        outcome(False, *chances(0.1)),
        outcome(False, *chances(0.1), kind="inferred"),
    ]
    found = fit_of_model(model.years, tests)
    assert found is not None
    assert (found.right_count, found.outcome_count, found.yes_count, found.no_count) == (1, 3, 1, 2)
    assert [test.probabilities[index] for test in found.misses] == [0.1, 0.5]
    assert found.least_probability == 0.1
    distinct = counted_outcomes(tests)
    assert alike_outcomes(distinct, tests) == [2, 1, 1]
    assert fit_of_model(model.years, tests[-1:]) is None


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_the_slot_of_the_brief_has_the_numbers_of_the_table(name: str):
    model = model_of(name)
    slot = fit_to_record(model)
    assert isinstance(slot, FitToRecord)
    table = next(finding for finding in section_of(name).findings if finding.id == "likelihoods")
    rows = {str(row["theory"]): row for row in table_rows(table)}
    full_title = model.years[-1].deciders.full_theory.title
    assert slot.right == rows[full_title]["right"]
    assert slot.constant_right == max(int(str(rows[always]["right"])) for always in ("Always no", "Always yes"))
    assert slot.outcomes == sum(int(str(rows[always]["right"])) for always in ("Always no", "Always yes"))


def test_the_picture_counts_as_the_table_does():
    section = section_of("nato-csto")
    assert isinstance(section.picture, UnitTally)
    table = next(finding for finding in section.findings if finding.id == "likelihoods")
    right = sorted(int(str(row["right"])) for row in table_rows(table) if row["theory"] != "Without theory")
    assert sorted(row.parts[0].count for row in section.picture.rows) == right
    assert section.picture.rows[0].label.startswith("The model")
    assert [row.label for row in section.picture.rows[-2:]] == ["Always no", "Always yes"]
    assert isinstance(table.picture, RangeRows)
    shown = {bar.low for row in table.picture.rows for bar in row.bars if bar}
    assert shown == {row["mean_chance"] for row in table_rows(table)}


def test_forecasts_without_theory_are_scored_on_the_same_outcomes():
    """Three of four refusals: who knows that gives 3/4 to each, and 1/4 to the acceptance."""
    refusal, acceptance, base_rate = score_baselines([outcome(False, 0.5)] * 3 + [outcome(True, 0.5)])
    assert (refusal.right_count, acceptance.right_count, base_rate.right_count) == (3, 1, 3)
    assert base_rate.decibels == pytest.approx(10 * (3 * log10(0.75) + log10(0.25)))
    assert base_rate.mean_probability == pytest.approx((0.75**3 * 0.25) ** 0.25)


def score(decibels: float, forecast: Any = "base-rate") -> ForecastScore:
    """A forecast that does so well on four outcomes."""
    return ForecastScore(forecast, 2, 0.2, decibels, 4)


def test_theories_that_are_close_lead_together():
    one, two, three = (AppliedTheory(id, id, ()) for id in ("one", "two", "three"))
    scores = [score(-14, one), score(-10, two), score(-20, three)]
    assert leading_theories(scores, 5) == [one, two]
    assert leading_theories(scores, 1) == [two]
    assert theories_phrase([one, two]) == "one and two"
    assert theories_phrase([one] * 5) == "five theories"


@pytest.mark.parametrize(("other", "words"), [(-14, "about as well as"), (-18, "better than"), (-6, "worse than")])
def test_a_comparison_is_told_only_where_it_is_clear(other: float, words: str):
    assert comparison_phrase(score(-12), score(other)) == words


def test_chances_and_parts_in_words():
    assert [chance_phrase(p) for p in (0, 0.001, 0.31)] == ["no chance", "less than 1 in 100", "31 in 100"]
    parts = [part_phrase(count, total, "years") for count, total in ((2, 2), (3, 3), (0, 3), (1, 3))]
    assert parts == ["both years", "all three years", "none of three years", "one of three years"]
    assert with_example("It misses one", "They meet.") == "It misses one: They meet."
    long = " ".join(["word"] * 24)
    assert with_example("It misses one", long) == f"It misses one. {long}"


def test_what_the_model_expects_is_the_mean_over_the_replies_on_record():
    model = model_of("nato-csto")
    theory = model.years[-1].deciders.full_theory
    replies = model.replies_on_record
    expected = expected_replies(model.years, replies, theory)
    assert sum(expected.values()) == pytest.approx(1)
    of_kind = [reply for reply in replies if reply.kind == "silence"]
    assert len(of_kind) == 3
    low, high = (bound(reply.probabilities[theory.id] for reply in of_kind) for bound in (min, max))
    assert low - 1e-12 <= expected["silence"] <= high + 1e-12
    picture = next(finding.picture for finding in section_of("nato-csto").findings if finding.id == "replies")
    assert isinstance(picture, StackedBars)
    assert picture.bars[0].shares[picture.categories.index("Say nothing")] == pytest.approx(3 / 9)


def test_another_offer_has_a_part_on_record_and_none_in_the_model():
    picture = next(finding.picture for finding in section_of("cmea-ec").findings if finding.id == "replies")
    assert isinstance(picture, StackedBars)
    index = picture.categories.index("Make another offer")
    assert [bar.shares[index] for bar in picture.bars] == [pytest.approx(2 / 6), 0]


def test_the_years_of_asking_are_drawn_as_they_are():
    model = model_of("nato-csto")
    picture = next(finding.picture for finding in section_of("nato-csto").findings if finding.id == "asking")
    assert isinstance(picture, Timeline)
    renewed = model.renewed_offers
    assert renewed is not None
    asked = {one.history.year for one in renewed.years if one.history.offer_count}
    drawn = {year for mark in picture.rows[0].marks for year in range(int(mark.start), int(mark.end))}
    assert drawn == asked
    (always,) = picture.rows[1].marks
    assert (always.start, always.end) == (renewed.years[0].history.year, renewed.years[-1].history.year + 1)


def compared(verdict: ClaimVerdict, built_in: bool = False) -> ClaimComparison:
    """A claim that comes out so."""
    return ClaimComparison("motives", ("csto-1",), "what is asked", "response", "motives", verdict, built_in=built_in)


def claims_told(*claims: ClaimComparison) -> Section:
    """The section that tells of claims."""
    section = claims_section(model_of("nato-csto").case, claims, 2007)
    assert section is not None
    return section


def test_the_claims_are_counted_in_words_and_in_the_picture():
    one = claims_told(compared("open"))
    assert one.headline == "The model says neither yes nor no to the one claim that it can be asked about."
    none = claims_told(compared("in-part"), compared("in-part"))
    assert none.headline == "The model agrees with none of two claims of the documents, and differs from none."
    assert none.findings[0].short_answer == "with none of two"
    several = claims_told(compared("agrees", built_in=True), compared("agrees"), compared("differs"), compared("open"))
    assert several.headline == "The model agrees with two of four claims of the documents, and differs from one."
    says = several.findings[0].says
    assert "It agrees with two and differs from one. It differs on why they want it." in says
    assert "On one it says neither yes nor no." in says
    assert "Of those it agrees with, one is built in, and so no evidence." in says
    assert isinstance(several.picture, UnitTally)
    (row,) = several.picture.rows
    assert [(part.state, part.count) for part in row.parts] == [("yes", 2), ("half", 0), ("no", 1), ("unclear", 1)]
