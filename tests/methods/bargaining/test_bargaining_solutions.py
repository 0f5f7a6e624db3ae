"""Solutions of a bargain between two: published and derived numbers, axioms, other ways to the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.methods.bargaining.bargaining_solutions import (
    COMPARES_SIDES,
    CONCEPTS,
    SolutionConcept,
    efficient_outcomes,
    equitable_division,
    lottery_frontier,
    rational_outcomes,
    solve_outcomes,
)

GAINS = st.tuples(st.integers(1, 12), st.integers(1, 12))
ANY = st.tuples(st.integers(-12, 12), st.integers(-12, 12))
INDEPENDENT: tuple[SolutionConcept, ...] = ("nash", "egalitarian", "utilitarian")
"""Whose solution does not hang on outcomes that are not chosen."""


def sets(outcomes: st.SearchStrategy[tuple[int, int]], least: int = 1) -> Any:
    """Random finite sets of outcomes, in whole numbers, so that products and sums are exact."""
    return st.lists(outcomes, min_size=least, max_size=9, unique=True).map(lambda rows: np.array(rows, dtype=float))


@st.composite
def mixed_sets(draw: st.DrawFn) -> Any:
    """Random sets in which one outcome at least is good for both."""
    return np.concatenate([draw(sets(ANY)), draw(sets(GAINS))])


def solved(utilities: Any, concept: SolutionConcept) -> set[tuple[float, float]]:
    """The utilities of the solutions."""
    return {(float(u), float(v)) for u, v in utilities[solve_outcomes(utilities, concept)]}


def exchanges(goods: dict[str, Any]) -> Any:
    """Every exchange of some goods: any of them changes hands. What it brings Bill, and Jack."""
    moves = [(-bill, jack) for bill, jack in goods["bill"].values()]
    moves += [(bill, -jack) for bill, jack in goods["jack"].values()]
    chosen = [
        [sum(one[0] for one in some), sum(one[1] for one in some)]
        for size in range(len(moves) + 1)
        for some in combinations(moves, size)
    ]
    return np.array(chosen, dtype=float)


@pytest.fixture
def anchors(shared: Path) -> Any:
    return json.loads((shared / "anchors/agreement.json").read_text(encoding="utf-8"))


def test_bill_and_jack(anchors: Any):
    """Nash's own example of 1950, from its nine goods."""
    known = anchors["nash_1950_bill_and_jack"]
    outcomes = exchanges(known)
    assert len(outcomes) == known["exchanges"] == 512
    rational = rational_outcomes(outcomes)
    assert len(rational) == known["rational"] == 293
    assert outcomes[rational].max(axis=0).tolist() == known["ideal"]
    assert solved(outcomes, "nash") == {tuple(known["nash"])} == {(12, 5)}
    assert solved(outcomes, "kalai-smorodinsky") == {tuple(known["ks"])}
    assert solved(outcomes, "egalitarian") == {tuple(known["egalitarian"])}
    assert solved(outcomes, "utilitarian") == set(map(tuple, known["utilitarian"]))
    assert {u + v for u, v in solved(outcomes, "utilitarian")} == {known["utilitarian_sum"]}
    front = outcomes[efficient_outcomes(outcomes)]
    assert set(map(tuple, front[(front >= 0).all(axis=1)].tolist())) == set(map(tuple, known["pareto_rational"]))


def test_every_exchange_that_is_as_good_is_told():
    """Several exchanges come to 18 and 0 or to 8 and 6: all of them are solutions."""
    doubled = np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0], [2.0, 2.0], [0.0, 0.0]])
    assert solve_outcomes(doubled, "nash").tolist() == [1, 3]
    assert solve_outcomes(doubled, "egalitarian").tolist() == [1, 3]
    assert solve_outcomes(doubled, "kalai-smorodinsky").tolist() == [1, 3]
    assert solve_outcomes(doubled, "utilitarian").tolist() == [0, 1, 2, 3]


