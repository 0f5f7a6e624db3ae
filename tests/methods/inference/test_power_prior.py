"""What trials teach of a share: against the conjugate beta distribution, and by what must hold for any trials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.inference.power_prior import (
    marginal_log_likelihood,
    posterior_weights,
    trial_log_likelihood,
)

STEPS = 4_000
CHANCES = (np.arange(STEPS) + 0.5) / STEPS
FLAT = np.full(STEPS, 1 / STEPS)


def posterior_mean(tried: float, worked: float, counts_for: float = 1.0) -> float:
    return float(posterior_weights(FLAT, trial_log_likelihood(CHANCES, tried, worked, counts_for)) @ CHANCES)


@pytest.mark.parametrize(("tried", "worked"), [(9, 3), (1, 0), (1, 1), (20, 19.5)])
def test_from_a_flat_prior_it_is_the_beta_distribution(tried: float, worked: float):
    """Beta(1 + worked, 1 + tried - worked), whose mean is (worked + 1) / (tried + 2)."""
    assert posterior_mean(tried, worked) == pytest.approx((worked + 1) / (tried + 2), abs=1e-4)


def test_what_counts_for_half_is_half_the_trials():
    assert posterior_mean(9, 3, 0.5) == pytest.approx(posterior_mean(4.5, 1.5), abs=1e-12)
    assert posterior_mean(9, 3, 0) == pytest.approx(0.5, abs=1e-12)


@given(st.floats(0.1, 50), st.floats(0, 1), st.floats(0, 1))
def test_the_more_worked_the_better_it_works(tried: float, share: float, counts_for: float):
    lower, higher = (posterior_mean(tried, tried * one, counts_for) for one in (share / 2, share))
    assert lower <= higher + 1e-12
    assert 0 < lower < 1


@given(st.lists(st.floats(0, 1), min_size=2, max_size=5), st.floats(0, 8))
def test_weights_add_up_to_one(chances: list[float], worked: float):
    values = np.array(chances)
    log_likelihood = trial_log_likelihood(values, 8, worked)
    if np.isfinite(log_likelihood).any():
        weights = posterior_weights(np.full(len(values), 1 / len(values)), log_likelihood)
        assert weights.sum() == pytest.approx(1)
        assert (weights[~np.isfinite(log_likelihood)] == 0).all()


def test_what_could_not_have_been_is_refused():
    with pytest.raises(ValueError, match="impossible"):
        posterior_weights(np.array([0.5, 0.5]), trial_log_likelihood(np.array([0.0, 0.0]), 2, 1))


def test_what_else_is_unknown_is_taken_in_the_mean():
    """Two values by three others, worked out as fractions; also where a likelihood is 0."""
    likelihood = np.array([[0.5, 0.25, 0.0], [0.0, 0.0, 0.0]])
    with np.errstate(divide="ignore"):
        marginal = marginal_log_likelihood(np.log(likelihood), np.array([0.2, 0.4, 0.4]))
    assert np.exp(marginal) == pytest.approx([0.2 * 0.5 + 0.4 * 0.25, 0.0])
