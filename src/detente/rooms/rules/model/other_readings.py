"""What the rules leave open where something else is presumed of proposals than the case presumes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.rooms.rules.model.docket import Docket, build_docket
from detente.rooms.rules.model.rule_dependence import MOST_REMOVALS, count_removal_verdicts


@dataclass(frozen=True)
class OtherReadingVerdicts:
    """The proposals that are open, at the time of comparison, under another reading of one attribute."""

    attribute: str
    value: str
    open_proposals: frozenset[str]


def verdicts_by_other_readings(docket: Docket) -> Sequence[OtherReadingVerdicts]:
    """What every other reading that the case declares leaves open; nothing where that is too much work."""
    if count_removal_verdicts(docket) > MOST_REMOVALS:
        return []
    readings = (
        (name, value)
        for name, part in docket.case.attributes.items()
        for value in part.read_otherwise
        if value != part.presumed
    )
    return [
        OtherReadingVerdicts(name, value, open_proposals(other_docket))
        for name, value in readings
        if (other_docket := build_docket(_case_presuming(docket.case, name, value)))
    ]


def open_proposals(docket: Docket) -> frozenset[str]:
    """The proposals that nothing stands in the way of at the time of comparison, whatever source one follows."""
    when = docket.comparison_time
    return frozenset(name for name in docket.proposals if docket.under_bloc_rules(name, when).states() == ("open",))


def _case_presuming(case: Case, attribute: str, value: str) -> Case:
    """A case that presumes another answer to an attribute."""
    part = case.attributes[attribute].model_copy(update={"presumed": value})
    return case.model_copy(update={"attributes": {**case.attributes, attribute: part}})
