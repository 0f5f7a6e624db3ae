"""Reliability against published numbers, its definition, and what cannot be measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.inference import reliability
from detente.methods.inference.reliability import (
    bootstrap_alpha_interval,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    pairwise_agreement,
)
from tests.methods.inference.test_inference import anchors

NAN = float("nan")


def ratings(rows: list[list[str]]) -> np.ndarray:
    """Coders by units with a name each, as units by coders."""
    return np.array([[float(x) if x else NAN for x in row[1:]] for row in rows[1:]]).T


# Krippendorff's example "C", with four observers and twelve units (Krippendorff 2011).
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorffs_own_example(metric, expected):
    assert krippendorff_alpha(KRIPPENDORFF, metric) == pytest.approx(expected, abs=5e-7)


def test_the_example_of_another_program(shared: Path):
    table = ratings(anchors(shared, "krippendorff_wikipedia_3x15.csv"))
    assert krippendorff_alpha(table) == pytest.approx(0.691358, abs=5e-7)
    assert krippendorff_alpha(table, "interval") == pytest.approx(0.810845, abs=5e-7)
    assert np.array_equal(ratings(anchors(shared, "krippendorff_C_4x12.csv")), KRIPPENDORFF, equal_nan=True)


def test_the_bootstrap_interval_of_a_small_sample_is_wide():
    found = bootstrap_alpha_interval(KRIPPENDORFF)
    assert found is not None
    assert found.lower_bound == pytest.approx(0.42, abs=0.03)
    assert found.upper_bound == 1
    assert found == bootstrap_alpha_interval(KRIPPENDORFF)
    assert found != bootstrap_alpha_interval(KRIPPENDORFF, seed=2, resamples=500)


def test_as_many_units_are_drawn_as_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    sizes = []
    alphas = reliability._alphas

    def counted(
        table: reliability._Coincidences, copies: np.ndarray, metric: reliability.MeasurementLevel
    ) -> np.ndarray:
        sizes.append(len(copies))
        return alphas(table, copies, metric)

    monkeypatch.setattr(reliability, "_alphas", counted)
    bootstrap_alpha_interval(KRIPPENDORFF, resamples=reliability._BATCH_SIZE + 7)
    assert sizes == [reliability._BATCH_SIZE, 7]


def test_kappas_of_the_literature(shared: Path):
    diagnoses = np.array([[float(cell[0]) for cell in row] for row in anchors(shared, "irr_diagnoses.csv")[1:]])
    assert fleiss_kappa(diagnoses) == pytest.approx(0.430245, abs=5e-7)
    assert cohen_kappa(diagnoses[:, 1], diagnoses[:, 2]) == pytest.approx(0.631148, abs=5e-7)
    assert krippendorff_alpha(diagnoses) == pytest.approx(0.433410, abs=5e-7)
    anxiety = np.array([[float(cell) for cell in row] for row in anchors(shared, "irr_anxiety.csv")[1:]])
    assert cohen_kappa(anxiety[:, 0], anxiety[:, 1], "squared") == pytest.approx(0.296765, abs=5e-7)


def test_cohens_kappa_of_two_by_two():
    pairs = np.array([[1, 1]] * 20 + [[1, 2]] * 5 + [[2, 1]] * 10 + [[2, 2]] * 15, dtype=float)
    assert cohen_kappa(pairs[:, 0], pairs[:, 1]) == pytest.approx(0.4)
    assert pairwise_agreement(pairs) == pytest.approx(0.7)


def alpha_by_definition(table: np.ndarray, metric: str) -> float | None:
    """Alpha pair by pair, as its definition has it."""
    units = [[x for x in row if x == x] for row in table]
    units = [row for row in units if len(row) > 1]
    everything = [x for row in units for x in row]
    n = len(everything)

    def squared(a: float, b: float) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return (a - b) ** 2
        if metric == "ratio":
            return ((a - b) / (a + b)) ** 2 if a + b else 0.0
        low, high = sorted((a, b))
        between = sum(low <= x <= high for x in everything)
        return (between - (everything.count(a) + everything.count(b)) / 2) ** 2 if a != b else 0.0

    expected = sum(squared(a, b) for a in everything for b in everything)
    if n < 2 or len(set(everything)) < 2:
        return None
    observed = sum(sum(squared(a, b) for a in row for b in row) / (len(row) - 1) for row in units)
    return 1 - (n - 1) * observed / expected


@given(
    table=st.lists(st.lists(st.sampled_from([NAN, 0, 1, 2, 5]), min_size=3, max_size=3), min_size=1, max_size=8),
    metric=st.sampled_from(["nominal", "ordinal", "interval", "ratio"]),
)
def test_alpha_is_what_its_definition_says(table, metric):
    expected, found = (
        alpha_by_definition(np.array(table, dtype=float), metric),
        krippendorff_alpha(np.array(table), metric),
    )
    assert (found is None) == (expected is None)
    if expected is not None and found is not None:
        assert found == pytest.approx(expected, abs=1e-9)
        assert found <= 1 + 1e-12


def test_reliability_of_what_cannot_be_measured():
    nothing = np.array([[1, NAN], [NAN, 2]])
    assert krippendorff_alpha(nothing) is None
    assert bootstrap_alpha_interval(nothing) is None
    assert pairwise_agreement(nothing) is None
    assert fleiss_kappa(nothing) is None
    constant = np.ones((5, 2))
    assert krippendorff_alpha(constant) is None
    assert cohen_kappa(constant[:, 0], constant[:, 1]) is None
    with pytest.raises(ValueError, match="0 or more"):
        krippendorff_alpha(np.array([[-1.0, 2.0]]), "ratio")
