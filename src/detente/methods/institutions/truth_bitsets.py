"""Many conditions held against a proposal at once: what is true of which of them, as bits of whole numbers.

Each condition is put as alternatives, and each alternative as one bit. For every attribute and every answer to it, a
mask says which alternatives that answer leaves standing; so a proposal is a few conjunctions of masks, however many
conditions there are (bit-slicing). The truths are those of `evaluate_condition`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.methods.institutions.three_valued_logic import (
    Alternative,
    Attributes,
    LegalCondition,
    attributes_in,
    disjunctive_normal_form,
    evaluate_condition,
)

MAX_ALTERNATIVES = 32
"""Alternatives of one condition, beyond which it is asked by itself."""


def set_bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, from the lowest."""
    while mask:
        lowest_bit = mask & -mask
        yield lowest_bit.bit_length() - 1
        mask ^= lowest_bit


def lowest_set_bit(mask: int) -> int:
    """The number of the lowest bit that is set; -1 for none."""
    return (mask & -mask).bit_length() - 1


@dataclass(frozen=True, slots=True)
class _AttributeMasks:
    """What the answers to one attribute leave standing."""

    attribute: str
    indifferent_alternatives: int
    """The alternatives that do not ask for it: all that are sure where it is not settled."""
    alternatives_by_answer: Mapping[str, int]
    """The alternatives that stand after an answer which some alternative names."""
    other_answer: int
    """Those that stand after any other answer."""


class ConditionBitset:
    """Conditions by number, to be held against proposals all at once."""

    def __init__(self, conditions: Sequence[LegalCondition]):
        self._condition_count = len(conditions)
        self._unlisted_conditions: list[tuple[int, LegalCondition]] = []
        placed_alternatives: list[tuple[int, Alternative]] = []
        self._max_alternatives = 1
        for number, condition in enumerate(conditions):
            terms = disjunctive_normal_form(condition, MAX_ALTERNATIVES)
            if terms is None:
                self._unlisted_conditions.append((number, condition))
                continue
            # The k-th alternatives of all conditions stand side by side, so that one shift puts them over each other.
            placed_alternatives += [
                (number + k * self._condition_count, alternative) for k, alternative in enumerate(terms)
            ]
            self._max_alternatives = max(self._max_alternatives, len(terms))
        self._all_alternatives = sum(1 << position for position, _ in placed_alternatives)
        self._attribute_masks = [
            _build_attribute_masks(name, placed_alternatives)
            for name in sorted({name for _, terms in placed_alternatives for name in terms})
        ]

    @property
    def asked_attributes(self) -> frozenset[str]:
        """The attributes that the conditions ask for."""
        unlisted = (name for _, condition in self._unlisted_conditions for name in attributes_in(condition))
        return frozenset((*(masks.attribute for masks in self._attribute_masks), *unlisted))

    def evaluate(self, attributes: Attributes) -> tuple[int, int]:
        """The conditions that hold, and those of which it is not known; the others do not hold."""
        certain = possible = self._all_alternatives
        for masks in self._attribute_masks:
            value = attributes.get(masks.attribute)
            if value is None:
                certain &= masks.indifferent_alternatives
            else:
                remaining = masks.alternatives_by_answer.get(value, masks.other_answer)
                certain &= remaining
                possible &= remaining
        true_conditions, not_false = self._fold_alternatives(certain), self._fold_alternatives(possible)
        for number, condition in self._unlisted_conditions:
            truth = evaluate_condition(condition, attributes)
            true_conditions |= (truth is True) << number
            not_false |= (truth is not False) << number
        return true_conditions, not_false & ~true_conditions

    def _fold_alternatives(self, alternatives: int) -> int:
        """The conditions of which at least one alternative is among these."""
        conditions = alternatives
        for _ in range(1, self._max_alternatives):
            alternatives >>= self._condition_count
            conditions |= alternatives
        return conditions & ((1 << self._condition_count) - 1)


def _build_attribute_masks(name: str, placed_alternatives: Sequence[tuple[int, Alternative]]) -> _AttributeMasks:
    asking_alternatives = [(1 << position, terms[name]) for position, terms in placed_alternatives if name in terms]
    indifferent = sum(1 << position for position, terms in placed_alternatives if name not in terms)
    values = {value for _, answers in asking_alternatives for value in answers.values}
    by_answer = {
        value: indifferent | sum(bit for bit, answers in asking_alternatives if answers.accepts(value))
        for value in values
    }
    other_answer = indifferent | sum(bit for bit, answers in asking_alternatives if answers.all_but)
    return _AttributeMasks(name, indifferent, by_answer, other_answer)
