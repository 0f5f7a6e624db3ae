"""The draws of a year, gone through once for everybody who adds something up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from detente.case.index.by_year import analysed_years
from detente.case.schema.case import Case
from detente.rooms.gains.model.build_network import arena
from detente.rooms.gains.model.draws import Drawing, drawings, weighed
from detente.rooms.gains.model.model import Block, Model
from detente.rooms.gains.model.results import Gathered, Year


class Accumulator(Protocol):
    """Whoever adds something up over the draws of a year."""

    def add(self, block: Block, drawing: Drawing, count: int) -> None:
        """Adds the first draws of a batch."""


class Simulation:
    """The draws of one year."""

    def __init__(self, model: Model, draws: int):
        self.model, self.draws = model, draws
        self._watching: list[Accumulator] = []
        self._done = False

    def watch(self, accumulator: Accumulator) -> None:
        """Has somebody add up the draws, too: with all others, or by itself where they are done."""
        self._watching.append(accumulator)
        if self._done:
            self._run([accumulator])

    @cached_property
    def year(self) -> Year:
        """What all draws come to."""
        gathered = Gathered(self.model)
        self._run([*self._watching, gathered])
        self._done = True
        return gathered.year()

    def _run(self, accumulators: Sequence[Accumulator]) -> None:
        done = 0
        for drawing in drawings(self.model.case, self.model.arena, self.draws):
            block = self.model.block(drawing)
            count = min(self.draws - done, drawing.draws)
            for accumulator in accumulators:
                accumulator.add(block, drawing, count)
            done += count


@dataclass(frozen=True)
class GainsModel:
    """Who gains by which channel, in every year of a case."""

    case: Case
    simulations: tuple[Simulation, ...]

    @property
    def years(self) -> list[Year]:
        """What each year comes to."""
        return [simulation.year for simulation in self.simulations]

    @property
    def at_stake(self) -> bool:
        """Whether anything is at stake in the last year, in any draw."""
        return bool(self.years[-1].issue_share.any())


def simulate_gains(case: Case) -> GainsModel | None:
    """The gains of a case; None if there is nothing to compare, or nothing at stake."""
    if len(case.channels) < 2 or not weighed(case):
        return None
    arenas = [arena(case, year) for year in analysed_years(case)]
    if min(one.n for one in arenas) < 2:
        return None
    return GainsModel(case, tuple(Simulation(Model(case, one), case.network.draws) for one in arenas))
