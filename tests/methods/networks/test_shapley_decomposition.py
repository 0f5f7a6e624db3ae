"""What terms account for in an outcome of their sum: the axioms, all orders by brute force, orders that are drawn."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.networks.shapley_decomposition import (
    exact_decomposition,
    random_orders,
    sampled_decomposition,
)

DRAWS, VOICES = 7, 3


def pivotal(total: Any) -> Any:
    """Whether the most reluctant voice would have it, and how much, shape (2, draws)."""
    least = total.min(axis=1)
    return np.stack([least > 0, least])


def by_every_order(base: Any, terms: list[Any], outcome: Callable[[Any], Any]) -> Any:
    """What each term changes as it is added, the mean over all orders, one by one."""
    credits = np.zeros((*outcome(base).shape, len(terms)))
    orders = list(permutations(range(len(terms))))
    for order in orders:
        total = base
        for index in order:
            credits[..., index] += outcome(total + terms[index]) - outcome(total)
            total = total + terms[index]
    return credits / len(orders)


@st.composite
def sums(draw: st.DrawFn) -> tuple[Any, list[Any]]:
    """A base and up to four terms, whole numbers, so that ties are ties."""
    count = draw(st.integers(0, 4))
    cells = st.lists(st.integers(-4, 4), min_size=DRAWS * VOICES, max_size=DRAWS * VOICES)
    arrays = [np.array(draw(cells), dtype=float).reshape(DRAWS, VOICES) for _ in range(count + 1)]
    return arrays[0], arrays[1:]


@settings(max_examples=60, deadline=None)
@given(sums())
def test_all_orders_by_brute_force_and_the_whole_is_shared_out(given_sum: tuple[Any, list[Any]]):
    base, terms = given_sum
    found = exact_decomposition(base, terms, pivotal)
    assert found.shape == (2, DRAWS, len(terms))
    assert found == pytest.approx(by_every_order(base, terms, pivotal), abs=1e-12)
    whole = sum(terms, base)
    assert found.sum(axis=-1) == pytest.approx(pivotal(whole) - pivotal(base), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(sums())
def test_equal_terms_share_alike_and_nothing_gets_nothing(given_sum: tuple[Any, list[Any]]):
    base, terms = given_sum
    some = np.full((DRAWS, VOICES), -1.0)
    found = exact_decomposition(base, [some, *terms, some, np.zeros_like(some)], pivotal)
    assert found[..., 0] == pytest.approx(found[..., -2], abs=1e-12)
    assert found[..., -1] == pytest.approx(0, abs=1e-12)
    without = exact_decomposition(base, [some, *terms, some], pivotal)
    assert found[..., :-1] == pytest.approx(without, abs=1e-12)


def test_of_two_that_are_enough_each_has_half_though_neither_is_needed():
    base, enough = np.array([[2.0]]), np.array([[-3.0]])
    accepts = exact_decomposition(base, [enough, enough], pivotal)[0]
    assert accepts.tolist() == [[-0.5, -0.5]]
    assert pivotal(base + enough)[0] == 0


def test_orders_that_are_drawn_share_out_the_whole_in_every_draw_and_err_by_their_error():
    """Twelve terms of either sign, the same in all draws, so that all of the spread comes from the orders."""
    generator = np.random.default_rng(3)
    size = generator.normal(size=(12, 1, VOICES))
    draw_count = 400
    base = np.full((draw_count, VOICES), 0.5)
    terms = [np.broadcast_to(term, base.shape) for term in size]
    orders = random_orders(generator, pairs=2, draw_count=draw_count, term_count=12)
    found = sampled_decomposition(base, terms, pivotal, orders)
    assert found.sum(axis=-1) == pytest.approx(pivotal(sum(terms, base)) - pivotal(base), abs=1e-12)
    exact = exact_decomposition(base[:1], [term[:1] for term in terms], pivotal)[:, 0]
    error = found.std(axis=1) / np.sqrt(draw_count)
    assert (error[1] > 0).all()
    assert (abs(found.mean(axis=1) - exact) < 4.5 * error + 1e-12).all()
    # Not so where terms are credited in the order of the case alone.
    in_order = np.broadcast_to(np.arange(12), (1, draw_count, 12))
    as_named = sampled_decomposition(base, terms, pivotal, in_order)
    assert (abs(as_named.mean(axis=1) - exact) > 4.5 * error + 1e-12).any()


def test_orders_are_orders_of_their_own_each_beside_its_reverse():
    orders = random_orders(np.random.default_rng(0), pairs=3, draw_count=50, term_count=6)
    assert orders.shape == (6, 50, 6)
    assert (np.sort(orders, axis=-1) == np.arange(6)).all()
    assert (orders[:3] == orders[3:, :, ::-1]).all()
    assert len({tuple(order) for order in orders[0].tolist()}) > 25
    # Every term is first about as often as any other.
    firsts = np.bincount(random_orders(np.random.default_rng(1), 1, 6000, 6)[0, :, 0], minlength=6)
    assert abs(firsts - 1000).max() < 150
