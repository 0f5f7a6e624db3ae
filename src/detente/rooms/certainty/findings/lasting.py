"""The finding on what lasts: which numbers decide whether cooperation does, game by game."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import estimate_cells
from detente.rooms.certainty.findings.text import PART_OF_VARIANCE, CertaintyLabels, names_fit
from detente.rooms.certainty.model.lasting_importance import LastingImportance
from detente.text.english import cardinal, count_noun, join_words

COLUMNS = (
    Column("game"),
    Column("share", "it lasts", "of_100", "share of draws", error=True),
    Column("number"),
    Column("path", "where in the case", "id"),
    Column("answer", "of whether it lasts", "percent", PART_OF_VARIANCE, error=True),
    Column("margin", "of how far it is from changing", "percent", PART_OF_VARIANCE, error=True),
    Column("lowest", "lasts in its lowest third", "of_100", "share of draws", error=True),
    Column("highest", "lasts in its highest third", "of_100", "share of draws", error=True),
)
MOST_NAMED = 3
NOTHING = "nothing that we varied"
UNDECIDED = (0.05, 0.95)
"""Between which shares of simulations it is not decided whether cooperation lasts."""


def lasting_finding(labels: CertaintyLabels) -> Finding | None:
    """What decides whether cooperation lasts; None where there is no game whose numbers vary."""
    lasting = labels.model.lasting
    if not lasting:
        return None
    undecided = [one for one in lasting if UNDECIDED[0] < one.importance.share.value < UNDECIDED[1]]
    open_games = f"open in {cardinal(len(undecided))} of {count_noun(len(lasting), 'game')}"
    return Finding(
        id="lasting",
        title="What decides whether it lasts",
        question="What decides whether it lasts",
        short_answer=open_games if undecided else NOTHING,
        place="detail",
        says=" ".join(_sentences(labels, undecided, len(lasting))),
        see="What part of the variance goes with each number alone, in per cent, by game.",
        table=make_table(COLUMNS, _rows(labels)),
        method=(
            "As for the offer, of whether cooperation lasts with the errors of the case, and of how much more "
            "patience there is than it needs where nobody errs; where no patience would do, that has no variance "
            "to split."
        ),
        rests_on=tuple(one.game for one in lasting),
    )


def _sentences(labels: CertaintyLabels, undecided: list[LastingImportance], count: int) -> Iterator[str]:
    decided = count - len(undecided)
    games = "its one game" if count == 1 else f"{cardinal(decided)} of {count_noun(count, 'game')}"
    if decided:
        yield f"In {games}, our numbers hardly leave open whether cooperation lasts."
    for one in undecided[:MOST_NAMED]:
        title = labels.model.case.games[one.game].title
        names = [labels.number_name(number.path) for number in one.importance.leading]
        if names and names_fit(names):
            yield f"In “{title}”, it depends most on {join_words(names)}."
        elif names:
            yield f"In “{title}”, {cardinal(len(names))} numbers matter most, and cannot be told apart."
        else:
            yield f"In “{title}”, no single number decides it."
    if rest := undecided[MOST_NAMED:]:
        titles = join_words(f"“{labels.model.case.games[one.game].title}”" for one in rest)
        yield f"The table tells of {titles}, too."


def _rows(labels: CertaintyLabels) -> Iterator[dict[str, object]]:
    for one in labels.model.lasting:
        title = labels.model.case.games[one.game].title
        importance = one.importance
        for number in importance.leaders:
            yield {
                "game": title,
                **estimate_cells("share", importance.share),
                "number": labels.number_name(number.path),
                "path": number.path,
                **estimate_cells("answer", number.answer_index),
                **estimate_cells("margin", number.margin_index),
                **estimate_cells("lowest", number.lowest_third),
                **estimate_cells("highest", number.highest_third),
            }
