"""The map of a sweep: how often the answer is a yes over one lever or two, as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.offer_model.channel_variants import CHANNEL_FORMS, ChannelForm
from detente.sweeps.grid import Setting
from detente.sweeps.manifest import SavedAxis, SavedSweptCase, SweepManifest

if TYPE_CHECKING:
    import polars

TESTS = ("strict", "generous")


@dataclass(frozen=True)
class MapSeries:
    """An answer over the levers of a map."""

    form: ChannelForm
    test: str
    shares: Mapping[tuple[int, int], tuple[float, float]]
    """How often it is a yes, with the standard error, by the places of the values down and across; not those that
    failed."""


@dataclass(frozen=True)
class SweepMap:
    """A case over one lever, or two, with all else that is swept at one setting; by the theory that is told."""

    case: SavedSweptCase | None
    """None where several stand in one map."""
    fixed: tuple[tuple[str, Setting], ...]
    """What else is swept, each at one value."""
    across: SavedAxis | None
    """The lever from left to right; None where no number is swept."""
    down: SavedAxis | None
    """The lever from top to bottom; None where one number at most is swept."""
    labels: tuple[str, str]
    """What the case calls them, across and down; empty where there is none."""
    own: tuple[float | None, float | None]
    """What the case itself has for them: a value, or the mean of a range; None where it has none."""
    settings: tuple[tuple[Setting, ...], ...]
    """What stands one below the other where no number is swept: a case, and a value of each axis."""
    heads: tuple[str, ...]
    """What these are."""
    series: tuple[MapSeries, ...]


def sweep_maps(manifest: SweepManifest, frame: polars.DataFrame) -> list[SweepMap]:
    """The maps of a sweep: one for each case and each setting of what is swept besides the first two numbers.

    Where no number is swept all settings of all cases stand one below the other, in one map.
    """
    numbers = [place for place, axis in enumerate(manifest.axes) if axis.kind == "number"]
    down, across = (numbers[0], numbers[1]) if len(numbers) > 1 else (None, numbers[0] if numbers else None)
    others = [place for place in range(len(manifest.axes)) if place not in (down, across)] if numbers else []
    points_by_map: dict[tuple[str, tuple[Setting, ...]], list[int]] = {}
    for number, point in enumerate(manifest.points):
        key = (point.case if numbers else "", tuple(point.settings[place] for place in others))
        points_by_map.setdefault(key, []).append(number)
    shares = {(point, outcome): (value, error) for point, outcome, value, error in _values(frame)}
    cases = {case.name: case for case in manifest.cases}
    maps = []
    for (name, values), points in points_by_map.items():
        case = cases.get(name, manifest.cases[0])
        maps.append(
            SweepMap(
                case=case if name or len(cases) == 1 else None,
                fixed=tuple(zip((manifest.axes[place].heading for place in others), values, strict=True)),
                across=None if across is None else manifest.axes[across],
                down=None if down is None else manifest.axes[down],
                labels=("" if across is None else case.labels[across], "" if down is None else case.labels[down]),
                own=(None if across is None else case.own[across], None if down is None else case.own[down]),
                settings=() if numbers else tuple(_setting(manifest, number) for number in points),
                heads=() if numbers else ("case", *(axis.heading for axis in manifest.axes)),
                series=tuple(_series(manifest, points, shares, down, across)),
            )
        )
    return maps


def _values(frame: polars.DataFrame) -> Iterator[tuple[int, str, float, float]]:
    yield from frame.select("point", "outcome", "value", "error").iter_rows()


def _setting(manifest: SweepManifest, number: int) -> tuple[Setting, ...]:
    """A setting, its case first."""
    return manifest.points[number].case, *manifest.points[number].settings


def _series(
    manifest: SweepManifest,
    points: list[int],
    shares: Mapping[tuple[int, str], tuple[float, float]],
    down: int | None,
    across: int | None,
) -> Iterator[MapSeries]:
    """The answers by the theory that is told, over some settings."""
    for form in CHANNEL_FORMS:
        for test in TESTS:
            found = {}
            for place, number in enumerate(points):
                listed = manifest.points[number].answers
                for answer in () if listed is None else manifest.answers[listed]:
                    name = f"acceptance.{answer.channel}.{answer.form}.{answer.theory}.{test}"
                    if answer.is_main and answer.form == form and (number, name) in shares:
                        at = (0, place) if across is None else _place(manifest, number, down, across)
                        found[at] = shares[number, name]
            if found:
                yield MapSeries(form, test, found)


def _place(manifest: SweepManifest, number: int, down: int | None, across: int | None) -> tuple[int, int]:
    """Where a setting stands: the places of its values down and across."""
    settings = manifest.points[number].settings
    row, column = (0 if axis is None else manifest.axes[axis].values.index(settings[axis]) for axis in (down, across))
    return row, column


def idle_axes(manifest: SweepManifest) -> list[SavedAxis]:
    """What is swept and changes nothing: whatever its value, the model of the offer is the same."""
    idle = []
    for place, axis in enumerate(manifest.axes):
        models: dict[tuple[str, tuple[Setting, ...]], set[str]] = {}
        for point in manifest.points:
            if point.model:
                others = point.settings[:place] + point.settings[place + 1 :]
                models.setdefault((point.case, others), set()).add(point.model)
        if len(axis.values) > 1 and models and all(len(found) == 1 for found in models.values()):
            idle.append(axis)
    return idle
