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

from detente.methods.inference.congruence import CodedMotive, CongruenceTally, MotiveCode, allowed_codes

MAX_SETS = 20
MAX_ROW_COMBINATIONS = 10_000
MAX_ENUMERATION_STEPS = 1_000_000
"""Steps of the enumeration under coder error, about a second's work, after which it is given up."""


@dataclass(frozen=True, slots=True)
class VerdictFlip:
    """What overturns a verdict: how many recodings, in favour of which theory, and which sets of rows do it."""

    recoding_count: int
    row_sets: tuple[tuple[str, ...], ...]
    """The sets of that many rows which, read as the rival alone, overturn it; at most `MAX_SETS`."""
    recodings_to_tie: int
    """The fewest recodings that cost the leader its lead."""
    winning_rivals: tuple[str, ...]
    """The theories that win when these sets are read so; none if they only tie above the old leader."""


def minimum_recodings(
    rows: Sequence[CodedMotive], theories: Sequence[str], tally: CongruenceTally
) -> VerdictFlip | None:
    """What overturns the verdict; None at a tie, where there is none, or if no recoding can.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import CodedMotive, MotiveCode, tally_scores
        >>> from detente.methods.inference.fragility import minimum_recodings
        >>> rows = [CodedMotive(unit, MotiveCode(theory)) for unit, theory in zip("12345", ["r", "r", "r", "r", "l"])]
        >>> tally = tally_scores(rows, ["r", "l"], Fraction(0))
        >>> flip = minimum_recodings(rows, ["r", "l"], tally)
        >>> flip.recoding_count, flip.recodings_to_tie, flip.winning_rivals
        (2, 2, ('l',))
    """
    if tally.leader is None:
        return None
    falls_by_rival = {t: _margin_falls(rows, tally.leader, t, tally.s) for t in theories if t != tally.leader}
    margins = {t: tally.scores[tally.leader] - tally.scores[t] for t in falls_by_rival}
    strict_minima = {t: _fewest_rows(falls_by_rival[t], margins[t], strictly=True) for t in falls_by_rival}
    attainable = [n for n in strict_minima.values() if n is not None]
    if not attainable:
        return None
    recoding_count = min(attainable)
    ties = [n for t in falls_by_rival if (n := _fewest_rows(falls_by_rival[t], margins[t], strictly=False)) is not None]
    winners: dict[str, None] = {}
    row_sets: dict[tuple[str, ...], None] = {}
    for rival in (t for t, n in strict_minima.items() if n == recoding_count):
        for chosen in islice(_sufficient_sets(falls_by_rival[rival], margins[rival], recoding_count), MAX_SETS):
            row_sets[tuple(rows[i].unit for i in chosen)] = None
            # Past the leader need not be first: a third theory may stand higher still.
            winner = _leader_after([rows[i] for i in chosen], rival, tally)
            winners |= {winner: None} if winner else {}
    return VerdictFlip(recoding_count, tuple(row_sets)[:MAX_SETS], min(ties), tuple(winners))


def _leader_after(recoded: Sequence[CodedMotive], rival: str, tally: CongruenceTally) -> str | None:
    """The theory that leads once these rows are read as the rival alone; None at a tie."""
    scores = {
        t: score + sum((row.weight * ((t == rival) - row.code.credit_for(t, tally.s)) for row in recoded), Fraction(0))
        for t, score in tally.scores.items()
    }
    highest = max(scores.values())
    leaders = [t for t, score in scores.items() if score == highest]
    return leaders[0] if len(leaders) == 1 else None


def _margin_falls(rows: Sequence[CodedMotive], leader: str, rival: str, s: Fraction) -> list[Fraction]:
    return [row.weight * (row.code.credit_for(leader, s) - row.code.credit_for(rival, s) + 1) for row in rows]


def _fewest_rows(margin_falls: Sequence[Fraction], margin: Fraction, *, strictly: bool) -> int | None:
    total = Fraction(0)
    for k, fall in enumerate(sorted(margin_falls, reverse=True), start=1):
        total += fall
        if total > margin or (total == margin and not strictly):
            return k
    return None


