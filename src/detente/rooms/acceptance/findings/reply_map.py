"""The map of replies over two levers, with the case's own estimate."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.charts import map_chart
from detente.rooms.acceptance.findings.text import Telling, by
from detente.rooms.acceptance.model.decisions import decided, replied
from detente.rooms.acceptance.model.utility import central
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.one_at_a_time import Lever, levers
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number

CELLS = 14
"""Cells of the map along each lever."""


def reply_map(tell: Telling, run: Run) -> Finding:
    """The best reply over how exclusive the channel is and how much of a threat both feel, by all that counts."""
    import numpy as np
    import polars as pl

    council = tell.council
    across, up = _axes(levers(council.model, council.channel, tell.names))
    middles = (np.arange(CELLS) + 0.5) / CELLS
    x, y = (one.ravel() for one in np.meshgrid(middles, middles))
    caring = central(council, {across: x, up: y})
    made = replied(caring, decided(caring, run, council.whole))
    best = [made.replies[k] for k in made.worth.argmax(axis=0)]
    at = central(council, {across: np.array([across.now]), up: np.array([up.now])})
    here = replied(at, decided(at, run, council.whole))
    reply = here.replies[int(here.worth[:, 0].argmax())]
    counted = Counter(best)
    parts = join_words(f"{REPLY_ANSWER_WORDS[name]} in {count}" for name, count in counted.most_common())
    form = tell.form(run)
    return Finding(
        id=f"map-{run.form}",
        title=f"The reply over {across.name} and {up.name}{f', {form}' if form else ''}",
        says=(
            f"{upper_first(by(council.whole))}, at the central estimates the best reply is: {REPLY_ANSWER_WORDS[reply]} (the cross). "
            f"Over the whole of both levers, of {len(best)} places: {parts}."
        ),
        see="A: accept, ?: ask for more, r: redirect, N: refuse, dot: silence.",
        table=pl.DataFrame(_rows(best, across.name, up.name)),
        chart=map_chart(
            list(zip(x.tolist(), y.tolist(), best, strict=True)),
            1 / CELLS,
            (across.now, up.now),
            (across.name, up.name),
            "The best reply over two levers",
        ),
        method="All numbers but the two are at their means.",
        rests_on=(council.channel,),
    )


def _rows(best: list[ReplyAnswer], across: str, up: str) -> list[dict[str, str]]:
    """The map in words, from above: for each level of one lever, the replies along the other."""
    found = []
    for level in reversed(range(CELLS)):
        along = groupby(best[level * CELLS : (level + 1) * CELLS])
        runs = [(REPLY_ANSWER_WORDS[name], len(list(same))) for name, same in along]
        ends = [format_number(sum(n for _, n in runs[:k]) / CELLS) for k in range(len(runs) + 1)]
        words = [f"{name} from {low} to {high}" for (name, _), low, high in zip(runs, ends, ends[1:], strict=False)]
        found.append({up: format_number((level + 0.5) / CELLS), f"along {across}": ", ".join(words)})
    return found


def _axes(found: list[Lever]) -> tuple[Lever, Lever]:
    """Exclusivity, or efficiency where nothing is displaced; and a threat, or what the observed channel gets done."""
    return found[0], found[-1]
