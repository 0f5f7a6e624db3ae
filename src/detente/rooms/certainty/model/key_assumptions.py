"""Which guesses to check first: what knowing each number would be worth, and what would show that it is otherwise.

Numbers are ranked by the quadratic score (Brier 1950): by how much the mean square error of the stated chance of a yes
would fall, were the number known. The test is by thirds: how often the answer is yes where it is lowest and highest.
Where it turns with all else at the means is a number's tipping point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import answer_of_side
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import mean_numbers
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.certainty.model.number_importance import ERRORS_ABOVE, AnswerImportance, NumberImportance
from detente.rooms.gains.model.one_at_a_time import zero_crossings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_VALUE = 1e-4
"""What knowing a number must be worth, by the quadratic score, to be told: a chance known to within a hundredth."""
STEPS = 64
"""At how many places of its distribution it is looked where a number turns the answer."""
LOWEST, HIGHEST = 0.001, 0.999


@dataclass(frozen=True)
class KeyAssumption:
    """A number that was assumed, and what hangs on it, by the theory by which the answer is told."""

    path: str
    value: EstimatedShare
    """What knowing it is worth by the quadratic score: in that form and by that test where it is worth most."""
    by_form: Mapping[ChannelForm, NumberImportance]
    """What hangs on it in each form, by the strict test."""

    @property
    def matters(self) -> bool:
        """Whether it is worth knowing, beyond the error."""
        return self.value.value >= LEAST_VALUE and self.value.value > ERRORS_ABOVE * self.value.error


def rank_assumptions(
    answers: Sequence[AnswerImportance], strict_by_form: Mapping[ChannelForm, AnswerImportance]
) -> list[KeyAssumption]:
    """All numbers that vary by what knowing them would be worth, most first.

    Args:
        answers: What the answers hang on in which it is asked what a number is worth.
        strict_by_form: What the answer by the strict test hangs on.
    """
    paths = [one.path for one in next(iter(strict_by_form.values())).numbers] if strict_by_form else []
    values = {path: max((_value(one, path) for one in answers), key=lambda value: value.value) for path in paths}
    found = [
        KeyAssumption(path, values[path], {form: _number(one, path) for form, one in strict_by_form.items()})
        for path in paths
    ]
    return sorted(found, key=lambda one: -one.value.value)


def _number(answer: AnswerImportance, path: str) -> NumberImportance:
    found = answer.of(path)
    assert found is not None  # the same numbers vary in every answer
    return found


def _value(answer: AnswerImportance, path: str) -> EstimatedShare:
    """The first-order index of the answer times p (1 - p), as `methods/sensitivity/value_of_knowing.py` has it."""
    index, spread = _number(answer, path).answer_index, answer.share.value * (1 - answer.share.value)
    return EstimatedShare(index.value * spread, index.error * spread)


def tipping_points(deciders: DecisionMakers, path: str) -> dict[ChannelForm, tuple[float, ...]]:
    """Where within its range a number turns the answer by the strict test, all else at the means; by form.

    Empty for a form in which it nowhere does.
    """
    import numpy as np

    description = deciders.offer_only.description
    if path not in description.number_index:
        return {}
    distribution = description.numbers[description.number_index[path]].distribution
    if distribution.form == "discrete":
        values = np.unique(distribution.discrete_values[0])
    else:
        values = distribution.quantile(np.linspace(LOWEST, HIGHEST, STEPS + 1))
    draws = mean_numbers(description, {path: values})
    utilities = OfferUtilities(evaluate_gains(draws), draws)
    return {
        variant.form: _crossings(
            values, answer_of_side(utilities, variant, deciders.full_theory.uses).utility - TOLERANCE
        )
        for variant in deciders.offered_variants
    }


def _crossings(values: Floats, margin: Floats) -> tuple[float, ...]:
    import numpy as np

    return tuple(zero_crossings(values, margin)) if np.isfinite(margin).all() else ()
