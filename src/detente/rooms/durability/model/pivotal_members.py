"""Whose concern for relative gains decides in a game: the member of each side on whom its decision turns.

By consensus that is whoever minds most, under a majority the member whose yes completes it, with a veto its holder if
it minds more than that (`methods/institutions/deciding_body.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.schema.estimate import DISTRIBUTION_FORMS
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.theory_views import RelativeGainsParameter, SideConcern, TheoryView


@dataclass(frozen=True)
class PivotalVoice:
    """One member of a side, or several that mind by the same numbers."""

    members: tuple[str, ...]
    mean_concern: float
    """How much it minds, over draws."""
    pivotal_share: float
    """Where the decision turns on it, or on one that minds exactly as much; share of draws."""


@dataclass(frozen=True)
class SidePivots:
    """On whom the decision of a side turns."""

    side: str
    voices: tuple[PivotalVoice, ...]
    """Those on whom it turns in some draws, the most frequent first; none where the side never minds."""
    leading_count: int
    """How many of them are most often pivotal: more than one where draws do not tell them apart, or cannot, because
    their numbers are the same estimate."""
    leading_share: float
    """Where the decision turns on one of those; share of draws."""
    has_one_estimate: bool = False
    """Whether those have the same estimate, so that nothing could tell them apart."""

    @property
    def leading_members(self) -> tuple[str, ...]:
        """Who is most often pivotal."""
        return tuple(member for voice in self.voices[: self.leading_count] for member in voice.members)


@dataclass(frozen=True)
class GamePivots:
    """Whose concern decides in a game by the theory of the answer."""

    game: str
    view: TheoryView
    sides: tuple[SidePivots, SidePivots]

    @property
    def has_concern(self) -> bool:
        """Whether anybody minds what the other side gets."""
        return any(side.voices for side in self.sides)


def pivots_by_game(case_games: Sequence[CaseGame], draws: ParameterDraws) -> tuple[GamePivots, ...]:
    """Whose concern decides in each game by the theory of the answer."""
    pivots = []
    for case_game in case_games:
        view = case_game.main_theory.view
        first, second = (
            _side_pivots(side, concern, draws)
            for side, concern in zip(case_game.game.between, view.side_concerns, strict=True)
        )
        pivots.append(GamePivots(case_game.id, view, (first, second)))
    return tuple(pivots)


def _side_pivots(side: str, side_concern: SideConcern, draws: ParameterDraws) -> SidePivots:
    import numpy as np

    concerns, decisive = side_concern.sample_voter_concerns(draws), side_concern.sample_concern(draws)
    is_pivotal = (concerns == decisive[:, None]) & (decisive > 0)[:, None]
    shares = is_pivotal.mean(axis=0)
    order = [int(index) for index in np.argsort(-shares, kind="stable") if shares[index] > 0]
    near = [index for index in order if _cannot_be_told_apart(shares[order[0]], shares[index], len(decisive))]
    estimates = {_distributions(side_concern.voters[index]) for index in near}
    leading = [index for index in order if index in near or _distributions(side_concern.voters[index]) in estimates]
    order = [*leading, *(index for index in order if index not in leading)]
    voters = side_concern.deciding_body.voices
    return SidePivots(
        side,
        tuple(PivotalVoice(voters[i], float(concerns[:, i].mean()), float(shares[i])) for i in order),
        len(leading),
        float(is_pivotal[:, leading].any(axis=1).mean()) if leading else 0.0,
        len({_distributions(side_concern.voters[index]) for index in leading}) == 1,
    )


def _distributions(voter: Sequence[RelativeGainsParameter]) -> tuple[object, ...]:
    """The numbers by which a voice minds, whatever is said of where they are from."""
    return tuple(
        (parameter.factor, *(str(getattr(parameter.estimate, form)) for form in DISTRIBUTION_FORMS))
        for parameter in voter
    )


def _cannot_be_told_apart(share: float, other: float, draw_count: int) -> bool:
    """Whether two shares of the same draws differ by less than their error explains."""
    error = float(max(share + other - (share - other) ** 2, 0.0) / draw_count) ** 0.5
    return bool(abs(share - other) <= STANDARD_ERRORS_APART * error)
