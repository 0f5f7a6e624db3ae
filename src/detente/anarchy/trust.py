"""Beginning to cooperate with somebody whose motives are not known: trust, reassurance, information.

A trustworthy side would rather cooperate with one that does, R > T; an untrustworthy one would rather exploit it. How
likely the other is held to be trustworthy is t. The threshold is that of the assurance game; that it is Kydd's (2005)
minimum trust threshold is from memory. Reassurance in two rounds is our own version of Kydd (2000), and may differ from
his in detail.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from detente.anarchy.game import Payoffs

Play = Literal["separating", "pooling", "refusal"]
PLAYS: dict[Play, str] = {
    "separating": "the trustworthy take the first step and the untrustworthy do not",
    "pooling": "both kinds take the first step",
    "refusal": "neither kind takes the first step",
}
"""What the two kinds may do in the first round."""


def trust_threshold(payoffs: Payoffs) -> float:
    """The least t at which a trustworthy side cooperates, if trustworthy ones do: (P - S) / ((R - T) + (P - S)).

    Above 1 where cooperating with one that cooperates is not worth it, R < T: then no trust is enough.
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
    """A side as it is if trustworthy, and if not."""

    trustworthy: Payoffs
    untrustworthy: Payoffs


def band(kinds: Kinds, t: float) -> tuple[float, float]:
    """How large a first step must be, as a share of all that is at stake, to tell the trustworthy from the others.

    In the first round the share a is at stake, then the rest, if both took the step. Large enough that one who means to
    exploit would rather do so at once, small enough that one who does not dares to take it:

        t (a (T' - R') - (1 - a) (T' - P')) + (1 - t) a (P' - S') >= 0      the untrustworthy do not pretend
        t (a (R - T) + (1 - a) (R - P)) >= (1 - t) a (P - S)                the trustworthy are willing

    Returns:
        The least and the greatest share; the first above the second where no step does it.
    """
    u, g = kinds.untrustworthy, kinds.trustworthy
    below = t * (u.T - u.R) + t * (u.T - u.P) + (1 - t) * (u.P - u.S)
    low = 0.0 if u.T <= u.P else t * (u.T - u.P) / below if below > 0 else math.inf
    above = t * (g.T - g.P) + (1 - t) * (g.P - g.S)
    high = 1.0 if above <= 0 else t * (g.R - g.P) / above
    return low, min(high, 1.0)


def reassurable(kinds: Kinds) -> tuple[float, float] | None:
    """The span of t within which some first step tells the kinds apart; None if there is none.

    The ends of the band meet where b (t (T - P) + (1 - t) (P - S)) = (R - P) (t (a + b) + (1 - t) c), with a = T' - R',
    b = T' - P', c = P' - S': a line in t, so one crossing at most. From 0 to 1 means that the band is there whatever
    the trust, which is then a property of the payoffs and no finding about t.
    """
    u, g = kinds.untrustworthy, kinds.trustworthy
    a, b, c = u.T - u.R, u.T - u.P, u.P - u.S
    if g.R <= g.P:
        return None

    def slack(t: float) -> float:
        return (g.R - g.P) * (t * (a + b) + (1 - t) * c) - b * (t * (g.T - g.P) + (1 - t) * (g.P - g.S))

    low, high = slack(0.0), slack(1.0)
    if low < 0 and high < 0:
        return None
    crossing = low / (low - high) if low != high else 0.0
    return (0.0 if low >= 0 else crossing, 1.0 if high >= 0 else crossing)


def plays(kinds: Kinds, t: float, step: float) -> dict[Play, float]:
    """What the two kinds may do in equilibrium, and what a trustworthy side expects from it beyond mutual defection.

    Symmetric pure equilibria. In the second round both cooperate if they are trustworthy and trust each other enough;
    who does not take a step that others take is held to be untrustworthy. Refusal is always one: a single step is not
    answered.
    """
    g, u = kinds.trustworthy, kinds.untrustworthy
    rest = 1 - step
    found: dict[Play, float] = {}
    low, high = band(kinds, t)
    if low <= step <= high:
        found["separating"] = t * g.R + (1 - t) * (step * g.S + rest * g.P) - g.P
    trusted = t >= trust_threshold(g)
    later = t * g.R + (1 - t) * g.S if trusted else g.P
    later_for_others = t * u.T + (1 - t) * u.P if trusted else u.P
    willing = step * g.R + rest * later >= step * g.T + rest * g.P
    pretending = step * u.R + rest * later_for_others >= step * u.T + rest * u.P
    if willing and pretending:
        found["pooling"] = step * g.R + rest * later - g.P
    if g.P >= g.S and u.P >= u.S:
        found["refusal"] = 0.0
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
