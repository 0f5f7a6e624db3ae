"""Who can sway whom: the program's own example, plain loops, and the known ways in which it misleads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.networks.actor_influence import (
    ActorInfluence,
    IndirectForm,
    PositionScale,
    add_indirect_influence,
    align_actors,
    mobilisation,
    scale_positions,
)

FORMS = st.sampled_from(get_args(IndirectForm))


@pytest.fixture
def paris(shared: Path) -> Any:
    """The sheets of the example, and what comes of them."""
    return json.loads((shared / "anchors/agreement.json").read_text(encoding="utf-8"))["mactor_paris_airports"]


def direct(known: Any) -> Any:
    return np.array(known["MID"], dtype=float)


def positions(known: Any) -> Any:
    return np.array(known["2MAO"], dtype=float)


def test_influence_in_paris(paris: Any):
    influence = add_indirect_influence(direct(paris))
    assert influence.matrix.tolist() == paris["MIDI"]
    assert influence.self_influence.tolist() == np.diagonal(paris["MIDI"]).tolist()
    assert influence.influence.tolist() == paris["I"]
    assert influence.dependence.tolist() == paris["D"]
    assert influence.strength == pytest.approx(paris["r_star"], abs=5e-5)


def test_the_other_ways_to_read_it(paris: Any):
    """What one sways in oneself not taken off again; and the way by others as a product."""
    once = add_indirect_influence(direct(paris), takes_self_off=False)
    assert once.influence.tolist() == paris["I"]
    assert once.strength == pytest.approx(paris["r_star_diagonal_once"], abs=5e-5)
    product = add_indirect_influence(direct(paris), "product")
    assert product.strength == pytest.approx(paris["r_star_product"], abs=5e-5)


def test_what_is_for_and_against_in_paris(paris: Any):
    strength = add_indirect_influence(direct(paris)).strength
    stands = scale_positions(positions(paris), strength, "sign")
    counted = scale_positions(positions(paris), strength, "by-strength")
    for scaled, name in ((stands, "1MAO"), (counted, "3MAO")):
        for_it, against_it = mobilisation(scaled)
        assert for_it == pytest.approx(paris[name]["for"], abs=5e-4)
        assert against_it == pytest.approx(paris[name]["against"], abs=5e-4)
    assert np.abs(counted).sum(axis=1) == pytest.approx(paris["3MAO"]["actor"], abs=5e-4)
    assert scale_positions(positions(paris), strength, "stated").tolist() == paris["2MAO"]


def test_alliances_in_paris(paris: Any):
    makers, charter, state, airport = 0, 2, 3, 4
    strength = add_indirect_influence(direct(paris)).strength
    by_sign, as_stated, by_strength = (
        align_actors(scale_positions(positions(paris), strength, scale)) for scale in get_args(PositionScale)
    )
    assert by_sign.convergence[charter, airport] == paris["1CAA_charter_airport"]
    assert as_stated.convergence[charter, airport] == paris["2CAA_charter_airport"]
    assert by_strength.convergence[charter, airport] == pytest.approx(paris["3CAA_charter_airport"], abs=5e-5)
    assert by_strength.convergence[makers, state] == pytest.approx(paris["3CAA_manufacturers_state"], abs=5e-5)
    assert by_strength.ambivalence == pytest.approx(paris["ambivalence_3"], abs=5e-5)


@st.composite
def judgements(draw: st.DrawFn, least: int = 3) -> Any:
    """Direct influence in whole numbers; everybody can sway the next, and nobody is without any."""
    count = draw(st.integers(least, 6))
    matrix = np.array([[draw(st.integers(0, 4)) for _ in range(count)] for _ in range(count)], dtype=float)
    matrix[np.arange(count), (np.arange(count) + 1) % count] = 4
    np.fill_diagonal(matrix, 0)
    return matrix


@st.composite
def stances(draw: st.DrawFn, actors: int) -> Any:
    objectives = draw(st.integers(1, 4))
    return np.array([[draw(st.integers(-4, 4)) for _ in range(objectives)] for _ in range(actors)], dtype=float)


def by_loops(matrix: Any, form: IndirectForm, takes_self_off: bool) -> tuple[list[list[float]], list[float]]:
    """B and r*, as the formulas are written."""
    actors = range(len(matrix))
    way = min if form == "least" else lambda one, other: one * other
    b = [[float(matrix[i, j] + sum(way(matrix[i, k], matrix[k, j]) for k in actors)) for j in actors] for i in actors]
    sways = [sum(b[i][j] for j in actors if j != i) for i in actors]
    depends = [sum(b[j][i] for j in actors if j != i) for i in actors]
    r = [(sways[i] - b[i][i] * takes_self_off) / sum(sways) * sways[i] / (sways[i] + depends[i]) for i in actors]
    return b, [len(r) * one / sum(r) for one in r]


@given(judgements(), FORMS, st.booleans())
def test_influence_as_written(matrix: Any, form: IndirectForm, takes_self_off: bool):
    found = add_indirect_influence(matrix, form, takes_self_off)
    b, strength = by_loops(matrix, form, takes_self_off)
    assert found.matrix.tolist() == b
    assert found.strength == pytest.approx(strength)
    assert found.strength.mean() == pytest.approx(1)


@given(st.integers(1, 5).flatmap(stances))
def test_alignment_as_written(stated: Any):
    actors, objectives = stated.shape
    found, sides = align_actors(stated), mobilisation(stated)
    for i in range(actors):
        together, apart = 0.0, 0.0
        for j in range(actors):
            same = opposed = 0.0
            for k in range(objectives):
                size = (abs(stated[i, k]) + abs(stated[j, k])) / 2
                same += size * (i != j and stated[i, k] * stated[j, k] > 0)
                opposed += size * (i != j and stated[i, k] * stated[j, k] < 0)
            assert (found.convergence[i, j], found.divergence[i, j]) == (same, opposed)
            assert found.distance[i, j] == same - opposed
            together, apart = together + same + opposed, apart + abs(same - opposed)
        assert found.ambivalence[i] == pytest.approx(1 - apart / together if together else 0.0)
    for k in range(objectives):
        assert sides[0][k] == sum(max(p, 0) for p in stated[:, k])
        assert sides[1][k] == sum(max(-p, 0) for p in stated[:, k])


@given(judgements(), FORMS, st.booleans(), st.data())
def test_names_do_not_matter(matrix: Any, form: IndirectForm, takes_self_off: bool, data: st.DataObject):
    """Actors in another order have what they had, in that order."""
    order = data.draw(st.permutations(range(len(matrix))))
    stated = data.draw(stances(len(matrix)))
    as_is = add_indirect_influence(matrix, form, takes_self_off)
    moved = add_indirect_influence(matrix[np.ix_(order, order)], form, takes_self_off)
    assert (moved.matrix == as_is.matrix[np.ix_(order, order)]).all()
    assert moved.strength == pytest.approx(as_is.strength[order])
    alignment = align_actors(scale_positions(stated, as_is.strength, "by-strength"))
    other = align_actors(scale_positions(stated[order], moved.strength, "by-strength"))
    assert other.distance == pytest.approx(alignment.distance[np.ix_(order, order)])
    assert other.ambivalence == pytest.approx(alignment.ambivalence[order])


@settings(max_examples=40)
@given(st.integers(0, 2**32), FORMS, st.booleans(), st.sampled_from(get_args(PositionScale)))
def test_all_draws_at_once_are_one_at_a_time(seed: int, form: IndirectForm, takes_self_off: bool, scale: PositionScale):
    """With two leading dimensions."""
    source = np.random.default_rng(seed)
    matrices = source.uniform(0.1, 4, (2, 3, 5, 5)) * ~np.eye(5, dtype=bool)
    stated = source.uniform(-4, 4, (2, 3, 5, 4)).round()
    influence = add_indirect_influence(matrices, form, takes_self_off)
    counted = scale_positions(stated, influence.strength, scale)
    alignment, sides = align_actors(counted), mobilisation(counted)
    for place in np.ndindex(2, 3):
        one = add_indirect_influence(matrices[place], form, takes_self_off)
        alone = scale_positions(stated[place], one.strength, scale)
        assert influence.matrix[place] == pytest.approx(one.matrix)
        assert influence.strength[place] == pytest.approx(one.strength)
        assert counted[place] == pytest.approx(alone)
        assert alignment.distance[place] == pytest.approx(align_actors(alone).distance)
        assert alignment.ambivalence[place] == pytest.approx(align_actors(alone).ambivalence)
        for side, of_one in zip(sides, mobilisation(alone), strict=True):
            assert side[place] == pytest.approx(of_one)


def split(matrix: Any, actor: int) -> Any:
    """The same where one actor is entered as two that are alike, and do nothing to each other."""
    order = [*range(len(matrix)), actor]
    halves = matrix[np.ix_(order, order)].copy()
    return halves * ~np.eye(len(order), dtype=bool)


def test_it_misleads_who_enters_one_as_two(paris: Any):
    """The state alone has .230 of all strength; as two halves, together .326."""
    alone = add_indirect_influence(direct(paris)).strength
    halves = add_indirect_influence(split(direct(paris), 3)).strength
    assert alone[3] / alone.sum() == pytest.approx(0.230, abs=5e-4)
    assert (halves[3] + halves[6]) / halves.sum() == pytest.approx(0.326, abs=5e-4)
    assert halves[3] == halves[6]


def test_halves_have_more_together_of_any_actor():
    """Without the sheets: of three who sway each other alike, one that is entered twice has not a third but .444."""
    matrix = np.array([[0.0, 2.0, 1.0], [1.0, 0.0, 2.0], [2.0, 1.0, 0.0]])
    halves = add_indirect_influence(split(matrix, 0)).strength
    assert add_indirect_influence(matrix).strength == pytest.approx([1, 1, 1])
    assert (halves[0] + halves[3]) / 4 == pytest.approx(0.444, abs=5e-4)


def plain_strength(influence: ActorInfluence) -> Any:
    """r, before it is set beside that of others."""
    sways, depends = influence.influence, influence.dependence
    return (sways - influence.self_influence) / sways.sum() * sways / (sways + depends)


def test_it_misleads_on_who_sways_more():
    """The first sways the second a little, which it did not before, and all else is as it was: it seems weaker."""
    before = np.array([[0.0, 0.0, 4.0], [1.0, 0.0, 0.0], [1.0, 3.0, 0.0]])
    after = before.copy()
    after[0, 1] = 1.0
    less, more = add_indirect_influence(before), add_indirect_influence(after)
    assert more.influence[0] > less.influence[0]
    assert plain_strength(less)[0] == pytest.approx(0.3)
    assert plain_strength(more)[0] == pytest.approx(3 / 11)
    assert (less.strength[0], more.strength[0]) == pytest.approx((1.8806, 1.7955), abs=5e-5)


def test_who_sways_nobody_and_is_swayed_by_nobody_has_no_strength():
    matrix = np.array([[0.0, 3.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert add_indirect_influence(matrix).strength.tolist() == [3, 0, 0]
    assert align_actors(np.zeros((3, 2))).ambivalence.tolist() == [0, 0, 0]


def test_twenty_actors_in_two_thousand_draws():
    source = np.random.default_rng(1)
    matrices = source.uniform(0, 4, (2_000, 20, 20)) * ~np.eye(20, dtype=bool)
    strength = add_indirect_influence(matrices).strength
    counted = scale_positions(source.uniform(-4, 4, (2_000, 20, 3)), strength, "by-strength")
    assert strength.shape == (2_000, 20)
    assert strength.mean(axis=1) == pytest.approx(np.ones(2_000))
    assert align_actors(counted).distance.shape == (2_000, 20, 20)