def test_bill_and_jack_with_lotteries(anchors: Any):
    known = anchors["nash_1950_bill_and_jack"]["hull"]
    frontier = lottery_frontier(exchanges(anchors["nash_1950_bill_and_jack"]))
    assert frontier.ideal == pytest.approx(known["ideal"])
    assert frontier.solve("nash") == pytest.approx(known["nash"])
    assert frontier.solve("kalai-smorodinsky") == pytest.approx(known["ks"], abs=1e-8)
    assert frontier.solve("egalitarian") == pytest.approx(known["egalitarian"])
    assert frontier.solve("utilitarian").sum() == pytest.approx(18)


def test_dividing_one_where_the_second_is_averse_to_risk(anchors: Any):
    """What the first has is x, what the second has is the root of the rest."""
    known, step = anchors["divide_one_x_sqrt"], 1 / 4_000
    x = np.arange(0, 1 + step / 2, step)
    outcomes = np.stack([x, np.sqrt(np.clip(1 - x, 0, None))], axis=1)
    names = {
        "nash": "nash_x",
        "kalai-smorodinsky": "ks_x",
        "egalitarian": "egalitarian_x",
        "utilitarian": "utilitarian_x",
    }
    frontier = lottery_frontier(outcomes)
    for concept in CONCEPTS:
        expected = known[names[concept]]
        found = solve_outcomes(outcomes, concept)
        assert len(found)
        assert x[found] == pytest.approx(expected, abs=step), concept
        assert frontier.solve(concept)[0] == pytest.approx(expected, abs=2 * step), concept
    assert known["nash_x"] == pytest.approx(2 / 3)
    assert known["ks_x"] == pytest.approx((np.sqrt(5) - 1) / 2)


@given(st.floats(0.2, 1), st.floats(0.2, 1))
def test_powers_divide_by_their_size(a: float, b: float):
    """Of x^a and (1 - x)^b the Nash solution gives the first a / (a + b)."""
    step = 1 / 1_000
    x = np.arange(0, 1 + step / 2, step)
    outcomes = np.stack([x**a, np.clip(1 - x, 0, None) ** b], axis=1)
    assert x[solve_outcomes(outcomes, "nash")] == pytest.approx(a / (a + b), abs=step)


def test_the_quadrilateral(anchors: Any):
    known = anchors["quadrilateral_(0,0),(0,1),(1,.7),(1,0)"]
    frontier = lottery_frontier(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.7], [1.0, 0.0]]))
    assert frontier.points.tolist() == [[0, 1], [1, 0.7]]
    assert frontier.solve("nash") == pytest.approx(known["nash"])
    assert frontier.solve("kalai-smorodinsky") == pytest.approx(known["ks"])
    assert frontier.solve("egalitarian") == pytest.approx(known["egalitarian"])
    assert frontier.solve("utilitarian").tolist() == [1, 0.7]


def test_camp_david(anchors: Any):
    """Six issues, an equitable division: two thirds each, a sixth of Sinai to Israel."""
    known = anchors["camp_david"]
    shares, each = equitable_division(np.array(known["israel"], float), np.array(known["egypt"], float))
    assert shares == pytest.approx(known["share_to_israel"])
    assert each == pytest.approx(known["each"])
    assert shares @ np.array(known["israel"]) == pytest.approx(each)


POINTS = st.lists(st.integers(1, 30), min_size=6, max_size=6)


@given(POINTS, POINTS)
def test_an_equitable_division_is_that_of_the_adjusted_winner(first: list[int], second: list[int]):
    """Brams and Taylor's own way: issues in the order of their ratios, and at most one of them divided."""
    ours, theirs = np.array(first) / sum(first), np.array(second) / sum(second)
    shares, each = equitable_division(ours, theirs)
    order = np.argsort(-(ours / theirs), kind="stable")
    crossing = [  # the first wins some issues whole, and a share of the next
        (
            float(np.sum(theirs[order[place:]]) - np.sum(ours[order[:place]]))
            / float(ours[order[place]] + theirs[order[place]]),
            place,
        )
        for place in range(6)
    ]
    share, place = next((share, place) for share, place in crossing if abs(share - 0.5) < 0.5 + 1e-12)
    assert each == pytest.approx(float(np.sum(ours[order[:place]]) + share * ours[order[place]]), abs=1e-9)
    assert shares @ ours == pytest.approx(each, abs=1e-9)
    assert (1 - shares) @ theirs == pytest.approx(each, abs=1e-9)


