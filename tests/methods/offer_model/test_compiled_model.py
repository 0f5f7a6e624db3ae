"""Compiled code and readable code come to the same, whatever the model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings

from detente import read_case
from detente.methods.offer_model.answers import decide_answer
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import ModelDraws, sample_model
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from tests.methods.offer_model.random_models import models


def drawn(description: ModelDescription, indices: range) -> ModelDraws:
    """Draws of a random model; none where the experience in it is impossible whatever its numbers are."""
    try:
        return sample_model(description, indices)
    except ValueError as error:
        if "what was seen is impossible" not in str(error):
            raise
        reject()


def readable(description: ModelDescription, draws: ModelDraws) -> tuple[np.ndarray, np.ndarray]:
    """The utility at which the answer turns, as it is and under a grave threat, shape (forms, theories, draws)."""
    assert description.decision is not None
    utilities = OfferUtilities(evaluate_gains(draws), draws)
    decisions = [
        [
            decide_answer(utilities, description.network.variants[run], theory.uses)
            for theory in description.decision.theories
        ]
        for run in description.decision.offered_runs
    ]
    return (
        np.array([[one.answer_utility for one in of_form] for of_form in decisions]),
        np.array([[one.grave_utility for one in of_form] for of_form in decisions]),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(models())
def test_of_random_models(description: ModelDescription):
    """Majorities, payments inside, all kinds of reasons, issues of few and of all: to 1e-12."""
    draws = drawn(description, range(250, 300))
    compiled = CompiledModel(description).answer_utilities(draws, with_grave=True)
    for ours, theirs in zip(compiled, readable(description, draws), strict=True):
        assert np.allclose(ours, theirs, rtol=1e-12, atol=1e-12, equal_nan=True)
    again = sample_model(description, range(250, 300), sampler=COMPILED)
    assert again.values == pytest.approx(draws.values, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_of_bundled_cases(name: str):
    description = describe_offer(read_case(name).case)
    assert description is not None
    draws = sample_model(description, range(1_000), sampler=COMPILED)
    assert draws.values == pytest.approx(sample_model(description, range(1_000)).values, rel=1e-13, abs=1e-13)
    as_is, grave = CompiledModel(description).answer_utilities(draws, with_grave=True)
    expected = readable(description, draws)
    assert np.abs(as_is - expected[0]).max() < 1e-12
    assert np.abs(grave - expected[1]).max() < 1e-12
    assert ((as_is > 1e-9) == (expected[0] > 1e-9)).all()
    alone, nothing = CompiledModel(description).answer_utilities(draws)
    assert (alone == as_is).all()
    assert nothing.shape[2] == 0
