"""What the number of states does to the patience needed, in the senses of the literature, which pull opposite ways.

Where each minds what the others get and shares that out among them, more states make cooperation easier (Snidal 1991).
Where all have of a good what some pay for, or all are punished for the error of one, more make it harder (Olson 1965;
Oye 1986; Axelrod and Keohane 1985).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from detente.methods.games.number_of_players import collective_punishment_discount, free_riding_discount
from detente.methods.games.ordinal_types import game_name
from detente.methods.games.two_by_two import Payoffs
from detente.rooms.durability.model.case_games import CaseGame

STATE_COUNTS = (2, 3, 5, 10, 20, 50)
"""How many states take part."""

PatienceChange = Literal["none", "falls", "falls_by_turns", "rises"]
"""What becomes of the patience needed as more states take part."""


@dataclass(frozen=True)
class PatienceAmongMany:
    """The patience that cooperation takes in a game by how many states take part, by the theory of the answer.

    Each for every one of `STATE_COUNTS`, at the central estimates; infinite, or 1 or more, where none is enough.
    """

    id: str
    sharing_concern: tuple[float, ...] | None
    """Where the concern of two is shared out among so many; None where nobody minds what the other gets."""
    free_riding: tuple[float, ...]
    """Where so many share the common good that between two is this game."""
    with_errors: tuple[float, ...] | None
    """Where one defection of any, errors included, ends it for all; None without errors."""
    is_symmetric_dilemma: bool
    """Whether it is a Prisoner's Dilemma of two that are alike, if nobody minds what the other gets."""

    @property
    def concern_change(self) -> PatienceChange:
        """What becomes of it from the least to the greatest number, as the concern is shared out."""
        return patience_change(self.sharing_concern) if self.sharing_concern else "none"


def patience_change(needs: Sequence[float]) -> PatienceChange:
    """What becomes of the patience needed from the least to the greatest number of states."""
    first, last = (min(need, 1.0) for need in (needs[0], needs[-1]))
    if first == last:
        return "none"
    if all(fewer >= more for fewer, more in pairwise(needs)):
        return "falls"
    return "falls_by_turns" if last < first else "rises"


def patience_among_many(case_games: Sequence[CaseGame]) -> tuple[PatienceAmongMany, ...]:
    """What the number of states does in each game, by the theory of the answer."""
    return tuple(map(_needs_by_state_count, case_games))


def _needs_by_state_count(case_game: CaseGame) -> PatienceAmongMany:
    at_means, noise = case_game.main_at_means, case_game.game.noise.mean
    own_gains = at_means.games_without_concern.game_at(0)
    return PatienceAmongMany(
        case_game.id,
        _needs_sharing_concern(case_game) if at_means.concern.max() > 0 else None,
        _greater_needs(case_game, free_riding_discount),
        _greater_needs(case_game, lambda payoffs, n: collective_punishment_discount(payoffs, noise, n))
        if noise
        else None,
        own_gains.is_symmetric and game_name(own_gains) == "Prisoner's Dilemma",
    )


def _greater_needs(case_game: CaseGame, discount: Callable[[Payoffs, int], float]) -> tuple[float, ...]:
    """What the side needs that needs more, for each number of states."""
    sides = [case_game.main_at_means.stage_games.side_payoffs(side, 0) for side in (0, 1)]
    return tuple(max(discount(payoffs, n) for payoffs in sides) for n in STATE_COUNTS)


def _needs_sharing_concern(case_game: CaseGame) -> tuple[float, ...]:
    at_means = case_game.main_at_means
    needs = []
    for n in STATE_COUNTS:
        weight = at_means.concern / (1 + at_means.concern) / (n - 1)
        stage_games = at_means.games_without_concern.with_relative_gains(weight / (1 - weight))
        needs.append(float(stage_games.critical_discount.max()))
    return tuple(needs)
