"""The congruence test: which theory do the motives in a table fit best?

Each row of a table (a motive) is coded to one theory first of all, and perhaps to others besides. A
primary reading counts 1, a secondary one s, between 0 and 1, and each row its weight w:

    S(t) = sum over rows i of w_i * x_it

The theory with the highest S has the verdict; equal highest sums are a tie. All sums are exact
(fractions). After the congruence method of George and Bennett (2005, ch. 9); the arithmetic is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

SECONDARY_WEIGHTS = (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1))
"""What a secondary reading may count; every verdict is given under each."""


@dataclass(frozen=True, slots=True)
class MotiveCode:
    """How one row is read: the theory that explains it first of all, and those that do so besides.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import MotiveCode
        >>> code = MotiveCode("realism", frozenset({"liberalism"}))
        >>> str(code), str(code.credit_for("liberalism", Fraction(1, 2)))
        ('realism (liberalism)', '1/2')
    """

    primary: str | None = None
    secondary: frozenset[str] = frozenset()

    def credit_for(self, theory: str, s: Fraction) -> Fraction:
        """What the row counts for a theory before weighting."""
        if theory == self.primary:
            return Fraction(1)
        return s if theory in self.secondary else Fraction(0)

    def __str__(self) -> str:
        secondary_text = f" ({', '.join(sorted(self.secondary))})" if self.secondary else ""
        return (self.primary or "nothing") + secondary_text


@dataclass(frozen=True, slots=True)
class CodedMotive:
    """One motive in a table: its id, how it is coded, what it weighs."""

    unit: str
    code: MotiveCode
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class CongruenceTally:
    """The sums of a table under one treatment of secondary readings, and what follows.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import CodedMotive, MotiveCode, tally_scores
        >>> rows = [CodedMotive(unit, MotiveCode(theory)) for unit, theory in zip("12345", ["r", "r", "r", "r", "l"])]
        >>> tally_scores(rows[3:], ["r", "l"], Fraction(0)).tied_leaders
        ('r', 'l')
    """

    s: Fraction
    scores: dict[str, Fraction]
    leader: str | None
    """The theory with the highest sum, or None at a tie."""
    margin: Fraction
    """Highest sum less second highest."""

    @property
    def tied_leaders(self) -> tuple[str, ...]:
        """The theories that share the highest sum, if more than one does."""
        highest = max(self.scores.values(), default=Fraction(0))
        return () if self.leader else tuple(t for t, score in self.scores.items() if score == highest)


def tally_scores(rows: Sequence[CodedMotive], theories: Sequence[str], s: Fraction) -> CongruenceTally:
    """The sums of each theory over the rows, and the verdict.

    Args:
        rows: The rows of one table.
        theories: The theories held against them, at least one.
        s: What a secondary reading counts, from 0 to 1.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.inference.congruence import CodedMotive, MotiveCode, tally_scores
        >>> rows = [CodedMotive(unit, MotiveCode(theory)) for unit, theory in zip("12345", ["r", "r", "r", "r", "l"])]
        >>> tally = tally_scores(rows, ["r", "l"], Fraction(1, 2))
        >>> tally.leader, int(tally.margin)
        ('r', 3)
    """
    scores = {t: sum((row.weight * row.code.credit_for(t, s) for row in rows), Fraction(0)) for t in theories}
    descending_scores = sorted(scores.values(), reverse=True)
    margin = descending_scores[0] - descending_scores[1] if len(descending_scores) > 1 else descending_scores[0]
    leader = next(t for t, score in scores.items() if score == descending_scores[0]) if margin > 0 else None
    return CongruenceTally(s, scores, leader, margin)


def allowed_codes(theories: Sequence[str]) -> list[MotiveCode]:
    """The codes a row can have: one primary theory, and at most one secondary one.

    Example:
        >>> from detente.methods.inference.congruence import allowed_codes
        >>> [str(code) for code in allowed_codes(["r", "l"])]
        ['r', 'r (l)', 'l', 'l (r)']
    """
    codes = []
    for primary in theories:
        codes.append(MotiveCode(primary))
        codes += [MotiveCode(primary, frozenset({other})) for other in theories if other != primary]
    return codes
