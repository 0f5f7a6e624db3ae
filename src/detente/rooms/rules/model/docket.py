"""The docket: every proposal of a case, held against the rules that each channel must pass, at its own time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detente.case.index.membership import members, sides
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import Rule
from detente.methods.institutions.minimal_openings import MOST_CHANGES
from detente.methods.institutions.three_valued_logic import Attributes
from detente.rooms.rules.model.build_rulebooks import (
    Version,
    binding,
    disputed,
    otherwise,
    rulebook,
    settled,
    templates,
    things,
    too_disputed,
    versions,
)
from detente.rooms.rules.model.decision_rules import Decides, decides
from detente.rooms.rules.model.rulings import Held, Ruling

MANY = 150
"""Proposals beyond which only single changes are looked at for what would open each."""
MOST_SEARCHES = 4000
"""Searches for openings, of each thing proposed under each rulebook, beyond which only single changes are looked at."""


@dataclass(frozen=True)
class Docket:
    """The proposals of a case, and the rulebooks they are held against."""

    case: Case
    offering: str
    """The organisation that offers."""
    answering: str
    """The organisation that answers."""
    versions: Sequence[Version]
    _books: dict[tuple[str, str], list[tuple[Rulebook, tuple[int, ...]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _deciding: dict[tuple[str, str], list[Decides]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _whole: dict[tuple[str, str], Rulebook] = field(default_factory=dict, init=False, repr=False, compare=False)
    _same: dict[object, Rulebook] = field(default_factory=dict, init=False, repr=False, compare=False)
    _kept: dict[tuple[str, str, str, str], Held] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def parties(self) -> tuple[str, str]:
        """The two organisations, the offering one first."""
        return self.offering, self.answering

    @cached_property
    def proposals(self) -> list[str]:
        """The proposals that say something of themselves: the others cannot be held against any rule."""
        return [name for name, part in self.case.proposals.items() if part.attributes or part.parts]

    @cached_property
    def now(self) -> Edtf:
        """The time at which all proposals are compared: the last snapshot, or the last year that the case speaks of."""
        if self.case.snapshots:
            return max(self.case.snapshots, key=lambda when: when.stated.last)
        dates = [self.case.period, *(e.date for e in self.case.record), *(p.date for p in self.case.proposals.values())]
        years = {day.year for when in dates if when for day in (when.stated.first, when.stated.last)}
        return Edtf.parse(f"{max(years - {1, 9999}, default=1):04d}")

    def time(self, name: str) -> Edtf:
        """When a proposal is made: its date, that of the first offer that makes it, or else the time of comparison."""
        return self.case.proposals[name].date or self._first_offers.get(name, self.now)

    @cached_property
    def _first_offers(self) -> dict[str, Edtf]:
        dated = ((name, offer.date) for offer in reversed(self.case.offers) for name in offer.proposes)
        return {name: when for name, when in dated if when}

    def agenda(self, name: str) -> int | None:
        """The year of the agenda that a proposal is part of, if it is part of any."""
        return self._agendas.get(name)

    @cached_property
    def _agendas(self) -> dict[str, int]:
        agendas = (offer for offer in reversed(self.case.offers) if offer.is_agenda)
        return {name: offer.date.stated.begins[1].year for offer in agendas if offer.date for name in offer.proposes}

    def decides(self, party: str, when: Edtf) -> list[Decides]:
        """The decision rules of an organisation that may be in force at a time."""
        key = (party, when.text)
        if key not in self._deciding:
            self._deciding[key] = decides(self.case, party, when)
        return self._deciding[key]

    def bloc(self, name: str, when: Edtf | None = None) -> Held:
        """A proposal held against the rules of both organisations."""
        return self._held(name, "bloc", self.offering, when or self.time(name))

    def read(self, name: str, when: Edtf) -> Iterator[tuple[str, Rulebook, Attributes]]:
        """Each thing proposed, between the organisations: before whom, with the book of its every rule at a time."""
        for party, partner in (self.parties, self.parties[::-1]):
            for _, qualities in things(self.case.proposals[name]):
                yield party, self._whole_book(party, when), settled(self.case, qualities, "bloc", partner)

    def bilateral(self, name: str, when: Edtf | None = None) -> dict[str, Held]:
        """A proposal held against the rules of the answering organisation and of each member of the other by itself."""
        when = when or self.time(name)
        its = members(self.case, self.offering, when)
        return {member: self._held(name, "bilateral", member, when) for member in its}

    def _held(self, name: str, channel: str, offering: str, when: Edtf) -> Held:
        key = (name, channel, offering, when.text)
        if key not in self._kept:
            self._kept[key] = self._holding(name, channel, offering, when)
        return self._kept[key]

    def _holding(self, name: str, channel: str, offering: str, when: Edtf) -> Held:
        proposal = self.case.proposals[name]
        shared = frozenset(proposal.attributes)
        rulings = []
        for party, partner in ((offering, self.answering), (self.answering, offering)):
            books = self.books(party, when)
            for thing, qualities in things(proposal):
                attributes = settled(self.case, qualities, channel, partner)
                presumed = frozenset(name for name in attributes if name in self.case.attributes) - qualities.keys()
                rulings += [
                    Ruling(
                        party,
                        thing,
                        attributes,
                        shared,
                        presumed,
                        numbers,
                        book,
                        book.verdict(attributes),
                        self.depth,
                    )
                    for book, numbers in books
                ]
        return Held(name, channel, offering, tuple(rulings))

    def books(self, party: str, when: Edtf) -> list[tuple[Rulebook, tuple[int, ...]]]:
        """The rulebooks of a party at a time, each with the versions of what is disputed that have the same rules."""
        key = (party, when.text)
        if key not in self._books:
            rules = self._whole_book(party, when).rules
            names = {rule.id for rule in rules}
            numbers: dict[frozenset[str], list[int]] = {}
            for number, version in enumerate(self.versions):
                numbers.setdefault(version.left_out & names, []).append(number)
            self._books[key] = [
                (self._book(party, tuple(rule for rule in rules if rule.id not in left_out)), tuple(its))
                for left_out, its in numbers.items()
            ]
        return self._books[key]

    def _whole_book(self, party: str, when: Edtf) -> Rulebook:
        key = (party, when.text)
        if key not in self._whole:
            self._whole[key] = self._book(party, binding(self.case, self._bearing, party, when))
        return self._whole[key]

    def _book(self, party: str, rules: tuple[Rule, ...]) -> Rulebook:
        """A rulebook, the same one for all who have the same rules, so that nothing is worked out twice."""
        state = otherwise(self.case, party)
        key = state, tuple((rule.id, rule.in_force) for rule in rules)
        if key not in self._same:
            self._same[key] = rulebook(self.case, rules, state)
        return self._same[key]

    @property
    def searches(self) -> int:
        """How many searches for openings there are at most: of each thing proposed, under each rulebook."""
        books = {name: [self.books(party, self.time(name)) for party in self.parties] for name in self.proposals}
        return sum(len(things(self.case.proposals[name])) * sum(map(len, its)) for name, its in books.items())

    @cached_property
    def depth(self) -> int:
        """How many changes together are looked at for what would open a proposal."""
        return MOST_CHANGES if len(self.proposals) <= MANY and self.searches <= MOST_SEARCHES else 1

    @cached_property
    def _bearing(self) -> dict[str, Rule]:
        return templates(self.case)


def docket(case: Case) -> Docket | None:
    """The docket of a case; none if it does not say between whom, or no proposal says anything of itself."""
    between = sides(case)
    if between is None or too_disputed(case):
        return None
    found = Docket(case, *between, versions(disputed(case)))
    return found if found.proposals and any(rule.effects for rule in case.rules.values()) else None
