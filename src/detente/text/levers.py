"""The levers of a channel in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.text.intervals import positive_intervals_phrase, positive_intervals_word, turning_points

LEVER_NAMES: dict[str, str] = {
    "exclusivity": "how far it replaces today's ties",
    "efficiency": "how well the channel works",
    "observed_efficiency": "how well today's ties work",
    "threat": "a threat that both feel",
}
"""What each lever is called in a table or a picture."""
LEVER_PHRASES: dict[str, str] = {
    "exclusivity": "the chance that the channel replaces today's ties",
    "efficiency": "the part that the channel gets done of what needs all members",
    "observed_efficiency": "the part that today's ties get done of what needs all members",
    "threat": "the threat that both feel, as a part of a grave one,",
}
"""What each lever measures, in words that `below 30 per cent` can follow."""
WORKERS: dict[str, str] = {"efficiency": "the channel gets", "observed_efficiency": "today's ties get"}
"""The levers that say how well something works, and what it does."""


def lever_name(kind: str) -> str:
    """What a lever is called in a table: `how well the channel works`.

    Args:
        kind: `exclusivity`, `efficiency`, `observed_efficiency` or `threat`.
    """
    return LEVER_NAMES[kind]


def lever_phrase(kind: str) -> str:
    """What a lever measures, in words that `below 30 per cent` can follow; kinds as for its name."""
    return LEVER_PHRASES[kind]


def lever_condition(kind: str, intervals: Sequence[tuple[float | None, float | None]]) -> str:
    """A condition to follow `if`: `today's ties get done less than 15 per cent of what needs all members`.

    Args:
        kind: As for its name.
        intervals: Where along the lever it is met, with one turning point or more.
    """
    points = turning_points(intervals)
    if kind in WORKERS and len(points) == 1:
        extent = "less" if positive_intervals_word(intervals) == "below" else "more"
        return f"{WORKERS[kind]} done {extent} than {round(100 * points[0])} per cent of what needs all members"
    return f"{lever_phrase(kind)} is {positive_intervals_phrase(intervals)}"


def lever_limit(kind: str, is_below: bool) -> str:
    """A condition without its number, to follow `if`: `today's ties get little enough done of what needs all members`.

    Args:
        kind: As for its name.
        is_below: Whether it is met below a limit, and not above.
    """
    extent = "little enough" if is_below else "enough"
    if kind in WORKERS:
        return f"{WORKERS[kind]} {extent} done of what needs all members"
    if kind == "threat":
        return f"both feel {extent} of a grave threat"
    return f"{LEVER_PHRASES[kind]} is {'low' if is_below else 'high'} enough"
