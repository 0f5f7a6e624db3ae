"""Which game each theory makes of each issue, at the central estimates and over draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.methods.games.ordinal_types import game_name, ordinal_class_number
from detente.methods.games.two_by_two import EquilibriumSet, TwoByTwoGame, all_equilibria
from detente.rooms.durability.model.case_games import CaseGame, GameUnderTheory
from detente.rooms.durability.model.theory_views import TheoryView


@dataclass(frozen=True, eq=False)
class TheoryGame:
    """The game of a round as a theory sees it."""

    view: TheoryView
    """The theory, or several that agree."""
    payoffs: TwoByTwoGame
    """At the central estimates."""
    kind: str
    """What the game is called in the field, at the central estimates."""
    ordinal_class: int | None
    """Its class of the 144, from 1; None where payoffs are equal."""
    equilibria: tuple[EquilibriumSet, ...]
    """Of a single round, those in mixed moves among them."""
    kind_shares: Mapping[str, float]
    """How often it is which game, the most frequent first; shares of draws."""


@dataclass(frozen=True, eq=False)
class GameKinds:
    """The game that each theory makes of an issue."""

    id: str
    by_theory: tuple[TheoryGame, ...]
    rests_on: tuple[str, ...]
    """The entries that it is made from."""

    @property
    def differs_by_theory(self) -> bool:
        """Whether theories make different games of it."""
        return len({theory_game.kind for theory_game in self.by_theory}) > 1


def kinds_by_game(case_games: Sequence[CaseGame]) -> tuple[GameKinds, ...]:
    """The game that each theory makes of each issue."""
    return tuple(
        GameKinds(
            case_game.id,
            tuple(map(_theory_game, case_game.by_theory, case_game.by_theory_at_means)),
            case_game.rests_on,
        )
        for case_game in case_games
    )


def _theory_game(under_theory: GameUnderTheory, at_means: GameUnderTheory) -> TheoryGame:
    payoffs = at_means.stage_games.game_at(0)
    return TheoryGame(
        view=under_theory.view,
        payoffs=payoffs,
        kind=game_name(payoffs),
        ordinal_class=ordinal_class_number(payoffs),
        equilibria=tuple(all_equilibria(payoffs)),
        kind_shares=under_theory.stage_games.game_kind_shares,
    )
