"""The finding on what is known of the rules: how many each side has, and how many verdicts rest on none of them."""

from __future__ import annotations

from detente.results.finding import Finding, Robustness
from detente.results.pictures import TallyPart, TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.verdict_words import count_of, part_of
from detente.rooms.rules.model.build_rulebooks import rule_owners
from detente.rooms.rules.model.rule_coverage import RuleCoverage
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import cardinal

METHOD = (
    "A rule counts for each party it is a rule of. It bears on proposals if it has an effect; it may also bind without "
    "bearing on any, or only describe. A verdict rests on silence where no rule of that side permits or forbids it. "
    "Rules are those of any time, and verdicts by the rules of each proposal's own time."
)
COVERAGE_COLUMNS = (
    Column("organisation"),
    *(
        Column(name, title, "count", "rules")
        for name, title in (
            ("rules", ""),
            ("bear_on_proposals", ""),
            ("bind_otherwise", ""),
            ("only_describe", ""),
            ("from_the_documents", ""),
            ("from_elsewhere", ""),
            ("unsourced", "without a source"),
            ("undated", "without a date"),
        )
    ),
    Column("verdicts_on_silence", format="count", unit="verdicts"),
    Column("verdicts", "of verdicts", "count", "verdicts"),
)


def rule_coverage_finding(model: RulesModel, labels: RuleLabels) -> Finding:
    """How many proposals no known rule of either side speaks of, what is assumed of them, and how much hangs on it."""
    docket, total = model.docket, len(model.docket.proposals)
    case, parties = docket.case, set(docket.parties)
    least_known = max(model.coverage, key=lambda coverage: len(coverage.silent_proposals))
    sentences = (
        _silence_sentence(model, labels),
        _assumption_sentence(model, labels) if least_known.silent_proposals else "",
        _elsewhere_sentence(model, labels),
    )
    return Finding(
        id="known",
        title="What is known of either side's rules",
        says=" ".join(filter(None, sentences)),
        table=make_table(COVERAGE_COLUMNS, (_coverage_record(labels, coverage, total) for coverage in model.coverage)),
        method=METHOD,
        rests_on=tuple(name for name, rule in case.rules.items() if rule_owners(case, rule) & parties),
        robustness=_assumption_robustness(model),
        place="detail",
        question="How much rests on no known rule",
        short_answer=_short_answer(len(least_known.silent_proposals), total),
        picture=_silence_tally(model, labels),
    )


def _coverage_record(labels: RuleLabels, coverage: RuleCoverage, total: int) -> dict[str, object]:
    return {
        "organisation": labels.heading(coverage.organisation),
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


def _silence_sentence(model: RulesModel, labels: RuleLabels) -> str:
    """Of how many proposals no known rule of either side spoke when they were made."""
    total = len(model.docket.proposals)
    told = [one for one in model.coverage if one.silent_proposals]
    if not told:
        return "Known rules of both sides spoke of every proposal when it was made."
    first, *others = ((labels.in_sentence(one.organisation), len(one.silent_proposals)) for one in told)
    what = "any proposal" if first[1] == total else part_of(first[1], total)
    if len(model.counted) < total:
        says = f"No known rule of {first[0]} speaks of {what}, offered or not."
    else:
        says = f"When they were made, no known rule of {first[0]} spoke of {what}."
    return says + "".join(f" For {name} it is {count_of(count, total)}." for name, count in others)


def _assumption_sentence(model: RulesModel, labels: RuleLabels) -> str:
    """What is assumed of what no rule mentions, for each side."""
    organisations, parties = model.docket.case.organisations, model.docket.parties
    acting = [
        labels.in_sentence(party)
        for party in parties
        if (otherwise := organisations[party].otherwise) and otherwise.verdict == "open"
    ]
    others = [name for party in parties if (name := labels.in_sentence(party)) not in acting]
    if not others:
        return "Where no rule speaks, we assume that both sides may act."
    if not acting:
        return "Where no rule speaks, we take the verdict as unknown."
    return f"Where no rule speaks, we assume that {acting[0]} may act. For {others[0]} we take the verdict as unknown."


def _elsewhere_sentence(model: RulesModel, labels: RuleLabels) -> str:
    """How many rules of each side are cited from elsewhere than the documents; nothing where none is."""
    cited = [one for one in model.coverage if one.cited_elsewhere_count]
    if not cited:
        return ""
    first, *others = cited
    verb = "comes" if first.cited_elsewhere_count == 1 and not others else "come"
    part = part_of(first.cited_elsewhere_count, first.rule_count, "rule")
    rest = "".join(
        f", and {count_of(one.cited_elsewhere_count, one.rule_count)} of {labels.in_sentence(one.organisation)}"
        for one in others
    )
    return f"From outside the documents {verb} {part} of {labels.in_sentence(first.organisation)}{rest}."


def _short_answer(silent_count: int, total: int) -> str:
    """How much rests on silence."""
    return f"{count_of(silent_count, total)}, on one side" if silent_count else "nothing"


def _assumption_robustness(model: RulesModel) -> Robustness:
    """How many would be open if what no rule permits were not."""
    assumed_count = sum(bool(row.silent_parties) for row in model.counted if row.is_open)
    if not assumed_count:
        return Robustness("descriptive")
    remaining = len(model.open_names) - assumed_count
    part = part_of(remaining, len(model.counted))
    return Robustness(
        "fragile",
        f"If only what a known rule permits were open, {part} would be, and not {cardinal(len(model.open_names))}.",
    )


def _silence_tally(model: RulesModel, labels: RuleLabels) -> UnitTally:
    """The proposals of which rules of each side spoke, and those of which none did."""
    total = len(model.docket.proposals)
    rows = []
    for coverage in model.coverage:
        silent_count = len(coverage.silent_proposals)
        parts = (
            TallyPart("yes", total - silent_count, "a known rule speaks of it"),
            TallyPart("empty", silent_count, "no known rule does, at least in part"),
        )
        rows.append(
            TallyRow(
                labels.heading(coverage.organisation),
                tuple(part for part in parts if part.count),
                f"{silent_count} of {total} on silence",
            )
        )
    return UnitTally("Each mark is a proposal, held against the rules of its own time.", tuple(rows), "one proposal")
