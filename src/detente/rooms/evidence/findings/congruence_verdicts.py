"""The findings on each table: its codings, its verdict, what would flip it, what the documents conclude."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CodedMotive, MotiveCode
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import tally_chart
from detente.rooms.evidence.findings.text import (
    code_phrase,
    leader_label,
    route_label,
    stated_importance,
    verdict_phrase,
)
from detente.rooms.evidence.model.coding_routes import CodingRoute
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.rooms.evidence.model.verdict_stability import VerdictStability
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number, format_probability

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
DIFFERENT_FIRST_THEORY = "not the same first"


def motive_matrix_finding(case: Case, test: CongruenceTest) -> Finding:
    """How each motive of a table is coded, to be read across, and where other routes read it otherwise."""
    import polars as pl

    other_routes = test.routes[1 : 1 + MOST_ROUTES]
    has_importance = any(stated_importance(case, row.unit) for row in test.rows)
    records = []
    for row in test.rows:
        record = _motive_record(case, row, other_routes)
        if has_importance:
            record["the_source_calls_it"] = "; ".join(stated_importance(case, row.unit))
        records.append(record)
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


def _motive_record(case: Case, row: CodedMotive, other_routes: list[CodingRoute]) -> dict[str, object]:
    levels = dict.fromkeys(row.code.secondary, "secondary") | {str(row.code.primary): "primary"}
    other_codes = [route.codes.get(row.unit) for route in other_routes]
    return {
        "motive": row.unit,
        "in_words": case.motives[row.unit].title,
        **{f"as_{theory}": levels.get(theory, "") for theory in case.theories},
        **{f"by_{route.id}": code_phrase(case, code) for route, code in zip(other_routes, other_codes, strict=True)},
        **({"agreement": _agreement_phrase(row.code, other_codes)} if other_routes else {}),
        "weight": format_number(row.weight),
    }


def _agreement_phrase(code: MotiveCode, other_codes: list[MotiveCode | None]) -> str:
    """Whether other readings have the same theories: another first, others besides, or the same throughout."""
    codes_read = [other for other in other_codes if other is not None]
    if any(other.primary != code.primary for other in codes_read):
        return DIFFERENT_FIRST_THEORY
    return "others besides" if any(other != code for other in codes_read) else "same" if codes_read else ""


def congruence_verdict_finding(case: Case, test: CongruenceTest, stability: VerdictStability) -> Finding:
    """The verdict under each treatment of secondary readings."""
    import polars as pl

    records = [
        {
            "secondary_counts": format_number(tally.s),
            **{f"sum_{theory}": float(score) for theory, score in tally.scores.items()},
            "verdict": leader_label(case, tally.leader),
            "flip_number": flip.recoding_count if flip else None,
            "to_a_tie": flip.recodings_to_tie if flip else None,
        }
        for tally, flip in zip(test.tallies, stability.flips, strict=True)
    ]
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
        robustness=Robustness(verdict_robustness(test), _flip_words(case, test, stability)),
    )


def overturning_recodings_finding(case: Case, test: CongruenceTest, stability: VerdictStability) -> Finding:
    """What would flip the verdict, motive by motive."""
    import polars as pl

    weights_by_motive = {(point.unit, point.rival): point.weight for point in stability.tipping_points}
    row_sets = test.minimum_recodings.row_sets if test.minimum_recodings else ()
    overturning_units = {unit for units in row_sets for unit in units}
    records = []
    for row in test.rows:
        recodings = [recoding for recoding in stability.recodings if recoding.unit == row.unit]
        keeping_count = sum(recoding.leader == test.main_tally.leader for recoding in recodings)
        records.append(
            {
                "motive": row.unit,
                "in_words": case.motives[row.unit].title,
                "coded": code_phrase(case, row.code),
                "recodings_that_keep_it": f"{keeping_count} of {len(recodings)}",
                "helps_to_flip_it": "yes" if row.unit in overturning_units else "",
                "tipping_weight": join_words(
                    f"{format_number(weight)} (a tie with {case.theories[rival].name})"
                    for (unit, rival), weight in weights_by_motive.items()
                    if unit == row.unit
                ),
            }
        )
    return Finding(
        id=f"{test.id}-robustness",
        title=f"{test.table.title}: what would flip it",
        says=f"{_flip_words(case, test, stability)} {_survival_words(test, stability)}".strip(),
        see="For each motive: how many other readings of it keep the verdict, and the weight at which the sums would "
        "draw level.",
        table=pl.DataFrame(records),
        links=("motive",),
        method=METHOD,
        rests_on=(test.id, *test.coding_ids),
        robustness=Robustness(verdict_robustness(test)),
    )


def _flip_words(case: Case, test: CongruenceTest, stability: VerdictStability) -> str:
    if test.main_tally.leader is None:
        names = join_words((case.theories[t].name for t in stability.tie_breakers), "or")
        return f"A tie: one recoding breaks it, for {names}." if names else "A tie that no single recoding breaks."
    if test.minimum_recodings is None:
        return "No recoding of its motives overturns it."
    recodings = test.minimum_recodings
    sets_phrase = join_words((" with ".join(s) for s in recodings.row_sets[:6]), "or")
    rivals_phrase = join_words((case.theories[t].name for t in recodings.winning_rivals), "or")
    count_phrase, flip_number = count_noun(recodings.recoding_count, "recoding"), recodings.recoding_count
    text = as_sentence(f"{count_phrase} would give it to {rivals_phrase} (flip number {flip_number}): {sets_phrase}")
    if recodings.recodings_to_tie < recodings.recoding_count:
        text += " " + as_sentence(f"{count_noun(recodings.recodings_to_tie, 'recoding')} would make it a tie")
    return text


def _survival_words(test: CongruenceTest, stability: VerdictStability) -> str:
    if test.main_tally.leader is None:
        return ""
    keeping_count = sum(recoding.leader == test.main_tally.leader for recoding in stability.recodings)
    text = f"Of all {len(stability.recodings)} ways to read one motive otherwise, {keeping_count} keep it."
    chances = stability.survival_chances
    if None in chances:
        return f"{text} Its chance under coder error is not computed: there are too many cases to tell apart exactly."
    chances_phrase = join_words(format_probability(c) for c in chances if c is not None)
    return (
        f"{text} If a coder errs on 10, 20 or 30 in 100 motives, its chance is {chances_phrase}; a tie counts as lost."
    )


def stated_verdicts_finding(model: EvidenceModel) -> Finding:
    """The documents' own conclusions beside the tallies."""
    import polars as pl

    case = model.case
    records = [
        {
            "verdict": name,
            "about": ", ".join(verdict.about),
            "the_document_says": verdict.says,
            "prefers": case.theories[verdict.theory].name if verdict.theory else "",
            "tally_agrees": model.tally_agreements[name],
        }
        for name, verdict in case.verdicts.items()
    ]
    agreements = [answer for answer in model.tally_agreements.values() if answer]
    agreeing_count = agreements.count("yes")
    comparison_phrase = (
        f"of the {len(agreements)} that prefer a theory and concern a table, {agreeing_count} agree with its tally. "
        "They are the documents' own summaries and no independent test"
    )
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=f"The documents state {count_noun(len(records), 'verdict')}; "
        f"{comparison_phrase if agreements else 'none concerns a table'}.",
        table=pl.DataFrame(records),
        links=("verdict", "about"),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
    )
