"""Trust, reassurance, information, the security dilemma, arms races."""

from __future__ import annotations

import json
import math
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.richardson import ArmsRace
from detente.methods.games.trust_and_reassurance import (
    PlayerTypes,
    cooperation_gain,
    informed_cooperation_gain,
    payoffs_with_offence,
    posterior_trust,
    reassurable_trust_range,
    reassurance_band,
    reassurance_equilibria,
    stag_hunt_tipping_offence,
    trust_threshold,
)
from detente.methods.games.two_by_two import Payoffs, all_equilibria, symmetric_game
from tests.conftest import SHARED

TRUSTWORTHY, UNTRUSTWORTHY = Payoffs(T=3, R=4, P=2, S=0), Payoffs(T=4, R=3, P=2, S=0)
PRINTED = PlayerTypes(TRUSTWORTHY, UNTRUSTWORTHY)
ANCHORS = SHARED / "anchors" / "games" / "computed_anchors.json"


def alike(t: float) -> list[tuple[PlayerTypes, float]]:
    """Two sides of the printed kinds that trust each other alike."""
    return [(PRINTED, t)] * 2


def test_the_trust_threshold_is_the_mixed_equilibrium():
    assert trust_threshold(TRUSTWORTHY) == pytest.approx(2 / 3)
    mixed = [one.p[0] for one in all_equilibria(symmetric_game(3, 4, 2, 0)) if 0 < one.p[0] < 1]
    assert mixed == pytest.approx([2 / 3])
    assert trust_threshold(Payoffs(5, 3, 1, 0)) > 1
    assert trust_threshold(Payoffs(2, 4, 1, 3)) == 0.0


@pytest.mark.parametrize(
    ("t", "low", "high"),
    [
        (0.2, 0.1818, 0.2222),
        (0.3, 0.2609, 0.3529),
        (0.4, 0.3333, 0.5),
        (0.5, 0.4, 0.6667),
        (0.6, 0.4615, 0.8571),
    ],
)
def test_the_band_of_reassurance(t: float, low: float, high: float):
    assert reassurance_band(PRINTED, t) == pytest.approx((low, high), abs=5e-5)
    assert reassurance_band(PRINTED, t) == pytest.approx((2 * t / (2 + t), 2 * t / (2 - t)), abs=1e-12)


def test_that_there_is_a_band_can_be_structural():
    assert reassurable_trust_range(PRINTED) == (0.0, 1.0)
    bold = PlayerTypes(Payoffs(3, 4, 2, 0), Payoffs(40, 3, 2, 0))
    assert reassurable_trust_range(bold) is not None
    assert reassurable_trust_range(bold) != (0.0, 1.0)


@given(st.floats(0.01, 0.99), st.lists(st.floats(0.1, 5), min_size=8, max_size=8))
def test_the_span_of_trust_is_where_the_band_is(t: float, steps: list[float]):
    a, b, c, d, e, f, p, p_other = steps
    kinds = PlayerTypes(
        Payoffs(T=p + a, R=p + a + b, P=p, S=p - c),
        Payoffs(T=p_other + d + (e - 2), R=p_other + d, P=p_other, S=p_other - f),
    )
    low, high = reassurance_band(kinds, t)
    assume(abs(low - high) > 1e-9 and abs(low - 1) > 1e-9)
    span = reassurable_trust_range(kinds)
    inside = span is not None and span[0] <= t <= span[1]
    assert inside == (low <= high)


def test_who_would_exploit_is_not_trustworthy():
    assert reassurance_band(PlayerTypes(Payoffs(1.4, 1, 0, -1), Payoffs(3, 1, 0, -1)), 0.9)[0] == math.inf
    assert reassurable_trust_range(PlayerTypes(Payoffs(1.4, 1, 0, -1), Payoffs(3, 1, 0, -1))) is None


def outcome(
    kinds: PlayerTypes, kind: str, plan: tuple[str, str, str], other: tuple[str, tuple[str, str, str]], step: float
) -> float:
    """What a kind gets by a plan (first move; second after both took the step; second after anything else)."""
    own = kinds.trustworthy if kind == "g" else kinds.untrustworthy
    value = {"CC": own.R, "CD": own.S, "DC": own.T, "DD": own.P}
    theirs = other[1]
    first = plan[0] + theirs[0]
    later = (plan[1], theirs[1]) if first == "CC" else (plan[2], theirs[2])
    return float(step * value[first] + (1 - step) * value["".join(later)])


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_separating_is_an_equilibrium_exactly_in_the_band(t: float, step: float):
    """Against every deviation of either kind, in both rounds."""
    low, high = reassurance_band(PRINTED, t)
    assume(min(abs(step - low), abs(step - high)) > 1e-9)
    prescribed = {"g": ("C", "C", "D"), "u": ("D", "D", "D")}

    def expected(kind: str, plan: tuple[str, str, str]) -> float:
        return t * outcome(PRINTED, kind, plan, ("g", prescribed["g"]), step) + (1 - t) * outcome(
            PRINTED, kind, plan, ("u", prescribed["u"]), step
        )

    plans = [(x, y, z) for x, y, z in product("CD", repeat=3)]
    stable = all(expected(kind, prescribed[kind]) >= expected(kind, plan) - 1e-12 for kind in "gu" for plan in plans)
    assert stable == (low <= step <= high)
    assert ("separating" in reassurance_equilibria(alike(t), step)) == stable
    if stable:
        assert reassurance_equilibria(alike(t), step)["separating"] == pytest.approx(
            [expected("g", prescribed["g"]) - TRUSTWORTHY.P] * 2
        )


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_refusal_is_always_an_equilibrium(t: float, step: float):
    assert reassurance_equilibria(alike(t), step)["refusal"] == (0.0, 0.0)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_signs_move_trust_by_bayes_and_are_never_worth_less_than_nothing(t: float, right: float, wrong: float):
    good = t * right + (1 - t) * wrong
    after = good * posterior_trust(t, right, wrong) + (1 - good) * posterior_trust(t, 1 - right, 1 - wrong)
    assert after == pytest.approx(t)
    if trust_threshold(TRUSTWORTHY) > t:
        assert informed_cooperation_gain(TRUSTWORTHY, t, right, wrong) >= 0 == cooperation_gain(TRUSTWORTHY, t)


