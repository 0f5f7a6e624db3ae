"""How far the answer to whether cooperation lasts was put in with the payoffs, and how far the rest decides.

The kind of game decides alone where neither side is tempted, and where a side gains nothing by cooperating. The payoffs
decide alone where the answer is the same with the least patience and the most errors that are drawn, and with the most
patience and the fewest: there neither patience nor errors can change it within what is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.games.shadow_of_the_future import StageGames
from detente.rooms.durability.model.case_games import CaseGame, GameUnderTheory
from detente.rooms.durability.model.lasting_with_errors import ErrorPlay
from detente.rooms.durability.model.theory_views import TheoryView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Truths = NDArray[np.bool_]

MOSTLY = 0.5
"""The share of draws from which on it is said that the answer was mostly put in."""


@dataclass(frozen=True)
class PutIn:
    """How far the answer of a game was put in, by the theory of the answer; shares of draws."""

    game: str
    view: TheoryView
    lasting_share: float
    """Where cooperation lasts."""
    untempted_share: float
    """Where neither side is tempted, as the theory sees it: it lasts whatever the patience."""
    untempted_without_concern: float
    """The same by own gains alone: what was put in before any concern."""
    nothing_gained_share: float
    """Where a side gains nothing by cooperating: it never lasts."""
    lasts_anyway_share: float
    """Where the payoffs alone make it last, whatever patience and errors within what is assumed."""
    never_share: float
    """Where they alone prevent it."""
    decided_without_errors: float
    """Where they alone decide, if nobody errs."""

    @property
    def decided_share(self) -> float:
        """Where the payoffs alone decide, with the errors of the case."""
        return self.lasts_anyway_share + self.never_share

    @property
    def is_mostly_put_in(self) -> bool:
        """Whether the payoffs alone decide in half of the draws or more."""
        return self.decided_share >= MOSTLY


def put_in_by_game(case_games: Sequence[CaseGame]) -> tuple[PutIn, ...]:
    """How far the answer of each game was put in."""
    return tuple(_put_in(case_game.id, case_game.main_theory) for case_game in case_games)


def _put_in(game_id: str, under_theory: GameUnderTheory) -> PutIn:
    games, own_gains = under_theory.stage_games, under_theory.games_without_concern
    at_worst, at_best = (_lasts_at_end(under_theory, is_worst) for is_worst in (True, False))
    needed, patience = under_theory.critical_patience, under_theory.patience
    return PutIn(
        game=game_id,
        view=under_theory.view,
        lasting_share=under_theory.lasting_share,
        untempted_share=float(_nobody_is_tempted(games).mean()),
        untempted_without_concern=float(_nobody_is_tempted(own_gains).mean()),
        nothing_gained_share=float((games.R <= games.P).any(axis=0).mean()),
        lasts_anyway_share=float((at_worst & at_best).mean()),
        never_share=float((~at_worst & ~at_best).mean()),
        decided_without_errors=float(((needed <= patience.min()) | (needed > patience.max())).mean()),
    )


def _nobody_is_tempted(games: StageGames) -> Truths:
    import numpy as np

    untempted: Truths = np.asarray((games.T <= games.R).all(axis=0))
    return untempted


def _lasts_at_end(under_theory: GameUnderTheory, is_worst: bool) -> Truths:
    """Whether it lasts with the payoffs of each draw and one patience and one chance of errors: worst or best."""
    import numpy as np

    patience = under_theory.patience
    level = float(patience.min() if is_worst else patience.max())
    play = under_theory.error_play
    if play is None:
        lasts: Truths = np.asarray(under_theory.critical_patience <= level)
        return lasts
    noise = float(play.noise.max() if is_worst else play.noise.min())
    at_end = ErrorPlay(play.tried, np.array([level]), np.array([noise]))
    return at_end.strategies_kept(under_theory.stage_games).lasts
