"""The repeated games of a case, worked out in every draw and at the means."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.rooms.durability.model.case_games import Match, match
from detente.rooms.durability.model.draws import Numbers
from detente.rooms.durability.model.trust_beliefs import Mistrust, mistrusts


@dataclass(frozen=True)
class DurabilityModel:
    """Every game of a case, as each theory sees it."""

    case: Case
    numbers: Numbers
    middle: Numbers
    """The same at the means."""
    matches: list[Match]
    trust: list[Mistrust]
    """What the sides of games believe of each other, where the case says so."""


def play_games(case: Case) -> DurabilityModel | None:
    """The games of a case; None if it has none."""
    if not (case.games or case.common_goods or case.arms_races):
        return None
    numbers, middle = Numbers(case), Numbers(case, certain=True)
    matches = [match(numbers, middle, name) for name in case.games]
    return DurabilityModel(case, numbers, middle, matches, list(mistrusts(matches, numbers, middle)))
