"""What an organisation may decide: a proposal held against rules that bar, require, allow or make it redundant.

Each rule applies, does not, or may apply; so a verdict is one of `barred`, `undetermined`, `conditional`, `redundant`
and `open`, the worst that any rule makes it. Settling an unknown never undoes `barred`, `redundant` or `open`. The
scheme is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from detente.rules.kleene import Attributes, Condition, Truth, all_of, holds, mentioned, negated

State = Literal["barred", "undetermined", "conditional", "redundant", "open"]
ORDER: tuple[State, ...] = ("barred", "undetermined", "conditional", "redundant", "open")
"""From worst to best."""
Effect = Literal["bars", "requires", "allows", "duplicates", "limits"]
OTHER = "something else"
"""A value that no rule asks for."""
MOST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: to which proposals it applies, and what it makes of them."""

    id: str
    effect: Effect
    applies: Condition
    requires: tuple[str, ...] = ()
    """The consents or facts that must be there, for a rule that requires."""
    in_force: Truth = True
    """Whether it is in force at the time; unknown where sources dispute it."""
    overrides: tuple[str, ...] = ()
    """The rules that it takes the place of where it applies."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of a proposal, and which of them do."""

    state: State
    rules: tuple[str, ...]
    """The rules that make it so; none where no rule applies and the organisation's `otherwise` holds."""
    needs: tuple[str, ...] = ()
    """For `conditional`, what must be met."""
    unknown: tuple[str, ...] = ()
    """For `undetermined`, the attributes that are not settled, and the rules whose force is disputed."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """Rules that allow and rules that bar it at once, neither overriding the other."""


Met = Mapping[str, Truth]
"""Which requirements are met (true), refused (false) or open."""


def verdict(
    rules: Sequence[Rule], attributes: Attributes, met: Met | None = None, otherwise: State = "undetermined"
) -> Verdict:
    """What the rules make of a proposal.

    Args:
        rules: The rules of one organisation.
        attributes: What is settled about the proposal.
        met: What is known of the requirements; open if nothing is.
        otherwise: The verdict where no rule applies.
    """
    met = met or {}
    applying = _applying(rules, attributes)
    made: dict[State, list[Rule]] = {}
    for rule in rules:
        if state := _made(rule, applying[rule.id], met):
            made.setdefault(state, []).append(rule)
    allowed = [rule for rule in rules if rule.effect == "allows" and applying[rule.id]]
    conflicts = tuple((a.id, b.id) for a in allowed for b in made.get("barred", ()) if b.effect == "bars")
    state = next((state for state in ORDER if state in made), None)
    if state is None:
        return Verdict(otherwise, ())
    because = made[state]
    needs = [need for rule in because for need in rule.requires if met.get(need) is None]
    return Verdict(
        state,
        tuple(rule.id for rule in because),
        tuple(dict.fromkeys(needs)) if state == "conditional" else (),
        tuple(_unknown(because, rules, attributes)) if state == "undetermined" else (),
        conflicts,
    )


def joint(verdicts: Iterable[Verdict]) -> State:
    """The verdict on what must pass all of them: the worst."""
    return min((found.state for found in verdicts), key=ORDER.index, default="open")


def _applying(rules: Sequence[Rule], attributes: Attributes) -> dict[str, Truth]:
    """Whether each rule applies, is in force, and is not overridden by one that does."""
    direct = {rule.id: all_of((rule.in_force, holds(rule.applies, attributes))) for rule in rules}
    found = dict(direct)
    for rule in rules:
        for id in found.keys() & set(rule.overrides):
            found[id] = all_of((found[id], negated(direct[rule.id])))
    return found


def _made(rule: Rule, applies: Truth, met: Met) -> State | None:
    """What one rule makes of a proposal; nothing where it does not apply."""
    if applies is False or (applies is None and rule.effect in ("allows", "limits")):
        return None
    if rule.effect == "requires":
        given = all_of(met.get(need) for need in rule.requires)
        if given:
            return "open"
        if applies is None:
            return "undetermined"
        return "conditional" if given is None else "barred"
    if applies is None:
        return "undetermined"
    return {"bars": "barred", "duplicates": "redundant"}.get(rule.effect, "open")  # type: ignore[return-value]


def _unknown(because: Sequence[Rule], rules: Sequence[Rule], attributes: Attributes) -> Iterator[str]:
    ids = {rule.id for rule in because}
    seen: dict[str, None] = {}
    for rule in (*because, *(r for r in rules if ids & set(r.overrides))):
        if rule.in_force is None:
            seen[rule.id] = None
        seen |= dict.fromkeys(name for name in mentioned(rule.applies) if attributes.get(name) is None)
    yield from seen


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that could be otherwise: a requirement met, a fact settled, a rule dropped."""

    kind: Literal["meets", "settles", "drops"]
    what: str
    value: str = ""


def openings(
    rules: Sequence[Rule], attributes: Attributes, met: Met | None = None, otherwise: State = "undetermined"
) -> list[frozenset[Change]]:
    """The smallest sets of changes that would make a proposal open: none of them does with one change less.

    Sets of up to `MOST_CHANGES` are looked at.
    """
    met = dict(met or {})
    if verdict(rules, attributes, met, otherwise).state == "open":
        return []
    values: dict[str, set[str]] = {}
    for rule in rules:
        for name, known in mentioned(rule.applies).items():
            values.setdefault(name, {OTHER}).update(known)
    needs = dict.fromkeys(need for rule in rules for need in rule.requires)
    possible = [Change("meets", need) for need in needs if not met.get(need)]
    possible += [Change("drops", rule.id) for rule in rules if rule.effect in ("bars", "requires", "duplicates")]
    for name, known in values.items():
        if attributes.get(name) is None:
            possible += [Change("settles", name, value) for value in sorted(known)]
    found: list[frozenset[Change]] = []
    for size in range(1, MOST_CHANGES + 1):
        for chosen in combinations(possible, size):
            changes = frozenset(chosen)
            settled = [change.what for change in chosen if change.kind == "settles"]
            if len(set(settled)) < len(settled) or any(smaller <= changes for smaller in found):
                continue
            if _after(changes, rules, attributes, met, otherwise).state == "open":
                found.append(changes)
    return found


def _after(
    changes: Iterable[Change], rules: Sequence[Rule], attributes: Attributes, met: Met, otherwise: State
) -> Verdict:
    """The verdict after some changes."""
    known, given, dropped = dict(attributes), dict(met), set()
    for change in changes:
        if change.kind == "meets":
            given[change.what] = True
        elif change.kind == "settles":
            known[change.what] = change.value
        else:
            dropped.add(change.what)
    left = [replace(rule, in_force=False) if rule.id in dropped else rule for rule in rules]
    return verdict(left, known, given, otherwise)
