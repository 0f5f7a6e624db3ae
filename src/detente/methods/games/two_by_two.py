"""Two-by-two games: payoffs and equilibria.

Either side cooperates (C, move 0) or defects (D, move 1). What a side gets is called as in the literature on the
Prisoner's Dilemma (Rapoport and Chammah 1965): R if both cooperate, S if it alone does, T if only the other does, P if
neither does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
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
    """The cells that neither side would leave by itself (Nash 1950); others may be as good, see `equilibria`."""
    return [
        (i, j)
        for i in range(2)
        for j in range(2)
        if game.row[i, j] >= game.row[1 - i, j] and game.column[i, j] >= game.column[i, 1 - j]
    ]


@dataclass(frozen=True, slots=True)
class EquilibriumSet:
    """Equilibria that belong together: every chance of row in a span, with every chance of column in a span.

    A point in most games; a line or all of the square where a side is indifferent between its moves.
    """

    p: tuple[float, float]
    """From which to which chance of cooperating row may go."""
    q: tuple[float, float]
    """From which to which chance of cooperating column may go."""

    @property
    def is_point(self) -> bool:
        """Whether it is a single equilibrium."""
        return self.p[0] == self.p[1] and self.q[0] == self.q[1]

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Its extreme equilibria: what a side gets on all of it lies between what it gets on these."""
        return list(dict.fromkeys((p, q) for p in self.p for q in self.q))

    def touches(self, other: EquilibriumSet) -> bool:
        """Whether one can go from this to the other without leaving equilibrium."""
        spans = ((self.p, other.p), (self.q, other.q))
        return all(a[0] <= b[1] and b[0] <= a[1] for a, b in spans)


Span = tuple[Fraction, Fraction]


def equilibria(game: Game) -> list[EquilibriumSet]:
    """All equilibria in mixed moves (Nash 1951), as the largest sets of them that are a span by a span; exact.

    In a game that is not degenerate each is a point. Otherwise they are lines, or the whole square, and there may be
    infinitely many equilibria: the sets overlap where lines meet, and `components` says which hang together. Any finite
    game has finitely many such sets (Jansen 1981, who calls them maximal Nash subsets; from memory). Those of most
    cooperation stand first.
    """
    row, column = _ready(game.row), _ready(game.column.T)
    # Where row would play p, column has to make it; and the other way round.
    found = [(_common(p, column_makes), _common(q, row_makes)) for p, row_makes in row for q, column_makes in column]
    whole = dict.fromkeys((p, q) for p, q in found if p and q)
    largest = [one for one in whole if not any(one != other and _within(one, other) for other in whole)]
    return [
        EquilibriumSet((float(p[0]), float(p[1])), (float(q[0]), float(q[1]))) for p, q in sorted(largest, reverse=True)
    ]


def components(game: Game) -> list[list[EquilibriumSet]]:
    """The sets of equilibria that hang together, one list for each component."""
    left, found = equilibria(game), []
    while left:
        together = [left.pop(0)]
        for one in together:
            near = [other for other in left if one.touches(other)]
            together += near
            left = [other for other in left if other not in near]
        found.append(together)
    return found


def _ready(own: Floats) -> list[tuple[Span, Span]]:
    """What a side is ready to play and when: its chances of C, and the chances of the other's C that call for them.

    Args:
        own: Its payoffs, its own move first.
    """
    zero, one = Fraction(0), Fraction(1)
    (r, s), (t, p) = [[Fraction(value) for value in line] for line in own.tolist()]
    with_c, with_d = r - t, s - p
    # What C is worth beyond D rises or falls along a line, from with_d where the other defects to with_c.
    if with_c == with_d == 0:
        return [((zero, one), (zero, one))]
    even = with_d / (with_d - with_c) if with_c * with_d <= 0 else None
    moves: dict[bool, Span] = {True: (one, one), False: (zero, zero)}
    if even is None:
        return [(moves[with_c > 0], (zero, one))]
    upward = with_c > with_d
    return [
        (moves[upward], (even, one)),
        (moves[not upward], (zero, even)),
        ((zero, one), (even, even)),
    ]


def _common(one: Span, other: Span) -> Span | None:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


def _within(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return all(b[0] <= a[0] and a[1] <= b[1] for a, b in zip(one, other, strict=True))


def worth(game: Game, p: float, q: float) -> tuple[float, float]:
    """What row and column expect if they cooperate with these chances."""
    import numpy as np

    chances = np.outer([p, 1 - p], [q, 1 - q])
    return float((chances * game.row).sum()), float((chances * game.column).sum())


def ranks(values: Sequence[float]) -> tuple[int, ...]:
    """The rank of each of several different values, from 1 for the least."""
    order = sorted(values)
    return tuple(order.index(value) + 1 for value in values)
