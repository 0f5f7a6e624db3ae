"""The rules of a case: its docket, and what hangs on each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.rooms.rules.model.docket import Docket, build_docket
from detente.rooms.rules.model.rule_dependence import RuleRemoval, rule_removals


@dataclass(frozen=True)
class RulesModel:
    """Proposals held against rules."""

    docket: Docket
    removals: Sequence[RuleRemoval] | None
    """The verdicts that would be others without each rule; None where that is too much work."""


def apply_rules(case: Case) -> RulesModel | None:
    """The proposals of a case held against its rules; None if none can be held against any."""
    docket = build_docket(case)
    return RulesModel(docket, rule_removals(docket)) if docket is not None else None
