"""The findings on the rules themselves: how many each side has, from where, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Finding, Robustness
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.findings.work_limits import omitted_removals_note
from detente.rooms.rules.model.build_rulebooks import rule_owners
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rule_dependence import RuleRemoval, rules_bearing_on_proposals
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


def rule_coverage_finding(docket: Docket, labels: RuleLabels) -> Finding:
    """How many rules of each side are known, of what kind and from where, and how many verdicts rest on silence."""
    import polars as pl

    records, silent_proposals, total = [], {}, len(docket.proposals)
    for party in docket.parties:
        party_rules = [rule for rule in docket.case.rules.values() if party in rule_owners(docket.case, rule)]
        bearing_rules = [rule for rule in party_rules if rule.effects]
        silent_proposals[party] = [
            name
            for name in docket.proposals
            if any(not r.verdict.deciding_rules for r in docket.under_bloc_rules(name).party_rulings(party))
        ]
        records.append(
            {
                "organisation": labels.display_name(party),
                "rules": len(party_rules),
                "bear_on_proposals": len(bearing_rules),
                "bind_otherwise": sum(not rule.effects and not rule.describes for rule in party_rules),
                "only_describe": sum(rule.describes for rule in party_rules),
                "from_the_documents": sum(bool(rule.at) for rule in party_rules),
                "from_elsewhere": sum(bool(rule.sources and not rule.at) for rule in party_rules),
                "unsourced": sum(not rule.at and not rule.sources for rule in party_rules),
                "undated": sum(rule.during is None for rule in bearing_rules),
                "verdicts_on_silence": f"{len(silent_proposals[party])} of {total}",
            }
        )
    sides = zip(docket.parties, records, strict=True)
    says = "; ".join(
        _side_phrase(labels.display_name(party), record, len(silent_proposals[party]), total) for party, record in sides
    )
    source_counts = {int(str(r["from_the_documents"])) for r in records}
    says = f"{upper_first(says)}."
    if len(source_counts) > 1:
        least_known = min(records, key=lambda r: int(str(r["from_the_documents"])))
        says += f" Least is known from the documents of {least_known['organisation']}"
        says += (
            f": {_elsewhere_phrase(int(str(least_known['from_elsewhere'])))}." if least_known["from_elsewhere"] else "."
        )
    return Finding(
        id="known",
        title="What is known of either side's rules",
        says=says,
        table=pl.DataFrame(records),
        method=METHOD,
        rests_on=tuple(
            name for name, rule in docket.case.rules.items() if rule_owners(docket.case, rule) & set(docket.parties)
        ),
    )


def _side_phrase(name: str, record: dict[str, object], silent_count: int, total: int) -> str:
    return (
        f"of {name} {record['rules']} rules are known, of which {record['bear_on_proposals']} bear on proposals and "
        f"{record['only_describe']} only describe; {silent_count} of its {total} verdicts rest, at least in part, on no rule"
    )


def _elsewhere_phrase(n: int) -> str:
    return f"{count_noun(n, 'of its rules is', 'of its rules are')} cited from elsewhere"


def most_decisive_removal(removals: Sequence[RuleRemoval] | None) -> RuleRemoval | None:
    """The rule without which most verdicts would no longer be open; None if none carries any alone, or is known to."""
    most_decisive = max(removals or (), key=lambda without: len(without.no_longer_open), default=None)
    return most_decisive if most_decisive and most_decisive.no_longer_open else None


def open_verdicts_robustness(docket: Docket, removals: Sequence[RuleRemoval] | None) -> Robustness:
    """How well the open verdicts stand; nothing is said of it where rules were not taken out."""
    if removals is None:
        return Robustness("descriptive", omitted_removals_note(docket))
    open_count = sum(
        docket.under_bloc_rules(name, docket.comparison_time).states() == ("open",) for name in docket.proposals
    )
    if (most_decisive := most_decisive_removal(removals)) is None:
        return Robustness("robust", "No open verdict hangs on one rule alone.")
    return Robustness(
        "fragile",
        f"{len(most_decisive.no_longer_open)} of {open_count} open verdicts hang on {most_decisive.rule_id} alone.",
    )


def rule_dependence_finding(docket: Docket, removals: Sequence[RuleRemoval] | None) -> Finding:
    """Which verdicts would be others without each rule."""
    import polars as pl

    if removals is None:
        return Finding(
            id="without-each",
            title=DEPENDENCE_TITLE,
            says=omitted_removals_note(docket),
            method=DEPENDENCE_METHOD,
            robustness=open_verdicts_robustness(docket, removals),
        )
    records = []
    for removal in sorted(
        (candidate for candidate in removals if candidate.changed_states),
        key=lambda candidate: -len(candidate.changed_states),
    ):
        opened = [name for name, states in removal.changed_states.items() if states == ("open",)]
        otherwise_changed = [name for name in removal.changed_states if name not in (*opened, *removal.no_longer_open)]
        records.append(
            {
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
        )
    changing_count = sum(bool(removal.changed_states) for removal in removals)
    verb, pronoun = ("moves", "itself") if changing_count == 1 else ("move", "themselves")
    says = f"{upper_first(count_noun(changing_count, 'rule'))} of {len(removals)} {verb} a verdict from bloc to bloc by {pronoun}; "
    says += "what each of the others says, another rule says too, or no proposal meets it."
    robustness = open_verdicts_robustness(docket, removals)
    return Finding(
        id="without-each",
        title=DEPENDENCE_TITLE,
        says=f"{says} {robustness.because}",
        see="What would become of the verdicts without each of these rules, those that matter most first.",
        table=pl.DataFrame(records) if records else None,
        links=("without", "opened", "no_longer_open"),
        method=DEPENDENCE_METHOD,
        rests_on=tuple(id for id, _ in rules_bearing_on_proposals(docket)),
        robustness=robustness,
    )
