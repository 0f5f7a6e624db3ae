"""Every proposal held against the rules of both sides: by channel, by part, by version of what is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from detente.rules.competence import MOST_CHANGES, ORDER, Change, Changes, Rulebook, State, Verdict, worst
from detente.rules.kleene import Attributes

MOST_SETS = 200
"""Sets of changes of each ruling that are looked at when those of several are put together."""


@dataclass(frozen=True)
class Ruling:
    """What the rules of one party make of one thing proposed, by one version of what the sources dispute."""

    party: str
    thing: str
    """The part of the proposal; empty for the whole."""
    attributes: Attributes
    shared: frozenset[str]
    """The attributes that all parts of the proposal share."""
    presumed: frozenset[str]
    """The attributes that are presumed and not said."""
    version: int
    book: Rulebook
    verdict: Verdict
    depth: int = MOST_CHANGES
    """How many changes together are looked at for what would open it."""

    @cached_property
    def openings(self) -> list[Changes]:
        """The smallest sets of changes that would open it; what is particular to a part says so."""
        sets = self.book.openings(self.attributes, self.depth)
        return [frozenset(self._named(change) for change in found) for found in sets]

    def _named(self, change: Change) -> Change:
        if change.kind == "adopts":
            return Change("adopts", self.party)
        if change.kind == "drops" or not self.thing or change.what in self.shared:
            return change
        return Change(change.kind, f"{change.what}@{self.thing}", change.value)


@dataclass(frozen=True)
class Held:
    """A proposal held against the rules that one channel would have to pass."""

    proposal: str
    channel: str
    partner: str
    """The member, for a bilateral channel; the organisation that offers, for a bloc channel."""
    rulings: tuple[Ruling, ...]

    def states(self, parties: Iterable[str] | None = None) -> tuple[State, ...]:
        """The verdicts by the versions of what is disputed, from worst to best; of some of the parties, or of all."""
        of = None if parties is None else set(parties)
        by_version: dict[int, list[State]] = {}
        for ruling in self.rulings:
            if of is None or ruling.party in of:
                by_version.setdefault(ruling.version, []).append(ruling.verdict.state)
        return tuple(sorted({worst(states) for states in by_version.values()}, key=ORDER.index))

    @property
    def parties(self) -> tuple[str, ...]:
        """Whose rules it is held against, the offering side first."""
        return tuple(dict.fromkeys(ruling.party for ruling in self.rulings))

    def of(self, party: str) -> list[Ruling]:
        """The rulings of one party, each once though several versions may agree in it."""
        found: dict[tuple[str, Verdict], Ruling] = {}
        for ruling in self.rulings:
            if ruling.party == party:
                found.setdefault((ruling.thing, ruling.verdict), ruling)
        return list(found.values())

    @cached_property
    def openings(self) -> list[Changes]:
        """The smallest sets of changes that would open it on every side, in every part and by every version."""
        standing = {(r.party, r.thing, id(r.book)): r for r in self.rulings if r.verdict.state != "open"}
        return _together([ruling.openings for ruling in standing.values()])


def _together(each: Sequence[list[Changes]]) -> list[Changes]:
    """The smallest sets that hold one set of changes of each, and do not contradict themselves."""
    found: list[Changes] = [frozenset()]
    for sets in each:
        joined = {a | b for a, b in product(found, sets) if _agree(a | b)}
        found = sorted(_minimal(joined), key=_ease)[:MOST_SETS]
    return [changes for changes in found if changes]


def _ease(changes: Changes) -> tuple[int, int, int, list[Change]]:
    """What leaves the rules alone comes first, then what leaves the proposal as it is, then what takes less."""
    rules, amended = (sum(c.kind in kinds for c in changes) for kinds in (("drops", "adopts"), ("amends",)))
    return rules, amended, len(changes), sorted(changes)


def _agree(changes: Changes) -> bool:
    """Whether no attribute is to have two values."""
    given = [change.what for change in changes if change.value]
    return len(given) == len(set(given))


def _minimal(sets: Iterable[Changes]) -> Iterator[Changes]:
    kept: list[Changes] = []
    for changes in sorted(sets, key=len):
        if not any(smaller <= changes for smaller in kept):
            kept.append(changes)
            yield changes