def test_offence_makes_a_dilemma_of_a_hunt():
    hunt = Payoffs(T=3, R=4, P=2, S=0)
    assert stag_hunt_tipping_offence(hunt) == pytest.approx(2.0)
    assert side_game_name(payoffs_with_offence(hunt, 1.99)) == "Stag Hunt"
    assert side_game_name(payoffs_with_offence(hunt, 2.01)) == "Prisoner's Dilemma"
    assert payoffs_with_offence(hunt, 1.0) == hunt
    assert (
        trust_threshold(payoffs_with_offence(hunt, 0.5))
        < trust_threshold(hunt)
        < trust_threshold(payoffs_with_offence(hunt, 1.5))
    )


def test_an_arms_race_that_comes_to_rest():
    race = ArmsRace(k=2, l=2, a=5, b=3, g=5, h=5)
    assert race.is_stable
    assert race.equilibrium_spending == pytest.approx((25 / 11, 35 / 11))
    assert race.adjustment_rates == pytest.approx((-1.76393, -6.23607), abs=5e-6)
    assert race.spending_after(1.0, 10.0, 0.0) == pytest.approx((2.40861, 3.37098), abs=5e-6)


@given(st.lists(st.floats(0.1, 2), min_size=6, max_size=6), st.floats(0, 3))
def test_an_arms_race_against_steps(numbers: list[float], time: float):
    """The closed form against small steps of the same equations (Runge and Kutta)."""
    k, l, a, b, g, h = numbers  # noqa: E741
    race = ArmsRace(k, l, a, b, g, h)
    assume(race.equilibrium_spending is not None and abs(a * b - k * l) > 1e-3)
    matrix, constant = np.array([[-a, k], [l, -b]]), np.array([g, h])
    x, n = np.array([1.0, 2.0]), 2000
    for _ in range(n):
        d = time / n
        s1 = matrix @ x + constant
        s2 = matrix @ (x + d / 2 * s1) + constant
        s3 = matrix @ (x + d / 2 * s2) + constant
        s4 = matrix @ (x + d * s3) + constant
        x = x + d / 6 * (s1 + 2 * s2 + 2 * s3 + s4)
    assert race.spending_after(time, 1.0, 2.0) == pytest.approx(x.tolist(), rel=1e-6, abs=1e-6)


def test_two_alike_race_as_one():
    """With a = b and k = l the sum follows d(x + y)/dt = (k - a)(x + y) + g + h."""
    race = ArmsRace(k=0.9, l=0.9, a=1.4, b=1.4, g=2.0, h=3.0)
    total = sum(race.spending_after(0.7, 4.0, 1.0))
    rest = 5.0 / 0.5
    assert total == pytest.approx(rest + (5.0 - rest) * math.exp(-0.5 * 0.7))
    assert race.adjustment_rates[0] == pytest.approx(-0.5)


@pytest.mark.skipif(not ANCHORS.is_file(), reason="needs the anchors")
def test_the_anchors_of_trust():
    found = json.loads(ANCHORS.read_text(encoding="utf-8"))
    assert trust_threshold(TRUSTWORTHY) == pytest.approx(found["kydd_like"]["min_trust"], abs=1e-12)
    for row in found["kydd_like"]["table"]:
        assert reassurance_band(PRINTED, row["t"]) == pytest.approx((row["alpha_min"], row["alpha_max"]), abs=1e-12)
    race = ArmsRace(k=2, l=2, a=5, b=3, g=5, h=5)
    assert race.equilibrium_spending == pytest.approx((found["richardson"]["x"], found["richardson"]["y"]), abs=1e-12)
    assert race.adjustment_rates == pytest.approx(found["richardson"]["ev"], abs=1e-12)


def test_who_is_trusted_but_does_not_trust_is_not_cooperated_with():
    """Pooling takes the trust of both: of sides that trust 0.9 and 0.3, a threshold between, only refusal is left."""
    found = reassurance_equilibria([(PRINTED, 0.9), (PRINTED, 0.3)], 0.05)
    assert set(found) == {"refusal"}
    assert "pooling" in reassurance_equilibria(alike(0.9), 0.05)
    # Even where nearly all is at stake at once, and taking the step pays the side that does not trust: no second round.
    eager = PlayerTypes(trustworthy=Payoffs(T=1, R=4, P=2, S=0), untrustworthy=Payoffs(T=4.05, R=4, P=2, S=0))
    for step in (0.1, 0.5, 0.9):
        assert "pooling" in reassurance_equilibria([(eager, 0.9), (eager, 0.6)], step)
        assert "pooling" not in reassurance_equilibria([(eager, 0.9), (eager, 0.3)], step)
