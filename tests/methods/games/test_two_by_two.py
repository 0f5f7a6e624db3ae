"""Two-by-two games: equilibria, names, the 144, and what concern for relative gains makes of them."""

from __future__ import annotations

import csv
import warnings
from collections import Counter
from fractions import Fraction
from itertools import pairwise, permutations

import nashpy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.games.n_player import grim_discount_among_rivals
from detente.methods.games.ordinal_types import (
    SYMMETRIC_GAME_NAMES,
    game_name,
    ordinal_class_number,
    ordinal_games,
    payoff_orders,
    side_game_name,
)
from detente.methods.games.relative_gains_games import (
    concern_transitions,
    game_with_relative_gains,
    game_with_rival_weight,
)
from detente.methods.games.shadow_of_the_future import StageGames
from detente.methods.games.trust_and_reassurance import repeated_payoffs, trust_threshold
from detente.methods.games.two_by_two import (
    Payoffs,
    TwoByTwoGame,
    all_equilibria,
    equilibrium_components,
    expected_payoffs,
    game_between,
    pure_equilibria,
    symmetric_game,
)
from tests.conftest import SHARED

payoff = st.floats(-10, 10, allow_nan=False, width=32)
payoffs = st.builds(Payoffs, payoff, payoff, payoff, payoff)


def all_games() -> list[tuple[int, TwoByTwoGame]]:
    return [
        (number, TwoByTwoGame(np.array(rows, dtype=float).reshape(2, 2), np.array(columns, dtype=float).reshape(2, 2)))
        for number, rows, columns in ordinal_games()
    ]


def test_our_equilibria_are_nashpys_on_all_144():
    found = 0
    for _, game in all_games():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = {
                (round(float(p[0]), 9), round(float(q[0]), 9))
                for p, q in nashpy.Game(game.row, game.column).vertex_enumeration()
            }
        ours = all_equilibria(game)
        assert all(one.is_point for one in ours)
        assert corners(game) == theirs
        assert len(ours) == len(theirs) == len(equilibrium_components(game))
        found += len(ours)
    assert found == 180  # as Gambit counts them


def corners(game: TwoByTwoGame) -> set[tuple[float, float]]:
    """The extreme equilibria."""
    return {(round(p, 9), round(q, 9)) for one in all_equilibria(game) for p, q in one.corners}


def integer_games(count: int, most: int, seed: int) -> list[TwoByTwoGame]:
    """Games of small integers, most of them degenerate."""
    source = np.random.default_rng(seed)
    return [TwoByTwoGame(*source.integers(1, most + 2, (2, 2, 2)).astype(float)) for _ in range(count)]


def test_the_extreme_equilibria_of_degenerate_games_are_nashpys():
    """By vertices of the best-reply polytopes and by supports, of games with payoffs above 0, as nashpy wants them."""
    lines = 0
    for game in integer_games(120, 2, seed=1951):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            peer = nashpy.Game(game.row, game.column)
            theirs = {
                (round(float(p[0]), 9), round(float(q[0]), 9))
                for p, q in (*peer.vertex_enumeration(), *peer.support_enumeration())
            }
        assert theirs == corners(game), game
        lines += any(not one.is_point for one in all_equilibria(game))
    assert lines > 40


def test_every_best_reply_to_a_best_reply_is_in_a_set_and_nothing_else_is():
    """On a grid with all chances at which somebody is indifferent, in fractions."""
    lines = sorted({Fraction(a, b) for b in range(1, 7) for a in range(b + 1)})
    for game in integer_games(150, 3, seed=2002):
        row, column = ([[Fraction(x) for x in line] for line in side.tolist()] for side in (game.row, game.column))
        sets = all_equilibria(game)
        for p in lines:
            for q in lines:
                gain = sum(w * (row[0][j] - row[1][j]) for j, w in enumerate((q, 1 - q)))
                gain_column = sum(w * (column[i][0] - column[i][1]) for i, w in enumerate((p, 1 - p)))
                stable = all(
                    (x == 1 or more <= 0) and (x == 0 or more >= 0) for x, more in ((p, gain), (q, gain_column))
                )
                within = any(
                    one.p[0] - 1e-12 <= p <= one.p[1] + 1e-12 and one.q[0] - 1e-12 <= q <= one.q[1] + 1e-12
                    for one in sets
                )
                assert stable == within, (game, p, q)


