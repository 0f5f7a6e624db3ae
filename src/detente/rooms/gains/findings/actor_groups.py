"""Columns of gains of the actors that are told of one by one, and of all others from the least to the greatest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.labels import CaseLabels
from detente.results.table import Column
from detente.rooms.gains.model.simulation.results import YearGains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST, MOST = "others_least_gain", "others_most_gain"


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """Actors whose gains are told together."""

    name: str
    """What a reader is told of them as."""
    actors: list[int]
    id: str | None
    """The id of the only one; None where they are several."""


def actor_groups(year: YearGains, labels: CaseLabels) -> list[ActorGroup]:
    """The actors that are told of one by one, and all others together."""
    network = year.actor_network
    leading_actors, other_actors = year.leading_and_other_actors
    together = len(other_actors) > 1
    groups = [
        ActorGroup(labels.party_name(network.actors[actor]), [actor], network.actors[actor])
        for actor in (leading_actors if together else [*leading_actors, *other_actors])
    ]
    return [*groups, ActorGroup("the others", other_actors, None)] if together else groups


def group_columns(groups: Sequence[ActorGroup], unit: str) -> Iterator[Column]:
    """A column for each actor, and two for the least and the greatest gain of several."""
    for group in groups:
        if group.id is not None:
            yield Column(f"gain_{group.id}", group.name, "signed_percent", unit)
        else:
            yield Column(LEAST, f"{group.name}, least", "signed_percent", unit)
            yield Column(MOST, f"{group.name}, most", "signed_percent", unit)


def group_gains(groups: Sequence[ActorGroup], gains: NDArray[np.float64]) -> dict[str, float]:
    """The cells of these columns.

    Args:
        groups: The groups.
        gains: Of each actor, shape (actors,).
    """
    cells = {}
    for group in groups:
        if group.id is not None:
            cells[f"gain_{group.id}"] = float(gains[group.actors[0]])
        else:
            cells[LEAST], cells[MOST] = float(gains[group.actors].min()), float(gains[group.actors].max())
    return cells
