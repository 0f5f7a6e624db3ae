"""The paragraph under the headline: what reverses the verdicts, and whether other readers find the same."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.rooms.evidence.findings.reading_words import coder_in_sentence, outcome_phrase, reader_clause
from detente.rooms.evidence.findings.recoding_words import RecodingNeed, recoding_need, recodings_phrase
from detente.rooms.evidence.findings.table_places import TablePlaces
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.text.english import cardinal, join_words, upper_first

MOST_NEEDS = 2
"""Different numbers of recodings that are told one by one."""


def write_lead(model: EvidenceModel) -> str:
    """Two or three sentences on how the verdicts stand."""
    if not any(test.is_coded for test in model.tests):
        return ""
    places = TablePlaces(model.case, model.tests)
    return " ".join((*_recoding_sentences(model, places), _reader_sentence(model, places)))


def _recoding_sentences(model: EvidenceModel, places: TablePlaces) -> list[str]:
    """How many recodings reverse the verdicts, table by table where that differs."""
    by_need: dict[tuple[bool, int | None], list[CongruenceTest]] = {}
    for table in model.tables:
        if not table.test.is_coded:
            continue
        need = recoding_need(table)
        by_need.setdefault((need.is_tie, need.recodings), []).append(table.test)
    if len(by_need) > MOST_NEEDS:
        easiest = min(by_need, key=lambda key: (key[0], key[1] is None, key[1] or 0))
        by_need = {easiest: by_need[easiest]}
    sentences = [
        _recoding_sentence(RecodingNeed(is_tie, count, None), places.at(tests))
        for (is_tie, count), tests in by_need.items()
    ]
    if len(by_need) == 2 and all(count and not is_tie for is_tie, count in by_need):
        (_, count), tests = list(by_need.items())[1]
        sentences[1] = f"{upper_first(places.at(tests))} it takes {cardinal(count or 0)}."
    return sentences


def _recoding_sentence(need: RecodingNeed, where: str) -> str:
    if need.is_tie:
        ending = f"{recodings_phrase(1)} breaks the tie" if need.recodings else "no single recoding breaks the tie"
    elif need.recodings is None:
        ending = "no recoding reverses the result"
    else:
        ending = f"{recodings_phrase(need.recodings)} reverses the result"
    return f"{upper_first(where)}, {ending}."


def _reader_sentence(model: EvidenceModel, places: TablePlaces) -> str:
    """What another reading finds, or that there is none."""
    case = model.case
    differing = [
        (table.test, route, verdict.tally.leader)
        for table in model.tables
        if (verdict := table.routes.first_differing) and (route := verdict.route)
    ]
    if differing:
        _, route, leader = differing[0]
        alike = [test for test, r, led in differing if (r.coder, r.kind, led) == (route.coder, route.kind, leader)]
        return f"{reader_clause(case, route)} found {outcome_phrase(case, leader)} {places.at(alike)}."
    others = {route.id for table in model.tables for route in table.test.routes[1:]}
    if not others:
        return _lone_reader_sentence(case, model.tests)
    if len(others) == 1:
        return "The one other reading finds the same."
    return f"All {cardinal(len(others))} other readings find the same."


def _lone_reader_sentence(case: Case, tests: list[CongruenceTest]) -> str:
    coders = dict.fromkeys(test.routes[0].coder for test in tests)
    names = join_words(coder_in_sentence(case, coder) for coder in coders)
    return f"Only {names} read these motives, {'once' if len(coders) == 1 else 'each some of them'}."
