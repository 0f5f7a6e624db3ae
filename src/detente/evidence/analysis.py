"""The evidence room: from the codings of a case to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from detente.case.entries import coding_ids
from detente.case.reasoning import Coding, Table
from detente.case.schema import Case
from detente.case.validating import Fault
from detente.evidence.charts import tally_chart
from detente.evidence.congruence import TREATMENTS, Code, Row, Tally, tally
from detente.evidence.fragility import Flip, Recoding, flip, kept_probability, single_recodings, tipping_weights
from detente.evidence.propositions import propositions
from detente.section import Finding, Robustness, Section, Standing, Tile
from detente.words import chance, count, listed, number, sentence

ERRORS = (0.1, 0.2, 0.3)
"""The chances of coder error under which every verdict is tried."""

METHOD = (
    "Congruence test (after George and Bennett 2005, ch. 9): each motive counts for the theory that explains it "
    "first of all; what a secondary reading counts is varied from 0 to 1. The flip number is the fewest motives "
    "whose recoding gives another theory the highest sum outright (exact). A verdict is called fragile if its flip "
    "number is 1 or another treatment of secondary readings gives it to a rival, moderate if one recoding or "
    "another treatment makes it a tie. Chances under coder error: each motive is independently read otherwise with "
    "the stated chance, every other reading being equally likely; a tie is not a verdict kept (exact, by "
    "enumeration). Flip number and error model are our own derivation."
)


def problems(case: Case) -> Iterator[Fault]:
    """Codings that contradict each other, tables and settings that cannot be tallied."""
    primary: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for index, coding in enumerate(case.codings):
        if coding.level is None:
            continue
        triple = (coding.unit, coding.theory, coding.coder)
        if triple in seen:
            twice = f"'{coding.coder}' codes '{coding.unit}' to '{coding.theory}' twice"
            yield Fault(("codings", index), twice, f"it stands first as codings.{seen[triple]}; keep one")
            continue
        seen[triple] = index
        pair = (coding.unit, coding.coder)
        if coding.level == "primary" and pair in primary:
            twice = f"'{coding.coder}' gives '{coding.unit}' two primary theories"
            yield Fault(
                ("codings", index, "level"), twice, f"codings.{primary[pair]} is primary too; make one secondary"
            )
        elif coding.level == "primary":
            primary[pair] = index
        if coding.direction == "against":
            yield Fault(
                ("codings", index, "direction"), "a coding with a level speaks for its theory", "leave level out"
            )
    for name, table in case.tables.items():
        for index, motive in enumerate(table.motives):
            if motive in table.motives[:index]:
                yield Fault(
                    ("tables", name, "motives", index), f"'{motive}' stands twice in this table", "count it once"
                )
        if not table.motives:
            yield Fault(("tables", name, "motives"), "a table needs at least one motive")
    low, high = case.evidence.secondary.bounds
    if low < 0 or high > 1:
        yield Fault(("evidence", "secondary"), "a secondary reading counts between 0 and 1", "0 leaves it out")
    for name, part in case.motives.items():
        if part.weight and part.weight.bounds[0] < 0:
            remedy = "0 leaves the motive out; a normal distribution reaches below 0, a lognormal one does not"
            yield Fault(("motives", name, "weight"), "a weight is 0 or more", remedy)


@dataclass(frozen=True, slots=True)
class Tested:
    """One table of the case, tallied."""

    id: str
    table: Table
    rows: list[Row]
    tallies: list[Tally]
    """Under each treatment, the case's own first."""
    flip: Flip | None

    @property
    def main(self) -> Tally:
        """The tally under the case's own treatment."""
        return self.tallies[0]


