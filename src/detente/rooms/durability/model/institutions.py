"""What an institution does to each game: with it and without it on the same draws, each effect by itself and together.

It enforces nothing. It makes errors rarer, by what each side is told of the other, makes the future count for more, by
what else hangs on it, and raises trust (Keohane 1984; Axelrod and Keohane 1985).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.case.schema.institutions import Institution
from detente.case.schema.repeated_games import MAX_PATIENCE
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.shadow_of_the_future import StageGames
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.lasting_with_errors import ErrorPlay, strategies_tried
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

Effect = Literal["errors", "patience", "trust"]
EFFECTS: tuple[Effect, ...] = ("errors", "patience", "trust")
MAX_NOISE = 0.5
STRENGTH_LEVELS = 101
"""Strengths of an effect, from none to full, at which it is asked whether cooperation lasts."""


@dataclass(frozen=True)
class PairedChange:
    """Something in the same draws without an institution and with it; shares of draws."""

    before: float
    after: float
    error: float
    """Of the difference, as a standard error."""
    ended: float
    """Where it holds without and not with it."""


@dataclass(frozen=True)
class GameWithInstitution:
    """What an institution does to a game by the theory of the answer, by some of its effects."""

    game: str
    effects: tuple[Effect, ...]
    lasts: PairedChange
    """Whether cooperation lasts with errors."""
    rounds_before: float | None
    """How often both cooperate where it lasts, without the institution; share of rounds."""
    rounds_after: float | None


@dataclass(frozen=True)
class GameBreakEven:
    """How strong an effect must be by itself for cooperation to last, at the central estimates."""

    game: str
    lasts_anyway: bool
    error_factor: float | None
    """The greatest factor of errors at which it lasts; None where it does at none."""
    patience_part: float | None
    """The least part of what patience lacks to 1 at which it lasts; None where it does at none."""


@dataclass(frozen=True)
class TrustWithInstitution:
    """Whether both trust each other enough to begin, by the theory by which there is a kind to be trusted."""

    game: str
    enough: PairedChange


@dataclass(frozen=True)
class InstitutionTest:
    """What an institution does, game by game."""

    id: str
    games: tuple[GameWithInstitution, ...]
    """For each game each effect by itself, and then all of them."""
    break_even: tuple[GameBreakEven, ...]
    trust: tuple[TrustWithInstitution, ...]

    @property
    def all_effects(self) -> tuple[GameWithInstitution, ...]:
        """Each game with all that bears on whether cooperation lasts."""
        last_by_game = {result.game: result for result in self.games}
        return tuple(last_by_game.values())


def institution_tests(
    case_games: Sequence[CaseGame], beliefs: Sequence[TrustBeliefs], draws: ParameterDraws
) -> tuple[InstitutionTest, ...]:
    """What each institution of a case does."""
    tests = []
    for id, institution in draws.case.institutions.items():
        games = [game for game in case_games if not institution.games or game.id in institution.games]
        tests.append(
            InstitutionTest(
                id,
                tuple(result for game in games for result in _with_effects(game, id, draws)),
                tuple(map(_break_even, games)),
                tuple(
                    _trust_with(trust, institution, id)
                    for trust in beliefs
                    if institution.trust and trust.case_game in games
                ),
            )
        )
    return tuple(tests)


def effect_sets(institution: Institution) -> list[tuple[Effect, ...]]:
    """Each effect on lasting cooperation that it has, by itself, and all of them where they are several."""
    present: list[Effect] = [effect for effect in EFFECTS[:2] if getattr(institution, effect) is not None]
    return [*((effect,) for effect in present), *([tuple(present)] if len(present) > 1 else [])]


def raise_by_part(values: Floats, part: Floats) -> Floats:
    """Values from 0 to 1 raised by a part of what they lack to 1."""
    return values + part * (1 - values)


def _with_effects(case_game: CaseGame, id: str, draws: ParameterDraws) -> list[GameWithInstitution]:
    import numpy as np

    institution, under_theory = draws.case.institutions[id], case_game.main_theory
    noise = draws.sample(case_game.game.noise, f"games.{case_game.id}.noise")
    results = []
    for effects in effect_sets(institution):
        new_noise, new_patience = noise, under_theory.patience
        if "errors" in effects and institution.errors:
            factor = draws.sample(institution.errors, f"institutions.{id}.errors")
            new_noise = np.minimum(noise * factor, MAX_NOISE)
        if "patience" in effects and institution.patience:
            part = draws.sample(institution.patience, f"institutions.{id}.patience")
            new_patience = np.minimum(raise_by_part(under_theory.patience, part), MAX_PATIENCE)
        lasts, rounds = _lasting(case_game, under_theory.stage_games, new_patience, new_noise)
        results.append(
            GameWithInstitution(
                case_game.id,
                effects,
                paired_change(under_theory.lasts, lasts),
                under_theory.cooperation_share,
                rounds,
            )
        )
    return results


def _lasting(case_game: CaseGame, games: StageGames, patience: Floats, noise: Floats) -> tuple[Truths, float | None]:
    """Whether cooperation lasts with such patience and such errors, and in how many rounds both then cooperate."""
    if not noise.any():
        lasts: Truths = patience >= games.critical_discount.max(axis=0)
        return lasts, 1.0 if lasts.any() else None
    kept = ErrorPlay(strategies_tried(case_game.case), patience, noise).strategies_kept(games)
    return kept.lasts, kept.mean_cooperation


def paired_change(before: Truths, after: Truths) -> PairedChange:
    """How often something holds before and after, in the same draws, with the error of the difference."""
    gained, lost = float((after & ~before).mean()), float((before & ~after).mean())
    variance = gained + lost - (gained - lost) ** 2
    return PairedChange(float(before.mean()), float(after.mean()), float(max(variance, 0.0) / len(before)) ** 0.5, lost)


def _break_even(case_game: CaseGame) -> GameBreakEven:
    """The least strength of each effect that is enough, with payoffs, patience and errors at their means."""
    import numpy as np

    at_means = case_game.main_at_means
    levels = np.linspace(0, 1, STRENGTH_LEVELS)
    patience = np.full(STRENGTH_LEVELS, at_means.patience[0])
    noise = np.full(STRENGTH_LEVELS, case_game.game.noise.mean)
    one = at_means.stage_games
    games = StageGames(*(np.repeat(part, STRENGTH_LEVELS, axis=1) for part in (one.T, one.R, one.P, one.S)))
    fewer_errors, _ = _lasting(case_game, games, patience, noise * levels[::-1])
    more_patience, _ = _lasting(case_game, games, np.minimum(raise_by_part(patience, levels), MAX_PATIENCE), noise)
    return GameBreakEven(
        case_game.id,
        bool(at_means.lasts[0]),
        float(levels[::-1][fewer_errors.argmax()]) if fewer_errors.any() else None,
        float(levels[more_patience.argmax()]) if more_patience.any() else None,
    )


def _trust_with(beliefs: TrustBeliefs, institution: Institution, id: str) -> TrustWithInstitution:
    import numpy as np

    draws, trust = beliefs.draws, beliefs.sample_trust(beliefs.draws)
    needed = beliefs.type_payoffs(draws, "trustworthy", beliefs.theory_allowing_trust[0]).trust_thresholds
    if institution.trust is None:
        raise ValueError("an institution that leaves trust as it is; who asks looks first")
    part = draws.sample(institution.trust, f"institutions.{id}.trust")
    before: Truths = np.asarray((trust >= needed).all(axis=0))
    after: Truths = np.asarray((raise_by_part(trust, part) >= needed).all(axis=0))
    return TrustWithInstitution(beliefs.case_game.id, paired_change(before, after))
