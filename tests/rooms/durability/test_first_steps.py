"""First steps issue by issue, beside where the documents advise one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.results.pictures import RangeRows
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.findings.trust.first_steps import advice_sentences
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.outcomes import durability_outcomes


def model_of(case: Case) -> DurabilityModel:
    model = build_durability_model(case)
    assert model is not None
    return model


@pytest.fixture(scope="module")
def model() -> DurabilityModel:
    return model_of(read_case("nato-csto").case)


def test_every_issue_is_held_against_the_same_theory(model: DurabilityModel):
    steps = model.first_steps
    assert steps is not None
    assert [step.game for step in steps.steps] == list(model.case.games)
    assert {step.reassurance.view.ids for step in steps.steps} == {
        ("as-liberals", "as-institutionalists", "as-constructivists")
    }


def test_information_reassures_as_often_as_in_a_computation_of_its_own(model: DurabilityModel):
    """The band of the two conditions, written out for this game: R = 1 and P = 0, no concern, both sides alike."""
    steps = model.first_steps
    assert steps is not None
    assert steps.advised is not None
    source = np.random.default_rng(2000)
    n = 400_000
    trust = source.uniform(0.1, 0.4, (2, n))
    risk, tempted = source.uniform(0.2, 1, n), source.uniform(1.01, 1.6, n)
    honest, step = source.uniform(0.2, 0.9, n), source.uniform(0.1, 0.5, n)
    least = trust * tempted / (trust * (tempted - 1) + trust * tempted + (1 - trust) * risk)
    most = trust / (trust * honest + (1 - trust) * risk)
    low, high = least.max(axis=0), np.minimum(most, 1).min(axis=0)
    for share, expected in (
        (steps.advised.some_step_share, (low < high).mean()),
        (steps.advised.fitting_share, ((low < high) & (low <= step) & (step <= high)).mean()),
        (steps.advised.enough_share, (trust >= risk / (1 - honest + risk)).all(axis=0).mean()),
    ):
        error = max(expected * (1 - expected) / model.draws.draw_count, 1e-9) ** 0.5
        assert share == pytest.approx(expected, abs=4 * error)


def test_the_model_disagrees_with_information_first(model: DurabilityModel):
    steps = model.first_steps
    assert steps is not None
    assert steps.advised is not None
    assert steps.advised.game == "information"
    assert steps.advice_verdict == "disagrees"
    assert steps.best.some_step_share == max(step.some_step_share for step in steps.steps)
    told = next(one for one in durability_section(model).findings if one.id == "first-steps")
    assert advice_sentences(steps, model.case) in told.says
    assert "The model points elsewhere: on relief work" in told.says
    assert "the memo points to exchanging information" in told.says
    assert told.short_answer == "yes, but not where advised"
    assert isinstance(told.picture, RangeRows)
    assert [row.note for row in told.picture.rows if row.note] == ["advised by the memo"]
    numbers = {outcome.name: outcome.quantity.value for outcome in durability_outcomes(model)}
    assert numbers["durability.information.first-step.some-reassures"] == steps.advised.some_step_share


def test_an_advice_on_the_best_issue_is_agreed_with():
    """The same claim put on disasters instead."""
    case = read_case("nato-csto").case
    games = dict(case.games)
    for name in ("information", "disasters-together"):
        trust = games[name].trust
        assert trust is not None
        tests = ["as-information-first"] if name == "disasters-together" else []
        games[name] = games[name].model_copy(update={"trust": trust.model_copy(update={"tests": tests})})
    steps = model_of(case.model_copy(update={"games": games})).first_steps
    assert steps is not None
    assert steps.advice_verdict == "agrees"
    assert "agrees" in advice_sentences(steps, case)


def test_without_advice_the_best_issue_is_told(leagues: Path):
    model = model_of(read_case(str(leagues)).case)
    steps = model.first_steps
    assert steps is not None
    assert steps.advised is None
    assert steps.advice_verdict == "open"
    assert advice_sentences(steps, model.case) == ""
    told = next(one for one in durability_section(model).findings if one.id == "first-steps")
    share = round(100 * steps.best.some_step_share)
    assert told.says.startswith(f"Some first step would build trust: in {share} of 100 simulations.")
    assert "their own gains only (liberalism)" in told.says
    assert told.short_answer == "only one of another size"


def test_without_a_first_step_nothing_is_told(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    old = "      first_step: {uniform: [0.1, 0.4], because: invented; the beacons}\n"
    assert old in text
    leagues.write_text(text.replace(old, ""), encoding="utf-8")
    assert model_of(read_case(str(leagues)).case).first_steps is None