NEEDS = "tables of motives, codings of the motives, and at least two theories (`tables:`, `codings:`, `theories:`)"


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on the evidence; none if there are no tables and no theories to hold against them."""
    if len(case.theories) < 2 or not (case.tables or any(t.propositions for t in case.theories.values())):
        return ()
    tested = [_test(case, name, table) for name, table in case.tables.items()]
    findings = []
    for test in tested:
        findings += [_matrix(case, test), _verdict(case, test), _robustness(case, test)]
    findings += [_stated(case, tested)] if case.verdicts else []
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


# --- from the case to rows ---------------------------------------------------------------------------


def rows_of(case: Case, table: Table) -> list[Row]:
    """The rows of a table, as its coder codes them."""
    rows = []
    for motive in table.motives:
        codings = _codings(case, motive, table.coder)
        primary = next((c.theory for c in codings if c.level == "primary"), None)
        secondary = frozenset(c.theory for c in codings if c.level == "secondary")
        weight = case.motives[motive].weight
        rows.append(Row(motive, Code(primary, secondary), _exact(weight.mean) if weight else Fraction(1)))
    return rows


def _codings(case: Case, unit: str, coder: str) -> list[Coding]:
    return [c for c in case.codings if c.unit == unit and c.coder == coder and c.level is not None]


def _tallied(case: Case, test: Table) -> tuple[str, ...]:
    """The ids of the codings that a table is tallied from."""
    named = zip(coding_ids(case), case.codings, strict=True)
    return tuple(n for n, c in named if c.level and c.coder == test.coder and c.unit in test.motives)


def _exact(x: float) -> Fraction:
    """The fraction that the case's decimal meant: .1 is one tenth."""
    return Fraction(repr(x))


def _test(case: Case, name: str, table: Table) -> Tested:
    rows, theories = rows_of(case, table), list(case.theories)
    own = _exact(case.evidence.secondary.mean)
    tallies = [tally(rows, theories, s) for s in dict.fromkeys((own, *TREATMENTS))]
    return Tested(name, table, rows, tallies, flip(rows, theories, tallies[0]))


# --- findings ----------------------------------------------------------------------------------------


def _matrix(case: Case, test: Tested) -> Finding:
    import polars as pl

    records = []
    for row in test.rows:
        codings = {c.theory: str(c.level) for c in _codings(case, row.unit, test.table.coder)}
        records.append(
            {
                "motive": row.unit,
                "in_words": case.motives[row.unit].title,
                **{f"as_{theory}": codings.get(theory, "") for theory in case.theories},
                "weight": number(row.weight),
                "the_source_calls_it": listed(_importance(case, row.unit)),
            }
        )
    return Finding(
        id=f"{test.id}-matrix",
        title=f"{test.table.title}: motives by theories",
        says=f"{sentence(test.table.question)} Coded by: {case.coders[test.table.coder].name}.",
        see="Full: the theory explains the motive first of all (a primary reading). Half: besides another (secondary).",
        table=pl.DataFrame(records),
        links=("motive",),
        headers={f"as_{theory}": part.name for theory, part in case.theories.items()},
        open=True,
        marks={"primary": "full", "secondary": "half"},
        method="As coded in the case; nothing is computed here.",
        rests_on=(test.id, *_tallied(case, test.table)),
    )


IMPORTANCE = {"chief": "the most important", "as-chief": "as strong as the most important"}


def _importance(case: Case, motive: str) -> list[str]:
    """What the sources call the motive, in words: nothing, or how important."""
    said = {a.importance for a in case.arguments.values() if a.motive == motive}
    return [words for name, words in IMPORTANCE.items() if name in said]


def _verdict(case: Case, test: Tested) -> Finding:
    import polars as pl

    records = []
    for found in test.tallies:
        overturned = flip(test.rows, list(case.theories), found)
        records.append(
            {
                "secondary_counts": number(found.s),
                **{f"sum_{theory}": float(score) for theory, score in found.scores.items()},
                "verdict": case.theories[found.leader].name if found.leader else "tie",
                "flip_number": overturned.number if overturned else None,
                "to_a_tie": overturned.to_a_tie if overturned else None,
            }
        )
    says = f"{sentence(_brief(case, test.main))}"
    changes = [f for f in test.tallies[1:] if f.leader != test.main.leader]
    if changes:
        says += " " + sentence(
            "; ".join(f"count a secondary reading {number(f.s)} and it is {_brief(case, f)}" for f in changes)
        )
    elif len(test.tallies) > 1:
        says += " It is the same however secondary readings are counted."
    return Finding(
        id=f"{test.id}-verdict",
        title=f"{test.table.title}: the verdict",
        says=says,
        see="How the sums move as a secondary reading counts for more; dashed upright, what the case counts it.",
        table=pl.DataFrame(records),
        headers={f"sum_{theory}": part.name for theory, part in case.theories.items()},
        chart=tally_chart(case, test.table.title, test.tallies),
        method=METHOD,
        rests_on=(test.id, *(row.unit for row in test.rows)),
        robustness=Robustness(standing(test), _flip_words(case, test)),
    )


