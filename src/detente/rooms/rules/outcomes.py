"""The numbers of the rules room by name."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.rules.model.rules import RulesModel

PROPOSALS = OutcomeKind(
    "rules.proposals", "proposals", "How many proposals, or parts of them, are held against the rules."
)
OPEN = OutcomeKind("rules.proposals.open", "proposals", "How many of them the rules of both sides leave open.")
KINDS = (PROPOSALS, OPEN)


def rules_outcomes(model: RulesModel) -> Iterator[Outcome]:
    """What the rules leave of the proposals."""
    yield PROPOSALS.at(len(model.ranking))
    yield OPEN.at(sum(ranked.is_open for ranked in model.ranking))
