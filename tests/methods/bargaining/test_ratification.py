"""Consent over many draws: whose leave it takes, at what price, held against all sets of members."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from detente.methods.bargaining import ratification as consent
from detente.methods.bargaining.ratification import least_cost_consent
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.institutions.decision_rules import (
    VoteCondition,
    VotingRule,
    consensus_rule,
    majority_rule,
    opt_in_rule,
    unanimity_rule,
    with_blocking_minority,
    with_vetoes,
)
from detente.methods.offer_model.deciding_side import InternalBargain

NAMES = ("a", "b", "c", "d", "e")


def rules() -> st.SearchStrategy[VotingRule]:
    weights = st.lists(st.integers(1, 5), min_size=5, max_size=5)

    def by_majority(given: list[int]) -> VotingRule:
        return majority_rule(dict(zip(NAMES, given, strict=True)), Fraction(1, 2), strict=True)

    majorities = weights.map(by_majority)
    return st.one_of(
        st.just(consensus_rule(NAMES)),
        st.just(unanimity_rule(NAMES)),
        st.integers(1, 5).map(lambda least: opt_in_rule(NAMES, least)),
        majorities,
        majorities.map(lambda rule: with_vetoes(rule, ["b"])),
        majorities.map(lambda rule: with_blocking_minority(rule, 3)),
    )


def voices() -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    return st.sampled_from([tuple((name,) for name in NAMES), (("a", "b"), ("c",), ("d", "e")), (NAMES,)])


@settings(max_examples=150, deadline=None)
@given(rules(), voices(), st.integers(0, 2**32))
def test_the_pivotal_utility_is_where_the_decision_turns(rule, each, seed):
    chamber = DecidingBody.of_rule(rule, each)
    utility = np.random.default_rng(seed).normal(size=(6, len(each)))
    value, who = chamber.pivotal_voter(utility)
    for row, at, pivot in zip(utility, who, value, strict=True):
        assert pivot == row[at]
        assert chamber.passes(k for k in range(len(each)) if row[k] >= pivot)
        assert not chamber.passes(k for k in range(len(each)) if row[k] > pivot)


@settings(max_examples=60, deadline=None)
@given(rules(), st.integers(0, 2**32))
def test_the_cheapest_consent_is_that_of_some_set_of_members(rule, seed):
    """Held against a linear program for every set that passes with the payer."""
    chamber = DecidingBody.of_rule(rule, tuple((name,) for name in NAMES))
    source = np.random.default_rng(seed)
    need, relief = source.uniform(-0.5, 0.5, 5), source.uniform(0, 1, 5)
    costs = []
    for size in range(5):
        for chosen in combinations(range(1, 5), size):
            if chamber.passes([0, *chosen]):
                rows = -np.eye(size) - relief[list(chosen)][:, None]
                found = linprog(np.ones(size), rows, -need[list(chosen)], method="highs") if size else None
                costs.append(float(found.fun) if found else 0.0)
    bought = least_cost_consent(chamber, 0, need[None], relief[None])
    assert float(bought.total[0]) == pytest.approx(min(costs), abs=1e-9)
    won = [k for k in range(1, 5) if bought.by_voter[0, k] - (need - relief * bought.total[0])[k] >= -1e-9]
    assert chamber.passes([0, *won])


def test_of_many_voices_those_are_won_that_need_least(monkeypatch):
    chamber = DecidingBody.of_rule(majority_rule(dict.fromkeys(NAMES, 1), 3), tuple((name,) for name in NAMES))
    need, relief = np.array([[0, 0.4, 0.1, 0.3, -0.2]]), np.zeros((1, 5))
    few = least_cost_consent(chamber, 0, need, relief)
    monkeypatch.setattr(consent, "MAX_VOTERS", 2)
    many = least_cost_consent(chamber, 0, need, relief)
    assert float(few.total[0]) == pytest.approx(0.1)
    assert many.by_voter.tolist() == few.by_voter.tolist()


def test_a_rule_that_nobody_can_meet():
    chamber = DecidingBody.of_rule(VotingRule("too much", ("b",), (VoteCondition({"b": (1, 0, 0)}, 2),)), (("b",),))
    value, who = chamber.pivotal_voter(np.array([[3.0]]))
    assert value[0] == -np.inf
    assert who[0] == -1
    assert np.isinf(least_cost_consent(chamber, 0, np.zeros((1, 1)), np.zeros((1, 1))).total[0])


def test_who_is_not_worse_off_consents():
    """Without payments where the decision turns at nothing or above; else where what is paid leaves nothing or more."""
    worse, inf = -1e-6, np.inf
    free = np.array([0.0, worse, worse, worse, worse])
    paid = np.array([inf, inf, 0.5, 0.5, inf])
    left = np.array([worse, worse, 0.0, worse, 1.0])
    nobody = np.zeros((5, 1))
    assert InternalBargain(nobody, paid, nobody, left, free).consents.tolist() == [
        True,
        False,
        True,
        False,
        False,
    ]
