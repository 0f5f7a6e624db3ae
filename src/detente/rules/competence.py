"""What an organisation may decide: a proposal held against rules that bar, require, allow or make it redundant.

Each rule applies, does not, or may apply; so a verdict is one of `barred`, `undetermined`, `conditional`, `redundant`
and `open`. A requirement that is met is no permission: that takes a rule that allows, or `otherwise`. Settling an
unknown never undoes `barred`, `redundant` or `open`. The scheme is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from detente.rules.kleene import All, Attributes, Condition, Is, Truth, all_of, holds, mentioned, negated

State = Literal["barred", "undetermined", "conditional", "redundant", "open"]
ORDER: tuple[State, ...] = ("barred", "undetermined", "conditional", "redundant", "open")
"""From worst to best."""
Effect = Literal["bars", "requires", "allows", "duplicates", "limits"]
OTHER = "something else"
"""A value that no rule asks for, where it is not known which there are."""
MOST_CHANGES = 4
MOST_LOOKS = 1000
"""Sets of as many changes, beyond which larger ones are not looked at."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: to which proposals it applies, and what it makes of them."""

    id: str
    effect: Effect
    applies: Condition
    requires: tuple[Condition, ...] = ()
    """What must hold besides: for a rule that requires, or that allows on conditions. Each is a fact of its own."""
    in_force: Truth = True
    """Whether it is in force at the time; unknown where its dates leave it open."""
    overrides: tuple[str, ...] = ()
    """The rules that it takes the place of where it applies."""


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


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that could be otherwise.

    A need met, a fact settled, the proposal itself amended, a rule dropped, or one adopted that allows it.
    """

    kind: Literal["meets", "settles", "amends", "drops", "adopts"]
    what: str = ""
    """The attribute, or the rule."""
    value: str = ""


Changes = frozenset[Change]


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

    def verdict(self, attributes: Attributes) -> Verdict:
        """What the rules make of a proposal with these attributes.

        What stands in its way counts by the worst, what permits it by the best; where no rule permits, bars or
        duplicates it, `otherwise` holds.
        """
        return self.after(frozenset(), attributes)

    def after(self, changes: Changes, attributes: Attributes) -> Verdict:
        """The verdict after some changes, with what the attributes settle otherwise."""
        dropped = {change.what for change in changes if change.kind == "drops"}
        attributes = _changed(attributes, changes)
        candidates = [rule for rule in self._candidates(attributes) if rule.id not in dropped]
        if any(change.kind == "adopts" for change in changes):
            candidates.append(Rule("", "allows", All(())))
        applying = self._applying(candidates, attributes)
        obstacles: dict[State, list[Rule]] = {}
        licences: dict[State, list[Rule]] = {}
        met: list[str] = []
        state: State | None
        for rule in candidates:
            applies = applying[rule.id]
            if applies is False or rule.effect == "limits":
                continue
            if rule.effect == "allows":
                if applies and (state := self._given(rule, attributes)):
                    licences.setdefault(state, []).append(rule)
            elif state := self._obstacle(rule, applies, attributes):
                obstacles.setdefault(state, []).append(rule)
            elif applies:
                met.append(rule.id)
        if obstacles.keys() & {"barred", "redundant"}:
            licences = {"open": []}  # what is barred or covered already needs no permission to be told so
        licences.setdefault(self.otherwise, [])
        licence = max(licences, key=ORDER.index)
        state = worst([licence, *obstacles])
        because = obstacles.get(state, []) + (licences.get(state, []) if state == licence else [])
        allowed = [rule.id for rule in candidates if rule.effect == "allows" and applying[rule.id]]
        open_ = because if state == "undetermined" else []
        lacking = [*because, *obstacles.get("conditional", ())] if state != "barred" else []
        return Verdict(
            state,
            rules=tuple(rule.id for rule in because),
            besides=tuple(rule.id for other in ORDER if other != state for rule in obstacles.get(other, ())),
            met=tuple(met),
            needs=self._needs(lacking, attributes),
            unknown=tuple(dict.fromkeys(self._unknown(open_, attributes))),
            in_doubt=tuple(dict.fromkeys(rule.id for rule in self._asked(open_) if rule.in_force is None)),
            limits=tuple(rule.id for rule in candidates if rule.effect == "limits" and applying[rule.id]),
            conflicts=tuple((a, b.id) for a in allowed for b in obstacles.get("barred", ()) if b.effect == "bars"),
        )

    def _needs(self, rules: Iterable[Rule], attributes: Attributes) -> tuple[Condition, ...]:
        lacking = (need for rule in rules for need in rule.requires if holds(need, attributes) is None)
        return tuple(dict.fromkeys(lacking))

    @cached_property
    def _index(self) -> tuple[list[tuple[str, dict[str, list[int]], list[int]]], list[int]]:
        """The rules by the value of one attribute that they ask for outright, and those that ask for none."""
        found: dict[str, tuple[dict[str, list[int]], list[int]]] = {}
        rest: list[int] = []
        for number, rule in enumerate(self.rules):
            asked = next(_outright(rule.applies), None)
            if asked is None:
                rest.append(number)
                continue
            by_value, every = found.setdefault(asked.attribute, ({}, []))
            every.append(number)
            for value in asked.values:
                by_value.setdefault(value, []).append(number)
        return [(name, by_value, every) for name, (by_value, every) in found.items()], rest

    def _candidates(self, attributes: Attributes) -> list[Rule]:
        """The rules that may apply, found without asking each of them, in their order."""
        index, rest = self._index
        numbers = list(rest)
        for name, by_value, every in index:
            value = attributes.get(name)
            numbers += every if value is None else by_value.get(value, ())
        return [self.rules[number] for number in sorted(numbers)]

    def _applying(self, candidates: Sequence[Rule], attributes: Attributes) -> dict[str, Truth]:
        """Whether each rule applies, is in force, and is not overridden by one that does."""
        direct = {rule.id: all_of((rule.in_force, holds(rule.applies, attributes))) for rule in candidates}
        found = dict(direct)
        for rule in candidates:
            for id in rule.overrides:
                if id in found:
                    found[id] = all_of((found[id], negated(direct[rule.id])))
        return found

    @cached_property
    def _overriders(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for id in rule.overrides:
                found.setdefault(id, []).append(rule)
        return found

    def _asked(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        """These rules and those that override them: whether they apply hangs on all of these."""
        for rule in rules:
            yield rule
            yield from self._overriders.get(rule.id, ())

    def _unknown(self, rules: Iterable[Rule], attributes: Attributes) -> Iterator[str]:
        for rule in self._asked(rules):
            for condition in (
                rule.applies,
                *(need for need in rule.requires if not self._can_be_met(need, attributes)),
            ):
                yield from (name for name in mentioned(condition) if attributes.get(name) is None)

    def _can_be_met(self, need: Condition, attributes: Attributes) -> bool:
        """Whether somebody could still bring about what a need leaves open."""
        lacking = {name for name in mentioned(need) if attributes.get(name) is None}
        return self.settable is None or bool(lacking & self.settable)

    def _given(self, rule: Rule, attributes: Attributes) -> State | None:
        """How far what a rule requires is given: `open`, conditional on somebody, undetermined, or not at all."""
        given = all_of(holds(need, attributes) for need in rule.requires)
        if given is not None:
            return "open" if given else None
        open_ = (need for need in rule.requires if holds(need, attributes) is None)
        return "conditional" if all(self._can_be_met(need, attributes) for need in open_) else "undetermined"

    def _obstacle(self, rule: Rule, applies: Truth, attributes: Attributes) -> State | None:
        """How a rule that applies, or may, stands in the way of a proposal; nothing if it does not."""
        if rule.effect == "requires":
            given = self._given(rule, attributes)
            if given == "open":
                return None
            return "undetermined" if applies is None else given or "barred"
        if applies is None:
            return "undetermined"
        return "barred" if rule.effect == "bars" else "redundant"

    def openings(self, attributes: Attributes, most: int = MOST_CHANGES) -> list[Changes]:
        """The smallest sets of changes that would make a proposal open: none of them does with one change less.

        Each step looks at one rule that stands in the way: whatever opens the proposal must change something that this
        rule hangs on (a hitting set, found breadth first; after Reiter 1987). What the proposal settles is changed only
        where a rule requires it.

        Args:
            attributes: What is settled about the proposal.
            most: How many changes to look at together. Fewer, if there are more sets of them than `MOST_LOOKS`.
        """
        found: list[Changes] = []
        level: dict[Changes, None] = {frozenset(): None}
        for size in range(most + 1):
            if len(level) > MOST_LOOKS:
                break
            following: dict[Changes, None] = {}
            for changes in level:
                if any(smaller <= changes for smaller in found):
                    continue
                verdict = self.after(changes, attributes)
                if verdict.state == "open":
                    found.append(changes)
                elif size < most:
                    for change in self._ways(verdict, changes, attributes):
                        if not any(change.what == other.what and change.kind != "adopts" for other in changes):
                            following[changes | {change}] = None
            level = following
        return [changes for changes in found if changes]

    def _ways(self, verdict: Verdict, changes: Changes, first: Attributes) -> Iterator[Change]:
        """The changes that bear on one rule that stands in the way, or, where none does, on what could permit it."""
        known = _changed(first, changes)
        standing = next(
            (rule for id in verdict.rules + verdict.besides if (rule := self._by_id[id]).effect != "allows"), None
        )
        if standing is None:
            yield Change("adopts")
            asked = self._allowing
            over = (other for rule in asked for other in self._overriders.get(rule.id, ()))
            yield from (
                Change("drops", other.id) for other in over if other.effect in ("bars", "requires", "duplicates")
            )
        else:
            yield Change("drops", standing.id)
            asked = [standing]
        lacking = [need for rule in asked for need in rule.requires if not holds(need, known)]
        for name in dict.fromkeys(name for need in lacking for name in mentioned(need)):
            kind: Literal["meets", "amends"] = "meets" if first.get(name) is None else "amends"
            values = sorted(value for asked_for, value in self._wanted if asked_for == name)
            yield from (Change(kind, name, value) for value in values if value != first.get(name))
        for name in dict.fromkeys(name for rule in self._asked(asked) for name in mentioned(rule.applies)):
            if first.get(name) is None:
                for value in self._values[name]:
                    yield Change("meets" if (name, value) in self._wanted else "settles", name, value)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _allowing(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.effect == "allows"]

    @cached_property
    def _wanted(self) -> set[tuple[str, str]]:
        """The attributes with the values that some rule requires."""
        asked = (mentioned(need) for rule in self.rules for need in rule.requires)
        return {(name, value) for found in asked for name, values in found.items() for value in values}

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """The values of each attribute that make a difference: those that rules ask for, and one that none does."""
        asked: dict[str, set[str]] = {}
        for rule in self.rules:
            for condition in (rule.applies, *rule.requires):
                for name, values in mentioned(condition).items():
                    asked.setdefault(name, set()).update(values)
        return {
            name: [
                *(v for v in self.domains[name] if v in values),
                *[v for v in self.domains[name] if v not in values][:1],
            ]
            if name in self.domains
            else [*sorted(values), OTHER]
            for name, values in asked.items()
        }


def _changed(attributes: Attributes, changes: Changes) -> Attributes:
    """The attributes after some changes."""
    settled = {change.what: change.value for change in changes if change.value}
    return {**attributes, **settled} if settled else attributes


def worst(states: Iterable[State]) -> State:
    """The verdict on what must pass all of them: the worst."""
    return min(states, key=ORDER.index, default="open")


def _outright(condition: Condition) -> Iterator[Is]:
    """What a condition asks for whatever else it asks."""
    if isinstance(condition, Is):
        yield condition
    elif isinstance(condition, All):
        for part in condition.parts:
            yield from _outright(part)
