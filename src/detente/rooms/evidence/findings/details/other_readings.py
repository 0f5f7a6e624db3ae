"""The detail on other readings of the same motives: what they come to, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness, RobustnessGrade
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.details.shared import first_short, unique_ids, worst_standing
from detente.rooms.evidence.findings.reading_words import outcome_phrase, reader_clause
from detente.rooms.evidence.findings.robustness.verdicts_by_route import METHOD, compares_one_author
from detente.rooms.evidence.findings.table_places import TablePlaces
from detente.rooms.evidence.findings.text import code_phrase, route_label
from detente.rooms.evidence.model.coding_routes import CodingRoute
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence
from detente.rooms.evidence.model.route_verdicts import RouteVerdict
from detente.text.english import cardinal, count_noun, upper_first
from detente.text.mixed_numbers import format_mixed

COLUMNS = (
    Column("of", "Motives of"),
    Column("motive", "Motive"),
    Column("tallied", "As counted here"),
    Column("read_by", "Read by"),
    Column("reading", "As read there"),
)
STANDING_REASONS: Mapping[RobustnessGrade, str] = {
    "fragile": "Another way of reading gives another result.",
    "moderate": "Another way of reading makes it a tie.",
    "robust": "Every way of reading tried gives the same result.",
}
MOST_READERS = 2
"""Readings with another result that are told one by one."""


def other_readings_finding(model: EvidenceModel) -> Finding | None:
    """What other readings of the motives come to; None where nobody else has read them."""
    tables = [table for table in model.tables if table.routes.other_routes]
    if not tables:
        return None
    case, places = model.case, TablePlaces(model.case, model.tests)
    rows = [*_rows(case, tables, places)]
    sentences = [
        *_agreement_sentences(tables, places),
        *_differing_sentences(case, tables, places),
        *_difference_sentences(case, tables),
        *_weighing_sentences(case, tables, places),
        *_author_sentences(case, tables),
    ]
    return Finding(
        id="routes",
        title="What other readings find",
        says=" ".join(sentences),
        see="The motives that another reading codes otherwise." if rows else "",
        table=make_table(COLUMNS, rows) if rows else None,
        method=METHOD,
        rests_on=unique_ids(*((t.test.id, *(r.coder for r in t.test.routes)) for t in tables)),
        robustness=_robustness(tables, places),
        place="detail",
        question="What other readings find",
        short_answer=_short_answer(case, tables, places),
    )


def _robustness(tables: list[TableEvidence], places: TablePlaces) -> Robustness:
    """The worst standing of any table, and why."""
    standing = worst_standing(table.routes.standing for table in tables)
    if standing == "tie":
        tied = [table.test for table in tables if table.routes.standing == "tie"]
        return Robustness(standing, f"Nothing leads {places.at_none(tied)}, so there is no lead to lose.")
    return Robustness(standing, STANDING_REASONS.get(standing, ""))


def _differing(tables: list[TableEvidence]) -> list[tuple[CongruenceTest, CodingRoute, RouteVerdict]]:
    """Of each table the first other reading with another result."""
    return [
        (table.test, verdict.route, verdict)
        for table in tables
        if (verdict := table.routes.first_differing) and verdict.route
    ]


def _short_answer(case: Case, tables: list[TableEvidence], places: TablePlaces) -> str:
    differing = _differing(tables)
    if not differing:
        return "the same result"
    leaders, tests = {verdict.tally.leader for _, _, verdict in differing}, [test for test, _, _ in differing]
    some = first_short(f"another result {places.at(tests)}", "another result, in part")
    if len(differing) == len(tables) and len(leaders) == 1:
        outcome = outcome_phrase(case, leaders.pop())
        return first_short(f"{outcome} {places.at(tests)}", outcome, some)
    return some


def _differing_sentences(case: Case, tables: list[TableEvidence], places: TablePlaces) -> Iterator[str]:
    """Who found another result where, with the sums where there are but two."""
    groups: dict[tuple[str, str], list[CongruenceTest]] = {}
    for test, route, verdict in _differing(tables):
        sums = sorted(verdict.tally.scores.values(), reverse=True)
        sums_phrase = f", {' to '.join(map(format_mixed, sums))}" if len(sums) == 2 else ""
        key = (f"{reader_clause(case, route)} found {outcome_phrase(case, verdict.tally.leader)}", sums_phrase)
        groups.setdefault(key, []).append(test)
    for (found, sums_phrase), tests in list(groups.items())[:MOST_READERS]:
        yield f"{found} {places.at(tests)}{sums_phrase}."


def _agreement_sentences(tables: list[TableEvidence], places: TablePlaces) -> Iterator[str]:
    """How many of several other readings agree; one that is told by itself is not told again."""
    groups: dict[tuple[int, int], list[CongruenceTest]] = {}
    for table in tables:
        counts = (table.routes.agreeing_count, len(table.routes.other_routes))
        if counts != (0, 1):
            groups.setdefault(counts, []).append(table.test)
    for (agreeing, total), tests in list(groups.items())[:MOST_READERS]:
        where = upper_first(places.at(tests))
        if total == 1:
            yield f"{where}, the one other reading gives the same result."
        elif agreeing == total:
            yield f"{where}, all {cardinal(total)} other readings give the same result."
        else:
            verb = "gives" if agreeing < 2 else "give"
            count = cardinal(agreeing) if agreeing else "none"
            yield f"{where}, {count} of {cardinal(total)} other readings {verb} the same result."


def _difference_sentences(case: Case, tables: list[TableEvidence]) -> Iterator[str]:
    """On how many motives any other reading differs, and on how many in what comes first."""
    differences = [(m, first) for table in tables for m, first in _differing_motives(table.test)]
    if not differences:
        yield "No motive is coded otherwise."
        return
    motives, first_motives = {m for m, _ in differences}, {m for m, first in differences if first}
    total = len({m for table in tables for m in table.test.table.motives})
    verb = "is" if len(motives) == 1 else "are"
    text = f"Of {count_noun(total, 'motive')}, {cardinal(len(motives))} {verb} coded otherwise"
    firsts = f", {cardinal(len(first_motives))} of them with another theory first" if first_motives else ""
    yield f"{text}{firsts}."


def _differing_motives(test: CongruenceTest) -> Iterator[tuple[str, bool]]:
    """Each motive that another route codes otherwise, and whether another theory comes first there."""
    codes = test.routes[0].codes
    for route in test.routes[1:]:
        for motive in test.table.motives:
            own, other = codes.get(motive), route.codes.get(motive)
            if own and other and own != other:
                yield motive, own.primary != other.primary


def _weighing_sentences(case: Case, tables: list[TableEvidence], places: TablePlaces) -> Iterator[str]:
    """That weighing passages one by one gives what is built in, where it does in every table."""
    leaders = [table.weighed.reversal.structural_leader for table in tables if table.weighed]
    posteriors = [table.weighed.posterior for table in tables if table.weighed]
    if not leaders or len(leaders) < len(tables) or len(set(leaders)) > 1 or (leader := leaders[0]) is None:
        return
    if all(not result.is_tie and result.leader == leader for result in posteriors):
        yield f"Weighing passages one by one favours “{case.hypotheses[leader].name}”, but that is built in."


def _author_sentences(case: Case, tables: list[TableEvidence]) -> Iterator[str]:
    if all(compares_one_author(case, table.test) for table in tables):
        yield "These are readings of one author's view, so they do not show how reliable any of them is."


def _rows(case: Case, tables: list[TableEvidence], places: TablePlaces) -> Iterator[dict[str, object]]:
    for table in tables:
        codes = table.test.routes[0].codes
        for motive in table.test.table.motives:
            for route in table.test.routes[1:]:
                own, other = codes.get(motive), route.codes.get(motive)
                if own and other and own != other:
                    yield {
                        "of": places.label(table.test),
                        "motive": case.motives[motive].title,
                        "tallied": code_phrase(case, own),
                        "read_by": route_label(case, route),
                        "reading": code_phrase(case, other),
                    }
