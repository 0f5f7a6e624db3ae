"""Round robins: every strategy against every other and itself, exactly, on as many cores as there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.methods.games.repeated.markov_play import Horizon, match_outcomes, validate_noise
from detente.methods.games.strategies.automaton import OUTCOMES, SWAPPED_OUTCOMES, Automaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.methods.games.two_by_two import TwoByTwoGame

    Floats = NDArray[np.float64]

MAX_UNCOMPILED_PAIRS = 2_500
"""Pairs of states up to which the readable version plays: compiling would take longer."""
MAX_PIECES = 64
"""Pieces of a tournament at most, between which progress is told."""
MIN_ROWS_PER_PIECE = 8
"""Players in a piece at least: dealing out smaller ones takes longer than playing them."""


@dataclass(frozen=True, eq=False)
class Tournament:
    """What comes of everybody meeting everybody.

    Example:
        >>> from detente.methods.games.repeated.matches import play
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> tournament = play(["Tit For Tat", "Defector", "Cooperator"], turns=10)
        >>> ranking = tournament.ranking(symmetric_game(T=5, R=3, P=1, S=0))
        >>> [(tournament.names[place], round(score, 2)) for place, score in ranking]
        [('Defector', 3.2), ('Tit For Tat', 1.95), ('Cooperator', 1.5)]
    """

    automata: tuple[Automaton, ...]
    outcomes: Floats
    """How often CC, CD, DC and DD come about as the first of two sees it, shape (m, m, 4); adds up to 1."""
    omission_reasons: Mapping[str, str] = field(default_factory=dict)
    """Who did not play, and why."""

    @property
    def names(self) -> tuple[str, ...]:
        """What those who played are called."""
        return tuple(automaton.name for automaton in self.automata)

    def scores(self, game: TwoByTwoGame) -> Floats:
        """What each strategy gets in a round against each other, as the row player of a game; shape (m, m)."""
        return self.outcomes @ game.row.ravel()

    @property
    def cooperation_rates(self) -> Floats:
        """How often each cooperates with each other, shape (m, m)."""
        return self.outcomes[:, :, 0] + self.outcomes[:, :, 1]

    def ranking(self, game: TwoByTwoGame, include_self: bool = False) -> list[tuple[int, float]]:
        """Strategies and their mean score in a round, the best first; ties in the order in which they stand.

        Args:
            game: What outcomes are worth.
            include_self: Whether a strategy's play against itself counts.
        """
        import numpy as np

        scores = self.scores(game)
        if not include_self and len(scores) > 1:
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

    Example:
        >>> from detente.methods.games.repeated.markov_play import Horizon
        >>> from detente.methods.games.repeated.tournament import round_robin
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> players = [memory_one_automaton([1, 0, 1, 0]), memory_one_automaton([0, 0, 0, 0], 0)]
        >>> round_robin(players, Horizon(discount=0.9)).cooperation_rates.round(4).tolist()
        [[1.0, 0.1], [0.0, 0.0]]
    """
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np

    validate_noise(noise)
    reduced = [automaton.minimal for automaton in automata]
    outcomes = np.zeros((len(reduced), len(reduced), len(OUTCOMES)))
    if sum(a.size for a in reduced) ** 2 <= MAX_UNCOMPILED_PAIRS:
        play_piece = _plain_row_player(reduced, horizon, float(noise), outcomes)
    else:
        play_piece = _compiled_row_player(reduced, horizon, float(noise), outcomes)
    # Later rows are longer: dealing them out in turn makes pieces of one size.
    piece_count = min(MAX_PIECES, -(-len(reduced) // MIN_ROWS_PER_PIECE))
    pieces = [np.arange(k, len(reduced), piece_count) for k in range(piece_count)]
    pool = ThreadPoolExecutor(workers or os.cpu_count()) if piece_count > 1 and workers != 1 else None
    with pool or nullcontext():
        for done, _ in enumerate(pool.map(play_piece, pieces) if pool else map(play_piece, pieces), 1):
            on_progress(done / piece_count)
    return Tournament(tuple(automata), outcomes)


def _plain_row_player(
    automata: Sequence[Automaton], horizon: Horizon, noise: float, outcomes: Floats
) -> Callable[[NDArray[Any]], None]:
    """The same without anything compiled, for so few that compiling would take longer."""

    def play_rows_plainly(row_indices: NDArray[Any]) -> None:
        for i in row_indices.tolist():
            for j in range(i + 1):
                outcomes[i, j] = match_outcomes(automata[i], automata[j], horizon, noise)
                outcomes[j, i] = outcomes[i, j, list(SWAPPED_OUTCOMES)]

    return play_rows_plainly


def _compiled_row_player(
    automata: Sequence[Automaton], horizon: Horizon, noise: float, outcomes: Floats
) -> Callable[[NDArray[Any]], None]:
    """What plays some rows of a tournament and writes them."""
    import numpy as np

    from detente.methods.games.kernels import memory_one_finite, pairwise_play
    from detente.methods.games.kernels.automaton_arrays import pack_automata

    memory_one_chances = [automaton.memory_one_chances for automaton in automata]
    if horizon.turns is not None and all(memory_one_chances) and not all(a.deterministic for a in automata):
        chances_after = np.array([chances for chances, _ in filter(None, memory_one_chances)])
        first_chances = np.array([chance for _, chance in filter(None, memory_one_chances)])
        turns = horizon.turns
        return lambda rows: memory_one_finite.play_memory_one_rows(
            rows, chances_after, first_chances, turns, noise, outcomes
        )
    weighting = (
        pairwise_play.TURNS
        if horizon.turns
        else pairwise_play.LONG_RUN
        if horizon.discount is None
        else pairwise_play.DISCOUNT
    )
    arguments = (weighting, horizon.turns or 0, horizon.discount or 0.0, noise, pack_automata(automata).arrays)
    return lambda rows: pairwise_play.play_rows(rows, *arguments, outcomes)
