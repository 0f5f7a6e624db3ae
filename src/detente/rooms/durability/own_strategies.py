"""Strategies of one's own, from a case or a file with nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from detente.case.loading.load import load_partial_case
from detente.errors import DetenteError
from detente.methods.games.strategies.library import NamedStrategy
from detente.rooms.durability.checks import strategy_name_faults


def read_strategies(file: Path) -> Mapping[str, NamedStrategy]:
    """The strategies of a file: a case, or one with nothing but `strategies:`.

    Raises:
        CaseError: With every problem found, each with file, line and column.
        DetenteError: If it holds none.
    """
    declared = load_partial_case(file, (strategy_name_faults,)).strategies
    if not declared:
        raise DetenteError(f"'{file}' holds no strategies; they stand under strategies:, each with its id")
    return {id: strategy.named_strategy for id, strategy in declared.items()}
