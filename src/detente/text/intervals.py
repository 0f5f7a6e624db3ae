"""Where along a number from 0 to 1 something is so, in words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.text.english import join_words

ALWAYS, NEVER = "everywhere", "nowhere"


def positive_intervals_phrase(intervals: Sequence[tuple[float | None, float | None]]) -> str:
    """`below 30 per cent`, `above 70 per cent`, `changing at 20 and 60 per cent`, `everywhere`, `nowhere`.

    Args:
        intervals: The intervals in which it is so, in order; an end is None where it is so up to the end of the range.
    """
    ends = join_words(str(round(100 * end)) for end in turning_points(intervals))
    word = positive_intervals_word(intervals)
    return f"{word} {ends} per cent" if ends else word


def positive_intervals_word(intervals: Sequence[tuple[float | None, float | None]]) -> str:
    """The same without its numbers: `below`, `above`, `changing at`, `everywhere`, `nowhere`."""
    ends = turning_points(intervals)
    if not ends:
        return ALWAYS if intervals else NEVER
    if len(ends) == 1:
        return "below" if intervals[0][0] is None else "above"
    return "changing at"


def turning_points(intervals: Sequence[tuple[float | None, float | None]]) -> list[float]:
    """Where it begins or ceases to be so, in order."""
    return [end for interval in intervals for end in interval if end is not None]
