"""What must be asked of the draws to hold them against what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.index.offers import is_taken_up, offers_between
from detente.methods.chronology.edtf import Edtf
from detente.rooms.acceptance.model.decision_makers import Council
from detente.rooms.acceptance.model.results import Asked, asked_of


@dataclass(frozen=True, slots=True)
class AgendaQuestion:
    """A proposal of the record by the side that offers, and whether it was taken up."""

    asked: Asked
    title: str
    date: Edtf | None
    taken_up: bool
    entries: tuple[str, ...]


def questions(council: Council) -> list[Asked]:
    """Every question that an outcome or a proposal of the record puts."""
    declared = [asked_of(council, outcome) for outcome in council.case.outcomes.values()]
    every = [*(one for one in declared if one), *(one.asked for one in agenda_questions(council))]
    return list(dict.fromkeys(every))


def agenda_questions(council: Council) -> Iterator[AgendaQuestion]:
    """Every proposal of the record by the side that offers, issue by issue, and whether it was taken up."""
    case, answers = council.case, council.sides[1]
    for offer in offers_between(case, *council.sides):
        taken = is_taken_up(case, offer)
        for proposal in offer.proposes:
            issues = [name for name in case.proposals[proposal].issues if name in council.model.issues]
            asked = (answers, council.channel, council.arena.observed, next(iter(issues), ""))
            yield AgendaQuestion(asked, case.proposals[proposal].title, offer.date, taken, (proposal, offer.id))
