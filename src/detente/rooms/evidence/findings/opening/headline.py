"""The headline of the evidence chapter: which theory explains the motives, by how much, and where."""

from __future__ import annotations

from fractions import Fraction

from detente.case.schema.case import Case
from detente.rooms.evidence.findings.table_places import TablePlaces
from detente.rooms.evidence.findings.theory_words import theory_in_sentence
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.text.english import cardinal, upper_first

MOST_OUTCOMES = 3
"""Different leaders that one sentence names."""
FEW_RECODINGS = 2
"""Recodings up to which a lead is small, if it is no more than half of all that is tallied, too."""


def write_headline(case: Case, tests: list[CongruenceTest]) -> str:
    """What the tables come to in one sentence."""
    if not tests:
        return "No motives are tallied, so no theory leads."
    tests = [test for test in tests if test.is_coded]
    if not tests:
        return "No motive is coded to a theory yet, so no theory leads."
    leaders = {test.main_tally.leader for test in tests}
    if len(leaders) > 1:
        return _divided_headline(case, tests)
    leader = leaders.pop()
    return _tied_headline(case, tests) if leader is None else _common_headline(case, tests, leader)


def _common_headline(case: Case, tests: list[CongruenceTest], leader: str) -> str:
    """One theory leads everywhere."""
    verb = "explains more motives than" if all(map(counts_motives, tests)) else "explains the motives better than"
    others = [theory for theory in case.theories if theory != leader]
    rival = theory_in_sentence(case, others[0]) if len(others) == 1 else "any other theory"
    where = TablePlaces(case, tests).everywhere()
    return f"{upper_first(case.theories[leader].name)} {verb} {rival} {where}{_closeness_phrase(tests)}."


def _closeness_phrase(tests: list[CongruenceTest]) -> str:
    """How the lead stands, where that is the same of all tables."""
    if all(map(_is_close, tests)):
        return ", but not by much"
    standings = {verdict_robustness(test) for test in tests}
    return {"fragile": ", but one change reverses it"}.get(standings.pop(), "") if len(standings) == 1 else ""


def _is_close(test: CongruenceTest) -> bool:
    """Whether a recoding or two reverse a lead of at most half of all that is tallied."""
    fewest = test.minimum_recodings
    total = sum((row.weight for row in test.rows), Fraction(0))
    return bool(fewest and fewest.recoding_count <= FEW_RECODINGS and 2 * test.main_tally.margin <= total)


def _tied_headline(case: Case, tests: list[CongruenceTest]) -> str:
    """Nothing leads anywhere."""
    where = TablePlaces(case, tests).anywhere()
    verb = "explains more motives" if all(map(counts_motives, tests)) else "explains the motives better"
    if len(case.theories) > 2:
        return f"No theory {verb} than every other {where}."
    first, second = (theory_in_sentence(case, theory) for theory in case.theories)
    return f"Neither {first} nor {second} {verb} {where}."


def _divided_headline(case: Case, tests: list[CongruenceTest]) -> str:
    """One theory leads here, another or none there."""
    places = TablePlaces(case, tests)
    by_leader: dict[str | None, list[CongruenceTest]] = {}
    for test in tests:
        by_leader.setdefault(test.main_tally.leader, []).append(test)
    if len(by_leader) > MOST_OUTCOMES:
        return f"No theory leads in all {cardinal(len(tests))} tables."
    named = sorted(by_leader, key=lambda leader: (leader is None, -len(by_leader[leader])))
    first, *others = [
        f"{theory_in_sentence(case, leader)}{verb} {places.at(by_leader[leader])}"
        for leader, verb in zip(named, (" leads", *[""] * MOST_OUTCOMES), strict=False)
        if leader
    ]
    nothing = f", but no theory leads {places.at(by_leader[None])}" if None in by_leader else ""
    return f"{upper_first(', '.join((first, *others)))}{nothing}."


def counts_motives(test: CongruenceTest) -> bool:
    """Whether the sums are plain numbers of motives: each counts one, a theory named second nothing."""
    return test.main_tally.s == 0 and all(row.weight == 1 for row in test.rows)
