"""What an organisation may decide: a proposal held against rules that bar, require, allow or make it redundant.

Each rule applies, does not, or may apply; so a verdict is one of `barred`, `undetermined`, `conditional`, `redundant`
and `open`, the worst that any rule makes it. Settling an unknown never undoes `barred`, `redundant` or `open`. The
scheme is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: to which proposals it applies, and what it makes of them."""

    id: str
    effect: Effect
    applies: Condition
    requires: tuple[Condition, ...] = ()
    """What must hold besides, for a rule that requires: each a consent or a fact of its own."""
    in_force: Truth = True
    """Whether it is in force at the time; unknown where its dates leave it open."""
    overrides: tuple[str, ...] = ()
    """The rules that it takes the place of where it applies."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of a proposal, and which of them do."""

    state: State
    rules: tuple[str, ...]
    """The rules that make it so; none where no rule applies and the organisation's `otherwise` holds."""
    needs: tuple[Condition, ...] = ()
    """For `conditional`, what must come to hold."""
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
    """One thing that could be otherwise: a need met, a fact settled, a rule dropped, or one adopted that allows it."""

    kind: Literal["meets", "settles", "drops", "adopts"]
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

    def verdict(self, attributes: Attributes) -> Verdict:
        """What the rules make of a proposal with these attributes."""
        candidates = self._candidates(attributes)
        applying = self._applying(candidates, attributes)
        made: dict[State, list[Rule]] = {}
        for rule in candidates:
            if state := _made(rule, applying[rule.id], attributes):
                made.setdefault(state, []).append(rule)
        allowed = [rule for rule in candidates if rule.effect == "allows" and applying[rule.id]]
        conflicts = tuple((a.id, b.id) for a in allowed for b in made.get("barred", ()) if b.effect == "bars")
        limits = tuple(rule.id for rule in candidates if rule.effect == "limits" and applying[rule.id])
        state = next((state for state in ORDER if state in made), None)
        if state is None:
            return Verdict(self.otherwise, (), limits=limits)
        because = made[state]
        needs = [need for rule in because for need in rule.requires if holds(need, attributes) is None]
        doubted = state == "undetermined"
        return Verdict(
            state,
            tuple(rule.id for rule in because),
            tuple(dict.fromkeys(needs)) if state == "conditional" else (),
            tuple(dict.fromkeys(self._unknown(because, attributes))) if doubted else (),
            tuple(dict.fromkeys(r.id for r in self._asked(because) if r.in_force is None)) if doubted else (),
            limits,
            conflicts,
        )

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
            yield from (name for name in mentioned(rule.applies) if attributes.get(name) is None)

    def openings(self, attributes: Attributes, most: int = MOST_CHANGES) -> list[Changes]:
        """The smallest sets of changes that would make a proposal open: none of them does with one change less.

        Each step looks at one rule that stands in the way: whatever opens the proposal must change something that this
        rule hangs on (a hitting set, found breadth first; after Reiter 1987). What the proposal settles is changed only
        where a rule requires it.

        Args:
            attributes: What is settled about the proposal.
            most: How many changes to look at together.
        """
        found: list[Changes] = []
        level: dict[Changes, None] = {frozenset(): None}
        for size in range(most + 1):
            following: dict[Changes, None] = {}
            for changes in level:
                if any(smaller <= changes for smaller in found):
                    continue
                changed, known = self._after(changes, attributes)
                verdict = changed.verdict(known)
                if verdict.state == "open":
                    found.append(changes)
                elif size < most:
                    for change in changed._ways(verdict, known, attributes):
                        if not any(change.what == other.what and change.kind != "adopts" for other in changes):
                            following[changes | {change}] = None
            level = following
        return [changes for changes in found if changes]

    def _ways(self, verdict: Verdict, known: Attributes, first: Attributes) -> Iterator[Change]:
        """The changes that bear on one rule that stands in the way, or that make one apply where none does."""
        wanted = {
            (name, value)
            for rule in self.rules
            for need in rule.requires
            for name, values in mentioned(need).items()
            for value in values
        }
        if not verdict.rules:
            yield Change("adopts")
            asked = [rule for rule in self.rules if rule.effect in ("allows", "requires")]
        else:
            rule = next(rule for rule in self.rules if rule.id == verdict.rules[0])
            yield Change("drops", rule.id)
            asked = list(self._asked([rule]))
            for need in rule.requires:
                if holds(need, known) is not True:
                    for name in mentioned(need):
                        values = sorted({value for asked_for, value in wanted if asked_for == name})
                        yield from (Change("meets", name, value) for value in values)
        for name in dict.fromkeys(name for rule in asked for name in mentioned(rule.applies)):
            if first.get(name) is None:
                for value in self._values(name):
                    yield Change("meets" if (name, value) in wanted else "settles", name, value)

    def _values(self, name: str) -> list[str]:
        """The values of an attribute that make a difference: those that rules ask for, and one that none does."""
        asked = {v for r in self.rules for c in (r.applies, *r.requires) for v in mentioned(c).get(name, ())}
        if name not in self.domains:
            return [*sorted(asked), OTHER]
        rest = [value for value in self.domains[name] if value not in asked]
        return [*(value for value in self.domains[name] if value in asked), *rest[:1]]

    def _after(self, changes: Changes, attributes: Attributes) -> tuple[Rulebook, Attributes]:
        """The rules and the attributes after some changes."""
        dropped = {change.what for change in changes if change.kind == "drops"}
        left = tuple(rule for rule in self.rules if rule.id not in dropped)
        if any(change.kind == "adopts" for change in changes):
            left = (*left, Rule("", "allows", All(())))
        settled = {change.what: change.value for change in changes if change.kind in ("meets", "settles")}
        return replace(self, rules=left), {**attributes, **settled}


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


def _made(rule: Rule, applies: Truth, attributes: Attributes) -> State | None:
    """What one rule makes of a proposal; nothing where it does not apply."""
    if applies is False or rule.effect == "limits" or (applies is None and rule.effect == "allows"):
        return None
    if rule.effect == "requires":
        given = all_of(holds(need, attributes) for need in rule.requires)
        if given:
            return "open"
        if applies is None:
            return "undetermined"
        return "conditional" if given is None else "barred"
    if applies is None:
        return "undetermined"
    return {"bars": "barred", "duplicates": "redundant"}.get(rule.effect, "open")  # type: ignore[return-value]
