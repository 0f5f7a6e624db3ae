"""Whether cooperation lasts in each game by each theory: the patience it needs, what there is, and trust to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.rooms.durability.model.case_games import CaseGame, GameUnderTheory
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles, quantiles
from detente.rooms.durability.model.lasting_with_errors import TriedStrategy
from detente.rooms.durability.model.theory_views import TheoryView

SURE_LASTING_SHARE = 0.9
"""The share of draws from which on it is said that cooperation lasts, or that it does not."""
HARD_BEGINNING_GAP = 0.2
"""By how many draws, as a share, cooperation must last more often than it begins, to be called harder to begin."""

LastingVerdict = Literal["yes", "unsure", "no"]
"""Whether cooperation lasts."""


@dataclass(frozen=True)
class TheoryPatience:
    """How a game fares by one theory."""

    view: TheoryView
    """The theory, or several that agree."""
    needed: DrawQuantiles
    """The patience that cooperation takes if nobody errs; infinite where none is enough."""
    available: DrawQuantiles
    """The patience that there is."""
    margin: DrawQuantiles
    """How much more there is than needed; may be minus infinity."""
    lasting_share: float
    """Where cooperation, once begun, lasts with the errors of the case; share of draws."""
    error_free_share: float
    """Where it would last if nobody erred; share of draws."""
    cooperation_share: float | None
    """How often both cooperate where it lasts, errors included; share of rounds; None where it nowhere does."""
    kept_most: TriedStrategy | None
    """What both keep to in most draws; None without errors, and where it nowhere lasts."""
    beginning_share: float
    """Where it lasts and even chances that the other cooperates are enough to begin; share of draws."""
    needed_at_means: float
    """The patience that it takes at the central estimates, if nobody errs."""
    available_at_means: float
    """The patience that there is at the central estimates."""
    trust_needed_at_means: float
    """The chance that the other cooperates which it takes to begin; infinite where cooperation would not last."""

    @property
    def verdict(self) -> LastingVerdict:
        """Whether it lasts in nearly all draws, in nearly none, or neither."""
        if self.lasting_share >= SURE_LASTING_SHARE:
            return "yes"
        return "no" if self.lasting_share <= 1 - SURE_LASTING_SHARE else "unsure"


@dataclass(frozen=True)
class GamePatience:
    """How a game fares by every theory."""

    id: str
    by_theory: tuple[TheoryPatience, ...]
    has_concern: bool
    """Whether there is any number by which somebody minds relative gains."""
    has_noise: bool
    """Whether moves may come out or be taken wrongly."""
    rests_on: tuple[str, ...]
    """The entries that it is made from."""

    @property
    def main(self) -> TheoryPatience:
        """By the theory that the answer is told by."""
        return next(entry for entry in self.by_theory if entry.view.is_main)

    @property
    def verdicts(self) -> frozenset[LastingVerdict]:
        """All verdicts of theories."""
        return frozenset(entry.verdict for entry in self.by_theory)

    @property
    def is_split_at_even(self) -> bool:
        """Whether it lasts in half of the draws or more by some theories and not by others."""
        return len({entry.lasting_share >= 0.5 for entry in self.by_theory}) > 1

    @property
    def is_harder_to_begin(self) -> bool:
        """Whether it would last in clearly more draws than even chances are enough to begin, by the main theory."""
        return self.main.lasting_share - self.main.beginning_share > HARD_BEGINNING_GAP


def patience_by_game(case_games: Sequence[CaseGame]) -> tuple[GamePatience, ...]:
    """How each game fares by every theory."""
    return tuple(_game_patience(case_game) for case_game in case_games)


def _game_patience(case_game: CaseGame) -> GamePatience:
    return GamePatience(
        id=case_game.id,
        by_theory=tuple(map(_theory_patience, case_game.by_theory, case_game.by_theory_at_means)),
        has_concern=any(list(under_theory.view.parameters) for under_theory in case_game.by_theory),
        has_noise=case_game.game.noise.bounds != (0, 0),
        rests_on=case_game.rests_on,
    )


def _theory_patience(under_theory: GameUnderTheory, at_means: GameUnderTheory) -> TheoryPatience:
    kept = under_theory.kept_strategies
    return TheoryPatience(
        view=under_theory.view,
        needed=quantiles(under_theory.critical_patience),
        available=quantiles(under_theory.patience),
        margin=quantiles(under_theory.patience - under_theory.critical_patience),
        lasting_share=under_theory.lasting_share,
        error_free_share=under_theory.error_free_share,
        cooperation_share=under_theory.cooperation_share,
        kept_most=kept.most_frequent if kept else None,
        beginning_share=under_theory.beginning_share,
        needed_at_means=float(at_means.critical_patience[0]),
        available_at_means=float(at_means.patience[0]),
        trust_needed_at_means=float(at_means.trust_needed[0]),
    )
