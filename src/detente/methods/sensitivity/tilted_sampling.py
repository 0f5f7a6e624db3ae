"""How likely a rare answer is, and draws that have it, by importance sampling with exponential tilts.

The uniforms of a few inputs are tilted towards where the rare answer lies. The tilts are found by the cross-entropy
method, level by level; then the final sample is drawn afresh from a mixture of the tilted densities and, for a tenth,
of the plain one, and each draw weighs plain to mixed density (Hesterberg 1995, "Weighted average importance sampling
and defensive mixture distributions"). So no weight is above 10, and the estimate is unbiased wherever the answer lies.

Its error is another matter: a region that no tilt reaches comes up in the plain tenth only, by few draws of great
weight or by none, and then the error is too small. Therefore each search after the first looks where draws are thinner
than plain ones by all tilts so far, from plain draws and from the opposite of the last tilt, and each region that it
finds has its part in the mixture. What is left shows in draws that lie where no tilt leads: `is_doubtful` is true if a
few of these carry a good share of the estimate, or if plain draws on the way met the answer there more often than the
estimate lets expect. A region that no draw met, plain or not, cannot show. Where it is doubtful take more draws, a
greater plain share, or plain draws alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.exponential_tilt import log_tilt_density, tilt_uniforms
from detente.methods.sensitivity.region_search import FoundRegion, TiltingPlan, search_region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DEFAULT_PLAN = TiltingPlan()
"""About 15,000 to 40,000 draws in all; errors of 2 to 6 per cent at shares from 1e-2 to 1e-7 on sums and products."""
FEW_HITS = 30
"""Fewer hits make an error doubtful, and so do fewer heavy ones that carry a good share."""
HEAVY_SHARE = 0.1
"""A share of an estimate that must not rest on few draws."""
SURPRISE = 0.02
"""Plain draws met the answer where no tilt leads more often than expected if the chance of that is below this."""
_LEAST_PART = 0.1
"""The least part of a region in the tilted draws, beside the whole."""


@dataclass(frozen=True)
class WeightedSample:
    """Draws from a mixture, with the weights that make them stand for plain draws."""

    uniforms: Floats
    """Shape (draws, inputs)."""
    weights: Floats
    """Shape (draws,), above 0; 1 in the mean, but for chance."""
    outputs: Floats
    """Shape (draws,); above 0 is the rare answer."""


@dataclass(frozen=True)
class RareShare:
    """How likely a rare answer is, and how that was found.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.tilted_sampling import estimate_rare_share
        >>> never = estimate_rare_share(lambda uniforms: -1 - uniforms[:, 0], 1, np.random.default_rng(1))
        >>> never.estimate, never.reached, never.is_doubtful, round(never.interval()[1], 4)
        (0.0, False, True, 0.0012)
    """

    estimate: float
    """The share of plain draws that have the rare answer."""
    standard_error: float
    """Of the estimate; 0 where no draw has the answer, which says nothing."""
    hits: int
    """How many draws of the final sample have the rare answer."""
    effective_size: float
    """As many hits of equal weight would tell as much; 0 without any."""
    heavy_hits: int
    """Hits of weight above 1, which lie where no tilt leads."""
    heavy_share: float
    """The share of the estimate that these carry."""
    plain_surprise: float
    """By the estimate, the chance of as many hits where no tilt leads as the plain draws of the first search had."""
    plain_draws: float
    """As many plain draws, at least, were among all that were evaluated."""
    evaluations: int
    """How many draws were evaluated, those of the searches included."""
    regions: tuple[FoundRegion, ...]
    """The regions in the mixture, with their tilts and levels. The first may not have been reached."""
    parts: tuple[float, ...]
    """The part of each in the mixture; the rest is plain."""
    sample: WeightedSample
    """The final sample, by which the region can be described."""

    @property
    def reached(self) -> bool:
        """Whether a search came to the rare answer."""
        return self.regions[0].reached

    @property
    def is_doubtful(self) -> bool:
        """Whether the error may be too small: few hits, or signs of a region that no tilt reaches."""
        few_heavy_hits = self.heavy_hits < FEW_HITS and self.heavy_share > HEAVY_SHARE
        return not self.reached or self.hits < FEW_HITS or few_heavy_hits or self.plain_surprise < SURPRISE

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Its normal interval; without a hit from 0 to the share that plain draws would then have shown."""
        from scipy.special import ndtri

        if not self.hits:
            return 0.0, float(1 - (1 - level) ** (1 / self.plain_draws))
        reach = float(ndtri((1 + level) / 2)) * self.standard_error
        return max(self.estimate - reach, 0.0), self.estimate + reach


