"""The detail on what all this depends on: the sources and speakers without which the verdicts are others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import MOTIVES
from detente.rooms.evidence.findings.details.shared import unique_ids, worst_standing
from detente.rooms.evidence.findings.robustness.leave_one_out import METHOD
from detente.rooms.evidence.findings.table_places import TablePlaces
from detente.rooms.evidence.findings.text import leader_label
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence
from detente.rooms.evidence.model.leave_one_out import LeaveOneOut, Origin, OriginKind
from detente.text.english import cardinal, clip_text, count_noun, join_words, upper_first

LONGEST_TITLE = 60
ONE_OTHER: Mapping[OriginKind, str] = {
    "document": "one other document",
    "reference": "one reference that is cited",
    "speaker": "one speaker",
}
MOST_NAMED = 2
MOST_GROUPS = 2
COLUMNS = (
    Column("of", "Motives of"),
    Column("without", "Without"),
    Column("motives_left", "Motives left", "count", MOTIVES),
    Column("result", "Result"),
)


def sources_finding(model: EvidenceModel) -> Finding | None:
    """What is left of the verdicts without each source and speaker; None where nothing says where it is from."""
    results = [(table, table.without_origins) for table in model.tables if table.without_origins]
    if not results:
        return None
    case, places = model.case, TablePlaces(model.case, model.tests)
    sources = {removal.origin.source for _, result in results for removal in result.removals}
    return Finding(
        id="without",
        title="What all this depends on",
        says=" ".join((*_sentences(case, results, places), _others_sentence(results))).strip(),
        see="What is left without each source and speaker.",
        table=make_table(COLUMNS, _rows(case, results, places)),
        method=METHOD,
        rests_on=unique_ids(
            (table.test.id for table, _ in results),
            sorted(source for source in sources if source in case.documents),
            *(result.units for _, result in results),
        ),
        robustness=_robustness([result for _, result in results]),
        place="detail",
        question="What all this depends on",
        short_answer=_short_answer([result for _, result in results]),
    )


def _robustness(results: Sequence[LeaveOneOut]) -> Robustness:
    """The worst standing of any table, and why."""
    standing = worst_standing(result.standing for result in results)
    because = {"fragile": "Leaving out one source is enough.", "robust": "No single source is needed."}
    return Robustness(standing, because.get(standing, ""))


def _short_answer(results: Sequence[LeaveOneOut]) -> str:
    """`one document`, `no single source`, `one source changes it`."""
    needed = {origin for result in results for origin in result.indispensable}
    if len(needed) == 1:
        return f"one {next(iter(needed)).kind}"
    if needed:
        return f"each of {count_noun(len(needed), 'source')}"
    changing = {origin for result in results for origin in result.changing}
    if changing:
        return f"{count_noun(len(changing), 'source')} {'changes' if len(changing) == 1 else 'change'} it"
    return "no single source"


def _sentences(case: Case, results: Sequence[tuple[TableEvidence, LeaveOneOut]], places: TablePlaces) -> Iterator[str]:
    """Without which sources nothing is left, or the verdict is another."""
    needed: dict[tuple[Origin, ...], list[CongruenceTest]] = {}
    changing: dict[tuple[Origin, ...], list[CongruenceTest]] = {}
    for table, result in results:
        if result.indispensable:
            needed.setdefault(result.indispensable, []).append(table.test)
        if result.changing:
            changing.setdefault(result.changing, []).append(table.test)
    for origins, tests in list(needed.items())[:MOST_GROUPS]:
        without = "it" if len(origins) == 1 else "any one of them"
        yield f"{upper_first(places.at(tests))}, everything rests on {_origins_phrase(case, origins, 'and')}."
        yield f"Without {without} nothing is left."
    for origins, tests in list(changing.items())[:MOST_GROUPS]:
        phrase = _origins_phrase(case, origins, "and without")
        yield f"{upper_first(places.at(tests))}, the result changes without {phrase}."


def _origins_phrase(case: Case, origins: Sequence[Origin], conjunction: str) -> str:
    if len(origins) > MOST_NAMED:
        return f"each of {count_noun(len(origins), 'source')}"
    return join_words((_origin_phrase(case, origin) for origin in origins), conjunction)


def _origin_phrase(case: Case, origin: Origin) -> str:
    """`the document “Chronicle of the North”`, `reference 44 of “...”`, `what the reeve says`."""
    if origin.kind == "speaker":
        return f"what {display_name(case, origin.source)} says"
    title = f"“{clip_text(case.documents[origin.source].title, LONGEST_TITLE)}”"
    return f"reference {origin.reference} of {title}" if origin.kind == "reference" else f"the document {title}"


def _others_sentence(results: Sequence[tuple[TableEvidence, LeaveOneOut]]) -> str:
    """How many others may be left out one by one without any change."""
    others: dict[Origin, None] = {}
    for _, result in results:
        kept = set(result.indispensable) | set(result.changing)
        others |= dict.fromkeys(removal.origin for removal in result.removals if removal.origin not in kept)
    if not others:
        return ""
    if len(others) == 1:
        return f"Leaving out {ONE_OTHER[next(iter(others)).kind]} changes nothing."
    return f"Leaving out any one of {cardinal(len(others))} other sources changes nothing."


def _rows(
    case: Case, results: Sequence[tuple[TableEvidence, LeaveOneOut]], places: TablePlaces
) -> Iterator[dict[str, object]]:
    for table, result in results:
        for removal in result.removals:
            origin = _origin_phrase(case, removal.origin).removeprefix("the document ")
            yield {
                "of": places.label(table.test),
                "without": origin,
                "motives_left": removal.motives_left,
                "result": leader_label(case, removal.tally.leader) if removal.tally else "nothing is left",
            }
