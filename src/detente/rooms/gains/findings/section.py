"""The section on who gains: by which channel, by how much, how often, and through what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding, FindingPlace, Section
from detente.rooms.gains.findings.all_channels import all_channels_finding
from detente.rooms.gains.findings.break_even import break_even_finding
from detente.rooms.gains.findings.common_threat import common_threat_finding
from detente.rooms.gains.findings.gain_decomposition import rerouting_finding
from detente.rooms.gains.findings.headline import gains_headline
from detente.rooms.gains.findings.missing import gains_missing
from detente.rooms.gains.findings.network.brokerage import brokerage_finding
from detente.rooms.gains.findings.network.capability_balance import capability_balance_finding
from detente.rooms.gains.findings.network.pairwise_stability import pairwise_stability_finding
from detente.rooms.gains.findings.network.solution_concepts import solution_concepts_finding
from detente.rooms.gains.findings.opening import gains_lead, gains_picture
from detente.rooms.gains.findings.sensitivity import sensitivity_finding
from detente.rooms.gains.findings.stakes import gains_by_issue_finding, pair_stakes_finding
from detente.rooms.gains.findings.text import method_note
from detente.rooms.gains.findings.unlikeness import experience_finding, unlikeness_finding
from detente.rooms.gains.findings.untold_assumptions import gains_assumptions
from detente.rooms.gains.findings.who_gains import who_gains_finding
from detente.rooms.gains.model.break_even import break_even_levels
from detente.rooms.gains.model.brokerage import channel_links
from detente.rooms.gains.model.number_sensitivity import number_sensitivity
from detente.rooms.gains.model.opposing_capabilities import leading_powers, network_stakes, opposing_capabilities
from detente.rooms.gains.model.pairwise_stability import pairwise_stability
from detente.rooms.gains.model.simulation.results import YearGains, bloc_channels
from detente.rooms.gains.model.simulation.simulation import GainsModel
from detente.rooms.gains.model.solution_concepts import gains_by_concept
from detente.rooms.gains.model.structural_signs import rerouting_signs, structural_signs
from detente.rooms.gains.model.threat_scenarios import threat_scenarios
from detente.rooms.gains.model.unlikeness_results import channel_unlikeness, learnt_numbers

MOST_OPENING_WORDS = 90
"""Words of headline, lead and what stands above the picture."""


def gains_section(model: GainsModel) -> Section:
    """The section on who gains."""
    years, labels = model.years, CaseLabels(model.case)
    year = years[-1]
    channels = bloc_channels(year.model)
    compared_channels = channels or [
        graphs.channel
        for graphs in year.actor_network.channels
        if graphs.channel != year.actor_network.observed_channel
    ]
    variants = year.variants_of(compared_channels[0]) if channels else _only_variants(year, compared_channels[0])
    signs = {variant: structural_signs(year, variant) for variant in variants}
    told_by = f"gains-{channels[0]}" if channels else "every-channel"
    findings = (
        *_findings_by_channel(years, channels, labels),
        *_findings_on_all(years, channels, compared_channels, labels),
        *_annex_findings(years, channels, compared_channels, labels),
    )
    headline_phrase = "the channel" if channels else f"“{labels.channel_title(compared_channels[0])}”"
    headline = gains_headline(year, variants, headline_phrase, labels)
    lead = gains_lead(year, variants, labels)
    words_left = MOST_OPENING_WORDS - len(f"{headline} {lead}".split())
    return Section(
        id="channels",
        title="Who gains",
        findings=tuple(finding for finding in findings if finding),
        assumptions=tuple(gains_assumptions(model.case, years, labels)),
        method=method_note(year),
        year=year.actor_network.year,
        headline=headline,
        lead=lead,
        picture=gains_picture(year, variants, signs, words_left, labels),
        picture_of=(told_by,),
        missing=tuple(gains_missing(model.case, bool(channels))),
    )


def _only_variants(year: YearGains, channel: str) -> list[ChannelVariant]:
    """A channel that is the same whoever runs it, once."""
    return [variant for variant in year.distinct_variants if variant.channel == channel][:1]


def _findings_by_channel(
    years: Sequence[YearGains], channels: Sequence[str], labels: CaseLabels
) -> Iterator[Finding | None]:
    """Who gains by each channel between organisations, and what that depends on; the first in its chapter."""
    year = years[-1]
    for channel in channels:
        place: FindingPlace = "detail" if channel == channels[0] else "annex"
        signs = {variant: structural_signs(year, variant) for variant in year.variants_of(channel)}
        concepts = gains_by_concept(year, channel) if channel == channels[0] else {}
        yield who_gains_finding(years, channel, signs, concepts, labels, place)
    for channel in channels:
        place = "detail" if channel == channels[0] else "annex"
        break_even = break_even_levels(year, channel) if channel == channels[0] else None
        yield sensitivity_finding(year, channel, number_sensitivity(year, channel), break_even, labels, place)


def _findings_on_all(
    years: Sequence[YearGains], channels: Sequence[str], compared_channels: Sequence[str], labels: CaseLabels
) -> Iterator[Finding | None]:
    """What stands between whom, what is built in, what all channels bring, and what likeness and experience do."""
    year = years[-1]
    compared_variants = [variant for variant in year.model.variants if variant.channel in compared_channels]
    signs = {variant: rerouting_signs(year, variant) for variant in compared_variants}
    yield rerouting_finding(year, signs, compared_channels, labels)
    yield brokerage_finding(year, channel_links(year), compared_channels, labels)
    yield all_channels_finding(years, channels[:1], labels)
    for channel in channels[:1]:
        if unlikeness := channel_unlikeness(year, channel):
            yield unlikeness_finding(unlikeness, labels)
    yield experience_finding(year, learnt_numbers(year), compared_channels[0], labels)


def _annex_findings(
    years: Sequence[YearGains], channels: Sequence[str], compared_channels: Sequence[str], labels: CaseLabels
) -> Iterator[Finding | None]:
    """The tables that the chapter does not open."""
    year = years[-1]
    for channel in channels[:1]:
        if break_even := break_even_levels(year, channel):
            yield break_even_finding(year, break_even, labels)
    for channel in compared_channels[:1]:
        yield solution_concepts_finding(year, channel, gains_by_concept(year, channel), labels)
    yield gains_by_issue_finding(year, compared_channels[:1], labels)
    for channel in channels[:1]:
        yield common_threat_finding(year, channel, threat_scenarios(year, channel), labels)
    yield pair_stakes_finding(year, network_stakes(year), labels)
    dealings, leaders = zip(*((opposing_capabilities(each), leading_powers(each)) for each in years), strict=True)
    yield capability_balance_finding(years, dealings, leaders, labels)
    yield pairwise_stability_finding(year, pairwise_stability(year), labels)
