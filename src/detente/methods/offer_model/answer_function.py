"""The answer as a function of shares: what sensitivity analysis, rare answers and regions ask again and again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.methods.offer_model.answers import Decision, reply_worths
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import ModelDraws, sample_model
from detente.methods.offer_model.number_rows import NumberIndex
from detente.methods.sampling.correlated_draws import correlated_uniforms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AnswerTest = Literal["strict", "generous"]
DEPARTURES = "network.spread/departures"
"""What the column is called by which single pairs depart from what is usual."""


@dataclass(frozen=True)
class AnswerFunction:
    """How far the answer is from turning, in one form of the channel, by one theory and one test: above 0 is a yes.

    Its inputs are the numbers that vary, each as the share of its distribution at which it stands; then, for each group
    of numbers that go together, the share of what they have in common; then one by which single pairs depart from what
    is usual. All are uniform and independent of each other.

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.answer_function import AnswerFunction
        >>> from detente.methods.offer_model.example import two_states
        >>> answer = AnswerFunction(two_states(), form=0, theory=1, test="strict")
        >>> answer.inputs
        ('issues.trade.stakes', 'mechanisms.freedom.of.west', 'network.spread/departures')
        >>> answer(np.array([[0.5, 0.25, 0.1], [0.5, 0.75, 0.1]])).tolist()
        [0.25, -0.25]
    """

    description: ModelDescription
    form: int
    """Which of the runs that are offered."""
    theory: int
    test: AnswerTest

    @cached_property
    def _model(self) -> CompiledModel:
        return CompiledModel(self.description)

    @cached_property
    def _numbers(self) -> tuple[NumberIndex, ...]:
        numbers = self.description.numbers
        return tuple(index for index, number in enumerate(numbers) if number.distribution.varies)

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """What each column of shares belongs to: paths of numbers, groups, and departures of pairs."""
        paths = (self.description.numbers[index].path for index in self._numbers)
        groups = (f"together.{group.id}" for group in self.description.together)
        return (*paths, *groups, DEPARTURES)

    def draw(self, shares: Floats) -> ModelDraws:
        """The numbers at some shares.

        Args:
            shares: Between 0 and 1, shape (draws, inputs).
        """
        import numpy as np

        columns = dict(zip(self._numbers, shares.T, strict=False))
        for place, group in enumerate(self.description.together):
            common = shares[:, len(self._numbers) + place]
            for index in (*group.numbers, *group.opposed):
                if index in columns:
                    is_opposed = index in group.opposed
                    columns[index] = correlated_uniforms(columns[index], common, group.rank_correlation, is_opposed)
        draws = sample_model(self.description, range(len(shares)), columns, COMPILED)
        departures = np.minimum(shares[:, -1] * 2.0**32, 2.0**32 - 1).astype(np.uint32)
        return ModelDraws(draws.description, draws.values, departures)

    def __call__(self, shares: Floats) -> Floats:
        """How far the answer is from turning at some shares, shape (draws,).

        By the strict test that is the utility at which the answer turns; by the generous one by how much to accept is
        worth more than the best other reply.
        """
        draws = self.draw(shares)
        as_is, grave = self._model.answer_utilities(draws, with_grave=self.test == "generous")
        utility: Floats = as_is[self.form, self.theory]
        if self.test == "strict":
            return utility
        return lead_of_accepting(draws, utility, grave[self.form, self.theory])


def lead_of_accepting(draws: ModelDraws, utility: Floats, grave_utility: Floats) -> Floats:
    """By how much to accept is worth more than the best other reply, shape (draws,).

    Args:
        draws: The numbers.
        utility: At which the answer turns.
        grave_utility: The same under a grave threat.

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.answer_function import lead_of_accepting
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> draws = sample_model(two_states(), range(2))
        >>> lead_of_accepting(draws, np.array([0.2, -0.2]), np.array([0.2, 0.2])).round(4).tolist()
        [0.205, -0.0709]
    """
    import numpy as np

    nobody = np.zeros(len(utility), dtype=np.int64)
    decision = Decision(utility, nobody, nobody.astype(bool), grave_utility)
    accepting, *others = reply_worths(draws, decision)
    return np.asarray(accepting - np.max(others, axis=0)) if others else accepting
