"""What must be asked of the draws to hold them against what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.index.membership import represented_party
from detente.case.index.offers import decision_date, is_countered, is_taken_up, offers_between
from detente.case.schema.case import Case
from detente.case.schema.response import ObservedOutcome
from detente.methods.chronology.edtf import Edtf
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.record_fit.judging_years import judging_index

MOST_QUESTION_DRAWS = 2_048
"""Draws on which questions about outcomes are put."""
OutcomeQuestion = tuple[str, str, str, str]
"""A question to the draws: who decides, on which channel, instead of which, on which issue (or on none alone)."""


@dataclass(frozen=True, slots=True)
class AgendaQuestion:
    """A proposal of the record by the side that offers, and whether it was taken up."""

    question: OutcomeQuestion | None
    """None where the answer was another offer, which is no answer to it."""
    title: str
    date: Edtf | None
    """When it was decided on: when it was taken up, or else when it was made."""
    taken_up: bool | None
    """None where it was answered with another offer: neither taken up nor refused."""
    entries: tuple[str, ...]


def questions_by_year(deciders: Sequence[DecisionMakers]) -> list[list[OutcomeQuestion]]:
    """For each year that is worked out, every question of an outcome or a proposal that its numbers are to judge."""
    questions: list[dict[OutcomeQuestion, None]] = [{} for _ in deciders]
    for outcome in deciders[-1].case.outcomes.values():
        index = judging_index(deciders, outcome.date, deciding_party(deciders[-1].case, outcome))
        if question := question_of_outcome(deciders[index], outcome):
            questions[index][question] = None
    for asked in agenda_questions(deciders[-1]):
        index = judging_index(deciders, asked.date)
        if asked.question:
            questions[index][asked.question] = None
    return list(map(list, questions))


def agenda_questions(deciders: DecisionMakers) -> Iterator[AgendaQuestion]:
    """Every proposal of the record by the side that offers, issue by issue, and whether it was taken up."""
    case, answering_side = deciders.case, deciders.sides[1]
    for offer in offers_between(case, *deciders.sides):
        taken_up = None if is_countered(case, offer, answering_side) else is_taken_up(case, offer, answering_side)
        for name in offer.proposes:
            proposal = case.proposals[name]
            issue = next((issue for issue in proposal.issues if issue in deciders.model.issues), "")
            question = answering_side, deciders.offered_channel, deciders.actor_network.observed_channel, issue
            asked = None if taken_up is None else question
            decided = decision_date(case, offer, answering_side)
            yield AgendaQuestion(asked, proposal.title, decided, taken_up, (name, offer.id))


def question_of_outcome(deciders: DecisionMakers, outcome: ObservedOutcome) -> OutcomeQuestion | None:
    """The question that an outcome answers; None where no channel of the case stands for it."""
    if outcome.channel is None:
        return None
    decider = deciding_party(deciders.case, outcome)
    return decider, outcome.channel, outcome.instead_of or deciders.actor_network.observed_channel, outcome.issue or ""


def deciding_party(case: Case, outcome: ObservedOutcome) -> str:
    """The actor or organisation that decided, where it was done by an organ or by somebody in office."""
    return represented_party(case, outcome.by, outcome.date)
