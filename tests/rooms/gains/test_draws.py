"""Draws of uncertain numbers: their distributions, and that they are the same whoever makes them."""

from __future__ import annotations

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.random_streams import DRAWS_PER_BATCH, draw_estimate, probability_mass, random_stream
from detente.rooms.gains.model.network import graph_operators as operators
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation import draws as drawing
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import draw_batches
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
    every = np.concatenate([draw_estimate(estimate, random_stream(1, "x", block)) for block in range(20)])
    assert every.mean() == pytest.approx(estimate.mean, abs=0.05)
    low, high = estimate.bounds
    assert low <= every.min()
    assert every.max() <= high
    assert probability_mass(estimate, *estimate.bounds) == pytest.approx(1)


def test_draws_are_the_same_whoever_makes_them():
    one = draw_estimate(Estimate(uniform=(0, 1)), random_stream(1, "a", 3))
    assert (one == draw_estimate(Estimate(uniform=(0, 1)), random_stream(1, "a", 3))).all()
    for other in (random_stream(2, "a", 3), random_stream(1, "b", 3), random_stream(1, "a", 4)):
        assert (one != draw_estimate(Estimate(uniform=(0, 1)), other)).any()


def test_what_falls_outside_is_drawn_again():
    cut = draw_estimate(Estimate(normal=(0.9, 0.5)), random_stream(1, "x", 0), low=0, high=1)
    assert cut.min() >= 0
    assert cut.max() <= 1
    assert probability_mass(Estimate(normal=(0, 1)), -1.96, 1.96) == pytest.approx(0.95, abs=1e-3)
    assert probability_mass(Estimate(normal=(50, 1)), 0, 1) < 1e-9


def test_another_estimate_leaves_the_draws_of_the_others(tmp_path):
    uncertain = {"uniform": [0.5, 1.5]}
    one = read_case(str(written(tmp_path, issues__road__stakes=uncertain))).case
    more = read_case(str(written(tmp_path, issues__road__stakes=uncertain, network__periphery=uncertain))).case
    first, second = (next(draw_batches(case, build_actor_network(case, 2000), DRAWS_PER_BATCH)) for case in (one, more))
    assert first.pair_stakes("road").amount[:, 0] == pytest.approx(second.pair_stakes("road").amount[:, 0])
    assert len(first.pair_stakes("road").amount) == DRAWS_PER_BATCH


def test_few_draws_are_the_first_of_the_block(tmp_path):
    """And of the block no more is drawn than the smallest power of two that holds them."""
    uncertain = {"uniform": [0.5, 1.5]}
    case = read_case(str(written(tmp_path, issues__road__stakes=uncertain, network__spread=0.5))).case
    network = build_actor_network(case, 2000)
    whole, few = (next(draw_batches(case, network, count)) for count in (DRAWS_PER_BATCH, 100))
    amounts = few.pair_stakes("road").amount
    assert len(amounts) == 128
    assert (amounts == whole.pair_stakes("road").amount[:128]).all()


@pytest.fixture
def members(tmp_path):
    """A case of six members a side, and its arena."""
    case = read_case(str(write_case(member_case(1, 6), tmp_path))).case
    return case, build_actor_network(case, 2008)


def test_a_block_in_parts_has_the_draws_of_the_whole(members, monkeypatch):
    """Bit for bit, whatever the order in which its parts are asked for; and so the numbers that come of them."""
    case, found = members
    (whole,) = draw_batches(case, found, DRAWS_PER_BATCH)
    gains = Simulation(ChannelModel(case, found), 3000).result
    monkeypatch.setattr(drawing, "MOST_HELD", 10_000)
    parts = list(draw_batches(case, found, DRAWS_PER_BATCH))
    assert len(parts) == drawing.parts_per_batch(case, found) > 4
    for name in case.issues:
        backwards = [part.pair_weights(name) for part in reversed(parts)]
        assert (np.concatenate(backwards[::-1]) == whole.pair_weights(name)).all()
        assert (
            np.concatenate([part.stake_parameters(name)[0] for part in parts]) == whole.stake_parameters(name)[0]
        ).all()
    assert [part.draw_count for part in draw_batches(case, found, DRAWS_PER_BATCH + 1)][-1] == parts[0].draw_count
    again = Simulation(ChannelModel(case, found), 3000).result
    for run, outcome in gains.outcomes.items():
        assert again.outcomes[run].gains.shape == outcome.gains.shape
        assert again.outcomes[run].gains == pytest.approx(outcome.gains, abs=1e-12)
        assert again.outcomes[run].brokerage == pytest.approx(outcome.brokerage, abs=1e-12)


def test_operators_kept_by_what_is_not_0_give_the_same_values(members, monkeypatch):
    case, found = members
    (one,) = draw_batches(case, found, DRAWS_PER_BATCH)
    amount, dense = one.pair_weights("trade"), ChannelModel(case, found).operator_stack
    expected = {of: dense.myerson_values(amount[:, picked], one.decay, of) for of, picked in _picked(found)}
    monkeypatch.setattr(operators, "MOST_DENSE", 0)
    sparse = ChannelModel(case, found).operator_stack
    for of, picked in _picked(found):
        assert sparse.myerson_values(amount[:, picked], one.decay, of) == pytest.approx(expected[of], abs=1e-12)


def _picked(found):
    across = found.across_organisations
    return (("all", np.ones_like(across)), ("across", across), ("within", ~across))


def test_bundled_cases_are_drawn_in_one_part():
    """So that their numbers are to the bit what they were before blocks were divided."""
    for name, years in {"nato-csto": (2005, 2007), "two-leagues": (1408,), "cmea-ec": (1976, 1988)}.items():
        case = read_case(name).case
        for year in years:
            assert drawing.parts_per_batch(case, build_actor_network(case, year)) == 1


def test_what_fifty_members_a_side_take_is_bounded(tmp_path):
    """No array of draws beyond a limit, and operators by what is not 0: a hundredth of what they would be."""
    case = read_case(str(write_case(member_case(1, 50), tmp_path))).case
    found = build_actor_network(case, 2008)
    part = next(draw_batches(case, found, DRAWS_PER_BATCH))
    assert part.draw_count * len(found.across_organisations) <= drawing.MOST_HELD
    assert part.pair_weights("trade").shape == (part.draw_count, 100 * 99 // 2)
    stack = ChannelModel(case, found).operator_stack
    kept = sum(one.nonzero_shares.size for one in stack.operators)
    assert kept < 0.05 * sum(np.prod(one.shape) for one in stack.operators)
    assert stack.myerson_values(np.ones((2, len(found.across_organisations))), np.ones(2)).shape == (
        len(stack.operators),
        2,
        100,
    )
    assert "_dense_matrices" not in vars(stack)  # never laid out with all the 0
