"""The section on predictions: what became of each, by whose judgement, from which dated entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from detente.results.finding import Finding, Section, Tile
from detente.results.table import Column, make_table
from detente.rooms.record.model.predictions import JudgedPrediction, PredictionOutcome
from detente.rooms.record.model.record import RecordModel
from detente.text.english import as_sentence, count_noun, join_words, upper_first

OUTCOME_PHRASES: Mapping[PredictionOutcome, str] = {
    "came-true": "came true",
    "did-not": "did not",
    "too-early": "too early to say",
    "untestable": "cannot be tested",
    "judges-differ": "judges differ",
    "not-judged": "not judged",
}
DISPLAY_ORDER = ("did-not", "came-true", "too-early", "untestable", "judges-differ", "not-judged")
"""The misses first: where the documents were wrong is what a reader must not have to look for."""
METHOD = (
    "Each prediction of the documents as judged in the case, by the entries named; of several judgements by one judge "
    "the last counts. Whether a prediction came true is the judge's reading, not computed; a conditional prediction "
    "whose condition was not met is not tested by what followed. Predictions may say the same thing, so the counts are "
    "no score."
)

COLUMNS = (
    Column("prediction", format="id"),
    Column("in_words"),
    Column("made", format="date"),
    Column("horizon", format="date"),
    Column("condition"),
    Column("condition_was"),
    Column("outcome"),
    Column("judged_by", format="ids"),
    Column("because"),
    Column("from", format="ids"),
)


def predictions_section(model: RecordModel) -> Section | None:
    """The section, or None if the documents predict nothing."""
    predictions = model.predictions
    if not predictions:
        return None
    counts = Counter(item.outcome for item in predictions)
    says = _counts_sentence(model, counts)
    true_count, tested_count = counts["came-true"], counts["came-true"] + counts["did-not"]
    return Section(
        id="predictions",
        title="What the documents foretold",
        answer=says,
        tile=Tile(
            "What the documents foretold",
            f"{true_count} of {tested_count} testable predictions came true"
            if tested_count
            else "No prediction could be tested",
            f"{len(predictions)} in all; they may overlap",
        ),
        findings=(_predictions_finding(model, says),),
        method=METHOD,
    )


def _counts_sentence(model: RecordModel, counts: Counter[PredictionOutcome]) -> str:
    outcomes_phrase = join_words(f"{counts[o]} {words}" for o, words in OUTCOME_PHRASES.items() if counts[o])
    says = f"{upper_first(count_noun(len(model.predictions), 'prediction'))}: {outcomes_phrase}."
    judges = list(dict.fromkeys(judge for item in model.predictions for judge in item.judgements))
    return says + (f" Judged by: {model.case.coders[judges[0]].name}." if len(judges) == 1 else "")


def _predictions_finding(model: RecordModel, summary: str) -> Finding:
    """What became of each prediction; the summary where none was missed."""
    misses = [
        f"{item.id} ({item.prediction.says.rstrip('.')})" for item in model.predictions if item.outcome == "did-not"
    ]
    ordered = sorted(model.predictions, key=lambda item: DISPLAY_ORDER.index(item.outcome))
    return Finding(
        id="list",
        title="What became of each prediction",
        says=f"Did not come true: {'; '.join(misses)}." if misses else summary,
        see="Those that did not come true first; beside each, the entries it is judged by.",
        table=make_table(COLUMNS, map(_prediction_record, ordered)),
        method=METHOD,
        rests_on=tuple(model.case.predictions),
    )


def _prediction_record(item: JudgedPrediction) -> dict[str, object]:
    judgements = item.judgements.values()
    conditions = [judgement.condition.replace("-", " ") for judgement in judgements if judgement.condition]
    return {
        "prediction": item.id,
        "in_words": item.prediction.says,
        "made": item.made,
        "horizon": item.prediction.horizon.text if item.prediction.horizon else "",
        "condition": item.prediction.condition or "",
        "condition_was": join_words(dict.fromkeys(conditions)),
        "outcome": OUTCOME_PHRASES[item.outcome],
        "judged_by": ", ".join(item.judgements),
        "because": " ".join(as_sentence(j.because) for j in judgements if j.because),
        "from": ", ".join(dict.fromkeys(entry for j in judgements for entry in j.entries)),
    }
