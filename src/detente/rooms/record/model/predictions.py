"""What became of each prediction, as it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class PredictionGroup:
    """One prediction in all its wordings, of which the first is the one that the others refer to."""

    wordings: tuple[JudgedPrediction, ...]

    @property
    def outcome(self) -> PredictionOutcome:
        """What became of it, where the judges of all wordings agree."""
        outcomes = {wording.outcome for wording in self.wordings} - {"not-judged"}
        if not outcomes:
            return "not-judged"
        return outcomes.pop() if len(outcomes) == 1 else "judges-differ"

    @property
    def is_tested(self) -> bool:
        """Whether it came true or did not."""
        return self.outcome in ("came-true", "did-not")

    @property
    def no_change(self) -> bool | None:
        """Whether a forecaster of no change would have said the same; None where nobody says."""
        return self.wordings[0].prediction.no_change

    @property
    def no_change_is_right(self) -> bool | None:
        """Whether a forecaster of no change would have been right; None where it was not tested, or nobody says."""
        if not self.is_tested or self.no_change is None:
            return None
        return self.no_change == (self.outcome == "came-true")


def group_predictions(predictions: Sequence[JudgedPrediction]) -> list[PredictionGroup]:
    """Each prediction once, with its wordings: those that others refer to first, in the order of the case."""
    groups: dict[str, list[JudgedPrediction]] = {
        item.id: [item] for item in predictions if item.prediction.same_as is None
    }
    for item in predictions:
        if item.prediction.same_as is not None:
            groups[item.prediction.same_as].append(item)
    return [PredictionGroup(tuple(wordings)) for wordings in groups.values()]


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
