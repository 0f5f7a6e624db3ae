"""The analysis of competing hypotheses: which of them does the evidence contradict least?

After Heuer (1999, ch. 8): evidence is rated against every hypothesis, and the hypothesis with the least
inconsistency is to be kept, not the one with most in its favour. With ratings v from -2 to 2 and 0 neutral,

    I(h) = sum over evidence e of credibility_e * relevance_e * max(0, -v_eh)^q

with q = 1 for the count of steps and q = 2 for their squares (as the program Open Synthesis has it). Credibility and
relevance as weights are those of PARC's program for the method (from memory); Heuer himself counts by hand, and warns
against trusting the count. A rating that does not apply is left out; counting it as neutral, as Open Synthesis does,
would favour hypotheses to which little applies. Diagnosticity is the spread of an item's ratings over the hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import pstdev

RATINGS = (-2, -1, 0, 1, 2)
RATING_SYMBOLS = {-2: "−−", -1: "−", 0: "0", 1: "+", 2: "++"}
SCORING_RULES = {1: "the count", 2: "the squares"}


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence with its ratings; a hypothesis to which it does not apply is left out of them."""

    id: str
    ratings: Mapping[str, int]
    weight: Fraction = Fraction(1)
    """Credibility times relevance."""
    joint_judgement: bool = False
    """Whether its ratings come from one judgement, so that changing it changes them together."""


@dataclass(frozen=True, slots=True)
class HypothesisRanking:
    """The hypotheses by what speaks against them."""

    inconsistency: dict[str, Fraction]
    consistency: dict[str, Fraction]
    """What speaks for each, by the same rule: shown where the first ties, and never more than that."""
    leader: str | None
    """The hypothesis with least inconsistency, or None at a tie."""


def _inconsistency_points(rating: int, q: int) -> Fraction:
    return Fraction(max(0, -rating) ** q)


def rank_hypotheses(items: Sequence[EvidenceItem], hypotheses: Sequence[str], q: int = 1) -> HypothesisRanking:
    """The inconsistency of each hypothesis.

    Args:
        items: The evidence.
        hypotheses: At least one.
        q: 1 for the count of steps, 2 for their squares.

    Example:
        >>> from detente.methods.inference.competing_hypotheses import EvidenceItem, rank_hypotheses
        >>> items = [EvidenceItem("e1", {"bluff": -2, "attack": 1}), EvidenceItem("e2", {"bluff": 0, "attack": -1})]
        >>> ranking = rank_hypotheses(items, ["bluff", "attack"])
        >>> {h: int(score) for h, score in ranking.inconsistency.items()}, ranking.leader
        ({'bluff': 2, 'attack': 1}, 'attack')
    """
    inconsistency, consistency = dict.fromkeys(hypotheses, Fraction(0)), dict.fromkeys(hypotheses, Fraction(0))
    for item in items:
        for h, rating in item.ratings.items():
            inconsistency[h] += item.weight * _inconsistency_points(rating, q)
            consistency[h] += item.weight * _inconsistency_points(-rating, q)
    least = min(inconsistency.values())
    leaders = [h for h, score in inconsistency.items() if score == least]
    return HypothesisRanking(inconsistency, consistency, leaders[0] if len(leaders) == 1 else None)


def diagnosticity(item: EvidenceItem) -> float:
    """How far an item tells the hypotheses apart: the population standard deviation of its ratings.

    Example:
        >>> from detente.methods.inference.competing_hypotheses import EvidenceItem, diagnosticity
        >>> diagnosticity(EvidenceItem("e1", {"a": 2, "b": -2})), diagnosticity(EvidenceItem("e2", {"a": 1, "b": 1}))
        (2.0, 0.0)
    """
    return pstdev(item.ratings.values()) if len(item.ratings) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class MatrixFlip:
    """The fewest changes of judgement that put another hypothesis before the leader, and such a set."""

    change_count: int
    rival: str
    changes: tuple[tuple[str, str], ...]
    """The item of each, and the hypothesis against which it is rated otherwise; nothing where all its ratings are."""


def minimum_matrix_changes(items: Sequence[EvidenceItem], hypotheses: Sequence[str], q: int = 1) -> MatrixFlip | None:
    """What overturns a ranking; None at a tie, or if no change does.

    The leader's rating is changed to the worst, a rival's to neutral: of an item with one judgement both at once, else
    one by one. Changes are independent and add up, so the fewest is the least k for which the k largest exceed the
    rival's distance, least over rivals.

    Example:
        >>> from detente.methods.inference.competing_hypotheses import EvidenceItem, minimum_matrix_changes
        >>> items = [EvidenceItem("e1", {"bluff": -2, "attack": 1}), EvidenceItem("e2", {"bluff": 0, "attack": -1})]
        >>> minimum_matrix_changes(items, ["bluff", "attack"])
        MatrixFlip(change_count=1, rival='bluff', changes=(('e1', 'attack'),))
    """
    ranking = rank_hypotheses(items, hypotheses, q)
    if ranking.leader is None:
        return None
    best: MatrixFlip | None = None
    for rival in hypotheses:
        if rival == ranking.leader:
            continue
        options = [change for item in items for change in _rating_changes(item, ranking.leader, rival, q)]
        distance, total_gain = ranking.inconsistency[rival] - ranking.inconsistency[ranking.leader], Fraction(0)
        changes: list[tuple[str, str]] = []
        for gain, id, h in sorted(options, key=lambda option: -option[0]):
            total_gain += gain
            changes.append((id, h))
            if total_gain > distance and (best is None or len(changes) < best.change_count):
                best = MatrixFlip(len(changes), rival, tuple(changes))
                break
    return best


def _rating_changes(item: EvidenceItem, leader: str, rival: str, q: int) -> list[tuple[Fraction, str, str]]:
    """By how much changing an item's ratings can bring a rival nearer to the leader."""
    changes = []
    if leader in item.ratings:
        worst = _inconsistency_points(RATINGS[0], q) - _inconsistency_points(item.ratings[leader], q)
        changes.append((item.weight * worst, item.id, leader))
    if rival in item.ratings:
        changes.append((item.weight * _inconsistency_points(item.ratings[rival], q), item.id, rival))
    if item.joint_judgement and changes:
        return [(sum((gain for gain, _, _ in changes), Fraction(0)), item.id, "")]
    return changes
