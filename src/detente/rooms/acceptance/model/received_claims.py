"""Claims on channels between blocs in general: of which draws each holds, and the numbers that it moves with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Literal

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.results import AcceptanceResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    DrawMask = NDArray[np.bool_]

STANDS_FROM, FALLS_BELOW = 0.9, 0.5
"""Shares of the draws from which a claim is said to stand, and below which it falls."""
FEWEST_DRAWS = 20
"""Draws in a fifth of them, below which nothing is said of what drives a claim."""
MOST_DRIVERS = 3
"""Numbers that are named for each claim."""
LEAST_ERRORS = 4
"""Standard errors that it has to be besides: of so many numbers some differ by two or three without cause."""
LEAST_DIFFERENCE = 0.1
"""The difference between the two ends of a number from which it is said to drive a claim."""

ClaimKind = Literal[
    "leader-proposes",
    "members-won-over",
    "declines",
    "both-gain",
    "declines-despite-gains",
    "threat-turns",
    "first-three",
    "all-together",
]
"""The leading member is for it and most; others are won over; the other side declines; both would accept by own gains;
it declines even so; a grave threat turns that; the first three of these together; all of them together."""
UntestedReason = Literal["no-other-member", "only-own-gains", "threat-adds-nothing", "threat-changes-nothing"]
"""Why no draw of a case could bear a claim out or refute it."""
ClaimVerdict = Literal["stands", "falls", "turns", "between", "empty", "untested"]
"""Over all years and forms: whether a claim stands or falls in all, stands in one and falls in another, does neither,
speaks of no draw, or cannot be tested."""


@dataclass(frozen=True)
class ClaimDriver:
    """A number that a claim moves with."""

    path: str
    share_at_lowest: float
    """How often the claim holds in the fifth of the draws in which the number is lowest."""
    share_at_highest: float
    """The same of the fifth in which it is highest."""

    @property
    def difference(self) -> float:
        """How far the two are apart."""
        return abs(self.share_at_highest - self.share_at_lowest)


@dataclass(frozen=True)
class ReceivedClaim:
    """A claim in one year and form."""

    kind: ClaimKind
    year: int
    variant: ChannelVariant
    applicable_count: int
    """Of how many draws it speaks."""
    holding_share: float | None
    """Of which share of these it holds; None where there are none, or where nothing in the case could tell."""
    drivers: tuple[ClaimDriver, ...]
    """The numbers that it moves with most, the first one first."""
    untested: UntestedReason | None
    """Why nothing in the case could tell, if so: then it neither stands nor falls."""


def received_claims(results: Sequence[AcceptanceResult]) -> list[ReceivedClaim]:
    """Every claim in every year and form of the channel that is offered."""
    claims_found: list[ReceivedClaim] = []
    for result in results:
        draw_orders = _draw_orders(result)
        for variant in result.deciders.offered_variants:
            claims_found += _claims_on_variant(result, variant, draw_orders)
    return claims_found


def claim_verdict(claims_made: Sequence[ReceivedClaim]) -> ClaimVerdict:
    """Whether a claim stands in all years and forms in which it is tested and speaks of some draw, falls, or turns."""
    if all(claim.untested for claim in claims_made):
        return "untested"
    shares = [claim.holding_share for claim in claims_made if claim.holding_share is not None]
    if not shares:
        return "empty"
    if min(shares) >= STANDS_FROM:
        return "stands"
    if max(shares) < FALLS_BELOW:
        return "falls"
    return "turns" if max(shares) >= STANDS_FROM and min(shares) < FALLS_BELOW else "between"


def _claims_on_variant(
    result: AcceptanceResult, variant: ChannelVariant, draw_orders: Mapping[str, NDArray[np.int64]]
) -> Iterator[ReceivedClaim]:
    """The claims on one form of the channel."""
    reasons = _untested_reasons(result, variant)
    for kind, (holds, applicable) in _claim_masks(result, variant).items():
        untested = reasons.get(kind)
        is_told = untested is None and bool(applicable.any())
        yield ReceivedClaim(
            kind,
            result.deciders.actor_network.year,
            variant,
            int(applicable.sum()),
            float(holds[applicable].mean()) if is_told else None,
            tuple(_claim_drivers(holds, applicable, draw_orders)) if is_told else (),
            untested,
        )


def _claim_masks(result: AcceptanceResult, variant: ChannelVariant) -> dict[ClaimKind, tuple[DrawMask, DrawMask]]:
    """By claim, the draws of which it holds, and those of which it speaks."""
    import numpy as np

    deciders = result.deciders
    own_key, full_key = (variant, deciders.absolute_gains.id), (variant, deciders.full_theory.id)
    bargain, decision = result.bargains[full_key], result.decisions[full_key]
    leader_proposes = result.leader_gains_most(variant, deciders.full_theory)
    other_utilities = np.delete(bargain.member_utilities, deciders.leading_voter, axis=1)
    is_won_over = (other_utilities < -TOLERANCE).any(axis=1) & bargain.consents
    is_declined = decision.answer_utility <= TOLERANCE
    both_gain = (result.answer_utility[own_key] > TOLERANCE) & result.bargains[own_key].consents
    accepts_under_threat = decision.grave_utility > TOLERANCE
    first_three = leader_proposes & is_won_over & is_declined
    all_draws = np.ones_like(is_declined)
    return {
        "leader-proposes": (leader_proposes, all_draws),
        "members-won-over": (is_won_over, all_draws),
        "declines": (is_declined, all_draws),
        "both-gain": (both_gain, all_draws),
        "declines-despite-gains": (is_declined, both_gain),
        "threat-turns": (accepts_under_threat, is_declined),
        "first-three": (first_three, all_draws),
        "all-together": (first_three & both_gain & accepts_under_threat, all_draws),
    }


def _untested_reasons(result: AcceptanceResult, variant: ChannelVariant) -> dict[ClaimKind, UntestedReason]:
    """By claim, why nothing in the case could tell, where that is so."""
    deciders = result.deciders
    reasons: dict[ClaimKind, UntestedReason] = {}
    if threat_reason := _inert_threat_reason(result, variant):
        reasons |= {"threat-turns": threat_reason, "all-together": threat_reason}
    if deciders.absolute_gains == deciders.full_theory:
        reasons |= {"declines-despite-gains": "only-own-gains", "all-together": "only-own-gains"}
    if result.bargains[variant, deciders.full_theory.id].member_utilities.shape[1] < 2:
        other_member: UntestedReason = "no-other-member"
        reasons |= {"members-won-over": other_member, "first-three": other_member, "all-together": other_member}
    return reasons


def _inert_threat_reason(result: AcceptanceResult, variant: ChannelVariant) -> UntestedReason | None:
    """Why a grave threat cannot turn anything in this case, if it cannot."""
    import numpy as np

    decision = result.decisions[variant, result.deciders.full_theory.id]
    if not result.deciders.threat_matters:
        return "threat-adds-nothing"
    largest_change = np.abs(decision.grave_utility - decision.answer_utility).max()
    return None if largest_change > TOLERANCE else "threat-changes-nothing"


def _draw_orders(result: AcceptanceResult) -> dict[str, NDArray[np.int64]]:
    """By number that varies, the draws from the one in which it is lowest."""
    import numpy as np

    return {
        path: np.argsort(values, kind="stable")
        for path, values in result.parameter_values.items()
        if np.ptp(values) > 0
    }


def _claim_drivers(holds: DrawMask, applicable: DrawMask, orders: Mapping[str, NDArray[np.int64]]) -> list[ClaimDriver]:
    """The numbers that a claim moves with, the first one first.

    Args:
        holds: The draws of which it holds.
        applicable: Those of which it speaks.
        orders: By number, the draws from the one in which it is lowest.
    """
    fifth = int(applicable.sum()) // 5
    if fifth < FEWEST_DRAWS:
        return []
    share = float(holds[applicable].mean())
    least_difference = max(LEAST_DIFFERENCE, LEAST_ERRORS * sqrt(2 * share * (1 - share) / fifth))
    drivers = []
    for path, order in orders.items():
        ordered_draws = order[applicable[order]]
        driver = ClaimDriver(
            path, float(holds[ordered_draws[:fifth]].mean()), float(holds[ordered_draws[-fifth:]].mean())
        )
        if driver.difference >= least_difference:
            drivers.append(driver)
    return sorted(drivers, key=lambda driver: (driver.difference, driver.path), reverse=True)[:MOST_DRIVERS]
