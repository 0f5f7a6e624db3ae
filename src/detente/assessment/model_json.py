"""The model of an offer as JSON, with its schema: what a case compiles to, for other programs to read or work out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from detente.case.schema.case import Case
from detente.errors import DetenteError
from detente.methods.offer_model.description import DESCRIPTION_VERSION, ModelDescription
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[ModelDescription]:
    from pydantic import TypeAdapter

    return TypeAdapter(ModelDescription)


def describe_case(case: Case) -> ModelDescription:
    """The model of the offer of a case, in the year of the answer.

    Raises:
        DetenteError: If nobody offers anything to anybody.
    """
    description = describe_offer(case)
    if description is None:
        raise DetenteError("in this case nobody offers a channel to anybody; see channels: and sides:")
    return description


def model_to_json(description: ModelDescription) -> str:
    """The model as JSON, on several lines."""
    return _adapter().dump_json(description, indent=1).decode() + "\n"


def model_from_json(text: str | bytes) -> ModelDescription:
    """The model that was written as JSON.

    Raises:
        DetenteError: If it is none, or of another version.
    """
    from pydantic import ValidationError

    try:
        description = _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise DetenteError(f"this is no model: {place}: {first['msg']} ({error.error_count()} problems)") from None
    if description.version != DESCRIPTION_VERSION:
        raise DetenteError(f"this is a model of version {description.version}, and {DESCRIPTION_VERSION} is read here")
    return description


def model_schema() -> dict[str, Any]:
    """The JSON Schema of a model."""
    return _adapter().json_schema()
