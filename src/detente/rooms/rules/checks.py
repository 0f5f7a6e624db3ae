"""What the rules room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.legal_rules import RULE_EFFECTS, Attribute, AttributeAnswer
from detente.methods.institutions.legal_rule import STATES_WORST_FIRST
from detente.rooms.rules.condition_checks import can_hold, condition_faults, unknown_value_fault
from detente.rooms.rules.decision_rule_checks import organisation_faults, sides_faults, stances_faults
from detente.rooms.rules.model.build_rulebooks import (
    CHANNEL_ATTRIBUTES,
    CHANNELS,
    MOST_DISPUTED,
    build_condition,
    exceeds_dispute_limits,
)
from detente.text.english import join_words

RESERVED_ATTRIBUTES = ("any", "all", "not", *CHANNEL_ATTRIBUTES)
RESERVED_VALUES = frozenset({*CHANNELS, *STATES_WORST_FIRST, "allowed", "forbidden", "permitted"})
"""Words for channels and verdicts, which no attribute of a proposal may use."""


def rules_faults(case: Case) -> Iterator[Fault]:
    """Attributes and rules that cannot be asked or cannot apply, rules that cannot decide, stances of nobody."""
    yield from _attribute_faults(case)
    for name, proposal in case.proposals.items():
        yield from _quality_faults(case, proposal.attributes, ("proposals", name))
        for index, part in enumerate(proposal.parts):
            yield from _quality_faults(case, part.attributes, ("proposals", name, "parts", index))
            if part.title in {other.title for other in proposal.parts[:index]}:
                message = f"two parts are called '{part.title}'"
                yield Fault(("proposals", name, "parts", index, "title"), message, "no reader could tell them apart")
        for index, other in enumerate(proposal.takes_up):
            if other == name:
                path = ("proposals", name, "takes_up", index)
                yield Fault(path, f"'{name}' takes up itself", "name an earlier proposal")
    for name in case.rules:
        yield from _rule_faults(case, name)
    yield from _dispute_faults(case)
    if exceeds_dispute_limits(case):
        return
    for name, organisation in case.organisations.items():
        yield from organisation_faults(case, name, organisation)
    yield from sides_faults(case)
    yield from stances_faults(case)


def _attribute_faults(case: Case) -> Iterator[Fault]:
    for name, part in case.attributes.items():
        path = ("attributes", name)
        if name in RESERVED_ATTRIBUTES or name in RESERVED_VALUES:
            yield Fault(path, f"no attribute may be called '{name}'", "an attribute is what a proposal says of itself")
        for value in part.values:
            if value in RESERVED_VALUES or value in case.rules:
                message = f"'{value}' names a rule, a channel or a verdict, which no attribute of a proposal may"
                yield Fault((*path, "values", value), message, "say what is proposed, and leave the rest to the rules")
        if not part.values:
            yield Fault(
                (*path, "values"), "an attribute needs values", "the answers it may have, each with its meaning"
            )
        if part.presumed is not None and part.presumed not in part.values:
            yield unknown_value_fault(case, name, part.presumed, (*path, "presumed"))
        yield from _other_reading_faults(case, name, part, path)


def _other_reading_faults(case: Case, name: str, part: Attribute, path: CasePath) -> Iterator[Fault]:
    """Other readings of what nothing is presumed of, or of an answer that there is not.

    One of what is presumed already is none, and no mistake: a scenario may presume it.
    """
    for value in part.read_otherwise:
        place = (*path, "read_otherwise", value)
        if part.presumed is None:
            yield Fault(place, f"nothing is presumed of '{name}'", "presumed: the first reading")
        elif value not in part.values:
            yield unknown_value_fault(case, name, value, place)


def _quality_faults(case: Case, qualities: dict[str, AttributeAnswer], path: CasePath) -> Iterator[Fault]:
    for name, quality in qualities.items():
        if quality.value not in case.attributes[name].values:
            yield unknown_value_fault(case, name, quality.value, (*path, "attributes", name))


def _rule_faults(case: Case, name: str) -> Iterator[Fault]:
    rule, path = case.rules[name], ("rules", name)
    if len(rule.effects) > 1 and rule.effects != ["allows", "requires"]:
        message = f"this rule {join_words(rule.effects)} at once"
        yield Fault(path, message, "a rule has one effect, or allows what it requires; make it two rules")
    if rule.describes and rule.effects:
        yield Fault((*path, rule.effects[0]), "a rule that only describes has no effect", "take out describes: or this")
    if not rule.effects and rule.applies:
        effects = ", ".join(RULE_EFFECTS)
        yield Fault((*path, "applies"), "this rule applies, and has no effect", f"give it one of {effects}")
    has_condition_faults = False
    for key in ("applies", "requires"):
        for fault in condition_faults(case, getattr(rule, key), (*path, key)):
            has_condition_faults = True
            yield fault
    if not has_condition_faults and rule.applies and not can_hold(case, build_condition(rule.applies)):
        yield Fault((*path, "applies"), "this rule can never apply", "its conditions exclude each other")
    if not has_condition_faults and rule.requires and not can_hold(case, build_condition(rule.requires)):
        yield Fault((*path, "requires"), "this can never be met", "its conditions exclude each other")
    for key in ("overrides", "disputes"):
        for index, other in enumerate(getattr(rule, key)):
            if other == name:
                yield Fault((*path, key, index), f"'{name}' {key} itself", "name another rule")
            elif not case.rules[other].effects or not rule.effects:
                remedy = "only rules with an effect can stand against each other"
                yield Fault((*path, key, index), f"'{name}' {key} '{other}', and one of them has no effect", remedy)
            elif key == "overrides" and name in _overridden_rules(case, other):
                circle_message = f"'{name}' overrides '{other}', which overrides it in turn"
                yield Fault((*path, key, index), circle_message, "which one prevails?")


def _overridden_rules(case: Case, name: str) -> set[str]:
    """The rules that a rule overrides, and those that they override."""
    overridden: set[str] = set()
    pending = [name]
    while pending:
        newly_overridden = [other for other in case.rules[pending.pop()].overrides if other not in overridden]
        overridden.update(newly_overridden)
        pending += newly_overridden
    return overridden


def _dispute_faults(case: Case) -> Iterator[Fault]:
    if exceeds_dispute_limits(case):
        first_rule = next(name for name, rule in case.rules.items() if rule.disputes)
        message = "more rules are in dispute than can be told apart"
        yield Fault(("rules", first_rule, "disputes"), message, f"leave at most {MOST_DISPUTED} in one dispute")
