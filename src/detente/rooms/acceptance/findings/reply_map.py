"""The map of replies over two levers, with the case's own estimate."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.charts.reply_map import reply_map_chart
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.reply_map import CELLS_PER_AXIS, ReplyMap
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number


def reply_map_finding(labels: AcceptanceLabels, reply_map: ReplyMap) -> Finding:
    """The best reply over how exclusive the channel is and how much of a threat both feel, by all that counts."""
    import polars as pl

    deciders, x_lever, y_lever = labels.deciders, reply_map.x_lever, reply_map.y_lever
    x_name, y_name = labels.lever_name(x_lever), labels.lever_name(y_lever)
    best_replies = [reply for _, _, reply in reply_map.cells]
    reply_counts = Counter(best_replies)
    counts_phrase = join_words(f"{REPLY_ANSWER_WORDS[name]} in {count}" for name, count in reply_counts.most_common())
    form = labels.form_phrase(reply_map.variant)
    return Finding(
        id=f"map-{reply_map.variant.form}",
        title=f"The reply over {x_name} and {y_name}{f', {form}' if form else ''}",
        says=(
            f"{upper_first(by_theory(deciders.full_theory))}, at the central estimates the best reply is: "
            f"{REPLY_ANSWER_WORDS[reply_map.case_reply]} (the cross). Over the whole of both levers, of "
            f"{len(best_replies)} places: {counts_phrase}."
        ),
        see="A: accept, ?: ask for more, r: redirect, N: refuse, dot: silence.",
        table=pl.DataFrame(_map_rows(best_replies, x_name, y_name)),
        chart=reply_map_chart(
            list(reply_map.cells),
            1 / CELLS_PER_AXIS,
            (x_lever.central_value, y_lever.central_value),
            (x_name, y_name),
            "The best reply over two levers",
        ),
        method="All numbers but the two are at their means.",
        rests_on=(deciders.offered_channel,),
    )


def _map_rows(best_replies: list[ReplyAnswer], x_name: str, y_name: str) -> list[dict[str, str]]:
    """The map in words, from above: for each level of one lever, the replies along the other."""
    rows = []
    for level in reversed(range(CELLS_PER_AXIS)):
        groups = groupby(best_replies[level * CELLS_PER_AXIS : (level + 1) * CELLS_PER_AXIS])
        variants = [(REPLY_ANSWER_WORDS[name], len(list(group))) for name, group in groups]
        ends = [
            format_number(sum(length for _, length in variants[:position]) / CELLS_PER_AXIS)
            for position in range(len(variants) + 1)
        ]
        words = [
            f"{name} from {start} to {end}" for (name, _), start, end in zip(variants, ends, ends[1:], strict=False)
        ]
        rows.append({y_name: format_number((level + 0.5) / CELLS_PER_AXIS), f"along {x_name}": ", ".join(words)})
    return rows
