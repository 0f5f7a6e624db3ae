"""From a case to draws: every number of its games, once for each draw or at its mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.random_streams import BLOCK, drawn, stream

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BELOW_ONE = 1 - 1e-9
RANGES = {
    "patience": (0, BELOW_ONE),
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
class Numbers:
    """The numbers of a case, drawn; the same number has the same draws as in every other room."""

    case: Case
    certain: bool = False
    """Whether every number is taken at its mean instead, in a single draw."""
    _kept: dict[str, Floats] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return 1 if self.certain else self.case.network.draws

    def of(self, estimate: Estimate, path: str, what: str) -> Floats:
        """Draws of one number, shape (draws,).

        Args:
            estimate: The number.
            path: Where it stands in the case.
            what: Its kind, one of `RANGES`.
        """
        import numpy as np

        if path not in self._kept:
            low, high = RANGES[what]
            if self.certain:
                self._kept[path] = np.array([min(max(estimate.mean, low), high)])
            else:
                blocks = range(-(-self.draws // BLOCK))
                seed = self.case.network.seed
                made = [drawn(estimate, stream(seed, path, block), BLOCK, low, high) for block in blocks]
                self._kept[path] = np.concatenate(made)[: self.draws]
        return self._kept[path]

    def either(self, estimates: Mapping[str, tuple[Estimate, str]], sides: list[str], what: str) -> Floats:
        """Draws of a number of either side, shape (2, draws); 0 for a side without any."""
        import numpy as np

        return np.stack(
            [self.of(*estimates[side], what) if side in estimates else np.zeros(self.draws) for side in sides]
        )
