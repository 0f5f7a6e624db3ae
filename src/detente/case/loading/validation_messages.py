"""What pydantic finds wrong, said to an analyst: in words, with a remedy, at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from detente.case.entries.introspection import allowed_keys, allowed_models, fields_by_key
from detente.case.loading.suggestions import NearestWords, intended_key
from detente.case.loading.yaml.node import YamlNode, locate_path
from detente.case.schema.base import ID_PATTERN, CasePath
from detente.case.schema.case import Case
from detente.case.schema.record import Event, Offer, Reply, Statement
from detente.errors import FilePosition, Problem, did_you_mean, nearest_word

MAX_SHOWN_LETTERS = 60
"""Letters of a value that are shown."""
RECORD_MODELS = {"offer": Offer, "reply": Reply, "event": Event, "statement": Statement}
"""What the entries of the record may be."""

_EXPECTATIONS = {
    "no_alternative": ("this should be text, a number, true or false, or a list of texts", ""),
    "string_type": ("this should be text", "put it in quotes if it is meant as text"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), ("this should be a whole number", "e.g. 3")),
    **dict.fromkeys(
        ("float_type", "float_parsing"), ("this should be a number", "with a point for decimals, e.g. 0.5")
    ),
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

    path: CasePath
    problem: Problem
    is_unknown_key: bool = False
    """Whether it is a key that nothing knows."""
    intended_key: str | None = None
    """For an unknown key, the one it was meant for."""
    is_sure: bool = False
    """Whether that is sure enough to read on with it."""
    intended_kind: str | None = None
    """For an entry without a kind, the kind to read it on as."""
    missing_key: str | None = None
    """The key that is missing at the path."""


@dataclass(frozen=True)
class DeclaredIds:
    """The ids that a case declares."""

    kinds: Mapping[str, str]
    """The kind of each."""
    incomplete_kinds: frozenset[str] = frozenset()
    """The kinds of which others may be declared, too, where it cannot be read."""
    is_complete: bool = True
    """Whether all files could be read."""
    case_class: type[Case] = Case
    """What the case is read as."""

    @cached_property
    def _nearest_by_kinds(self) -> dict[tuple[str, ...], NearestWords]:
        return {}

    def ids_of_kinds(self, kinds: tuple[str, ...]) -> NearestWords:
        """The ids of some kinds."""
        if kinds not in self._nearest_by_kinds:
            self._nearest_by_kinds[kinds] = NearestWords(name for name, kind in self.kinds.items() if kind in kinds)
        return self._nearest_by_kinds[kinds]


def locate_errors(error: ValidationError, tree: YamlNode, data: Any, declared: DeclaredIds) -> list[Misfit]:
    """What pydantic found, each with its path; alternatives tried in vain at one place count as one.

    Args:
        error: What pydantic found.
        tree: The tree it was found in.
        data: The plain data of the tree.
        declared: The ids the case declares. Where some files could not be read, an id that is not declared is no
            problem.
    """
    misfits: dict[tuple[FilePosition, str, str], Misfit] = {}
    failed_paths: set[CasePath] = set()
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
            loc = (*loc, "kind")
        _, path = locate_path(tree, loc)
        if detail["type"] not in ("missing", "extra_forbidden") and _is_union_member(loc, path):
            if path in failed_paths:
                continue
            failed_paths.add(path)
            detail["type"] = "no_alternative"
        for misfit in _error_misfits(detail, path, tree, data, declared):
            problem = misfit.problem
            misfits.setdefault((problem.place, problem.path, problem.message), misfit)
    return list(misfits.values())


def _error_misfits(
    detail: ErrorDetails, path: CasePath, tree: YamlNode, data: Any, declared: DeclaredIds
) -> Iterator[Misfit]:
    if detail["type"] == "reference":
        if declared.is_complete:
            yield Misfit(path, _reference_problem(detail, path, tree, declared))
    elif detail["type"] == "extra_forbidden":
        yield _unknown_key_misfit(detail, path, tree, data, declared.case_class)
    elif detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        yield _missing_kind_misfit(detail, path, tree)
    elif detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
        yield Misfit(
            path, _schema_problem(detail, path, tree, data, declared.case_class), missing_key=detail["loc"][-1]
        )
    elif inner_faults := detail.get("ctx", {}).get("inside"):
        for inner_path, message, remedy in inner_faults:
            place, full_path = locate_path(tree, (*path, *inner_path))
            yield Misfit(full_path, Problem(place, _dotted_path(full_path), message, remedy))
    else:
        yield Misfit(path, _schema_problem(detail, path, tree, data, declared.case_class))


def _reference_problem(detail: ErrorDetails, path: CasePath, tree: YamlNode, declared: DeclaredIds) -> Problem:
    fitting_ids = declared.ids_of_kinds(tuple(detail.get("ctx", {})["kinds"]))
    suggestion, words = fitting_ids.best_match(str(detail["input"])), fitting_ids.words
    shown_words = f"{', '.join(words[:6])}{', ...' if len(words) > 6 else ''}"
    remedy = (
        f"did you mean '{suggestion}'?" if suggestion else f"declared: {shown_words}" if words else "none is declared"
    )
    return Problem(locate_path(tree, path)[0], _dotted_path(path), detail["msg"], remedy)


def _unknown_key_misfit(
    detail: ErrorDetails, path: CasePath, tree: YamlNode, data: Any, case_class: type[Case]
) -> Misfit:
    known_keys = allowed_keys(case_class, path[:-1], data) or frozenset()
    mapping = data
    for step in path[:-1]:
        mapping = mapping[step]
    suggested_key, is_sure = intended_key(str(detail["loc"][-1]), sorted(known_keys), mapping)
    remedy = f"did you mean '{suggested_key}'?" if suggested_key else f"known here: {', '.join(sorted(known_keys))}"
    problem = Problem(_key_place(tree, path), _dotted_path(path), "unknown", remedy)
    return Misfit(path, problem, is_unknown_key=True, intended_key=suggested_key, is_sure=is_sure)


def _missing_kind_misfit(detail: ErrorDetails, path: CasePath, tree: YamlNode) -> Misfit:
    """The kind of an entry of the record that is missing or none; nothing else of it can be read without one."""
    entry_path = path if detail["type"] == "union_tag_not_found" else path[:-1]
    entry = tree
    for step in entry_path:
        entry = entry.child(step) or entry
    entry_nodes = entry.value if isinstance(entry.value, dict) else {}
    kind_node = entry_nodes.get("kind")
    if kind_node is not None:
        message, remedy = _message_and_remedy(detail, detail["type"], detail.get("ctx", {}))
        suggestion = nearest_word(kind_node.value, RECORD_MODELS) if isinstance(kind_node.value, str) else None
        problem = Problem(kind_node.place, _dotted_path(path), message, remedy)
        return Misfit((*entry_path, "kind"), problem, intended_kind=suggestion or _kind_by_keys(entry_nodes))
    missing_message = "'kind' is missing"
    if mistaken_key := next((key for key, node in entry_nodes.items() if node.value in tuple(RECORD_MODELS)), None):
        problem = Problem(entry.place, _dotted_path(path), missing_message, f"did you mean it by '{mistaken_key}'?")
        return Misfit((*entry_path, mistaken_key), problem, is_unknown_key=True, intended_key="kind", is_sure=True)
    problem = Problem(entry.place, _dotted_path(path), missing_message, "kind: offer, reply, event or statement")
    return Misfit((*entry_path, "kind"), problem, intended_kind=_kind_by_keys(entry_nodes))


def _kind_by_keys(entry_nodes: Mapping[str, Any]) -> str | None:
    """The kind of entry that knows most of the keys that stand there; None if several do."""
    matching_keys = {
        kind: len(fields_by_key(model).keys() & entry_nodes.keys()) for kind, model in RECORD_MODELS.items()
    }
    best = [kind for kind, count in matching_keys.items() if count == max(matching_keys.values())]
    return best[0] if len(best) == 1 else None


def _is_union_member(loc: tuple[int | str, ...], path: CasePath) -> bool:
    """Whether the location ends in the name of a union member, such as `int`, that is not in the file."""
    return (len(loc) > len(path) and loc[-1] in ("bool", "int", "float", "str")) or "list[str]" in loc


def _schema_problem(detail: ErrorDetails, path: CasePath, tree: YamlNode, data: Any, case_class: type[Case]) -> Problem:
    kind, loc, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "missing" and isinstance(loc[-1], int):
        return Problem(locate_path(tree, path)[0], _dotted_path(path), "there are too few numbers", "e.g. [120, 310]")
    if kind == "missing":
        return Problem(
            locate_path(tree, path)[0],
            _dotted_path(path),
            f"'{loc[-1]}' is missing",
            _key_meaning(str(loc[-1]), path, data, case_class),
        )
    if loc and loc[-1] == "[key]":
        return Problem(
            _key_place(tree, path), _dotted_path(path), f"'{_shorten_value(detail['input'])}' is no id", _id_remedy()
        )
    if kind == "string_too_short" or (kind == "string_pattern_mismatch" and context.get("pattern") == r"\S"):
        remedy = "write something" + ("" if _is_required(path, data, case_class) else ", or leave the key out")
        return Problem(locate_path(tree, path)[0], _dotted_path(path), "this is empty", remedy)
    message, remedy = _message_and_remedy(detail, kind, context)
    return Problem(locate_path(tree, path)[0], _dotted_path(path), message, remedy)


def _is_required(path: CasePath, data: Any, case_class: type[Case]) -> bool:
    """Whether what stands at a path is a key that must be there; an entry of a list need not be."""
    infos = (
        [fields_by_key(model).get(str(path[-1])) for model in allowed_models(case_class, path[:-1], data)]
        if path
        else []
    )
    return any(info is not None and info.is_required() for info in infos)


def _shorten_value(value: Any) -> str:
    """A value as far as it is shown."""
    text = str(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return text if len(text) <= MAX_SHOWN_LETTERS else f"{text[:MAX_SHOWN_LETTERS]} …"


def _message_and_remedy(detail: ErrorDetails, kind: str, context: dict[str, Any]) -> tuple[str, str]:
    shown_input = _shorten_value(detail["input"])
    if kind in ("too_short", "too_long") and "actual_length" in context:
        required_length = context.get("min_length") if kind == "too_short" else context.get("max_length")
        expectation, bound = _EXPECTATIONS[kind][0], "at least" if kind == "too_short" else "at most"
        return expectation, f"{bound} {required_length}; there are {context['actual_length']}"
    if kind in _EXPECTATIONS:
        return _EXPECTATIONS[kind][0] + (", and is empty" if detail["input"] is None else ""), _EXPECTATIONS[kind][1]
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = str(context.get("expected") or context.get("expected_tags"))
        words = [word.strip().strip("'") for word in allowed.replace(" or ", ", ").split(",")]
        shown_value = _shorten_value(context.get("tag", shown_input))
        suggestion = did_you_mean(str(shown_value), words)
        return (
            f"'{shown_value}' is not known here",
            f"{suggestion + ' ' if suggestion else ''}one of {', '.join(words)}",
        )
    if kind == "string_pattern_mismatch":
        if ID_PATTERN in str(context.get("pattern")):
            return f"'{shown_input}' is no id", _id_remedy()
        return f"'{shown_input}' does not have the right form", f"it must match {context.get('pattern')}"
    if kind in _LIMITS:
        limit, bound = _LIMITS[kind]
        return f"this should be {bound} {context[limit]:g}", f"it is {shown_input}"
    if kind == "string_too_long":
        return "this is too long", f"at most {context.get('max_length')} letters"
    message = detail["msg"]
    return message[:1].lower() + message[1:], str(context.get("remedy", ""))


def _id_remedy() -> str:
    return "lower case letters and digits, joined by hyphens or dots, e.g. road-watch"


def _key_meaning(key: str, path: CasePath, data: Any, case_class: type[Case]) -> str:
    """What a missing key is for, from its documentation."""
    infos = [
        fields_by_key(model)[key] for model in allowed_models(case_class, path, data) if key in fields_by_key(model)
    ]
    return (infos[0].description or "").split("\n")[0].rstrip(".") if infos else ""


def _key_place(tree: YamlNode, path: CasePath) -> FilePosition:
    """Where the key stands that a path ends in."""
    node = tree
    for step in path[:-1]:
        node = node.value[step]
    return (node.keys or {}).get(str(path[-1]), node.place) if path else node.place


def _dotted_path(path: CasePath) -> str:
    return ".".join(map(str, path))
