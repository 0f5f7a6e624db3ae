"""Boxes: measures, peeling and pruning on planted ones, and the published numbers of Bryant and Lempert."""

from __future__ import annotations

import csv
import os
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, ks_2samp

from detente.methods.sensitivity.box_measures import Box, BoxMeasures, measure_box
from detente.methods.sensitivity.box_peeling import peel_boxes
from detente.methods.sensitivity.box_pruning import limit_chances, prune_box
from detente.methods.sensitivity.scenario_discovery import AnswerDescription, describe_answer, distribution_distances
from detente.methods.sensitivity.tilted_sampling import estimate_rare_share
from tests.conftest import SHARED

DATA_VARIABLE = "DETENTE_BRYANT_LEMPERT"
DATA_NAME = "bryant et al 2010 data.csv"


@pytest.fixture(scope="module")
def biofuel_cases() -> tuple[Any, Any, list[str]]:
    """The 882 cases of Bryant and Lempert (2010): nine inputs, and which cases are of high cost."""
    file = Path(os.environ.get(DATA_VARIABLE, SHARED / "data" / DATA_NAME))
    if not file.is_file():
        pytest.skip(f"the data of Bryant and Lempert are not there: name the file in {DATA_VARIABLE}")
    header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    table = np.array(rows, dtype=float)
    return table[:, 2:11], table[:, 15] > 0, header[2:11]


def test_the_published_numbers(biofuel_cases: tuple[Any, Any, list[str]]):
    """Box 21 of the trajectory, its last box, and box 21 without one input; from the EMA workbench, to each digit."""
    points, answers, names = biofuel_cases
    assert (points.shape, answers.sum()) == ((882, 9), 89)
    trajectory = peel_boxes(points, answers, peel_share=0.1)
    found = trajectory[21]
    measures = found.measures
    assert (f"{measures.coverage:.6f}", f"{measures.density:.6f}") == ("0.752809", "0.770115")
    assert f"{measures.mass:.7f}" == "0.0986395"
    assert [names[number] for number in found.box.limited_inputs] == [
        "Cellulosic cost",
        "Total biomass",
        "Demand elasticity",
        "Biomass backstop price",
    ]
    chances = [f"{chance.quasi_p:.3g}" for chance in limit_chances(found.box, points, answers)]
    assert chances == ["0.157", "4.72e-06", "1.18e-16", "3.52e-11"]
    assert len(trajectory) == 28
    last = trajectory[-1].measures
    assert (f"{last.coverage:.6f}", last.density, f"{last.mass:.6f}") == ("0.505618", 1, "0.051020")
    without = measure_box(found.box.without_input(names.index("Cellulosic cost")), points, answers)
    assert (f"{without.coverage:.6f}", f"{without.density:.6f}") == ("0.764045", "0.715789")


def planted(draws: int, inputs: int, seed: int = 1) -> tuple[Any, Any]:
    """Two limits, and one answer in ten beyond them."""
    rng = np.random.default_rng(seed)
    points = rng.random((draws, inputs))
    inside = (points[:, 1] > 0.7) & (points[:, 3] < 0.4)
    return points, np.where(inside, rng.random(draws) < 0.95, rng.random(draws) < 0.02)


def test_a_planted_box_is_found():
    points, answers = planted(8000, 15)
    found = describe_answer(points, answers, np.random.default_rng(2))
    assert found.is_good
    assert found.description == found.box
    assert not found.of_refusals
    assert found.box.limits == ((1, False), (3, True))
    assert found.box.lower[1] == pytest.approx(0.7, abs=0.03)
    assert found.box.upper[3] == pytest.approx(0.4, abs=0.03)
    assert found.held_out.coverage == pytest.approx(0.114 / (0.114 + 0.0176), abs=0.04)
    assert found.held_out.density == pytest.approx(0.95, abs=0.05)
    assert found.recurrence == (10, 10)
    assert max(chance.quasi_p for chance in found.chances) < 1e-20


def test_refusals_are_described_where_most_accept():
    points, answers = planted(4000, 6)
    found = describe_answer(points, ~answers, np.random.default_rng(2))
    assert found.of_refusals
    assert found.box == describe_answer(points, answers, np.random.default_rng(2)).box


