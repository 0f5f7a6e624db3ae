"""How sure a mean over draws is, where draws come in groups that are spread evenly on purpose.

Each group of 256 consecutive draws of a Latin hypercube is a small sample by itself, made independently of the
others. The spread of their means then gives the error, and gains from the even spread inside a group:

    sd(means of groups) / sqrt(groups)

(McKay, Beckman and Conover 1979 for the hypercube; replicates as in Owen 1997). The usual error sd/sqrt(n), of a
share the binomial one, takes all draws as independent and so is mostly too wide for such draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GROUP_SIZE = 256
"""Consecutive draws that make a group."""
FEWEST_GROUPS = 8
"""With fewer groups their spread says too little: the error is then that of independent draws."""


@dataclass(frozen=True)
class MeanWithError:
    """A mean over draws, with its standard error.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.group_errors import MeanWithError
        >>> share = MeanWithError(np.array(0.5), np.array(0.01), degrees=15)
        >>> [round(float(bound), 3) for bound in share.interval()]
        [0.479, 0.521]
    """

    mean: Floats
    """Shape (...), the shape of the outputs without their draws."""
    standard_error: Floats
    """The same shape."""
    degrees: int
    """Degrees of freedom of the error: groups less 1, or draws less 1."""

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Its interval by Student's t: lower and upper bound."""
        reach = t_quantile(level, self.degrees) * self.standard_error
        return self.mean - reach, self.mean + reach


def mean_with_group_error(outputs: Floats, group_size: int = GROUP_SIZE) -> MeanWithError:
    """The mean of outputs with the standard error by groups of consecutive draws.

    Args:
        outputs: Shape (..., draws), of two draws at least. Draws beyond the last whole group count for the mean only.
        group_size: Draws in a group.

    Returns:
        The mean with its error; with fewer than 8 groups the error is sd/sqrt(n), as of independent draws.

    Raises:
        ValueError: With fewer than two draws.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.group_errors import mean_with_group_error
        >>> rng = np.random.default_rng(1)
        >>> spread_evenly = (rng.permuted(np.tile(np.arange(256), (64, 1)), axis=1).ravel() + rng.random(16384)) / 256
        >>> by_groups = mean_with_group_error(spread_evenly)
        >>> bool(by_groups.standard_error < 0.1 * spread_evenly.std() / np.sqrt(16384)), by_groups.degrees
        (True, 63)
    """
    import numpy as np

    draw_count = outputs.shape[-1]
    if draw_count < 2:
        raise ValueError("a standard error takes at least two draws")
    group_count = draw_count // group_size
    if group_count < FEWEST_GROUPS:
        replicates = outputs
    else:
        whole_groups = outputs[..., : group_count * group_size]
        replicates = whole_groups.reshape(*outputs.shape[:-1], group_count, group_size).mean(axis=-1)
    error = replicates.std(axis=-1, ddof=1) / np.sqrt(replicates.shape[-1])
    return MeanWithError(np.asarray(outputs.mean(axis=-1)), np.asarray(error), replicates.shape[-1] - 1)


def t_quantile(level: float, degrees: int) -> float:
    """How many standard errors an interval of a level reaches to either side: Student's t.

    Example:
        >>> from detente.methods.sensitivity.group_errors import t_quantile
        >>> round(t_quantile(0.95, 15), 3), round(t_quantile(0.95, 1_000_000), 3)
        (2.131, 1.96)
    """
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + level) / 2))
