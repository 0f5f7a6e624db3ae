"""Who can sway whom, and who stands with whom, with draws over the judgements that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.networks.actor_influence import (
    ActorInfluence,
    add_indirect_influence,
    align_actors,
    mobilisation,
    scale_positions,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_DRAWS = 2_000
KEPT_RANK = 0.9
"""In which share of the draws one has to be ahead of another for the two to be ranked."""


@dataclass(frozen=True)
class Spread:
    """A number in the draws: its median, and where nine tenths of the draws lie."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Floats) -> Spread:
        """That of some draws, shape (draws,)."""
        import numpy as np

        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
        return cls(float(middle), float(low), float(high))


@dataclass(frozen=True)
class ActorStanding:
    """One actor among all."""

    actor: str
    influence: Spread
    dependence: Spread
    strength: Spread
    """r*, 1 on average, with what one sways in oneself taken off once more."""
    strength_otherwise: Spread
    """The same without taking it off."""
    ambivalence: Spread
    strongest_share: float
    """How often nobody is stronger."""


@dataclass(frozen=True)
class ObjectiveBalance:
    """How much stands for an objective, and against it, weighed by strength."""

    objective: str
    in_favour: Spread
    against: Spread
    mostly_for_share: float
    """How often more stands for it than against it."""


@dataclass(frozen=True)
class ActorPair:
    """Two actors: how far they stand together."""

    first: str
    second: str
    convergence: Spread
    divergence: Spread
    together_share: float
    """How often they converge more than they diverge."""


@dataclass(frozen=True)
class Standing:
    """Who stands where."""

    actors: tuple[ActorStanding, ...]
    ranked: tuple[tuple[str, str], ...]
    """Pairs of which the first is stronger than the second in nine draws of ten."""
    balances: tuple[ObjectiveBalance, ...]
    pairs: tuple[ActorPair, ...]
    draws: int
    split_share: float | None
    """What the strongest would have of all strength if it were entered as two alike halves, beside what it has: the
    ratio of the first to the second, at the central estimates."""


def actor_standing(case: Case) -> Standing | None:
    """Who stands where, from `influence:` and `objectives:`; None without any influence."""
    import numpy as np

    if not case.influence:
        return None
    names = list(dict.fromkeys([*case.influence, *(party for one in case.influence.values() for party in one.on)]))
    names += [party for one in case.objectives.values() for party in one.positions if party not in names]
    names = list(dict.fromkeys(names))
    count = min(MOST_DRAWS, case.network.draws)
    numbers = ParameterDraws(case, indices=range(count))
    direct = _direct_influence(case, names, numbers)
    positions = _positions(case, names, numbers)
    first, second = (add_indirect_influence(direct, takes_self_off=off) for off in (True, False))
    weighed = scale_positions(positions, first.strength, "by-strength")
    alignment = align_actors(weighed)
    strength = first.strength
    ranked = tuple(
        (one, other)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i != j and float((strength[:, i] > strength[:, j]).mean()) >= KEPT_RANK
    )
    for_it, against = mobilisation(weighed)
    strongest = strength.argmax(axis=1)
    return Standing(
        tuple(
            ActorStanding(
                name,
                Spread.of(first.influence[:, place]),
                Spread.of(first.dependence[:, place]),
                Spread.of(strength[:, place]),
                Spread.of(second.strength[:, place]),
                Spread.of(alignment.ambivalence[:, place]),
                float((strongest == place).mean()),
            )
            for place, name in enumerate(names)
        ),
        ranked,
        tuple(
            ObjectiveBalance(
                id,
                Spread.of(for_it[:, place]),
                Spread.of(against[:, place]),
                float((for_it[:, place] > against[:, place]).mean()),
            )
            for place, id in enumerate(case.objectives)
        ),
        tuple(
            ActorPair(
                names[i],
                names[j],
                Spread.of(alignment.convergence[:, i, j]),
                Spread.of(alignment.divergence[:, i, j]),
                float((alignment.distance[:, i, j] > 0).mean()),
            )
            for i in range(len(names))
            for j in range(i + 1, len(names))
            if case.objectives and np.abs(weighed[:, [i, j]]).sum(axis=(0, 2)).all()
        ),
        count,
        _split_effect(_direct_influence(case, names, ParameterDraws(case, at_means=True))[0]),
    )


def _direct_influence(case: Case, names: list[str], numbers: ParameterDraws) -> Floats:
    """A, shape (draws, actors, actors)."""
    import numpy as np

    direct = np.zeros((numbers.draw_count, len(names), len(names)))
    for one, influence in case.influence.items():
        for other, estimate in influence.on.items():
            direct[:, names.index(one), names.index(other)] = numbers.sample(estimate, f"influence.{one}.on.{other}")
    return direct


def _positions(case: Case, names: list[str], numbers: ParameterDraws) -> Floats:
    """P, shape (draws, actors, objectives)."""
    import numpy as np

    positions = np.zeros((numbers.draw_count, len(names), len(case.objectives)))
    for place, (id, objective) in enumerate(case.objectives.items()):
        held: dict[str, Estimate] = objective.positions
        for party, estimate in held.items():
            path = f"objectives.{id}.positions.{party}"
            positions[:, names.index(party), place] = numbers.sample(estimate, path)
    return positions


def _split_effect(direct: Floats) -> float | None:
    """How the share of the strongest in all strength changes if it is entered twice, shape of A (actors, actors)."""
    import numpy as np

    strength = add_indirect_influence(direct).strength
    if len(direct) < 2 or not np.isfinite(strength).all() or strength.sum() <= 0:
        return None
    best = int(strength.argmax())
    order = [*range(len(direct)), best]
    doubled = direct[np.ix_(order, order)].copy()
    np.fill_diagonal(doubled, 0.0)
    twice: ActorInfluence = add_indirect_influence(doubled)
    both = float((twice.strength[best] + twice.strength[-1]) / twice.strength.sum())
    return both / float(strength[best] / strength.sum())
