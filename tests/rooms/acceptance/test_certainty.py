"""How sure the answer is: what it hangs on, how often a rare one comes, and what choices account for."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import Assessment, Case, read_case
from detente.case.loading.model_patch import case_with_values
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.offer_answers import answer_in_draws
from detente.methods.sensitivity.choice_factors import decompose_choices
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.acceptance.model.certainty.answer_region import NET_REASONS, answer_region
from detente.rooms.acceptance.model.certainty.asked_answers import (
    AskedAnswer,
    answer_function,
    asked_answers,
    plain_shares,
)
from detente.rooms.acceptance.model.certainty.choice_grid import GRID_DRAWS, vary_choice_grid
from detente.rooms.acceptance.model.certainty.number_importance import NumberImportance, answer_importance
from detente.rooms.acceptance.model.certainty.rare_answers import answer_share
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer, describe_offer
from detente.rooms.acceptance.model.choices.model_choices import ChoiceOption, ModelChoice
from detente.rooms.acceptance.model.sensitivity.driving_numbers import driving_numbers
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import written
from tests.methods.offer_model.test_answer_function import plain_share

ALL = AskedAnswer("collegiate", "all-mechanisms", "strict")


def described(case: Case) -> ModelDescription:
    description = describe_offer(case)
    assert description is not None
    return description


def one_reason(folder: Path, **more: Any) -> Case:
    """N gains a tenth of what is at stake by the channel as one, and minds its free hands by more or less than that."""
    hands = {"title": "Free hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.3]}}}
    return read_case(str(written(folder, mechanisms={"hands": hands}, **more))).case


@pytest.fixture(scope="module")
def leagues() -> ModelDescription:
    return described(read_case("two-leagues").case)


def by_path(numbers: tuple[NumberImportance, ...]) -> dict[str, NumberImportance]:
    return {one.path: one for one in numbers}


def test_the_answers_that_are_asked_about(leagues: ModelDescription):
    """Told theory first, by both tests; then every other theory strictly; in each form."""
    assert asked_answers(leagues) == tuple(
        AskedAnswer(form, theory, test)  # type: ignore[arg-type]
        for form in ("hub", "collegiate")
        for theory, test in (("envious", "strict"), ("envious", "generous"), ("only-gains", "strict"))
    )


def test_a_single_number_accounts_for_all(tmp_path: Path):
    """First and total index 1, and drawn anew it turns the answer as often as two draws differ: 2 p (1 - p)."""
    found = answer_importance(described(one_reason(tmp_path)), ALL, with_totals=True)
    (hands,) = found.numbers
    p = found.share.value
    assert 0.1 < p < 0.9
    assert hands.utility_index.value == pytest.approx(1, abs=0.01)
    assert hands.total_index is not None
    assert hands.flip_share is not None
    assert hands.total_index.value == pytest.approx(1, abs=0.03)
    assert hands.flip_share.value == pytest.approx(2 * p * (1 - p), abs=0.01)
    assert hands.lowest_third.value == pytest.approx(min(3 * p, 1), abs=0.01)
    assert hands.highest_third.value == pytest.approx(max(3 * p - 2, 0), abs=0.01)
    assert found.rest_flip_share is not None
    assert found.rest_flip_share.value == 0
    assert found.leaders == found.numbers


def test_what_matters_in_a_whole_case(leagues: ModelDescription):
    """Free hands lead; indices are shares of one whole; what adds nothing by itself may still turn the answer."""
    found = answer_importance(leagues, AskedAnswer("collegiate", "envious", "strict"), with_totals=True)
    numbers = by_path(found.numbers)
    hands = numbers["mechanisms.free-hands.of.hill"]
    assert found.numbers[0] == hands
    assert hands.matters
    assert hands.lowest_third.value > found.share.value > hands.highest_third.value
    assert sum(one.utility_index.value for one in found.numbers) == pytest.approx(1, abs=0.1)
    asked = [one for one in found.numbers if one.total_index is not None]
    assert 0 < len(asked) <= 10
    for one in asked:
        assert one.total_index is not None
        errors = np.hypot(one.total_index.error, one.answer_index.error)
        assert one.total_index.value > one.answer_index.value - 4 * errors - 0.01
    idle = [one for one in found.numbers if not one.matters]
    assert idle
    assert all(one.utility_index.value < 0.02 for one in idle)


def test_without_totals_they_are_not_asked_for(leagues: ModelDescription):
    found = answer_importance(leagues, AskedAnswer("hub", "envious", "generous"), draw_count=2_048)
    assert found.rest_flip_share is None
    assert all(one.total_index is None for one in found.numbers)


def test_a_rare_refusal_is_counted_as_well_as_a_rare_yes(leagues: ModelDescription):
    rare = answer_share(leagues, AskedAnswer("hub", "only-gains", "strict"))
    assert rare.by == "tilted draws"
    assert rare.rarer_count > 500
    assert leagues.decision is not None
    plain, error = plain_share(leagues, 0, "strict", 200_000, theory=0)
    assert abs(rare.share.value - plain) < 3 * np.hypot(error, rare.share.error)
    assert rare.share.error < 0.05 * (1 - rare.share.value)


def test_what_is_not_rare_is_counted_plainly(leagues: ModelDescription):
    share = answer_share(leagues, AskedAnswer("collegiate", "envious", "strict"))
    assert share.by == "plain draws"
    assert share.evaluations == 4_096
    plain, error = plain_share(leagues, 1, "strict", 200_000)
    assert abs(share.share.value - plain) < 3 * np.hypot(error, share.share.error)


CHOICES = (
    ModelChoice("links", "declared", (ChoiceOption("own"), ChoiceOption("dear", 1, {"network.link_cost": 0.05}))),
    ModelChoice(
        "done",
        "declared",
        (
            ChoiceOption("own"),
            ChoiceOption("less", 2, {"channels.bilateral.efficiency": 0.2}),
            ChoiceOption("more", 1, {"channels.bilateral.efficiency": 0.9}),
        ),
    ),
)


def test_choices_are_varied_with_all_numbers(tmp_path: Path):
    """As when each combination is worked out by itself, and its answers are put into a grid by hand."""
    case = one_reason(tmp_path, network__draws=GRID_DRAWS)
    grid = vary_choice_grid(case, CHOICES)
    assert grid is not None
    assert (grid.cells, grid.left_out) == (6, ())
    cells = [
        answer_offer(case_with_values(case, {**one.values, **other.values}), GRID_DRAWS).strict[ALL.form, ALL.theory]
        for one, other in product(*(choice.options for choice in CHOICES))
    ]
    weights = [np.array([0.5, 0.5]), np.array([0.25, 0.5, 0.25])]
    expected = decompose_choices(np.stack(cells).reshape(2, 3, GRID_DRAWS), weights)
    found = grid.shares[ALL.form, ALL.theory]
    assert found.by_choices == expected.by_choices
    assert found.total.tolist() == expected.total.tolist()
    assert found.by_choices + found.by_inputs + found.by_both == pytest.approx(1)
    assert found.total[1] > found.total[0] > 0


def test_too_many_combinations_leave_choices_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    case = one_reason(tmp_path)
    monkeypatch.setattr("detente.rooms.acceptance.model.certainty.choice_grid.MOST_CELLS", 5)
    grid = vary_choice_grid(case, CHOICES)
    assert grid is not None
    assert [choice.id for choice in grid.left_out] == ["done"]
    assert vary_choice_grid(case, ()) is None


def test_where_the_answer_is_yes_is_told_in_a_limit_that_holds_on_other_draws(tmp_path: Path):
    """The answer turns where free hands weigh a tenth: that is the limit, and nothing else is."""
    found = answer_region(described(one_reason(tmp_path)), ALL)
    assert found is not None
    assert found.is_good
    assert not found.of_refusals
    (limit,) = found.limits
    assert limit.path in ("mechanisms.hands.of.n", NET_REASONS)
    end = limit.high if limit.path == "mechanisms.hands.of.n" else -(limit.low or 0)
    assert end == pytest.approx(0.3 * 0.32, abs=0.02)
    assert min(found.density, found.coverage) > 0.9


def test_numbers_that_follow_from_others_make_it_shorter(leagues: ModelDescription):
    generous = answer_region(leagues, AskedAnswer("collegiate", "envious", "generous"))
    assert generous is not None
    assert generous.is_good
    assert len(generous.limits) <= 3
    assert answer_region(leagues, AskedAnswer("collegiate", "only-gains", "strict")) is None  # no refusal to look at


def test_the_numbers_that_drive_the_answer_are_those_that_account_for_much_of_it(tmp_path: Path):
    """Free hands do; a stake that hardly varies does not; and where nothing varies, nothing does."""
    uncertain = {"issues__road__stakes": {"uniform": [0.999, 1.001]}}
    case = one_reason(tmp_path, **uncertain)
    result = simulate_acceptance(ChannelModel(case, build_actor_network(case, 2000)), 2_048)
    assert driving_numbers(result) == ["mechanisms.hands.of.n"]
    (tmp_path / "certain").mkdir()
    certain = read_case(str(written(tmp_path / "certain"))).case
    assert driving_numbers(simulate_acceptance(ChannelModel(certain, build_actor_network(certain, 2000)), 200)) == []


def test_of_the_first_case_the_present_channel_leads_and_no_source_stands_behind_any(assessed: Assessment):
    confidence = assessed.brief.confidence
    assert confidence is not None
    driving = confidence.driving
    assert "channels.bilateral.efficiency" in [number.path for number in driving]
    assert 4 <= len(driving) <= 10
    assert not any(number.has_source for number in driving)


def test_plain_shares_are_those_of_the_draws_of_every_room(tmp_path: Path):
    """Departures of pairs included: the same answer in every draw."""
    case = one_reason(tmp_path, network__spread=1.0)
    description = described(case)
    function = answer_function(description, ALL)
    accepts = function(plain_shares(function, range(100, 900))) > 1e-9
    assert np.array_equal(accepts, answer_in_draws(description, 900).strict[ALL.form, ALL.theory][100:] == 1)
