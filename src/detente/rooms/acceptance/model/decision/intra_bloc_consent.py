"""What it takes for each side to decide: who is reluctant, what consent costs, on whom the answer turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, Voter
from detente.rooms.acceptance.model.results import AcceptanceResult, leading_indices


@dataclass(frozen=True)
class MemberConsent:
    """What a voice of the side that offers makes of one form of the channel, by one theory."""

    voter: Voter
    theory: AppliedTheory
    variant: ChannelVariant
    reluctant_share: float
    """In which share of the draws it would rather not."""
    median_utility: float
    """Before payments."""
    median_payment: float | None
    """Where it is paid anything; None where it never is."""


@dataclass(frozen=True)
class BlocConsent:
    """How often the side that offers consents to one form of the channel, in shares of draws."""

    variant: ChannelVariant
    reluctant_share: float
    """Some member would rather not."""
    unpaid_share: float
    """It consents without any payment."""
    consent_share: float
    """It consents with what its leading member can pay."""
    cost_ratio: float | None
    """What consent costs the leading member beside what the channel is worth to it, the median where it buys any."""


@dataclass(frozen=True)
class PivotalVoter:
    """How often the answer to one form of the channel turns on a voice."""

    voter: Voter
    share: float


def member_consents(result: AcceptanceResult, theory: AppliedTheory) -> Iterator[MemberConsent]:
    """What every voice of the side that offers makes of each form of the channel."""
    import numpy as np

    deciders = result.deciders
    _, voter_numbers = deciders.deciding_bodies[deciders.sides[0]]
    for variant in deciders.offered_variants:
        bargain = result.bargains[variant, theory.id]
        is_bought = np.isfinite(bargain.total_payment)
        for position, voter_number in enumerate(voter_numbers):
            utility, payment = bargain.member_utilities[:, position], bargain.payment_by_voter[:, position]
            paid = payment[is_bought & (payment > TOLERANCE)]
            yield MemberConsent(
                deciders.voters[voter_number],
                theory,
                variant,
                float((utility < -TOLERANCE).mean()),
                float(np.median(utility)),
                float(np.median(paid)) if paid.size else None,
            )


def bloc_consent(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> BlocConsent:
    """How often the side that offers consents, and what that costs its leading member."""
    deciders, bargain = result.deciders, result.bargains[variant, theory.id]
    deciding_body, _ = deciders.deciding_bodies[deciders.sides[0]]
    return BlocConsent(
        variant,
        float((bargain.member_utilities < -TOLERANCE).any(axis=1).mean()),
        float((deciding_body.pivotal_voter(bargain.member_utilities)[0] >= -TOLERANCE).mean()),
        float(bargain.consents.mean()),
        _median_cost_ratio(result, variant, theory),
    )


def pivotal_voters(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> list[PivotalVoter]:
    """How often the answer turns on each voice of the side that answers, in the order of its voices."""
    deciders = result.deciders
    _, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    pivot = result.decisions[variant, theory.id].pivotal_voter
    return [
        PivotalVoter(deciders.voters[voter_number], float((pivot == position).mean()))
        for position, voter_number in enumerate(voter_numbers)
    ]


def foremost_voters(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> list[PivotalVoter]:
    """On whom the answer turns most often, with those whom the draws, or equal guesses, do not tell from them."""
    voters = pivotal_voters(result, variant, theory)
    leading = leading_indices([one.share for one in voters], result.draw_count)
    guesses = {_guesses(result.deciders.case, voters[index].voter, theory) for index in leading}
    return sorted(
        (
            one
            for index, one in enumerate(voters)
            if index in leading or _guesses(result.deciders.case, one.voter, theory) in guesses
        ),
        key=lambda one: -one.share,
    )


def have_same_estimates(result: AcceptanceResult, voters: Iterable[PivotalVoter], theory: AppliedTheory) -> bool:
    """Whether voices see the same gain and have the same numbers, so that only chance orders them."""
    return len({_guesses(result.deciders.case, one.voter, theory) for one in voters}) == 1


def _guesses(case: Case, voter: Voter, theory: AppliedTheory) -> tuple[str, ...]:
    """Whose gain a voice sees, and the numbers by which it cares for more: where all are equal there is no order."""
    estimates = [str(voter.actor)]
    for name in theory.uses:
        if name in case.mechanisms:
            mechanism = case.mechanisms[name]
            declared = voter.applicable_name(mechanism.of)
            compared = voter.applicable_name(mechanism.against)
            estimates.append(f"{mechanism.of[declared] if declared else ''} {mechanism.against.get(compared or '')}")
    return tuple(estimates)


def _median_cost_ratio(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> float | None:
    """What the leading member loses by paying, as a share of what the channel is worth to it."""
    import numpy as np

    bargain = result.bargains[variant, theory.id]
    payments, leader_worth = bargain.total_payment, bargain.member_utilities[:, result.deciders.leading_voter]
    is_bought = bargain.consents & np.isfinite(payments) & (payments > TOLERANCE) & (leader_worth > TOLERANCE)
    if not is_bought.any():
        return None
    losses = (leader_worth - bargain.leader_remainder)[is_bought]
    return float(np.median(losses / leader_worth[is_bought]))
