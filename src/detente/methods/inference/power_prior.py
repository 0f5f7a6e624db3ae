"""What trials in another setting teach of a share: Bayes with a likelihood that counts for a part.

The power prior of Ibrahim and Chen (2000, Statistical Science 15:46-60; from memory): the likelihood of what was seen
elsewhere is raised to a power from 0, where it teaches nothing, to 1, where it counts as if it had been seen here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def trial_log_likelihood(chances: Floats, tried: float, worked: float, counts_for: float = 1.0) -> Floats:
    """The logarithm of how likely it was that so many of so many trials work, but for a constant.

    Args:
        chances: Of each trial to work, from 0 to 1, any shape.
        tried: How many trials; need not be whole.
        worked: How many of them worked, at most as many.
        counts_for: The power, from 0 to 1.

    Returns:
        The shape of `chances`; minus infinity where it could not have been.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.power_prior import trial_log_likelihood
        >>> chances = np.array([0.25, 0.5])  # one of two worked: 0.1875 and 0.25
        >>> np.exp(trial_log_likelihood(chances, tried=2, worked=1)).tolist()
        [0.1875, 0.25]
    """
    import numpy as np

    def term(count: float, probability: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return count * np.log(probability) if count > 0 else np.zeros_like(probability)

    return counts_for * (term(worked, chances) + term(tried - worked, 1 - chances)) if counts_for else 0 * chances


def marginal_log_likelihood(log_likelihood: Floats, weights: Floats) -> Floats:
    """The logarithm of the mean likelihood over what else is not known.

    Args:
        log_likelihood: Shape (values, others).
        weights: Of the others, shape (others,), adding up to 1.

    Returns:
        Shape (values,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.power_prior import marginal_log_likelihood
        >>> likelihood = np.array([[0.5, 0.25]])  # of one value, by two others that are as likely
        >>> round(float(np.exp(marginal_log_likelihood(np.log(likelihood), np.array([0.5, 0.5])))[0]), 4)
        0.375
    """
    import numpy as np

    highest = log_likelihood.max(axis=1)
    shift = np.where(np.isfinite(highest), highest, 0.0)
    with np.errstate(divide="ignore"):
        return shift + np.log(np.exp(log_likelihood - shift[:, None]) @ weights)


def posterior_weights(prior_weights: Floats, log_likelihood: Floats) -> Floats:
    """The weights of values after what was seen.

    Args:
        prior_weights: Before it, shape (values,).
        log_likelihood: Of what was seen by each value, shape (values,).

    Returns:
        Adding up to 1, shape (values,).

    Raises:
        ValueError: If what was seen could not have been by any value.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.power_prior import posterior_weights, trial_log_likelihood
        >>> chances, before = np.array([0.25, 0.75]), np.array([0.5, 0.5])
        >>> log_likelihood = trial_log_likelihood(chances, tried=2, worked=2)
        >>> posterior_weights(before, log_likelihood).round(4).tolist()  # 1 to 9
        [0.1, 0.9]
    """
    import numpy as np

    possible = (prior_weights > 0) & np.isfinite(log_likelihood)
    if not possible.any():
        raise ValueError("what was seen is impossible by every value")
    weights = np.where(possible, prior_weights * np.exp(log_likelihood - log_likelihood[possible].max()), 0.0)
    return np.asarray(weights / weights.sum())
