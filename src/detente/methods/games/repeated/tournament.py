"""Round robins: every strategy against every other and itself, exactly, on as many cores as there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.methods.games.repeated.markov_play import Horizon, checked_noise, played
from detente.methods.games.strategies.automaton import OUTCOMES, SWAPPED, Automaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.methods.games.two_by_two import Game

    Floats = NDArray[np.float64]

FEW = 2_500
"""Pairs of states up to which the readable version plays: compiling would take longer."""
PIECES = 64
"""Pieces of a tournament at most, between which progress is told."""
LEAST_ROWS = 8
"""Players in a piece at least: dealing out smaller ones takes longer than playing them."""


@dataclass(frozen=True, eq=False)
class Tournament:
    """What comes of everybody meeting everybody."""

    automata: tuple[Automaton, ...]
    outcomes: Floats
    """How often CC, CD, DC and DD come about as the first of two sees it, shape (m, m, 4); adds up to 1."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Who did not play, and why."""

    @property
    def names(self) -> tuple[str, ...]:
        """What those who played are called."""
        return tuple(automaton.name for automaton in self.automata)

    def scores(self, game: Game) -> Floats:
        """What each strategy gets in a round against each other, as the row player of a game; shape (m, m)."""
        return self.outcomes @ game.row.ravel()

    @property
    def cooperation(self) -> Floats:
        """How often each cooperates with each other, shape (m, m)."""
        return self.outcomes[:, :, 0] + self.outcomes[:, :, 1]

    def ranking(self, game: Game, itself: bool = False) -> list[tuple[int, float]]:
        """Strategies and their mean score in a round, the best first; ties in the order in which they stand.

        Args:
            game: What outcomes are worth.
            itself: Whether a strategy's play against itself counts.
        """
        import numpy as np

        scores = self.scores(game)
        if not itself and len(scores) > 1:
            scores = np.where(np.eye(len(scores), dtype=bool), np.nan, scores)
        means = np.nanmean(scores, axis=1)
        return sorted(
            ((i, float(mean)) for i, mean in enumerate(means)), key=lambda pair: (-round(pair[1], 12), pair[0])
        )


def round_robin(
    automata: Sequence[Automaton],
    horizon: Horizon,
    noise: float = 0.0,
    on_progress: Callable[[float], None] = lambda done: None,
    workers: int | None = None,
) -> Tournament:
    """Everybody against everybody, and against itself.

    Args:
        automata: Who plays.
        horizon: How rounds are weighed.
        noise: The chance that a move comes out as its opposite.
        on_progress: Told what share is done.
        workers: How many cores; all of them, unless given. The result is the same however many.
    """
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np

    checked_noise(noise)
    reduced = [automaton.reduced for automaton in automata]
    found = np.zeros((len(reduced), len(reduced), len(OUTCOMES)))
    if sum(a.size for a in reduced) ** 2 <= FEW:
        play = _one_by_one(reduced, horizon, float(noise), found)
    else:
        play = _kernel(reduced, horizon, float(noise), found)
    # Later rows are longer: dealing them out in turn makes pieces of one size.
    count = min(PIECES, -(-len(reduced) // LEAST_ROWS))
    pieces = [np.arange(k, len(reduced), count) for k in range(count)]
    pool = ThreadPoolExecutor(workers or os.cpu_count()) if count > 1 and workers != 1 else None
    with pool or nullcontext():
        for done, _ in enumerate(pool.map(play, pieces) if pool else map(play, pieces), 1):
            on_progress(done / count)
    return Tournament(tuple(automata), found)


def _one_by_one(
    automata: Sequence[Automaton], horizon: Horizon, noise: float, found: Floats
) -> Callable[[NDArray[Any]], None]:
    """The same without anything compiled, for so few that compiling would take longer."""

    def rows(numbers: NDArray[Any]) -> None:
        for i in numbers.tolist():
            for j in range(i + 1):
                found[i, j] = played(automata[i], automata[j], horizon, noise)
                found[j, i] = found[i, j, list(SWAPPED)]

    return rows


def _kernel(
    automata: Sequence[Automaton], horizon: Horizon, noise: float, found: Floats
) -> Callable[[NDArray[Any]], None]:
    """What plays some rows of a tournament and writes them."""
    import numpy as np

    from detente.methods.games.kernels import memory_one_finite, pairwise_play
    from detente.methods.games.kernels.automaton_arrays import packed

    looks_back = [automaton.last_round for automaton in automata]
    if horizon.turns is not None and all(looks_back) and not all(a.deterministic for a in automata):
        after = np.array([chances for chances, _ in filter(None, looks_back)])
        first = np.array([chance for _, chance in filter(None, looks_back)])
        turns = horizon.turns
        return lambda rows: memory_one_finite.memory_one_rows(rows, after, first, turns, noise, found)
    how = (
        pairwise_play.TURNS
        if horizon.turns
        else pairwise_play.LONG_RUN
        if horizon.discount is None
        else pairwise_play.DISCOUNT
    )
    given = (how, horizon.turns or 0, horizon.discount or 0.0, noise, packed(automata).arrays)
    return lambda rows: pairwise_play.play_rows(rows, *given, found)
