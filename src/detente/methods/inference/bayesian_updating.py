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

TracingTestName = Literal["straw-in-the-wind", "hoop", "smoking-gun", "doubly-decisive"]
ClusterCorrelations = Callable[[str], float]
"""The correlation within a cluster, by its name."""


def ratio_in_decibels(p: float, q: float) -> float:
    """10 log10(p/q): 2 to 1 is 3.01, 10 to 1 is 10; infinite where one of them is 0.

    Example:
        >>> from detente.methods.inference.bayesian_updating import ratio_in_decibels
        >>> round(ratio_in_decibels(0.8, 0.4), 2), round(ratio_in_decibels(1.0, 0.1), 2)
        (3.01, 10.0)
    """
    if p == q:
        return 0.0
    return inf if q == 0 else -inf if p == 0 else 10 * (log10(p) - log10(q))


def report_likelihood(p: float, reliability: float, false_report_chance: float) -> float:
    """The chance of a report of evidence whose chance is p, from a source that may be unreliable: r p + (1 - r) f.

    Example:
        >>> from detente.methods.inference.bayesian_updating import report_likelihood
        >>> report_likelihood(0.5, reliability=0.5, false_report_chance=0.25)
        0.375
    """
    return reliability * p + (1 - reliability) * false_report_chance


