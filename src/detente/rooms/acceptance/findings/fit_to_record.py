"""The findings that hold the theories against what happened: outcomes, replies, and when it was asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log, log10

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.outcome_tests import OutcomeKind, OutcomeTest
from detente.rooms.acceptance.model.results import MOST_QUESTION_DRAWS, logit_probability
from detente.text.dates import format_date
from detente.text.english import as_sentence, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

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


def _statement(test: OutcomeTest) -> str:
    """What happened, in a sentence."""
    if test.is_proposal:
        return f"{test.title}: {'taken up' if test.accepted else 'not taken up'}."
    return as_sentence(test.title)


def _date(test: OutcomeTest) -> str:
    return format_date(test.date) if test.date else "undated"


def outcomes_finding(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> Finding | None:
    """What happened, with the chance that each theory gave it, beside a constant refusal; the misses first."""
    import polars as pl

    deciders = labels.deciders
    if not outcome_tests:
        return None
    rows = []
    for outcome_test in outcome_tests:
        row: dict[str, object] = {
            "what_happened": _statement(outcome_test),
            "date": _date(outcome_test),
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
        f"is the better choice {by_theory(deciders.full_theory)}; whether somebody who always says no would "
        "have been right.",
        table=pl.DataFrame(rows),
        headers={
            "what_happened": "what happened",
            "favoured": "better in, of 100 draws",
            "constant_refusal": "constant refusal",
        },
        links=("entries",),
        method=(
            f"Chances are means over {MOST_QUESTION_DRAWS:,} draws at most and over the ways the channel may be "
            "run, with "
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
            f"{count_noun(len(distinct_outcomes), 'different outcome')}, first of all: "
            f"{_statement(worst_missed)} It gave that "
            f"{per_hundred(worst_missed.probabilities[full_theory_index])} of 100, and it is the better choice "
            f"in {per_hundred(worst_missed.favoured_share)} "
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
            yield (
                f"On {len(agreed_outcomes)} the theories are within ten of 100 of each other, so these say "
                "nothing between them."
            )
    if uncounted := [outcome_test for outcome_test in outcome_tests if not outcome_test.is_counted]:
        reasons = [
            words
            for kind, words in EXCLUSION_REASONS.items()
            if any(outcome_test.kind == kind for outcome_test in uncounted)
        ]
        verb = "is" if len(uncounted) == 1 else "are"
        yield (
            f"{upper_first(count_noun(len(uncounted), 'outcome'))} more {join_words(reasons, 'or')}, and "
            f"{verb} not counted."
        )


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
