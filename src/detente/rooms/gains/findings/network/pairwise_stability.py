"""The finding on pairwise stability: which networks the actors themselves would keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.units import SHARE_AT_STAKE, SHARE_OF_GAIN
from detente.rooms.gains.model.pairwise_stability import PairwiseStability, StableNetworks
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import as_sentence, cardinal, join_words
from detente.text.number_format import format_number


def pairwise_stability_finding(
    year: YearGains, stability: PairwiseStability | None, labels: CaseLabels
) -> Finding | None:
    """Which networks of the links that any channel draws nobody would leave, over decays and costs of links.

    None where there are too many links, or none.
    """
    if stability is None:
        return None
    columns = _columns(labels.channel_title(year.actor_network.observed_channel))
    return Finding(
        id="kept",
        title="Which networks the actors would keep",
        says=_stability_sentences(stability),
        see="How many networks are pairwise stable, and whether the observed one is; other channels where they are.",
        table=make_table(columns, _network_rows(stability.at_settings, labels)),
        method=(
            "A network is pairwise stable if nobody would rather cut one of its links and no two would both rather add "
            "one (Jackson and Wolinsky 1996), each having its Myerson value less half the cost of its links; all "
            "networks are gone through. This asks what actors would keep for gain alone, with no rule or theory, of "
            "channels run through members: where an organisation answers as one it is not its members who link. Each "
            "network is taken to get as much done as the observed channel, without issues that pairs cannot settle."
        ),
        rests_on=tuple(year.model.case.channels),
    )


def _columns(observed_title: str) -> tuple[Column, ...]:
    """A decay and a cost, and which networks are stable there."""
    return (
        Column("decay", "each go-between leaves", "number", SHARE_OF_GAIN),
        Column("link_cost", "a tie costs, %", "percent_number", SHARE_AT_STAKE),
        Column("stable", "stable networks", "count", "networks"),
        Column("observed", observed_title),
        Column("others", "other channels that are stable"),
    )


def _network_rows(settings: Sequence[StableNetworks], labels: CaseLabels) -> Iterator[dict[str, object]]:
    """What is stable at each decay and cost."""
    for networks in settings:
        yield {
            "decay": networks.decay,
            "link_cost": networks.link_cost,
            "stable": networks.stable_count,
            "observed": "kept" if networks.keeps_observed else "left",
            "others": join_words(sorted(map(labels.channel_title, networks.other_channels))),
        }


def _stability_sentences(stability: PairwiseStability) -> str:
    """How many networks would be kept at the central estimates, and up to which cost the observed one would be."""
    at_estimates = stability.at_estimates
    estimates_phrase = (
        f"each go-between leaves {round(100 * at_estimates.decay)} per cent of a gain, "
        f"a tie costs {format_number(100 * at_estimates.link_cost)} per cent of all at stake"
    )
    return (
        f"Of the {stability.network_count:,} networks that the {stability.link_count} ties of all channels allow, "
        f"{cardinal(at_estimates.stable_count)} would be kept at our middle estimates ({estimates_phrase}), "
        f"the observed one {'among them' if at_estimates.keeps_observed else 'not among them'}. "
        f"{_cost_range_sentence(stability.at_settings)}"
    )


def _cost_range_sentence(settings: Sequence[StableNetworks]) -> str:
    """Up to which cost of a link the observed network would be kept at every decay, and from which on at none."""
    states: dict[float, set[bool]] = {}
    for networks in sorted(settings, key=lambda networks: networks.link_cost):
        states.setdefault(networks.link_cost, set()).add(networks.keeps_observed)
    always_kept = list(takewhile(lambda link_cost: states[link_cost] == {True}, states))
    never_kept = list(takewhile(lambda link_cost: states[link_cost] == {False}, reversed(states)))
    clauses = []
    if always_kept:
        clauses.append(f"up to a cost of {format_number(100 * always_kept[-1])} per cent it would always be kept")
    if never_kept:
        clauses.append(f"from {format_number(100 * never_kept[-1])} per cent on never")
    return as_sentence(", ".join(clauses)) if clauses else "Whether it would be kept depends on both together."
