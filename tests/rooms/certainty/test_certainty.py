"""How sure the answers are: which numbers they hang on, how often a rare one comes, and where an answer is yes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import Assessment, Case, read_case
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.offer_answers import answer_in_draws
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.rooms.certainty.model.answer_region import NET_REASONS, answer_region
from detente.rooms.certainty.model.asked_answers import (
    AskedAnswer,
    answer_function,
    asked_answers,
    plain_shares,
)
from detente.rooms.certainty.model.certainty import CertaintyModel
from detente.rooms.certainty.model.key_assumptions import tipping_points
from detente.rooms.certainty.model.rare_answers import answer_share
from detente.rooms.certainty.model.total_effects import work_out_effects
from detente.rooms.registry import ROOMS
from detente.rooms.room import RunOptions, build_models
from tests.cases.two_hub_case import written
from tests.methods.offer_model.test_answer_function import plain_share

ALL = AskedAnswer("collegiate", "all-mechanisms", "strict")


def described(case: Case) -> ModelDescription:
    description = describe_offer(case)
    assert description is not None
    return description


def certainty(case: Case, is_deep: bool = False) -> CertaintyModel:
    model = build_models(case, ROOMS, RunOptions(is_deep=is_deep))["certainty"]
    assert isinstance(model, CertaintyModel)
    return model


def one_reason(folder: Path, **more: Any) -> Case:
    """N gains a tenth of what is at stake by the channel as one, and minds its free hands by more or less than that."""
    hands = {"title": "Free hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.3]}}}
    return read_case(str(written(folder, mechanisms={"hands": hands}, **more))).case


@cache
def leagues_model() -> CertaintyModel:
    return certainty(read_case("two-leagues", changes={"network.draws": "16384"}).case)


@pytest.fixture(scope="module")
def leagues() -> ModelDescription:
    return described(read_case("two-leagues").case)


def test_the_answers_that_are_asked_about(leagues: ModelDescription):
    """In each form, the theory that is told first, by both tests; then every other."""
    assert asked_answers(leagues) == tuple(
        AskedAnswer(form, theory, test)
        for form in ("hub", "collegiate")
        for theory in ("envious", "only-gains")
        for test in ("strict", "generous")
    )


def test_a_single_number_accounts_for_all(tmp_path: Path):
    """First and total index 1, and drawn anew it turns the answer as often as two draws differ: 2 p (1 - p)."""
    model = certainty(one_reason(tmp_path, network__draws=16_384))
    found = model.answers[ALL]
    (hands,) = found.numbers
    p = found.share.value
    assert 0.1 < p < 0.9
    assert hands.margin_index is not None
    assert hands.margin_index.value == pytest.approx(1, abs=0.01)
    assert hands.lowest_third.value == pytest.approx(min(3 * p, 1), abs=0.01)
    assert hands.highest_third.value == pytest.approx(max(3 * p - 2, 0), abs=0.01)
    assert found.leaders == found.drivers == found.numbers
    effects = work_out_effects(answer_function(described(model.case), ALL), [hands.path])
    alone = effects.by_number[hands.path]
    assert alone.total_index.value == pytest.approx(1, abs=0.03)
    assert alone.flip_share.value == pytest.approx(2 * p * (1 - p), abs=0.01)
    assert effects.rest.flip_share.value == 0


def test_knowing_a_single_number_is_worth_all_there_is_to_know(tmp_path: Path):
    """By the quadratic score p (1 - p); and its tipping point is where it weighs the tenth that the channel brings."""
    model = certainty(one_reason(tmp_path, network__draws=16_384))
    (one,) = model.assumptions
    p = model.answers[ALL].share.value
    assert one.matters
    by_third = [min(max(3 * p - third, 0), 1) for third in range(3)]
    assert one.value.value == pytest.approx(np.var(by_third), abs=0.01)
    (tip,) = model.tipping_points[one.path]["collegiate"]
    assert tip == pytest.approx(0.3 * p, abs=0.002)
    assert tipping_points(model.result.deciders, "network.link_cost") == {"hub": (), "collegiate": ()}  # type: ignore[union-attr]


def test_what_matters_in_a_whole_case():
    """Free hands lead; indices are shares of one whole; what adds nothing by itself may still turn the answer."""
    model = leagues_model()
    asked = AskedAnswer("collegiate", "envious", "strict")
    found = model.answers[asked]
    hands = found.numbers[0]
    assert hands.path == "mechanisms.free-hands.of.hill"
    assert hands.matters
    assert hands.drives
    assert hands.lowest_third.value > found.share.value > hands.highest_third.value
    assert sum(one.margin_index.value for one in found.numbers if one.margin_index) == pytest.approx(1, abs=0.1)
    effects = work_out_effects(answer_function(described(model.case), asked), [one.path for one in found.numbers])
    assert 0 < len(effects.by_number) <= 10
    for path, effect in effects.by_number.items():
        number = found.of(path)
        assert number is not None
        errors = np.hypot(effect.total_index.error, number.answer_index.error)
        assert effect.total_index.value > number.answer_index.value - 4 * errors - 0.01
    idle = [one for one in found.numbers if not one.matters]
    assert idle
    assert all(one.margin_index and one.margin_index.value < 0.02 for one in idle)
    assert not any(one.drives for one in idle)


def test_indices_of_the_generous_test_are_of_its_own_answer():
    """The share is how often accepting is the best of all replies, and free hands matter there, too."""
    model = leagues_model()
    generous = model.answers[AskedAnswer("collegiate", "envious", "generous")]
    assert model.result is not None
    (variant,) = (one for one in model.result.deciders.offered_variants if one.form == "collegiate")
    share = model.result.generous_share(variant, model.result.deciders.full_theory)
    assert generous.share.value == pytest.approx(share, abs=1e-12)
    assert generous.numbers[0].path == "mechanisms.free-hands.of.hill"
    assert generous.share.value > model.answers[AskedAnswer("collegiate", "envious", "strict")].share.value
    assert model.most_open == ("collegiate", "generous")


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
    assert certainty(one_reason(tmp_path, **uncertain)).driving_paths == ["mechanisms.hands.of.n"]
    (tmp_path / "certain").mkdir()
    nothing = certainty(read_case(str(written(tmp_path / "certain"))).case)
    assert (nothing.driving_paths, nothing.assumptions) == ([], ())


def test_as_few_draws_as_a_case_may_ask_for_are_enough_to_be_told_of(tmp_path: Path):
    assert certainty(one_reason(tmp_path, network__draws=100)).answers[ALL].numbers


def test_a_number_that_is_only_near_a_twentieth_does_not_drive():
    """At 4,096 simulations, an index of a twentieth and a little more is not clearly that."""
    found = leagues_model().answers[AskedAnswer("collegiate", "envious", "strict")].numbers[0]
    near = replace(found, answer_index=replace(found.answer_index, value=0.06, error=0.006), margin_index=None)
    assert not near.drives
    assert replace(near, answer_index=replace(near.answer_index, error=0.004)).drives


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


def test_what_lasting_hangs_on_is_asked_game_by_game():
    """In the common watch of the leagues, how much the future counts; in neither game anything of another."""
    model = leagues_model()
    by_game = {one.game: one.importance for one in model.lasting}
    assert model.durability is not None
    assert set(by_game) == {game.id for game in model.durability.case_games}
    for game, importance in by_game.items():
        shares = {one.id: one.main.lasting_share for one in model.durability.patience}
        assert importance.share.value == pytest.approx(shares[game], abs=1e-9)
        assert all(one.path.startswith((f"games.{game}.", "mechanisms.")) for one in importance.numbers)
    open_games = [one for one in by_game.values() if 0.01 < one.share.value < 0.99]
    assert any(one.numbers[0].path.endswith(".patience") and one.numbers[0].drives for one in open_games)


def test_in_depth_more_is_worked_out_and_nothing_else_changes(tmp_path: Path):
    case = one_reason(tmp_path)
    quick, deep = certainty(case), certainty(case, is_deep=True)
    assert (quick.shares, quick.effects, quick.regions) == ((), {}, {})
    varying = {one for one, found in deep.answers.items() if 0.005 < found.share.value < 0.995}
    assert set(deep.effects) == {one for one in varying if one.theory in ("all-mechanisms", "own-gains")}
    assert {one.asked for one in deep.shares} == set(deep.asked)
    assert set(deep.regions) == {one for one in deep.asked if one.theory == "all-mechanisms"}
    assert deep.answers == quick.answers
    assert deep.driving_paths == quick.driving_paths


def test_departures_of_pairs_alone_leave_no_number_to_limit(tmp_path: Path):
    """The answer varies by them, and there is nothing to describe it by."""
    hands = {"hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": 0.1}}}
    case = read_case(str(written(tmp_path, mechanisms=hands, network__spread=1.5))).case
    assert answer_region(described(case), ALL) is None


def test_of_a_million_draws_as_many_are_looked_at_as_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The share is of all that were made; indices are of the first."""
    monkeypatch.setattr("detente.rooms.certainty.model.input_draws.MOST_DRAWS", 1_024)
    model = certainty(one_reason(tmp_path, network__draws=4_096))
    assert model.inputs is not None
    assert len(model.inputs.uniforms) == 1_024
    assert model.result is not None
    variant = next(one for one in model.result.deciders.offered_variants if one.form == "collegiate")
    share = model.result.acceptance_share(variant, model.result.deciders.full_theory)
    assert model.answers[ALL].share.value == pytest.approx(share, abs=1e-12)
    assert model.driving_paths == ["mechanisms.hands.of.n"]


