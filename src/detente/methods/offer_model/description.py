"""A model of an offer, as data: what a case compiles to, and what everything that works out the answer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from detente.methods.offer_model.decision_rows import ModelDecision
from detente.methods.offer_model.network_rows import ModelNetwork
from detente.methods.offer_model.number_rows import CorrelatedNumbers, ModelNumber, NumberIndex
from detente.methods.sampling.distributions import Distribution

DESCRIPTION_VERSION = 1
"""Changes whenever a description of before would be read otherwise."""


@dataclass(frozen=True)
class ModelDescription:
    """A model of an offer. Rows refer to each other by their places, from 0.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.sampling.distributions import Distribution
        >>> certain = two_states().with_numbers({"issues.trade.stakes": Distribution("value", (2.0,))})
        >>> [number.path for number in certain.numbers if number.distribution.varies]
        ['mechanisms.freedom.of.west']
    """

    version: int
    seed: int
    """Of the draws."""
    sampling: Literal["hypercube", "sobol"]
    """How draws are spread: each number by itself, or all that vary at once (`methods/sampling`)."""
    numbers: tuple[ModelNumber, ...]
    together: tuple[CorrelatedNumbers, ...]
    network: ModelNetwork
    decision: ModelDecision | None
    """None where nobody is asked."""

    @cached_property
    def number_index(self) -> Mapping[str, NumberIndex]:
        """Which number stands at a path."""
        return {number.path: index for index, number in enumerate(self.numbers)}

    @cached_property
    def groups_by_number(self) -> Mapping[NumberIndex, CorrelatedNumbers]:
        """The group of each number that goes up and down with others."""
        return {index: group for group in self.together for index in (*group.numbers, *group.opposed)}

    @cached_property
    def net_dimensions(self) -> Mapping[NumberIndex, int]:
        """The dimension of each number that varies, where all are spread evenly at once: its rank by path."""
        varying = [index for index, number in enumerate(self.numbers) if number.distribution.varies]
        in_order = sorted(varying, key=lambda index: self.numbers[index].path)
        return {index: dimension for dimension, index in enumerate(in_order)}

    def with_numbers(self, distributions: Mapping[str, Distribution]) -> ModelDescription:
        """The same model with other distributions of some numbers.

        Args:
            distributions: By path.

        Raises:
            KeyError: If the model has no number at a path.
        """
        changed = {self.number_index[path]: one for path, one in distributions.items()}
        numbers = tuple(
            replace(number, distribution=changed[index]) if index in changed else number
            for index, number in enumerate(self.numbers)
        )
        return replace(self, numbers=numbers)

    def with_values(self, values: Mapping[str, float]) -> ModelDescription:
        """The same model in which some numbers are certain.

        Args:
            values: By path.

        Raises:
            KeyError: If the model has no number at a path.

        Example:
            >>> from detente.methods.offer_model.example import two_states
            >>> certain = two_states().with_values({"issues.trade.stakes": 2.0})
            >>> certain.numbers[certain.number_index["issues.trade.stakes"]].distribution.parameters
            (2.0,)
        """
        if not values:
            return self
        own = {path: self.numbers[self.number_index[path]].distribution for path in values}
        return self.with_numbers(
            {path: replace(own[path], form="value", parameters=(value,)) for path, value in values.items()}
        )