def standing(test: Tested) -> Standing:
    """How well a verdict stands: fragile if one recoding or another treatment gives it to a rival."""
    if test.main.leader is None:
        return "tie"
    others = {found.leader for found in test.tallies} - {test.main.leader}
    if (test.flip and test.flip.number == 1) or others - {None}:
        return "fragile"
    return "moderate" if (test.flip and test.flip.to_a_tie == 1) or others else "robust"


def _robustness(case: Case, test: Tested) -> Finding:
    import polars as pl

    theories, found = list(case.theories), test.main
    recodings = single_recodings(test.rows, theories, found.s)
    tips = {(t.unit, t.rival): t.weight for t in tipping_weights(test.rows, found)}
    overturning = {unit for units in (test.flip.sets if test.flip else ()) for unit in units}
    records = []
    for row in test.rows:
        its = [r for r in recodings if r.unit == row.unit]
        records.append(
            {
                "motive": row.unit,
                "in_words": case.motives[row.unit].title,
                "coded": _named(case, row.code),
                "recodings_that_keep_it": f"{sum(r.leader == found.leader for r in its)} of {len(its)}",
                "helps_to_flip_it": "yes" if row.unit in overturning else "",
                "tipping_weight": listed(
                    f"{number(w)} for {case.theories[t].name}" for (unit, t), w in tips.items() if unit == row.unit
                ),
            }
        )
    return Finding(
        id=f"{test.id}-robustness",
        title=f"{test.table.title}: what would flip it",
        says=f"{_flip_words(case, test)} {_kept_words(test, recodings, theories)}".strip(),
        see="For each motive: how many other readings of it keep the verdict, and the weight at which the sums would "
        "draw level.",
        table=pl.DataFrame(records),
        links=("motive",),
        method=METHOD,
        rests_on=(test.id, *_tallied(case, test.table)),
        robustness=Robustness(standing(test)),
    )


def _named(case: Case, code: Code) -> str:
    primary = case.theories[code.primary].name if code.primary else "nothing"
    besides = listed(sorted(case.theories[t].name for t in code.secondary))
    return f"{primary} ({besides})" if besides else primary


def _brief(case: Case, found: Tally) -> str:
    return f"{case.theories[found.leader].name if found.leader else 'a tie'}, {_sums(found)}"


def _sums(found: Tally) -> str:
    return " to ".join(number(score) for score in sorted(found.scores.values(), reverse=True))


def _flip_words(case: Case, test: Tested) -> str:
    if test.main.leader is None:
        breaks = sorted({r.leader for r in single_recodings(test.rows, list(case.theories), test.main.s) if r.leader})
        names = listed((case.theories[t].name for t in breaks), "or")
        return f"A tie: one recoding breaks it, for {names}." if names else "A tie that no single recoding breaks."
    if test.flip is None:
        return "No recoding of its motives overturns it."
    flips = test.flip
    sets = listed((" with ".join(s) for s in flips.sets[:6]), "or")
    rivals = listed((case.theories[t].name for t in flips.rivals), "or")
    words = sentence(
        f"{count(flips.number, 'recoding')} would give it to {rivals} (flip number {flips.number}): {sets}"
    )
    if flips.to_a_tie < flips.number:
        words += " " + sentence(f"{count(flips.to_a_tie, 'recoding')} would make it a tie")
    return words


def _kept_words(test: Tested, recodings: list[Recoding], theories: list[str]) -> str:
    if test.main.leader is None:
        return ""
    kept = sum(r.leader == test.main.leader for r in recodings)
    words = f"Of all {len(recodings)} ways to read one motive otherwise, {kept} keep it."
    chances = [kept_probability(test.rows, theories, test.main, e) for e in ERRORS]
    if None in chances:
        return f"{words} Its chance under coder error is not computed: there are too many cases to tell apart exactly."
    given = listed(chance(c) for c in chances if c is not None)
    return f"{words} If a coder errs on 10, 20 or 30 in 100 motives it is kept with chance {given}."


