"""The finding that holds the theories against each other, and against forecasts that know none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.record_words import in_sentence, theories_phrase
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.fit_to_record import (
    Baseline,
    ForecastScore,
    counted_outcomes,
    leading_theories,
    score_baselines,
    score_theories,
)
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.text.english import cardinal, join_words, upper_first
from detente.text.number_format import per_hundred

WITHOUT_THEORY = "Without theory"
"""Who knows only how often it was yes, in a picture."""
BASE_RATE_PHRASE = "a forecast that knows only how often the answer was yes"
BASELINE_TITLES: dict[Baseline, str] = {
    "constant-refusal": "Always no",
    "constant-acceptance": "Always yes",
    "base-rate": WITHOUT_THEORY,
}
"""Forecasts that know no theory, in a table and a picture."""
MOST_WORDS_IN_ANSWER = 6
CLOSE_PROBABILITIES = 0.1
"""The difference of chances below which theories are said to say the same."""
NEGLIGIBLE_DECIBELS = 5
"""Decibels below which forecasts are said to do about as well."""


def likelihoods_finding(
    labels: AcceptanceLabels, outcome_tests: Sequence[OutcomeTest], results: Sequence[AcceptanceResult]
) -> Finding | None:
    """How well each theory does on all outcomes together, beside forecasts that know none, and what that means."""
    outcomes = counted_outcomes(outcome_tests)
    if not outcomes:
        return None
    scores, baselines = score_theories(results, outcomes), score_baselines(outcomes)
    years = sorted({test.year for test in outcomes})
    judged_by = f" They are judged by the numbers of {join_words(map(str, years))}." if len(years) > 1 else ""
    return Finding(
        id="likelihoods",
        title="Theories against each other, and against forecasts that know none",
        question="Which theory fits best",
        short_answer=_short_answer(scores, outcomes),
        place="detail",
        says=" ".join(_sentences(labels, scores, baselines, outcomes)),
        picture=_picture(labels, scores, baselines),
        see="How many outcomes each gets right, the mean chance that it gave them, and its mean squared error (Brier "
        f"1950).{judged_by}",
        year=years[0] if len(years) == 1 else None,
        table=make_table(_columns(len(outcomes)), map(_row, (*scores, *baselines))),
        method=(
            "Outcomes that are alike, and whose chances are within a twentieth by every theory, count once. The "
            "chance of all together is the mean over draws and ways of running the channel of the product, each "
            "factor from 0.01 to 0.99, since the same numbers hold for all of them; those of several years are drawn "
            "alike, each by its own estimates. It is told in decibels, ten times its logarithm; the mean chance is its "
            "root by the number of outcomes, the geometric mean. Forecasts that are less than "
            f"{NEGLIGIBLE_DECIBELS} decibels apart are said to do about as well. Without theory: the chance of an "
            "acceptance is its share among these very outcomes, which no forecaster knew."
        ),
        rests_on=tuple(labels.deciders.case.outcomes),
    )


def comparison_phrase(score: ForecastScore, other: ForecastScore) -> str:
    """How a forecast does beside another, weighing how sure each was: `about as well as`."""
    gap = score.decibels - other.decibels
    return "about as well as" if abs(gap) < NEGLIGIBLE_DECIBELS else "better than" if gap > 0 else "worse than"


def _columns(outcome_count: int) -> tuple[Column, ...]:
    return (
        Column("theory"),
        Column("right", f"right, of {outcome_count}", "count", "outcomes"),
        Column("mean_chance", "mean chance given, of 100", "of_100", "probability"),
        Column("brier", "Brier score", "decimals", "mean squared error"),
        Column("all", "all together, dB", "whole", "decibels"),
    )


def _row(score: ForecastScore) -> dict[str, object]:
    return {
        "theory": _title(score),
        "right": score.right_count,
        "mean_chance": score.mean_probability,
        "brier": score.brier_score,
        "all": score.decibels,
    }


def _title(score: ForecastScore) -> str:
    """A theory, or a forecast that knows none."""
    forecast = score.forecast
    return title_of_theory(forecast) if isinstance(forecast, AppliedTheory) else BASELINE_TITLES[forecast]


def _are_alike(outcomes: Sequence[OutcomeTest]) -> bool:
    """Whether all were acceptances, or all refusals."""
    return len({test.accepted for test in outcomes}) < 2


def _short_answer(scores: Sequence[ForecastScore], outcomes: Sequence[OutcomeTest]) -> str:
    if len(scores) == 1:
        return "there is but one"
    if _are_alike(outcomes):
        return "all outcomes are alike"
    leading = leading_theories(scores, NEGLIGIBLE_DECIBELS)
    if len(leading) == len(scores):
        return "they cannot be told apart"
    if len(leading) > 1:
        return f"{cardinal(len(leading))} fit about equally well"
    name = in_sentence(leading[0])
    return name if len(name.split()) <= MOST_WORDS_IN_ANSWER else "one of them, clearly"


def _sentences(
    labels: AcceptanceLabels,
    scores: Sequence[ForecastScore],
    baselines: Sequence[ForecastScore],
    outcomes: Sequence[OutcomeTest],
) -> Iterator[str]:
    """Which theory fits best, how the model does beside who knows none, and how little that tells."""
    full_theory = labels.deciders.full_theory
    full = next(score for score in scores if score.forecast == full_theory)
    base_rate = next(score for score in baselines if score.forecast == "base-rate")
    if len(scores) > 1:
        yield from _leading_sentences(full_theory, scores, outcomes)
    if not _are_alike(outcomes):
        yield f"Weighing how sure it was, the model does {comparison_phrase(full, base_rate)} {BASE_RATE_PHRASE}."
        own, other = (per_hundred(one.mean_probability).replace("fewer", "less") for one in (full, base_rate))
        yield f"On average, the model gave what happened a chance of {own} in 100, the forecast {other}."
    yield "These are decisions of few actors on one matter, so differences tell little."


def _leading_sentences(
    full_theory: AppliedTheory, scores: Sequence[ForecastScore], outcomes: Sequence[OutcomeTest]
) -> Iterator[str]:
    """The theory that fits best, with those that cannot be told from it, and whether the one of the answer does."""
    if _are_alike(outcomes):
        yield "All outcomes are alike, so nothing tells the theories apart."
        return
    leading = leading_theories(scores, NEGLIGIBLE_DECIBELS)
    if len(leading) == len(scores):
        yield "No theory fits clearly better than another."
    elif len(leading) == 1:
        yield f"{upper_first(in_sentence(leading[0]))} fits best."
    else:
        yield f"{upper_first(theories_phrase(leading))} fit best, and cannot be told apart."
    if full_theory not in leading:
        yield f"The theory of our answer ({in_sentence(full_theory)}) fits less well."
    agreed = sum(max(test.probabilities) - min(test.probabilities) < CLOSE_PROBABILITIES for test in outcomes)
    if agreed:
        yield f"On {cardinal(agreed)} of {cardinal(len(outcomes))} outcomes all theories say nearly the same."


def _picture(
    labels: AcceptanceLabels, scores: Sequence[ForecastScore], baselines: Sequence[ForecastScore]
) -> RangeRows:
    """The mean chance that each gave to what happened, that of the answer first."""
    full_theory = labels.deciders.full_theory
    ordered = sorted(scores, key=lambda score: score.forecast != full_theory)
    rows = []
    for score in (*ordered, *baselines):
        forecast = score.forecast
        label = labels.theory_label(forecast) if isinstance(forecast, AppliedTheory) else BASELINE_TITLES[forecast]
        is_base = forecast == full_theory
        chance = score.mean_probability
        rows.append(RangeRow(label, (Bar(chance, chance),), "as we assume" if is_base else "", is_base=is_base))
    return RangeRows(
        says=f"The higher, the better it fits. “{WITHOUT_THEORY}” is that forecast.",
        measure="mean chance given to what happened, of 100",
        series=("Mean chance",),
        rows=tuple(rows),
        axis="share",
        heading="What it looks at",
    )
