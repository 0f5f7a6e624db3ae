"""What an organisation may decide: a proposal held against rules that bar, require, allow or make it redundant.

Each rule applies, does not, or may apply; so a verdict is one of `barred`, `undetermined`, `conditional`, `redundant`
and `open`. A requirement that is met is no permission: that takes a rule that allows, or `otherwise`. Settling an
unknown never undoes `barred`, `redundant` or `open`. The scheme is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detente.methods.institutions.legal_rule import ORDER, OTHER, Changes, Rule, State
from detente.methods.institutions.rulebook_bitsets import Masks, Reading, Standing
from detente.methods.institutions.three_valued_logic import All, Attributes, Condition, holds, mentioned
from detente.methods.institutions.truth_bitsets import bits


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of a proposal, and which of them do."""

    state: State
    rules: tuple[str, ...]
    """The rules that make it so; none where no rule speaks and the organisation's `otherwise` holds."""
    besides: tuple[str, ...] = ()
    """Rules that stand in the way too, though less."""
    met: tuple[str, ...] = ()
    """Rules that apply and ask for what is given."""
    needs: tuple[Condition, ...] = ()
    """What must still come to hold, as far as it can."""
    unknown: tuple[str, ...] = ()
    """For `undetermined`, the attributes that are not settled."""
    in_doubt: tuple[str, ...] = ()
    """For `undetermined`, the rules of which it is not known whether they are in force."""
    limits: tuple[str, ...] = ()
    """The rules that limit what can be done."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """Rules that allow and rules that bar it at once, neither overriding the other."""


Asked = tuple[str | None, ...]
"""The answers of a proposal to what the rules of a book ask."""


@dataclass(frozen=True)
class Rulebook:
    """The rules that bind one organisation, or one state, at one time."""

    rules: tuple[Rule, ...]
    otherwise: State = "undetermined"
    """The verdict where no rule applies."""
    domains: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The values that each attribute may have, as far as that is known; to look for changes."""
    settable: frozenset[str] | None = None
    """The attributes that somebody could bring about; all, if it is not said."""
    _verdicts: dict[Asked, Verdict] = field(default_factory=dict, init=False, repr=False, compare=False)
    _readings: dict[Asked, Reading] = field(default_factory=dict, init=False, repr=False, compare=False)

    def verdict(self, attributes: Attributes) -> Verdict:
        """What the rules make of a proposal with these attributes.

        What stands in its way counts by the worst, what permits it by the best; where no rule permits, bars or
        duplicates it, `otherwise` holds.
        """
        asked = self.asked(attributes)
        if asked not in self._verdicts:
            self._verdicts[asked] = self.after(frozenset(), attributes)
        return self._verdicts[asked]

    def reading(self, attributes: Attributes) -> Reading:
        """How every rule reads on a proposal with these attributes."""
        asked = self.asked(attributes)
        if asked not in self._readings:
            self._readings[asked] = self.masks.reading(attributes)
        return self._readings[asked]

    def after(self, changes: Changes, attributes: Attributes) -> Verdict:
        """The verdict after some changes, with what the attributes settle otherwise."""
        dropped = {change.what for change in changes if change.kind == "drops"}
        left = self.masks.every & ~self.mask(dropped)
        attributes = {**attributes, **{change.what: change.value for change in changes if change.value}}
        adopts = any(change.kind == "adopts" for change in changes)
        return self._told(self.masks.standing(self.masks.reading(attributes), left, adopts=adopts), attributes)

    def asked(self, attributes: Attributes) -> Asked:
        """What a proposal answers to everything that some rule asks: all that its verdict can hang on."""
        return tuple(attributes.get(name) for name in self._questions)

    @cached_property
    def _questions(self) -> tuple[str, ...]:
        return tuple(mentioned(All(tuple(part for rule in self.rules for part in (rule.applies, *rule.requires)))))

    @cached_property
    def masks(self) -> Masks:
        """The rules by what they do, each a bit."""
        return Masks(self.rules, self.otherwise, self.settable)

    def mask(self, ids: Iterable[str]) -> int:
        """These rules, as far as they are in the book, each a bit."""
        return sum(1 << self.numbers[id] for id in set(ids) if id in self.numbers)

    def _told(self, standing: Standing, attributes: Attributes) -> Verdict:
        """A verdict with all that stands behind it."""
        state, obstacles = standing.state, dict(standing.obstacles)
        because = self._those(obstacles.get(state, 0))
        because += self._those(standing.licensing) if state == standing.licence else []
        open_ = because if state == "undetermined" else []
        lacking = [*because, *self._those(standing.conditioning)] if state != "barred" else []
        asking = standing.applies & self.masks.of("requires")
        in_the_way = standing.barring | standing.undetermining | standing.conditioning
        allowed = self._ids(standing.applies & self.masks.of("allows"))
        barred = self._ids(standing.barring & self.masks.of("bars"))
        return Verdict(
            state,
            rules=tuple(rule.id for rule in because),
            besides=tuple(id for other in ORDER if other != state for id in self._ids(obstacles.get(other, 0))),
            met=self._ids(asking & ~in_the_way),
            needs=self._needs(lacking, attributes),
            unknown=tuple(dict.fromkeys(self._unknown(open_, attributes))),
            in_doubt=tuple(dict.fromkeys(rule.id for rule in self.asked_of(open_) if rule.in_force is None)),
            limits=self._ids(standing.applies & self.masks.of("limits")),
            conflicts=tuple((allowing, barring) for allowing in allowed for barring in barred),
        )

    def _those(self, numbers: int) -> list[Rule]:
        return [self.rules[number] for number in bits(numbers)]

    def _ids(self, numbers: int) -> tuple[str, ...]:
        return tuple(self.rules[number].id for number in bits(numbers))

    def _needs(self, rules: Iterable[Rule], attributes: Attributes) -> tuple[Condition, ...]:
        lacking = (need for rule in rules for need in rule.requires if holds(need, attributes) is None)
        return tuple(dict.fromkeys(lacking))

    @cached_property
    def overriders(self) -> Mapping[str, Sequence[Rule]]:
        """For each rule that others override, which do."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for id in rule.overrides:
                found.setdefault(id, []).append(rule)
        return found

    def asked_of(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        """These rules and those that override them: whether they apply hangs on all of these."""
        for rule in rules:
            yield rule
            yield from self.overriders.get(rule.id, ())

    def _unknown(self, rules: Iterable[Rule], attributes: Attributes) -> Iterator[str]:
        for rule in self.asked_of(rules):
            stuck = (need for need in rule.requires if not self._can_be_met(need, attributes))
            for condition in (rule.applies, *stuck):
                yield from (name for name in mentioned(condition) if attributes.get(name) is None)

    def _can_be_met(self, need: Condition, attributes: Attributes) -> bool:
        """Whether somebody could still bring about what a need leaves open."""
        lacking = {name for name in mentioned(need) if attributes.get(name) is None}
        return self.settable is None or bool(lacking & self.settable)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The place of each rule in the book."""
        return {rule.id: number for number, rule in enumerate(self.rules)}

    @cached_property
    def wanted(self) -> Mapping[str, Sequence[str]]:
        """The attributes that some rule requires, each with the values that will do for some rule."""
        found = mentioned(All(tuple(need for rule in self.rules for need in rule.requires)))
        return {name: sorted(values) for name, values in found.items()}

    @cached_property
    def values(self) -> Mapping[str, Sequence[str]]:
        """The values of each attribute that make a difference: those that rules ask for, and one that none does."""
        every = All(tuple(part for rule in self.rules for part in (rule.applies, *rule.requires)))
        return {name: self._telling(name, values) for name, values in mentioned(every).items()}

    def _telling(self, name: str, asked: set[str]) -> list[str]:
        if name not in self.domains:
            return [*sorted(asked), OTHER]
        others = [value for value in self.domains[name] if value not in asked]
        return [*(value for value in self.domains[name] if value in asked), *others[:1]]
