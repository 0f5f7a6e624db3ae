"""The map of lasting cooperation over patience and concern for relative gains, with the case's own estimates."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.methods.games.relative_gains_games import GameTransition
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, GridCell
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import NONE_IS_ENOUGH, PATIENCE_UNIT, patience_cell
from detente.rooms.durability.findings.text import by_view_phrase, patience_phrase
from detente.rooms.durability.model.patience_map import TABLE_CONCERNS, PatienceMap
from detente.text.english import join_words
from detente.text.number_format import format_number

GRID_PATIENCES = (0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.1)
"""How much the next round counts in the rows of the picture."""
_COLUMNS = range(len(TABLE_CONCERNS))
SIDE_NAMES = ("first", "second")
"""What columns of files call the sides of a game."""


def patience_map_finding(patience_map: PatienceMap, case: Case) -> Finding:
    """Where cooperation lasts, over patience and concern."""
    title, names = case.games[patience_map.game].title, [display_name(case, side.party) for side in patience_map.sides]
    sentences = (
        _estimate_sentence(patience_map),
        _slope_sentence(patience_map),
        _transitions_sentence(patience_map, names),
    )
    return Finding(
        id=f"map-{patience_map.game}",
        title=f"{title}: over patience and concern for relative gains",
        says=" ".join(filter(None, sentences)),
        see=(
            "What game either side sees, and how much patience it needs if nobody errs, by how much both mind the "
            "other's lead."
        ),
        table=make_table(
            [
                Column("concern", "each minds the other's lead by", "number", "times the other's lead"),
                *(column for side, name in zip(SIDE_NAMES, names, strict=True) for column in _side_columns(side, name)),
            ],
            _concern_rows(patience_map),
        ),
        picture=_grid(patience_map),
        method="Payoffs are at their means; both sides mind alike along the axis.",
        rests_on=patience_map.rests_on,
    )


def _side_columns(side: str, name: str) -> tuple[Column, Column]:
    """What a side sees, and the patience that it needs."""
    return (
        Column(f"{side}_game", f"{name}: game"),
        Column(f"{side}_needed", f"{name}: patience needed", "number", PATIENCE_UNIT, missing=NONE_IS_ENOUGH),
    )


def _concern_rows(patience_map: PatienceMap) -> Iterator[dict[str, object]]:
    for index, concern in enumerate(TABLE_CONCERNS):
        row: dict[str, object] = {"concern": concern}
        for side, on_map in zip(SIDE_NAMES, patience_map.sides, strict=True):
            at_concern = on_map.at_table_concerns[index]
            row[f"{side}_game"] = at_concern.kind
            row[f"{side}_needed"] = patience_cell(at_concern.patience_needed)
        yield row


def _lasts_phrase(patience_map: PatienceMap) -> str:
    return "lasts" if patience_map.lasts_at_means else "does not last"


def _estimate_sentence(patience_map: PatienceMap) -> str:
    return (
        f"At the case's own estimates, if nobody errs, cooperation {_lasts_phrase(patience_map)} "
        f"{by_view_phrase(patience_map.view)}: patience is {format_number(patience_map.patience_at_means)}, and "
        f"{patience_phrase(patience_map.needed_at_means)}."
    )


def _slope_sentence(patience_map: PatienceMap) -> str:
    """Whether concern asks for more patience; nothing where it makes no difference."""
    if not patience_map.never_falls:
        return "Minding what the other gets can also make it easier here: the patience needed does not only rise."
    return "The more either minds what the other gets, the more patience it takes." if patience_map.ends_higher else ""


def _transitions_sentence(patience_map: PatienceMap, names: list[str]) -> str:
    """Where concern makes another game of it, and to whom; nothing if nowhere."""
    names_by_transition: dict[GameTransition, list[str]] = {}
    for name, side in zip(names, patience_map.sides, strict=True):
        for transition in side.transitions:
            names_by_transition.setdefault(transition, []).append(name)
    if not names_by_transition:
        return ""
    clauses = join_words(
        f"from {format_number(transition.k)} on it is {_with_article(transition.kind_after)} to "
        f"{join_words(side_names)}, no longer {_with_article(transition.kind_before)}"
        for transition, side_names in names_by_transition.items()
    )
    return f"As a side minds more what the other gets, {clauses}."


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


def _grid(patience_map: PatienceMap) -> CellGrid:
    """Whether cooperation lasts, by how much the next round counts and how much both mind the other's lead."""
    needed = [max(side.at_table_concerns[index].patience_needed for side in patience_map.sides) for index in _COLUMNS]
    return CellGrid(
        says="Whether cooperation lasts if nobody errs. Each column: how much both mind the other's lead.",
        corner="The next round counts",
        columns=tuple(f"{concern:g}" for concern in TABLE_CONCERNS),
        rows=tuple(
            (
                f"{round(100 * patience)} per cent of this one",
                tuple(GridCell("yes" if need <= patience else "no") for need in needed),
            )
            for patience in GRID_PATIENCES
        ),
        legend=(("yes", "lasts"), ("no", "ends")),
    )
