"""The map of replies over two levers, with the case's own estimate."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.charts import reply_map_chart
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.decisions import decide_answer, reply_probabilities
from detente.rooms.acceptance.model.utility import point_estimate_utilities
from detente.rooms.gains.model.one_at_a_time import ChannelLever, channel_levers
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number

CELLS_PER_AXIS = 14
"""Cells of the map along each lever."""


def reply_map_finding(labels: AcceptanceLabels, variant: ChannelVariant) -> Finding:
    """The best reply over how exclusive the channel is and how much of a threat both feel, by all that counts."""
    import numpy as np
    import polars as pl

    deciders = labels.deciders
    x_lever, y_lever = _map_axes(channel_levers(deciders.model, deciders.offered_channel))
    x_name, y_name = labels.lever_name(x_lever), labels.lever_name(y_lever)
    middles = (np.arange(CELLS_PER_AXIS) + 0.5) / CELLS_PER_AXIS
    x, y = (coordinates.ravel() for coordinates in np.meshgrid(middles, middles))
    utilities = point_estimate_utilities(deciders, {x_lever: x, y_lever: y})
    reply_values = reply_probabilities(utilities, decide_answer(utilities, variant, deciders.full_theory))
    best_replies = [reply_values.replies[reply_index] for reply_index in reply_values.worth.argmax(axis=0)]
    case_utilities = point_estimate_utilities(
        deciders, {x_lever: np.array([x_lever.central_value]), y_lever: np.array([y_lever.central_value])}
    )
    case_replies = reply_probabilities(case_utilities, decide_answer(case_utilities, variant, deciders.full_theory))
    case_reply = case_replies.replies[int(case_replies.worth[:, 0].argmax())]
    reply_counts = Counter(best_replies)
    counts_phrase = join_words(f"{REPLY_ANSWER_WORDS[name]} in {count}" for name, count in reply_counts.most_common())
    form = labels.form_phrase(variant)
    return Finding(
        id=f"map-{variant.form}",
        title=f"The reply over {x_name} and {y_name}{f', {form}' if form else ''}",
        says=(
            f"{upper_first(by_theory(deciders.full_theory))}, at the central estimates the best reply is: {REPLY_ANSWER_WORDS[case_reply]} (the cross). "
            f"Over the whole of both levers, of {len(best_replies)} places: {counts_phrase}."
        ),
        see="A: accept, ?: ask for more, r: redirect, N: refuse, dot: silence.",
        table=pl.DataFrame(_map_rows(best_replies, x_name, y_name)),
        chart=reply_map_chart(
            list(zip(x.tolist(), y.tolist(), best_replies, strict=True)),
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


def _map_axes(levers: list[ChannelLever]) -> tuple[ChannelLever, ChannelLever]:
    """Exclusivity, or efficiency where nothing is displaced; and a threat, or what the observed channel gets done."""
    return levers[0], levers[-1]
