"""What errors do to cooperation: how much of it strategies keep, and whether they would be kept to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.errors import strategy_title
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.noise import GameWithNoise, SelfPlay, UnavailableStrategy
from detente.text.english import join_words, lower_first

COLUMNS = (
    Column("game"),
    Column("strategy"),
    Column("noise", format="number", unit="share of moves"),
    Column("soon", "both cooperate, % of rounds as they count", "percent", "share of rounds"),
    Column("long", "in the long run, %", "percent", "share of rounds"),
    Column("holds", "neither would depart", "yes_no"),
    Column("gain", "what departing gains, % of the span of payoffs", "percent_number", "share of the span of payoffs"),
)
REASON = Column("not_here", "not in this game")
"""Why a strategy cannot do in a game what it is for, where there is such a one."""


def noise_finding(games: Sequence[GameWithNoise], case: Case) -> Finding:
    """How much cooperation strategies keep at the case's noise, and whether either side would depart from them."""
    return Finding(
        id="noise",
        title="What errors do to it",
        says=_best_strategies_sentence(games, case),
        see=(
            "Both sides play the same: how often both cooperate, as rounds count by the patience there is and in the "
            f"long run, {by_view_phrase(games[0].view)}; and whether either would do better otherwise."
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


def _best_strategies_sentence(games: Sequence[GameWithNoise], case: Case) -> str:
    """Of the strategies from which neither side departs, the one that keeps most cooperation in each game."""
    kept, left = [], []
    for game in games:
        title = lower_first(case.games[game.id].title)
        best = game.most_cooperative_equilibrium
        if best is None:
            left.append(title)
        else:
            kept.append(f"on {title} by {_play_title(best)}, {100 * best.discounted_cooperation:.0f} of 100 rounds")
    sentences = []
    if kept:
        sentences.append(f"At the means and with errors, most cooperation that both keep to is {'; '.join(kept)}.")
    if left:
        sentences.append(f"On {join_words(left)} it pays to depart from every strategy tried.")
    return " ".join(sentences)
