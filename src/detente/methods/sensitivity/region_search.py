"""Where the draws with a rare answer lie: a search by levels, after the cross-entropy method.

From plain draws the best tenth by their output is kept, the uniforms are tilted towards where these lie, and drawn
anew, until the rare answer itself is common (Rubinstein and Kroese 2004; de Boer and others 2005). Only inputs whose
weighted mean among the best is surely not one half are tilted.

One tilt leads to one region. Three things let the search see others. If the best lie at both ends of an input, which
shows as a variance that no tilted density has, it follows the heavier end only. It can be told which tilts are known:
it then looks only where draws are thinner than plain ones by all of these. And it can start from a tilt, such as the
opposite of one that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.exponential_tilt import log_tilt_density, tilt_for_mean, tilt_uniforms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_ERRORS_TO_SPLIT = 4.0
"""Standard errors by which a variance must exceed that of a uniform."""
_LEAST_PROGRESS = 0.05
"""Over two levels the distance to the rare answer falls by such a part, or the search ends."""
_UNIFORM_VARIANCE = 1 / 12
_SPREAD_OF_SQUARES = 180**-0.5
"""Standard deviation of (u - 1/2)^2 of a uniform."""


@dataclass(frozen=True)
class TiltingPlan:
    """How a rare answer is looked for and sampled."""

    level_draws: int = 2048
    """Draws at each level of the search."""
    final_draws: int = 4096
    """Draws of the final sample."""
    top_share: float = 0.1
    """The share of the draws of a level that is kept."""
    most_levels: int = 8
    """Levels after which a search ends."""
    errors_to_tilt: float = 3.0
    """Standard errors by which the mean of an input must differ from one half for a tilt."""
    greatest_tilt: float = 20.0
    """No tilt is steeper."""
    plain_share: float = 0.1
    """The share of the final sample that is drawn plainly; no weight is above 1 divided by it."""
    most_regions: int = 4
    """Regions that are looked for, one after the other."""


@dataclass(frozen=True)
class FoundRegion:
    """Where a search led.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.region_search import FoundRegion
        >>> no_hits = np.empty((0, 2))
        >>> FoundRegion(np.zeros(2), levels=(-0.5, -0.4), share=0.0, evaluations=4096, plain_hits=no_hits).reached
        False
    """

    tilts: Floats
    """Of each input, shape (inputs,); 0 where it is drawn plainly."""
    levels: tuple[float, ...]
    """The level of each step; the last is 0 if the rare answer was reached."""
    share: float
    """Roughly how often draws with the rare answer lie there; 0 if it was not reached."""
    evaluations: int
    """How many draws were evaluated."""
    plain_hits: Floats
    """The draws with the rare answer at the first level if that was plain, shape (hits, inputs)."""

    @property
    def reached(self) -> bool:
        """Whether the search came to the rare answer."""
        return self.share > 0


def search_region(
    evaluate: Callable[[Floats], Floats],
    generator: np.random.Generator,
    plan: TiltingPlan,
    start: Floats,
    known_tilts: Sequence[Floats] = (),
) -> FoundRegion:
    """A region of the rare answer, which is an output above 0.

    Args:
        evaluate: From uniforms of shape (draws, inputs) to outputs of shape (draws,).
        generator: The source of randomness.
        plan: How to look.
        start: The tilts of the first level, shape (inputs,); 0 for plain draws.
        known_tilts: Where draws are already denser than plain ones by one of these tilts, it does not look.

    Returns:
        The region that the search came to, or how far it came.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.region_search import TiltingPlan, search_region
        >>> at_either_end = lambda uniforms: abs(uniforms[:, 0] - 0.5) - 0.495
        >>> rng, plan = np.random.default_rng(1), TiltingPlan()
        >>> one = search_region(at_either_end, rng, plan, start=np.zeros(3))
        >>> other = search_region(at_either_end, rng, plan, -one.tilts, known_tilts=[one.tilts])
        >>> one.reached, other.reached, np.flatnonzero(one.tilts * other.tilts < 0).tolist()
        (True, True, [0])
    """
    import numpy as np

    tilts, levels = start, list[float]()
    share, plain_hits = 0.0, np.empty((0, len(start)))
    while len(levels) < plan.most_levels and not _has_ended(levels):
        uniforms = tilt_uniforms(generator.random((plan.level_draws, len(start))), tilts)
        outputs = np.where(_is_new(uniforms, known_tilts), evaluate(uniforms), -np.inf)
        if not tilts.any() and not levels:
            plain_hits = uniforms[outputs > 0]
        levels.append(min(float(np.sort(outputs)[int((1 - plan.top_share) * plan.level_draws)]), 0.0))
        if levels[-1] == -np.inf:
            break
        weights = np.exp(-log_tilt_density(uniforms, tilts))
        share = float(weights[outputs > 0].sum() / plan.level_draws)
        best = outputs > 0 if share and _has_ended(levels) else outputs >= levels[-1]
        tilts = _tilts_towards(uniforms[best], weights[best], plan)
    return FoundRegion(tilts, tuple(levels), share, len(levels) * plan.level_draws, plain_hits)


def _has_ended(levels: list[float]) -> bool:
    """Whether the rare answer is reached, or two levels brought it hardly nearer."""
    stuck = len(levels) > 2 and levels[-1] < (1 - _LEAST_PROGRESS) * levels[-3]
    return stuck or (len(levels) > 0 and levels[-1] == 0)


def _is_new(uniforms: Floats, known_tilts: Sequence[Floats]) -> Flags:
    """Which draws every known tilt makes thinner than plain ones, shape (draws,)."""
    import numpy as np

    new = np.ones(len(uniforms), dtype=bool)
    for tilts in known_tilts:
        new &= log_tilt_density(uniforms, tilts) < 0
    return new


def _tilts_towards(uniforms: Floats, weights: Floats, plan: TiltingPlan) -> Floats:
    """The tilts towards the weighted mean of some draws, of the inputs where it is surely not one half."""
    import numpy as np

    end = _heavier_end(uniforms, weights)
    uniforms, weights = uniforms[end], weights[end]
    mean = weights @ uniforms / weights.sum()
    sure = abs(mean - 0.5) > plan.errors_to_tilt * np.sqrt(_UNIFORM_VARIANCE / _effective_size(weights))
    tilts = np.clip(tilt_for_mean(np.clip(mean, 0.001, 0.999)), -plan.greatest_tilt, plan.greatest_tilt)
    return np.where(sure, tilts, 0.0)


def _heavier_end(uniforms: Floats, weights: Floats) -> Flags:
    """All draws; or, if they lie at both ends of an input, those of the heavier end of the most divided one."""
    import numpy as np

    mean = weights @ uniforms / weights.sum()
    excess = weights @ (uniforms - mean) ** 2 / weights.sum() - _UNIFORM_VARIANCE
    most_divided = int(excess.argmax())
    if excess[most_divided] <= _ERRORS_TO_SPLIT * _SPREAD_OF_SQUARES / np.sqrt(_effective_size(weights)):
        return np.ones(len(weights), dtype=bool)
    high = uniforms[:, most_divided] > 0.5
    return high if weights @ high >= weights @ ~high else ~high


def _effective_size(weights: Floats) -> float:
    """As many equal weights would tell as much (Kish 1965)."""
    return float(weights.sum() ** 2 / (weights**2).sum())
