"""The uncertain numbers of a case, drawn or at their means: one class for all rooms, so that all see the same draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.bounds import bounds_at
from detente.case.uncertainty.distributions import distribution_of
from detente.methods.sampling.correlated_draws import correlated_uniforms
from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, stream_keys
from detente.methods.sampling.number_draws import draw_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ParameterDraws:
    """The numbers of a case, drawn: the same number has the same draws in every room, whatever else is asked for."""

    case: Case
    at_means: bool = False
    """Whether every number is taken at its mean instead, in a single draw."""
    indices: range | None = None
    """Which draws, one after another; all that the case asks for, unless given."""
    overrides: Mapping[str, Estimate] = field(default_factory=dict)
    """Paths of numbers with other estimates than those of the case."""
    fixed_values: Mapping[str, Floats] = field(default_factory=dict)
    """Paths of numbers that are given, each of shape (draws,), all others being at their means: for maps over a few."""
    _sampled_values: dict[str, Floats] = field(default_factory=dict, init=False, repr=False, compare=False)

    def sample(self, estimate: Estimate, path: str) -> Floats:
        """Draws of one number, shape (draws,).

        Args:
            estimate: The number.
            path: Where it stands in the case: the name of its stream of draws, and of its bounds.
        """
        return self.sample_learnt(estimate, path, lambda prior: prior)

    def sample_learnt(self, prior: Estimate, path: str, learn: Callable[[Estimate], Estimate]) -> Floats:
        """Draws of a number of which something was learnt, shape (draws,).

        Args:
            prior: The number as it was taken to be before.
            path: Where it stands in the case. Where it is given as fixed, that is what it is: nothing is learnt of it.
            learn: What becomes of the prior, or of one that stands in its place.
        """
        if path in self.fixed_values:
            return self.fixed_values[path]
        if path not in self._sampled_values:
            self._sampled_values[path] = self._draw(learn(self.overrides.get(path, prior)), path)
        return self._sampled_values[path]

    def sample_weighted(self, prior: Estimate, path: str, learn: Callable[[Estimate], tuple[Floats, Floats]]) -> Floats:
        """Draws of a number whose chances differ from draw to draw, shape (draws,); of each draw the mean, at means.

        Args:
            prior: The number as it was taken to be before.
            path: Where it stands in the case. Where it is given as fixed, that is what it is.
            learn: From the prior, or one that stands in its place, the values that it may take, shape (values,), and
                how likely each is in each draw, shape (draws, values).
        """
        import numpy as np

        if path in self.fixed_values:
            return self.fixed_values[path]
        if path not in self._sampled_values:
            values, weights = learn(self.overrides.get(path, prior))
            if self.at_means:
                drawn = weights @ values
            else:
                below = (weights.cumsum(axis=1) < self.sample_uniforms(path)[:, None]).sum(axis=1)
                drawn = values[np.minimum(below, len(values) - 1)]
            self._sampled_values[path] = drawn
        return self._sampled_values[path]

    def sample_uniforms(self, path: str) -> Floats:
        """The draws of a number as shares of its distribution, shape (draws,)."""
        own, group = self._own_uniforms(path), self._groups.get(path)
        if group is None:
            return own
        together, is_opposed = group
        common = self._own_uniforms(f"together.{together}")
        return correlated_uniforms(own, common, self.case.together[together].correlation, is_opposed)

    def _own_uniforms(self, name: str) -> Floats:
        return hypercube_uniforms(self._indices.start, len(self._indices), stream_keys(self.case.network.seed, name))

    @cached_property
    def _groups(self) -> Mapping[str, tuple[str, bool]]:
        """The group of each number that goes up and down with others, and whether it is opposed to most."""
        return {
            path: (name, is_opposed)
            for name, together in self.case.together.items()
            for is_opposed, paths in ((False, together.numbers), (True, together.opposed))
            for path in paths
        }

    def _draw(self, estimate: Estimate, path: str) -> Floats:
        import numpy as np

        bounds = bounds_at(self.case, path)
        distribution = distribution_of(estimate, bounds.low, bounds.high)
        if self.at_means:
            return np.full(self.draw_count, distribution.mean)
        if not distribution.varies:
            return np.full(self.draw_count, distribution.parameters[0])
        if path in self._groups:
            return distribution.quantile(self.sample_uniforms(path))
        return draw_number(distribution, self.case.network.seed, path, self._indices)

    @property
    def sampled_values(self) -> dict[str, Floats]:
        """Every number that was drawn so far, by its path."""
        return dict(self._sampled_values)

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        if self.at_means:
            return len(next(iter(self.fixed_values.values()), (0,)))
        return len(self._indices)

    @property
    def _indices(self) -> range:
        return self.indices if self.indices is not None else range(self.case.network.draws)
