"""The analysis of competing hypotheses: which of them does the evidence contradict least?

After Heuer (1999, ch. 8): evidence is rated against every hypothesis, and the hypothesis with the least
inconsistency stands, not the one with most in its favour. With ratings v from -2 to 2 and 0 neutral,

    I(h) = sum over evidence e of credibility_e * relevance_e * max(0, -v_eh)^q

with q = 1 for the count of steps (Heuer) and q = 2 for their squares (as the program Open Synthesis has it). A
rating that does not apply is left out; counting it as neutral, as that program does, would favour hypotheses to
which little applies. Diagnosticity is the spread of an item's ratings over the hypotheses.
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
class CellFlip:
    """The fewest ratings whose change makes another hypothesis the least inconsistent one, and such a set."""

    number: int
    rival: str
    cells: tuple[tuple[str, str], ...]
    """The item and the hypothesis of each rating."""


def flip(items: Sequence[Item], hypotheses: Sequence[str], q: int = 1) -> CellFlip | None:
    """What overturns a ranking; None at a tie, or if no change does.

    Ratings are changed one by one: the leader's to the worst, a rival's to neutral. They are independent and add up,
    so the fewest is the least k for which the k largest changes exceed the rival's distance, least over rivals.
    """
    found = rank(items, hypotheses, q)
    if found.leader is None:
        return None
    best: CellFlip | None = None
    for rival in hypotheses:
        if rival == found.leader:
            continue
        changes = []
        for item in items:
            if found.leader in item.ratings:
                worst = _against(RATINGS[0], q) - _against(item.ratings[found.leader], q)
                changes.append((item.weight * worst, item.id, found.leader))
            if rival in item.ratings:
                changes.append((item.weight * _against(item.ratings[rival], q), item.id, rival))
        distance, gained = found.inconsistency[rival] - found.inconsistency[found.leader], Fraction(0)
        cells: list[tuple[str, str]] = []
        for change, id, h in sorted(changes, key=lambda c: -c[0]):
            gained += change
            cells.append((id, h))
            if gained > distance and (best is None or len(cells) < best.number):
                best = CellFlip(len(cells), rival, tuple(cells))
                break
    return best
