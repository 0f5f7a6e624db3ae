"""What a sweep goes over: numbers of a case, choices, scenarios; each with the values that it takes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from detente.errors import DetenteError

Value = TypeVar("Value", float, str)
AxisKind = Literal["number", "choice", "scenario"]
AS_IT_IS = "as-it-is"
"""A scenario that is none: the case as it stands."""
MOST_VALUES = 10_000
"""Values that one axis may have."""


@dataclass(frozen=True)
class SweepAxis:
    """Something that takes several values."""

    kind: AxisKind
    name: str
    """The dotted path of a number, the id of a choice, or `scenario`."""
    values: tuple[float | str, ...]
    """In the order given; of a choice the ids of options, none for all that it has."""

    @property
    def heading(self) -> str:
        """What its column is called in tables."""
        return f"choice={self.name}" if self.kind == "choice" else self.name


class BadSweep(DetenteError):
    """A sweep that cannot be asked: everything that is wrong with it, a line each."""

    def __init__(self, faults: Sequence[str]):
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def read_axes(texts: Iterable[str]) -> tuple[SweepAxis, ...]:
    """The axes of a sweep as they stand on a command line.

    Args:
        texts: Each `PATH=A,B,C`, `PATH=FROM:TO:N`, `choice=NAME`, `choice=NAME:A,B` or `scenario=A,B`.

    Raises:
        BadSweep: If any is none, with all that is wrong.

    Example:
        >>> from detente.sweeps.axes import read_axes
        >>> [axis.values for axis in read_axes(["network.gravity=0:1:3", "scenario=as-it-is,threat"])]
        [(0.0, 0.5, 1.0), ('as-it-is', 'threat')]
    """
    axes: list[SweepAxis] = []
    faults: list[str] = []
    for text in texts:
        try:
            axes.append(_read_axis(text))
        except ValueError as error:
            faults.append(f"--over {text!r}: {error}")
    headings = [axis.heading for axis in axes]
    faults += [f"--over: {one} is given twice; write all its values in one" for one in find_repeats(headings)]
    if faults:
        raise BadSweep(faults)
    return tuple(axes)


def axes_of(over: Mapping[str, Sequence[float | str] | str] | Sequence[str]) -> tuple[SweepAxis, ...]:
    """The axes of a sweep as a program gives them.

    Args:
        over: By path of a number its values, by `choice=NAME` options (none for all), by `scenario` names; a word as on
            a command line, such as `0:1:5`, for values. Or the words of a command line, one for each axis.

    Example:
        >>> from detente.sweeps.axes import axes_of
        >>> [axis.values for axis in axes_of({"network.gravity": [0, 1], "choice=payments": []})]
        [(0.0, 1.0), ()]
    """
    if not isinstance(over, Mapping):
        return read_axes(over)
    return read_axes(f"{name}{_as_written(name, values)}" for name, values in over.items())


def _as_written(name: str, values: Sequence[float | str] | str) -> str:
    """Values as they stand behind a name on a command line."""
    text = values if isinstance(values, str) else ",".join(map(str, values))
    return (f":{text}" if text else "") if name.startswith("choice=") else f"={text}"


def find_repeats(values: Iterable[Value]) -> list[Value]:
    """The values that are there more than once, each once."""
    return [value for value, count in Counter(values).items() if count > 1]


def _read_axis(text: str) -> SweepAxis:
    path, equals, rest = (part.strip() for part in text.partition("="))
    if not equals or not path or not rest or not text.isprintable():
        raise ValueError("this is not of the kind PATH=A,B,C, PATH=FROM:TO:N, choice=NAME or scenario=A,B")
    if path == "scenario":
        return SweepAxis("scenario", path, _words(rest))
    if path == "choice":
        name, colon, options = (part.strip() for part in rest.partition(":"))
        if not name or (colon and not options):
            raise ValueError("name a choice, or a choice and its options: choice=NAME:A,B")
        return SweepAxis("choice", name, _words(options) if colon else ())
    return SweepAxis("number", path, _numbers(rest))


def _words(text: str) -> tuple[str, ...]:
    words = tuple(part.strip() for part in text.split(","))
    if not all(words):
        raise ValueError("a name is missing between two commas")
    return _each_once(words)


def _numbers(text: str) -> tuple[float, ...]:
    """Numbers one by one, or so many from one to another in equal steps."""
    if ":" not in text:
        return _each_once(tuple(_number(part) for part in text.split(",")))
    parts = text.split(":")
    if len(parts) != 3:
        raise ValueError("a range is FROM:TO:N, e.g. 0:1:5 for 0, .25, .5, .75 and 1")
    first, last = _number(parts[0]), _number(parts[1])
    if not parts[2].strip().isdecimal() or not 2 <= int(parts[2]) <= MOST_VALUES:
        raise ValueError(f"N in FROM:TO:N is a whole number from 2 to {MOST_VALUES}, and not {parts[2].strip()!r}")
    if first == last:
        raise ValueError("FROM and TO are the same number")
    steps = int(parts[2]) - 1
    # Rounded, so that a step of a tenth gives .3 and not .30000000000000004.
    inner = (float(f"{first + (last - first) * step / steps:.12g}") for step in range(1, steps))
    return _each_once((first, *inner, last))


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{text.strip()!r} is no number") from None
    if not math.isfinite(value):
        raise ValueError(f"{text.strip()!r} is no finite number")
    return value


def _each_once(values: tuple[Value, ...]) -> tuple[Value, ...]:
    if len(values) > MOST_VALUES:
        raise ValueError(f"there are more than {MOST_VALUES} values")
    if again := find_repeats(values):
        raise ValueError(f"{again[0]} is there twice")
    return values
