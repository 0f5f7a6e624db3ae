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

ReassurancePlay = Literal["separating", "pooling", "refusal"]


def trust_threshold(payoffs: Payoffs) -> float:
    """The least t from which on a side cooperates, if trustworthy ones do: (P - S) / ((R - T) + (P - S)).

    Above 1 where cooperating with one that cooperates is not worth it, R < T: then no trust is enough. (Where a side
    would rather cooperate with one that does not, S > P, more trust may make it cooperate less; infinite, too.)

    Example:
        >>> from detente.methods.games.trust_and_reassurance import trust_threshold
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> trust_threshold(Payoffs(T=3, R=4, P=2, S=1))  # a Stag Hunt
        0.5
    """
    risk = payoffs.P - payoffs.S
    if risk <= 0:
        return 0.0 if payoffs.R >= payoffs.T else math.inf
    cooperation_premium = payoffs.R - payoffs.T
    return risk / (cooperation_premium + risk) if cooperation_premium > -risk else math.inf


def repeated_payoffs(payoffs: Payoffs, discount: float) -> Payoffs:
    """The game of cooperating until betrayed against defecting, over all rounds, as a mean over rounds so discounted.

    The shadow of the future can make a Stag Hunt of a Prisoner's Dilemma (Skyrms 2004): who is left alone is so only in
    the first round.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import repeated_payoffs
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> repeated_payoffs(Payoffs(T=5, R=3, P=1, S=0), discount=0.5)
        Payoffs(T=3.0, R=3, P=1, S=0.5)
    """
    first_round_weight = 1 - discount
    return Payoffs(
        T=first_round_weight * payoffs.T + discount * payoffs.P,
        R=payoffs.R,
        P=payoffs.P,
        S=first_round_weight * payoffs.S + discount * payoffs.P,
    )


@dataclass(frozen=True, slots=True)
class PlayerTypes:
    """A side as it is if trustworthy, and if not: payoffs, or for `reassurance_band` anything with T, R, P and S."""

    trustworthy: Any
    untrustworthy: Any


def reassurance_band(player_types: PlayerTypes, t: Any) -> tuple[Any, Any]:
    """How large a first step must be, as a share of all that is at stake, to tell the trustworthy from the others.

    In the first round the share a is at stake, then the rest, if both took the step. Large enough that one who means to
    exploit would rather do so at once, small enough that one who does not dares to take it:

        t (a (T' - R') - (1 - a) (M' - P')) + (1 - t) a (P' - S') >= 0      the untrustworthy do not pretend
        t (a (R - T) + (1 - a) (R - P)) >= (1 - t) a (P - S)                the trustworthy are willing

    with M' = max(T', R'), what who pretended takes in the end.

    Args:
        player_types: Payoffs as numbers, or as arrays of one shape.
        t: How likely the other is held to be trustworthy; a number, or an array of that shape.

    Returns:
        The least and the greatest share; the first is above the second where no step does it, and where the kinds are
        none: who is trustworthy has R >= T, and either kind would rather defect against who defects, P >= S.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import PlayerTypes, reassurance_band
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> types = PlayerTypes(trustworthy=Payoffs(T=3, R=4, P=2, S=1), untrustworthy=Payoffs(T=5, R=4, P=2, S=1))
        >>> [round(share, 4) for share in reassurance_band(types, t=0.4)]
        [0.5455, 0.8]
    """
    import numpy as np

    u, g = player_types.untrustworthy, player_types.trustworthy
    exploitation_gain = np.maximum(u.T, u.R) - u.P
    with np.errstate(divide="ignore", invalid="ignore"):
        lower_denominator = t * (u.T - u.R) + t * exploitation_gain + (1 - t) * (u.P - u.S)
        lower = np.where(
            exploitation_gain <= 0,
            0.0,
            np.where(
                lower_denominator > 0,
                t * exploitation_gain / np.where(lower_denominator > 0, lower_denominator, 1.0),
                np.inf,
            ),
        )
        upper_denominator = t * (g.T - g.P) + (1 - t) * (g.P - g.S)
        upper = np.where(
            upper_denominator <= 0, 1.0, t * (g.R - g.P) / np.where(upper_denominator > 0, upper_denominator, 1.0)
        )
    lower = np.where((g.R >= g.T) & (g.P >= g.S) & (u.P >= u.S), lower, np.inf)
    upper = np.minimum(upper, 1.0)
    return (float(lower), float(upper)) if np.ndim(lower) == 0 else (lower, upper)


