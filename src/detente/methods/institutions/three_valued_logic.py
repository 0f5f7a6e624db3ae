"""Conditions on a proposal that may be true, false or unknown, since most facts about a proposal are not settled.

The strong logic of three values (Kleene 1952, par. 64): what is unknown makes a whole unknown only where it could turn
it. So settling an unknown never contradicts what was true or false before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

TruthValue = bool | None
"""None where it is unknown."""
Attributes = Mapping[str, str | None]
"""What is said of a proposal; an attribute that is None, or not given, is not settled."""


def all_of(truths: Iterable[TruthValue]) -> TruthValue:
    """False if any is false, else unknown if any is.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import all_of
        >>> all_of([True, None]), all_of([False, None])
        (None, False)
    """
    result: TruthValue = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[TruthValue]) -> TruthValue:
    """True if any is true, else unknown if any is.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import any_of
        >>> any_of([True, None]), any_of([False, None])
        (True, None)
    """
    result: TruthValue = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def negate(truth: TruthValue) -> TruthValue:
    """What is unknown stays so.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import negate
        >>> negate(True), negate(None)
        (False, None)
    """
    return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class AttributeIn:
    """An attribute has one of these values."""

    attribute: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conjunction:
    """All of these hold; with none of them, always."""

    parts: tuple[LegalCondition, ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """At least one of these holds."""

    parts: tuple[LegalCondition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """This does not hold."""

    part: LegalCondition


LegalCondition = AttributeIn | Conjunction | Disjunction | Negation


def evaluate_condition(condition: LegalCondition, attributes: Attributes) -> TruthValue:
    """Whether a condition holds of a proposal.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import AttributeIn
        >>> from detente.methods.institutions.three_valued_logic import Negation
        >>> from detente.methods.institutions.three_valued_logic import evaluate_condition
        >>> by_force = AttributeIn("means", frozenset({"force"}))
        >>> evaluate_condition(Negation(by_force), {"means": "talks"}), evaluate_condition(by_force, {})
        (True, None)
    """
    match condition:
        case AttributeIn(attribute, values):
            value = attributes.get(attribute)
            return None if value is None else value in values
        case Conjunction(parts):
            return all_of(evaluate_condition(part, attributes) for part in parts)
        case Disjunction(parts):
            return any_of(evaluate_condition(part, attributes) for part in parts)
        case Negation(part):
            return negate(evaluate_condition(part, attributes))


def attributes_in(condition: LegalCondition) -> dict[str, set[str]]:
    """The attributes that a condition asks for, with the values it knows.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import AttributeIn, Negation, attributes_in
        >>> attributes_in(Negation(AttributeIn("means", frozenset({"force"}))))
        {'means': {'force'}}
    """
    match condition:
        case AttributeIn(attribute, values):
            return {attribute: set(values)}
        case Negation(part):
            return attributes_in(part)
        case Conjunction(parts) | Disjunction(parts):
            values_by_attribute: dict[str, set[str]] = {}
            for part in parts:
                for name, part_values in attributes_in(part).items():
                    values_by_attribute.setdefault(name, set()).update(part_values)
            return values_by_attribute


@dataclass(frozen=True, slots=True)
class AcceptedAnswers:
    """The answers to one question that will do: these, or all but these.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import AcceptedAnswers
        >>> both = AcceptedAnswers(frozenset({"a", "b"})) & AcceptedAnswers(frozenset({"b"}), all_but=True)
        >>> both.accepts("a"), both.accepts("b")
        (True, False)
    """

    values: frozenset[str]
    all_but: bool = False

    def __and__(self, other: AcceptedAnswers) -> AcceptedAnswers:
        if self.all_but and other.all_but:
            return AcceptedAnswers(self.values | other.values, True)
        if self.all_but or other.all_but:
            finite, excluded = (other, self) if self.all_but else (self, other)
            return AcceptedAnswers(finite.values - excluded.values)
        return AcceptedAnswers(self.values & other.values)

    def accepts(self, value: str) -> bool:
        """Whether an answer will do."""
        return (value in self.values) != self.all_but


Alternative = Mapping[str, AcceptedAnswers]
"""Attributes that must all have an answer that will do."""


def disjunctive_normal_form(condition: LegalCondition, max_alternatives: int) -> list[Alternative] | None:
    """A condition as alternatives of which one must hold (its disjunctive normal form); None if there are too many.

    The values true, unknown and false with `all_of`, `any_of` and `negate` are a De Morgan algebra: distribution, De
    Morgan's laws and double negation hold for them, so that both forms have the same truth for every proposal.

    Args:
        condition: What is to be put so.
        max_alternatives: How many alternatives there may be, on the way as well as in the end.

    Example:
        >>> from detente.methods.institutions.three_valued_logic import AttributeIn
        >>> from detente.methods.institutions.three_valued_logic import Disjunction
        >>> from detente.methods.institutions.three_valued_logic import disjunctive_normal_form
        >>> a, b = AttributeIn("a", frozenset({"yes"})), AttributeIn("b", frozenset({"yes"}))
        >>> [list(each) for each in disjunctive_normal_form(Disjunction((a, b)), max_alternatives=8)]
        [['a'], ['b']]
    """
    return _normal_form(condition, True, max_alternatives)


def _normal_form(condition: LegalCondition, positive: bool, max_alternatives: int) -> list[Alternative] | None:
    match condition:
        case AttributeIn(attribute, values):
            return [{attribute: AcceptedAnswers(values, not positive)}]
        case Negation(part):
            return _normal_form(part, not positive, max_alternatives)
        case Conjunction(parts) | Disjunction(parts):
            part_forms = [_normal_form(part, positive, max_alternatives) for part in parts]
            is_conjunction = isinstance(condition, Conjunction) == positive
            return (
                _distribute_forms(part_forms, max_alternatives)
                if is_conjunction
                else _concatenate_forms(part_forms, max_alternatives)
            )


def _concatenate_forms(
    part_forms: Iterable[list[Alternative] | None], max_alternatives: int
) -> list[Alternative] | None:
    result: list[Alternative] = []
    for form in part_forms:
        if form is None or len(result) + len(form) > max_alternatives:
            return None
        result += form
    return result


def _distribute_forms(
    part_forms: Iterable[list[Alternative] | None], max_alternatives: int
) -> list[Alternative] | None:
    result: list[Alternative] = [{}]
    for form in part_forms:
        if form is None or len(result) * len(form) > max_alternatives:
            return None
        result = [_merge_alternatives(left, right) for left, right in product(result, form)]
    return result


def _merge_alternatives(left: Alternative, right: Alternative) -> Alternative:
    merged = dict(left)
    for name, answers in right.items():
        merged[name] = merged[name] & answers if name in merged else answers
    return merged
