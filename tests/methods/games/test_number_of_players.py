"""What more players do to the patience needed: against closed forms, a game of n, and the rounds added up."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest

from detente.methods.games.critical_discount import grim_trigger_discount
from detente.methods.games.n_player import public_good_critical_discount, public_good_game
from detente.methods.games.number_of_players import collective_punishment_discount, free_riding_discount
from detente.methods.games.two_by_two import Payoffs

GAME = Payoffs(T=5, R=3, P=1, S=0)


def test_between_two_both_are_grim_trigger():
    assert free_riding_discount(GAME, 2) == pytest.approx(grim_trigger_discount(GAME))
    assert collective_punishment_discount(GAME, 0, 2) == pytest.approx(grim_trigger_discount(GAME))
    assert collective_punishment_discount(GAME, 0, 40) == pytest.approx(grim_trigger_discount(GAME))


@pytest.mark.parametrize("multiplier", [1.1, 1.5, 1.9])
def test_a_public_good_between_two_needs_that_of_the_same_good_among_many(multiplier: float):
    payoffs = public_good_game(2, multiplier).payoffs_against_all
    for n in (2, 3, 10):
        assert free_riding_discount(payoffs, n) == pytest.approx(public_good_critical_discount(n, multiplier))


def test_more_players_never_ask_for_less():
    for T, P in product((1.01, 1.4, 3), (0, 0.5)):
        game = Payoffs(T, 1, P, -0.5)
        for noise in (0.0, 0.02, 0.1):
            needs = [collective_punishment_discount(game, noise, n) for n in range(2, 30)]
            assert all(fewer <= more + 1e-12 for fewer, more in pairwise(needs))
        needs = [free_riding_discount(game, n) for n in range(2, 30)]
        assert all(fewer < more for fewer, more in pairwise(needs))


def test_a_stag_hunt_between_two_becomes_a_dilemma_among_many():
    hunt = Payoffs(T=2.8, R=3, P=1, S=0)
    assert free_riding_discount(hunt, 2) == 0
    assert 0 < free_riding_discount(hunt, 10) < free_riding_discount(hunt, 50)
    assert free_riding_discount(Payoffs(T=1, R=3, P=1, S=0), 50) == 0
    assert free_riding_discount(Payoffs(T=3, R=1, P=1, S=0), 5) == math.inf


@pytest.mark.parametrize(("noise", "n"), [(0.02, 3), (0.1, 2), (0.05, 8)])
def test_at_that_discount_a_departure_just_does_not_pay(noise: float, n: int):
    """What is expected by who keeps to it and by who defects once, all moves of all players gone through."""
    d = collective_punishment_discount(GAME, noise, n)
    assert 0 < d < 1
    payoff = {(0, 0): GAME.R, (0, 1): GAME.S, (1, 0): GAME.T, (1, 1): GAME.P}

    def expected(own: int, others: int) -> tuple[float, float]:
        """The mean payoff of a round against the others, and the chance that everybody cooperated in it."""
        mean, peace = 0.0, 0.0
        for errors in product((0, 1), repeat=n):
            chance = math.prod(noise if error else 1 - noise for error in errors)
            moves = [(own + errors[0]) % 2, *((others + error) % 2 for error in errors[1:])]
            mean += chance * sum(payoff[moves[0], move] for move in moves[1:]) / (n - 1)
            peace += chance * (not any(moves))
        return mean, peace

    (keeps, peace), (defects, slip), (war, _) = expected(0, 0), expected(1, 0), expected(1, 1)
    value = ((1 - d) * keeps + d * (1 - peace) * war) / (1 - d * peace)
    departing = (1 - d) * defects + d * (slip * value + (1 - slip) * war)
    assert departing == pytest.approx(value, abs=1e-12)
