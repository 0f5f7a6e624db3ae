"""The finding on how proposals would fare: stances of members, through the decision rule, to an outcome."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema.case import Case
from detente.methods.institutions.decision_rules import (
    Stance,
    StanceChances,
    VotingRule,
    blocking_members,
    minimal_unblocking_sets,
    passage_probability,
    pivot_probabilities,
    proposal_outcome,
)
from detente.results.finding import Finding
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.build_rulebooks import proposal_attributes, proposal_parts
from detente.rooms.rules.model.decision_rules import decision_kinds_phrase, rule_for_subject
from detente.rooms.rules.model.docket import Docket
from detente.text.english import as_sentence, join_words, upper_first
from detente.text.number_format import format_number, format_probability

METHOD_OF_STANCES = (
    "A proposal passes, fails, or is open where it hangs on members whose stance is not known. Those who block it are "
    "in some smallest set of members whose yes would let it pass; unknown stances are taken at their worst there. "
    "Chances take members to decide independently, and are exact."
)


def outcomes_by_stance_finding(docket: Docket, labels: RuleLabels) -> Finding | None:
    """How proposals would fare, as far as anything is known of where members stand; None if nothing is."""
    import polars as pl

    proposals_with_stances = [
        name for name in docket.proposals if any(name in s.on for s in docket.case.stances.values())
    ]
    records = []
    for name in proposals_with_stances:
        for party in docket.parties:
            row = _outcome_record(docket, labels, name, party)
            records += [row] if row else []
    if not records:
        return None
    proposal_phrases = []
    for name in dict.fromkeys(str(r["proposal"]) for r in records):
        outcomes_phrase = join_words(f"{r['outcome']} in {r['organisation']}" for r in records if r["proposal"] == name)
        proposal_phrases.append(f"{docket.case.proposals[name].title} ({name}): {outcomes_phrase}")
    unknown_rows = [r for r in records if r["unknown"] == r["members"]]
    says = f"{upper_first('; '.join(proposal_phrases))}."
    if unknown_rows:
        says += f" For {len(unknown_rows)} of these {len(records)} decisions the case has no member's stance."
    return Finding(
        id="fares",
        title="How proposals would fare",
        says=says,
        table=pl.DataFrame(records),
        links=("proposal",),
        method=METHOD_OF_STANCES,
        rests_on=(
            *proposals_with_stances,
            *(id for id, s in docket.case.stances.items() if set(s.on) & set(proposals_with_stances)),
        ),
    )


def _outcome_record(docket: Docket, labels: RuleLabels, name: str, party: str) -> dict[str, object] | None:
    when = docket.proposal_time(name)
    _, qualities = proposal_parts(docket.case.proposals[name])[0]
    partner = docket.answering_party if party == docket.offering_party else docket.offering_party
    decision_rule = rule_for_subject(
        docket.decision_rules(party, when), proposal_attributes(docket.case, qualities, "bloc", partner)
    )
    if decision_rule is None:
        return None
    stances, chances = member_stances(docket.case, name, party, decision_rule.rule)
    is_uncertain = any(max(chances[m]) < 1 for m in decision_rule.rule.members if m in chances)
    has_exact_chance = is_uncertain and all(m in chances for m in decision_rule.rule.members)
    try:
        sets_phrase, blockers_phrase = (
            _unblocking_phrase(labels, decision_rule.rule, stances),
            _shorten_list([labels.display_name(m) for m in blocking_members(decision_rule.rule, stances)]),
        )
    except OverflowError:
        sets_phrase = blockers_phrase = "too many to look through"
    try:
        passing_chance = (
            format_probability(passage_probability(decision_rule.rule, chances)) if has_exact_chance else ""
        )
        pivot_chance_by_member = pivot_probabilities(decision_rule.rule, chances) if has_exact_chance else {}
    except OverflowError:
        passing_chance, pivot_chance_by_member = "too many sums to keep apart", {}
    top_member = max(pivot_chance_by_member, key=lambda m: pivot_chance_by_member[m], default="")
    return {
        "proposal": name,
        "organisation": labels.display_name(party),
        "by": decision_kinds_phrase(labels.display_name, decision_rule),
        "members": len(decision_rule.rule.members),
        "unknown": sum(stances.get(m, "unknown") == "unknown" and m not in chances for m in decision_rule.rule.members),
        "outcome": proposal_outcome(decision_rule.rule, stances),
        "who_blocks_it_or_might": blockers_phrase,
        "smallest_sets_that_would_pass_it": sets_phrase,
        "chance_of_passing": passing_chance,
        "most_often_decisive": f"{labels.display_name(top_member)} ({format_number(pivot_chance_by_member[top_member])})"
        if top_member
        else "",
    }


def member_stances(case: Case, proposal: str, party: str, rule: VotingRule) -> tuple[dict[str, Stance], StanceChances]:
    """Where the members stand on a proposal: what is said of a member comes before what is said of all."""
    stances: dict[str, Stance] = {}
    chances: dict[str, tuple[float, float, float]] = {}
    relevant_stances = [s for s in case.stances.values() if proposal in s.on]
    for declaration in [
        *(s for s in relevant_stances if party in s.of),
        *(s for s in relevant_stances if party not in s.of),
    ]:
        for member in rule.members if party in declaration.of else [m for m in declaration.of if m in rule.members]:
            if declaration.stance:
                stances[member] = declaration.stance
                chances.pop(member, None)
            elif declaration.chances:
                yes, no = declaration.chances.favour.mean, declaration.chances.against.mean
                chances[member] = (yes, max(0.0, 1 - yes - no), no)
                stances[member] = "unknown"
    settled_chances: Mapping[str, tuple[float, float, float]] = {
        "for": (1, 0, 0),
        "neutral": (0, 1, 0),
        "against": (0, 0, 1),
    }
    chances |= {member: settled_chances[stance] for member, stance in stances.items() if stance in settled_chances}
    return stances, chances


def _unblocking_phrase(labels: RuleLabels, rule: VotingRule, stances: Mapping[str, Stance]) -> str:
    phrases = []
    for change in minimal_unblocking_sets(rule, stances)[:3]:
        parts = (
            [_shorten_list([labels.display_name(m) for m in change.required_members])]
            if change.required_members
            else []
        )
        parts += [
            f"any {n} of {_shorten_list([labels.display_name(m) for m in group])}" for n, group in change.group_choices
        ]
        phrases.append(join_words(parts))
    return as_sentence("; or ".join(phrases)) if phrases else ""


def _shorten_list(names: list[str], most: int = 4) -> str:
    return join_words(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"
