"""What pydantic finds wrong, said to an analyst: in words, with a remedy, at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from detente.case.loading.suggestions import Nearest, meant_key
from detente.case.loading.yaml_tree import Node, locate
from detente.case.schema.base import ID_PATTERN
from detente.case.schema.introspection import Path, fields, keys_at, models_at
from detente.case.schema.record import Event, Offer, Reply, Statement
from detente.errors import Place, Problem, did_you_mean, nearest_of

MOST_LETTERS = 60
"""Letters of a value that are shown."""
KINDS = {"offer": Offer, "reply": Reply, "event": Event, "statement": Statement}
"""What the entries of the record may be."""

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
}


_LIMITS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that does not fit the schema: the path to it, the problem, and how it was probably meant."""

    path: Path
    problem: Problem
    unknown: bool = False
    """Whether it is a key that nothing knows."""
    key: str | None = None
    """For an unknown key, the one it was meant for."""
    sure: bool = False
    """Whether that is sure enough to read on with it."""
    kind: str | None = None
    """For an entry without a kind, the kind to read it on as."""
    lacking: str | None = None
    """The key that is missing at the path."""


@dataclass(frozen=True)
class Declared:
    """The ids that a case declares."""

    kinds: Mapping[str, str]
    """The kind of each."""
    unsure: frozenset[str] = frozenset()
    """The kinds of which others may be declared, too, where it cannot be read."""
    whole: bool = True
    """Whether all files could be read."""

    @cached_property
    def _nearest(self) -> dict[tuple[str, ...], Nearest]:
        return {}

    def of(self, kinds: tuple[str, ...]) -> Nearest:
        """The ids of some kinds."""
        if kinds not in self._nearest:
            self._nearest[kinds] = Nearest(name for name, kind in self.kinds.items() if kind in kinds)
        return self._nearest[kinds]


def located(error: ValidationError, tree: Node, data: Any, declared: Declared) -> list[Misfit]:
    """What pydantic found, each with its path; alternatives tried in vain at one place count as one.

    Args:
        error: What pydantic found.
        tree: The tree it was found in.
        data: The plain data of the tree.
        declared: The ids the case declares. Where some files could not be read, an id that is not declared is no
            problem.
    """
    found: dict[tuple[Place, str, str], Misfit] = {}
    in_vain: set[Path] = set()
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
        for misfit in _misfits(detail, path, tree, data, declared):
            problem = misfit.problem
            found.setdefault((problem.place, problem.path, problem.message), misfit)
    return list(found.values())


def _misfits(detail: ErrorDetails, path: Path, tree: Node, data: Any, declared: Declared) -> Iterator[Misfit]:
    if detail["type"] == "reference":
        if declared.whole:
            yield Misfit(path, _reference(detail, path, tree, declared))
    elif detail["type"] == "extra_forbidden":
        yield _unknown_key(detail, path, tree, data)
    elif detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        yield _kind(detail, path, tree)
    elif detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
        yield Misfit(path, _problem(detail, path, tree, data), lacking=detail["loc"][-1])
    elif inside := detail.get("ctx", {}).get("inside"):
        for inner, what, remedy in inside:
            place, whole = locate(tree, (*path, *inner))
            yield Misfit(whole, Problem(place, _dotted(whole), what, remedy))
    else:
        yield Misfit(path, _problem(detail, path, tree, data))


def _reference(detail: ErrorDetails, path: Path, tree: Node, declared: Declared) -> Problem:
    fitting = declared.of(tuple(detail.get("ctx", {})["kinds"]))
    near, words = fitting.to(str(detail["input"])), fitting.words
    shown = f"{', '.join(words[:6])}{', ...' if len(words) > 6 else ''}"
    remedy = f"did you mean '{near}'?" if near else f"declared: {shown}" if words else "none is declared"
    return Problem(locate(tree, path)[0], _dotted(path), detail["msg"], remedy)


