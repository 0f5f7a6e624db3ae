"""What becomes of the offer in every draw by one set of choices."""

from __future__ import annotations

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.offer_answers import OfferAnswers, answer_in_draws
from detente.rooms.acceptance.model.decision.answered_offer import has_answered_offer
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel


def offer_deciders(case: Case) -> DecisionMakers | None:
    """Those who decide on the offer in the year of the answer; None where nobody is asked."""
    if not has_answered_offer(case):
        return None
    in_year = case_of_answer(case)
    actor_network = build_actor_network(in_year, analysed_years(case)[-1])
    return DecisionMakers(ChannelModel(in_year, actor_network)).offer_only


def describe_offer(case: Case) -> ModelDescription | None:
    """The model of the offer in the year of the answer; None where nobody is asked."""
    deciders = offer_deciders(case)
    return deciders.description if deciders else None


def answer_offer(
    case: Case,
    draw_count: int,
    with_issues: bool = False,
    cache: BatchCache | None = None,
    with_offering_side: bool = False,
) -> OfferAnswers:
    """The answer to the offer as a case has it, by own gains and by all that counts.

    Args:
        case: A case, or what it would be by other choices.
        draw_count: How many draws.
        with_issues: Whether single issues are asked about, too.
        cache: Gains that other choices have worked out.
        with_offering_side: Whether the side that offers is asked about, too.
    """
    description = describe_offer(case)
    if description is None:
        return OfferAnswers({}, {}, {})
    return answer_in_draws(description, draw_count, with_issues, with_offering_side, cache)
