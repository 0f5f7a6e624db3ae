"""What the channels room says in short: its answer, its tile, what it took for granted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from detente.case.index.entries import case_inputs
from detente.case.schema.case import Case
from detente.results.finding import Finding, Tile
from detente.rooms.gains.findings.labels import Names, answering, often, often_among
from detente.rooms.gains.findings.text import figures, told, turning
from detente.rooms.gains.model.internal_division import dividing
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR, Year
from detente.text.dates import format_period
from detente.text.english import join_words, upper_first

WORDS = {1: ("gains", "gain"), -1: ("loses", "lose"), 0: ("has no clear sign", "have no clear sign")}
"""What an actor does, and several do, by sign."""
MOST_RUNS = 3
"""Channels that the short answer tells of where none is between organisations."""
MOST_STEADY = 4
"""Actors that it names of whom the same holds."""
ROOM = ("network.", "channels.", "threat.", "issues.", "capabilities.")
DECIDING = ("mechanisms.", "outside.", "response.", "regimes.")
"""How the paths of the numbers begin on which gains rest, and of those on which decisions do besides."""


def brief(years: Sequence[Year], channels: Sequence[str], names: Names) -> str:
    """The answer in a sentence or two, for the first screen."""
    year = years[-1]
    drawn = f"In draws from the numbers assumed ({rests_on(year.model.case)})"
    if not channels:
        others = [run for run in year.model.runs if run.channel != year.arena.observed]
        said = "; ".join(f"“{names.run(year.arena, run)}”: {told(year, run, names)}" for run in others[:MOST_RUNS])
        return f"{drawn}, beside “{names.channel(year.arena.observed)}”, {said}."
    channel = channels[0]
    runs = [Run(channel, form) for form in year.forms(channel)]
    turned = turning(year, channel)
    title = f"who gains by “{names.channel(channel)}”"
    said = "; ".join(f"{names.form(year.arena, run)}, {told(year, run, names, turned or None)}" for run in runs)
    if not turned:
        return f"{drawn}, {title} does not turn on how it is run: {said}."
    either = _either_way(year, runs, turned, names)
    return f"{drawn}, {title} turns on how it is run: {said}. {either}".strip()


def rests_on(case: Case, begins: tuple[str, ...] = ROOM) -> str:
    """How many numbers gains rest on, or others besides, and how many of them have no source."""
    own = [one for one in case_inputs(case) if one.path.startswith(begins)]
    unsourced = sum(not one.sourced for one in own)
    return f"{unsourced} of {len(own)} without a source"


def _either_way(year: Year, runs: Sequence[Run], turned: Collection[int], names: Names) -> str:
    """What is so however the channel is run."""
    steady = [at for at in range(year.arena.n) if at not in turned]
    outcomes = [year.outcomes[run] for run in runs]
    still = [at for at in steady if not any(outcome.moved(at) for outcome in outcomes)]
    said = []
    for sign, (one, several) in WORDS.items():
        group = [at for at in steady if at not in still and outcomes[0].sign(at) == sign]
        if group:
            called = [names.party(year.arena.actors[at]) for at in group]
            who = join_words(called) if len(called) <= MOST_STEADY else f"{len(called)} of the {year.arena.n} actors"
            shares = [float((each.loses if sign < 0 else each.often)[at]) for each in outcomes for at in group]
            how = f", {often_among(shares)}" if sign else ""
            said.append(f"{who} {one if len(called) == 1 else several} either way{how}")
    if still:
        called = [names.party(year.arena.actors[at]) for at in still]
        said.append(
            f"nothing changes for {join_words(called) if len(called) <= MOST_STEADY else f'{len(called)} actors'}"
        )
    return upper_first("; ".join(said)) + "." if said else ""


def answer(years: Sequence[Year], channels: Sequence[str], names: Names, takes: Sequence[Finding]) -> str:
    """The section's own answer: who gains, and what it would take."""
    return " ".join([brief(years, channels, names), *(found.says for found in takes)])


