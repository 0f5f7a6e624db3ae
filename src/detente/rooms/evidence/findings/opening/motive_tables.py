"""The picture of the opening: which theory explains each motive, table beside table, with a verdict under each."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CodedMotive
from detente.results.pictures import MotiveRow, MotiveTable, MotiveTables, TheoryRank
from detente.rooms.evidence.findings.reading_words import coder_in_sentence
from detente.rooms.evidence.findings.recoding_words import standing_sentences
from detente.rooms.evidence.findings.table_places import table_side
from detente.rooms.evidence.findings.text import stated_importance
from detente.rooms.evidence.findings.theory_words import score_words, theory_in_sentence
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence


def draw_motive_tables(model: EvidenceModel) -> MotiveTables | None:
    """Every table of the case; None without any."""
    if not model.tables:
        return None
    return MotiveTables(
        _picture_sentences(model),
        tuple(_motive_table(model.case, table) for table in model.tables),
        float(model.tests[0].main_tally.s),
    )


def _picture_sentences(model: EvidenceModel) -> str:
    """What to see, by whose coding, and that the motives count alike where nobody says that they do."""
    if not any(test.is_coded for test in model.tests):
        return "The motives, none of which is coded to a theory."
    coders = {test.table.coder for test in model.tests}
    by = f", as {coder_in_sentence(model.case, coders.pop())} coded it" if len(coders) == 1 else ""
    weights = [model.case.motives[row.unit].weight for test in model.tests for row in test.rows]
    if all(weights):
        return f"Which theory explains each motive{by}."
    which = "the other motives" if any(weights) else "all motives"
    return f"Which theory explains each motive{by}. That {which} count alike is our assumption."


def _motive_table(case: Case, table: TableEvidence) -> MotiveTable:
    test = table.test
    return MotiveTable(
        id=test.id,
        title=test.table.title,
        side=table_side(case, test),
        theories=tuple(theory.name for theory in case.theories.values()),
        rows=tuple(_motive_row(case, test, row) for row in test.rows),
        verdict=f"{score_words(case, test.main_tally)}. {standing_sentences(table)}",
    )


def _motive_row(case: Case, test: CongruenceTest, row: CodedMotive) -> MotiveRow:
    return MotiveRow(
        case.motives[row.unit].title,
        tuple(_rank(row, theory) for theory in case.theories),
        _motive_note(case, test, row),
        float(row.weight),
    )


def _rank(row: CodedMotive, theory: str) -> TheoryRank:
    if theory == row.code.primary:
        return "first"
    return "second" if theory in row.code.secondary else "none"


def _motive_note(case: Case, test: CongruenceTest, row: CodedMotive) -> str:
    """What is special about a motive: that it reverses the result, what a source calls it, or that a reader differs."""
    fewest = test.minimum_recodings
    if fewest and fewest.recoding_count == 1 and (row.unit,) in fewest.row_sets:
        return "reverses the result if recoded"
    if importance := stated_importance(case, row.unit):
        return f"a source calls it {importance[0]}"
    for route in test.routes[1:]:
        code = route.codes.get(row.unit)
        if code and code.primary != row.code.primary:
            first = theory_in_sentence(case, code.primary) if code.primary else "no theory"
            return f"read by {coder_in_sentence(case, route.coder)}: {first} first"
    return ""
