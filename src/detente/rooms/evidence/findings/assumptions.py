"""What the evidence room assumes without the case saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.methods.inference.fragility import tipping_weights
from detente.rooms.evidence.model.congruence_tables import IMPORTANCE, Tested, importance
from detente.rooms.evidence.model.posterior import Updated
from detente.text.english import count, listed
from detente.text.number_format import number


def assumptions(case: Case, tested: list[Tested], weighed: Mapping[str, Updated | None]) -> Iterator[str]:
    """What the evidence room assumes without the case saying so, each in a sentence."""
    yield from _weighing_assumptions(case, tested, weighed)
    if "secondary" not in case.evidence.model_fields_set:
        yield "A secondary reading counts nothing, since the case does not say what it counts."
    for test in tested:
        unweighted = [row.unit for row in test.rows if case.motives[row.unit].weight is None]
        if len(unweighted) > 1:
            equal = f"{test.label}: {count(len(unweighted), 'motive')} count equally, though nobody says that they do."
            chief = [m for m in unweighted if _chief(case, m)]
            yield " ".join([equal, *(_called_chief(case, test, motive) for motive in chief)])
        uncoded = [row.unit for row in test.rows if row.code.primary is None]
        if uncoded:
            yield f"{test.label}: {listed(uncoded)} without a primary coding by {test.table.coder}."


def _weighing_assumptions(case: Case, tested: list[Tested], weighed: Mapping[str, Updated | None]) -> Iterator[str]:
    coded = any(route.kind == "passages" for test in tested for route in test.routes)
    if coded and "strengths" not in case.evidence.model_fields_set:
        yield "What each strength of a passage is worth is our mapping; the case does not say."
    if coded and "roll_up" not in case.evidence.model_fields_set:
        yield "Passages are rolled up to motives by what they are worth, net; the case does not say how."
    found = [update for update in weighed.values() if update]
    if found and all(part.prior is None for part in case.hypotheses.values()):
        yield "All hypotheses are equally probable before the evidence, since the case does not say otherwise."
    if found:
        yield "Exactly one of the hypotheses is true."
    if found and case.evidence.correlation is None:
        yield "Pieces of evidence of one origin count as one piece, since the case does not say how far they repeat."
    for update in found:
        yield from (f"Not counted: {what}" for what in update.evidence.left_out)
    for test in tested:
        gaps = (
            [m for m in test.table.motives if m not in test.routes[0].codes]
            if test.routes[0].kind == "adjudicated"
            else []
        )
        if gaps:
            yield f"{test.label}: nobody has decided yet between the readings of {listed(gaps)}."


def _chief(case: Case, motive: str) -> str:
    """What a source calls a motive that it puts first, in words; nothing if none does."""
    return next(
        (words for words in importance(case, motive) if words.endswith(IMPORTANCE["chief"]) and "strong" not in words),
        "",
    )


def _called_chief(case: Case, test: Tested, motive: str) -> str:
    """That a source calls a motive the most important, and what giving it that weight would do."""
    row = next(row for row in test.rows if row.unit == motive)
    words = f"A source calls {motive} ({case.motives[motive].title}) {_chief(case, motive)}"
    if row.code.primary is None or row.code.primary == test.main.leader or test.main.leader is None:
        return f"{words}."
    tips = [t.weight for t in tipping_weights(test.rows, test.main) if (t.unit, t.rival) == (motive, row.code.primary)]
    level = f": at a weight of {number(tips[0])} the table is a tie" if tips else ""
    return f"{words}, and it is coded to {case.theories[row.code.primary].name}, against the verdict{level}."
