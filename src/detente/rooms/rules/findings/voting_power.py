"""The findings on votes: how each side decides, who can stop it, and formal equality beside real shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.decision_rules import RULE_KINDS
from detente.results.finding import Finding
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.build_rulebooks import build_condition
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.voting_power import DatedDecisionRule, PowerTable, ShareSumError, even_chance
from detente.text.dates import format_date, format_period
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number

METHOD = (
    "A decision rule passes a proposal where "
    + "; ".join(f"{kind}: {what}" for kind, what in RULE_KINDS.items())
    + ". Where the fewest members are named that can block, a majority passes unless so many stand in the way (Treaty "
    "on European Union, Article 16(4)). How little doubt it takes is told for members who decide independently. "
    "Members are those of the date; where the sources date a membership differently, by at least half of them."
)
METHOD_OF_POWER = (
    "Banzhaf (normalised): of all the times that one member's vote turns a losing coalition into a winning one, the "
    "share of each (Penrose 1946; Banzhaf 1965); absolute: of all coalitions of the others, the share that a member "
    "turns (Felsenthal and Machover 1998). Shapley-Shubik: the share of all orders of joining in which a member "
    "is the one who turns the outcome (Shapley and Shubik 1954). Exact. Beside the formal rule stands what they would "
    "be if the shares were votes and more than half of them decided: a supposition, to show what formal equality "
    "leaves out, and only for dates at which they hold, or may. The time that the case gives for them stands beside."
)


def decision_rules_finding(model: RulesModel, labels: RuleLabels) -> Finding | None:
    """How each organisation decides, with how many members at which date; None if the case does not say."""
    import polars as pl

    records = [_decision_rule_record(labels, rule) for rule in model.votes.decision_rules]
    if not records:
        return None
    if not any(record["fewest_that_can_block"] for record in records):
        records = [{k: v for k, v in record.items() if k != "fewest_that_can_block"} for record in records]
    general_rules = [rules for party in model.docket.parties if (rules := model.votes.general_rules(party))]
    phrases = [_sizes_phrase(labels, rules) for rules in general_rules]
    equal_rules = [rules[-1] for rules in general_rules if rules[-1].all_block]
    says = f"{upper_first('; '.join(phrases))}."
    if equal_rules:
        names = join_words(labels.display_name(rule.organisation) for rule in equal_rules)
        says += f" In {names} any one member can stop a decision, so that all have the same power, one in so many; "
        says += _even_chance_phrase(equal_rules, labels)
    return Finding(
        id="how",
        title="How each side decides",
        says=says,
        table=pl.DataFrame(records),
        links=("rule",),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(str(r["rule"]) for r in records if r["rule"])),
        structural=bool(equal_rules),
    )


def _sizes_phrase(labels: RuleLabels, rules: Sequence[DatedDecisionRule]) -> str:
    """By what rule an organisation decides, and of how many members at each date."""
    sizes = [f"{rule.size} in {format_date(rule.when)}" for rule in rules]
    name, kinds = labels.display_name(rules[0].organisation), labels.decision_phrase(rules[-1].in_force)
    return f"{name} decides by {kinds}, of {join_words(sizes)}"


def _decision_rule_record(labels: RuleLabels, rule: DatedDecisionRule) -> dict[str, object]:
    declaration = rule.in_force.declaration
    blockers = join_words(labels.display_name(m) for m in rule.blockers) or "nobody"
    return {
        "organisation": labels.display_name(rule.organisation),
        "at": format_date(rule.when),
        "on": "everything" if declaration.on is None else labels.condition_phrase(build_condition(declaration.on)),
        "by": labels.decision_phrase(rule.in_force),
        "quota": " and ".join(
            str(criterion.quota) for criterion in (declaration, *declaration.also) if criterion.quota
        ),
        "fewest_that_can_block": declaration.blocking,
        "members": rule.size,
        "can_stop_it_alone": "any member" if rule.all_block else blockers,
        "rule": declaration.rule or "",
    }


def _even_chance_phrase(rules: Sequence[DatedDecisionRule], labels: RuleLabels) -> str:
    """How little doubt it takes: the chance by which each of so many members stops it that leaves the decision even."""
    parts = [
        f"{100 * even_chance(rule.size):.1f} in 100 for the {rule.size} of {labels.display_name(rule.organisation)}"
        for rule in rules
    ]
    doubt_phrase = f"once each would stop it with a chance of {join_words(parts)}"
    return f"if members decide independently, a decision is as likely to fail as to pass {doubt_phrase}."


def voting_power_finding(model: RulesModel, labels: RuleLabels) -> Finding | None:
    """Power by the formal rule beside the real shares; None where all are alike and nothing is shared out."""
    import polars as pl

    tables = model.votes.tables
    if not tables:
        return None
    last_tables = {table.organisation: table for table in tables}
    sentences = [_power_sentence(labels, table) for table in last_tables.values()]
    return Finding(
        id="power",
        title="Formal equality and real weight",
        says=" ".join([*sentences, *_share_sum_notes(model.votes.share_errors, labels)]),
        table=pl.DataFrame([r for table in tables for r in _power_records(labels, table)], infer_schema_length=None),
        headers={"shares_of": "of what", "shares_in": "held in"},
        method=METHOD_OF_POWER,
        rests_on=model.docket.parties,
    )


def _power_records(labels: RuleLabels, table: PowerTable) -> Iterator[dict[str, object]]:
    formal, by_shares, share = table.formal, table.by_shares, table.share
    for index, member in enumerate(table.members):
        yield {
            "organisation": labels.display_name(table.organisation),
            "at": format_date(table.when),
            "member": labels.display_name(member),
            "share": table.weights.get(member),
            "shares_of": share.of if share else None,
            "shares_in": format_period(share.during) if share and share.during else None,
            "banzhaf": float(formal.normalised[index]) if formal else None,
            "banzhaf_absolute": float(formal.absolute[index]) if formal else None,
            "shapley_shubik": float(formal.shapley_shubik[index]) if formal else None,
            "banzhaf_by_shares": float(by_shares.normalised[index]) if by_shares else None,
            "shapley_shubik_by_shares": float(by_shares.shapley_shubik[index]) if by_shares else None,
        }


def _share_sum_notes(errors: Sequence[ShareSumError], labels: RuleLabels) -> Iterator[str]:
    """The shares that do not add up to their whole at all times, those alike told together."""
    shares_by_error: dict[tuple[str, str], list[str]] = {}
    for error in errors:
        sums = (f"{s.total} for {s.member_count} members ({_years_phrase(s.years)})" for s in error.sums)
        error_phrase = f"should make {error.whole} and make {join_words(sums)}"
        shares_by_error.setdefault((error.organisation, error_phrase), []).append(error.shares_of)
    for (organisation, error_phrase), shares in shares_by_error.items():
        yield f"The shares of {labels.display_name(organisation)} ({join_words(shares)}) {error_phrase}."


def _years_phrase(year_texts: Sequence[str]) -> str:
    """Years in a few words: `2004, 2005 and 2013`, or `2006 to 2012`."""
    is_consecutive = all(text.isdecimal() for text in year_texts) and [int(text) for text in year_texts] == list(
        range(int(year_texts[0]), int(year_texts[0]) + len(year_texts))
    )
    return f"{year_texts[0]} to {year_texts[-1]}" if is_consecutive and len(year_texts) > 2 else join_words(year_texts)


def _power_sentence(labels: RuleLabels, table: PowerTable) -> str:
    """Who has most power in an organisation by the shares, or by the formal rule."""
    organisation, at = labels.display_name(table.organisation), format_date(table.when)
    indices = table.by_shares or table.formal
    if indices is None:
        return f"In {organisation} there are too many coalitions to count."
    powers = [float(power) for power in indices.shapley_shubik]
    most_power = format_number(max(powers))
    top_members = [index for index, power in enumerate(powers) if power == max(powers)]
    if len(top_members) == len(powers):
        return f"In {organisation}, {at}, all members have the same power."
    names = join_words(labels.display_name(table.members[index]) for index in top_members)
    each_word = " each" if len(top_members) > 1 else ""
    says = f"In {organisation}, {at}, "
    if table.formal is None:
        says += f"there are too many coalitions to count by the formal rule; {names} would have{each_word} {most_power}"
    else:
        formal_power = format_number(float(table.formal.shapley_shubik[top_members[0]]))
        says += f"{names} {'has' if len(top_members) == 1 else 'have'}{each_word} {formal_power}"
        says += " of the power by the formal rule (Shapley-Shubik)"
        says += f", and would have {most_power}" if table.by_shares else ""
    if table.by_shares:
        time_phrase = f" ({format_period(table.share.during)})" if table.share and table.share.during else ""
        says += f" if shares{time_phrase} were votes"
    return f"{says}."
