"""What every voice makes of a channel, term by term: its own gain, and what each reason adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RelativeGainsWeights:
    """How much every voice minds what others gain, by one mechanism in a block of draws."""

    concern: Floats
    """How much each voice minds what each actor gains, shape (draws, voices, actors)."""
    own_weight: Floats
    """How much its own gain counts against that, shape (draws, voices)."""


@dataclass(frozen=True)
class UtilityTerms:
    """What every voice makes of a channel, shape (..., draws, voices)."""

    own_gain: Floats
    """What it gains."""
    mechanism_terms: Mapping[str, Floats]
    """What each mechanism, and each outside option, adds."""
    gains_weights: Mapping[str, RelativeGainsWeights]
    """How much each minds what others gain, by mechanism; nothing under a grave threat."""

    def terms_on_issue(self, issue: int) -> UtilityTerms:
        """Of several issues, only one."""
        return UtilityTerms(
            self.own_gain[issue],
            {name: amount[issue] for name, amount in self.mechanism_terms.items()},
            self.gains_weights,
        )

    def total_utility(self, mechanism_names: Iterable[str]) -> Floats:
        """The utility by a theory that lets some of them count."""
        utility = self.own_gain
        for name in mechanism_names:
            utility = utility + self.mechanism_terms[name]
        return utility
