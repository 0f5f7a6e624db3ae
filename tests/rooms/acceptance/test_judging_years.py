"""What is on record is judged by the numbers of its own time, as near as the years worked out allow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente import read_case
from detente.methods.chronology.edtf import Edtf
from detente.rooms.acceptance.findings.section import acceptance_sections
from detente.rooms.acceptance.model.acceptance import AcceptanceModel, build_acceptance_model
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.record_fit.fit_to_record import distinguishable_outcomes, score_theories
from detente.rooms.acceptance.model.record_fit.judging_years import judging_index
from detente.rooms.gains.model.simulation.simulation import simulate_gains
from tests.conftest import edit
from tests.rooms.sections import table_rows

HILL = 'hill: {uniform: [0, 0.8], because: "invented; the hills have never liked the towns below"}'
LOW, HIGH = "{uniform: [0, 0.1]}", "{uniform: [0.6, 0.9]}"


def answers(file: Path, years: str, envy: str) -> AcceptanceModel:
    """The case worked out for some years, the hill cities being so envious."""
    text = file.read_text(encoding="utf-8")
    edit(file, ("\nnetwork:\n", f"\nnetwork:\n  years: {years}\n"), (HILL, f"hill: {envy}"))
    case = read_case(str(file)).case
    file.write_text(text, encoding="utf-8")
    gains = simulate_gains(case)
    assert gains is not None
    model = build_acceptance_model(gains)
    assert model is not None
    assert model.years
    return model


def judged(model: AcceptanceModel) -> dict[str, tuple[int, tuple[float, ...]]]:
    """By outcome and reply, the year of the numbers and the chances that theories gave it."""
    outcomes = {test.id or test.title: (test.year, test.probabilities) for test in model.outcome_tests}
    replies = {one.reply.id: (one.year, tuple(one.probabilities.values())) for one in model.replies_on_record}
    return {**outcomes, **replies}


def test_each_is_judged_by_the_numbers_of_its_time(leagues: Path):
    both = judged(answers(leagues, "[1403, 1408]", f"{{in: {{1403: {LOW}, 1408: {HIGH}}}}}"))
    early, late = judged(answers(leagues, "[1403]", LOW)), judged(answers(leagues, "[1408]", HIGH))
    assert {year for year, _ in both.values()} == {1403, 1408}
    for name, (year, chances) in both.items():
        assert chances == pytest.approx({1403: early, 1408: late}[year][name][1], abs=1e-12), name
    assert both["hill-declines"][0] == 1403
    assert both["hill-declines"][1] != late["hill-declines"][1]


def test_an_offer_is_judged_when_it_is_taken_up(leagues: Path):
    """Offered in 1403: left alone it is judged by that year, and taken up in 1408 by that."""
    years = f"{{in: {{1403: {LOW}, 1408: {HIGH}}}}}"
    title = "A common watch on the pass road"
    assert judged(answers(leagues, "[1403, 1408]", years))[title][0] == 1403
    late_yes = (
        "  - {id: late-yes, kind: reply, to: first-offer, by: hill, answer: accept, date: 1408, says: At last.}\n"
    )
    edit(leagues, ("  - id: second-offer\n", f"{late_yes}  - id: second-offer\n"))
    year, _ = judged(answers(leagues, "[1403, 1408]", years))[title]
    assert year == 1408


def test_asking_again_is_judged_year_by_year(leagues: Path):
    both = answers(leagues, "[1403, 1408]", f"{{in: {{1403: {LOW}, 1408: {HIGH}}}}}").renewed_offers
    early, late = (answers(leagues, f"[{y}]", envy).renewed_offers for y, envy in ((1403, LOW), (1408, HIGH)))
    assert both is not None
    assert early is not None
    assert late is not None
    for year, of_early, of_late in zip(both.years, early.years, late.years, strict=True):
        own = of_late if year.history.year >= 1408 else of_early
        assert year.asking_probability == pytest.approx(own.asking_probability, abs=1e-12)
    assert both.median_stop == late.median_stop


def test_theories_are_scored_over_all_years(leagues: Path):
    same = answers(leagues, "[1403, 1408]", HIGH)
    counted = [test for test in same.outcome_tests if test.is_counted]
    scores = score_theories(same.years, counted)
    alone = score_theories(same.years, counted[:1])
    assert len({test.year for test in counted}) == 2
    assert all(whole.decibels < score.decibels < 0 for score, whole in zip(alone, scores, strict=True))


def test_the_chance_of_one_outcome_in_decibels_is_that_of_its_mean(leagues: Path):
    """Ten times the logarithm to base ten of the mean over draws and forms, each chance from 0.01 to 0.99."""
    model = answers(leagues, "[1408]", HIGH)
    (result,) = model.years
    test = next(test for test in model.outcome_tests if test.is_counted)
    assert test.question is not None
    for score, theory in zip(score_theories(model.years, [test]), result.deciders.theories, strict=True):
        sign = 1 if test.accepted else -1
        odds = [sign * result.question_log_odds[test.question, form, theory.id] for form in result.deciders.forms]
        chances = np.clip(1 / (1 + np.exp(-np.concatenate(odds))), 0.01, 0.99)
        assert score.decibels == pytest.approx(10 * np.log10(chances.mean()))


def test_the_year_of_the_numbers_stands_in_the_table(leagues: Path):
    _, record = acceptance_sections(answers(leagues, "[1403, 1408]", HIGH))
    findings = {finding.id: finding for finding in record.findings}
    assert {row["by_numbers_of"] for row in table_rows(findings["outcomes"])} == {1403, 1408}
    assert {row["by_numbers_of"] for row in table_rows(findings["replies"])} <= {1403, 1408}


@pytest.mark.parametrize(
    ("when", "index"), [(None, 1), ("1390", 0), ("1403-05", 0), ("1407/1409", 0), ("1408", 1), ("1420/..", 1)]
)
def test_the_latest_year_until_then_judges_and_else_the_first(leagues: Path, when: str | None, index: int):
    deciders = [result.deciders for result in answers(leagues, "[1403, 1408]", HIGH).years]
    assert judging_index(deciders, Edtf.parse(when) if when else None) == index


def test_only_years_in_which_somebody_decides_judge_what_they_decided():
    case = read_case("nato-csto").case
    gains = simulate_gains(case)
    assert gains is not None
    deciders = [DecisionMakers(simulation.model) for simulation in gains.simulations]
    assert [one.actor_network.year for one in deciders] == [2005, 2013, 2007]
    assert judging_index(deciders, Edtf.parse("2005"), "uzbekistan") == 2  # it is a member from 2006 to 2012
    assert judging_index(deciders, Edtf.parse("2005"), "armenia") == 0
    assert judging_index(deciders, Edtf.parse("2014"), "armenia") == 1
    assert judging_index(deciders, Edtf.parse("2014"), "uzbekistan") == 2


def test_outcomes_whose_chances_are_nearly_the_same_count_once(leagues: Path):
    """Wherever the chances lie; those of two years differ by little, and are no two tests of a theory for that."""
    (test, *_) = answers(leagues, "[1403, 1408]", HIGH).outcome_tests
    near, far, other = (
        replace(test, probabilities=tuple(min(p + d, 1.0) for p in (0.049, 0.5))) for d in (0.0, 0.1, 0.002)
    )
    assert distinguishable_outcomes([near, other]) == [near]
    assert distinguishable_outcomes([near, far, other]) == [near, far]
    assert distinguishable_outcomes([near, replace(other, accepted=not other.accepted)])[1:] != []
