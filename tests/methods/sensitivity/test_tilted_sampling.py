"""Rare answers against exact probabilities, one region and two."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from detente.methods.sensitivity.exponential_tilt import log_tilt_density, tilt_for_mean, tilt_uniforms, tilted_mean
from detente.methods.sensitivity.region_search import TiltingPlan
from detente.methods.sensitivity.tilted_sampling import RareShare, estimate_rare_share

SEEDS = 60


def high_sum_chance(count: int, level: float) -> float:
    """P(the sum of so many uniforms is above a level): Irwin and Hall, from the other end."""
    rest = count - level
    terms = ((-1) ** k * math.comb(count, k) * (rest - k) ** count for k in range(int(rest) + 1))
    return math.fsum(terms) / math.factorial(count)


def runs(evaluate: Callable[[Any], Any], inputs: int, seeds: int = SEEDS, **plan: Any) -> list[RareShare]:
    return [
        estimate_rare_share(evaluate, inputs, np.random.default_rng(seed), TiltingPlan(**plan)) for seed in range(seeds)
    ]


def check_estimates(found: list[RareShare], exact: float, greatest_error: float, least_coverage: float = 0.85) -> None:
    """Unbiased, as precise as asked for, with errors that are those seen and intervals that hold the truth."""
    estimates = np.array([run.estimate for run in found])
    seen = estimates.std(ddof=1)
    assert abs(estimates.mean() - exact) < 3.5 * seen / np.sqrt(len(found))
    assert seen < greatest_error * exact
    assert np.mean([run.standard_error for run in found]) == pytest.approx(seen, rel=0.35)
    held = sum(lower <= exact <= upper for lower, upper in (run.interval() for run in found))
    assert held >= least_coverage * len(found)


@pytest.mark.parametrize("tilt", [-20.0, -1.0, -1e-7, 0.0, 9e-4, 3.0, 20.0])
def test_tilted_draws_have_the_tilted_density(tilt: float):
    tilts = np.array([tilt])
    middle = ((np.arange(100_000) + 0.5) / 100_000)[:, None]
    density = np.exp(log_tilt_density(middle, tilts))
    draws = tilt_uniforms(middle, tilts)[:, 0]
    assert density.mean() == pytest.approx(1, abs=1e-4)
    assert (density * middle[:, 0]).mean() == pytest.approx(tilted_mean(tilts)[0], abs=1e-5)
    assert draws.mean() == pytest.approx(tilted_mean(tilts)[0], abs=1e-5)
    assert tilt_for_mean(tilted_mean(tilts))[0] == pytest.approx(tilt, abs=1e-6)
    assert draws.min() >= 0
    assert draws.max() < 1


@pytest.mark.parametrize(
    ("count", "level", "inputs"), [(3, 2.4, 10), (6, 4.8, 20), (6, 5.3, 20), (6, 5.6, 50), (12, 10.5, 50)]
)
def test_sums_that_are_high(count: int, level: float, inputs: int):
    """From .036 down to 2.7e-7."""
    exact = high_sum_chance(count, level)
    found = runs(lambda uniforms: uniforms[:, :count].sum(axis=1) - level, inputs)
    check_estimates(found, exact, 0.05)
    assert all(run.reached and not run.is_doubtful for run in found)
    assert all(set(np.flatnonzero(run.regions[0].tilts)) >= set(range(count)) for run in found)
    tilts_of_the_rest = np.array([run.regions[0].tilts[count:] for run in found])
    assert (tilts_of_the_rest != 0).mean() < 0.02


def test_a_rare_no_is_what_does_not_speak_for_yes():
    found = runs(lambda uniforms: 0.4 - uniforms[:, :6].sum(axis=1), 8, 20)
    check_estimates(found, high_sum_chance(6, 5.6), 0.06)
    assert all((run.regions[0].tilts[:6] < 0).all() for run in found)


def test_a_curved_region():
    exact = 1 - 0.95 * (1 - math.log(0.95) + math.log(0.95) ** 2 / 2)
    check_estimates(runs(lambda uniforms: uniforms[:, :3].prod(axis=1) - 0.95, 20), exact, 0.08)


def two_corners(uniforms: Any) -> Any:
    """Alike, and at opposite corners: no single mean tells where."""
    return abs(uniforms[:, :4].sum(axis=1) - 2) - 1.6


def steep_and_gentle(uniforms: Any) -> Any:
    """The second is so steep that no draw of the best tenth lies there: only the opposite tilt leads to it."""
    total = uniforms[:, :4].sum(axis=1)
    return np.maximum(total - 3.5, 5 * (0.35 - total))


@pytest.mark.parametrize(
    ("evaluate", "exact"),
    [
        (two_corners, 2 * high_sum_chance(4, 3.6)),
        (steep_and_gentle, high_sum_chance(4, 3.5) + high_sum_chance(4, 3.65)),
    ],
    ids=["alike", "steep"],
)
def test_two_regions(evaluate: Callable[[Any], Any], exact: float):
    found = runs(evaluate, 10)
    check_estimates(found, exact, 0.05)
    assert all(len(run.regions) == 2 for run in found)
    for run in found:
        one, other = (region.tilts[:4].mean() for region in run.regions)
        assert one * other < 0
        assert run.sample.weights.max() <= 10
    assert sum(run.is_doubtful for run in found) <= 4


def test_one_tilt_alone_would_be_wrong_and_mostly_says_so():
    """The same two regions where only one is looked for: too low an error, by few draws of great weight."""
    found = runs(steep_and_gentle, 10, most_regions=1)
    exact = high_sum_chance(4, 3.5) + high_sum_chance(4, 3.65)
    estimates = np.array([run.estimate for run in found])
    assert abs(estimates.mean() - exact) < 3.5 * estimates.std(ddof=1) / np.sqrt(SEEDS)  # unbiased even so
    held = [lower <= exact <= upper for lower, upper in (run.interval() for run in found)]
    assert sum(held) < 0.7 * SEEDS
    warned = [run.is_doubtful for run, holds in zip(found, held, strict=True) if not holds]
    assert np.mean(warned) > 0.7


def needle(uniforms: Any) -> Any:
    """A second region that nothing leads to: one in 2,000, beside one in 900 that is found."""
    return np.where(uniforms[:, 4] < 0.0005, 1.0, uniforms[:, :4].sum(axis=1) - 3.6)


def test_a_region_that_nothing_leads_to_is_mostly_warned_of():
    found = runs(needle, 10)
    assert np.mean([run.is_doubtful for run in found]) > 0.8


def test_an_answer_that_never_comes():
    for run in runs(lambda uniforms: uniforms[:, 0] - 2, 3, 3):
        assert run.estimate == run.standard_error == run.hits == run.effective_size == 0
        assert run.is_doubtful
        assert not run.reached
        assert run.interval() == pytest.approx((0, 1 - 0.05 ** (1 / run.plain_draws)))


def test_an_answer_that_always_comes():
    for run in runs(lambda uniforms: 1 + uniforms[:, 0], 3, 3):
        assert run.estimate == pytest.approx(1)
        assert not run.is_doubtful


def test_a_plain_yes_or_no_needs_no_slope():
    check_estimates(runs(lambda uniforms: (uniforms[:, 0] > 0.99).astype(float), 5), 0.01, 0.06)


def test_the_final_sample_stands_for_plain_draws():
    run = estimate_rare_share(lambda uniforms: uniforms[:, :6].sum(axis=1) - 4.8, 8, np.random.default_rng(1))
    uniforms, weights, outputs = run.sample.uniforms, run.sample.weights, run.sample.outputs
    assert weights.max() <= 10 + 1e-9
    assert weights.mean() == pytest.approx(1, abs=0.15)
    hits = outputs > 0
    assert run.hits == hits.sum()
    assert run.estimate == pytest.approx(weights[hits].sum() / len(weights))
    assert run.effective_size == pytest.approx(weights[hits].sum() ** 2 / (weights[hits] ** 2).sum())
    assert run.hits > run.effective_size > 500
    # By symmetry each summand has the same mean among the hits: an input that does nothing has one half.
    means = weights[hits] @ uniforms[hits] / weights[hits].sum()
    assert means[:6] == pytest.approx(np.full(6, means[:6].mean()), abs=0.02)
    assert means[6:] == pytest.approx([0.5, 0.5], abs=0.05)


def test_evaluations_are_counted():
    asked = 0

    def evaluate(uniforms: Any) -> Any:
        nonlocal asked
        asked += len(uniforms)
        return uniforms[:, 0] - 0.999

    run = estimate_rare_share(evaluate, 4, np.random.default_rng(1))
    assert run.evaluations == asked
    assert run.regions[0].levels[0] < run.regions[0].levels[-1] <= 0
    assert sum(run.parts) == pytest.approx(0.9)


def test_the_same_seed_the_same_estimate():
    one, other = (
        estimate_rare_share(lambda uniforms: uniforms[:, 0] - 0.999, 4, np.random.default_rng(7)) for _ in range(2)
    )
    assert one.estimate == other.estimate
