"""Concern for relative gains: what it makes of a game, and where it makes another game of it.

Grieco (1988) has a state count V - k (W - V): its own payoff, less k times what the other gets beyond it. Where the
difference is weighed against the payoff itself, V - rho W, the same order comes out with k = rho / (1 - rho); among n
states that are watched alike, each has the weight r / (n - 1), which is why the concern matters most between two
(Snidal 1991; that this is his weighting is from memory).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.two_by_two import Payoffs, TwoByTwoGame


def game_with_relative_gains(game: TwoByTwoGame, k: float, k_other: float | None = None) -> TwoByTwoGame:
    """A game as sides see it who mind what the other gets beyond them.

    Args:
        game: Payoffs that can be compared between the sides.
        k: How much row minds, from 0.
        k_other: How much column minds; as row, unless given.

    Example:
        >>> from detente.methods.games.relative_gains_games import game_with_relative_gains
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> seen = game_with_relative_gains(symmetric_game(T=3, R=4, P=2, S=1), k=1)  # a Stag Hunt
        >>> seen.sides[0]
        Payoffs(T=5.0, R=4.0, P=2.0, S=-1.0)
    """
    difference = game.column - game.row
    return TwoByTwoGame(game.row - k * difference, game.column + (k if k_other is None else k_other) * difference)


def game_with_rival_weight(game: TwoByTwoGame, rho: float) -> TwoByTwoGame:
    """A game in which each side's payoff is its own less rho times the other's; zero-sum at 1.

    Example:
        >>> from detente.methods.games.relative_gains_games import game_with_rival_weight
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> game_with_rival_weight(symmetric_game(T=5, R=3, P=1, S=0), rho=1).row.tolist()  # zero-sum
        [[0.0, -5.0], [5.0, 0.0]]
    """
    return TwoByTwoGame(game.row - rho * game.column, game.column - rho * game.row)


def weight_per_rival(r: float, n: int) -> float:
    """The weight of each other state among n, where all others together have weight r (after Snidal 1991).

    Example:
        >>> from detente.methods.games.relative_gains_games import weight_per_rival
        >>> weight_per_rival(1.0, n=5)
        0.25
    """
    if n < 2:
        raise ValueError("it takes two or more to compare")
    return r / (n - 1)


@dataclass(frozen=True, slots=True)
class GameTransition:
    """A level of concern at which a side's game becomes another."""

    k: float
    kind_before: str
    kind_after: str


def concern_transitions(game: TwoByTwoGame, side: int = 0, max_concern: float = 10.0) -> list[GameTransition]:
    """Where a growing concern makes another game of it for a side.

    Each payoff moves along a line in k, so the order can change only where two of the lines cross.

    Args:
        game: The game without any concern.
        side: 0 for row, 1 for column.
        max_concern: The greatest concern looked at.

    Example:
        >>> from detente.methods.games.relative_gains_games import concern_transitions
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> changes = concern_transitions(symmetric_game(T=3, R=4, P=2, S=1))
        >>> [(round(change.k, 4), change.kind_before, change.kind_after) for change in changes]
        [(0.5, 'Stag Hunt', "Prisoner's Dilemma")]
    """
    own, other = (game.row, game.column) if side == 0 else (game.column, game.row)
    value, slope = own.ravel().tolist(), (own - other).ravel().tolist()
    crossings = {
        (value[b] - value[a]) / (slope[a] - slope[b])
        for a in range(4)
        for b in range(a)
        if abs(slope[a] - slope[b]) > 1e-15
    }
    breakpoints = [0.0, *sorted(k for k in crossings if 1e-12 < k < max_concern), max_concern]
    transitions: list[GameTransition] = []
    pieces = [(low, (low + high) / 2) for low, high in pairwise(breakpoints) if high - low > 1e-12]
    kinds = [(low, side_game_name(_side_payoffs(game, middle, side))) for low, middle in pieces]
    for (_, before), (concern, after) in pairwise(kinds):
        if after != before:
            transitions.append(GameTransition(concern, before, after))
    return transitions


def _side_payoffs(game: TwoByTwoGame, k: float, side: int) -> Payoffs:
    return game_with_relative_gains(game, k).sides[side]
