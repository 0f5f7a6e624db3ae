"""Many conditions held against a proposal at once: what is true of which of them, as bits of whole numbers.

Each condition is put as alternatives, and each alternative as one bit. For every attribute and every answer to it, a
mask says which alternatives that answer leaves standing; so a proposal is a few conjunctions of masks, however many
conditions there are (bit-slicing). The truths are those of `kleene.holds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.methods.institutions.three_valued_logic import (
    Alternative,
    Attributes,
    Condition,
    alternatives,
    holds,
    mentioned,
)

MOST_ALTERNATIVES = 32
"""Alternatives of one condition, beyond which it is asked by itself."""


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, from the lowest."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def first_bit(mask: int) -> int:
    """The number of the lowest bit that is set; -1 for none."""
    return (mask & -mask).bit_length() - 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the answers to one attribute leave standing."""

    name: str
    unasked: int
    """The alternatives that do not ask for it: all that are sure where it is not settled."""
    by_answer: Mapping[str, int]
    """The alternatives that stand after an answer which some alternative names."""
    otherwise: int
    """Those that stand after any other answer."""


class Truths:
    """Conditions by number, to be held against proposals all at once."""

    def __init__(self, conditions: Sequence[Condition]):
        self._width = len(conditions)
        self._wide: list[tuple[int, Condition]] = []
        listed: list[tuple[int, Alternative]] = []
        self._folds = 1
        for number, condition in enumerate(conditions):
            found = alternatives(condition, MOST_ALTERNATIVES)
            if found is None:
                self._wide.append((number, condition))
                continue
            # The k-th alternatives of all conditions stand side by side, so that one shift puts them over each other.
            listed += [(number + k * self._width, alternative) for k, alternative in enumerate(found)]
            self._folds = max(self._folds, len(found))
        self._every = sum(1 << place for place, _ in listed)
        self._asked = [_asked(name, listed) for name in sorted({name for _, found in listed for name in found})]

    @property
    def asked(self) -> frozenset[str]:
        """The attributes that the conditions ask for."""
        wide = (name for _, condition in self._wide for name in mentioned(condition))
        return frozenset((*(asked.name for asked in self._asked), *wide))

    def of(self, attributes: Attributes) -> tuple[int, int]:
        """The conditions that hold, and those of which it is not known; the others do not hold."""
        sure = possible = self._every
        for asked in self._asked:
            value = attributes.get(asked.name)
            if value is None:
                sure &= asked.unasked
            else:
                standing = asked.by_answer.get(value, asked.otherwise)
                sure &= standing
                possible &= standing
        true, open_ = self._folded(sure), self._folded(possible)
        for number, condition in self._wide:
            truth = holds(condition, attributes)
            true |= (truth is True) << number
            open_ |= (truth is not False) << number
        return true, open_ & ~true

    def _folded(self, alternatives: int) -> int:
        """The conditions of which at least one alternative is among these."""
        found = alternatives
        for _ in range(1, self._folds):
            alternatives >>= self._width
            found |= alternatives
        return found & ((1 << self._width) - 1)


def _asked(name: str, listed: Sequence[tuple[int, Alternative]]) -> _Asked:
    asking = [(1 << place, found[name]) for place, found in listed if name in found]
    unasked = sum(1 << place for place, found in listed if name not in found)
    values = {value for _, answers in asking for value in answers.values}
    by_answer = {value: unasked | sum(bit for bit, answers in asking if answers.take(value)) for value in values}
    otherwise = unasked | sum(bit for bit, answers in asking if answers.all_but)
    return _Asked(name, unasked, by_answer, otherwise)
