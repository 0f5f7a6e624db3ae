"""How the chapter on whether cooperation lasts opens, under its headline: a short paragraph and a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.rooms.durability.findings.text import lasting_degree, minds_nothing
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles
from detente.rooms.durability.model.durability import DurabilityModel
from detente.rooms.durability.model.patience import GamePatience
from detente.text.english import upper_first, without_article
from detente.text.issue_lists import on_issues

WITHOUT_ERRORS, WITH_ERRORS = "if nobody errs", "with errors"
MEASURE = "lasts, of 100 simulations"


def point(share: float) -> Bar:
    """A share as a dot."""
    return Bar(share, share)


def spread_bar(spread: DrawQuantiles, at_means: float | None = None) -> Bar | None:
    """How much the next round counts or must: bounds of 90 of 100 simulations, with a dot.

    Args:
        spread: The bounds, with the middle simulation between.
        at_means: At our middle estimates, to be the dot; else that is the middle simulation.

    Returns:
        None where nothing is enough in nearly all simulations; up to all where nothing is enough in some.
    """
    low, middle, high = spread
    if low >= 1:
        return None
    dot = middle if at_means is None else at_means
    if dot >= 1:
        return Bar(low, min(high, 1.0))
    return Bar(min(low, dot), max(min(high, 1.0), dot), dot)


def lasting_lead(model: DurabilityModel) -> str:
    """What is asked, how far the answer was put in, and what own gains alone would make of it."""
    if not model.patience:
        return "The case has no games between two sides, so this is told of common goods and arming only."
    return " ".join(_lead_sentences(model))


def _lead_sentences(model: DurabilityModel) -> Iterator[str]:
    yield "This is about going on once cooperation has begun, with nobody to enforce it."
    total = len(model.put_in)
    if mostly := sum(game.is_mostly_put_in for game in model.put_in):
        place = "W" if total == 1 else f"{upper_first(on_issues(mostly, total))}, w"
        yield f"{place}hat we assumed that each side gets mostly decides the answer by itself."
    yield from gains_only_sentences(model.patience)


def gains_only_sentences(games: Sequence[GamePatience]) -> Iterator[str]:
    """On how many issues it would last if neither side minded what the other gains; nothing where that is the same."""
    lasting = counted_if_gains_only(games)
    as_told = sum(lasting_degree(game.main.lasting_share) == "full" for game in games)
    if lasting is None or lasting == as_told:
        return
    place = "" if len(games) == 1 and lasting else f" {on_issues(lasting, len(games))}"
    yield f"If both looked at their own gains only, cooperation would last{place}."


def counted_if_gains_only(games: Sequence[GamePatience]) -> int | None:
    """On how many issues it lasts by a theory by which nobody minds what the other gains; None without such a one."""
    entries = [entry for game in games for entry in game.by_theory if minds_nothing(entry.view)]
    if len(entries) < len(games):
        return None
    return sum(lasting_degree(entry.lasting_share) == "full" for entry in entries)


def lasting_picture(model: DurabilityModel) -> RangeRows:
    """A row for each issue, what lasts most often first: how often if nobody errs, and with errors."""
    if not model.patience:
        return _others_picture(model)
    games = sorted(model.patience, key=lambda game: -game.main.lasting_share)
    has_noise = any(game.has_noise for game in games)
    put_in = {game.game: game.is_mostly_put_in for game in model.put_in}
    return RangeRows(
        says=(
            "How often cooperation lasts if nobody errs (hollow), and with the errors that we assumed (filled)."
            if has_noise
            else "How often cooperation lasts if nobody errs."
        ),
        measure=MEASURE,
        series=(WITHOUT_ERRORS, WITH_ERRORS) if has_noise else (WITHOUT_ERRORS,),
        rows=tuple(_lasting_row(game, has_noise, put_in[game.id], model.case) for game in games),
        heading="Issue",
    )


def _lasting_row(game: GamePatience, has_noise: bool, is_put_in: bool, case: Case) -> RangeRow:
    bars: tuple[Bar | None, ...] = (point(game.main.error_free_share),)
    if has_noise:
        bars = (*bars, point(game.main.lasting_share) if game.has_noise else None)
    return RangeRow(
        without_article(case.games[game.id].title),
        bars,
        note="" if game.has_noise or not has_noise else "no errors assumed",
        standing="assumed" if is_put_in else "found",
        link="lasting-put-in" if is_put_in else "",
    )


def _others_picture(model: DurabilityModel) -> RangeRows:
    """How often all go on paying for each good, and how often each race comes to rest."""
    case = model.case
    shares = [(case.common_goods[play.good].title, play.lasting_share) for play in model.common_goods]
    shares += [(case.common_goods[play.good].title, play.all_pay_share) for play in model.unequal_goods]
    races = [(case.arms_races[race.id].title, race.stable_share) for race in model.arms_races]
    kinds = [*(["all go on paying"] if shares else []), *(["arming comes to rest"] if races else [])]
    return RangeRows(
        says="How often it holds.",
        measure=f"{' or '.join(kinds)}, of 100 simulations",
        series=("holds",),
        rows=tuple(RangeRow(without_article(title), (point(share),)) for title, share in [*shares, *races]),
    )
