"""What the known rules of both sides make of an offer, what would lift what stands in its way, and who could."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.legal_rules import AttributeAnswer
from detente.methods.institutions.legal_rule import ChangeSet, LegalChange
from detente.rooms.rules.model.build_rulebooks import rule_owners
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.feasibility_ranking import RankedProposal, judge_proposal
from detente.rooms.rules.model.side_positions import POSITIONS_WORST_FIRST, SidePosition, side_position

ALLOWING: tuple[SidePosition, ...] = ("allows", "silent")
"""Positions that leave something open."""


@dataclass(frozen=True)
class IssueRuling:
    """What the rules of both sides make of one issue of an offer."""

    issue: str
    row: RankedProposal
    """The proposal that says what is meant, with what the clauses of the offer give."""

    @property
    def positions(self) -> tuple[SidePosition, ...]:
        """Where the rules of each side stand, the one that offers first."""
        return tuple(side_position(self.row, party) for party in self.row.rulings.parties)

    @property
    def is_open(self) -> bool:
        """Whether no known rule stands in its way."""
        return all(position in ALLOWING for position in self.positions)

    @property
    def opening(self) -> ChangeSet:
        """The fewest changes that would open it; none where it is open, or where no few changes would."""
        openings = () if self.is_open else self.row.rulings.openings
        return openings[0] if openings else frozenset()


@dataclass(frozen=True)
class OfferRules:
    """What the rules of both sides make of an offer."""

    case: Case
    by_issue: tuple[IssueRuling, ...]
    unheard: tuple[str, ...]
    """Issues on which no proposal says enough to be held against rules."""

    @property
    def is_open(self) -> bool:
        """Whether no known rule stands in the way of any of it."""
        return bool(self.by_issue) and all(one.is_open for one in self.by_issue)

    @property
    def obstacles(self) -> tuple[IssueRuling, ...]:
        """The issues that some rule stands in the way of."""
        return tuple(one for one in self.by_issue if not one.is_open)

    @cached_property
    def lifted_by(self) -> tuple[str, ...]:
        """The parties that could lift all that stands in its way, by the fewest changes."""
        return tuple(dict.fromkeys(party for one in self.obstacles for party in self.parties_for(one)))

    def parties_for(self, ruling: IssueRuling) -> tuple[str, ...]:
        """The parties that could lift what stands in the way of one issue: who has a rule gives it up."""
        found = (party for change in sorted(ruling.opening) for party in _parties_of(self.case, change))
        return tuple(dict.fromkeys(found))


def offer_rules(
    docket: Docket | None, issues: Sequence[str], clauses: Sequence[str], proposals: Sequence[str] = ()
) -> OfferRules | None:
    """An offer held against the rules of both sides, at the time at which all proposals are compared.

    Args:
        docket: The proposals and rules of the case; None gives None.
        issues: What is in the offer.
        clauses: Its clauses, of which some give what rules ask for (`gives:`).
        proposals: The proposals that say what is meant; else, on each issue, that one which the rules allow most.
    """
    if docket is None:
        return None
    case = docket.case
    given = {name: value for clause in clauses for name, value in case.clauses[clause].gives.items()}
    found, unheard = [], []
    for issue in issues:
        known = [name for name in docket.proposals if issue in case.proposals[name].issues]
        own = [name for name in proposals if name in known]
        asked = docket if not given else _with_answers(docket, own or known, given)
        rulings = [IssueRuling(issue, judge_proposal(asked, name)) for name in own or known]
        if not rulings:
            unheard.append(issue)
        elif own:  # all that is named is meant, so that the strictest verdict counts
            found.append(min(rulings, key=_openness))
        else:
            found.append(max(rulings, key=_openness))
    return OfferRules(case, tuple(found), tuple(unheard))


def _openness(ruling: IssueRuling) -> tuple[int, int]:
    places = [POSITIONS_WORST_FIRST.index(position) for position in ruling.positions]
    return min(places), sum(places)


def _with_answers(docket: Docket, names: Sequence[str], given: Mapping[str, str]) -> Docket:
    """The same docket, with proposals that have what some clauses give, in the whole and in every part."""
    proposals = dict(docket.case.proposals)
    answers = {name: AttributeAnswer(value=value) for name, value in given.items()}
    for name in names:
        own = proposals[name]
        parts = [
            part.model_copy(update={"attributes": {key: a for key, a in part.attributes.items() if key not in given}})
            for part in own.parts
        ]
        proposals[name] = own.model_copy(update={"attributes": {**own.attributes, **answers}, "parts": parts})
    return replace(docket, case=docket.case.model_copy(update={"proposals": proposals}))


def _parties_of(case: Case, change: LegalChange) -> list[str]:
    subject, sides = change.target.partition("@")[0], case_sides(case) or ()
    match change.kind:
        case "adopts":
            return [subject]
        case "drops":
            return sorted(rule_owners(case, case.rules[subject]) & set(sides))
        case "amends":  # the offer itself
            return list(sides[:1])
    return list(case.attributes[subject].by) if subject in case.attributes else []
