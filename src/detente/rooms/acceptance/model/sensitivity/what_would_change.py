"""What might be otherwise, and what becomes of the offer then: for the brief, each change on common draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from detente.case.schema.case import Case
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf, WhatIfs

ChangeKind = Literal["grave-threat", "adds-to-present", "scenario", "estimates"]
"""A threat that all feel, a channel that replaces nothing, a scenario of the case, a set of other estimates."""


@dataclass(frozen=True)
class TriedChange:
    """A change, and what becomes of the offer by it."""

    kind: ChangeKind
    id: str
    """Of the scenario or the set of estimates; of the others, their kind."""
    values: Mapping[str, Any]
    """What would stand otherwise, by path."""
    what_if: WhatIf


def try_changes(what_ifs: WhatIfs, deciders: DecisionMakers) -> tuple[TriedChange, ...]:
    """Every change that a brief may name: in the world first, then in our estimates."""
    return tuple(
        TriedChange(kind, id, values, what_ifs.ask(values)) for kind, id, values in _changes(what_ifs.case, deciders)
    )


def _changes(case: Case, deciders: DecisionMakers) -> Iterator[tuple[ChangeKind, str, Mapping[str, Any]]]:
    """The changes with their values by path; what two of them set alike is tried once, and named by the first."""
    seen: list[Mapping[str, Any]] = []
    for kind, id, values in _candidates(case, deciders):
        if values not in seen:
            seen.append(values)
            yield kind, id, values


def _candidates(case: Case, deciders: DecisionMakers) -> Iterator[tuple[ChangeKind, str, Mapping[str, Any]]]:
    if deciders.threat_is_lever and not deciders.is_threatened:
        perceiving = dict.fromkeys((*reversed(deciders.sides), *case.threat))
        yield "grave-threat", "grave-threat", {f"threat.{party}": 1 for party in perceiving}
    if case.channels[deciders.offered_channel].displaces is not None:
        yield "adds-to-present", "adds-to-present", {f"channels.{deciders.offered_channel}.exclusivity": 0}
    for name, scenario in case.scenarios.items():
        asks_answering_side = scenario.expects is not None and not scenario.expects.startswith("offers")
        if scenario.tests and asks_answering_side:
            yield "scenario", name, scenario.set
    for name, priors in case.priors.items():
        yield "estimates", name, priors.patch(name)
