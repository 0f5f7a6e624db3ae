"""How organisations decide: decision rules by subject and time, stances of members, and who holds what share."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
    StrictInt,
)
from pydantic_core import PydanticCustomError, core_schema

from detente.case.schema.base import ActorId, Claim, OrganId, Part, PartyId, ProposalId, RuleId, Text, one_or_several
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.estimate import Estimate
from detente.case.schema.legal_rules import Condition

Stance = Literal["for", "neutral", "against", "unknown"]
Kind = Literal["consensus", "unanimity", "majority", "opt-in"]
_SHARE = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})|(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)


class Quota(Fraction):
    """So many votes, or, as a share of them such as `2/3` or `55 %`, a part of all."""

    is_share: bool = False

    @classmethod
    def read(cls, given: Any) -> Quota:
        """A quota as a case has it: a whole number, or text with a fraction or a percentage."""
        if isinstance(given, Quota):
            return given
        if isinstance(given, int) and not isinstance(given, bool) and given > 0:
            return cls(given)
        match = _SHARE.fullmatch(given.strip()) if isinstance(given, str) else None
        if match is None or (match[2] and int(match[2]) == 0):
            raise PydanticCustomError("quota", "this is no quota", {"remedy": "votes, e.g. 9, or a share: 2/3 or 55 %"})
        quota = cls(int(match[1]), int(match[2])) if match[1] else cls(Fraction(match[3]) / 100)
        if not 0 < quota <= 1:
            raise PydanticCustomError("quota", "a share is above 0 and at most 1", {"remedy": "e.g. 2/3 or 55 %"})
        quota.is_share = True
        return quota

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}" if self.is_share else str(self.numerator)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": _SHARE.pattern, "examples": ["2/3", "55 %"]},
            ]
        }


class Criterion(Part):
    """What those in favour must have together, for a decision by majority."""

    weights: dict[ActorId, Annotated[StrictInt, Field(ge=0, le=10**10)]] = {}
    """The votes of each member, or its population; one each, if you give none."""
    quota: Quota | None = None
    """How many votes are needed, or which share of them; more than half, if you do not say. For `opt-in`, how many
    members must take part; one, if you do not say."""
    more_than: StrictBool = False
    """True where more than the quota is needed."""
    of: Literal["all", "voting"] = "all"
    """Whether a share is one of all votes, or only of those cast for or against."""


class Voting(Claim, Criterion):
    """What those who decide must have together."""

    also: Annotated[list[Criterion], BeforeValidator(one_or_several)] = []
    """Further criteria that a majority must meet."""
    blocking: Annotated[StrictInt, Field(ge=2, le=10**4)] | None = None
    """The fewest members that can block a majority, if one cannot do so alone: where fewer do not vote for it, it
    passes, whatever its criteria say. The Council of the European Union has `4` (Treaty on European Union, Article
    16(4)). Whoever abstains stands in the way, too, unless all criteria are `of: voting`."""
    veto: Annotated[list[ActorId], BeforeValidator(one_or_several)] = []
    """Members whose yes is needed besides."""


class OrganRule(Voting):
    """How an organ decides what is delegated to it."""

    by: Annotated[list[Kind], BeforeValidator(one_or_several), Field(min_length=1)]
    """How: `consensus` (nobody objects), `unanimity` (all say yes), `majority` or `opt-in` (who wishes takes part).
    Where there are several, all must be met."""


def _everything(given: Any) -> Any:
    if isinstance(given, str):
        if given != "everything":
            raise PydanticCustomError(
                "subject", "'{given}' is no subject", {"given": given, "remedy": "everything, or a condition"}
            )
        return None
    return given


def _or_everything(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"const": "everything"})


Subject = Annotated[Condition | None, BeforeValidator(_everything), Field(json_schema_extra=_or_everything)]


class DecisionRule(Voting):
    """How an organisation decides on some subject."""

    on: Subject = None
    """What it is for: `everything`, or a condition on proposals. The first rule that fits decides; put the particular
    before the general."""
    by: Annotated[list[Kind | Literal["delegated"]], BeforeValidator(one_or_several), Field(min_length=1)]
    """How: `consensus` (nobody objects), `unanimity` (all say yes), `majority`, `opt-in` (who wishes takes part) or
    `delegated` (an organ decides by its own rule). Where there are several, all must be met."""
    to: OrganId | None = None
    """The organ that decides, where it is delegated."""
    rule: RuleId | None = None
    """The rule of the case that says so."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """Since when, or from when to when, it holds; always, if you do not say."""


class Shares(Claim):
    """Who holds how much of something that an organisation shares out: posts, costs, votes in practice."""

    of: Text
    """What is shared out."""
    held: dict[ActorId, Annotated[StrictInt, Field(ge=0, le=10**6)]]
    """What members hold, by name."""
    others: Annotated[StrictInt, Field(ge=0, le=10**6)] | None = None
    """What each other member holds."""
    whole: Annotated[StrictInt, Field(gt=0, le=10**9)] | None = None
    """What the shares should add up to, e.g. 100 for per cent."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """When they hold."""
    divides: bool = False
    """Whether what the organisation gains by answering as one is taken to be divided in these shares; equally where
    none of its shares says so."""


class Chances(Part):
    """How probable it is that a member is for a proposal, and against it; neutral is what remains."""

    favour: Annotated[Estimate, Field(alias="for")]
    """The chance of yes, from 0 to 1."""
    against: Estimate
    """The chance of no, from 0 to 1."""


class MemberStance(Claim):
    """Where members stand on proposals."""

    of: Annotated[list[PartyId], BeforeValidator(one_or_several), Field(min_length=1)]
    """Whose stance: a member, or an organisation for all its members of whom nothing else is said."""
    on: Annotated[list[ProposalId], BeforeValidator(one_or_several), Field(min_length=1)]
    """On which proposals."""
    stance: Stance | None = None
    """Where they stand, as far as is known."""
    chances: Chances | None = None
    """Instead of a stance, how probable each is."""
