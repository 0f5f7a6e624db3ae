"""The section on who gains: by which channel, by how much, how often, and through what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding, Section
from detente.rooms.gains.findings.all_channels import all_channels_finding
from detente.rooms.gains.findings.break_even import break_even_finding
from detente.rooms.gains.findings.common_threat import common_threat_finding
from detente.rooms.gains.findings.gain_decomposition import rerouting_finding
from detente.rooms.gains.findings.network.brokerage import brokerage_finding
from detente.rooms.gains.findings.network.capability_balance import capability_balance_finding
from detente.rooms.gains.findings.network.pairwise_stability import pairwise_stability_finding
from detente.rooms.gains.findings.network.solution_concepts import solution_concepts_finding
from detente.rooms.gains.findings.sensitivity import sensitivity_finding
from detente.rooms.gains.findings.stakes import gains_by_issue_finding, pair_stakes_finding
from detente.rooms.gains.findings.summary import gains_answer, gains_brief, gains_tile
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


def gains_section(model: GainsModel) -> Section:
    """The section on who gains."""
    years, labels = model.years, CaseLabels(model.case)
    last_year = years[-1]
    channels = bloc_channels(last_year.model)
    break_even = break_even_levels(last_year, channels[0]) if channels else None
    break_even_findings = [break_even_finding(last_year, break_even, labels)] if break_even else []
    findings = (
        *_findings_by_channel(years, channels, labels),
        *break_even_findings,
        *_findings_by_year(years, channels, labels),
    )
    return Section(
        id="channels",
        title="Who gains",
        answer=gains_answer(years, channels, labels, break_even_findings),
        tile=gains_tile(years, channels, labels),
        findings=tuple(finding for finding in findings if finding),
        assumptions=tuple(gains_assumptions(model.case, years, labels)),
        brief=gains_brief(years, channels, labels),
        method=method_note(last_year),
        year=last_year.actor_network.year,
    )


def _findings_by_channel(
    years: Sequence[YearGains], channels: Sequence[str], labels: CaseLabels
) -> Iterator[Finding | None]:
    """Who gains by each channel between organisations, and what that turns on."""
    year = years[-1]
    for channel in channels:
        signs = {variant: structural_signs(year, variant) for variant in year.variants_of(channel)}
        yield who_gains_finding(years, channel, signs, labels)
    for channel in channels[:1]:
        if unlikeness := channel_unlikeness(year, channel):
            yield unlikeness_finding(unlikeness, labels)
    yield experience_finding(learnt_numbers(year), labels)
    for channel in channels:
        yield sensitivity_finding(year, channel, number_sensitivity(year, channel), labels)


def _findings_by_year(
    years: Sequence[YearGains], channels: Sequence[str], labels: CaseLabels
) -> Iterator[Finding | None]:
    """Who joins whom, what is structural, what is at stake; by all channels, or by the first of those compared."""
    year = years[-1]
    compared_channels = channels or [
        channel_graphs.channel
        for channel_graphs in year.actor_network.channels
        if channel_graphs.channel != year.actor_network.observed_channel
    ]
    compared_variants = [variant for variant in year.model.variants if variant.channel in compared_channels]
    yield brokerage_finding(year, channel_links(year), labels)
    yield rerouting_finding(
        year, {variant: rerouting_signs(year, variant) for variant in compared_variants}, compared_channels, labels
    )
    for channel in compared_channels[:1]:
        yield solution_concepts_finding(year, channel, gains_by_concept(year, channel), labels)
    yield gains_by_issue_finding(year, compared_channels[:1], labels)
    yield all_channels_finding(years, labels)
    for channel in channels[:1]:
        yield common_threat_finding(year, channel, threat_scenarios(year, channel), labels)
    yield pair_stakes_finding(year, network_stakes(year), labels)
    dealings, leaders = zip(*((opposing_capabilities(each), leading_powers(each)) for each in years), strict=True)
    yield capability_balance_finding(years, dealings, leaders, labels)
    yield pairwise_stability_finding(year, pairwise_stability(year), labels)
