"""Choices of the analyst as factors beside the inputs: which of them an output depends on.

Where every combination of options was computed with the same draws, the variance of the output over options and draws
falls apart exactly (analysis of variance; Sobol 1993): what choices do alone, the variance of the means over draws;
what inputs do alone, the variance of the means over options; and what they do only together. The first-order index of a
choice is the variance of the means by its options, its total index the mean variance over its options with all else
held, both as shares of the whole. Options weigh alike unless weights are given: no chance is claimed for a choice.
Errors are those of the draws, by a jackknife over interleaved groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from detente.methods.sensitivity.jackknife import JACKKNIFE_GROUPS, group_means, jackknife_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ChoiceShares:
    """What choices and inputs account for of the variance of an output; all 0 if it does not vary."""

    by_choices: float
    """By choices alone."""
    by_inputs: float
    """By inputs alone."""
    by_both: float
    """By choices and inputs only together. The three add up to 1."""
    shares_error: tuple[float, float, float]
    """The standard errors of these three."""
    first_order: Floats
    """First-order index of each choice, shape (choices,)."""
    first_order_error: Floats
    """Their standard errors."""
    total: Floats
    """Total index of each choice, shape (choices,)."""
    total_error: Floats
    """Their standard errors."""
    flip_share: Floats
    """How often the output differs when one choice alone is drawn anew by the weights, shape (choices,)."""
    flip_share_error: Floats
    """Its standard error."""


def decompose_choices(
    outputs: Floats, weights: Sequence[Floats] | None = None, group_count: int = JACKKNIFE_GROUPS
) -> ChoiceShares:
    """The shares of the variance by choices, by inputs, and by both.

    Args:
        outputs: Shape (options of the first choice, ..., options of the last, draws); the same draws in every cell.
        weights: Of the options of each choice, each of shape (options,), adding up to 1; all alike if not given.
        group_count: How many interleaved groups of draws the jackknife has.

    Returns:
        The shares.

    Raises:
        ValueError: If there is no choice, or if weights do not fit the options or do not add up to 1.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.choice_factors import decompose_choices
        >>> uniform = (np.arange(400) + 0.5) / 400
        >>> outputs = np.stack([uniform > 0.5, uniform > 2.0])  # by the first option half say yes, by the other none
        >>> shares = decompose_choices(outputs.astype(float))
        >>> [round(share, 4) for share in (shares.by_choices, shares.by_inputs, shares.by_both)]
        [0.3333, 0.3333, 0.3333]
        >>> shares.total.round(4).tolist(), shares.flip_share.round(4).tolist()
        ([0.6667], [0.25])
    """
    import numpy as np

    weights = _option_weights(outputs.shape[:-1], weights)
    centred = outputs - _mean_over_options(outputs, weights).mean()
    cell_means, left_out_cells = group_means(centred, group_count)
    moments, left_out_moments = group_means(_moments_by_draw(centred, weights), group_count)
    flips, left_out_flips = group_means(_flips_by_draw(outputs, weights), group_count)
    shares = _shares(cell_means, moments, weights)
    left_out = np.stack([_shares(*parts, weights) for parts in zip(left_out_cells, left_out_moments, strict=True)])
    error = jackknife_error(left_out)
    first_order, total = np.split(shares[3:], 2)
    first_order_error, total_error = np.split(error[3:], 2)
    return ChoiceShares(
        float(shares[0]),
        float(shares[1]),
        float(shares[2]),
        (float(error[0]), float(error[1]), float(error[2])),
        first_order,
        first_order_error,
        total,
        total_error,
        flips,
        jackknife_error(left_out_flips),
    )


def _option_weights(options: tuple[int, ...], weights: Sequence[Floats] | None) -> list[Floats]:
    """The weights of the options of each choice."""
    import numpy as np

    if not options:
        raise ValueError("there is no choice: outputs have one axis only, that of the draws")
    if weights is None:
        return [np.full(count, 1 / count) for count in options]
    if tuple(map(len, weights)) != options or any(abs(sum(each) - 1) > 1e-9 or min(each) < 0 for each in weights):
        raise ValueError("each choice takes as many weights as it has options, none below 0, adding up to 1")
    return [np.asarray(each, dtype=float) for each in weights]


def _mean_over_options(values: Floats, weights: list[Floats], but: int | None = None) -> Floats:
    """The weighted mean over the options of all choices but one; the axes of the choices come first."""
    import numpy as np

    for choice in reversed(range(len(weights))):
        if choice != but:
            values = np.tensordot(weights[choice], values, axes=(0, choice))
    return values


def _variances_over(values: Floats, weights: list[Floats], choice: int) -> Floats:
    """The mean over all other options of the variance over those of a choice."""
    import numpy as np

    mean = np.tensordot(weights[choice], values, axes=(0, choice))
    return _mean_over_options((values - np.expand_dims(mean, choice)) ** 2, weights)


def _moments_by_draw(centred: Floats, weights: list[Floats]) -> Floats:
    """Of each draw: mean over options, its square, mean square, and by choice the variance; (3 + choices, draws)."""
    import numpy as np

    mean = _mean_over_options(centred, weights)
    variances = [_variances_over(centred, weights, choice) for choice in range(len(weights))]
    return np.stack([mean, mean**2, _mean_over_options(centred**2, weights), *variances])


def _flips_by_draw(outputs: Floats, weights: list[Floats]) -> Floats:
    """Of each draw and choice, how often two options drawn by the weights differ; shape (choices, draws)."""
    import numpy as np

    flips = np.zeros((len(weights), outputs.shape[-1]))
    for choice, own_weights in enumerate(weights):
        others = [each for place, each in enumerate(weights) if place != choice]
        options = np.moveaxis(outputs, choice, 0)
        for one in range(len(options)):
            for other in range(one):
                differs = (options[one] != options[other]).astype(float)
                flips[choice] += 2 * prod(own_weights[[one, other]]) * _mean_over_options(differs, others)
    return flips


def _shares(cell_means: Floats, moments: Floats, weights: list[Floats]) -> Floats:
    """By choices, by inputs, by both; then first-order and total indices of each choice: shape (3 + 2 choices,)."""
    import numpy as np

    mean, square_of_mean, mean_square, *variances = moments
    variance = mean_square - mean**2
    by_choices = _mean_over_options((cell_means - mean) ** 2, weights)
    by_inputs = square_of_mean - mean**2
    first_order = [
        weights[choice] @ (_mean_over_options(cell_means, weights, but=choice) - mean) ** 2
        for choice in range(len(weights))
    ]
    parts = np.array([by_choices, by_inputs, variance - by_choices - by_inputs, *first_order, *variances])
    return parts / variance if variance > 1e-12 * mean_square else np.zeros_like(parts)
