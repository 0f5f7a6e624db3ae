"""What the evidence room assumes without the case saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.methods.inference.fragility import tipping_weights
from detente.rooms.evidence.model.congruence_tables import IMPORTANCE_PHRASES, CongruenceTest, stated_importance
from detente.rooms.evidence.model.posterior import PosteriorResult
from detente.text.english import count_noun, join_words
from detente.text.number_format import format_number


def assumptions(
    case: Case, tests: list[CongruenceTest], posteriors: Mapping[str, PosteriorResult | None]
) -> Iterator[str]:
    """What the evidence room assumes without the case saying so, each in a sentence."""
    yield from _evidence_assumptions(case, tests, posteriors)
    if "secondary" not in case.evidence.model_fields_set:
        yield "A secondary reading counts nothing, since the case does not say what it counts."
    for test in tests:
        unweighted = [row.unit for row in test.rows if case.motives[row.unit].weight is None]
        if len(unweighted) > 1:
            equal_weights_sentence = (
                f"{test.label}: {count_noun(len(unweighted), 'motive')} count equally, though nobody says that they do."
            )
            chief_motives = [m for m in unweighted if _chief_phrase(case, m)]
            yield " ".join(
                [equal_weights_sentence, *(_chief_motive_sentence(case, test, motive) for motive in chief_motives)]
            )
        uncoded = [row.unit for row in test.rows if row.code.primary is None]
        if uncoded:
            yield f"{test.label}: {join_words(uncoded)} without a primary coding by {test.table.coder}."


def _evidence_assumptions(
    case: Case, tests: list[CongruenceTest], posteriors: Mapping[str, PosteriorResult | None]
) -> Iterator[str]:
    has_passage_routes = any(route.kind == "passages" for test in tests for route in test.routes)
    if has_passage_routes and "strengths" not in case.evidence.model_fields_set:
        yield "What each strength of a passage is worth is our mapping; the case does not say."
    if has_passage_routes and "roll_up" not in case.evidence.model_fields_set:
        yield "Passages are rolled up to motives by what they are worth, net; the case does not say how."
    results = [result for result in posteriors.values() if result]
    if results and all(part.prior is None for part in case.hypotheses.values()):
        yield "All hypotheses are equally probable before the evidence, since the case does not say otherwise."
    if results:
        yield "Exactly one of the hypotheses is true."
    if results and case.evidence.correlation is None:
        yield "Pieces of evidence of one origin count as one piece, since the case does not say how far they repeat."
    for result in results:
        yield from (f"Not counted: {note}" for note in result.evidence.exclusion_notes)
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
    return next(
        (
            words
            for words in stated_importance(case, motive)
            if words.endswith(IMPORTANCE_PHRASES["chief"]) and "strong" not in words
        ),
        "",
    )


def _chief_motive_sentence(case: Case, test: CongruenceTest, motive: str) -> str:
    """That a source calls a motive the most important, and what giving it that weight would do."""
    row = next(row for row in test.rows if row.unit == motive)
    text = f"A source calls {motive} ({case.motives[motive].title}) {_chief_phrase(case, motive)}"
    if row.code.primary is None or row.code.primary == test.main_tally.leader or test.main_tally.leader is None:
        return f"{text}."
    tie_weights = [
        t.weight for t in tipping_weights(test.rows, test.main_tally) if (t.unit, t.rival) == (motive, row.code.primary)
    ]
    tie_phrase = f": at a weight of {format_number(tie_weights[0])} the table is a tie" if tie_weights else ""
    return f"{text}, and it is coded to {case.theories[row.code.primary].name}, against the verdict{tie_phrase}."
