"""What patient sides can sustain at all: the set of payoffs of subgame-perfect equilibria of a repeated game.

Every such payoff is that of a round, whose moves nobody would leave, and of what is sustained from then on; the set is
the largest that has this property (Abreu, Pearce and Stacchetti 1990). Moves are pure, and sides may throw dice in
public before a round, so that the set is convex: a polygon, cut and joined until it no longer shrinks (after Abreu and
Sannikov 2014).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from detente.methods.games.two_by_two import TwoByTwoGame

PayoffPoint = tuple[float, float]
MAX_SHRINKING_STEPS = 20_000
"""Steps after which it is given up."""
TOLERANCE = 1e-9
ROUNDING_DIGITS = 8


def sustainable_payoffs(game: TwoByTwoGame, discount: float) -> list[PayoffPoint]:
    """The corners of the set of sustainable payoffs, row's and column's, as means over rounds; none if there are none.

    Args:
        game: The game of a round.
        discount: Of the next round beside this one, from 0 to below 1.

    Raises:
        ArithmeticError: If the set still shrinks after 20,000 steps, as it may very near a discount of 1.

    Example:
        >>> from detente.methods.games.equilibrium_payoffs import sustainable_payoffs
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> sustainable_payoffs(symmetric_game(T=5, R=3, P=1, S=0), discount=0.1)  # mutual defection only
        [(1.0, 1.0)]
        >>> (3.0, 3.0) in sustainable_payoffs(symmetric_game(T=5, R=3, P=1, S=0), discount=0.6)
        True
    """
    lowest_payoff = min(game.row.min(), game.column.min())
    payoff_span = float(max(game.row.max(), game.column.max()) - lowest_payoff) or 1.0
    scaled_corners = _converged_set(
        TwoByTwoGame((game.row - lowest_payoff) / payoff_span, (game.column - lowest_payoff) / payoff_span), discount
    )
    # Corners that only the tolerance keeps apart are one.
    corners = _convex_hull([(round(x, ROUNDING_DIGITS), round(y, ROUNDING_DIGITS)) for x, y in scaled_corners])
    return [(float(lowest_payoff) + payoff_span * x, float(lowest_payoff) + payoff_span * y) for x, y in corners]


def _converged_set(game: TwoByTwoGame, discount: float) -> list[PayoffPoint]:
    """The same for payoffs from 0 to 1."""
    cells = [(i, j) for i in range(2) for j in range(2)]
    payoffs = {(i, j): (float(game.row[i, j]), float(game.column[i, j])) for i, j in cells}
    deviation_payoffs = {(i, j): (float(game.row[:, j].max()), float(game.column[i].max())) for i, j in cells}
    corners = _convex_hull(list(payoffs.values()))
    for _ in range(MAX_SHRINKING_STEPS):
        punishment_payoffs = (min(x for x, _ in corners), min(y for _, y in corners))
        sustained_points: list[PayoffPoint] = []
        for cell in cells:
            sustained_points += _sustained_round_payoffs(
                payoffs[cell], deviation_payoffs[cell], punishment_payoffs, corners, discount
            )
        if not sustained_points:
            return []
        new_corners = _convex_hull(sustained_points)
        if _largest_overhang(new_corners, corners) < TOLERANCE * (1 - discount):
            return new_corners
        corners = new_corners
    raise ArithmeticError(f"at a discount of {discount:g} the set does not settle in {MAX_SHRINKING_STEPS:,} steps")


def _sustained_round_payoffs(
    round_payoffs: PayoffPoint,
    deviation_payoffs: PayoffPoint,
    punishment_payoffs: PayoffPoint,
    corners: Sequence[PayoffPoint],
    discount: float,
) -> list[PayoffPoint]:
    """What a round with these payoffs and something sustained after it come to, where nobody would leave the round."""
    if discount == 0:
        return [round_payoffs] if round_payoffs == deviation_payoffs else []
    rate = (1 - discount) / discount
    continuations = list(corners)
    for axis in (0, 1):
        continuations = _clip_polygon(
            continuations, axis, punishment_payoffs[axis] + rate * (deviation_payoffs[axis] - round_payoffs[axis])
        )
    return [
        ((1 - discount) * round_payoffs[0] + discount * x, (1 - discount) * round_payoffs[1] + discount * y)
        for x, y in continuations
    ]


def _clip_polygon(corners: Sequence[PayoffPoint], axis: int, lower_bound: float) -> list[PayoffPoint]:
    """The part of a polygon where a coordinate is at least so much (Sutherland and Hodgman 1974)."""
    lower_bound -= 1e-3 * TOLERANCE
    clipped: list[PayoffPoint] = []
    for k, point in enumerate(corners):
        previous = corners[k - 1]
        is_inside, was_inside = point[axis] >= lower_bound, previous[axis] >= lower_bound
        if is_inside != was_inside:
            fraction = (lower_bound - previous[axis]) / (point[axis] - previous[axis])
            clipped.append(
                (previous[0] + fraction * (point[0] - previous[0]), previous[1] + fraction * (point[1] - previous[1]))
            )
        if is_inside:
            clipped.append(point)
    return clipped


def _convex_hull(points: Sequence[PayoffPoint]) -> list[PayoffPoint]:
    """The corners of the convex hull, anticlockwise (Andrew 1979)."""
    ordered = sorted({(round(x, 14), round(y, 14)) for x, y in points})
    if len(ordered) < 3:
        return ordered

    def half_hull(sequence: Sequence[PayoffPoint]) -> list[PayoffPoint]:
        corners: list[PayoffPoint] = []
        for point in sequence:
            while len(corners) > 1 and _cross_product(corners[-2], corners[-1], point) <= 1e-15:
                corners.pop()
            corners.append(point)
        return corners[:-1]

    return half_hull(ordered) + half_hull(ordered[::-1])


def _cross_product(a: PayoffPoint, b: PayoffPoint, c: PayoffPoint) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _largest_overhang(inner_corners: Sequence[PayoffPoint], outer_corners: Sequence[PayoffPoint]) -> float:
    """How far a polygon reaches beyond the one that it has shrunk to."""
    if len(inner_corners) < 3:
        return max(min(math.dist(point, other) for other in inner_corners) for point in outer_corners)
    edges = list(zip(inner_corners, [*inner_corners[1:], inner_corners[0]], strict=True))
    return max(max(-_cross_product(a, b, point) / math.dist(a, b) for a, b in edges) for point in outer_corners)