def _sufficient_sets(
    margin_falls: Sequence[Fraction], margin: Fraction, recoding_count: int
) -> Iterator[tuple[int, ...]]:
    """The sets of that many rows that suffice, as far as looking at `MAX_ROW_COMBINATIONS` of them finds any."""
    rows_by_fall = sorted(range(len(margin_falls)), key=lambda i: -margin_falls[i])
    for chosen in islice(combinations(rows_by_fall, recoding_count), MAX_ROW_COMBINATIONS):
        if sum((margin_falls[i] for i in chosen), Fraction(0)) > margin:
            yield tuple(sorted(chosen))


@dataclass(frozen=True, slots=True)
class Recoding:
    """One row read otherwise, and the verdict that follows (None for a tie)."""

    unit: str
    code: MotiveCode
    leader: str | None


def single_recodings(rows: Sequence[CodedMotive], theories: Sequence[str], s: Fraction) -> list[Recoding]:
    """Every way to read one row otherwise, with the verdict it leads to.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import CodedMotive, MotiveCode
        >>> from detente.methods.inference.fragility import single_recodings
        >>> rows = [CodedMotive(unit, MotiveCode(theory)) for unit, theory in zip("12345", ["r", "r", "r", "r", "l"])]
        >>> [each.leader for each in single_recodings(rows[:2], ["r", "l"], Fraction(0)) if each.code.primary == "l"]
        [None, None, None, None]
    """
    # In whole units of 1/scale, which are exact like the fractions and many times as fast.
    scale = _common_denominator(rows, s)
    allowed = [(code, [int(scale * code.credit_for(t, s)) for t in theories]) for code in allowed_codes(theories)]
    row_levels = [[int(scale * row.code.credit_for(t, s)) for t in theories] for row in rows]
    weights = [int(scale * row.weight) for row in rows]
    scores = [sum(w * levels[t] for w, levels in zip(weights, row_levels, strict=True)) for t in range(len(theories))]
    recodings = []
    for row, weight, levels in zip(rows, weights, row_levels, strict=True):
        other_scores = [score - weight * level for score, level in zip(scores, levels, strict=True)]
        for code, code_levels in allowed:
            if code != row.code:
                new_scores = [score + weight * level for score, level in zip(other_scores, code_levels, strict=True)]
                highest = max(new_scores)
                leader = theories[new_scores.index(highest)] if new_scores.count(highest) == 1 else None
                recodings.append(Recoding(row.unit, code, leader))
    return recodings


def _common_denominator(rows: Sequence[CodedMotive], s: Fraction) -> int:
    """The least number by which all weights and levels, and their products, become whole."""
    return lcm(
        s.denominator, *(row.weight.denominator for row in rows), *((s * row.weight).denominator for row in rows)
    )


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """The weight at which one row makes a rival draw level with the leader."""

    unit: str
    rival: str
    weight: Fraction
    current_weight: Fraction


def tipping_weights(rows: Sequence[CodedMotive], tally: CongruenceTally) -> list[TippingPoint]:
    """For each row and rival, the weight of the row at which the two draw level; none where no weight does.

    w* = w + D / (x_rival - x_leader), for weights of 0 or more.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import CodedMotive, MotiveCode, tally_scores
        >>> from detente.methods.inference.fragility import tipping_weights
        >>> rows = [CodedMotive(unit, MotiveCode(theory)) for unit, theory in zip("12345", ["r", "r", "r", "r", "l"])]
        >>> tally = tally_scores(rows, ["r", "l"], Fraction(0))
        >>> [(point.unit, point.rival, int(point.weight)) for point in tipping_weights(rows, tally)][-1]
        ('5', 'l', 4)
    """
    if tally.leader is None:
        return []
    tipping_points = []
    for row in rows:
        for rival in tally.scores:
            gain = row.code.credit_for(rival, tally.s) - row.code.credit_for(tally.leader, tally.s)
            if rival == tally.leader or gain == 0:
                continue
            weight = row.weight + (tally.scores[tally.leader] - tally.scores[rival]) / gain
            if weight >= 0:
                tipping_points.append(TippingPoint(row.unit, rival, weight, row.weight))
    return tipping_points


