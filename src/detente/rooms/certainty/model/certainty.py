"""How sure the answers of a case are, and what they hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.entries.entries import case_inputs
from detente.case.entries.registry import CaseInput
from detente.case.index.by_year import told_year
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answer_function import AnswerTest
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.methods.sensitivity.choice_factors import ChoiceShares
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.choices.choice_grid import ChoiceGrid
from detente.rooms.acceptance.model.choices.choice_sensitivity import ChoicesResult
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import PriorAcceptance
from detente.rooms.certainty.model.answer_region import AnswerRegion, answer_region
from detente.rooms.certainty.model.asked_answers import AskedAnswer, answer_function, asked_answers
from detente.rooms.certainty.model.input_draws import InputDraws, draws_of_offer
from detente.rooms.certainty.model.key_assumptions import KeyAssumption, rank_assumptions, tipping_points
from detente.rooms.certainty.model.lasting_importance import LastingImportance, lasting_importance
from detente.rooms.certainty.model.number_importance import AnswerImportance, rank_numbers
from detente.rooms.certainty.model.rare_answers import AnswerShare, answer_share
from detente.rooms.certainty.model.total_effects import AnswerEffects, work_out_effects
from detente.rooms.durability.model.durability import DurabilityModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RAREST = 0.005
"""A share of yes or no from which it is asked what turns the answer: below, too few draws are turned."""


@dataclass(frozen=True)
class CertaintyModel:
    """What the answers of a case hang on: whether the offer is accepted, and whether cooperation lasts."""

    case: Case
    acceptance: AcceptanceModel | None
    """None where nobody is asked."""
    durability: DurabilityModel | None
    is_deep: bool = False
    """Whether what takes draws of its own is worked out, too."""

    @cached_property
    def result(self) -> AcceptanceResult | None:
        """The simulations of the offer in the year of the answer; None where nobody is asked."""
        return self.acceptance.years[-1] if self.acceptance else None

    @property
    def year(self) -> int | None:
        """The year that is answered for; None where the case has none."""
        if self.result is not None:
            return self.result.deciders.actor_network.year
        return told_year(self.durability.year) if self.durability else None

    @cached_property
    def inputs(self) -> InputDraws | None:
        """The numbers of the offer that vary, in these simulations."""
        return draws_of_offer(self.result.deciders.description, self.result.draw_count) if self.result else None

    @cached_property
    def inputs_by_path(self) -> Mapping[str, CaseInput]:
        """Every number and coding, as it is in the year of the answer."""
        return {one.path: one for one in case_inputs(case_of_answer(self.case))}

    def has_source(self, path: str) -> bool:
        """Whether a source stands behind a number; else it is a guess."""
        return path in self.inputs_by_path and self.inputs_by_path[path].has_source

    @cached_property
    def asked(self) -> tuple[AskedAnswer, ...]:
        """Every answer: by form, theory and test; in each form the one that is told first, by the strict test."""
        return asked_answers(self.result.deciders.description) if self.result else ()

    @cached_property
    def answers(self) -> Mapping[AskedAnswer, AnswerImportance]:
        """What each answer hangs on, by the simulations that were made."""
        return {asked: self._importance(asked) for asked in self.asked}

    def _importance(self, asked: AskedAnswer) -> AnswerImportance:
        assert self.result is not None
        assert self.inputs is not None
        variant = next(one for one in self.result.deciders.offered_variants if one.form == asked.form)
        key = (variant, asked.theory)
        if asked.test == "generous":
            return rank_numbers(self.inputs, self.result.accepting_parts[key], self.result.accepting_lead[key])
        margin = self.result.answer_utility[key]
        return rank_numbers(self.inputs, (margin > TOLERANCE).astype(float), margin)

    def told_by_form(self, test: AnswerTest = "strict") -> Mapping[ChannelForm, AnswerImportance]:
        """What the answer hangs on that is told, in each form, by one test."""
        if self.result is None:
            return {}
        main = self.result.deciders.full_theory.id
        return {
            one.form: importance for one, importance in self.answers.items() if (one.theory, one.test) == (main, test)
        }

    @cached_property
    def most_open(self) -> tuple[ChannelForm, AnswerTest]:
        """The form and the test by which the answer that is told is least decided; only where there is one."""

        def openness(asked: AskedAnswer) -> float:
            share = self.answers[asked].share.value
            return share * (1 - share)

        assert self.result is not None
        main = self.result.deciders.full_theory.id
        most = max((asked for asked in self.asked if asked.theory == main), key=openness)
        return most.form, most.test

    @cached_property
    def driving_paths(self) -> list[str]:
        """The numbers that drive the answer that is told, in any form; those first that have the largest index."""
        greatest: dict[str, float] = {}
        for importance in self.told_by_form().values():
            for one in importance.drivers:
                greatest[one.path] = max(greatest.get(one.path, 0.0), one.index)
        return sorted(greatest, key=lambda path: -greatest[path])

    @property
    def priors(self) -> tuple[PriorAcceptance, ...]:
        """How often the offer is accepted under each other set of estimates."""
        return self.acceptance.priors if self.acceptance else ()

    @property
    def choices(self) -> ChoicesResult:
        """How the answer depends on single choices; only where somebody is asked."""
        assert self.acceptance is not None
        return self.acceptance.choices

    @property
    def grid(self) -> ChoiceGrid | None:
        """All choices that move the answer at once; None where none does."""
        return self.choices.grid if self.acceptance else None

    @cached_property
    def choice_shares(self) -> Mapping[ChannelForm, ChoiceShares]:
        """What goes with choices and what with numbers, of the answer that is told, in each form in which it varies."""
        if self.grid is None or self.result is None:
            return {}
        keys: list[AnswerKey] = [(form, self.result.deciders.full_theory.id) for form in self.told_by_form()]
        found = {key[0]: self.grid.shares[key] for key in keys if key in self.grid.shares}
        return {form: shares for form, shares in found.items() if shares.by_choices + shares.by_inputs + shares.by_both}

    @cached_property
    def assumptions(self) -> tuple[KeyAssumption, ...]:
        """Every number that varies by what knowing it would be worth to the answer that is told, by either test."""
        if self.result is None:
            return ()
        main = self.result.deciders.full_theory.id
        told = [importance for asked, importance in self.answers.items() if asked.theory == main]
        return tuple(rank_assumptions(told))

    @cached_property
    def tipping_points(self) -> Mapping[str, Mapping[ChannelForm, tuple[float, ...]]]:
        """Where each number that is worth knowing turns the answer, all else at the means; by path and form."""
        if self.result is None:
            return {}
        return {one.path: tipping_points(self.result.deciders, one.path) for one in self.assumptions if one.matters}

    @cached_property
    def lasting(self) -> tuple[LastingImportance, ...]:
        """What it hangs on whether cooperation lasts, by game."""
        return lasting_importance(self.durability) if self.durability else ()

    @cached_property
    def shares(self) -> tuple[AnswerShare, ...]:
        """How often each answer is yes, rare ones by draws of their own; nothing unless asked for in depth."""
        return tuple(answer_share(self._description, asked) for asked in self.asked) if self.is_deep else ()

    @cached_property
    def effects(self) -> Mapping[AskedAnswer, AnswerEffects]:
        """What turns the answers by own gains and by all that counts, by draws made for that; nothing unless asked for
        in depth."""
        if not self.is_deep or self.result is None:
            return {}
        told = {self.result.deciders.full_theory.id, self.result.deciders.absolute_gains.id}
        return {
            asked: work_out_effects(answer_function(self._description, asked), [one.path for one in importance.numbers])
            for asked, importance in self.answers.items()
            if asked.theory in told and RAREST < importance.share.value < 1 - RAREST
        }

    @cached_property
    def regions(self) -> Mapping[AskedAnswer, AnswerRegion | None]:
        """Where the answer that is told is yes, or no, in each form by each test; nothing unless asked for in depth."""
        if not self.is_deep or self.result is None:
            return {}
        main = self.result.deciders.full_theory.id
        return {asked: answer_region(self._description, asked) for asked in self.asked if asked.theory == main}

    @cached_property
    def _description(self) -> ModelDescription:
        assert self.result is not None
        return self.result.deciders.offer_only.description


def build_certainty_model(
    case: Case, acceptance: AcceptanceModel | None, durability: DurabilityModel | None, is_deep: bool
) -> CertaintyModel | None:
    """What the answers hang on; None where there are none."""
    if acceptance is not None and not acceptance.gains.has_stakes:
        acceptance = None
    if acceptance is None and (durability is None or not durability.case_games):
        return None
    return CertaintyModel(case, acceptance, durability, is_deep)
