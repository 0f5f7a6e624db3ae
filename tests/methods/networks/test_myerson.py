"""Values on communication graphs: published numbers, axioms, brute force, independent programs."""

from __future__ import annotations

import doctest
import json
import math
from itertools import combinations, permutations
from math import sqrt
from random import Random
from typing import Any

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.networks.coalitional_games import (
    myerson_value,
    owen_value,
    restricted_game,
    shapley_value,
    weighted_shapley_value,
)
from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.myerson import link_costs, share_operator
from detente.methods.networks.myerson_blocks import BlockTooLarge, block_shares
from detente.methods.networks.myerson_forest import forest_myerson_value, forest_shares
from detente.methods.networks.myerson_sampled import sampled_myerson_value, sampled_shares
from detente.methods.networks.network_formation import (
    componentwise_network_worth,
    network_myerson_values,
    pairwise_network_worth,
    pairwise_stable_networks,
    path_lengths,
    position_value,
)
from tests.conftest import ROOT


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> Graph:
    """Any graph."""
    n = draw(st.integers(1, most))
    possible = list(combinations(range(n), 2))
    return Graph.from_links(n, draw(st.lists(st.sampled_from(possible), unique=True)) if possible else [])


@st.composite
def games(draw: st.DrawFn, n: int) -> Any:
    """Any game of n players."""
    worth = draw(st.lists(st.integers(-20, 20), min_size=2**n, max_size=2**n))
    return np.array([0.0, *map(float, worth[1:])])


def pair_game(n: int, synergies: Any) -> Any:
    """A game of pairs as one of coalitions."""
    worth = np.zeros(2**n)
    for (a, b), s in zip(combinations(range(n), 2), synergies, strict=True):
        both = 1 << a | 1 << b
        worth[[c for c in range(2**n) if c & both == both]] += s
    return worth


def apart(graph: Graph, coalition: int, a: int, b: int) -> int | None:
    """How far apart two players are within a coalition, by walking."""
    if not (coalition >> a & coalition >> b & 1):
        return None
    reached, steps = {a}, 0
    while b not in reached:
        wider = reached | {
            other
            for one in reached
            for other in range(graph.n)
            if graph.neighbour_masks[one] >> other & coalition >> other & 1
        }
        if wider == reached:
            return None
        reached, steps = wider, steps + 1
    return steps


def two_hubs(spokes: int) -> Graph:
    """Two linked hubs, each linked with every spoke."""
    return Graph.from_links(spokes + 2, [(0, 1), *((hub, at) for hub in (0, 1) for at in range(2, spokes + 2))])


def column(n: int, a: int, b: int) -> int:
    """The place of a pair."""
    return list(combinations(range(n), 2)).index((a, b))


def test_published_and_computed_examples(shared):
    for example in json.loads((shared / "anchors/channels/graph_game_examples.json").read_text()):
        n = example["n"]
        worth = np.zeros(2**n)
        for coalition, value in example["v"].items():
            worth[int(coalition)] = value
        links = [(a, b) for a, b in example["edges"] or []]
        match example["solution"]:
            case "myerson":
                found = myerson_value(worth, Graph.from_links(n, links))
            case "position":
                found = position_value(n, links, componentwise_network_worth(n, links, worth))
            case "owen":
                found = owen_value(worth, example["unions"])
                assert shapley_value(worth) == pytest.approx(example["shapley"])
        assert found == pytest.approx(example["expected"], abs=1e-12), example["name"]


def test_aumann_and_myerson_1988():
    worth = np.array([0, 0, 0, 60, 0, 60, 60, 72.0])
    assert myerson_value(worth, Graph.from_links(3, [])).tolist() == [0, 0, 0]
    assert myerson_value(worth, Graph.from_links(3, [(0, 1)])).tolist() == pytest.approx([30, 30, 0])
    assert myerson_value(worth, Graph.from_links(3, [(0, 1), (1, 2)])).tolist() == pytest.approx([14, 44, 14])
    assert myerson_value(worth, Graph.from_links(3, [(0, 1), (1, 2), (0, 2)])).tolist() == pytest.approx([24, 24, 24])


