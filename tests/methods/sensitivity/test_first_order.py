"""First-order indices against models where they are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from detente.methods.sensitivity.first_order import bin_draws, first_order_indices
from detente.methods.sensitivity.group_errors import t_quantile
from tests.methods.sensitivity.known_models import (
    G_FIRST,
    ISHIGAMI_FIRST,
    g_function,
    ishigami,
    probit_answer,
    probit_indices,
    stratified,
)


@pytest.mark.parametrize(
    ("model", "inputs", "expected"), [(ishigami, 3, ISHIGAMI_FIRST), (g_function, 8, G_FIRST)], ids=["ishigami", "g"]
)
def test_known_indices(model: Callable[[Any], Any], inputs: int, expected: tuple[float, ...]):
    uniforms = stratified(np.random.default_rng(1), 32_768, inputs)
    found = first_order_indices(bin_draws(uniforms), model(uniforms))
    # Bins of a 32nd lose what varies inside them: up to .004 here.
    assert (abs(found.index - expected) < 4 * found.standard_error + 0.005).all()
    assert (found.standard_error < 0.012).all()


def test_a_yes_or_no():
    uniforms = stratified(np.random.default_rng(2), 32_768, 5)
    expected, _, _ = probit_indices()
    assert expected[:3].round(4).tolist() == [0.2344, 0.1609, 0.1023]
    found = first_order_indices(bin_draws(uniforms), probit_answer(uniforms))
    assert (abs(found.index[:4] - expected) < 3 * found.standard_error[:4] + 0.002).all()
    assert abs(found.index[4]) < 0.002
    assert (found.standard_error < 0.006).all()


def test_what_does_nothing_is_nothing_in_the_mean():
    """The correction within bins: without it the mean would be 31/2048 = .015."""
    rng = np.random.default_rng(3)
    uniforms = rng.random((2048, 400))
    found = first_order_indices(bin_draws(uniforms), rng.random(2048))
    assert abs(found.index.mean()) < 0.001
    assert found.index.std() < 0.006


def test_one_group_of_outputs_by_hand():
    """Four bins of two draws: between 8 x 1.25, within 8 x .25, so (10 - 3 x 2/4)/12."""
    uniforms = (np.repeat(np.arange(4), 2) + 0.5)[:, None] / 4
    outputs = np.repeat([0.0, 1, 2, 3], 2) + np.tile([-0.5, 0.5], 4)
    found = first_order_indices(bin_draws(uniforms, bin_count=4, group_count=4), outputs)
    assert found.index[0] == pytest.approx((10 - 3 * 2 / 4) / 12)


def test_shift_and_scale_change_nothing():
    uniforms = np.random.default_rng(4).random((4096, 3))
    bins = bin_draws(uniforms)
    found, moved = (first_order_indices(bins, outputs) for outputs in (ishigami(uniforms), 1e6 - ishigami(uniforms)))
    assert moved.index == pytest.approx(found.index, abs=1e-6)
    assert moved.standard_error == pytest.approx(found.standard_error, abs=1e-6)


def test_intervals_hold_the_truth():
    """Of a linear model, whose indices are 16/21, 4/21, 1/21; and errors are those seen."""
    rng = np.random.default_rng(5)
    expected = np.array([16, 4, 1]) / 21
    held, errors, indices = np.zeros(3), [], []
    for _ in range(200):
        uniforms = rng.random((2048, 3))
        found = first_order_indices(bin_draws(uniforms), uniforms @ [4.0, 2, 1])
        held += abs(found.index - expected) < t_quantile(0.95, found.degrees) * found.standard_error
        errors.append(found.standard_error)
        indices.append(found.index)
    assert (held >= 178).all()
    assert (held[1:] <= 199).all()
    assert np.mean(errors, axis=0) == pytest.approx(np.std(indices, axis=0), rel=0.25)


@pytest.mark.parametrize("constant", [0.0, 0.1])
def test_what_does_not_vary_has_no_indices(constant: float):
    found = first_order_indices(bin_draws(np.random.default_rng(6).random((256, 2))), np.full(256, constant))
    assert not found.index.any()
    assert not found.standard_error.any()


def test_an_input_that_does_not_vary():
    uniforms = np.random.default_rng(7).random((256, 2))
    uniforms[:, 1] = 0.5
    assert first_order_indices(bin_draws(uniforms), uniforms[:, 0]).index[1] == pytest.approx(0, abs=1e-12)


def test_draws_that_cannot_be_binned():
    with pytest.raises(ValueError, match="too few"):
        bin_draws(np.zeros((32, 1)))
    with pytest.raises(ValueError, match=r"\[0, 1\)"):
        bin_draws(np.ones((64, 1)))
