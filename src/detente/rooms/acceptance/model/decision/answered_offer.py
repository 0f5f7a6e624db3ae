"""Whether a case says enough for somebody to offer a channel and somebody to answer."""

from __future__ import annotations

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.acceptance.model.decision.decision_makers import offerable_channels
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.parties import actors_of_party, issues_with_stakes
from detente.rooms.gains.model.simulation.channel_model import ChannelModel


def has_answering_side(model: ChannelModel) -> bool:
    """Whether a case says enough for anybody to answer an offer."""
    sides = case_sides(model.case)
    if sides is None or not all(actors_of_party(model.case, model.actor_network, side) for side in sides):
        return False
    return bool(model.case.response.channel or offerable_channels(model.case))


def has_answered_offer(case: Case) -> bool:
    """Whether a case says enough for somebody to offer a channel and somebody to answer."""
    case = case_of_answer(case)
    stakes_declared = [stakes for name in issues_with_stakes(case) if (stakes := case.issues[name].stakes)]
    if len(case.channels) < 2 or not any(estimate.bounds[1] > 0 for estimate in stakes_declared):
        return False
    actor_network = build_actor_network(case, analysed_years(case)[-1])
    return actor_network.n > 1 and has_answering_side(ChannelModel(case, actor_network))
