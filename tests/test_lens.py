"""Theories as parameters of one utility, and side payments: by formula, by linear program, by definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from detente.channels.lens import Lens, absolute, under_threat, utilities
from detente.channels.payments import least_payments, payment_program


def lens(n: int, seed: int) -> Lens:
    """Any lens."""
    source = np.random.default_rng(seed)
    return Lens(source.uniform(0, 1, (n, n)), *(source.uniform(0, 0.2, n) for _ in range(4)))


@given(st.integers(1, 6), st.integers(0, 2**32), st.floats(0, 1))
def test_utility_as_written(n, seed, chi):
    source = np.random.default_rng(seed)
    gains, theory = source.uniform(-1, 1, n), lens(n, seed)
    expected = [
        gains[i]
        - sum(theory.relative[i, j] * (gains[j] - gains[i]) for j in range(n) if j != i)
        + theory.recognition[i]
        - theory.autonomy[i]
        + (theory.shield[i] - theory.norms[i]) * chi
        for i in range(n)
    ]
    assert utilities(gains, theory, chi) == pytest.approx(expected)
    assert utilities(np.stack([gains, gains]), theory, np.array([chi, chi]))[1] == pytest.approx(expected)


def test_a_theory_without_parameters_is_that_of_absolute_gains():
    gains = np.random.default_rng(1).uniform(-1, 1, (50, 4))
    assert (utilities(gains, absolute(4), np.full(50, 0.5)) == gains).all()


def test_a_full_threat_leaves_no_concern():
    relative = np.full((2, 2), 0.6)
    assert (under_threat(relative, np.ones((2, 2))) == 0).all()
    assert under_threat(relative, np.full((2, 2), 0.5)) == pytest.approx(np.full((2, 2), 0.3))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 6), st.integers(0, 2**32))
def test_side_payments_by_formula_and_by_program(m, seed):
    """The two agree to 1e-9, where recipients compare with the payer only."""
    source = np.random.default_rng(seed)
    gains = source.uniform(-1, 0.5, m + 1)
    gains[0] = source.uniform(0, 3)
    relative = np.zeros((m + 1, m + 1))
    relative[1:, 0] = source.uniform(0, 1, m) * (source.random(m) < 0.8)
    fixed = source.uniform(-0.3, 0.3, m + 1) * (source.random() < 0.7)
    none = np.zeros(m + 1)
    utility = utilities(gains, Lens(relative, fixed, none, none, none))
    found = least_payments(gains[0], gains[1:], relative[1:, 0], fixed[1:])
    cost, matrix, limit = payment_program(utility, relative, 0, list(range(1, m + 1)))
    unbound = linprog(cost, matrix[:-1], limit[:-1], method="highs")  # the payer's own bound apart
    assert unbound.fun == pytest.approx(float(found.total), abs=1e-9)
    assert found.each.sum() == pytest.approx(float(found.total), abs=1e-9)
    assert found.each == pytest.approx(unbound.x, abs=1e-7)
    after = gains.copy()
    after[0] -= found.total
    after[1:] += found.each
    won = utilities(after, Lens(relative, fixed, none, none, none))
    assert (won[1:] > -1e-9).all()
    bound = linprog(cost, matrix, limit, method="highs")
    assert (bound.status == 0) == (won[0] >= -1e-9) or abs(won[0]) < 1e-7


def test_side_payments_of_many_draws_at_once():
    source = np.random.default_rng(3)
    payer, gains = source.uniform(0, 2, 40), source.uniform(-1, 0.5, (40, 5))
    concern, fixed = source.uniform(0, 1, 5), source.uniform(-0.2, 0.2, 5)
    found = least_payments(payer, gains, concern, fixed)
    for draw in (0, 17, 39):
        alone = least_payments(payer[draw], gains[draw], concern, fixed)
        assert float(alone.total) == pytest.approx(found.total[draw])
        assert alone.each == pytest.approx(found.each[draw])


def test_who_gains_anyway_is_paid_nothing():
    found = least_payments(np.array(1.0), np.array([0.5, 2.0]), np.zeros(2), np.zeros(2))
    assert float(found.total) == 0
    assert found.each.tolist() == [0, 0]
    assert float(least_payments(np.array(1.0), np.zeros(0), np.zeros(0), np.zeros(0)).total) == 0
