"""Keyed draws: to the bit those of the vectors, even over the unit interval, and independent of each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from detente.methods.sampling.correlated_draws import correlated_uniforms
from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import (
    GROUP_SIZE,
    hypercube_uniforms,
    hypercube_words,
    mix_words,
    stream_keys,
)
from detente.methods.sampling.keyed_normals import keyed_normals, normal_levels
from detente.methods.sampling.normal_quantile import normal_quantile
from detente.methods.sampling.sobol_nets import NET_SIZE, sobol_uniforms

DISTRIBUTIONS = {
    Distribution("uniform", (1, 3)): stats.uniform(1, 2),
    Distribution("triangular", (0, 1, 5)): stats.triang(0.2, 0, 5),
    Distribution("triangular", (2, 2, 5)): stats.triang(0, 2, 3),
    Distribution("normal", (2, 0.5)): stats.norm(2, 0.5),
    Distribution("normal", (2, 0.5), 1.8, 2.9): stats.truncnorm(-0.4, 1.8, 2, 0.5),
    Distribution("lognormal", (0, 0.5)): stats.lognorm(0.5),
    Distribution("beta", (2, 3)): stats.beta(2, 3),
    Distribution("beta", (0.4, 9)): stats.beta(0.4, 9),
}


def test_the_words_of_a_stream_are_those_of_the_vectors():
    """The same 32 bits that a browser and compiled code must give (`reference/uncertainty.md`, section 1)."""
    keys = stream_keys(1, "network.gravity")
    assert keys == (2361089807, 147899252)
    indices = np.array([0, 1, 255, 256, 4095], dtype=np.uint32)
    assert hypercube_words(indices, keys).tolist() == [2893686872, 2693527776, 2038025369, 3823658481, 1680355312]


def test_a_hash_of_few_words_is_a_permutation_of_them():
    """`lowbias32` is one of all words: no two of a million are alike."""
    assert len(np.unique(mix_words(np.arange(2**20, dtype=np.uint32)))) == 2**20


@given(st.integers(0, 2**63 - 1), st.text(max_size=20), st.integers(0, 2**20))
def test_each_group_has_a_draw_in_every_part(seed: int, name: str, group: int):
    draws = hypercube_uniforms(group * GROUP_SIZE, GROUP_SIZE, stream_keys(seed, name))
    assert sorted((draws * GROUP_SIZE).astype(int).tolist()) == list(range(GROUP_SIZE))


@given(st.integers(0, 5_000), st.integers(1, 600))
def test_a_draw_is_the_same_whoever_asks_for_it(start: int, count: int):
    keys = stream_keys(7, "a number")
    assert (hypercube_uniforms(0, start + count, keys)[start:] == hypercube_uniforms(start, count, keys)).all()
    indices = np.arange(start + count, dtype=np.uint32)
    whole, part = keyed_normals(indices, 3, keys), keyed_normals(indices[start:], 3, keys)
    assert (whole[start:] == part).all()


def test_streams_are_independent_of_each_other():
    """Correlations of pairs are as large as those of plain chance, and cells of pairs are filled by chance alone."""
    count = 2_048
    columns = np.stack([hypercube_uniforms(0, count, stream_keys(3, f"number {k}")) for k in range(200)])
    correlations = np.asarray(np.corrcoef(columns))[np.triu_indices(len(columns), 1)] * count**0.5
    assert correlations.std() == pytest.approx(1, abs=0.03)
    assert np.abs(correlations).max() < 5.5
    cells = (columns * 8).astype(int)
    counts = [np.bincount(8 * one + other, minlength=64) for one, other in pairwise(cells)]
    statistics = [stats.chisquare(one).statistic for one in counts]
    assert np.mean(statistics) == pytest.approx(49, abs=3)  # 49 of 64 cells are free where both rows are even
    assert np.std(statistics) == pytest.approx(9.9, abs=1.7)


def test_a_draw_is_uniform_over_seeds():
    draws = [hypercube_uniforms(17, 1, stream_keys(seed, "x"))[0] for seed in range(4_000)]
    assert stats.kstest(draws, "uniform").pvalue > 1e-3


def test_means_of_groups_are_far_closer_than_by_plain_chance():
    """Of a sum of five numbers by 256 times at least in variance; and no worse where nothing is smooth."""
    columns = [hypercube_uniforms(0, 400 * GROUP_SIZE, stream_keys(5, f"number {k}")) for k in range(5)]
    means = np.sum(columns, axis=0).reshape(400, GROUP_SIZE).mean(axis=1)
    assert means.mean() == pytest.approx(2.5, abs=1e-3)
    assert means.var() < 5 / 12 / GROUP_SIZE / 256


@pytest.mark.parametrize("distribution", DISTRIBUTIONS, ids=str)
def test_quantiles_are_those_of_scipy(distribution: Distribution):
    u = hypercube_uniforms(0, 4_096, stream_keys(1, "x"))
    assert distribution.quantile(u) == pytest.approx(DISTRIBUTIONS[distribution].ppf(u), rel=1e-11, abs=1e-12)
    if distribution.low == -np.inf:
        assert distribution.mean == pytest.approx(DISTRIBUTIONS[distribution].mean(), rel=1e-12)


def test_quantiles_of_values_and_of_discrete_numbers():
    u = np.array([0.1, 0.24, 0.26, 0.99])
    assert Distribution("value", (4.0,)).quantile(u).tolist() == [4, 4, 4, 4]
    assert Distribution("discrete", (1.0, 9.0, 1.0, 3.0)).quantile(u).tolist() == [1, 1, 9, 9]
    assert Distribution("discrete", (1.0, 9.0, 1.0, 3.0)).mean == pytest.approx(7)
    assert not Distribution("value", (4.0,)).varies


def test_normal_quantiles_are_good_to_the_last_places():
    u = np.concatenate([hypercube_uniforms(0, 65_536, stream_keys(1, "x")), 10.0 ** -np.arange(1, 300)])
    assert normal_quantile(u) == pytest.approx(special.ndtri(u), rel=5e-15)


def test_keyed_normals_are_normal_and_independent_of_each_other():
    normals = keyed_normals(np.arange(20_000, dtype=np.uint32), 29, stream_keys(2, "pairs"))
    assert stats.kstest(normals.ravel(), "norm").pvalue > 1e-3
    correlations = np.asarray(np.corrcoef(normals.T))[np.triu_indices(29, 1)] * len(normals) ** 0.5
    assert correlations.std() == pytest.approx(1, abs=0.1)
    assert normal_levels().std() == pytest.approx(0.99998, abs=1e-5)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.7, 1.0])
def test_numbers_that_go_together_have_the_rank_correlation_asked_for(correlation: float):
    own = [hypercube_uniforms(0, 65_536, stream_keys(1, name)) for name in "abc"]
    common = hypercube_uniforms(0, 65_536, stream_keys(1, "all of them"))
    one, two = (correlated_uniforms(u, common, correlation) for u in own[:2])
    against = correlated_uniforms(own[2], common, correlation, is_opposed=True)
    assert stats.spearmanr(one, two).statistic == pytest.approx(correlation, abs=0.012)
    assert stats.spearmanr(one, against).statistic == pytest.approx(-correlation, abs=0.012)
    assert stats.kstest(one, "uniform").pvalue > 1e-3


def test_a_net_fills_boxes_of_several_numbers_alike():
    """Of 2,048 points two numbers have two in each of 32 x 32 boxes, which neither chance nor a hypercube gives."""
    columns = [sobol_uniforms(0, NET_SIZE, name, number, 4, seed=1) for number, name in enumerate("abcd")]
    for column in columns:
        assert sorted((column * NET_SIZE).astype(int).tolist()) == list(range(NET_SIZE))
    boxes = (columns[0] * 32).astype(int) * 32 + (columns[1] * 32).astype(int)
    assert (np.bincount(boxes, minlength=1024) == 2).all()


def test_nets_of_other_blocks_names_and_seeds_are_others_and_unbiased():
    first, second = (sobol_uniforms(start, NET_SIZE, "a", 0, 2, seed=1) for start in (0, NET_SIZE))
    whole = sobol_uniforms(100, NET_SIZE, "a", 0, 2, seed=1)
    assert (whole == np.concatenate([first, second])[100 : 100 + NET_SIZE]).all()
    assert (first != second).mean() > 0.99
    assert (first != sobol_uniforms(0, NET_SIZE, "b", 0, 2, seed=1)).mean() > 0.99
    draws = [sobol_uniforms(3, 1, "a", 0, 2, seed=seed)[0] for seed in range(2_000)]
    assert stats.kstest(draws, "uniform").pvalue > 1e-3


def test_more_numbers_than_dimensions_are_refused():
    with pytest.raises(ValueError, match="21201"):
        sobol_uniforms(0, 1, "a", 0, 30_000, seed=1)
