"""What became of each prediction, as it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import Prediction, PredictionJudgement

PredictionOutcome = Literal["came-true", "did-not", "too-early", "untestable", "judges-differ", "not-judged"]


@dataclass(frozen=True, slots=True)
class JudgedPrediction:
    """A prediction with the last judgement of each judge."""

    id: str
    prediction: Prediction
    made: str
    """When it was made: its own date, or its document's; nothing if neither is known."""
    judgements: Mapping[str, PredictionJudgement]
    """By judge."""

    @property
    def outcome(self) -> PredictionOutcome:
        """What became of it, where its judges agree."""
        outcomes = {judgement.outcome for judgement in self.judgements.values()}
        if not outcomes:
            return "not-judged"
        return outcomes.pop() if len(outcomes) == 1 else "judges-differ"


def judged_predictions(case: Case) -> list[JudgedPrediction]:
    """The predictions of the documents, as they are judged; of several judgements by one judge the last counts."""
    return [
        JudgedPrediction(
            name,
            prediction,
            _date_made(case, prediction),
            {judgement.by: judgement for judgement in prediction.judgements},
        )
        for name, prediction in case.predictions.items()
    ]


def _date_made(case: Case, prediction: Prediction) -> str:
    if prediction.made:
        return str(prediction.made)
    for place in prediction.at:
        issued = case.documents[place.document].cite.get("issued", {})
        if isinstance(issued, dict) and "raw" in issued:
            return str(issued["raw"])
    return ""
