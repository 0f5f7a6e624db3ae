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
KINDS = (PROPOSALS, OPEN, IS_OPEN)


def rules_outcomes(model: RulesModel) -> Iterator[Outcome]:
    """What the rules leave of the proposals."""
    yield PROPOSALS.at(len(model.ranking))
    yield OPEN.at(sum(ranked.is_open for ranked in model.ranking))
    for ranked in model.ranking:
        yield IS_OPEN.at(ranked.is_open, ranked.name)
