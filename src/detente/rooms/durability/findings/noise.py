"""What errors do to cooperation: how much of it strategies keep, and whether they would be kept to."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.games.critical_discount import gain
from detente.methods.games.repeated.markov_play import LONG_RUN, Horizon, played
from detente.methods.games.strategies.library import automaton, find_strategy
from detente.methods.games.strategies.zero_determinant import OutOfReach
from detente.results.finding import Finding
from detente.rooms.durability.model.case_games import Match
from detente.rooms.durability.model.strategies import strategy_definitions
from detente.text.english import within
from detente.text.number_format import number

KEPT = 1e-6
"""Gains from departing, as a share of the span of payoffs, that count for none."""


def noise(matches: Sequence[Match]) -> Finding:
    """How much cooperation strategies keep at the case's noise, and whether either side would depart from them."""
    import polars as pl

    case = matches[0].case
    own_strategies = strategy_definitions(case)
    known = [find_strategy(name, own_strategies) for name in dict.fromkeys(case.repetition.strategies)]
    rows, best = [], []
    for match in matches:
        middle = match.middle
        wrong, patience = match.game.noise.mean, float(middle.patience[0])
        kept = []
        one, other = (middle.stage.payoffs(side, 0) for side in (0, 1))
        for strategy in known:
            try:
                mine, yours = automaton(strategy, one, other), automaton(strategy, other, one)
            except OutOfReach as error:
                rows.append(_not_here(match.title, strategy.name, wrong, str(error)))
                continue
            soon, long = (played(mine, yours, h, wrong) for h in (Horizon(discount=patience), LONG_RUN))
            gains = [
                gain(p, own, its, patience, wrong) / (max(p.by_outcome) - min(p.by_outcome) or 1.0)
                for p, own, its in ((one, mine, yours), (other, yours, mine))
            ]
            holds = max(gains) <= KEPT
            kept.append((float(soon[0]), strategy.name, holds))
            rows.append(
                {
                    "game": match.title,
                    "strategy": strategy.name,
                    "noise": number(wrong),
                    "soon": f"{100 * soon[0]:.1f}",
                    "long": f"{100 * long[0]:.1f}",
                    "holds": "yes" if holds else "no",
                    "gain": "" if holds else f"{100 * max(gains):.2g}",
                }
            )
        best.append(f"on {within(match.title)} {_most(kept)}")
    return Finding(
        id="noise",
        title="What errors do to it",
        says=(
            "With moves that come out or are taken wrongly as often as the case says, of the strategies tried most "
            f"cooperation is kept {'; '.join(best)}."
        ),
        see=(
            "Both sides play the same: how often both cooperate, as rounds count by the patience there is and in the "
            f"long run, {matches[0].main.view.by}; and whether either would do better otherwise."
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
        rests_on=tuple(dict.fromkeys([*(match.id for match in matches), *case.strategies])),
    )


def _not_here(game: str, strategy: str, wrong: float, why: str) -> dict[str, str]:
    """The row of a strategy that cannot do in a game what it is for."""
    return {
        "game": game,
        "strategy": strategy,
        "noise": number(wrong),
        "soon": "",
        "long": "",
        "holds": "",
        "gain": f"not in this game: {why}",
    }


def _most(kept: Sequence[tuple[float, str, bool]]) -> str:
    """The strategy that keeps most cooperation, and the one of those that are kept to."""
    if not kept:
        return "by none, for none can do in this game what it is for"
    share, name, holds = max(kept)
    said = f"by {name} ({100 * share:.0f} of 100 rounds"
    if holds:
        return f"{said}, and neither would depart from it)"
    said += ", but it pays to depart from it"
    stable = max((one for one in kept if one[2]), default=None)
    if stable is None:
        return f"{said}, as from all others)"
    return f"{said}; of those from which it does not, {stable[1]} keeps most, {100 * stable[0]:.0f})"
