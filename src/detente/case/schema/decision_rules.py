"""How organisations decide: decision rules by subject and time, stances of members, and who holds what share."""

from __future__ import annotations

import re
from collections.abc import Mapping
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

from detente.case.schema.base import (
    ActorId,
    CasePart,
    Claim,
    NonEmptyText,
    OrganId,
    PartyId,
    ProposalId,
    RuleId,
    as_list,
)
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.estimate import Estimate
from detente.case.schema.legal_rules import Condition

StanceLabel = Literal["for", "neutral", "against", "unknown"]
DecisionMode = Literal["consensus", "unanimity", "majority", "opt-in"]
_SHARE_PATTERN = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})|(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)


class Quota(Fraction):
    """So many votes, or, as a share of them such as `2/3` or `55 %`, a part of all."""

    is_share: bool = False

    @classmethod
    def parse(cls, value: Any) -> Quota:
        """A quota as a case has it: a whole number, or text with a fraction or a percentage."""
        if isinstance(value, Quota):
            return value
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return cls(value)
        match = _SHARE_PATTERN.fullmatch(value.strip()) if isinstance(value, str) else None
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
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": _SHARE_PATTERN.pattern, "examples": ["2/3", "55 %"]},
            ]
        }


class MajorityCriterion(CasePart):
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


RULE_KINDS: Mapping[str, str] = {
    "consensus": "nobody objects; silence and abstention do not block (as in the WTO Agreement 1994, Article IX, "
    "note 1)",
    "unanimity": "every member says yes (as for new members by Article 49 of the Treaty on European Union)",
    "majority": "enough votes are in favour, by heads or by weights, under one criterion or several (Felsenthal and "
    "Machover 1998); with a veto, the yes of its holders is needed besides (as by Article 27 of the UN Charter)",
    "opt-in": "whoever wishes takes part, and enough do (as by Article 20 of the Treaty on European Union)",
    "delegated": "an organ decides by its own rule (as the Security Council does by Article 24 of the UN Charter)",
}
"""The kinds of decision rules, each with what lets a proposal pass and where it is described."""


class VotingRequirements(Claim, MajorityCriterion):
    """What those who decide must have together."""

    also: Annotated[list[MajorityCriterion], BeforeValidator(as_list)] = []
    """Further criteria that a majority must meet."""
    blocking: Annotated[StrictInt, Field(ge=2, le=10**4)] | None = None
    """The fewest members that can block a majority, if one cannot do so alone. If fewer do not vote for it, it passes,
    whatever its criteria say. The Council of the European Union has `4` (Treaty on European Union, Article 16(4)).
    Whoever abstains stands in the way as well, unless all criteria are `of: voting`."""
    veto: Annotated[list[ActorId], BeforeValidator(as_list)] = []
    """Members whose yes is needed besides."""


class OrganRule(VotingRequirements):
    """How an organ decides what is delegated to it."""

    by: Annotated[list[DecisionMode], BeforeValidator(as_list), Field(min_length=1)]
    """How: `consensus` (nobody objects), `unanimity` (all say yes), `majority` or `opt-in` (who wishes takes part).
    Where there are several, all must be met."""


def _parse_subject(value: Any) -> Any:
    if isinstance(value, str):
        if value != "everything":
            raise PydanticCustomError(
                "subject", "'{given}' is no subject", {"given": value, "remedy": "everything, or a condition"}
            )
        return None
    return value


def _allow_everything(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"const": "everything"})


RuleSubject = Annotated[Condition | None, BeforeValidator(_parse_subject), Field(json_schema_extra=_allow_everything)]


class DecisionRule(VotingRequirements):
    """How an organisation decides on some subject."""

    on: RuleSubject = None
    """What it is for: `everything`, or a condition on proposals. The first rule that fits decides; put the particular
    before the general."""
    by: Annotated[list[DecisionMode | Literal["delegated"]], BeforeValidator(as_list), Field(min_length=1)]
    """How: `consensus` (nobody objects), `unanimity` (all say yes), `majority`, `opt-in` (who wishes takes part) or
    `delegated` (an organ decides by its own rule). Where there are several, all must be met."""
    to: OrganId | None = None
    """The organ that decides, where it is delegated."""
    rule: RuleId | None = None
    """The rule of the case that says so."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """Since when, or from when to when, it holds; always, if you do not say."""


class ShareAllocation(Claim):
    """Who holds how much of something that an organisation shares out: posts, costs, votes in practice."""

    of: NonEmptyText
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


class StanceProbabilities(CasePart):
    """How probable it is that a member is for a proposal, and against it; neutral is what remains."""

    favour: Annotated[Estimate, Field(alias="for")]
    """The chance of yes, from 0 to 1."""
    against: Estimate
    """The chance of no, from 0 to 1."""


class MemberStance(Claim):
    """Where members stand on proposals."""

    of: Annotated[list[PartyId], BeforeValidator(as_list), Field(min_length=1)]
    """Whose stance: a member, or an organisation for all its members of whom nothing else is said."""
    on: Annotated[list[ProposalId], BeforeValidator(as_list), Field(min_length=1)]
    """On which proposals."""
    stance: StanceLabel | None = None
    """Where they stand, as far as is known."""
    chances: StanceProbabilities | None = None
    """Instead of a stance, how probable each is."""
