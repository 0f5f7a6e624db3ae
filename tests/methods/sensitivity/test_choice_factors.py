"""Choices as factors: analysis of variance by hand and by brute force, and that shares add up."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.sensitivity.choice_factors import decompose_choices


def test_two_choices_by_hand():
    """y = 2a + bx with a and b of 0 and 1, x of -1 and 1: variances 1, 0 and 1/4 + 1/4 of 3/2."""
    outputs = np.array([[[2 * a + b * x for x in (-1, 1)] for b in (0, 1)] for a in (0, 1)], dtype=float)
    found = decompose_choices(np.repeat(outputs, 20, axis=-1))
    assert (found.by_choices, found.by_inputs, found.by_both) == pytest.approx((1 / 1.5, 0.25 / 1.5, 0.25 / 1.5))
    assert found.first_order == pytest.approx([1 / 1.5, 0])
    assert found.total == pytest.approx([1 / 1.5, 0.25 / 1.5])
    assert found.flip_share == pytest.approx([0.5, 0.5])


def test_weights_of_options_by_hand():
    """One choice, no input: of 0 and 1 with weights .9 and .1 the variance is .09; two drawn differ in .18."""
    outputs = np.repeat([[0.0], [1.0]], 40, axis=1)
    found = decompose_choices(outputs, [np.array([0.9, 0.1])])
    assert (found.by_choices, found.by_inputs, found.by_both) == pytest.approx((1, 0, 0))
    assert found.flip_share == pytest.approx([0.18])
    assert found.shares_error == pytest.approx((0, 0, 0))


def brute_force(outputs: Any, weights: list[Any]) -> tuple[Any, Any, Any, Any]:
    """Shares, first-order and total indices, and flips, over all pairs of cells and draws one by one."""
    options, draws = outputs.shape[:-1], range(outputs.shape[-1])
    cells = {
        cell: np.prod([weights[place][option] for place, option in enumerate(cell)])
        for cell in product(*map(range, options))
    }
    mean = sum(weight * outputs[cell].mean() for cell, weight in cells.items())
    variance = sum(weight * ((outputs[cell] - mean) ** 2).mean() for cell, weight in cells.items())
    by_choices = sum(weight * (outputs[cell].mean() - mean) ** 2 for cell, weight in cells.items())
    by_draw = [sum(weight * outputs[cell][draw] for cell, weight in cells.items()) for draw in draws]
    by_both = sum(
        weight * (outputs[cell][draw] - outputs[cell].mean() - by_draw[draw] + mean) ** 2 / len(draws)
        for cell, weight in cells.items()
        for draw in draws
    )
    first_order, total, flips = [], [], []
    for place, own in enumerate(weights):
        means = [
            sum(weight * outputs[cell].mean() for cell, weight in cells.items() if cell[place] == option) / own[option]
            for option in range(len(own))
        ]
        first_order.append(sum(own * (np.array(means) - mean) ** 2))
        pairs = [
            (weight * own[other], outputs[cell], outputs[(*cell[:place], other, *cell[place + 1 :])])
            for cell, weight in cells.items()
            for other in range(len(own))
        ]
        total.append(sum(weight * ((one - other) ** 2).mean() / 2 for weight, one, other in pairs))
        flips.append(sum(weight * (one != other).mean() for weight, one, other in pairs))
    shares = np.array([by_choices, np.var(by_draw), by_both]) / variance
    return shares, np.array(first_order) / variance, np.array(total) / variance, np.array(flips)


@st.composite
def grids(draw: st.DrawFn) -> tuple[Any, list[Any]]:
    """Outputs of one to three choices of up to three options, 0 and 1 or numbers, with weights."""
    options = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    outputs = rng.normal(size=(*options, 20)) + rng.normal(size=20)
    outputs = (outputs > 0).astype(float) if draw(st.booleans()) else outputs
    weights = [rng.random(count) + 0.1 for count in options]
    return outputs, [each / each.sum() for each in weights]


@settings(max_examples=50)
@given(grids())
def test_brute_force_and_shares_add_up(grid: tuple[Any, list[Any]]):
    outputs, weights = grid
    found = decompose_choices(outputs, weights)
    shares = found.by_choices, found.by_inputs, found.by_both
    expected = brute_force(outputs, weights)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > -1e-12
    assert shares == pytest.approx(expected[0], abs=1e-9)
    assert found.first_order == pytest.approx(expected[1], abs=1e-9)
    assert found.total == pytest.approx(expected[2], abs=1e-9)
    assert found.flip_share == pytest.approx(expected[3], abs=1e-9)
    assert (found.first_order <= found.total + 1e-9).all()
    assert found.first_order.sum() <= found.by_choices + 1e-9


def test_errors_are_those_seen():
    rng = np.random.default_rng(1)
    runs = []
    for _ in range(150):
        uniforms = rng.random((400, 2))
        cells = [[uniforms[:, 0] + a * uniforms[:, 1] > 0.5 + b for b in (0, 0.5)] for a in (0, 1)]
        runs.append(decompose_choices(np.array(cells, dtype=float)))
    shares = np.array([(run.by_choices, run.by_inputs, run.by_both) for run in runs])
    assert np.mean([run.shares_error for run in runs], axis=0) == pytest.approx(shares.std(axis=0), rel=0.25)
    for name in ("first_order", "total", "flip_share"):
        seen = np.std([getattr(run, name) for run in runs], axis=0)
        assert np.mean([getattr(run, f"{name}_error") for run in runs], axis=0) == pytest.approx(seen, rel=0.25)


@pytest.mark.parametrize("constant", [0.0, 0.1, 1.0])
def test_what_does_not_vary_has_no_shares(constant: float):
    found = decompose_choices(np.full((2, 3, 40), constant))
    assert (found.by_choices, found.by_inputs, found.by_both) == (0, 0, 0)
    assert not found.total.any()


@pytest.mark.parametrize("weights", [[[0.5, 0.4]], [[1.5, -0.5]], [[1.0]], [[0.5, 0.5]] * 2])
def test_weights_that_do_not_fit(weights: Any):
    with pytest.raises(ValueError, match="adding up to 1"):
        decompose_choices(np.zeros((2, 40)), weights)


def test_no_choice():
    with pytest.raises(ValueError, match="no choice"):
        decompose_choices(np.zeros(40))
