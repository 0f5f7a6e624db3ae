"""Means and covariances of draws that come in blocks, against NumPy on all of them at once."""

from __future__ import annotations

from functools import reduce
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.inference.running_moments import RunningMoments


def merged(values: Any, ends: list[int]) -> RunningMoments:
    """Those of blocks that end after so many draws."""
    parts = [part for part in np.split(values, sorted(ends)) if len(part)]
    return reduce(RunningMoments.merge, map(RunningMoments.of_draws, parts))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.lists(st.integers(1, 199), max_size=5), st.floats(0, 1e6))
def test_in_whatever_blocks_the_moments_are_those_of_all_draws(seed: int, ends: list[int], offset: float):
    values = np.random.default_rng(seed).normal(size=(200, 3)) @ np.array([[1, 0.5, 0], [0, 1, -2], [0, 0, 1]]) + offset
    moments = merged(values, ends)
    assert moments.count == 200
    assert moments.mean == pytest.approx(values.mean(axis=0), rel=1e-12)
    assert moments.covariance == pytest.approx(np.cov(values.T, bias=True), rel=1e-6, abs=1e-9)
    assert moments.standard_errors == pytest.approx(values.std(axis=0) / sqrt(200), rel=1e-6)
    for signs in ((1, 1), (1, -1)):
        difference = signs[0] * values[:, 0] - signs[1] * values[:, 2]
        assert moments.difference_error(0, 2, signs) == pytest.approx(difference.std() / sqrt(200), rel=1e-6)


def test_what_is_constant_has_no_spread():
    constant = np.full((100, 1), 0.1)
    moments = merged(constant, [13, 50])
    assert moments.standard_errors[0] < 1e-16
    assert moments.difference_error(0, 0) == 0


def test_no_numbers_at_all():
    moments = RunningMoments.of_draws(np.empty((5, 0)))
    assert moments.merge(moments).mean.shape == (0,)
