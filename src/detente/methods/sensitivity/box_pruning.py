"""What each limit of a box adds: taking back what adds little, and whether the rest could be chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from detente.methods.sensitivity.box_measures import Box, measure_box, measure_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MOST_INPUTS = 3
"""Limited inputs that a box may keep, unless another number is asked for."""
LEAST_LOSS = 0.02
"""Limits without which the density falls by less than this part of it are taken back."""


@dataclass(frozen=True)
class LimitChance:
    """How likely a limit is to add as much by chance."""

    number: int
    """The input."""
    is_upper: bool
    """Whether it is the upper limit."""
    quasi_p: float
    """The chance of as many hits in the box if its draws were a random part of those in the box without this limit."""


def prune_box(
    box: Box,
    points: Floats,
    answers: Flags,
    weights: Floats | None = None,
    most_inputs: int = MOST_INPUTS,
    least_loss: float = LEAST_LOSS,
) -> Box:
    """The box without the limits that add least.

    The input without whose limits the density falls least is set free, until few are left and each adds something.

    Args:
        box: A box.
        points: The inputs, shape (draws, inputs).
        answers: Which draws have the answer, shape (draws,).
        weights: Of the draws, shape (draws,); all alike if not given.
        most_inputs: How many inputs may keep their limits.
        least_loss: Limits are kept if without them the density falls by such a part.

    Returns:
        A box that holds the given one.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.box_measures import Box
        >>> from detente.methods.sensitivity.box_pruning import prune_box
        >>> points = np.random.default_rng(1).random((2000, 3))
        >>> box = Box(lower=(0.7, -np.inf, -np.inf), upper=(np.inf, 0.9, np.inf))
        >>> prune_box(box, points, points[:, 0] > 0.7).limited_inputs
        (0,)
    """
    while limited := box.limited_inputs:
        density = measure_box(box, points, answers, weights).density
        losses = {number: density - _density_without(box, number, points, answers, weights) for number in limited}
        least = min(losses, key=lambda number: losses[number])
        if len(limited) <= most_inputs and losses[least] >= least_loss * density:
            break
        box = box.without_input(least)
    return box


def _density_without(box: Box, number: int, points: Floats, answers: Flags, weights: Floats | None) -> float:
    return measure_draws(box.without_input(number).contains(points), answers, weights).density


def limit_chances(box: Box, points: Floats, answers: Flags) -> tuple[LimitChance, ...]:
    """The quasi-p-value of each limit of a box (Bryant and Lempert 2010): a one-sided binomial test.

    The draws that were used to find the box make these values too small; other draws do not. Draws count alike: it is
    no test for draws with weights.

    Args:
        box: The box.
        points: The inputs, shape (draws, inputs).
        answers: Which draws have the answer, shape (draws,).

    Returns:
        One for each limit, by input, the lower before the upper.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.box_measures import Box
        >>> from detente.methods.sensitivity.box_pruning import limit_chances
        >>> points, answers = np.array([[0.1], [0.2], [0.8], [0.9]]), np.array([True, True, False, False])
        >>> limit_chances(Box((-np.inf,), (0.5,)), points, answers)[0].quasi_p  # two hits of two, each even
        0.25
    """
    from scipy.special import betainc

    own = measure_box(box, points, answers)
    chances = []
    for number, is_upper in box.limits:
        wider = measure_box(box.with_limit(number, is_upper, inf if is_upper else -inf), points, answers)
        # P(X >= hits) of a binomial; certain for no hits, where the function is not defined.
        chance = betainc(own.hits, own.draws - own.hits + 1, wider.density) if own.hits else 1.0
        chances.append(LimitChance(number, is_upper, float(chance)))
    return tuple(chances)
