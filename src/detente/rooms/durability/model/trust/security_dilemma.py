"""The security dilemma: what it makes of a game that offence counts for more or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.trust_and_reassurance import payoffs_with_offence, stag_hunt_tipping_offence, trust_threshold
from detente.methods.games.two_by_two import Payoffs
from detente.rooms.durability.model.case_games import CaseGame, payoffs_at_neutral_offence
from detente.rooms.durability.model.theory_views import TheoryView
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs

OFFENCE_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Levels of offence that are worked out."""


@dataclass(frozen=True)
class GameAtOffence:
    """The game of a side where offence counts so much, without concern for relative gains."""

    kind: str
    """The name of the game as this side has it."""
    trust_needed: float
    """More than 1 where no trust is enough."""
    patience_needed: float
    """As a discount factor; 1 or more where no patience is enough."""


@dataclass(frozen=True)
class SideDilemma:
    """The game of a side at every level of offence, and as the case says."""

    party: str
    at_levels: tuple[GameAtOffence, ...]
    kind: str
    """Where offence counts as the case says, without concern for relative gains."""
    kind_with_concern: str
    """The same with the concern of the main theory."""
    tipping_offence: float
    """The offence from which on a Stag Hunt is a Prisoner's Dilemma."""


@dataclass(frozen=True)
class SecurityDilemma:
    """The security dilemma of a game, at the central estimates."""

    game: str
    main_view: TheoryView
    offence: float
    """How many times what the payoffs say offence counts."""
    is_of_trustworthy_sides: bool
    """Whether it is the game of two trustworthy sides, and not the one given."""
    sides: tuple[SideDilemma, ...]
    rests_on: tuple[str, ...]

    @property
    def is_changed_by_concern(self) -> bool:
        """Whether concern for relative gains makes it another game for somebody."""
        return any(side.kind != side.kind_with_concern for side in self.sides)


def security_dilemma(case_game: CaseGame, beliefs: TrustBeliefs | None, means: ParameterDraws) -> SecurityDilemma:
    """The security dilemma of a game: of two trustworthy sides, where the case says who can be trusted."""
    least_concerned = min(case_game.by_theory_at_means, key=lambda at_means: float(at_means.concern.max()))
    main = case_game.main_at_means
    if beliefs:
        neutral_games = beliefs.type_payoffs(beliefs.means, "trustworthy", least_concerned, with_offence=False)
        current_game = beliefs.type_payoffs(beliefs.means, "trustworthy", main).game_at(0)
    else:
        neutral_games = payoffs_at_neutral_offence(means, case_game.id)
        current_game = main.stage_games.game_at(0)
    offence = case_game.game.offence.mean if case_game.game.offence else 1.0
    sides = tuple(
        SideDilemma(
            party,
            _games_at_levels(neutral_games.side_payoffs(side, 0), OFFENCE_LEVELS),
            side_game_name(payoffs_with_offence(neutral_games.side_payoffs(side, 0), offence)),
            side_game_name(current_game.sides[side]),
            stag_hunt_tipping_offence(neutral_games.side_payoffs(side, 0)),
        )
        for side, party in enumerate(case_game.game.between)
    )
    return SecurityDilemma(case_game.id, main.view, offence, beliefs is not None, sides, case_game.rests_on)


def _games_at_levels(neutral_payoffs: Payoffs, levels: Sequence[float]) -> tuple[GameAtOffence, ...]:
    from detente.methods.games.critical_discount import nash_reversion_discount

    games = (payoffs_with_offence(neutral_payoffs, level) for level in levels)
    return tuple(
        GameAtOffence(side_game_name(game), trust_threshold(game), nash_reversion_discount(game, game.P))
        for game in games
    )
