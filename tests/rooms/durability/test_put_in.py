"""How far the answer of a game was put in with its payoffs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.results.pictures import StackedBars
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.lasting_with_errors import ErrorPlay
from detente.rooms.durability.outcomes import durability_outcomes


def model_of(case: Case) -> DurabilityModel:
    model = build_durability_model(case)
    assert model is not None
    return model


@pytest.fixture(scope="module")
def model() -> DurabilityModel:
    return model_of(read_case("nato-csto").case)


def test_where_payoffs_decide_no_patience_and_no_errors_turn_it(model: DurabilityModel):
    """In the draws counted as decided, other patience and errors of the case's own give the same answer."""
    source = np.random.default_rng(7)
    for case_game, put_in in zip(model.case_games, model.put_in, strict=True):
        theory = case_game.main_theory
        assert theory.error_play is not None
        noise, patience = theory.error_play.noise, theory.patience
        lasting = []
        for _ in range(4):
            order = source.permutation(len(noise))
            shuffled = ErrorPlay(theory.error_play.tried, patience[order], noise[order])
            lasting.append(shuffled.strategies_kept(theory.stage_games).lasts)
        same = np.all([lasts == lasting[0] for lasts in lasting], axis=0)
        assert put_in.decided_share <= same.mean() + 1e-12
        assert put_in.lasts_anyway_share <= min(lasts.mean() for lasts in lasting)
        assert put_in.never_share <= min(1 - lasts.mean() for lasts in lasting)


def test_disasters_are_a_stag_hunt_by_own_gains_as_put_in(model: DurabilityModel):
    """Nobody is tempted where what free riding brings, from 0.3 to 1.05, is not above the unit."""
    disasters = next(entry for entry in model.put_in if entry.game == "disasters-together")
    expected = 0.7 / 0.75
    error = (expected * (1 - expected) / model.draws.draw_count) ** 0.5
    assert disasters.untempted_without_concern == pytest.approx(expected, abs=4 * error)
    assert disasters.untempted_share < disasters.untempted_without_concern
    drugs = next(entry for entry in model.put_in if entry.game == "drugs-and-terror")
    assert drugs.nothing_gained_share > 0.5


def test_it_is_told_and_named(model: DurabilityModel):
    section = durability_section(model)
    told = next(one for one in section.findings if one.id == "put-in")
    assert section.findings[0] is told
    mostly = [entry for entry in model.put_in if entry.is_mostly_put_in]
    assert len(mostly) == 3
    assert told.short_answer == "on three of five issues"
    assert "three of five issues, what we assumed" in section.lead
    for entry in mostly:
        assert model.case.games[entry.game].title.lower() in told.says.split(".")[0].lower()
    information = next(entry for entry in model.put_in if entry.game == "information")
    assert f"on exchanging information in {round(100 * information.decided_share)}." in told.says
    assert isinstance(told.picture, StackedBars)
    for bar, entry in zip(told.picture.bars, model.put_in, strict=True):
        assert sum(bar.shares) == pytest.approx(1)
        assert (bar.shares[0], bar.shares[2]) == (entry.lasts_anyway_share, entry.never_share)
    numbers = {outcome.name: outcome.quantity.value for outcome in durability_outcomes(model)}
    for entry in model.put_in:
        assert numbers[f"durability.{entry.game}.put-in"] == entry.decided_share
        assert entry.decided_share >= entry.untempted_share * (entry.lasts_anyway_share > 0)


def test_without_errors_patience_alone_is_moved(leagues: Path):
    """Beacons without errors and with one patience: the payoffs decide in every draw."""
    beacons = next(entry for entry in model_of(read_case(str(leagues)).case).put_in if entry.game == "beacons-lit")
    assert beacons.decided_share == beacons.decided_without_errors == 1
    assert beacons.untempted_without_concern == 1
