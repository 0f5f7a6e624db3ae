"""The findings on whether cooperation would last: which game it is by each theory, and what patience it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.methods.games.equilibrium_payoffs import sustainable_payoffs
from detente.methods.games.ordinal_types import GAME_DESCRIPTIONS, game_name, ordinal_class_number
from detente.methods.games.two_by_two import EquilibriumSet, TwoByTwoGame, all_equilibria, pure_equilibria
from detente.results.finding import Finding, Robustness
from detente.rooms.durability.findings.charts.patience import PatienceNeed, patience_chart, shape_legend
from detente.rooms.durability.findings.charts.payoff_matrices import PayoffMatrix, payoff_matrices_chart
from detente.rooms.durability.findings.text import (
    SURE_SHARE,
    by_view_phrase,
    format_patience_interval,
    lasting_verdict,
    view_title,
)
from detente.rooms.durability.model.case_games import CaseGame, GameUnderTheory
from detente.rooms.durability.model.draw_quantiles import quantiles
from detente.text.english import count_noun, join_words, lower_first
from detente.text.number_format import format_number, per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEGLIGIBLE_GAIN = 1e-6
"""Gains beside mutual defection that are none."""


def game_kinds_finding(case_games: Sequence[CaseGame]) -> Finding:
    """Which game each theory makes of each issue."""
    import polars as pl

    rows, matrices = [], []
    for case_game in case_games:
        for under_theory, at_means in zip(case_game.by_theory, case_game.by_theory_at_means, strict=True):
            game = at_means.stage_games.game_at(0)
            rows.append(
                {
                    "game": case_game.title,
                    "theory": view_title(under_theory.view),
                    "kind": game_name(game),
                    "class": str(ordinal_class_number(game) or "equal payoffs"),
                    "stable": "; ".join(_format_equilibrium_set(entry) for entry in all_equilibria(game)),
                    "draws": ", ".join(
                        f"{name} {per_hundred(share)}"
                        for name, share in list(under_theory.stage_games.game_kind_shares.items())[:3]
                    ),
                    "entry": case_game.id,
                }
            )
            matrices.append(
                PayoffMatrix(case_game.title, view_title(under_theory.view), game_name(game), _matrix_cells(game))
            )
    side_names = case_games[0].side_names
    changed_games = [
        m for m in case_games if len({game_name(entry.stage_games.game_at(0)) for entry in m.by_theory_at_means}) > 1
    ]
    kinds = list(dict.fromkeys(str(row["kind"]) for row in rows))
    kind_meanings = "; ".join(f"{name}: {GAME_DESCRIPTIONS[name]}" for name in kinds if name in GAME_DESCRIPTIONS)
    if changed_games:
        changes = join_words(f"{m.title} ({_games_by_theory_phrase(m)})" for m in changed_games)
        says = (
            "At the central estimates theories make different games of "
            f"{count_noun(len(changed_games), 'issue')}: {changes}."
        )
    else:
        says = "At the central estimates every theory makes the same game of each issue."
    return Finding(
        id="games",
        title="Which game each theory makes of each issue",
        says=f"{says} What the names mean: {kind_meanings}." if kind_meanings else says,
        see=(
            f"Rows are the moves of {side_names[0]}, columns those of {side_names[1]}, cooperating first; its "
            "payoff stands "
            "first. Grey cells are equilibria of a single round; the table has those in mixed moves, too."
        ),
        table=pl.DataFrame(rows),
        headers={
            "kind": "game at the means",
            "class": "class of 144",
            "stable": f"equilibria of a round: how likely {side_names[0]}, {side_names[1]} cooperate",
            "draws": "games, of 100 draws",
        },
        links=("entry",),
        chart=payoff_matrices_chart(matrices, side_names),
        method=(
            "Only the order of payoffs makes the game (Robinson and Goforth 2005; names as in "
            "Bruns 2015, those of two different orders after Snyder and Diesing 1977; the numbers of the 144 classes "
            "are our own). A concern k for relative gains makes V - k (W - V) of a payoff V beside the other's W "
            "(Grieco 1988)."
        ),
        rests_on=tuple(dict.fromkeys(id for case_game in case_games for id in case_game.rests_on)),
    )


def _format_equilibrium_set(equilibrium_set: EquilibriumSet) -> str:
    """The chances of either side: `1, 1`, or `0 to .29, 1` where all chances in a span are equilibria."""
    chances = (
        format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"
        for low, high in (equilibrium_set.p, equilibrium_set.q)
    )
    return ", ".join(chances)


def _games_by_theory_phrase(case_game: CaseGame) -> str:
    return ", ".join(
        f"{by_view_phrase(at_means.view)} {game_name(at_means.stage_games.game_at(0))}"
        for at_means in case_game.by_theory_at_means
    )


def _matrix_cells(game: TwoByTwoGame) -> list[tuple[int, int, str, bool]]:
    stable_cells = pure_equilibria(game)
    return [
        (i, j, f"{format_number(game.row[i, j])}, {format_number(game.column[i, j])}", (i, j) in stable_cells)
        for i in range(2)
        for j in range(2)
    ]


def patience_finding(case_games: Sequence[CaseGame]) -> Finding:
    """Whether cooperation lasts in each game by each theory, and by what margin."""
    import polars as pl

    rows, needs, available_patience = [], [], {}
    for case_game in case_games:
        low, _, high = quantiles(case_game.main_theory.patience)
        available_patience[case_game.title] = (low, high) if high > low else (low - 0.004, low + 0.004)
        for under_theory, at_means in zip(case_game.by_theory, case_game.by_theory_at_means, strict=True):
            needs.append(
                PatienceNeed(case_game.title, view_title(under_theory.view), *quantiles(under_theory.critical_patience))
            )
            rows.append(
                {
                    "game": case_game.title,
                    "theory": view_title(under_theory.view),
                    "needed": format_patience_interval(under_theory.critical_patience),
                    "there": format_patience_interval(under_theory.patience),
                    "margin": _format_margin(under_theory),
                    "lasts": per_hundred(under_theory.lasting_share),
                    "trust": _format_trust_needed(float(at_means.trust_needed[0])),
                    "begins": per_hundred(under_theory.beginning_share),
                }
            )
    return Finding(
        id="patience",
        title="Whether cooperation would last",
        says=_lasting_sentences(case_games),
        see=(
            f"Lines: the patience needed, 5 to 95 of 100 draws ({shape_legend(needs)}; at 1: none is enough). "
            "Grey: the "
            "patience there is. Cooperation lasts where the grey is to the right."
        ),
        table=pl.DataFrame(rows),
        headers={
            "needed": "patience needed (5 to 95 of 100)",
            "there": "patience there is",
            "margin": "margin",
            "lasts": "lasts, of 100",
            "trust": "trust needed to begin, at the means",
            "begins": "begins on even chances, of 100",
        },
        chart=patience_chart(needs, available_patience),
        method=(
            "Who defects gains T - R at once; if the equilibrium of a round that is worst for it follows for ever, "
            "that does not pay from a discount factor of (T - R) / (T - N) on (Friedman 1971; Axelrod 1984); or mutual "
            "defection follows for a while, where that asks for less (after Abreu 1988). To begin, a side must think "
            "the other's cooperation likely enough: (P - S) / ((R - T) + (P - S)), with payoffs over all rounds, of "
            "cooperating until betrayed and of defecting (after Skyrms 2004; at one half this is the risk dominance "
            "of Blonski and Spagnolo 2015). There the sucker's payoff S counts, and in the patience needed only "
            "through concern for relative gains."
        ),
        rests_on=tuple(dict.fromkeys(id for case_game in case_games for id in case_game.rests_on)),
        robustness=_lasting_robustness(case_games),
    )


def _lasting_sentences(case_games: Sequence[CaseGame]) -> str:
    """In how many draws cooperation lasts in each game, by each theory."""
    theory_sets = {tuple(view_title(entry.view) for entry in case_game.by_theory) for case_game in case_games}
    if len(theory_sets) > 1:
        game_clauses = [
            f"on {lower_first(m.title)} "
            f"{join_words(f'{by_view_phrase(s.view)} {per_hundred(s.lasting_share)}' for s in m.by_theory)}"
            for m in case_games
        ]
        text = (
            "In so many of 100 draws cooperation, once begun and as long as nobody errs, lasts: "
            f"{'; '.join(game_clauses)}."
        )
    else:
        game_titles = join_words(lower_first(case_game.title) for case_game in case_games)
        theory_clauses = [
            f"by {lower_first(title)} "
            f"{join_words(per_hundred(case_game.by_theory[index].lasting_share) for case_game in case_games)}"
            for index, title in enumerate(next(iter(theory_sets)))
        ]
        order_words = " in this order:" if len(case_games) > 1 else ""
        text = f"In so many of 100 draws cooperation, once begun and as long as nobody errs, lasts on {game_titles},"
        text += f"{order_words} {'; '.join(theory_clauses)}."
    split_games = [
        m for m in case_games if len({under_theory.lasting_share >= 0.5 for under_theory in m.by_theory}) > 1
    ]
    if split_games:
        text += (
            f" On {join_words(lower_first(m.title) for m in split_games)} theories are on different sides "
            "of an even chance."
        )
    return text


def _format_margin(under_theory: GameUnderTheory) -> str:
    """How much more patience there is than needed, with its spread."""
    low, middle, high = quantiles(under_theory.patience - under_theory.critical_patience)
    words = [f"{x:+.2f}" if abs(x) < 1.5 else "none is enough" for x in (middle, low, high)]
    return words[0] if low == high else f"{words[0]} ({words[1]} to {words[2]})"


def _format_trust_needed(trust_needed: float) -> str:
    return format_number(trust_needed) if trust_needed <= 1 else "would not last"


def _lasting_robustness(case_games: Sequence[CaseGame]) -> Robustness:
    """How well the verdicts stand: the weakest of them."""
    verdicts = {lasting_verdict(under_theory.lasting_share) for m in case_games for under_theory in m.by_theory}
    unsure_titles = [
        lower_first(m.title)
        for m in case_games
        if any(lasting_verdict(under_theory.lasting_share) == "unsure" for under_theory in m.by_theory)
    ]
    split_titles = [
        lower_first(m.title)
        for m in case_games
        if {"yes", "no"} <= {lasting_verdict(under_theory.lasting_share) for under_theory in m.by_theory}
    ]
    if split_titles:
        return Robustness("fragile", f"on {join_words(split_titles)} the answer turns on the theory")
    if unsure_titles:
        return Robustness("fragile", f"on {join_words(unsure_titles)} it turns on numbers that are assumed")
    return Robustness(
        "robust", f"in {round(100 * SURE_SHARE)} of 100 draws or more by every theory" if verdicts else ""
    )


def _sustainable_corners(game: TwoByTwoGame, patience: float) -> list[tuple[float, float]]:
    """The set of sustainable payoffs; nothing where it does not settle."""
    try:
        return sustainable_payoffs(game, patience)
    except ArithmeticError:
        return []


def best_sustained_finding(case_games: Sequence[CaseGame]) -> Finding:
    """The most that both can sustain at the central estimates, by any strategies."""
    import polars as pl

    rows = []
    for case_game in case_games:
        for at_means in case_game.by_theory_at_means:
            game, patience = at_means.stage_games.game_at(0), float(at_means.patience[0])
            is_lasting = bool(at_means.critical_patience[0] <= patience)
            full_payoffs = (float(game.row[0, 0]), float(game.column[0, 0]))
            joint_payoff = sum(full_payoffs)
            # Where full cooperation lasts and nothing in the game is worth more, there is nothing to look for.
            is_full_best = is_lasting and joint_payoff >= float((game.row + game.column).max()) - 1e-12
            best_payoffs = (
                full_payoffs if is_full_best else max(_sustainable_corners(game, patience), key=sum, default=None)
            )
            defection_payoff = float(game.row[1, 1] + game.column[1, 1])
            rows.append(
                {
                    "game": case_game.title,
                    "theory": view_title(at_means.view),
                    "both": f"{joint_payoff:.2f}",
                    "best": f"{sum(best_payoffs):.2f}" if best_payoffs else "not found in pure moves",
                    "each": " and ".join(f"{x:.2f}" for x in best_payoffs) if best_payoffs else "",
                    "lasting": "yes" if is_lasting else "no",
                    "something": "yes"
                    if best_payoffs
                    and sum(best_payoffs) - defection_payoff > NEGLIGIBLE_GAIN * max(abs(joint_payoff), 1)
                    else "",
                }
            )
    failing_rows = [row for row in rows if row["lasting"] == "no"]
    partial_rows = [row for row in failing_rows if row["something"]]
    says = "At the central estimates full cooperation lasts in every game by every theory."
    if failing_rows:
        instances = join_words(f"{lower_first(row['game'])} by {lower_first(row['theory'])}" for row in failing_rows)
        says = f"At the central estimates full cooperation does not last on {instances}; "
        says += (
            f"something less would last in {count_noun(len(partial_rows), 'instance')} of {len(failing_rows)}."
            if partial_rows
            else "and nothing less than it was found that would, in pure moves."
        )
    return Finding(
        id="best",
        title="The most that both can sustain",
        says=says,
        see="At the central estimates: what both together get if both cooperate, and the most that lasts by any "
        "strategies.",
        table=pl.DataFrame(rows).drop("something"),
        headers={
            "both": "both cooperating, together",
            "best": "the most that lasts, together",
            "each": "of it, to either",
            "lasting": "full cooperation lasts",
        },
        method=(
            "The set of payoffs of subgame-perfect equilibria in pure moves with public dice, as the largest set that "
            "sustains itself (Abreu, Pearce and Stacchetti 1990; the polygons after Abreu and Sannikov 2014)."
        ),
        rests_on=tuple(case_game.id for case_game in case_games),
    )
