"""The finding on who stands between whom: what that brings in each channel, and three channels as networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.network.network_pictures import network_pictures
from detente.rooms.gains.findings.text import fitting_answer, in_form, percent_size, variant_title
from detente.rooms.gains.findings.units import SHARE_AT_STAKE
from detente.rooms.gains.model.brokerage import ChannelLinks
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import cardinal, join_words, lower_first, upper_first, without_article

COLUMNS = (
    Column("channel"),
    Column("actor", "who"),
    Column("own", "for its own dealings, %", "percent", SHARE_AT_STAKE),
    Column("brokerage", "for standing between others, %", "percent", SHARE_AT_STAKE),
    Column("all", "all, %", "percent", SHARE_AT_STAKE),
)
MOST_NETWORKS = 3
"""Channels that are told of and drawn; all are in the table."""
MOST_NAMED = 2
"""Go-betweens that are named; more are counted."""


def brokerage_finding(
    year: YearGains, networks: Sequence[ChannelLinks], compared_channels: Sequence[str], labels: CaseLabels
) -> Finding:
    """How much of what each actor has it has for standing between others, in every channel.

    Args:
        year: The year that is told of.
        networks: Every channel that is a network of its own, each way to run it.
        compared_channels: The channels that are compared with the observed one, the one that is told of first.
        labels: The names of the case.
    """
    shown = _shown_networks(year, networks, compared_channels)
    sentences = [_broker_sentence(year, network, labels) for network in shown if network.brokers]
    if not sentences:
        sentences.append("Nobody stands between others to speak of, whichever of these ways they deal.")
    elif len(sentences) < len(shown):
        sentences.append("Otherwise nobody stands between others to speak of.")
    return Finding(
        id="brokers",
        title="Who stands between whom",
        says=" ".join(sentences),
        see="A go-between has at least a fiftieth of all that is at stake for standing between others.",
        table=make_table(COLUMNS, _brokerage_rows(year, networks, labels)),
        method=(
            "A player's own part is its share in the pairs it is one of, its brokerage the share in others that it "
            "joins (Manuel and Ortega 2023)."
        ),
        rests_on=tuple(year.model.case.channels),
        place="detail",
        question="Who stands between whom",
        short_answer=_short_answer(year, shown, labels),
        picture=network_pictures(year, shown, labels),
    )


def _shown_networks(
    year: YearGains, networks: Sequence[ChannelLinks], compared_channels: Sequence[str]
) -> list[ChannelLinks]:
    """The observed channel, then the one that is compared with it each way to run it, then others."""
    observed, first = year.actor_network.observed_channel, next(iter(compared_channels), "")
    order = {observed: 0, first: 1}
    return sorted(networks, key=lambda network: order.get(network.variant.channel, 2))[:MOST_NETWORKS]


def _short_answer(year: YearGains, networks: Sequence[ChannelLinks], labels: CaseLabels) -> str:
    brokers = list(dict.fromkeys(broker for network in networks for broker in network.brokers))
    if not brokers:
        return "nobody to speak of"
    names = join_words(without_article(labels.party_name(year.actor_network.actors[broker])) for broker in brokers)
    return fitting_answer(names, f"{cardinal(len(brokers))} of them")


def _broker_sentence(year: YearGains, network: ChannelLinks, labels: CaseLabels) -> str:
    """Who has how much of all that is at stake for standing between others in a channel."""
    place = _channel_phrase(year, network.variant, labels)
    outcome = year.outcomes[network.variant]
    if len(network.brokers) > MOST_NAMED:
        total = percent_size(float(sum(outcome.brokerage[list(network.brokers)])))
        return upper_first(
            f"{place}{cardinal(len(network.brokers))} together get {total} of all at stake as go-betweens."
        )
    names_and_sizes = [
        (labels.party_name(year.actor_network.actors[broker]), percent_size(float(outcome.brokerage[broker])))
        for broker in network.brokers
    ]
    name, size = names_and_sizes[0]
    others = "".join(f", and {other} {other_size}" for other, other_size in names_and_sizes[1:])
    return upper_first(f"{place}{name} gets {size} of all at stake as a go-between{others}.")


def _channel_phrase(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """`Through today's ties `, `If Russia runs the channel, `, `By “NATO with Russia alone” `."""
    if variant.channel == year.actor_network.observed_channel:
        return "Through today's ties "
    return in_form(year, variant, labels) or f"By “{lower_first(labels.channel_title(variant.channel))}” "


def _brokerage_rows(
    year: YearGains, networks: Sequence[ChannelLinks], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """What each actor has in every channel, as its own part and for standing between others."""
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
