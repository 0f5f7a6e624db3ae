"""The section on who gains: by which channel, by how much, how often, and through what."""

from __future__ import annotations

from detente.results.finding import Section
from detente.rooms.gains.findings.all_channels import all_channels_finding
from detente.rooms.gains.findings.break_even import break_even_finding
from detente.rooms.gains.findings.brokerage import brokerage_finding
from detente.rooms.gains.findings.capability_balance import (
    capability_balance_finding,
    gains_by_issue_finding,
    pair_stakes_finding,
)
from detente.rooms.gains.findings.common_threat import common_threat_finding
from detente.rooms.gains.findings.gain_decomposition import rerouting_finding
from detente.rooms.gains.findings.labels import GainsLabels
from detente.rooms.gains.findings.pairwise_stability import pairwise_stability_finding
from detente.rooms.gains.findings.sensitivity import sensitivity_finding
from detente.rooms.gains.findings.solution_concepts import solution_concepts_finding
from detente.rooms.gains.findings.summary import answer, assumptions, brief, tile
from detente.rooms.gains.findings.text import method_note
from detente.rooms.gains.findings.who_gains import who_gains_finding
from detente.rooms.gains.model.results import bloc_channels
from detente.rooms.gains.model.simulation import GainsModel


def gains_section(model: GainsModel) -> Section:
    """The section on who gains."""
    case, years, labels = model.case, model.years, GainsLabels(model.case)
    last_year = years[-1]
    channels = bloc_channels(last_year.model)
    compared_channels = channels or [
        channel_graphs.channel
        for channel_graphs in last_year.actor_network.channels
        if channel_graphs.channel != last_year.actor_network.observed_channel
    ]
    break_even_findings = [
        channel_outcome
        for channel in channels[:1]
        if (channel_outcome := break_even_finding(last_year, channel, labels))
    ]
    findings = (
        *(who_gains_finding(years, channel, labels) for channel in channels),
        *(sensitivity_finding(last_year, channel, labels) for channel in channels),
        *break_even_findings,
        brokerage_finding(last_year, labels),
        rerouting_finding(last_year, compared_channels, labels),
        *(solution_concepts_finding(last_year, channel, labels) for channel in compared_channels[:1]),
        gains_by_issue_finding(last_year, compared_channels[:1], labels),
        all_channels_finding(years, labels),
        *(common_threat_finding(last_year, channel, labels) for channel in channels[:1]),
        pair_stakes_finding(last_year, labels),
        capability_balance_finding(years, labels),
        pairwise_stability_finding(last_year, labels),
    )
    mean_gains = {
        f"{variant.channel}.{variant.form}.{actor}": float(channel_outcome.mean_gain[actor_index])
        for variant, channel_outcome in last_year.outcomes.items()
        for actor_index, actor in enumerate(last_year.actor_network.actors)
        if variant.channel != last_year.actor_network.observed_channel
    }
    return Section(
        id="channels",
        title="Who gains",
        answer=answer(years, channels, labels, break_even_findings),
        tile=tile(years, channels, labels),
        findings=tuple(finding for finding in findings if finding),
        outcome=mean_gains,
        assumptions=tuple(assumptions(case, years, labels)),
        brief=brief(years, channels, labels),
        method=method_note(last_year),
    )
