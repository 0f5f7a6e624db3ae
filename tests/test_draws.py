"""Draws of uncertain numbers: their distributions, and that they are the same whoever makes them."""

from __future__ import annotations

import numpy as np
import pytest

from detente.assessment import read_case
from detente.case.draws import BLOCK, drawn, mass, stream
from detente.case.estimate import Estimate
from detente.channels.drawing import drawings
from detente.channels.translation import arena
from tests.paper import written

ESTIMATES = [
    Estimate(value=2),
    Estimate(uniform=(1, 3)),
    Estimate(triangular=(0, 1, 5)),
    Estimate(normal=(2, 0.5)),
    Estimate(lognormal=(0, 0.5)),
    Estimate(beta=(2, 3)),
    Estimate(discrete=[(1, 0.25), (4, 0.75)]),
]


@pytest.mark.parametrize("estimate", ESTIMATES, ids=str)
def test_draws_have_the_mean_and_the_bounds(estimate):
    every = np.concatenate([drawn(estimate, stream(1, "x", block)) for block in range(20)])
    assert every.mean() == pytest.approx(estimate.mean, abs=0.05)
    low, high = estimate.bounds
    assert low <= every.min()
    assert every.max() <= high
    assert mass(estimate, *estimate.bounds) == pytest.approx(1)


def test_draws_are_the_same_whoever_makes_them():
    one = drawn(Estimate(uniform=(0, 1)), stream(1, "a", 3))
    assert (one == drawn(Estimate(uniform=(0, 1)), stream(1, "a", 3))).all()
    for other in (stream(2, "a", 3), stream(1, "b", 3), stream(1, "a", 4)):
        assert (one != drawn(Estimate(uniform=(0, 1)), other)).any()


def test_what_falls_outside_is_drawn_again():
    cut = drawn(Estimate(normal=(0.9, 0.5)), stream(1, "x", 0), low=0, high=1)
    assert cut.min() >= 0
    assert cut.max() <= 1
    assert mass(Estimate(normal=(0, 1)), -1.96, 1.96) == pytest.approx(0.95, abs=1e-3)
    assert mass(Estimate(normal=(50, 1)), 0, 1) < 1e-9


def test_another_estimate_leaves_the_draws_of_the_others(tmp_path):
    uncertain = {"uniform": [0.5, 1.5]}
    one = read_case(str(written(tmp_path, issues__road__stakes=uncertain))).case
    more = read_case(str(written(tmp_path, issues__road__stakes=uncertain, network__periphery=uncertain))).case
    first, second = (next(drawings(case, arena(case, 2000), 1)) for case in (one, more))
    assert first.pairs_of("road").amount[:, 0] == pytest.approx(second.pairs_of("road").amount[:, 0])
    assert len(first.pairs_of("road").amount) == BLOCK