def test_components_of_degenerate_games():
    """A line of equilibria, two lines that meet, a square, and a line beside a point."""
    line = game_between(Payoffs(T=2, R=2, P=4, S=1), Payoffs(T=6, R=3, P=2, S=3))
    (one,) = all_equilibria(line)
    assert (one.p, one.q) == ((0.0, 0.25), (1.0, 1.0))  # column: 3 >= 6 p + 2 (1 - p)
    corner = symmetric_game(T=1, R=1, P=0, S=0)  # what a side does is all the same to it
    assert [(one.p, one.q) for one in all_equilibria(corner)] == [((0.0, 1.0), (0.0, 1.0))]
    angle = game_between(Payoffs(T=1, R=1, P=0, S=1), Payoffs(T=1, R=1, P=0, S=1))
    assert {(one.p, one.q) for one in all_equilibria(angle)} == {((0.0, 1.0), (1.0, 1.0)), ((1.0, 1.0), (0.0, 1.0))}
    assert len(equilibrium_components(angle)) == 1
    apart = game_between(Payoffs(T=3, R=3, P=1, S=0), Payoffs(T=2, R=3, P=1, S=0))
    assert sorted(len(one) for one in equilibrium_components(apart)) == [1, 1]


@given(st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_the_worst_equilibrium_for_a_side_is_found_in_degenerate_games_too(values: list[int]):
    one, other = Payoffs(*values[:4]), Payoffs(*values[4:])
    stage = StageGames(
        *(np.array([[getattr(one, letter)], [getattr(other, letter)]], dtype=float) for letter in "TRPS")
    )
    game = stage.game_at(0)
    worst = [
        min(expected_payoffs(game, p, q)[side] for each in all_equilibria(game) for p, q in each.corners)
        for side in (0, 1)
    ]
    assert stage.punishment_payoffs[:, 0].tolist() == pytest.approx(worst, abs=1e-12)


def test_there_are_144_games_and_78_and_12():
    games = all_games()
    assert len({ordinal_class_number(game) for _, game in games}) == 144
    assert all(ordinal_class_number(game) == number for number, game in games)
    orders = list(permutations((1.0, 2.0, 3.0, 4.0)))
    labelled = [TwoByTwoGame(np.array(r).reshape(2, 2), np.array(c).reshape(2, 2)) for r in orders for c in orders]
    assert len(labelled) == 576
    assert Counter(Counter(ordinal_class_number(game) for game in labelled).values()) == {4: 144}
    either = {
        frozenset((ordinal_class_number(game), ordinal_class_number(TwoByTwoGame(game.column.T, game.row.T))))
        for _, game in games
    }
    assert len(either) == 78
    assert len({ordinal_class_number(symmetric_game(*ranked)) for ranked in orders}) == 12


def test_how_many_pure_equilibria_they_have():
    games = all_games()
    counts = {number: len(pure_equilibria(game)) for number, game in games}
    assert Counter(counts.values()) == {1: 108, 2: 18, 0: 18}
    mirrored = {number: ordinal_class_number(TwoByTwoGame(game.column.T, game.row.T)) or 0 for number, game in games}
    once = [number for number in counts if number <= mirrored[number]]
    assert Counter(counts[number] for number in once) == {1: 57, 2: 12, 0: 9}

    def inferior(game: TwoByTwoGame) -> bool:
        stable = pure_equilibria(game)
        if len(stable) != 1:
            return False
        return bool(((game.row > game.row[stable[0]]) & (game.column > game.column[stable[0]])).any())

    assert sum(inferior(game) for _, game in games) == 7
    assert sum(inferior(game) for number, game in games if number in once) == 4


@pytest.mark.skipif(not (SHARED / "anchors" / "games").is_dir(), reason="needs the anchors")
def test_our_144_are_the_ones_enumerated_elsewhere():
    with (SHARED / "anchors" / "games" / "ordinal_2x2_144.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            rows = [float(line[f"r_{cell}"]) for cell in ("UL", "UR", "DL", "DR")]
            columns = [float(line[f"c_{cell}"]) for cell in ("UL", "UR", "DL", "DR")]
            game = TwoByTwoGame(np.array(rows).reshape(2, 2), np.array(columns).reshape(2, 2))
            assert ordinal_class_number(game) == int(line["id"])
            assert len(pure_equilibria(game)) == int(line["n_pure_nash"])


@pytest.mark.parametrize(
    ("T", "R", "P", "S", "name"),
    [
        (5, 3, 1, 0, "Prisoner's Dilemma"),
        (4, 3, 1, 2, "Chicken"),
        (3, 4, 2, 0, "Stag Hunt"),
        (4, 2, 3, 1, "Deadlock"),
        (2, 4, 1, 3, "Harmony"),
        (3, 4, 3, 0, "Stag Hunt or Assurance"),
        (3, 3, 1, 0, "Prisoner's Dilemma or Stag Hunt"),
        (0, 1, 3, 5, "Prisoner's Dilemma, moves swapped"),
        (1, 1, 1, 1, "Indifference"),
    ],
)
def test_games_have_their_names(T: float, R: float, P: float, S: float, name: str):
    assert game_name(symmetric_game(T, R, P, S)) == name


def test_games_of_two_that_see_different_ones():
    dilemma, chicken, deadlock = Payoffs(4, 3, 2, 1), Payoffs(4, 3, 1, 2), Payoffs(4, 2, 3, 1)
    assert game_name(game_between(dilemma, chicken)) == "Called Bluff"
    assert game_name(game_between(chicken, deadlock)) == "Bully"
    assert game_name(game_between(dilemma, deadlock)) == "Prisoner's Dilemma against Deadlock"


def test_neighbours_in_the_table_of_names_are_one_swap_apart():
    """Robinson and Goforth's order: swapping two payoffs next to each other goes from one name to the next."""
    for ring in (
        ["Prisoner's Dilemma", "Chicken", "Leader", "Hero", "Compromise", "Deadlock", "Prisoner's Dilemma"],
        ["Stag Hunt", "Concord", "Harmony", "Peace", "Coordination", "Assurance", "Stag Hunt"],
    ):
        orders = {name: one for one, name in SYMMETRIC_GAME_NAMES.items()}
        for one, other in pairwise(ring):
            assert sum(a != b for a, b in zip(orders[one], orders[other], strict=True)) == 2


@given(payoffs)
def test_a_side_has_as_many_orders_as_ways_to_break_its_ties(side: Payoffs):
    ties = Counter((side.T, side.R, side.P, side.S))
    expected = np.prod([[1, 1, 2, 6, 24][count] for count in ties.values()])
    assert len(payoff_orders(side)) == expected


def test_where_relative_gains_change_the_game():
    """Stag Hunt to Prisoner's Dilemma at (R - T) / (T - S), Chicken at (S - P) / (T - S); a dilemma stays one."""
    (hunt,) = concern_transitions(symmetric_game(3, 4, 1, 0))
    assert (hunt.kind_before, hunt.kind_after) == ("Stag Hunt", "Prisoner's Dilemma")
    assert hunt.k == pytest.approx((4 - 3) / (3 - 0), abs=1e-12)
    (chicken,) = concern_transitions(symmetric_game(4, 3, 0, 1))
    assert (chicken.kind_before, chicken.kind_after) == ("Chicken", "Prisoner's Dilemma")
    assert chicken.k == pytest.approx(1 / 3)
    assert concern_transitions(symmetric_game(5, 3, 1, 0)) == []


def test_the_two_forms_of_concern_are_one_order():
    """V - rho W, from which V - k (W - V) comes by k = rho / (1 - rho), up to the scale."""
    game = symmetric_game(5, 3, 1, 0)
    for rho in (0.1, 0.25, 0.5):
        k = rho / (1 - rho)
        assert np.allclose(game_with_rival_weight(game, rho).row / (1 - rho), game_with_relative_gains(game, k).row)
    assert np.allclose(game_with_rival_weight(game, 1.0).row, -game_with_rival_weight(game, 1.0).column)


@given(payoffs, payoffs, st.floats(0, 5), st.floats(0, 5), st.floats(0, 0.99))
def test_the_games_of_many_draws_are_those_one_by_one(
    one: Payoffs, other: Payoffs, k: float, k_other: float, discount: float
):
    stage = StageGames(*(np.array([[getattr(one, letter)], [getattr(other, letter)]]) for letter in "TRPS"))
    seen = stage.with_relative_gains(np.array([[k], [k_other]]))
    game = game_with_relative_gains(game_between(one, other), k, k_other)
    for side in (0, 1):
        mine, theirs = seen.side_payoffs(side, 0), game.sides[side]
        assert mine.by_outcome == pytest.approx(theirs.by_outcome, abs=1e-9)
        over_time = seen.repeated_game(np.array([discount])).side_payoffs(side, 0)
        assert over_time.by_outcome == pytest.approx(repeated_payoffs(mine, discount).by_outcome, abs=1e-9)
        if abs(mine.P - mine.S) > 1e-9 and abs((mine.R - mine.T) + (mine.P - mine.S)) > 1e-9:
            assert float(seen.trust_thresholds[side, 0]) == pytest.approx(trust_threshold(mine), abs=1e-9)
    game = seen.game_at(0)
    worst = [
        min(expected_payoffs(game, p, q)[side] for each in all_equilibria(game) for p, q in each.corners)
        for side in (0, 1)
    ]
    assert seen.punishment_payoffs[:, 0].tolist() == pytest.approx(worst, abs=1e-9)


def test_a_side_alone_is_told_by_its_own_order():
    assert side_game_name(Payoffs(4, 3, 2, 1)) == "Prisoner's Dilemma"


@pytest.mark.parametrize(
    ("r", "expected"),
    [
        (1.0, {2: 1.0, 3: 0.7778, 4: 0.6923, 5: 0.6471, 10: 0.5676, 50: 0.5127}),
        (0.5, {2: 0.7778, 3: 0.6471, 4: 0.6, 5: 0.5758, 10: 0.5342, 50: 0.5064}),
    ],
)
def test_relative_gains_matter_less_among_more(r: float, expected: dict[int, float]):
    for n, patience in expected.items():
        assert grim_discount_among_rivals(Payoffs(5, 3, 1, 0), r, n) == pytest.approx(patience, abs=5e-5)
