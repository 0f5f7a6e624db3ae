"""Solutions of a bargain between two: Nash, Kalai and Smorodinsky, egalitarian, utilitarian.

What each side gets is counted from what it has if they do not agree, which is so 0. With u the utilities of the two in
an outcome, and u* the most that each gets in any outcome in which neither loses,

    Nash (1950)                          largest u_1 u_2
    Kalai and Smorodinsky (1975)         largest min u_i / u*_i, then the other
    egalitarian (Kalai 1977)             largest min u_i, then the other
    utilitarian                          largest u_1 + u_2

Of several outcomes only, a solution is a set: all that are as good. With lotteries between outcomes the set of
utilities is convex, and each solution but the utilitarian one is a point. The last two compare what one gains with what
the other does, which the first two do not need.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

SolutionConcept = Literal["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"]
CONCEPTS: tuple[SolutionConcept, ...] = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
COMPARES_SIDES: frozenset[SolutionConcept] = frozenset({"egalitarian", "utilitarian"})
"""The concepts that compare what one side gains with what the other does."""
SAME = 1e-9
"""Utilities that differ by less, beside the largest, are the same."""


def rational_outcomes(utilities: Floats) -> Indices:
    """The outcomes in which neither side loses.

    Args:
        utilities: Shape (outcomes, 2), beside no agreement.

    Returns:
        Which they are, in their order.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.bargaining_solutions import rational_outcomes
        >>> rational_outcomes(np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 0.0]])).tolist()
        [0, 2]
    """
    import numpy as np

    return np.flatnonzero((utilities >= 0).all(axis=1))


def efficient_outcomes(utilities: Floats) -> Indices:
    """The outcomes beside which none is better for one side and no worse for the other.

    Args:
        utilities: Shape (outcomes, 2).

    Returns:
        Which they are, in their order; of several that are alike, all.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.bargaining_solutions import efficient_outcomes
        >>> efficient_outcomes(np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 1.0], [2.0, 1.0]])).tolist()
        [0, 1, 3]
    """
    import numpy as np

    order = np.lexsort((-utilities[:, 1], -utilities[:, 0]))
    first, second = utilities[order].T
    before = np.concatenate([[-np.inf], np.maximum.accumulate(second)[:-1]])
    starts = np.concatenate([[True], first[1:] < first[:-1]])
    # Of outcomes that give the first side as much, the first has the most for the second.
    most_in_group = second[np.maximum.accumulate(np.where(starts, np.arange(len(first)), 0))]
    before_group = before[np.maximum.accumulate(np.where(starts, np.arange(len(first)), 0))]
    return np.sort(order[(second == most_in_group) & (second > before_group)])


def solve_outcomes(utilities: Floats, concept: SolutionConcept) -> Indices:
    """The solutions among some outcomes: all that are as good.

    Args:
        utilities: Shape (outcomes, 2), beside no agreement.
        concept: Which solution.

    Returns:
        Which they are, in their order; nothing where every outcome is a loss for a side.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.bargaining_solutions import CONCEPTS, solve_outcomes
        >>> outcomes = np.array([[4.0, 1.0], [2.4, 1.5], [0.5, 2.0]])
        >>> [solve_outcomes(outcomes, concept).tolist() for concept in CONCEPTS]
        [[0], [1], [1], [0]]
    """
    import numpy as np

    rational = rational_outcomes(utilities)
    if not len(rational):
        return rational
    own = utilities[rational]
    if concept == "nash":
        return rational[_largest((own / own.max(axis=0).clip(min=np.finfo(float).tiny)).prod(axis=1))]
    if concept == "utilitarian":
        return rational[_largest(own.sum(axis=1))]
    ideal = own.max(axis=0) if concept == "kalai-smorodinsky" else np.ones(2)
    scaled = np.sort(own / np.where(ideal > 0, ideal, 1.0), axis=1)
    best = _largest(scaled[:, 0])
    return rational[best[_largest(scaled[best, 1])]]


def _largest(values: Floats) -> Indices:
    import numpy as np

    most = values.max()
    return np.flatnonzero(values >= most - SAME * max(abs(most), 1.0))


@dataclass(frozen=True)
class LotteryFrontier:
    """What two can get by lotteries between outcomes and no agreement, where neither loses and nothing is wasted.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.bargaining_solutions import LotteryFrontier
        >>> frontier = LotteryFrontier(np.array([[0.0, 2.0], [4.0, 0.0]]))  # two goods, of which each gets one or none
        >>> frontier.solve("nash").tolist(), frontier.ideal.tolist()
        ([2.0, 1.0], [4.0, 2.0])
    """

    points: Floats
    """Its corners, the best for the second side first, shape (corners, 2); between two lies a straight line."""

    @property
    def ideal(self) -> Floats:
        """The most that each can get, shape (2,)."""
        most: Floats = self.points.max(axis=0)
        return most

    def solve(self, concept: SolutionConcept) -> Floats:
        """A solution, shape (2,); of several utilitarian ones the first corner."""
        if concept == "utilitarian":
            best: Floats = self.points[self.points.sum(axis=1).argmax()]
            return best
        if concept == "nash":
            return self._nash()
        return self._on_ray(self.ideal if concept == "kalai-smorodinsky" else self.ideal * 0 + 1)

    def _nash(self) -> Floats:
        """On each line the product is a parabola in how far along it one is."""
        import numpy as np

        start, step = self.points[:-1], np.diff(self.points, axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            along = -(start[:, 0] * step[:, 1] + start[:, 1] * step[:, 0]) / (2 * step.prod(axis=1))
        along = np.clip(np.nan_to_num(along), 0, 1)[:, None]
        candidates = np.concatenate([self.points, start + along * step])
        best: Floats = candidates[candidates.prod(axis=1).argmax()]
        return best

    def _on_ray(self, direction: Floats) -> Floats:
        """Where a ray from no agreement meets it; its nearer end where the ray passes it by."""
        import numpy as np

        first, second = self.points.T
        side = first * direction[1] - second * direction[0]
        if side[0] >= 0:
            return np.asarray(self.points[0])
        if side[-1] <= 0:
            return np.asarray(self.points[-1])
        place = int(np.flatnonzero(side > 0)[0])
        share = side[place - 1] / (side[place - 1] - side[place])
        return np.asarray(self.points[place - 1] + share * (self.points[place] - self.points[place - 1]))


def lottery_frontier(utilities: Floats) -> LotteryFrontier:
    """What two can get by lotteries between outcomes, no agreement among them.

    Args:
        utilities: Shape (outcomes, 2), beside no agreement.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.bargaining_solutions import lottery_frontier
        >>> frontier = lottery_frontier(np.array([[0.0, 1.0], [1.0, 0.7], [1.0, 0.0]]))
        >>> frontier.solve("nash").tolist(), frontier.solve("kalai-smorodinsky").round(4).tolist()
        ([1.0, 0.7], [0.7692, 0.7692])
    """
    import numpy as np

    points = np.unique(np.concatenate([np.asarray(utilities, dtype=float), np.zeros((1, 2))]), axis=0)
    upper: list[tuple[float, float]] = []
    for point in points.tolist():
        while len(upper) > 1 and _turns_left(upper[-2], upper[-1], point):
            upper.pop()
        upper.append((point[0], point[1]))
    inside = [*_clipped(upper, 0), *_clipped([(second, first) for first, second in reversed(upper)], 1)]
    corners = np.unique(np.array([*inside, (0.0, 0.0)]), axis=0)
    return LotteryFrontier(corners[efficient_outcomes(corners)])


def _turns_left(first: tuple[float, float], second: tuple[float, float], third: list[float]) -> bool:
    """Whether the middle of three points lies on or below the line between the others."""
    across = (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])
    return across >= 0


def _clipped(chain: list[tuple[float, float]], side: int) -> list[tuple[float, float]]:
    """The corners of a chain where neither loses, and where it crosses the line on which the first loses nothing."""
    found = [point for point in chain if min(point) >= 0]
    for (a, b), (c, d) in pairwise(chain):
        if a < 0 < c and (height := b + (d - b) * -a / (c - a)) >= 0:
            found.append((0.0, height))
    return found if side == 0 else [(second, first) for first, second in found]


def equitable_division(first_points: Floats, second_points: Floats) -> tuple[Floats, float]:
    """Divides issues so that both get as much by their own points, and no division gives both more.

    A linear program (after Brams and Taylor 1996): the most that the side with less has.

    Args:
        first_points: What each issue is worth to the first side, shape (issues,).
        second_points: The same to the second.

    Returns:
        Which share of each issue goes to the first, shape (issues,), and what each side gets.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.bargaining_solutions import equitable_division
        >>> shares, each = equitable_division(np.array([60.0, 40.0]), np.array([30.0, 70.0]))
        >>> shares.round(4).tolist(), round(each, 4)
        ([1.0, 0.0909], 63.6364)
    """
    import numpy as np
    from scipy.optimize import linprog

    count = len(first_points)
    objective = np.concatenate([np.zeros(count), [-1.0]])
    matrix = np.array([[*-first_points, 1.0], [*second_points, 1.0]])
    bounds = [(0.0, 1.0)] * count + [(None, None)]
    found = linprog(objective, A_ub=matrix, b_ub=[0.0, float(np.sum(second_points))], bounds=bounds, method="highs")
    return np.asarray(found.x[:count]), float(found.x[count])
