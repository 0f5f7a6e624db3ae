"""The finding on how far the answer was put in with the payoffs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.put_in import PutIn
from detente.text.english import join_words, lower_first
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("game"),
    Column("lasts", "lasts with errors, of 100", "of_100", "share of draws"),
    Column("decided", "payoffs alone decide, of 100", "of_100", "share of draws"),
    Column("anyway", "and make it last", "of_100", "share of draws"),
    Column("never", "and prevent it", "of_100", "share of draws"),
    Column("error_free", "they alone decide if nobody errs, of 100", "of_100", "share of draws"),
    Column("untempted", "nobody is tempted, of 100", "of_100", "share of draws"),
    Column("untempted_own", "the same by own gains", "of_100", "share of draws"),
    Column("nothing", "somebody gains nothing, of 100", "of_100", "share of draws"),
)


def put_in_finding(games: Sequence[PutIn], case: Case) -> Finding:
    """In how many draws the payoffs, or the kind of game, decide alone."""
    return Finding(
        id="put-in",
        title="How far the answer was put in",
        says=" ".join(_sentences(games, case)),
        see=f"What decides whether cooperation lasts, {by_view_phrase(games[0].view)}.",
        table=make_table(COLUMNS, _rows(games, case)),
        method=(
            "The payoffs of each draw with the least patience and the most errors of all draws, and with the most "
            "patience and the fewest: where the answer is the same, patience and errors do not matter within what is "
            "assumed, and the answer was put in with the payoffs. The kind of game alone decides where nobody is "
            "tempted, as in a Stag Hunt, or somebody gains nothing by cooperating, as in a Deadlock."
        ),
        rests_on=tuple(game.game for game in games),
    )


def put_in_sentence(games: Sequence[PutIn], case: Case) -> str:
    """On which issues the answer was mostly put in, for the first screen; nothing where on none."""
    titles = [
        f"{_title(game, case)} ({per_hundred(game.decided_share)} of 100)" for game in games if game.is_mostly_put_in
    ]
    return f"The payoffs assumed decide by themselves, in most draws, on {join_words(titles)}." if titles else ""


def _sentences(games: Sequence[PutIn], case: Case) -> Iterator[str]:
    yield put_in_sentence(games, case) or "On no issue do the payoffs assumed decide by themselves in most draws."
    if not_mostly := [game for game in games if not game.is_mostly_put_in]:
        clauses = join_words(f"{_title(game, case)} ({per_hundred(game.decided_share)})" for game in not_mostly)
        yield f"Patience and errors matter more on {clauses}."
    without_errors = join_words(f"{_title(game, case)} {per_hundred(game.decided_without_errors)}" for game in games)
    yield f"If nobody erred, they would decide by themselves in so many of 100: {without_errors}."
    hunts = [game for game in games if game.untempted_without_concern]
    if hunts:
        clauses = join_words(f"{_title(game, case)} {per_hundred(game.untempted_without_concern)}" for game in hunts)
        yield f"By own gains nobody is tempted, so that nothing could end it, in so many of 100: {clauses}."


def _rows(games: Sequence[PutIn], case: Case) -> Iterator[dict[str, object]]:
    for game in games:
        yield {
            "game": case.games[game.game].title,
            "lasts": game.lasting_share,
            "decided": game.decided_share,
            "anyway": game.lasts_anyway_share,
            "never": game.never_share,
            "error_free": game.decided_without_errors,
            "untempted": game.untempted_share,
            "untempted_own": game.untempted_without_concern,
            "nothing": game.nothing_gained_share,
        }


def _title(game: PutIn, case: Case) -> str:
    return lower_first(case.games[game.game].title)
