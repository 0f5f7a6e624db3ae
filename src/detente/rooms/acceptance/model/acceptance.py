"""Who accepts, in every year of a case: added up over the draws that the gains are had from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.acceptance.model.accumulator import AcceptanceAccumulator
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers, offerable_channels
from detente.rooms.acceptance.model.motives import MotiveResult, work_out_motives
from detente.rooms.acceptance.model.received_claims import ReceivedClaim, received_claims
from detente.rooms.acceptance.model.record_fit.outcome_questions import questions_by_year
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest, evaluate_outcomes
from detente.rooms.acceptance.model.renewed_offers import RenewedOffers, follow_offers
from detente.rooms.acceptance.model.replies import JudgedReply, judge_replies
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import (
    ExclusivityAcceptance,
    PriorAcceptance,
    acceptance_by_exclusivity,
    acceptance_under_priors,
)
from detente.rooms.acceptance.model.sensitivity.reply_map import ReplyMap, map_replies
from detente.rooms.acceptance.model.sensitivity.thresholds import AcceptanceRange, acceptance_ranges
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import actors_of_party, issues_with_stakes
from detente.rooms.gains.model.simulation.simulation import GainsModel


@dataclass(frozen=True)
class AcceptanceModel:
    """What those who decide make of the channels."""

    case: Case
    gains: GainsModel
    accumulators: tuple[AcceptanceAccumulator, ...]

    @cached_property
    def years(self) -> list[AcceptanceResult]:
        """Who accepts, by year."""
        assert self.gains.years  # which goes through the draws
        return [accumulator.result() for accumulator in self.accumulators]

    @cached_property
    def claims(self) -> list[ReceivedClaim]:
        """What is said of such channels in general, in every year and form."""
        return received_claims(self.years)

    @cached_property
    def motives(self) -> tuple[MotiveResult, ...]:
        """Every motive worked out by itself, in the last year."""
        return work_out_motives(self.years[-1].deciders)

    @cached_property
    def reply_maps(self) -> tuple[ReplyMap, ...]:
        """The best replies over two levers, in every form, in the last year."""
        deciders = self.years[-1].deciders
        return tuple(map_replies(deciders, variant) for variant in deciders.offered_variants)

    @cached_property
    def ranges(self) -> tuple[AcceptanceRange, ...]:
        """Where the other side accepts along each lever, in the last year."""
        return acceptance_ranges(self.years[-1].deciders)

    @cached_property
    def outcome_tests(self) -> list[OutcomeTest]:
        """What happened, with the chance that each theory gave it by the numbers of its time."""
        return evaluate_outcomes(self.years)

    @cached_property
    def replies_on_record(self) -> list[JudgedReply]:
        """The replies of the side that answers, in order of time, by the numbers of each one's time."""
        return judge_replies(self.years)

    @cached_property
    def renewed_offers(self) -> RenewedOffers | None:
        """When it is asked again."""
        return follow_offers(self.years)

    @cached_property
    def priors(self) -> list[PriorAcceptance]:
        """How often it accepts under each set of assumptions, the case's own first."""
        return acceptance_under_priors(self.years[-1])

    @cached_property
    def by_exclusivity(self) -> list[ExclusivityAcceptance]:
        """How often it accepts the more exclusive the channel is."""
        return acceptance_by_exclusivity(self.years[-1])


def build_acceptance_model(gains: GainsModel) -> AcceptanceModel | None:
    """Who accepts by the draws of a case; None if in some year nobody answers anybody.

    Years but the last are worked out briefly: only who decides and replies what, and what of the record is theirs to
    judge.
    """
    simulations = gains.simulations
    if not all(has_answering_side(simulation.model) for simulation in simulations):
        return None
    accumulators = []
    questions = questions_by_year([DecisionMakers(simulation.model) for simulation in simulations])
    for simulation, year_questions in zip(simulations, questions, strict=True):
        is_brief = simulation is not simulations[-1]
        accumulators.append(AcceptanceAccumulator(simulation.model, year_questions, is_brief))
        simulation.add_accumulator(accumulators[-1])
    return AcceptanceModel(gains.case, gains, tuple(accumulators))


def has_answering_side(model: ChannelModel) -> bool:
    """Whether a case says enough for anybody to answer an offer."""
    sides = case_sides(model.case)
    if sides is None or not all(actors_of_party(model.case, model.actor_network, side) for side in sides):
        return False
    return bool(model.case.response.channel or offerable_channels(model))


def has_answered_offer(case: Case) -> bool:
    """Whether a case says enough for somebody to offer a channel and somebody to answer."""
    case = case_of_answer(case)
    stakes_declared = [stakes for name in issues_with_stakes(case) if (stakes := case.issues[name].stakes)]
    if len(case.channels) < 2 or not any(estimate.bounds[1] > 0 for estimate in stakes_declared):
        return False
    actor_network = build_actor_network(case, analysed_years(case)[-1])
    return actor_network.n > 1 and has_answering_side(ChannelModel(case, actor_network))
