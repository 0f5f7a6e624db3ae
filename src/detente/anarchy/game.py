"""Two-by-two games: payoffs and equilibria.

Either side cooperates (C, move 0) or defects (D, move 1). What a side gets is called as in the literature on the
Prisoner's Dilemma (Rapoport and Chammah 1965): R if both cooperate, S if it alone does, T if only the other does, P if
neither does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Payoffs:
    """What one side gets from each outcome."""

    T: float
    R: float
    P: float
    S: float

    @property
    def by_outcome(self) -> tuple[float, float, float, float]:
        """After CC, CD, DC and DD, its own move first."""
        return self.R, self.S, self.T, self.P


@dataclass(frozen=True, eq=False)
class Game:
    """What either side gets, by the move of the row player and that of the column player."""

    row: Floats
    """Shape (2, 2)."""
    column: Floats
    """Shape (2, 2), row's move first here too."""

    @property
    def sides(self) -> tuple[Payoffs, Payoffs]:
        """The payoffs of either side, each seen from itself."""
        (r, s), (t, p) = self.row.tolist()
        (r2, t2), (s2, p2) = self.column.tolist()
        return Payoffs(t, r, p, s), Payoffs(t2, r2, p2, s2)

    @property
    def symmetric(self) -> bool:
        """Whether the two sides could change places."""
        return bool((self.row == self.column.T).all())


def between(one: Payoffs, other: Payoffs) -> Game:
    """The game of two sides, each with payoffs as it sees them."""
    import numpy as np

    row = np.array([[one.R, one.S], [one.T, one.P]], dtype=float)
    return Game(row, np.array([[other.R, other.T], [other.S, other.P]], dtype=float))


def symmetric(T: float, R: float, P: float, S: float) -> Game:
    """The game of two sides with the same payoffs."""
    return between(Payoffs(T, R, P, S), Payoffs(T, R, P, S))


def pure_equilibria(game: Game) -> list[tuple[int, int]]:
    """The cells that neither side would leave by itself (Nash 1950)."""
    return [
        (i, j)
        for i in range(2)
        for j in range(2)
        if game.row[i, j] >= game.row[1 - i, j] and game.column[i, j] >= game.column[i, 1 - j]
    ]


def equilibria(game: Game) -> list[tuple[float, float]]:
    """All equilibria, as the chances that row and column cooperate: the pure ones, and the one that is mixed by both.

    Where a side is indifferent for good reasons or none (a degenerate game), there may be more, in a row from one of
    these to another; they are not listed.
    """
    found = [(1.0 - i, 1.0 - j) for i, j in pure_equilibria(game)]
    p, q = _indifferent(game.column.T), _indifferent(game.row)
    return found if p is None or q is None else [*found, (p, q)]


def _indifferent(own: Floats) -> float | None:
    """The other's chance of C, strictly between 0 and 1, at which C and D are worth the same; None without any.

    Args:
        own: Payoffs of who is to be indifferent, its own move first.
    """
    with_c, with_d = float(own[0, 0] - own[1, 0]), float(own[0, 1] - own[1, 1])
    if with_c * with_d >= 0:
        return None
    return with_d / (with_d - with_c)


def worth(game: Game, p: float, q: float) -> tuple[float, float]:
    """What row and column expect if they cooperate with these chances."""
    import numpy as np

    chances = np.outer([p, 1 - p], [q, 1 - q])
    return float((chances * game.row).sum()), float((chances * game.column).sum())


def ranks(values: Sequence[float]) -> tuple[int, ...]:
    """The rank of each of several different values, from 1 for the least."""
    order = sorted(values)
    return tuple(order.index(value) + 1 for value in values)
