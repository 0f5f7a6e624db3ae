"""Strategies of one's own, from a case or a file with nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from detente.case.loading.load import load_part
from detente.errors import DetenteError
from detente.methods.games.strategies.library import NamedStrategy
from detente.rooms.durability.checks import strategy_problems


def read_strategies(file: Path) -> Mapping[str, NamedStrategy]:
    """The strategies of a file: a case, or one with nothing but `strategies:`.

    Raises:
        CaseError: With every problem found, each with file, line and column.
        DetenteError: If it holds none.
    """
    declared = load_part(file, (strategy_problems,)).strategies
    if not declared:
        raise DetenteError(f"'{file}' holds no strategies; they stand under strategies:, each with its id")
    return {id: strategy.definition for id, strategy in declared.items()}
