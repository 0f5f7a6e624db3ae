"""The numbers of the rules room by name."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.rules.model.rules import RulesModel

PROPOSALS = OutcomeKind(
    "rules.proposals", "proposals", "How many proposals, or parts of them, are held against the rules."
)
OPEN = OutcomeKind("rules.open-proposals", "proposals", "How many of them the rules of both sides leave open.")
IS_OPEN = OutcomeKind(
    "rules.<proposal>.open", "1 or 0", "Whether the rules of both sides leave a proposal open: 1 if they do, 0 if not."
)
OPEN_OTHERWISE = OutcomeKind(
    "rules.read-otherwise.<attribute>.<value>.open-proposals",
    "proposals",
    "How many are open where another answer is presumed to what rules ask, as the case says that somebody reads it.",
)
KINDS = (PROPOSALS, OPEN, OPEN_OTHERWISE, IS_OPEN)


def rules_outcomes(model: RulesModel) -> Iterator[Outcome]:
    """What the rules leave of the proposals."""
    yield PROPOSALS.at(len(model.ranking))
    yield OPEN.at(sum(ranked.is_open for ranked in model.ranking))
    for reading in model.other_readings:
        count = sum(ranked.name in reading.open_proposals for ranked in model.ranking)
        yield OPEN_OTHERWISE.at(count, reading.attribute, reading.value)
    for ranked in model.ranking:
        yield IS_OPEN.at(ranked.is_open, ranked.name)
