"""Boxes that hold ever more of an answer: the patient rule induction method, PRIM.

From all draws, a thin slice is taken off at that end of an input where it raises the density most for what it removes;
then again, so that a trajectory of nested boxes goes from full coverage to full density (Friedman and Fisher 1999, with
the lenient criterion of Kwakkel and Jaxa-Rozen 2016: the gain of density for what goes). Where draws have equal values,
a slice ends between two different ones, as in the R package sdtoolkit. With weights a slice is a share of weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.box_measures import Box, BoxMeasures, measure_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

PEEL_SHARE = 0.05
"""The share of the draws of a box that one slice takes, unless another is asked for."""
LEAST_MASS = 0.05
"""The least mass of a box unless another is asked for."""
LEAST_DRAWS = 20
"""No box holds fewer draws."""


@dataclass(frozen=True)
class PeeledBox:
    """A box of a trajectory, with its measures in the draws it was peeled from."""

    box: Box
    """Its limits."""
    measures: BoxMeasures
    """How much of the answer it holds."""


@dataclass(frozen=True)
class _Draws:
    """Draws with the order of each input, so that nothing is sorted twice."""

    points: Floats
    answers: Flags
    weights: Floats
    orders: list[NDArray[np.intp]]
    """The draws inside by each input, ascending."""


@dataclass(frozen=True)
class _Slice:
    """A slice that may be taken off."""

    gain: float
    """Of density, for each part of weight that goes with it."""
    number: int
    is_upper: bool
    limit: float
    """The limit that the box has then."""


def peel_boxes(
    points: Floats,
    answers: Flags,
    weights: Floats | None = None,
    peel_share: float = PEEL_SHARE,
    least_mass: float = LEAST_MASS,
) -> tuple[PeeledBox, ...]:
    """The trajectory of boxes from all draws to the densest.

    Args:
        points: The inputs, shape (draws, inputs).
        answers: Which draws have the answer, shape (draws,).
        weights: Of the draws, shape (draws,), above 0; all alike if not given.
        peel_share: The share of a box that one slice takes.
        least_mass: No box has less mass.

    Returns:
        The boxes, the first without limits.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.box_peeling import peel_boxes
        >>> points = np.random.default_rng(1).random((2000, 3))
        >>> boxes = peel_boxes(points, (points[:, 0] > 0.7) & (points[:, 2] < 0.4))
        >>> boxes[0].measures.coverage, boxes[-1].box.limited_inputs, round(boxes[-1].measures.density, 2)
        (1.0, (0, 2), 1.0)
    """
    import numpy as np

    weights = np.ones(len(answers)) if weights is None else weights
    inside = np.ones(len(answers), dtype=bool)
    draws = _Draws(points, answers, weights, [np.argsort(column, kind="stable") for column in points.T])
    boxes = [PeeledBox(Box.without_limits(points.shape[1]), measure_draws(inside, answers, weights))]
    while (best := _best_slice(draws, boxes[-1].box, peel_share)) and best.gain > 0:
        box = boxes[-1].box.with_limit(best.number, best.is_upper, best.limit)
        inside &= box.contains_in(points, best.number)
        measures = measure_draws(inside, answers, weights)
        if measures.mass < least_mass or measures.draws < LEAST_DRAWS:
            break
        boxes.append(PeeledBox(box, measures))
        draws = _Draws(points, answers, weights, [order[inside[order]] for order in draws.orders])
    return tuple(boxes)


def _best_slice(draws: _Draws, box: Box, peel_share: float) -> _Slice | None:
    """The slice that gains most; of two that gain alike that of an input which has a limit; None if none can be had."""
    limited = box.limited_inputs
    slices = [
        found
        for number in range(len(draws.orders))
        for is_upper in (True, False)
        if (found := _slice(draws, number, is_upper, peel_share)) is not None
    ]
    return max(slices, key=lambda found: (found.gain, found.number in limited), default=None)


def _slice(draws: _Draws, number: int, is_upper: bool, peel_share: float) -> _Slice | None:
    """The slice at one end of an input; None if it would take nothing or all."""
    import numpy as np

    order = draws.orders[number]
    values, weights = draws.points[order, number], draws.weights[order]
    limit = _limit_between(values, weights, 1 - peel_share if is_upper else peel_share, is_upper)
    place = int(np.searchsorted(values, limit, side="right" if is_upper else "left"))
    kept = slice(None, place) if is_upper else slice(place, None)
    hit_weights = weights * draws.answers[order]
    mass, kept_mass = weights.sum(), weights[kept].sum()
    if place in (0, len(order)) or kept_mass >= mass:
        return None
    density, kept_density = hit_weights.sum() / mass, hit_weights[kept].sum() / kept_mass
    return _Slice(float((kept_density - density) / (mass - kept_mass)), number, is_upper, limit)


def _limit_between(values: Floats, weights: Floats, share: float, is_upper: bool) -> float:
    """The middle between two different neighbouring values about where a share of the weight ends; values ascending."""
    import numpy as np

    weight_before = np.cumsum(weights) - weights
    at = share * weight_before[-1]
    low = int(np.searchsorted(weight_before, at, side="right")) - 1
    high = int(np.searchsorted(weight_before, at, side="left"))
    if values[low] == values[high] and is_upper:
        low = max(int(np.searchsorted(values, values[high], side="left")) - 1, 0)
    elif values[low] == values[high]:
        high = min(int(np.searchsorted(values, values[low], side="right")), len(values) - 1)
    return float((values[low] + values[high]) / 2)
