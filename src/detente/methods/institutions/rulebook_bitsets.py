"""What rules do about a proposal, all at once: each rule is a bit, and a set of rules a whole number.

A `RuleApplicability` says how every rule reads on a proposal, before any of them overrides another. A `CombinedEffect`
says what those that still hold make of it together. The scheme of verdicts is that of `competence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from detente.methods.institutions.legal_rule import (
    OBSTRUCTING_EFFECTS,
    STATE_RANK,
    STATES_WORST_FIRST,
    LegalRule,
    RuleEffect,
    VerdictState,
    worst_state,
)
from detente.methods.institutions.three_valued_logic import Attributes, Conjunction, attributes_in
from detente.methods.institutions.truth_bitsets import ConditionBitset, lowest_set_bit


class RuleApplicability(NamedTuple):
    """How every rule reads on a proposal."""

    applies: int
    may_apply: int
    requirements_met: int
    """What it requires is given, or it requires nothing."""
    requirements_refused: int
    """Something that it requires is not so."""
    requirements_obtainable: int
    """What it requires is neither, and somebody could bring about whatever is lacking."""


class CombinedEffect(NamedTuple):
    """What the rules that hold do about a proposal together."""

    applies: int
    may_apply: int
    barring_rules: int
    """The rules that stand in the way so that it is barred; and so on for the other verdicts."""
    undetermining_rules: int
    conditioning_rules: int
    duplicating_rules: int
    permission_state: VerdictState
    """What permits it, by the best of the rules that do, or where none does by what then holds."""
    permitting_rules: int
    """The rules that permit it so."""

    @property
    def obstacles(self) -> tuple[tuple[VerdictState, int], ...]:
        """The rules that stand in the way, by what they make of it, from worst to best."""
        obstacle_masks = (self.barring_rules, self.undetermining_rules, self.conditioning_rules, self.duplicating_rules)
        return tuple(zip(STATES_WORST_FIRST, obstacle_masks, strict=False))

    @property
    def state(self) -> VerdictState:
        """The verdict: the worst of what stands in the way, or what permits it."""
        return worst_state([self.permission_state, *(state for state, rules in self.obstacles if rules)])

    @property
    def is_open(self) -> bool:
        """Whether the verdict is `open`."""
        return self.permission_state == "open" and self.first_obstacle is None

    @property
    def first_obstacle(self) -> int | None:
        """The first rule that stands in the way as the worst of them do; None if no rule does."""
        rules = self.barring_rules or self.undetermining_rules or self.conditioning_rules or self.duplicating_rules
        return lowest_set_bit(rules) if rules else None


class RulebookMasks:
    """The rules of a book by what they do, and how to read them."""

    def __init__(
        self, rules: Sequence[LegalRule], default_state: VerdictState, settable_attributes: frozenset[str] | None
    ):
        self.rule_count = len(rules)
        self.all_rules = (1 << self.rule_count) - 1
        self.default_state = default_state
        self.in_force = _mask_where(rule.in_force is True for rule in rules)
        self.in_doubt = _mask_where(rule.in_force is None for rule in rules)
        self._by_effect: dict[RuleEffect, int] = {
            effect: _mask_where(rule.effect == effect for rule in rules)
            for effect in (*OBSTRUCTING_EFFECTS, "allows", "limits")
        }
        position_by_id = {rule.id: position for position, rule in enumerate(rules)}
        self._overridden_by = {
            1 << position: sum(1 << position_by_id[id] for id in set(rule.overrides) if id in position_by_id)
            for position, rule in enumerate(rules)
            if rule.overrides
        }
        self._overriders = sum(self._overridden_by)
        self._max_requirements = max((len(rule.requirements) for rule in rules), default=0)
        self._application_conditions = ConditionBitset([rule.applies_if for rule in rules])
        # The k-th needs of all rules stand side by side; a rule with fewer has some there that never lack.
        padded = [
            (*rule.requirements, *[Conjunction(())] * (self._max_requirements - len(rule.requirements)))
            for rule in rules
        ]
        requirements = [its[k] for k in range(self._max_requirements) for its in padded]
        self._requirements = ConditionBitset(requirements)
        self._all_requirements = (1 << len(requirements)) - 1
        self._requirements_by_attribute: dict[str, int] = {}
        for bit_position, requirement in enumerate(requirements):
            for name in attributes_in(requirement):
                if settable_attributes is None or name in settable_attributes:
                    self._requirements_by_attribute[name] = (
                        self._requirements_by_attribute.get(name, 0) | 1 << bit_position
                    )

    def rules_with_effect(self, effect: RuleEffect) -> int:
        """The rules with an effect."""
        return self._by_effect[effect]

    @property
    def application_attributes(self) -> frozenset[str]:
        """The attributes on which it hangs whether rules apply."""
        return self._application_conditions.asked_attributes

    def rule_applicability(self, attributes: Attributes) -> RuleApplicability:
        """How every rule reads on a proposal."""
        return RuleApplicability(*self.application_status(attributes), *self.requirement_status(attributes))

    def application_status(self, attributes: Attributes) -> tuple[int, int]:
        """The rules that apply, and those that may."""
        true, unknown = self._application_conditions.evaluate(attributes)
        return true & self.in_force, unknown & (self.in_force | self.in_doubt) | true & self.in_doubt

    def requirement_status(self, attributes: Attributes) -> tuple[int, int, int]:
        """The rules that are given what they require, that are refused it, and for which it could be obtained."""
        met, unsettled = self._requirements.evaluate(attributes)
        unmet = self._rules_with_requirements(self._all_requirements & ~met)
        refused = self._rules_with_requirements(self._all_requirements & ~(met | unsettled))
        unattainable = self._rules_with_requirements(unsettled & ~self._attainable_requirements(attributes))
        return self.all_rules & ~unmet, refused, unmet & ~(refused | unattainable)

    def _rules_with_requirements(self, requirements: int) -> int:
        """The rules that have one of these needs."""
        rules = 0
        while requirements:
            rules |= requirements & self.all_rules
            requirements >>= self.rule_count
        return rules

    def _attainable_requirements(self, attributes: Attributes) -> int:
        """The needs of which something is open that somebody could still bring about."""
        attainable = 0
        for name, requirements in self._requirements_by_attribute.items():
            if attributes.get(name) is None:
                attainable |= requirements
        return attainable

    def combined_effect(
        self, applicability: RuleApplicability, remaining_rules: int, *, adopts: bool = False
    ) -> CombinedEffect:
        """What those of the rules that are left do about a proposal.

        Args:
            applicability: How the rules read on it.
            remaining_rules: The rules that still hold.
            adopts: Whether there is one more, which allows it.
        """
        applies, may_apply = self._apply_overrides(
            applicability.applies & remaining_rules, applicability.may_apply & remaining_rules
        )
        bars, requires, duplicates = (self._by_effect[effect] for effect in OBSTRUCTING_EFFECTS)
        unmet_requirers = applies & requires & ~applicability.requirements_met
        barring_rules = applies & bars | unmet_requirers & applicability.requirements_refused
        duplicating_rules = applies & duplicates
        undetermining_rules = may_apply & (bars | duplicates | requires & ~applicability.requirements_met)
        undetermining_rules |= unmet_requirers & ~(
            applicability.requirements_refused | applicability.requirements_obtainable
        )
        permission_state, permitting_rules = self.default_state, 0
        if (
            barring_rules or duplicating_rules or adopts
        ):  # what is barred or covered already needs no permission to be told so
            permission_state = "open"
        allows = (
            0
            if barring_rules or duplicating_rules
            else applies & self._by_effect["allows"] & ~applicability.requirements_refused
        )
        if allows:
            permission_state, permitting_rules = self._best_permission(applicability, allows, permission_state)
        return CombinedEffect(
            applies,
            may_apply,
            barring_rules,
            undetermining_rules,
            unmet_requirers & applicability.requirements_obtainable,
            duplicating_rules,
            permission_state,
            permitting_rules,
        )

    def _best_permission(
        self, applicability: RuleApplicability, allowing_rules: int, default: VerdictState
    ) -> tuple[VerdictState, int]:
        """The best that these rules permit, and which of them do; nothing of them if `default` is better."""
        by_state: tuple[tuple[VerdictState, int], ...] = (
            ("open", allowing_rules & applicability.requirements_met),
            ("conditional", allowing_rules & applicability.requirements_obtainable),
            (
                "undetermined",
                allowing_rules & ~(applicability.requirements_met | applicability.requirements_obtainable),
            ),
        )
        for state, rules in by_state:
            if rules and STATE_RANK[state] >= STATE_RANK[default]:
                return state, rules
        return default, 0

    def _apply_overrides(self, applies: int, may_apply: int) -> tuple[int, int]:
        """Which rules apply, and which may, after those that apply have taken the place of others."""
        certain, possible, relevant = applies, may_apply, applies | may_apply
        overriders = relevant & self._overriders
        while overriders:  # bit by bit, and not by `set_bits`: nothing here is asked as often
            overrider = overriders & -overriders
            overriders ^= overrider
            targets = self._overridden_by[overrider] & relevant
            if not targets:
                continue
            possible = possible & ~targets if applies & overrider else possible | certain & targets
            certain &= ~targets
        return certain, possible


def _mask_where(flags: Iterable[bool]) -> int:
    """The places at which something holds, as bits."""
    return sum(1 << position for position, flag in enumerate(flags) if flag)
