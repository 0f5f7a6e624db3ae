"""The strategies that a case declares."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema.case import Case
from detente.methods.games.strategies.library import NamedStrategy


def strategy_definitions(case: Case) -> Mapping[str, NamedStrategy]:
    """The case's own strategies by id, for the methods."""
    return {id: strategy.named_strategy for id, strategy in case.strategies.items()}
