"""The schema, as JSON Schema for editors and as a reference page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from detente.case.index.declared_ids import SECTIONS
from detente.case.schema import base as parts
from detente.case.schema.base import Refers
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import fields


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file.

    No section is required in it, since an imported file holds some of them only; `detente check` is
    what says whether a case is whole.
    """
    schema = Case.model_json_schema()
    schema.pop("required", None)
    for definition in schema["$defs"].values():
        _loosen(definition)
    _loosen(schema)
    for name, bare in BARE.items():
        schema["$defs"][name] = {"anyOf": [bare, schema["$defs"][name]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A Détente case", **schema}


BARE: dict[str, dict[str, Any]] = {
    "Estimate": {"type": "number"},
    "Quality": {"type": ["string", "integer"]},
    "Otherwise": {"enum": ["open", "undetermined"]},
}
"""What may be written as a bare value where there is nothing else to say about it, and what that may be."""


def _loosen(definition: dict[str, Any]) -> None:
    """Allows one entry without brackets where the reader does."""
    _loosen_further(definition)
    for name, prop in definition.get("properties", {}).items():
        if name in LISTS_BY_NAME:
            _loosen_further(prop)
        if prop.get("type") == "array" and name in ONE_OR_SEVERAL:
            described = {"description": prop.pop("description")} if "description" in prop else {}
            definition["properties"][name] = {"anyOf": [prop, prop["items"]], **described}


def _loosen_further(definition: dict[str, Any]) -> None:
    """The same for lists by name."""
    if isinstance(further := definition.get("additionalProperties"), dict) and further.get("type") == "array":
        definition["additionalProperties"] = {"anyOf": [further, further["items"]]}


LISTS_BY_NAME = ("through", "against")
"""Keys whose values are lists by name, each of which may be one entry without brackets."""


def _models() -> Iterator[type[BaseModel]]:
    pending, seen = [Case], set()
    while pending:
        model = pending.pop(0)
        if model in seen:
            continue
        seen.add(model)
        yield model
        for info in fields(model).values():
            pending += list(_inside(info.annotation))  # type: ignore[arg-type]


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _inside(inner)


def _takes_one(info: FieldInfo) -> bool:
    return any(getattr(mark, "func", None) is parts.one_or_several for mark in info.metadata)


ONE_OR_SEVERAL = {name for model in _models() for name, info in fields(model).items() if _takes_one(info)}


def reference() -> str:
    """The reference page of the case file, in Markdown."""
    kinds = ", ".join(f"`{section}`" for section in SECTIONS)
    lines = [
        "# The case file",
        "",
        "Generated from the schema by `make docs`; do not edit.",
        "",
        "A case is one YAML file, or several joined by `import:`. YAML 1.2: `NO` is text, `010` is ten, `12:30` is "
        f"text. Every id is declared once in the whole case, in one of {kinds}, `record` or `codings`.",
    ]
    for model in _models():
        name = "The case" if model is Case else model.__name__
        lines += ["", f"## {name}", "", (model.__doc__ or "").strip(), "", "| key | what | |", "|---|---|---|"]
        for key, info in fields(model).items():
            described = (info.description or "").replace("\n", " ").replace("|", "\\|")
            lines.append(f"| `{key}` | {described} | {_kind(info)}{'' if _optional(info) else ', **required**'} |")
    return "\n".join(lines) + "\n"


def _optional(info: FieldInfo) -> bool:
    return info.default is not PydanticUndefined or info.default_factory is not None


def _kind(info: FieldInfo) -> str:
    words = _words(info.annotation, info.metadata)
    return words + " or one" if _takes_one(info) else words


def _words(annotation: Any, metadata: Any = ()) -> str:
    refers = next((m for m in (*metadata, *getattr(annotation, "__metadata__", ())) if isinstance(m, Refers)), None)
    if refers:
        return f"id of {refers.named}"
    name = getattr(annotation, "__name__", str(annotation))
    origin = getattr(annotation, "__origin__", None)
    args = [a for a in getattr(annotation, "__args__", ()) if a is not type(None)]
    if hasattr(annotation, "__metadata__"):
        return _words(origin)
    if origin is list:
        return f"list of {_words(args[0])}"
    if origin is dict:
        return f"mapping to {_words(args[1])}"
    if origin is tuple:
        return f"{len(args)} of {_words(args[0])}"
    if "Literal" in str(origin):
        return ", ".join(f"`{a}`" for a in args)
    if args:
        return " or ".join(dict.fromkeys(_words(a) for a in args))
    if annotation is Estimate:
        return "number or [Estimate](#estimate)"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{name}](#{name.lower()})"
    plain = {
        "str": "text",
        "int": "whole number",
        "float": "number",
        "bool": "true or false",
        "Edtf": "date (EDTF)",
        "Any": "anything",
    }
    return plain.get(name, name)
