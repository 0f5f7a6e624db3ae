"""Findings on who joins whom: brokerage in each channel, and the channels drawn as networks."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.network_formation import MAX_LINKS, link_value, pairwise_network_worth, path_lengths
from detente.results.finding import Finding
from detente.rooms.gains.findings.charts import NetworkPanel, networks_chart
from detente.rooms.gains.findings.labels import GainsLabels, as_percent
from detente.rooms.gains.model.actor_network import PlayerGroups
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.point_estimates import merge_pairs_to_players, point_estimate_stakes
from detente.rooms.gains.model.results import YearGains, exclusivity_bounds
from detente.text.english import join_words
from detente.text.number_format import format_number

LARGEST_HEIGHT = 1.15
"""How far from the middle of its picture anybody is drawn, upwards and downwards."""
BROKER_SHARE = 0.02
"""The part of all that is at stake from which one who joins others is called a broker."""


def brokerage_finding(year: YearGains, labels: GainsLabels) -> Finding:
    """How much of what each actor has is its own part, and how much brokerage, in every channel; and the pictures."""
    import polars as pl

    actor_network = year.actor_network
    variants = _charted_variants(year)
    rows = []
    for variant in variants:
        outcome = year.outcomes[variant]
        for actor_index, actor in enumerate(actor_network.actors):
            rows.append(
                {
                    "channel": labels.variant_title(actor_network, variant),
                    "actor": labels.party_name(actor),
                    "own": as_percent(outcome.value[actor_index] - outcome.brokerage[actor_index]),
                    "brokerage": as_percent(outcome.brokerage[actor_index]),
                    "all": as_percent(outcome.value[actor_index]),
                }
            )
    phrases = [
        f"{labels.quoted_variant(actor_network, variant)}: {join_words(_brokerage_phrase(year, variant, actor_index, labels) for actor_index in broker_numbers)}"
        for variant in variants
        if (broker_numbers := _broker_actors(year, variant))
    ]
    says = "Nobody has more than a fiftieth of what is at stake for joining others, in any channel."
    if phrases:
        says = f"What an actor has for joining others, in per cent of all that is at stake. {'; '.join(phrases)}."
    return Finding(
        id="brokers",
        title="Who joins whom",
        says=says,
        see="Wider lines carry more of what is at stake; large dots are brokers; broken lines would be displaced.",
        table=pl.DataFrame(rows),
        headers={"own": "own part, %", "brokerage": "brokerage, %", "all": "all, %"},
        chart=networks_chart(
            [_network_panel(year, variant, labels) for variant in variants], "The channels as networks"
        ),
        method=(
            "A player's own part is its share in the pairs it is one of, its brokerage the share in others that it "
            "joins (Manuel and Ortega 2023). The width of a line is the link's own Shapley value among the links, at "
            "the central estimates, as in the position value of Borm, Owen and Tijs (1992)."
        ),
        rests_on=tuple(year.model.case.channels),
    )


def _brokerage_phrase(year: YearGains, variant: ChannelVariant, actor_index: int, labels: GainsLabels) -> str:
    outcome = year.outcomes[variant]
    brokerage_percent, value_percent = (
        as_percent(outcome.brokerage[actor_index]),
        as_percent(outcome.value[actor_index]),
    )
    return f"{labels.party_name(year.actor_network.actors[actor_index])} {format_number(brokerage_percent)} of the {format_number(value_percent)} it has"


def _broker_actors(year: YearGains, variant: ChannelVariant) -> list[int]:
    return [
        actor_index
        for actor_index, share in enumerate(year.outcomes[variant].brokerage.tolist())
        if share >= BROKER_SHARE
    ]


def _charted_variants(year: YearGains) -> list[ChannelVariant]:
    """The channels whose graph is a picture of its own."""
    keys_seen: set[object] = set()
    charted = []
    for variant in year.model.variants:
        channel_graphs = year.actor_network.graphs_of(variant.channel)
        key = (
            channel_graphs.collegiate_graph
            if variant.form == "collegiate"
            else (channel_graphs.own_graph, bool(_displaced_links(year, variant)))
        )
        if key not in keys_seen and not (
            channel_graphs.coexisting_graph and exclusivity_bounds(year.model, variant.channel)[1] == 0
        ):
            keys_seen.add(key)
            charted.append(variant)
    return charted


def _displaced_links(year: YearGains, variant: ChannelVariant) -> list[tuple[int, int]]:
    """The links that a channel would displace."""
    channel_graphs = year.actor_network.graphs_of(variant.channel)
    return (
        sorted(set(channel_graphs.coexisting_graph.links) - set(channel_graphs.own_graph.links))
        if channel_graphs.coexisting_graph
        else []
    )


def _network_panel(year: YearGains, variant: ChannelVariant, labels: GainsLabels) -> NetworkPanel:
    actor_network, channel_graphs = year.actor_network, year.actor_network.graphs_of(variant.channel)
    collegiate_graph = channel_graphs.collegiate_graph if variant.form == "collegiate" else None
    graph = collegiate_graph or channel_graphs.own_graph
    widths = _link_widths(year, variant, graph, channel_graphs.merged_groups if collegiate_graph else ())
    hidden_actors = (
        [member for group in channel_graphs.merged_groups for member in group[1:]] if collegiate_graph else []
    )
    actor_names = {actor_index: labels.party_name(actor) for actor_index, actor in enumerate(actor_network.actors)}
    if collegiate_graph:
        for group, organisation in zip(channel_graphs.merged_groups, channel_graphs.organisations, strict=True):
            actor_names[group[0]] = labels.party_name(organisation)
    return NetworkPanel(
        title=labels.variant_title(actor_network, variant),
        actor_names=actor_names,
        positions=_actor_positions(actor_network.memberships, actor_network.organisations_led),
        hidden_actors=frozenset(hidden_actors),
        links=[(a, b, widths.get((a, b), 0.0), False) for a, b in graph.links]
        + ([] if collegiate_graph else [(a, b, 0.0, True) for a, b in _displaced_links(year, variant)]),
        brokers=frozenset(() if collegiate_graph else _broker_actors(year, variant)),
    )


def _link_widths(
    year: YearGains, variant: ChannelVariant, graph: Graph, merged_groups: PlayerGroups
) -> dict[tuple[int, int], float]:
    """What passes over each link, as a share of all that is at stake, at the central estimates."""
    if not 0 < len(graph.links) <= MAX_LINKS:
        return {}
    amount, decay = point_estimate_stakes(year.model, variant.channel)
    player_amount, _ = merge_pairs_to_players(year.actor_network.n, amount, merged_groups)
    value = link_value(pairwise_network_worth(path_lengths(year.actor_network.n, graph.links), player_amount, decay))
    return dict(zip(graph.links, value.tolist(), strict=True))


def _actor_positions(
    memberships: Sequence[frozenset[str]], organisations_led: Sequence[frozenset[str]]
) -> list[tuple[float, float]]:
    """Where to draw each actor: those that belong together around those that lead them, the groups side by side."""
    import math

    groups: dict[frozenset[str], list[int]] = {}
    for actor_index, organisations in enumerate(memberships):
        groups.setdefault(organisations or frozenset({f"#{actor_index}"}), []).append(actor_index)
    positions = [(0.0, 0.0)] * len(memberships)
    for group_number, group in enumerate(sorted(groups.values(), key=len, reverse=True)):
        group_angle = 2 * math.pi * group_number / len(groups) + math.pi
        centre = (1.25 * math.cos(group_angle), 1.25 * math.sin(group_angle)) if len(groups) > 1 else (0.0, 0.0)
        inner = [actor_index for actor_index in group if organisations_led[actor_index]] or group[:1]
        outer = [actor_index for actor_index in group if actor_index not in inner]
        for ring, radius in ((inner, 0.0 if len(inner) == 1 else 0.35), (outer, 0.95)):
            for step, actor_index in enumerate(ring):
                # Turned by half a step, so that nobody stands in the way between the groups.
                angle = group_angle + 2 * math.pi * (step + 0.5) / max(len(ring), 1)
                positions[actor_index] = (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
    highest = max(abs(y) for _, y in positions)
    vertical_scale = min(1.0, LARGEST_HEIGHT / highest) if highest else 1.0
    return [(x, y * vertical_scale) for x, y in positions]
