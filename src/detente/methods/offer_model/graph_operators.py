"""All graphs of a model as one operator, so that a batch of draws takes two matrix products an issue.

Of many actors each shares in few pairs: there the operator is kept by what is not 0, which takes a hundredth of the
memory and of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.methods.networks.communication_graph import pair_indices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

PairSelection = Literal["all", "across", "within"]
MOST_DENSE = 2**21
"""Numbers of an operator that are kept with all the 0 between them: 16 megabytes."""


@dataclass(frozen=True)
class GraphShares:
    """The shares that actors have in what pairs gain on one graph, those that are not 0 (`networks/myerson.py`)."""

    lengths: tuple[int, ...]
    """For each share, by how many links beyond the first a gain has to pass: the power of the decay."""
    actors: tuple[int, ...]
    pairs: tuple[int, ...]
    shares: tuple[float, ...]
    merged_groups: tuple[tuple[int, ...], ...]
    """The actors that are one player on it, the first of each standing for all."""

    def brokerage_mask(self, actor_count: int) -> NDArray[np.bool_]:
        """Which of the shares an actor has for joining others who gain: it is none of the two itself."""
        import numpy as np

        player = np.array(player_by_actor(actor_count, self.merged_groups))
        i, j = pair_indices(actor_count)
        actors, pairs = np.array(self.actors, dtype=int), np.array(self.pairs, dtype=int)
        return np.asarray((player[i][pairs] != actors) & (player[j][pairs] != actors))


def player_by_actor(n: int, merged_groups: Sequence[Sequence[int]]) -> list[int]:
    """The player that stands for each actor: itself, or the first member of what answers as one."""
    player_numbers = list(range(n))
    for group in merged_groups:
        for member in group:
            player_numbers[member] = group[0]
    return player_numbers


@dataclass(frozen=True)
class GraphOperators:
    """The shares on several graphs side by side."""

    graphs: tuple[GraphShares, ...]
    actor_count: int
    across: NDArray[np.bool_]
    """The pairs that have no organisation in common."""
    longest_path: int
    """The number of links of the longest way."""

    @property
    def _column_count(self) -> int:
        return len(self.graphs) * self.actor_count

    @cached_property
    def _is_dense(self) -> bool:
        return self.longest_path * len(self.across) * self._column_count <= MOST_DENSE

    @cached_property
    def _dense_matrices(self) -> dict[PairSelection, Floats]:
        """By which pairs count, shape (lengths x pairs, graphs x actors)."""
        import numpy as np

        matrix = np.zeros((self.longest_path, len(self.across), len(self.graphs), self.actor_count))
        for place, graph in enumerate(self.graphs):
            matrix[graph.lengths, graph.pairs, place, graph.actors] = graph.shares
        return {
            selection: matrix[:, mask].reshape(-1, self._column_count) for selection, mask in self._pair_masks.items()
        }

    @cached_property
    def _pair_masks(self) -> dict[PairSelection, NDArray[np.bool_]]:
        import numpy as np

        return {"all": np.ones_like(self.across), "across": self.across, "within": ~self.across}

    @cached_property
    def _sparse_rows(self) -> dict[PairSelection, list[tuple[Indices, Floats]]]:
        """By which pairs count, for every graph and actor the rows of the matrices that are not 0, and what they are.

        Graphs with shorter ways have nothing in the others.
        """
        import numpy as np

        rows_by_selection: dict[PairSelection, list[tuple[Indices, Floats]]] = {}
        for selection, mask in self._pair_masks.items():
            row_of_pair = np.cumsum(mask) - 1
            rows_by_selection[selection] = []
            for graph in self.graphs:
                pairs, actors, shares = np.array(graph.pairs), np.array(graph.actors), np.array(graph.shares)
                rows = np.array(graph.lengths) * int(mask.sum()) + row_of_pair[pairs]
                for actor in range(self.actor_count):
                    is_of_actor = mask[pairs] & (actors == actor)
                    rows_by_selection[selection].append((rows[is_of_actor], shares[is_of_actor]))
        return rows_by_selection

    def myerson_values(self, amount: Floats, decay: Floats, selection: PairSelection = "all") -> Floats:
        """The Myerson value on every graph.

        Args:
            amount: What pairs have to gain, shape (draws, pairs).
            decay: Shape (draws,).
            selection: Which pairs they are: all, those across organisations, or those within one.

        Returns:
            Shape (graphs, draws, actors).
        """
        import numpy as np

        powers = decay[:, None] ** np.arange(self.longest_path)
        if self._is_dense:
            lengthwise = (powers[:, :, None] * amount[:, None, :]).reshape(len(amount), -1)
            values = lengthwise @ self._dense_matrices[selection]
        else:
            lengthwise = (powers.T[:, None, :] * amount.T[None]).reshape(-1, len(amount))
            values = np.stack([shares @ lengthwise[rows] for rows, shares in self._sparse_rows[selection]], axis=1)
        return np.moveaxis(values.reshape(len(amount), len(self.graphs), -1), 1, 0)