def estimate_rare_share(
    evaluate: Callable[[Floats], Floats],
    input_count: int,
    generator: np.random.Generator,
    plan: TiltingPlan = DEFAULT_PLAN,
) -> RareShare:
    """How likely a rare answer is.

    Args:
        evaluate: From uniforms of shape (draws, inputs) to outputs of shape (draws,). An output above 0 is the rare
            answer, and the nearer to it the greater: for a rare yes what speaks for it, for a rare no the opposite.
            What is random in it besides its inputs is never tilted.
        input_count: How many inputs there are.
        generator: The source of randomness.
        plan: How many draws to take, and how to tilt.

    Returns:
        The share with its error, and the final sample.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.tilted_sampling import estimate_rare_share
        >>> all_high = lambda uniforms: uniforms[:, :3].min(axis=1) - 0.98  # 0.02 cubed is 8e-06
        >>> rare = estimate_rare_share(all_high, input_count=10, generator=np.random.default_rng(1))
        >>> bool(abs(rare.estimate - 8e-6) < 3 * rare.standard_error), bool(rare.standard_error < 1e-6)
        (True, True)
        >>> np.flatnonzero(rare.regions[0].tilts).tolist(), rare.is_doubtful
        ([0, 1, 2], False)
    """
    regions, searched = _find_regions(evaluate, input_count, generator, plan)
    parts = _mixture_parts(regions, plan)
    sample = _draw_mixture(evaluate, input_count, generator, plan.final_draws, regions, parts)
    return _estimate(sample, regions, parts, plan, searched + plan.final_draws)


def _find_regions(
    evaluate: Callable[[Floats], Floats], input_count: int, generator: np.random.Generator, plan: TiltingPlan
) -> tuple[tuple[FoundRegion, ...], int]:
    """The regions that were found, or the first try; and how many draws all searches took."""
    import numpy as np

    plain = np.zeros(input_count)
    regions = [search_region(evaluate, generator, plan, plain)]
    searched = regions[0].evaluations
    while regions[-1].reached and regions[-1].tilts.any() and len(regions) < plan.most_regions:
        known_tilts = [region.tilts for region in regions]
        for start in (plain, -known_tilts[-1]):
            region = search_region(evaluate, generator, plan, start, known_tilts)
            searched += region.evaluations
            if region.reached and region.tilts.any():
                regions.append(region)
                break
        else:
            break
    return tuple(regions), searched


def _mixture_parts(regions: Sequence[FoundRegion], plan: TiltingPlan) -> tuple[float, ...]:
    """The part of each region in the mixture: by its share, but for a least part."""
    whole = sum(region.share for region in regions)
    parts = [max(region.share / whole, _LEAST_PART) if whole else 1.0 for region in regions]
    return tuple((1 - plan.plain_share) * part / sum(parts) for part in parts)


def _draw_mixture(
    evaluate: Callable[[Floats], Floats],
    input_count: int,
    generator: np.random.Generator,
    draw_count: int,
    regions: Sequence[FoundRegion],
    parts: Sequence[float],
) -> WeightedSample:
    """Fresh draws from the mixture; each weighs plain to mixed density."""
    import numpy as np

    component = np.searchsorted(np.cumsum(parts), generator.random(draw_count), side="right")
    uniforms = generator.random((draw_count, input_count))
    for place, region in enumerate(regions):
        uniforms[component == place] = tilt_uniforms(uniforms[component == place], region.tilts)
    weights = _mixture_weights(uniforms, regions, parts)
    return WeightedSample(uniforms, weights, np.asarray(evaluate(uniforms), dtype=float))


def _mixture_weights(uniforms: Floats, regions: Sequence[FoundRegion], parts: Sequence[float]) -> Floats:
    """Plain to mixed density, shape (draws,)."""
    import numpy as np

    density = np.full(len(uniforms), 1 - sum(parts))
    for region, part in zip(regions, parts, strict=True):
        density += part * np.exp(log_tilt_density(uniforms, region.tilts))
    return np.asarray(1 / density)


def _estimate(
    sample: WeightedSample,
    regions: tuple[FoundRegion, ...],
    parts: tuple[float, ...],
    plan: TiltingPlan,
    evaluations: int,
) -> RareShare:
    """The share from the final sample, and what tells how sure it is."""
    import numpy as np

    draw_count = len(sample.weights)
    hit_weights = sample.weights[sample.outputs > 0]
    contributions = np.where(sample.outputs > 0, sample.weights, 0.0)
    heavy = hit_weights[hit_weights > 1]
    whole = float(hit_weights.sum())
    plain_hits = _mixture_weights(regions[0].plain_hits, regions, parts) > 1
    expected_hits = plan.level_draws * float(heavy.sum()) / draw_count
    return RareShare(
        estimate=whole / draw_count,
        standard_error=float(contributions.std(ddof=1) / draw_count**0.5),
        hits=len(hit_weights),
        effective_size=float(whole**2 / (hit_weights**2).sum()) if whole else 0.0,
        heavy_hits=len(heavy),
        heavy_share=float(heavy.sum() / whole) if whole else 0.0,
        plain_surprise=_chance_of_more(int(plain_hits.sum()), expected_hits),
        plain_draws=plan.level_draws + plan.plain_share * plan.final_draws,
        evaluations=evaluations,
        regions=regions,
        parts=parts,
        sample=sample,
    )


def _chance_of_more(count: int, expected: float) -> float:
    """The chance of so many or more, by the Poisson distribution."""
    from scipy.special import pdtrc

    return float(pdtrc(count - 1, expected)) if count else 1.0
