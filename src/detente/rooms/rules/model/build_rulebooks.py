"""From a case to rulebooks: whose rules bind whom, at what time, through which channel, by which source's version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

from detente.case.index.membership import in_force, members, whole
from detente.case.schema import legal_rules as declared
from detente.case.schema.case import Case
from detente.case.schema.coding import Proposal
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import Rule, State
from detente.methods.institutions.three_valued_logic import All, Any, Condition, Is, Not

CHANNELS = ("bloc", "bilateral")
ASKED_OF_THE_CHANNEL = ("channel", "partner")
"""What conditions may ask besides the attributes of proposals."""
MOST_DISPUTED = 8
"""Rules in one dispute, beyond which its versions are not told apart."""
MOST_DISPUTES = 6
"""Disputes, beyond which their versions are not combined."""
MOST_VERSIONS = 1000
"""Versions, all disputes combined, beyond which they are not told apart."""


def condition(given: declared.Condition | None) -> Condition:
    """A condition of a case; one that is not given always holds."""
    parts = conjuncts(given) if given else ()
    return parts[0] if len(parts) == 1 else All(parts)


def conjuncts(given: declared.Condition) -> tuple[Condition, ...]:
    """The conditions that must all hold for this one to hold."""
    parts: list[Condition] = [Is(name, frozenset(values)) for name, values in given.asks.items()]
    parts += [part for inner in given.all or () for part in conjuncts(inner)]
    if given.any is not None:
        parts.append(Any(tuple(condition(inner) for inner in given.any)))
    if given.negated is not None:
        parts.append(Not(condition(given.negated)))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Version:
    """One way to resolve what the sources dispute: which of the rules in dispute hold, and which do not."""

    held: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


def disputed(case: Case) -> set[frozenset[str]]:
    """The pairs of rules of which one disputes the other."""
    return {frozenset((name, other)) for name, rule in case.rules.items() for other in rule.disputes}


def too_disputed(case: Case) -> bool:
    """Whether more rules are in dispute than versions of them could be told apart."""
    pairs = disputed(case)
    groups = _components(pairs)
    if any(len(group) > MOST_DISPUTED for group in groups) or len(groups) > MOST_DISPUTES:
        return True
    return prod(len(list(_together(group, pairs))) for group in groups) > MOST_VERSIONS


def versions(pairs: set[frozenset[str]]) -> list[Version]:
    """Every way to resolve disputes between pairs of rules: as many of the rules as can hold together."""
    found = [Version()]
    for group in _components(pairs):
        choices = [frozenset(held) for held in _together(group, pairs)]
        found = [Version(old.held | held, old.left_out | (group - held)) for old, held in product(found, choices)]
    return found


def _components(pairs: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    groups: list[frozenset[str]] = []
    for pair in sorted(pairs, key=sorted):
        touching = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [frozenset(pair).union(*touching)]
    return groups


def _together(group: frozenset[str], pairs: set[frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """The largest sets of rules of a dispute that do not dispute each other: none could take in one more."""
    names = sorted(group)
    free = [
        chosen
        for size in range(1, len(names) + 1)
        for chosen in combinations(names, size)
        if not any(frozenset(pair) in pairs for pair in combinations(chosen, 2))
    ]
    for chosen in free:
        if not any(set(chosen) < set(other) for other in free):
            yield chosen


def templates(case: Case) -> dict[str, Rule]:
    """The rules of a case that bear on proposals, as rules that are in force."""
    return {
        name: Rule(
            name,
            effects[0],  # type: ignore[arg-type]
            condition(rule.applies),
            conjuncts(rule.requires) if rule.requires else (),
            overrides=tuple(rule.overrides),
        )
        for name, rule in case.rules.items()
        if (effects := rule.effects)
    }


def of_whom(case: Case, rule: declared.Rule) -> set[str]:
    """Whose rule it is: that of an organ is one of its organisation."""
    return {whole(case, party) for party in rule.of}


def binding(case: Case, bearing: Mapping[str, Rule], party: str, when: Edtf) -> tuple[Rule, ...]:
    """The rules that bind an organisation or a state at a time.

    A state is bound by its own rules and by those of its organisations that bind each member.
    """
    belongs: set[str] = set()
    if party not in case.organisations:
        belongs = {name for name in case.organisations if party in members(case, name, when)}
    found = []
    for name, template in bearing.items():
        rule = case.rules[name]
        whose = of_whom(case, rule)
        if party in whose or (rule.members_too and belongs & whose):
            force = in_force(rule.during, when)
            if force is not False:
                found.append(template if force else replace(template, in_force=None))
    return tuple(found)


def otherwise(case: Case, party: str) -> State:
    """The verdict of a party where none of its rules applies.

    A state may do as it likes, as the Lotus judgment has it (PCIJ 1927, Series A No. 10, p. 18).
    """
    organisation = case.organisations.get(party)
    if organisation is None:
        return "open"
    return organisation.otherwise.verdict if organisation.otherwise else "undetermined"


def rulebook(case: Case, rules: tuple[Rule, ...], otherwise: State) -> Rulebook:
    """The rulebook with these rules, and what holds where none of them applies."""
    settable = frozenset(name for name, part in case.attributes.items() if part.by) | set(ASKED_OF_THE_CHANNEL)
    return Rulebook(rules, otherwise, {name: tuple(part.values) for name, part in case.attributes.items()}, settable)


def things(proposal: Proposal) -> list[tuple[str, dict[str, declared.Quality]]]:
    """What a proposal holds: its parts by title, or itself as a whole, each with what is said of it."""
    if not proposal.parts:
        return [("", dict(proposal.attributes))]
    return [(part.title, {**proposal.attributes, **part.attributes}) for part in proposal.parts]


def settled(case: Case, qualities: dict[str, declared.Quality], channel: str, partner: str) -> dict[str, str | None]:
    """The attributes of a thing proposed: what is said of it, what is presumed, and the channel it would take."""
    presumed = {name: part.presumed for name, part in case.attributes.items() if part.presumed}
    said = {name: quality.value for name, quality in qualities.items()}
    return {**presumed, **said, "channel": channel, "partner": partner}
