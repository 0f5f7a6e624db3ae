"""The rules of a case: its docket, and what hangs on each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.rooms.rules.model.docket import Docket, docket
from detente.rooms.rules.model.rule_dependence import Without, loads


@dataclass(frozen=True)
class RulesModel:
    """Proposals held against rules."""

    docket: Docket
    dependence: Sequence[Without] | None
    """The verdicts that would be others without each rule; None where that is too much work."""


def apply_rules(case: Case) -> RulesModel | None:
    """The proposals of a case held against its rules; None if none can be held against any."""
    made = docket(case)
    return RulesModel(made, loads(made)) if made is not None else None