@given(sets(ANY))
def test_who_loses_and_what_is_wasted(utilities: Any):
    rows = utilities.tolist()
    rational = [place for place, (u, v) in enumerate(rows) if u >= 0 and v >= 0]
    assert rational_outcomes(utilities).tolist() == rational
    efficient = [
        place for place, (u, v) in enumerate(rows) if not any(a >= u and b >= v and (a > u or b > v) for a, b in rows)
    ]
    assert efficient_outcomes(utilities).tolist() == efficient


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_of_efficient_outcomes_that_are_alike_all_are_told(rows: list[tuple[int, int]]):
    utilities = np.array(rows, dtype=float)
    found = set(efficient_outcomes(utilities).tolist())
    assert all(
        (place in found) == (other in found)
        for place, one in enumerate(rows)
        for other, o in enumerate(rows)
        if one == o
    )
    assert {rows[place] for place in found} == {
        (u, v) for u, v in rows if not any(a >= u and b >= v and (a, b) != (u, v) for a, b in rows)
    }


def by_definition(rows: list[list[float]], concept: SolutionConcept) -> list[int]:
    """The solutions as the definitions say it, one outcome after another."""
    rational = [place for place, row in enumerate(rows) if min(row) >= 0]
    most = [max(rows[place][side] for place in rational) for side in (0, 1)]
    keys: dict[SolutionConcept, Callable[[list[float]], Any]] = {
        "nash": lambda row: row[0] * row[1],
        "utilitarian": lambda row: row[0] + row[1],
        "egalitarian": lambda row: (min(row), max(row)),
        "kalai-smorodinsky": lambda row: tuple(sorted((row[0] * most[1], row[1] * most[0]))),
    }
    best = max(keys[concept](rows[place]) for place in rational)
    return [place for place in rational if keys[concept](rows[place]) == best]


@given(mixed_sets())
def test_all_that_are_as_good_are_told(utilities: Any):
    for concept in CONCEPTS:
        assert solve_outcomes(utilities, concept).tolist() == by_definition(utilities.tolist(), concept)


def test_what_one_could_have_only_at_the_cost_of_the_other_is_no_hope():
    """The best for the first is a loss for the second, and moves nothing."""
    outcomes = np.array([[20.0, -1.0], [5.0, 4.0], [4.0, 6.0]])
    assert solve_outcomes(outcomes, "kalai-smorodinsky").tolist() == [2]


@given(mixed_sets())
def test_a_solution_wastes_nothing_and_harms_nobody(utilities: Any):
    rational = rational_outcomes(utilities)
    for concept in CONCEPTS:
        found = set(solve_outcomes(utilities, concept).tolist())
        assert found
        assert found <= set(rational[efficient_outcomes(utilities[rational])].tolist())


def test_where_every_outcome_harms_a_side_there_is_no_solution():
    for concept in CONCEPTS:
        assert solve_outcomes(np.array([[3.0, -1.0], [-0.5, 2.0]]), concept).tolist() == []
        assert lottery_frontier(np.array([[-3.0, -1.0]])).solve(concept).tolist() == [0, 0]


@given(mixed_sets(), st.sampled_from([0.25, 2.0, 64.0]), st.sampled_from([0.5, 1.0, 8.0]))
def test_units_do_not_matter_where_sides_are_not_compared(utilities: Any, first: float, second: float):
    units = np.array([first, second])
    for concept in set(CONCEPTS) - COMPARES_SIDES:
        as_is = solve_outcomes(utilities, concept).tolist()
        assert solve_outcomes(utilities * units, concept).tolist() == as_is
        with_lotteries = lottery_frontier(utilities * units).solve(concept)
        assert with_lotteries == pytest.approx(lottery_frontier(utilities).solve(concept) * units, rel=1e-9, abs=1e-9)


