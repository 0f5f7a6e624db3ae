"""What the evidence room assumes without the case saying so."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.rooms.evidence.findings.text import importance_phrase
from detente.rooms.evidence.model.congruence_tables import importance_ratings
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence
from detente.text.english import count_noun, join_words
from detente.text.number_format import format_number

EXCLUSION_PHRASES = {
    "uninformative": "says nothing for or against any hypothesis",
    "not-searched": "was not found, but nobody says where it was looked for",
}


def evidence_assumptions(model: EvidenceModel) -> Iterator[str]:
    """What the evidence room assumes without the case saying so, each in a sentence."""
    case = model.case
    yield from _evidence_assumptions(model)
    if "secondary" not in case.evidence.model_fields_set:
        yield "A secondary reading counts nothing, since the case does not say what it counts."
    for table in model.tables:
        test = table.test
        unweighted = [row.unit for row in test.rows if case.motives[row.unit].weight is None]
        if len(unweighted) > 1:
            equal_weights_sentence = (
                f"{test.label}: {count_noun(len(unweighted), 'motive')} count equally, though nobody says that they do."
            )
            chief_motives = [m for m in unweighted if _chief_phrase(case, m)]
            yield " ".join(
                [equal_weights_sentence, *(_chief_motive_sentence(case, table, motive) for motive in chief_motives)]
            )
        uncoded = [row.unit for row in test.rows if row.code.primary is None]
        if uncoded:
            yield f"{test.label}: {join_words(uncoded)} without a primary coding by {test.table.coder}."


def _evidence_assumptions(model: EvidenceModel) -> Iterator[str]:
    case, tests, results = model.case, model.tests, model.posteriors
    has_passage_routes = any(route.kind == "passages" for test in tests for route in test.routes)
    if has_passage_routes and "strengths" not in case.evidence.model_fields_set:
        yield "What each strength of a passage is worth is our mapping; the case does not say."
    if has_passage_routes and "roll_up" not in case.evidence.model_fields_set:
        yield "Passages are rolled up to motives by what they are worth, net; the case does not say how."
    if results and all(part.prior is None for part in case.hypotheses.values()):
        yield "All hypotheses are equally probable before the evidence, since the case does not say otherwise."
    if results:
        yield "Exactly one of the hypotheses is true."
    if results and case.evidence.correlation is None:
        yield "Pieces of evidence of one origin count as one piece, since the case does not say how far they repeat."
    for result in results:
        yield from (f"Not counted: {unit.id} {EXCLUSION_PHRASES[unit.reason]}." for unit in result.evidence.exclusions)
    for test in tests:
        undecided_motives = (
            [m for m in test.table.motives if m not in test.routes[0].codes]
            if test.routes[0].kind == "adjudicated"
            else []
        )
        if undecided_motives:
            yield f"{test.label}: nobody has decided yet between the readings of {join_words(undecided_motives)}."


def _chief_phrase(case: Case, motive: str) -> str:
    """What a source calls a motive that it puts first, in words; nothing if none does."""
    ratings = [rating for rating in importance_ratings(case, motive) if rating.importance == "chief"]
    return importance_phrase(min(ratings, key=lambda rating: rating.is_hedged)) if ratings else ""


def _chief_motive_sentence(case: Case, table: TableEvidence, motive: str) -> str:
    """That a source calls a motive the most important, and what giving it that weight would do."""
    theory = next(row.code.primary for row in table.test.rows if row.unit == motive)
    leader = table.test.main_tally.leader
    text = f"A source calls {motive} ({case.motives[motive].title}) {_chief_phrase(case, motive)}"
    if theory is None or theory == leader or leader is None:
        return f"{text}."
    points = table.stability.tipping_points
    tie_weights = [point.weight for point in points if (point.unit, point.rival) == (motive, theory)]
    tie_phrase = f": at a weight of {format_number(tie_weights[0])} the table is a tie" if tie_weights else ""
    return f"{text}, and it is coded to {case.theories[theory].name}, against the verdict{tie_phrase}."
