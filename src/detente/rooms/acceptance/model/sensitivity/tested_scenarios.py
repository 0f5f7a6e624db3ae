"""The scenarios that put claims of the documents to the test: what becomes of the offer, and whether as expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.case.schema.case import Scenario
from detente.rooms.acceptance.model.estimated_share import HALF
from detente.rooms.acceptance.model.sensitivity.what_if import ChangedShare, WhatIf, WhatIfs

ScenarioVerdict = Literal["as-expected", "in-one-form", "otherwise"]
"""Whether what is expected comes about in every form of the channel, in some, or in none."""


@dataclass(frozen=True)
class TestedScenario:
    """A scenario that tests claims, worked out."""

    __test__ = False  # no test of pytest

    id: str
    scenario: Scenario
    what_if: WhatIf
    theory_id: str
    """Of the theory by which the answer is told."""

    @property
    def verdict(self) -> ScenarioVerdict:
        """Whether the offer fares as the claims expect, by the theory by which the answer is told."""
        met = [self._is_met(key) for key in self.what_if.strict if key[1] == self.theory_id]
        return "as-expected" if all(met) else "in-one-form" if any(met) else "otherwise"

    @property
    def asks_offering_side(self) -> bool:
        """Whether the claims are about the side that offers, and not the one that answers."""
        return self.scenario.expects in ("offers-more", "offers-less")

    def _is_met(self, key: tuple[Literal["hub", "collegiate"], str]) -> bool:
        accepted, offered = self.what_if.strict[key], self.what_if.offered[key]
        if self.scenario.expects == "no-change":
            return not accepted.is_clear
        if self.scenario.expects == "accepts":
            return accepted.after.value > HALF
        sign = 1 if str(self.scenario.expects).endswith("-more") else -1
        return _moves(offered if self.asks_offering_side else accepted, sign)


def _moves(share: ChangedShare, sign: int) -> bool:
    """Whether a share changes that way, beyond what so many draws leave open."""
    return share.is_clear and share.change.value * sign > 0


def work_out_tested_scenarios(what_ifs: WhatIfs, theory_id: str) -> tuple[TestedScenario, ...]:
    """Every scenario of a case that tests a claim.

    Args:
        what_ifs: Of the case.
        theory_id: Of the theory by which the answer is told.
    """
    return tuple(
        TestedScenario(name, scenario, what_ifs.ask(scenario.set, with_offering_side=True), theory_id)
        for name, scenario in what_ifs.case.scenarios.items()
        if scenario.tests
    )