def test_units_do_matter_where_sides_are_compared():
    """In halved units the second seems to have less, and both solutions go over to it."""
    outcomes, halved = np.array([[4.0, 8.0], [5.0, 5.0], [8.0, 4.0]]), np.array([1.0, 0.5])
    assert {"egalitarian", "utilitarian"} == COMPARES_SIDES
    assert solve_outcomes(outcomes, "egalitarian").tolist() == [1]
    assert solve_outcomes(outcomes * halved, "egalitarian").tolist() == [0]
    assert solve_outcomes(outcomes, "utilitarian").tolist() == [0, 2]
    assert solve_outcomes(outcomes * halved, "utilitarian").tolist() == [2]
    as_is, changed = (lottery_frontier(one).solve("egalitarian") for one in (outcomes, outcomes * halved))
    assert as_is.tolist() == [6, 6]
    assert changed.tolist() == [4, 4]
    for concept in ("nash", "kalai-smorodinsky"):
        assert solve_outcomes(outcomes * halved, concept).tolist() == solve_outcomes(outcomes, concept).tolist()


@given(mixed_sets(), st.data())
def test_outcomes_that_are_not_chosen_do_not_matter(utilities: Any, data: st.DataObject):
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(utilities), max_size=len(utilities))))
    fewer = utilities[kept]
    for concept in INDEPENDENT:
        chosen_and_kept = solved(utilities, concept) & {(u, v) for u, v in fewer.tolist()}
        if chosen_and_kept:
            assert solved(fewer, concept) == chosen_and_kept


def test_the_best_hopes_matter_to_kalai_and_smorodinsky():
    """What the first could hope for at best is nothing that is chosen, and yet it moves what is."""
    outcomes = np.array([[20.0, 0.0], [5.0, 4.0], [4.0, 6.0]])
    assert solve_outcomes(outcomes, "kalai-smorodinsky").tolist() == [1]
    assert solved(outcomes[1:], "kalai-smorodinsky") == {(4, 6)}
    for concept in ("nash", "egalitarian"):
        assert solved(outcomes, concept) == solved(outcomes[1:], concept)
    with_hope, without = lottery_frontier(outcomes), lottery_frontier(np.array([[0.0, 6.0], [12.0, 3.0]]))
    assert with_hope.solve("kalai-smorodinsky")[0] > without.solve("kalai-smorodinsky")[0]


@given(mixed_sets(), mixed_sets())
def test_lotteries_that_are_not_chosen_do_not_matter(utilities: Any, others: Any):
    """Part of the possible, with the solution in it, has the same solution."""
    everything = lottery_frontier(np.concatenate([utilities, others]))
    for concept in ("nash", "egalitarian"):
        solution = everything.solve(concept)
        part = lottery_frontier(np.concatenate([utilities, solution[None]]))
        assert part.solve(concept) == pytest.approx(solution, abs=1e-7)


@given(mixed_sets(), mixed_sets())
def test_more_to_agree_on_harms_nobody_by_kalai_and_smorodinsky(utilities: Any, others: Any):
    """Where the best that each can hope for is as before; by Nash somebody may lose (below)."""
    before = lottery_frontier(utilities)
    after = lottery_frontier(np.concatenate([utilities, others * before.ideal / np.maximum(others.max(axis=0), 1)]))
    assume(after.ideal == pytest.approx(before.ideal))
    assert (after.solve("kalai-smorodinsky") >= before.solve("kalai-smorodinsky") - 1e-9).all()


def test_more_to_agree_on_may_harm_by_nash():
    few, many = np.array([[0.0, 1.0], [1.0, 0.0], [0.75, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.7]])
    assert lottery_frontier(few).ideal.tolist() == lottery_frontier(many).ideal.tolist() == [1, 1]
    assert lottery_frontier(few).solve("nash") == pytest.approx([0.75, 0.75])
    assert lottery_frontier(np.concatenate([few, many])).solve("nash") == pytest.approx([1, 0.7])


