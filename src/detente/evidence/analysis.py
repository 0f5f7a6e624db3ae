"""The evidence room: from the codings of a case to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema import Case
from detente.evidence.checks import problems
from detente.evidence.fragility import tipping_weights
from detente.evidence.propositions import propositions
from detente.evidence.tested import IMPORTANCE, Tested, brief, importance, standing, sums, tested_table
from detente.evidence.verdicts import METHOD, matrix, robustness, stated, verdict
from detente.section import Section, Tile
from detente.words import count, listed, number

__all__ = ["NEEDS", "analyse", "problems"]
NEEDS = "tables of motives, codings of the motives, and at least two theories (`tables:`, `codings:`, `theories:`)"


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on the evidence; none if there are no tables and no theories to hold against them."""
    if len(case.theories) < 2 or not (case.tables or any(t.propositions for t in case.theories.values())):
        return ()
    tested = [tested_table(case, name, table) for name, table in case.tables.items()]
    findings = []
    for test in tested:
        findings += [matrix(case, test), verdict(case, test), robustness(case, test)]
    findings += [stated(case, tested)] if case.verdicts else []
    findings += [propositions(case)] if any(t.propositions for t in case.theories.values()) else []
    section = Section(
        id="evidence",
        title="What the evidence supports",
        answer=_answer(case, tested) or findings[0].says,
        tile=Tile("What the evidence supports", _tile(case, tested), _tile_note(tested)) if tested else None,
        findings=tuple(findings),
        outcome={f"{t.id}.margin": float(t.main.margin) for t in tested},
        assumptions=tuple(_assumptions(case, tested)),
        method=METHOD,
    )
    return (section,)


def _answer(case: Case, tested: list[Tested]) -> str:
    leaders = {test.main.leader for test in tested}
    # A term of art is explained where it first stands.
    words = [_fragility_words(case, test, explain=test is tested[0]) for test in tested]
    if len(tested) > 1 and len(leaders) == 1 and None not in leaders:
        where = "both tables" if len(tested) == 2 else f"all {len(tested)} tables"
        results = listed(sums(test.main) for test in tested)
        begin = (
            f"{case.theories[tested[0].main.leader or ''].name} explains more of the motives in {where}, {results}. "
        )
        answer = begin + " ".join(f"{test.label} is {its}" for test, its in zip(tested, words, strict=True))
    else:
        answer = " ".join(
            f"{test.label}: {brief(case, test.main)}{'.' if test.main.leader is None else f', {its}'}"
            for test, its in zip(tested, words, strict=True)
        )
    weights = [case.motives[row.unit].weight for test in tested for row in test.rows]
    if all(weights):
        return answer
    which = "the other motives" if any(weights) else "all motives"
    return f"{answer} That {which} count equally is an assumption."


def _fragility_words(case: Case, test: Tested, *, explain: bool) -> str:
    reasons = []
    if test.flip:
        reasons.append(f"{count(test.flip.number, 'recoding')} would overturn it")
    other = next((found for found in test.tallies if found.leader != test.main.leader), None)
    if other is not None:
        what = " (a theory named besides the first one)" if explain else ""
        counts = "as much as a primary one" if other.s == 1 else number(other.s)
        reasons.append(f"it is {brief(case, other)}, once a secondary reading{what} counts {counts}")
    return f"{standing(test)}: {listed(reasons) or 'no single change overturns it'}."


def _tile(case: Case, tested: list[Tested]) -> str:
    leaders = {t.main.leader for t in tested}
    if len(leaders) == 1 and None not in leaders:
        return f"{case.theories[tested[0].main.leader or ''].name}, {listed(sums(t.main) for t in tested)}"
    return listed(brief(case, t.main) for t in tested)


def _tile_note(tested: list[Tested]) -> str:
    return "; ".join(f"{t.label}: {'a tie' if t.main.leader is None else _flips(t)}" for t in tested)


def _flips(test: Tested) -> str:
    if test.flip is None:
        return "no recoding flips it"
    return f"{standing(test)}, {count(test.flip.number, 'recoding')} {'flips' if test.flip.number == 1 else 'flip'} it"


def _assumptions(case: Case, tested: list[Tested]) -> Iterator[str]:
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
