"""Issues that pairs cannot settle: substitutes, complements and thresholds, as games of coalitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import myerson
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.myerson_sampled import sampled_myerson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_EXACT = 16
"""Players up to which all coalitions are gone through."""


def threshold_worth(using: Sequence[int], providing: Sequence[int], needed: int, coalition: int) -> float:
    """What a coalition, given as bits, is worth: 1 for each user in it, if it has enough of the providers.

    With one needed the providers are substitutes, with all of them complements.

    Args:
        using: How many users each player stands for.
        providing: How many providers.
        needed: How many providers it takes.
        coalition: Of players.
    """
    there = [player for player in range(len(using)) if coalition >> player & 1]
    enough = 0 < needed <= sum(providing[player] for player in there)
    return float(sum(using[player] for player in there)) if enough else 0.0


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

    using, providing = ([sum(actor in group for actor in who) for group in acting] for who in (users, providers))

    def worth(coalition: int) -> float:
        return threshold_worth(using, providing, needed, coalition)

    found = np.zeros(graph.n)
    if len(active) <= MOST_EXACT:
        found[active] = myerson(np.array([worth(coalition) for coalition in range(2 ** len(active))]), inner)
        return found, 0.0
    found[active], error = sampled_myerson(inner, worth)
    return found, float(error.max())
