"""What pydantic finds wrong, said to an analyst: in words, with a remedy, at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from detente.case.parts import ID_PATTERN
from detente.case.shape import Path, fields, keys_at, models_at
from detente.case.yaml_tree import Node, locate
from detente.errors import Place, Problem, did_you_mean

MOST_SUGGESTIONS = 100
"""Unknown ids for which the nearest known one is looked for: that takes time with many of both."""

UNKNOWN = "unknown"
"""What is said of a key that nothing knows."""
_WANTED = {
    "no_alternative": ("this should be text, a number, true or false, or a list of texts", ""),
    "string_type": ("this should be text", "put it in quotes if it is meant as text"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), ("this should be a whole number", "e.g. 3")),
    **dict.fromkeys(("float_type", "float_parsing"), ("this should be a number", "with a point for decimals, e.g. .5")),
    "finite_number": ("this should be a finite number", "neither infinite nor nan"),
    **dict.fromkeys(("bool_type", "bool_parsing"), ("this should be true or false", "true or false, without quotes")),
    "list_type": ("this should be a list", "each entry on its own line after '- ', or in [brackets]"),
    "dict_type": ("this should be a mapping", "keys and values, each 'key: value'"),
    "model_type": ("this should be a mapping", "keys and values, each 'key: value'"),
    "model_attributes_type": ("this should be a mapping", "keys and values, each 'key: value'"),
    "tuple_type": ("this should be a list of numbers", "e.g. [120, 310]"),
    "too_short": ("there are too few entries", "add what is lacking"),
    "too_long": ("there are too many entries", "take out what is too much"),
    "string_too_short": ("this is empty", "write something or leave the key out"),
}


_LIMITS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def located(
    error: ValidationError, tree: Node, data: Any, declared: Mapping[str, str] | None
) -> list[tuple[Path, Problem]]:
    """One problem for each thing pydantic found, with its path; alternatives tried in vain at one place count as one.

    Args:
        error: What pydantic found.
        tree: The tree it was found in.
        data: The plain data of the tree.
        declared: The ids the case declares and their kinds; None where some files could not be read, so that an
            id that is not declared is no problem.
    """
    problems: dict[tuple[Place, str, str], tuple[Path, Problem]] = {}
    in_vain: set[Path] = set()
    suggestions = MOST_SUGGESTIONS
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
            loc = (*loc, "kind")
        _, path = locate(tree, loc)
        if detail["type"] not in ("missing", "extra_forbidden") and _tried(loc, path):
            if path in in_vain:
                continue
            in_vain.add(path)
            detail["type"] = "no_alternative"
        if detail["type"] == "reference":
            if declared is None:
                continue
            known = declared if suggestions > 0 else {}
            suggestions -= 1
            problem = _reference(detail, path, tree, known)
        else:
            problem = _problem(detail, path, tree, data)
        problems.setdefault((problem.place, problem.path, problem.message), (path, problem))
    return list(problems.values())


def _reference(detail: ErrorDetails, path: Path, tree: Node, declared: Mapping[str, str]) -> Problem:
    kinds = detail.get("ctx", {})["kinds"]
    fitting = [name for name, kind in declared.items() if kind in kinds]
    shown = f"{', '.join(fitting[:6])}{', ...' if len(fitting) > 6 else ''}"
    remedy = did_you_mean(str(detail["input"]), fitting) or (f"declared: {shown}" if fitting else "")
    if declared and not fitting:
        remedy = "none is declared"
    return Problem(locate(tree, path)[0], _dotted(path), detail["msg"], remedy)


def _tried(loc: tuple[int | str, ...], path: Path) -> bool:
    """Whether the location ends in the name of a union member, such as `int`, that is not in the file."""
    return (len(loc) > len(path) and loc[-1] in ("bool", "int", "float", "str")) or "list[str]" in loc


def _problem(detail: ErrorDetails, path: Path, tree: Node, data: Any) -> Problem:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "missing" and isinstance(loc[-1], int):
        return Problem(locate(tree, path)[0], _dotted(path), "there are too few numbers", "e.g. [120, 310]")
    if kind == "missing":
        return Problem(
            locate(tree, path)[0], _dotted(path), f"'{loc[-1]}' is missing", _meaning(str(loc[-1]), path, data)
        )
    if kind == "extra_forbidden":
        known = keys_at(path[:-1], data) or frozenset()
        remedy = did_you_mean(str(loc[-1]), known) or f"known here: {', '.join(sorted(known))}"
        return Problem(_key_place(tree, path), _dotted(path), UNKNOWN, remedy)
    if loc and loc[-1] == "[key]":
        return Problem(_key_place(tree, path), _dotted(path), f"'{detail['input']}' is no id", _id_remedy())
    message, remedy = _words(detail, kind, context)
    return Problem(locate(tree, path)[0], _dotted(path), message, remedy)


def _words(detail: ErrorDetails, kind: str, context: dict[str, Any]) -> tuple[str, str]:
    given = detail["input"]
    if kind in _WANTED:
        return _WANTED[kind][0] + (", and is empty" if given is None else ""), _WANTED[kind][1]
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = str(context.get("expected") or context.get("expected_tags"))
        words = [word.strip().strip("'") for word in allowed.replace(" or ", ", ").split(",")]
        shown = context.get("tag", given)
        near = did_you_mean(str(shown), words)
        return f"'{shown}' is not known here", f"{near + ' ' if near else ''}one of {', '.join(words)}"
    if kind == "union_tag_not_found":
        return "'kind' is missing", "kind: offer, reply, event or statement"
    if kind == "string_pattern_mismatch":
        if ID_PATTERN in str(context.get("pattern")):
            return f"'{given}' is no id", _id_remedy()
        return f"'{given}' does not have the right form", f"it must match {context.get('pattern')}"
    if kind in _LIMITS:
        limit, bound = _LIMITS[kind]
        return f"this should be {bound} {context[limit]:g}", f"it is {given}"
    if kind == "string_too_long":
        return "this is too long", f"at most {context.get('max_length')} letters"
    message = detail["msg"]
    return message[:1].lower() + message[1:], str(context.get("remedy", ""))


def _id_remedy() -> str:
    return "lower case letters and digits, joined by hyphens or dots, e.g. road-watch"


def _meaning(key: str, path: Path, data: Any) -> str:
    """What a missing key is for, from its documentation."""
    infos = [fields(model)[key] for model in models_at(path, data) if key in fields(model)]
    return (infos[0].description or "").split("\n")[0].rstrip(".") if infos else ""


def _key_place(tree: Node, path: Path) -> Place:
    """Where the key stands that a path ends in."""
    node = tree
    for step in path[:-1]:
        node = node.value[step]
    return (node.keys or {}).get(str(path[-1]), node.place) if path else node.place


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
