"""The finding on what it would take: where the answering side begins to gain, along one number at a time."""

from __future__ import annotations

from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import Names, answering
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.one_at_a_time import ALWAYS, NEVER, grid, levers, moved, where_above
from detente.rooms.gains.model.results import Year
from detente.text.english import join_words
from detente.text.number_format import format_number


def taking(year: Year, channel: str, names: Names) -> Finding | None:
    """From where on, or up to where, the answering side gains, everything else at its central estimate."""
    import polars as pl

    answer = answering(year.model.case, year.arena)
    if not answer:
        return None
    who, values = names.side(), grid()
    runs = [Run(channel, form) for form in year.forms(channel)]
    found = levers(year.model, channel, names)
    where: dict[tuple[str, Run], str] = {}
    for lever in found:
        _, block = moved(year.model, {lever: values})
        for run in runs:
            base = year.model.run_of(year.arena.observed, run.form)
            gains = (block.values[run] - block.values[base]).sum(axis=0) - block.costs[run] + block.costs[base]
            where[lever.name, run] = where_above(values, gains[:, answer].sum(axis=1))
    rows, told = [], []
    for run in runs:
        how = names.form(year.arena, run)
        rows += [
            {"run": how, "number": lever.name, "gains": where[lever.name, run], "now": format_number(lever.now)}
            for lever in found
        ]
        each = [where[lever.name, run] for lever in found]
        said = [f"if {lever.says} is {at}" for lever, at in zip(found, each, strict=True) if at not in (ALWAYS, NEVER)]
        either = f"{who} {'gains' if ALWAYS in each else 'does not gain'}, whatever any one of these numbers is"
        gains_if = f"{who} gains {join_words(said, 'or')}"
        told.append(f"{how}, {gains_if if said else either}")
    return Finding(
        id=f"takes-{channel}",
        title=f"What it would take: {names.channel(channel)}",
        says=f"Everything else at its central estimate, {'; '.join(told)}.",
        see=f"Where {who} gains, along each number from 0 to 1, and where the case has it.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "gains": f"{who} gains", "now": "central estimate"},
        method=(
            "Changes of sign are looked for in steps of a half per cent along each number, the others at their means. "
            "For the plain model, in which nothing is lost on longer ways, they have closed forms "
            "(`detente.channels.thresholds`), against which the model is tested."
        ),
        rests_on=(channel,),
    )
