"""What the sides of a game believe of each other, in every draw and at the means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.schema.repeated_games import DeclaredPayoffs, Trust
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.shadow_of_the_future import StageGames
from detente.methods.games.trust_and_reassurance import PlayerTypes
from detente.rooms.durability.model.case_games import (
    PAYOFF_FIELDS,
    CaseGame,
    GameUnderTheory,
    payoffs_at_neutral_offence,
    sample_stage_games,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TrustBeliefs:
    """What the sides of a game believe of each other, in every draw and at the means."""

    case_game: CaseGame
    draws: ParameterDraws
    means: ParameterDraws

    @property
    def declared_trust(self) -> Trust:
        """What the case says of it."""
        declared = self.case_game.game.trust
        if declared is None:
            raise ValueError("a game without trust; who asks looks first")
        return declared

    def sample_trust(self, draws: ParameterDraws) -> Floats:
        """How far each side trusts the other, shape (2, draws)."""
        import numpy as np

        path = f"games.{self.case_game.id}.trust.held"
        estimates = {side: (estimate, f"{path}.{side}") for side, estimate in self.declared_trust.held.items()}
        return np.stack(
            [
                draws.sample(*estimates[side]) if side in estimates else np.zeros(draws.draw_count)
                for side in self.case_game.game.between
            ]
        )

    def sample_first_step(self, draws: ParameterDraws) -> Floats | None:
        """The share that the first step puts at stake, shape (draws,)."""
        estimate = self.declared_trust.first_step
        return draws.sample(estimate, f"games.{self.case_game.id}.trust.first_step") if estimate else None

    def type_payoffs(
        self, draws: ParameterDraws, type_name: str, under_theory: GameUnderTheory, with_offence: bool = True
    ) -> StageGames:
        """The payoffs of two trustworthy or two untrustworthy sides, as a theory has them.

        Args:
            numbers: Draws.
            word: `trustworthy` or `untrustworthy`.
            seen: The theory.
            tilted: Whether offence counts as the case says, or for no more than the payoffs do.
        """
        type_estimates: DeclaredPayoffs = getattr(self.declared_trust, type_name)
        overrides = {
            letter: (estimate, f"trust.{type_name}.{name}")
            for letter, name in PAYOFF_FIELDS.items()
            if (estimate := getattr(type_estimates, name)) is not None
        }
        return (sample_stage_games if with_offence else payoffs_at_neutral_offence)(
            draws, self.case_game.id, overrides
        ).with_relative_gains(under_theory.concern)

    def player_types(self, under_theory: GameUnderTheory, side: int) -> PlayerTypes:
        """Both kinds of a side at the central estimates."""
        trustworthy, untrustworthy = (
            self.type_payoffs(self.means, type_name, under_theory).side_payoffs(side, 0)
            for type_name in ("trustworthy", "untrustworthy")
        )
        return PlayerTypes(trustworthy, untrustworthy)

    @cached_property
    def theory_allowing_trust(self) -> tuple[GameUnderTheory, GameUnderTheory]:
        """The theory by which there is a kind to be trusted: that of the answer, or one with less concern."""
        ordered = sorted(
            zip(self.case_game.by_theory, self.case_game.by_theory_at_means, strict=True),
            key=lambda pair: (not pair[0].view.is_main, float(pair[1].concern.max())),
        )
        for under_theory, at_means in ordered:
            if self.type_payoffs(self.means, "trustworthy", at_means).trust_thresholds.max() <= 1:
                return under_theory, at_means
        return ordered[0]


def build_trust_beliefs(
    case_games: Sequence[CaseGame], draws: ParameterDraws, means: ParameterDraws
) -> list[TrustBeliefs]:
    """The games of which the case says how far the sides trust each other."""
    return [TrustBeliefs(case_game, draws, means) for case_game in case_games if case_game.game.trust]
