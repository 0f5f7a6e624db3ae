"""Curves of the mean by one input, crossings, thirds, and what knowing an input is worth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

from detente.methods.sensitivity.conditional_means import (
    fit_conditional_means,
    legendre_values,
    level_crossings,
    means_by_thirds,
)
from detente.methods.sensitivity.first_order import FirstOrderIndices
from detente.methods.sensitivity.value_of_knowing import payoff_value, quadratic_score_value, verdict_value
from tests.methods.sensitivity.known_models import (
    PROBIT_LOADINGS,
    conditional_probit,
    probit_answer,
    probit_indices,
)

DRAWS = 16_384


def test_the_polynomials_are_orthogonal():
    grid = (np.arange(20_000) + 0.5) / 20_000
    values = legendre_values(grid, 5)
    assert values @ values.T / len(grid) == pytest.approx(np.diag(1 / (2 * np.arange(6) + 1)), abs=1e-7)


def test_curves_of_a_yes_or_no():
    uniforms = np.random.default_rng(1).random((DRAWS, 5))
    curves = fit_conditional_means(uniforms, probit_answer(uniforms, 0.4))
    points = np.linspace(0.05, 0.95, 7)
    for number in range(3):
        errors = curves.errors_at(points)[number]
        assert (abs(curves.at(points)[number] - conditional_probit(points, number, 0.4)) < 4 * errors + 0.01).all()
        assert (errors < 0.03).all()


def test_errors_of_curves_are_those_seen():
    rng = np.random.default_rng(2)
    at, errors = [], []
    for _ in range(150):
        uniforms = rng.random((1000, 1))
        curves = fit_conditional_means(uniforms, uniforms[:, 0] + rng.normal(size=1000))
        at.append(curves.at(np.array([0.3]))[0, 0])
        errors.append(curves.errors_at(np.array([0.3]))[0, 0])
    assert np.mean(errors) == pytest.approx(np.std(at), rel=0.2)


def test_crossings_are_where_they_should_be_and_nothing_has_none():
    uniforms = np.random.default_rng(3).random((DRAWS, 45))
    crossings = level_crossings(fit_conditional_means(uniforms, probit_answer(uniforms, 0.4)), 0.5)
    for number in range(3):
        threshold = 0.2533471 / PROBIT_LOADINGS[number]  # the normal quantile of .6
        assert crossings[number] == pytest.approx((ndtr(threshold),), abs=0.05)
    assert crossings[4:] == ((),) * 41
    # Of an input that does nothing the mean lies at the level everywhere, and still does not cross it.
    even = level_crossings(fit_conditional_means(uniforms, probit_answer(uniforms, 0.5)), 0.5)
    assert sum(map(len, even[4:])) <= 1


def test_a_curve_may_cross_twice():
    uniforms = np.random.default_rng(4).random((4000, 1))
    hill = 1 - 4 * (uniforms[:, 0] - 0.5) ** 2
    assert level_crossings(fit_conditional_means(uniforms, hill), 0.75)[0] == pytest.approx((0.25, 0.75), abs=1e-3)


def test_means_by_thirds():
    uniforms = np.random.default_rng(5).random((9000, 2))
    answers = (uniforms[:, 0] < 0.5).astype(float)
    found = means_by_thirds(uniforms, answers)
    assert found.mean[0] == pytest.approx([1, answers[abs(uniforms[:, 0] - 0.5) < 1 / 6].mean(), 0])
    assert found.standard_error[0, [0, 2]] == pytest.approx(0)
    assert found.standard_error[1] == pytest.approx(np.sqrt(0.25 / 3000), rel=0.5)


@pytest.mark.parametrize(("shift", "worth"), [(-0.5, 0.0625), (0.5, 0.0625), (0.0, 0.25), (1.5, 0.0)])
def test_the_value_of_knowing_a_payoff(shift: float, worth: float):
    """Of 2u - 1 + shift: the mean of its positive part less that of its mean."""
    uniforms = np.random.default_rng(6).random((DRAWS, 2))
    noise = np.random.default_rng(7).normal(size=DRAWS)
    found = payoff_value(fit_conditional_means(uniforms, 2 * uniforms[:, 0] - 1 + shift + 0.3 * noise))
    assert abs(found.value[0] - worth) < 4 * found.standard_error[0] + 1e-6
    assert found.standard_error[0] < 0.006
    assert 0 <= found.value[1] < 0.005


def test_the_value_of_knowing_for_a_verdict():
    uniforms = np.random.default_rng(8).random((DRAWS, 2))
    answers = (uniforms[:, 1] < uniforms[:, 0] ** 2).astype(float)  # a third; above one half from u = .7071
    found = verdict_value(fit_conditional_means(uniforms[:, :1], answers))
    best = np.sqrt(0.5) - np.sqrt(0.5) ** 3 / 3 + (1 - np.sqrt(0.5) ** 3) / 3
    assert abs(found.value[0] - (best - 2 / 3)) < 4 * found.standard_error[0]
    assert found.standard_error[0] < 0.01


def test_knowing_what_never_changes_the_verdict_is_worth_nothing_but_scores():
    uniforms = np.random.default_rng(9).random((DRAWS, 5))
    answers = probit_answer(uniforms, 0.1)
    # A polynomial wiggles: of the leading input the curve just passes one half at its end.
    assert verdict_value(fit_conditional_means(uniforms, answers)).value[1:].max() < 1e-3
    index = probit_indices(0.1)[0]
    scores = quadratic_score_value(FirstOrderIndices(index, 0.1 * index, degrees=19), 0.1)
    points = (np.arange(2000) + 0.5) / 2000
    variances = [conditional_probit(points, number, 0.1).var() for number in range(4)]
    assert scores.value == pytest.approx(variances, rel=0.01)
    assert scores.standard_error == pytest.approx(0.1 * scores.value)
