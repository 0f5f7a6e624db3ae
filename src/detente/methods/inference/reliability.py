"""Reliability: how far coders who read the same units independently agree beyond chance.

Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"):

    alpha = 1 - D_o / D_e,   D_o = (1/n) sum_ck o_ck d2_ck,   D_e = (1/(n(n-1))) sum_ck n_c n_k d2_ck

with o_ck the coincidences of values c and k, every pair of a unit with m ratings weighing 1/(m-1), n_c their
margins and n their total. The difference d2 is that of the level of measurement. The ordinal one,
(sum of n_g for g from c to k, less (n_c + n_k)/2)^2, is the squared difference of mid-ranks, so that ordinal
and interval go the same way. Cohen's kappa after Cohen (1960; weighted 1968), Fleiss' kappa after Fleiss (1971).

Ratings stand in arrays of shape (units, coders); NaN where a coder has not coded a unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

MeasurementLevel = Literal["nominal", "ordinal", "interval", "ratio"]
FEW_UNITS = 30
"""Fewer units than this are called few: with 12 the interval of a high alpha still reaches below 0.5."""
_BATCH_SIZE = 1000


@dataclass(frozen=True, slots=True)
class _Coincidences:
    """How often values meet in the units that at least two coders have coded."""

    values: Array
    """The values that occur, ascending; shape (V,)."""
    counts: Array
    """How often each stands in each unit; shape (U, V)."""
    pairs: Array
    """The pairs of different values that meet in a unit, as indices of `values`; shape (K, 2)."""
    pair_weights: Array
    """The weight of each such pair in each unit, both orders together; shape (U, K)."""


def _tabulate_coincidences(ratings: Array) -> _Coincidences:
    """The coincidences of the units with two ratings or more; ratings of shape (units, coders)."""
    import numpy as np

    ratings = np.asarray(ratings, dtype=float)
    ratings = ratings[(~np.isnan(ratings)).sum(axis=1) >= 2]
    present = ~np.isnan(ratings)
    values, value_index = np.unique(ratings[present], return_inverse=True)
    counts = np.zeros((len(ratings), len(values)))
    np.add.at(counts, (np.nonzero(present)[0], value_index.reshape(-1)), 1)
    occurs = (counts > 0).astype(float)
    first, second = np.nonzero(np.triu(occurs.T @ occurs, 1))
    weight_per_pair = 2 / (counts.sum(axis=1, keepdims=True) - 1)
    return _Coincidences(
        values, counts, np.stack([first, second], axis=1), weight_per_pair * counts[:, first] * counts[:, second]
    )


def _alphas(table: _Coincidences, copies: Array, metric: MeasurementLevel) -> Array:
    """Alpha where each unit stands so many times; copies of shape (B, U). NaN where nothing varies."""
    import numpy as np

    n_c = copies @ table.counts
    observed = copies @ table.pair_weights
    n = n_c.sum(axis=1)
    c, k = table.pairs.T
    if metric == "nominal":
        d2: Any = 1.0
        expected = n**2 - (n_c**2).sum(axis=1)
    elif metric == "ratio":
        d2_all = _ratio_differences(table.values)
        d2 = d2_all[c, k]
        expected = ((n_c @ d2_all) * n_c).sum(axis=1)
    else:
        # Centred, so that the difference of two large numbers does not lose the small ones.
        x = np.cumsum(n_c, axis=1) - n_c / 2 if metric == "ordinal" else np.broadcast_to(table.values, n_c.shape)
        x = x - x.mean(axis=1, keepdims=True)
        d2 = (x[:, c] - x[:, k]) ** 2
        expected = 2 * (n * (n_c * x**2).sum(axis=1) - (n_c * x).sum(axis=1) ** 2)
    varies = (n_c > 0).sum(axis=1) > 1
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas: Array = np.where(varies, 1 - (n - 1) * (observed * d2).sum(axis=1) / expected, np.nan)
    return alphas


def _ratio_differences(values: Array) -> Array:
    import numpy as np

    if (values < 0).any():
        raise ValueError("the ratio metric takes values of 0 or more")
    total = values[:, None] + values
    differences: Array = np.divide(values[:, None] - values, total, out=np.zeros_like(total), where=total > 0) ** 2
    return differences


def krippendorff_alpha(ratings: Array, metric: MeasurementLevel = "nominal") -> float | None:
    """Krippendorff's alpha.

    Args:
        ratings: Shape (units, coders), NaN for a missing coding. Units with fewer than two ratings are left out.
        metric: The level of measurement.

    Returns:
        Alpha, at most 1; None where it is not defined: no unit coded twice, or one value throughout.

    Raises:
        ValueError: For negative values under the ratio metric.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.reliability import krippendorff_alpha
        >>> _ = np.nan
        >>> coders = [[_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3], [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _]]
        >>> ratings = np.array([*coders, [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4]]).T
        >>> round(krippendorff_alpha(ratings), 3), round(krippendorff_alpha(ratings, "interval"), 3)
        (0.691, 0.811)
    """
    import numpy as np

    table = _tabulate_coincidences(ratings)
    if not len(table.values):
        return None
    value = float(_alphas(table, np.ones((1, len(table.counts))), metric)[0])
    return None if np.isnan(value) else value


@dataclass(frozen=True, slots=True)
class BootstrapInterval:
    """A percentile interval from a bootstrap over units."""

    lower_bound: float
    upper_bound: float
    resamples: int
    undefined_resamples: int
    """Resamples in which nothing varied, left out."""


def bootstrap_alpha_interval(
    ratings: Array, metric: MeasurementLevel = "nominal", resamples: int = 10_000, seed: int = 1, level: float = 0.95
) -> BootstrapInterval | None:
    """The percentile bootstrap interval of alpha: units are drawn with replacement.

    Args:
        ratings: As for `krippendorff_alpha`.
        metric: The level of measurement.
        resamples: How many times to draw.
        seed: The same seed gives the same interval.
        level: The share of resamples inside it.

    Returns:
        The interval; None where alpha is not defined.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.reliability import bootstrap_alpha_interval, krippendorff_alpha
        >>> ratings = np.array([[1, 1], [2, 2], [1, 2], [2, 2], [1, 1], [2, 1]])
        >>> interval = bootstrap_alpha_interval(ratings, resamples=1000)
        >>> interval.lower_bound < krippendorff_alpha(ratings) < interval.upper_bound
        True
    """
    import numpy as np

    table = _tabulate_coincidences(ratings)
    units = len(table.counts)
    if len(table.values) < 2:
        return None
    rng = np.random.default_rng(seed)
    alpha_batches = []
    for start in range(0, resamples, _BATCH_SIZE):
        size = min(_BATCH_SIZE, resamples - start)
        unit_choices = rng.integers(0, units, (size, units)) + units * np.arange(size)[:, None]
        copies = np.bincount(unit_choices.ravel(), minlength=size * units).reshape(size, units).astype(float)
        alpha_batches.append(_alphas(table, copies, metric))
    alphas = np.concatenate(alpha_batches)
    defined_alphas = alphas[~np.isnan(alphas)]
    if not len(defined_alphas):
        return None
    lower_bound, upper_bound = np.quantile(defined_alphas, [(1 - level) / 2, (1 + level) / 2])
    return BootstrapInterval(float(lower_bound), float(upper_bound), resamples, int(len(alphas) - len(defined_alphas)))


def pairwise_agreement(ratings: Array) -> float | None:
    """The share of pairs of ratings of the same unit that are the same; None if no unit is coded twice.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.reliability import pairwise_agreement
        >>> pairwise_agreement(np.array([[1, 1], [2, 2], [1, 2], [2, 2]]))
        0.75
    """
    table = _tabulate_coincidences(ratings)
    m = table.counts.sum(axis=1)
    pair_count = (m * (m - 1)).sum()
    return float((table.counts * (table.counts - 1)).sum() / pair_count) if pair_count else None


def cohen_kappa(
    first_ratings: Array, second_ratings: Array, weights: Literal["none", "linear", "squared"] = "none"
) -> float | None:
    """Cohen's kappa of two coders, over the units that both have coded.

    Args:
        first_ratings: One coder's ratings, shape (units,); NaN where missing.
        second_ratings: The other's.
        weights: How much a disagreement counts: all alike, by its distance in categories, or by its square.

    Returns:
        Kappa; None where chance alone would have them agree throughout, or where they share no unit.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.reliability import cohen_kappa
        >>> first = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])  # 20 and 15 alike, 5 and 10 not
        >>> second = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
        >>> round(cohen_kappa(first, second), 4)
        0.4
    """
    import numpy as np

    paired_ratings = np.stack([np.asarray(first_ratings, dtype=float), np.asarray(second_ratings, dtype=float)])
    paired_ratings = paired_ratings[:, ~np.isnan(paired_ratings).any(axis=0)]
    categories, category_index = np.unique(paired_ratings, return_inverse=True)
    category_index = category_index.reshape(paired_ratings.shape)
    table = np.zeros((len(categories), len(categories)))
    np.add.at(table, (category_index[0], category_index[1]), 1)
    distance = np.abs(np.subtract.outer(np.arange(len(categories)), np.arange(len(categories)))).astype(float)
    cost = {"none": (distance > 0).astype(float), "linear": distance, "squared": distance**2}[weights]
    expected_cost = (cost * np.outer(table.sum(axis=1), table.sum(axis=0))).sum() / max(table.sum(), 1)
    return float(1 - (cost * table).sum() / expected_cost) if expected_cost > 0 else None


def fleiss_kappa(ratings: Array) -> float | None:
    """Fleiss' kappa, over the units with as many ratings as the best coded unit has.

    Args:
        ratings: Shape (units, coders).

    Returns:
        Kappa; None where it is not defined.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.reliability import fleiss_kappa
        >>> round(fleiss_kappa(np.array([[1, 1, 1], [2, 2, 2], [1, 1, 2], [2, 2, 1]])), 4)
        0.3333
    """
    table = _tabulate_coincidences(ratings)
    if len(table.values) < 2:
        return None
    m = table.counts.sum(axis=1)
    counts = table.counts[m == m.max()]
    raters = m.max()
    observed = ((counts**2).sum(axis=1) - raters).mean() / (raters * (raters - 1))
    expected = ((counts.sum(axis=0) / counts.sum()) ** 2).sum()
    return float((observed - expected) / (1 - expected)) if expected < 1 else None
