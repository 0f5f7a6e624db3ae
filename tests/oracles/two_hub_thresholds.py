"""Where the answering side begins to gain by a channel between organisations: in closed form, for the plain model.

One player N answers; an organisation of a hub R and small members offers. With A what N and R have to gain from each
other, B what N and the small members have, C what the small members have among themselves, all in the bilateral
channel, e how many times as much gets done across in the channel between organisations, and chi its exclusivity,

    through the hub:  gain_N = (e - 1)(A + B)/2 - chi (e B/6 + C/12)
                      gain_R - gain_N = -(e - 1) B/2 + chi (e B/2 + C/3)
    as one:           gain_N = (e - 1)(A + B)/2 - chi C/12
                      gain_O - gain_N = chi C/6

where O is the organisation as one. N minds the other's greater gain by k times the difference (Grieco 1988), and has
fixed costs. Nothing is lost on longer ways. The formulas are ours, from Myerson shares on a graph with two hubs; the
tests hold them against the model itself. Arguments may be arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64] | float
else:
    Numbers = Any

Form = Literal["hub", "collegiate"]


@dataclass(frozen=True)
class Stakes:
    """What is at stake: N with R, N with the small members, the small members among themselves."""

    hub: Numbers
    small: Numbers
    among_small: Numbers


def gain(stakes: Stakes, efficiency: Numbers, exclusivity: Numbers, form: Form = "hub") -> Numbers:
    """What N gains by the channel.

    Args:
        stakes: In the bilateral channel.
        efficiency: e, how many times as much gets done across as in the bilateral channel.
        exclusivity: chi, the chance that the bilateral links do not survive.
        form: How the channel is run.
    """
    done = (efficiency - 1) * (stakes.hub + stakes.small) / 2
    lost = stakes.among_small / 12 + (efficiency * stakes.small / 6 if form == "hub" else 0)
    return done - exclusivity * lost


def lead(stakes: Stakes, efficiency: Numbers, exclusivity: Numbers, form: Form = "hub") -> Numbers:
    """How much more than N the hub gains, or the organisation where it answers as one."""
    if form == "collegiate":
        return exclusivity * stakes.among_small / 6
    taken = efficiency * stakes.small / 2 + stakes.among_small / 3
    return exclusivity * taken - (efficiency - 1) * stakes.small / 2


def efficiency_threshold(
    stakes: Stakes, exclusivity: Numbers = 1.0, concern: Numbers = 0.0, fixed: Numbers = 0.0, form: Form = "hub"
) -> Numbers:
    """The efficiency from which N gains, its concern for relative gains and its fixed costs counted.

    Args:
        stakes: In the bilateral channel.
        exclusivity: chi.
        concern: k.
        fixed: What accepting costs N besides, in the units of the stakes.
        form: How the channel is run.
    """
    both, c = stakes.hub + stakes.small, stakes.among_small
    if form == "collegiate":
        return 1 + (exclusivity * c * (1 + 2 * concern) / 6 + 2 * fixed) / both
    above = both + concern * stakes.small + exclusivity * c * (1 + 4 * concern) / 6 + 2 * fixed
    return above / (both - exclusivity * stakes.small / 3 + concern * stakes.small * (1 - exclusivity))


def exclusivity_threshold(
    stakes: Stakes,
    efficiency: Numbers,
    concern: Numbers = 0.0,
    fixed: Numbers = 0.0,
    fixed_by_exclusivity: Numbers = 0.0,
    form: Form = "hub",
) -> Numbers:
    """The exclusivity up to which N gains.

    Args:
        stakes: In the bilateral channel.
        efficiency: e.
        concern: k.
        fixed: What accepting costs N besides.
        fixed_by_exclusivity: What it costs besides in proportion to exclusivity.
        form: How the channel is run.
    """
    b, c = stakes.small, stakes.among_small
    if form == "collegiate":
        won = (efficiency - 1) * (stakes.hub + b) / 2 - fixed
        return won / (c * (1 + 2 * concern) / 12 + fixed_by_exclusivity)
    won = (efficiency - 1) * (stakes.hub + (1 + concern) * b) / 2 - fixed
    lost = efficiency * b / 6 + c / 12 + concern * (efficiency * b / 2 + c / 3)
    return won / (lost + fixed_by_exclusivity)


@dataclass(frozen=True)
class Threat:
    """What a grave threat felt by both adds, and how well the bilateral channel deals with what takes all members."""

    raised: Numbers
    """lambda: how many times the stakes it adds where it is fully felt; all of it takes all members."""
    multilateral: Numbers
    """m: the part of the stakes that takes all members without it."""
    bilateral_efficiency: Numbers
    """omega: how much of what takes all members bilateral channels get done; the other channel gets all of it done."""
    within: Numbers = 1.0
    """How far it raises what the small members have to gain among themselves: 0 not at all, 1 alike."""


def threat_gain(
    stakes: Stakes,
    threat: Threat,
    felt: Numbers,
    exclusivity: Numbers = 1.0,
    concern: Numbers = 0.0,
    fixed: Numbers = 0.0,
) -> Numbers:
    """What accepting is worth to N through the hub, where both feel a threat: its concern shrinks as it grows.

    Args:
        stakes: In full, with nothing left undone, and without the threat.
        threat: What it adds.
        felt: T, from 0 to 1.
        exclusivity: chi.
        concern: k at T = 0; it is k (1 - T) under a threat (motivated by Powell 1991; the linear form is ours).
        fixed: What accepting costs N besides.
    """
    const, slope, lead_const, lead_slope = _lines(stakes, threat, exclusivity)
    return const + slope * felt - concern * (1 - felt) * (lead_const + lead_slope * felt) - fixed


def _lines(stakes: Stakes, threat: Threat, exclusivity: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Constant and slope, in the threat that is felt, of N's gain and of the hub's lead over it."""
    a, b, c = stakes.hub, stakes.small, stakes.among_small
    undone = threat.multilateral * (1 - threat.bilateral_efficiency)
    more_undone = threat.raised * (1 - threat.bilateral_efficiency)
    inner = threat.raised * threat.within * c
    return (
        undone * (a + b) / 2 - exclusivity * (b / 6 + c / 12),
        more_undone * (a + b) / 2 - exclusivity * (threat.raised * b / 6 + inner / 12),
        -undone * b / 2 + exclusivity * (b / 2 + c / 3),
        -more_undone * b / 2 + exclusivity * (threat.raised * b / 2 + inner / 3),
    )


