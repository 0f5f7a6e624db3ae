"""Issues that pairs cannot settle: substitutes, complements and thresholds, as games of coalitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.channels.coalitions import myerson
from detente.channels.graph import Graph
from detente.channels.sampling import sampled_myerson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_EXACT = 16
"""Players up to which all coalitions are gone through."""


def threshold_worth(users: Sequence[int], providers: Sequence[int], needed: int, coalition: int) -> float:
    """What a coalition, given as bits, is worth: 1 for each user in it, if it has enough of the providers.

    With one needed the providers are substitutes, with all of them complements.
    """
    enough = 0 < needed <= sum(coalition >> player & 1 for player in providers)
    return float(sum(coalition >> player & 1 for player in users)) if enough else 0.0


def threshold_value(
    graph: Graph, stands_for: Sequence[int], users: Sequence[int], providers: Sequence[int], needed: int
) -> tuple[Floats, float]:
    """The Myerson value of such a game among the players of a graph.

    Args:
        graph: Of as many players as there are actors.
        stands_for: The player that stands for each actor.
        users: The actors that have the gain.
        providers: The actors whose part is needed.
        needed: How many of them.

    Returns:
        Shape (actors,), in the rows of the players; and the largest standard error, 0 where it is exact.
    """
    import numpy as np

    active = sorted(set(stands_for))
    place = {player: index for index, player in enumerate(active)}
    acting = [[actor for actor, player in enumerate(stands_for) if player == one] for one in active]
    inner = Graph.of(len(active), ((place[a], place[b]) for a, b in graph.links))

    def worth(coalition: int) -> float:
        actors = sum(1 << actor for index, group in enumerate(acting) if coalition >> index & 1 for actor in group)
        return threshold_worth(users, providers, needed, actors)

    found = np.zeros(graph.n)
    if len(active) <= MOST_EXACT:
        found[active] = myerson(np.array([worth(coalition) for coalition in range(2 ** len(active))]), inner)
        return found, 0.0
    found[active], error = sampled_myerson(inner, worth)
    return found, float(error.max())
