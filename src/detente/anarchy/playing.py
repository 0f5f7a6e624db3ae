"""Matches and tournaments from named strategies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.anarchy.automaton import Automaton
from detente.anarchy.library import automaton, declared, find
from detente.anarchy.play import Horizon
from detente.anarchy.tournament import Tournament, round_robin
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
        own: Strategies by id, besides those that come with Détente.
        workers: How many cores; the result is the same however many.
        on_progress: Told what share is done.

    Raises:
        UnknownName: With every name that is unknown, and the nearest one.
        DetenteError: If horizon or noise are no such thing.
    """
    if sum((turns is not None, discount is not None, long_run)) > 1:
        raise DetenteError("a match has so many turns, or a discount, or goes on in the long run: one of the three")
    if isinstance(strategies, str):
        strategies = [strategies]
    if workers is not None and workers < 1:
        raise DetenteError("a tournament takes one worker or more")
    names: list[str | Automaton] = list(strategies) or [*declared(), *(own or {})]
    players, unknown = [], []
    for name in names:
        try:
            players.append(name if isinstance(name, Automaton) else automaton(find(name, own)))
        except UnknownName as error:
            unknown.append(str(error))
    if unknown:
        raise UnknownName("; ".join(unknown))
    try:
        given = TURNS if turns is None and discount is None and not long_run else turns
        horizon = Horizon(given, discount)
        return round_robin(players, horizon, noise, on_progress, workers)
    except ValueError as error:
        raise DetenteError(str(error)) from error


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
