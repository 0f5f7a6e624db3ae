"""Who accepts, in every year of a case: added up over the draws that the gains are had from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.case.index.by_year import analysed_years
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.acceptance.model.decision_makers import Council, offered
from detente.rooms.acceptance.model.outcome_questions import questions
from detente.rooms.acceptance.model.results import Gathering, Judged
from detente.rooms.gains.model.build_network import arena
from detente.rooms.gains.model.draws import actors_of, weighed
from detente.rooms.gains.model.model import Model
from detente.rooms.gains.model.simulation import GainsModel


@dataclass(frozen=True)
class AcceptanceModel:
    """What those who decide make of the channels."""

    case: Case
    gains: GainsModel
    gathering: tuple[Gathering, ...]

    @cached_property
    def years(self) -> list[Judged]:
        """Who accepts, by year."""
        assert self.gains.years  # which goes through the draws
        return [gathered.judged() for gathered in self.gathering]


def judge_offer(gains: GainsModel) -> AcceptanceModel | None:
    """Who accepts by the draws of a case; None if in some year nobody answers anybody.

    Years but the last are worked out briefly: only who decides what.
    """
    simulations = gains.simulations
    if not all(answerable(simulation.model) for simulation in simulations):
        return None
    gathering = []
    for simulation in simulations:
        briefly = simulation is not simulations[-1]
        asked = [] if briefly else questions(Council(simulation.model))
        gathering.append(Gathering(simulation.model, asked, briefly))
        simulation.watch(gathering[-1])
    return AcceptanceModel(gains.case, gains, tuple(gathering))


def answerable(model: Model) -> bool:
    """Whether a case says enough for anybody to answer an offer."""
    between = case_sides(model.case)
    if between is None or not all(actors_of(model.case, model.arena, side) for side in between):
        return False
    return bool(model.case.response.channel or offered(model))


def answers_offers(case: Case) -> bool:
    """Whether a case says enough for somebody to offer a channel and somebody to answer."""
    at_stake = [stakes for name in weighed(case) if (stakes := case.issues[name].stakes)]
    if len(case.channels) < 2 or not any(one.bounds[1] > 0 for one in at_stake):
        return False
    found = arena(case, analysed_years(case)[-1])
    return found.n > 1 and answerable(Model(case, found))