def test_two_hubs_share_with_those_they_join():
    shares = block_shares(two_hubs(6))[:, :, column(8, 2, 3)].sum(axis=0)
    assert shares == pytest.approx([1 / 12, 1 / 12, 5 / 12, 5 / 12, 0, 0, 0, 0])
    many = block_shares(two_hubs(24))[:, :, column(26, 2, 3)].sum(axis=0)
    assert many[:4] == pytest.approx([1 / 12, 1 / 12, 5 / 12, 5 / 12])


@given(st.data())
def test_every_component_divides_what_it_is_worth(data):
    graph = data.draw(graphs(6))
    worth = data.draw(games(graph.n))
    value = myerson_value(worth, graph)
    for component in set(graph.component_masks):
        assert sum(value[k] for k in range(graph.n) if component >> k & 1) == pytest.approx(worth[component])


@given(st.data())
def test_two_players_gain_alike_by_a_link(data):
    graph = data.draw(graphs(6).filter(lambda g: g.links))
    worth = data.draw(games(graph.n))
    a, b = data.draw(st.sampled_from(graph.links))
    gain = myerson_value(worth, graph) - myerson_value(worth, graph.without_links([(a, b)]))
    assert gain[a] == pytest.approx(gain[b])


@given(st.data())
def test_linear_and_blind_to_names(data):
    graph = data.draw(graphs(5))
    one, other = data.draw(games(graph.n)), data.draw(games(graph.n))
    both = myerson_value(2 * one - 3 * other, graph)
    assert both == pytest.approx(2 * myerson_value(one, graph) - 3 * myerson_value(other, graph))
    name = data.draw(st.permutations(range(graph.n)))
    renamed = np.zeros_like(one)
    for coalition in range(len(one)):
        renamed[sum(1 << name[k] for k in range(graph.n) if coalition >> k & 1)] = one[coalition]
    moved = Graph.from_links(graph.n, [(name[a], name[b]) for a, b in graph.links])
    assert myerson_value(renamed, moved)[list(name)] == pytest.approx(myerson_value(one, graph))


@given(st.data())
def test_the_shapley_value_by_orders_of_arrival(data):
    n = data.draw(st.integers(1, 5))
    worth = data.draw(games(n))
    expected = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        there = 0
        for player in order:
            expected[player] += (worth[there | 1 << player] - worth[there]) / len(orders)
            there |= 1 << player
    assert shapley_value(worth) == pytest.approx(expected)
    assert shapley_value(np.stack([worth, 2 * worth]))[1] == pytest.approx(2 * expected)


@given(st.data())
def test_the_weighted_value(data):
    n = data.draw(st.integers(1, 5))
    worth = data.draw(games(n))
    assert weighted_shapley_value(worth, np.full(n, 3.0)) == pytest.approx(shapley_value(worth))
    weights = np.arange(1.0, n + 1)
    assert weighted_shapley_value(worth, weights).sum() == pytest.approx(worth[-1])
    all_needed = np.zeros(2**n)
    all_needed[-1] = 1
    assert weighted_shapley_value(all_needed, weights) == pytest.approx(weights / weights.sum())


@given(st.data())
def test_the_restricted_game_by_components(data):
    graph = data.draw(graphs(6))
    worth = data.draw(games(graph.n))
    found = restricted_game(worth, graph)
    for coalition in range(len(worth)):
        parts = {graph.restricted_to(coalition).component_masks[k] for k in range(graph.n) if coalition >> k & 1}
        assert found[coalition] == pytest.approx(sum(worth[part] for part in parts))


