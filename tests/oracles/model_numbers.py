"""What the acceptance room makes of a case at its central estimates, as plain numbers to hold an oracle against."""

from __future__ import annotations

from typing import Any

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_in_year
from detente.case.schema.case import Case
from detente.methods.offer_model.answers import bargain_inside, decide_answer, reply_probabilities
from detente.methods.offer_model.model_draws import mean_numbers
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, voter_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel


def numbers_at_central_estimates(case: Case, year: int | None = None) -> list[dict[str, Any]]:
    """For each channel but the observed one, each form and theory: utilities; of the one that is offered, all else.

    Keys: `channel`, `form`, `theory`, `utilities` (by the members of a voice, joined by a comma), `grave_utilities`;
    of the channel that is offered `answer`, `grave_answer`, `payment` (what is paid in all), `payments` (what arrives,
    by voice), `remainder` (what the leading member keeps), `replies` (by reply, its worth and its chance).
    """
    year = year or analysed_years(case)[-1]
    in_year = case_in_year(case, year)
    model = ChannelModel(in_year, build_actor_network(in_year, year))
    deciders = DecisionMakers(model)
    utilities = voter_utilities(deciders, mean_numbers(deciders.description))
    return [
        _numbers(utilities, variant, theory)
        for variant in model.variants
        if variant.channel != model.actor_network.observed_channel
        for theory in deciders.theories
    ]


def _numbers(utilities: VoterUtilities, variant: Any, theory: Any) -> dict[str, Any]:
    deciders = utilities.deciders
    names = [",".join(voter.members) for voter in deciders.voters]
    base = deciders.observed_variant(variant)
    numbers: dict[str, Any] = {"channel": variant.channel, "form": variant.form, "theory": theory.id}
    for key, is_grave in (("utilities", False), ("grave_utilities", True)):
        total = utilities.utility_terms(variant, base, is_grave).total_utility(theory.uses)[0]
        numbers[key] = dict(zip(names, total.tolist(), strict=True))
    if variant not in deciders.offered_variants:
        return numbers
    decision, bargain = decide_answer(utilities, variant, theory.uses), bargain_inside(utilities, variant, theory.uses)
    replies = reply_probabilities(utilities, decision)
    offering = [names[number] for number in deciders.deciding_bodies[deciders.sides[0]][1]]
    return numbers | {
        "answer": float(decision.answer_utility[0]),
        "grave_answer": float(decision.grave_utility[0]),
        "payment": float(bargain.total_payment[0]),
        "payments": dict(zip(offering, bargain.payment_by_voter[0].tolist(), strict=True)),
        "remainder": float(bargain.leader_remainder[0]),
        "replies": {
            name: (float(worth), float(chance))
            for name, worth, chance in zip(replies.replies, replies.worth[:, 0], replies.probability[:, 0], strict=True)
        },
    }
