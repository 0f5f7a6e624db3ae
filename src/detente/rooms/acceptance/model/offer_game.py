"""The offer as a game in extensive form: whether it is made, and what is replied, at the central estimates."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.methods.games.extensive_form import Choice, Leaf, backward_induction
from detente.methods.offer_model.answers import bargain_inside, decide_answer, reply_probabilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import point_estimate_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.variants import dealing_parties
from detente.rooms.gains.model.simulation.channel_model import ChannelModel


@dataclass(frozen=True)
class OfferGame:
    """Whether an offer is made, and what is replied."""

    root: Choice
    """The choice of whoever offers; after `offer`, each reply by its code."""
    dealing_parties: tuple[str, ...] | None
    """Who deals for the others in the form of the channel that is offered; None where no form makes a difference."""
    offering_party: str
    """The leading member of the side that offers."""
    noise: float
    """How far choices depart from the best, as a share of what is at stake."""


def offer_game(deciders: DecisionMakers) -> OfferGame:
    """The game of a year by all that counts, in the first form in which the channel is run.

    The leading member of the side that offers makes the offer or does not; the other side replies. What follows a
    reply later on is in what it is worth to who replies. Payoffs are a year's, as shares of what is at stake.
    """
    variant, theory = deciders.offered_variants[0], deciders.full_theory
    utilities = point_estimate_utilities(deciders)
    bargain, decision = bargain_inside(utilities, variant, theory.uses), decide_answer(utilities, variant, theory.uses)
    leader_remainder = float(bargain.leader_remainder[0]) if bargain.consents[0] else 0.0
    settings, values = utilities.decision.replies, utilities.draws.values
    net_cost = float(values[settings.asking, 0] - values[settings.shown, 0])
    reply_values = reply_probabilities(utilities, decision)
    replies = tuple(
        (reply, Leaf(reply, ((leader_remainder if reply == "accept" else 0.0) - net_cost, float(reply_worth[0]))))
        for reply, reply_worth in zip(reply_values.replies, reply_values.worth, strict=True)
    )
    dealing = dealing_parties(deciders.case, deciders.actor_network, variant)
    leading_voter = deciders.voters[deciders.deciding_bodies[deciders.sides[0]][1][deciders.leading_voter]]
    return OfferGame(
        root=Choice(0, (("offer", Choice(1, replies)), ("none", Leaf("none", (0.0, 0.0))))),
        dealing_parties=None if dealing is None else tuple(dealing),
        offering_party=deciders.actor_network.actors[leading_voter.actor],
        noise=float(utilities.choice_noise(deciders.deciding_bodies[deciders.sides[1]][1])[0]),
    )


def subgame_perfect_reply(deciders: DecisionMakers) -> ReplyAnswer | None:
    """The reply on the subgame-perfect path at the central estimates; None where no offer is made."""
    path = backward_induction(offer_game(deciders).root)[1]
    return next((reply for reply in REPLY_ANSWER_WORDS if reply in path), None)


def last_decision_makers(case: Case) -> DecisionMakers:
    """Those who decide in the last year of a case."""
    case = case_of_answer(case)
    return DecisionMakers(ChannelModel(case, build_actor_network(case, analysed_years(case)[-1])))
