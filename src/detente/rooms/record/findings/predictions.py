"""The section on predictions: what became of each, by whose judgement, from which dated entries."""

from __future__ import annotations

from collections import Counter

from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import Prediction, PredictionJudgement
from detente.results.finding import Finding, Section, Tile
from detente.text.english import as_sentence, count_noun, join_words, upper_first

OUTCOME_PHRASES = {
    "came-true": "came true",
    "did-not": "did not",
    "too-early": "too early to say",
    "untestable": "cannot be tested",
}
METHOD = (
    "Each prediction of the documents as judged in the case, by the entries named; of several judgements by one judge "
    "the last counts. Whether a prediction came true is the judge's reading, not computed; a conditional prediction "
    "whose condition was not met is not tested by what followed. Predictions may say the same thing, so the counts are "
    "no score."
)


def final_judgements(prediction: Prediction) -> dict[str, PredictionJudgement]:
    """The last judgement of each judge."""
    return {judgement.by: judgement for judgement in prediction.judgements}


def date_made(case: Case, prediction: Prediction) -> str:
    """When a prediction was made: its own date, or its document's."""
    if prediction.made:
        return str(prediction.made)
    for place in prediction.at:
        issued = case.documents[place.document].cite.get("issued", {})
        if isinstance(issued, dict) and "raw" in issued:
            return str(issued["raw"])
    return ""


def predictions_section(case: Case) -> Section | None:
    """The section, or None if the documents predict nothing."""
    import polars as pl

    if not case.predictions:
        return None
    records = []
    outcome_counts: Counter[str] = Counter()
    for name, prediction in case.predictions.items():
        judgements = final_judgements(prediction)
        verdicts = {j.outcome for j in judgements.values()}
        outcome = (
            OUTCOME_PHRASES[verdicts.pop()] if len(verdicts) == 1 else "judges differ" if verdicts else "not judged"
        )
        outcome_counts[outcome] += 1
        conditions = [f"{j.condition.replace('-', ' ')}" for j in judgements.values() if j.condition]
        records.append(
            {
                "prediction": name,
                "in_words": prediction.says,
                "made": date_made(case, prediction),
                "horizon": str(prediction.horizon or ""),
                "condition": prediction.condition or "",
                "condition_was": join_words(dict.fromkeys(conditions)),
                "outcome": outcome,
                "judged_by": ", ".join(judgements),
                "because": " ".join(as_sentence(j.because) for j in judgements.values() if j.because),
                "from": ", ".join(dict.fromkeys(e for j in judgements.values() for e in j.entries)),
            }
        )
    outcome_order = [*OUTCOME_PHRASES.values(), "judges differ", "not judged"]
    # The misses first: where the documents were wrong is what a reader must not have to look for.
    display_order = [outcome_order[1], outcome_order[0], *outcome_order[2:]]
    judges = sorted({judge for prediction in case.predictions.values() for judge in final_judgements(prediction)})
    says = f"{upper_first(count_noun(len(records), 'prediction'))}: "
    says += f"{join_words(f'{outcome_counts[o]} {o}' for o in outcome_order if outcome_counts[o])}."
    says += f" Judged by: {case.coders[judges[0]].name}." if len(judges) == 1 else ""
    misses = [
        f"{r['prediction']} ({r['in_words'].rstrip('.')})"
        for r in records
        if r["outcome"] == OUTCOME_PHRASES["did-not"]
    ]
    detail = f"Did not come true: {'; '.join(misses)}." if misses else says
    finding = Finding(
        id="list",
        title="What became of each prediction",
        says=detail,
        see="Those that did not come true first; beside each, the entries it is judged by.",
        table=pl.DataFrame(sorted(records, key=lambda r: display_order.index(str(r["outcome"])))),
        links=("prediction", "from", "judged_by"),
        method=METHOD,
        rests_on=tuple(case.predictions),
    )
    true_count = outcome_counts[OUTCOME_PHRASES["came-true"]]
    tested_count = true_count + outcome_counts[OUTCOME_PHRASES["did-not"]]
    return Section(
        id="predictions",
        title="What the documents foretold",
        answer=says,
        tile=Tile(
            "What the documents foretold",
            f"{true_count} of {tested_count} testable predictions came true"
            if tested_count
            else "No prediction could be tested",
            f"{len(records)} in all; they may overlap",
        ),
        findings=(finding,),
        outcome={f"predictions.{o}": float(outcome_counts[words]) for o, words in OUTCOME_PHRASES.items()},
        method=METHOD,
    )
