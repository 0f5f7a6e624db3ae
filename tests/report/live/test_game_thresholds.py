"""The thresholds of games in the page are those of the methods, whatever is moved."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import Assessment, assess, read_case
from detente.case.loading.model_patch import case_with_values
from detente.methods.games.shadow_of_the_future import StageGames
from detente.report.live.page_data import games_data
from detente.rooms.durability.model.durability import build_durability_model
from tests.report.live.engine_process import EngineProcess

PAYOFFS = st.floats(-5, 5).map(lambda payoff: round(payoff, 2))
BOTH = st.tuples(PAYOFFS, PAYOFFS)
CONCERNS = st.floats(0, 2).map(lambda concern: round(concern, 2))


def page_game(payoffs: list[tuple[float, float]], concern: tuple[float, float], offence: float) -> dict[str, Any]:
    """A game as the page has it."""
    numbers = [{"path": f"n{place}", "value": value} for place, value in enumerate(sum(payoffs, ()))]
    numbers += [{"path": "offence", "value": offence}, {"path": "patience", "value": 0.7}]
    places = {letter: [2 * place, 2 * place + 1] for place, letter in enumerate("TRPS")}
    return {"numbers": numbers, "payoffs": places, "offence": 8, "patience": 9, "concern": list(concern)}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(BOTH, BOTH, BOTH, BOTH, st.tuples(CONCERNS, CONCERNS), st.sampled_from([1.0, 0.5, 2.0]))
def test_random_games(
    engine: EngineProcess,
    temptation: tuple[float, float],
    reward: tuple[float, float],
    punishment: tuple[float, float],
    sucker: tuple[float, float],
    concern: tuple[float, float],
    offence: float,
):
    columns = [np.array(one)[:, None] for one in (temptation, reward, punishment, sucker)]
    games = StageGames(*columns).with_offence(np.array([offence])).with_relative_gains(np.array(concern)[:, None])
    expected = float(games.critical_discount.max())
    game = page_game([temptation, reward, punishment, sucker], concern, offence)
    needed, available = engine.ask("threshold", game=game, set={})
    assert available == 0.7
    assert (math.inf if needed is None else needed) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_games_of_the_cases_with_numbers_set(engine: EngineProcess, assessed: Assessment):
    """As a run with these numbers has it, at the middle estimates by the theory that is told."""
    random, case = Random(3), assessed.loaded.case
    laid_out = {game["id"]: game for game in games_data(assessed)}
    assert len(assessed.brief.live_games) == len(case.games)
    for game in assessed.brief.live_games:
        for _ in range(3):
            chosen = random.sample(game.numbers, 2)
            setting = {one.path: one.value + random.uniform(-0.3, 0.2) * max(abs(one.value), 0.5) for one in chosen}
            setting = {
                path: min(max(value, 0.05), 0.95) if "patience" in path else value for path, value in setting.items()
            }
            needed, available = engine.ask("threshold", game=laid_out[game.id], set=setting)
            changed = case_with_values(case, setting)
            model = build_durability_model(changed)
            assert model is not None
            at_means = next(one for one in model.case_games if one.id == game.id).main_at_means
            expected = float(at_means.critical_patience[0])
            assert (math.inf if needed is None else needed) == pytest.approx(expected, rel=1e-9)
            assert available == pytest.approx(float(at_means.patience[0]))


def test_at_rest_they_are_those_of_the_report(engine: EngineProcess):
    assessment = assess(read_case("two-leagues"))
    model = build_durability_model(assessment.loaded.case)
    assert model is not None
    expected = {one.id: one.main for one in model.patience}
    for game in games_data(assessment):
        needed, available = engine.ask("threshold", game=game, set={})
        assert (math.inf if needed is None else needed) == pytest.approx(expected[game["id"]].needed_at_means)
        assert available == pytest.approx(expected[game["id"]].available_at_means)
