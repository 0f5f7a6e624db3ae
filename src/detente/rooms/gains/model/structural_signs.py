"""What rerouting brings for any stakes, and for whom a channel has a sign by construction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.networks.sign_bounds import DECAYS, ReroutingSign, signs_for_any_stakes
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.describe_network import half_link_counts
from detente.rooms.gains.model.network.actor_network import PlayerGroups
from detente.rooms.gains.model.network.variants import exclusivity_bounds, opening_bounds, possible_graphs
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.unlikeness import unlikeness_bounds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def rerouting_signs(year: YearGains, variant: ChannelVariant) -> list[ReroutingSign]:
    """What rerouting brings every actor for any stakes, exclusivity and decay that the case allows.

    The members of what answers as one share the sign of the whole of it.
    """
    import numpy as np

    observed_shares = year.model.operator_on(_observed_graph(year), ()).shares_by_length
    signs_by_graph: list[list[ReroutingSign]] = []
    for graph, merged_groups in _possible_graphs(year, variant):
        channel_shares = year.model.operator_on(graph, merged_groups).shares_by_length
        merged_shares = observed_shares.copy()
        for group in merged_groups:
            merged_shares[:, group[0]] = observed_shares[:, list(group)].sum(axis=1)
            merged_shares[:, list(group[1:])] = 0
        signs = signs_for_any_stakes(channel_shares, merged_shares, _possible_decays(year.model.case))
        for group in merged_groups:
            for member in group[1:]:
                signs[member] = signs[group[0]]
        signs_by_graph.append(signs)
    return [_combined_sign(list(actor_signs)) for actor_signs in np.array(signs_by_graph, dtype=object).T]


def _possible_decays(case: Case) -> list[float]:
    """The decays that are tried: the lowest and the highest that the case allows, and steps between them."""
    lower_bound, upper_bound = case.network.decay.bounds
    return sorted(
        {min(max(bound, 0.0), 1.0) for bound in (lower_bound, upper_bound)}
        | {decay for decay in DECAYS if lower_bound <= decay <= upper_bound}
    )


def _observed_graph(year: YearGains) -> Graph:
    return year.actor_network.graphs_of(year.actor_network.observed_channel).own_graph


def _possible_graphs(year: YearGains, variant: ChannelVariant) -> list[tuple[Graph, PlayerGroups]]:
    """The graphs that a channel may come to, as exclusive as it may be, and with what it may open."""
    case, channel_graphs = year.model.case, year.actor_network.graphs_of(variant.channel)
    exclusivities = (1.0,) if channel_graphs.coexisting_graph is None else exclusivity_bounds(case, variant.channel)
    bounds = list(product(exclusivities, opening_bounds(case, variant.channel)))
    return [
        (possible.graph, possible.merged_groups)
        for possible in possible_graphs(channel_graphs, variant.form)
        if any(possible.probability(exclusivity, opening) > 0 for exclusivity, opening in bounds)
    ]


def _combined_sign(signs: Sequence[ReroutingSign]) -> ReroutingSign:
    moving_signs = {sign for sign in signs if sign != "unmoved"}
    if not moving_signs:
        return "unmoved"
    return moving_signs.pop() if len(moving_signs) == 1 else "either"


def structural_signs(year: YearGains, variant: ChannelVariant) -> list[int]:
    """For whom a channel has a sign by construction: 1 if it cannot lose by it, -1 if it cannot gain, 0 otherwise.

    That is so where rerouting, efficiency and the costs of links cannot pull against each other, whatever is at stake
    between pairs and whatever is drawn.
    """
    case, outcome = year.model.case, year.outcomes[variant]
    displaced_channel, opened_channel = case.channels[variant.channel].displaces, case.channels[variant.channel].opens
    lowest_efficiency, highest_efficiency = _efficiency_bounds(year, variant.channel)
    observed_efficiency = _efficiency_bounds(year, year.actor_network.observed_channel)
    may_stand_alone = exclusivity_bounds(case, variant.channel)[1] > 0 or displaced_channel is None
    never_less_efficient = lowest_efficiency >= observed_efficiency[1] or (
        not may_stand_alone and displaced_channel == year.actor_network.observed_channel
    )
    never_more_efficient = highest_efficiency <= observed_efficiency[0] and all(
        _efficiency_bounds(year, other)[1] <= observed_efficiency[0]
        for other in (displaced_channel, opened_channel)
        if other is not None
    )
    has_link_costs = case.network.link_cost.bounds[1] > 0
    collective_changes, link_changes = _collective_change_bounds(year, variant), _link_change_bounds(year, variant)
    signs = []
    for actor_index, rerouting_sign in enumerate(rerouting_signs(year, variant)):
        cannot_lose = (
            rerouting_sign in ("never loses", "unmoved")
            and collective_changes[0, actor_index] >= -TOLERANCE
            and never_less_efficient
        )
        cannot_gain = (
            rerouting_sign in ("never gains", "unmoved")
            and collective_changes[1, actor_index] <= TOLERANCE
            and never_more_efficient
        )
        cannot_lose, cannot_gain = (
            cannot_lose and not (has_link_costs and link_changes[1, actor_index] > 0),
            cannot_gain and not (has_link_costs and link_changes[0, actor_index] < 0),
        )
        signs.append((int(cannot_lose) or -int(cannot_gain)) if outcome.is_affected(actor_index) else 0)
    return signs


def _link_change_bounds(year: YearGains, variant: ChannelVariant) -> NDArray[np.float64]:
    """The least and the most by which a channel changes the links that each actor, or its organisation, keeps up."""
    import numpy as np

    own_graph, observed_graph = year.actor_network.graphs_of(variant.channel).own_graph, _observed_graph(year)
    observed_links = half_link_counts(observed_graph, observed_graph, ())
    changes = []
    for graph, merged_groups in _possible_graphs(year, variant):
        change = half_link_counts(graph, own_graph, merged_groups) - observed_links
        _sum_over_groups(change, merged_groups)
        changes.append(change)
    return np.stack([np.min(changes, axis=0), np.max(changes, axis=0)])


def _collective_change_bounds(year: YearGains, variant: ChannelVariant) -> NDArray[np.float64]:
    """The least and the most that rerouting brings each actor on issues that pairs cannot settle, shape (2, actors)."""
    import numpy as np

    positions = year.model.graph_positions
    changes = [np.zeros(year.actor_network.n)]
    for values in year.model.collective_issue_values.values():
        observed_values = values[positions[_observed_graph(year), ()]]
        for graph, merged_groups in _possible_graphs(year, variant):
            change = values[positions[graph, merged_groups]] - observed_values
            _sum_over_groups(change, merged_groups)
            changes.append(change)
    return np.stack([np.min(changes, axis=0), np.max(changes, axis=0)])


def _sum_over_groups(change: NDArray[np.float64], merged_groups: PlayerGroups) -> None:
    """Gives each member of what answers as one the change of the whole of it, in place."""
    for group in merged_groups:
        change[list(group)] = change[list(group)].sum()


def _efficiency_bounds(year: YearGains, channel: str) -> tuple[float, float]:
    """The least and the most that a channel may get done, less for that those it joins are unlike."""
    case = year.model.case
    estimate = case.channels[channel].efficiency
    lowest, highest = estimate.bounds if estimate else (1.0, 1.0)
    least_unlike, most_unlike = unlikeness_bounds(case, year.actor_network.year, channel)
    least_cost, most_cost = case.network.unlikeness.bounds
    return lowest * (1 - min(most_cost, 1.0) * most_unlike), highest * (1 - max(least_cost, 0.0) * least_unlike)
