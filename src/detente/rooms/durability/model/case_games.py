"""A game of a case as each theory sees it: its draws, what patience it needs, what trust, and what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.repeated_games import DeclaredPayoffs, RepeatedGame
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.shadow_of_the_future import StageGames
from detente.rooms.durability.model.lasting_with_errors import ErrorPlay, KeptStrategies, strategies_tried
from detente.rooms.durability.model.theory_views import TheoryView, views_by_game

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PAYOFF_FIELDS = {"T": "free_rides", "R": "both", "P": "neither", "S": "alone"}
"""The payoffs as a case calls them."""


def payoff_estimate(game: RepeatedGame, side: str, field_name: str) -> tuple[Estimate, str] | None:
    """A payoff of a side with the end of its path: its own, or that of both."""
    own_estimate = getattr(game.payoffs_of.get(side, DeclaredPayoffs()), field_name)
    if own_estimate is not None:
        return own_estimate, f"payoffs_of.{side}.{field_name}"
    common_estimate = getattr(game.payoffs, field_name)
    return (common_estimate, f"payoffs.{field_name}") if common_estimate is not None else None


def sample_stage_games(
    draws: ParameterDraws, name: str, overrides: Mapping[str, tuple[Estimate, str]] | None = None
) -> StageGames:
    """The payoffs of a game in every draw, without any concern for relative gains, and with offence as it counts.

    Args:
        numbers: Draws.
        name: The game.
        instead: Other payoffs of both sides, by their letter, with the end of their paths.
    """
    neutral_games = payoffs_at_neutral_offence(draws, name, overrides)
    offence = draws.case.games[name].offence
    return neutral_games.with_offence(draws.sample(offence, f"games.{name}.offence")) if offence else neutral_games


def payoffs_at_neutral_offence(
    draws: ParameterDraws, name: str, overrides: Mapping[str, tuple[Estimate, str]] | None = None
) -> StageGames:
    """The same where offence counts for no more than the payoffs say."""
    import numpy as np

    game = draws.case.games[name]
    payoffs = {}
    for letter, field_name in PAYOFF_FIELDS.items():
        side_values = []
        for side in game.between:
            estimate_and_path = (overrides or {}).get(letter) or payoff_estimate(game, side, field_name)
            if estimate_and_path is None:
                raise ValueError(f"no {field_name} for {side}; the checks of a case find it first")
            side_values.append(draws.sample(estimate_and_path[0], f"games.{name}.{estimate_and_path[1]}"))
        payoffs[letter] = np.stack(side_values)
    return StageGames(**payoffs)


@dataclass(frozen=True, eq=False)
class GameUnderTheory:
    """A game as one theory sees it."""

    view: TheoryView
    concern: Floats
    """How much either side minds what the other gets beyond it, shape (2, draws)."""
    games_without_concern: StageGames
    """Payoffs without any concern."""
    patience: Floats
    """Shape (draws,)."""
    error_play: ErrorPlay | None
    """How strategies fare with the errors of the case; None where it has none."""

    @cached_property
    def stage_games(self) -> StageGames:
        """Payoffs as the theory has them."""
        return self.games_without_concern.with_relative_gains(self.concern)

    @cached_property
    def critical_patience(self) -> Floats:
        """The patience that cooperation takes, of the side that takes more; shape (draws,)."""
        largest_need: Floats = self.stage_games.critical_discount.max(axis=0)
        return largest_need

    @cached_property
    def lasts_without_errors(self) -> NDArray[np.bool_]:
        """Whether there would be enough patience if nobody erred; shape (draws,)."""
        is_enough: NDArray[np.bool_] = self.patience >= self.critical_patience
        return is_enough

    @cached_property
    def kept_strategies(self) -> KeptStrategies | None:
        """What both sides keep to with the errors of the case; None where it has none."""
        return self.error_play.strategies_kept(self.stage_games) if self.error_play else None

    @property
    def lasts(self) -> NDArray[np.bool_]:
        """Whether cooperation lasts with the errors of the case, if it has any; shape (draws,)."""
        return self.kept_strategies.lasts if self.kept_strategies else self.lasts_without_errors

    @property
    def lasting_share(self) -> float:
        """The share of draws in which cooperation lasts with the errors of the case."""
        return float(self.lasts.mean())

    @property
    def error_free_share(self) -> float:
        """The share of draws in which it would last if nobody erred."""
        return float(self.lasts_without_errors.mean())

    @property
    def cooperation_share(self) -> float | None:
        """The share of rounds in which both cooperate, where cooperation lasts; None where it nowhere does."""
        if self.kept_strategies:
            return self.kept_strategies.mean_cooperation
        return 1.0 if self.lasts.any() else None

    @cached_property
    def trust_needed(self) -> Floats:
        """The trust to begin, of the side that takes more; infinite where it would not last though nobody erred."""
        import numpy as np

        trust_to_begin: Floats = self.stage_games.repeated_game(self.patience).trust_thresholds.max(axis=0)
        return np.where(self.lasts_without_errors, trust_to_begin, np.inf)

    @property
    def beginning_share(self) -> float:
        """The share of draws in which it lasts, and even chances that the other cooperates are enough to begin."""
        return float((self.lasts & (self.trust_needed <= 0.5)).mean())


@dataclass(frozen=True, eq=False)
class CaseGame:
    """A game of a case with its draws and its central estimates, by every theory."""

    case: Case
    id: str
    by_theory: tuple[GameUnderTheory, ...]
    by_theory_at_means: tuple[GameUnderTheory, ...]
    """The same at the means, with a single draw."""

    @property
    def game(self) -> RepeatedGame:
        """The game."""
        return self.case.games[self.id]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.game.title

    @cached_property
    def side_names(self) -> tuple[str, str]:
        """The two sides."""
        first, second = (display_name(self.case, party) for party in self.game.between)
        return first, second

    @property
    def main_theory(self) -> GameUnderTheory:
        """By the theory that the answer is told by."""
        return next(under_theory for under_theory in self.by_theory if under_theory.view.is_main)

    @property
    def main_at_means(self) -> GameUnderTheory:
        """The same at the central estimates."""
        return next(at_means for at_means in self.by_theory_at_means if at_means.view.is_main)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The entries that it is made from."""
        mechanisms = [m.path.split(".")[1] for under_theory in self.by_theory for m in under_theory.view.parameters]
        declared_mechanisms = [name for name in dict.fromkeys(mechanisms) if name in self.case.mechanisms]
        return (self.id, *self.game.issues, *declared_mechanisms)


def build_case_game(draws: ParameterDraws, means: ParameterDraws, name: str) -> CaseGame:
    """A game of a case."""
    by_theory, by_theory_at_means = (_games_under_theories(source, name) for source in (draws, means))
    return CaseGame(draws.case, name, tuple(by_theory), tuple(by_theory_at_means))


def _games_under_theories(draws: ParameterDraws, name: str) -> Sequence[GameUnderTheory]:
    case, base_games = draws.case, sample_stage_games(draws, name)
    patience = draws.sample(case.games[name].patience, f"games.{name}.patience")
    error_play = play_with_errors(draws, name, patience)
    return [
        GameUnderTheory(view, view.sample_concern(draws), base_games, patience, error_play)
        for view in views_by_game(case)[name]
    ]


def play_with_errors(draws: ParameterDraws, name: str, patience: Floats) -> ErrorPlay | None:
    """A game with the errors that the case expects in it; None where it expects none."""
    noise = draws.case.games[name].noise
    if noise.bounds == (0, 0):
        return None
    return ErrorPlay(strategies_tried(draws.case), patience, draws.sample(noise, f"games.{name}.noise"))
