"""How much it takes to overturn a verdict: recodings, weights, coder error.

The flip number is the fewest rows whose recoding gives some other theory the highest sum outright. The
margin D(t) of the leader over a rival t is a sum over rows, and a row can take from it at most
w_i (x_i,leader - x_i,t + 1), by being read as t alone; so the flip number is the least k for which the
k largest of these exceed D(t), least over rivals. Exact, since rows are recoded independently. Our own
derivation; nothing like it was found in the literature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from math import lcm

from detente.methods.inference.congruence import Code, Row, Tally, allowed_codes

MOST_SETS = 20
MOST_LOOKS = 10_000
MOST_STEPS = 1_000_000
"""Steps of the enumeration under coder error, about a second's work, after which it is given up."""


@dataclass(frozen=True, slots=True)
class Flip:
    """What overturns a verdict: how many recodings, in favour of which theory, and which sets of rows do it."""

    number: int
    sets: tuple[tuple[str, ...], ...]
    """The sets of that many rows which, read as the rival alone, overturn it; at most `MOST_SETS`."""
    to_a_tie: int
    """The fewest recodings that cost the leader its lead."""
    rivals: tuple[str, ...]
    """The theories that win when these sets are read so; none if they only tie above the old leader."""


def flip(rows: Sequence[Row], theories: Sequence[str], found: Tally) -> Flip | None:
    """What overturns the verdict; None at a tie, where there is none, or if no recoding can."""
    if found.leader is None:
        return None
    falls = {t: _falls(rows, found.leader, t, found.s) for t in theories if t != found.leader}
    margins = {t: found.scores[found.leader] - found.scores[t] for t in falls}
    strict = {t: _fewest(falls[t], margins[t], strictly=True) for t in falls}
    reachable = [n for n in strict.values() if n is not None]
    if not reachable:
        return None
    number = min(reachable)
    ties = [n for t in falls if (n := _fewest(falls[t], margins[t], strictly=False)) is not None]
    winners: dict[str, None] = {}
    sets: dict[tuple[str, ...], None] = {}
    for rival in (t for t, n in strict.items() if n == number):
        for chosen in islice(_sets(falls[rival], margins[rival], number), MOST_SETS):
            sets[tuple(rows[i].unit for i in chosen)] = None
            # Past the leader need not be first: a third theory may stand higher still.
            winner = _leader_after([rows[i] for i in chosen], rival, found)
            winners |= {winner: None} if winner else {}
    return Flip(number, tuple(sets)[:MOST_SETS], min(ties), tuple(winners))


def _leader_after(recoded: Sequence[Row], rival: str, found: Tally) -> str | None:
    """The theory that leads once these rows are read as the rival alone; None at a tie."""
    scores = {
        t: score + sum((row.weight * ((t == rival) - row.code.level(t, found.s)) for row in recoded), Fraction(0))
        for t, score in found.scores.items()
    }
    top = max(scores.values())
    leaders = [t for t, score in scores.items() if score == top]
    return leaders[0] if len(leaders) == 1 else None


def _falls(rows: Sequence[Row], leader: str, rival: str, s: Fraction) -> list[Fraction]:
    return [row.weight * (row.code.level(leader, s) - row.code.level(rival, s) + 1) for row in rows]


def _fewest(falls: Sequence[Fraction], margin: Fraction, *, strictly: bool) -> int | None:
    total = Fraction(0)
    for k, fall in enumerate(sorted(falls, reverse=True), start=1):
        total += fall
        if total > margin or (total == margin and not strictly):
            return k
    return None


def _sets(falls: Sequence[Fraction], margin: Fraction, number: int) -> Iterator[tuple[int, ...]]:
    """The sets of that many rows that suffice, as far as looking at `MOST_LOOKS` of them finds any."""
    ranked = sorted(range(len(falls)), key=lambda i: -falls[i])
    for chosen in islice(combinations(ranked, number), MOST_LOOKS):
        if sum((falls[i] for i in chosen), Fraction(0)) > margin:
            yield tuple(sorted(chosen))


@dataclass(frozen=True, slots=True)
class Recoding:
    """One row read otherwise, and the verdict that follows (None for a tie)."""

    unit: str
    code: Code
    leader: str | None


