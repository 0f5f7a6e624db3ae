"""Standard errors by the delete-one jackknife over groups of draws.

An estimate is made anew without each of G groups in turn. The spread of these G estimates,

    sqrt((G - 1)/G sum_g (e_g - mean e)^2)

is the standard error of the estimate of all draws (Quenouille 1956; Tukey 1958; Efron and Stein 1981). Groups are
interleaved: draw i is in group i mod G, so that each group holds draws of all blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

JACKKNIFE_GROUPS = 20
"""Groups of draws unless another number is asked for."""


def interleaved_groups(draw_count: int, group_count: int = JACKKNIFE_GROUPS) -> NDArray[np.intp]:
    """The group of each draw: 0, 1, ..., G - 1, 0, 1, ...

    Args:
        draw_count: How many draws there are.
        group_count: G, at least 2 and at most as many as there are draws.

    Returns:
        Shape (draws,).

    Raises:
        ValueError: If there are fewer groups than 2, or fewer draws than groups.

    Example:
        >>> from detente.methods.sensitivity.jackknife import interleaved_groups
        >>> interleaved_groups(5, group_count=2).tolist()
        [0, 1, 0, 1, 0]
    """
    import numpy as np

    if not 2 <= group_count <= draw_count:
        raise ValueError(
            f"{group_count} groups of {draw_count} draws: take at least 2, and no more than there are draws"
        )
    return np.arange(draw_count) % group_count


def group_means(values: Floats, group_count: int = JACKKNIFE_GROUPS) -> tuple[Floats, Floats]:
    """The mean of values over all draws, and the means without each interleaved group.

    Args:
        values: Shape (..., draws).
        group_count: How many groups.

    Returns:
        The mean, shape (...), and those without a group, shape (groups, ...).

    Raises:
        ValueError: As `interleaved_groups` does.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.jackknife import group_means
        >>> mean, left_out = group_means(np.array([1.0, 2.0, 3.0, 6.0]), group_count=2)
        >>> float(mean), left_out.tolist()  # without the first and third; without the second and fourth
        (3.0, [4.0, 2.0])
    """
    import numpy as np

    groups = interleaved_groups(values.shape[-1], group_count)
    sums = np.stack([values[..., group::group_count].sum(axis=-1) for group in range(group_count)])
    counts = np.bincount(groups).reshape(-1, *[1] * (values.ndim - 1))
    total = sums.sum(axis=0)
    return total / values.shape[-1], (total - sums) / (values.shape[-1] - counts)


def jackknife_error(left_out_estimates: Floats) -> Floats:
    """The standard error of an estimate.

    Args:
        left_out_estimates: The estimate without each group, shape (groups, ...), of two groups at least.

    Returns:
        Shape (...).

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.jackknife import jackknife_error
        >>> values = np.array([1.0, 2.0, 3.0, 6.0])  # each a group: the error of their mean is sd / sqrt(4)
        >>> left_out_means = (values.sum() - values) / 3
        >>> round(float(jackknife_error(left_out_means)), 4), round(float(values.std(ddof=1) / 2), 4)
        (1.0801, 1.0801)
    """
    import numpy as np

    group_count = len(left_out_estimates)
    return np.asarray(np.sqrt((group_count - 1) * left_out_estimates.var(axis=0)))
