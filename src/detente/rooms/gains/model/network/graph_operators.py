"""All graphs of an arena as one operator, so that a block of draws takes two matrix products an issue.

Of many actors each shares in few pairs: there the operator is kept by what is not 0, which takes a hundredth of the
memory and of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.case.index.channel_variants import CHANNEL_FORMS
from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.myerson import MyersonShares, ShareMethod, share_operator
from detente.rooms.gains.model.network.actor_network import ActorNetwork, PlayerGroups, player_by_actor
from detente.rooms.gains.model.network.variants import possible_graphs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

PairSelection = Literal["all", "across", "within"]
MOST_DENSE = 2**21
"""Numbers of a stack of operators that are kept with all the 0 between them: 16 megabytes."""


@dataclass(frozen=True)
class ShareOperator:
    """The shares on one graph of an arena, by actors and pairs of actors."""

    graph: Graph
    shape: tuple[int, int, int]
    """Lengths, actors and pairs."""
    nonzero_indices: tuple[Indices, Indices, Indices]
    """The length, the actor and the pair of each share that is not 0."""
    nonzero_shares: Floats
    """These shares. What answers as one stands in the row of its first member."""
    own_gain_mask: NDArray[np.bool_]
    """Which shares are in one's own gains, shape (actors, pairs): the rest is brokerage."""
    method: ShareMethod
    standard_error: float
    """The largest standard error of a share, if they were estimated."""

    @property
    def shares_by_length(self) -> Floats:
        """All shares, shape (lengths, actors, pairs)."""
        import numpy as np

        shares = np.zeros(self.shape)
        shares[self.nonzero_indices] = self.nonzero_shares
        return shares


def actor_share_operator(
    n: int, graph: Graph, merged_groups: Sequence[Sequence[int]] = (), seed: int = 0
) -> ShareOperator:
    """The shares of a graph whose players stand for actors.

    What two actors that are one player have to gain from each other is that player's own.

    Args:
        n: How many actors there are.
        graph: Of n players, those that stand for nobody without links.
        merged: The groups of actors that are one player, the first standing for all.
        seed: For shares that must be estimated.
    """
    import numpy as np

    shares: MyersonShares = share_operator(graph, seed=seed)
    player = np.array(player_by_actor(n, merged_groups))
    i, j = pair_indices(n)
    a, b = np.minimum(player[i], player[j]), np.maximum(player[i], player[j])
    is_internal = a == b
    column = np.where(is_internal, 0, a * n - a * (a + 1) // 2 + b - a - 1)
    by_length = shares.by_length[:, :, column]
    by_length[:, :, is_internal] = 0
    by_length[0, a[is_internal], np.flatnonzero(is_internal)] = 1
    actors = np.arange(n)[:, None]
    error = 0.0 if shares.standard_errors is None else float(shares.standard_errors.max())
    nonzero: tuple[Indices, Indices, Indices] = np.nonzero(by_length)  # type: ignore[assignment]
    return ShareOperator(
        graph, by_length.shape, nonzero, by_length[nonzero], (a == actors) | (b == actors), shares.method, error
    )


@dataclass(frozen=True)
class OperatorStack:
    """Several operators side by side."""

    operators: tuple[ShareOperator, ...]
    across_organisations: NDArray[np.bool_]
    """The pairs that have no organisation in common."""

    @property
    def longest_path(self) -> int:
        """The number of links of the longest way."""
        return max(operator.shape[0] for operator in self.operators)

    @property
    def _column_count(self) -> int:
        return len(self.operators) * self.operators[0].shape[1]

    @cached_property
    def _is_dense(self) -> bool:
        return self.longest_path * len(self.across_organisations) * self._column_count <= MOST_DENSE

    @cached_property
    def _dense_matrices(self) -> dict[PairSelection, Floats]:
        """By which pairs count, shape (lengths x pairs, operators x actors)."""
        import numpy as np

        n, m = self.operators[0].shape[1:]
        matrix = np.zeros((self.longest_path, m, len(self.operators), n))
        for index, operator in enumerate(self.operators):
            matrix[: operator.shape[0], :, index] = np.swapaxes(operator.shares_by_length, 1, 2)
        matrices: dict[PairSelection, Floats] = {
            "all": matrix,
            "across": matrix[:, self.across_organisations],
            "within": matrix[:, ~self.across_organisations],
        }
        return {selection: submatrix.reshape(-1, self._column_count) for selection, submatrix in matrices.items()}

    def _pair_mask(self, selection: PairSelection) -> NDArray[np.bool_]:
        import numpy as np

        return (
            self.across_organisations
            if selection == "across"
            else ~self.across_organisations
            if selection == "within"
            else np.ones_like(self.across_organisations)
        )

    @cached_property
    def _sparse_rows(self) -> dict[PairSelection, list[tuple[Indices, Floats]]]:
        """By which pairs count, for every operator and actor the rows of `_matrices` that are not 0, and what they are.

        Operators with shorter ways have nothing in the others.
        """
        import numpy as np

        rows_by_selection: dict[PairSelection, list[tuple[Indices, Floats]]] = {}
        for selection in ("all", "across", "within"):
            mask = self._pair_mask(selection)
            row_of_pair = np.cumsum(mask) - 1
            rows_by_selection[selection] = []
            for operator in self.operators:
                length, actor, pair = operator.nonzero_indices
                rows = length * int(mask.sum()) + row_of_pair[pair]
                for actor_index in range(operator.shape[1]):
                    is_of_actor = mask[pair] & (actor == actor_index)
                    rows_by_selection[selection].append((rows[is_of_actor], operator.nonzero_shares[is_of_actor]))
        return rows_by_selection

    def myerson_values(self, amount: Floats, decay: Floats, selection: PairSelection = "all") -> Floats:
        """The Myerson value on every graph.

        Args:
            amount: What pairs have to gain, shape (draws, pairs).
            decay: Shape (draws,).
            of: Which pairs they are: all, those across organisations, or those within one.

        Returns:
            Shape (operators, draws, actors).
        """
        import numpy as np

        powers = decay[:, None] ** np.arange(self.longest_path)
        if self._is_dense:
            lengthwise = (powers[:, :, None] * amount[:, None, :]).reshape(len(amount), -1)
            values = lengthwise @ self._dense_matrices[selection]
        else:
            lengthwise = (powers.T[:, None, :] * amount.T[None]).reshape(-1, len(amount))
            values = np.stack([shares @ lengthwise[rows] for rows, shares in self._sparse_rows[selection]], axis=1)
        return np.moveaxis(values.reshape(len(amount), len(self.operators), -1), 1, 0)


def number_graphs(actor_network: ActorNetwork) -> dict[tuple[Graph, PlayerGroups], int]:
    """Every graph that the channels of an arena need, once, with its place in a stack."""
    positions: dict[tuple[Graph, PlayerGroups], int] = {}
    for channel_graphs in actor_network.channels:
        for form in CHANNEL_FORMS:
            for possible in possible_graphs(channel_graphs, form):
                positions.setdefault((possible.graph, possible.merged_groups), len(positions))
    return positions
