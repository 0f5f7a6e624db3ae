"""Any path of a case: what stands there, what it means, and its numbers in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.entries.entries import case_entries
from detente.case.entries.introspection import fields_by_key
from detente.case.index.source_texts import format_locator
from detente.case.loading.path_patch import BadPath, resolve_path
from detente.case.loading.yaml.node import YamlNode
from detente.case.schema.base import CasePath, Claim, Locator
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.errors import FilePosition, did_you_mean


@dataclass(frozen=True, slots=True)
class PathValue:
    """What stands at a path of a case."""

    path: CasePath
    dotted_path: str
    """The path as one may write it: entries of a list by their ids, where they have any."""
    value: Any
    """The value, as the model has it; the default where the case does not say."""
    meaning: str
    """What its key means, as the schema describes it."""
    is_given: bool
    """Whether the case says it."""
    enclosing_parts: tuple[BaseModel, ...]
    """The parts that it stands in, the innermost first."""


def value_at_path(case: Case, data: Mapping[str, Any], path: str) -> PathValue:
    """What stands at a dotted path, which may begin with the id of an entry.

    Args:
        case: The case.
        data: What its files say, joined.
        path: E.g. `network.observed`, or `relative-gains.of.russia`.

    Raises:
        BadPath: If it leads nowhere, with the nearest path as its remedy.
    """
    full_path = _full_path(case, path)
    section = full_path.split(".")[0]
    steps = resolve_path(
        _tree_without_places({section: data[section]} if section in data else {}), full_path, case_class=type(case)
    )
    value: Any = case
    meaning, enclosing_parts, dotted_steps = "", [value], []
    for depth, step in enumerate(steps):
        inner = _child_value(value, step)
        if inner is _ABSENT:
            parent_path = ".".join(map(str, steps[:depth]))
            suggestion = (
                did_you_mean(str(step), _child_keys(value))
                or f"{parent_path} has {', '.join(_child_keys(value)[:8]) or 'no keys'}"
            )
            raise BadPath(f"'{path}' leads nowhere: no '{step}'", suggestion)
        if isinstance(value, BaseModel) and (info := fields_by_key(type(value)).get(str(step))):
            meaning = " ".join((info.description or "").split())
        value = inner
        dotted_steps.append(str(getattr(value, "id", None) or step) if isinstance(step, int) else str(step))
        enclosing_parts += [value] if isinstance(value, BaseModel) else []
    return PathValue(
        steps, ".".join(dotted_steps), value, meaning, _is_given(data, steps), tuple(reversed(enclosing_parts))
    )


def _full_path(case: Case, path: str) -> str:
    """The path from the top, where it begins with the id of an entry."""
    segments = path.split(".")
    entries_by_id = case_entries(case)
    for word_count in range(len(segments), 0, -1) if segments[0] not in fields_by_key(type(case)) else ():
        if entry := entries_by_id.get(".".join(segments[:word_count])):
            return ".".join([*map(str, entry.path), *segments[word_count:]])
    return path


_ABSENT: Any = object()


def _child_value(value: Any, step: str | int) -> Any:
    if isinstance(value, list | tuple) and isinstance(step, str) and len(value) == 1:
        value = value[0]  # a list of one may be written without its brackets
    if isinstance(value, BaseModel):
        name = next((n for n, info in type(value).model_fields.items() if (info.alias or n) == step), None)
        return getattr(value, name) if name else (value.model_extra or {}).get(str(step), _ABSENT)
    if isinstance(value, dict):
        return next((inner for key, inner in value.items() if str(key) == str(step)), _ABSENT)
    return value[step] if isinstance(value, list | tuple) and isinstance(step, int) else _ABSENT


def _child_keys(value: Any) -> list[str]:
    if isinstance(value, BaseModel):
        return list(fields_by_key(type(value)))
    return [str(key) for key in value] if isinstance(value, dict) else []


def _is_given(data: Any, steps: CasePath) -> bool:
    for step in steps:
        is_present = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)
        if not is_present:
            return False
        data = data[step]
    return True


def _tree_without_places(data: Any) -> YamlNode:
    """A tree of plain data, whose places say nothing."""
    empty_place = FilePosition(0, "", 1, 1)
    if isinstance(data, dict):
        return YamlNode({key: _tree_without_places(inner) for key, inner in data.items()}, empty_place)
    return YamlNode([_tree_without_places(inner) for inner in data] if isinstance(data, list) else data, empty_place)


def overrides_of_path(case: Case, data: Mapping[str, Any], steps: CasePath) -> Iterator[tuple[str, str]]:
    """The scenarios, priors, choices and levers that set a path or something in it: what each is, and to what."""
    tree = _tree_without_places(data)
    patches = [(f"scenario {name}", scenario.set) for name, scenario in case.scenarios.items()]
    patches += [(f"priors {name}", priors.patch(name) | dict(priors.set)) for name, priors in case.priors.items()]
    patches += [
        (f"choice {choice_id}, alternative {name}", alternative.set)
        for choice_id, choice in case.choices.items()
        for name, alternative in choice.alternatives.items()
    ]
    for name, patch in patches:
        for path, value in patch.items():
            if _leads_into(tree, path, steps, type(case)):
                yield name, f"{path} = {'; '.join(f'{key} {text}'.strip() for key, text in value_lines(value))}"
    for lever in case.levers:
        if _leads_into(tree, lever.path, steps, type(case)):
            yield "lever", f"{lever.path} from {lever.low:g} to {lever.high:g}: {lever.says}"


def _leads_into(tree: YamlNode, path: str, steps: CasePath, case_class: type[Case]) -> bool:
    try:
        return resolve_path(tree, path, True, case_class)[: len(steps)] == steps
    except BadPath:
        return False  # a scenario may set what the case, as it stands, does not have


def value_lines(value: Any, key: str = "", id_only_keys: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """A value in words, a line for each of its parts with its dotted key: numbers with distribution, reason and place.

    Args:
        value: A part of a case, or what stands in one.
        key: Where it stands, from where the reader looks.
        apart: Keys whose entries speak for themselves, so that only their ids are given.
    """
    if isinstance(value, Estimate | Locator) or _fits_one_line(value):
        yield key, _format_value(value)
    elif isinstance(value, BaseModel):
        for name, inner in _explicit_fields(value):
            yield from (
                [(name, ", ".join(inner))]
                if name in id_only_keys
                else value_lines(inner, f"{key}.{name}" if key else name)
            )
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from value_lines(inner, f"{key}.{name}" if key else str(name))
    else:
        for place, inner in enumerate(value):
            yield from value_lines(inner, f"{key}.{getattr(inner, 'id', None) or place}" if key else str(place))


def entry_lines(part: BaseModel, section: str) -> list[tuple[str, str]]:
    """An entry in words; what is declared inside it by its ids, and its place left to who tells where it is from."""
    all_lines = value_lines(
        part, id_only_keys=frozenset(inner for outer, inner in CORE_REGISTRY.nested_kinds if outer == section)
    )
    omitted_keys = ("id", "at")
    return [(key, text) for key, text in all_lines if key.split(".")[0] not in omitted_keys]


def _explicit_fields(part: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, info in type(part).model_fields.items():
        if name in part.model_fields_set:
            yield info.alias or name, getattr(part, name)
    yield from (part.model_extra or {}).items()


def _fits_one_line(value: Any) -> bool:
    """Whether a value fits into one line: no parts in it, or plain ones only."""
    if isinstance(value, dict | list | tuple):
        items = value.values() if isinstance(value, dict) else value
        return all(not isinstance(item, BaseModel | dict | list | tuple) for item in items)
    return not isinstance(value, BaseModel)


def _format_value(value: Any) -> str:
    if isinstance(value, Estimate):
        return _format_estimate(value)
    if isinstance(value, Locator):
        return format_locator(value, value.document)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_format_value(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_format_value, value))
    return str(value).lower() if isinstance(value, bool) else "nothing" if value is None else str(value)


def _format_estimate(estimate: Estimate) -> str:
    """A number with its distribution, then its unit, reason and places."""
    remarks = [estimate.because or "", estimate.note or ""]
    remarks += [f"from {', '.join(estimate.sources)}"] if estimate.sources else []
    remarks += [format_locator(locator, locator.document) for locator in estimate.at]
    number = f"{estimate} {estimate.unit}" if estimate.unit else str(estimate)
    remark_text = "; ".join(remark for remark in remarks if remark)
    return f"{number} ({remark_text})" if remark_text else number


def reason_and_locators(path_value: PathValue) -> tuple[str, list[Locator]]:
    """Why it is so, and where from: what it says itself, else what the nearest part around it says."""
    for part in path_value.enclosing_parts:
        if isinstance(part, Claim) and (part.because or part.at):
            return part.because or "", part.at
    return "", []
