"""The finding on what it would take: where the answering side begins to gain, along one number at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from detente.case.belonging import sides
from detente.case.estimate import Estimate
from detente.case.schema import Case
from detente.channels.central import gains_at
from detente.channels.gains import Run
from detente.channels.names import Names, answering
from detente.channels.results import NEAR, Year
from detente.channels.threats import threat_adds
from detente.section import Finding
from detente.words import listed, number

STEPS = 10
"""Into how many steps a range is divided to look for changes of sign."""
ALWAYS, NEVER = "everywhere", "nowhere"
FINE = 1e-3
"""How closely a change of sign is located."""


@dataclass(frozen=True)
class Lever:
    """A number from 0 to 1 that might be otherwise."""

    name: str
    says: str
    """What it is, in words that `below .3` can follow."""
    set_to: Callable[[float], Case]
    """The case with it set."""
    now: float
    """Its central estimate."""


def taking(year: Year, channel: str, names: Names) -> Finding | None:
    """From where on, or up to where, the answering side gains, everything else at its central estimate."""
    import polars as pl

    answer = answering(year.model.case, year.arena)
    if not answer:
        return None
    who = names.side()
    runs = [Run(channel, form) for form in year.forms(channel)]
    levers = list(_levers(year, channel, names))
    kept: dict[tuple[str, float], dict[Run, float]] = {}

    def gain(lever: Lever, run: Run, x: float) -> float:
        if (lever.name, x) not in kept:
            found = gains_at(year.model, lever.set_to(x))
            kept[lever.name, x] = {each: float(found[each][answer].sum()) for each in runs}
        return kept[lever.name, x][run]

    rows, told = [], []
    for run in runs:
        how = names.form(year.arena, run)
        wheres = [_where(partial(gain, lever, run)) for lever in levers]
        for lever, where in zip(levers, wheres, strict=True):
            rows.append({"run": how, "number": lever.name, "gains": where, "now": number(lever.now)})
        pairs = zip(levers, wheres, strict=True)
        said = [f"if {lever.says} is {where}" for lever, where in pairs if where not in (ALWAYS, NEVER)]
        either = f"{who} {'gains' if ALWAYS in wheres else 'does not gain'}, whatever any one of these numbers is"
        gains = f"{who} gains {listed(said, 'or')}"
        told.append(f"{how}, {gains if said else either}")
    return Finding(
        id=f"takes-{channel}",
        title=f"What it would take: {names.channel(channel)}",
        says=f"Everything else at its central estimate, {'; '.join(told)}.",
        see=f"Where {who} gains, along each number from 0 to 1, and where the case has it.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "gains": f"{who} gains", "now": "central estimate"},
        method=(
            "Changes of sign are looked for in steps along each number, the others at their means, and located by "
            "bisection. For the plain model, in which nothing is lost on longer ways, they have closed forms "
            "(`detente.channels.thresholds`), against which the model is tested."
        ),
        rests_on=(channel,),
    )


def _levers(year: Year, channel: str, names: Names) -> Iterator[Lever]:
    """Numbers from 0 to 1: what to call each, the case with it set, and its central estimate."""
    case, observed = year.model.case, year.arena.observed
    done = "the part that {} gets done of what takes all members"
    if case.channels[channel].displaces:
        says, now = "the chance that the channel displaces other links", _mean(case, channel, "exclusivity")
        yield Lever("exclusivity", says, lambda x: _set(case, channel, "exclusivity", x), now)
    now = _mean(case, channel, "efficiency")
    yield Lever("efficiency", done.format("the channel"), lambda x: _set(case, channel, "efficiency", x), now)
    other, now = f"“{names.channel(observed)}”", _mean(case, observed, "efficiency")
    of_other = f"efficiency of {other}"
    yield Lever(of_other, done.format(other), lambda x: _set(case, observed, "efficiency", x), now)
    between = sides(case)
    if between and threat_adds(case):

        def felt(x: float) -> Case:
            return case.model_copy(update={"threat": {side: Estimate(value=x) for side in between}})

        now = min(case.threat[side].mean if side in case.threat else 0.0 for side in between)
        yield Lever("threat felt by both", "the threat that both feel, from 0 to 1,", felt, now)


def _set(case: Case, channel: str, key: str, value: float) -> Case:
    changed: Any = case.channels[channel].model_copy(update={key: Estimate(value=value)})
    return case.model_copy(update={"channels": {**case.channels, channel: changed}})


def _mean(case: Case, channel: str, key: str) -> float:
    given = getattr(case.channels[channel], key)
    return 1.0 if given is None else min(max(given.mean, 0.0), 1.0)


def _where(of: Callable[[float], float]) -> str:
    """Where a function is above 0 between 0 and 1, in words."""
    marks = [step / STEPS for step in range(STEPS + 1)]
    above = [of(mark) > NEAR for mark in marks]
    if all(above) or not any(above):
        return ALWAYS if above[0] else NEVER
    steps = zip(marks, marks[1:], above, above[1:], strict=False)
    turns = [_turn(of, low, high, up) for low, high, was, up in steps if was != up]
    if len(turns) == 1:
        return f"{'below' if above[0] else 'above'} {number(round(turns[0], 2))}"
    return f"turning at {listed(number(round(turn, 2)) for turn in turns)}"


def _turn(of: Callable[[float], float], low: float, high: float, rising: bool) -> float:
    while high - low > FINE:
        middle = (low + high) / 2
        low, high = (low, middle) if (of(middle) > NEAR) == rising else (middle, high)
    return (low + high) / 2
