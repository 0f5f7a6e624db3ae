"""Bayesian updating over hypotheses that exclude each other, in decibels.

The odds of hypothesis i to hypothesis j after the evidence, in decibels (10 log10 of the odds), are those before it
plus the weight of each piece k,

    W_k = 10 log10( P(E_k | H_i) / P(E_k | H_j) )

(Good 1950; Jaynes 2003, ch. 4; for process tracing Fairfield and Charman 2017). Pieces of evidence of one cluster
(one speaker, one report) repeat each other: k of them with the correlation rho among any two count as

    k / (1 + (k - 1) rho)

so that the weight of a cluster is that number times the mean weight of its pieces. For the variance of a mean that is
Kish's effective sample size (Kish 1965); to use it on weights of evidence is a rule of thumb of ours, and one of its
effects is that a piece which says nothing on a question dilutes those that do. Where the chance of one piece given
another is known it is better than any correlation: such pieces form a block, whose chances multiply as they stand.
Names of tests after Van Evera (1997) and Collier (2011); that decibels name them is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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

    p11 = p1 p2 + rho sqrt(p1 q1 p2 q2), the rest by the margins; as in the process-tracing design of the
    package DesignLibrary.

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
    """What sort of test of a hypothesis it is to look for a clue.

    Args:
        p: The chance of the clue if the hypothesis is true.
        q: The same if the other is.
        threshold: Decibels from which finding it confirms (smoking gun), or not finding it disconfirms (hoop). A clue
            that speaks against the hypothesis by as much is a test of the other: ask with p and q exchanged.
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
    tied: bool = False
    """Whether all chances come from one number: then `low` holds all of them at its lowest value, `high` at its
    highest; otherwise each chance has a lowest and highest value by itself."""

    def ends(self, hypothesis: str, *, best: bool) -> Mapping[str, float]:
        """The chances, within what they may be, that are best or worst for a hypothesis against all others."""
        if self.tied:
            most = max((self.low, self.high), key=lambda chances: chances[hypothesis])
            least = self.high if most is self.low else self.low
            return most if best else least
        own, others = (self.high, self.low) if best else (self.low, self.high)
        return {h: own[h] if h == hypothesis else p for h, p in others.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """What one piece adds to the odds, in decibels, after what it repeats of others is taken off."""

    id: str
    cluster: str
    alone: float
    """What it would add if nothing else were known."""
    counted: float


def _log_likelihoods(
    prior: Mapping[str, float], found: Sequence[tuple[Mapping[str, float], float]]
) -> dict[str, float]:
    return {h: log(p) + fsum(log(chances[h]) * share for chances, share in found) for h, p in prior.items()}


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
    counted = shares(pieces, rho)
    return _normalised(
        _log_likelihoods(prior, [(piece.chances, share) for piece, share in zip(pieces, counted, strict=True)])
    )


def _normalised(logs: Mapping[str, float]) -> dict[str, float]:
    top = max(logs.values())
    weights = {h: exp(x - top) for h, x in logs.items()}
    total = fsum(weights.values())
    return {h: w / total for h, w in weights.items()}


def posterior_bounds(
    prior: Mapping[str, tuple[float, float]], pieces: Sequence[Piece], rho: Correlations
) -> dict[str, tuple[float, float]]:
    """The lowest and highest probability of each hypothesis, as every prior and piece takes its worst value by itself.

    Exact for pieces and priors that vary independently, since the posterior rises with the hypothesis's own chances,
    and with whatever ties others to them, and falls with the rest; an outer bound where they vary together.
    """
    counted = shares(pieces, rho)

    def extreme(hypothesis: str, *, best: bool) -> float:
        own, others = (1, 0) if best else (0, 1)
        weights = {h: p[own if h == hypothesis else others] for h, p in prior.items()}
        found = [(piece.ends(hypothesis, best=best), share) for piece, share in zip(pieces, counted, strict=True)]
        return _normalised(_log_likelihoods(weights, found))[hypothesis]

    return {h: (extreme(h, best=False), extreme(h, best=True)) for h in prior}


def parts(pieces: Sequence[Piece], i: str, j: str, rho: Correlations) -> list[Part]:
    """What each piece adds to the odds of i to j, in decibels; they add up to the whole weight of the evidence."""
    return [
        Part(piece.id, piece.cluster, alone, alone * share)
        for piece, share in zip(pieces, shares(pieces, rho), strict=True)
        for alone in [decibels(piece.chances[i], piece.chances[j])]
    ]


_LEVEL = 1e-9
"""Decibels within which two hypotheses are level."""


@dataclass(frozen=True, slots=True)
class Losses:
    """The fewest pieces whose loss costs a hypothesis its lead over another, and such a set of them."""

    number: int
    pieces: tuple[str, ...]


def fewest_losses(
    prior: Mapping[str, float], pieces: Sequence[Piece], i: str, j: str, rho: Correlations, *, to_a_tie: bool = False
) -> Losses | None:
    """The fewest blocks of evidence whose loss puts j ahead of i, or level with it; None if no loss does.

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
        if weight < (_LEVEL if to_a_tie else -_LEVEL):
            return Losses(number, tuple(id for block in gone for id in members[block]))
    return None


def failing_correlations(margin: Callable[[float], float], steps: int = 200) -> list[tuple[float, float]]:
    """The correlations, from 0 to 1, at which a margin is below 0, as stretches from lowest to highest.

    Args:
        margin: From a correlation common to all clusters to what must stay above 0. Evaluated on a grid, the ends of
            stretches then bisected; a dip narrower than the grid is missed.
        steps: How fine the grid is.
    """

    def below(rho: float) -> bool:
        return margin(rho) < -1e-12

    def edge(low: float, high: float) -> float:
        before = below(low)
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if below(middle) == before else (low, middle)
        return high

    grid = [step / steps for step in range(steps + 1)]
    stretches: list[tuple[float, float]] = []
    begun = 0.0 if below(0) else None
    for low, high in pairwise(grid):
        if below(low) != below(high):
            if begun is None:
                begun = edge(low, high)
            else:
                stretches.append((begun, edge(low, high)))
                begun = None
    return [*stretches, (begun, 1.0)] if begun is not None else stretches


def information(prior: Mapping[str, float], chances: Mapping[str, float]) -> float:
    """How much one may expect to learn, in bits, from looking whether a clue is there."""
    total = fsum(prior.values())
    p = {h: w / total for h, w in prior.items()}
    gained = 0.0
    for seen in (chances, {h: 1 - c for h, c in chances.items()}):
        marginal = fsum(p[h] * seen[h] for h in p)
        gained += fsum(p[h] * seen[h] * log(seen[h] / marginal) for h in p if seen[h] > 0)
    return max(0.0, gained / log(2))
