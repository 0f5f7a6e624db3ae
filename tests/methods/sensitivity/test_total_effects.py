"""Total effects against models where they are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from detente.methods.sensitivity.total_effects import FactorEffects, estimate_factor_effects
from tests.methods.sensitivity.known_models import (
    G_FIRST,
    G_TOTAL,
    ISHIGAMI_FIRST,
    ISHIGAMI_TOTAL,
    g_function,
    ishigami,
    probit_answer,
    probit_indices,
)


def effects(model: Callable[[Any], Any], inputs: int, factors: list[list[int]], **how: Any) -> FactorEffects:
    return estimate_factor_effects(model, inputs, factors, np.random.default_rng(1), **how)


@pytest.mark.parametrize(
    ("model", "first_order", "total"),
    [(ishigami, ISHIGAMI_FIRST, ISHIGAMI_TOTAL), (g_function, G_FIRST, G_TOTAL)],
    ids=["ishigami", "g"],
)
def test_known_indices(model: Callable[[Any], Any], first_order: tuple[float, ...], total: tuple[float, ...]):
    found = effects(model, len(total), [[number] for number in range(len(total))])
    assert (abs(found.first_order - first_order) < 4 * found.first_order_error + 1e-4).all()
    assert (abs(found.total - total) < 4 * found.total_error + 1e-4).all()
    assert (found.total_error < 0.004).all()
    assert (found.first_order_error < 0.008).all()
    assert found.evaluations == 16 * 1024 * (2 + len(total))
    assert found.degrees == 15


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_a_yes_or_no_and_all_others_as_one(share: float):
    """The fourth input and one that does nothing are the rest."""
    found = effects(lambda uniforms: probit_answer(uniforms, share), 5, [[0], [1], [2]])
    first_order, total, flips = probit_indices(share)
    assert (abs(found.first_order - first_order) < 4 * found.first_order_error).all()
    assert (abs(found.total - total) < 4 * found.total_error).all()
    assert (abs(found.flip_share - flips) < 4 * found.flip_share_error).all()
    assert found.flip_share == pytest.approx(2 * found.total * found.variance)
    assert (found.total_error < 0.02).all()
    assert found.mean == pytest.approx(share, abs=0.01)


def test_inputs_that_are_drawn_together():
    """Of Ishigami the first and the third account for all but the second."""
    found = effects(ishigami, 3, [[0, 2], [1]])
    assert (abs(found.total - [1 - 0.4424, 0.4424]) < 4 * found.total_error).all()
    assert (abs(found.first_order - [1 - 0.4424, 0.4424]) < 4 * found.first_order_error).all()


def test_several_outputs_at_once_are_those_of_each():
    def both(uniforms: Any) -> Any:
        return np.stack([ishigami(uniforms), (ishigami(uniforms) > 5).astype(float)])

    together = effects(both, 4, [[0], [1]], replicates=3, draws=64)
    for place, one in enumerate((ishigami, lambda uniforms: (ishigami(uniforms) > 5).astype(float))):
        alone = effects(one, 4, [[0], [1]], replicates=3, draws=64)
        assert together.total[place] == pytest.approx(alone.total)
        assert together.first_order_error[place] == pytest.approx(alone.first_order_error)
        assert together.mean[place] == pytest.approx(alone.mean)


def test_a_shift_changes_nothing():
    found = effects(ishigami, 3, [[0]], draws=256)
    moved = effects(lambda uniforms: ishigami(uniforms) + 1000, 3, [[0]], draws=256)
    assert moved.first_order == pytest.approx(found.first_order, abs=1e-8)
    assert moved.total == pytest.approx(found.total, abs=1e-8)


def test_errors_are_those_seen():
    runs = [
        estimate_factor_effects(ishigami, 3, [[0]], np.random.default_rng(seed), draws=128, replicates=8)
        for seed in range(100)
    ]
    for name in ("first_order", "total", "flip_share"):
        seen = np.std([getattr(run, name)[0] for run in runs])
        assert np.mean([getattr(run, f"{name}_error")[0] for run in runs]) == pytest.approx(seen, rel=0.3, abs=1e-12)


def test_what_does_not_vary_has_no_effects():
    found = effects(lambda uniforms: np.ones(len(uniforms)), 2, [[0]], draws=64)
    assert not found.total.any()
    assert not found.total_error.any()
    assert not found.flip_share.any()


@pytest.mark.parametrize("factors", [[[0], [0]], [[0, 1], [1]], [[2]], [[]]])
def test_factors_that_are_none(factors: list[list[int]]):
    with pytest.raises(ValueError, match="no input is in two"):
        effects(ishigami, 2, factors)


@pytest.mark.parametrize("how", [{"draws": 100}, {"replicates": 1}])
def test_designs_that_are_none(how: dict[str, int]):
    with pytest.raises(ValueError, match="power of 2"):
        effects(ishigami, 3, [[0]], **how)