def test_a_dated_number_has_the_source_of_its_year():
    model = certainty(read_case("cmea-ec", changes={"network.draws": "512"}).case)
    path = "mechanisms.standing-of-comecon.of.cmea"
    assert model.inputs_by_path[path].wrong_if
    assert not model.has_source(path)


def test_numbers_that_go_together_each_tell_of_the_other(tmp_path: Path):
    """By themselves, rank and hands explain as much; wholly together, either explains what both do."""
    reasons = {
        name: {"title": name, "kind": "autonomy", "of": {"n": {"uniform": [0, 0.2]}}} for name in ("hands", "rank")
    }
    paths = [f"mechanisms.{name}.of.n" for name in reasons]
    together = {"pride": {"title": "Pride", "numbers": paths, "correlation": 1}}
    apart = certainty(read_case(str(written(tmp_path, mechanisms=reasons))).case).answers[ALL]
    (tmp_path / "together").mkdir()
    file = written(tmp_path / "together", mechanisms=reasons, together=together)
    joined = certainty(read_case(str(file)).case).answers[ALL]
    for path in paths:
        one, other = apart.of(path), joined.of(path)
        assert one is not None
        assert one.margin_index is not None
        assert one.margin_index.value < 0.55
        assert other is not None
        assert other.margin_index is not None
        assert other.margin_index.value > one.margin_index.value + 0.3