def survival_probability(
    rows: Sequence[CodedMotive], theories: Sequence[str], tally: CongruenceTally, error_rate: float
) -> float | None:
    """The chance that the verdict survives coder error, exactly.

    Each row independently keeps its code with probability 1 - error, and otherwise has any other of the
    allowed codes, all equally likely. A tie is not a verdict kept.

    Returns:
        The probability; None at a tie, or where it would take more than `MAX_ENUMERATION_STEPS`.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import CodedMotive, MotiveCode, tally_scores
        >>> from detente.methods.inference.fragility import survival_probability
        >>> rows = [CodedMotive(unit, MotiveCode(theory)) for unit, theory in zip("12345", ["r", "r", "r", "r", "l"])]
        >>> tally = tally_scores(rows, ["r", "l"], Fraction(0))
        >>> round(survival_probability(rows, ["r", "l"], tally, error_rate=0.1), 4)
        0.9772
    """
    if tally.leader is None:
        return None
    rivals = [t for t in theories if t != tally.leader]
    scale = _common_denominator(rows, tally.s)
    moves = [_margin_changes(row, theories, tally.leader, rivals, tally.s, scale, error_rate) for row in rows]
    # How far the margins can still fall or rise from row i on: what is out of reach need not be followed.
    max_falls, max_rises = _reachable_changes(moves, len(rivals))
    states: dict[tuple[int, ...], float] = {(0,) * len(rivals): 1.0}
    survival, steps = 0.0, 0
    for i, options in enumerate(moves):
        next_states: dict[tuple[int, ...], float] = {}
        steps += len(states) * len(options)
        if steps > MAX_ENUMERATION_STEPS:
            return None
        for state, p in states.items():
            for margin_change, q in options.items():
                margins = tuple(a + b for a, b in zip(state, margin_change, strict=True))
                if all(m + fall > 0 for m, fall in zip(margins, max_falls[i + 1], strict=True)):
                    survival += p * q
                elif all(m + rise > 0 for m, rise in zip(margins, max_rises[i + 1], strict=True)):
                    next_states[margins] = next_states.get(margins, 0.0) + p * q
        states = next_states
    return survival


def _margin_changes(
    row: CodedMotive,
    theories: Sequence[str],
    leader: str,
    rivals: Sequence[str],
    s: Fraction,
    scale: int,
    error_rate: float,
) -> dict[tuple[int, ...], float]:
    """What the row adds to the margin over each rival, with the chance of it; margins in units of 1/scale."""
    other_codes = [code for code in allowed_codes(theories) if code != row.code]
    chances = (
        [(row.code, 1 - error_rate), *((code, error_rate / len(other_codes)) for code in other_codes)]
        if other_codes
        else [(row.code, 1.0)]
    )
    probability_by_change: dict[tuple[int, ...], float] = {}
    for code, p in chances:
        margin_change = tuple(
            int(scale * row.weight * (code.credit_for(leader, s) - code.credit_for(t, s))) for t in rivals
        )
        probability_by_change[margin_change] = probability_by_change.get(margin_change, 0.0) + p
    return probability_by_change


def _reachable_changes(
    moves: Sequence[dict[tuple[int, ...], float]], n: int
) -> tuple[list[list[int]], list[list[int]]]:
    max_falls, max_rises = [[0] * n], [[0] * n]
    for options in reversed(moves):
        max_falls.append([max_falls[-1][j] + min(move[j] for move in options) for j in range(n)])
        max_rises.append([max_rises[-1][j] + max(move[j] for move in options) for j in range(n)])
    return max_falls[::-1], max_rises[::-1]
