"""The simulations that were made, as sensitivity analysis needs them: where each number stood in its distribution."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import number_uniforms
from detente.methods.sensitivity.first_order import DrawBins, bin_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


MOST_DRAWS = 65_536
"""Draws that are looked at, of as many as were made: more would tell little more, and take much memory."""


@dataclass(frozen=True, eq=False)
class InputDraws:
    """Draws of the numbers that vary, as many of the first as are looked at."""

    paths: tuple[str, ...]
    """Where each stands in the case."""
    uniforms: Floats
    """The share of its distribution at which it stood, shape (draws, inputs)."""

    @cached_property
    def bins(self) -> DrawBins:
        """In which bin of each number each draw lies."""
        return bin_draws(self.uniforms)

    @cached_property
    def thirds(self) -> DrawBins:
        """In which third of each number."""
        return bin_draws(self.uniforms, bin_count=3)


def draws_of_offer(description: ModelDescription, draw_count: int) -> InputDraws:
    """The numbers of the offer that vary, as they were drawn; those that go together as they do.

    Args:
        description: The model.
        draw_count: How many draws were made.
    """
    import numpy as np

    indices = range(min(draw_count, MOST_DRAWS))

    varying = [index for index, number in enumerate(description.numbers) if number.distribution.varies]
    columns = [number_uniforms(description, index, indices) for index in varying]
    paths = tuple(description.numbers[index].path for index in varying)
    return InputDraws(paths, np.stack(columns, axis=1) if columns else np.empty((len(indices), 0)))


def draws_of_parameters(draws: ParameterDraws, among: Collection[str]) -> InputDraws:
    """Numbers that were drawn and vary.

    Args:
        draws: The draws of a case.
        among: Their paths, or those of parts of the case that hold them.
    """
    import numpy as np

    beginnings = tuple(f"{path}." for path in among)
    values = draws.sampled_values
    paths = tuple(path for path in values if f"{path}.".startswith(beginnings) and np.ptp(values[path]) > 0)
    columns = [draws.sample_uniforms(path)[:MOST_DRAWS] for path in paths]
    return InputDraws(paths, np.stack(columns, axis=1) if columns else np.empty((min(draws.draw_count, MOST_DRAWS), 0)))
