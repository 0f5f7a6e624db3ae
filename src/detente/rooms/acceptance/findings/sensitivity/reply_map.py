"""The map of replies over two levers, with the case's own estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from detente.case.schema.record import REPLY_ANSWER_WORDS
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import LEVER_SCALE
from detente.rooms.acceptance.findings.replies import REPLY_CLAUSES
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.sensitivity.reply_map import CELLS_PER_AXIS, ReplyMap
from detente.text.english import join_words, upper_first


def reply_map_finding(labels: AcceptanceLabels, reply_map: ReplyMap) -> Finding:
    """The best reply over how exclusive the channel is and how much of a threat both feel, by all that counts."""
    deciders, x_lever, y_lever = labels.deciders, reply_map.x_lever, reply_map.y_lever
    x_name, y_name = labels.lever_name(x_lever.kind), labels.lever_name(y_lever.kind)
    form = labels.form_phrase(reply_map.variant)
    return Finding(
        id=f"map-{reply_map.variant.form}",
        title=f"The reply over {x_name} and {y_name}{f', {form}' if form else ''}",
        says=" ".join(_sentences(reply_map)),
        see="From where to where along one number each reply is the best, at each level of the other.",
        table=make_table(_map_columns(reply_map, x_name, y_name), _map_rows(reply_map)),
        method="All numbers but the two are at their means.",
        rests_on=(deciders.offered_channel,),
    )


def _sentences(reply_map: ReplyMap) -> Iterator[str]:
    """Which reply is the best at the middle estimates, and how often each is over all pairs of the two numbers."""
    counts = Counter(reply for _, _, reply in reply_map.cells)
    yield f"At our middle estimates, the best reply is {REPLY_CLAUSES[reply_map.case_reply]}."
    if set(counts) == {reply_map.case_reply}:
        yield "It stays the best, whatever these two numbers are."
        return
    phrases = join_words(f"{REPLY_CLAUSES[reply]} in {count}" for reply, count in counts.most_common())
    pairs = f"Of {counts.total()} pairs of values of these two numbers"
    yield f"{pairs}, it is best {phrases}."


def _map_columns(reply_map: ReplyMap, x_name: str, y_name: str) -> tuple[Column, ...]:
    return (
        Column(reply_map.y_lever.kind, upper_first(y_name), "number", LEVER_SCALE),
        Column("reply"),
        Column(f"{reply_map.x_lever.kind}_from", f"from {x_name} of", "number", LEVER_SCALE),
        Column(f"{reply_map.x_lever.kind}_to", f"to {x_name} of", "number", LEVER_SCALE),
    )


def _map_rows(reply_map: ReplyMap) -> Iterator[dict[str, object]]:
    """The map from above: for each level of one lever, from where to where along the other each reply is the best."""
    x_kind, y_kind = reply_map.x_lever.kind, reply_map.y_lever.kind
    best_replies = [reply for _, _, reply in reply_map.cells]
    for level in reversed(range(CELLS_PER_AXIS)):
        start = 0
        for name, group in groupby(best_replies[level * CELLS_PER_AXIS : (level + 1) * CELLS_PER_AXIS]):
            end = start + len(list(group))
            yield {
                y_kind: (level + 0.5) / CELLS_PER_AXIS,
                "reply": REPLY_ANSWER_WORDS[name],
                f"{x_kind}_from": start / CELLS_PER_AXIS,
                f"{x_kind}_to": end / CELLS_PER_AXIS,
            }
            start = end
