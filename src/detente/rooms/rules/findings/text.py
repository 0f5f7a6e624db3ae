"""What stands behind a verdict, in plain words: the rules, what they ask, who could meet it, what would open it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.entries import Declared, entries
from detente.case.schema.case import Case
from detente.methods.institutions.legal_rule import Changes, State
from detente.methods.institutions.three_valued_logic import All, Any, Condition, Is, Not, mentioned
from detente.rooms.rules.model.build_rulebooks import condition
from detente.rooms.rules.model.decision_rules import by_words, for_subject
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import Held, Ruling
from detente.text.english import listed, sentence

MOST_SETS = 3
"""Ways to open a proposal that are told."""


def states_words(states: Sequence[State]) -> str:
    """The verdict in a word, or in several where the sources dispute it."""
    return " or ".join(states)


class Words:
    """Puts the names and the words of a case to what the rules make of its proposals."""

    def __init__(self, case: Case):
        self.case = case
        self.known: dict[str, Declared] = entries(case)

    def name(self, id: str) -> str:
        """What to call an entry."""
        return self.known[id].label if id in self.known else id

    def value(self, attribute: str, value: str) -> str:
        """What an answer to an attribute means."""
        if attribute in ("channel", "partner"):
            return f"{attribute} {self.name(value)}"
        return self.case.attributes[attribute].values.get(value, f"{attribute} otherwise")

    def condition(self, given: Condition) -> str:
        """A condition in words."""
        match given:
            case Is(attribute, values):
                order = list(self.case.attributes[attribute].values) if attribute in self.case.attributes else []
                named = sorted(values, key=lambda v: (order.index(v) if v in order else len(order), v))
                return listed((self.value(attribute, v) for v in named), "or")
            case All(parts):
                return listed((self.condition(part) for part in parts), "and")
            case Any(parts):
                return "either " + listed((self.condition(part) for part in parts), "or")
            case Not(part):
                return f"not {self.condition(part)}"

    def who(self, attributes: Sequence[str]) -> str:
        """Who could bring answers to these attributes about."""
        asked = [name for name in attributes if name in self.case.attributes]
        parties = dict.fromkeys(party for name in asked for party in self.case.attributes[name].by)
        return listed(self.name(party) for party in parties)

    def need(self, need: Condition) -> str:
        """What must come to hold, and who can see to it."""
        who = self.who(list(mentioned(need)))
        return self.condition(need) + (f" (up to {who})" if who else "")

    def rule(self, id: str, *, asking: bool = False) -> str:
        """A rule with its id, its time and its content, and what it asks for."""
        rule = self.case.rules[id]
        when = f" [{rule.during}]" if rule.during else ""
        asks = f", which asks for {self.condition(condition(rule.requires))}" if asking and rule.requires else ""
        return f"{id}{when}{asks}: {rule.says}"

    def ruling(self, ruling: Ruling) -> Iterator[str]:
        """Why the rules of one party make of it what they do: a line for each rule, need, lack and limit."""
        verdict = ruling.verdict
        if not verdict.rules:
            yield self._otherwise(ruling)
        for id in verdict.rules:
            yield f"{self._by(ruling, id, verdict.state)} {self.rule(id, asking=True)}"
        for id in verdict.besides:
            yield f"besides, {self._by(ruling, id, None)} {self.rule(id, asking=True)}"
        for id in verdict.met:
            asks = self.condition(condition(self.case.rules[id].requires))
            yield f"given: {asks}, as {id} asks"
        for need in _told(verdict.needs):
            yield f"still needed: {self.need(need)}"
        for name in verdict.unknown:
            says = self.case.attributes[name].says if name in self.case.attributes else name
            yield f"one would have to know: {says[:1].lower()}{says[1:]}"
        for id in verdict.in_doubt:
            yield f"one would have to know whether {id} was in force at the time"
        for id in verdict.limits:
            facts = "; ".join(self.known[fact].says for fact in self.case.rules[id].limits)
            yield f"limited by {self.rule(id)} {sentence(facts)}"
        for allowing, barring in verdict.conflicts:
            yield f"in conflict: {allowing} allows it and {barring} bars it, and neither overrides the other"
        for name in sorted(self.presumed(ruling)):
            yield f"presumed, since the proposal does not say: {self.value(name, str(ruling.attributes[name]))}"

    def presumed(self, ruling: Ruling) -> set[str]:
        """The attributes on which a verdict rests that are presumed, and not said of the proposal."""
        used = set()
        for id in (*ruling.verdict.rules, *ruling.verdict.besides, *ruling.verdict.met):
            rule = ruling.book.by_id[id]
            used |= {name for part in (rule.applies, *rule.requires) for name in mentioned(part)}
        return {name for name in used & self.case.attributes.keys() if name in ruling.presumed}

    def _otherwise(self, ruling: Ruling) -> str:
        name, state = self.name(ruling.party), ruling.verdict.state
        if ruling.party in self.case.actors:
            return f"open, since no rule here binds {name}, and a state may do what none forbids"
        organisation = self.case.organisations[ruling.party]
        why = organisation.otherwise.because if organisation.otherwise else "the case does not say what then holds"
        return f"{state}, since no rule of {name} that is known here permits or forbids it" + (
            f": {why}" if why else ""
        )

    def _by(self, ruling: Ruling, id: str, state: State | None) -> str:
        """How a rule makes a verdict what it is, or, without a state, stands in its way besides."""
        rule = self.case.rules[id]
        match state:
            case "barred":
                return "barred by"
            case "undetermined":
                return "perhaps barred by" if rule.bars else "perhaps subject to"
            case "redundant":
                return f"covered with {self.name(rule.duplicates or '')} already, by"
            case "open":
                return "open by"
            case "conditional":
                return "conditional by"
        return f"covered with {self.name(rule.duplicates)} already, by" if rule.duplicates else "subject to"

    def change(self, kind: str, what: str, value: str, parts: Sequence[str], *, who: bool = True) -> str:
        """A change in words, for the parts of a proposal that it concerns; for all of it if none is named."""
        of = f" for {listed(parts)}" if parts else ""
        if kind == "drops":
            return f"{what} given up"
        if kind == "adopts":
            return f"a rule of {self.name(what)} that allows it"
        if kind == "amends":
            return f"{self.value(what, value)} instead{of}"
        up_to = self.who([what]) if who and kind == "meets" else ""
        return self.value(what, value) + of + (f" (up to {up_to})" if up_to else "")

    def changes(self, changes: Changes, *, who: bool = True) -> str:
        """A set of changes in words, what the parts of a proposal share told once; with who could bring each about."""
        order = ("meets", "settles", "amends", "adopts", "drops")
        grouped: dict[tuple[str, str, str], list[str]] = {}
        for change in sorted(changes, key=lambda c: (order.index(c.kind), c)):
            what, _, part = change.what.partition("@")
            grouped.setdefault((change.kind, what, change.value), []).extend([part] if part else [])
        return listed(self.change(*key, parts, who=who) for key, parts in grouped.items())

    def nearest(self, held: Held) -> str:
        """The nearest way to open a proposal, without who could take it; nothing if it is open."""
        if held.states()[0] == "open":
            return ""
        return self.changes(held.openings[0], who=False) if held.openings else "none of few changes"

    def openings(self, held: Held) -> str:
        """What would open a proposal: the nearest ways, and whether there are more; nothing if it is open."""
        if held.states()[0] == "open":
            return ""
        if not held.openings:
            return "none of the few changes that were tried"
        told = "; or ".join(self.changes(changes) for changes in held.openings[:MOST_SETS])
        return told + ("; or in other ways" if len(held.openings) > MOST_SETS else "")


def reasons(words: Words, docket: Docket, held: Held, party: str) -> tuple[str, ...]:
    """The lines behind the verdict of one party on a proposal; what only one side of a dispute makes so says which."""
    lines: dict[str, set[int]] = {}
    every: dict[str, set[int]] = {}
    for ruling in held.rulings:
        if ruling.party == party:
            every.setdefault(ruling.thing, set()).update(ruling.versions)
            for line in words.ruling(ruling):
                lines.setdefault((f"{ruling.thing}: " if ruling.thing else "") + line, set()).update(ruling.versions)
    numbers = set().union(*every.values())
    told = [sentence(line) + _if(docket, its, numbers - its) for line, its in lines.items()]
    return (*told, *_decided(words, docket, held, party))


def _decided(words: Words, docket: Docket, held: Held, party: str) -> Iterator[str]:
    """How the organisation would decide on it, where a decision rule is for its subject."""
    if party not in docket.case.organisations:
        return
    attributes = next(ruling.attributes for ruling in held.rulings if ruling.party == party)
    found = for_subject(docket.decides(party, docket.time(held.proposal)), attributes)
    if found and found.given.on is not None:
        rule = found.given.rule
        how = by_words(words.name, found)
        yield f"To be decided by {how}" + (f", by {words.rule(rule)}" if rule else ".")


def _if(docket: Docket, its: set[int], others: set[int]) -> str:
    """By which side of a dispute between sources something is so, where by another it is not."""
    if not others:
        return ""
    telling = frozenset.intersection(*(docket.versions[n].held for n in its))
    apart = telling - frozenset.union(*(docket.versions[n].held for n in others))
    telling = apart or telling - frozenset.intersection(*(docket.versions[n].held for n in others))
    return f" (So if {listed(sorted(telling))} hold{'s' if len(telling) == 1 else ''}.)" if telling else ""


def _told(needs: Sequence[Condition]) -> list[Condition]:
    """The needs without those that another one would meet: where a thing must be, that it or another be is met."""
    return [need for need in needs if not (isinstance(need, Any) and any(part in needs for part in need.parts))]
