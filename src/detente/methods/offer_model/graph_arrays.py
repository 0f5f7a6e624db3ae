"""Graphs, and the channels that come to them, as arrays for compiled code.

Only what the offered forms of a channel need is there. Values on graphs have a row for each graph and actor. A number
stands there by its place among the numbers of the model, or NONE.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from detente.methods.offer_model.network_rows import ModelNetwork, PossibleGraph
from detente.methods.offer_model.plain_arrays import (
    NONE,
    actor_places,
    integer_array,
    integer_matrix,
    list_starts,
    mask_rows,
)

if TYPE_CHECKING:
    from detente.methods.offer_model.plain_arrays import Floats, Integers, Masks

MOST_CHANNELS_ON_A_GRAPH = 3
"""A channel itself, the one that it displaces, and the one that it opens."""


class GraphArrays(NamedTuple):
    """Shares on graphs, and issues that pairs cannot settle."""

    row_start: Integers
    """Where the shares of each row begin, shape (graphs x actors + 1,)."""
    row_length: Integers
    """By how many links beyond the first a gain has to pass, shape (shares,)."""
    row_pair: Integers
    """The pair in whose gain it is a share, shape (shares,)."""
    row_share: Floats
    """How large the share is, shape (shares,)."""
    collective_stakes: Integers
    """The number of what is at stake, shape (issues,)."""
    collective_raised: Integers
    """The number of what a grave threat adds, shape (issues,)."""
    collective_multilateral: Integers
    """The number of what takes all members, shape (issues,)."""
    collective_users: Masks
    """Who has the gain, shape (issues, actors)."""
    collective_concerned: Masks
    """By whose threat it is raised, shape (issues, actors)."""
    collective_unit: Floats
    """What each row has if an issue is worth 1 to each user, shape (issues, graphs x actors)."""
    collective_weight: Integers
    """The number of how much an issue weighs for an actor, shape (issues, actors)."""


class RunArrays(NamedTuple):
    """Channels, and the ways in which they are run."""

    run_channel: Integers
    """The channel that is run, shape (runs,)."""
    run_base: Integers
    """The run from which its gains are counted, which stands before it or is itself, shape (runs,)."""
    graph_start: Integers
    """Where the graphs that each run may come to begin, shape (runs + 1,)."""
    possible_graph: Integers
    """Which graph it is, shape (possible graphs,)."""
    possible_keeps: Masks
    """Whether the displaced channel is kept on it, shape (possible graphs,)."""
    possible_opened: Masks
    """Whether the channel that may open is open on it, shape (possible graphs,)."""
    possible_channels: Integers
    """The channels that get done on it what takes all members, shape (possible graphs, MOST_CHANNELS_ON_A_GRAPH)."""
    possible_groups: Integers
    """The organisation of each actor that is one player on it, or NONE, shape (possible graphs, actors)."""
    possible_shares: Floats
    """Which share each has in what its organisation gains by that, shape (possible graphs, actors)."""
    possible_group_counts: Integers
    """How many organisations are one player on it, shape (possible graphs,)."""
    possible_half_links: Floats
    """Half the number of links that each actor keeps up, shape (possible graphs, actors)."""
    channel_exclusivity: Integers
    """The number of how exclusive it is, shape (channels,)."""
    channel_opening: Integers
    """The number of how likely it opens another, shape (channels,)."""
    channel_depth: Integers
    """The number of how deep it is, shape (channels,)."""
    channel_has_alternatives: Masks
    """Whether it may come to several graphs, shape (channels,)."""
    channel_displaces: Masks
    """Whether it may replace the links of another, shape (channels,)."""
    observed: int
    """The channel from which gains are counted."""
    form_run: Integers
    """Which of the runs each offered form is, shape (forms,)."""


def used_runs(network: ModelNetwork, offered_runs: Sequence[int]) -> list[int]:
    """The runs that are needed, those from which gains are counted first."""
    return list(dict.fromkeys([*(network.runs[run].base for run in offered_runs), *offered_runs]))


def used_graphs(network: ModelNetwork, offered_runs: Sequence[int]) -> list[int]:
    """The graphs that these may come to, in the order of the model."""
    runs = [network.runs[run] for run in used_runs(network, offered_runs)]
    return sorted({possible.graph for run in runs for possible in run.graphs})


def arrange_graphs(network: ModelNetwork, offered_runs: Sequence[int]) -> GraphArrays:
    """The shares on the graphs that are needed, and the issues that pairs cannot settle.

    Args:
        network: With all graphs.
        offered_runs: The forms of the channel that is offered.
    """
    import numpy as np

    n, graph_places = len(network.actors), used_graphs(network, offered_runs)
    graphs = [network.graphs[place] for place in graph_places]
    row = np.concatenate([number * n + integer_array(graph.actors) for number, graph in enumerate(graphs)])
    in_order = np.argsort(row, kind="stable")
    issues = [issue for issue in network.issues if issue.collective]
    collectives = [issue.collective for issue in issues if issue.collective]
    units = [np.array(one.unit_values)[graph_places].ravel() for one in collectives]
    return GraphArrays(
        row_start=list_starts(np.bincount(row, minlength=len(graphs) * n)),
        row_length=np.concatenate([integer_array(graph.lengths) for graph in graphs])[in_order],
        row_pair=np.concatenate([integer_array(graph.pairs) for graph in graphs])[in_order],
        row_share=np.concatenate([np.array(graph.shares) for graph in graphs])[in_order],
        collective_stakes=integer_array(issue.stakes for issue in issues),
        collective_raised=integer_array(issue.raised for issue in issues),
        collective_multilateral=integer_array(issue.multilateral for issue in issues),
        collective_users=mask_rows([one.users for one in collectives], n),
        collective_concerned=mask_rows([one.concerned for one in collectives], n),
        collective_unit=np.array(units).reshape(len(issues), len(graphs) * n),
        collective_weight=integer_matrix([actor_places(issue.salience, n) for issue in issues], n),
    )


def arrange_runs(network: ModelNetwork, offered_runs: Sequence[int]) -> RunArrays:
    """All channels, and the runs that are needed.

    Args:
        network: With all runs.
        offered_runs: The forms of the channel that is offered.
    """
    import numpy as np

    run_places, graph_places = used_runs(network, offered_runs), used_graphs(network, offered_runs)
    runs, channels = [network.runs[run] for run in run_places], network.channels
    possible = [graph for run in runs for graph in run.graphs]
    groups, shares = _members_of_groups(possible, len(network.actors))
    return RunArrays(
        run_channel=integer_array(run.channel for run in runs),
        run_base=integer_array(run_places.index(run.base) for run in runs),
        graph_start=list_starts(len(run.graphs) for run in runs),
        possible_graph=integer_array(graph_places.index(graph.graph) for graph in possible),
        possible_keeps=np.array([graph.keeps_displaced for graph in possible]),
        possible_opened=np.array([graph.has_opened for graph in possible]),
        possible_channels=integer_matrix([_padded_channels(graph) for graph in possible], MOST_CHANNELS_ON_A_GRAPH),
        possible_groups=groups,
        possible_shares=shares,
        possible_group_counts=integer_array(len(graph.groups) for graph in possible),
        possible_half_links=np.array([graph.half_links for graph in possible], dtype=float),
        channel_exclusivity=integer_array(one.exclusivity for one in channels),
        channel_opening=integer_array(one.opening for one in channels),
        channel_depth=integer_array(one.depth for one in channels),
        channel_has_alternatives=np.array([one.displaces is not None or one.opens is not None for one in channels]),
        channel_displaces=np.array([one.displaces is not None for one in channels]),
        observed=network.observed,
        form_run=integer_array(run_places.index(run) for run in offered_runs),
    )


def _members_of_groups(graphs: Sequence[PossibleGraph], actor_count: int) -> tuple[Integers, Floats]:
    """The organisation of each actor that is one player, and its share in what that gains, shape (graphs, actors)."""
    import numpy as np

    groups, shares = np.full((len(graphs), actor_count), NONE), np.zeros((len(graphs), actor_count))
    for k, graph in enumerate(graphs):
        for number, group in enumerate(graph.groups):
            groups[k, list(group.members)] = number
            shares[k, list(group.members)] = group.shares
    return groups, shares


def _padded_channels(graph: PossibleGraph) -> list[int]:
    return [*graph.channels, *[NONE] * (MOST_CHANNELS_ON_A_GRAPH - len(graph.channels))]
