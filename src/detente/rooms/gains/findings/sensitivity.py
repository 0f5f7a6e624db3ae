"""The finding on what a gain turns on: the answering side's where each number is low, and where it is high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import Names, answering
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR, Year
from detente.text.english import join_words, upper_first
from detente.text.number_format import per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 8
"""Numbers that are told of."""
MOST_TOLD = 3
TELLING = 0.2
"""The difference between the two ends from which a gain is said to turn on a number."""


def drivers(year: Year, channel: str, names: Names) -> Finding | None:
    """On which numbers it turns whether the answering side gains; None where none is uncertain or nobody answers."""
    import numpy as np
    import polars as pl

    answer = answering(year.model.case, year.arena)
    varying = {path: drawn for path, drawn in year.numbers.items() if np.ptp(drawn) > 0}
    if not varying or not answer:
        return None
    who = names.side()
    rows, told = [], []
    for form in year.forms(channel):
        run = Run(channel, form)
        gains = year.outcomes[run].gains[:, answer].sum(axis=1) > NEAR
        ends = {path: _ends(gains, drawn) for path, drawn in varying.items()}
        first = sorted(ends, key=lambda path: -abs(ends[path][1] - ends[path][0]))[:MOST]
        for path in first:
            low, high = ends[path]
            how = names.form(year.arena, run)
            rows.append({"how": how, "number": path, "lowest": round(100 * low), "highest": round(100 * high)})
        turning = [path for path in first if abs(ends[path][1] - ends[path][0]) >= TELLING]
        if turning:
            each = [f"{path} ({_told(*ends[path])})" for path in turning[:MOST_TOLD]]
            told.append(f"{names.form(year.arena, run)}, whether {who} gains turns most on {join_words(each)}")
    return Finding(
        id=f"turns-on-{channel}",
        title=f"What it turns on: {names.channel(channel)}",
        says=f"{upper_first('; '.join(told))}." if told else f"No single number decides whether {who} gains.",
        see=f"In how many of 100 draws {who} gains: the fifth of them in which a number is lowest, and highest.",
        table=pl.DataFrame(rows),
        headers={"lowest": "where it is lowest", "highest": "where it is highest"},
        method=(
            "The draws are sorted by one number at a time and the first and last fifth are compared; what numbers do "
            "together is not looked at here."
        ),
        rests_on=(channel,),
    )


def _told(low: float, high: float) -> str:
    return f"{per_hundred(low)} of 100 where it is lowest, {per_hundred(high)} where highest"


def _ends(gains: NDArray[np.bool_], drawn: NDArray[np.float64]) -> tuple[float, float]:
    """How often it gains in the fifth of the draws in which a number is lowest, and highest."""
    import numpy as np

    order = np.argsort(drawn, kind="stable")
    fifth = max(len(order) // 5, 1)
    return float(gains[order[:fifth]].mean()), float(gains[order[-fifth:]].mean())
