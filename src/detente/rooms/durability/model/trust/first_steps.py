"""The first step to trust, on every issue on which it could be taken: where it reassures, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.rooms.durability.model.case_games import GameUnderTheory
from detente.rooms.durability.model.trust.reassurance import Reassurance, reassurance_by_first_step
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs

AdviceVerdict = Literal["agrees", "disagrees", "open"]
"""Whether a first step reassures where it is advised as often as anywhere."""


@dataclass(frozen=True)
class FirstStep:
    """A first step on one issue."""

    reassurance: Reassurance
    some_step_share: float
    """Where some step, of whatever size, would tell the kinds apart; share of draws."""
    enough_share: float
    """Where both trust each other enough without any; share of draws."""
    gain: float | None
    """What a trustworthy side gains by the step at the means, the one that gains less; None where it does not do."""

    @property
    def game(self) -> str:
        """The id of the game."""
        return self.reassurance.game

    @property
    def fitting_share(self) -> float:
        """Where the step of the case tells the kinds apart; share of draws."""
        return self.reassurance.shares.fitting

    @property
    def band_width(self) -> float:
        """From the least step that reassures both to the most, at the means; 0 where none does."""
        low, high = self.reassurance.band
        return max(high - low, 0.0)

    @property
    def trust_held(self) -> float:
        """How far the side that trusts less trusts the other, at the means."""
        return min(side.trust_at_means for side in self.reassurance.sides)


@dataclass(frozen=True)
class FirstSteps:
    """First steps on every issue that names one."""

    steps: tuple[FirstStep, ...]
    draw_count: int

    @property
    def advised(self) -> FirstStep | None:
        """The step that the documents advise: the one whose game names claims to be tested; None if not just one."""
        named = [step for step in self.steps if step.reassurance.tests]
        return named[0] if len(named) == 1 else None

    @property
    def advice_verdict(self) -> AdviceVerdict:
        """Whether some step reassures where it is advised as often as anywhere; open where draws do not tell."""
        advised, best = self.advised, self.best
        if advised is None or best.some_step_share == 0:
            return "open"
        if advised is best:
            return "agrees"
        p, q = advised.some_step_share, best.some_step_share
        error = ((p * (1 - p) + q * (1 - q)) / self.draw_count) ** 0.5
        return "disagrees" if q - p > STANDARD_ERRORS_APART * error else "open"

    @property
    def best(self) -> FirstStep:
        """Where some first step most often reassures."""
        return max(self.steps, key=lambda step: step.some_step_share)


def first_steps(all_beliefs: Sequence[TrustBeliefs], draw_count: int) -> FirstSteps | None:
    """First steps on every issue that names one, all by the same theory; None where none does."""
    stepping = [beliefs for beliefs in all_beliefs if beliefs.declared_trust.first_step]
    if not stepping:
        return None
    theory_id = _common_theory(stepping)
    return FirstSteps(tuple(_first_step(beliefs, _by_theory(beliefs, theory_id)) for beliefs in stepping), draw_count)


def _common_theory(stepping: Sequence[TrustBeliefs]) -> str:
    """The theory that leaves most issues somebody to trust: of equals that of the answer, then the least concerned."""

    def rank(theory_id: str) -> tuple[int, bool, float]:
        pairs = [(beliefs, *_by_theory(beliefs, theory_id)) for beliefs in stepping]
        hopeless_count = sum(
            bool(beliefs.type_payoffs(beliefs.means, "trustworthy", at_means).trust_thresholds.max() > 1)
            for beliefs, _, at_means in pairs
        )
        concern = max(float(at_means.concern.max()) for _, _, at_means in pairs)
        return hopeless_count, not pairs[0][1].view.is_main, concern

    return min((theory.view.ids[0] for theory in stepping[0].case_game.by_theory), key=rank)


def _by_theory(beliefs: TrustBeliefs, theory_id: str) -> tuple[GameUnderTheory, GameUnderTheory]:
    """A game by a theory, over draws and at the means; by that of the answer where it has no such theory."""
    pairs = list(zip(beliefs.case_game.by_theory, beliefs.case_game.by_theory_at_means, strict=True))
    return next(
        (pair for pair in pairs if theory_id in pair[0].view.ids),
        next(pair for pair in pairs if pair[0].view.is_main),
    )


def _first_step(beliefs: TrustBeliefs, theory: tuple[GameUnderTheory, GameUnderTheory]) -> FirstStep:
    result = reassurance_by_first_step(beliefs, theory)
    if result is None:
        raise ValueError("a game without a first step; who asks looks first")
    gains: Mapping[str, Sequence[float]] = {str(play): gain for play, gain in result.equilibrium_gains.items()}
    needed = beliefs.type_payoffs(beliefs.draws, "trustworthy", theory[0]).trust_thresholds
    return FirstStep(
        result,
        1 - result.shares.none_fits,
        float((beliefs.sample_trust(beliefs.draws) >= needed).all(axis=0).mean()),
        min(gains["separating"]) if "separating" in gains else None,
    )
