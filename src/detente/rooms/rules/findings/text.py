"""What stands behind a verdict, in plain words: the rules, what they ask, who could meet it, what would open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.entries.entries import case_entries
from detente.case.entries.registry import CaseEntry
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.methods.institutions.legal_rule import ChangeSet, VerdictState
from detente.methods.institutions.three_valued_logic import (
    AttributeIn,
    Conjunction,
    Disjunction,
    LegalCondition,
    Negation,
    attributes_in,
)
from detente.rooms.rules.model.build_rulebooks import build_condition, rule_owners
from detente.rooms.rules.model.decision_rules import DecisionRuleInForce, rule_for_subject
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import ProposalRulings, Ruling
from detente.text.decision_rules import decision_modes_phrase
from detente.text.english import as_sentence, join_words, lower_first, without_article

MOST_OPENINGS_TOLD = 3
"""Ways to open a proposal that are told."""


def states_phrase(states: Sequence[VerdictState]) -> str:
    """The verdict in a word, or in several where the sources dispute it."""
    return " or ".join(states)


class RuleLabels:
    """Puts the names and the words of a case to what the rules make of its proposals."""

    def __init__(self, case: Case, *, quotes_rules: bool = True):
        """Labels of a case.

        Args:
            case: The case.
            quotes_rules: Whether what a rule says stands beside its id; where the id leads to it, it need not.
        """
        self.case = case
        self._quotes_rules = quotes_rules
        self.declared: Mapping[str, CaseEntry] = case_entries(case)

    def display_name(self, id: str) -> str:
        """What to call an entry."""
        return self.declared[id].label if id in self.declared else id

    def in_sentence(self, id: str) -> str:
        """A name within a sentence: an article at its head is small."""
        name = self.display_name(id)
        return lower_first(name) if name.startswith("The ") else name

    def heading(self, id: str) -> str:
        """A name as it stands by itself, in a heading, a cell or a picture: without its article."""
        return without_article(self.display_name(id))

    def owner_phrase(self, rule: str) -> str:
        """Whose rule it is: `of NATO`, or `that binds both sides`."""
        owners = sorted(rule_owners(self.case, self.case.rules[rule]) & set(case_sides(self.case) or ()))
        return "that binds both sides" if len(owners) != 1 else f"of {self.in_sentence(owners[0])}"

    def decision_phrase(self, decision_rule: DecisionRuleInForce) -> str:
        """The kinds of a decision rule, with the organ that decides where it is delegated."""
        declaration = decision_rule.declaration
        return decision_modes_phrase(declaration.by, self.in_sentence(str(declaration.to)))

    def value_phrase(self, attribute: str, value: str) -> str:
        """What an answer to an attribute means."""
        if attribute in ("channel", "partner"):
            return f"{attribute} {self.display_name(value)}"
        return self.case.attributes[attribute].values.get(value, f"{attribute} otherwise")

    def condition_phrase(self, condition: LegalCondition) -> str:
        """A condition in words."""
        match condition:
            case AttributeIn(attribute, values):
                value_order = list(self.case.attributes[attribute].values) if attribute in self.case.attributes else []
                ordered_values = sorted(
                    values, key=lambda v: (value_order.index(v) if v in value_order else len(value_order), v)
                )
                return join_words((self.value_phrase(attribute, v) for v in ordered_values), "or")
            case Conjunction(parts):
                return join_words((self.condition_phrase(part) for part in parts), "and")
            case Disjunction(parts):
                return "either " + join_words((self.condition_phrase(part) for part in parts), "or")
            case Negation(part):
                return f"not {self.condition_phrase(part)}"

    def responsible_parties(self, attributes: Sequence[str]) -> str:
        """Who could bring answers to these attributes about."""
        known_attributes = [name for name in attributes if name in self.case.attributes]
        parties = dict.fromkeys(party for name in known_attributes for party in self.case.attributes[name].by)
        return join_words(self.display_name(party) for party in parties)

    def need_phrase(self, need: LegalCondition) -> str:
        """What must come to hold, and who can see to it."""
        parties_phrase = self.responsible_parties(list(attributes_in(need)))
        return self.condition_phrase(need) + (f" (up to {parties_phrase})" if parties_phrase else "")

    def rule_phrase(self, id: str, *, with_requirement: bool = False) -> str:
        """A rule with its id, its time and its content, and what it asks for."""
        rule = self.case.rules[id]
        time_phrase = f" [{rule.during}]" if rule.during else ""
        requirement_phrase = (
            f", which asks for {self.condition_phrase(build_condition(rule.requires))}"
            if with_requirement and rule.requires
            else ""
        )
        return f"{id}{time_phrase}{requirement_phrase}" + (f": {rule.says}" if self._quotes_rules else "")

    def ruling_reasons(self, ruling: Ruling) -> Iterator[str]:
        """Why the rules of one party make of it what they do: a line for each rule, need, lack and limit."""
        verdict = ruling.verdict
        if not verdict.deciding_rules:
            yield self._silence_reason(ruling)
        for id in verdict.deciding_rules:
            yield f"{self._effect_phrase(ruling, id, verdict.state)} {self.rule_phrase(id, with_requirement=True)}"
        for id in verdict.lesser_obstacles:
            yield f"besides, {self._effect_phrase(ruling, id, None)} {self.rule_phrase(id, with_requirement=True)}"
        for id in verdict.met_requirements:
            asks = self.condition_phrase(build_condition(self.case.rules[id].requires))
            yield f"given: {asks}, as {id} asks"
        for need in _without_implied_needs(verdict.open_requirements):
            yield f"still needed: {self.need_phrase(need)}"
        for name in verdict.unsettled_attributes:
            says = self.case.attributes[name].says if name in self.case.attributes else name
            yield f"one would have to know: {says[:1].lower()}{says[1:]}"
        for id in verdict.doubtful_rules:
            yield f"one would have to know whether {id} was in force at the time"
        for id in verdict.limiting_rules:
            facts = "; ".join(self.declared[fact].says for fact in self.case.rules[id].limits)
            yield f"limited by {self.rule_phrase(id)} {as_sentence(facts)}"
        for allowing, barring in verdict.conflicts:
            yield f"in conflict: {allowing} allows it and {barring} bars it, and neither overrides the other"
        for name in sorted(self.presumed_attributes(ruling)):
            yield f"presumed, since the proposal does not say: {self.value_phrase(name, str(ruling.attributes[name]))}"

    def presumed_attributes(self, ruling: Ruling) -> set[str]:
        """The attributes on which a verdict rests that are presumed, and not said of the proposal."""
        attributes_used = set()
        for id in (*ruling.verdict.deciding_rules, *ruling.verdict.lesser_obstacles, *ruling.verdict.met_requirements):
            rule = ruling.rulebook.rules_by_id[id]
            attributes_used |= {name for part in (rule.applies_if, *rule.requirements) for name in attributes_in(part)}
        return {name for name in attributes_used & self.case.attributes.keys() if name in ruling.presumed_attributes}

    def _silence_reason(self, ruling: Ruling) -> str:
        name, state = self.display_name(ruling.party), ruling.verdict.state
        if ruling.party in self.case.actors:
            return f"open, since no rule here binds {name}, and a state may do what none forbids"
        organisation = self.case.organisations[ruling.party]
        reason = organisation.otherwise.because if organisation.otherwise else "the case does not say what then holds"
        return f"{state}, since no rule of {name} that is known here permits or forbids it" + (
            f": {reason}" if reason and self._quotes_rules else ""
        )

    def _effect_phrase(self, ruling: Ruling, id: str, state: VerdictState | None) -> str:
        """How a rule makes a verdict what it is, or, without a state, stands in its way besides."""
        rule = self.case.rules[id]
        match state:
            case "barred":
                return "barred by"
            case "undetermined":
                return "perhaps barred by" if rule.bars else "perhaps subject to"
            case "redundant":
                return f"covered with {self.display_name(rule.duplicates or '')} already, by"
            case "open":
                return "open by"
            case "conditional":
                return "conditional by"
        return f"covered with {self.display_name(rule.duplicates)} already, by" if rule.duplicates else "subject to"

    def change_phrase(
        self, kind: str, subject: str, value: str, parts: Sequence[str], *, with_parties: bool = True
    ) -> str:
        """A change in words, for the parts of a proposal that it concerns; for all of it if none is named."""
        parts_phrase = f" for {join_words(parts)}" if parts else ""
        if kind == "drops":
            return f"{subject} given up"
        if kind == "adopts":
            return f"a rule of {self.display_name(subject)} that allows it"
        if kind == "amends":
            return f"{self.value_phrase(subject, value)} instead{parts_phrase}"
        parties_phrase = self.responsible_parties([subject]) if with_parties and kind == "meets" else ""
        return (
            self.value_phrase(subject, value) + parts_phrase + (f" (up to {parties_phrase})" if parties_phrase else "")
        )

    def change_set_phrase(self, changes: ChangeSet, *, with_parties: bool = True) -> str:
        """A set of changes in words, what the parts of a proposal share told once; with who could bring each about."""
        order = ("meets", "settles", "amends", "adopts", "drops")
        parts_by_change: dict[tuple[str, str, str], list[str]] = {}
        for change in sorted(changes, key=lambda c: (order.index(c.kind), c)):
            subject, _, part = change.target.partition("@")
            parts_by_change.setdefault((change.kind, subject, change.value), []).extend([part] if part else [])
        return join_words(
            self.change_phrase(*key, parts, with_parties=with_parties) for key, parts in parts_by_change.items()
        )

    def nearest_opening(self, proposal_rulings: ProposalRulings) -> str:
        """The nearest way to open a proposal, without who could take it; nothing if it is open."""
        if proposal_rulings.states()[0] == "open":
            return ""
        return (
            self.change_set_phrase(proposal_rulings.openings[0], with_parties=False)
            if proposal_rulings.openings
            else "none of few changes"
        )

    def nearest_opening_in_words(self, proposal_rulings: ProposalRulings) -> str:
        """The nearest way to open a proposal, with rules told by whose they are and not by their ids."""
        if not proposal_rulings.openings:
            return "none of the few changes that were tried"
        return self.changes_in_words(proposal_rulings.openings[0])

    def changes_in_words(self, changes: ChangeSet) -> str:
        """Some changes, with rules told by whose they are and not by their ids, and without who could bring them."""
        dropped = sorted(change.target for change in changes if change.kind == "drops")
        kept = frozenset(change for change in changes if change.kind != "drops")
        phrases = [f"an end to a rule {self.owner_phrase(rule)}" for rule in dict.fromkeys(dropped)]
        phrases += [self.change_set_phrase(kept, with_parties=False)] if kept else []
        return join_words(phrases)

    def openings_phrase(self, proposal_rulings: ProposalRulings) -> str:
        """What would open a proposal: the nearest ways, and whether there are more; nothing if it is open."""
        if proposal_rulings.states()[0] == "open":
            return ""
        if not proposal_rulings.openings:
            return "none of the few changes that were tried"
        openings_text = "; or ".join(
            self.change_set_phrase(changes) for changes in proposal_rulings.openings[:MOST_OPENINGS_TOLD]
        )
        return openings_text + ("; or in other ways" if len(proposal_rulings.openings) > MOST_OPENINGS_TOLD else "")


def verdict_reasons(
    labels: RuleLabels, docket: Docket, proposal_rulings: ProposalRulings, party: str
) -> tuple[str, ...]:
    """The lines behind the verdict of one party on a proposal; what only one side of a dispute makes so says which."""
    versions_by_line: dict[str, set[int]] = {}
    versions_by_part: dict[str, set[int]] = {}
    for ruling in proposal_rulings.rulings:
        if ruling.party == party:
            versions_by_part.setdefault(ruling.part_title, set()).update(ruling.versions)
            for line in labels.ruling_reasons(ruling):
                versions_by_line.setdefault(
                    (f"{ruling.part_title}: " if ruling.part_title else "") + line, set()
                ).update(ruling.versions)
    all_versions = set().union(*versions_by_part.values())
    sentences = [
        as_sentence(line) + _dispute_condition(docket, line_versions, all_versions - line_versions)
        for line, line_versions in versions_by_line.items()
    ]
    return (*sentences, *_decision_sentences(labels, docket, proposal_rulings, party))


def _decision_sentences(
    labels: RuleLabels, docket: Docket, proposal_rulings: ProposalRulings, party: str
) -> Iterator[str]:
    """How the organisation would decide on it, where a decision rule is for its subject."""
    if party not in docket.case.organisations:
        return
    attributes = next(ruling.attributes for ruling in proposal_rulings.rulings if ruling.party == party)
    decision_rule = rule_for_subject(
        docket.decision_rules(party, docket.proposal_time(proposal_rulings.proposal)), attributes
    )
    if decision_rule and decision_rule.declaration.on is not None:
        rule = decision_rule.declaration.rule
        kinds_phrase = labels.decision_phrase(decision_rule)
        yield f"To be decided by {kinds_phrase}" + (f", by {labels.rule_phrase(rule)}" if rule else ".")


def _dispute_condition(docket: Docket, own_versions: set[int], other_versions: set[int]) -> str:
    """By which side of a dispute between sources something is so, where by another it is not."""
    if not other_versions:
        return ""
    decisive_rules = frozenset.intersection(*(docket.versions[n].upheld for n in own_versions))
    separating_rules = decisive_rules - frozenset.union(*(docket.versions[n].upheld for n in other_versions))
    decisive_rules = separating_rules or decisive_rules - frozenset.intersection(
        *(docket.versions[n].upheld for n in other_versions)
    )
    return (
        f" (So if {join_words(sorted(decisive_rules))} hold{'s' if len(decisive_rules) == 1 else ''}.)"
        if decisive_rules
        else ""
    )


def _without_implied_needs(needs: Sequence[LegalCondition]) -> list[LegalCondition]:
    """The needs without those that another one would meet: where a thing must be, that it or another be is met."""
    return [need for need in needs if not (isinstance(need, Disjunction) and any(part in needs for part in need.parts))]