def test_chance_has_no_description():
    rng = np.random.default_rng(3)
    for share in (0.1, 0.45):
        found = describe_answer(rng.random((3000, 12)), rng.random(3000) < share, rng)
        assert found.description is None


def test_a_scattered_answer_has_no_short_description():
    """Seven inputs of ten must be high: no three of them tell."""
    points = np.random.default_rng(4).random((4000, 10))
    answers = (points > 0.5).sum(axis=1) >= 7
    found = describe_answer(points, answers, np.random.default_rng(5))
    assert found.description is None


def test_of_a_rare_answer_the_weighted_sample_is_described():
    """Both limits are where they should be, and the mass is that of plain draws."""
    rng = np.random.default_rng(6)

    def above_both(uniforms: Any) -> Any:
        return np.minimum(uniforms[:, 2] - 0.98, uniforms[:, 7] - 0.95)

    rare = estimate_rare_share(above_both, 12, rng)
    sample = rare.sample
    found = describe_answer(sample.uniforms, sample.outputs > 0, rng, sample.weights, half_samples=4)
    assert found.is_good
    assert found.box.limits == ((2, False), (7, False))
    assert found.box.lower[2] == pytest.approx(0.98, abs=0.004)
    assert found.box.lower[7] == pytest.approx(0.95, abs=0.01)
    assert found.held_out.mass == pytest.approx(0.001, rel=0.25)
    assert found.chances == ()


def test_draws_that_count_twice_are_draws_of_weight_two():
    points, answers = planted(600, 4)
    weights = np.random.default_rng(7).integers(1, 3, len(points)).astype(float)
    copies = np.repeat(np.arange(len(points)), weights.astype(int))
    box = Box.without_limits(4).with_limit(1, False, 0.65).with_limit(3, True, 0.5)
    weighted = measure_box(box, points, answers, weights)
    copied = measure_box(box, points[copies], answers[copies])
    assert (weighted.coverage, weighted.density, weighted.mass) == pytest.approx(
        (copied.coverage, copied.density, copied.mass)
    )
    distances = distribution_distances(points, answers, weights)
    assert distances == pytest.approx(distribution_distances(points[copies], answers[copies]))


def test_weights_that_are_all_alike_change_nothing():
    points, answers = planted(2000, 5)
    assert peel_boxes(points, answers) == peel_boxes(points, answers, np.ones(len(points)))
    boxes, scaled = (peel_boxes(points, answers, np.full(len(points), weight)) for weight in (1.0, 0.25))
    assert [found.box for found in boxes] == [found.box for found in scaled]


def test_boxes_are_nested_and_ever_denser():
    points, answers = planted(3000, 5)
    trajectory = peel_boxes(points, answers, least_mass=0.02)
    measures = [found.measures for found in trajectory]
    assert (measures[0].coverage, measures[0].mass, measures[0].draws) == (1, 1, 3000)
    assert all(later.density > earlier.density for earlier, later in pairwise(measures))
    assert all(later.coverage <= earlier.coverage for earlier, later in pairwise(measures))
    assert all(0.9 < later.draws / earlier.draws < 1 for earlier, later in pairwise(measures))
    assert measures[-1].mass >= 0.02
    for found in trajectory:
        assert measure_box(found.box, points, answers) == found.measures


def test_inputs_of_few_values_are_cut_between_them():
    rng = np.random.default_rng(8)
    points = rng.integers(0, 4, (2000, 2)).astype(float)
    for direction in (1, -1):
        boxes = peel_boxes(direction * points, points[:, 0] == 3)
        box = boxes[-1].box
        assert (box.lower[0], box.upper[0]) == ((2.5, inf) if direction == 1 else (-inf, -2.5))


def test_peeling_weighs():
    """An answer that is even everywhere is dense only where those who have it weigh more."""
    rng = np.random.default_rng(9)
    points, answers = rng.random((4000, 2)), rng.random(4000) < 0.5
    for weight in (5.0, 0.2):
        weights = np.where(answers & (points[:, 0] > 0.5), weight, 1.0)
        box = next(found.box for found in peel_boxes(points, answers, weights) if found.measures.mass < 0.6)
        assert box.limited_inputs[0] == 0
        assert (box.lower[0] > 0.3) if weight > 1 else (box.upper[0] < 0.7)


