"""The evidence room: from the codings of a case to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema import Case
from detente.evidence.checks import problems
from detente.evidence.coders import by_route, reliability
from detente.evidence.competing import competing
from detente.evidence.fragility import tipping_weights
from detente.evidence.propositions import propositions
from detente.evidence.routes import current, label
from detente.evidence.tested import IMPORTANCE, Tested, brief, importance, standing, sums, tally_of, tested_table
from detente.evidence.updating import Updated, brief_update, sensitivity, updated, weight_of_evidence
from detente.evidence.verdicts import METHOD, matrix, robustness, stated, verdict
from detente.evidence.without import without_each
from detente.section import Finding, Section, Tile
from detente.words import count, listed, number

__all__ = ["NEEDS", "analyse", "problems"]
NEEDS = "tables of motives, codings of the motives, and at least two theories (`tables:`, `codings:`, `theories:`)"


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on the evidence; none if there are no tables and no theories to hold against them."""
    if len(case.theories) < 2 or not (case.tables or any(t.propositions for t in case.theories.values())):
        return ()
    counting = current(case)
    tested = [tested_table(case, counting, name, table) for name, table in case.tables.items()]
    weighed = {test.id: updated(case, counting, test) for test in tested}
    findings: list[Finding | None] = []
    for test in tested:
        findings += [matrix(case, test), verdict(case, test), robustness(case, test), by_route(case, counting, test)]
        if found := weighed[test.id]:
            findings += [weight_of_evidence(case, found), sensitivity(case, counting, found)]
            findings += [competing(case, counting, test)]
        findings += [without_each(case, counting, test)]
    findings += [reliability(case, counting, tested)] if tested else []
    findings += [stated(case, tested)] if case.verdicts else []
    findings += [propositions(case)] if any(t.propositions for t in case.theories.values()) else []
    held = tuple(finding for finding in findings if finding)
    section = Section(
        id="evidence",
        title="What the evidence supports",
        answer=_answer(case, tested, weighed) or held[0].says,
        tile=Tile("What the evidence supports", _tile(case, tested), _tile_note(tested)) if tested else None,
        findings=held,
        outcome={f"{t.id}.margin": float(t.main.margin) for t in tested} | _probabilities(weighed),
        assumptions=tuple(_assumptions(case, tested, weighed)),
        method=METHOD,
    )
    return (section,)


def _probabilities(weighed: Mapping[str, Updated | None]) -> dict[str, float]:
    return {f"{name}.{h}": p for name, found in weighed.items() if found for h, p in found.after.items()}


def _answer(case: Case, tested: list[Tested], weighed: Mapping[str, Updated | None]) -> str:
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
    answer = " ".join([answer, *_otherwise(case, tested), *_weighed_words(case, tested, weighed)])
    weights = [case.motives[row.unit].weight for test in tested for row in test.rows]
    if all(weights):
        return answer
    which = "the other motives" if any(weights) else "all motives"
    return f"{answer} That {which} count equally is an assumption."


def _otherwise(case: Case, tested: list[Tested]) -> Iterator[str]:
    """What another route to the same motives says, where it says something else."""
    words = []
    for test in tested:
        for route in test.routes[1:]:
            found = tally_of(case, test.table, route.codes)
            if found.leader != test.main.leader:
                words.append((label(case, route), f"{test.label} {brief(case, found)}"))
                break
    if words:
        who, what = listed(dict.fromkeys(who for who, _ in words)), "; ".join(what for _, what in words)
        yield f"By another route ({who}) the verdict differs: {what}."


def _weighed_words(case: Case, tested: list[Tested], weighed: Mapping[str, Updated | None]) -> Iterator[str]:
    """The most probable hypothesis of each table, said to rest on an assumption where it does."""
    words = [f"{t.label} {brief_update(case, found)}" for t in tested if (found := weighed[t.id])]
    coded = any(found and found.evidence.coder for found in weighed.values())
    if words:
        by = " by the assumed worth of each passage" if coded else ""
        yield f"Weighed{by}, the most probable: {'; '.join(words)}."


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


def _assumptions(case: Case, tested: list[Tested], weighed: Mapping[str, Updated | None]) -> Iterator[str]:
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
