"""What an institution does to each game: paired draws, effects by themselves, and how strong they must be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.errors import CaseError
from detente.methods.games.critical_discount import profitable_deviations
from detente.methods.games.repeated.play_with_errors import contrition
from detente.methods.games.two_by_two import Payoffs
from detente.results.pictures import RangeRows
from detente.rooms.durability.findings.institutions import institution_finding
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.institutions import Effect, paired_change, raise_by_part
from detente.rooms.durability.model.lasting_with_errors import ErrorPlay, strategies_tried
from detente.rooms.durability.outcomes import durability_outcomes

NAME = "standing-arrangement"


def model_of(case: Case) -> DurabilityModel:
    model = build_durability_model(case)
    assert model is not None
    return model


@pytest.fixture(scope="module")
def model() -> DurabilityModel:
    return model_of(read_case("nato-csto").case)


def test_each_effect_is_the_same_draws_with_other_errors_and_patience(model: DurabilityModel):
    """Played again from the numbers of the draws, one effect after the other."""
    (test,) = model.institutions
    institution = model.case.institutions[NAME]
    assert institution.errors is not None
    assert institution.patience is not None
    factor = model.draws.sample(institution.errors, f"institutions.{NAME}.errors")
    part = model.draws.sample(institution.patience, f"institutions.{NAME}.patience")
    case_game = next(game for game in model.case_games if game.id == "information")
    noise = model.draws.sample(case_game.game.noise, "games.information.noise")
    patience, games = case_game.main_theory.patience, case_game.main_theory.stage_games
    expected: dict[tuple[Effect, ...], ErrorPlay] = {
        ("errors",): ErrorPlay(strategies_tried(model.case), patience, noise * factor),
        ("patience",): ErrorPlay(strategies_tried(model.case), patience + part * (1 - patience), noise),
        ("errors", "patience"): ErrorPlay(
            strategies_tried(model.case), patience + part * (1 - patience), noise * factor
        ),
    }
    results = {result.effects: result for result in test.games if result.game == "information"}
    assert set(results) == set(expected)
    for effects, play in expected.items():
        lasts = play.strategies_kept(games).lasts
        assert results[effects].lasts == paired_change(case_game.main_theory.lasts, lasts)
        assert results[effects].lasts.after > results[effects].lasts.before


def test_a_paired_difference_has_the_error_of_the_pairs():
    before = np.array([True, True, False, False, False] * 20)
    after = np.array([True, False, True, True, False] * 20)
    change = paired_change(before, after)
    differences = after.astype(float) - before
    assert change.after - change.before == pytest.approx(differences.mean())
    assert change.error == pytest.approx(differences.std() / len(before) ** 0.5)
    assert change.ended == pytest.approx(0.2)


def test_what_is_enough_is_just_enough(model: DurabilityModel):
    """On peacekeeping at the means: the least part of lacking patience at which it lasts, and no less."""
    (test,) = model.institutions
    security = next(entry for entry in test.break_even if entry.game == "security")
    assert not security.lasts_anyway
    assert security.error_factor is None
    assert security.patience_part is not None
    case_game = next(game for game in model.case_games if game.id == "security")
    at_means, noise = case_game.main_at_means, np.array([case_game.game.noise.mean])
    for part, lasts in ((security.patience_part, True), (security.patience_part - 0.01, False)):
        play = ErrorPlay(strategies_tried(model.case), raise_by_part(at_means.patience, np.array([part])), noise)
        assert bool(play.strategies_kept(at_means.stage_games).lasts[0]) == lasts


def test_errors_that_are_just_rare_enough_are_found(leagues: Path):
    """The common watch with moves that go wrong in three of ten: the greatest factor at which it lasts."""
    text = leagues.read_text(encoding="utf-8")
    block = "institutions:\n  moot:\n    title: A common moot\n    because: invented\n    errors: 0.5\n"
    text = text.replace("noise: {value: 0.05,", "noise: {value: 0.3,")
    leagues.write_text(text.replace("\ncommon_goods:", f"\n{block}\ncommon_goods:", 1), encoding="utf-8")
    model = model_of(read_case(str(leagues)).case)
    watch = next(entry for entry in model.institutions[0].break_even if entry.game == "watch")
    assert not watch.lasts_anyway
    assert watch.error_factor is not None
    at_means = next(game for game in model.case_games if game.id == "watch").main_at_means
    for factor, lasts in ((watch.error_factor, True), (watch.error_factor + 0.01, False)):
        play = ErrorPlay(strategies_tried(model.case), at_means.patience, np.array([0.3 * factor]))
        assert bool(play.strategies_kept(at_means.stage_games).lasts[0]) == lasts


def test_trust_is_raised_on_the_same_draws(model: DurabilityModel):
    (test,) = model.institutions
    enough = {trust.game: trust.enough for trust in test.trust}
    assert set(enough) == set(model.case.games)
    for game in model.trust:
        beliefs = next(one for one in model.trust_beliefs if one.case_game.id == game.game)
        view = beliefs.theory_allowing_trust[0].view
        before = next(entry.enough_share for entry in game.by_theory if entry.view == view)
        assert enough[game.game].before == before
        assert enough[game.game].ended == 0


def test_it_is_told_first_and_by_name(model: DurabilityModel):
    (test,) = model.institutions
    section = durability_section(model)
    told = next(one for one in section.findings if one.id == f"institution-{NAME}")
    largest = max(test.all_effects, key=lambda game: game.lasts.after - game.lasts.before)
    assert largest.game == "information"
    before, after = (round(100 * share) for share in (largest.lasts.before, largest.lasts.after))
    assert told.says.startswith("It would change most on exchanging information:")
    assert f"in {after} of 100 simulations, and without it in {before}." in told.says
    assert told.short_answer == f"up to {round(100 * (largest.lasts.after - largest.lasts.before))} more of 100"
    assert told.question == "What a standing arrangement between the organisations would change"
    assert isinstance(told.picture, RangeRows)
    assert [row.bars[1].high for row in told.picture.rows if row.bars[1]] == [
        game.lasts.after for game in test.all_effects
    ]
    assert {"as-order-by-institutions", "as-information-first"} <= set(told.rests_on)
    numbers = {outcome.name: outcome.quantity.value for outcome in durability_outcomes(model)}
    both = next(game for game in test.all_effects if game.game == "information")
    assert numbers[f"durability.information.{NAME}.lasts-with-it"] == both.lasts.after


def test_that_fewer_errors_help_is_no_theorem():
    """Here contrition is kept to with frequent errors, and not with rare ones."""
    game = Payoffs(T=1.9946, R=1, P=0, S=-0.0479)
    frequent, rare = (
        profitable_deviations(game, contrition(), contrition(), 0.941, noise) for noise in (0.0812, 0.0116)
    )
    assert frequent == []
    assert rare


def test_an_institution_works_where_it_is_said_to(leagues: Path):
    """Only in the game named; and nothing changes where its effects are none."""
    text = leagues.read_text(encoding="utf-8")
    block = "institutions:\n  moot:\n    title: A common moot\n    because: invented\n    games: watch\n    errors: 1\n"
    leagues.write_text(text.replace("\ncommon_goods:", f"\n{block}\ncommon_goods:", 1), encoding="utf-8")
    model = model_of(read_case(str(leagues)).case)
    (test,) = model.institutions
    assert [(result.game, result.effects) for result in test.games] == [("watch", ("errors",))]
    assert test.games[0].lasts.before == test.games[0].lasts.after
    assert test.trust == ()
    told = institution_finding(test, model.case)
    assert "as often as without" in told.says
    assert told.short_answer == "hardly anything"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", "it changes nothing"),
        ("    patience: 1.5\n", "is not from 0 to 1"),
        ("    errors: .5\n    games: wach\n", "wach"),
        ("    errors: .5\n    tests: nothing-like-it\n", "nothing-like-it"),
    ],
)
def test_what_is_wrong_with_an_institution_is_told(leagues: Path, lines: str, says: str):
    text = leagues.read_text(encoding="utf-8")
    block = f"institutions:\n  moot:\n    title: A common moot\n    because: invented\n{lines}"
    leagues.write_text(text.replace("\ncommon_goods:", f"\n{block}\ncommon_goods:", 1), encoding="utf-8")
    with pytest.raises(CaseError, match=says):
        read_case(str(leagues))
