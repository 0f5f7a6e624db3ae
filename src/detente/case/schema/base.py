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

CasePath = tuple[str | int, ...]
"""Where something stands in a case: keys, and numbers from 0 in lists."""
ID_PATTERN = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$", max_length=80)]
"""Lower case letters and digits, joined by hyphens or dots; unique in the whole case."""

NonEmptyText = Annotated[str, Field(min_length=1, pattern=r"\S")]
"""Text that says something: more than white space."""


def _integer_to_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


TextOrInteger = Annotated[
    str, BeforeValidator(_integer_to_text), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})
]
"""A name that may be a whole number."""


MAX_KINDS_NAMED = 4
MAX_ID_LETTERS = 100
"""Letters of an unknown id that are shown."""
UNKNOWN_KIND = "entry"
"""The kind of an id whose declaration does not say its kind in a way that can be read."""


class ReferenceTo:
    """Marks text that is the id of something declared elsewhere, of one of these kinds.

    The reader puts the declared ids, with their kinds, into the validation context; without a context
    nothing is checked. It also puts there the kinds of which not all declarations can be read (`unsure`): that an id
    of such a kind is unknown, or of another kind, may follow from a mistake that is told already.
    """

    def __init__(self, *kinds: str):
        self.kinds = kinds
        self.kinds_phrase = " or ".join(kinds) if len(kinds) <= MAX_KINDS_NAMED else "entry"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(self._check_reference, handler(source))

    def _check_reference(self, value: str, info: core_schema.ValidationInfo) -> str:
        declared: dict[str, str] = (info.context or {}).get("declared", {})
        kind = declared.get(value)
        if kind in self.kinds or info.context is None:
            return value
        if (kind in (None, UNKNOWN_KIND)) and not info.context.get("unsure", frozenset()).isdisjoint(self.kinds):
            return value
        shown_id = value if len(value) <= MAX_ID_LETTERS else f"{value[:MAX_ID_LETTERS]} …"
        if kind:
            message = f"'{shown_id}' is {_article(kind)} {kind}, not {_article(self.kinds_phrase)} {self.kinds_phrase}"
        else:
            message = f"no {self.kinds_phrase} '{shown_id}'"
        raise PydanticCustomError("reference", "{message}", {"message": message, "kinds": self.kinds})


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


DocumentId = Annotated[str, ReferenceTo("document")]
SourceId = Annotated[str, ReferenceTo("document", "source")]
ActorId = Annotated[str, ReferenceTo("actor")]
OrganisationId = Annotated[str, ReferenceTo("organisation")]
PartyId = Annotated[str, ReferenceTo("actor", "organisation", "organ")]
OfferId = Annotated[str, ReferenceTo("offer")]
IssueId = Annotated[str, ReferenceTo("issue")]
InstitutionId = Annotated[str, ReferenceTo("institution")]
ProposalId = Annotated[str, ReferenceTo("proposal")]
MotiveId = Annotated[str, ReferenceTo("motive")]
CodedUnitId = Annotated[str, ReferenceTo("motive", "passage", "argument")]
TheoryId = Annotated[str, ReferenceTo("theory")]
BranchId = Annotated[str, ReferenceTo("branch")]
TableId = Annotated[str, ReferenceTo("table")]
PredictionId = Annotated[str, ReferenceTo("prediction")]
HypothesisId = Annotated[str, ReferenceTo("hypothesis")]
ClueId = Annotated[str, ReferenceTo("clue")]
CoderId = Annotated[str, ReferenceTo("coder")]
RuleId = Annotated[str, ReferenceTo("rule")]
OrganId = Annotated[str, ReferenceTo("organ")]
AttributeId = Annotated[str, ReferenceTo("attribute")]
FactId = Annotated[str, ReferenceTo("fact")]
ChannelId = Annotated[str, ReferenceTo("channel")]
CapabilityId = Annotated[str, ReferenceTo("capability")]
RegimeId = Annotated[str, ReferenceTo("regime")]
MechanismId = Annotated[str, ReferenceTo("mechanism")]
MechanismOrOptionId = Annotated[str, ReferenceTo("mechanism", "option")]
RecordEntryId = Annotated[str, ReferenceTo("offer", "reply", "event", "statement")]
GameId = Annotated[str, ReferenceTo("game")]
DepthId = Annotated[str, ReferenceTo("depth")]
ClauseId = Annotated[str, ReferenceTo("clause")]
ConcessionId = Annotated[str, ReferenceTo("concession")]
PackageId = Annotated[str, ReferenceTo("package")]
AnyId = Annotated[
    str,
    ReferenceTo(
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
            "trait",
            "experience",
            "regime",
            "mechanism",
            "lens",
            "option",
            "priors",
            "choice",
            "outcome",
            "game",
            "good",
            "race",
            "strategy",
            "institution",
            "depth",
            "clause",
            "concession",
            "package",
            "sequence",
            "agreed",
            "objective",
            "signpost",
        ),
    ),
]


InnerFault = tuple[tuple[str | int, ...], str, str]
"""What is wrong inside a part: the path from the part, what, and what to do about it."""


def inner_fault_error(kind: str, faults: Sequence[InnerFault]) -> PydanticCustomError:
    """The error of a part as a whole whose parts do not fit together, each fault told where it stands.

    Args:
        kind: A word for the error.
        faults: At least one.
    """
    return PydanticCustomError(kind, "{message}", {"message": faults[0][1], "remedy": faults[0][2], "inside": faults})


def as_list(value: Any) -> Any:
    """Lets a list of one be written without its brackets."""
    return value if isinstance(value, list | tuple) else [value]


class CasePart(BaseModel):
    """The base of everything in a case: closed, immutable, documented field by field."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Locator(CasePart):
    """A place in a document."""

    document: DocumentId
    """The document."""
    section: TextOrInteger | None = None
    """Its section, as the document names it; in quotes where it looks like a decimal number."""
    page: TextOrInteger | None = None
    """The page, where there are pages."""
    span: tuple[int, int] | None = None
    """First character and the one after the last, counted in Unicode code points from 0."""
    ref: TextOrInteger | None = None
    """The note or reference number that the passage itself cites."""

    @field_validator("span")
    @classmethod
    def _check_span(cls, span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span and not 0 <= span[0] < span[1]:
            raise PydanticCustomError(
                "span", "the span holds no characters", {"remedy": "first character, then the one after the last"}
            )
        return span


class Claim(CasePart):
    """Anything that says something, and can say where from and why."""

    at: Annotated[list[Locator], BeforeValidator(as_list)] = []
    """Where it comes from: one place in a document, or several."""
    because: str | None = None
    """Why we think so."""
    note: str | None = None
    """Anything else worth knowing."""