def joint_clue_probabilities(p1: float, p2: float, rho: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The chances of two clues together: `joint(...)[a][b]`, where a and b are 1 if the clue is there and 0 if not.

    p11 = p1 p2 + rho sqrt(p1 q1 p2 q2), the rest by the margins; as in the process-tracing design of the
    package DesignLibrary.

    Raises:
        ValueError: If no pair of clues with these chances can be so correlated.

    Example:
        >>> from detente.methods.inference.bayesian_updating import joint_clue_probabilities
        >>> joint_clue_probabilities(0.5, 0.5, rho=0.5)[1][1]
        0.375
    """
    p11 = p1 * p2 + rho * sqrt(p1 * (1 - p1) * p2 * (1 - p2))
    table = ((1 - p1 - p2 + p11, p2 - p11), (p1 - p11, p11))
    if min(*table[0], *table[1]) < -1e-12:
        raise ValueError(f"clues of chance {p1:g} and {p2:g} cannot be correlated by {rho:g}")
    return table


def effective_number(k: int, rho: float) -> float:
    """How many independent pieces k pieces with the correlation rho are worth: k / (1 + (k - 1) rho).

    Example:
        >>> from detente.methods.inference.bayesian_updating import effective_number
        >>> effective_number(4, rho=1.0), effective_number(4, rho=0.0), effective_number(3, rho=0.5)
        (1.0, 4.0, 1.5)
    """
    return k / (1 + (k - 1) * rho)


def process_tracing_test(p: float, q: float, threshold: float) -> TracingTestName:
    """What sort of test of a hypothesis it is to look for a clue.

    Args:
        p: The chance of the clue if the hypothesis is true.
        q: The same if the other is.
        threshold: Decibels from which finding it confirms (smoking gun), or not finding it disconfirms (hoop). A clue
            that speaks against the hypothesis by as much is a test of the other: ask with p and q exchanged.

    Example:
        >>> from detente.methods.inference.bayesian_updating import process_tracing_test
        >>> process_tracing_test(0.3, 0.01, threshold=10), process_tracing_test(0.99, 0.5, threshold=10)
        ('smoking-gun', 'hoop')
    """
    confirms = ratio_in_decibels(p, q) >= threshold
    disconfirms = ratio_in_decibels(1 - p, 1 - q) <= -threshold
    if confirms:
        return "doubly-decisive" if disconfirms else "smoking-gun"
    return "hoop" if disconfirms else "straw-in-the-wind"


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """A piece of evidence: the chance of what was observed under each hypothesis, with its lowest and highest value.

    Example:
        >>> from detente.methods.inference.bayesian_updating import EvidencePiece
        >>> low, high = {"a": 0.6, "b": 0.1}, {"a": 0.9, "b": 0.3}
        >>> said = EvidencePiece("said", {"a": 0.8, "b": 0.2}, low, high, "speaker", "said")
        >>> said.extreme_likelihoods("a", favourable=True)
        {'a': 0.9, 'b': 0.1}
    """

    id: str
    likelihoods: Mapping[str, float]
    low_likelihoods: Mapping[str, float]
    high_likelihoods: Mapping[str, float]
    cluster: str
    dependence_group: str
    """Pieces whose chances are given one another share a block; otherwise its own id."""
    is_tied: bool = False
    """Whether all chances come from one number: then `low` holds all of them at its lowest value, `high` at its
    highest; otherwise each chance has a lowest and highest value by itself."""

    def extreme_likelihoods(self, hypothesis: str, *, favourable: bool) -> Mapping[str, float]:
        """The chances, within what they may be, that are best or worst for a hypothesis against all others."""
        if self.is_tied:
            highest = max((self.low_likelihoods, self.high_likelihoods), key=lambda chances: chances[hypothesis])
            lowest = self.high_likelihoods if highest is self.low_likelihoods else self.low_likelihoods
            return highest if favourable else lowest
        own_likelihoods, other_likelihoods = (
            (self.high_likelihoods, self.low_likelihoods)
            if favourable
            else (self.low_likelihoods, self.high_likelihoods)
        )
        return {h: own_likelihoods[h] if h == hypothesis else p for h, p in other_likelihoods.items()}


@dataclass(frozen=True, slots=True)
class EvidenceContribution:
    """What one piece adds to the odds, in decibels, after what it repeats of others is taken off."""

    id: str
    cluster: str
    unadjusted_db: float
    """What it would add if nothing else were known."""
    adjusted_db: float


def _log_likelihoods(
    prior: Mapping[str, float], weighted_likelihoods: Sequence[tuple[Mapping[str, float], float]]
) -> dict[str, float]:
    return {
        h: log(p) + fsum(log(likelihoods[h]) * weight for likelihoods, weight in weighted_likelihoods)
        for h, p in prior.items()
    }


def piece_weights(pieces: Sequence[EvidencePiece], rho: ClusterCorrelations) -> list[float]:
    """What each piece counts, from 0 to 1: the effective number of the blocks of its cluster over their number.

    Example:
        >>> from detente.methods.inference.bayesian_updating import EvidencePiece, piece_weights
        >>> low, high = {"a": 0.6, "b": 0.1}, {"a": 0.9, "b": 0.3}
        >>> said = EvidencePiece("said", {"a": 0.8, "b": 0.2}, low, high, "speaker", "said")
        >>> same = EvidencePiece("same", said.likelihoods, low, high, "speaker", "same")
        >>> piece_weights([said, same], lambda cluster: 1.0)  # the second repeats the first
        [0.5, 0.5]
    """
    groups_by_cluster: dict[str, set[str]] = {}
    for piece in pieces:
        groups_by_cluster.setdefault(piece.cluster, set()).add(piece.dependence_group)
    weight_by_cluster = {
        name: effective_number(len(groups), rho(name)) / len(groups) for name, groups in groups_by_cluster.items()
    }
    return [weight_by_cluster[piece.cluster] for piece in pieces]


def posterior_probabilities(
    prior: Mapping[str, float], pieces: Sequence[EvidencePiece], rho: ClusterCorrelations
) -> dict[str, float]:
    """The probability of each hypothesis after the evidence.

    Args:
        prior: Weights before it, above 0; they need not add up to 1.
        pieces: The evidence.
        rho: The correlation within each cluster.

    Example:
        >>> from detente.methods.inference.bayesian_updating import EvidencePiece, posterior_probabilities
        >>> prior = {"a": 1.0, "b": 1.0}
        >>> low, high = {"a": 0.6, "b": 0.1}, {"a": 0.9, "b": 0.3}
        >>> said = EvidencePiece("said", {"a": 0.8, "b": 0.2}, low, high, "speaker", "said")
        >>> done = EvidencePiece("done", {"a": 0.6, "b": 0.3}, {"a": 0.5, "b": 0.2}, high, "record", "done")
        >>> posterior = posterior_probabilities(prior, [said, done], lambda cluster: 0.0)
        >>> {h: round(p, 4) for h, p in posterior.items()}  # 8 to 1
        {'a': 0.8889, 'b': 0.1111}
    """
    weights = piece_weights(pieces, rho)
    return _normalise_logs(
        _log_likelihoods(prior, [(piece.likelihoods, weight) for piece, weight in zip(pieces, weights, strict=True)])
    )


def _normalise_logs(logs: Mapping[str, float]) -> dict[str, float]:
    highest = max(logs.values())
    weights = {h: exp(x - highest) for h, x in logs.items()}
    total = fsum(weights.values())
    return {h: w / total for h, w in weights.items()}


def posterior_bounds(
    prior: Mapping[str, tuple[float, float]], pieces: Sequence[EvidencePiece], rho: ClusterCorrelations
) -> dict[str, tuple[float, float]]:
    """The lowest and highest probability of each hypothesis, as every prior and piece takes its worst value by itself.

    Exact for pieces and priors that vary independently, since the posterior rises with the hypothesis's own chances,
    and with whatever ties others to them, and falls with the rest; an outer bound where they vary together.

    Example:
        >>> from detente.methods.inference.bayesian_updating import EvidencePiece, posterior_bounds
        >>> prior = {"a": 1.0, "b": 1.0}
        >>> low, high = {"a": 0.6, "b": 0.1}, {"a": 0.9, "b": 0.3}
        >>> said = EvidencePiece("said", {"a": 0.8, "b": 0.2}, low, high, "speaker", "said")
        >>> done = EvidencePiece("done", {"a": 0.6, "b": 0.3}, {"a": 0.5, "b": 0.2}, high, "record", "done")
        >>> bounds = posterior_bounds({"a": (1.0, 1.0), "b": (1.0, 1.0)}, [said, done], lambda cluster: 0.0)
        >>> [round(p, 4) for p in bounds["a"]]
        [0.7692, 0.9759]
    """
    piece_shares = piece_weights(pieces, rho)

    def extreme_posterior(hypothesis: str, *, favourable: bool) -> float:
        own_end, other_end = (1, 0) if favourable else (0, 1)
        weights = {h: p[own_end if h == hypothesis else other_end] for h, p in prior.items()}
        weighted_likelihoods = [
            (piece.extreme_likelihoods(hypothesis, favourable=favourable), share)
            for piece, share in zip(pieces, piece_shares, strict=True)
        ]
        return _normalise_logs(_log_likelihoods(weights, weighted_likelihoods))[hypothesis]

    return {h: (extreme_posterior(h, favourable=False), extreme_posterior(h, favourable=True)) for h in prior}


def contributions_to_odds(
    pieces: Sequence[EvidencePiece], i: str, j: str, rho: ClusterCorrelations
) -> list[EvidenceContribution]:
    """What each piece adds to the odds of i to j, in decibels; they add up to the whole weight of the evidence.

    Example:
        >>> from detente.methods.inference.bayesian_updating import EvidencePiece, contributions_to_odds
        >>> prior = {"a": 1.0, "b": 1.0}
        >>> low, high = {"a": 0.6, "b": 0.1}, {"a": 0.9, "b": 0.3}
        >>> said = EvidencePiece("said", {"a": 0.8, "b": 0.2}, low, high, "speaker", "said")
        >>> done = EvidencePiece("done", {"a": 0.6, "b": 0.3}, {"a": 0.5, "b": 0.2}, high, "record", "done")
        >>> contributions = contributions_to_odds([said, done], "a", "b", lambda cluster: 0.0)
        >>> [(each.id, round(each.adjusted_db, 2)) for each in contributions]
        [('said', 6.02), ('done', 3.01)]
    """
    return [
        EvidenceContribution(piece.id, piece.cluster, unadjusted_db, unadjusted_db * weight)
        for piece, weight in zip(pieces, piece_weights(pieces, rho), strict=True)
        for unadjusted_db in [ratio_in_decibels(piece.likelihoods[i], piece.likelihoods[j])]
    ]


_TIE_TOLERANCE = 1e-9
"""Decibels within which two hypotheses are level."""


@dataclass(frozen=True, slots=True)
class EvidenceLoss:
    """The fewest pieces whose loss costs a hypothesis its lead over another, and such a set of them."""

    group_count: int
    pieces: tuple[str, ...]


def minimum_evidence_loss(
    prior: Mapping[str, float],
    pieces: Sequence[EvidencePiece],
    i: str,
    j: str,
    rho: ClusterCorrelations,
    *,
    until_tie: bool = False,
) -> EvidenceLoss | None:
    """The fewest blocks of evidence whose loss puts j ahead of i, or level with it; None if no loss does.

    Of a cluster that loses m blocks it is worst to lose the m that speak most for i, since those that are left count
    alike; so each cluster gives one number for each m, and the least m over all clusters is found by dynamic
    programming. Exact.

    Example:
        >>> from detente.methods.inference.bayesian_updating import EvidencePiece, minimum_evidence_loss
        >>> prior = {"a": 1.0, "b": 1.0}
        >>> low, high = {"a": 0.6, "b": 0.1}, {"a": 0.9, "b": 0.3}
        >>> said = EvidencePiece("said", {"a": 0.8, "b": 0.2}, low, high, "speaker", "said")
        >>> done = EvidencePiece("done", {"a": 0.6, "b": 0.3}, {"a": 0.5, "b": 0.2}, high, "record", "done")
        >>> minimum_evidence_loss(prior, [said, done], "a", "b", lambda cluster: 0.0, until_tie=True)
        EvidenceLoss(group_count=2, pieces=('said', 'done'))
    """
    cluster_weights: dict[str, dict[str, float]] = {}
    pieces_by_group: dict[str, list[str]] = {}
    for piece in pieces:
        group_totals = cluster_weights.setdefault(piece.cluster, {})
        group_totals[piece.dependence_group] = group_totals.get(piece.dependence_group, 0) + ratio_in_decibels(
            piece.likelihoods[i], piece.likelihoods[j]
        )
        pieces_by_group.setdefault(piece.dependence_group, []).append(piece.id)
    best_by_count: dict[int, tuple[float, tuple[str, ...]]] = {0: (ratio_in_decibels(prior[i], prior[j]), ())}
    for cluster_name, group_weights in cluster_weights.items():
        ranked_groups = sorted(group_weights, key=lambda group: -group_weights[group])
        cluster_options = []
        for m in range(len(ranked_groups) + 1):
            remaining = [group_weights[group] for group in ranked_groups[m:]]
            weight = (
                effective_number(len(remaining), rho(cluster_name)) * fsum(remaining) / len(remaining)
                if remaining
                else 0.0
            )
            cluster_options.append((weight, tuple(ranked_groups[:m])))
        updated: dict[int, tuple[float, tuple[str, ...]]] = {}
        for lost_count, (weight, groups_so_far) in best_by_count.items():
            for m, (option_weight, lost_groups) in enumerate(cluster_options):
                if lost_count + m not in updated or weight + option_weight < updated[lost_count + m][0]:
                    updated[lost_count + m] = (weight + option_weight, groups_so_far + lost_groups)
        best_by_count = updated
    for group_count in sorted(best_by_count):
        weight, lost_groups = best_by_count[group_count]
        if weight < (_TIE_TOLERANCE if until_tie else -_TIE_TOLERANCE):
            return EvidenceLoss(group_count, tuple(id for group in lost_groups for id in pieces_by_group[group]))
    return None


def failing_correlations(margin: Callable[[float], float], steps: int = 200) -> list[tuple[float, float]]:
    """The correlations, from 0 to 1, at which a margin is below 0, as stretches from lowest to highest.

    Args:
        margin: From a correlation common to all clusters to what must stay above 0. Evaluated on a grid, the ends of
            stretches then bisected; a dip narrower than the grid is missed.
        steps: How fine the grid is.

    Example:
        >>> from detente.methods.inference.bayesian_updating import failing_correlations
        >>> [(round(low, 4), high) for low, high in failing_correlations(lambda rho: 0.25 - rho)]
        [(0.25, 1.0)]
    """

    def is_below(rho: float) -> bool:
        return margin(rho) < -1e-12

    def crossing(low: float, high: float) -> float:
        starts_below = is_below(low)
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if is_below(middle) == starts_below else (low, middle)
        return high

    grid = [step / steps for step in range(steps + 1)]
    intervals: list[tuple[float, float]] = []
    start = 0.0 if is_below(0) else None
    for low, high in pairwise(grid):
        if is_below(low) != is_below(high):
            if start is None:
                start = crossing(low, high)
            else:
                intervals.append((start, crossing(low, high)))
                start = None
    return [*intervals, (start, 1.0)] if start is not None else intervals


def expected_information(prior: Mapping[str, float], likelihoods: Mapping[str, float]) -> float:
    """How much one may expect to learn, in bits, from looking whether a clue is there.

    Example:
        >>> from detente.methods.inference.bayesian_updating import expected_information
        >>> expected_information({"a": 1, "b": 1}, {"a": 1.0, "b": 0.0})  # a clue that settles it
        1.0
    """
    prior_sum = fsum(prior.values())
    p = {h: w / prior_sum for h, w in prior.items()}
    information_gain = 0.0
    for outcome_likelihoods in (likelihoods, {h: 1 - c for h, c in likelihoods.items()}):
        marginal = fsum(p[h] * outcome_likelihoods[h] for h in p)
        information_gain += fsum(
            p[h] * outcome_likelihoods[h] * log(outcome_likelihoods[h] / marginal)
            for h in p
            if outcome_likelihoods[h] > 0
        )
    return max(0.0, information_gain / log(2))