def tile(years: Sequence[Year], channels: Sequence[str], names: Names) -> Tile | None:
    """Whether the side that answers gains by the channel that is offered."""
    year = years[-1]
    answer = answering(year.model.case, year.arena)
    if not channels or not answer:
        return None
    channel = channels[0]
    who = names.side()
    runs = [Run(channel, form) for form in year.forms(channel)]
    shares = {run: float((year.outcomes[run].gains[:, answer].sum(axis=1) > NEAR).mean()) for run in runs}
    verdicts = {share > 0.5 for share in shares.values()}
    if len(verdicts) > 1:
        value = f"Whether {who} gains turns on how the channel is run"
    else:
        value = f"{who} gains in most draws" if verdicts.pop() else f"{who} does not gain in most draws"
    note = "; ".join(f"{names.form(year.arena, run)}: {often(share)}" for run, share in shares.items())
    return Tile("Who gains", value, upper_first(note))


def assumptions(case: Case, years: Sequence[Year], names: Names) -> Iterator[str]:
    """What was assumed without the case saying so."""
    network = case.network
    given = network.model_fields_set
    told: list[str] = []
    year = years[-1]
    if network.observed is None and len(case.channels) > 1:
        yield f"{names.channel(year.arena.observed)} is the channel through which they do deal."
    if not case.capabilities:
        yield "All states can do as much as each other, and an organisation that is one player as much as its members."
    for one in years:
        if other := figures(one):
            yield f"In {one.arena.year} everybody can do as much as the figures of {other} say."
    if "gravity" not in given and case.capabilities:
        yield "What two can gain grows with the square root of the product of their capabilities."
    if "decay" not in given:
        yield "Nothing of a gain is lost on longer ways between actors."
    if "multilateral" not in given and any(issue.stakes and not issue.multilateral for issue in case.issues.values()):
        yield "Nothing that is at stake takes all members together, where issues do not say so."
    if "spread" not in given:
        yield "Pairs have at stake just what capabilities, exposure and stakes suggest."
    if not case.threat:
        yield "Nobody perceives a grave threat beyond those that the stakes already hold."
    for dealing in year.arena.dealings:
        channel = case.channels[dealing.channel]
        if channel.displaces and channel.exclusivity is None:
            yield f"{names.channel(dealing.channel)} displaces all that it can displace."
    if _joint(case):
        for name in (name for name, channel in case.channels.items() if channel.efficiency is None):
            if _reaches_across(year, name):
                yield f"{names.channel(name)} gets all done that takes all members together."
    for dealing in year.arena.dealings:
        for group, name in zip(dealing.merged, dealing.organisations, strict=True):
            shares = dividing(case, year.arena, name, group)
            how = f"like its {shares.of}" if shares else "equally"
            how += f" ({format_period(shares.during)})" if shares and shares.during else ""
            found = f"What {names.party(name)} gains by answering as one is divided among its members {how}."
            if found not in told:
                told.append(found)
                yield found
    joining = {party for channel in case.channels.values() for party in channel.joins if party in case.organisations}
    for name in sorted(joining - {*network.through, *network.as_one}):
        leading = [year.arena.actors[at] for at in year.arena.of(name) if name in year.arena.leads[at]]
        if leading:
            why = "which can do most" if case.capabilities else "which is named first"
            yield f"{names.party(name)} deals through {join_words(map(names.party, leading))}, {why}."


def _reaches_across(year: Year, channel: str) -> bool:
    """Whether a channel links actors that have no organisation in common."""
    belongs = year.arena.belongs
    return any(not belongs[a] & belongs[b] for a, b in year.arena.dealing(channel).alone.links)


def _joint(case: Case) -> bool:
    """Whether anything takes all members together."""
    given = [case.network.multilateral, *(issue.multilateral for issue in case.issues.values() if issue.multilateral)]
    return any(each.bounds[1] > 0 for each in given)
