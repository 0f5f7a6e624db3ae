"""What would open a proposal: the smallest sets of changes, under one book of rules or under several.

Changes are bits of a whole number here, so that a set of them is one number, and whether it is part of another takes
one conjunction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import OBSTRUCTING_EFFECTS, ChangeSet, LegalChange, LegalRule
from detente.methods.institutions.rulebook_bitsets import CombinedEffect, RuleApplicability
from detente.methods.institutions.three_valued_logic import Attributes, attributes_in, evaluate_condition
from detente.methods.institutions.truth_bitsets import set_bits

MAX_CHANGES = 4
MAX_SETS_PER_LEVEL = 1000
"""Sets of as many changes, beyond which larger ones are not looked at."""
MAX_SETS_PER_SIDE = 200
"""Sets of changes of each side that are looked at when those of several are put together."""


@dataclass(frozen=True, slots=True)
class OpeningSets:
    """The smallest sets of changes that open a proposal, as far as they were looked for."""

    sets: Sequence[ChangeSet]
    is_complete: bool = True
    """False where there were too many to look at all up to the largest size."""


def minimal_openings(book: Rulebook, attributes: Attributes, max_changes: int = MAX_CHANGES) -> OpeningSets:
    """The smallest sets of changes that would make a proposal open: none of them does with one change less.

    Each step looks at one rule that stands in the way: whatever opens the proposal must change something that this
    rule hangs on (a hitting set, found breadth first; after Reiter 1987). What the proposal settles is changed only
    where a rule requires it.

    Args:
        book: The rules.
        attributes: What is settled about the proposal.
        max_changes: How many changes to look at together. Fewer, if there are more sets of them than
            `MAX_SETS_PER_LEVEL`.

    Example:
        >>> from detente.methods.institutions.competence import Rulebook
        >>> from detente.methods.institutions.legal_rule import LegalRule
        >>> from detente.methods.institutions.minimal_openings import minimal_openings
        >>> from detente.methods.institutions.three_valued_logic import AttributeIn
        >>> force = AttributeIn("means", frozenset({"force"}))
        >>> book = Rulebook((LegalRule("no force", "bars", force),), default_state="open")
        >>> openings = minimal_openings(book, {"means": "force"})
        >>> [[(change.kind, change.target) for change in changes] for changes in openings.sets]
        [[('drops', 'no force')]]
    """
    search = _OpeningSearch(book, attributes)
    opening_masks: list[int] = []
    level: dict[int, None] = {0: None}
    for size in range(max_changes + 1):
        if len(level) > MAX_SETS_PER_LEVEL:
            return OpeningSets([search.change_set(mask) for mask in opening_masks if mask], is_complete=False)
        next_level: dict[int, None] = {}
        smaller = tuple(opening_masks)
        for chosen in level:
            if any(mask & chosen == mask for mask in smaller):
                continue
            effect = search.effect_after(chosen)
            if effect.is_open:
                opening_masks.append(chosen)
            elif size < max_changes and len(next_level) <= MAX_SETS_PER_LEVEL:
                next_level.update(dict.fromkeys(search.extensions(effect, chosen)))
        level = next_level
    return OpeningSets([search.change_set(mask) for mask in opening_masks if mask])


class _OpeningSearch:
    """A proposal under a book of rules, with its changes as bits: each rule dropped, one adopted, then new values."""

    def __init__(self, book: Rulebook, initial_attributes: Attributes):
        self.book, self.initial_attributes = book, initial_attributes
        self._rule_count = book.masks.rule_count
        self._drop_mask = (1 << self._rule_count) - 1
        self._value_changes: list[LegalChange] = []
        # Of the values, those on which it hangs whether rules apply, and those on which, whether needs are met.
        self._application_mask = self._requirement_mask = 0
        self._bit_by_change: dict[LegalChange, int] = {}
        self._bits_by_target: dict[str, int] = {}
        """The changes of one attribute, or rule: no two of them stand side by side."""
        self._application_cache: dict[int, tuple[int, int]] = {}
        self._requirement_cache: dict[int, tuple[int, int, int]] = {}
        self._obstacle_cache: dict[int | None, Sequence[tuple[int, str]]] = {}
        self._fulfilment_cache: dict[tuple[int | None, int], Sequence[tuple[int, str]]] = {}

    def effect_after(self, chosen: int) -> CombinedEffect:
        """What the rules do about the proposal after these changes."""
        masks, values = self.book.masks, chosen >> (self._rule_count + 1)
        if (application_values := values & self._application_mask) not in self._application_cache:
            self._application_cache[application_values] = masks.application_status(
                self._attributes_with(application_values)
            )
        if (requirement_values := values & self._requirement_mask) not in self._requirement_cache:
            self._requirement_cache[requirement_values] = masks.requirement_status(
                self._attributes_with(requirement_values)
            )
        applicability = RuleApplicability(
            *self._application_cache[application_values], *self._requirement_cache[requirement_values]
        )
        return masks.combined_effect(
            applicability, self._drop_mask & ~chosen, adopts=bool(chosen >> self._rule_count & 1)
        )

    def _attributes_with(self, values: int) -> Attributes:
        """What is settled once these values are."""
        return {
            **self.initial_attributes,
            **{self._value_changes[n].target: self._value_changes[n].value for n in set_bits(values)},
        }

    def extensions(self, effect: CombinedEffect, chosen: int) -> Iterator[int]:
        """These changes with one more that bears on what stands in the way."""
        obstacle, values = effect.first_obstacle, chosen >> (self._rule_count + 1) & self._requirement_mask
        if obstacle not in self._obstacle_cache:
            self._obstacle_cache[obstacle] = self._changes_as_bits(self._obstacle_changes(obstacle))
        if (obstacle, values) not in self._fulfilment_cache:
            self._fulfilment_cache[obstacle, values] = self._changes_as_bits(
                self._fulfilling_changes(obstacle, self._attributes_with(values))
            )
        for bit, target in (*self._fulfilment_cache[obstacle, values], *self._obstacle_cache[obstacle]):
            if not target or not chosen & self._bits_by_target[target]:
                yield chosen | bit

    def _changes_as_bits(self, changes: Iterable[LegalChange]) -> Sequence[tuple[int, str]]:
        return [(self._bit_of(change), change.target) for change in changes]

    def _bit_of(self, change: LegalChange) -> int:
        """The bit of a change, which it is given when it first comes up."""
        if change not in self._bit_by_change:
            self._bit_by_change[change] = 1 << self._bit_position(change)
            self._bits_by_target[change.target] = (
                self._bits_by_target.get(change.target, 0) | self._bit_by_change[change]
            )
        return self._bit_by_change[change]

    def _bit_position(self, change: LegalChange) -> int:
        match change.kind:
            case "drops":
                return self.book.rule_positions[change.target]
            case "adopts":
                return self._rule_count
        value = 1 << len(self._value_changes)
        self._application_mask |= value if change.target in self.book.masks.application_attributes else 0
        self._requirement_mask |= value if change.target in self.book.required_values else 0
        self._value_changes.append(change)
        return self._rule_count + len(self._value_changes)

    def change_set(self, chosen: int) -> ChangeSet:
        """A set of changes, no longer as bits."""
        dropped = (
            LegalChange("drops", self.book.rules[position].id) for position in set_bits(chosen & self._drop_mask)
        )
        adopted = [LegalChange("adopts")] if chosen >> self._rule_count & 1 else []
        return frozenset(
            (*dropped, *adopted, *(self._value_changes[n] for n in set_bits(chosen >> (self._rule_count + 1))))
        )

    def _relevant_rules(self, obstacle: int | None) -> Sequence[LegalRule]:
        """The rule that stands in the way, or, where none does, those that could permit it."""
        rules = self.book.rules
        return [rule for rule in rules if rule.effect == "allows"] if obstacle is None else [rules[obstacle]]

    def _obstacle_changes(self, obstacle: int | None) -> Iterator[LegalChange]:
        """Changes of rules, and of what is not settled and on which it hangs whether these apply."""
        relevant = self._relevant_rules(obstacle)
        if obstacle is None:
            yield LegalChange("adopts")
            overriders = (overrider for rule in relevant for overrider in self.book.overriders.get(rule.id, ()))
            yield from (
                LegalChange("drops", overrider.id)
                for overrider in overriders
                if overrider.effect in OBSTRUCTING_EFFECTS
            )
        else:
            yield LegalChange("drops", relevant[0].id)
        for name in dict.fromkeys(
            name for rule in self.book.with_overriders(relevant) for name in attributes_in(rule.applies_if)
        ):
            if self.initial_attributes.get(name) is None:
                required_values = self.book.required_values.get(name, ())
                yield from (
                    LegalChange("meets" if v in required_values else "settles", name, v)
                    for v in self.book.relevant_values[name]
                )

    def _fulfilling_changes(self, obstacle: int | None, attributes: Attributes) -> Iterator[LegalChange]:
        """Values that some rule requires, of what is lacking; what the proposal settles otherwise is amended."""
        open_requirements = (
            requirement
            for rule in self._relevant_rules(obstacle)
            for requirement in rule.requirements
            if not evaluate_condition(requirement, attributes)
        )
        for name in dict.fromkeys(name for requirement in open_requirements for name in attributes_in(requirement)):
            kind: Literal["meets", "amends"] = "meets" if self.initial_attributes.get(name) is None else "amends"
            yield from (
                LegalChange(kind, name, v)
                for v in self.book.required_values[name]
                if v != self.initial_attributes.get(name)
            )


def joint_openings(openings_by_side: Iterable[Iterable[ChangeSet]]) -> OpeningSets:
    """The smallest sets that hold one set of changes of each, and do not contradict themselves; the easiest first.

    Of the sets of each side, as of those put together so far, the easiest `MAX_SETS_PER_SIDE` are looked at.

    Example:
        >>> from detente.methods.institutions.legal_rule import LegalChange
        >>> from detente.methods.institutions.minimal_openings import joint_openings
        >>> east = frozenset({LegalChange("drops", "east 1")})
        >>> west = frozenset({LegalChange("meets", "mandate", "yes")})
        >>> [sorted(change.kind for change in changes) for changes in joint_openings([[east], [west]]).sets]
        [['drops', 'meets']]
    """
    combined: list[ChangeSet] = [frozenset()]
    is_complete = True
    for sets in openings_by_side:
        combined, all_kept = _combine_openings(combined, list(sets))
        is_complete = is_complete and all_kept
    return OpeningSets([changes for changes in combined if changes], is_complete)


def _combine_openings(
    first_sets: Sequence[ChangeSet], second_sets: Sequence[ChangeSet]
) -> tuple[list[ChangeSet], bool]:
    """The smallest unions of one of either, the easiest `MAX_SETS_PER_SIDE` of them, and whether these are all."""
    # Of two sets as large, the greater number is first in order: lower places stand in higher bits.
    ordered_changes = sorted({change for changes in (*first_sets, *second_sets) for change in changes}, reverse=True)
    bit_by_change = {change: 1 << position for position, change in enumerate(ordered_changes)}
    bits_by_target: dict[str, int] = {}
    for change, bit in bit_by_change.items():
        bits_by_target[change.target] = bits_by_target.get(change.target, 0) | (bit if change.value else 0)

    def mask_of(changes: ChangeSet) -> int:
        return sum(bit_by_change[change] for change in changes)

    def conflicting_bits(changes: ChangeSet) -> int:
        """Other values of what these changes give values to."""
        return sum({bits_by_target[change.target] for change in changes if change.value}) & ~mask_of(changes)

    rule_bits = sum(bit for change, bit in bit_by_change.items() if change.kind in ("drops", "adopts"))
    amendment_bits = sum(bit for change, bit in bit_by_change.items() if change.kind == "amends")
    second_masks = [(mask_of(changes), conflicting_bits(changes)) for changes in second_sets]
    unions = set()
    for mask in map(mask_of, first_sets):
        # What holds one of the other sets already needs no more: all that adds to it is larger.
        if any(mask & second_mask == second_mask for second_mask, _ in second_masks):
            unions.add(mask)
        else:
            unions.update(mask | second_mask for second_mask, conflict in second_masks if not mask & conflict)
    minimal_masks: list[int] = []

    # What leaves the rules alone comes first, then what leaves the proposal as it is, then what takes less: in this
    # order a set stands behind all that are part of it.
    def ease_key(mask: int) -> tuple[int, int, int, int]:
        return (mask & rule_bits).bit_count(), (mask & amendment_bits).bit_count(), mask.bit_count(), -mask

    for mask in sorted(unions, key=ease_key):
        if not any(smaller & mask == smaller for smaller in minimal_masks):
            if len(minimal_masks) == MAX_SETS_PER_SIDE:
                return [_changes_in_mask(ordered_changes, mask) for mask in minimal_masks], False
            minimal_masks.append(mask)
    return [_changes_in_mask(ordered_changes, mask) for mask in minimal_masks], True


def _changes_in_mask(ordered_changes: Sequence[LegalChange], mask: int) -> ChangeSet:
    return frozenset(ordered_changes[position] for position in set_bits(mask))
