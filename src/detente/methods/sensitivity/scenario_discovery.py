"""What the draws with one answer have in common: a box of few limits, or the finding that there is none.

Scenario discovery (Bryant and Lempert 2010): of the inputs, the ten by which draws with the answer differ most from the
others are kept, by the distance of Kolmogorov and Smirnov. Boxes are peeled and pruned to three inputs at most. The box
is chosen on one half of the draws, by the harmonic mean of coverage and density less a little for each input. It is
measured on the other half, so that the choice does not flatter it. Each of its limits is looked for in ten random
halves. A box describes the answer only if coverage and density, held out, are both at least one half and each limit
returns in 8 of the 10. Where the answer is a yes in more than half of the draws, the refusals are described.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.box_measures import Box, BoxMeasures, measure_box
from detente.methods.sensitivity.box_peeling import LEAST_MASS, PEEL_SHARE, peel_boxes
from detente.methods.sensitivity.box_pruning import MOST_INPUTS, LimitChance, limit_chances, prune_box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Indices = NDArray[np.intp]

LEADING_INPUTS = 10
"""Inputs that are peeled, unless another number is asked for."""
HALF_SAMPLES = 10
"""Random halves in which each limit is looked for."""
LEAST_RECURRENCE = 8
"""In so many of them it must return."""
LEAST_MEASURE = 0.5
"""Coverage and density, held out, that a description has at least."""
WORTH_AN_INPUT = 0.02
"""A box that limits more inputs than another must be better by this harmonic mean: less is often chance."""


@dataclass(frozen=True)
class AnswerDescription:
    """The box that was chosen for an answer, and whether it describes it.

    Example:
        >>> from detente.methods.sensitivity.box_measures import Box, BoxMeasures
        >>> from detente.methods.sensitivity.scenario_discovery import AnswerDescription
        >>> box, held_out = Box((0.5,), (1.0,)), BoxMeasures(0.8, 0.9, 0.2, draws=20, hits=18)
        >>> found = AnswerDescription(False, box, held_out, recurrence=(10, 7), chances=(), half_samples=10)
        >>> found.is_good, found.description is None  # one limit returned in 7 of 10 halves only
        (False, True)
    """

    of_refusals: bool
    """Whether it is the draws without the answer that are described."""
    box: Box
    """The box that was chosen on one half of the draws; it may have no limits."""
    held_out: BoxMeasures
    """Its measures on the other half."""
    recurrence: tuple[int, ...]
    """In how many half samples each of its limits returned, in the order of `box.limits`."""
    chances: tuple[LimitChance, ...]
    """The quasi-p-value of each limit on the other half; none where draws have weights."""
    half_samples: int
    """How many half samples there were."""

    @property
    def is_good(self) -> bool:
        """Whether the box describes the answer."""
        share_to_return = LEAST_RECURRENCE / HALF_SAMPLES
        recurs = all(count >= share_to_return * self.half_samples for count in self.recurrence)
        measures = min(self.held_out.coverage, self.held_out.density)
        return bool(self.box.limits) and recurs and measures >= LEAST_MEASURE

    @property
    def description(self) -> Box | None:
        """The box if it describes the answer; None if there is no short description."""
        return self.box if self.is_good else None


def describe_answer(
    points: Floats,
    answers: Flags,
    generator: np.random.Generator,
    weights: Floats | None = None,
    most_inputs: int = MOST_INPUTS,
    leading_inputs: int = LEADING_INPUTS,
    half_samples: int = HALF_SAMPLES,
) -> AnswerDescription:
    """The box that describes best which draws have an answer.

    Args:
        points: The inputs, shape (draws, inputs); uniforms or values.
        answers: Which draws have the answer, shape (draws,).
        generator: The source of randomness, by which draws are halved.
        weights: Of the draws, shape (draws,), above 0; all alike if not given.
        most_inputs: How many inputs the box may limit.
        leading_inputs: How many inputs are peeled.
        half_samples: In how many random halves the limits are looked for; none for 0.

    Returns:
        The box that was chosen, its measures on draws that had no part in the choice, and how stable it is.

    Raises:
        ValueError: If a half of the draws has the answer in none or in all.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.scenario_discovery import describe_answer
        >>> rng = np.random.default_rng(1)
        >>> points = rng.random((4000, 12))
        >>> found = describe_answer(points, (points[:, 3] > 0.7) & (points[:, 8] < 0.5), rng)
        >>> found.is_good, found.box.limits, found.recurrence
        (True, ((3, False), (8, True)), (10, 10))
        >>> round(found.box.lower[3], 1), round(found.box.upper[8], 1), round(found.held_out.density, 1)
        (0.7, 0.5, 1.0)
    """
    import numpy as np

    of_refusals = bool(np.average(answers, weights=weights) > 0.5)
    answers = ~answers if of_refusals else answers
    chosen_on = _random_half(len(answers), generator)
    box = _choose_box(points, answers, weights, chosen_on, most_inputs, leading_inputs)
    rest = np.setdiff1d(np.arange(len(answers)), chosen_on)
    held_out = measure_box(box, points[rest], answers[rest], None if weights is None else weights[rest])
    limits = [
        _choose_box(points, answers, weights, half, most_inputs, leading_inputs).limits
        for half in (_random_half(len(answers), generator) for _ in range(half_samples))
    ]
    recurrence = tuple(sum(limit in found for found in limits) for limit in box.limits)
    chances = limit_chances(box, points[rest], answers[rest]) if weights is None else ()
    return AnswerDescription(of_refusals, box, held_out, recurrence, chances, half_samples)


def distribution_distances(points: Floats, answers: Flags, weights: Floats | None = None) -> Floats:
    """How far each input is apart between the draws with an answer and those without: Kolmogorov and Smirnov.

    Args:
        points: The inputs, shape (draws, inputs).
        answers: Which draws have the answer, shape (draws,); some, and not all.
        weights: Of the draws, shape (draws,); all alike if not given.

    Returns:
        The greatest difference of the two distribution functions, from 0 to 1; shape (inputs,).

    Raises:
        ValueError: If all draws have the answer, or none.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.scenario_discovery import distribution_distances
        >>> points = np.array([[0.1, 0.4], [0.2, 0.1], [0.3, 0.2], [0.4, 0.3]])
        >>> distribution_distances(points, np.array([True, True, False, False])).tolist()
        [1.0, 0.5]
    """
    import numpy as np

    if answers.all() or not answers.any():
        raise ValueError("all draws have the answer, or none: there is nothing to tell apart")
    weights = np.ones(len(answers)) if weights is None else weights
    with_answer, without = weights * answers, weights * ~answers
    steps = with_answer / with_answer.sum() - without / without.sum()
    return np.array([_greatest_departure(column, steps) for column in points.T])


def _greatest_departure(column: Floats, steps: Floats) -> float:
    """The greatest sum of steps up to any value of a column; those of equal values count together."""
    import numpy as np

    order = np.argsort(column, kind="stable")
    last_of_equals = np.append(np.diff(column[order]) > 0, True)
    return float(abs(np.cumsum(steps[order])[last_of_equals]).max())


def _random_half(draw_count: int, generator: np.random.Generator) -> Indices:
    """A random half of the draws, ascending."""
    import numpy as np

    return np.sort(generator.choice(draw_count, draw_count // 2, replace=False))


def _choose_box(
    points: Floats, answers: Flags, weights: Floats | None, half: Indices, most_inputs: int, leading_inputs: int
) -> Box:
    """The box of few limits that is best on some draws."""
    import numpy as np

    points, answers = points[half], answers[half]
    weights = None if weights is None else weights[half]
    share = float(np.average(answers, weights=weights))
    leaders = np.sort(np.argsort(-distribution_distances(points, answers, weights), kind="stable")[:leading_inputs])
    led = points[:, leaders]
    peeled = peel_boxes(led, answers, weights, PEEL_SHARE, min(share / 10, LEAST_MASS))
    boxes = list(dict.fromkeys(found.box for found in peeled))
    balances: dict[Box, float] = {}
    for most in range(most_inputs, 0, -1):
        boxes = list(dict.fromkeys(prune_box(box, led, answers, weights, most) for box in boxes))
        balances |= {box: _balance(measure_box(box, led, answers, weights)) for box in boxes}
    best = max(balances, key=lambda box: balances[box] - WORTH_AN_INPUT * len(box.limited_inputs))
    return _box_of_all_inputs(best, leaders, points.shape[1])


def _balance(measures: BoxMeasures) -> float:
    """The harmonic mean of coverage and density."""
    total = measures.coverage + measures.density
    return 2 * measures.coverage * measures.density / total if total else 0.0


def _box_of_all_inputs(box: Box, leaders: Indices, input_count: int) -> Box:
    """The same limits, by the places of the leading inputs among all."""
    whole = Box.without_limits(input_count)
    for number, is_upper in box.limits:
        value = box.upper[number] if is_upper else box.lower[number]
        whole = whole.with_limit(int(leaders[number]), is_upper, value)
    return whole
