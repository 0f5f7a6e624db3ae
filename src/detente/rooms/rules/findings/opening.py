"""What the chapter opens with: how many proposals the rules leave open, how much hangs on what, and a picture."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.pictures import TallyRow, UnitTally
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.verdict_words import (
    VERDICT_WORDS,
    PlainVerdict,
    is_or_are,
    part_of,
    plain_verdict,
    pronoun_phrase,
    tally_parts,
)
from detente.rooms.rules.model.rule_dependence import most_decisive_removals
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.side_positions import side_position
from detente.text.english import cardinal, count_noun, join_words, upper_first

CAVEAT = "Whether anybody wants what is open, the rules do not say."
OBSTACLES = ("forbids", "covered", "conditional")
"""Positions of a side in which its rules, and not what is unknown of them, stand in the way."""


def rules_headline(model: RulesModel) -> str:
    """How many proposals the rules leave open, in a sentence."""
    year, total, open_count = model.docket.comparison_year, len(model.counted), len(model.open_names)
    if open_count:
        return f"The rules of {year} leave {part_of(open_count, total)} open."
    verdicts = {plain_verdict(row.rulings.states()) for row in model.counted}
    return _nothing_open_sentence(year, total, verdicts.pop() if len(verdicts) == 1 else None)


def _nothing_open_sentence(year: int, total: int, verdict: PlainVerdict | None) -> str:
    """That none is open: what they all are instead, where they are all the same."""
    if verdict is None:
        return f"The rules of {year} leave {part_of(0, total)} open."
    if verdict == "undetermined":
        subject = "the one proposal is" if total == 1 else f"any of the {cardinal(total)} proposals is"
        return f"The known rules of {year} do not tell whether {subject} open."
    if verdict == "disputed":
        return f"The sources dispute what the rules of {year} make of {part_of(total, total)}."
    return f"By the rules of {year}, {part_of(total, total)} {is_or_are(total)} {VERDICT_WORDS[verdict]}."


def rules_lead(model: RulesModel, labels: RuleLabels) -> str:
    """What the open proposals hang on, or who stands in the way of all; and what the rules do not say."""
    sentences = (
        (dependence_sentence(model, labels), silence_sentence(model, labels))
        if model.open_names
        else (_obstacles_sentence(model, labels),)
    )
    return " ".join(filter(None, (*sentences, CAVEAT)))


def dependence_sentence(model: RulesModel, labels: RuleLabels, noun: str = "") -> str:
    """How many open proposals hang on one rule alone; nothing where rules were not taken out.

    Args:
        model: The rules of the case.
        labels: Names for what it holds.
        noun: What they are, where the sentence before does not say it: `open proposal`.
    """
    open_count = len(model.open_names)
    if model.removals is None or not open_count:
        return ""
    decisive, count = most_decisive_removals(model.removals, model.open_names)
    if not decisive:
        subject = _subject(0, open_count, noun)
        return f"{upper_first(subject)} {'depends' if noun else 'of these depends'} on any single rule."
    subject = _subject(count, open_count, noun)
    if len(decisive) > 1:
        return f"Each of {count_noun(len(decisive), 'rule')} by itself carries {subject}."
    verb = "depends" if count == 1 else "depend"
    return f"{upper_first(subject)} {verb} on one rule {labels.owner_phrase(decisive[0].rule_id)}."


def _subject(count: int, total: int, noun: str) -> str:
    """So many of those that are open, with or without what they are."""
    if noun:
        some = 0 < count < total
        return f"{cardinal(count)} of the {cardinal(total)} {noun}s" if some else part_of(count, total, noun)
    return pronoun_phrase(count, total) if count else "none"


def silence_sentence(model: RulesModel, labels: RuleLabels) -> str:
    """How many are open only because what no rule of a side mentions is taken to be open; nothing if none is."""
    open_rows = [row for row in model.counted if row.is_open]
    silent_rows = [row for row in open_rows if row.silent_parties]
    if not silent_rows:
        return ""
    parties = [party for party in model.docket.parties if any(party in row.silent_parties for row in silent_rows)]
    names = join_words(labels.in_sentence(party) for party in parties)
    count, total = len(silent_rows), len(open_rows)
    subject = pronoun_phrase(count, total) if count == total else cardinal(count)
    theirs = "its" if len(parties) == 1 else "their"
    return (
        f"{upper_first(subject)} {is_or_are(count)} open because we assume that {names} may do what {theirs} known "
        "rules do not mention."
    )


def _obstacles_sentence(model: RulesModel, labels: RuleLabels) -> str:
    """Whose rules stand in the way of how many, where none is open."""
    total = len(model.counted)
    counts = {
        party: sum(side_position(row, party) in OBSTACLES for row in model.counted) for party in model.docket.parties
    }
    phrases = [
        f"rules of {labels.in_sentence(party)} stand in the way of {_all_or_count(count, total)}"
        for party, count in counts.items()
        if count
    ]
    return f"{upper_first(join_words(phrases))}." if phrases else ""


def _all_or_count(count: int, total: int) -> str:
    return pronoun_phrase(count, total) if count == total else cardinal(count)


def opening_tally(model: RulesModel, labels: RuleLabels) -> UnitTally:
    """The proposals by the rules of both sides and of each, a mark for each proposal."""
    total, parties = len(model.counted), model.docket.parties
    verdicts_by_row: list[tuple[str, Sequence[PlainVerdict]]] = [
        ("Both sides together", [plain_verdict(row.rulings.states()) for row in model.counted]),
        *(
            (labels.heading(party), [plain_verdict(row.rulings.states([party])) for row in model.counted])
            for party in parties
        ),
    ]
    noun = "proposal that was offered" if _is_offered(model) else "proposal"
    return UnitTally(
        says=f"Each mark is a {noun}, held against the rules of {model.docket.comparison_year}.",
        rows=tuple(
            TallyRow(label, tally_parts(verdicts), f"{verdicts.count('open')} of {total} open")
            for label, verdicts in verdicts_by_row
        ),
        unit="one proposal",
    )


def _is_offered(model: RulesModel) -> bool:
    return any(model.docket.case.proposals[row.name].standing == "offered" for row in model.counted)
