"""What the channels room says in short: its answer, its tile, what it took for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries import inputs
from detente.case.schema import Case
from detente.channels.gaining import told, turning
from detente.channels.gains import Run
from detente.channels.names import Names, answering, often
from detente.channels.results import Year
from detente.section import Tile
from detente.words import capital, count, listed

ROOM = ("network.", "channels.", "threat.", "issues.", "capabilities.")
"""How the paths of the room's numbers begin."""


def brief(years: Sequence[Year], channels: Sequence[str], names: Names) -> str:
    """The answer in a sentence or two, for the first screen."""
    year = years[-1]
    if not channels:
        others = count(len(year.arena.dealings) - 1, "other channel")
        return f"{names.channel(year.arena.observed)} is compared with {others}."
    channel = channels[0]
    runs = [Run(channel, form) for form in year.forms(channel)]
    turned = turning(year, channel)
    title = f"who gains by {names.channel(channel)[:1].lower()}{names.channel(channel)[1:]}"
    said = "; ".join(f"{names.form(year.arena, run)}, {told(year, run, names, turned or None)}" for run in runs)
    if not turned:
        return f"By the numbers assumed, {title} does not turn on how it is run: {said}."
    steady = [at for at in range(year.arena.n) if at not in turned]
    either = " ".join(_either_way(year, runs, at, names) for at in steady)
    return f"By the numbers assumed, {title} turns on how it is run: {said}. {either}".strip()


def _either_way(year: Year, runs: Sequence[Run], at: int, names: Names) -> str:
    """How often an actor gains whose sign does not turn on how the channel is run."""
    each = list(dict.fromkeys(often(year.outcomes[run].often[at]) for run in runs))
    return f"{names.party(year.arena.actors[at])} gains {listed(each, 'or')}{' either way' if len(each) == 1 else ''}."


def answer(years: Sequence[Year], channels: Sequence[str], names: Names) -> str:
    """The section's own answer."""
    own = [one for one in inputs(years[-1].model.case) if one.path.startswith(ROOM)]
    assumed = sum(not one.sourced for one in own)
    rests = f" This rests on {count(len(own), 'number')}, of which {assumed} have no source."
    return f"{brief(years, channels, names)}{rests if assumed else ''}"


def tile(years: Sequence[Year], channels: Sequence[str], names: Names) -> Tile | None:
    """Whether the side that answers gains by the channel that is offered."""
    year = years[-1]
    answer = answering(year.model.case, year.arena)
    if not channels or not answer:
        return None
    channel = channels[0]
    sides = year.model.case.sides
    who = names.party(sides[1]) if len(sides) == 2 else names.party(year.arena.actors[answer[0]])
    runs = [Run(channel, form) for form in year.forms(channel)]
    shares = {run: float((year.outcomes[run].gains[:, answer].sum(axis=1) > 0).mean()) for run in runs}
    verdicts = {share > 0.5 for share in shares.values()}
    if len(verdicts) > 1:
        value = f"Whether {who} gains turns on how the channel is run"
    else:
        value = f"{who} mostly {'gains' if verdicts.pop() else 'does not gain'}"
    note = "; ".join(f"{names.form(year.arena, run)}: {often(share)}" for run, share in shares.items())
    return Tile("Who gains", value, capital(note))


def assumptions(case: Case, years: Sequence[Year], names: Names) -> Iterator[str]:
    """What was assumed without the case saying so."""
    network = case.network
    given = network.model_fields_set
    year = years[-1]
    if network.observed is None and len(case.channels) > 1:
        yield f"{names.channel(year.arena.observed)} is the channel through which they do deal."
    if not case.capabilities:
        yield "All actors can do as much as each other."
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
    for group, shares in year.model.divisions.items():
        if len(set(shares.round(12).tolist())) == 1 and not _divided(case):
            members = [names.party(year.arena.actors[at]) for at in group]
            yield f"What {listed(members)} gain by answering as one they divide equally."
    joining = {party for channel in case.channels.values() for party in channel.joins if party in case.organisations}
    for name in sorted(joining - {*network.through, *network.as_one}):
        leading = [year.arena.actors[at] for at in year.arena.of(name) if year.arena.leads[at]]
        if leading:
            yield f"{names.party(name)} deals through {listed(map(names.party, leading))}, which can do most."


def _divided(case: Case) -> bool:
    return any(shares.divides for organisation in case.organisations.values() for shares in organisation.shares)
