"""The findings that hold the theories against what happened: outcomes, replies, and when it was asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log10
from typing import Literal

from detente.case.schema.response import ObservedOutcome
from detente.methods.networks.communication_graph import pair_indices
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.outcome_questions import agenda_questions
from detente.rooms.acceptance.model.results import (
    MOST_QUESTION_DRAWS,
    OutcomeQuestion,
    deciding_party,
    logit_probability,
    question_of_outcome,
)
from detente.rooms.gains.model.draws import actors_of_party
from detente.text.dates import format_date
from detente.text.english import as_sentence, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

OutcomeKind = Literal["tested", "structural", "inferred"]
COUNTED_PHRASES: dict[OutcomeKind, str] = {
    "tested": "yes",
    "structural": "no, follows from the model",
    "inferred": "no, inferred",
}
"""Whether an outcome counts, in words."""
EXCLUSION_REASONS: dict[OutcomeKind, str] = {
    "structural": "would follow from the model in any case",
    "inferred": "would only be inferred",
    "tested": "stand for nothing in the model",
}
"""Why an outcome is not counted."""
LEAST_PROBABILITY = 0.01
"""No chance is taken to be nearer to 0 or 1 than this where likelihoods are compared: nobody is that sure."""
CLOSE_PROBABILITIES = 0.1
"""The difference of chances below which theories are said to say the same."""
NEGLIGIBLE_DECIBELS = 5
"""Decibels below which a difference is called next to nothing."""


@dataclass(frozen=True)
class OutcomeTest:
    """An outcome and the chance that each theory gave it."""

    id: str
    """Of the entry of the case; empty where it comes from the record."""
    statement: str
    date: str
    accepted: bool
    question: OutcomeQuestion | None
    """What is asked of the model about it; None where the model does not speak of it."""
    probabilities: tuple[float, ...]
    """By theory, that it was as it was; none where the model does not speak of it."""
    favoured_share: float
    """In which share of the draws it is the better choice, by all that counts."""
    entries: tuple[str, ...]
    kind: OutcomeKind = "tested"

    @property
    def is_counted(self) -> bool:
        """Whether it counts among those that theories are held against."""
        return self.kind == "tested" and bool(self.probabilities)


def evaluate_outcomes(labels: AcceptanceLabels) -> list[OutcomeTest]:
    """Every outcome with its chances: those that count first, the worst missed before the others."""
    deciders = labels.deciders
    outcome_tests = []
    for name, outcome in deciders.case.outcomes.items():
        question = question_of_outcome(deciders, outcome)
        kind: OutcomeKind = (
            "inferred" if outcome.inferred else "structural" if _follows_from_model(deciders, outcome) else "tested"
        )
        date = format_date(outcome.date) if outcome.date else "undated"
        statement = as_sentence(outcome.says)
        probabilities, favoured_share = _outcome_probabilities(labels, question, outcome.accepted)
        outcome_tests.append(
            OutcomeTest(
                name,
                statement,
                date,
                outcome.accepted,
                question,
                probabilities,
                favoured_share,
                tuple(outcome.entries),
                kind,
            )
        )
    for agenda_question in agenda_questions(deciders):
        title, taken_up = agenda_question.title, agenda_question.taken_up
        date = format_date(agenda_question.date) if agenda_question.date else "undated"
        statement = f"{title}: {'taken up' if taken_up else 'not taken up'}."
        probabilities, favoured_share = _outcome_probabilities(labels, agenda_question.question, taken_up)
        outcome_tests.append(
            OutcomeTest(
                "",
                statement,
                date,
                taken_up,
                agenda_question.question,
                probabilities,
                favoured_share,
                agenda_question.entries,
            )
        )
    full_theory_index = deciders.theories.index(deciders.full_theory)
    return sorted(
        outcome_tests,
        key=lambda outcome_test: (
            not outcome_test.is_counted,
            outcome_test.probabilities[full_theory_index] if outcome_test.probabilities else 2.0,
        ),
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
    labels: AcceptanceLabels, question: OutcomeQuestion | None, accepted: bool
) -> tuple[tuple[float, ...], float]:
    """By theory, the chance of what happened, over draws and forms; and how often it is the better choice."""
    import numpy as np

    deciders, result = labels.deciders, labels.result
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


def outcomes_finding(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> Finding | None:
    """What happened, with the chance that each theory gave it, beside a constant refusal; the misses first."""
    import polars as pl

    deciders = labels.deciders
    if not outcome_tests:
        return None
    rows = []
    for outcome_test in outcome_tests:
        row: dict[str, object] = {
            "what_happened": outcome_test.statement,
            "date": outcome_test.date,
            "accepted": "yes" if outcome_test.accepted else "no",
        }
        for theory_index, theory in enumerate(deciders.theories):
            row[theory.title] = (
                per_hundred(outcome_test.probabilities[theory_index]) if outcome_test.probabilities else ""
            )
        row["favoured"] = per_hundred(outcome_test.favoured_share) if outcome_test.probabilities else ""
        row["constant_refusal"] = "right" if not outcome_test.accepted else "wrong"
        row["counts"] = COUNTED_PHRASES[outcome_test.kind]
        row["entries"] = ", ".join(entry_id for entry_id in (outcome_test.id, *outcome_test.entries) if entry_id)
        rows.append(row)
    return Finding(
        id="outcomes",
        title="What happened, and what each theory gave it",
        says=" ".join(_outcomes_sentences(labels, outcome_tests)),
        see="The chance of 100 that each theory gave what happened, the least first, and in how many of 100 draws it "
        f"is the better choice {by_theory(deciders.full_theory)}; whether somebody who always says no would have been right.",
        table=pl.DataFrame(rows),
        headers={
            "what_happened": "what happened",
            "favoured": "better in, of 100 draws",
            "constant_refusal": "constant refusal",
        },
        links=("entries",),
        method=(
            f"Chances are means over {MOST_QUESTION_DRAWS:,} draws at most and over the ways the channel may be run, with "
            "choices as noisy, beside what who chooses has at stake, as the case assumes. Proposals of the record are "
            "taken issue by issue, by the first issue that is weighed, or as a whole. What was known when the case was "
            "written may have gone into its numbers, so this shows whether a theory can be squared with what happened, "
            "not that it foretold it. That nobody who has nothing across organisations declines links of its own "
            "follows from the model by own gains, before the costs of links (Myerson 1977), so such outcomes are shown "
            "and not counted; neither are those that are only inferred."
        ),
        rests_on=tuple(deciders.case.outcomes),
    )


def _outcomes_sentences(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> Iterator[str]:
    deciders = labels.deciders
    counted = [outcome_test for outcome_test in outcome_tests if outcome_test.is_counted]
    distinct_outcomes = distinguishable_outcomes(counted)
    full_theory_index = deciders.theories.index(deciders.full_theory)
    missed_outcomes = [
        outcome_test for outcome_test in distinct_outcomes if outcome_test.probabilities[full_theory_index] < 0.5
    ]
    if not counted:
        yield "The record holds nothing that the model could be held against."
    elif missed_outcomes:
        worst_missed = missed_outcomes[0]
        yield (
            f"{upper_first(by_theory(deciders.full_theory))} the model is wrong on {len(missed_outcomes)} of "
            f"{count_noun(len(distinct_outcomes), 'different outcome')}, first of all: {worst_missed.statement} It gave that "
            f"{per_hundred(worst_missed.probabilities[full_theory_index])} of 100, and it is the better choice in {per_hundred(worst_missed.favoured_share)} "
            "of 100 draws."
        )
    else:
        outcomes_phrase = (
            f"each of {len(distinct_outcomes)} different outcomes"
            if len(distinct_outcomes) > 1
            else "the one outcome that counts"
        )
        yield f"{upper_first(by_theory(deciders.full_theory))} the model gives {outcomes_phrase} more than even odds."
    if counted:
        refusals = sum(not outcome_test.accepted for outcome_test in distinct_outcomes)
        yield f"A constant refusal is right on {refusals} of them."
        agreed_outcomes = [
            outcome_test
            for outcome_test in distinct_outcomes
            if max(outcome_test.probabilities) - min(outcome_test.probabilities) < CLOSE_PROBABILITIES
        ]
        if agreed_outcomes and len(deciders.theories) > 1:
            yield f"On {len(agreed_outcomes)} the theories are within ten of 100 of each other, so these say nothing between them."
    if uncounted := [outcome_test for outcome_test in outcome_tests if not outcome_test.is_counted]:
        reasons = [
            words
            for kind, words in EXCLUSION_REASONS.items()
            if any(outcome_test.kind == kind for outcome_test in uncounted)
        ]
        verb = "is" if len(uncounted) == 1 else "are"
        yield f"{upper_first(count_noun(len(uncounted), 'outcome'))} more {join_words(reasons, 'or')}, and {verb} not counted."


def distinguishable_outcomes(outcome_tests: Sequence[OutcomeTest]) -> list[OutcomeTest]:
    """One of each kind of outcome that the model cannot tell apart: alike in what happened and in every chance."""
    groups: dict[tuple[object, ...], OutcomeTest] = {}
    for outcome_test in outcome_tests:
        groups.setdefault(
            (outcome_test.accepted, *(round(probability * 20) for probability in outcome_test.probabilities)),
            outcome_test,
        )
    return list(groups.values())


def likelihoods_finding(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> Finding | None:
    """How well each theory does on all outcomes together, beside a constant refusal, and how little that may mean."""
    import polars as pl

    deciders = labels.deciders
    distinct_outcomes = distinguishable_outcomes(
        [outcome_test for outcome_test in outcome_tests if outcome_test.is_counted]
    )
    if not distinct_outcomes:
        return None
    acceptance_rate = sum(outcome_test.accepted for outcome_test in distinct_outcomes) / len(distinct_outcomes)
    rows, scores = [], {}
    for theory_index, theory in enumerate(deciders.theories):
        scores[theory.title] = _joint_decibels(labels, distinct_outcomes, theory)
        rows.append(
            _score_row(
                theory.title,
                [outcome_test.probabilities[theory_index] for outcome_test in distinct_outcomes],
                scores[theory.title],
            )
        )
    for title, acceptance_probability in (("Constant refusal", 0.0), ("As often as among these", acceptance_rate)):
        probabilities = [
            acceptance_probability if outcome_test.accepted else 1 - acceptance_probability
            for outcome_test in distinct_outcomes
        ]
        rows.append(_score_row(title, probabilities, sum(map(_decibels, probabilities))))
    titles_by_score = sorted(scores, key=lambda title: -scores[title])
    decibel_gap = scores[titles_by_score[0]] - scores[titles_by_score[1]] if len(titles_by_score) > 1 else 0.0
    says = f"On {count_noun(len(distinct_outcomes), 'different outcome')} “{titles_by_score[0]}” does best"
    if len(titles_by_score) > 1 and round(decibel_gap):
        says += f", {count_noun(round(decibel_gap), 'decibel')} before “{titles_by_score[1]}”"
    elif len(titles_by_score) > 1:
        says = says.replace("does best", f"does best, and “{titles_by_score[1]}” as well as it")
    says += (
        ". That is next to nothing." if len(titles_by_score) > 1 and 0.5 <= decibel_gap < NEGLIGIBLE_DECIBELS else "."
    )
    if len({outcome_test.accepted for outcome_test in distinct_outcomes}) < 2:
        says = "All outcomes are alike, so nothing is said to discriminate between theories."
    says += " They are decisions of few actors about one matter, so such ratios overstate what they tell."
    return Finding(
        id="likelihoods",
        title="Theories against each other, and against a constant refusal",
        says=says,
        see="To how many outcomes each gives more than even odds; the mean squared error of its chances (Brier 1950); "
        "and ten times the logarithm of the chance that it gives to all of them together.",
        table=pl.DataFrame(rows),
        headers={"right": f"right, of {len(distinct_outcomes)}", "brier": "Brier score", "all": "all together, dB"},
        method=(
            "Outcomes that are alike, and whose chances are within a twentieth by every theory, count once. The "
            "chance of all together is the mean over draws and ways of running the channel of the product, each "
            "factor from .01 to .99, since the same numbers hold for all of them. As often as among these: the chance "
            "of an acceptance is its share among these very outcomes, which no forecaster knew."
        ),
        rests_on=tuple(deciders.case.outcomes),
    )


def _joint_decibels(labels: AcceptanceLabels, distinct_outcomes: Sequence[OutcomeTest], theory: AppliedTheory) -> float:
    """The chance that a theory gives to all outcomes together, in decibels."""
    import numpy as np

    result, forms = labels.result, labels.deciders.forms
    logs_by_form = []
    for form in forms:
        logs = np.zeros(1)
        for outcome_test in distinct_outcomes:
            if outcome_test.question:
                odds = result.question_log_odds[outcome_test.question, form, theory.id] * (
                    1 if outcome_test.accepted else -1
                )
                logs = logs + np.log(np.clip(logit_probability(odds), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY))
        logs_by_form.append(logs)
    all_logs = np.concatenate(logs_by_form)
    largest_log = float(all_logs.max())
    return 10 * (largest_log + log(float(np.exp(all_logs - largest_log).mean()))) / log(10)


def _score_row(title: str, probabilities: Sequence[float], decibels: float) -> dict[str, object]:
    return {
        "theory": title,
        "right": sum(p > 0.5 for p in probabilities),
        "brier": f"{sum((1 - p) ** 2 for p in probabilities) / len(probabilities):.2f}",
        "all": format_number(round(decibels)),
    }


def _decibels(p: float) -> float:
    return 10 * log10(min(max(p, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY))