def test_a_slice_counts_by_what_it_gains_for_each_draw_that_goes():
    """No answer in the lowest twentieth of the second input; half of the draws go for more if the first is cut."""
    rng = np.random.default_rng(10)
    points = np.stack([np.arange(4000) % 2, rng.random(4000)], axis=1)
    answers = (points[:, 1] > 0.05) & (rng.random(4000) < 0.4 + 0.2 * points[:, 0])
    assert peel_boxes(points, answers)[1].box.limits == ((1, False),)


@pytest.mark.parametrize(
    ("coverage", "density", "recurrence", "half_samples", "good"),
    [
        (0.5, 0.5, (8,), 10, True),
        (0.49, 0.9, (10,), 10, False),
        (0.9, 0.49, (10,), 10, False),
        (0.9, 0.9, (7,), 10, False),
        (0.9, 0.9, (7,), 8, True),
    ],
)
def test_what_a_description_must_have(
    coverage: float, density: float, recurrence: tuple[int, ...], half_samples: int, good: bool
):
    held_out = BoxMeasures(coverage, density, 0.2, draws=20, hits=10)
    found = AnswerDescription(False, Box((0.5,), (inf,)), held_out, recurrence, (), half_samples)
    assert found.is_good == good
    assert (found.description is None) != good
    unlimited = AnswerDescription(False, Box.without_limits(1), held_out, (), (), half_samples)
    assert not unlimited.is_good


def test_a_third_input_must_be_worth_it():
    """Two inputs of twenty count: by chance a third always seems to add a little on the draws that it is chosen on."""
    rng = np.random.default_rng(11)
    for _ in range(6):
        points = rng.random((2000, 20))
        found = describe_answer(points, points[:, 0] + points[:, 1] > 1.5, rng, half_samples=0)
        assert found.box.limits == ((0, False), (1, False))


def test_pruning_takes_back_what_adds_least():
    points, answers = planted(4000, 6)
    box = Box.without_limits(6).with_limit(1, False, 0.7).with_limit(3, True, 0.4)
    padded = box.with_limit(0, False, 0.05).with_limit(5, True, 0.95)
    assert prune_box(padded, points, answers) == box
    assert prune_box(padded, points, answers, most_inputs=1).limited_inputs in ((1,), (3,))
    assert prune_box(padded, points, answers, most_inputs=6, least_loss=-1) == padded


@given(st.integers(0, 99), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_quasi_p_is_the_binomial(seed: int, low: float, high: float):
    points, answers = planted(200, 4, seed)
    box = Box.without_limits(4).with_limit(1, False, low).with_limit(3, True, high)
    own = measure_box(box, points, answers)
    chances = limit_chances(box, points, answers)
    assert [(chance.number, chance.is_upper) for chance in chances] == [(1, False), (3, True)]
    for chance in chances:
        wider = measure_box(box.without_input(chance.number), points, answers)
        assert chance.quasi_p == pytest.approx(binom.sf(own.hits - 1, own.draws, wider.density), rel=1e-9, abs=1e-300)


@given(st.integers(0, 99), st.booleans())
def test_distances_are_those_of_kolmogorov_and_smirnov(seed: int, of_few_values: bool):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 5, (60, 3)) / 5 if of_few_values else rng.random((60, 3))
    answers = np.arange(60) < rng.integers(1, 60)
    expected = [ks_2samp(column[answers], column[~answers]).statistic for column in points.T]
    assert distribution_distances(points, answers) == pytest.approx(expected)


@pytest.mark.parametrize("answer", [True, False])
def test_nothing_to_tell_apart(answer: bool):
    with pytest.raises(ValueError, match="all draws have the answer, or none"):
        describe_answer(np.random.default_rng(1).random((50, 2)), np.full(50, answer), np.random.default_rng(1))


def test_a_box_that_holds_nothing():
    measures = measure_box(Box((2.0,), (3.0,)), np.array([[0.1], [0.2]]), np.array([True, False]))
    assert (measures.coverage, measures.density, measures.mass, measures.draws, measures.hits) == (0, 0, 0, 0, 0)
    assert limit_chances(Box((2.0,), (inf,)), np.array([[0.1], [0.2]]), np.array([True, False]))[0].quasi_p == 1
