"""The engine and the readable code come to the same: of random models, of the bundled cases, state after state."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings

from detente import read_case
from detente.case.loading.model_patch import case_with_values
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import ModelDraws, number_uniforms, sample_model
from detente.methods.offer_model.utility import OfferUtilities
from detente.report.live.engine_model import engine_model
from detente.report.live.model_difference import difference, with_number_order
from detente.report.live.moving_numbers import moving_numbers
from detente.report.live.sliders import experienced_traits, number_sliders
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from tests.methods.offer_model.random_models import models
from tests.methods.offer_model.test_compiled_model import readable
from tests.report.live.engine_process import EngineFault, EngineProcess
from tests.report.live.product_answers import differences, product_answers, product_importance, random_setting

CASES = ("nato-csto", "cmea-ec", "two-leagues")


def drawn(description: ModelDescription, count: int) -> ModelDraws | None:
    """Draws of a model; None where its experience is impossible whatever its numbers are."""
    try:
        return sample_model(description, range(count))
    except ValueError as error:
        if "what was seen is impossible" not in str(error):
            raise
        return None


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(models())
def test_random_models_come_to_the_same(engine: EngineProcess, description: ModelDescription):
    """All kinds of reasons and rules, payments, correlated numbers, nets, experience: to 1e-11, and to the count."""
    draws = drawn(description, 64)
    model = engine_model(description, 64)
    engine.load(model)
    if draws is None:
        with pytest.raises(EngineFault, match="impossible"):
            engine.ask("utilities", numbers={})
        reject()
    found = np.array(engine.ask("utilities", numbers={}), dtype=float)
    for ours, theirs in zip((found[:, :, 0], found[:, :, 1]), readable(description, draws), strict=True):
        theirs = np.where(np.isneginf(theirs), np.nan, theirs)  # JSON has no word for where nothing would do
        assert np.allclose(ours, theirs, rtol=1e-11, atol=1e-11, equal_nan=True)
    shares = engine.ask("shares", numbers={})
    for index, number in enumerate(description.numbers):
        if number.distribution.varies:
            expected = number_uniforms(description, index, range(64))
            assert shares[index] == pytest.approx(expected.tolist(), abs=2e-15)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(models())
def test_a_state_does_not_hang_on_the_one_before(engine: EngineProcess, description: ModelDescription):
    """From one state to another and back is to be nowhere else: nothing stale is left in what is kept."""
    random = Random(repr(description.numbers))
    settings_tried = [random_setting(description, random, 0.3) for _ in range(4)]
    model = engine_model(description, 32)
    engine.load(model)
    walked = []
    for setting in (*settings_tried, settings_tried[0], {}):
        try:
            walked.append(engine.ask("utilities", numbers=setting))
        except EngineFault:
            walked.append(None)
    for setting, expected in zip((*settings_tried, settings_tried[0], {}), walked, strict=True):
        engine.load(model)
        try:
            assert engine.ask("utilities", numbers=setting) == expected
        except EngineFault:
            assert expected is None


def model_of(name: str) -> ModelDescription:
    description = describe_offer(read_case(name).case)
    assert description is not None
    return description


@pytest.mark.parametrize("name", CASES)
def test_bundled_cases_come_to_the_same_counts(engine: EngineProcess, name: str):
    description = model_of(name)
    decision = description.decision
    assert decision is not None
    random, count = Random(name), 1_024
    main = decision.theories[decision.main_theory].id
    engine.load(engine_model(description, count))
    for setting in ({}, *(random_setting(description, random) for _ in range(4))):
        changed = description.with_values(setting)
        if drawn(changed, 2) is None:
            continue
        told, expected = engine.state(setting), product_answers(changed, count)
        assert differences(told, expected, [one.id for one in decision.theories], main) == []
        for form, product in enumerate(expected):
            by_reason = [int(accepts.sum()) for accepts in product.without.values()]
            in_order = sorted(product.without, key=lambda reason: reason == "")
            names = [*(one.id for one in decision.mechanisms), *(one.id for one in decision.outside)]
            used = [reason for reason in names if reason in decision.theories[decision.main_theory].uses]
            assert sorted(used) == sorted(in_order[:-1])
            found = {reason: one["count"] for reason, one in zip((*used, ""), told["without"][form], strict=True)}
            assert found == dict(zip(product.without, by_reason, strict=True))
            quantiles = np.quantile(product.gains, [0.05, 0.95], axis=0)
            found_ends = np.array([[one["low"], one["high"]] for one in told["gains"][form]]).T
            assert np.abs(found_ends - quantiles).max() < 1e-12


@pytest.mark.parametrize("name", CASES)
def test_what_matters_is_ranked_as_in_the_report(engine: EngineProcess, name: str):
    description = model_of(name)
    engine.load(engine_model(description, 2_048))
    told = {one["path"]: one["forms"] for one in engine.state({})["importance"]}
    for form, product in enumerate(product_answers(description, 2_048)):
        for number in product_importance(description, product).numbers:
            found = told[number.path][form]["strict"]
            assert found["index"] == pytest.approx(number.third_index.value, abs=1e-10)
            assert found["error"] == pytest.approx(number.third_index.error, abs=1e-10)
            assert found["low"] == pytest.approx(number.lowest_third.value, abs=1e-12)
            assert found["high"] == pytest.approx(number.highest_third.value, abs=1e-12)


def test_errors_are_those_of_the_report(engine: EngineProcess):
    from detente.rooms.acceptance.model.estimated_share import estimate_share

    description = model_of("cmea-ec")
    engine.load(engine_model(description, 4_096))
    told = engine.state({})
    assert description.decision is not None
    for form, product in zip(told["forms"], product_answers(description, 4_096), strict=True):
        for theory, one in zip(description.decision.theories, form["theories"], strict=True):
            strict = estimate_share(product.strict[theory.id].astype(float))
            generous = estimate_share(product.best[theory.id][0])
            assert (one["strict"]["share"], one["generous"]["share"]) == pytest.approx((strict.value, generous.value))
            assert (one["strict"]["error"], one["generous"]["error"]) == pytest.approx((strict.error, generous.error))


def test_a_window_keeps_the_simulations_inside_it(engine: EngineProcess):
    description = model_of("nato-csto")
    engine.load(engine_model(description, 1_024))
    path, low, high = "channels.bloc.exclusivity", 0.5, 0.7
    told = engine.state({}, [{"path": path, "low": low, "high": high}])
    values = sample_model(description, range(1_024)).values[description.number_index[path]]
    kept = (values >= low) & (values <= high)
    assert told["left"] == kept.sum()
    assert description.decision is not None
    for form, product in zip(told["forms"], product_answers(description, 1_024), strict=True):
        for theory, one in zip(description.decision.theories, form["theories"], strict=True):
            assert one["strict"]["count"] == product.strict[theory.id][kept].sum()


def test_gains_under_a_threat_are_shares_of_what_is_then_at_stake(engine: EngineProcess):
    """The report tells gains as shares of all at stake with the threat; answers rest on what is without it."""
    case = case_with_values(read_case("nato-csto").case, {"threat.nato": 0.7, "threat.csto": 0.9})
    description = describe_offer(case)
    assert description is not None
    draws = sample_model(description, range(256))
    utilities = OfferUtilities(evaluate_gains(draws), draws)
    engine.load(engine_model(description, 256))
    told = engine.state({})["gains"]
    assert description.decision is not None
    for form, run in enumerate(description.decision.offered_runs):
        expected = utilities.batch.gains(description.network.variants[run]).mean(axis=0)
        assert [one["mean"] for one in told[form]] == pytest.approx(expected.tolist(), abs=1e-13)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(models(), models())
def test_an_alternative_is_the_model_with_its_difference(
    engine: EngineProcess, description: ModelDescription, other: ModelDescription
):
    base = engine_model(description, 16)
    paths = list(dict.fromkeys([*base["numbers"]["path"], *(one.path for one in other.numbers)]))
    if description.sampling == other.sampling == "hypercube":
        ordered = with_number_order(base, paths)
        laid_out = with_number_order(engine_model(other, 16), paths)
        engine.load(laid_out)
        if drawn(other, 4) is not None:
            in_place = engine.ask("utilities", numbers={})
            engine.load(engine_model(other, 16))
            assert engine.ask("utilities", numbers={}) == in_place
    else:
        ordered, laid_out = base, engine_model(other, 16)
    assert engine.ask("applied", base=ordered, patch=difference(ordered, laid_out)) == json_like(laid_out)
    assert difference(ordered, ordered) == {}


@pytest.mark.parametrize("name", CASES)
def test_a_lever_is_the_same_as_a_set(name: str):
    """Every number with a slider: the model with its value is that of the case with its value."""
    loaded = read_case(name)
    description = describe_offer(loaded.case)
    assert description is not None
    paths = [number.path for number in description.numbers]
    sliders = number_sliders(description, paths, experienced_traits(loaded.case))
    movable = [(path, ends) for path, ends in zip(paths, sliders, strict=True) if isinstance(ends, list)]
    assert len(movable) > 40
    for path, (low, high) in movable[:: 1 if name == "two-leagues" else 4]:
        value = low + 0.37 * (high - low)
        other = describe_offer(case_with_values(loaded.case, {path: value}))
        assert other is not None
        assert engine_model(other, 64) == engine_model(description.with_values({path: value}), 64), path


def test_what_moves_nothing_is_no_lever(engine: EngineProcess):
    """And the traits from which it was worked out how unlike two were who tried something."""
    case = read_case("nato-csto").case
    description = describe_offer(case)
    assert description is not None
    engine.load(engine_model(description, 256))
    at_rest = engine.state({})
    moving = moving_numbers(description)
    for index, number in enumerate(description.numbers):
        low = number.distribution.low
        if index not in moving and low is not None and not number.path.endswith((".opening", ".exclusivity")):
            told = engine.state({number.path: max(low, 0.0) + 0.3})
            assert told["forms"] == at_rest["forms"], number.path
    other = case_with_values(case, {"traits.purpose.held.russia": 0.2})
    assert "traits.purpose.held.nato" in experienced_traits(other)
    assert "traits.purpose.held.nato" not in experienced_traits(case)


def json_like(value: object) -> object:
    """A value as JSON has it."""
    import json

    return json.loads(json.dumps(value))


def test_more_simulations_begin_with_the_same(engine: EngineProcess):
    description = replace(model_of("two-leagues"), seed=7)
    engine.load(engine_model(description, 512))
    long = engine.ask("values", numbers={})
    engine.load(engine_model(description, 256))
    assert [column[:256] for column in long] == engine.ask("values", numbers={})
