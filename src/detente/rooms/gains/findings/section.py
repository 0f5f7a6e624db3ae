"""The channels room: who gains by which channel, by how much, how often, and through what."""

from __future__ import annotations

from detente.case.index.by_year import years
from detente.case.schema.case import Case
from detente.results.finding import Section
from detente.rooms.acceptance.findings import section as response
from detente.rooms.acceptance.model.results import Gathering, Judged
from detente.rooms.gains.checks import problems
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
from detente.rooms.gains.model.build_network import arena
from detente.rooms.gains.model.draws import drawings, weighed
from detente.rooms.gains.model.model import Model
from detente.rooms.gains.model.results import Gathered, Year, bloc_channels

__all__ = ["NEEDS", "RESPONSE_NEEDS", "analyse", "problems"]
RESPONSE_NEEDS = response.NEEDS
NEEDS = "two channels or more, and issues on which actors have something at stake (`channels:`, `issues:`)"


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on the channels; none if there is nothing to compare, or nothing at stake."""
    if len(case.channels) < 2 or not weighed(case):
        return ()
    names = Names(case)
    arenas = [arena(case, year) for year in years(case)]
    if min(one.n for one in arenas) < 2:
        return ()
    both = [_worked_out(Model(case, one), case.network.draws, briefly=one is not arenas[-1]) for one in arenas]
    worked, judged = [year for year, _ in both], [found for _, found in both if found]
    last = worked[-1]
    if not last.issue_share.any():
        return ()
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
    return (
        Section(
            id="channels",
            title="Who gains",
            answer=answer(worked, channels, names, takes),
            tile=tile(worked, channels, names),
            findings=tuple(finding for finding in findings if finding),
            outcome=outcome,
            assumptions=tuple(assumptions(case, worked, names)),
            brief=brief(worked, channels, names),
            method=method(last),
        ),
        *(response.sections(case, judged) if len(judged) == len(worked) else ()),
    )


def answers_offers(case: Case) -> bool:
    """Whether a case says enough for somebody to offer a channel and somebody to answer."""
    at_stake = [stakes for name in weighed(case) if (stakes := case.issues[name].stakes)]
    if len(case.channels) < 2 or not any(one.bounds[1] > 0 for one in at_stake):
        return False
    found = arena(case, years(case)[-1])
    return found.n > 1 and response.answerable(Model(case, found))


def _worked_out(model: Model, draws: int, briefly: bool) -> tuple[Year, Judged | None]:
    """Draws a year once, for what it brings and for who decides; of years but the last that is told of briefly."""
    gathered = Gathered(model)
    judging = None
    if response.answerable(model):
        judging = Gathering(model, [] if briefly else response.asks(model), briefly)
    for drawing in drawings(model.case, model.arena, draws):
        block = model.block(drawing)
        count = min(draws - gathered.draws, drawing.draws)
        if judging:
            judging.add(block, drawing, count)
        gathered.add(block, count)
    return gathered.year(), judging.judged() if judging else None
