"""Bayesian updating over hypotheses that exclude each other, in decibels.

The odds of hypothesis i to hypothesis j after the evidence, in decibels (10 log10 of the odds), are those before it
plus the weight of each piece k,

    W_k = 10 log10( P(E_k | H_i) / P(E_k | H_j) )

(Good 1950; Jaynes 2003, ch. 4; for process tracing Fairfield and Charman 2017). Pieces of evidence of one cluster
(one speaker, one report) repeat each other: k of them with the correlation rho among any two count as

    k / (1 + (k - 1) rho)

(Kish's effective sample size for equal correlations), so that the weight of a cluster is that number times the mean
weight of its pieces. Where the chance of one piece given another is known it is better than any correlation: such
pieces form a block, whose chances multiply as they stand. Names of tests after Van Evera (1997) and Collier (2011).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, inf, log, log10, sqrt
from typing import Literal

TestName = Literal["straw in the wind", "hoop", "smoking gun", "doubly decisive"]
Correlations = Callable[[str], float]
"""The correlation within a cluster, by its name."""


def decibels(p: float, q: float) -> float:
    """10 log10(p/q): 2 to 1 is 3.01, 10 to 1 is 10; infinite where one of them is 0."""
    if p == q:
        return 0.0
    return inf if q == 0 else -inf if p == 0 else 10 * (log10(p) - log10(q))


def reported(p: float, reliability: float, otherwise: float) -> float:
    """The chance of a report of evidence whose chance is p, from a source that may be unreliable: r p + (1 - r) f."""
    return reliability * p + (1 - reliability) * otherwise


def joint(p1: float, p2: float, rho: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The chances of two clues together: `joint(...)[a][b]`, where a and b are 1 if the clue is there and 0 if not.

    p11 = p1 p2 + rho sqrt(p1 q1 p2 q2), the rest by the margins (Humphreys and Jacobs 2015 use the same table).

    Raises:
        ValueError: If no pair of clues with these chances can be so correlated.
    """
    p11 = p1 * p2 + rho * sqrt(p1 * (1 - p1) * p2 * (1 - p2))
    table = ((1 - p1 - p2 + p11, p2 - p11), (p1 - p11, p11))
    if min(*table[0], *table[1]) < -1e-12:
        raise ValueError(f"clues of chance {p1:g} and {p2:g} cannot be correlated by {rho:g}")
    return table


def effective_number(k: int, rho: float) -> float:
    """How many independent pieces k pieces with the correlation rho are worth: k / (1 + (k - 1) rho)."""
    return k / (1 + (k - 1) * rho)


def test_name(p: float, q: float, threshold: float) -> TestName:
    """What sort of test a clue is of a hypothesis against another.

    Args:
        p: The chance of the clue if the hypothesis is true.
        q: The same if the other is.
        threshold: Decibels from which finding it confirms (smoking gun), or not finding it disconfirms (hoop).
    """
    confirms = decibels(p, q) >= threshold
    disconfirms = decibels(1 - p, 1 - q) <= -threshold
    if confirms:
        return "doubly decisive" if disconfirms else "smoking gun"
    return "hoop" if disconfirms else "straw in the wind"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence: the chance of what was observed under each hypothesis, with its lowest and highest value."""

    id: str
    chances: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]
    cluster: str
    block: str
    """Pieces whose chances are given one another share a block; otherwise its own id."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one piece adds to the odds, in decibels, after what it repeats of others is taken off."""

    id: str
    cluster: str
    alone: float
    """What it would add if nothing else were known."""
    counted: float


def _log_likelihood(pieces: Sequence[Piece], chances: Callable[[Piece], float], rho: Correlations) -> float:
    return fsum(log(chances(piece)) * share for piece, share in zip(pieces, shares(pieces, rho), strict=True))


def shares(pieces: Sequence[Piece], rho: Correlations) -> list[float]:
    """What each piece counts, from 0 to 1: the effective number of the blocks of its cluster over their number."""
    blocks: dict[str, set[str]] = {}
    for piece in pieces:
        blocks.setdefault(piece.cluster, set()).add(piece.block)
    counted = {name: effective_number(len(found), rho(name)) / len(found) for name, found in blocks.items()}
    return [counted[piece.cluster] for piece in pieces]


def posterior(prior: Mapping[str, float], pieces: Sequence[Piece], rho: Correlations) -> dict[str, float]:
    """The probability of each hypothesis after the evidence.

    Args:
        prior: Weights before it, above 0; they need not add up to 1.
        pieces: The evidence.
        rho: The correlation within each cluster.
    """
    return _normalised(
        {h: log(p) + _log_likelihood(pieces, lambda piece, h=h: piece.chances[h], rho) for h, p in prior.items()}  # type: ignore[misc]
    )


