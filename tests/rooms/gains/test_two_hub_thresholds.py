"""Closed-form thresholds against root finding on the formulas, and against the model itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cases.two_hub_case import LOST, gains, sums, written
from tests.oracles.two_hub_thresholds import (
    Form,
    Stakes,
    Threat,
    efficiency_threshold,
    exclusivity_threshold,
    gain,
    lead,
    threat_can_do,
    threat_gain,
    threat_threshold,
)

amounts = st.floats(0.05, 5)
shares = st.floats(0.05, 1)
concerns = st.floats(0, 1)
forms = st.sampled_from(["hub", "collegiate"])


def root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that changes its sign between two points is 0, by bisection."""
    rising = of(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if (of(middle) > 0) == rising else (middle, high)
    return (low + high) / 2


def worth(stakes: Stakes, e: Any, chi: Any, k: float, fixed: float, form: Form) -> float:
    """What accepting is worth to N."""
    return float(gain(stakes, e, chi, form) - k * lead(stakes, e, chi, form) - fixed)


@given(amounts, amounts, amounts, shares, concerns, st.floats(0, 0.5), forms)
def test_the_efficiency_it_takes(a, b, c, chi, k, fixed, form):
    stakes = Stakes(a, b, c)
    found = efficiency_threshold(stakes, chi, k, fixed, form)
    assert worth(stakes, found, chi, k, fixed, form) == pytest.approx(0, abs=1e-9)
    assert found == pytest.approx(root(lambda e: worth(stakes, e, chi, k, fixed, form), 0, 1e4), rel=1e-6)


@given(amounts, amounts, amounts, st.floats(1.01, 3), concerns, forms)
def test_the_exclusivity_it_bears(a, b, c, e, k, form):
    stakes = Stakes(a, b, c)
    found = exclusivity_threshold(stakes, e, k, form=form)
    assert worth(stakes, e, found, k, 0, form) == pytest.approx(0, abs=1e-9)
    assert worth(stakes, e, found * 0.9, k, 0, form) > 0 > worth(stakes, e, found * 1.1, k, 0, form)


@given(amounts, amounts, amounts)
def test_the_printed_forms(a, b, c):
    stakes = Stakes(a, b, c)
    for k in (0, 0.5):
        expected = (a + (1 + k) * b + (1 / 6 + 2 * k / 3) * c) / (a + 2 * b / 3)
        assert efficiency_threshold(stakes, concern=k) == pytest.approx(expected)
    assert efficiency_threshold(stakes, form="collegiate") == pytest.approx(1 + c / (6 * (a + b)))


# Capabilities of the reference: NATO 0.30, Russia 0.04 and six small members; small-small factor 1.
ROUGH = (0.30, 0.04, (0.0025, 0.0012, 0.0045, 0.0008, 0.0009, 0.004))


@pytest.mark.parametrize(("eta", "alone", "minding"), [(0.25, 1.44, 2.16), (0.5, 1.26, 1.67), (1.0, 1.10, 1.24)])
def test_the_numbers_of_gravity(eta, alone, minding):
    n, r, small = ROUGH
    among = sum((x * y) ** eta for at, x in enumerate(small) for y in small[at + 1 :])
    stakes = Stakes((n * r) ** eta, sum((n * x) ** eta for x in small), among)
    assert efficiency_threshold(stakes) == pytest.approx(alone, abs=0.0055)
    assert efficiency_threshold(stakes, concern=0.5) == pytest.approx(minding, abs=0.0055)


def test_as_one_it_takes_far_less():
    n, r, small = ROUGH
    among = sum((x * y) ** 0.5 for at, x in enumerate(small) for y in small[at + 1 :])
    stakes = Stakes((n * r) ** 0.5, sum((n * x) ** 0.5 for x in small), among)
    assert efficiency_threshold(stakes, form="collegiate") == pytest.approx(1.02, abs=0.005)


@given(amounts, amounts, amounts, st.floats(0.1, 10), st.floats(0, 0.6), st.floats(0.3, 0.99), shares, concerns)
def test_the_threat_it_takes(a, b, c, raised, m, omega, chi, k):
    stakes, threat = Stakes(a, b, c), Threat(raised, m, omega)
    found = threat_threshold(stakes, threat, chi, k)
    values = [float(threat_gain(stakes, threat, t / 200, chi, k)) for t in range(201)]
    if found is None:
        assert max(values) < 1e-9
    elif found > 0:
        assert threat_gain(stakes, threat, found, chi, k) == pytest.approx(0, abs=1e-7)
        assert max(value for t, value in enumerate(values) if t / 200 < found) < 1e-9
    else:
        assert values[0] >= 0


@given(amounts, amounts, amounts, st.floats(0.3, 0.99), shares, st.floats(0, 1))
def test_no_threat_ever_does_unless_the_bilateral_channels_are_bad_enough(a, b, c, omega, chi, within):
    """For any stakes: with the concern gone at a full threat, only what the threat adds can decide."""
    stakes = Stakes(a, b, c)
    limit = 1 - chi * (b + within * c / 2) / (3 * (a + b))
    assume(abs(omega - limit) > 1e-3)
    large = Threat(1e6, 0.0, omega, within)
    assert bool(threat_can_do(stakes, large, chi)) == (threat_gain(stakes, large, 1.0, chi) > 0)


@pytest.mark.parametrize("form", ["hub", "collegiate"])
def test_the_model_itself_gains_nothing_at_the_threshold(tmp_path: Path, form: Form):
    a, b, c, _ = sums(LOST)
    chi = float(exclusivity_threshold(Stakes(a, b, c), 1 / LOST, form=form))
    if chi > 1:  # as one it bears any exclusivity: what is lost on the small members is little
        assert gains(written(tmp_path, channels__bloc__exclusivity=1), "bloc", form)["n"] > 0
        return
    assert gains(written(tmp_path, channels__bloc__exclusivity=chi), "bloc", form)["n"] == pytest.approx(0, abs=1e-12)


def test_the_model_itself_gains_nothing_at_the_threat(tmp_path: Path):
    a, b, c, _ = sums()
    small_gap = {"channels__bilateral__efficiency": 0.6, "issues__road__multilateral": 0.1, "network__raised": 2}
    found = threat_threshold(Stakes(a, b, c), Threat(2.0, 0.1, 0.6))
    assert found is not None
    assert 0 < found < 1
    felt = {"east": found, "west": found}
    file = written(tmp_path, channels__bloc__exclusivity=1, threat=felt, **small_gap)
    assert gains(file, "bloc", "hub")["n"] == pytest.approx(0, abs=1e-12)
