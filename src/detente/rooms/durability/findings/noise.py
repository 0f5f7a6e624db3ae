"""What errors do to cooperation: how much of it strategies keep, and whether they would be kept to."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.noise import GameWithNoise, SelfPlay, UnavailableStrategy
from detente.text.english import lower_first
from detente.text.number_format import format_number


def noise_finding(games: Sequence[GameWithNoise], case: Case) -> Finding:
    """How much cooperation strategies keep at the case's noise, and whether either side would depart from them."""
    import polars as pl

    return Finding(
        id="noise",
        title="What errors do to it",
        says=_best_strategies_sentence(games, case),
        see=(
            "Both sides play the same: how often both cooperate, as rounds count by the patience there is and in the "
            f"long run, {by_view_phrase(games[0].view)}; and whether either would do better otherwise."
        ),
        table=pl.DataFrame([_strategy_row(game, case, play) for game in games for play in game.strategies]),
        headers={
            "soon": "both cooperate, % of rounds as they count",
            "long": "in the long run, %",
            "holds": "neither would depart",
            "gain": "what departing gains, % of the span of payoffs",
        },
        method=(
            "Exact play of automata against themselves, as a Markov chain; the best response to each by dynamic "
            "programming. Strategies whose chances follow from payoffs take those of the game as either side sees it. "
            "That tit for tat cannot correct errors, and win-stay lose-shift can, is known (Nowak and "
            "Sigmund 1993; Imhof, Fudenberg and Nowak 2007)."
        ),
        rests_on=tuple(dict.fromkeys([*(game.id for game in games), *case.strategies])),
    )


def _strategy_row(game: GameWithNoise, case: Case, play: SelfPlay | UnavailableStrategy) -> dict[str, str]:
    row = {"game": case.games[game.id].title, "strategy": play.strategy, "noise": format_number(game.noise)}
    if isinstance(play, UnavailableStrategy):
        return {**row, "soon": "", "long": "", "holds": "", "gain": f"not in this game: {play.reason}"}
    return {
        **row,
        "soon": f"{100 * play.discounted_cooperation:.1f}",
        "long": f"{100 * play.long_run_cooperation:.1f}",
        "holds": "yes" if play.is_equilibrium else "no",
        "gain": "" if play.is_equilibrium else f"{100 * play.departure_gain:.2g}",
    }


def _best_strategies_sentence(games: Sequence[GameWithNoise], case: Case) -> str:
    phrases = [f"on {lower_first(case.games[game.id].title)} {_best_strategy_phrase(game)}" for game in games]
    return (
        "With moves that come out or are taken wrongly as often as the case says, of the strategies tried most "
        f"cooperation is kept {'; '.join(phrases)}."
    )


def _best_strategy_phrase(game: GameWithNoise) -> str:
    """The strategy that keeps most cooperation, and the one of those that are kept to."""
    best, stable = game.most_cooperative, game.most_cooperative_equilibrium
    if best is None:
        return "by none, for none can do in this game what it is for"
    phrase = f"by {best.strategy} ({100 * best.discounted_cooperation:.0f} of 100 rounds"
    if best.is_equilibrium:
        return f"{phrase}, and neither would depart from it)"
    phrase += ", but it pays to depart from it"
    if stable is None:
        return f"{phrase}, as from all others)"
    share = f"{100 * stable.discounted_cooperation:.0f}"
    return f"{phrase}; of those from which it does not, {stable.strategy} keeps most, {share})"