def _normalised(logs: Mapping[str, float]) -> dict[str, float]:
    top = max(logs.values())
    weights = {h: exp(x - top) for h, x in logs.items()}
    total = fsum(weights.values())
    return {h: w / total for h, w in weights.items()}


def posterior_bounds(
    prior: Mapping[str, tuple[float, float]], pieces: Sequence[Piece], rho: Correlations
) -> dict[str, tuple[float, float]]:
    """The lowest and highest probability of each hypothesis, as every prior and likelihood takes its worst value.

    Exact, since the posterior rises with the hypothesis's own likelihoods and falls with all others.
    """
    lows = {h: log(p[0]) + _log_likelihood(pieces, lambda piece, h=h: piece.low[h], rho) for h, p in prior.items()}  # type: ignore[misc]
    highs = {h: log(p[1]) + _log_likelihood(pieces, lambda piece, h=h: piece.high[h], rho) for h, p in prior.items()}  # type: ignore[misc]
    return {h: (_normalised({**highs, h: lows[h]})[h], _normalised({**lows, h: highs[h]})[h]) for h in prior}


def parts(pieces: Sequence[Piece], i: str, j: str, rho: Correlations) -> list[Part]:
    """What each piece adds to the odds of i to j, in decibels; they add up to the whole weight of the evidence."""
    return [
        Part(piece.id, piece.cluster, alone, alone * share)
        for piece, share in zip(pieces, shares(pieces, rho), strict=True)
        for alone in [decibels(piece.chances[i], piece.chances[j])]
    ]


@dataclass(frozen=True, slots=True)
class Losses:
    """The fewest pieces without which one hypothesis no longer leads another, and such a set of them."""

    number: int
    pieces: tuple[str, ...]


def fewest_losses(
    prior: Mapping[str, float], pieces: Sequence[Piece], i: str, j: str, rho: Correlations
) -> Losses | None:
    """The fewest blocks of evidence whose loss puts j ahead of i; None if not even the loss of all does.

    Of a cluster that loses m blocks it is worst to lose the m that speak most for i, since those that are left count
    alike; so each cluster gives one number for each m, and the least m over all clusters is found by dynamic
    programming. Exact.
    """
    weights: dict[str, dict[str, float]] = {}
    members: dict[str, list[str]] = {}
    for piece in pieces:
        cluster = weights.setdefault(piece.cluster, {})
        cluster[piece.block] = cluster.get(piece.block, 0) + decibels(piece.chances[i], piece.chances[j])
        members.setdefault(piece.block, []).append(piece.id)
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (decibels(prior[i], prior[j]), ())}
    for name, blocks in weights.items():
        ranked = sorted(blocks, key=lambda block: -blocks[block])
        options = []
        for m in range(len(ranked) + 1):
            left = [blocks[block] for block in ranked[m:]]
            weight = effective_number(len(left), rho(name)) * fsum(left) / len(left) if left else 0.0
            options.append((weight, tuple(ranked[:m])))
        following: dict[int, tuple[float, tuple[str, ...]]] = {}
        for lost, (weight, chosen) in best.items():
            for m, (its, gone) in enumerate(options):
                if lost + m not in following or weight + its < following[lost + m][0]:
                    following[lost + m] = (weight + its, chosen + gone)
        best = following
    for number in sorted(best):
        weight, gone = best[number]
        if weight < -1e-9:
            return Losses(number, tuple(id for block in gone for id in members[block]))
    return None


def failing_correlation(margin: Callable[[float], float], steps: int = 200) -> float | None:
    """The least correlation from which a margin is below 0; None if none up to 1 is, 0 if it is so at once.

    Args:
        margin: From a correlation common to all clusters to what must stay above 0. Evaluated on a grid, then bisected;
            a dip narrower than the grid is missed.
        steps: How fine the grid is.
    """
    if margin(0) < 0:
        return 0.0
    for step in range(1, steps + 1):
        if margin(step / steps) < 0:
            low, high = (step - 1) / steps, step / steps
            for _ in range(40):
                middle = (low + high) / 2
                low, high = (low, middle) if margin(middle) < 0 else (middle, high)
            return high
    return None


def information(prior: Mapping[str, float], chances: Mapping[str, float]) -> float:
    """How much one may expect to learn, in bits, from looking whether a clue is there."""
    total = fsum(prior.values())
    p = {h: w / total for h, w in prior.items()}
    gained = 0.0
    for seen in (chances, {h: 1 - c for h, c in chances.items()}):
        marginal = fsum(p[h] * seen[h] for h in p)
        gained += fsum(p[h] * seen[h] * log(seen[h] / marginal) for h in p if seen[h] > 0)
    return max(0.0, gained / log(2))
