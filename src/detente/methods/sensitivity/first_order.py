"""First-order variance indices of many inputs, from draws that are there already.

The draws of an input fall into B equal bins of its uniform. With the sums of squares between and within bins,

    S = (between - (B - 1) within/(N - B)) / total

is its first-order index (main effect) Var E[y|x] / Var y, less what bins of pure chance would show: the epsilon
squared of Kelley (1935), the correlation ratio of Pearson (1905) corrected. It can fall below 0 by chance. Errors by a
jackknife over interleaved groups. With 32 bins an index is too low where the answer lies in a narrow tail of an
input: of a yes or no below 1 in 100, look at `tilted_sampling` and `scenario_discovery` instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.jackknife import JACKKNIFE_GROUPS, interleaved_groups, jackknife_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BIN_COUNT = 32
"""Bins of each input unless another number is asked for."""


@dataclass(frozen=True)
class DrawBins:
    """In which bin of each input each draw lies, and in which group: made once, used for every output."""

    cells: NDArray[np.intp]
    """The cell bin x groups + group of each draw, shape (inputs, draws)."""
    counts: Floats
    """How many draws lie in each cell, shape (inputs, bins, groups)."""


@dataclass(frozen=True)
class FirstOrderIndices:
    """The first-order index of each input, with its standard error."""

    index: Floats
    """Shape (inputs,): the share of the variance that each accounts for alone; by chance it may be a little below 0."""
    standard_error: Floats
    """By the jackknife, shape (inputs,)."""
    degrees: int
    """Degrees of freedom of the errors: groups less 1."""


def bin_draws(uniforms: Floats, bin_count: int = BIN_COUNT, group_count: int = JACKKNIFE_GROUPS) -> DrawBins:
    """The bins of draws, for all inputs.

    Args:
        uniforms: Shape (draws, inputs), in [0, 1).
        bin_count: How many equal bins each input has, at least 2.
        group_count: How many interleaved groups the jackknife has.

    Returns:
        The bins.

    Raises:
        ValueError: If a uniform is not in [0, 1), or if there are no more draws than bins once a group is left out.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.first_order import bin_draws
        >>> bins = bin_draws(np.array([[0.1], [0.9], [0.2], [0.3], [0.6], [0.7]]), bin_count=2, group_count=2)
        >>> bins.counts[0].tolist()  # by bin, then by group
        [[2.0, 1.0], [1.0, 2.0]]
    """
    import numpy as np

    draw_count, input_count = uniforms.shape
    groups = interleaved_groups(draw_count, group_count)
    if draw_count - np.bincount(groups).max() <= bin_count:
        raise ValueError(f"{draw_count} draws are too few for {bin_count} bins and {group_count} groups")
    if not ((uniforms >= 0) & (uniforms < 1)).all():
        raise ValueError("uniforms lie in [0, 1)")
    cells = np.ascontiguousarray((uniforms.T * bin_count).astype(np.intp) * group_count + groups)
    shape = (input_count, bin_count, group_count)
    counts = np.stack([np.bincount(row, minlength=bin_count * group_count) for row in cells])
    return DrawBins(cells, counts.reshape(shape).astype(float))


def first_order_indices(bins: DrawBins, outputs: Floats) -> FirstOrderIndices:
    """The first-order indices of all inputs for one output.

    Args:
        bins: The bins of the draws.
        outputs: Shape (draws,), numbers, or 0 and 1.

    Returns:
        The indices; all 0 of an output that does not vary.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.first_order import bin_draws, first_order_indices
        >>> uniforms = np.random.default_rng(1).random((8192, 3))
        >>> indices = first_order_indices(bin_draws(uniforms), 2 * uniforms[:, 0] + uniforms[:, 1])
        >>> indices.index.round(1).tolist()  # four to one, and one that does nothing
        [0.8, 0.2, 0.0]
        >>> bool(indices.standard_error.max() < 0.01)
        True
    """
    import numpy as np

    centred = outputs - outputs.mean()
    by_input = [np.bincount(row, centred, bins.counts[0].size) for row in bins.cells]
    sums = np.asarray(by_input, dtype=float).reshape(bins.counts.shape)
    group_count = bins.counts.shape[2]
    squares = np.asarray(np.bincount(interleaved_groups(len(centred), group_count), centred**2), dtype=float)
    every_index = _corrected_index(_without_each(sums), _without_each(bins.counts), _without_each(squares))
    return FirstOrderIndices(every_index[:, 0], jackknife_error(every_index[:, 1:].T), group_count - 1)


def _without_each(by_group: Floats) -> Floats:
    """Sums over all groups, and over all but each in turn: the last axis from G to 1 + G."""
    import numpy as np

    total = by_group.sum(axis=-1, keepdims=True)
    return np.concatenate([total, total - by_group], axis=-1)


def _corrected_index(sums: Floats, counts: Floats, squares: Floats) -> Floats:
    """Epsilon squared; sums and counts of shape (inputs, bins, samples), the sum of squares of shape (samples,)."""
    import numpy as np

    draw_count = counts.sum(axis=1)
    correction = sums.sum(axis=1) ** 2 / draw_count
    between = np.divide(sums**2, counts, out=np.zeros_like(sums), where=counts > 0).sum(axis=1) - correction
    total = squares - correction
    bin_count = (counts > 0).sum(axis=1)
    explained = between - (bin_count - 1) * (total - between) / (draw_count - bin_count)
    varies = total > 1e-12 * np.maximum(squares, 1e-300)
    return np.asarray(np.divide(explained, total, out=np.zeros_like(total), where=varies))
