"""What organisations may do: what is asked about proposals, conditions on it, and the rules that ask them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from detente.case.schema.base import (
    AttributeId,
    CasePart,
    Claim,
    FactId,
    Id,
    NonEmptyText,
    PartyId,
    RuleId,
    SourceId,
    TextOrInteger,
    as_list,
)
from detente.case.schema.edtf import EdtfDate

AcceptableValues = Annotated[list[TextOrInteger], BeforeValidator(as_list), Field(min_length=1)]


class OtherReading(Claim):
    """Another answer that somebody presumes where proposals give none."""

    says: NonEmptyText
    """What is then taken to hold, in your own words and as a clause: `NATO does not want to recognise the CSTO`."""


class Attribute(Claim):
    """Something that rules ask about proposals, with the answers it may have."""

    says: NonEmptyText
    """What is asked, e.g. what is to be done, or where."""
    values: dict[Id, NonEmptyText]
    """The answers it may have, each with its meaning."""
    by: Annotated[list[PartyId], BeforeValidator(as_list)] = []
    """Who could bring an answer about, e.g. who gives a mandate."""
    presumed: TextOrInteger | None = None
    """The answer to take for proposals that give none: an assumption, and counted as one."""
    read_otherwise: dict[Id, OtherReading] = {}
    """Other answers that may be presumed instead, each with who reads it so: what the rules then leave open is told
    beside the first."""


class AttributeAnswer(Claim):
    """The answer that a proposal gives about itself; write the bare answer where there is nothing to say about it."""

    value: TextOrInteger
    """One of the values of the attribute."""

    @model_validator(mode="before")
    @classmethod
    def _wrap_bare_value(cls, value: Any) -> Any:
        return value if isinstance(value, dict | AttributeAnswer) else {"value": value}


class Condition(CasePart):
    """What must hold of a proposal: attributes with the value, or one of the values, that they must have; all of
    them, besides what `any`, `all` and `not` ask. `channel` (`bloc` or `bilateral`) and `partner` (the id of the other
    side) may be asked like attributes."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, AcceptableValues]

    any: list[Condition] | None = None
    """At least one of these must hold."""
    all: list[Condition] | None = None
    """Each of these must hold."""
    negated: Annotated[Condition | None, Field(alias="not")] = None
    """This must not hold."""

    @property
    def required_attributes(self) -> dict[str, list[str]]:
        """The attributes it asks for outright, each with the values that will do."""
        return dict(self.__pydantic_extra__ or {})


class DefaultVerdict(Claim):
    """What holds where no rule applies."""

    verdict: Literal["open", "undetermined"]
    """`open` if what is not forbidden is allowed, `undetermined` if one cannot tell."""

    @model_validator(mode="before")
    @classmethod
    def _wrap_bare_verdict(cls, value: Any) -> Any:
        return {"verdict": value} if isinstance(value, str) else value


class Rule(Claim):
    """Something that binds, or only describes, what an organisation may do.

    A rule that bears on proposals has one effect: `bars`, `requires`, `allows`, `duplicates` or `limits`; or it
    `allows` what meets what it `requires`. A requirement alone, once met, permits nothing yet.
    """

    of: Annotated[list[PartyId], BeforeValidator(as_list), Field(min_length=1)]
    """Whose rule it is; one of an organ is a rule of its organisation."""
    type: NonEmptyText
    """What sort of rule, in a word or two."""
    says: NonEmptyText
    """The rule, in your own words."""
    describes: StrictBool = False
    """True where it only describes a practice or a status and binds nobody."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """Since when, or from when to when, it is in force; always, if you do not say."""
    applies: Condition | None = None
    """To which proposals it applies; to all, if you do not say."""
    bars: StrictBool = False
    """True where it forbids them."""
    allows: StrictBool = False
    """True where it permits them."""
    requires: Condition | None = None
    """What must hold for them to be permitted."""
    duplicates: PartyId | None = None
    """The body or the partner with whom they are covered already."""
    limits: Annotated[list[FactId], BeforeValidator(as_list)] = []
    """The facts that set a ceiling to what can be done, e.g. the size of a force."""
    members_too: StrictBool = False
    """True where it also binds each member of the organisation by itself, and so its bilateral dealings."""
    overrides: Annotated[list[RuleId], BeforeValidator(as_list)] = []
    """The rules that it takes the place of where it applies, as the more specific one."""
    sources: Annotated[list[SourceId], BeforeValidator(as_list)] = []
    """Works that say so, where it is not from one of the documents."""
    disputes: Annotated[list[RuleId], BeforeValidator(as_list)] = []
    """Other sources' versions of this rule, which cannot hold beside it: verdicts are given under either."""

    @property
    def effects(self) -> list[str]:
        """The effects it declares; one at most, in a case that has passed the checks."""
        return [name for name in RULE_EFFECTS if getattr(self, name)]


RULE_EFFECTS = ("bars", "allows", "requires", "duplicates", "limits")


class ProposalPart(CasePart):
    """One thing that a proposal holds besides others."""

    title: NonEmptyText
    """What it is."""
    attributes: dict[AttributeId, AttributeAnswer] = {}
    """What is said of it, besides what is said of the whole proposal."""
