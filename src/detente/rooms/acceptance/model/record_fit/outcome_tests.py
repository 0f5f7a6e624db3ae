"""Outcomes of the record held against the theories: the chance that each theory gave to what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.case.schema.response import ObservedOutcome
from detente.methods.chronology.edtf import Edtf
from detente.methods.networks.communication_graph import pair_indices
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.record_fit.judging_years import judging_index
from detente.rooms.acceptance.model.record_fit.outcome_odds import logit_probability
from detente.rooms.acceptance.model.record_fit.outcome_questions import (
    OutcomeQuestion,
    agenda_questions,
    deciding_party,
    question_of_outcome,
)
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.gains.model.network.parties import actors_of_party

OutcomeKind = Literal["tested", "structural", "inferred", "countered"]
"""Whether it tests anything, would follow from the model in any case, is only inferred, or is another offer."""


@dataclass(frozen=True)
class OutcomeTest:
    """An outcome and the chance that each theory gave it."""

    id: str
    """Of the entry of the case; empty where it comes from the record."""
    title: str
    """What the case says of it, or the title of what was proposed."""
    is_proposal: bool
    """Whether it is what became of a proposal of the record."""
    date: Edtf | None
    accepted: bool | None
    """None where a proposal was answered with another offer: neither taken up nor refused."""
    question: OutcomeQuestion | None
    """What is asked of the model about it; None where the model does not speak of it."""
    probabilities: tuple[float, ...]
    """By theory, that it was as it was; none where the model does not speak of it."""
    favoured_share: float
    """In which share of the draws it is the better choice, by all that counts."""
    year: int
    """By the numbers of which year it is judged."""
    entries: tuple[str, ...]
    kind: OutcomeKind = "tested"

    @property
    def is_counted(self) -> bool:
        """Whether it counts among those that theories are held against."""
        return self.kind == "tested" and bool(self.probabilities)


def evaluate_outcomes(results: Sequence[AcceptanceResult]) -> list[OutcomeTest]:
    """Every outcome with its chances: those that count first, the worst missed before the others.

    Args:
        results: The draws of each year that is worked out, that of the answer last.
    """
    deciders = results[-1].deciders
    full_theory = deciders.theories.index(deciders.full_theory)

    def rank(test: OutcomeTest) -> tuple[bool, float]:
        return not test.is_counted, test.probabilities[full_theory] if test.probabilities else 2.0

    return sorted([*_declared_outcomes(results), *_proposals(results)], key=rank)


def _declared_outcomes(results: Sequence[AcceptanceResult]) -> Iterator[OutcomeTest]:
    """The outcomes that the case declares."""
    all_deciders = [result.deciders for result in results]
    case = all_deciders[-1].case
    for name, outcome in case.outcomes.items():
        result = results[judging_index(all_deciders, outcome.date, deciding_party(case, outcome))]
        deciders = result.deciders
        question, accepted = question_of_outcome(deciders, outcome), outcome.accepted
        follows = _follows_from_model(deciders, outcome)
        kind: OutcomeKind = "inferred" if outcome.inferred else "structural" if follows else "tested"
        chances = _outcome_probabilities(result, question, accepted)
        year, entries = deciders.actor_network.year, tuple(outcome.entries)
        yield OutcomeTest(name, outcome.says, False, outcome.date, accepted, question, *chances, year, entries, kind)


def _proposals(results: Sequence[AcceptanceResult]) -> Iterator[OutcomeTest]:
    """What became of each proposal of the record."""
    all_deciders = [result.deciders for result in results]
    for asked in agenda_questions(all_deciders[-1]):
        result = results[judging_index(all_deciders, asked.date)]
        year = result.deciders.actor_network.year
        chances = _outcome_probabilities(result, asked.question, bool(asked.taken_up))
        kind: OutcomeKind = "countered" if asked.taken_up is None else "tested"
        yield OutcomeTest(
            "", asked.title, True, asked.date, asked.taken_up, asked.question, *chances, year, asked.entries, kind
        )


def _follows_from_model(deciders: DecisionMakers, outcome: ObservedOutcome) -> bool:
    """Whether it follows from the model by own gains, before the costs of links, for any numbers.

    So it does of who has nothing across organisations before and only gets links of its own: who has one more link
    loses nothing by it (Myerson 1977, for games in which more can do no less). And of who has nothing at all before, on
    an issue that pairs cannot settle.
    """
    if outcome.channel is None or not outcome.accepted:
        return outcome.accepted
    actor_network, model = deciders.actor_network, deciders.model
    deciding_actors = set(actors_of_party(deciders.case, actor_network, deciding_party(deciders.case, outcome)))
    graph_before = actor_network.graphs_of(outcome.instead_of or actor_network.observed_channel).own_graph
    graphs_after = actor_network.graphs_of(outcome.channel)
    if outcome.issue in model.collective_issue_values:
        return not model.collective_issue_values[str(outcome.issue)][
            model.graph_positions[graph_before, ()], sorted(deciding_actors)
        ].any()
    graphs = [graph for graph in (graphs_after.own_graph, graphs_after.coexisting_graph) if graph]
    adds_only_own_links = all(
        deciding_actors & set(link) for graph in graphs for link in set(graph.links) - set(graph_before.links)
    )
    keeps_all_links = all(set(graph_before.links) <= set(graph.links) for graph in graphs)
    pairs_across = zip(
        *(pair_ends[actor_network.across_organisations] for pair_ends in pair_indices(actor_network.n)), strict=True
    )
    had_across = any(
        {first_actor, second_actor} & deciding_actors and graph_before.component_masks[first_actor] >> second_actor & 1
        for first_actor, second_actor in pairs_across
    )
    has_fellow_members = any(
        actor_network.memberships[decider] & actor_network.memberships[other_actor]
        for decider in deciding_actors
        for other_actor in range(actor_network.n)
        if other_actor != decider
    )
    return (
        adds_only_own_links
        and keeps_all_links
        and not had_across
        and not (graphs_after.has_collegiate_form and has_fellow_members)
    )


def _outcome_probabilities(
    result: AcceptanceResult, question: OutcomeQuestion | None, accepted: bool
) -> tuple[tuple[float, ...], float]:
    """By theory, the chance of what happened, over draws and forms; and how often it is the better choice."""
    import numpy as np

    deciders = result.deciders
    if question is None:
        return (), 0.0
    sign = 1 if accepted else -1
    odds_by_theory = {
        theory.id: np.concatenate(
            [sign * result.question_log_odds[question, form, theory.id] for form in deciders.forms]
        )
        for theory in deciders.theories
    }
    probabilities = tuple(float(logit_probability(odds_by_theory[theory.id]).mean()) for theory in deciders.theories)
    full_theory_odds = odds_by_theory[deciders.full_theory.id]
    return probabilities, float(((full_theory_odds > 0) if accepted else (full_theory_odds >= 0)).mean())
