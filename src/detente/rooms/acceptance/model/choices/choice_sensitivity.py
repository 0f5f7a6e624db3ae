"""How the answer depends on the choices of a case: each changed by itself, and all of them drawn like numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.offer_answers import AnswerKey, OfferAnswers
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.choices.choice_grid import DEEP_GRID, QUICK_GRID, ChoiceGrid, work_out_grid
from detente.rooms.acceptance.model.choices.model_choices import (
    ChoiceOption,
    ModelChoice,
    choices_of_case,
    numbers_left_to_defaults,
)
from detente.rooms.acceptance.model.estimated_share import HALF, EstimatedShare, estimate_share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_DRAWS_PER_OPTION, MOST_DRAWS_PER_DEFAULT = 1_024, 256
"""Draws with which each alternative is worked out, at most; and those to defaults, where only these are asked about."""


@dataclass(frozen=True)
class OptionAnswers:
    """How often the offer is accepted by one option. By form and theory, as far as it leaves these."""

    option: ChoiceOption
    strict: Mapping[AnswerKey, EstimatedShare]
    generous: Mapping[AnswerKey, EstimatedShare]
    under_threat: Mapping[AnswerKey, EstimatedShare]
    """By the strict test, under a grave threat that all feel."""
    best_issue: Mapping[AnswerKey, EstimatedShare]
    """By the strict test, for the one issue on which it is accepted most often."""
    strict_change: Mapping[AnswerKey, EstimatedShare]
    """What the strict test gives beside what the case has; the error is that of common draws."""

    @property
    def moves_answer(self) -> bool:
        """Whether the strict test gives another share than by what the case has, by more than two standard errors."""
        return any(abs(change.value) > STANDARD_ERRORS_APART * change.error for change in self.strict_change.values())

    def turns(self, own: OptionAnswers, key: AnswerKey) -> bool:
        """Whether most draws say otherwise than by what the case has, by more than two standard errors.

        Not where the option leaves no such form or theory.
        """
        if key not in self.strict:
            return False
        change = self.strict_change[key]
        is_other = (self.strict[key].value > HALF) != (own.strict[key].value > HALF)
        return is_other and abs(change.value) > STANDARD_ERRORS_APART * change.error


@dataclass(frozen=True)
class ChoiceSensitivity:
    """How the answer depends on one choice."""

    choice: ModelChoice
    options: tuple[OptionAnswers, ...]
    """What the case has, then each alternative."""

    @property
    def own(self) -> OptionAnswers:
        """By what the case has."""
        return self.options[0]

    @property
    def moves_answer(self) -> bool:
        """Whether any alternative moves the answer to the offer."""
        return any(one.moves_answer for one in self.options[1:])

    def largest_move(self, theory_id: str) -> float:
        """By how much an alternative moves the answer at most by a theory, by the strict test; a share of draws."""
        changes = (change for one in self.options[1:] for change in one.strict_change.items())
        return max((abs(change.value) for key, change in changes if key[1] == theory_id), default=0)

    def turning_options(self, theory_id: str) -> list[OptionAnswers]:
        """The alternatives that turn the answer by a theory in some form."""
        keys = [key for key in self.own.strict if key[1] == theory_id]
        return [one for one in self.options[1:] if any(one.turns(self.own, key) for key in keys)]


@dataclass(frozen=True)
class ChoicesResult:
    """How the answer depends on the choices of a case."""

    draw_count: int
    choices: tuple[ChoiceSensitivity, ...]
    defaults: tuple[ChoiceSensitivity, ...]
    """The same of the numbers that the case leaves to their defaults."""
    grid: ChoiceGrid | None
    """The choices that move the answer drawn like numbers, those that move it most if there are too many; None where
    none does. Numbers that are left to their defaults are not drawn."""


def vary_choices(case: Case, is_deep: bool = False) -> ChoicesResult:
    """Works the offer out by every alternative to every choice, and by combinations of those that move the answer.

    Args:
        case: The case.
        is_deep: Whether to work out more combinations, each with more draws.
    """
    draw_count = min(case.network.draws, MOST_DRAWS_PER_OPTION)
    cache = BatchCache()
    own = answer_offer(case, draw_count, with_issues=True, cache=cache)
    sensitivities = tuple(_vary(case, choice, own, draw_count, cache) for choice in choices_of_case(case))
    told = list(own.strict)[-1][1] if own.strict else ""  # own gains alone come first, the theory that is told last
    moving = sorted((one for one in sensitivities if one.moves_answer), key=lambda one: -one.largest_move(told))
    grid = work_out_grid(case, [one.choice for one in moving], DEEP_GRID if is_deep else QUICK_GRID)
    defaults = tuple(_vary(case, number, own, draw_count, cache) for number in numbers_left_to_defaults(case))
    return ChoicesResult(draw_count, sensitivities, defaults, grid)


def vary_defaults(case: Case) -> tuple[ChoiceSensitivity, ...]:
    """Only the numbers that the case leaves to their defaults, over fewer draws."""
    draw_count = min(case.network.draws, MOST_DRAWS_PER_DEFAULT)
    cache = BatchCache()
    own = answer_offer(case, draw_count, with_issues=True, cache=cache)
    return tuple(_vary(case, number, own, draw_count, cache) for number in numbers_left_to_defaults(case))


def _vary(case: Case, choice: ModelChoice, own: OfferAnswers, draw_count: int, cache: BatchCache) -> ChoiceSensitivity:
    answers = ((option, _answers_by_option(case, option, own, draw_count, cache)) for option in choice.options)
    return ChoiceSensitivity(choice, tuple(_compare_answers(*one, own) for one in answers))


def _answers_by_option(
    case: Case, option: ChoiceOption, own: OfferAnswers, draw_count: int, cache: BatchCache
) -> OfferAnswers:
    if not option.values:
        return own
    return answer_offer(case_with_values(case, option.values), draw_count, with_issues=True, cache=cache)


def _compare_answers(option: ChoiceOption, answers: OfferAnswers, own: OfferAnswers) -> OptionAnswers:
    def shares(by_key: Mapping[AnswerKey, Floats]) -> dict[AnswerKey, EstimatedShare]:
        return {key: estimate_share(values) for key, values in by_key.items()}

    return OptionAnswers(
        option=option,
        strict=shares(answers.strict),
        generous=shares(answers.generous),
        under_threat=shares(answers.under_threat),
        best_issue=shares({key: issues[issues.mean(axis=1).argmax()] for key, issues in answers.by_issue.items()}),
        strict_change=shares(
            {key: answers.strict[key] - own.strict[key] for key in own.strict if key in answers.strict}
        ),
    )
