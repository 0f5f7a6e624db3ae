"""Verdicts in a word, under all versions of what is disputed: had from one book of every rule, whatever is left out.

The full verdicts of a `Held` say what stands behind them; these are for where so many are asked that only the word is
wanted: every year of a period, and every rule taken out in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import State
from detente.methods.institutions.rulebook_bitsets import Reading
from detente.methods.institutions.truth_bitsets import bits
from detente.rooms.rules.model.build_rulebooks import Version, disputed, versions
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import by_version

Parts = Sequence[tuple[int, Sequence[int]]]
"""Rules that are left, each a bit, with the versions of what is disputed that leave these."""


@dataclass(frozen=True)
class Read:
    """One thing proposed, as every rule of one party reads on it, those in dispute all at once."""

    party: str
    book: Rulebook
    reading: Reading

    def applying(self) -> Iterator[str]:
        """The rules that apply or may: the others change no verdict by being taken out."""
        return (self.book.rules[number].id for number in bits(self.reading.applies | self.reading.may_apply))

    def states(self, parts: Parts) -> Iterator[tuple[Sequence[int], State]]:
        """The verdict by each part of the rules."""
        telling, found = self.reading.applies | self.reading.may_apply, dict[int, State]()
        for left, numbers in parts:
            if left & telling not in found:
                found[left & telling] = self.book.masks.standing(self.reading, left).state
            yield numbers, found[left & telling]


@dataclass(frozen=True)
class Whole:
    """The proposals of a docket before the whole of the rules."""

    docket: Docket
    _parts: dict[tuple[int, str | None], Parts] = field(default_factory=dict, init=False, repr=False, compare=False)

    def read(self, name: str, when: Edtf) -> list[Read]:
        """Each thing that is proposed, between the organisations, before either's rules at a time."""
        return [Read(party, book, book.reading(attributes)) for party, book, attributes in self.docket.read(name, when)]

    def verdicts(self, one: Read, without: str | None = None) -> Iterator[tuple[Sequence[int], State]]:
        """The verdicts on a thing proposed, each with the versions of what is disputed that come to it.

        Args:
            one: What is proposed, before one party.
            without: A rule to take out; what it overrides or disputes then stands by itself.
        """
        return one.states(self._parts_of(one.book, without))

    def states(self, read: Iterable[Read]) -> tuple[State, ...]:
        """The verdicts on all of these together by the versions of what is disputed, from worst to best."""
        return by_version(verdict for one in read for verdict in self.verdicts(one))

    def _parts_of(self, book: Rulebook, without: str | None) -> Parts:
        key = id(book), without
        if key not in self._parts:
            resolved = self.resolved.get(without, self.docket.versions) if without else self.docket.versions
            taken = {without} if without else set()
            found: dict[int, list[int]] = {}
            for number, version in enumerate(resolved):
                left = book.masks.every & ~book.mask(version.left_out | taken)
                found.setdefault(left, []).append(number)
            self._parts[key] = list(found.items())
        return self._parts[key]

    @cached_property
    def resolved(self) -> Mapping[str, Sequence[Version]]:
        """For each rule in dispute, the ways to resolve what is in dispute without it."""
        pairs = disputed(self.docket.case)
        names = {name for pair in pairs for name in pair}
        return {name: versions({pair for pair in pairs if name not in pair}) for name in names}
