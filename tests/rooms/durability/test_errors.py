"""Whether cooperation lasts although moves go wrong, in a case: what is told first, and what it comes from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.methods.games.critical_discount import profitable_deviations
from detente.methods.games.repeated.markov_play import Horizon, match_outcomes
from detente.results.pictures import RangeRows
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.lasting_with_errors import strategies_tried
from detente.rooms.durability.outcomes import durability_outcomes


@pytest.fixture(scope="module")
def nato() -> Case:
    return read_case("nato-csto").case


def model_of(case: Case) -> DurabilityModel:
    model = build_durability_model(case)
    assert model is not None
    return model


def test_what_lasts_with_errors_is_what_some_strategy_sustains(nato: Case):
    """In some draws, one by one: none kept to where it is said not to last, and the best where it is."""
    model, machines = model_of(nato), [tried.automaton for tried in strategies_tried(nato)]
    for case_game in model.case_games:
        under_theory, kept = case_game.main_theory, case_game.main_theory.kept_strategies
        assert kept is not None
        noise = model.draws.sample(case_game.game.noise, f"games.{case_game.id}.noise")
        for draw in (3, 501, 2222):
            d, e = float(under_theory.patience[draw]), float(noise[draw])
            sides = [under_theory.stage_games.side_payoffs(side, draw) for side in (0, 1)]
            shares = [
                float(match_outcomes(machine, machine, Horizon(discount=d), e)[0])
                for machine in machines
                if not any(profitable_deviations(payoffs, machine, machine, d, e) for payoffs in sides)
            ]
            assert bool(kept.lasts[draw]) == bool(shares)
            assert kept.cooperation[draw] == pytest.approx(max(shares, default=0), abs=1e-12)


def test_errors_never_make_it_last_more_often_here(nato: Case):
    for case_game in model_of(nato).case_games:
        for under_theory in case_game.by_theory:
            assert not (under_theory.lasts & ~under_theory.lasts_without_errors).any()
            assert under_theory.beginning_share <= under_theory.lasting_share <= under_theory.error_free_share


def test_the_chapter_opens_with_what_holds_with_errors(nato: Case):
    """The headline counts errors; information lasts less often than without them, and in the fewest rounds."""
    model = model_of(nato)
    section = durability_section(model)
    assert "even with errors" in section.headline
    assert "nobody errs" not in section.headline
    assert isinstance(section.picture, RangeRows)
    assert section.picture.series == ("if nobody errs", "with errors")
    for row in section.picture.rows:
        without, with_errors = row.bars
        assert without is not None
        assert with_errors is not None
        assert with_errors.high <= without.high
    told = next(one for one in section.findings if one.id == "noise")
    assert "Errors cost most on exchanging information" in told.says
    information = next(game for game in model.patience if game.id == "information")
    assert information.main.lasting_share < information.main.error_free_share == 1
    assert information.main.cooperation_share is not None
    assert information.main.cooperation_share == min(
        game.main.cooperation_share for game in model.patience if game.main.cooperation_share is not None
    )


def test_a_game_without_errors_lasts_as_patience_alone_has_it(leagues: Path):
    """And where no game has errors, it is said that nobody errs."""
    model = model_of(read_case(str(leagues)).case)
    beacons = next(one for one in model.case_games if one.id == "beacons-lit")
    assert beacons.main_theory.kept_strategies is None
    assert np.array_equal(beacons.main_theory.lasts, beacons.main_theory.lasts_without_errors)
    assert beacons.main_theory.cooperation_share == 1
    text = leagues.read_text(encoding="utf-8")
    old = "    noise: {value: 0.05, because: invented; a watchman asleep looks like a watchman bought}\n"
    assert old in text
    leagues.write_text(text.replace(old, ""), encoding="utf-8")
    section = durability_section(model_of(read_case(str(leagues)).case))
    assert section.headline == "On both issues cooperation would last if nobody errs."
    assert isinstance(section.picture, RangeRows)
    assert section.picture.series == ("if nobody errs",)
    assert next(one for one in section.findings if one.id == "noise").place == "annex"
    assert "what errors would do" in [missing.what for missing in section.missing]


def test_outcomes_tell_both(nato: Case):
    model = model_of(nato)
    numbers = {outcome.name: outcome.quantity for outcome in durability_outcomes(model)}
    rebuilding = next(game for game in model.patience if game.id == "rebuilding").main
    name = "durability.rebuilding.all-reasons."
    assert numbers[name + "lasts"].value == rebuilding.lasting_share
    assert numbers[name + "lasts-if-nobody-errs"].value == rebuilding.error_free_share
    assert numbers[name + "rounds-of-cooperation"].value == rebuilding.cooperation_share


def test_an_own_strategy_counts_if_it_corrects_errors(leagues: Path):
    """Three fires waits for two fires of the other before it lights one, and so never begins: it is not tried."""
    tried = [one.name for one in strategies_tried(read_case(str(leagues)).case)]
    assert "Win-Stay Lose-Shift" in tried
    assert not {"Three fires", "GTFT"} & set(tried)
    assert "Grudger" not in tried
