"""Whether cooperation lasts although moves go wrong as often as the case says: in every draw, and in how many rounds.

Of many strategies that both could play, those are looked at that bring cooperation back after an error, and of these
the ones from which no departure pays after any history. Any such strategy is enough for cooperation to last; of several
that one is told by which both cooperate most often. What is tried: the case's own list, contrition (Boyd 1989; Wu and
Axelrod 1995), mutual defection for a number of rounds (Green and Porter 1984), and unconditional cooperation, which is
enough where nobody is tempted. The measure is that of Boyd, and of Wu and Axelrod: with errors a strategy must forgive
and still not be worth exploiting. Some strategy that is not tried might do where these do not.

Strategies whose chances follow from payoffs are not among them: whoever leaves a move to chance must be indifferent
between both, which holds at single values of the payoffs and so in no draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.entries.cache import once_per_case
from detente.case.schema.case import Case
from detente.methods.games.critical_discount import reachable_pairs
from detente.methods.games.repeated.play_with_errors import (
    PlayWithErrors,
    contrition,
    corrects_errors,
    limited_punishment,
)
from detente.methods.games.shadow_of_the_future import StageGames
from detente.methods.games.strategies.automaton import Automaton
from detente.methods.games.strategies.library import automaton, find_strategy
from detente.rooms.durability.model.strategies import strategy_definitions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PUNISHMENT_ROUNDS = (1, 2, 4, 8)
"""For how many rounds both defect after an error, in the strategies that are tried besides the case's own."""
CONTRITION = "contrition"
UNCONDITIONAL = "Cooperator"
"""The strategy that is enough where nobody is tempted."""
MAX_STATE_PAIRS = 30
"""Pairs of states up to which a strategy of a case is tried in every draw: beyond that it takes seconds."""


@dataclass(frozen=True, eq=False)
class TriedStrategy:
    """A strategy that corrects errors."""

    automaton: Automaton
    name: str
    """What it is called; empty for a limited punishment."""
    punishment_rounds: int = 0
    """For how many rounds both defect after an error, where that is all it does."""


@once_per_case
def strategies_tried(case: Case) -> tuple[TriedStrategy, ...]:
    """The strategies that are tried in every draw; those of the case first, which win ties."""
    own_strategies = strategy_definitions(case)
    tried = []
    for name in dict.fromkeys([*case.repetition.strategies, UNCONDITIONAL]):
        strategy = find_strategy(name, own_strategies)
        if strategy.depends_on_payoffs:
            continue
        machine = automaton(strategy).minimal
        if len(reachable_pairs(machine, machine)) <= MAX_STATE_PAIRS and corrects_errors(machine):
            tried.append(TriedStrategy(machine, strategy.name))
    tried.append(TriedStrategy(contrition(), CONTRITION))
    return (*tried, *(TriedStrategy(limited_punishment(rounds), "", rounds) for rounds in PUNISHMENT_ROUNDS))


@dataclass(frozen=True, eq=False)
class KeptStrategies:
    """What both sides keep to with errors, by one theory."""

    tried: Sequence[TriedStrategy]
    best: NDArray[np.intp]
    """Number of the strategy kept to by which both cooperate most often; -1 where none is kept to; shape (draws,)."""
    cooperation: Floats
    """The share of rounds in which both cooperate by it, as rounds count; 0 where none is kept to; shape (draws,)."""

    @property
    def lasts(self) -> NDArray[np.bool_]:
        """Whether some strategy is kept to, shape (draws,)."""
        is_kept: NDArray[np.bool_] = self.best >= 0
        return is_kept

    @property
    def mean_cooperation(self) -> float | None:
        """The share of rounds in which both cooperate, where it lasts: a mean over those draws; None where nowhere."""
        return float(self.cooperation[self.lasts].mean()) if self.lasts.any() else None

    @property
    def most_frequent(self) -> TriedStrategy | None:
        """The strategy that is the best kept to in most draws; None where none ever is."""
        import numpy as np

        if not self.lasts.any():
            return None
        return self.tried[int(np.bincount(self.best[self.lasts]).argmax())]


@dataclass(frozen=True, eq=False)
class ErrorPlay:
    """A game played with errors by every strategy tried, whatever the payoffs: all theories share it."""

    tried: tuple[TriedStrategy, ...]
    discount: Floats
    """Shape (draws,), or (1,) for the same in all."""
    noise: Floats
    """Of the same shape."""

    @cached_property
    def _plays(self) -> list[PlayWithErrors]:
        return [PlayWithErrors(strategy.automaton, self.discount, self.noise) for strategy in self.tried]

    def strategies_kept(self, games: StageGames) -> KeptStrategies:
        """Which strategies neither side departs from, with these payoffs.

        Args:
            games: Payoffs of a round, without errors, as each side sees them.
        """
        import numpy as np

        draw_count = games.R.shape[1]
        best, cooperation = np.full(draw_count, -1), np.zeros(draw_count)
        sides = [np.stack([part[side] for part in (games.R, games.S, games.T, games.P)]) for side in (0, 1)]
        for number, play in enumerate(self._plays):
            is_better = play.cooperation > cooperation
            for payoffs in sides:
                if is_better.any():
                    is_better = is_better & play.is_kept_by(payoffs)
            best = np.where(is_better, number, best)
            cooperation = np.where(is_better, play.cooperation, cooperation)
        return KeptStrategies(self.tried, best, cooperation)
