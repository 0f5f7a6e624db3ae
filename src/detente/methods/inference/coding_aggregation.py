"""From coded passages to a reading of their motive, and from several coders' readings to one.

The rule `net`: what the passages are worth for a theory, less what they are worth against it; `count` is the same
with every passage worth 1. The theory left with most explains the motive first of all, if it alone is left with
most and with something; the others left with something do so besides. Worth is in decibels, so that `net` agrees
with Bayesian updating from the same passages as to which of two theories they favour. The rules are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.methods.inference.congruence import Code

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Voice:
    """What one passage says of one theory: its worth in decibels, below 0 where it speaks against it."""

    passage: str
    theory: str
    worth: float


def nets(voices: Sequence[Voice], theories: Sequence[str], rule: str) -> dict[str, float]:
    """What is left for each theory; under `count` every passage that is worth anything counts 1."""
    found = dict.fromkeys(theories, 0.0)
    for voice in voices:
        counted = voice.worth if rule == "net" else float((voice.worth > 0) - (voice.worth < 0))
        found[voice.theory] += counted
    return found


def reading(left: Mapping[str, float]) -> Code:
    """The reading of a motive from what is left for each theory; no primary theory where two are left with most."""
    top = max(left.values(), default=0.0)
    some = [theory for theory, net in left.items() if net > _NOTHING]
    first = [theory for theory in some if left[theory] > top - _NOTHING]
    if len(first) != 1:
        return Code(None, frozenset(some))
    return Code(first[0], frozenset(some) - {first[0]})


def majority(codes: Sequence[Code]) -> Code:
    """What more than half of the readings agree on: the first theory, and those named at all besides it."""
    primaries = Counter(code.primary for code in codes if code.primary)
    named = Counter(theory for code in codes for theory in {code.primary, *code.secondary} if theory)
    half = len(codes) / 2
    primary = next((theory for theory, n in primaries.items() if n > half), None)
    return Code(primary, frozenset(theory for theory, n in named.items() if n > half) - {primary})