def single_recodings(rows: Sequence[Row], theories: Sequence[str], s: Fraction) -> list[Recoding]:
    """Every way to read one row otherwise, with the verdict it leads to."""
    # In whole units of 1/scale, which are exact like the fractions and many times as fast.
    scale = _scale(rows, s)
    allowed = [(code, [int(scale * code.level(t, s)) for t in theories]) for code in allowed_codes(theories)]
    held = [[int(scale * row.code.level(t, s)) for t in theories] for row in rows]
    weights = [int(scale * row.weight) for row in rows]
    scores = [sum(w * levels[t] for w, levels in zip(weights, held, strict=True)) for t in range(len(theories))]
    found = []
    for row, weight, levels in zip(rows, weights, held, strict=True):
        without = [score - weight * level for score, level in zip(scores, levels, strict=True)]
        for code, others in allowed:
            if code != row.code:
                changed = [score + weight * level for score, level in zip(without, others, strict=True)]
                top = max(changed)
                leader = theories[changed.index(top)] if changed.count(top) == 1 else None
                found.append(Recoding(row.unit, code, leader))
    return found


def _scale(rows: Sequence[Row], s: Fraction) -> int:
    """The least number by which all weights and levels, and their products, become whole."""
    return lcm(
        s.denominator, *(row.weight.denominator for row in rows), *((s * row.weight).denominator for row in rows)
    )


@dataclass(frozen=True, slots=True)
class Tipping:
    """The weight at which one row makes a rival draw level with the leader."""

    unit: str
    rival: str
    weight: Fraction
    now: Fraction


def tipping_weights(rows: Sequence[Row], found: Tally) -> list[Tipping]:
    """For each row and rival, the weight of the row at which the two draw level; none where no weight does.

    w* = w + D / (x_rival - x_leader), for weights of 0 or more.
    """
    if found.leader is None:
        return []
    tipping = []
    for row in rows:
        for rival in found.scores:
            gain = row.code.level(rival, found.s) - row.code.level(found.leader, found.s)
            if rival == found.leader or gain == 0:
                continue
            weight = row.weight + (found.scores[found.leader] - found.scores[rival]) / gain
            if weight >= 0:
                tipping.append(Tipping(row.unit, rival, weight, row.weight))
    return tipping


def kept_probability(rows: Sequence[Row], theories: Sequence[str], found: Tally, error: float) -> float | None:
    """The chance that the verdict survives coder error, exactly.

    Each row independently keeps its code with probability 1 - error, and otherwise has any other of the
    allowed codes, all equally likely. A tie is not a verdict kept.

    Returns:
        The probability; None at a tie, or where it would take more than `MOST_STEPS`.
    """
    if found.leader is None:
        return None
    rivals = [t for t in theories if t != found.leader]
    scale = _scale(rows, found.s)
    moves = [_moves(row, theories, found.leader, rivals, found.s, scale, error) for row in rows]
    # How far the margins can still fall or rise from row i on: what is out of reach need not be followed.
    falls, rises = _reach(moves, len(rivals))
    states: dict[tuple[int, ...], float] = {(0,) * len(rivals): 1.0}
    kept, steps = 0.0, 0
    for i, options in enumerate(moves):
        following: dict[tuple[int, ...], float] = {}
        steps += len(states) * len(options)
        if steps > MOST_STEPS:
            return None
        for state, p in states.items():
            for move, q in options.items():
                margins = tuple(a + b for a, b in zip(state, move, strict=True))
                if all(m + fall > 0 for m, fall in zip(margins, falls[i + 1], strict=True)):
                    kept += p * q
                elif all(m + rise > 0 for m, rise in zip(margins, rises[i + 1], strict=True)):
                    following[margins] = following.get(margins, 0.0) + p * q
        states = following
    return kept


def _moves(
    row: Row, theories: Sequence[str], leader: str, rivals: Sequence[str], s: Fraction, scale: int, error: float
) -> dict[tuple[int, ...], float]:
    """What the row adds to the margin over each rival, with the chance of it; margins in units of 1/scale."""
    others = [code for code in allowed_codes(theories) if code != row.code]
    chances = (
        [(row.code, 1 - error), *((code, error / len(others)) for code in others)] if others else [(row.code, 1.0)]
    )
    moves: dict[tuple[int, ...], float] = {}
    for code, p in chances:
        move = tuple(int(scale * row.weight * (code.level(leader, s) - code.level(t, s))) for t in rivals)
        moves[move] = moves.get(move, 0.0) + p
    return moves


def _reach(moves: Sequence[dict[tuple[int, ...], float]], n: int) -> tuple[list[list[int]], list[list[int]]]:
    falls, rises = [[0] * n], [[0] * n]
    for options in reversed(moves):
        falls.append([falls[-1][j] + min(move[j] for move in options) for j in range(n)])
        rises.append([rises[-1][j] + max(move[j] for move in options) for j in range(n)])
    return falls[::-1], rises[::-1]
