"""What would open a proposal: the smallest sets of changes, under one book of rules or under several.

Changes are bits of a whole number here, so that a set of them is one number, and whether it is part of another takes
one conjunction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import STANDING_IN_THE_WAY, Change, Changes, Rule
from detente.methods.institutions.rulebook_bitsets import Reading, Standing
from detente.methods.institutions.three_valued_logic import Attributes, holds, mentioned
from detente.methods.institutions.truth_bitsets import bits

MOST_CHANGES = 4
MOST_LOOKS = 1000
"""Sets of as many changes, beyond which larger ones are not looked at."""
MOST_SETS = 200
"""Sets of changes of each side that are looked at when those of several are put together."""


@dataclass(frozen=True, slots=True)
class Openings:
    """The smallest sets of changes that open a proposal, as far as they were looked for."""

    sets: Sequence[Changes]
    complete: bool = True
    """False where there were too many to look at all up to the largest size."""


def smallest_openings(book: Rulebook, attributes: Attributes, most: int = MOST_CHANGES) -> Openings:
    """The smallest sets of changes that would make a proposal open: none of them does with one change less.

    Each step looks at one rule that stands in the way: whatever opens the proposal must change something that this
    rule hangs on (a hitting set, found breadth first; after Reiter 1987). What the proposal settles is changed only
    where a rule requires it.

    Args:
        book: The rules.
        attributes: What is settled about the proposal.
        most: How many changes to look at together. Fewer, if there are more sets of them than `MOST_LOOKS`.
    """
    search = _Search(book, attributes)
    found: list[int] = []
    level: dict[int, None] = {0: None}
    for size in range(most + 1):
        if len(level) > MOST_LOOKS:
            return Openings([search.changes(one) for one in found if one], complete=False)
        following: dict[int, None] = {}
        smaller = tuple(found)
        for chosen in level:
            if any(one & chosen == one for one in smaller):
                continue
            standing = search.standing(chosen)
            if standing.opens:
                found.append(chosen)
            elif size < most and len(following) <= MOST_LOOKS:
                following.update(dict.fromkeys(search.following(standing, chosen)))
        level = following
    return Openings([search.changes(one) for one in found if one])


class _Search:
    """A proposal under a book of rules, with its changes as bits: each rule dropped, one adopted, then new values."""

    def __init__(self, book: Rulebook, first: Attributes):
        self.book, self.first = book, first
        self._rules = book.masks.width
        self._dropping = (1 << self._rules) - 1
        self._values: list[Change] = []
        # Of the values, those on which it hangs whether rules apply, and those on which, whether needs are met.
        self._of_applying = self._of_needing = 0
        self._bits: dict[Change, int] = {}
        self._about: dict[str, int] = {}
        """The changes of one attribute, or rule: no two of them stand side by side."""
        self._applying: dict[int, tuple[int, int]] = {}
        self._needing: dict[int, tuple[int, int, int]] = {}
        self._opposed: dict[int | None, Sequence[tuple[int, str]]] = {}
        self._met: dict[tuple[int | None, int], Sequence[tuple[int, str]]] = {}

    def standing(self, chosen: int) -> Standing:
        """What the rules do about the proposal after these changes."""
        masks, values = self.book.masks, chosen >> (self._rules + 1)
        if (deciding := values & self._of_applying) not in self._applying:
            self._applying[deciding] = masks.applying(self._known(deciding))
        if (meeting := values & self._of_needing) not in self._needing:
            self._needing[meeting] = masks.needing(self._known(meeting))
        reading = Reading(*self._applying[deciding], *self._needing[meeting])
        return masks.standing(reading, self._dropping & ~chosen, adopts=bool(chosen >> self._rules & 1))

    def _known(self, values: int) -> Attributes:
        """What is settled once these values are."""
        return {**self.first, **{self._values[n].what: self._values[n].value for n in bits(values)}}

    def following(self, standing: Standing, chosen: int) -> Iterator[int]:
        """These changes with one more that bears on what stands in the way."""
        obstacle, values = standing.first_obstacle, chosen >> (self._rules + 1) & self._of_needing
        if obstacle not in self._opposed:
            self._opposed[obstacle] = self._as_bits(self._opposing(obstacle))
        if (obstacle, values) not in self._met:
            self._met[obstacle, values] = self._as_bits(self._meeting(obstacle, self._known(values)))
        for bit, what in (*self._met[obstacle, values], *self._opposed[obstacle]):
            if not what or not chosen & self._about[what]:
                yield chosen | bit

    def _as_bits(self, changes: Iterable[Change]) -> Sequence[tuple[int, str]]:
        return [(self._bit(change), change.what) for change in changes]

    def _bit(self, change: Change) -> int:
        """The bit of a change, which it is given when it first comes up."""
        if change not in self._bits:
            self._bits[change] = 1 << self._place(change)
            self._about[change.what] = self._about.get(change.what, 0) | self._bits[change]
        return self._bits[change]

    def _place(self, change: Change) -> int:
        match change.kind:
            case "drops":
                return self.book.numbers[change.what]
            case "adopts":
                return self._rules
        value = 1 << len(self._values)
        self._of_applying |= value if change.what in self.book.masks.asked_to_apply else 0
        self._of_needing |= value if change.what in self.book.wanted else 0
        self._values.append(change)
        return self._rules + len(self._values)

    def changes(self, chosen: int) -> Changes:
        """A set of changes, no longer as bits."""
        dropped = (Change("drops", self.book.rules[number].id) for number in bits(chosen & self._dropping))
        adopted = [Change("adopts")] if chosen >> self._rules & 1 else []
        return frozenset((*dropped, *adopted, *(self._values[n] for n in bits(chosen >> (self._rules + 1)))))

    def _asked(self, obstacle: int | None) -> Sequence[Rule]:
        """The rule that stands in the way, or, where none does, those that could permit it."""
        rules = self.book.rules
        return [rule for rule in rules if rule.effect == "allows"] if obstacle is None else [rules[obstacle]]

    def _opposing(self, obstacle: int | None) -> Iterator[Change]:
        """Changes of rules, and of what is not settled and on which it hangs whether these apply."""
        asked = self._asked(obstacle)
        if obstacle is None:
            yield Change("adopts")
            over = (other for rule in asked for other in self.book.overriders.get(rule.id, ()))
            yield from (Change("drops", other.id) for other in over if other.effect in STANDING_IN_THE_WAY)
        else:
            yield Change("drops", asked[0].id)
        for name in dict.fromkeys(name for rule in self.book.asked_of(asked) for name in mentioned(rule.applies)):
            if self.first.get(name) is None:
                wanted = self.book.wanted.get(name, ())
                yield from (Change("meets" if v in wanted else "settles", name, v) for v in self.book.values[name])

    def _meeting(self, obstacle: int | None, known: Attributes) -> Iterator[Change]:
        """Values that some rule requires, of what is lacking; what the proposal settles otherwise is amended."""
        lacking = (need for rule in self._asked(obstacle) for need in rule.requires if not holds(need, known))
        for name in dict.fromkeys(name for need in lacking for name in mentioned(need)):
            kind: Literal["meets", "amends"] = "meets" if self.first.get(name) is None else "amends"
            yield from (Change(kind, name, v) for v in self.book.wanted[name] if v != self.first.get(name))


def joint_openings(each: Iterable[Iterable[Changes]]) -> Openings:
    """The smallest sets that hold one set of changes of each, and do not contradict themselves; the easiest first.

    Of the sets of each side, as of those put together so far, the easiest `MOST_SETS` are looked at.
    """
    found: list[Changes] = [frozenset()]
    complete = True
    for sets in each:
        found, whole = _joined(found, list(sets))
        complete = complete and whole
    return Openings([changes for changes in found if changes], complete)


def _joined(found: Sequence[Changes], sets: Sequence[Changes]) -> tuple[list[Changes], bool]:
    """The smallest unions of one of either, the easiest `MOST_SETS` of them, and whether these are all."""
    # Of two sets as large, the greater number is first in order: lower places stand in higher bits.
    order = sorted({change for changes in (*found, *sets) for change in changes}, reverse=True)
    numbers = {change: 1 << place for place, change in enumerate(order)}
    about: dict[str, int] = {}
    for change, bit in numbers.items():
        about[change.what] = about.get(change.what, 0) | (bit if change.value else 0)

    def as_bits(changes: Changes) -> int:
        return sum(numbers[change] for change in changes)

    def against(changes: Changes) -> int:
        """Other values of what these changes give values to."""
        return sum({about[change.what] for change in changes if change.value}) & ~as_bits(changes)

    rules = sum(bit for change, bit in numbers.items() if change.kind in ("drops", "adopts"))
    amending = sum(bit for change, bit in numbers.items() if change.kind == "amends")
    others = [(as_bits(changes), against(changes)) for changes in sets]
    joined = set()
    for one in map(as_bits, found):
        # What holds one of the other sets already needs no more: all that adds to it is larger.
        if any(one & other == other for other, _ in others):
            joined.add(one)
        else:
            joined.update(one | other for other, conflict in others if not one & conflict)
    kept: list[int] = []
    # What leaves the rules alone comes first, then what leaves the proposal as it is, then what takes less: in this
    # order a set stands behind all that are part of it.
    ease = lambda one: ((one & rules).bit_count(), (one & amending).bit_count(), one.bit_count(), -one)  # noqa: E731
    for one in sorted(joined, key=ease):
        if not any(smaller & one == smaller for smaller in kept):
            if len(kept) == MOST_SETS:
                return [_changes(order, one) for one in kept], False
            kept.append(one)
    return [_changes(order, one) for one in kept], True


def _changes(order: Sequence[Change], chosen: int) -> Changes:
    return frozenset(order[number] for number in bits(chosen))