def threat_threshold(
    stakes: Stakes, threat: Threat, exclusivity: float = 1.0, concern: float = 0.0, fixed: float = 0.0
) -> float | None:
    """The least threat, felt by both, from which N gains by accepting, if it does not without; None if none does.

    The smallest root from 0 to 1 of a quadratic. 0 if it gains without.
    """
    import numpy as np

    if float(threat_gain(stakes, threat, 0.0, exclusivity, concern, fixed)) >= 0:
        return 0.0
    const, slope, lead_const, lead_slope = (float(each) for each in _lines(stakes, threat, exclusivity))
    square = concern * lead_slope
    line, start = slope + concern * (lead_const - lead_slope), const - concern * lead_const - fixed
    if abs(square) <= 1e-12 * max(abs(line), abs(start)):
        roots = [-start / line] if line else []
    else:
        roots = [float(root.real) for root in np.roots([square, line, start]) if abs(root.imag) < 1e-12]
    return min((root for root in roots if 0 <= root <= 1), default=None)


def threat_can_do(stakes: Stakes, threat: Threat, exclusivity: Numbers = 1.0) -> Any:
    """Whether a threat that adds enough would ever do: whether it raises N's gain at all.

    That is so if omega < 1 - chi (B + w C/2) / (3 (A + B)): a theorem of the model, for any stakes.
    """
    b, c = stakes.small, stakes.among_small
    most = 1 - exclusivity * (b + threat.within * c / 2) / (3 * (stakes.hub + b))
    return threat.bilateral_efficiency < most
