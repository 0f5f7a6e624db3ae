"""Standard errors by groups of draws: what they come to, and how often their intervals hold the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from detente.methods.sensitivity.group_errors import mean_with_group_error, t_quantile
from detente.methods.sensitivity.jackknife import group_means, interleaved_groups, jackknife_error
from tests.methods.sensitivity.known_models import stratified


def test_of_eight_groups_on_the_error_is_that_of_their_means():
    outputs = np.random.default_rng(1).random((2, 8 * 256))
    found = mean_with_group_error(outputs)
    means = outputs.reshape(2, 8, 256).mean(axis=2)
    assert found.standard_error == pytest.approx(means.std(axis=1, ddof=1) / np.sqrt(8))
    assert found.degrees == 7
    lower, upper = found.interval(0.9)
    assert (upper - lower) / 2 == pytest.approx(stats.t(7).ppf(0.95) * found.standard_error)
    assert (upper + lower) / 2 == pytest.approx(outputs.mean(axis=1))


def test_with_fewer_groups_it_is_that_of_independent_draws():
    outputs = (np.random.default_rng(1).random(8 * 256 - 1) < 0.3).astype(float)
    found = mean_with_group_error(outputs)
    share = outputs.mean()
    assert found.standard_error == pytest.approx(np.sqrt(share * (1 - share) / (len(outputs) - 1)))
    assert found.degrees == len(outputs) - 1


def test_draws_beyond_the_last_group_count_for_the_mean():
    outputs = np.append(np.zeros(8 * 256), np.ones(100))
    found = mean_with_group_error(outputs)
    assert found.mean == pytest.approx(100 / 2148)
    assert found.standard_error == 0


def test_one_draw_has_no_error():
    with pytest.raises(ValueError, match="two draws"):
        mean_with_group_error(np.ones(1))


def test_intervals_of_a_hypercube_hold_the_truth_and_are_narrower_than_the_binomial():
    rng = np.random.default_rng(5)
    held, ratios = 0, []
    for _ in range(200):
        answers = (stratified(rng, 16 * 256, 3) @ [3, 1, 1] > 2.5).astype(float)
        found = mean_with_group_error(answers)
        lower, upper = found.interval()
        held += bool(lower <= 0.5 <= upper)
        ratios.append(float(found.standard_error) / np.sqrt(0.25 / len(answers)))
    assert 180 <= held <= 199  # 190 expected
    assert np.mean(ratios) < 0.7


@pytest.mark.parametrize("degrees", [1, 7, 19, 10_000])
def test_quantiles_are_those_of_student(degrees: int):
    assert t_quantile(0.95, degrees) == pytest.approx(stats.t(degrees).ppf(0.975))


@given(st.integers(2, 9), st.integers(0, 40), st.integers(0, 99))
def test_left_out_means_are_those_without_the_group(group_count: int, more: int, seed: int):
    values = np.random.default_rng(seed).normal(size=(3, group_count + more))
    mean, left_out = group_means(values, group_count)
    groups = interleaved_groups(values.shape[1], group_count)
    assert mean == pytest.approx(values.mean(axis=1))
    for group in range(group_count):
        assert left_out[group] == pytest.approx(values[:, groups != group].mean(axis=1))


def test_the_jackknife_of_single_draws_is_the_usual_error():
    values = np.random.default_rng(2).normal(size=50)
    _, left_out = group_means(values, 50)
    assert jackknife_error(left_out) == pytest.approx(values.std(ddof=1) / np.sqrt(50))


@pytest.mark.parametrize("group_count", [1, 4])
def test_too_few_groups_or_draws(group_count: int):
    with pytest.raises(ValueError, match="groups of 3 draws"):
        interleaved_groups(3, group_count)
