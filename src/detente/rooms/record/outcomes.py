"""The numbers of the record room by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.record.model.contradictions import count_by_kind
from detente.rooms.record.model.predictions import PredictionOutcome
from detente.rooms.record.model.record import RecordModel

OFFERS = OutcomeKind("record.offers", "approaches", "How many approaches of every kind the record holds.")
APPROACHES = OutcomeKind(
    "record.offers.by-kind.<kind>",
    "approaches",
    "How many of them are formal offers, declarations, brought up in talks, informal soundings or public statements.",
)
ACCEPTED_ELSEWHERE = OutcomeKind(
    "record.offers.accepted-elsewhere",
    "approaches",
    "How many of those accepted were taken up through another channel than the sides are asked about.",
)
ACCEPTED = OutcomeKind(
    "record.offers.accepted", "offers", "How many of them were accepted by all whom they were made to."
)
PARTLY_ACCEPTED = OutcomeKind(
    "record.offers.partly-accepted",
    "offers",
    "How many offers to several were accepted by some whom they were made to, and not by all.",
)
REPLIES = OutcomeKind(
    "record.replies.<answer>",
    "replies",
    "How many replies of each kind the record holds, offers that answer another among them.",
)
LONGEST_WAIT = OutcomeKind(
    "record.offers.longest-wait",
    "months",
    "The longest time that an offer can have waited for an answer, by its dates.",
)
CONTRADICTIONS = OutcomeKind(
    "record.contradictions.by-kind.<kind>",
    "contradictions",
    "How many contradictions there are between documents, within one and with others; how many are only apparent, "
    "slips or checks.",
)
CHECKS = OutcomeKind(
    "record.contradictions.<result>",
    "contradictions",
    "How many declared contradictions computing shows, denies or leaves.",
)
PREDICTIONS = OutcomeKind(
    "record.predictions.<judgement>",
    "predictions",
    "How many predictions came true, did not, are too early to judge or cannot be, each counted once in all its words.",
)
NO_CHANGE = OutcomeKind(
    "record.predictions.no-change-right",
    "predictions",
    "How many of those that came true or did not somebody would have got right who always forecasts no change.",
)
JUDGED: tuple[PredictionOutcome, ...] = ("came-true", "did-not", "too-early", "untestable")
"""The judgements that are counted even where there is none."""
KINDS = (
    OFFERS,
    APPROACHES,
    ACCEPTED,
    ACCEPTED_ELSEWHERE,
    PARTLY_ACCEPTED,
    REPLIES,
    LONGEST_WAIT,
    CONTRADICTIONS,
    CHECKS,
    PREDICTIONS,
    NO_CHANGE,
)


def record_outcomes(model: RecordModel) -> Iterator[Outcome]:
    """What the record comes to; a kind of which the case holds nothing is left out."""
    offers = model.offers
    if model.case.recorded_offers:
        yield OFFERS.at(len(model.case.recorded_offers))
        for manner, count in offers.manner_counts.items():
            yield APPROACHES.at(count, manner)
        yield ACCEPTED.at(offers.accepted_count)
        yield ACCEPTED_ELSEWHERE.at(offers.accepted_elsewhere_count)
        yield PARTLY_ACCEPTED.at(offers.partly_accepted_count)
        for answer, count in offers.answer_counts.items():
            yield REPLIES.at(count, answer)
        if (longest := offers.longest_wait) and longest.wait:
            yield LONGEST_WAIT.at(longest.wait.longest_months)
    for kind, count in count_by_kind(model.contradictions).items():
        yield CONTRADICTIONS.at(count, kind)
    results = Counter(str(item.computed.agreement) for item in model.contradictions if item.computed)
    for result, count in results.items():
        yield CHECKS.at(count, result)
    counts = Counter(prediction.outcome for prediction in model.predictions)
    for judgement in JUDGED if model.predictions else ():
        yield PREDICTIONS.at(counts[judgement], judgement)
    if any(prediction.no_change_is_right is not None for prediction in model.predictions):
        yield NO_CHANGE.at(sum(prediction.no_change_is_right is True for prediction in model.predictions))
