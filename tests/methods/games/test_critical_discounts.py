"""What patience cooperation takes: closed forms, best responses, what can be sustained, games of many."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.methods.games.critical_discount import (
    NoDilemma,
    best_response,
    best_response_gain,
    equilibrium_discounts,
    finite_punishment_discount,
    grim_trigger_discount,
    nash_reversion_discount,
    profitable_deviations,
    risk_dominance_discount,
    tit_for_tat_discount,
    win_stay_lose_shift_discount,
)
from detente.methods.games.equilibrium_payoffs import sustainable_payoffs
from detente.methods.games.n_player import (
    full_cooperation_discount,
    mixed_contribution_chances,
    n_player_relative_gains,
    public_good_critical_discount,
    public_good_game,
    stable_cooperator_counts,
    threshold_game,
    viable_coalition_size,
)
from detente.methods.games.relative_gains_games import game_with_relative_gains
from detente.methods.games.repeated.markov_play import Horizon, match_outcomes
from detente.methods.games.shadow_of_the_future import StageGames
from detente.methods.games.strategies.automaton import Automaton, automaton_from_states, memory_one_automaton
from detente.methods.games.strategies.library import automaton, find_strategy
from detente.methods.games.two_by_two import Payoffs, symmetric_game
from tests.conftest import SHARED

AXELROD = Payoffs(5, 3, 1, 0)
GRIM, TFT, WSLS = (memory_one_automaton(after) for after in ([1, 0, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]))
ALLD = memory_one_automaton([0, 0, 0, 0], 0.0)
ANCHORS = SHARED / "anchors" / "games" / "computed_anchors.json"


def starts(payoffs: Payoffs, automaton: Automaton) -> float:
    """From which discount on an automaton is an equilibrium against itself; infinite if from none."""
    found = equilibrium_discounts(payoffs, automaton)
    return found[-1][0] if found and found[-1][1] == 1.0 else math.inf


@pytest.mark.parametrize(
    ("payoffs", "expected"),
    [((5, 3, 1, 0), (0.5, 2 / 3, 1.0)), ((4, 3, 1, 0), (1 / 3, 1 / 3, 0.5)), ((3, 2, 0, -1), (1 / 3, 1 / 3, 0.5))],
)
def test_critical_discounts_in_closed_form_and_by_best_response(
    payoffs: tuple[float, ...], expected: tuple[float, float, float]
):
    one = Payoffs(*payoffs)
    assert (grim_trigger_discount(one), tit_for_tat_discount(one), win_stay_lose_shift_discount(one)) == pytest.approx(
        expected, abs=1e-12
    )
    for made, discount in zip((GRIM, TFT, WSLS), expected, strict=True):
        assert starts(one, made) == pytest.approx(discount if discount < 1 else math.inf, abs=1e-8)


def test_what_no_discount_deters():
    one = Payoffs(10, 4, 1, -2)
    assert tit_for_tat_discount(one) == 1.0
    assert win_stay_lose_shift_discount(one) == 2.0
    assert starts(one, TFT) == starts(one, WSLS) == math.inf
    assert starts(one, GRIM) == pytest.approx(2 / 3, abs=1e-8)


def test_a_punishment_of_k_rounds():
    one = Payoffs(4, 3, 1, 0)
    assert finite_punishment_discount(one, 1) == pytest.approx(0.5, abs=1e-12)
    assert finite_punishment_discount(AXELROD, 1) == 1.0
    golden = (math.sqrt(5) - 1) / 2
    assert finite_punishment_discount(AXELROD, 2) == pytest.approx(golden, abs=1e-12)
    assert finite_punishment_discount(AXELROD, 60) == pytest.approx(grim_trigger_discount(AXELROD), abs=1e-9)
    # By best response: two rounds of defecting together, then cooperation again.
    rounds = {
        "c": (1.0, {"CC": "c", "CD": "p", "DC": "p", "DD": "p"}),
        "p": (0.0, {"C": "q", "D": "q"}),
        "q": (0.0, {"C": "c", "D": "c"}),
    }
    assert starts(AXELROD, automaton_from_states(rounds)) == pytest.approx(golden, abs=1e-8)


@pytest.mark.parametrize(
    ("k", "by_grim", "by_tft"),
    [
        (0, 0.5, 0.6667),
        (0.25, 0.6190, 0.7647),
        (0.5, 0.6923, 0.8182),
        (1, 0.7778, 0.8750),
        (2, 0.8571, 0.9231),
        (5, 0.9310, 0.9643),
    ],
)
def test_relative_gains_ask_for_more_patience(k: float, by_grim: float, by_tft: float):
    one = game_with_relative_gains(symmetric_game(5, 3, 1, 0), k).sides[0]
    assert grim_trigger_discount(one) == pytest.approx(by_grim, abs=5e-5)
    assert tit_for_tat_discount(one) == pytest.approx(by_tft, abs=5e-5)
    assert starts(one, GRIM) == pytest.approx(grim_trigger_discount(one), abs=1e-8)
    assert starts(one, TFT) == pytest.approx(tit_for_tat_discount(one), abs=1e-8)
    draws = StageGames(*(np.full((2, 1), float(x)) for x in (5, 3, 1, 0))).with_relative_gains(
        np.full((2, 1), float(k))
    )
    assert draws.critical_discount[:, 0].tolist() == pytest.approx([grim_trigger_discount(one)] * 2, abs=1e-12)


def test_payoffs_that_make_no_dilemma_are_told():
    with pytest.raises(NoDilemma, match="not better than both cooperating"):
        grim_trigger_discount(Payoffs(3, 4, 1, 0))
    with pytest.raises(NoDilemma, match="not better than neither"):
        tit_for_tat_discount(Payoffs(4, 2, 3, 1))
    assert nash_reversion_discount(Payoffs(3, 4, 1, 0), 1) == 0.0
    assert nash_reversion_discount(Payoffs(4, 2, 3, 1), 3) == math.inf


def test_where_cooperating_is_the_less_risky():
    """At that discount each needs even chances that the other cooperates (Blonski and Spagnolo 2015)."""
    assert risk_dominance_discount(AXELROD) == pytest.approx(0.6)
    stage = StageGames(*(np.full((2, 1), float(x)) for x in (5, 3, 1, 0)))
    assert stage.repeated_game(np.array([0.6])).trust_thresholds[:, 0].tolist() == pytest.approx([0.5, 0.5])


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.floats(0, 0.95), st.floats(0, 0.2))
@settings(deadline=None)
def test_no_strategy_does_better_than_the_best_response(chances: list[float], discount: float, noise: float):
    other = memory_one_automaton(chances[:4], chances[4])
    best = best_response(AXELROD, other, discount, noise).start_value
    for own in (GRIM, TFT, WSLS, ALLD, memory_one_automaton([1, 1, 1, 1]), memory_one_automaton(chances[::-1][:4])):
        value = match_outcomes(own, other, Horizon(discount=discount), noise) @ AXELROD.by_outcome
        assert value <= best + 1e-9


def test_one_shot_deviations():
    """Grim and win-stay lose-shift are equilibria after every history; tit for tat only from the beginning."""
    easy = Payoffs(4, 3, 1, 0)
    assert profitable_deviations(easy, WSLS, WSLS, 0.6) == []
    assert profitable_deviations(easy, GRIM, GRIM, 0.6) == []
    assert best_response_gain(easy, TFT, TFT, 0.6) < 1e-12
    assert profitable_deviations(easy, TFT, TFT, 0.6) != []
    assert profitable_deviations(easy, WSLS, WSLS, 0.4) != []
    assert equilibrium_discounts(easy, TFT, subgame_perfect=True) == []


def test_what_can_be_sustained():
    """Full cooperation from the discount on that grim trigger needs; below the least of all, only mutual defection."""
    game = symmetric_game(5, 3, 1, 0)
    best = max(sustainable_payoffs(game, 0.5001), key=lambda point: min(point))
    assert best == pytest.approx((3, 3), abs=1e-6)
    assert all(min(point) < 3 - 1e-3 for point in sustainable_payoffs(game, 0.45))
    assert np.allclose(sustainable_payoffs(game, 0.1), [(1, 1)], atol=1e-6)
    assert (
        sustainable_payoffs(StageGames(*(np.array([[x], [-x]]) for x in (1.0, -1.0, -1.0, 1.0))).game_at(0), 0.9) == []
    )
    hunt = sustainable_payoffs(symmetric_game(3, 4, 2, 0), 0.0)
    assert sorted(hunt) == [(2.0, 2.0), (4.0, 4.0)]


@given(st.floats(0.05, 0.95), st.tuples(*[st.floats(-3, 3)] * 4))
@example(0.375, (0.0, 0.0, 3.0, 1.5))  # a corner that shrinks along a side
@settings(deadline=None, max_examples=60)
def test_what_is_sustained_sustains_itself(discount: float, given_payoffs: tuple[float, ...]):
    """Every corner is a round nobody would leave and something in the set after it (Abreu and others 1990)."""
    game = symmetric_game(*(round(x, 2) for x in given_payoffs))
    corners = sustainable_payoffs(game, discount)
    if len(corners) < 3:
        return
    worst = [min(point[axis] for point in corners) for axis in (0, 1)]
    for point in corners:
        ways = []
        for i in range(2):
            for j in range(2):
                now = np.array([game.row[i, j], game.column[i, j]])
                after = (np.array(point) - (1 - discount) * now) / discount
                tempted = np.array([game.row[:, j].max(), game.column[i].max()])
                holds = (np.array(point) >= (1 - discount) * tempted + discount * np.array(worst) - 1e-6).all()
                ways.append(holds and _inside(after, corners))
        assert any(ways)


def _inside(point: np.ndarray, corners: list[tuple[float, float]]) -> bool:
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) < -1e-5:
            return False
    return True


@pytest.mark.parametrize(
    ("multiplier", "expected"),
    [(1.5, {2: 0.3333, 3: 0.5, 5: 0.5833, 10: 0.6296, 100: 0.6633}), (3.0, {5: 0.1667, 10: 0.2593, 100: 0.3266})],
)
def test_public_goods(multiplier: float, expected: dict[int, float]):
    for n, patience in expected.items():
        assert public_good_critical_discount(n, multiplier) == pytest.approx(patience, abs=5e-5)
        assert full_cooperation_discount(public_good_game(n, multiplier)) == pytest.approx(
            public_good_critical_discount(n, multiplier), abs=1e-12
        )
    assert public_good_critical_discount(10**6, multiplier) == pytest.approx(1 / multiplier, abs=1e-5)


def test_games_of_many():
    good = public_good_game(5, 1.5)
    assert stable_cooperator_counts(good) == [0]
    assert viable_coalition_size(good) == 4  # 4 * 1.5 / 5 > 1
    enough = threshold_game(5, 3, 10, 2)
    assert stable_cooperator_counts(enough) == [0, 3]
    for p in mixed_contribution_chances(5, 3, 10, 2):
        assert 6 * p**2 * (1 - p) ** 2 * 10 == pytest.approx(2, abs=1e-9)
    assert len(mixed_contribution_chances(5, 3, 10, 2)) == 2
    assert mixed_contribution_chances(5, 3, 1, 2) == []
    with pytest.raises(ValueError, match="below n"):
        public_good_critical_discount(3, 4)
    # Two that share a good are in a Prisoner's Dilemma, and mind each other as two do.
    two = n_player_relative_gains(public_good_game(2, 1.5), 0.3).payoffs_against_all
    plain = public_good_game(2, 1.5).payoffs_against_all
    assert pytest.approx(plain.T - 0.3 * plain.S) == two.T
    assert pytest.approx(plain.S - 0.3 * plain.T) == two.S


@pytest.mark.skipif(not ANCHORS.is_file(), reason="needs the anchors")
def test_the_anchors_of_relative_gains_and_public_goods():
    found = json.loads(ANCHORS.read_text(encoding="utf-8"))
    for row in found["relgains_k"]:
        one = game_with_relative_gains(symmetric_game(5, 3, 1, 0), row["k"]).sides[0]
        assert grim_trigger_discount(one) == pytest.approx(row["delta_grim"], abs=1e-12)
        assert tit_for_tat_discount(one) == pytest.approx(row["delta_tft"], abs=1e-12)
    for row in found["npd_pgg"]:
        assert public_good_critical_discount(row["n"], row["r"]) == pytest.approx(row["delta_grim"], abs=1e-12)


def test_a_coin_is_tossed_in_the_round():
    """Who plays against a coin does not know how it falls: half and half is an equilibrium where all is worth alike."""
    coin = memory_one_automaton([0.5] * 4, 0.5)
    assert coin.size == 1
    assert best_response_gain(Payoffs(5, 3, 0, 2), coin, coin, 0.9) < 1e-12
    assert equilibrium_discounts(Payoffs(5, 3, 0, 2), coin) == [(0.0, 1.0)]


def test_equal_payoffs_make_everything_an_equilibrium():
    for name in ("CAPRI", "Tit For Tat", "Grudger"):
        assert equilibrium_discounts(Payoffs(3, 3, 3, 3), automaton(find_strategy(name))) == [(0.0, 1.0)]


def test_mutual_defection_for_a_while_deters_where_no_equilibrium_of_a_round_does():
    """Against a side that cooperates anyway: what the closed form says lasts, the set of equilibria says too."""
    source = np.random.default_rng(5)
    found = 0
    for _ in range(300):
        T, R, P, S = (source.uniform(-3, 3, (2, 1)) for _ in range(4))
        stage = StageGames(T, np.maximum(R, P + 0.05), P, S)
        discount = float(source.uniform(0.3, 0.95))
        needed = float(stage.critical_discount.max())
        corners = sustainable_payoffs(stage.game_at(0), discount)
        full = len(corners) > 2 and _inside(stage.R[:, 0], corners)
        full = full or any(np.allclose(stage.R[:, 0], corner, atol=1e-6) for corner in corners)
        if needed <= discount:
            assert full
            found += 1
    assert found > 50
    one = StageGames(*(np.array([[a], [b]], dtype=float) for a, b in ((5, 3), (3, 4), (1, 1), (0, 2))))
    assert one.critical_discount[1, 0] == 0.0
    assert one.critical_discount[0, 0] == pytest.approx((5 - 3) / (5 - (1 + (3 - 1) / 3)))


def deterred(stage: StageGames, side: int, discount: float) -> bool:
    """By brute force: whether some chance of ending mutual defection after a round deters, and is kept to by both."""
    T, R, P, S = (part[:, 0] for part in (stage.T, stage.R, stage.P, stage.S))
    for ends in np.linspace(0, 1, 2001):
        # What being punished is worth: a round of P, then R, or the same again.
        worth = ((1 - discount) * P + discount * ends * R) / (1 - discount * (1 - ends))
        kept = ((1 - discount) * S + discount * worth <= worth + 1e-12).all()
        if kept and (1 - discount) * T[side] + discount * worth[side] <= R[side] + 1e-12:
            return True
    return False


def test_no_punishment_is_over_sooner_than_in_a_round():
    """A side that would rather cooperate alone has to be paid for punishing, by a return that a round later is sure.

    The other would be deterred by itself at a patience of 0.27; but then the one does not punish it. Nor do any other
    strategies sustain cooperation at 0.3.
    """
    stage = StageGames(*(np.array([[a], [b]]) for a, b in ((2, 3.3), (3, 3), (0.0, 1), (1.8, 0))))
    assert stage.critical_discount[:, 0].tolist() == pytest.approx([0, 0.6])
    assert not deterred(stage, 1, 0.598)
    assert deterred(stage, 1, 0.602)
    (only,) = sustainable_payoffs(stage.game_at(0), 0.3)
    assert only == pytest.approx((1.8, 3.3), abs=1e-6)


def test_the_patience_for_punishing_a_while_is_that_of_brute_force():
    """Where no equilibrium of a round punishes: a little less patience never deters, a little more does."""
    source, found = np.random.default_rng(16), 0
    while found < 12:
        T, R, P, S = (source.uniform(-3, 3, (2, 1)) for _ in range(4))
        stage = StageGames(T, np.maximum(R, P + 0.3), P, S)
        needed = float(stage.critical_discount[0, 0])
        if 0.02 < needed < 0.95 and not stage.punishment_payoffs[0, 0] < stage.R[0, 0]:
            found += 1
            assert not deterred(stage, 0, needed - 0.004)
            assert deterred(stage, 0, needed + 0.004)


def test_cooperation_that_tempts_nobody_lasts_at_once():
    swapped = StageGames(*(np.full((2, 1), float(x)) for x in (1, 2, 3, 0)))
    assert swapped.critical_discount[:, 0].tolist() == [0.0, 0.0]
