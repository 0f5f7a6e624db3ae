"""An island of agreement: what the rules of both sides allow, through which channel, and what is disputed.

After the tool of the Centre of Competence on Humanitarian Negotiation for an island of agreement, which sorts facts and
norms into agreed and contested: here norms are the rules of the case, activity by activity, and facts those that a side
affirms or denies (`held_by:`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.case.schema.case import Case
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.rulings import ProposalRulings
from detente.rooms.rules.model.side_positions import SidePosition, best_positions

GroundKind = Literal["shared", "limited", "apart", "contested"]
"""What the rules make of an issue between the sides: both allow it; both allow it with limits or say nothing; one side
forbids it or has it elsewhere; or one cannot tell."""


@dataclass(frozen=True)
class IssueGround:
    """An issue, as the rules of both sides have it."""

    issue: str
    kind: GroundKind
    positions: tuple[SidePosition, ...]
    """Of each side, the one that offers first, on that proposal which they allow most."""
    proposed_by: tuple[str, ...]
    """Who put it forward."""
    one_by_one: bool
    """Whether the rules allow it with some member by itself, whatever they make of it between the sides."""


@dataclass(frozen=True)
class DisputedFact:
    """A fact that one side affirms and another denies, or that all affirm."""

    fact: str
    affirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]

    @property
    def is_contested(self) -> bool:
        """Whether any side denies it that another affirms."""
        return bool(self.affirmed_by and self.denied_by)


@dataclass(frozen=True)
class SharedGround:
    """Norms by issue, and facts by who holds them."""

    issues: tuple[IssueGround, ...]
    facts: tuple[DisputedFact, ...]

    def of_kind(self, kind: GroundKind) -> tuple[IssueGround, ...]:
        """The issues of one kind."""
        return tuple(one for one in self.issues if one.kind == kind)


def shared_ground(case: Case, rules: RulesModel | None) -> SharedGround | None:
    """What is agreed and what contested; None without rules, and without facts that sides hold."""
    facts = tuple(
        DisputedFact(
            id,
            tuple(party for party, holds in fact.held_by.items() if holds == "affirms"),
            tuple(party for party, holds in fact.held_by.items() if holds == "denies"),
        )
        for id, fact in case.facts.items()
        if fact.held_by
    )
    issues = tuple(_grounds(case, rules)) if rules else ()
    return SharedGround(issues, facts) if issues or facts else None


def _grounds(case: Case, rules: RulesModel) -> list[IssueGround]:
    found = []
    for issue in case.issues:
        names = [name for name, proposal in case.proposals.items() if issue in proposal.issues]
        rows = [row for row in rules.ranking if row.name in names]
        positions = best_positions(rows)
        if positions is None:
            continue
        by = [case.proposals[name].by for name in names]
        alone = any(
            _is_allowed(rulings, rules.docket.answering_party)
            for row in rows
            for rulings in rules.docket.under_member_rules(row.name, rules.docket.comparison_time).values()
        )
        found.append(
            IssueGround(issue, _kind(positions), positions, tuple(dict.fromkeys(one for one in by if one)), alone)
        )
    return found


def _is_allowed(rulings: ProposalRulings, organisation: str) -> bool:
    """Whether rules allow it with a member: a state may do what none bars, silence of an organisation's is no leave."""
    speaks = all(ruling.verdict.deciding_rules for ruling in rulings.party_rulings(organisation))
    return speaks and rulings.states() == ("open",)


def _kind(positions: tuple[SidePosition, ...]) -> GroundKind:
    if all(one == "allows" for one in positions):
        return "shared"
    if any(one in ("forbids", "covered") for one in positions):
        return "apart"
    if any(one in ("disputed", "unclear") for one in positions):
        return "contested"
    return "limited"
