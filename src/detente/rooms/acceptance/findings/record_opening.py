"""How the chapter on the record opens: what the model gets right, beside who always says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Missing
from detente.results.pictures import TallyPart, TallyRow, UnitTally
from detente.rooms.acceptance.findings.record_words import in_sentence, outcome_statement, part_phrase, with_example
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.findings.theory_fit import BASE_RATE_PHRASE, comparison_phrase
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.fit_to_record import (
    Baseline,
    ForecastScore,
    ModelFit,
    score_baselines,
    score_theories,
)
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest
from detente.text.english import cardinal

CONSTANT_LABELS: dict[Baseline, str] = {"constant-refusal": "Always no", "constant-acceptance": "Always yes"}
"""Those who always say the same, as rows of the picture."""
UNTESTED_HEADLINE = "Nothing on record tests the model."
HINDSIGHT_SENTENCE = "We chose its numbers knowing what happened, so this shows fit, not foresight."


def record_headline(fit: ModelFit | None) -> str:
    """How many distinct outcomes the model gets right, and how many who always says the same."""
    if fit is None:
        return UNTESTED_HEADLINE
    if fit.outcome_count == 1:
        return f"The model gets the one outcome that tests it {'right' if fit.right_count else 'wrong'}."
    told = part_phrase(fit.right_count, fit.outcome_count, "distinct outcomes")
    constant_right = max(fit.no_count, fit.yes_count)
    if constant_right == fit.right_count:
        return f"The model gets {told} right, no more than {_constant_phrase(fit)}."
    count = "all" if constant_right == fit.outcome_count else cardinal(constant_right)
    return f"The model gets {told} right; {_constant_phrase(fit)} gets {count}."


def _constant_phrase(fit: ModelFit) -> str:
    """Who always says the same, the better of the two."""
    if fit.no_count == fit.yes_count:
        return "the same answer every time"
    return f"saying {'no' if fit.no_count > fit.yes_count else 'yes'} every time"


def record_lead(model: AcceptanceModel, fit: ModelFit | None, outcomes: Sequence[OutcomeTest]) -> str:
    """What it gets wrong, how it does beside who knows only how often it was yes, and that it knew what happened."""
    if fit is None:
        return "So we cannot say how well it fits."
    return " ".join((*_miss_sentences(fit), _comparison_sentence(model, fit, outcomes), HINDSIGHT_SENTENCE))


def _miss_sentences(fit: ModelFit) -> Iterator[str]:
    """The outcome that it gives the least chance, where it gets some wrong."""
    if fit.misses:
        count = len(fit.misses)
        head = "It misses one" if count == 1 else f"It misses {cardinal(count)}, such as this one"
        yield with_example(head, outcome_statement(fit.misses[0]))


def _comparison_sentence(model: AcceptanceModel, fit: ModelFit, outcomes: Sequence[OutcomeTest]) -> str:
    if fit.yes_count in (0, fit.outcome_count):
        if fit.outcome_count == 1:
            return "One outcome is hardly a test."
        kind, word = ("refusals", "no") if not fit.yes_count else ("acceptances", "yes")
        return f"All of them are {kind}, so saying {word} every time cannot be wrong."
    full_theory = model.years[-1].deciders.full_theory
    full = next(score for score in score_theories(model.years, outcomes) if score.forecast == full_theory)
    base_rate = next(score for score in score_baselines(outcomes) if score.forecast == "base-rate")
    return f"Weighing how sure it was, it does {comparison_phrase(full, base_rate)} {BASE_RATE_PHRASE}."


def record_picture(
    model: AcceptanceModel, labels: AcceptanceLabels, outcomes: Sequence[OutcomeTest]
) -> UnitTally | None:
    """A row for the model, each theory, and who always says the same; None where nothing on record tests them."""
    if not outcomes:
        return None
    full_theory = labels.deciders.full_theory
    scores = sorted(score_theories(model.years, outcomes), key=lambda score: score.forecast != full_theory)
    constants = [score for score in score_baselines(outcomes) if score.forecast in CONSTANT_LABELS]
    return UnitTally(
        says="Each row lets one theory answer; the last two always say the same.",
        rows=tuple(_tally_row(_forecast_label(labels, score), score) for score in (*scores, *constants)),
        unit="one distinct outcome",
    )


def _forecast_label(labels: AcceptanceLabels, score: ForecastScore) -> str:
    if not isinstance(score.forecast, AppliedTheory):
        return CONSTANT_LABELS[score.forecast]
    if score.forecast == labels.deciders.full_theory:
        return f"The model ({in_sentence(score.forecast)})"
    return labels.theory_label(score.forecast)


def _tally_row(label: str, score: ForecastScore) -> TallyRow:
    wrong = score.outcome_count - score.right_count
    parts = (TallyPart("yes", score.right_count, "right"), TallyPart("no", wrong, "wrong"))
    return TallyRow(label, parts)


def missing_of_record(model: AcceptanceModel, labels: AcceptanceLabels) -> Iterator[Missing]:
    """What of the record a reader may look for."""
    if not any(test.is_counted for test in model.outcome_tests):
        yield Missing(
            "whether the model fits what happened",
            "The case has no decision that could test it.",
            "Add `outcomes:`, one entry a decision.",
        )
    if not model.replies_on_record:
        yield Missing(
            "whether it foresees each reply",
            f"The record holds no reply of {labels.answering_side} to such an offer.",
            "Add an entry of `kind: reply` to `record:`.",
        )
    if model.renewed_offers is None:
        yield Missing(
            f"whether it explains when {labels.offering_side} asks",
            "The record does not hold offers of several years.",
            "Add entries of `kind: offer` with their `date:` to `record:`.",
        )
