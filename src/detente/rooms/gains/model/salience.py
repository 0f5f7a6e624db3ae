"""How much an issue weighs for each side, beside what is at stake on it.

What an actor gains on an issue counts for it as often as the issue weighs for its side (`issues.X.salience`). Two who
share a gain by the Nash bargaining solution, of which the Myerson value of a pair is one, divide it alike whatever
either makes of it: the solution does not depend on the scales of their utilities (Nash 1950). So salience changes what
each has of its share, and not the shares. What one gains the other then need not lose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.rooms.gains.model.network.actor_network import ActorNetwork, applicable_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.case.uncertainty.parameter_draws import ParameterDraws

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SalienceGroup:
    """Actors for whom every issue weighs alike."""

    side: str | None
    """The side that they belong to; None for those of whom nothing is told, for whom every issue weighs 1."""
    members: NDArray[np.bool_]
    """Which actors they are, shape (actors,)."""

    def sample_weights(self, draws: ParameterDraws, issue: str) -> Floats:
        """How much an issue weighs for them, shape (draws,)."""
        import numpy as np

        salience = draws.case.issues[issue].salience
        if self.side is None or self.side not in salience:
            return np.ones(draws.draw_count)
        return draws.sample(salience[self.side], f"issues.{issue}.salience.{self.side}")


def salience_groups(case: Case, actor_network: ActorNetwork) -> tuple[SalienceGroup, ...]:
    """The actors by how much issues weigh for them: one group where nothing is told."""
    import numpy as np

    sides = list(dict.fromkeys(side for issue in case.issues.values() for side in issue.salience))
    names = [applicable_name(actor_network, sides, actor) for actor in actor_network.actors]
    return tuple(
        SalienceGroup(side, np.array([name == side for name in names])) for side in (None, *sides) if side in names
    )


def sum_over_groups(groups: tuple[SalienceGroup, ...], value: Callable[[int], Floats]) -> Floats:
    """What every actor has, each by the weights of its own group.

    Args:
        groups: All groups.
        value: By the number of a group, what every actor would have by its weights, shape (..., actors).
    """
    import numpy as np

    if len(groups) == 1:
        return value(0)
    values = [np.where(group.members, value(number), 0.0) for number, group in enumerate(groups)]
    return np.asarray(np.sum(values, axis=0))


def actor_salience(groups: tuple[SalienceGroup, ...], draws: ParameterDraws, issue: str) -> Floats | None:
    """How much an issue weighs for every actor, shape (draws, actors); None where it weighs alike for all."""
    if not draws.case.issues[issue].salience:
        return None
    return sum_over_groups(groups, lambda number: _as_row(groups[number], draws, issue))


def _as_row(group: SalienceGroup, draws: ParameterDraws, issue: str) -> Floats:
    import numpy as np

    return np.repeat(group.sample_weights(draws, issue)[:, None], len(group.members), axis=1)
