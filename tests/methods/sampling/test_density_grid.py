"""A number as values with weights: their mean is the number's own, within the ends between which it may lie."""

from __future__ import annotations

import pytest

from detente import Estimate
from detente.case.uncertainty.distributions import distribution_of
from detente.methods.sampling.density_grid import density_grid

FORMS = {
    "value": 0.3,
    "uniform": {"uniform": [0.1, 0.9]},
    "triangular": {"triangular": [0, 0.2, 1]},
    "one-sided": {"triangular": [0, 0, 1]},
    "normal": {"normal": [0.5, 0.05]},
    "lognormal": {"lognormal": [-2, 0.3]},
    "beta": {"beta": [2, 5]},
    "discrete": {"discrete": [[0.2, 0.75], [0.8, 0.25]]},
}


@pytest.mark.parametrize("form", FORMS)
def test_the_mean_is_that_of_the_number(form: str):
    estimate = Estimate.model_validate(FORMS[form])
    values, weights = density_grid(distribution_of(estimate, 0.0, 1.0), 2_000)
    assert weights.sum() == pytest.approx(1)
    assert values @ weights == pytest.approx(estimate.mean, abs=1e-3)
    assert ((values >= 0) & (values <= 1)).all()


def test_what_lies_outside_is_left_out():
    values, weights = density_grid(distribution_of(Estimate(uniform=(-1, 1)), 0.0, 1.0))
    assert values @ weights == pytest.approx(0.5)
    values, weights = density_grid(distribution_of(Estimate(discrete=[(-1, 0.5), (0.25, 0.5)]), 0.0, 1.0))
    assert values.tolist() == [0.25]
