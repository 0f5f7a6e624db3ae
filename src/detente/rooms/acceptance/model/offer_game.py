"""The offer as a game in extensive form: whether it is made, and what is replied, at the central estimates."""

from __future__ import annotations

from detente.case.index.by_year import analysed_years
from detente.case.index.labels import CaseLabels
from detente.case.schema.case import Case
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.methods.games.extensive_form import Choice, Game, Leaf, backward_induction
from detente.rooms.acceptance.model.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decisions import bloc_consents, decide_answer, internal_bargain, reply_probabilities
from detente.rooms.acceptance.model.utility import point_estimate_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.variants import dealing_parties
from detente.rooms.gains.model.simulation.channel_model import ChannelModel


def offer_game(deciders: DecisionMakers) -> tuple[Game, float]:
    """The game of a year by all that counts, in the first form in which the channel is run, and its noise.

    The leading member of the side that offers makes the offer or does not; the other side replies. What follows a
    reply later on is in what it is worth to who replies. Payoffs are a year's, as shares of what is at stake.
    """
    case = deciders.case
    gains_labels, variant, theory = CaseLabels(case), deciders.offered_variants[0], deciders.full_theory
    utilities = point_estimate_utilities(deciders)
    bargain, decision = internal_bargain(utilities, variant, theory), decide_answer(utilities, variant, theory)
    leader_remainder = float(bargain.leader_remainder[0]) if bloc_consents(bargain)[0] else 0.0
    net_cost = float(utilities.response_value("asking")[0] - utilities.response_value("shown")[0])
    reply_values = reply_probabilities(utilities, decision)
    replies = [
        (
            REPLY_ANSWER_WORDS[name],
            Leaf(
                REPLY_ANSWER_WORDS[name],
                ((leader_remainder if name == "accept" else 0.0) - net_cost, float(reply_worth[0])),
            ),
        )
        for name, reply_worth in zip(reply_values.replies, reply_values.worth, strict=True)
    ]
    root = Choice(0, (("offer", Choice(1, tuple(replies))), ("no offer", Leaf("no offer", (0.0, 0.0)))))
    form_phrase = gains_labels.form_phrase(variant.form, dealing_parties(case, deciders.actor_network, variant))
    channel_title = gains_labels.channel_title(deciders.offered_channel)
    title = ", ".join(part for part in (channel_title, form_phrase, theory.title.lower()) if part)
    players = (
        gains_labels.party_name(deciders.actor_network.actors[deciders.voters[_leading_voter_number(deciders)].actor]),
        gains_labels.answering_side(),
    )
    return Game(title, players, root), float(utilities.choice_noise(deciders.deciding_bodies[deciders.sides[1]][1])[0])


def subgame_perfect_reply(deciders: DecisionMakers) -> ReplyAnswer | None:
    """The reply on the subgame-perfect path at the central estimates; None where no offer is made."""
    path = backward_induction(offer_game(deciders)[0].root)[1]
    replies: dict[str, ReplyAnswer] = {words: reply for reply, words in REPLY_ANSWER_WORDS.items()}
    return replies[path[1]] if len(path) > 1 else None


def last_decision_makers(case: Case) -> DecisionMakers:
    """Those who decide in the last year of a case."""
    return DecisionMakers(ChannelModel(case, build_actor_network(case, analysed_years(case)[-1])))


def _leading_voter_number(deciders: DecisionMakers) -> int:
    return deciders.deciding_bodies[deciders.sides[0]][1][deciders.leading_voter]
