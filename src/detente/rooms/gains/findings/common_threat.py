"""The finding on what a grave threat would add, as either side perceives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import Names, signed
from detente.rooms.gains.findings.text import parts_of
from detente.rooms.gains.model.draws import weighed
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.point_estimates import gains_at
from detente.rooms.gains.model.results import NEAR, Year
from detente.text.english import join_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def threats(year: Year, channel: str, names: Names) -> Finding | None:
    """The gains by a channel at the central estimates, by who feels a grave threat and how much of it.

    None where the case does not say between whom it is, or a threat adds nothing.
    """
    import polars as pl

    case = year.model.case
    between = case_sides(case)
    if between is None or not threat_adds(case):
        return None
    leading, rest = parts_of(year)
    runs = [Run(channel, form) for form in year.forms(channel)]
    rows: list[dict[str, object]] = []
    first: dict[Run, NDArray[np.float64]] = {}
    told: dict[str, list[str]] = {}
    for felt, by in _felt(between, names):
        for run, gains in _gains(year, by, runs).items():
            row: dict[str, object] = {"felt": felt, "run": names.form(year.arena, run)}
            for at in leading:
                row[names.party(year.arena.actors[at])] = signed(gains[at])
            if rest:
                low, high = float(gains[rest].min()), float(gains[rest].max())
                row["the others"] = signed(low) if high - low < 5e-4 else f"{signed(low)} to {signed(high)}"
            rows.append(row)
            base = first.setdefault(run, gains)
            turned = [at for at in range(year.arena.n) if (gains[at] > NEAR) != (base[at] > NEAR)]
            if turned:
                called = join_words(names.party(year.arena.actors[at]) for at in turned)
                told.setdefault(felt, []).append(f"{names.form(year.arena, run)}, for {called}")
    said = "; ".join(f"felt {felt}, it would turn the sign {' and '.join(how)}" for felt, how in told.items())
    return Finding(
        id=f"threat-{channel}",
        title=f"What a grave threat would add: {names.channel(channel)}",
        says=f"At the central estimates, {said}." if said else "At the central estimates it would turn no sign.",
        see="Gains in per cent of all that would then be at stake. Between two only what both of them feel counts.",
        table=pl.DataFrame(rows),
        headers={"felt": "a grave threat is felt", "run": "the channel is run"},
        method=(
            "A threat adds to what two have to gain in proportion to the lesser of what they feel, and all that it "
            "adds takes all members together. That a large enough threat, felt by both, favours whatever channel gets "
            "most of that done follows from this and is no evidence."
        ),
        rests_on=(channel,),
    )


def threat_adds(case: Case) -> bool:
    """Whether a grave threat would add anything to the stakes of any issue that is weighed."""
    given = (case.issues[name].raised or case.network.raised for name in weighed(case))
    return any(each.bounds[1] > 0 for each in given)


def _felt(between: tuple[str, str], names: Names) -> Iterator[tuple[str, dict[str, float]]]:
    """Who feels how much of it."""
    one, other = between
    yield "by nobody", {one: 0.0, other: 0.0}
    yield f"by {names.party(one)} alone", {one: 1.0, other: 0.0}
    yield f"by {names.party(other)} alone", {one: 0.0, other: 1.0}
    yield "by both, in part (.25)", {one: 0.25, other: 0.25}
    yield "by both, in full", {one: 1.0, other: 1.0}


def _gains(year: Year, felt: dict[str, float], runs: list[Run]) -> dict[Run, NDArray[np.float64]]:
    """Gains at the central estimates if either side, and all that belong to it, feel so much."""
    threat = {party: Estimate(value=value) for party, value in felt.items()}
    found = gains_at(year.model, year.model.case.model_copy(update={"threat": threat}))
    return {run: found[run] for run in runs}
