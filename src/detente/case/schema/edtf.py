"""Dates in a case: EDTF text, or a bare year, read as wide as the case says that approximate dates are."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from detente.methods.chronology.edtf import DEFAULT_TOLERANCE, Edtf

SYNTAX = "EDTF, e.g. 2006, 2006-08, 1403-05/1403-09, 1993~ or 2006/.."


class _ReadEdtf:
    """How pydantic reads, writes and documents a date."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(
            _from_yaml, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        year = {"type": "integer", "minimum": 0, "maximum": 9999}
        return {"anyOf": [{"type": "string", "examples": ["2006-08", "1993~", "2006/.."]}, year]}


EdtfDate = Annotated[Edtf, _ReadEdtf]
"""A date or interval in EDTF."""


def _from_yaml(value: object, info: core_schema.ValidationInfo) -> Edtf:
    if isinstance(value, Edtf):
        return value
    # A bare year is a number to YAML, and 0476 has lost its zero.
    text = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise PydanticCustomError("edtf", "this is no date", {"remedy": SYNTAX})
    try:
        return Edtf.parse(text, (info.context or {}).get("about", DEFAULT_TOLERANCE))
    except ValueError as error:
        raise PydanticCustomError("edtf", "{why}", {"why": str(error), "remedy": SYNTAX}) from None
