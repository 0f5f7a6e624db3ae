"""What hangs on each rule: the verdicts that would be others without it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from detente.case.schema.legal_rules import Rule
from detente.methods.institutions.legal_rule import VerdictState
from detente.rooms.rules.model.build_rulebooks import proposal_parts, rule_owners
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import worst_states
from detente.rooms.rules.model.verdicts_by_version import VersionVerdicts

MOST_REMOVALS = 2_000_000
"""Rules times things proposed, beyond which rules are not taken out in turn."""


@dataclass(frozen=True)
class RuleRemoval:
    """What becomes of the verdicts, at the time of comparison, without one rule."""

    rule_id: str
    changed_states: dict[str, tuple[VerdictState, ...]]
    """The proposals whose verdict is another, with what it is then."""
    no_longer_open: tuple[str, ...]
    """Those that were open and are not."""


def rule_removals(docket: Docket) -> list[RuleRemoval] | None:
    """Every rule that bears on proposals, taken out in turn; None if that is more than `MOST_REMOVALS`."""
    if count_removal_verdicts(docket) > MOST_REMOVALS:
        return None
    version_verdicts = VersionVerdicts(docket)
    changed_states: dict[str, dict[str, tuple[VerdictState, ...]]] = {
        id: {} for id, _ in rules_bearing_on_proposals(docket)
    }
    states_before = {name: docket.under_bloc_rules(name, docket.comparison_time).states() for name in docket.proposals}
    for name, states in states_before.items():
        for id, states_after in _states_without_rules(version_verdicts, name, changed_states.keys()):
            if states_after != states:
                changed_states[id][name] = states_after
    return [
        RuleRemoval(id, changes, tuple(name for name in changes if states_before[name] == ("open",)))
        for id, changes in changed_states.items()
    ]


def most_decisive_removals(
    removals: Sequence[RuleRemoval] | None, open_names: Collection[str]
) -> tuple[Sequence[RuleRemoval], int]:
    """The rules without which most of some open proposals would no longer be open, and how many that are for each.

    Several rules are equal in this; there are none where no rule carries any of them alone, or none was taken out.
    """
    lost_counts = [sum(name in open_names for name in removal.no_longer_open) for removal in removals or ()]
    most = max(lost_counts, default=0)
    if most == 0:
        return (), 0
    return [removal for removal, count in zip(removals or (), lost_counts, strict=True) if count == most], most


def _states_without_rules(
    version_verdicts: VersionVerdicts, name: str, rules: Set[str]
) -> Iterator[tuple[str, tuple[VerdictState, ...]]]:
    """The verdicts on a proposal without each of these rules that could change them."""
    readings = version_verdicts.party_readings(name, version_verdicts.docket.comparison_time)
    full_verdicts = [list(version_verdicts.states_without_rule(reading)) for reading in readings]
    applying_rules = [set(reading.applying_rules()) for reading in readings]
    for id in rules & (set().union(*applying_rules) | version_verdicts.versions_without.keys()):
        may_change = [id in telling or id in version_verdicts.versions_without for telling in applying_rules]
        verdicts = (
            version_verdicts.states_without_rule(reading, id) if new else old
            for reading, old, new in zip(readings, full_verdicts, may_change, strict=True)
        )
        yield id, worst_states(chain.from_iterable(verdicts))


def count_removal_verdicts(docket: Docket) -> int:
    """How many verdicts it takes at most to take every rule out in turn."""
    return sum(1 for _ in rules_bearing_on_proposals(docket)) * sum(
        len(proposal_parts(docket.case.proposals[n])) for n in docket.proposals
    )


def rules_bearing_on_proposals(docket: Docket) -> Iterator[tuple[str, Rule]]:
    """The rules that bear on proposals and bind one of the two sides."""
    for id, rule in docket.case.rules.items():
        if rule.effects and rule_owners(docket.case, rule) & set(docket.parties):
            yield id, rule
