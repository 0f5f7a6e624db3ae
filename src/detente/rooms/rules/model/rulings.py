"""Every proposal held against the rules of both sides: by channel, by part, by version of what is disputed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from detente.methods.institutions.competence import Rulebook, Verdict
from detente.methods.institutions.legal_rule import RANK, Change, Changes, State, worst
from detente.methods.institutions.minimal_openings import MOST_CHANGES, Openings, joint_openings, smallest_openings
from detente.methods.institutions.three_valued_logic import Attributes


@dataclass(frozen=True)
class Ruling:
    """What the rules of one party make of one thing proposed, by some versions of what the sources dispute."""

    party: str
    thing: str
    """The part of the proposal; empty for the whole."""
    attributes: Attributes
    shared: frozenset[str]
    """The attributes that all parts of the proposal share."""
    presumed: frozenset[str]
    """The attributes that are presumed and not said."""
    versions: tuple[int, ...]
    """The versions that have the same rules for this party."""
    book: Rulebook
    verdict: Verdict
    depth: int = MOST_CHANGES
    """How many changes together are looked at for what would open it."""

    @cached_property
    def openings(self) -> Openings:
        """The smallest sets of changes that would open it; what is particular to a part says so."""
        found = smallest_openings(self.book, self.attributes, self.depth)
        return Openings([frozenset(map(self._named, changes)) for changes in found.sets], found.complete)

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
        return by_version(
            (ruling.versions, ruling.verdict.state) for ruling in self.rulings if of is None or ruling.party in of
        )

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
        return list(self._openings.sets)

    @property
    def all_looked_at(self) -> bool:
        """Whether all sets of changes were looked at, up to the largest size."""
        return self._openings.complete

    @cached_property
    def _openings(self) -> Openings:
        each = [ruling.openings for ruling in self.rulings if ruling.verdict.state != "open"]
        joint = joint_openings(found.sets for found in each)
        return Openings(joint.sets, joint.complete and all(found.complete for found in each))


def by_version(states: Iterable[tuple[Iterable[int], State]]) -> tuple[State, ...]:
    """The worst verdict by each version of what is disputed, each once, from worst to best."""
    found: dict[int, State] = {}
    for versions, state in states:
        for version in versions:
            found[version] = worst((state, found.get(version, "open")))
    return tuple(sorted(set(found.values()), key=RANK.__getitem__))
