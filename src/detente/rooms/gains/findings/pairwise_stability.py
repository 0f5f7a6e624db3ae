"""The finding on pairwise stability: which networks the actors themselves would keep."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from detente.methods.networks.communication_graph import Graph, Link
from detente.methods.networks.network_formation import (
    MAX_LINKS,
    MAX_PLAYERS_FOR_VALUES,
    network_myerson_values,
    pairwise_network_worth,
    pairwise_stable_networks,
    path_lengths,
)
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import GainsLabels
from detente.rooms.gains.model.point_estimates import point_estimate_stakes
from detente.rooms.gains.model.results import YearGains
from detente.text.english import as_sentence, cardinal, join_words
from detente.text.number_format import format_number

if TYPE_CHECKING:
    pass

DECAYS = (1.0, 0.9, 0.7)
COSTS = (0.0, 0.002, 0.005, 0.01, 0.02, 0.05)


def pairwise_stability_finding(year: YearGains, labels: GainsLabels) -> Finding | None:
    """Which networks of the links that any channel draws nobody would leave, over decays and costs of links.

    None where there are too many links, or none.
    """
    import numpy as np
    import polars as pl

    actor_network = year.actor_network
    graphs = [
        graph
        for channel_graphs in actor_network.channels
        for graph in (channel_graphs.own_graph, channel_graphs.coexisting_graph)
        if graph
    ]
    links = sorted({link for graph in graphs for link in graph.links})
    if not 0 < len(links) <= MAX_LINKS or actor_network.n > MAX_PLAYERS_FOR_VALUES:
        return None
    amount, decay = point_estimate_stakes(year.model, actor_network.observed_channel)
    cost = max(year.model.case.network.link_cost.mean, 0.0)
    lengths = path_lengths(actor_network.n, links)
    observed_number = _network_number(links, actor_network.graphs_of(actor_network.observed_channel).own_graph)
    title_by_number = {
        _network_number(links, channel_graphs.own_graph): labels.channel_title(channel_graphs.channel)
        for channel_graphs in reversed(actor_network.channels)
    }
    stable_at_estimates = pairwise_stable_networks(
        links, network_myerson_values(actor_network.n, links, pairwise_network_worth(lengths, amount, decay)), cost
    )
    rows = []
    for decay_tried in sorted({*DECAYS, round(decay, 4)}, reverse=True):
        values = network_myerson_values(actor_network.n, links, pairwise_network_worth(lengths, amount, decay_tried))
        for link_cost in sorted({*COSTS, round(cost, 4)}):
            stable = pairwise_stable_networks(links, values, link_cost)
            other_titles = sorted(
                title_by_number[network_number]
                for network_number in np.flatnonzero(stable).tolist()
                if network_number in title_by_number and network_number != observed_number
            )
            rows.append(
                {
                    "decay": decay_tried,
                    "cost": 100 * link_cost,
                    "stable": int(stable.sum()),
                    "observed": "kept" if stable[observed_number] else "left",
                    "others": join_words(other_titles),
                }
            )
    estimates_phrase = (
        f"each further link leaves {format_number(decay)}, a link costs {format_number(100 * cost)} per cent"
    )
    says = (
        f"Of the {len(lengths):,} networks that the {len(links)} links of all channels allow, "
        f"{cardinal(int(stable_at_estimates.sum()))} would be kept at the central estimates ({estimates_phrase}), "
        f"the observed one {'among them' if stable_at_estimates[observed_number] else 'not among them'}. {_cost_range_sentence(rows)}"
    )
    return Finding(
        id="kept",
        title="Which networks the actors would keep",
        says=says,
        see="How many networks are pairwise stable, and whether the observed one is; other channels where they are.",
        table=pl.DataFrame(rows),
        headers={
            "decay": "each further link leaves",
            "cost": "a link costs, %",
            "stable": "stable networks",
            "observed": labels.channel_title(actor_network.observed_channel),
            "others": "other channels that are stable",
        },
        method=(
            "A network is pairwise stable if nobody would rather cut one of its links and no two would both rather add "
            "one (Jackson and Wolinsky 1996), each having its Myerson value less half the cost of its links; all "
            "networks are gone through. This asks what actors would keep for gain alone, with no rule or theory, of "
            "channels run through members: where an organisation answers as one it is not its members who link. Each "
            "network is taken to get as much done as the observed channel, without issues that pairs cannot settle."
        ),
        rests_on=tuple(year.model.case.channels),
    )


def _network_number(links: Sequence[Link], graph: Graph) -> int:
    return sum(1 << index for index, link in enumerate(links) if link in set(graph.links))


def _cost_range_sentence(rows: Sequence[dict[str, Any]]) -> str:
    """Up to which cost of a link the observed network would be kept at every decay, and from which on at none."""
    states: dict[float, set[str]] = {}
    for row in sorted(rows, key=lambda row: row["cost"]):
        states.setdefault(row["cost"], set()).add(row["observed"])
    always_kept = list(takewhile(lambda link_cost: states[link_cost] == {"kept"}, states))
    never_kept = list(takewhile(lambda link_cost: states[link_cost] == {"left"}, reversed(states)))
    clauses = []
    if always_kept:
        clauses.append(
            f"up to a cost of {format_number(always_kept[-1])} per cent it would be kept at every decay tried"
        )
    if never_kept:
        clauses.append(f"from {format_number(never_kept[-1])} per cent on at none")
    return as_sentence(", ".join(clauses)) if clauses else "Whether it would be kept turns on decay and cost together."
