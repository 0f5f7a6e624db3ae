"""From a case to draws: every number of its games, once for each draw or at its mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.random_streams import DRAWS_PER_BATCH, draw_estimate, random_stream

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_PATIENCE = 1 - 1e-9
PARAMETER_RANGES = {
    "patience": (0, MAX_PATIENCE),
    "noise": (0, 0.5),
    "relative_gains": (0, 10),
    "weight": (0, 1),
    "offence": (0, 10),
    "held": (0, 1),
    "first_step": (0, 1),
    "if_trustworthy": (0, 1),
    "if_not": (0, 1),
    "multiplier": (0, math.inf),
    "benefit": (0, math.inf),
    "cost": (0, math.inf),
    "payoff": (-math.inf, math.inf),
    "reaction": (0, math.inf),
    "fatigue": (0, math.inf),
    "grievance": (-math.inf, math.inf),
    "spends": (0, math.inf),
}
"""The least and the most that each number can be."""


@dataclass(frozen=True)
class ParameterDraws:
    """The numbers of a case, drawn; the same number has the same draws as in every other room."""

    case: Case
    at_means: bool = False
    """Whether every number is taken at its mean instead, in a single draw."""
    _sampled: dict[str, Floats] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return 1 if self.at_means else self.case.network.draws

    def sample(self, estimate: Estimate, path: str, kind: str) -> Floats:
        """Draws of one number, shape (draws,).

        Args:
            estimate: The number.
            path: Where it stands in the case.
            what: Its kind, one of `RANGES`.
        """
        import numpy as np

        if path not in self._sampled:
            low, high = PARAMETER_RANGES[kind]
            if self.at_means:
                self._sampled[path] = np.array([min(max(estimate.mean, low), high)])
            else:
                batch_numbers = range(-(-self.draw_count // DRAWS_PER_BATCH))
                seed = self.case.network.seed
                batches = [
                    draw_estimate(estimate, random_stream(seed, path, batch), DRAWS_PER_BATCH, low, high)
                    for batch in batch_numbers
                ]
                self._sampled[path] = np.concatenate(batches)[: self.draw_count]
        return self._sampled[path]

    def sample_sides(self, estimates: Mapping[str, tuple[Estimate, str]], sides: list[str], kind: str) -> Floats:
        """Draws of a number of either side, shape (2, draws); 0 for a side without any."""
        import numpy as np

        return np.stack(
            [self.sample(*estimates[side], kind) if side in estimates else np.zeros(self.draw_count) for side in sides]
        )
