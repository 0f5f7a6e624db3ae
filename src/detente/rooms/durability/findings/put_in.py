"""The finding on how far the answer was put in with the payoffs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import StackedBar, StackedBars
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE, SHARE
from detente.rooms.durability.findings.text import in_simulations, issue_title, short_frequency
from detente.rooms.durability.model.put_in import MOSTLY, PutIn
from detente.text.brief_sentences import range_phrase
from detente.text.english import cardinal, upper_first, without_article
from detente.text.issue_lists import on_issues, on_titles
from detente.text.shares import frequency_phrase

MOST_TITLES = 3
"""Issues that are named; of more, how many they are."""
COLUMNS = (
    ISSUE,
    Column("lasts", "lasts with errors, of 100", "of_100", SHARE),
    Column("decided", "what each gets decides alone, of 100", "of_100", SHARE),
    Column("anyway", "and makes it last", "of_100", SHARE),
    Column("never", "and prevents it", "of_100", SHARE),
    Column("error_free", "it decides alone if nobody errs, of 100", "of_100", SHARE),
    Column("untempted", "nobody is tempted, of 100", "of_100", SHARE),
    Column("untempted_own", "the same on their own gains only", "of_100", SHARE),
    Column("nothing", "somebody gains nothing, of 100", "of_100", SHARE),
)


def put_in_finding(games: Sequence[PutIn], case: Case) -> Finding:
    """In how many simulations the payoffs, or the kind of game, decide alone."""
    return Finding(
        id="put-in",
        title="How far the answer was put in",
        says=" ".join(_sentences(games, case)),
        see="What decides whether cooperation lasts, issue by issue.",
        table=make_table(COLUMNS, _rows(games, case)),
        method=(
            "The payoffs of each draw with the least patience and the most errors of all draws, and with the most "
            "patience and the fewest: where the answer is the same, patience and errors do not matter within what is "
            "assumed, and the answer was put in with the payoffs. The kind of game alone decides where nobody is "
            "tempted, as in a Stag Hunt, or somebody gains nothing by cooperating, as in a Deadlock."
        ),
        rests_on=tuple(game.game for game in games),
        place="detail",
        question="How far we put the answer in ourselves",
        short_answer=_short_answer(games),
        picture=_picture(games, case),
    )


def _short_answer(games: Sequence[PutIn]) -> str:
    if len(games) == 1:
        return short_frequency(games[0].decided_share)
    return on_issues(sum(game.is_mostly_put_in for game in games), len(games))


def _sentences(games: Sequence[PutIn], case: Case) -> Iterator[str]:
    mostly = [game for game in games if game.is_mostly_put_in]
    if len(games) == 1:
        yield f"What we assumed that each side gets decides the answer {frequency_phrase(games[0].decided_share)}."
    elif mostly:
        yield f"{_place(mostly, len(games), case)}, what we assumed that each side gets decides in most simulations."
    else:
        yield "On no issue does what we assumed that each side gets decide in most simulations."
    if mostly:
        yield "In those simulations, neither errors nor how much the future counts can change the answer."
    if len(games) > 1:
        yield from _open_sentences([game for game in games if not game.is_mostly_put_in], case)
    yield from _untempted_sentences(games, case)


def _place(games: Sequence[PutIn], total: int, case: Case) -> str:
    if len(games) == total or len(games) > MOST_TITLES:
        return upper_first(on_issues(len(games), total))
    return upper_first(on_titles([issue_title(game.game, case) for game in games]))


def _open_sentences(games: Sequence[PutIn], case: Case) -> Iterator[str]:
    """Where it decides in fewer than half."""
    if not games:
        return
    if len(games) > MOST_TITLES - 1:
        shares = [game.decided_share for game in games]
        found = range_phrase(min(shares), max(shares), " of 100 simulations")
        yield f"On {cardinal(len(games))} others it decides in {found}."
        return
    first, *others = games
    sentence = f"On {issue_title(first.game, case)}, it decides {frequency_phrase(first.decided_share)}"
    rest = "".join(f", on {issue_title(game.game, case)} {in_simulations(game.decided_share)}" for game in others)
    yield f"{sentence}{rest}."


def _untempted_sentences(games: Sequence[PutIn], case: Case) -> Iterator[str]:
    """Where cheating tempts nobody, if nobody minds what the other gains: there is nothing to be found."""
    game = max(games, key=lambda one: one.untempted_without_concern)
    if game.untempted_without_concern < MOSTLY:
        return
    place = "" if len(games) == 1 else f" on {issue_title(game.game, case)}"
    share = upper_first(frequency_phrase(game.untempted_without_concern))
    yield f"{share}, neither side would gain by cheating{place}, if it looked at its own gains only."


def _picture(games: Sequence[PutIn], case: Case) -> StackedBars:
    place = on_issues(sum(game.is_mostly_put_in for game in games), len(games))
    return StackedBars(
        says=(
            f"What we assumed mostly decides by itself {place}."
            if len(games) > 1
            else "How often what we assumed decides by itself."
        ),
        measure="of 100 simulations",
        categories=("lasts whatever else", "open to errors and the future", "ends whatever else"),
        bars=tuple(
            StackedBar(
                without_article(case.games[game.game].title),
                (game.lasts_anyway_share, 1 - game.decided_share, game.never_share),
            )
            for game in games
        ),
    )


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
