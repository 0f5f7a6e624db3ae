"""The schema, as JSON Schema for editors and as a reference page for people."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.entries.introspection import fields_by_key
from detente.case.entries.registry import EntryRegistry
from detente.case.schema import base as parts
from detente.case.schema.base import ReferenceTo
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate


def case_json_schema(case_class: type[Case] = Case) -> dict[str, Any]:
    """The JSON Schema of a case file.

    No section is required in it, since an imported file holds some of them only; `detente check` is
    what says whether a case is whole.
    """
    schema = case_class.model_json_schema()
    schema.pop("required", None)
    for definition in schema["$defs"].values():
        _allow_single_entries(definition)
    _allow_single_entries(schema)
    for name, bare in BARE_VALUE_SCHEMAS.items():
        schema["$defs"][name] = {"anyOf": [bare, schema["$defs"][name]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A Détente case", **schema}


BARE_VALUE_SCHEMAS: dict[str, dict[str, Any]] = {
    "Estimate": {"type": "number"},
    "AttributeAnswer": {"type": ["string", "integer"]},
    "DefaultVerdict": {"enum": ["open", "undetermined"]},
}
"""What may be written as a bare value where there is nothing else to say about it, and what that may be."""


def _allow_single_entries(definition: dict[str, Any]) -> None:
    """Allows one entry without brackets where the reader does."""
    _allow_single_mapping_values(definition)
    for name, prop in definition.get("properties", {}).items():
        if name in KEYED_LIST_FIELDS:
            _allow_single_mapping_values(prop)
        if prop.get("type") == "array" and name in SINGLE_OR_LIST_KEYS:
            described = {"description": prop.pop("description")} if "description" in prop else {}
            definition["properties"][name] = {"anyOf": [prop, prop["items"]], **described}


def _allow_single_mapping_values(definition: dict[str, Any]) -> None:
    """The same for lists by name."""
    if isinstance(value_schema := definition.get("additionalProperties"), dict) and value_schema.get("type") == "array":
        definition["additionalProperties"] = {"anyOf": [value_schema, value_schema["items"]]}


KEYED_LIST_FIELDS = ("through", "against")
"""Keys whose values are lists by name, each of which may be one entry without brackets."""


def _case_models(case_class: type[Case] = Case) -> Iterator[type[BaseModel]]:
    pending, visited = [case_class], set()
    while pending:
        model = pending.pop(0)
        if model in visited:
            continue
        visited.add(model)
        yield model
        for info in fields_by_key(model).values():
            pending += list(_models_in_annotation(info.annotation))  # type: ignore[arg-type]


def _models_in_annotation(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in_annotation(inner)


def _accepts_single_entry(info: FieldInfo) -> bool:
    return any(getattr(mark, "func", None) is parts.as_list for mark in info.metadata)


SINGLE_OR_LIST_KEYS = {
    name for model in _case_models() for name, info in fields_by_key(model).items() if _accepts_single_entry(info)
}


def case_file_reference(registry: EntryRegistry = CORE_REGISTRY) -> str:
    """The reference page of the case file, in Markdown."""
    kinds = ", ".join(f"`{section}`" for section in registry.section_kinds)
    lines = [
        "# The case file",
        "",
        "Generated from the schema by `make docs`; do not edit.",
        "",
        "A case is one YAML file, or several joined by `import:`. YAML 1.2: `NO` is text, `010` is ten, `12:30` is "
        f"text. Every id is declared once in the whole case, in one of {kinds}, `record` or `codings`.",
    ]
    for model in _case_models(registry.case_class):
        name = "The case" if model is registry.case_class else model.__name__
        lines += ["", f"## {name}", "", inspect.cleandoc(model.__doc__ or ""), "", "| key | what | |", "|---|---|---|"]
        for key, info in fields_by_key(model).items():
            described = (info.description or "").replace("\n", " ").replace("|", "\\|")
            lines.append(
                f"| `{key}` | {described} | {_field_type_text(info)}{'' if _is_optional(info) else ', **required**'} |"
            )
    return "\n".join(lines) + "\n"


def _is_optional(info: FieldInfo) -> bool:
    return info.default is not PydanticUndefined or info.default_factory is not None


def _field_type_text(info: FieldInfo) -> str:
    type_text = _annotation_text(info.annotation, info.metadata)
    return type_text + " or one" if _accepts_single_entry(info) else type_text


def _annotation_text(annotation: Any, metadata: Any = ()) -> str:
    reference_mark = next(
        (m for m in (*metadata, *getattr(annotation, "__metadata__", ())) if isinstance(m, ReferenceTo)), None
    )
    if reference_mark:
        return f"id of {reference_mark.kinds_phrase}"
    name = getattr(annotation, "__name__", str(annotation))
    origin = getattr(annotation, "__origin__", None)
    args = [a for a in getattr(annotation, "__args__", ()) if a is not type(None)]
    if hasattr(annotation, "__metadata__"):
        return _annotation_text(origin)
    if origin is list:
        return f"list of {_annotation_text(args[0])}"
    if origin is dict:
        return f"mapping to {_annotation_text(args[1])}"
    if origin is tuple:
        return f"{len(args)} of {_annotation_text(args[0])}"
    if "Literal" in str(origin):
        return ", ".join(f"`{a}`" for a in args)
    if args:
        return " or ".join(dict.fromkeys(_annotation_text(a) for a in args))
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
