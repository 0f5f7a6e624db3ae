"""Where the marks of a picture lie: places along an axis in per cent of its width, and the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from detente.results.pictures import Axis, Bar, RangeRows, Timeline
from detente.text.brief_sentences import range_word, short_range
from detente.text.shares import signed_percent

SHORTEST_BAR = 0.6
"""The least length of a bar in per cent, so that one without length is seen."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    """Its place in per cent of the width."""
    text: str


@dataclass(frozen=True, slots=True)
class AxisScale:
    """An axis from its lowest to its highest value."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """The place of a value in per cent of the width, within the axis."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(100 * min(max(share, 0.0), 1.0), 2)


def range_scale(picture: RangeRows) -> AxisScale:
    """The axis of a chart of ranges: 0 to 1 for shares; for what may be negative, alike on both sides of zero."""
    if picture.axis != "signed":
        return AxisScale(0.0, 1.0)
    values = [abs(end) for row in picture.rows for bar in row.bars if bar for end in (bar.low, bar.high)]
    most = max(values, default=0.0) or 0.01
    return AxisScale(-most, most)


def range_ticks(picture: RangeRows) -> tuple[Tick, ...]:
    """The numbers under the axis."""
    if picture.axis == "likelihood":
        return tuple(Tick(value, str(value)) for value in (0, 20, 45, 55, 80, 100))
    if picture.axis == "share":
        return tuple(Tick(value, str(value)) for value in (0, 25, 50, 75, 100))
    scale = range_scale(picture)
    return (
        Tick(0, f"{_signed_tick(scale.low)} %"),
        Tick(50, "0"),
        Tick(100, f"{_signed_tick(scale.high)} %"),
    )


def _signed_tick(share: float) -> str:
    return signed_percent(share).removesuffix(".0")


def bar_ends(scale: AxisScale, bar: Bar) -> tuple[float, float]:
    """From where to where a bar is drawn, in per cent; one without length still has some."""
    start, end = scale.at(bar.low), scale.at(bar.high)
    if end - start < SHORTEST_BAR:
        middle = min(max((start + end) / 2, SHORTEST_BAR / 2), 100 - SHORTEST_BAR / 2)
        return round(middle - SHORTEST_BAR / 2, 2), round(middle + SHORTEST_BAR / 2, 2)
    return start, end


def bar_value(axis: Axis, bar: Bar | None) -> str:
    """A bar as a number: `2–15`, `+1.0`."""
    if bar is None:
        return ""
    if axis == "signed":
        return signed_percent(bar.dot if bar.dot is not None else (bar.low + bar.high) / 2)
    if bar.dot is not None:
        return short_range(bar.dot, bar.dot)
    return short_range(bar.low, bar.high)


def bar_word(axis: Axis, bar: Bar | None) -> str:
    """The likelihood word of a bar on the axis of the legend; nothing elsewhere."""
    return range_word(bar.low, bar.high) if axis == "likelihood" and bar is not None else ""


def time_scale(picture: Timeline) -> AxisScale:
    """Whole years around all marks."""
    ends = [end for row in picture.rows for mark in row.marks for end in (mark.start, mark.end)]
    low, high = floor(min(ends, default=0)), ceil(max(ends, default=1))
    return AxisScale(low, max(high, low + 1))


def year_ticks(scale: AxisScale, most: int = 6) -> tuple[Tick, ...]:
    """Years under a timeline, at most so many, a whole number of years apart."""
    span = scale.high - scale.low
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if span / step <= most)
    first = ceil(scale.low / step) * step
    return tuple(Tick(scale.at(year), str(year)) for year in range(first, int(scale.high) + 1, step))


def share_widths(shares: Sequence[float]) -> tuple[float, ...]:
    """Shares in per cent."""
    return tuple(round(100 * share, 2) for share in shares)


def largest_tally(rows: Iterable[Sequence[float]]) -> float:
    """The largest of several tallies, one at least, for the width of a unit."""
    return max((value for row in rows for value in row), default=1.0) or 1.0
