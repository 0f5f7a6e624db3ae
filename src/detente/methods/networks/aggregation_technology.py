"""Issues that pairs cannot settle: substitutes, complements and thresholds, as games of coalitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import myerson_value
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.myerson_sampled import sampled_myerson_value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_EXACT_PLAYERS = 16
"""Players up to which all coalitions are gone through."""


def _threshold_game_worth(
    user_counts: Sequence[int], provider_counts: Sequence[int], threshold: int, coalition: int
) -> float:
    """What a coalition, given as bits, is worth: 1 for each user in it, if it has enough of the providers.

    With one needed the providers are substitutes, with all of them complements.

    Args:
        user_counts: How many users each player stands for.
        provider_counts: How many providers.
        threshold: How many providers it takes.
        coalition: Of players.
    """
    present = [player for player in range(len(user_counts)) if coalition >> player & 1]
    is_met = 0 < threshold <= sum(provider_counts[player] for player in present)
    return float(sum(user_counts[player] for player in present)) if is_met else 0.0


def threshold_myerson_value(
    graph: Graph, player_of_actor: Sequence[int], users: Sequence[int], providers: Sequence[int], threshold: int
) -> tuple[Floats, float]:
    """The Myerson value of such a game among the players of a graph.

    Args:
        graph: Of as many players as there are actors.
        player_of_actor: The player that stands for each actor.
        users: The actors that have the gain.
        providers: The actors whose part is needed.
        threshold: How many of them.

    Returns:
        Shape (actors,), in the rows of the players; and the largest standard error, 0 where it is exact.

    Example:
        >>> from detente.methods.networks.aggregation_technology import threshold_myerson_value
        >>> from detente.methods.networks.communication_graph import Graph
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> value, error = threshold_myerson_value(path, [0, 1, 2], users=[0, 1, 2], providers=[0, 2], threshold=2)
        >>> value.round(4).tolist(), error  # worth 3, and only to all together
        ([1.0, 1.0, 1.0], 0.0)
    """
    import numpy as np

    acting_players = sorted(set(player_of_actor))
    index_of_player = {player: index for index, player in enumerate(acting_players)}
    represented_actors = [
        [actor for actor, player in enumerate(player_of_actor) if player == representative]
        for representative in acting_players
    ]
    acting_graph = Graph.from_links(
        len(acting_players), ((index_of_player[a], index_of_player[b]) for a, b in graph.links)
    )

    user_counts, provider_counts = (
        [sum(actor in group for actor in role_holders) for group in represented_actors]
        for role_holders in (users, providers)
    )

    def worth(coalition: int) -> float:
        return _threshold_game_worth(user_counts, provider_counts, threshold, coalition)

    value = np.zeros(graph.n)
    if len(acting_players) <= MAX_EXACT_PLAYERS:
        value[acting_players] = myerson_value(
            np.array([worth(coalition) for coalition in range(2 ** len(acting_players))]), acting_graph
        )
        return value, 0.0
    value[acting_players], error = sampled_myerson_value(acting_graph, worth)
    return value, float(error.max())
