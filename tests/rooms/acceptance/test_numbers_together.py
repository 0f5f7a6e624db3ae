"""Numbers that go up and down together, and other ways to spread draws: asked for in a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from detente import Case, read_case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.errors import CaseError
from detente.methods.offer_model.model_draws import sample_model
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer, describe_offer
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import acceptance_under_priors
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIfs
from detente.rooms.acceptance.together_checks import certain_together_faults
from tests.cases.two_hub_case import written

HANDS, RANK = "mechanisms.hands.of.n", "mechanisms.rank.of.n"
REASONS: dict[str, Any] = {
    "hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.4]}}},
    "rank": {"title": "Rank", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.4]}}},
}
TOGETHER = {"title": "How proud N is", "numbers": [HANDS, RANK], "correlation": 0.8}


def case_of(folder: Path, **more: Any) -> Case:
    settings: dict[str, Any] = {"mechanisms": REASONS, "network__draws": 4096}
    return read_case(str(written(folder, **(settings | more)))).case


def drawn(case: Case) -> list[np.ndarray]:
    """Both numbers, as the offer has them; every other room has the same."""
    description = describe_offer(case)
    assert description is not None
    draws = sample_model(description, range(case.network.draws))
    values = [draws.values[description.number_index[path]] for path in (HANDS, RANK)]
    ours = ParameterDraws(case)
    for name, path, one in zip(("hands", "rank"), (HANDS, RANK), values, strict=True):
        assert np.array_equal(ours.sample(case.mechanisms[name].of["n"], path), one)
    return values


def test_they_have_the_correlation_that_is_asked_for(tmp_path: Path):
    apart, together = case_of(tmp_path), case_of(tmp_path, together={"pride": TOGETHER})
    opposed = case_of(tmp_path, together={"pride": TOGETHER | {"numbers": [HANDS], "opposed": [RANK]}})
    found = [stats.spearmanr(*drawn(case)).statistic for case in (apart, together, opposed)]
    assert found == pytest.approx([0, 0.8, -0.8], abs=0.03)
    assert drawn(together)[0].mean() == pytest.approx(0.2, abs=0.005)


def test_extremes_come_more_often_where_reasons_go_together(tmp_path: Path):
    """Both low at once is what it takes for a yes: as often as both are drawn low."""
    apart, together = case_of(tmp_path), case_of(tmp_path, together={"pride": TOGETHER})
    shares = [answer_offer(case, 4096).strict["collegiate", "all-mechanisms"].mean() for case in (apart, together)]
    assert shares[1] > shares[0] + 0.02


def test_a_set_of_assumptions_may_put_them_together(tmp_path: Path):
    case = case_of(tmp_path, priors={"pride": {"title": "Pride", "together": TOGETHER}})
    (found,) = acceptance_under_priors(WhatIfs(case))
    as_group = case_of(tmp_path, together={"pride": TOGETHER})
    expected = answer_offer(as_group, 1024).strict["collegiate", "all-mechanisms"].mean()
    assert found.what_if.strict["collegiate", "all-mechanisms"].after.value == pytest.approx(expected)
    assert case.priors["pride"].patch("pride") == {"together.pride": TOGETHER}


def test_draws_spread_over_all_numbers_at_once_have_the_same_answer_and_smaller_errors(tmp_path: Path):
    shares = {}
    for sampling in ("hypercube", "sobol"):
        shares[sampling] = [
            answer_offer(case_of(tmp_path, network__sampling=sampling, network__seed=seed), 2048)
            .strict["collegiate", "all-mechanisms"]
            .mean()
            for seed in range(12)
        ]
    means, spreads = ({name: getattr(np, of)(one) for name, one in shares.items()} for of in ("mean", "std"))
    assert means["sobol"] == pytest.approx(means["hypercube"], abs=0.01)
    assert spreads["sobol"] < spreads["hypercube"]


def test_a_number_that_is_certain_goes_with_nothing_and_is_warned_of(tmp_path: Path):
    """As one that a what-if makes certain: the case is read, and the answer is that of the others."""
    with_it = case_of(tmp_path, together={"x": TOGETHER | {"numbers": [HANDS, RANK, "network.decay"]}})
    (warning,) = certain_together_faults(with_it)
    assert (warning.severity, warning.path) == ("warning", ("together", "x", "numbers", 2))
    without = case_of(tmp_path, together={"x": TOGETHER})
    ours, theirs = (answer_offer(case, 512).strict["collegiate", "all-mechanisms"] for case in (with_it, without))
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"together": {"x": TOGETHER | {"numbers": [HANDS, "mechanisms.rank.of.m"]}}}, "is no number that is drawn"),
        ({"together": {"x": TOGETHER, "y": TOGETHER}}, f"'{HANDS}' is in 'x' already"),
        ({"together": {"x": TOGETHER | {"numbers": [HANDS]}}}, "one number alone goes with nothing"),
        ({"together": {"x": TOGETHER | {"correlation": 1.5}}}, "together.x.correlation"),
        ({"priors": {"x": {"title": "Nothing"}}}, "this changes nothing"),
        ({"network__sampling": "random"}, "network.sampling"),
    ],
)
def test_bad_input_is_located(tmp_path: Path, more: dict[str, Any], message: str):
    with pytest.raises(CaseError) as refused:
        case_of(tmp_path, **more)
    assert message in str(refused.value)
