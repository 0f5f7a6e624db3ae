"""Draws of uncertain numbers: their distributions, and that they are the same whoever makes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente import Case
from detente.assessment.assess import read_case
from detente.case.index.dated_estimates import case_in_year
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.distributions import distribution_of, probability_mass
from detente.methods.offer_model import graph_operators, model_draws
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import batch_ranges, mean_numbers, sample_model
from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, stream_keys
from detente.methods.sampling.number_draws import DRAWS_PER_BATCH
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.simulation import Simulation
from tests.cases.member_cases import member_case
from tests.cases.rule_cases import write_case
from tests.cases.two_hub_case import written

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
    every = distribution_of(estimate).quantile(hypercube_uniforms(0, 40_960, stream_keys(1, "x")))
    assert every.mean() == pytest.approx(estimate.mean, abs=0.005)
    low, high = estimate.bounds
    assert low <= every.min()
    assert every.max() <= high
    assert probability_mass(estimate, *estimate.bounds) == pytest.approx(1)
    assert distribution_of(estimate).mean == pytest.approx(estimate.mean)


def test_what_falls_outside_is_left_out():
    cut = distribution_of(Estimate(normal=(0.9, 0.5)), low=0, high=1)
    drawn = cut.quantile(hypercube_uniforms(0, 2_048, stream_keys(1, "x")))
    assert drawn.min() >= 0
    assert drawn.max() <= 1
    assert cut.mean == pytest.approx(0.9)
    assert probability_mass(Estimate(normal=(0, 1)), -1.96, 1.96) == pytest.approx(0.95, abs=1e-3)
    assert probability_mass(Estimate(normal=(50, 1)), 0, 1) < 1e-9


def description_of(case: Case, year: int) -> ModelDescription:
    return ChannelModel(case, build_actor_network(case, year)).description


def test_another_estimate_leaves_the_draws_of_the_others(tmp_path: Path):
    uncertain = {"uniform": [0.5, 1.5]}
    one = read_case(str(written(tmp_path, issues__road__stakes=uncertain))).case
    more = read_case(str(written(tmp_path, issues__road__stakes=uncertain, network__periphery=uncertain))).case
    first, second = (sample_model(description_of(case, 2000), range(500)) for case in (one, more))
    assert (first.stake_parameters(0)[0] == second.stake_parameters(0)[0]).all()
    assert first.pair_weights(0)[:, 0] == pytest.approx(second.pair_weights(0)[:, 0])
    assert first.pair_weights(0).shape == (500, 10)


def test_few_draws_are_the_first_of_many(tmp_path: Path):
    """And no more are made than are asked for."""
    uncertain = {"uniform": [0.5, 1.5]}
    case = read_case(str(written(tmp_path, issues__road__stakes=uncertain, network__spread=0.5))).case
    many, few = (sample_model(description_of(case, 2000), range(count)) for count in (2_048, 100))
    assert few.pair_weights(0).shape == (100, 10)
    assert (few.pair_weights(0) == many.pair_weights(0)[:100]).all()


def test_departures_of_a_pair_have_the_spread_that_is_asked_for_on_each_issue(tmp_path: Path):
    case = read_case(str(written(tmp_path, network__spread=0.5))).case
    drawn, usual = sample_model(description_of(case, 2000), range(4_000)), mean_numbers(description_of(case, 2000))
    departures = np.log(drawn.pair_weights(0) / usual.pair_weights(0))
    assert departures.std(axis=0) == pytest.approx(0.5, abs=0.02)
    assert departures.mean(axis=0) == pytest.approx(0, abs=0.03)
    assert np.abs(np.corrcoef(departures.T) - np.eye(10)).max() < 0.08


@pytest.fixture
def members(tmp_path: Path) -> ChannelModel:
    """A case of six members a side."""
    case = read_case(str(write_case(member_case(1, 6), tmp_path))).case
    return ChannelModel(case, build_actor_network(case, 2008))


def test_smaller_batches_have_the_same_draws(members: ChannelModel, monkeypatch: pytest.MonkeyPatch):
    """Bit for bit; and so the numbers that come of them."""
    description = members.description
    (whole,) = batch_ranges(description.network, DRAWS_PER_BATCH)
    gains = Simulation(members, 3000).result
    monkeypatch.setattr(model_draws, "MOST_HELD", 10_000)
    parts = list(batch_ranges(description.network, DRAWS_PER_BATCH))
    assert len(parts) > 4
    assert [index for part in parts for index in part] == list(whole)
    drawn = sample_model(description, whole)
    for number in range(len(description.network.issues)):
        weights = [sample_model(description, part).pair_weights(number) for part in parts]
        assert (np.concatenate(weights) == drawn.pair_weights(number)).all()
    assert list(batch_ranges(description.network, DRAWS_PER_BATCH + 1))[-1] == range(
        DRAWS_PER_BATCH, DRAWS_PER_BATCH + 1
    )
    again = Simulation(members, 3000).result
    for run, outcome in gains.outcomes.items():
        assert again.outcomes[run].gains.shape == outcome.gains.shape
        assert again.outcomes[run].gains == pytest.approx(outcome.gains, abs=1e-12)
        assert again.outcomes[run].brokerage == pytest.approx(outcome.brokerage, abs=1e-12)


def test_operators_kept_by_what_is_not_0_give_the_same_values(members: ChannelModel, monkeypatch: pytest.MonkeyPatch):
    network = members.description.network
    amount, decay = np.random.default_rng(2).random((50, len(network.across))), np.linspace(0.2, 1, 50)
    masks = {"all": np.ones_like(network.across_pairs), "across": network.across_pairs, "within": ~network.across_pairs}
    dense = {of: network.operators.myerson_values(amount[:, mask], decay, of) for of, mask in masks.items()}  # type: ignore[arg-type]
    monkeypatch.setattr(graph_operators, "MOST_DENSE", 0)
    sparse = replace(network).operators
    for of, mask in masks.items():
        assert sparse.myerson_values(amount[:, mask], decay, of) == pytest.approx(dense[of], abs=1e-12)  # type: ignore[arg-type]
    assert "_dense_matrices" not in vars(sparse)


def test_bundled_cases_are_worked_out_in_whole_batches():
    for name, years in {"nato-csto": (2005, 2007), "two-leagues": (1408,), "cmea-ec": (1976, 1988)}.items():
        case = read_case(name).case
        for year in years:
            description = description_of(case_in_year(case, year), year)
            first = next(batch_ranges(description.network, 10_000))
            assert len(first) == DRAWS_PER_BATCH


def test_what_fifty_members_a_side_take_is_bounded(tmp_path: Path):
    """No array of draws beyond a limit, and operators by what is not 0: a hundredth of what they would be."""
    case = read_case(str(write_case(member_case(1, 50), tmp_path))).case
    description = description_of(case, 2008)
    network = description.network
    first = next(batch_ranges(network, 10_000))
    assert len(first) * len(network.across) <= model_draws.MOST_HELD
    assert sample_model(description, first).pair_weights(0).shape == (len(first), 100 * 99 // 2)
    kept = sum(len(graph.shares) for graph in network.graphs)
    assert kept < 0.05 * len(network.graphs) * network.longest_path * 100 * len(network.across)
    values = network.operators.myerson_values(np.ones((2, len(network.across))), np.ones(2))
    assert values.shape == (len(network.graphs), 2, 100)
    assert "_dense_matrices" not in vars(network.operators)  # never laid out with all the 0
