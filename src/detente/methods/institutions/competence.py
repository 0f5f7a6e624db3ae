"""What an organisation may decide: a proposal held against rules that bar, require, allow or make it redundant.

Each rule applies, does not, or may apply; so a verdict is one of `barred`, `undetermined`, `conditional`, `redundant`
and `open`. A requirement that is met is no permission: that takes a rule that allows, or `default_state`. Settling an
unknown never undoes `barred`, `redundant` or `open`. The scheme is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detente.methods.institutions.legal_rule import (
    OTHER_VALUE,
    STATES_WORST_FIRST,
    ChangeSet,
    LegalRule,
    VerdictState,
)
from detente.methods.institutions.rulebook_bitsets import CombinedEffect, RuleApplicability, RulebookMasks
from detente.methods.institutions.three_valued_logic import (
    Attributes,
    Conjunction,
    LegalCondition,
    attributes_in,
    evaluate_condition,
)
from detente.methods.institutions.truth_bitsets import set_bits


@dataclass(frozen=True, slots=True)
class LegalVerdict:
    """What the rules make of a proposal, and which of them do."""

    state: VerdictState
    deciding_rules: tuple[str, ...]
    """The rules that make it so; none where no rule speaks and the organisation's `default_state` holds."""
    lesser_obstacles: tuple[str, ...] = ()
    """Rules that stand in the way too, though less."""
    met_requirements: tuple[str, ...] = ()
    """Rules that apply and ask for what is given."""
    open_requirements: tuple[LegalCondition, ...] = ()
    """What must still come to hold, as far as it can."""
    unsettled_attributes: tuple[str, ...] = ()
    """For `undetermined`, the attributes that are not settled."""
    doubtful_rules: tuple[str, ...] = ()
    """For `undetermined`, the rules of which it is not known whether they are in force."""
    limiting_rules: tuple[str, ...] = ()
    """The rules that limit what can be done."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """Rules that allow and rules that bar it at once, neither overriding the other."""


RuleAnswers = tuple[str | None, ...]
"""The answers of a proposal to what the rules of a book ask."""


@dataclass(frozen=True)
class Rulebook:
    """The rules that bind one organisation, or one state, at one time.

    Example:
        >>> from detente.methods.institutions.competence import Rulebook
        >>> from detente.methods.institutions.legal_rule import LegalRule
        >>> from detente.methods.institutions.three_valued_logic import AttributeIn
        >>> force = AttributeIn("means", frozenset({"force"}))
        >>> book = Rulebook((LegalRule("no force", "bars", force),), default_state="open")
        >>> book.verdict({"means": "force"}).state, book.verdict({"means": "talks"}).state, book.verdict({}).state
        ('barred', 'open', 'undetermined')
    """

    rules: tuple[LegalRule, ...]
    default_state: VerdictState = "undetermined"
    """The verdict where no rule applies."""
    domains: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The values that each attribute may have, as far as that is known; to look for changes."""
    settable_attributes: frozenset[str] | None = None
    """The attributes that somebody could bring about; all, if it is not said."""
    _verdict_cache: dict[RuleAnswers, LegalVerdict] = field(default_factory=dict, init=False, repr=False, compare=False)
    _applicability_cache: dict[RuleAnswers, RuleApplicability] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def verdict(self, attributes: Attributes) -> LegalVerdict:
        """What the rules make of a proposal with these attributes.

        What stands in its way counts by the worst, what permits it by the best; where no rule permits, bars or
        duplicates it, `default_state` holds.
        """
        answers = self.answers_to_rules(attributes)
        if answers not in self._verdict_cache:
            self._verdict_cache[answers] = self.verdict_after(frozenset(), attributes)
        return self._verdict_cache[answers]

    def rule_applicability(self, attributes: Attributes) -> RuleApplicability:
        """How every rule reads on a proposal with these attributes."""
        answers = self.answers_to_rules(attributes)
        if answers not in self._applicability_cache:
            self._applicability_cache[answers] = self.masks.rule_applicability(attributes)
        return self._applicability_cache[answers]

    def verdict_after(self, changes: ChangeSet, attributes: Attributes) -> LegalVerdict:
        """The verdict after some changes, with what the attributes settle otherwise."""
        dropped = {change.target for change in changes if change.kind == "drops"}
        remaining_rules = self.masks.all_rules & ~self.mask_of_rules(dropped)
        attributes = {**attributes, **{change.target: change.value for change in changes if change.value}}
        adopts = any(change.kind == "adopts" for change in changes)
        return self._explain_verdict(
            self.masks.combined_effect(self.masks.rule_applicability(attributes), remaining_rules, adopts=adopts),
            attributes,
        )

    def answers_to_rules(self, attributes: Attributes) -> RuleAnswers:
        """What a proposal answers to everything that some rule asks: all that its verdict can hang on."""
        return tuple(attributes.get(name) for name in self._asked_attributes)

    @cached_property
    def _asked_attributes(self) -> tuple[str, ...]:
        return tuple(
            attributes_in(
                Conjunction(tuple(part for rule in self.rules for part in (rule.applies_if, *rule.requirements)))
            )
        )

    @cached_property
    def masks(self) -> RulebookMasks:
        """The rules by what they do, each a bit."""
        return RulebookMasks(self.rules, self.default_state, self.settable_attributes)

    def mask_of_rules(self, ids: Iterable[str]) -> int:
        """These rules, as far as they are in the book, each a bit."""
        return sum(1 << self.rule_positions[id] for id in set(ids) if id in self.rule_positions)

    def _explain_verdict(self, effect: CombinedEffect, attributes: Attributes) -> LegalVerdict:
        """A verdict with all that stands behind it."""
        state, obstacles = effect.state, dict(effect.obstacles)
        deciding_rules = self._rules_in_mask(obstacles.get(state, 0))
        deciding_rules += self._rules_in_mask(effect.permitting_rules) if state == effect.permission_state else []
        undetermined_rules = deciding_rules if state == "undetermined" else []
        open_rules = [*deciding_rules, *self._rules_in_mask(effect.conditioning_rules)] if state != "barred" else []
        requiring_rules = effect.applies & self.masks.rules_with_effect("requires")
        obstructing_rules = effect.barring_rules | effect.undetermining_rules | effect.conditioning_rules
        # A rule that allows only what meets its requirement allows nothing where that is refused.
        _, refused, _ = self.masks.requirement_status(attributes)
        allowed = self._rule_ids(effect.applies & self.masks.rules_with_effect("allows") & ~refused)
        barred = self._rule_ids(effect.barring_rules & self.masks.rules_with_effect("bars"))
        return LegalVerdict(
            state,
            deciding_rules=tuple(rule.id for rule in deciding_rules),
            lesser_obstacles=tuple(
                id for other in STATES_WORST_FIRST if other != state for id in self._rule_ids(obstacles.get(other, 0))
            ),
            met_requirements=self._rule_ids(requiring_rules & ~obstructing_rules),
            open_requirements=self._open_requirements(open_rules, attributes),
            unsettled_attributes=tuple(dict.fromkeys(self._unsettled_attributes(undetermined_rules, attributes))),
            doubtful_rules=tuple(
                dict.fromkeys(rule.id for rule in self.with_overriders(undetermined_rules) if rule.in_force is None)
            ),
            limiting_rules=self._rule_ids(effect.applies & self.masks.rules_with_effect("limits")),
            conflicts=tuple((allowing, barring) for allowing in allowed for barring in barred),
        )

    def _rules_in_mask(self, mask: int) -> list[LegalRule]:
        return [self.rules[position] for position in set_bits(mask)]

    def _rule_ids(self, mask: int) -> tuple[str, ...]:
        return tuple(self.rules[position].id for position in set_bits(mask))

    def _open_requirements(self, rules: Iterable[LegalRule], attributes: Attributes) -> tuple[LegalCondition, ...]:
        open_requirements = (
            requirement
            for rule in rules
            for requirement in rule.requirements
            if evaluate_condition(requirement, attributes) is None
        )
        return tuple(dict.fromkeys(open_requirements))

    @cached_property
    def overriders(self) -> Mapping[str, Sequence[LegalRule]]:
        """For each rule that others override, which do."""
        overriders_by_id: dict[str, list[LegalRule]] = {}
        for rule in self.rules:
            for id in rule.overrides:
                overriders_by_id.setdefault(id, []).append(rule)
        return overriders_by_id

    def with_overriders(self, rules: Iterable[LegalRule]) -> Iterator[LegalRule]:
        """These rules and those that override them: whether they apply hangs on all of these."""
        for rule in rules:
            yield rule
            yield from self.overriders.get(rule.id, ())

    def _unsettled_attributes(self, rules: Iterable[LegalRule], attributes: Attributes) -> Iterator[str]:
        for rule in self.with_overriders(rules):
            unattainable = (
                requirement for requirement in rule.requirements if not self._can_be_met(requirement, attributes)
            )
            for condition in (rule.applies_if, *unattainable):
                yield from (name for name in attributes_in(condition) if attributes.get(name) is None)

    def _can_be_met(self, requirement: LegalCondition, attributes: Attributes) -> bool:
        """Whether somebody could still bring about what a need leaves open."""
        unsettled = {name for name in attributes_in(requirement) if attributes.get(name) is None}
        return self.settable_attributes is None or bool(unsettled & self.settable_attributes)

    @cached_property
    def rules_by_id(self) -> Mapping[str, LegalRule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rule_positions(self) -> Mapping[str, int]:
        """The place of each rule in the book."""
        return {rule.id: position for position, rule in enumerate(self.rules)}

    @cached_property
    def required_values(self) -> Mapping[str, Sequence[str]]:
        """The attributes that some rule requires, each with the values that will do for some rule."""
        values_by_attribute = attributes_in(
            Conjunction(tuple(requirement for rule in self.rules for requirement in rule.requirements))
        )
        return {name: sorted(values) for name, values in values_by_attribute.items()}

    @cached_property
    def relevant_values(self) -> Mapping[str, Sequence[str]]:
        """The values of each attribute that make a difference: those that rules ask for, and one that none does."""
        all_conditions = Conjunction(
            tuple(part for rule in self.rules for part in (rule.applies_if, *rule.requirements))
        )
        return {
            name: self._distinguishing_values(name, values) for name, values in attributes_in(all_conditions).items()
        }

    def _distinguishing_values(self, name: str, asked_values: set[str]) -> list[str]:
        if name not in self.domains:
            return [*sorted(asked_values), OTHER_VALUE]
        unasked_values = [value for value in self.domains[name] if value not in asked_values]
        return [*(value for value in self.domains[name] if value in asked_values), *unasked_values[:1]]
