"""The finding on who gains by a channel between organisations, run either way."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import CellMark, Finding, Robustness
from detente.rooms.gains.findings.charts import SHAPES, gains_chart
from detente.rooms.gains.findings.gain_decomposition import by_construction
from detente.rooms.gains.findings.labels import Names, between, signed
from detente.rooms.gains.findings.text import inputs_of, method, told, turning, when
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import SURE, Outcome, Year
from detente.text.english import join_words, upper_first

MOST_YEARS = 3
"""Years beyond which they are counted and not named."""


def gaining(years: Sequence[Year], channel: str, names: Names) -> Finding:
    """Who gains by a channel between organisations, run either way, beside the observed one."""
    import polars as pl

    year = years[-1]
    arena = year.arena
    runs = [Run(channel, form) for form in year.forms(channel)]
    constructed = [by_construction(year, run) for run in runs]
    rows = []
    for at, actor in enumerate(arena.actors):
        row: dict[str, object] = {"actor": names.party(actor)}
        for run in runs:
            outcome = year.outcomes[run]
            row[f"gain_{run.form}"] = f"{signed(outcome.mean[at])} ({between(*outcome.spread[:, at])})"
            row[f"often_{run.form}"] = round(100 * float(outcome.often[at]))
        row["verdict"] = _verdict([year.outcomes[run] for run in runs], at, {signs[at] for signs in constructed})
        rows.append(row)
    headers = {"verdict": "in short"}
    for run in runs:
        how = names.form(arena, run)
        headers |= {f"gain_{run.form}": f"{how}: % (5 to 95 of 100)", f"often_{run.form}": "gains in, of 100"}
    says = "; ".join(f"{names.form(arena, run)}, {told(year, run, names)}" for run in runs)
    observed = names.channel(arena.observed)
    turned = [names.party(arena.actors[at]) for at in turning(year, channel)]
    return Finding(
        id=f"gains-{channel}",
        title=f"Who gains by it: {names.channel(channel)}",
        says=f"Beside “{observed}”, in {when(year)}: {says}. {_turned(turned)} {_by_construction(year, runs, names)}"
        f"{_years(years, channel, names)}".strip(),
        see=f"Gains in per cent of all that is at stake across organisations: mean of {year.draws:,} draws, and what 5 "
        f"and 95 of 100 stay below. {_marks(year, runs, names)} It turns on how the channel is run for whoever gains "
        "in more than half of the draws one way and not the other; by construction it is so whatever is at stake and "
        "whatever is drawn.",
        table=pl.DataFrame(rows),
        headers=headers,
        open=True,
        marks=MARKS,
        chart=gains_chart(year, runs, names),
        method=method(year),
        rests_on=inputs_of(year),
        robustness=_robustness(years, channel, turned),
    )


MARKS: dict[str, CellMark] = {
    "gains by construction": "go",
    "loses by construction": "stop",
    "gains": "go",
    "loses": "stop",
    "unmoved": "empty",
    "no clear sign": "half",
    "mostly gains": "go-half",
    "mostly loses": "doubt",
    "turns on how it is run": "half",
}


def _verdict(outcomes: Sequence[Outcome], at: int, constructed: set[int]) -> str:
    if not any(outcome.moved(at) for outcome in outcomes):
        return "unmoved"
    signs = {outcome.sign(at) for outcome in outcomes}
    if len(signs) > 1:
        return "turns on how it is run"
    if constructed == signs and signs != {0}:
        return "gains by construction" if signs == {1} else "loses by construction"
    if signs == {0}:
        return "no clear sign"
    word = "gains" if signs == {1} else "loses"
    sure = min(float((outcome.often if word == "gains" else outcome.loses)[at]) for outcome in outcomes)
    return word if sure >= SURE else f"mostly {word}"


def _marks(year: Year, runs: Sequence[Run], names: Names) -> str:
    """Which mark of the picture is which."""
    if len(runs) < 2:
        return ""
    return upper_first("; ".join(f"{SHAPES[run.form]}s: {names.form(year.arena, run)}" for run in runs)) + "."


def _turned(turned: Sequence[str]) -> str:
    if not turned:
        return "For nobody does the sign turn on how the channel is run."
    return f"For {join_words(turned)} it turns on how the channel is run."


def _by_construction(year: Year, runs: Sequence[Run], names: Names) -> str:
    """Whose signs nobody needed to draw anything for."""
    said = []
    for run in runs:
        signs = by_construction(year, run)
        for sign, word in ((1, "lose"), (-1, "gain")):
            called = [names.party(actor) for actor, its in zip(year.arena.actors, signs, strict=True) if its == sign]
            if called:
                said.append(f"{join_words(called)} cannot {word}, {names.form(year.arena, run)}")
    return f"It is structural that {'; '.join(said)}. " if said else ""


def _years(years: Sequence[Year], channel: str, names: Names) -> str:
    """What is otherwise in the other years."""
    same: list[str] = []
    said = []
    for year in years[:-1]:
        differs = _differs(year, years[-1], channel, names)
        joined = [names.party(actor) for actor in years[-1].arena.actors if actor not in year.arena.actors]
        called = f"{when(year)}{f', without {join_words(joined)}' if joined else ''}"
        if differs:
            said.append(f"In {called}, the sign is another for {join_words(differs)}.")
        else:
            same.append(called)
    if same:
        which = f"In {'; in '.join(same)}," if len(same) <= MOST_YEARS else f"In {len(same)} other years"
        said.append(f"{which} all signs are the same.")
    return " ".join(said)


def _differs(year: Year, last: Year, channel: str, names: Names) -> list[str]:
    """Whose sign is another in a year than in the last, by which form."""
    found = []
    for form in year.forms(channel):
        run = Run(channel, form)
        if run not in last.outcomes:
            continue
        for at, actor in enumerate(last.arena.actors):
            if actor in year.arena.actors:
                then = year.outcomes[run].sign(year.arena.actors.index(actor))
                if then != last.outcomes[run].sign(at):
                    found.append(f"{names.party(actor)} ({names.form(last.arena, run)})")
    return found


def _robustness(years: Sequence[Year], channel: str, turned: Sequence[str]) -> Robustness:
    if turned:
        return Robustness("fragile", f"How the channel is run turns the sign for {join_words(turned)}.")
    outcomes = [(year, year.outcomes[Run(channel, form)]) for year in years for form in year.forms(channel)]
    signs: dict[str, set[int]] = {}
    sure = []
    for year, outcome in outcomes:
        for at, actor in enumerate(year.arena.actors):
            if outcome.moved(at):
                signs.setdefault(actor, set()).add(outcome.sign(at))
                sure.append(max(float(outcome.often[at]), float(outcome.loses[at])) >= SURE)
    if not sure:
        return Robustness("descriptive")
    if any(len(its) > 1 for its in signs.values()):
        return Robustness("fragile", "In another year some signs are others.")
    if all(sure):
        return Robustness("robust", "Every sign is the same in at least 95 of 100 draws, however the channel is run.")
    return Robustness("moderate", "Not every sign is the same in 95 of 100 draws.")