def reassurable_trust_range(player_types: PlayerTypes) -> tuple[float, float] | None:
    """The span of t within which some first step tells the kinds apart; None if there is none.

    Either condition is a line in t: the band's ends meet where b (t (T - P) + (1 - t) (P - S)) = (R - P) (t (a + b) +
    (1 - t) c), and its lower end is all that is at stake where t a + (1 - t) c = 0, with a = T' - R', b = M' - P', c =
    P' - S'. From 0 to 1 means that the band is there whatever the trust, which is then a property of the payoffs and no
    finding about t.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import PlayerTypes, reassurable_trust_range
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> types = PlayerTypes(trustworthy=Payoffs(T=3, R=4, P=2, S=1), untrustworthy=Payoffs(T=5, R=4, P=2, S=1))
        >>> [round(t, 4) for t in reassurable_trust_range(types) or ()]
        [0.1667, 1.0]
    """
    u, g = player_types.untrustworthy, player_types.trustworthy
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


def reassurance_equilibria(
    sides: Sequence[tuple[PlayerTypes, float]], step: float
) -> dict[ReassurancePlay, tuple[float, ...]]:
    """What both may do in equilibrium, and what either expects from it beyond mutual defection, if it is trustworthy.

    Equilibria in pure strategies in which the kinds of both sides do alike. In the second round those cooperate who are
    trustworthy, if both sides trust each other enough by then; who does not take a step that others take is held to be
    untrustworthy. Refusal is always one: a single step is not answered.

    Args:
        sides: For either side its kinds, and how likely it holds the other to be trustworthy.
        step: The share at stake in the first round.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import PlayerTypes, reassurance_equilibria
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> types = PlayerTypes(trustworthy=Payoffs(T=3, R=4, P=2, S=1), untrustworthy=Payoffs(T=5, R=4, P=2, S=1))
        >>> sorted(reassurance_equilibria([(types, 0.4), (types, 0.4)], step=0.8))
        ['refusal', 'separating']
    """
    equilibria: dict[ReassurancePlay, tuple[float, ...]] = {}
    remaining_stake = 1 - step
    bands = [reassurance_band(player_types, t) for player_types, t in sides]
    if all(low <= step <= high for low, high in bands):
        equilibria["separating"] = tuple(
            t * g.R + (1 - t) * (step * g.S + remaining_stake * g.P) - g.P
            for g, t in ((k.trustworthy, t) for k, t in sides)
        )
    mutual_trust = all(t >= trust_threshold(player_types.trustworthy) for player_types, t in sides)
    pooling_gains = []
    for player_types, t in sides:
        g, u = player_types.trustworthy, player_types.untrustworthy
        trustworthy_later = t * g.R + (1 - t) * g.S if mutual_trust else g.P
        untrustworthy_later = t * u.T + (1 - t) * u.P if mutual_trust else u.P
        trustworthy_willing = step * g.R + remaining_stake * trustworthy_later >= step * g.T + remaining_stake * g.P
        untrustworthy_pretends = (
            step * u.R + remaining_stake * untrustworthy_later >= step * u.T + remaining_stake * u.P
        )
        if trustworthy_willing and untrustworthy_pretends:
            pooling_gains.append(step * g.R + remaining_stake * trustworthy_later - g.P)
    if len(pooling_gains) == len(sides):
        equilibria["pooling"] = tuple(pooling_gains)
    if all(k.trustworthy.P >= k.trustworthy.S and k.untrustworthy.P >= k.untrustworthy.S for k, _ in sides):
        equilibria["refusal"] = tuple(0.0 for _ in sides)
    return equilibria