@settings(max_examples=150)
@given(graphs(7), st.integers(0, 2**32))
def test_share_operators_agree_with_all_coalitions(graph, seed):
    synergies = np.random.default_rng(seed).uniform(-1, 1, graph.n * (graph.n - 1) // 2)
    expected = myerson_value(pair_game(graph.n, synergies), graph)
    assert block_shares(graph).sum(axis=0) @ synergies == pytest.approx(expected, abs=1e-12)
    assert share_operator(graph).myerson_value(synergies) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(graphs(6).filter(lambda g: g.n > 1), st.data())
def test_shares_by_length_agree_with_all_coalitions(graph, data):
    a, b = data.draw(st.sampled_from(list(combinations(range(graph.n), 2))))
    shares = block_shares(graph)
    for length in range(1, graph.n):
        worth = np.array([float(apart(graph, coalition, a, b) == length) for coalition in range(2**graph.n)])
        found = shares[length - 1, :, column(graph.n, a, b)] if length <= len(shares) else np.zeros(graph.n)
        assert found == pytest.approx(shapley_value(worth), abs=1e-12)


@given(st.integers(1, 40), st.integers(0, 2**32), st.sampled_from([1.0, 0.9, 0.5, 0.0]))
def test_forests_in_closed_form(n, seed, decay):
    random = Random(seed)
    graph = Graph.from_links(n, [(k, random.randrange(k)) for k in range(1, n) if random.random() < 0.9])
    synergies = np.zeros((n, n))
    i, j = pair_indices(n)
    synergies[i, j] = np.random.default_rng(seed).uniform(0, 1, len(i))
    synergies += synergies.T
    shares, apart_ = forest_shares(graph)
    operator = share_operator(graph)
    assert operator.method == "forest"
    assert operator.by_length.sum(axis=0) == pytest.approx(shares)
    expected = operator.myerson_value(synergies[i, j], decay)
    assert forest_myerson_value(graph, synergies, decay) == pytest.approx(expected, abs=1e-12)
    if n <= 12:
        assert expected == pytest.approx(
            np.tensordot(decay ** np.arange(len(b := block_shares(graph))), b, 1) @ synergies[i, j], abs=1e-12
        )
    assert set(apart_[shares.sum(axis=0) == 0]) <= {0.0}


def test_a_cycle_is_no_forest():
    ring = Graph.from_links(3, [(0, 1), (1, 2), (0, 2)])
    with pytest.raises(ValueError, match="cycle"):
        forest_shares(ring)
    with pytest.raises(ValueError, match="cycle"):
        forest_myerson_value(ring, np.ones((3, 3)))


@given(graphs(12))
def test_blocks_against_networkx(graph):
    other = networkx.Graph(graph.links)
    assert sorted(graph.blocks) == sorted(tuple(sorted(block)) for block in networkx.biconnected_components(other))


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_two_independent_programs(seed):
    import coopgame
    from tucoopy import Game
    from tucoopy.solutions.myerson import myerson_value as peer_myerson_value

    random = Random(seed)
    n = random.randint(3, 12)
    possible = list(combinations(range(n), 2))
    graph = Graph.from_links(n, random.sample(possible, random.randint(1, len(possible))))
    worth = np.random.default_rng(seed).uniform(-1, 1, 2**n)
    worth[0] = 0
    found = myerson_value(worth, graph)
    assert found == pytest.approx(coopgame.myerson(coopgame.Game(worth[1:].tolist()), list(graph.links)), abs=1e-9)
    if n <= 10:
        game = Game(n_players=n, v=dict(enumerate(worth.tolist())))
        assert found == pytest.approx(peer_myerson_value(game, edges=graph.links).x, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_owen_value_against_an_independent_program(seed):
    from tucoopy import Game
    from tucoopy.solutions.owen import owen_value as peer_owen_value

    random = Random(seed)
    n = random.randint(3, 7)
    of = [random.randrange(3) for _ in range(n)]
    unions = [[k for k in range(n) if of[k] == u] for u in range(3) if u in of]
    worth = np.random.default_rng(seed).uniform(-1, 1, 2**n)
    worth[0] = 0
    found = peer_owen_value(Game(n_players=n, v=dict(enumerate(worth.tolist()))), unions=unions)
    assert owen_value(worth, unions) == pytest.approx(getattr(found, "x", found), abs=1e-9)
    with pytest.raises(ValueError, match="one union"):
        owen_value(worth, unions[:-1])


def test_sampling_stays_within_its_own_error():
    random = Random(3)
    graph = Graph.from_links(10, [link for link in combinations(range(10), 2) if random.random() < 0.3])
    exact = block_shares(graph)
    mean, error = sampled_shares(graph, orders=2_000, seed=5)
    assert mean.shape == exact.shape
    off = (mean - exact)[error > 0] / error[error > 0]
    assert abs(off).max() < 5
    assert sqrt((off**2).mean()) == pytest.approx(1, abs=0.25)
    assert mean[error == 0] == pytest.approx(exact[error == 0], abs=0.01)
    synergies = np.random.default_rng(1).uniform(0, 1, 45)
    worth = pair_game(10, synergies)
    value, wrong = sampled_myerson_value(graph, lambda coalition: float(worth[coalition]), orders=1_000, seed=2)
    assert (abs(value - myerson_value(worth, graph)) < 5 * wrong + 1e-9).all()


def test_too_large_a_block_is_sampled_and_says_so():
    random = Random(5)
    graph = Graph.from_links(24, [link for link in combinations(range(24), 2) if random.random() < 0.25])
    with pytest.raises(BlockTooLarge):
        block_shares(graph)
    shares = share_operator(graph, orders=20)
    assert shares.method == "sampled"
    assert shares.standard_errors is not None
    assert share_operator(graph, orders=20).by_length == pytest.approx(shares.by_length)


def test_own_part_and_brokerage_make_up_the_value():
    graph = two_hubs(3)
    shares = share_operator(graph)
    synergies = np.random.default_rng(0).uniform(0, 1, (4, 10))
    own, brokerage = shares.own_and_brokerage(synergies, 0.8)
    assert own + brokerage == pytest.approx(shares.myerson_value(synergies, 0.8))
    assert (brokerage[:, :2] > 0).all()
    path = share_operator(Graph.from_links(3, [(0, 1), (1, 2)]))
    assert path.own_and_brokerage(np.array([0, 1.0, 0]))[1].tolist() == pytest.approx([0, 1 / 3, 0])


def test_links_cost_either_end_half():
    assert link_costs(Graph.from_links(3, [(0, 1), (1, 2)]), np.array([2.0, 4.0])).tolist() == [[1, 2, 1], [2, 4, 2]]


@settings(max_examples=40, deadline=None)
@given(graphs(5).filter(lambda g: g.links), st.integers(0, 2**32), st.sampled_from([1.0, 0.7]))
def test_network_values_are_myerson_values_of_every_network(graph, seed, decay):
    synergies = np.random.default_rng(seed).uniform(0, 1, graph.n * (graph.n - 1) // 2)
    values = network_myerson_values(
        graph.n, graph.links, pairwise_network_worth(path_lengths(graph.n, graph.links), synergies, decay)
    )
    for network in {0, len(values) // 3, len(values) - 1}:
        part = Graph.from_links(graph.n, [link for at, link in enumerate(graph.links) if network >> at & 1])
        assert values[network] == pytest.approx(share_operator(part).myerson_value(synergies, decay), abs=1e-12)


@given(st.integers(2, 7), st.integers(0, 2**32))
def test_the_position_value_of_a_pair_on_a_path(n, seed):
    links = [(k, k + 1) for k in range(n - 1)]
    synergies = np.zeros(n * (n - 1) // 2)
    synergies[column(n, 0, n - 1)] = 1
    found = position_value(n, links, pairwise_network_worth(path_lengths(n, links), synergies))
    assert found.sum() == pytest.approx(1)
    assert found[[0, -1]] == pytest.approx([1 / 2 / (n - 1)] * 2)
    assert found[1:-1] == pytest.approx([1 / (n - 1)] * (n - 2))


def connections(delta: float, cost: float) -> list[tuple[int, ...]]:
    """The pairwise stable networks of four in the symmetric connections model, by their degrees."""
    links = list(combinations(range(4), 2))
    far = path_lengths(4, links)
    i, j = pair_indices(4)
    gain = np.where(far > 0, delta ** far.astype(float), 0)
    values = np.stack([gain[:, (i == k) | (j == k)].sum(axis=1) for k in range(4)], axis=1)
    stable = np.flatnonzero(pairwise_stable_networks(links, values, 2 * cost))
    degrees = [[sum(1 for at, link in enumerate(links) if g >> at & 1 and k in link) for k in range(4)] for g in stable]
    return sorted({tuple(sorted(each)) for each in degrees})


def test_the_connections_model_of_jackson_and_wolinsky(shared):
    model = json.loads((shared / "anchors/channels/connections_model.json").read_text())
    for example in model["n4"]:
        expected = sorted({tuple(sorted(degrees)) for degrees in example["stable_degree_sequences"]})
        assert connections(example["delta"], example["c"]) == expected


def test_either_end_bears_half_of_a_link():
    """One gains 0.6 by the link and the other 0.4: it is kept while half of its cost is below both."""
    for values in (np.array([[0.0, 0.0], [0.6, 0.4]]), np.array([[0.0, 0.0], [0.4, 0.6]])):
        found = {cost: pairwise_stable_networks([(0, 1)], values, cost).tolist() for cost in (0.7, 0.8, 0.9, 1.1, 1.3)}
        assert found[0.7] == found[0.8] == [False, True]  # at 0.8 it is worth 0.2 to the one, and nothing to the other
        assert found[0.9] == found[1.1] == found[1.3] == [True, False]


def test_what_is_stable_in_the_connections_model():
    """Of four: only the whole network below d - d^2, the star between that and d, and none beyond both.

    Jackson and Wolinsky 1996, proposition 2, where each end bears the cost c of a link.
    """
    whole, star, nothing = (3, 3, 3, 3), (1, 1, 1, 3), (0, 0, 0, 0)
    assert connections(0.6, 0.2) == [whole]
    assert star in connections(0.6, 0.3)
    assert whole not in connections(0.6, 0.3)
    assert nothing not in connections(0.6, 0.3)
    assert connections(0.6, 2.0) == [nothing]


def test_limits_are_told():
    with pytest.raises(ValueError, match="players 0 to 2"):
        Graph.from_links(3, [(0, 3)])
    with pytest.raises(ValueError, match="2\\^n"):
        shapley_value(np.zeros(3))
    with pytest.raises(ValueError, match="at most 16"):
        path_lengths(7, list(combinations(range(7), 2)))
    with pytest.raises(ValueError, match="players"):
        restricted_game(np.zeros(4), Graph.from_links(3, []))


def test_the_examples_of_the_guide():
    results = doctest.testfile(str(ROOT / "docs" / "myerson.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert results.attempted > 15
    assert results.failed == 0


OF_COALITIONS = {
    "shapley": shapley_value,
    "weighted": lambda worth: weighted_shapley_value(worth, np.ones(2)),
    "restricted": lambda worth: restricted_game(worth, Graph.from_links(2, [(0, 1)])),
    "myerson": lambda worth: myerson_value(worth, Graph.from_links(2, [(0, 1)])),
    "owen": lambda worth: owen_value(worth, [[0], [1]]),
    "position": lambda worth: position_value(3, [(0, 1), (1, 2)], worth),
}


@pytest.mark.parametrize("name", OF_COALITIONS)
@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ([0.5, 1, 2, 4], "worth nothing"),
        ([0, 1, math.nan, 4], "finite"),
        ([0, 1, 2, math.inf], "finite"),
        ([0, 1, 2, 4, 5], "2\\^n"),
        ([], "2\\^n"),
        (3.0, "2\\^n"),
    ],
)
def test_what_is_no_game_of_coalitions_is_told(name: str, wrong: Any, what: str):
    with pytest.raises(ValueError, match=what):
        OF_COALITIONS[name](wrong)


def test_several_games_at_once_are_for_those_that_take_them():
    two = np.array([[0.0, 1, 2, 5], [0, 2, 4, 10]])
    assert shapley_value(two).tolist() == [[2, 3], [4, 6]]
    two[1, 0] = -1e-9
    with pytest.raises(ValueError, match="worth nothing"):
        shapley_value(two)
    for one in ("weighted", "owen"):
        with pytest.raises(ValueError, match="one game"):
            OF_COALITIONS[one](np.zeros((2, 4)))
    for weights in ([1.0, 0.0], [1.0, math.nan], [1.0]):
        with pytest.raises(ValueError, match="a weight above 0"):
            weighted_shapley_value([0, 1, 2, 5], np.array(weights))
