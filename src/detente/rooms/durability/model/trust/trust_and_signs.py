"""How much trust cooperation takes, how much there is, and what a sign of the other's kind does to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.repeated_games import TrustSignal
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.trust_and_reassurance import informed_cooperation_gain, posterior_trust, trust_threshold
from detente.rooms.durability.model.case_games import GameUnderTheory
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles, quantiles
from detente.rooms.durability.model.theory_views import TheoryView
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_SIGNS = 1000
"""Signs in a row that are tried."""


@dataclass(frozen=True)
class SideTrust:
    """How far a side trusts the other, and how far it would have to."""

    party: str
    needed: DrawQuantiles
    """How likely the other must be held to be trustworthy; more than 1 where no trust is enough."""
    held: DrawQuantiles
    """How likely it is held to be so."""
    enough_share: float
    """Where it is held likely enough; share of draws."""
    needed_at_means: float
    """The trust needed at the central estimates."""
    is_concerned: bool
    """Whether it minds what the other gets, at the central estimates."""


@dataclass(frozen=True)
class TrustUnderTheory:
    """Trust needed and held by one theory."""

    view: TheoryView
    sides: tuple[SideTrust, ...]
    enough_share: float
    """Where both trust each other enough; share of draws."""

    @property
    def hopeless_sides(self) -> tuple[SideTrust, ...]:
        """The sides that no trust would have cooperate, at the central estimates."""
        return tuple(side for side in self.sides if side.needed_at_means > 1)


@dataclass(frozen=True)
class GameTrust:
    """Trust in a game, by every theory."""

    game: str
    by_theory: tuple[TrustUnderTheory, ...]
    rests_on: tuple[str, ...]


def trust_in_game(beliefs: TrustBeliefs) -> GameTrust:
    """How much trust cooperation takes in a game by each theory, and how much there is."""
    pairs = zip(beliefs.case_game.by_theory, beliefs.case_game.by_theory_at_means, strict=True)
    by_theory = tuple(_trust_under_theory(beliefs, *pair) for pair in pairs)
    return GameTrust(beliefs.case_game.id, by_theory, beliefs.case_game.rests_on)


def _trust_under_theory(
    beliefs: TrustBeliefs, under_theory: GameUnderTheory, at_means: GameUnderTheory
) -> TrustUnderTheory:
    trust = beliefs.sample_trust(beliefs.draws)
    needed = beliefs.type_payoffs(beliefs.draws, "trustworthy", under_theory).trust_thresholds
    needed_at_means = beliefs.type_payoffs(beliefs.means, "trustworthy", at_means).trust_thresholds[:, 0]
    sides = tuple(
        SideTrust(
            party,
            quantiles(needed[side]),
            quantiles(trust[side]),
            float((trust[side] >= needed[side]).mean()),
            float(needed_at_means[side]),
            bool(at_means.concern[side, 0] > 0),
        )
        for side, party in enumerate(beliefs.case_game.game.between)
    )
    return TrustUnderTheory(under_theory.view, sides, float((trust >= needed).all(axis=0).mean()))


@dataclass(frozen=True)
class SideSign:
    """What a sign does to the trust of a side, at the central estimates."""

    party: str
    before: float
    """How likely the other is held to be trustworthy."""
    after_good: float
    """The same after a sign that goes well."""
    after_bad: float
    """The same after one that goes badly."""
    needed: float
    """The trust that cooperation takes; more than 1 where none is enough."""
    signs_needed: int | None
    """Signs in a row, all going well, that would be enough; None if no number up to 1,000 is."""
    worth: float
    """What seeing the sign first is worth, in the payoffs of the game."""


@dataclass(frozen=True)
class TrustSign:
    """What an exchange of signs tells in a game, by the theory by which there is a kind to be trusted."""

    game: str
    view: TheoryView
    main_view: TheoryView
    """The theory that the answer is told by."""
    sides: tuple[SideSign, ...]
    enough_before: float
    """Where both trust each other enough without a sign; share of draws."""
    enough_after: float
    """The same after a sign that goes well."""
    chance_of_good: float
    """How likely it goes well with the side that is trusted less, as far as it is trusted; at the means."""
    tests: tuple[str, ...]
    """The entries whose claims this tests."""
    rests_on: tuple[str, ...]


def sign_of_trust(beliefs: TrustBeliefs) -> TrustSign | None:
    """What a sign of what the other is does to trust, and what that buys; None where the case has no sign."""
    declared_sign = beliefs.declared_trust.sign
    if declared_sign is None:
        return None
    under_theory, at_means = beliefs.theory_allowing_trust
    before, after = _enough_shares(beliefs, under_theory, declared_sign)
    return TrustSign(
        beliefs.case_game.id,
        under_theory.view,
        beliefs.case_game.main_theory.view,
        _side_signs(beliefs, at_means, declared_sign),
        before,
        after,
        _chance_of_good(beliefs, declared_sign),
        tuple(declared_sign.tests),
        (*beliefs.case_game.rests_on, *declared_sign.tests),
    )


def _sign_chances(beliefs: TrustBeliefs, declared_sign: TrustSignal, draws: ParameterDraws) -> tuple[Floats, Floats]:
    """How likely the sign goes well with a trustworthy side, and with another."""
    path = f"games.{beliefs.case_game.id}.trust.sign"
    return (
        draws.sample(declared_sign.if_trustworthy, f"{path}.if_trustworthy"),
        draws.sample(declared_sign.if_not, f"{path}.if_not"),
    )


def _chance_of_good(beliefs: TrustBeliefs, declared_sign: TrustSignal) -> float:
    """How likely a sign goes well with the side that is trusted less, at the means."""
    (p,), (q,) = (values.tolist() for values in _sign_chances(beliefs, declared_sign, beliefs.means))
    trust = float(beliefs.sample_trust(beliefs.means).min())
    return float(trust * p + (1 - trust) * q)


def _enough_shares(
    beliefs: TrustBeliefs, under_theory: GameUnderTheory, declared_sign: TrustSignal
) -> tuple[float, float]:
    """In what share of draws trust is enough for both, before a sign and after one that goes well."""
    import numpy as np

    chance_if_trustworthy, chance_if_not = _sign_chances(beliefs, declared_sign, beliefs.draws)
    trust = beliefs.sample_trust(beliefs.draws)
    needed = beliefs.type_payoffs(beliefs.draws, "trustworthy", under_theory).trust_thresholds
    chance_of_good_sign = trust * chance_if_trustworthy + (1 - trust) * chance_if_not
    trust_after = np.where(
        chance_of_good_sign > 0,
        trust * chance_if_trustworthy / np.where(chance_of_good_sign > 0, chance_of_good_sign, 1.0),
        trust,
    )
    before, after = (float((x >= needed).all(axis=0).mean()) for x in (trust, trust_after))
    return before, after


def _side_signs(beliefs: TrustBeliefs, at_means: GameUnderTheory, declared_sign: TrustSignal) -> tuple[SideSign, ...]:
    (p,), (q,) = (values.tolist() for values in _sign_chances(beliefs, declared_sign, beliefs.means))
    sides = []
    for side, party in enumerate(beliefs.case_game.game.between):
        t = float(beliefs.sample_trust(beliefs.means)[side, 0])
        payoffs = beliefs.player_types(at_means, side).trustworthy
        needed = trust_threshold(payoffs)
        sides.append(
            SideSign(
                party,
                t,
                posterior_trust(t, p, q),
                posterior_trust(t, 1 - p, 1 - q),
                needed,
                signs_needed(t, p, q, needed),
                informed_cooperation_gain(payoffs, t, p, q) - informed_cooperation_gain(payoffs, t, 1.0, 1.0),
            )
        )
    return tuple(sides)


def signs_needed(t: float, chance_if_trustworthy: float, chance_if_not: float, needed: float) -> int | None:
    """How many signs that go well, one after the other, move trust to where it is needed.

    Args:
        t: The trust before.
        chance_if_trustworthy: How likely a sign goes well with a trustworthy side.
        chance_if_not: The same with another.
        needed: The trust needed.

    Returns:
        None if no number up to 1,000 is enough: certainty is never reached, and trust need not rise.
    """
    if needed >= 1 or t <= 0:
        return None
    for count in range(MOST_SIGNS):
        if t >= needed:
            return count
        next_trust = posterior_trust(t, chance_if_trustworthy, chance_if_not)
        if next_trust <= t:
            return None
        t = next_trust
    return None
