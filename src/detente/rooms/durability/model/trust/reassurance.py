"""Whether a first step reassures: how large it must be to tell those who mean well from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.methods.games.trust_and_reassurance import (
    PlayerTypes,
    ReassurancePlay,
    reassurable_trust_range,
    reassurance_band,
    reassurance_equilibria,
)
from detente.rooms.durability.model.case_games import GameUnderTheory
from detente.rooms.durability.model.theory_views import TheoryView
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TRUST_LEVELS = 1000
"""Steps of trust at which it is asked whether some first step would do."""
BAND_LEVELS = tuple(tenth / 10 for tenth in range(1, 10))
"""How far the other is trusted in the rows of the picture of the band."""

StepSize = Literal["none fits", "too small", "fitting", "too large"]
"""What the size of a first step comes to."""


@dataclass(frozen=True)
class SideReassurance:
    """How far a side trusts the other, and which first steps of the other would reassure it."""

    party: str
    trust_at_means: float
    """How likely the other is held to be trustworthy."""
    band: tuple[float, float]
    """The least and the most that a step must put at stake, at the means; the first is the greater where none does."""
    is_hopeless: bool
    """Whether by the main theory it would not cooperate however far it trusted the other."""


@dataclass(frozen=True)
class StepShares:
    """What the size of the step comes to; shares of draws."""

    too_small: float
    fitting: float
    too_large: float
    none_fits: float


@dataclass(frozen=True)
class Reassurance:
    """Whether the first step that a case names tells the trustworthy from the others."""

    game: str
    view: TheoryView
    """The theory by which there is a kind to be trusted."""
    main_view: TheoryView
    step: float
    """The share of what is at stake that the first step puts at risk, at the means."""
    sides: tuple[SideReassurance, ...]
    shares: StepShares
    equilibrium_gains: Mapping[ReassurancePlay, Sequence[float]]
    """For each play of the first round that is an equilibrium, what a trustworthy side gains; payoffs of the game."""
    is_structural: bool
    """Whether some step does at any trust, by the payoffs alone."""
    reassurable_trust: tuple[float, float] | None
    """The least and the most trust, the same on both sides, at which some step does; None where there is none."""
    band_over_trust: tuple[tuple[float, float, float], ...]
    """Trust, and the least and the most that a step must put at stake there."""
    tests: tuple[str, ...]
    """The entries whose claims this tests."""
    rests_on: tuple[str, ...]

    @property
    def band(self) -> tuple[float, float]:
        """The steps that reassure both, at the means."""
        return max(side.band[0] for side in self.sides), min(side.band[1] for side in self.sides)

    @property
    def step_size(self) -> StepSize:
        """What the size of the step comes to, at the means."""
        low, high = self.band
        if low >= high:
            return "none fits"
        return "too small" if self.step < low else "too large" if self.step > high else "fitting"


def reassurance_by_first_step(
    beliefs: TrustBeliefs, theory: tuple[GameUnderTheory, GameUnderTheory] | None = None
) -> Reassurance | None:
    """Whether a first step of the size that the case names reassures; None where it names none.

    Args:
        beliefs: What the sides believe of each other.
        theory: By which theory, over draws and at the means; without, one by which there is a kind to be trusted.
    """
    steps, mean_steps = beliefs.sample_first_step(beliefs.draws), beliefs.sample_first_step(beliefs.means)
    if steps is None or mean_steps is None:
        return None
    case_game = beliefs.case_game
    under_theory, at_means = theory or beliefs.theory_allowing_trust
    player_types = [beliefs.player_types(at_means, side) for side in (0, 1)]
    sides = _sides(beliefs, player_types)
    types_and_trust = [(types, side.trust_at_means) for types, side in zip(player_types, sides, strict=True)]
    return Reassurance(
        game=case_game.id,
        view=under_theory.view,
        main_view=case_game.main_theory.view,
        step=float(mean_steps[0]),
        sides=sides,
        shares=_step_shares(beliefs, under_theory, steps),
        equilibrium_gains=reassurance_equilibria(types_and_trust, float(mean_steps[0])),
        is_structural=player_types[0] == player_types[1] and reassurable_trust_range(player_types[0]) == (0.0, 1.0),
        reassurable_trust=_reassurable_trust(player_types),
        band_over_trust=_band_over_trust(player_types),
        tests=tuple(beliefs.declared_trust.tests),
        rests_on=(*case_game.rests_on, *beliefs.declared_trust.tests),
    )


def _sides(beliefs: TrustBeliefs, player_types: Sequence[PlayerTypes]) -> tuple[SideReassurance, ...]:
    case_game = beliefs.case_game
    trust_at_means = beliefs.sample_trust(beliefs.means)[:, 0]
    needed = beliefs.type_payoffs(beliefs.means, "trustworthy", case_game.main_at_means).trust_thresholds[:, 0]
    return tuple(
        SideReassurance(
            party,
            float(trust_at_means[side]),
            reassurance_band(player_types[side], float(trust_at_means[side])),
            bool(needed[side] > 1),
        )
        for side, party in enumerate(case_game.game.between)
    )


def _common_band(player_types: Sequence[PlayerTypes], trust: Floats) -> tuple[Floats, Floats]:
    """The steps that reassure both where each trusts the other so far, at several levels of trust."""
    import numpy as np

    (low, high), (other_low, other_high) = (reassurance_band(types, trust) for types in player_types)
    return np.maximum(low, other_low), np.minimum(high, other_high)


def _band_over_trust(player_types: Sequence[PlayerTypes]) -> tuple[tuple[float, float, float], ...]:
    """Trust, and the least and the most that a step must put at stake there."""
    import numpy as np

    low, high = _common_band(player_types, np.array(BAND_LEVELS))
    return tuple(zip(BAND_LEVELS, low.tolist(), high.tolist(), strict=True))


def _reassurable_trust(player_types: Sequence[PlayerTypes]) -> tuple[float, float] | None:
    """Between which trust, the same on both sides, some step would do at these payoffs."""
    import numpy as np

    levels = np.arange(1, TRUST_LEVELS) / TRUST_LEVELS
    low, high = _common_band(player_types, levels)
    workable = levels[low < high]
    return (float(workable[0]), float(workable[-1])) if len(workable) else None


def _step_shares(beliefs: TrustBeliefs, under_theory: GameUnderTheory, steps: Floats) -> StepShares:
    """In what share of draws the step is too small, tells the kinds apart, is too large, or no step is right."""
    trustworthy, untrustworthy = (
        beliefs.type_payoffs(beliefs.draws, type_name, under_theory) for type_name in ("trustworthy", "untrustworthy")
    )
    low, high = reassurance_band(PlayerTypes(trustworthy, untrustworthy), beliefs.sample_trust(beliefs.draws))
    low, high = low.max(axis=0), high.min(axis=0)
    is_possible = low < high
    return StepShares(
        too_small=float((is_possible & (steps < low)).mean()),
        fitting=float((is_possible & (low <= steps) & (steps <= high)).mean()),
        too_large=float((is_possible & (steps > high)).mean()),
        none_fits=float((~is_possible).mean()),
    )