def _unknown_key(detail: ErrorDetails, path: Path, tree: Node, data: Any) -> Misfit:
    known = keys_at(path[:-1], data) or frozenset()
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    meant, sure = meant_key(str(detail["loc"][-1]), sorted(known), holder)
    remedy = f"did you mean '{meant}'?" if meant else f"known here: {', '.join(sorted(known))}"
    problem = Problem(_key_place(tree, path), _dotted(path), "unknown", remedy)
    return Misfit(path, problem, unknown=True, key=meant, sure=sure)


def _kind(detail: ErrorDetails, path: Path, tree: Node) -> Misfit:
    """The kind of an entry of the record that is missing or none; nothing else of it can be read without one."""
    entry_path = path if detail["type"] == "union_tag_not_found" else path[:-1]
    entry = tree
    for step in entry_path:
        entry = entry.child(step) or entry
    held = entry.value if isinstance(entry.value, dict) else {}
    given = held.get("kind")
    if given is not None:
        message, remedy = _words(detail, detail["type"], detail.get("ctx", {}))
        near = nearest_of(given.value, KINDS) if isinstance(given.value, str) else None
        problem = Problem(given.place, _dotted(path), message, remedy)
        return Misfit((*entry_path, "kind"), problem, kind=near or _kind_by_keys(held))
    missing = "'kind' is missing"
    if said := next((key for key, node in held.items() if node.value in tuple(KINDS)), None):
        problem = Problem(entry.place, _dotted(path), missing, f"did you mean it by '{said}'?")
        return Misfit((*entry_path, said), problem, unknown=True, key="kind", sure=True)
    problem = Problem(entry.place, _dotted(path), missing, "kind: offer, reply, event or statement")
    return Misfit((*entry_path, "kind"), problem, kind=_kind_by_keys(held))


def _kind_by_keys(held: Mapping[str, Any]) -> str | None:
    """The kind of entry that knows most of the keys that stand there; None if several do."""
    known = {kind: len(fields(model).keys() & held.keys()) for kind, model in KINDS.items()}
    best = [kind for kind, count in known.items() if count == max(known.values())]
    return best[0] if len(best) == 1 else None


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
    if loc and loc[-1] == "[key]":
        return Problem(_key_place(tree, path), _dotted(path), f"'{_shown(detail['input'])}' is no id", _id_remedy())
    if kind == "string_too_short" or (kind == "string_pattern_mismatch" and context.get("pattern") == r"\S"):
        remedy = "write something" + ("" if _required(path, data) else ", or leave the key out")
        return Problem(locate(tree, path)[0], _dotted(path), "this is empty", remedy)
    message, remedy = _words(detail, kind, context)
    return Problem(locate(tree, path)[0], _dotted(path), message, remedy)


def _required(path: Path, data: Any) -> bool:
    """Whether what stands at a path is a key that must be there; an entry of a list need not be."""
    infos = [fields(model).get(str(path[-1])) for model in models_at(path[:-1], data)] if path else []
    return any(info is not None and info.is_required() for info in infos)


def _shown(given: Any) -> str:
    """A value as far as it is shown."""
    text = str(given) if isinstance(given, str | int | float | bool | None) else type(given).__name__
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]} …"


def _words(detail: ErrorDetails, kind: str, context: dict[str, Any]) -> tuple[str, str]:
    given = _shown(detail["input"])
    if kind in ("too_short", "too_long") and "actual_length" in context:
        least = context.get("min_length") if kind == "too_short" else context.get("max_length")
        what, bound = _WANTED[kind][0], "at least" if kind == "too_short" else "at most"
        return what, f"{bound} {least}; there are {context['actual_length']}"
    if kind in _WANTED:
        return _WANTED[kind][0] + (", and is empty" if detail["input"] is None else ""), _WANTED[kind][1]
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = str(context.get("expected") or context.get("expected_tags"))
        words = [word.strip().strip("'") for word in allowed.replace(" or ", ", ").split(",")]
        shown = _shown(context.get("tag", given))
        near = did_you_mean(str(shown), words)
        return f"'{shown}' is not known here", f"{near + ' ' if near else ''}one of {', '.join(words)}"
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
