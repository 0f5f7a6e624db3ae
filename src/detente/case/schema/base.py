"""What every part of a case is made of: ids, references, locators, claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError, core_schema

ID_PATTERN = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$", max_length=80)]
"""Lower case letters and digits, joined by hyphens or dots; unique in the whole case."""

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
"""Text that says something: more than white space."""


def _numeral(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Label = Annotated[str, BeforeValidator(_numeral), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})]
"""A name that may be a whole number."""


MOST_NAMED = 4
MOST_SHOWN = 100
"""Letters of an unknown id that are shown."""
UNSURE = "entry"
"""The kind of an id whose declaration does not say its kind in a way that can be read."""


class Refers:
    """Marks text that is the id of something declared elsewhere, of one of these kinds.

    The reader puts the declared ids, with their kinds, into the validation context; without a context
    nothing is checked. It also puts there the kinds of which not all declarations can be read (`unsure`): that an id
    of such a kind is unknown, or of another kind, may follow from a mistake that is told already.
    """

    def __init__(self, *kinds: str):
        self.kinds = kinds
        self.named = " or ".join(kinds) if len(kinds) <= MOST_NAMED else "entry"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str, info: core_schema.ValidationInfo) -> str:
        declared: dict[str, str] = (info.context or {}).get("declared", {})
        kind = declared.get(value)
        if kind in self.kinds or info.context is None:
            return value
        if (kind in (None, UNSURE)) and not info.context.get("unsure", frozenset()).isdisjoint(self.kinds):
            return value
        shown = value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]} …"
        if kind:
            message = f"'{shown}' is {_article(kind)} {kind}, not {_article(self.named)} {self.named}"
        else:
            message = f"no {self.named} '{shown}'"
        raise PydanticCustomError("reference", "{message}", {"message": message, "kinds": self.kinds})


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


DocumentId = Annotated[str, Refers("document")]
SourceId = Annotated[str, Refers("document", "source")]
ActorId = Annotated[str, Refers("actor")]
OrganisationId = Annotated[str, Refers("organisation")]
PartyId = Annotated[str, Refers("actor", "organisation", "organ")]
OfferId = Annotated[str, Refers("offer")]
IssueId = Annotated[str, Refers("issue")]
ProposalId = Annotated[str, Refers("proposal")]
MotiveId = Annotated[str, Refers("motive")]
UnitId = Annotated[str, Refers("motive", "passage", "argument")]
TheoryId = Annotated[str, Refers("theory")]
BranchId = Annotated[str, Refers("branch")]
TableId = Annotated[str, Refers("table")]
HypothesisId = Annotated[str, Refers("hypothesis")]
ClueId = Annotated[str, Refers("clue")]
CoderId = Annotated[str, Refers("coder")]
RuleId = Annotated[str, Refers("rule")]
OrganId = Annotated[str, Refers("organ")]
AttributeId = Annotated[str, Refers("attribute")]
FactId = Annotated[str, Refers("fact")]
ChannelId = Annotated[str, Refers("channel")]
CapabilityId = Annotated[str, Refers("capability")]
RegimeId = Annotated[str, Refers("regime")]
MechanismId = Annotated[str, Refers("mechanism")]
ReasonId = Annotated[str, Refers("mechanism", "option")]
EntryId = Annotated[str, Refers("offer", "reply", "event", "statement")]
AnyId = Annotated[
    str,
    Refers(
        *("document", "source", "actor", "organisation", "organ", "offer", "reply", "event", "statement", "fact"),
        *("issue", "proposal", "motive", "argument", "passage", "theory", "branch", "proposition", "table", "coding"),
        *(
            "rule",
            "attribute",
            "stance",
            "hypothesis",
            "clue",
            "verdict",
            "prediction",
            "assessment",
            "contradiction",
            "estimate",
            "capability",
            "channel",
            "regime",
            "mechanism",
            "lens",
            "option",
            "priors",
            "outcome",
            "game",
            "good",
            "race",
            "strategy",
        ),
    ),
]


Inside = tuple[tuple[str | int, ...], str, str]
"""What is wrong inside a part: the path from the part, what, and what to do about it."""


def inside_error(kind: str, faults: Sequence[Inside]) -> PydanticCustomError:
    """The error of a part as a whole whose parts do not fit together, each fault told where it stands.

    Args:
        kind: A word for the error.
        faults: At least one.
    """
    return PydanticCustomError(kind, "{message}", {"message": faults[0][1], "remedy": faults[0][2], "inside": faults})


def one_or_several(value: Any) -> Any:
    """Lets a list of one be written without its brackets."""
    return value if isinstance(value, list | tuple) else [value]


class Part(BaseModel):
    """The base of everything in a case: closed, immutable, documented field by field."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Locator(Part):
    """A place in a document."""

    document: DocumentId
    """The document."""
    section: Label | None = None
    """Its section, as the document names it; in quotes where it looks like a decimal number."""
    page: Label | None = None
    """The page, where there are pages."""
    span: tuple[int, int] | None = None
    """First character and the one after the last, counted in Unicode code points from 0."""
    ref: Label | None = None
    """The note or reference number that the passage itself cites."""

    @field_validator("span")
    @classmethod
    def _runs_forward(cls, span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span and not 0 <= span[0] < span[1]:
            raise PydanticCustomError(
                "span", "the span holds no characters", {"remedy": "first character, then the one after the last"}
            )
        return span


class Claim(Part):
    """Anything that says something, and can say where from and why."""

    at: Annotated[list[Locator], BeforeValidator(one_or_several)] = []
    """Where it comes from: one place in a document, or several."""
    because: str | None = None
    """Why we think so."""
    note: str | None = None
    """Anything else worth knowing."""
