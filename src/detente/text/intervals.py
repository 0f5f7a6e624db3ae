"""Where along a number something is so, in words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.text.english import join_words
from detente.text.number_format import format_number

ALWAYS, NEVER = "everywhere", "nowhere"


def positive_intervals_phrase(intervals: Sequence[tuple[float | None, float | None]]) -> str:
    """`below .3`, `above .7`, `turning at .2 and .6`, `everywhere`, `nowhere`.

    Args:
        intervals: The intervals in which it is so, in order; an end is None where it is so up to the end of the range.
    """
    ends = join_words(format_number(round(end, 2)) for end in turning_points(intervals))
    return f"{positive_intervals_word(intervals)} {ends}".rstrip()


def positive_intervals_word(intervals: Sequence[tuple[float | None, float | None]]) -> str:
    """The same without its numbers: `below`, `above`, `turning at`, `everywhere`, `nowhere`."""
    ends = turning_points(intervals)
    if not ends:
        return ALWAYS if intervals else NEVER
    if len(ends) == 1:
        return "below" if intervals[0][0] is None else "above"
    return "turning at"


def turning_points(intervals: Sequence[tuple[float | None, float | None]]) -> list[float]:
    """Where it begins or ceases to be so, in order."""
    return [end for interval in intervals for end in interval if end is not None]
