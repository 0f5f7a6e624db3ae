"""What hangs on each rule: the verdicts that would be others without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.case.competence import Rule
from detente.rules.competence import Rulebook
from detente.rules.docket import Docket
from detente.rules.held import by_version
from detente.rules.rule import State
from detente.rules.standing import Reading
from detente.rules.translation import Version, disputed, versions
from detente.rules.truths import bits


@dataclass(frozen=True)
class Without:
    """What becomes of the verdicts, at the time of comparison, without one rule."""

    id: str
    moved: dict[str, tuple[State, ...]]
    """The proposals whose verdict is another, with what it is then."""
    lost: tuple[str, ...]
    """Those that were open and are not."""


@dataclass(frozen=True)
class _Read:
    """One thing proposed, as all rules of one party read on it, those in dispute all at once."""

    book: Rulebook
    reading: Reading

    def applying(self) -> Iterator[str]:
        """The rules that apply or may: the others change no verdict by being taken out."""
        return (self.book.rules[number].id for number in bits(self.reading.applies | self.reading.may_apply))

    def states(self, versions: Sequence[Version], without: str) -> Iterator[tuple[list[int], State]]:
        """The verdicts without a rule, each with the versions of what is disputed that come to it."""
        found: dict[int, list[int]] = {}
        for number, version in enumerate(versions):
            out = self.book.mask({*version.left_out, without})
            found.setdefault(self.book.masks.every & ~out, []).append(number)
        return ((its, self.book.masks.standing(self.reading, left).state) for left, its in found.items())


def loads(docket: Docket) -> list[Without]:
    """Every rule that bears on proposals, taken out in turn: what it overrides or disputes then stands by itself."""
    before = {name: docket.bloc(name, docket.now).states() for name in docket.proposals}
    moved: dict[str, dict[str, tuple[State, ...]]] = {id: {} for id, _ in bearing(docket)}
    resolved = _resolved(docket)
    for name, states in before.items():
        read = [_Read(book, book.masks.reading(attributes)) for book, attributes in docket.read(name, docket.now)]
        applying = {id for one in read for id in one.applying()}
        for id, its in moved.items():
            if id in applying or id in resolved:
                after = _without(read, resolved.get(id, docket.versions), id)
                if after != states:
                    its[name] = after
    return [Without(id, its, tuple(name for name in its if before[name] == ("open",))) for id, its in moved.items()]


def _without(read: Iterable[_Read], resolved: Sequence[Version], id: str) -> tuple[State, ...]:
    return by_version(state for one in read for state in one.states(resolved, id))


def _resolved(docket: Docket) -> Mapping[str, Sequence[Version]]:
    """For each rule in dispute, the ways to resolve what is in dispute without it."""
    pairs = disputed(docket.case)
    names = {name for pair in pairs for name in pair}
    return {name: versions({pair for pair in pairs if name not in pair}) for name in names}


def bearing(docket: Docket) -> Iterator[tuple[str, Rule]]:
    """The rules that bear on proposals and bind one of the two sides."""
    for id, rule in docket.case.rules.items():
        if rule.effects and set(rule.of) & set(docket.parties):
            yield id, rule
