"""How the answer depends on the choices of a case: each changed by itself, and all of them drawn like numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod, sqrt
from typing import TYPE_CHECKING, Any

from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.offer_answers import AnswerKey, OfferAnswers
from detente.methods.sampling.keyed_hypercube import stream_keys
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.choices.model_choices import (
    ChoiceOption,
    ModelChoice,
    choices_of_case,
    numbers_left_to_defaults,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_DRAWS_PER_OPTION, MOST_DRAWS_PER_COMBINATION = 1_024, 256
"""Draws with which each alternative by itself, and each combination, is worked out, at most."""
MOST_COMBINATIONS = 32
"""Combinations of choices that are worked out; where there are more, so many are drawn."""
HALF = 0.5


@dataclass(frozen=True)
class EstimatedShare:
    """A share of the draws, with its standard error."""

    value: float
    error: float


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

    def turning_options(self, theory_id: str) -> list[OptionAnswers]:
        """The alternatives that turn the answer by a theory in some form."""
        keys = [key for key in self.own.strict if key[1] == theory_id]
        return [one for one in self.options[1:] if any(one.turns(self.own, key) for key in keys)]


@dataclass(frozen=True)
class JointChoices:
    """The answer with every choice that moves it drawn like a number: options by their weights.

    Of each form and theory over those combinations that leave it.
    """

    choice_ids: tuple[str, ...]
    combination_count: int
    """How many combinations there are."""
    worked_out_count: int
    """How many of them were worked out: all, or so many drawn."""
    strict: Mapping[AnswerKey, EstimatedShare]
    generous: Mapping[AnswerKey, EstimatedShare]
    strict_range: Mapping[AnswerKey, tuple[float, float]]
    """The lowest and highest share among the combinations that were worked out."""


@dataclass(frozen=True)
class ChoicesResult:
    """How the answer depends on the choices of a case."""

    draw_count: int
    choices: tuple[ChoiceSensitivity, ...]
    defaults: tuple[ChoiceSensitivity, ...]
    """The same of the numbers that the case leaves to their defaults."""
    joint: JointChoices | None
    """None where no choice moves the answer. Numbers that are left to their defaults are not drawn."""


def vary_choices(case: Case) -> ChoicesResult:
    """Works the offer out by every alternative to every choice, and by combinations of those that move the answer."""
    draw_count = min(case.network.draws, MOST_DRAWS_PER_OPTION)
    cache = BatchCache()
    own = answer_offer(case, draw_count, with_issues=True, cache=cache)
    sensitivities = tuple(_vary(case, choice, own, draw_count, cache) for choice in choices_of_case(case))
    moving = [one.choice for one in sensitivities if one.moves_answer]
    joint = _vary_jointly(case, moving, min(draw_count, MOST_DRAWS_PER_COMBINATION)) if moving else None
    defaults = tuple(_vary(case, number, own, draw_count, cache) for number in numbers_left_to_defaults(case))
    return ChoicesResult(draw_count, sensitivities, defaults, joint)


def vary_defaults(case: Case) -> tuple[ChoiceSensitivity, ...]:
    """Only the numbers that the case leaves to their defaults, over fewer draws."""
    draw_count = min(case.network.draws, MOST_DRAWS_PER_COMBINATION)
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


def estimate_share(values: Floats) -> EstimatedShare:
    """The mean of values by draw, with the standard error of a mean of independent draws."""
    return EstimatedShare(float(values.mean()), float(values.std()) / sqrt(len(values)))


def _vary_jointly(case: Case, choices: Sequence[ModelChoice], draw_count: int) -> JointChoices:
    """Every combination, or some drawn by their weights; draws are common to all, so that each is a mean over them."""
    combination_count = prod(len(choice.options) for choice in choices)
    weighted = _all_combinations(choices)
    if combination_count > MOST_COMBINATIONS:
        weighted = draw_combinations(choices, case.network.seed)
    strict_sums: dict[AnswerKey, Floats] = {}
    generous_sums: dict[AnswerKey, Floats] = {}
    shares: dict[AnswerKey, list[float]] = {}
    weights: dict[AnswerKey, float] = {}
    cache = BatchCache()
    for options, weight in weighted:
        values = _joined_values(options)
        answers = answer_offer(case_with_values(case, values), draw_count, cache=cache)
        for key, accepts in answers.strict.items():
            strict_sums[key] = strict_sums.get(key, 0.0) + weight * accepts
            generous_sums[key] = generous_sums.get(key, 0.0) + weight * answers.generous[key]
            shares.setdefault(key, []).append(float(accepts.mean()))
            weights[key] = weights.get(key, 0.0) + weight
    by_chance = combination_count > MOST_COMBINATIONS
    return JointChoices(
        choice_ids=tuple(choice.id for choice in choices),
        combination_count=combination_count,
        worked_out_count=len(weighted),
        strict={
            key: _with_choice_error(estimate_share(sums / weights[key]), shares[key] if by_chance else ())
            for key, sums in strict_sums.items()
        },
        generous={key: estimate_share(sums / weights[key]) for key, sums in generous_sums.items()},
        strict_range={key: (min(of_key), max(of_key)) for key, of_key in shares.items()},
    )


def _with_choice_error(estimate: EstimatedShare, drawn_shares: Sequence[float]) -> EstimatedShare:
    """Adds the error of having drawn combinations, as if each by itself: more than there is, as they are spread."""
    import numpy as np

    if not drawn_shares:
        return estimate
    return EstimatedShare(estimate.value, sqrt(estimate.error**2 + float(np.var(drawn_shares)) / len(drawn_shares)))


def _joined_values(options: Sequence[ChoiceOption]) -> dict[str, Any]:
    """The values of several options, those of whole parts before those inside them."""
    values = {path: value for option in options for path, value in option.values.items()}
    return dict(sorted(values.items(), key=lambda item: item[0].count(".")))


Combination = tuple[tuple[ChoiceOption, ...], float]
"""An option of each choice, and the weight of that; the weights of all combinations add up to 1."""


def _all_combinations(choices: Sequence[ModelChoice]) -> list[Combination]:
    totals = [sum(option.weight for option in choice.options) for choice in choices]
    return [
        (options, prod(option.weight / total for option, total in zip(options, totals, strict=True)))
        for options in product(*(choice.options for choice in choices))
    ]


def draw_combinations(choices: Sequence[ModelChoice], seed: int) -> list[Combination]:
    """So many combinations, drawn by weight: of each choice every option as often as its weight has it.

    Each choice is drawn like a number in a Latin hypercube (McKay, Beckman and Conover 1979): one draw from each of so
    many equal parts of the unit interval, in an order of its own.
    """
    import numpy as np

    columns = []
    for choice in choices:
        generator = np.random.default_rng(stream_keys(seed, f"choices.{choice.id}"))
        points = (generator.permutation(MOST_COMBINATIONS) + generator.random(MOST_COMBINATIONS)) / MOST_COMBINATIONS
        weights = np.array([option.weight for option in choice.options])
        positions = np.searchsorted(np.cumsum(weights / weights.sum()), points, side="right")
        columns.append([choice.options[min(position, len(choice.options) - 1)] for position in positions])
    return [(options, 1 / MOST_COMBINATIONS) for options in zip(*columns, strict=True)]
