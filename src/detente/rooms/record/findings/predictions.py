"""The section on predictions: what became of each, by whose judgement, from which dated entries."""

from __future__ import annotations

from collections import Counter

from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import Judgement, Prediction
from detente.results.finding import Finding, Section, Tile
from detente.text.english import capital, count, listed, sentence

OUTCOMES = {
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


def final(prediction: Prediction) -> dict[str, Judgement]:
    """The last judgement of each judge."""
    return {judgement.by: judgement for judgement in prediction.judgements}


def made(case: Case, prediction: Prediction) -> str:
    """When a prediction was made: its own date, or its document's."""
    if prediction.made:
        return str(prediction.made)
    for at in prediction.at:
        issued = case.documents[at.document].cite.get("issued", {})
        if isinstance(issued, dict) and "raw" in issued:
            return str(issued["raw"])
    return ""


def section(case: Case) -> Section | None:
    """The section, or None if the documents predict nothing."""
    import polars as pl

    if not case.predictions:
        return None
    records = []
    tally: Counter[str] = Counter()
    for name, prediction in case.predictions.items():
        judged = final(prediction)
        verdicts = {j.outcome for j in judged.values()}
        outcome = OUTCOMES[verdicts.pop()] if len(verdicts) == 1 else "judges differ" if verdicts else "not judged"
        tally[outcome] += 1
        conditions = [f"{j.condition.replace('-', ' ')}" for j in judged.values() if j.condition]
        records.append(
            {
                "prediction": name,
                "in_words": prediction.says,
                "made": made(case, prediction),
                "horizon": str(prediction.horizon or ""),
                "condition": prediction.condition or "",
                "condition_was": listed(dict.fromkeys(conditions)),
                "outcome": outcome,
                "judged_by": ", ".join(judged),
                "because": " ".join(sentence(j.because) for j in judged.values() if j.because),
                "from": ", ".join(dict.fromkeys(e for j in judged.values() for e in j.entries)),
            }
        )
    order = [*OUTCOMES.values(), "judges differ", "not judged"]
    # The misses first: where the documents were wrong is what a reader must not have to look for.
    rank = [order[1], order[0], *order[2:]]
    judges = sorted({by for prediction in case.predictions.values() for by in final(prediction)})
    says = f"{capital(count(len(records), 'prediction'))}: "
    says += f"{listed(f'{tally[o]} {o}' for o in order if tally[o])}."
    says += f" Judged by: {case.coders[judges[0]].name}." if len(judges) == 1 else ""
    misses = [
        f"{r['prediction']} ({r['in_words'].rstrip('.')})" for r in records if r["outcome"] == OUTCOMES["did-not"]
    ]
    detail = f"Did not come true: {'; '.join(misses)}." if misses else says
    finding = Finding(
        id="list",
        title="What became of each prediction",
        says=detail,
        see="Those that did not come true first; beside each, the entries it is judged by.",
        table=pl.DataFrame(sorted(records, key=lambda r: rank.index(str(r["outcome"])))),
        links=("prediction", "from", "judged_by"),
        method=METHOD,
        rests_on=tuple(case.predictions),
    )
    held = tally[OUTCOMES["came-true"]]
    told = held + tally[OUTCOMES["did-not"]]
    return Section(
        id="predictions",
        title="What the documents foretold",
        answer=says,
        tile=Tile(
            "What the documents foretold",
            f"{held} of {told} testable predictions came true" if told else "No prediction could be tested",
            f"{len(records)} in all; they may overlap",
        ),
        findings=(finding,),
        outcome={f"predictions.{o}": float(tally[words]) for o, words in OUTCOMES.items()},
        method=METHOD,
    )
