"""What hangs on each rule: the verdicts that would be others without it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain

from detente.case.schema.legal_rules import Rule
from detente.methods.institutions.legal_rule import State
from detente.rooms.rules.model.build_rulebooks import of_whom, things
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import by_version
from detente.rooms.rules.model.verdicts_by_version import Whole

MOST_TAKEN_OUT = 2_000_000
"""Rules times things proposed, beyond which rules are not taken out in turn."""


@dataclass(frozen=True)
class Without:
    """What becomes of the verdicts, at the time of comparison, without one rule."""

    id: str
    moved: dict[str, tuple[State, ...]]
    """The proposals whose verdict is another, with what it is then."""
    lost: tuple[str, ...]
    """Those that were open and are not."""


def loads(docket: Docket) -> list[Without] | None:
    """Every rule that bears on proposals, taken out in turn; None if that is more than `MOST_TAKEN_OUT`."""
    if work(docket) > MOST_TAKEN_OUT:
        return None
    whole = Whole(docket)
    moved: dict[str, dict[str, tuple[State, ...]]] = {id: {} for id, _ in bearing(docket)}
    before = {name: docket.bloc(name, docket.now).states() for name in docket.proposals}
    for name, states in before.items():
        for id, after in _without_each(whole, name, moved.keys()):
            if after != states:
                moved[id][name] = after
    return [Without(id, its, tuple(name for name in its if before[name] == ("open",))) for id, its in moved.items()]


def _without_each(whole: Whole, name: str, rules: Set[str]) -> Iterator[tuple[str, tuple[State, ...]]]:
    """The verdicts on a proposal without each of these rules that could change them."""
    read = whole.read(name, whole.docket.now)
    with_all = [list(whole.verdicts(one)) for one in read]
    applying = [set(one.applying()) for one in read]
    for id in rules & (set().union(*applying) | whole.resolved.keys()):
        changed = [id in telling or id in whole.resolved for telling in applying]
        each = (whole.verdicts(one, id) if new else old for one, old, new in zip(read, with_all, changed, strict=True))
        yield id, by_version(chain.from_iterable(each))


def work(docket: Docket) -> int:
    """How many verdicts it takes at most to take every rule out in turn."""
    return sum(1 for _ in bearing(docket)) * sum(len(things(docket.case.proposals[n])) for n in docket.proposals)


def bearing(docket: Docket) -> Iterator[tuple[str, Rule]]:
    """The rules that bear on proposals and bind one of the two sides."""
    for id, rule in docket.case.rules.items():
        if rule.effects and of_whom(docket.case, rule) & set(docket.parties):
            yield id, rule
