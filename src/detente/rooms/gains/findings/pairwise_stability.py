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
from detente.rooms.gains.findings.labels import Names
from detente.rooms.gains.model.point_estimates import central
from detente.rooms.gains.model.results import Year
from detente.text.english import as_sentence, cardinal, join_words
from detente.text.number_format import format_number

if TYPE_CHECKING:
    pass

DECAYS = (1.0, 0.9, 0.7)
COSTS = (0.0, 0.002, 0.005, 0.01, 0.02, 0.05)


def stability(year: Year, names: Names) -> Finding | None:
    """Which networks of the links that any channel draws nobody would leave, over decays and costs of links.

    None where there are too many links, or none.
    """
    import numpy as np
    import polars as pl

    arena = year.arena
    graphs = [graph for dealing in arena.dealings for graph in (dealing.alone, dealing.beside) if graph]
    links = sorted({link for graph in graphs for link in graph.links})
    if not 0 < len(links) <= MAX_LINKS or arena.n > MAX_PLAYERS_FOR_VALUES:
        return None
    amount, decay = central(year.model, arena.observed)
    cost = max(year.model.case.network.link_cost.mean, 0.0)
    apart = path_lengths(arena.n, links)
    observed = _number(links, arena.dealing(arena.observed).alone)
    named = {_number(links, dealing.alone): names.channel(dealing.channel) for dealing in reversed(arena.dealings)}
    own = pairwise_stable_networks(
        links, network_myerson_values(arena.n, links, pairwise_network_worth(apart, amount, decay)), cost
    )
    rows = []
    for each in sorted({*DECAYS, round(decay, 4)}, reverse=True):
        values = network_myerson_values(arena.n, links, pairwise_network_worth(apart, amount, each))
        for price in sorted({*COSTS, round(cost, 4)}):
            stable = pairwise_stable_networks(links, values, price)
            others = sorted(named[at] for at in np.flatnonzero(stable).tolist() if at in named and at != observed)
            rows.append(
                {
                    "decay": each,
                    "cost": 100 * price,
                    "stable": int(stable.sum()),
                    "observed": "kept" if stable[observed] else "left",
                    "others": join_words(others),
                }
            )
    central_says = f"each further link leaves {format_number(decay)}, a link costs {format_number(100 * cost)} per cent"
    says = (
        f"Of the {len(apart):,} networks that the {len(links)} links of all channels allow, "
        f"{cardinal(int(own.sum()))} would be kept at the central estimates ({central_says}), "
        f"the observed one {'among them' if own[observed] else 'not among them'}. {_on_costs(rows)}"
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
            "observed": names.channel(arena.observed),
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


def _number(links: Sequence[Link], graph: Graph) -> int:
    return sum(1 << index for index, link in enumerate(links) if link in set(graph.links))


def _on_costs(rows: Sequence[dict[str, Any]]) -> str:
    """Up to which cost of a link the observed network would be kept at every decay, and from which on at none."""
    states: dict[float, set[str]] = {}
    for row in sorted(rows, key=lambda row: row["cost"]):
        states.setdefault(row["cost"], set()).add(row["observed"])
    always = list(takewhile(lambda price: states[price] == {"kept"}, states))
    never = list(takewhile(lambda price: states[price] == {"left"}, reversed(states)))
    said = []
    if always:
        said.append(f"up to a cost of {format_number(always[-1])} per cent it would be kept at every decay tried")
    if never:
        said.append(f"from {format_number(never[-1])} per cent on at none")
    return as_sentence(", ".join(said)) if said else "Whether it would be kept turns on decay and cost together."
