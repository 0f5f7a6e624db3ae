"""What errors do to cooperation: how often they end it, and how much of it strategies keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE
from detente.rooms.durability.findings.opening import WITH_ERRORS, point
from detente.rooms.durability.findings.strategy_names import strategy_sentence, strategy_title
from detente.rooms.durability.findings.text import in_simulations, issue_title
from detente.rooms.durability.model.noise import GameWithNoise, SelfPlay, UnavailableStrategy
from detente.rooms.durability.model.patience import GamePatience
from detente.text.brief_sentences import range_phrase, short_range
from detente.text.english import upper_first, without_article
from detente.text.issue_lists import on_titles
from detente.text.shares import frequency_phrase

HARDLY = 0.005
"""A share of simulations below which it is said that errors hardly do anything."""
COLUMNS = (
    ISSUE,
    Column("strategy", "way of acting"),
    Column("noise", "chance of an error", format="number", unit="share of moves"),
    Column("soon", "both cooperate, % of rounds as they count", "percent", "share of rounds"),
    Column("long", "in the long run, %", "percent", "share of rounds"),
    Column("holds", "neither would depart", "yes_no"),
    Column("gain", "what departing gains, % of the span of payoffs", "percent_number", "share of the span of payoffs"),
)
REASON = Column("not_here", "not on this issue")
"""Why a strategy cannot do in a game what it is for, where there is such a one."""


def noise_finding(games: Sequence[GameWithNoise], lasting: Sequence[GamePatience], case: Case) -> Finding:
    """How often errors end cooperation, how much of it is kept, and by what.

    Args:
        games: What strategies keep of cooperation in each game.
        lasting: Whether it lasts in each.
        case: The case.
    """
    erring = [game for game in lasting if game.has_noise]
    return Finding(
        id="noise",
        title="What errors do to it",
        says=" ".join(_sentences(games, erring, len(lasting), case)),
        see=(
            "Both sides act alike. How often both cooperate, soon and in the long run, and whether either would do "
            "better otherwise."
        ),
        table=make_table([*COLUMNS, *([REASON] if _lacks_strategy(games) else [])], _strategy_rows(games, case)),
        method=(
            "Besides the strategies that the case names, those by which it is told whether cooperation lasts. Exact "
            "play of automata against themselves, as a Markov chain; the best response to each by dynamic "
            "programming. Strategies whose chances follow from payoffs take those of the game as either side sees it. "
            "That tit for tat cannot correct errors, and win-stay lose-shift can, is known (Nowak and "
            "Sigmund 1993; Imhof, Fudenberg and Nowak 2007)."
        ),
        rests_on=tuple(dict.fromkeys([*(game.id for game in games), *case.strategies])),
        place="detail" if erring else "annex",
        question="What errors do" if erring else "",
        short_answer=_short_answer(erring) if erring else "",
        picture=_picture(erring, case),
    )


def _cost(game: GamePatience) -> float:
    """In what share of simulations errors end what would last without them."""
    return game.main.error_free_share - game.main.lasting_share


def _short_answer(erring: Sequence[GamePatience]) -> str:
    cost = max(map(_cost, erring))
    return f"at worst, {short_range(cost, cost)} of 100 end" if cost > HARDLY else "hardly anything"


def _sentences(games: Sequence[GameWithNoise], erring: Sequence[GamePatience], total: int, case: Case) -> Iterator[str]:
    if not erring:
        yield "In this case nobody errs."
        return
    worst = max(erring, key=_cost)
    if _cost(worst) > HARDLY:
        main, place = worst.main, f"on {issue_title(worst.id, case)}"
        lead = f"Errors cost most {place}: with them" if len(erring) > 1 else "With errors"
        lead = upper_first(f"{place}, with errors") if len(erring) == 1 < total else lead
        yield (
            f"{lead} cooperation lasts {frequency_phrase(main.lasting_share)}, without them "
            f"{in_simulations(main.error_free_share)}."
        )
    else:
        yield "Errors hardly change how often cooperation lasts."
    yield from _round_sentences(erring)
    yield from _given_up_sentences(games, case)


def _round_sentences(erring: Sequence[GamePatience]) -> Iterator[str]:
    """In how many rounds both cooperate where it lasts, and what keeps it going."""
    shares = [game.main.cooperation_share for game in erring if game.main.cooperation_share is not None]
    if not shares:
        return
    yield f"Where it lasts, both sides cooperate in {range_phrase(min(shares), max(shares))} rounds on average."
    kept = Counter(
        (game.main.kept_most.name, game.main.kept_most.punishment_rounds) for game in erring if game.main.kept_most
    )
    if kept:
        yield strategy_sentence(*kept.most_common(1)[0][0])


def _given_up_sentences(games: Sequence[GameWithNoise], case: Case) -> Iterator[str]:
    """Where either side departs from all that was tried."""
    left = [issue_title(game.id, case) for game in games if game.most_cooperative_equilibrium is None]
    if left:
        place = f" {on_titles(left)}" if len(left) < len(games) and len(left) <= 3 else ""
        place = place or (f" on {len(left)} issues" if len(left) < len(games) else "")
        yield f"At our middle estimates, no way of answering errors that we tried holds{place}."


def _picture(erring: Sequence[GamePatience], case: Case) -> RangeRows | None:
    """In how many rounds both cooperate where it lasts."""
    if not erring:
        return None
    return RangeRows(
        says="In how many rounds both sides cooperate where cooperation lasts, errors included.",
        measure="both cooperate, of 100 rounds",
        series=(WITH_ERRORS,),
        rows=tuple(
            RangeRow(
                without_article(case.games[game.id].title),
                (None if game.main.cooperation_share is None else point(game.main.cooperation_share),),
                note="lasts in no simulation" if game.main.cooperation_share is None else "",
            )
            for game in erring
        ),
        heading="Issue",
    )


def _lacks_strategy(games: Sequence[GameWithNoise]) -> bool:
    """Whether some strategy cannot do in some game what it is for."""
    return any(isinstance(play, UnavailableStrategy) for game in games for play in game.strategies)


def _strategy_rows(games: Sequence[GameWithNoise], case: Case) -> Iterator[dict[str, object]]:
    for game in games:
        for play in game.strategies:
            cells = {REASON.name: play.reason} if isinstance(play, UnavailableStrategy) else _self_play_cells(play)
            yield {"game": case.games[game.id].title, "strategy": _play_title(play), "noise": game.noise, **cells}


def _play_title(play: SelfPlay | UnavailableStrategy) -> str:
    return (
        play.strategy
        if isinstance(play, UnavailableStrategy)
        else strategy_title(play.strategy, play.punishment_rounds)
    )


def _self_play_cells(play: SelfPlay) -> dict[str, object]:
    return {
        "soon": play.discounted_cooperation,
        "long": play.long_run_cooperation,
        "holds": play.is_equilibrium,
        "gain": None if play.is_equilibrium else play.departure_gain,
    }
