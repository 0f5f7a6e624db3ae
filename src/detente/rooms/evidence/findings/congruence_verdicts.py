"""The findings on each table: its codings, its verdict, what would flip it, what the documents conclude."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.congruence import MotiveCode
from detente.methods.inference.fragility import (
    Recoding,
    minimum_recodings,
    single_recodings,
    survival_probability,
    tipping_weights,
)
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import tally_chart
from detente.rooms.evidence.model.coding_routes import code_phrase, route_label
from detente.rooms.evidence.model.congruence_tables import (
    CongruenceTest,
    stated_importance,
    verdict_phrase,
    verdict_robustness,
)
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number, format_probability

CODER_ERROR_RATES = (0.1, 0.2, 0.3)
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


def motive_matrix_finding(case: Case, test: CongruenceTest) -> Finding:
    """How each motive of a table is coded, to be read across, and where other routes read it otherwise."""
    import polars as pl

    other_routes = test.routes[1 : 1 + MOST_ROUTES]
    has_importance = any(stated_importance(case, row.unit) for row in test.rows)
    records = []
    for row in test.rows:
        levels = dict.fromkeys(row.code.secondary, "secondary") | {str(row.code.primary): "primary"}
        records.append(
            {
                "motive": row.unit,
                "in_words": case.motives[row.unit].title,
                **{f"as_{theory}": levels.get(theory, "") for theory in case.theories},
                **{f"by_{route.id}": code_phrase(case, route.codes.get(row.unit)) for route in other_routes},
                **(
                    {"agreement": _agreement_phrase(row.code, [r.codes.get(row.unit) for r in other_routes])}
                    if other_routes
                    else {}
                ),
                "weight": format_number(row.weight),
                **({"the_source_calls_it": "; ".join(stated_importance(case, row.unit))} if has_importance else {}),
            }
        )
    other_readings_note = (
        " Beside it, other readings; a struck circle marks where one does not begin with the same."
        if other_routes
        else ""
    )
    return Finding(
        id=f"{test.id}-matrix",
        title=f"{test.table.title}: motives by theories",
        says=f"{as_sentence(test.table.question)} Coded by: {route_label(case, test.routes[0])}.",
        see="Full: the theory explains the motive first of all (a primary reading). Half: besides another (secondary)."
        + other_readings_note,
        table=pl.DataFrame(records),
        links=("motive",),
        headers={f"as_{theory}": part.name for theory, part in case.theories.items()}
        | {f"by_{route.id}": route_label(case, route) for route in other_routes},
        open=True,
        marks={"primary": "full", "secondary": "half", DIFFERENT_FIRST_THEORY: "struck"},
        method="As coded in the case; readings from passages are rolled up by the case's own rule.",
        rests_on=(test.id, *test.coding_ids),
    )


DIFFERENT_FIRST_THEORY = "not the same first"


def _agreement_phrase(code: MotiveCode, other_codes: list[MotiveCode | None]) -> str:
    """Whether other readings have the same theories: another first, others besides, or the same throughout."""
    codes_read = [other for other in other_codes if other is not None]
    if any(other.primary != code.primary for other in codes_read):
        return DIFFERENT_FIRST_THEORY
    return "others besides" if any(other != code for other in codes_read) else "same" if codes_read else ""


def congruence_verdict_finding(case: Case, test: CongruenceTest) -> Finding:
    """The verdict under each treatment of secondary readings."""
    import polars as pl

    records = []
    for verdict_tally in test.tallies:
        fewest_recodings = minimum_recodings(test.rows, list(case.theories), verdict_tally)
        records.append(
            {
                "secondary_counts": format_number(verdict_tally.s),
                **{f"sum_{theory}": float(score) for theory, score in verdict_tally.scores.items()},
                "verdict": case.theories[verdict_tally.leader].name if verdict_tally.leader else "tie",
                "flip_number": fewest_recodings.recoding_count if fewest_recodings else None,
                "to_a_tie": fewest_recodings.recodings_to_tie if fewest_recodings else None,
            }
        )
    says = f"{as_sentence(verdict_phrase(case, test.main_tally))}"
    differing_tallies = [f for f in test.tallies[1:] if f.leader != test.main_tally.leader]
    if differing_tallies:
        says += " " + as_sentence(
            "; ".join(
                f"count a secondary reading {format_number(f.s)} and it is {verdict_phrase(case, f)}"
                for f in differing_tallies
            )
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
        robustness=Robustness(verdict_robustness(test), _flip_words(case, test)),
    )


def overturning_recodings_finding(case: Case, test: CongruenceTest) -> Finding:
    """What would flip the verdict, motive by motive."""
    import polars as pl

    theories, verdict_tally = list(case.theories), test.main_tally
    recodings = single_recodings(test.rows, theories, verdict_tally.s)
    tips_by_motive = {(t.unit, t.rival): t.weight for t in tipping_weights(test.rows, verdict_tally)}
    overturning_units = {
        unit for units in (test.minimum_recodings.row_sets if test.minimum_recodings else ()) for unit in units
    }
    records = []
    for row in test.rows:
        unit_recodings = [r for r in recodings if r.unit == row.unit]
        records.append(
            {
                "motive": row.unit,
                "in_words": case.motives[row.unit].title,
                "coded": code_phrase(case, row.code),
                "recodings_that_keep_it": f"{sum(r.leader == verdict_tally.leader for r in unit_recodings)} of {len(unit_recodings)}",
                "helps_to_flip_it": "yes" if row.unit in overturning_units else "",
                "tipping_weight": join_words(
                    f"{format_number(w)} (a tie with {case.theories[t].name})"
                    for (unit, t), w in tips_by_motive.items()
                    if unit == row.unit
                ),
            }
        )
    return Finding(
        id=f"{test.id}-robustness",
        title=f"{test.table.title}: what would flip it",
        says=f"{_flip_words(case, test)} {_survival_words(test, recodings, theories)}".strip(),
        see="For each motive: how many other readings of it keep the verdict, and the weight at which the sums would "
        "draw level.",
        table=pl.DataFrame(records),
        links=("motive",),
        method=METHOD,
        rests_on=(test.id, *test.coding_ids),
        robustness=Robustness(verdict_robustness(test)),
    )


def _flip_words(case: Case, test: CongruenceTest) -> str:
    if test.main_tally.leader is None:
        tie_breakers = sorted(
            {r.leader for r in single_recodings(test.rows, list(case.theories), test.main_tally.s) if r.leader}
        )
        names = join_words((case.theories[t].name for t in tie_breakers), "or")
        return f"A tie: one recoding breaks it, for {names}." if names else "A tie that no single recoding breaks."
    if test.minimum_recodings is None:
        return "No recoding of its motives overturns it."
    recodings = test.minimum_recodings
    sets_phrase = join_words((" with ".join(s) for s in recodings.row_sets[:6]), "or")
    rivals_phrase = join_words((case.theories[t].name for t in recodings.winning_rivals), "or")
    text = as_sentence(
        f"{count_noun(recodings.recoding_count, 'recoding')} would give it to {rivals_phrase} (flip number {recodings.recoding_count}): {sets_phrase}"
    )
    if recodings.recodings_to_tie < recodings.recoding_count:
        text += " " + as_sentence(f"{count_noun(recodings.recodings_to_tie, 'recoding')} would make it a tie")
    return text


def _survival_words(test: CongruenceTest, recodings: list[Recoding], theories: list[str]) -> str:
    if test.main_tally.leader is None:
        return ""
    keeping_count = sum(r.leader == test.main_tally.leader for r in recodings)
    text = f"Of all {len(recodings)} ways to read one motive otherwise, {keeping_count} keep it."
    chances = [survival_probability(test.rows, theories, test.main_tally, e) for e in CODER_ERROR_RATES]
    if None in chances:
        return f"{text} Its chance under coder error is not computed: there are too many cases to tell apart exactly."
    chances_phrase = join_words(format_probability(c) for c in chances if c is not None)
    return (
        f"{text} If a coder errs on 10, 20 or 30 in 100 motives, its chance is {chances_phrase}; a tie counts as lost."
    )


def stated_verdicts_finding(case: Case, tests: list[CongruenceTest]) -> Finding:
    """The documents' own conclusions beside the tallies."""
    import polars as pl

    records = []
    for name, verdict in case.verdicts.items():
        tally_leaders = {t.main_tally.leader for t in tests if t.id in verdict.about}
        agrees = "" if not tally_leaders or not verdict.theory else "yes" if tally_leaders == {verdict.theory} else "no"
        records.append(
            {
                "verdict": name,
                "about": ", ".join(verdict.about),
                "the_document_says": verdict.says,
                "prefers": case.theories[verdict.theory].name if verdict.theory else "",
                "tally_agrees": agrees,
            }
        )
    agreements = [r["tally_agrees"] for r in records if r["tally_agrees"]]
    agreeing_count = sum(h == "yes" for h in agreements)
    comparison_phrase = (
        f"of the {len(agreements)} that prefer a theory and concern a table, {agreeing_count} agree with its tally. They are the "
        "documents' own summaries and no independent test"
    )
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=f"The documents state {count_noun(len(records), 'verdict')}; {comparison_phrase if agreements else 'none concerns a table'}.",
        table=pl.DataFrame(records),
        links=("verdict", "about"),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
    )
