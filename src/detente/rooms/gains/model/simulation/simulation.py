"""The draws of a year, gone through once for everybody who adds something up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_in_year
from detente.case.schema.case import Case
from detente.methods.offer_model.gains import GainsBatch, evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.methods.offer_model.stakes import compute_stakes
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.parties import issues_with_stakes
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.results import GainsAccumulator, YearGains

FIRST_DRAWS = 64
"""Draws in which it is asked first whether anything is at stake."""


class Accumulator(Protocol):
    """Whoever adds something up over the draws of a year."""

    def add(self, batch: GainsBatch) -> None:
        """Adds a batch."""


class Simulation:
    """The draws of one year."""

    def __init__(self, model: ChannelModel, draw_count: int):
        self.model, self.draw_count = model, draw_count
        self._accumulators: list[Accumulator] = []
        self._is_done = False

    def add_accumulator(self, accumulator: Accumulator) -> None:
        """Has somebody add up the draws, too: with all others, or by itself where they are done."""
        self._accumulators.append(accumulator)
        if self._is_done:
            self._run_batches([accumulator])

    @cached_property
    def result(self) -> YearGains:
        """What all draws come to."""
        gains_accumulator = GainsAccumulator(self.model)
        self._run_batches([*self._accumulators, gains_accumulator])
        self._is_done = True
        return gains_accumulator.year_gains()

    @cached_property
    def has_stakes(self) -> bool:
        """Whether anything is at stake, in any draw: of all, the first few are asked first, as they are soon told."""
        description = self.model.description
        first = next(iter(batch_ranges(description.network, min(self.draw_count, FIRST_DRAWS))))
        if compute_stakes(sample_model(description, first)).issue_stakes.any():
            return True
        return bool(self.result.issue_shares.any())

    def _run_batches(self, accumulators: Sequence[Accumulator]) -> None:
        description = self.model.description
        for indices in batch_ranges(description.network, self.draw_count):
            batch = evaluate_gains(sample_model(description, indices))
            for accumulator in accumulators:
                accumulator.add(batch)


@dataclass(frozen=True)
class GainsModel:
    """Who gains by which channel, in every year of a case."""

    case: Case
    simulations: tuple[Simulation, ...]

    @property
    def years(self) -> list[YearGains]:
        """What each year comes to."""
        return [simulation.result for simulation in self.simulations]

    @property
    def has_stakes(self) -> bool:
        """Whether anything is at stake in the last year, in any draw."""
        return self.simulations[-1].has_stakes


def simulate_gains(case: Case) -> GainsModel | None:
    """The gains of a case; None if there is nothing to compare, or nothing at stake."""
    if len(case.channels) < 2 or not issues_with_stakes(case):
        return None
    cases = {year: case_in_year(case, year) for year in analysed_years(case)}
    models = [ChannelModel(in_year, build_actor_network(in_year, year)) for year, in_year in cases.items()]
    if min(model.actor_network.n for model in models) < 2:
        return None
    return GainsModel(case, tuple(Simulation(model, case.network.draws) for model in models))
