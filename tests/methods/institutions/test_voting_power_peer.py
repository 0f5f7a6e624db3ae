"""Voting power against an independent peer: power_bdd, which counts by binary decision diagrams (Bolus 2011)."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from power_bdd.bdd import BDD, WeightedGame

from detente.methods.institutions.voting_power import VotingGame, WinningCriterion


def peer(game: VotingGame) -> BDD:
    """The same game as the peer takes it: a weighted game for each criterion and each veto, all of them to be won."""
    parts = [(c.quota, list(c.weights)) for c in game.criteria]
    parts += [(1, [int(i == veto) for i in range(game.n)]) for veto in sorted(game.veto_players)]
    # The peer keeps and changes the list that it is given, so each part gets its own.
    first, *others = [BDD(WeightedGame(quota, weights)) for quota, weights in parts]
    for other in others:
        first = first & other
    return first


def indices(game: VotingGame) -> tuple[list[Fraction], list[float]]:
    """The peer's Banzhaf, whose floats are exact (swings over a power of 2), and its Shapley-Shubik."""
    diagram = peer(game)
    # In this order and once each: the peer keeps its counts in the diagram and would add to them.
    banzhaf = [Fraction(value) for value in diagram.calc_banzhaf()]
    return banzhaf, diagram.calc_shapley()


def random_game(seed: int) -> VotingGame:
    """A game of 2 to 8 members; by seed, with one criterion or two, and without or with vetoes."""
    random = Random(seed)
    n = 2 + seed % 7
    criteria = []
    for _ in range(1 + seed % 2):
        weights = tuple(random.randint(0, 9) for _ in range(n))
        criteria.append(WinningCriterion(weights, random.randint(sum(weights) // 3, sum(weights))))
    vetoes = random.sample(range(n), random.randint(1, 2)) if seed % 4 >= 2 else []
    return VotingGame(tuple(criteria), frozenset(vetoes))


@pytest.mark.parametrize("seed", range(60))
def test_random_games_agree_with_the_peer(seed: int) -> None:
    """Banzhaf to the last swing, Shapley-Shubik to the rounding of floats."""
    game = random_game(seed)
    banzhaf, shapley_shubik = indices(game)
    assert game.banzhaf_index() == banzhaf
    assert [float(x) for x in game.shapley_shubik_index()] == pytest.approx(shapley_shubik, rel=0, abs=1e-12)


def test_the_random_games_are_of_every_kind() -> None:
    """One criterion and two, with and without vetoes, at every size; and a third have three levels of power or more."""
    games = [random_game(seed) for seed in range(60)]
    assert {(g.n, len(g.criteria), bool(g.veto_players)) for g in games} == {
        (n, criteria, vetoes) for n in range(2, 9) for criteria in (1, 2) for vetoes in (False, True)
    }
    assert sum(any(g.banzhaf_index()) for g in games) >= 55
    assert sum(len(set(g.banzhaf_index())) > 2 for g in games) >= 20


def test_the_peer_knows_the_literature() -> None:
    """The Council of 1958 and the Security Council, so that agreement with the peer is agreement with them."""
    banzhaf, shapley_shubik = indices(VotingGame((WinningCriterion((4, 4, 4, 2, 2, 1), 12),)))
    assert [32 * x for x in banzhaf] == [10, 10, 10, 6, 6, 0]
    assert shapley_shubik == pytest.approx([7 / 30] * 3 + [3 / 20] * 2 + [0])
    banzhaf, shapley_shubik = indices(VotingGame((WinningCriterion((1,) * 15, 9),), frozenset(range(5))))
    assert [2**14 * x for x in banzhaf] == [848] * 5 + [84] * 10
    assert shapley_shubik == pytest.approx([421 / 2145] * 5 + [4 / 2145] * 10)


@pytest.mark.parametrize("quota", [0, 7])
def test_where_nobody_decides(quota: int) -> None:
    """Everything passes, or nothing can: both agree that no member has power."""
    game = VotingGame((WinningCriterion((3, 2, 1), quota),))
    banzhaf, shapley_shubik = indices(game)
    assert banzhaf == game.banzhaf_index() == [Fraction(0)] * 3
    assert not any(shapley_shubik)
    assert not any(game.shapley_shubik_index())
