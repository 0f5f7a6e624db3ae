"""What errors do to cooperation: how much of it strategies keep in a game, and whether they would be kept to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.methods.games.critical_discount import best_response_gain
from detente.methods.games.repeated.markov_play import LONG_RUN, Horizon, match_outcomes
from detente.methods.games.strategies.automaton import Automaton
from detente.methods.games.strategies.library import NamedStrategy, automaton, find_strategy
from detente.methods.games.strategies.zero_determinant import OutOfReach
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.lasting_with_errors import TriedStrategy, strategies_tried
from detente.rooms.durability.model.strategies import strategy_definitions
from detente.rooms.durability.model.theory_views import TheoryView

NEGLIGIBLE_GAIN_SHARE = 1e-6
"""Gains from departing, as a share of the span of payoffs, that count for none."""


@dataclass(frozen=True)
class SelfPlay:
    """Both sides playing the same strategy with errors."""

    strategy: str
    """What it is called; empty for a limited punishment."""
    punishment_rounds: int
    """For how many rounds both defect after an error, where that is all it does."""
    discounted_cooperation: float
    """How often both cooperate, as rounds count by the patience there is; share of rounds."""
    long_run_cooperation: float
    """The same in the long run; share of rounds."""
    departure_gain: float
    """What departing gains the side that gains more by it; share of the span of its payoffs."""

    @property
    def is_equilibrium(self) -> bool:
        """Whether neither side would depart."""
        return self.departure_gain <= NEGLIGIBLE_GAIN_SHARE


@dataclass(frozen=True)
class UnavailableStrategy:
    """A strategy that cannot do in a game what it is for."""

    strategy: str
    """What it is called."""
    reason: str
    """Why not, as the method says."""


@dataclass(frozen=True)
class GameWithNoise:
    """What the strategies tried keep of cooperation in a game."""

    id: str
    view: TheoryView
    """The theory of the answer, or several that agree, by which payoffs are."""
    noise: float
    """The chance that a move comes out or is taken wrongly."""
    strategies: tuple[SelfPlay | UnavailableStrategy, ...]
    """In the order in which the case names them, and then those that are tried in every case."""

    @property
    def most_cooperative(self) -> SelfPlay | None:
        """The strategy that keeps most cooperation; None if none is available."""
        return _most_cooperative(self._self_plays)

    @property
    def most_cooperative_equilibrium(self) -> SelfPlay | None:
        """The one of those from which neither side would depart; None if there is none."""
        return _most_cooperative(play for play in self._self_plays if play.is_equilibrium)

    @property
    def _self_plays(self) -> list[SelfPlay]:
        return [play for play in self.strategies if isinstance(play, SelfPlay)]


def _most_cooperative(plays: Iterable[SelfPlay]) -> SelfPlay | None:
    """Of equals, the last by name."""
    return max(plays, key=lambda play: (play.discounted_cooperation, play.strategy), default=None)


def games_with_noise(case_games: Sequence[CaseGame]) -> tuple[GameWithNoise, ...]:
    """What the strategies of a case keep of cooperation in each of its games, by the theory of the answer."""
    if not case_games:
        return ()
    case = case_games[0].case
    own_strategies = strategy_definitions(case)
    strategies = [find_strategy(name, own_strategies) for name in dict.fromkeys(case.repetition.strategies)]
    named = {strategy.name for strategy in strategies}
    further = [tried for tried in strategies_tried(case) if tried.name not in named]
    return tuple(
        GameWithNoise(
            case_game.id,
            case_game.main_theory.view,
            case_game.game.noise.mean,
            (
                *(_play_itself(case_game, strategy) for strategy in strategies),
                *(_self_play(case_game, tried, tried.automaton, tried.automaton) for tried in further),
            ),
        )
        for case_game in case_games
    )


def _play_itself(case_game: CaseGame, strategy: NamedStrategy) -> SelfPlay | UnavailableStrategy:
    """A strategy against itself, each side having the chances that follow from its own payoffs."""
    first_payoffs, second_payoffs = (case_game.main_at_means.stage_games.side_payoffs(side, 0) for side in (0, 1))
    try:
        first = automaton(strategy, first_payoffs, second_payoffs)
        second = automaton(strategy, second_payoffs, first_payoffs)
    except OutOfReach as error:
        return UnavailableStrategy(strategy.name, str(error))
    return _self_play(case_game, TriedStrategy(first, strategy.name), first, second)


def _self_play(case_game: CaseGame, tried: TriedStrategy, first: Automaton, second: Automaton) -> SelfPlay:
    """Both sides playing the same at the central estimates."""
    at_means, noise = case_game.main_at_means, case_game.game.noise.mean
    patience = float(at_means.patience[0])
    first_payoffs, second_payoffs = (at_means.stage_games.side_payoffs(side, 0) for side in (0, 1))
    discounted_shares, long_run_shares = (
        match_outcomes(first, second, horizon, noise) for horizon in (Horizon(discount=patience), LONG_RUN)
    )
    gains = [
        best_response_gain(payoffs, own, other, patience, noise)
        / (max(payoffs.by_outcome) - min(payoffs.by_outcome) or 1.0)
        for payoffs, own, other in ((first_payoffs, first, second), (second_payoffs, second, first))
    ]
    return SelfPlay(
        tried.name, tried.punishment_rounds, float(discounted_shares[0]), float(long_run_shares[0]), max(gains)
    )
