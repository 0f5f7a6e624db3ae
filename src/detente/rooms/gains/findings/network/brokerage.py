"""The finding on who joins whom: brokerage in each channel, and the channels drawn as networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.charts.network_layout import actor_positions
from detente.rooms.gains.findings.charts.networks import NetworkPanel, networks_chart
from detente.rooms.gains.findings.text import quoted_variant, variant_title
from detente.rooms.gains.findings.units import SHARE_AT_STAKE
from detente.rooms.gains.model.brokerage import ChannelLinks
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.number_format import format_number
from detente.text.shares import as_percent

COLUMNS = (
    Column("channel"),
    Column("actor"),
    Column("own", "own part, %", "percent", SHARE_AT_STAKE),
    Column("brokerage", "brokerage, %", "percent", SHARE_AT_STAKE),
    Column("all", "all, %", "percent", SHARE_AT_STAKE),
)


def brokerage_finding(year: YearGains, networks: Sequence[ChannelLinks], labels: CaseLabels) -> Finding:
    """How much of what each actor has is its own part, and how much brokerage, in every channel; and the pictures."""
    phrases = []
    for network in networks:
        if network.brokers:
            broker_phrases = [_brokerage_phrase(year, network.variant, actor, labels) for actor in network.brokers]
            phrases.append(f"{quoted_variant(year, network.variant, labels)}: {join_words(broker_phrases)}")
    says = "Nobody has more than a fiftieth of what is at stake for joining others, in any channel."
    if phrases:
        says = f"What an actor has for joining others, in per cent of all that is at stake. {'; '.join(phrases)}."
    return Finding(
        id="brokers",
        title="Who joins whom",
        says=says,
        see="Wider lines carry more of what is at stake; large dots are brokers; broken lines would be displaced.",
        table=make_table(COLUMNS, _brokerage_rows(year, networks, labels)),
        chart=networks_chart(
            [_network_panel(year, network, labels) for network in networks], "The channels as networks"
        ),
        method=(
            "A player's own part is its share in the pairs it is one of, its brokerage the share in others that it "
            "joins (Manuel and Ortega 2023). The width of a line is the link's own Shapley value among the links, at "
            "the central estimates, as in the position value of Borm, Owen and Tijs (1992)."
        ),
        rests_on=tuple(year.model.case.channels),
    )


def _brokerage_rows(
    year: YearGains, networks: Sequence[ChannelLinks], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """What each actor has in every channel, as its own part and for joining others."""
    for network in networks:
        outcome = year.outcomes[network.variant]
        for actor_index, actor in enumerate(year.actor_network.actors):
            yield {
                "channel": variant_title(year, network.variant, labels),
                "actor": labels.party_name(actor),
                "own": outcome.own_part[actor_index],
                "brokerage": outcome.brokerage[actor_index],
                "all": outcome.value[actor_index],
            }


def _brokerage_phrase(year: YearGains, variant: ChannelVariant, actor: int, labels: CaseLabels) -> str:
    outcome, actor_name = year.outcomes[variant], labels.party_name(year.actor_network.actors[actor])
    brokerage = format_number(as_percent(outcome.brokerage[actor]))
    return f"{actor_name} {brokerage} of the {format_number(as_percent(outcome.value[actor]))} it has"


def _network_panel(year: YearGains, network: ChannelLinks, labels: CaseLabels) -> NetworkPanel:
    actor_network, groups = year.actor_network, network.single_players
    actor_names = {actor_index: labels.party_name(actor) for actor_index, actor in enumerate(actor_network.actors)}
    actor_names |= {group[0]: labels.party_name(organisation) for organisation, group in groups.items()}
    return NetworkPanel(
        title=variant_title(year, network.variant, labels),
        actor_names=actor_names,
        positions=actor_positions(actor_network.memberships, actor_network.organisations_led),
        hidden_actors=frozenset(member for group in groups.values() for member in group[1:]),
        links=[
            *((a, b, value, False) for (a, b), value in network.link_values.items()),
            *((a, b, 0.0, True) for a, b in network.displaced_links),
        ],
        brokers=frozenset(() if groups else network.brokers),
    )
