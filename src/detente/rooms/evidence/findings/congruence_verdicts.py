"""The findings on each table: its codings, its verdict, what would flip it, what the documents conclude."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CodedMotive, MotiveCode
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.charts import tally_chart
from detente.rooms.evidence.findings.columns import MOTIVES, RECODINGS, score_cells, score_columns
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
STATED_COLUMNS = (
    Column("verdict", format="id"),
    Column("about", format="ids"),
    Column("the_document_says"),
    Column("prefers"),
    Column("tally_agrees", format="yes_no"),
)
"""What a document concludes, beside the tally."""


def motive_matrix_finding(case: Case, test: CongruenceTest) -> Finding:
    """How each motive of a table is coded, to be read across, and where other routes read it otherwise."""
    other_routes = test.routes[1 : 1 + MOST_ROUTES]
    has_importance = any(stated_importance(case, row.unit) for row in test.rows)
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
        table=make_table(
            [*_motive_columns(case, other_routes, has_importance=has_importance)],
            [_motive_row(case, row, other_routes, has_importance=has_importance) for row in test.rows],
        ),
        open=True,
        marks={"primary": "full", "secondary": "half", DIFFERENT_FIRST_THEORY: "struck"},
        method="As coded in the case; readings from passages are rolled up by the case's own rule.",
        rests_on=(test.id, *test.coding_ids),
    )


def _motive_columns(case: Case, other_routes: list[CodingRoute], *, has_importance: bool) -> Iterator[Column]:
    yield Column("motive", format="id")
    yield Column("in_words")
    yield from (Column(f"as_{theory}", part.name) for theory, part in case.theories.items())
    yield from (Column(f"by_{route.id}", route_label(case, route)) for route in other_routes)
    if other_routes:
        yield Column("agreement")
    yield Column("weight", format="number", unit=MOTIVES)
    if has_importance:
        yield Column("the_source_calls_it")


def _motive_row(
    case: Case, row: CodedMotive, other_routes: list[CodingRoute], *, has_importance: bool
) -> dict[str, object]:
    levels = dict.fromkeys(row.code.secondary, "secondary") | {str(row.code.primary): "primary"}
    other_codes = [route.codes.get(row.unit) for route in other_routes]
    return {
        "motive": row.unit,
        "in_words": case.motives[row.unit].title,
        **{f"as_{theory}": levels.get(theory, "") for theory in case.theories},
        **{f"by_{route.id}": code_phrase(case, code) for route, code in zip(other_routes, other_codes, strict=True)},
        **({"agreement": _agreement_phrase(row.code, other_codes)} if other_routes else {}),
        "weight": row.weight,
        **({"the_source_calls_it": "; ".join(stated_importance(case, row.unit))} if has_importance else {}),
    }


def _agreement_phrase(code: MotiveCode, other_codes: list[MotiveCode | None]) -> str:
    """Whether other readings have the same theories: another first, others besides, or the same throughout."""
    codes_read = [other for other in other_codes if other is not None]
    if any(other.primary != code.primary for other in codes_read):
        return DIFFERENT_FIRST_THEORY
    return "others besides" if any(other != code for other in codes_read) else "same" if codes_read else ""


def congruence_verdict_finding(case: Case, test: CongruenceTest, stability: VerdictStability) -> Finding:
    """The verdict under each treatment of secondary readings."""
    return Finding(
        id=f"{test.id}-verdict",
        title=f"{test.table.title}: the verdict",
        says=_verdict_words(case, test),
        see="The sums as a secondary reading counts for more; the dashed line marks what this case counts it.",
        table=make_table([*_verdict_columns(case)], _verdict_rows(case, test, stability)),
        chart=tally_chart(case, test.table.title, test.tallies),
        method=METHOD,
        rests_on=(test.id, *(row.unit for row in test.rows)),
        robustness=Robustness(verdict_robustness(test), _flip_words(case, test, stability)),
    )


def _verdict_columns(case: Case) -> Iterator[Column]:
    yield Column("secondary_counts", format="number", unit="primary readings")
    yield from score_columns(case)
    yield Column("verdict")
    yield Column("flip_number", format="count", unit=RECODINGS)
    yield Column("to_a_tie", format="count", unit=RECODINGS)


def _verdict_rows(case: Case, test: CongruenceTest, stability: VerdictStability) -> Iterator[dict[str, object]]:
    for tally, flip in zip(test.tallies, stability.flips, strict=True):
        yield {
            "secondary_counts": tally.s,
            **score_cells(tally),
            "verdict": leader_label(case, tally.leader),
            "flip_number": flip.recoding_count if flip else None,
            "to_a_tie": flip.recodings_to_tie if flip else None,
        }


def _verdict_words(case: Case, test: CongruenceTest) -> str:
    """The verdict, and under which other treatment of secondary readings it is another."""
    verdict_sentence = as_sentence(verdict_phrase(case, test.main_tally))
    differing_tallies = [f for f in test.tallies[1:] if f.leader != test.main_tally.leader]
    if differing_tallies:
        others_sentence = as_sentence(
            "; ".join(
                f"count a secondary reading {format_number(f.s)} and it is {verdict_phrase(case, f)}"
                for f in differing_tallies
            )
        )
        return f"{verdict_sentence} {others_sentence}"
    if len(test.tallies) > 1:
        return f"{verdict_sentence} It is the same however secondary readings are counted."
    return verdict_sentence


def overturning_recodings_finding(case: Case, test: CongruenceTest, stability: VerdictStability) -> Finding:
    """What would flip the verdict, motive by motive."""
    return Finding(
        id=f"{test.id}-robustness",
        title=f"{test.table.title}: what would flip it",
        says=f"{_flip_words(case, test, stability)} {_survival_words(test, stability)}".strip(),
        see="For each motive: how many other readings of it keep the verdict, and the weight at which the sums would "
        "draw level.",
        table=make_table([*_recoding_columns(case, test)], _recoding_rows(case, test, stability)),
        method=METHOD,
        rests_on=(test.id, *test.coding_ids),
        robustness=Robustness(verdict_robustness(test)),
    )


def _recoding_columns(case: Case, test: CongruenceTest) -> Iterator[Column]:
    """For each motive what recodings do, and for each rival the weight at which it draws level."""
    yield Column("motive", format="id")
    yield Column("in_words")
    yield Column("coded")
    yield Column("recodings_that_keep_it", format="count", unit=RECODINGS)
    yield Column("recodings", "of", "count", RECODINGS)
    yield Column("helps_to_flip_it", format="yes_no")
    for rival, part in case.theories.items() if test.main_tally.leader else ():
        if rival != test.main_tally.leader:
            yield Column(f"tipping_weight_{rival}", f"weight for a tie with {part.name}", "number", MOTIVES)


def _recoding_rows(case: Case, test: CongruenceTest, stability: VerdictStability) -> Iterator[dict[str, object]]:
    row_sets = test.minimum_recodings.row_sets if test.minimum_recodings else ()
    overturning_units = {unit for units in row_sets for unit in units}
    for row in test.rows:
        recodings = [recoding for recoding in stability.recodings if recoding.unit == row.unit]
        yield {
            "motive": row.unit,
            "in_words": case.motives[row.unit].title,
            "coded": code_phrase(case, row.code),
            "recodings_that_keep_it": sum(recoding.leader == test.main_tally.leader for recoding in recodings),
            "recodings": len(recodings),
            "helps_to_flip_it": row.unit in overturning_units if test.minimum_recodings else None,
            **{f"tipping_weight_{tip.rival}": tip.weight for tip in stability.tipping_points if tip.unit == row.unit},
        }


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
    case = model.case
    rows = [
        {
            "verdict": name,
            "about": ", ".join(verdict.about),
            "the_document_says": verdict.says,
            "prefers": case.theories[verdict.theory].name if verdict.theory else "",
            "tally_agrees": model.tally_agreements[name],
        }
        for name, verdict in case.verdicts.items()
    ]
    agreements = [agrees for agrees in model.tally_agreements.values() if agrees is not None]
    agreeing_count = sum(agreements)
    comparison_phrase = (
        f"of the {len(agreements)} that prefer a theory and concern a table, {agreeing_count} agree with its tally. "
        "They are the documents' own summaries and no independent test"
    )
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=f"The documents state {count_noun(len(rows), 'verdict')}; "
        f"{comparison_phrase if agreements else 'none concerns a table'}.",
        table=make_table(STATED_COLUMNS, rows),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
    )
