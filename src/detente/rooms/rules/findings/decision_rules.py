"""The finding on how each side decides, with how many members, and who can stop a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.case.schema.decision_rules import RULE_KINDS, DecisionRule
from detente.results.finding import Finding
from detente.results.pictures import TallyPart, TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.build_rulebooks import build_condition
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.voting_power import DatedDecisionRule, even_chance
from detente.text.english import cardinal, count_noun, join_words, upper_first

METHOD = (
    "A decision rule passes a proposal where "
    + "; ".join(f"{kind}: {what}" for kind, what in RULE_KINDS.items())
    + ". Where the fewest members are named that can block, a majority passes unless so many stand in the way (Treaty "
    "on European Union, Article 16(4)). How little doubt it takes is told for members who decide independently. "
    "Members are those of the date; where the sources date a membership differently, by at least half of them."
)
LARGEST_WITH_TENTHS = 10
"""Rates above which no tenths are told."""


def decision_rules_finding(model: RulesModel, labels: RuleLabels) -> Finding | None:
    """How each organisation decides, with how many members at which date; None if the case does not say."""
    records = [_decision_rule_record(labels, rule) for rule in model.votes.decision_rules]
    if not records:
        return None
    columns = _rule_columns(records)
    last_rules = [rules[-1] for party in model.docket.parties if (rules := model.votes.general_rules(party))]
    equal_rules = [rule for rule in last_rules if rule.all_block]
    sentences = [_decides_sentence(labels, last_rules)]
    if equal_rules:
        sentences += [_equality_sentence(labels, equal_rules, last_rules), _doubt_sentence(labels, equal_rules)]
    return Finding(
        id="how",
        title="How each side decides",
        says=" ".join(filter(None, sentences)),
        table=make_table(columns, ({column.name: record.get(column.name) for column in columns} for record in records)),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(str(r["rule"]) for r in records if r["rule"])),
        structural=bool(equal_rules),
        place="detail",
        question="How each side decides",
        short_answer=_who_can_stop_phrase(equal_rules, last_rules),
        picture=_blocker_tally(model, labels),
    )


def _blocker_tally(model: RulesModel, labels: RuleLabels) -> UnitTally:
    """The members of each organisation at the last date that is shown, by whether each can stop a decision alone."""
    last = max(model.votes.decision_rules, key=lambda rule: rule.when.as_stated.last_day).when
    rules = [rule for rule in model.votes.decision_rules if rule.when == last]
    return UnitTally(
        says=f"Each mark is a member in {last.as_stated.last_day.year}, by whether it can stop a decision alone.",
        rows=tuple(_blocker_row(rule, labels) for rule in rules),
        unit="one member",
    )


def _blocker_row(rule: DatedDecisionRule, labels: RuleLabels) -> TallyRow:
    declaration = rule.in_force.declaration
    subject = "" if declaration.on is None else f": {labels.condition_phrase(build_condition(declaration.on))}"
    parts = (
        TallyPart("yes", len(rule.blockers), "can stop it alone"),
        TallyPart("empty", rule.size - len(rule.blockers), "cannot"),
    )
    return TallyRow(
        f"{labels.heading(rule.organisation)}{subject}",
        tuple(part for part in parts if part.count),
        f"by {labels.decision_phrase(rule.in_force)}",
    )


def _who_can_stop_phrase(equal_rules: Sequence[DatedDecisionRule], rules: Sequence[DatedDecisionRule]) -> str:
    """Whether one member can stop a decision, and on how many sides any can."""
    if equal_rules:
        return "any member can stop it" if len(equal_rules) == len(rules) else "any member can, on one side"
    return "some members can stop it" if any(rule.blockers for rule in rules) else "no single member can stop it"


def _decides_sentence(labels: RuleLabels, rules: Sequence[DatedDecisionRule]) -> str:
    """By what rule each organisation decides in general, and of how many members, at the last date that is shown."""
    if not rules:
        return ""
    year = rules[-1].when.as_stated.last_day.year
    names = [labels.in_sentence(rule.organisation) for rule in rules]
    kinds = [labels.decision_phrase(rule.in_force) for rule in rules]
    sizes = [count_noun(rule.size, "member") for rule in rules]
    if len(rules) > 1 and len(set(kinds)) == 1:
        each = join_words(f"{name} with {size}" for name, size in zip(names, sizes, strict=True))
        return f"Both decide by {kinds[0]}: in {year} {each}."
    return " ".join(
        f"{upper_first(name)}, with {size} in {year}, decides by {kind}."
        for name, kind, size in zip(names, kinds, sizes, strict=True)
    )


def _equality_sentence(
    labels: RuleLabels, equal_rules: Sequence[DatedDecisionRule], rules: Sequence[DatedDecisionRule]
) -> str:
    """That any one member can stop a decision, and so all are equal, which follows from the rule itself."""
    where = f"In {labels.in_sentence(equal_rules[0].organisation)} any" if len(equal_rules) < len(rules) else "Any"
    return f"{where} one member can then stop a decision, and all have the same power: this is built in."


def _doubt_sentence(labels: RuleLabels, rules: Sequence[DatedDecisionRule]) -> str:
    """How little doubt it takes in the largest of these organisations for half of all decisions to fail."""
    rule = max(rules, key=lambda rule: rule.size)
    rate = 100 * even_chance(rule.size)
    told = f"{rate:.1f}" if rate < LARGEST_WITH_TENTHS else str(round(rate))
    members = f"each of the {cardinal(rule.size)} members of {labels.in_sentence(rule.organisation)}"
    return f"If {members} objected to {told} of 100 decisions at random, half of all would fail."


def _decision_rule_record(labels: RuleLabels, rule: DatedDecisionRule) -> dict[str, object]:
    declaration = rule.in_force.declaration
    blockers = join_words(labels.in_sentence(m) for m in rule.blockers) or "nobody"
    return {
        "organisation": labels.heading(rule.organisation),
        "at": rule.when.text,
        "on": "everything" if declaration.on is None else labels.condition_phrase(build_condition(declaration.on)),
        "by": labels.decision_phrase(rule.in_force),
        **_quota_cells(declaration),
        "fewest_that_can_block": declaration.blocking,
        "members": rule.size,
        "can_stop_it_alone": "any member" if rule.all_block else blockers,
        "rule": declaration.rule or "",
    }


def _rule_columns(records: Sequence[Mapping[str, object]]) -> list[Column]:
    """The columns on decision rules: a quota for each criterion, and what blocks only where some rule names it."""
    quotas = dict.fromkeys(key for record in records for key in record if key.startswith("quota"))
    blocking = any(record["fewest_that_can_block"] for record in records)
    return [
        Column("organisation"),
        Column("at", format="date"),
        Column("on"),
        Column("by"),
        *(Column(name, format="number", unit="share of the votes, or votes where above 1") for name in quotas),
        *([Column("fewest_that_can_block", format="count", unit="members")] if blocking else []),
        Column("members", format="count", unit="members"),
        Column("can_stop_it_alone"),
        Column("rule", format="id"),
    ]


def _quota_cells(declaration: DecisionRule) -> dict[str, float]:
    """The quotas of the criteria of a rule, as numbers."""
    quotas = [criterion.quota for criterion in (declaration, *declaration.also) if criterion.quota]
    return {f"quota_{number}" if number > 1 else "quota": float(quota) for number, quota in enumerate(quotas, start=1)}
