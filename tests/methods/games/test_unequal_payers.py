"""Common goods with unlike payers: against the closed form of equal ones, and against every set of payers tried."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from detente.methods.games.n_player import (
    full_cooperation_discount,
    n_player_relative_gains,
    public_good_critical_discount,
    public_good_game,
)
from detente.methods.games.unequal_payers import UnequalPublicGood

ROUNDS = 4000


def good_of(contributions: list[float], benefits: list[float], multiplier: float, weight: float) -> UnequalPublicGood:
    shares = np.array(benefits) / sum(benefits)
    return UnequalPublicGood(
        np.array(contributions)[:, None], shares[:, None], np.array([multiplier]), np.array([weight])
    )


@pytest.mark.parametrize(("n", "multiplier"), [(2, 1.5), (4, 2.0), (7, 1.2), (7, 6.5)])
def test_equal_payers_need_the_patience_of_the_closed_form(n: int, multiplier: float):
    good = good_of([3.0] * n, [1.0] * n, multiplier, 0.0)
    assert good.critical_discounts().ravel().tolist() == pytest.approx(
        [public_good_critical_discount(n, multiplier)] * n
    )


@pytest.mark.parametrize(("n", "multiplier", "weight"), [(3, 1.8, 0.3), (7, 2.5, 0.2), (5, 4.0, 0.9), (4, 1.3, 1.0)])
def test_equal_rivals_need_what_the_game_of_equals_asks_for(n: int, multiplier: float, weight: float):
    expected = full_cooperation_discount(n_player_relative_gains(public_good_game(n, multiplier), weight))
    for found in good_of([1.0] * n, [1.0] * n, multiplier, weight).critical_discounts().ravel().tolist():
        assert found == pytest.approx(expected) or (found == np.inf and expected >= 1)


def utility(payers: set[int], i: int, c: list[float], b: list[float], r: float, w: float) -> float:
    """Written out from what each gets."""
    pot = r * sum(c[j] for j in payers)
    gets = [b[j] * pot - (c[j] if j in payers else 0) for j in range(len(c))]
    return gets[i] - w / (len(c) - 1) * sum(gets[j] for j in range(len(c)) if j != i)


def lasts(payers: set[int], c: list[float], b: list[float], r: float, w: float, d: float) -> bool:
    """Whether nobody gains by a single departure: by adding up the rounds of both paths, one after the other."""
    n = len(c)
    anyway = {i for i in range(n) if utility({i}, i, c, b, r, w) >= utility(set(), i, c, b, r, w)}
    weights = (1 - d) * d ** np.arange(ROUNDS)
    for i in range(n):
        stays = [utility(payers, i, c, b, r, w)] * ROUNDS
        leaves = [utility(payers ^ {i}, i, c, b, r, w)] + [utility(anyway, i, c, b, r, w)] * (ROUNDS - 1)
        if float(weights @ np.array(leaves)) > float(weights @ np.array(stays)) + 1e-12:
            return False
    return True


def test_who_goes_on_paying_is_the_largest_set_that_lasts():
    """Of all sets of payers, tried one by one: those that last lie in one of them, which is what is found."""
    source, sizes = np.random.default_rng(1966), []
    for _ in range(60):
        n = int(source.integers(2, 6))
        c, b = source.uniform(0.5, 5, n).tolist(), source.dirichlet(np.ones(n)).tolist()
        r, w, d = float(source.uniform(1.1, n)), float(source.choice([0, 0.3])), float(source.uniform(0.3, 0.97))
        found = set(np.flatnonzero(good_of(c, b, r, w).lasting_payers(np.array([d]))[:, 0]).tolist())
        lasting = [
            set(chosen)
            for k in range(n + 1)
            for chosen in combinations(range(n), k)
            if lasts(set(chosen), c, b, r, w, d)
        ]
        assert found in lasting
        assert all(payers <= found for payers in lasting)
        sizes.append((len(found), n))
    assert {k == 0 for k, _ in sizes} == {True, False}
    assert any(0 < k < n for k, n in sizes)
    assert any(k == n for k, n in sizes)


def test_one_who_has_most_of_it_pays_alone():
    """A privileged group: its own payment is worth it to itself, and the small pay nothing."""
    good = good_of([5, 1, 1], [8, 1, 1], 1.5, 0.0)
    assert good.pays_anyway.ravel().tolist() == [True, False, False]
    assert good.lasting_payers(np.array([0.99])).ravel().tolist() == [True, False, False]


def test_the_one_that_pays_most_for_an_equal_share_stops_first():
    good = good_of([5, 1, 1, 1, 1, 1], [1] * 6, 3.0, 0.0)
    needed = good.critical_discounts().ravel()
    assert needed.argmax() == 0
    assert needed[0] == np.inf  # it gives five of ten, and has a sixth of three times that
    assert not good.lasting_payers(np.array([0.6]))[0, 0]
