"""The section on who gains: by which channel, by how much, how often, and through what."""

from __future__ import annotations

from detente.results.finding import Section
from detente.rooms.gains.findings.all_channels import every_channel
from detente.rooms.gains.findings.break_even import taking
from detente.rooms.gains.findings.brokerage import brokers
from detente.rooms.gains.findings.capability_balance import at_stake, balance, by_issue
from detente.rooms.gains.findings.common_threat import threats
from detente.rooms.gains.findings.gain_decomposition import rerouted
from detente.rooms.gains.findings.labels import Names
from detente.rooms.gains.findings.pairwise_stability import stability
from detente.rooms.gains.findings.sensitivity import drivers
from detente.rooms.gains.findings.solution_concepts import other_ways
from detente.rooms.gains.findings.summary import answer, assumptions, brief, tile
from detente.rooms.gains.findings.text import method
from detente.rooms.gains.findings.who_gains import gaining
from detente.rooms.gains.model.results import bloc_channels
from detente.rooms.gains.model.simulation import GainsModel


def gains_section(model: GainsModel) -> Section:
    """The section on who gains."""
    case, worked, names = model.case, model.years, Names(model.case)
    last = worked[-1]
    channels = bloc_channels(last.model)
    compared = channels or [d.channel for d in last.arena.dealings if d.channel != last.arena.observed]
    takes = [found for channel in channels[:1] if (found := taking(last, channel, names))]
    findings = (
        *(gaining(worked, channel, names) for channel in channels),
        *(drivers(last, channel, names) for channel in channels),
        *takes,
        brokers(last, names),
        rerouted(last, compared, names),
        *(other_ways(last, channel, names) for channel in compared[:1]),
        by_issue(last, compared[:1], names),
        every_channel(worked, names),
        *(threats(last, channel, names) for channel in channels[:1]),
        at_stake(last, names),
        balance(worked, names),
        stability(last, names),
    )
    outcome = {
        f"{run.channel}.{run.form}.{actor}": float(found.mean[at])
        for run, found in last.outcomes.items()
        for at, actor in enumerate(last.arena.actors)
        if run.channel != last.arena.observed
    }
    return Section(
        id="channels",
        title="Who gains",
        answer=answer(worked, channels, names, takes),
        tile=tile(worked, channels, names),
        findings=tuple(finding for finding in findings if finding),
        outcome=outcome,
        assumptions=tuple(assumptions(case, worked, names)),
        brief=brief(worked, channels, names),
        method=method(last),
    )
