"""Cases that nobody would write on purpose: a bundled case with a few changes, the same for the same seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import yaml

from detente.assessment.assess import read_case
from detente.case.entries.entries import case_entries

BASES = ("two-leagues", "two-leagues", "nato-csto")
"""The small case twice, as it is quicker and has one of everything."""
FEW_DRAWS = 256
ODD: tuple[Any, ...] = (
    *("", " ", "x", "no", "2006~", "2006-08/..", "1993/1990", "2/3", "55 %", "-1", "é\u0301", "=1+1", "x" * 3000),
    *(0, 1, -1, 2, 7, 10**6, 10**30, 0.5, 1e-300, 1e308, float("inf"), float("nan"), True, False, None),
    *([], {}, [[]], {"x": 1}, [None], {"value": 0.5}, {"uniform": [1, 0]}, {"uniform": [0, 1]}, {"beta": [0, 0]}),
)
Path = tuple[str | int, ...]


@cache
def base(name: str) -> dict[str, Any]:
    """The joined data of a bundled case, with few draws."""
    data = copy.deepcopy(dict(read_case(name).data))
    data.pop("import", None)  # it is joined already
    data["network"] = {**data.get("network", {}), "draws": FEW_DRAWS}
    return data


@cache
def ids(name: str) -> tuple[str, ...]:
    """Every id that a bundled case declares."""
    return tuple(case_entries(read_case(name).case))


def mutated_case(seed: int, bases: Sequence[str] = BASES) -> str:
    """The text of a case with one to four changes, drawn from the seed."""
    draw = random.Random(f"mutant {seed}")
    name = draw.choice(bases)
    data = copy.deepcopy(base(name))
    for _ in range(draw.choice((1, 1, 2, 4))):
        draw.choice(CHANGES)(data, draw, name)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=110)
    return spoilt_text(text, draw) if draw.random() < 0.15 else text


def nodes(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value in the data with its path, the root left out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in inner:
        yield (*path, step), child
        yield from nodes(child, (*path, step))


def at(data: Any, path: Path) -> Any:
    """What stands at a path."""
    for step in path:
        data = data[step]
    return data


def pick(data: Any, draw: random.Random, wanted: Callable[[Any], bool] = lambda value: True) -> tuple[Path, Any]:
    """A value drawn from those wanted; each section is as likely as any other."""
    sections: dict[Any, list[tuple[Path, Any]]] = {}
    for path, value in nodes(data):
        if wanted(value):
            sections.setdefault(path[0], []).append((path, value))
    return draw.choice(sections[draw.choice(sorted(sections))])


def drop(data: Any, draw: random.Random, name: str) -> None:
    """Takes something out."""
    path, _ = pick(data, draw)
    del at(data, path[:-1])[path[-1]]


def repeat(data: Any, draw: random.Random, name: str) -> None:
    """Puts an entry of a list there a second time."""
    _, value = pick(data, draw, lambda value: isinstance(value, list) and bool(value))
    value.insert(draw.randrange(len(value) + 1), copy.deepcopy(draw.choice(value)))


def swap(data: Any, draw: random.Random, name: str) -> None:
    """Lets two scalars change places."""
    (a, x), (b, y) = (pick(data, draw, lambda value: not isinstance(value, dict | list)) for _ in range(2))
    at(data, a[:-1])[a[-1]], at(data, b[:-1])[b[-1]] = y, x


def put_odd(data: Any, draw: random.Random, name: str) -> None:
    """Puts an odd value in the place of another."""
    path, _ = pick(data, draw)
    at(data, path[:-1])[path[-1]] = copy.deepcopy(draw.choice(ODD))


def name_another(data: Any, draw: random.Random, name: str) -> None:
    """Puts an id in the place of another."""
    known = set(ids(name))
    path, _ = pick(data, draw, lambda value: isinstance(value, str) and value in known)
    at(data, path[:-1])[path[-1]] = draw.choice(ids(name))


def scale(data: Any, draw: random.Random, name: str) -> None:
    """Makes a number another one of its kind."""
    path, value = pick(data, draw, lambda value: isinstance(value, int | float) and not isinstance(value, bool))
    factor = draw.choice((0, 0, 0.5, 2, 10, -1, 1e6))
    at(data, path[:-1])[path[-1]] = type(value)(value * factor)


def take_sibling(data: Any, draw: random.Random, name: str) -> None:
    """Gives an entry what another entry of its section has under the same key, or takes it away where that has none."""
    path, value = pick(data, draw, lambda value: isinstance(value, dict) and len(value) > 1)
    others = list(at(data, path[:-1]).values()) if isinstance(path[-1], str) else at(data, path[:-1])
    other = draw.choice([entry for entry in others if isinstance(entry, dict)])
    key = draw.choice(sorted({*value, *other}, key=str))
    value.pop(key, None)
    if key in other and other is not value:
        value[key] = copy.deepcopy(other[key])


def empty(data: Any, draw: random.Random, name: str) -> None:
    """Leaves a whole section out, or empty."""
    section = draw.choice(sorted(set(data) - {"case", "title", "question"}))
    if draw.random() < 0.5:
        del data[section]
    else:
        data[section] = type(data[section])()


CHANGES = (drop, drop, repeat, swap, put_odd, put_odd, name_another, name_another, scale, scale, take_sibling, empty)


def spoilt_text(text: str, draw: random.Random) -> str:
    """The text with a line dropped, doubled, cut or moved, or with a stray character."""
    lines = text.splitlines(keepends=True)
    i, j = draw.randrange(len(lines)), draw.randrange(len(lines))
    change = draw.choice(("drop", "double", "cut", "move", "stray"))
    if change == "drop":
        del lines[i]
    elif change == "double":
        lines.insert(i, lines[i])
    elif change == "cut":
        lines[i] = lines[i][: draw.randrange(len(lines[i]))] + "\n"
    elif change == "move":
        lines.insert(j, lines.pop(i))
    else:
        at_ = draw.randrange(len(lines[i]))
        lines[i] = lines[i][:at_] + draw.choice("\t\x07\u00a0\u202e:#'\"[{&*!|>%@`") + lines[i][at_:]
    return "".join(lines)
