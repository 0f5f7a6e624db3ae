"""The findings on the rules themselves: how many each side has, from where, and how much hangs on each."""

from __future__ import annotations

from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.findings.work_limits import omitted_removals_note
from detente.rooms.rules.model.build_rulebooks import rule_owners
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rule_coverage import RuleCoverage
from detente.rooms.rules.model.rule_dependence import (
    RuleRemoval,
    most_decisive_removal,
    rules_bearing_on_proposals,
)
from detente.rooms.rules.model.rules import RulesModel
from detente.text.dates import format_date
from detente.text.english import count_noun, upper_first

METHOD = (
    "A rule counts for each party it is a rule of. It bears on proposals if it has an effect; it may also bind without "
    "bearing on any, or only describe. A verdict rests on silence where no rule of that side permits or forbids it."
)
DEPENDENCE_TITLE = "Which rules carry the verdicts"
DEPENDENCE_METHOD = (
    "Each rule that bears on proposals is taken out in turn, and every proposal is held against what is left, at the "
    "time of comparison. Called fragile where an open verdict hangs on one rule alone."
)

COVERAGE_COLUMNS = (
    Column("organisation"),
    *(
        Column(name, format="count", unit="rules")
        for name in (
            "rules",
            "bear_on_proposals",
            "bind_otherwise",
            "only_describe",
            "from_the_documents",
            "from_elsewhere",
            "unsourced",
            "undated",
        )
    ),
    Column("verdicts_on_silence", format="count", unit="verdicts"),
    Column("verdicts", "of verdicts", "count", "verdicts"),
)
REMOVAL_COLUMNS = (
    Column("without", format="id"),
    Column("the_rule"),
    Column("verdicts_moved", format="count", unit="verdicts"),
    Column("opened", format="ids"),
    Column("no_longer_open", format="ids"),
    Column("otherwise"),
)


def rule_coverage_finding(model: RulesModel, labels: RuleLabels) -> Finding:
    """How many rules of each side are known, of what kind and from where, and how many verdicts rest on silence."""
    docket, total = model.docket, len(model.docket.proposals)
    says = "; ".join(_side_phrase(labels, coverage, total) for coverage in model.coverage)
    says = f"{upper_first(says)}."
    if len({coverage.documented_count for coverage in model.coverage}) > 1:
        least_known = min(model.coverage, key=lambda coverage: coverage.documented_count)
        elsewhere_count = least_known.cited_elsewhere_count
        says += f" Least is known from the documents of {labels.display_name(least_known.organisation)}"
        says += f": {_elsewhere_phrase(elsewhere_count)}." if elsewhere_count else "."
    return Finding(
        id="known",
        title="What is known of either side's rules",
        says=says,
        see="Rules of any time, and verdicts by the rules of each proposal's own time.",
        table=make_table(COVERAGE_COLUMNS, (_coverage_record(labels, coverage, total) for coverage in model.coverage)),
        method=METHOD,
        rests_on=tuple(
            name for name, rule in docket.case.rules.items() if rule_owners(docket.case, rule) & set(docket.parties)
        ),
    )


def _coverage_record(labels: RuleLabels, coverage: RuleCoverage, total: int) -> dict[str, object]:
    return {
        "organisation": labels.display_name(coverage.organisation),
        "rules": coverage.rule_count,
        "bear_on_proposals": coverage.bearing_count,
        "bind_otherwise": coverage.binding_otherwise_count,
        "only_describe": coverage.describing_count,
        "from_the_documents": coverage.documented_count,
        "from_elsewhere": coverage.cited_elsewhere_count,
        "unsourced": coverage.unsourced_count,
        "undated": coverage.undated_count,
        "verdicts_on_silence": len(coverage.silent_proposals),
        "verdicts": total,
    }


def _side_phrase(labels: RuleLabels, coverage: RuleCoverage, total: int) -> str:
    describe = "describes" if coverage.describing_count == 1 else "describe"
    silent_count = len(coverage.silent_proposals)
    rest = "rests" if silent_count == 1 else "rest"
    return (
        f"of {labels.display_name(coverage.organisation)} {coverage.rule_count} rules are known, of which "
        f"{coverage.bearing_count} bear on proposals and {coverage.describing_count} only {describe}; "
        f"{silent_count} of its {total} verdicts {rest}, at least in part, on no rule"
    )


def _elsewhere_phrase(n: int) -> str:
    return f"{count_noun(n, 'of its rules is', 'of its rules are')} cited from elsewhere"


def open_verdicts_robustness(model: RulesModel) -> Robustness:
    """How well the open verdicts stand; nothing is said of it where rules were not taken out."""
    if model.removals is None:
        return Robustness("descriptive", omitted_removals_note(model.docket))
    if (most_decisive := most_decisive_removal(model.removals)) is None:
        return Robustness("robust", "No open verdict hangs on one rule alone.")
    open_count = sum(row.is_open for row in model.ranking)
    return Robustness(
        "fragile",
        f"{len(most_decisive.no_longer_open)} of {open_count} open verdicts hang on {most_decisive.rule_id} alone.",
    )


def rule_dependence_finding(model: RulesModel) -> Finding:
    """Which verdicts would be others without each rule."""
    docket, robustness = model.docket, open_verdicts_robustness(model)
    if model.removals is None:
        return Finding(
            id="without-each",
            title=DEPENDENCE_TITLE,
            says=omitted_removals_note(docket),
            method=DEPENDENCE_METHOD,
            robustness=robustness,
        )
    changing_removals = [removal for removal in model.removals if removal.changed_states]
    changing_removals.sort(key=lambda removal: -len(removal.changed_states))
    verb, pronoun = ("moves", "itself") if len(changing_removals) == 1 else ("move", "themselves")
    count_phrase = f"{upper_first(count_noun(len(changing_removals), 'rule'))} of {len(model.removals)}"
    says = f"{count_phrase} {verb} a verdict from bloc to bloc by {pronoun}; "
    says += "what each of the others says, another rule says too, or no proposal meets it."
    return Finding(
        id="without-each",
        title=DEPENDENCE_TITLE,
        says=f"{says} {robustness.because}",
        see=f"What would become of the verdicts by the rules of {format_date(docket.comparison_time)} without each of "
        "these rules, those that matter most first.",
        table=make_table(REMOVAL_COLUMNS, (_removal_record(docket, r) for r in changing_removals))
        if changing_removals
        else None,
        method=DEPENDENCE_METHOD,
        rests_on=tuple(id for id, _ in rules_bearing_on_proposals(docket)),
        robustness=robustness,
    )


def _removal_record(docket: Docket, removal: RuleRemoval) -> dict[str, object]:
    opened = [name for name, states in removal.changed_states.items() if states == ("open",)]
    otherwise_changed = [name for name in removal.changed_states if name not in (*opened, *removal.no_longer_open)]
    return {
        "without": removal.rule_id,
        "the_rule": docket.case.rules[removal.rule_id].says,
        "verdicts_moved": len(removal.changed_states),
        "opened": ", ".join(opened),
        "no_longer_open": ", ".join(removal.no_longer_open),
        "otherwise": "; ".join(
            f"{name} {states_phrase(docket.under_bloc_rules(name, docket.comparison_time).states())}, then "
            f"{states_phrase(removal.changed_states[name])}"
            for name in otherwise_changed
        ),
    }
