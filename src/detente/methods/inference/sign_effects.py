"""What an observable sign tells of an answer, from draws that were made: weights instead of new draws.

A sign is seen with chance hit where a number lies in its favourable third, and false alarm elsewhere. Then by Bayes

    P(yes | seen) = mean(y s) / mean(s),   s = hit where the number lies there, false alarm elsewhere,

and likewise with 1 - s if it is not seen. How much a sign tells is how far it moves the chance, on average over whether
it is seen,

    P(seen) |P(yes | seen) - P(yes)| + P(not seen) |P(yes | not seen) - P(yes)|.

A number that cannot matter moves it a little, too, by chance: `noise_line` is what a sign must exceed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

THIRD = 1 / 3
MOST_OF_ALL = 0.5
NOISE_SHARE = 0.95
"""Which part of numbers that cannot matter shows less than the line."""
NOISE_TRIALS = 400


@dataclass(frozen=True)
class SignEffect:
    """What a sign tells: shares, from 0 to 1.

    Example:
        >>> from detente.methods.inference.sign_effects import SignEffect
        >>> round(SignEffect(without=0.5, if_seen=0.75, if_not_seen=0.25, seen=0.5).effect, 4)
        0.25
    """

    without: float
    """How often the answer is yes, whatever is seen."""
    if_seen: float
    if_not_seen: float
    seen: float
    """How likely the sign is."""

    @property
    def effect(self) -> float:
        """How far the sign moves the chance, on average."""
        moved = self.seen * abs(self.if_seen - self.without)
        return moved + (1 - self.seen) * abs(self.if_not_seen - self.without)


def sign_effect(
    values: Floats, towards: Literal["high", "low"], chances: tuple[Floats | float, Floats | float], answer: Floats
) -> SignEffect:
    """What a sign tells.

    Args:
        values: The number that it tells of, shape (draws,).
        towards: Whether it tells of the upper third of its draws, or of the lower.
        chances: Hit and false alarm, numbers or of shape (draws,).
        answer: 1 for a yes and 0 for a no, or parts, shape (draws,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.sign_effects import sign_effect
        >>> values = np.arange(9.0)
        >>> effect = sign_effect(values, "high", (1.0, 0.0), (values > 5).astype(float))
        >>> effect.if_seen, effect.if_not_seen, round(effect.effect, 4)
        (1.0, 0.0, 0.4444)
    """
    import numpy as np

    hit, false_alarm = chances
    is_there = outer_third(values, towards)
    chance = np.where(is_there, hit, false_alarm)
    seen, without = float(chance.mean()), float(answer.mean())
    if_seen = float((answer * chance).mean()) / seen if seen > 0 else without
    if_not = float((answer * (1 - chance)).mean()) / (1 - seen) if seen < 1 else without
    return SignEffect(without, if_seen, if_not, seen)


def outer_third(values: Floats, end: Literal["high", "low"]) -> Flags:
    """Which draws of a number are in its highest third, or its lowest; of shape (draws,).

    A number of few values may have many draws at the quantile: where these make up more than half of all, they are left
    out, unless nothing lies beyond them.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.sign_effects import outer_third
        >>> outer_third(np.array([0.0, 0.0, 0.0, 0.0, 1.0]), "high").tolist()
        [False, False, False, False, True]
    """
    import numpy as np

    signed = values if end == "high" else -values
    edge = np.quantile(signed, 1 - THIRD)
    at_least: Flags = signed >= edge
    beyond: Flags = signed > edge
    return beyond if at_least.mean() > MOST_OF_ALL and beyond.any() else at_least


def noise_line(answer: Floats, seed: int = 1) -> float:
    """What a sign must exceed to tell anything: what signs of numbers that cannot matter show in 95 of 100 trials.

    A sign without errors, on numbers drawn by themselves.

    Args:
        answer: As for `sign_effect`.
        seed: Of those numbers.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.sign_effects import noise_line
        >>> round(noise_line(np.ones(100)), 9), 0 < noise_line(np.arange(100) % 2.0) < 0.2
        (0.0, True)
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    trials = [
        sign_effect(generator.random(len(answer)), "high", (1.0, 0.0), answer).effect for _ in range(NOISE_TRIALS)
    ]
    return float(np.quantile(trials, NOISE_SHARE))
