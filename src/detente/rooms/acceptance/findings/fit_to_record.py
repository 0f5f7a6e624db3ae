"""The findings that hold the theories against what happened: outcomes, replies, and when it was asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.text import JUDGING_NOTE, AcceptanceLabels, by_theory, title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.fit_to_record import (
    Baseline,
    ForecastScore,
    distinguishable_outcomes,
    score_baselines,
    score_theories,
)
from detente.rooms.acceptance.model.record_fit.outcome_questions import MOST_QUESTION_DRAWS
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeKind, OutcomeTest
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.text.english import as_sentence, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

COUNTED_PHRASES: dict[OutcomeKind, str] = {
    "tested": "yes",
    "structural": "no, follows from the model",
    "inferred": "no, inferred",
    "countered": "no, another offer",
}
"""Whether an outcome counts, in words."""
EXCLUSION_REASONS: dict[OutcomeKind, str] = {
    "structural": "would follow from the model in any case",
    "inferred": "would only be inferred",
    "countered": "met with another offer",
    "tested": "stand for nothing in the model",
}
"""Why an outcome is not counted."""
BASELINE_TITLES: dict[Baseline, str] = {
    "constant-refusal": "Constant refusal",
    "base-rate": "As often as among these",
}
"""Forecasts that know no theory, in a table."""
EVEN_ODDS = 0.5
CLOSE_PROBABILITIES = 0.1
"""The difference of chances below which theories are said to say the same."""
NEGLIGIBLE_DECIBELS = 5
"""Decibels below which a difference is called next to nothing."""


def _statement(test: OutcomeTest) -> str:
    """What happened, in a sentence."""
    if test.is_proposal:
        answered = "answered with another offer" if test.accepted is None else ""
        return f"{test.title}: {answered or ('taken up' if test.accepted else 'not taken up')}."
    return as_sentence(test.title)


def _outcome_columns(theories: Sequence[AppliedTheory]) -> tuple[Column, ...]:
    return (
        Column("what_happened", "what happened"),
        Column("date", format="date", missing="undated"),
        Column("accepted", format="yes_no"),
        Column("by_numbers_of", "by the numbers of", "year"),
        *(Column(f"gave_{theory.id}", title_of_theory(theory), "of_100", "probability") for theory in theories),
        Column("favoured", "better in, of 100 draws", "of_100", "share of draws"),
        Column("constant_refusal", "constant refusal"),
        Column("counts"),
        Column("entries", format="ids"),
    )


def _outcome_row(test: OutcomeTest, theories: Sequence[AppliedTheory]) -> dict[str, object]:
    """What happened, with the chance that each theory gave it; no chances where the model does not speak of it."""
    return {
        "what_happened": _statement(test),
        "date": test.date.text if test.date else None,
        "accepted": test.accepted,
        "by_numbers_of": test.year,
        **{f"gave_{theory.id}": p for theory, p in zip(theories, test.probabilities, strict=False)},
        "favoured": test.favoured_share if test.probabilities else None,
        "constant_refusal": None if test.accepted is None else "wrong" if test.accepted else "right",
        "counts": COUNTED_PHRASES[test.kind],
        "entries": ", ".join(entry_id for entry_id in (test.id, *test.entries) if entry_id),
    }


def outcomes_finding(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> Finding | None:
    """What happened, with the chance that each theory gave it, beside a constant refusal; the misses first."""
    deciders = labels.deciders
    if not outcome_tests:
        return None
    return Finding(
        id="outcomes",
        title="What happened, and what each theory gave it",
        says=" ".join(_outcomes_sentences(labels, outcome_tests)),
        see="The chance of 100 that each theory gave what happened, the least first, and in how many of 100 draws it "
        f"is the better choice {by_theory(deciders.full_theory)}; whether somebody who always says no would "
        "have been right.",
        table=make_table(
            _outcome_columns(deciders.theories), [_outcome_row(test, deciders.theories) for test in outcome_tests]
        ),
        method=(
            f"{JUDGING_NOTE} Chances are means over {MOST_QUESTION_DRAWS:,} draws at most and over the ways the "
            "channel may be run, with choices as noisy, beside what who chooses has at stake, as the case assumes. "
            "Proposals of the record are those of every approach that the side which offers makes, or others make on "
            "its behalf, of whatever kind; they are taken issue by issue, by the first issue that is weighed, or as a "
            "whole. "
            "What was known when the case was written may have gone into its numbers, so this shows whether a theory "
            "can be squared with what happened, not that it foretold it. That nobody who has nothing across "
            "organisations declines links of its own follows from the model by own gains, before the costs of links "
            "(Myerson 1977), so such outcomes are shown and not counted; neither are those that are only inferred, nor "
            "proposals answered with another offer, which were neither taken up nor refused."
        ),
        rests_on=tuple(deciders.case.outcomes),
    )


def _outcomes_sentences(labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest]) -> Iterator[str]:
    counted = [test for test in outcome_tests if test.is_counted]
    if counted:
        yield from _counted_sentences(labels, distinguishable_outcomes(counted))
    else:
        yield "The record holds nothing that the model could be held against."
    if uncounted := [test for test in outcome_tests if not test.is_counted]:
        kinds = {test.kind for test in uncounted}
        reasons = join_words((words for kind, words in EXCLUSION_REASONS.items() if kind in kinds), "or")
        verb = "is" if len(uncounted) == 1 else "are"
        yield f"{upper_first(count_noun(len(uncounted), 'outcome'))} more {reasons}, and {verb} not counted."


def _counted_sentences(labels: AcceptanceLabels, outcomes: Sequence[OutcomeTest]) -> Iterator[str]:
    """How the model, a constant refusal and the theories among each other do on outcomes of different kinds."""
    yield _misses_sentence(labels, outcomes)
    yield f"A constant refusal is right on {sum(not test.accepted for test in outcomes)} of them."
    agreed_count = sum(max(test.probabilities) - min(test.probabilities) < CLOSE_PROBABILITIES for test in outcomes)
    if agreed_count and len(labels.deciders.theories) > 1:
        subject = "this one says" if agreed_count == 1 else "these say"
        yield (
            f"On {agreed_count} the theories are within ten of 100 of each other, so {subject} nothing between them."
        )


def _misses_sentence(labels: AcceptanceLabels, outcomes: Sequence[OutcomeTest]) -> str:
    """On how many outcomes the model is wrong by all that counts, and on which it is most."""
    deciders = labels.deciders
    full_theory_index = deciders.theories.index(deciders.full_theory)
    misses = [test for test in outcomes if test.probabilities[full_theory_index] < EVEN_ODDS]
    subject = f"{upper_first(by_theory(deciders.full_theory))} the model"
    if misses:
        worst = misses[0]
        return (
            f"{subject} is wrong on {len(misses)} of {count_noun(len(outcomes), 'different outcome')}, first of all: "
            f"{_statement(worst)} It gave that {per_hundred(worst.probabilities[full_theory_index])} of 100, and it is "
            f"the better choice in {per_hundred(worst.favoured_share)} of 100 draws."
        )
    outcomes_phrase = (
        f"each of {len(outcomes)} different outcomes" if len(outcomes) > 1 else "the one outcome that counts"
    )
    return f"{subject} gives {outcomes_phrase} more than even odds."


def _score_columns(outcome_count: int) -> tuple[Column, ...]:
    return (
        Column("theory"),
        Column("right", f"right, of {outcome_count}", "count", "outcomes"),
        Column("brier", "Brier score", "decimals", "mean squared error"),
        Column("all", "all together, dB", "whole", "decibels"),
    )


def _score_row(score: ForecastScore) -> dict[str, object]:
    return {
        "theory": _forecast_title(score),
        "right": score.right_count,
        "brier": score.brier_score,
        "all": score.decibels,
    }


def _forecast_title(score: ForecastScore) -> str:
    """A theory, or a forecast that knows none."""
    return (
        title_of_theory(score.forecast)
        if isinstance(score.forecast, AppliedTheory)
        else BASELINE_TITLES[score.forecast]
    )


def likelihoods_finding(
    labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest], results: Sequence[AcceptanceResult]
) -> Finding | None:
    """How well each theory does on all outcomes together, beside forecasts that know none, and what that means."""
    outcomes = distinguishable_outcomes([test for test in outcome_tests if test.is_counted])
    if not outcomes:
        return None
    scores = score_theories(results, outcomes)
    years = sorted({test.year for test in outcomes})
    return Finding(
        id="likelihoods",
        title="Theories against each other, and against forecasts that know none",
        says=(
            f"{_best_theory_sentence(scores, outcomes)} {_baselines_sentence(labels, scores, outcomes)} They are "
            "decisions of few actors about one matter, so such ratios overstate what they tell."
        ),
        see="To how many outcomes each gives more than even odds; the mean squared error of its chances (Brier 1950); "
        "and ten times the logarithm of the chance that it gives to all of them together."
        f"{f' They are judged by the numbers of {join_words(map(str, years))}.' if len(years) > 1 else ''}",
        year=years[0] if len(years) == 1 else None,
        table=make_table(
            _score_columns(len(outcomes)), [_score_row(score) for score in (*scores, *score_baselines(outcomes))]
        ),
        method=(
            "Outcomes that are alike, and whose chances are within a twentieth by every theory, count once. The "
            "chance of all together is the mean over draws and ways of running the channel of the product, each "
            "factor from 0.01 to 0.99, since the same numbers hold for all of them; those of several years are drawn "
            "alike, each by its own estimates. As often as among these: the chance of an acceptance is its share among "
            "these very outcomes, which no forecaster knew."
        ),
        rests_on=tuple(labels.deciders.case.outcomes),
    )


def _baselines_sentence(
    labels: AcceptanceLabels, scores: Sequence[ForecastScore], outcomes: Sequence[OutcomeTest]
) -> str:
    """How the model does, by all that counts, beside those who know no theory, in decibels."""
    full = next(score for score in scores if score.forecast == labels.deciders.full_theory)
    base_rate, refusal = sorted(score_baselines(outcomes), key=lambda score: score.forecast != "base-rate")
    gap = base_rate.decibels - full.decibels
    word = "as well as" if not round(gap) else "better than" if gap > 0 else "worse than"
    base, own, always_no = (format_number(round(score.decibels)) for score in (base_rate, full, refusal))
    theory_phrase = by_theory(labels.deciders.full_theory)
    return (
        f"Who knows only how often it was yes among these does {word} the model {theory_phrase}: {base} against {own} "
        f"decibels. A constant refusal has {always_no}."
    )


def _best_theory_sentence(scores: Sequence[ForecastScore], outcomes: Sequence[OutcomeTest]) -> str:
    """Which theory does best, and how far before the next."""
    if len({test.accepted for test in outcomes}) < 2:
        return "All outcomes are alike, so nothing is said to discriminate between theories."
    best, *others = sorted(scores, key=lambda score: -score.decibels)
    subject = f"On {count_noun(len(outcomes), 'different outcome')} “{_forecast_title(best)}” does best"
    if not others:
        return f"{subject}."
    gap, next_title = best.decibels - others[0].decibels, _forecast_title(others[0])
    if not round(gap):
        return f"{subject}, and “{next_title}” as well as it."
    verdict = " That is next to nothing." if gap < NEGLIGIBLE_DECIBELS else ""
    return f"{subject}, {count_noun(round(gap), 'decibel')} before “{next_title}”.{verdict}"
