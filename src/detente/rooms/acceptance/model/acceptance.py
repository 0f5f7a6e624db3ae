"""Who accepts, in every year of a case: added up over the draws that the gains are had from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.case.schema.case import Case
from detente.rooms.acceptance.model.accumulator import AcceptanceAccumulator
from detente.rooms.acceptance.model.choices.choice_sensitivity import ChoicesResult, vary_choices
from detente.rooms.acceptance.model.decision.answered_offer import has_answering_side
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.motives import MotiveResult, work_out_motives
from detente.rooms.acceptance.model.received_claims import ReceivedClaim, received_claims
from detente.rooms.acceptance.model.record_fit.outcome_questions import questions_by_year
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest, evaluate_outcomes
from detente.rooms.acceptance.model.renewed_offers import RenewedOffers, follow_offers
from detente.rooms.acceptance.model.replies import JudgedReply, judge_replies
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.grave_threat import ask_grave_threat
from detente.rooms.acceptance.model.sensitivity.kinds_of_organisation import KindsOfOrganisation, alike_organisations
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import (
    ExclusivityAcceptance,
    PriorAcceptance,
    acceptance_by_exclusivity,
    acceptance_under_priors,
)
from detente.rooms.acceptance.model.sensitivity.reply_map import ReplyMap, map_replies
from detente.rooms.acceptance.model.sensitivity.tested_scenarios import TestedScenario, work_out_tested_scenarios
from detente.rooms.acceptance.model.sensitivity.thresholds import AcceptanceRange, acceptance_ranges
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf, WhatIfs
from detente.rooms.acceptance.model.sensitivity.what_would_change import (
    TriedChange,
    try_changes,
)
from detente.rooms.gains.model.simulation.simulation import GainsModel


@dataclass(frozen=True)
class AcceptanceModel:
    """What those who decide make of the channels."""

    case: Case
    gains: GainsModel
    accumulators: tuple[AcceptanceAccumulator, ...]
    is_deep: bool = False
    """Whether more combinations of choices are worked out, each with more draws."""

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
    def priors(self) -> tuple[PriorAcceptance, ...]:
        """How often it accepts under each other set of estimates."""
        return acceptance_under_priors(self.what_ifs) if self.case.priors else ()

    @cached_property
    def choices(self) -> ChoicesResult:
        """How the answer depends on choices that are no numbers."""
        return vary_choices(self.case, self.is_deep)

    @cached_property
    def what_ifs(self) -> WhatIfs:
        """What becomes of the offer with other values at some paths."""
        return WhatIfs(self.case)

    @cached_property
    def tried_changes(self) -> tuple[TriedChange, ...]:
        """What becomes of the offer by every change that the brief may name."""
        return try_changes(self.what_ifs, self.years[-1].deciders)

    @cached_property
    def kinds_of_organisation(self) -> KindsOfOrganisation | None:
        """What would become of the offer if the two organisations were alike."""
        return alike_organisations(self.years[-1], self.what_ifs) if self.case.traits else None

    @cached_property
    def under_grave_threat(self) -> WhatIf | None:
        """What would become of the offer if both sides felt a grave threat; None where that is no lever."""
        deciders = self.years[-1].deciders
        return ask_grave_threat(deciders, self.what_ifs) if deciders.threat_is_lever else None

    @cached_property
    def tested_scenarios(self) -> tuple[TestedScenario, ...]:
        """What becomes of the offer by the scenarios that test claims of the documents."""
        tested = any(scenario.tests for scenario in self.case.scenarios.values())
        return work_out_tested_scenarios(self.what_ifs, self.years[-1].deciders.full_theory.id) if tested else ()

    @cached_property
    def by_exclusivity(self) -> tuple[ExclusivityAcceptance, ...]:
        """How often it accepts the more exclusive the channel is."""
        return acceptance_by_exclusivity(self.years[-1].deciders, self.what_ifs)


def build_acceptance_model(gains: GainsModel, *, is_deep: bool = False) -> AcceptanceModel | None:
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
    return AcceptanceModel(gains.case, gains, tuple(accumulators), is_deep)
