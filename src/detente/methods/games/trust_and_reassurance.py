"""Beginning to cooperate with somebody whose motives are not known: trust, reassurance, information.

A trustworthy side would rather cooperate with one that does, R > T; an untrustworthy one would rather exploit it. How
likely the other is held to be trustworthy is t. The threshold is that of the assurance game; that it is Kydd's (2005)
minimum trust threshold is from memory. Reassurance in two rounds is our own version of Kydd (2000), and may differ from
his in detail.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from detente.methods.games.two_by_two import Payoffs

Play = Literal["separating", "pooling", "refusal"]
PLAYS: dict[Play, str] = {
    "separating": "the trustworthy take the first step and the untrustworthy do not",
    "pooling": "both kinds take the first step",
    "refusal": "neither kind takes the first step",
}
"""What the two kinds may do in the first round."""


def trust_threshold(payoffs: Payoffs) -> float:
    """The least t from which on a side cooperates, if trustworthy ones do: (P - S) / ((R - T) + (P - S)).

    Above 1 where cooperating with one that cooperates is not worth it, R < T: then no trust is enough. (Where a side
    would rather cooperate with one that does not, S > P, more trust may make it cooperate less; infinite, too.)
    """
    risk = payoffs.P - payoffs.S
    if risk <= 0:
        return 0.0 if payoffs.R >= payoffs.T else math.inf
    worth = payoffs.R - payoffs.T
    return risk / (worth + risk) if worth > -risk else math.inf


def repeated(payoffs: Payoffs, discount: float) -> Payoffs:
    """The game of cooperating until betrayed against defecting, over all rounds, as a mean over rounds so discounted.

    The shadow of the future can make a Stag Hunt of a Prisoner's Dilemma (Skyrms 2004): who is left alone is so only in
    the first round.
    """
    first = 1 - discount
    return Payoffs(
        T=first * payoffs.T + discount * payoffs.P,
        R=payoffs.R,
        P=payoffs.P,
        S=first * payoffs.S + discount * payoffs.P,
    )


@dataclass(frozen=True, slots=True)
class Kinds:
    """A side as it is if trustworthy, and if not: payoffs, or for `band` anything with T, R, P and S."""

    trustworthy: Any
    untrustworthy: Any


def band(kinds: Kinds, t: Any) -> tuple[Any, Any]:
    """How large a first step must be, as a share of all that is at stake, to tell the trustworthy from the others.

    In the first round the share a is at stake, then the rest, if both took the step. Large enough that one who means to
    exploit would rather do so at once, small enough that one who does not dares to take it:

        t (a (T' - R') - (1 - a) (M' - P')) + (1 - t) a (P' - S') >= 0      the untrustworthy do not pretend
        t (a (R - T) + (1 - a) (R - P)) >= (1 - t) a (P - S)                the trustworthy are willing

    with M' = max(T', R'), what who pretended takes in the end.

    Args:
        kinds: Payoffs as numbers, or as arrays of one shape.
        t: How likely the other is held to be trustworthy; a number, or an array of that shape.

    Returns:
        The least and the greatest share; the first is above the second where no step does it, and where the kinds are
        none: who is trustworthy has R >= T, and either kind would rather defect against who defects, P >= S.
    """
    import numpy as np

    u, g = kinds.untrustworthy, kinds.trustworthy
    taken = np.maximum(u.T, u.R) - u.P
    with np.errstate(divide="ignore", invalid="ignore"):
        below = t * (u.T - u.R) + t * taken + (1 - t) * (u.P - u.S)
        low = np.where(taken <= 0, 0.0, np.where(below > 0, t * taken / np.where(below > 0, below, 1.0), np.inf))
        above = t * (g.T - g.P) + (1 - t) * (g.P - g.S)
        high = np.where(above <= 0, 1.0, t * (g.R - g.P) / np.where(above > 0, above, 1.0))
    low = np.where((g.R >= g.T) & (g.P >= g.S) & (u.P >= u.S), low, np.inf)
    high = np.minimum(high, 1.0)
    return (float(low), float(high)) if np.ndim(low) == 0 else (low, high)


def reassurable(kinds: Kinds) -> tuple[float, float] | None:
    """The span of t within which some first step tells the kinds apart; None if there is none.

    Either condition is a line in t: the band's ends meet where b (t (T - P) + (1 - t) (P - S)) = (R - P) (t (a + b) +
    (1 - t) c), and its lower end is all that is at stake where t a + (1 - t) c = 0, with a = T' - R', b = M' - P', c =
    P' - S'. From 0 to 1 means that the band is there whatever the trust, which is then a property of the payoffs and no
    finding about t.
    """
    u, g = kinds.untrustworthy, kinds.trustworthy
    a, b, c = u.T - u.R, max(u.T, u.R) - u.P, u.P - u.S
    if g.R <= g.P or g.R < g.T or g.P < g.S or c < 0:
        return None
    lines = (
        ((g.R - g.P) * c - b * (g.P - g.S), (g.R - g.P) * (a + b) - b * (g.T - g.P)),
        (c, a),
    )
    low, high = 0.0, 1.0
    for at_none, at_full in lines:
        if at_none < 0 and at_full < 0:
            return None
        crossing = at_none / (at_none - at_full) if at_none != at_full else 0.0
        low, high = max(low, crossing if at_none < 0 else 0.0), min(high, crossing if at_full < 0 else 1.0)
    return (low, high) if low < high else None


def plays(sides: Sequence[tuple[Kinds, float]], step: float) -> dict[Play, tuple[float, ...]]:
    """What both may do in equilibrium, and what either expects from it beyond mutual defection, if it is trustworthy.

    Equilibria in pure strategies in which the kinds of both sides do alike. In the second round those cooperate who are
    trustworthy, if both sides trust each other enough by then; who does not take a step that others take is held to be
    untrustworthy. Refusal is always one: a single step is not answered.

    Args:
        sides: For either side its kinds, and how likely it holds the other to be trustworthy.
        step: The share at stake in the first round.
    """
    found: dict[Play, tuple[float, ...]] = {}
    rest = 1 - step
    bands = [band(kinds, t) for kinds, t in sides]
    if all(low <= step <= high for low, high in bands):
        found["separating"] = tuple(
            t * g.R + (1 - t) * (step * g.S + rest * g.P) - g.P for g, t in ((k.trustworthy, t) for k, t in sides)
        )
    trusted = all(t >= trust_threshold(kinds.trustworthy) for kinds, t in sides)
    pooled = []
    for kinds, t in sides:
        g, u = kinds.trustworthy, kinds.untrustworthy
        later = t * g.R + (1 - t) * g.S if trusted else g.P
        others_later = t * u.T + (1 - t) * u.P if trusted else u.P
        willing = step * g.R + rest * later >= step * g.T + rest * g.P
        pretending = step * u.R + rest * others_later >= step * u.T + rest * u.P
        if willing and pretending:
            pooled.append(step * g.R + rest * later - g.P)
    if len(pooled) == len(sides):
        found["pooling"] = tuple(pooled)
    if all(k.trustworthy.P >= k.trustworthy.S and k.untrustworthy.P >= k.untrustworthy.S for k, _ in sides):
        found["refusal"] = tuple(0.0 for _ in sides)
    return found


def updated(t: float, if_trustworthy: float, if_not: float) -> float:
    """Trust after a sign, by Bayes.

    Args:
        t: Trust before.
        if_trustworthy: The chance of the sign if the other is trustworthy.
        if_not: Its chance if the other is not.
    """
    seen = t * if_trustworthy + (1 - t) * if_not
    return t * if_trustworthy / seen if seen > 0 else t


def cooperating(payoffs: Payoffs, t: float) -> float:
    """What a trustworthy side gains beyond mutual defection by cooperating where it dares to; 0 where it does not."""
    if t < trust_threshold(payoffs):
        return 0.0
    return max(t * payoffs.R + (1 - t) * payoffs.S - payoffs.P, 0.0)


def informed(payoffs: Payoffs, t: float, if_trustworthy: float, if_not: float) -> float:
    """The same with a sign seen before, good or bad: what a trustworthy side expects before it sees which."""
    good = t * if_trustworthy + (1 - t) * if_not
    return good * cooperating(payoffs, updated(t, if_trustworthy, if_not)) + (1 - good) * cooperating(
        payoffs, updated(t, 1 - if_trustworthy, 1 - if_not)
    )


def tilted(payoffs: Payoffs, offence: float) -> Payoffs:
    """Payoffs where offence counts for more or less: how much is won by exploiting, and lost by being exploited.

    Jervis (1978) says it in words; that both T - P and P - S are multiplied by the same factor is ours. At 1 payoffs
    are as given; at 0 nothing can be won or lost by surprise.
    """
    return Payoffs(
        payoffs.P + offence * (payoffs.T - payoffs.P),
        payoffs.R,
        payoffs.P,
        payoffs.P - offence * (payoffs.P - payoffs.S),
    )


def tipping(payoffs: Payoffs) -> float:
    """How much offence must count for a Stag Hunt to become a Prisoner's Dilemma: (R - P) / (T - P)."""
    return (payoffs.R - payoffs.P) / (payoffs.T - payoffs.P) if payoffs.T > payoffs.P else math.inf
