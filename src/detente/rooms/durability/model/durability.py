"""The repeated games of a case, worked out in every draw and at the means."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.rooms.durability.model.case_games import CaseGame, build_case_game
from detente.rooms.durability.model.trust_beliefs import TrustBeliefs, build_trust_beliefs


@dataclass(frozen=True)
class DurabilityModel:
    """Every game of a case, as each theory sees it."""

    case: Case
    draws: ParameterDraws
    means: ParameterDraws
    """The same at the means."""
    case_games: list[CaseGame]
    trust_beliefs: list[TrustBeliefs]
    """What the sides of games believe of each other, where the case says so."""


def build_durability_model(case: Case) -> DurabilityModel | None:
    """The games of a case; None if it has none."""
    if not (case.games or case.common_goods or case.arms_races):
        return None
    draws, means = ParameterDraws(case), ParameterDraws(case, at_means=True)
    case_games = [build_case_game(draws, means, name) for name in case.games]
    return DurabilityModel(case, draws, means, case_games, list(build_trust_beliefs(case_games, draws, means)))
