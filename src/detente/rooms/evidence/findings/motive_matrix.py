"""The finding on how each motive of a table is coded, and where other routes read it otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CodedMotive, MotiveCode
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import MOTIVES
from detente.rooms.evidence.findings.text import code_phrase, route_label, stated_importance
from detente.rooms.evidence.model.coding_routes import CodingRoute
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.text.english import as_sentence

MOST_ROUTES = 4
"""Other routes that a matrix shows beside the one that is tallied."""
DIFFERENT_FIRST_THEORY = "not the same first"


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
