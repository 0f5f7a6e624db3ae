"""Strategies with errors in many draws at once: against the play and the departures of one draw, and known results."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from detente.methods.games.critical_discount import profitable_deviations
from detente.methods.games.repeated.markov_play import Horizon, match_outcomes
from detente.methods.games.repeated.play_with_errors import (
    PlayWithErrors,
    contrition,
    corrects_errors,
    limited_punishment,
)
from detente.methods.games.strategies.automaton import Automaton, memory_one_automaton
from detente.methods.games.strategies.library import automaton, find_strategy
from detente.methods.games.two_by_two import Payoffs

STRATEGIES = {
    "contrition": contrition(),
    "two rounds": limited_punishment(2),
    "four rounds": limited_punishment(4),
    "win-stay": memory_one_automaton([1, 0, 0, 1]),
    "tit for tat": memory_one_automaton([1, 0, 1, 0]),
    "grim of both": memory_one_automaton([1, 0, 0, 0]),
    "unconditional": memory_one_automaton([1, 1, 1, 1]),
    "generous": memory_one_automaton([1, 0.3, 1, 0.3]),
}


def outcome_payoffs(games: list[Payoffs]) -> np.ndarray:
    return np.array([game.by_outcome for game in games]).T


@pytest.mark.parametrize("name", STRATEGIES)
def test_many_draws_are_as_one_by_one(name: str):
    """Half the games are dilemmas, half are any; errors are from none to frequent."""
    source, machine = np.random.default_rng(len(name)), STRATEGIES[name]
    games = [Payoffs(*source.normal(size=4)) for _ in range(40)]
    games += [Payoffs(1 + source.uniform(0, 1), 1, 0, -source.uniform(0, 2)) for _ in range(40)]
    discount, noise = source.uniform(0.3, 0.99, 80), source.choice([0, 0.001, 0.05, 0.2], 80)
    play = PlayWithErrors(machine, discount, noise)
    kept = play.is_kept_by(outcome_payoffs(games))
    for draw, (game, d, e) in enumerate(zip(games, discount.tolist(), noise.tolist(), strict=True)):
        expected = match_outcomes(machine, machine, Horizon(discount=d), e)[0]
        assert play.cooperation[draw] == pytest.approx(expected, abs=1e-12)
        assert bool(kept[draw]) == (not profitable_deviations(game, machine, machine, d, e))
    if name not in ("tit for tat", "generous"):
        assert 0 < kept.sum() < 80


def recovers(machine: Automaton, start: tuple[int, int]) -> bool:
    """Whether errorless play of a machine without chance from a pair of states ends in mutual cooperation."""
    s, t = start
    for _ in range(100):
        own, other = (0 if machine.cooperates[state] else 1 for state in (s, t))
        s, t = (
            int(machine.transitions[s, 2 * own + other].argmax()),
            int(machine.transitions[t, 2 * other + own].argmax()),
        )
    return bool(machine.cooperates[s] and machine.cooperates[t])


@pytest.mark.parametrize("name", ["Tit For Tat", "Grudger", "Win-Stay Lose-Shift", "Tit For 2 Tats", "Defector"])
def test_correcting_errors_is_coming_back_after_any_one(name: str):
    """Against play that is followed step by step: an error of either side while both cooperate."""
    machine = automaton(find_strategy(name)).minimal
    cooperating = [s for s in range(machine.size) if machine.cooperates[s]]
    quiet = [(s, t) for s, t in product(cooperating, repeat=2) if machine.transitions[s, 0, s] == 1 and s == t]
    after = [
        (int(machine.transitions[s, own].argmax()), int(machine.transitions[t, 3 - own].argmax()))
        for s, t in quiet
        for own in (1, 2)
    ]
    expected = bool(machine.cooperates[int(machine.start.argmax())]) and all(recovers(machine, pair) for pair in after)
    assert corrects_errors(machine) == expected
    assert corrects_errors(contrition())
    assert all(corrects_errors(limited_punishment(rounds)) for rounds in (1, 3))


def test_a_punishment_of_k_rounds_is_kept_from_the_discount_of_the_closed_form():
    """Without errors: T - R <= (d + ... + d^k) (R - P)."""
    game = Payoffs(T=3.5, R=2, P=1, S=0)
    discount = np.linspace(0.3, 0.999, 700)
    columns = outcome_payoffs([game] * len(discount))
    for rounds in (1, 2, 5):
        kept = PlayWithErrors(limited_punishment(rounds), discount, np.zeros_like(discount)).is_kept_by(columns)
        expected = sum(discount**k for k in range(1, rounds + 1)) * (game.R - game.P) >= game.T - game.R
        assert np.array_equal(kept, expected)


def test_contrition_is_kept_from_the_discount_of_the_closed_form():
    """Without errors the penance must deter, and be borne: d >= max(T - R, P - S) / (R - S)."""
    discount = np.linspace(0.01, 0.995, 500)
    for game in (Payoffs(5, 3, 1, 0), Payoffs(1.8, 1, 0, -3), Payoffs(4, 3, 1, 0.5)):
        kept = PlayWithErrors(contrition(), discount, np.zeros(500)).is_kept_by(outcome_payoffs([game] * 500))
        needed = max(game.T - game.R, game.P - game.S) / (game.R - game.S)
        assert np.array_equal(kept, discount >= needed)


def test_one_discount_and_one_noise_serve_many_draws():
    source = np.random.default_rng(5)
    payoffs = np.stack([np.ones(50), -source.uniform(0, 12, 50), 1 + source.uniform(0, 12, 50), np.zeros(50)])
    one, many = (PlayWithErrors(contrition(), np.full(n, 0.9), np.full(n, 0.03)).is_kept_by(payoffs) for n in (1, 50))
    assert np.array_equal(one, many)
    assert 0 < one.sum() < 50


def test_a_punishment_takes_a_round():
    with pytest.raises(ValueError, match="one round or more"):
        limited_punishment(0)
