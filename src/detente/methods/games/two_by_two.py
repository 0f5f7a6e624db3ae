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
    """What one side gets from each outcome.

    Example:
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> Payoffs(T=5, R=3, P=1, S=0).by_outcome
        (3, 0, 5, 1)
    """

    T: float
    R: float
    P: float
    S: float

    @property
    def by_outcome(self) -> tuple[float, float, float, float]:
        """After CC, CD, DC and DD, its own move first."""
        return self.R, self.S, self.T, self.P


@dataclass(frozen=True, eq=False)
class TwoByTwoGame:
    """What either side gets, by the move of the row player and that of the column player.

    Example:
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> symmetric_game(T=5, R=3, P=1, S=0).row.tolist()
        [[3.0, 0.0], [5.0, 1.0]]
    """

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
    def is_symmetric(self) -> bool:
        """Whether the two sides could change places."""
        return bool((self.row == self.column.T).all())


def game_between(row_payoffs: Payoffs, column_payoffs: Payoffs) -> TwoByTwoGame:
    """The game of two sides, each with payoffs as it sees them.

    Example:
        >>> from detente.methods.games.two_by_two import Payoffs, game_between
        >>> game_between(Payoffs(T=5, R=3, P=1, S=0), Payoffs(T=3, R=4, P=2, S=1)).column.tolist()
        [[4.0, 3.0], [1.0, 2.0]]
    """
    import numpy as np

    row = np.array([[row_payoffs.R, row_payoffs.S], [row_payoffs.T, row_payoffs.P]], dtype=float)
    return TwoByTwoGame(
        row, np.array([[column_payoffs.R, column_payoffs.T], [column_payoffs.S, column_payoffs.P]], dtype=float)
    )


def symmetric_game(T: float, R: float, P: float, S: float) -> TwoByTwoGame:
    """The game of two sides with the same payoffs.

    Example:
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> symmetric_game(T=5, R=3, P=1, S=0).is_symmetric
        True
    """
    return game_between(Payoffs(T, R, P, S), Payoffs(T, R, P, S))


def pure_equilibria(game: TwoByTwoGame) -> list[tuple[int, int]]:
    """The cells that neither side would leave by itself (Nash 1950); others may be as good, see `all_equilibria`.

    Example:
        >>> from detente.methods.games.two_by_two import pure_equilibria, symmetric_game
        >>> pure_equilibria(symmetric_game(T=5, R=3, P=1, S=0)), pure_equilibria(symmetric_game(T=3, R=4, P=2, S=1))
        ([(1, 1)], [(0, 0), (1, 1)])
    """
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

    Example:
        >>> from detente.methods.games.two_by_two import EquilibriumSet
        >>> EquilibriumSet(p=(0.0, 1.0), q=(1.0, 1.0)).corners
        [(0.0, 1.0), (1.0, 1.0)]
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


ChanceInterval = tuple[Fraction, Fraction]


def all_equilibria(game: TwoByTwoGame) -> list[EquilibriumSet]:
    """All equilibria in mixed moves (Nash 1951), as the largest sets of them that are a span by a span; exact.

    In a game that is not degenerate each is a point. Otherwise they are lines, or the whole square, and there may be
    infinitely many equilibria: the sets overlap where lines meet, and `equilibrium_components` says which hang
    together. Any finite game has finitely many such sets (Jansen 1981, who calls them maximal Nash subsets; from
    memory). Those of most
    cooperation stand first.

    Example:
        >>> from detente.methods.games.two_by_two import all_equilibria, symmetric_game
        >>> [(found.p[0], found.q[0]) for found in all_equilibria(symmetric_game(T=3, R=4, P=2, S=1))]  # a Stag Hunt
        [(1.0, 1.0), (0.5, 0.5), (0.0, 0.0)]
    """
    row, column = _reply_segments(game.row), _reply_segments(game.column.T)
    # Where row would play p, column has to make it; and the other way round.
    candidates = [
        (_intersection(p, column_makes), _intersection(q, row_makes))
        for p, row_makes in row
        for q, column_makes in column
    ]
    nonempty = dict.fromkeys((p, q) for p, q in candidates if p and q)
    largest = [
        candidate
        for candidate in nonempty
        if not any(candidate != rival and _is_contained(candidate, rival) for rival in nonempty)
    ]
    return [
        EquilibriumSet((float(p[0]), float(p[1])), (float(q[0]), float(q[1]))) for p, q in sorted(largest, reverse=True)
    ]


def equilibrium_components(game: TwoByTwoGame) -> list[list[EquilibriumSet]]:
    """The sets of equilibria that hang together, one list for each component.

    Example:
        >>> from detente.methods.games.two_by_two import equilibrium_components, symmetric_game
        >>> len(equilibrium_components(symmetric_game(T=3, R=4, P=2, S=1)))
        3
    """
    remaining, groups = all_equilibria(game), []
    while remaining:
        group = [remaining.pop(0)]
        for member in group:
            touching = [other for other in remaining if member.touches(other)]
            group += touching
            remaining = [other for other in remaining if other not in touching]
        groups.append(group)
    return groups


def _reply_segments(own: Floats) -> list[tuple[ChanceInterval, ChanceInterval]]:
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
    indifference_chance = with_d / (with_d - with_c) if with_c * with_d <= 0 else None
    moves: dict[bool, ChanceInterval] = {True: (one, one), False: (zero, zero)}
    if indifference_chance is None:
        return [(moves[with_c > 0], (zero, one))]
    upward = with_c > with_d
    return [
        (moves[upward], (indifference_chance, one)),
        (moves[not upward], (zero, indifference_chance)),
        ((zero, one), (indifference_chance, indifference_chance)),
    ]


def _intersection(first: ChanceInterval, second: ChanceInterval) -> ChanceInterval | None:
    low, high = max(first[0], second[0]), min(first[1], second[1])
    return (low, high) if low <= high else None


def _is_contained(inner: Sequence[ChanceInterval], outer: Sequence[ChanceInterval]) -> bool:
    return all(b[0] <= a[0] and a[1] <= b[1] for a, b in zip(inner, outer, strict=True))


def expected_payoffs(game: TwoByTwoGame, p: float, q: float) -> tuple[float, float]:
    """What row and column expect if they cooperate with these chances.

    Example:
        >>> from detente.methods.games.two_by_two import expected_payoffs, symmetric_game
        >>> expected_payoffs(symmetric_game(T=5, R=3, P=1, S=0), p=0.5, q=0.5)
        (2.25, 2.25)
    """
    import numpy as np

    chances = np.outer([p, 1 - p], [q, 1 - q])
    return float((chances * game.row).sum()), float((chances * game.column).sum())


def rank_values(values: Sequence[float]) -> tuple[int, ...]:
    """The rank of each of several different values, from 1 for the least.

    Example:
        >>> from detente.methods.games.two_by_two import rank_values
        >>> rank_values([5, 3, 1, 0])
        (4, 3, 2, 1)
    """
    order = sorted(values)
    return tuple(order.index(value) + 1 for value in values)
