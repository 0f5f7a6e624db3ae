"""The findings on each table: its codings, its verdict, what would flip it, what the documents conclude."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.congruence import Code
from detente.methods.inference.fragility import Recoding, flip, kept_probability, single_recodings, tipping_weights
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import tally_chart
from detente.rooms.evidence.model.coding_routes import code_words, label
from detente.rooms.evidence.model.congruence_tables import Tested, brief, importance, standing
from detente.text.english import count, listed, sentence
from detente.text.number_format import chance, number

ERRORS = (0.1, 0.2, 0.3)
"""The chances of coder error under which every verdict is tried."""
METHOD = (
    "Congruence test (after George and Bennett 2005, ch. 9): each motive counts for the theory that explains it first"
    " of all; what a secondary reading counts is varied from 0 to 1. The flip number is the fewest motives whose "
    "recoding gives another theory the highest sum outright (exact). A verdict is called fragile if its flip number "
    "is 1 or another treatment of secondary readings gives it to a rival, moderate if one recoding or another "
    "treatment makes it a tie. Chances under coder error: each motive is independently read otherwise with the stated"
    " chance, every other reading being equally likely; a tie is not a verdict kept (exact, by enumeration). Flip "
    "number and error model are our own derivation."
)


MOST_ROUTES = 4
"""Other routes that a matrix shows beside the one that is tallied."""


def matrix(case: Case, test: Tested) -> Finding:
    """How each motive of a table is coded, to be read across, and where other routes read it otherwise."""
    import polars as pl

    others = test.routes[1 : 1 + MOST_ROUTES]
    called = any(importance(case, row.unit) for row in test.rows)
    records = []
    for row in test.rows:
        levels = dict.fromkeys(row.code.secondary, "secondary") | {str(row.code.primary): "primary"}
        records.append(
            {
                "motive": row.unit,
                "in_words": case.motives[row.unit].title,
                **{f"as_{theory}": levels.get(theory, "") for theory in case.theories},
                **{f"by_{route.id}": code_words(case, route.codes.get(row.unit)) for route in others},
                **({"agreement": _agreement(row.code, [r.codes.get(row.unit) for r in others])} if others else {}),
                "weight": number(row.weight),
                **({"the_source_calls_it": "; ".join(importance(case, row.unit))} if called else {}),
            }
        )
    also = " Beside it, other readings; a struck circle marks where one does not begin with the same." if others else ""
    return Finding(
        id=f"{test.id}-matrix",
        title=f"{test.table.title}: motives by theories",
        says=f"{sentence(test.table.question)} Coded by: {label(case, test.routes[0])}.",
        see="Full: the theory explains the motive first of all (a primary reading). Half: besides another (secondary)."
        + also,
        table=pl.DataFrame(records),
        links=("motive",),
        headers={f"as_{theory}": part.name for theory, part in case.theories.items()}
        | {f"by_{route.id}": label(case, route) for route in others},
        open=True,
        marks={"primary": "full", "secondary": "half", DIFFERS: "struck"},
        method="As coded in the case; readings from passages are rolled up by the case's own rule.",
        rests_on=(test.id, *test.codings),
    )


DIFFERS = "not the same first"


def _agreement(code: Code, others: list[Code | None]) -> str:
    """Whether other readings have the same theories: another first, others besides, or the same throughout."""
    read = [other for other in others if other is not None]
    if any(other.primary != code.primary for other in read):
        return DIFFERS
    return "others besides" if any(other != code for other in read) else "same" if read else ""


def verdict(case: Case, test: Tested) -> Finding:
    """The verdict under each treatment of secondary readings."""
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
    says = f"{sentence(brief(case, test.main))}"
    changes = [f for f in test.tallies[1:] if f.leader != test.main.leader]
    if changes:
        says += " " + sentence(
            "; ".join(f"count a secondary reading {number(f.s)} and it is {brief(case, f)}" for f in changes)
        )
    elif len(test.tallies) > 1:
        says += " It is the same however secondary readings are counted."
    return Finding(
        id=f"{test.id}-verdict",
        title=f"{test.table.title}: the verdict",
        says=says,
        see="The sums as a secondary reading counts for more; the dashed line marks what this case counts it.",
        table=pl.DataFrame(records),
        headers={f"sum_{theory}": part.name for theory, part in case.theories.items()},
        chart=tally_chart(case, test.table.title, test.tallies),
        method=METHOD,
        rests_on=(test.id, *(row.unit for row in test.rows)),
        robustness=Robustness(standing(test), _flip_words(case, test)),
    )


def robustness(case: Case, test: Tested) -> Finding:
    """What would flip the verdict, motive by motive."""
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
                "coded": code_words(case, row.code),
                "recodings_that_keep_it": f"{sum(r.leader == found.leader for r in its)} of {len(its)}",
                "helps_to_flip_it": "yes" if row.unit in overturning else "",
                "tipping_weight": listed(
                    f"{number(w)} (a tie with {case.theories[t].name})"
                    for (unit, t), w in tips.items()
                    if unit == row.unit
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
        rests_on=(test.id, *test.codings),
        robustness=Robustness(standing(test)),
    )


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
    return f"{words} If a coder errs on 10, 20 or 30 in 100 motives, its chance is {given}; a tie counts as lost."


def stated(case: Case, tested: list[Tested]) -> Finding:
    """The documents' own conclusions beside the tallies."""
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
    compared = (
        f"of the {len(held)} that prefer a theory and concern a table, {agreeing} agree with its tally. They are the "
        "documents' own summaries and no independent test"
    )
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=f"The documents state {count(len(records), 'verdict')}; {compared if held else 'none concerns a table'}.",
        table=pl.DataFrame(records),
        links=("verdict", "about"),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
    )