def posterior_trust(t: float, sign_if_trustworthy: float, sign_if_untrustworthy: float) -> float:
    """Trust after a sign, by Bayes.

    Args:
        t: Trust before.
        sign_if_trustworthy: The chance of the sign if the other is trustworthy.
        sign_if_untrustworthy: Its chance if the other is not.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import posterior_trust
        >>> posterior_trust(0.5, sign_if_trustworthy=0.75, sign_if_untrustworthy=0.25)
        0.75
    """
    sign_probability = t * sign_if_trustworthy + (1 - t) * sign_if_untrustworthy
    return t * sign_if_trustworthy / sign_probability if sign_probability > 0 else t


def cooperation_gain(payoffs: Payoffs, t: float) -> float:
    """What a trustworthy side gains beyond mutual defection by cooperating where it dares to; 0 where it does not.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import cooperation_gain
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> cooperation_gain(Payoffs(T=3, R=4, P=2, S=1), t=0.75), cooperation_gain(Payoffs(T=3, R=4, P=2, S=1), t=0.25)
        (1.25, 0.0)
    """
    if t < trust_threshold(payoffs):
        return 0.0
    return max(t * payoffs.R + (1 - t) * payoffs.S - payoffs.P, 0.0)


def informed_cooperation_gain(
    payoffs: Payoffs, t: float, sign_if_trustworthy: float, sign_if_untrustworthy: float
) -> float:
    """The same with a sign seen before, good or bad: what a trustworthy side expects before it sees which.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import informed_cooperation_gain
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> payoffs = Payoffs(T=3, R=4, P=2, S=1)
        >>> informed_cooperation_gain(payoffs, 0.25, sign_if_trustworthy=1.0, sign_if_untrustworthy=0.0)
        0.5
    """
    good_sign = t * sign_if_trustworthy + (1 - t) * sign_if_untrustworthy
    return good_sign * cooperation_gain(payoffs, posterior_trust(t, sign_if_trustworthy, sign_if_untrustworthy)) + (
        1 - good_sign
    ) * cooperation_gain(payoffs, posterior_trust(t, 1 - sign_if_trustworthy, 1 - sign_if_untrustworthy))


def payoffs_with_offence(payoffs: Payoffs, offence: float) -> Payoffs:
    """Payoffs where offence counts for more or less: how much is won by exploiting, and lost by being exploited.

    Jervis (1978) says it in words; that both T - P and P - S are multiplied by the same factor is ours. At 1 payoffs
    are as given; at 0 nothing can be won or lost by surprise.

    Example:
        >>> from detente.methods.games.trust_and_reassurance import payoffs_with_offence
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> payoffs_with_offence(Payoffs(T=3, R=4, P=2, S=1), offence=3)
        Payoffs(T=5, R=4, P=2, S=-1)
    """
    return Payoffs(
        payoffs.P + offence * (payoffs.T - payoffs.P),
        payoffs.R,
        payoffs.P,
        payoffs.P - offence * (payoffs.P - payoffs.S),
    )


def stag_hunt_tipping_offence(payoffs: Payoffs) -> float:
    """How much offence must count for a Stag Hunt to become a Prisoner's Dilemma: (R - P) / (T - P).

    Example:
        >>> from detente.methods.games.trust_and_reassurance import stag_hunt_tipping_offence
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> stag_hunt_tipping_offence(Payoffs(T=3, R=4, P=2, S=1))
        2.0
    """
    return (payoffs.R - payoffs.P) / (payoffs.T - payoffs.P) if payoffs.T > payoffs.P else math.inf
