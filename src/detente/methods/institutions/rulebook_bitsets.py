"""What rules do about a proposal, all at once: each rule is a bit, and a set of rules a whole number.

A `Reading` says how every rule reads on a proposal, before any of them overrides another. A `Standing` says what those
that still hold make of it together. The scheme of verdicts is that of `competence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from detente.methods.institutions.legal_rule import ORDER, RANK, STANDING_IN_THE_WAY, Effect, Rule, State, worst
from detente.methods.institutions.three_valued_logic import All, Attributes, mentioned
from detente.methods.institutions.truth_bitsets import Truths, first_bit


class Reading(NamedTuple):
    """How every rule reads on a proposal."""

    applies: int
    may_apply: int
    given: int
    """What it requires is given, or it requires nothing."""
    refused: int
    """Something that it requires is not so."""
    obtainable: int
    """What it requires is neither, and somebody could bring about whatever is lacking."""


class Standing(NamedTuple):
    """What the rules that hold do about a proposal together."""

    applies: int
    may_apply: int
    barring: int
    """The rules that stand in the way so that it is barred; and so on for the other verdicts."""
    undetermining: int
    conditioning: int
    covering: int
    licence: State
    """What permits it, by the best of the rules that do, or where none does by what then holds."""
    licensing: int
    """The rules that permit it so."""

    @property
    def obstacles(self) -> tuple[tuple[State, int], ...]:
        """The rules that stand in the way, by what they make of it, from worst to best."""
        each = (self.barring, self.undetermining, self.conditioning, self.covering)
        return tuple(zip(ORDER, each, strict=False))

    @property
    def state(self) -> State:
        """The verdict: the worst of what stands in the way, or what permits it."""
        return worst([self.licence, *(state for state, rules in self.obstacles if rules)])

    @property
    def opens(self) -> bool:
        """Whether the verdict is `open`."""
        return self.licence == "open" and self.first_obstacle is None

    @property
    def first_obstacle(self) -> int | None:
        """The first rule that stands in the way as the worst of them do; None if no rule does."""
        rules = self.barring or self.undetermining or self.conditioning or self.covering
        return first_bit(rules) if rules else None


class Masks:
    """The rules of a book by what they do, and how to read them."""

    def __init__(self, rules: Sequence[Rule], otherwise: State, settable: frozenset[str] | None):
        self.width = len(rules)
        self.every = (1 << self.width) - 1
        self.otherwise = otherwise
        self.in_force = _those(rule.in_force is True for rule in rules)
        self.in_doubt = _those(rule.in_force is None for rule in rules)
        self._by_effect: dict[Effect, int] = {
            effect: _those(rule.effect == effect for rule in rules)
            for effect in (*STANDING_IN_THE_WAY, "allows", "limits")
        }
        numbers = {rule.id: number for number, rule in enumerate(rules)}
        self._overridden = {
            1 << number: sum(1 << numbers[id] for id in set(rule.overrides) if id in numbers)
            for number, rule in enumerate(rules)
            if rule.overrides
        }
        self._overriders = sum(self._overridden)
        self._rows = max((len(rule.requires) for rule in rules), default=0)
        self._applications = Truths([rule.applies for rule in rules])
        # The k-th needs of all rules stand side by side; a rule with fewer has some there that never lack.
        padded = [(*rule.requires, *[All(())] * (self._rows - len(rule.requires))) for rule in rules]
        needs = [its[k] for k in range(self._rows) for its in padded]
        self._needs = Truths(needs)
        self._every_need = (1 << len(needs)) - 1
        self._asking: dict[str, int] = {}
        for place, need in enumerate(needs):
            for name in mentioned(need):
                if settable is None or name in settable:
                    self._asking[name] = self._asking.get(name, 0) | 1 << place

    def of(self, effect: Effect) -> int:
        """The rules with an effect."""
        return self._by_effect[effect]

    @property
    def asked_to_apply(self) -> frozenset[str]:
        """The attributes on which it hangs whether rules apply."""
        return self._applications.asked

    def reading(self, attributes: Attributes) -> Reading:
        """How every rule reads on a proposal."""
        return Reading(*self.applying(attributes), *self.needing(attributes))

    def applying(self, attributes: Attributes) -> tuple[int, int]:
        """The rules that apply, and those that may."""
        true, unknown = self._applications.of(attributes)
        return true & self.in_force, unknown & (self.in_force | self.in_doubt) | true & self.in_doubt

    def needing(self, attributes: Attributes) -> tuple[int, int, int]:
        """The rules that are given what they require, that are refused it, and for which it could be obtained."""
        met, open_ = self._needs.of(attributes)
        lacking = self._of_rules(self._every_need & ~met)
        refused = self._of_rules(self._every_need & ~(met | open_))
        stuck = self._of_rules(open_ & ~self._can_be_met(attributes))
        return self.every & ~lacking, refused, lacking & ~(refused | stuck)

    def _of_rules(self, needs: int) -> int:
        """The rules that have one of these needs."""
        found = 0
        while needs:
            found |= needs & self.every
            needs >>= self.width
        return found

    def _can_be_met(self, attributes: Attributes) -> int:
        """The needs of which something is open that somebody could still bring about."""
        found = 0
        for name, asking in self._asking.items():
            if attributes.get(name) is None:
                found |= asking
        return found

    def standing(self, reading: Reading, left: int, *, adopts: bool = False) -> Standing:
        """What those of the rules that are left do about a proposal.

        Args:
            reading: How the rules read on it.
            left: The rules that still hold.
            adopts: Whether there is one more, which allows it.
        """
        applies, may_apply = self._overriding(reading.applies & left, reading.may_apply & left)
        bars, requires, duplicates = (self._by_effect[effect] for effect in STANDING_IN_THE_WAY)
        asks = applies & requires & ~reading.given
        barring = applies & bars | asks & reading.refused
        covering = applies & duplicates
        undetermining = may_apply & (bars | duplicates | requires & ~reading.given)
        undetermining |= asks & ~(reading.refused | reading.obtainable)
        licence, licensing = self.otherwise, 0
        if barring or covering or adopts:  # what is barred or covered already needs no permission to be told so
            licence = "open"
        allows = 0 if barring or covering else applies & self._by_effect["allows"] & ~reading.refused
        if allows:
            licence, licensing = self._best(reading, allows, licence)
        return Standing(
            applies, may_apply, barring, undetermining, asks & reading.obtainable, covering, licence, licensing
        )

    def _best(self, reading: Reading, allows: int, least: State) -> tuple[State, int]:
        """The best that these rules permit, and which of them do; nothing of them if `least` is better."""
        by_state: tuple[tuple[State, int], ...] = (
            ("open", allows & reading.given),
            ("conditional", allows & reading.obtainable),
            ("undetermined", allows & ~(reading.given | reading.obtainable)),
        )
        for state, rules in by_state:
            if rules and RANK[state] >= RANK[least]:
                return state, rules
        return least, 0

    def _overriding(self, applies: int, may_apply: int) -> tuple[int, int]:
        """Which rules apply, and which may, after those that apply have taken the place of others."""
        sure, perhaps, read = applies, may_apply, applies | may_apply
        overriding = read & self._overriders
        while overriding:  # bit by bit, and not by `bits`: nothing here is asked as often
            one = overriding & -overriding
            overriding ^= one
            targets = self._overridden[one] & read
            if not targets:
                continue
            perhaps = perhaps & ~targets if applies & one else perhaps | sure & targets
            sure &= ~targets
        return sure, perhaps


def _those(held: Iterable[bool]) -> int:
    """The places at which something holds, as bits."""
    return sum(1 << place for place, holds in enumerate(held) if holds)
