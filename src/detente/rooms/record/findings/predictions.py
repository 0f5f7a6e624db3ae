"""The section on predictions: what became of each, beside what a forecaster of no change would have said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from detente.results.finding import Finding, Section
from detente.results.table import Column, make_table
from detente.rooms.record.findings.text import count_of
from detente.rooms.record.model.predictions import JudgedPrediction, PredictionGroup, PredictionOutcome
from detente.rooms.record.model.record import RecordModel
from detente.text.english import as_sentence, cardinal, count_noun, join_words, upper_first

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
    "the last counts. Wordings that the case declares to say the same count as one prediction. Whether a prediction "
    "came true is the judge's reading, not computed; a conditional prediction whose condition was not met is not "
    "tested by what followed. Beside the documents stands somebody who always forecasts no change: a prediction tells "
    "more than that only where it came true and says something else. No document gives a chance, so none is scored."
)

COLUMNS = (
    Column("prediction", format="id"),
    Column("in_words"),
    Column("same_as", "says the same as", "id"),
    Column("made", format="date"),
    Column("horizon", format="date"),
    Column("condition"),
    Column("condition_was"),
    Column("outcome"),
    Column("says_no_change", "says that nothing changes", "yes_no"),
    Column("no_change_right", "forecast of no change right", "yes_no"),
    Column("judged_by", format="ids"),
    Column("because"),
    Column("from", format="ids"),
)


def predictions_section(model: RecordModel) -> Section | None:
    """The section, or None if the documents predict nothing."""
    if not model.predictions:
        return None
    return Section(
        id="predictions",
        title="What the documents foretold",
        headline=predictions_headline(model),
        findings=(_predictions_finding(model),),
        method=METHOD,
    )


def predictions_headline(model: RecordModel) -> str:
    """How many of the predictions that could be tested came true, or that they only foresaw that nothing changes."""
    tested = _tested(model)
    if not tested:
        return "No prediction of the documents can be tested so far."
    if _is_only_no_change(tested):
        who, was = _who_foresaw(model, tested)
        return f"{upper_first(who)} foresaw that nothing would change, and {was} right."
    true_count, total = sum(group.outcome == "came-true" for group in tested), len(tested)
    if total == 1:
        return f"The one prediction that can be tested {'came true' if true_count else 'did not come true'}."
    subject = count_of(true_count, total, "prediction", "predictions")
    return f"{upper_first(subject)} that can be tested came true."


def _tested(model: RecordModel) -> list[PredictionGroup]:
    return [group for group in model.predictions if group.is_tested]


def _is_only_no_change(tested: Sequence[PredictionGroup]) -> bool:
    """Whether all that could be tested is that nothing changes, and nothing did."""
    return all(group.no_change and group.outcome == "came-true" for group in tested)


def _who_foresaw(model: RecordModel, tested: Sequence[PredictionGroup]) -> tuple[str, str]:
    """The one document that made some predictions, by its short title, or the documents; and `was` or `were`."""
    documents = {place.document for group in tested for item in group.wordings for place in item.prediction.at}
    if len(documents) != 1:
        return "the documents", "were"
    document = model.case.documents[documents.pop()]
    return str(document.cite.get("title-short") or document.title), "was"


def _sentences(model: RecordModel) -> Iterator[str]:
    """What was foretold and came of it, beside a forecast of no change; how many there are, and who judges."""
    predictions, tested = model.predictions, _tested(model)
    yield predictions_headline(model)
    if tested and _is_only_no_change(tested):
        ways = sum(len(group.wordings) for group in tested)
        yield f"It was said in {cardinal(ways)} ways." if ways > 1 else "It was said once."
    if known := [group for group in tested if group.no_change is not None]:
        right_count = sum(group.no_change_is_right is True for group in known)
        yield f"Whoever always forecasts no change would have been right on {right_count} of {len(known)}."
    counts = Counter(group.outcome for group in predictions)
    outcomes = join_words(f"{cardinal(counts[o])} {words}" for o, words in OUTCOME_PHRASES.items() if counts[o])
    yield f"{upper_first(count_noun(len(predictions), 'prediction'))} in all: {outcomes}."
    judges = list(dict.fromkeys(judge for group in predictions for item in group.wordings for judge in item.judgements))
    if len(judges) == 1:
        yield f"Judged by: {model.case.coders[judges[0]].name}."


def _predictions_finding(model: RecordModel) -> Finding:
    """What became of each prediction, and which did not come true."""
    ordered = sorted(model.predictions, key=lambda group: DISPLAY_ORDER.index(group.outcome))
    misses = [group.wordings[0] for group in ordered if group.outcome == "did-not"]
    missed = "; ".join(f"{item.id} ({item.prediction.says.rstrip('.')})" for item in misses)
    return Finding(
        id="list",
        title="What became of each prediction",
        says=" ".join([*_sentences(model), *([f"Did not come true: {missed}."] if misses else [])]),
        see="Those that did not come true first, each with its other wordings and the entries it is judged by.",
        table=make_table(COLUMNS, (_record(group, item) for group in ordered for item in group.wordings)),
        method=METHOD,
        rests_on=tuple(model.case.predictions),
    )


def _record(group: PredictionGroup, item: JudgedPrediction) -> dict[str, object]:
    """A wording of a prediction; what a forecaster of no change says, only at the first."""
    judgements = item.judgements.values()
    conditions = [judgement.condition.replace("-", " ") for judgement in judgements if judgement.condition]
    is_first = item is group.wordings[0]
    return {
        "prediction": item.id,
        "in_words": item.prediction.says,
        "same_as": item.prediction.same_as or "",
        "made": item.made,
        "horizon": item.prediction.horizon.text if item.prediction.horizon else "",
        "condition": item.prediction.condition or "",
        "condition_was": join_words(dict.fromkeys(conditions)),
        "outcome": OUTCOME_PHRASES[item.outcome],
        "says_no_change": group.no_change if is_first else None,
        "no_change_right": group.no_change_is_right if is_first else None,
        "judged_by": ", ".join(item.judgements),
        "because": " ".join(as_sentence(j.because) for j in judgements if j.because),
        "from": ", ".join(dict.fromkeys(entry for j in judgements for entry in j.entries)),
    }
