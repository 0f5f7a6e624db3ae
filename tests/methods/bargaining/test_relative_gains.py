"""Theories as parameters of one utility, and side payments: by formula, by linear program, by definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from detente.methods.bargaining.relative_gains import actor_utilities, concern_under_threat, relative_gains_term
from detente.methods.bargaining.side_payments import least_payments, payment_linear_program


@given(st.integers(1, 6), st.integers(0, 2**32))
def test_utility_as_written(n, seed):
    source = np.random.default_rng(seed)
    gains, concern = source.uniform(-1, 1, n), source.uniform(0, 1, (n, n))
    fixed = source.uniform(-0.2, 0.2, n)
    expected = [
        gains[i] - sum(concern[i, j] * (gains[j] - gains[i]) for j in range(n) if j != i) + fixed[i] for i in range(n)
    ]
    assert actor_utilities(gains, concern, fixed) == pytest.approx(expected)
    matrix = np.eye(n) + np.diag(concern.sum(axis=1)) - concern
    assert actor_utilities(gains, concern, fixed) == pytest.approx(matrix @ gains + fixed)
    both = actor_utilities(np.stack([gains, gains]), np.stack([concern, concern]), fixed)
    assert both[1] == pytest.approx(expected)


def test_without_parameters_only_own_gains_count():
    gains = np.random.default_rng(1).uniform(-1, 1, (50, 4))
    assert (actor_utilities(gains, np.zeros((4, 4)), np.zeros(4)) == gains).all()


def test_several_taken_as_one_are_compared_with_once():
    gains = np.array([1.0, 0.5, 0.25])
    minded = relative_gains_term(gains, gains[[0]], np.array([[0, 2.0, 2.0]]), np.array([2.0]))
    assert minded == pytest.approx([-2 * (0.75 - 1.0)])


def test_a_full_threat_leaves_no_concern():
    concern = np.full((2, 2), 0.6)
    assert (concern_under_threat(concern, np.ones((2, 2))) == 0).all()
    assert concern_under_threat(concern, np.full((2, 2), 0.5)) == pytest.approx(np.full((2, 2), 0.3))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 6), st.integers(0, 2**32))
def test_side_payments_by_formula_and_by_program(m, seed):
    """The two agree to 1e-9, where recipients compare with the payer and with others who are not paid."""
    source = np.random.default_rng(seed)
    gains = source.uniform(-1, 0.5, m + 2)  # the payer, the recipients, and a stranger
    gains[0] = source.uniform(0, 3)
    concern = np.zeros((m + 2, m + 2))
    concern[1:-1, 0] = source.uniform(0, 1, m) * (source.random(m) < 0.8)
    concern[:-1, -1] = source.uniform(0, 1, m + 1) * (source.random(m + 1) < 0.5)
    fixed = source.uniform(-0.3, 0.3, m + 2) * (source.random() < 0.7)
    utility = actor_utilities(gains, concern, fixed)
    factor = 1 + concern.sum(axis=1)
    found = least_payments((-utility / factor)[1:-1], (concern[:, 0] / factor)[1:-1])
    cost, matrix, limit = payment_linear_program(utility, concern, 0, list(range(1, m + 1)))
    unbound = linprog(cost, matrix[:-1], limit[:-1], method="highs")  # the payer's own bound apart
    assert unbound.fun == pytest.approx(float(found.total), abs=1e-9)
    assert found.by_recipient.sum() == pytest.approx(float(found.total), abs=1e-9)
    assert found.by_recipient == pytest.approx(unbound.x, abs=1e-7)
    after = gains.copy()
    after[0] -= found.total
    after[1:-1] += found.by_recipient
    won = actor_utilities(after, concern, fixed)
    assert (won[1:-1] > -1e-9).all()
    bound = linprog(cost, matrix, limit, method="highs")
    assert (bound.status == 0) == (won[0] >= -1e-9) or abs(won[0]) < 1e-7


def test_side_payments_of_many_draws_at_once():
    source = np.random.default_rng(3)
    need, relief = source.uniform(-1, 0.5, (40, 5)), source.uniform(0, 1, (40, 5))
    found = least_payments(need, relief)
    for draw in (0, 17, 39):
        alone = least_payments(need[draw], relief[draw])
        assert float(alone.total) == pytest.approx(found.total[draw])
        assert alone.by_recipient == pytest.approx(found.by_recipient[draw])


def test_who_gains_anyway_is_paid_nothing():
    found = least_payments(np.array([-0.5, -2.0]), np.zeros(2))
    assert float(found.total) == 0
    assert found.by_recipient.tolist() == [0, 0]
    assert float(least_payments(np.zeros(0), np.zeros(0)).total) == 0


def test_who_is_not_asked_makes_no_difference():
    need, relief = np.array([0.3, -np.inf, 0.1]), np.array([0.2, 0.9, 0.4])
    left_out = least_payments(need[[0, 2]], relief[[0, 2]])
    found = least_payments(need, relief)
    assert float(found.total) == pytest.approx(float(left_out.total))
    assert found.by_recipient == pytest.approx([left_out.by_recipient[0], 0, left_out.by_recipient[1]])
