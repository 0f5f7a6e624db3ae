"""Arms races of a case: whether each comes to rest, and where."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.richardson import ArmsRace
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles, quantiles


@dataclass(frozen=True)
class ArmsRaceCourse:
    """An arms race, in every draw and at the means."""

    id: str
    at_means: ArmsRace
    stable_share: float
    """Where it comes to rest; share of draws."""
    rest_spending: tuple[DrawQuantiles, ...]
    """The spending of each side at rest, over the draws in which it comes to rest; nothing where there are none."""


def follow_arms_race(draws: ParameterDraws, means: ParameterDraws, id: str) -> ArmsRaceCourse:
    """Whether an arms race comes to rest, and where."""
    import numpy as np

    races, at_means = _races_by_draw(draws, id), _races_by_draw(means, id)[0]
    resting = [race.equilibrium_spending for race in races if race.is_stable and race.equilibrium_spending]
    return ArmsRaceCourse(
        id,
        at_means,
        float(np.mean([race.is_stable for race in races])),
        tuple(quantiles(np.array([spending[side] for spending in resting])) for side in (0, 1)) if resting else (),
    )


def _races_by_draw(draws: ParameterDraws, id: str) -> list[ArmsRace]:
    """The race of each draw."""
    declared_race, path = draws.case.arms_races[id], f"arms_races.{id}"
    coefficients = (
        ("reaction", declared_race.reaction),
        ("fatigue", declared_race.fatigue),
        ("grievance", declared_race.grievance),
    )
    columns = [
        draws.sample(estimates[party], f"{path}.{name}.{party}").tolist()
        for name, estimates in coefficients
        for party in declared_race.between
    ]
    return [ArmsRace(k, l, a, b, g, h) for k, l, a, b, g, h in zip(*columns, strict=True)]  # noqa: E741
