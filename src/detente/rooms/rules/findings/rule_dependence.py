"""The finding on which rules carry the verdicts: what would become of them without each."""

from __future__ import annotations

from collections.abc import Sequence, Set

from detente.results.finding import Finding, Robustness
from detente.results.pictures import TallyPart, TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.opening import dependence_sentence
from detente.rooms.rules.findings.other_readings import other_reading_sentence
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.findings.verdict_words import count_of, part_of
from detente.rooms.rules.findings.work_limits import omitted_removals_note
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.rule_dependence import (
    RuleRemoval,
    most_decisive_removals,
    rules_bearing_on_proposals,
)
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import cardinal, clip_text

TITLE = "Which rules carry the verdicts"
METHOD = (
    "Each rule that bears on proposals is taken out in turn, and every proposal is held against what is left, at the "
    "time of comparison. Called fragile where an open verdict hangs on one rule alone, robust where none does. In the "
    "table the rules that matter most come first, and all proposals are counted, whether offered or not."
)
LONGEST_RULE = 90
"""Letters of a rule that a picture shows."""
COLUMNS = (
    Column("without", format="id"),
    Column("the_rule"),
    Column("verdicts_moved", format="count", unit="verdicts"),
    Column("opened", format="ids"),
    Column("no_longer_open", format="ids"),
    Column("otherwise"),
)


def open_verdicts_robustness(model: RulesModel, labels: RuleLabels, rows: Sequence[RankedProposal]) -> Robustness:
    """How well the open verdicts on some proposals stand; nothing is said where rules were not taken out.

    Args:
        model: The rules of the case.
        labels: Names for what it holds.
        rows: The proposals; where none of them is open, nothing is said either.
    """
    if model.removals is None:
        return Robustness("descriptive", omitted_removals_note(model.docket))
    open_names = [row.name for row in rows if row.is_open]
    if not open_names:
        return Robustness("descriptive")
    decisive, count = most_decisive_removals(model.removals, open_names)
    if not decisive:
        return Robustness("robust", "No open verdict depends on one rule alone.")
    owner = f"one rule {labels.owner_phrase(decisive[0].rule_id)}"
    subject = owner if len(decisive) == 1 else f"any one of {cardinal(len(decisive))} rules"
    return Robustness("fragile", f"Without {subject}, {count_of(len(open_names) - count, len(rows))} would be open.")


def rule_dependence_finding(model: RulesModel, labels: RuleLabels) -> Finding:
    """Which verdicts would be others without each rule, and by another reading of what is presumed."""
    docket, robustness = model.docket, open_verdicts_robustness(model, labels, model.counted)
    if model.removals is None:
        return Finding(
            id="without-each",
            title=TITLE,
            says=omitted_removals_note(docket),
            method=METHOD,
            robustness=robustness,
        )
    changing_removals = [removal for removal in model.removals if removal.changed_states]
    changing_removals.sort(key=lambda removal: -len(removal.changed_states))
    names = {row.name for row in model.counted}
    counted_removals = [removal for removal in changing_removals if removal.changed_states.keys() & names]
    readings = (other_reading_sentence(docket.case, reading, model.counted) for reading in model.other_readings)
    count_sentence = _changing_rules_sentence(len(counted_removals), len(model.removals))
    return Finding(
        id="without-each",
        title=TITLE,
        says=" ".join(filter(None, (dependence_sentence(model, labels, "open proposal"), count_sentence, *readings))),
        table=make_table(COLUMNS, (_removal_record(docket, removal) for removal in changing_removals))
        if changing_removals
        else None,
        method=METHOD,
        rests_on=tuple(id for id, _ in rules_bearing_on_proposals(docket)),
        robustness=robustness,
        place="detail",
        question=TITLE,
        short_answer=_short_answer(model, counted_removals),
        picture=_removal_tally(model, counted_removals, names) if counted_removals else None,
    )


def _changing_rules_sentence(changing: int, total: int) -> str:
    """How many rules move a verdict by themselves, and why the others do not."""
    if not changing:
        return f"Taken out alone, {part_of(0, total, 'rule')} changes a verdict."
    verb = "changes" if changing == 1 else "change"
    says = f"Taken out alone, {part_of(changing, total, 'rule')} {verb} a verdict."
    others = "The other" if total - changing == 1 else "Each of the others"
    return says if changing == total else f"{says} {others} repeats another rule or decides nothing here."


def _short_answer(model: RulesModel, changing_removals: Sequence[RuleRemoval]) -> str:
    """How much the most decisive rule carries; where nothing is open, how many rules matter."""
    if not model.open_names:
        return f"{cardinal(len(changing_removals))} can change a verdict"
    decisive, count = most_decisive_removals(model.removals, model.open_names)
    if not decisive:
        return "no single rule"
    part = count_of(count, len(model.open_names))
    return f"one carries {part}" if len(decisive) == 1 else f"{cardinal(len(decisive))} carry {part} each"


def _removal_tally(model: RulesModel, removals: Sequence[RuleRemoval], names: Set[str]) -> UnitTally:
    """What each rule changes for the proposals that are counted."""
    year = model.docket.comparison_year
    return UnitTally(
        says=f"Each mark is a proposal whose verdict would change without one of the rules of {year}.",
        rows=tuple(_tally_row(model.docket, removal, names) for removal in removals),
        unit="one proposal",
    )


def _tally_row(docket: Docket, removal: RuleRemoval, names: Set[str]) -> TallyRow:
    changed = {name: states for name, states in removal.changed_states.items() if name in names}
    opened = sum(states == ("open",) for states in changed.values())
    closed = sum(name in names for name in removal.no_longer_open)
    parts = (
        TallyPart("no", closed, "no longer open"),
        TallyPart("yes", opened, "open then"),
        TallyPart("half", len(changed) - opened - closed, "changed otherwise"),
    )
    return TallyRow(
        clip_text(docket.case.rules[removal.rule_id].says, LONGEST_RULE),
        tuple(part for part in parts if part.count),
        f"{len(changed)} of {len(names)}",
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
