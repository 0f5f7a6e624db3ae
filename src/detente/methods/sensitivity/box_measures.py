"""Boxes in the space of inputs, and how much of an answer each holds.

A box limits some inputs from below, from above, or both. Its coverage is the share of all draws with the answer that
lie in it, its density the share of its draws that have the answer, its mass the share of all draws that lie in it
(Friedman and Fisher 1999; Bryant and Lempert 2010). With weights, shares are those of weight.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """Limits of inputs, infinite where there is none.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.box_measures import Box
        >>> box = Box.without_limits(2).with_limit(0, is_upper=True, value=0.5)
        >>> box.contains(np.array([[0.5, 0.9], [0.6, 0.1]])).tolist(), box.limited_inputs
        ([True, False], (0,))
        >>> box.limits, box.without_input(0).limits
        (((0, True),), ())
    """

    lower: tuple[float, ...]
    """The lowest value of each input that lies in it."""
    upper: tuple[float, ...]
    """The highest."""

    @classmethod
    def without_limits(cls, input_count: int) -> Box:
        """The box that holds everything."""
        return cls((-inf,) * input_count, (inf,) * input_count)

    def with_limit(self, number: int, is_upper: bool, value: float) -> Box:
        """The same with one limit of an input set; infinite takes it back."""
        values = list(self.upper if is_upper else self.lower)
        values[number] = value
        return replace(self, upper=tuple(values)) if is_upper else replace(self, lower=tuple(values))

    def without_input(self, number: int) -> Box:
        """The same without the limits of an input."""
        return self.with_limit(number, True, inf).with_limit(number, False, -inf)

    @property
    def limits(self) -> tuple[tuple[int, bool], ...]:
        """Which limits it has: each the input, and whether it is the upper one."""
        lower = {(number, False) for number, value in enumerate(self.lower) if value > -inf}
        upper = {(number, True) for number, value in enumerate(self.upper) if value < inf}
        return tuple(sorted(lower | upper))

    @property
    def limited_inputs(self) -> tuple[int, ...]:
        """The inputs that have a limit, ascending."""
        return tuple(sorted({number for number, _ in self.limits}))

    def contains(self, points: Floats) -> Flags:
        """Which points lie in it; of shape (draws, inputs), the result (draws,)."""
        import numpy as np

        inside = np.ones(len(points), dtype=bool)
        for number in self.limited_inputs:
            inside &= self.contains_in(points, number)
        return inside

    def contains_in(self, points: Floats, number: int) -> Flags:
        """Which points lie between the limits of one input, shape (draws,)."""
        column = points[:, number]
        return (column >= self.lower[number]) & (column <= self.upper[number])


@dataclass(frozen=True)
class BoxMeasures:
    """How much of an answer a box holds."""

    coverage: float
    """The share of the draws with the answer that lie in it; 0 where no draw has it."""
    density: float
    """The share of its draws that have the answer; 0 where it holds none."""
    mass: float
    """The share of all draws that lie in it."""
    draws: int
    """How many draws lie in it, whatever their weight."""
    hits: int
    """How many of these have the answer."""


def measure_box(box: Box, points: Floats, answers: Flags, weights: Floats | None = None) -> BoxMeasures:
    """How much of an answer a box holds.

    Args:
        box: The box.
        points: The inputs, shape (draws, inputs).
        answers: Which draws have the answer, shape (draws,).
        weights: Of the draws, shape (draws,); all alike if not given.

    Returns:
        Its measures.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.box_measures import Box, measure_box
        >>> points, answers = np.array([[0.1], [0.2], [0.3], [0.9]]), np.array([True, True, False, True])
        >>> found = measure_box(Box((0.0,), (0.5,)), points, answers)
        >>> round(found.coverage, 3), round(found.density, 3), found.mass
        (0.667, 0.667, 0.75)
    """
    return measure_draws(box.contains(points), answers, weights)


def measure_draws(inside: Flags, answers: Flags, weights: Floats | None = None) -> BoxMeasures:
    """The measures of any set of draws, such as those in one of several boxes.

    Args:
        inside: Which draws are in it, shape (draws,).
        answers: Which draws have the answer, shape (draws,).
        weights: Of the draws, shape (draws,); all alike if not given.

    Returns:
        Its measures.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.box_measures import measure_draws
        >>> inside, answers = np.array([True, True, False, False]), np.array([True, False, True, False])
        >>> measure_draws(inside, answers, weights=np.array([3.0, 1.0, 1.0, 3.0])).coverage
        0.75
    """
    import numpy as np

    weights = np.ones(len(answers)) if weights is None else weights
    hit = inside & answers
    mass, hit_mass, answer_mass = float(weights[inside].sum()), float(weights[hit].sum()), float(weights[answers].sum())
    return BoxMeasures(
        coverage=hit_mass / answer_mass if answer_mass else 0.0,
        density=hit_mass / mass if mass else 0.0,
        mass=mass / float(weights.sum()),
        draws=int(inside.sum()),
        hits=int(hit.sum()),
    )
