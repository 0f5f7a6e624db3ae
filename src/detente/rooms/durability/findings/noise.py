"""What errors do to cooperation: how much of it strategies keep, and whether they would be kept to."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.games.critical_discount import best_response_gain
from detente.methods.games.repeated.markov_play import LONG_RUN, Horizon, match_outcomes
from detente.methods.games.strategies.library import automaton, find_strategy
from detente.methods.games.strategies.zero_determinant import OutOfReach
from detente.results.finding import Finding
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.strategies import strategy_definitions
from detente.text.english import lower_first
from detente.text.number_format import format_number

NEGLIGIBLE_GAIN_SHARE = 1e-6
"""Gains from departing, as a share of the span of payoffs, that count for none."""


def noise_finding(case_games: Sequence[CaseGame]) -> Finding:
    """How much cooperation strategies keep at the case's noise, and whether either side would depart from them."""
    import polars as pl

    case = case_games[0].case
    own_strategies = strategy_definitions(case)
    strategies = [find_strategy(name, own_strategies) for name in dict.fromkeys(case.repetition.strategies)]
    rows, best_phrases = [], []
    for case_game in case_games:
        at_means = case_game.main_at_means
        noise_level, patience = case_game.game.noise.mean, float(at_means.patience[0])
        results = []
        first_payoffs, second_payoffs = (at_means.stage_games.side_payoffs(side, 0) for side in (0, 1))
        for strategy in strategies:
            try:
                first_automaton, second_automaton = (
                    automaton(strategy, first_payoffs, second_payoffs),
                    automaton(strategy, second_payoffs, first_payoffs),
                )
            except OutOfReach as error:
                rows.append(_unavailable_row(case_game.title, strategy.name, noise_level, str(error)))
                continue
            discounted_shares, long_run_shares = (
                match_outcomes(first_automaton, second_automaton, h, noise_level)
                for h in (Horizon(discount=patience), LONG_RUN)
            )
            gains = [
                best_response_gain(p, own_automaton, other_automaton, patience, noise_level)
                / (max(p.by_outcome) - min(p.by_outcome) or 1.0)
                for p, own_automaton, other_automaton in (
                    (first_payoffs, first_automaton, second_automaton),
                    (second_payoffs, second_automaton, first_automaton),
                )
            ]
            is_equilibrium = max(gains) <= NEGLIGIBLE_GAIN_SHARE
            results.append((float(discounted_shares[0]), strategy.name, is_equilibrium))
            rows.append(
                {
                    "game": case_game.title,
                    "strategy": strategy.name,
                    "noise": format_number(noise_level),
                    "soon": f"{100 * discounted_shares[0]:.1f}",
                    "long": f"{100 * long_run_shares[0]:.1f}",
                    "holds": "yes" if is_equilibrium else "no",
                    "gain": "" if is_equilibrium else f"{100 * max(gains):.2g}",
                }
            )
        best_phrases.append(f"on {lower_first(case_game.title)} {_best_strategy_phrase(results)}")
    return Finding(
        id="noise",
        title="What errors do to it",
        says=(
            "With moves that come out or are taken wrongly as often as the case says, of the strategies tried most "
            f"cooperation is kept {'; '.join(best_phrases)}."
        ),
        see=(
            "Both sides play the same: how often both cooperate, as rounds count by the patience there is and in the "
            f"long run, {by_view_phrase(case_games[0].main_theory.view)}; and whether either would do better otherwise."
        ),
        table=pl.DataFrame(rows),
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
        rests_on=tuple(dict.fromkeys([*(case_game.id for case_game in case_games), *case.strategies])),
    )


def _unavailable_row(game: str, strategy: str, noise_level: float, reason: str) -> dict[str, str]:
    """The row of a strategy that cannot do in a game what it is for."""
    return {
        "game": game,
        "strategy": strategy,
        "noise": format_number(noise_level),
        "soon": "",
        "long": "",
        "holds": "",
        "gain": f"not in this game: {reason}",
    }


def _best_strategy_phrase(results: Sequence[tuple[float, str, bool]]) -> str:
    """The strategy that keeps most cooperation, and the one of those that are kept to."""
    if not results:
        return "by none, for none can do in this game what it is for"
    share, name, is_equilibrium = max(results)
    phrase = f"by {name} ({100 * share:.0f} of 100 rounds"
    if is_equilibrium:
        return f"{phrase}, and neither would depart from it)"
    phrase += ", but it pays to depart from it"
    best_stable = max((result for result in results if result[2]), default=None)
    if best_stable is None:
        return f"{phrase}, as from all others)"
    return f"{phrase}; of those from which it does not, {best_stable[1]} keeps most, {100 * best_stable[0]:.0f})"
