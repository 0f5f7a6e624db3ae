"""Which guesses to check first: what knowing each number would be worth, and what would show that it is otherwise.

Numbers are ranked by the quadratic score (Brier 1950): by how much the mean square error of the stated chance of a yes
would fall, were it known in which third of its
distribution the number lies. Where it turns with all else at the means is a number's tipping point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import answer_of_side
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import mean_numbers
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.certainty.model.number_importance import ERRORS_ABOVE, AnswerImportance
from detente.rooms.gains.model.one_at_a_time import zero_crossings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ERRORS_OF_MANY = 3.0
"""By how many standard errors a value must be above 0: many numbers are looked at, so that some seem to matter by
chance."""
LEAST_VALUE = 1e-4
"""What knowing a number must be worth, by the quadratic score, to be told: a chance known to within a hundredth."""
STEPS = 64
"""At how many places of its distribution it is looked where a number turns the answer."""
LOWEST, HIGHEST = 0.001, 0.999


@dataclass(frozen=True)
class KeyAssumption:
    """A number that was assumed, and what knowing it is worth, by the theory by which the answer is told."""

    path: str
    value: EstimatedShare
    """What knowing it is worth by the quadratic score: in that form and by that test where it is worth most."""

    @property
    def matters(self) -> bool:
        """Whether it is worth knowing, beyond the error."""
        return _is_worth(self.value)


def rank_assumptions(answers: Sequence[AnswerImportance]) -> list[KeyAssumption]:
    """All numbers that vary by what knowing them would be worth, most first.

    Args:
        answers: What the answers hang on in which it is asked what a number is worth: the same numbers in each.
    """
    values: dict[str, list[EstimatedShare]] = {}
    for answer in answers:
        spread = answer.share.value * (1 - answer.share.value)
        for number in answer.numbers:
            index = number.third_index
            values.setdefault(number.path, []).append(EstimatedShare(index.value * spread, index.error * spread))
    found = [KeyAssumption(path, max(of_number, key=_clearness)) for path, of_number in values.items()]
    return sorted(found, key=lambda one: _clearness(one.value), reverse=True)


def leading_assumptions(worth: Sequence[KeyAssumption]) -> list[KeyAssumption]:
    """Of those that are worth knowing, most first, the first and all that cannot be told from it."""
    if not worth:
        return []
    top = worth[0].value
    return [one for one in worth if top.value - one.value.value <= ERRORS_ABOVE * hypot(top.error, one.value.error)]


def _is_worth(value: EstimatedShare) -> bool:
    return value.value >= LEAST_VALUE and value.value > ERRORS_OF_MANY * value.error


def _clearness(value: EstimatedShare) -> tuple[bool, float]:
    """What is beyond its error goes before what is not, then the larger before the less."""
    return _is_worth(value), value.value


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
