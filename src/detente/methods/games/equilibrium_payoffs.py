"""What patient sides can sustain at all: the set of payoffs of subgame-perfect equilibria of a repeated game.

Every such payoff is that of a round, whose moves nobody would leave, and of what is sustained from then on; the set is
the largest that has this property (Abreu, Pearce and Stacchetti 1990). Moves are pure, and sides may throw dice in
public before a round, so that the set is convex: a polygon, cut and joined until it no longer shrinks (after Abreu and
Sannikov 2014).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from detente.methods.games.two_by_two import Game

Point = tuple[float, float]
ROUNDS = 20_000
"""Steps after which it is given up."""
SMALL = 1e-9
DIGITS = 8


def sustainable(game: Game, discount: float) -> list[Point]:
    """The corners of the set of sustainable payoffs, row's and column's, as means over rounds; none if there are none.

    Args:
        game: The game of a round.
        discount: Of the next round beside this one, from 0 to below 1.

    Raises:
        ArithmeticError: If the set still shrinks after 20,000 steps, as it may very near a discount of 1.
    """
    least = min(game.row.min(), game.column.min())
    span = float(max(game.row.max(), game.column.max()) - least) or 1.0
    found = _settled(Game((game.row - least) / span, (game.column - least) / span), discount)
    # Corners that only the tolerance keeps apart are one.
    corners = hull([(round(x, DIGITS), round(y, DIGITS)) for x, y in found])
    return [(float(least) + span * x, float(least) + span * y) for x, y in corners]


def _settled(game: Game, discount: float) -> list[Point]:
    """The same for payoffs from 0 to 1."""
    cells = [(i, j) for i in range(2) for j in range(2)]
    payoffs = {(i, j): (float(game.row[i, j]), float(game.column[i, j])) for i, j in cells}
    tempted = {(i, j): (float(game.row[:, j].max()), float(game.column[i].max())) for i, j in cells}
    corners = hull(list(payoffs.values()))
    for _ in range(ROUNDS):
        worst = (min(x for x, _ in corners), min(y for _, y in corners))
        found: list[Point] = []
        for cell in cells:
            found += _held(payoffs[cell], tempted[cell], worst, corners, discount)
        if not found:
            return []
        shrunk = hull(found)
        if _apart(shrunk, corners) < SMALL * (1 - discount):
            return shrunk
        corners = shrunk
    raise ArithmeticError(f"at a discount of {discount:g} the set does not settle in {ROUNDS:,} steps")


def _held(now: Point, tempted: Point, worst: Point, corners: Sequence[Point], discount: float) -> list[Point]:
    """What a round with these payoffs and something sustained after it come to, where nobody would leave the round."""
    if discount == 0:
        return [now] if now == tempted else []
    rate = (1 - discount) / discount
    left = list(corners)
    for axis in (0, 1):
        left = _cut(left, axis, worst[axis] + rate * (tempted[axis] - now[axis]))
    return [((1 - discount) * now[0] + discount * x, (1 - discount) * now[1] + discount * y) for x, y in left]


def _cut(corners: Sequence[Point], axis: int, least: float) -> list[Point]:
    """The part of a polygon where a coordinate is at least so much (Sutherland and Hodgman 1974)."""
    least -= 1e-3 * SMALL
    kept: list[Point] = []
    for k, point in enumerate(corners):
        before = corners[k - 1]
        inside, was = point[axis] >= least, before[axis] >= least
        if inside != was:
            share = (least - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if inside:
            kept.append(point)
    return kept


def hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the convex hull, anticlockwise (Andrew 1979)."""
    ordered = sorted({(round(x, 14), round(y, 14)) for x, y in points})
    if len(ordered) < 3:
        return ordered

    def half(along: Sequence[Point]) -> list[Point]:
        found: list[Point] = []
        for point in along:
            while len(found) > 1 and _turn(found[-2], found[-1], point) <= 1e-15:
                found.pop()
            found.append(point)
        return found[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _apart(shrunk: Sequence[Point], before: Sequence[Point]) -> float:
    """How far a polygon reaches beyond the one that it has shrunk to."""
    if len(shrunk) < 3:
        return max(min(math.dist(point, other) for other in shrunk) for point in before)
    edges = list(zip(shrunk, [*shrunk[1:], shrunk[0]], strict=True))
    return max(max(-_turn(a, b, point) / math.dist(a, b) for a, b in edges) for point in before)