def lies_on(points: Any, point: Any) -> bool:
    """Whether a point lies on the lines between corners."""
    if len(points) == 1:
        return bool(np.abs(points[0] - point).max() < 1e-9)
    starts, steps = points[:-1], np.diff(points, axis=0)
    along = np.clip(((point - starts) * steps).sum(axis=1) / (steps**2).sum(axis=1), 0, 1)[:, None]
    return bool(np.abs(starts + along * steps - point).max(axis=1).min() < 1e-9)


@given(mixed_sets())
def test_a_solution_with_lotteries_lies_on_the_frontier(utilities: Any):
    """Which falls; and what the sides are called does not matter."""
    frontier, mirrored = lottery_frontier(utilities), lottery_frontier(utilities[:, ::-1])
    assert (frontier.points >= 0).all()
    assert (np.diff(frontier.points[:, 0]) > 0).all()
    assert (np.diff(frontier.points[:, 1]) < 0).all()
    for concept in CONCEPTS:
        solution = frontier.solve(concept)
        assert lies_on(frontier.points, solution)
        if concept != "utilitarian":  # of which there may be several
            assert mirrored.solve(concept) == pytest.approx(solution[::-1], abs=1e-9)


def test_what_lies_on_a_line_is_no_corner():
    assert lottery_frontier(np.array([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0]])).points.tolist() == [[0, 2], [2, 0]]


def two_outcome_lotteries(utilities: Any) -> Any:
    """Lotteries between any two of some outcomes and no agreement, in hundredths: no better ones are needed."""
    rows = np.concatenate([utilities, np.zeros((1, 2))])
    chances = np.linspace(0, 1, 101)[:, None]
    mixed = [chances * one + (1 - chances) * other for one, other in combinations(rows, 2)]
    return np.concatenate(mixed)


@given(mixed_sets())
def test_no_lottery_between_two_outcomes_is_better(utilities: Any):
    """Any lottery is among those, or worse for both, so none beats the solution; and some come near."""
    frontier, lotteries = lottery_frontier(utilities), two_outcome_lotteries(utilities)
    possible = lotteries[rational_outcomes(lotteries)]
    ideal, step = frontier.ideal, 0.24  # a hundredth of the longest line
    measures: dict[SolutionConcept, tuple[Callable[[Any], Any], float]] = {
        "nash": (lambda rows: rows.prod(axis=-1), step * ideal.sum()),
        "egalitarian": (lambda rows: rows.min(axis=-1), step),
        "utilitarian": (lambda rows: rows.sum(axis=-1), 2 * step),
        "kalai-smorodinsky": (lambda rows: (rows / ideal).min(axis=-1), step / ideal.min()),
    }
    for concept, (measure, slack) in measures.items():
        found, most = float(measure(frontier.solve(concept))), float(measure(possible).max())
        assert most - 1e-9 <= found <= most + slack, concept
    assert (possible.max(axis=0) <= ideal + 1e-9).all()
    assert possible.max(axis=0) == pytest.approx(ideal, abs=0.25)


def test_a_ray_that_passes_the_frontier_by_ends_at_its_nearer_end():
    """Both have more than what would be alike at any point: the one with less decides."""
    assert lottery_frontier(np.array([[3.0, 2.0], [6.0, 1.0]])).solve("egalitarian").tolist() == [3, 2]
    assert lottery_frontier(np.array([[2.0, 3.0], [1.0, 6.0]])).solve("egalitarian").tolist() == [2, 3]
    assert lottery_frontier(np.array([[2.0, 0.0]])).solve("kalai-smorodinsky").tolist() == [2, 0]


def test_lotteries_with_a_loss_count_as_far_as_nobody_loses_by_the_whole():
    """A draw between much for one and a loss for the other: it crosses the lines where one has nothing."""
    frontier = lottery_frontier(np.array([[10.0, -5.0], [0.0, 5.0]]))
    assert frontier.points == pytest.approx(np.array([[0.0, 5.0], [5.0, 0.0]]))
    frontier = lottery_frontier(np.array([[-2.0, 8.0], [2.0, 4.0], [6.0, -4.0]]))
    assert frontier.points == pytest.approx(np.array([[0.0, 6.0], [2.0, 4.0], [4.0, 0.0]]))
