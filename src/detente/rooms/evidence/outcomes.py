"""The numbers of the evidence room by name."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.evidence.model.evidence import EvidenceModel

SCORE = OutcomeKind(
    "evidence.<table>.<theory>.score",
    "motives",
    "The motives of a table that a theory explains, secondary ones by their weight.",
)
MARGIN = OutcomeKind(
    "evidence.<table>.margin", "motives", "By how much the leading theory of a table is ahead of the next."
)
POSTERIOR = OutcomeKind(
    "evidence.<table>.<hypothesis>.posterior",
    "probability",
    "How probable a hypothesis is after all evidence on a table.",
)
KINDS = (SCORE, MARGIN, POSTERIOR)


def evidence_outcomes(model: EvidenceModel) -> Iterator[Outcome]:
    """What the tables come to, then what the evidence on them makes of the hypotheses."""
    for test in model.tests:
        for theory, score in test.main_tally.scores.items():
            yield SCORE.at(float(score), test.id, theory)
        yield MARGIN.at(float(test.main_tally.margin), test.id)
    for result in model.posteriors:
        for hypothesis, probability in result.probabilities.items():
            yield POSTERIOR.at(probability, result.test.id, hypothesis)
