"""Strategies whose chances follow from the payoffs of the game: zero-determinant ones, and generous tit for tat.

A memory-one strategy whose chances of cooperating, less 1 after its own C, are a multiple of

    slope (own - base) - (other - base)

over the four outcomes holds both payoffs on the line other - base = slope (own - base) in the long run, whatever the
other does, since that sum is 0 in any stationary distribution (Press and Dyson 2012, who have slope 0 in equation 8 and
base P in equations 12 to 14, as 1 / chi; these numbers are from memory). In this form it is equation 14 of Hilbe, Nowak
and Sigmund (2013), after the documentation of axelrod 4.13.1. Those that extort have base P; the generous ones of
Stewart and Plotkin (2012) have base R.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.methods.games.two_by_two import Payoffs

AXELROD = Payoffs(T=5.0, R=3.0, P=1.0, S=0.0)
"""The payoffs of the first tournament (Axelrod 1980)."""
ROUNDING = 1e-12
"""By how much, beside the span of payoffs, a sum may miss 0."""


class OutOfReach(ValueError):
    """What a strategy is for cannot be had with the payoffs of a game."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line on which a strategy holds both payoffs: other - base = slope (own - base).

    Example:
        >>> from detente.methods.games.strategies.zero_determinant import Line
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> Line(base="neither", slope=0.5, pace=0.1).bases(Payoffs(T=5, R=3, P=1, S=0), Payoffs(T=5, R=3, P=1, S=0))
        (1, 1)
    """

    base: float | str
    """A payoff through which it goes, of both sides; or `both` or `neither`, for what each gets by these."""
    slope: float
    """What the other gets beyond the base for each unit that one gets oneself: 0 pins the other to the base."""
    pace: float
    """The multiple: the greater, the sooner payoffs are on the line. At most as great as leaves chances, whatever."""

    def bases(self, own: Payoffs, other: Payoffs) -> tuple[float, float]:
        """The point through which it goes: what one gets there, and what the other gets."""
        if isinstance(self.base, str):
            letter = {"both": "R", "neither": "P"}[self.base]
            return getattr(own, letter), getattr(other, letter)
        return self.base, self.base


def zero_determinant_chances(
    line: Line, own: Payoffs, other: Payoffs | None = None
) -> tuple[float, float, float, float]:
    """The chance of cooperating after CC, CD, DC and DD that holds both payoffs on a line.

    Args:
        line: The line.
        own: The payoffs of who plays.
        other: Those of the other, seen from its side; as own, unless given.

    Raises:
        OutOfReach: If no chances do so with these payoffs.

    Example:
        >>> from detente.methods.games.strategies.zero_determinant import Line, zero_determinant_chances
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> extort_2 = Line(base="neither", slope=0.5, pace=1 / 9)
        >>> chances = zero_determinant_chances(extort_2, Payoffs(T=5, R=3, P=1, S=0))  # 8/9, 1/2, 1/3, 0
        >>> [round(chance, 4) for chance in chances]
        [0.8889, 0.5, 0.3333, 0.0]
    """
    theirs = other or own
    base, their_base = line.bases(own, theirs)
    seen = (theirs.R, theirs.T, theirs.S, theirs.P)  # what the other gets after each outcome as one sees it
    sums = [line.slope * (mine - base) - (yours - their_base) for mine, yours in zip(own.by_outcome, seen, strict=True)]
    small = ROUNDING * max(max(map(abs, own.by_outcome)), max(map(abs, seen)))
    sums = [0.0 if abs(x) <= small else x for x in sums]
    # After one's own C chances fall from 1, after D they rise from 0, and neither may be left.
    if sums[0] > 0 or sums[1] > 0 or sums[2] < 0 or sums[3] < 0 or not any(sums):
        goal = _line_message(line, base, their_base, theirs)
        raise OutOfReach(f"with {_payoffs_message(own)} no chances hold the payoffs on {goal}")
    pace = min(line.pace, 1 / max(map(abs, sums)))
    after_c = (1 + pace * sums[0], 1 + pace * sums[1])
    chances = (*after_c, pace * sums[2], pace * sums[3])
    cc, cd, dc, dd = (min(max(chance, 0.0), 1.0) for chance in chances)
    return cc, cd, dc, dd


def generosity(own: Payoffs) -> float:
    """The chance of forgiving a defection that keeps errors cheap and cooperating best: of generous tit for tat.

    The lesser of 1 - (T - R) / (R - S) and (R - P) / (T - P) (Molander 1985; Nowak and Sigmund 1992); 0 where any
    forgiveness would be exploited, 1 where none is.

    Raises:
        OutOfReach: If both cooperating is no better than cooperating alone, or exploiting no better than neither.

    Example:
        >>> from detente.methods.games.strategies.zero_determinant import generosity
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> round(generosity(Payoffs(T=5, R=3, P=1, S=0)), 4)  # Nowak and Sigmund (1992): a third
        0.3333
    """
    if own.R <= own.S or own.T <= own.P:
        raise OutOfReach(f"generous tit for tat is for R above S and T above P, and not for {_payoffs_message(own)}")
    chance = min(1 - (own.T - own.R) / (own.R - own.S), (own.R - own.P) / (own.T - own.P))
    return min(max(chance, 0.0), 1.0)


def _payoffs_message(own: Payoffs) -> str:
    return ", ".join(f"{letter} {getattr(own, letter):g}" for letter in "TRPS")


def _line_message(line: Line, base: float, their_base: float, theirs: Payoffs) -> str:
    if line.slope == 0:
        low, high = max(theirs.S, theirs.P), min(theirs.R, theirs.T)
        reach = f"from {low:g} to {high:g} can be" if low <= high else "no payoff can be"
        return f"{their_base:g} for the other; {reach}"
    through = f"{base:g}" if base == their_base else f"{base:g} and {their_base:g}"
    return f"a line through {through} on which the other gets {line.slope:g} of what one gets beyond"
