"""Matches and tournaments from named strategies."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from detente.errors import DetenteError, UnknownName
from detente.methods.games.repeated.markov_play import Horizon, validate_noise
from detente.methods.games.repeated.tournament import Tournament, round_robin
from detente.methods.games.repeated.tournament_cost import excess_work_reason, strategies_to_omit
from detente.methods.games.strategies.automaton import Automaton
from detente.methods.games.strategies.library import NamedStrategy, automaton, find_strategy, strategy_library
from detente.methods.games.strategies.zero_determinant import OutOfReach
from detente.methods.games.two_by_two import Payoffs

TURNS = 200
"""Rounds of a match, unless said; as in the first tournament (Axelrod 1980)."""
PAYOFFS = (5.0, 3.0, 1.0, 0.0)
"""T, R, P and S, unless said; as in the first tournament."""


def play(
    strategies: str | Sequence[str | Automaton] = (),
    *,
    turns: int | None = None,
    discount: float | None = None,
    long_run: bool = False,
    noise: float = 0.0,
    payoffs: Sequence[float] = PAYOFFS,
    own: Mapping[str, NamedStrategy] | None = None,
    workers: int | None = None,
    on_progress: Callable[[float], None] = lambda done: None,
) -> Tournament:
    """Plays strategies against each other and themselves, exactly: nothing is sampled.

    Args:
        strategies: Names, e.g. `Tit For Tat`, or automata; all that come with Détente, unless given.
        turns: Rounds of a match; 200 unless another horizon is given.
        discount: What every round counts beside the one before, from 0 to below 1.
        long_run: Whether the average over ever more rounds counts.
        noise: The chance that a move comes out as its opposite.
        payoffs: T, R, P and S, from which the chances of some strategies follow; Axelrod's (1984), unless given.
        own: Strategies by id, besides those that come with Détente.
        workers: How many cores; the result is the same however many.
        on_progress: Told what share is done.

    Returns:
        Outcomes; and, where all strategies are asked for, which were left out and why.

    Raises:
        UnknownName: With every name that is unknown, and the nearest one.
        DetenteError: If horizon, noise or payoffs are no such thing, if it is too much to work out, or if what a named
            strategy is for cannot be had with these payoffs.

    Example:
        >>> from detente.methods.games.repeated.matches import play
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> tournament = play(["Tit For Tat", "Defector", "Cooperator"], turns=10)
        >>> [[round(float(score), 2) for score in row] for row in tournament.scores(symmetric_game(T=5, R=3, P=1, S=0))]
        [[3.0, 0.9, 3.0], [1.4, 1.0, 5.0], [3.0, 0.0, 3.0]]
    """
    horizon = _horizon(turns, discount, long_run)
    if workers is not None and workers < 1:
        raise DetenteError("a tournament takes one worker or more")
    if len(payoffs) != 4 or not all(math.isfinite(value) for value in payoffs):
        raise DetenteError("payoffs are four numbers: T, R, P and S")
    worth, left_out = Payoffs(*payoffs), dict[str, str]()
    try:
        validate_noise(noise)
    except ValueError as error:
        raise DetenteError(str(error)) from error
    if strategies:
        players = _named_players([strategies] if isinstance(strategies, str) else strategies, own, worth)
    else:
        players, left_out = _all_players(own or {}, worth, horizon, noise)
    if why := excess_work_reason(players, horizon, noise):
        raise DetenteError(why)
    return replace(round_robin(players, horizon, noise, on_progress, workers), omission_reasons=left_out)


def _horizon(turns: int | None, discount: float | None, long_run: bool) -> Horizon:
    """How rounds are weighed: the one way that was asked for, or 200 of them."""
    if sum((turns is not None, discount is not None, long_run)) > 1:
        raise DetenteError("a match has so many turns, or a discount, or goes on in the long run: one of the three")
    try:
        return Horizon(TURNS if turns is None and discount is None and not long_run else turns, discount)
    except ValueError as error:
        raise DetenteError(str(error)) from error


def _named_players(
    names: Sequence[str | Automaton], own: Mapping[str, NamedStrategy] | None, payoffs: Payoffs
) -> list[Automaton]:
    """The automata of strategies that were named; all that is wrong with any of them at once."""
    players: list[Automaton] = []
    unknown, beyond = [], []
    for name in names:
        try:
            players.append(
                (name if isinstance(name, Automaton) else automaton(find_strategy(name, own), payoffs)).minimal
            )
        except UnknownName as error:
            unknown.append(str(error))
        except OutOfReach as error:
            beyond.append(_out_of_reach_message(find_strategy(str(name), own).name, error))
    if unknown or beyond:
        raise (UnknownName if unknown else DetenteError)("; ".join([*unknown, *beyond]))
    return players


def _all_players(
    own: Mapping[str, NamedStrategy], payoffs: Payoffs, horizon: Horizon, noise: float
) -> tuple[list[Automaton], dict[str, str]]:
    """All strategies, and which are left out, and why; of one's own only those that are out of reach."""
    left_out: dict[str, str] = {}
    each: list[list[Automaton]] = []
    for strategies in (strategy_library(), own):
        each.append([])
        for strategy in strategies.values():
            try:
                each[-1].append(automaton(strategy, payoffs).minimal)
            except OutOfReach as error:
                left_out[strategy.name] = str(error)
    usual, mine = each
    for at in reversed(strategies_to_omit(usual, horizon, noise)):
        left = usual.pop(at)
        left_out[left.name] = _slowness_message(left.size)
    return [*usual, *mine], left_out


def _out_of_reach_message(name: str, error: OutOfReach) -> str:
    return f"'{name}' is out of reach: {error}"


def _slowness_message(states: int) -> str:
    return f"with its {states} states it would take long beside the others"
