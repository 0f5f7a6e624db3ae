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

from detente.methods.inference.congruence import MotiveCode

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class PassageSupport:
    """What one passage says of one theory: its worth in decibels, below 0 where it speaks against it."""

    passage: str
    theory: str
    support_db: float


def net_support(supports: Sequence[PassageSupport], theories: Sequence[str], rule: str) -> dict[str, float]:
    """What is left for each theory; under `count` every passage that is worth anything counts 1.

    Example:
        >>> from detente.methods.inference.coding_aggregation import PassageSupport, net_support
        >>> supports = [PassageSupport("p1", "realism", 6.0), PassageSupport("p2", "realism", -2.0)]
        >>> net_support(supports, ["realism", "liberalism"], "net"), net_support(supports, ["realism"], "count")
        ({'realism': 4.0, 'liberalism': 0.0}, {'realism': 0.0})
    """
    net_by_theory = dict.fromkeys(theories, 0.0)
    for passage_support in supports:
        contribution = (
            passage_support.support_db
            if rule == "net"
            else float((passage_support.support_db > 0) - (passage_support.support_db < 0))
        )
        net_by_theory[passage_support.theory] += contribution
    return net_by_theory


def code_from_support(support_by_theory: Mapping[str, float]) -> MotiveCode:
    """The reading of a motive from what is left for each theory; no primary theory where two are left with most.

    Example:
        >>> from detente.methods.inference.coding_aggregation import code_from_support
        >>> str(code_from_support({"realism": 4.0, "liberalism": 1.0, "constructivism": -2.0}))
        'realism (liberalism)'
    """
    highest = max(support_by_theory.values(), default=0.0)
    supported = [theory for theory, net in support_by_theory.items() if net > _TOLERANCE]
    leading = [theory for theory in supported if support_by_theory[theory] > highest - _TOLERANCE]
    if len(leading) != 1:
        return MotiveCode(None, frozenset(supported))
    return MotiveCode(leading[0], frozenset(supported) - {leading[0]})


def majority_code(codes: Sequence[MotiveCode]) -> MotiveCode:
    """What more than half of the readings agree on: the first theory, and those named at all besides it.

    Example:
        >>> from detente.methods.inference.coding_aggregation import majority_code
        >>> from detente.methods.inference.congruence import MotiveCode
        >>> str(majority_code([MotiveCode("realism"), MotiveCode("realism"), MotiveCode("liberalism")]))
        'realism'
    """
    primaries = Counter(code.primary for code in codes if code.primary)
    mentions = Counter(theory for code in codes for theory in {code.primary, *code.secondary} if theory)
    half = len(codes) / 2
    primary = next((theory for theory, n in primaries.items() if n > half), None)
    return MotiveCode(primary, frozenset(theory for theory, n in mentions.items() if n > half) - {primary})
