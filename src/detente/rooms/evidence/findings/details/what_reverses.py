"""The detail on what would reverse the verdicts: recodings, second theories, coders who err."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CodedMotive
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.details.shared import unique_ids, worst_standing
from detente.rooms.evidence.findings.recoding_words import (
    RecodingNeed,
    first_other_treatment,
    recoding_need,
    recodings_phrase,
    second_counts_phrase,
    standing_reason,
)
from detente.rooms.evidence.findings.table_places import TablePlaces
from detente.rooms.evidence.findings.text import CONGRUENCE_METHOD, code_phrase
from detente.rooms.evidence.findings.theory_words import theory_in_sentence
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence
from detente.text.english import cardinal, upper_first
from detente.text.number_format import per_hundred

MOST_SENTENCES = 5
MOST_SHARES = 2
"""Shares that one sentence names; more are given from lowest to highest."""
COLUMNS = (
    Column("of", "Motives of"),
    Column("motive", "Motive"),
    Column("coded", "First theory (second)"),
    Column("if_recoded", "If recoded"),
)


def what_reverses_finding(model: EvidenceModel) -> Finding:
    """What would reverse the verdict of any table."""
    places = TablePlaces(model.case, model.tests)
    sentences = [
        *_need_sentences(model, places),
        *_treatment_sentences(model, places),
        *_error_sentences(model, places),
    ]
    return Finding(
        id="robustness",
        title="What would reverse the result",
        says=" ".join(sentences[:MOST_SENTENCES]),
        see="What recoding each motive by itself would do.",
        table=make_table(COLUMNS, _rows(model, places)),
        method=CONGRUENCE_METHOD,
        rests_on=unique_ids((test.id for test in model.tests), *(test.coding_ids for test in model.tests)),
        robustness=_robustness(model, places),
        place="detail",
        question="What would reverse it",
        short_answer=_short_answer([recoding_need(table) for table in model.tables]),
    )


def _short_answer(needs: list[RecodingNeed]) -> str:
    """`one motive, or two`."""
    leads = [need for need in needs if not need.is_tie]
    if not leads:
        breaking = any(need.recodings for need in needs)
        return "one motive breaks the tie" if breaking else "no single motive"
    counts = sorted({need.recodings for need in leads if need.recodings is not None})
    if not counts:
        return "no recoding does"
    first = f"{cardinal(counts[0])} motive{'' if counts[0] == 1 else 's'}"
    never = any(need.recodings is None for need in leads)
    if len(counts) == 1:
        return f"{first}, or nothing" if never else first
    last = cardinal(counts[-1])
    span = f"{first}, or {last}" if len(counts) == 2 else f"{cardinal(counts[0])} to {last} motives"
    return f"{span}, or nothing" if never else span


def _need_sentences(model: EvidenceModel, places: TablePlaces) -> list[str]:
    """Among which motives recoding how many reverses the result; of many different needs, the two least."""
    by_need: dict[RecodingNeed, list[CongruenceTest]] = {}
    for table in model.tables:
        by_need.setdefault(recoding_need(table), []).append(table.test)
    needs = list(by_need)
    if len(needs) > 2:
        needs = sorted(needs, key=lambda need: (need.is_tie, need.recodings is None, need.recodings or 0))[:2]
    return [_need_sentence(model.case, need, by_need[need], places) for need in needs]


def _need_sentence(case: Case, need: RecodingNeed, tests: list[CongruenceTest], places: TablePlaces) -> str:
    where = upper_first(places.at(tests))
    if need.is_tie:
        breaks = f"{recodings_phrase(1)} breaks" if need.recodings else "no single recoding breaks"
        return f"{where}, {breaks} the tie."
    if need.recodings is None:
        return f"{where}, no recoding reverses the result."
    fewest = tests[0].minimum_recodings
    if need.recodings == 1 and need.candidates == 1 and len(tests) == 1 and fewest:
        (motive,) = fewest.row_sets[0]
        return f"{where}, recoding one motive reverses the result: {case.motives[motive].title}."
    candidates = need.candidates or 0
    if need.recodings == 1:
        among = f"any one of {cardinal(candidates)} motives" if candidates > 1 else "one motive"
        return f"{where}, recoding {among} reverses the result."
    among = f" of {cardinal(candidates)}" if candidates > need.recodings else ""
    return f"{where}, it takes recoding {cardinal(need.recodings)}{among} motives."


def _treatment_sentences(model: EvidenceModel, places: TablePlaces) -> Iterator[str]:
    """What counting theories named second otherwise would do, and from what on."""
    by_leader: dict[str | None, dict[str, list[CongruenceTest]]] = {}
    for test in model.tests:
        if other := first_other_treatment(test):
            counts = second_counts_phrase(other.s)
            by_leader.setdefault(other.leader, {}).setdefault(counts, []).append(test)
    for leader, by_counts in by_leader.items():
        result = f"{theory_in_sentence(model.case, leader)} leads" if leader else "it is a tie"
        (counts, tests), *others = by_counts.items()
        first = f"{upper_first(places.at(tests))}, {result} once a theory named second counts {counts}"
        rest = "".join(f", and {places.at(other_tests)} {other}" for other, other_tests in others)
        yield f"{first}{rest}."
    if not by_leader and any(row.code.secondary for test in model.tests for row in test.rows):
        yield "The result is the same however much a theory named second counts."


def _error_sentences(model: EvidenceModel, places: TablePlaces) -> Iterator[str]:
    """How often the lead holds where a coder errs on one motive in ten."""
    shares = [
        (table.test, chance)
        for table in model.tables
        for chance in table.stability.survival_chances[:1]
        if chance is not None
    ]
    if not shares:
        return
    by_share: dict[str, list[CongruenceTest]] = {}
    for test, chance in sorted(shares, key=lambda pair: -pair[1]):
        by_share.setdefault(per_hundred(chance), []).append(test)
    yield "Suppose that a coder errs on one motive in ten."
    named = list(by_share.items())
    if len(named) > MOST_SHARES:
        yield f"Then the lead holds {named[-1][0]} to {named[0][0]} times of 100, depending on the table."
        return
    (share, tests), rest = named[0], named[1:]
    others = "".join(f" and {other} {places.at(other_tests)}" for other, other_tests in rest)
    yield f"Then the lead holds {share} times of 100 {places.at(tests)}{others}."


def _robustness(model: EvidenceModel, places: TablePlaces) -> Robustness:
    """The worst standing of any table, with the change that it stands by."""
    standing = worst_standing(verdict_robustness(test) for test in model.tests)
    worst = [test for test in model.tests if verdict_robustness(test) == standing]
    if standing == "tie":
        return Robustness(standing, f"Nothing leads {places.at_none(worst)}.")
    reason = standing_reason(worst[0])
    alike = [test for test in worst if standing_reason(test) == reason]
    return Robustness(standing, f"{upper_first(places.at(alike))}, {reason}.")


def _rows(model: EvidenceModel, places: TablePlaces) -> Iterator[dict[str, object]]:
    for table in model.tables:
        for row in table.test.rows:
            yield {
                "of": places.label(table.test),
                "motive": model.case.motives[row.unit].title,
                "coded": code_phrase(model.case, row.code),
                "if_recoded": _recoding_effect(table, row),
            }


def _recoding_effect(table: TableEvidence, row: CodedMotive) -> str:
    """The most that reading one motive otherwise can do."""
    own_leader, fewest = table.test.main_tally.leader, table.test.minimum_recodings
    leaders = {recoding.leader for recoding in table.stability.recodings if recoding.unit == row.unit}
    if own_leader is None:
        return "may break the tie" if leaders - {None} else "nothing changes"
    if leaders - {own_leader, None}:
        return "may reverse the result"
    with_others = fewest and any(row.unit in units for units in fewest.row_sets)
    tie = "may make it a tie" if None in leaders else ""
    together = f"may reverse it with {cardinal(fewest.recoding_count - 1)} more" if fewest and with_others else ""
    return "; ".join(filter(None, (tie, together))) or "nothing changes"
