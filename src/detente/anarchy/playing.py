"""Matches and tournaments from named strategies."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from detente.anarchy.automaton import Automaton
from detente.anarchy.game import Payoffs
from detente.anarchy.library import automaton, declared, find
from detente.anarchy.linear import OutOfReach
from detente.anarchy.play import Horizon, checked_noise
from detente.anarchy.tournament import Tournament, round_robin
from detente.anarchy.work import left_out_to_fit, too_much
from detente.case.repeated import Strategy
from detente.errors import DetenteError, UnknownName

if TYPE_CHECKING:
    from pathlib import Path

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
    own: Mapping[str, Strategy] | None = None,
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
    """
    if sum((turns is not None, discount is not None, long_run)) > 1:
        raise DetenteError("a match has so many turns, or a discount, or goes on in the long run: one of the three")
    if isinstance(strategies, str):
        strategies = [strategies]
    if workers is not None and workers < 1:
        raise DetenteError("a tournament takes one worker or more")
    if len(payoffs) != 4 or not all(math.isfinite(value) for value in payoffs):
        raise DetenteError("payoffs are four numbers: T, R, P and S")
    try:
        given = TURNS if turns is None and discount is None and not long_run else turns
        horizon = Horizon(given, discount)
        checked_noise(noise)
    except ValueError as error:
        raise DetenteError(str(error)) from error
    players, lacking = _players(list(strategies) or [*declared(), *(own or {})], own, Payoffs(*payoffs))
    left_out = {name: str(error) for name, error in lacking.items()}
    if strategies and lacking:
        kind = UnknownName if any(isinstance(error, UnknownName) for error in lacking.values()) else DetenteError
        raise kind(
            "; ".join(
                why if isinstance(lacking[name], UnknownName) else f"'{name}' is out of reach: {why}"
                for name, why in left_out.items()
            )
        )
    for at in [] if strategies else reversed(left_out_to_fit(players, horizon, noise)):
        left = players.pop(at)
        left_out[left.name] = f"with its {left.size} states it would take long beside the others"
    if why := too_much(players, horizon, noise):
        raise DetenteError(why)
    found = round_robin(players, horizon, noise, on_progress, workers)
    return replace(found, left_out=left_out)


def _players(
    names: Sequence[str | Automaton], own: Mapping[str, Strategy] | None, payoffs: Payoffs
) -> tuple[list[Automaton], dict[str, UnknownName | OutOfReach]]:
    """The automata of strategies, and what is wrong with those that have none."""
    players: list[Automaton] = []
    lacking: dict[str, UnknownName | OutOfReach] = {}
    for name in names:
        try:
            found = name if isinstance(name, Automaton) else automaton(find(name, own), payoffs)
            players.append(found.reduced)
        except UnknownName as error:
            lacking[str(name)] = error
        except OutOfReach as error:
            lacking[find(str(name), own).name] = error
    return players, lacking


def read_strategies(file: Path) -> Mapping[str, Strategy]:
    """The strategies of a file: a case, or one with nothing but `strategies:`.

    Raises:
        CaseError: With every problem found, each with file, line and column.
        DetenteError: If it holds none.
    """
    from detente.anarchy.checks import strategies
    from detente.case.reading import load_part

    found = load_part(file, (strategies,)).strategies
    if not found:
        raise DetenteError(f"'{file}' holds no strategies; they stand under strategies:, each with its id")
    return found
