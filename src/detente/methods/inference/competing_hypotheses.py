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
WORDS = {-2: "−−", -1: "−", 0: "0", 1: "+", 2: "++"}
RULES = {1: "the count", 2: "the squares"}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence with its ratings; a hypothesis to which it does not apply is left out of them."""

    id: str
    ratings: Mapping[str, int]
    weight: Fraction = Fraction(1)
    """Credibility times relevance."""
    joint: bool = False
    """Whether its ratings come from one judgement, so that changing it changes them together."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hypotheses by what speaks against them."""

    inconsistency: dict[str, Fraction]
    consistency: dict[str, Fraction]
    """What speaks for each, by the same rule: shown where the first ties, and never more than that."""
    leader: str | None
    """The hypothesis with least inconsistency, or None at a tie."""


def _against(rating: int, q: int) -> Fraction:
    return Fraction(max(0, -rating) ** q)


def rank(items: Sequence[Item], hypotheses: Sequence[str], q: int = 1) -> Ranking:
    """The inconsistency of each hypothesis.

    Args:
        items: The evidence.
        hypotheses: At least one.
        q: 1 for the count of steps, 2 for their squares.
    """
    against, in_favour = dict.fromkeys(hypotheses, Fraction(0)), dict.fromkeys(hypotheses, Fraction(0))
    for item in items:
        for h, rating in item.ratings.items():
            against[h] += item.weight * _against(rating, q)
            in_favour[h] += item.weight * _against(-rating, q)
    least = min(against.values())
    leaders = [h for h, score in against.items() if score == least]
    return Ranking(against, in_favour, leaders[0] if len(leaders) == 1 else None)


def diagnosticity(item: Item) -> float:
    """How far an item tells the hypotheses apart: the population standard deviation of its ratings."""
    return pstdev(item.ratings.values()) if len(item.ratings) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class MatrixFlip:
    """The fewest changes of judgement that put another hypothesis before the leader, and such a set."""

    number: int
    rival: str
    changes: tuple[tuple[str, str], ...]
    """The item of each, and the hypothesis against which it is rated otherwise; nothing where all its ratings are."""


def flip(items: Sequence[Item], hypotheses: Sequence[str], q: int = 1) -> MatrixFlip | None:
    """What overturns a ranking; None at a tie, or if no change does.

    The leader's rating is changed to the worst, a rival's to neutral: of an item with one judgement both at once, else
    one by one. Changes are independent and add up, so the fewest is the least k for which the k largest exceed the
    rival's distance, least over rivals.
    """
    found = rank(items, hypotheses, q)
    if found.leader is None:
        return None
    best: MatrixFlip | None = None
    for rival in hypotheses:
        if rival == found.leader:
            continue
        options = [change for item in items for change in _changes(item, found.leader, rival, q)]
        distance, gained = found.inconsistency[rival] - found.inconsistency[found.leader], Fraction(0)
        changes: list[tuple[str, str]] = []
        for gain, id, h in sorted(options, key=lambda option: -option[0]):
            gained += gain
            changes.append((id, h))
            if gained > distance and (best is None or len(changes) < best.number):
                best = MatrixFlip(len(changes), rival, tuple(changes))
                break
    return best


def _changes(item: Item, leader: str, rival: str, q: int) -> list[tuple[Fraction, str, str]]:
    """By how much changing an item's ratings can bring a rival nearer to the leader."""
    single = []
    if leader in item.ratings:
        worst = _against(RATINGS[0], q) - _against(item.ratings[leader], q)
        single.append((item.weight * worst, item.id, leader))
    if rival in item.ratings:
        single.append((item.weight * _against(item.ratings[rival], q), item.id, rival))
    if item.joint and single:
        return [(sum((gain for gain, _, _ in single), Fraction(0)), item.id, "")]
    return single