def _stated(case: Case, tested: list[Tested]) -> Finding:
    import polars as pl

    records = []
    for name, verdict in case.verdicts.items():
        ours = {t.main.leader for t in tested if t.id in verdict.about}
        agrees = "" if not ours or not verdict.theory else "yes" if ours == {verdict.theory} else "no"
        records.append(
            {
                "verdict": name,
                "about": ", ".join(verdict.about),
                "the_document_says": verdict.says,
                "prefers": case.theories[verdict.theory].name if verdict.theory else "",
                "tally_agrees": agrees,
            }
        )
    held = [r["tally_agrees"] for r in records if r["tally_agrees"]]
    agreeing = sum(h == "yes" for h in held)
    compared = f"of the {len(held)} that prefer a theory and concern a table, {agreeing} agree with its tally"
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=f"The documents state {count(len(records), 'verdict')}; {compared if held else 'none concerns a table'}.",
        table=pl.DataFrame(records),
        links=("verdict", "about"),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
    )


# --- words for the first screen ----------------------------------------------------------------------


def _answer(case: Case, tested: list[Tested]) -> str:
    leaders = {test.main.leader for test in tested}
    if len(tested) > 1 and len(leaders) == 1 and None not in leaders:
        where = "both tables" if len(tested) == 2 else f"all {len(tested)} tables"
        sums = listed(_sums(test.main) for test in tested)
        words = f"{case.theories[tested[0].main.leader or ''].name} explains more of the motives in {where}, {sums}."
        return " ".join([words, *(f"{_label(test)} is {_fragility_words(case, test)}" for test in tested)])
    return " ".join(
        f"{_label(test)}: {_brief(case, test.main)}"
        + ("." if test.main.leader is None else f", {_fragility_words(case, test)}")
        for test in tested
    )


def _label(test: Tested) -> str:
    return test.table.short or test.table.title


def _fragility_words(case: Case, test: Tested) -> str:
    reasons = []
    if test.flip:
        reasons.append(f"{count(test.flip.number, 'recoding')} would overturn it")
    other = next((found for found in test.tallies if found.leader != test.main.leader), None)
    if other is not None:
        counts = "as much as a primary one" if other.s == 1 else number(other.s)
        reasons.append(f"it is {_brief(case, other)}, once a secondary reading counts {counts}")
    return f"{standing(test)}: {listed(reasons) or 'no single change overturns it'}."


def _tile(case: Case, tested: list[Tested]) -> str:
    leaders = {t.main.leader for t in tested}
    if len(leaders) == 1 and None not in leaders:
        return f"{case.theories[tested[0].main.leader or ''].name}, {listed(_sums(t.main) for t in tested)}"
    return listed(_brief(case, t.main) for t in tested)


def _tile_note(tested: list[Tested]) -> str:
    return "; ".join(f"{_label(t)}: {'a tie' if t.main.leader is None else _flips(t)}" for t in tested)


def _flips(test: Tested) -> str:
    return f"{standing(test)}, flip number {test.flip.number}" if test.flip else "no recoding flips it"


def _assumptions(case: Case, tested: list[Tested]) -> Iterator[str]:
    if "secondary" not in case.evidence.model_fields_set:
        yield "A secondary reading counts nothing, since the case does not say what it counts."
    for test in tested:
        unweighted = [row.unit for row in test.rows if case.motives[row.unit].weight is None]
        if len(unweighted) > 1:
            equal = (
                f"{_label(test)}: {count(len(unweighted), 'motive')} count equally, though nobody says that they do."
            )
            chief = [m for m in unweighted if IMPORTANCE["chief"] in _importance(case, m)]
            yield " ".join([equal, *(_called_chief(case, test, motive) for motive in chief)])
        uncoded = [row.unit for row in test.rows if row.code.primary is None]
        if uncoded:
            yield f"{_label(test)}: {listed(uncoded)} without a primary coding by {test.table.coder}."


def _called_chief(case: Case, test: Tested, motive: str) -> str:
    """That a source calls a motive the most important, and what giving it that weight would do."""
    row = next(row for row in test.rows if row.unit == motive)
    words = f"A source calls {motive} ({case.motives[motive].title}) the most important"
    if row.code.primary is None or row.code.primary == test.main.leader or test.main.leader is None:
        return f"{words}."
    tips = [t.weight for t in tipping_weights(test.rows, test.main) if (t.unit, t.rival) == (motive, row.code.primary)]
    level = f": at a weight of {number(tips[0])} the table is a tie" if tips else ""
    return f"{words}, and it is coded to {case.theories[row.code.primary].name}, against the verdict{level}."
