"""What could be observed, and what it would tell: the draws weighed by how likely each would show the sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.inference.sign_effects import SignEffect, noise_line, sign_effect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class SignpostEffect:
    """What a sign does to how often both would have each of some offers."""

    signpost: str
    path: str
    effects: tuple[SignEffect, ...]
    """One for each offer."""

    @property
    def largest(self) -> float:
        """The largest effect on any of the offers."""
        return max(one.effect for one in self.effects)


@dataclass(frozen=True)
class Signposts:
    """Signs, the most telling first, and the line below which a sign says nothing."""

    offers: tuple[str, ...]
    """The offers that they are held against: ids, or nothing for the offer as it was made."""
    effects: tuple[SignpostEffect, ...]
    noise: tuple[float, ...]
    """By offer, what a number that cannot matter would show in as many draws."""
    unseen_paths: tuple[str, ...]
    """Signs of numbers that the model of the offer does not have: they move nothing."""


def weigh_signposts(
    case: Case, values: Mapping[str, Floats], agreed: Mapping[str, Flags], draw_count: int
) -> Signposts | None:
    """What each sign of a case tells; None without any.

    Args:
        case: The case, in the year that is answered for.
        values: By path, the draws of every number of the model that varies, shape (draws,).
        agreed: By offer, in which draws both would have it.
        draw_count: How many draws there are.
    """
    if not case.signposts or not agreed:
        return None
    numbers = ParameterDraws(case, indices=range(draw_count))
    effects, unseen = [], []
    for id, sign in case.signposts.items():
        if sign.of not in values:
            unseen.append(id)
            continue
        hit = numbers.sample(sign.hit, f"signposts.{id}.hit")
        false_alarm = numbers.sample(sign.false_alarm, f"signposts.{id}.false_alarm")
        own = tuple(
            sign_effect(values[sign.of], sign.towards, (hit, false_alarm), one.astype(float)) for one in agreed.values()
        )
        effects.append(SignpostEffect(id, sign.of, own))
    lines = tuple(noise_line(one.astype(float)) for one in agreed.values())
    ordered = tuple(sorted(effects, key=lambda one: -one.largest))
    return Signposts(tuple(agreed), ordered, lines, tuple(unseen))
