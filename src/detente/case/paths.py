"""Any path of a case: what stands there, what it means, and its numbers in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from detente.case.index.declared_ids import NESTED
from detente.case.index.entries import entries
from detente.case.index.source_texts import locator_words
from detente.case.loading.path_patch import BadPath, resolve
from detente.case.loading.yaml_tree import Node
from detente.case.schema.base import Claim, Locator
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import Path, fields
from detente.errors import Place, did_you_mean


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a path of a case."""

    path: Path
    dotted: str
    """The path as one may write it: entries of a list by their ids, where they have any."""
    value: Any
    """The value, as the model has it; the default where the case does not say."""
    means: str
    """What its key means, as the schema describes it."""
    given: bool
    """Whether the case says it."""
    within: tuple[BaseModel, ...]
    """The parts that it stands in, the innermost first."""


def standing(case: Case, data: Mapping[str, Any], path: str) -> Standing:
    """What stands at a dotted path, which may begin with the id of an entry.

    Args:
        case: The case.
        data: What its files say, joined.
        path: E.g. `network.observed`, or `relative-gains.of.russia`.

    Raises:
        BadPath: If it leads nowhere, with the nearest path as its remedy.
    """
    whole = _whole(case, path)
    begins = whole.split(".")[0]
    steps = resolve(_tree({begins: data[begins]} if begins in data else {}), whole)
    value: Any = case
    means, within, dotted = "", [value], []
    for done, step in enumerate(steps):
        inner = _inside(value, step)
        if inner is _NOTHING:
            here = ".".join(map(str, steps[:done]))
            near = did_you_mean(str(step), _keys(value)) or f"{here} has {', '.join(_keys(value)[:8]) or 'no keys'}"
            raise BadPath(f"'{path}' leads nowhere: no '{step}'", near)
        if isinstance(value, BaseModel) and (info := fields(type(value)).get(str(step))):
            means = " ".join((info.description or "").split())
        value = inner
        dotted.append(str(getattr(value, "id", None) or step) if isinstance(step, int) else str(step))
        within += [value] if isinstance(value, BaseModel) else []
    return Standing(steps, ".".join(dotted), value, means, _is_given(data, steps), tuple(reversed(within)))


def _whole(case: Case, path: str) -> str:
    """The path from the top, where it begins with the id of an entry."""
    words = path.split(".")
    known = entries(case)
    for taken in range(len(words), 0, -1) if words[0] not in fields(Case) else ():
        if entry := known.get(".".join(words[:taken])):
            return ".".join([*map(str, entry.path), *words[taken:]])
    return path


_NOTHING: Any = object()


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, list | tuple) and isinstance(step, str) and len(value) == 1:
        value = value[0]  # a list of one may be written without its brackets
    if isinstance(value, BaseModel):
        name = next((n for n, info in type(value).model_fields.items() if (info.alias or n) == step), None)
        return getattr(value, name) if name else (value.model_extra or {}).get(str(step), _NOTHING)
    if isinstance(value, dict):
        return next((inner for key, inner in value.items() if str(key) == str(step)), _NOTHING)
    return value[step] if isinstance(value, list | tuple) and isinstance(step, int) else _NOTHING


def _keys(value: Any) -> list[str]:
    if isinstance(value, BaseModel):
        return list(fields(type(value)))
    return [str(key) for key in value] if isinstance(value, dict) else []


def _is_given(data: Any, steps: Path) -> bool:
    for step in steps:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)
        if not inside:
            return False
        data = data[step]
    return True


def _tree(data: Any) -> Node:
    """A tree of plain data, whose places say nothing."""
    nowhere = Place(0, "", 1, 1)
    if isinstance(data, dict):
        return Node({key: _tree(inner) for key, inner in data.items()}, nowhere)
    return Node([_tree(inner) for inner in data] if isinstance(data, list) else data, nowhere)


def set_by(case: Case, data: Mapping[str, Any], steps: Path) -> Iterator[tuple[str, str]]:
    """The scenarios, priors and levers that set a path or something in it: what each is, and to what it sets it."""
    tree = _tree(data)
    patches = [(f"scenario {name}", scenario.set) for name, scenario in case.scenarios.items()]
    patches += [(f"priors {name}", dict(priors.set)) for name, priors in case.priors.items()]
    for name, patch in patches:
        for path, value in patch.items():
            if _leads_into(tree, path, steps):
                yield name, f"{path} = {'; '.join(f'{key} {text}'.strip() for key, text in lines(value))}"
    for lever in case.levers:
        if _leads_into(tree, lever.path, steps):
            yield "lever", f"{lever.path} from {lever.low:g} to {lever.high:g}: {lever.says}"


def _leads_into(tree: Node, path: str, steps: Path) -> bool:
    try:
        return resolve(tree, path, adding=True)[: len(steps)] == steps
    except BadPath:
        return False  # a scenario may set what the case, as it stands, does not have


def lines(value: Any, key: str = "", apart: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """A value in words, a line for each of its parts with its dotted key: numbers with distribution, reason and place.

    Args:
        value: A part of a case, or what stands in one.
        key: Where it stands, from where the reader looks.
        apart: Keys whose entries speak for themselves, so that only their ids are given.
    """
    if isinstance(value, Estimate | Locator) or _plain(value):
        yield key, _words(value)
    elif isinstance(value, BaseModel):
        for name, inner in _said(value):
            yield from [(name, ", ".join(inner))] if name in apart else lines(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from lines(inner, f"{key}.{name}" if key else str(name))
    else:
        for place, inner in enumerate(value):
            yield from lines(inner, f"{key}.{getattr(inner, 'id', None) or place}" if key else str(place))


def entry_lines(part: BaseModel, section: str) -> list[tuple[str, str]]:
    """An entry in words; what is declared inside it by its ids, and its place left to who tells where it is from."""
    found = lines(part, apart=frozenset(inner for outer, inner in NESTED if outer == section))
    left_out = ("id", "at")
    return [(key, text) for key, text in found if key.split(".")[0] not in left_out]


def _said(part: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, info in type(part).model_fields.items():
        if name in part.model_fields_set:
            yield info.alias or name, getattr(part, name)
    yield from (part.model_extra or {}).items()


def _plain(value: Any) -> bool:
    """Whether a value fits into one line: no parts in it, or plain ones only."""
    if isinstance(value, dict | list | tuple):
        inner = value.values() if isinstance(value, dict) else value
        return all(not isinstance(one, BaseModel | dict | list | tuple) for one in inner)
    return not isinstance(value, BaseModel)


def _words(value: Any) -> str:
    if isinstance(value, Estimate):
        return _estimate_words(value)
    if isinstance(value, Locator):
        return locator_words(value, value.document)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    return str(value).lower() if isinstance(value, bool) else "nothing" if value is None else str(value)


def _estimate_words(estimate: Estimate) -> str:
    """A number with its distribution, then its unit, reason and places."""
    told = [estimate.because or "", estimate.note or ""]
    told += [f"from {', '.join(estimate.sources)}"] if estimate.sources else []
    told += [locator_words(at, at.document) for at in estimate.at]
    number = f"{estimate} {estimate.unit}" if estimate.unit else str(estimate)
    behind = "; ".join(one for one in told if one)
    return f"{number} ({behind})" if behind else number


def reason(found: Standing) -> tuple[str, list[Locator]]:
    """Why it is so, and where from: what it says itself, else what the nearest part around it says."""
    for part in found.within:
        if isinstance(part, Claim) and (part.because or part.at):
            return part.because or "", part.at
    return "", []
