"""The shadow of the future over many draws at once: what patience cooperation needs, and what trust to begin it.

Payoffs are arrays of shape (2, draws): one row a side, each as the side sees it. The same numbers one by one are in
`critical_discount.py` and `trust_and_reassurance.py`, which the tests hold these against.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.games.ordinal_types import game_name
from detente.methods.games.two_by_two import Payoffs, TwoByTwoGame, game_between

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

EQUALITY_TOLERANCE = 1e-12
"""Payoffs that differ by less, beside the greatest, are the same."""


@dataclass(frozen=True, eq=False)
class StageGames:
    """The game of a round, in every draw.

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.shadow_of_the_future import StageGames
        >>> T, R, P, S = (np.full((2, 1), payoff) for payoff in (5.0, 3.0, 1.0, 0.0))  # one draw
        >>> games = StageGames(T, R, P, S)
        >>> games.critical_discount.ravel().tolist(), games.game_kind_shares
        ([0.5, 0.5], {"Prisoner's Dilemma": 1.0})
    """

    T: Floats
    R: Floats
    P: Floats
    S: Floats

    def with_relative_gains(self, k: Floats) -> StageGames:
        """As sides see it who mind what the other gets beyond them, k of shape (2, draws) (Grieco 1988)."""
        temptation_shift = k * (self.T - self.S[::-1])
        sucker_shift = k * (self.S - self.T[::-1])
        return StageGames(
            T=self.T + temptation_shift,
            R=self.R + k * (self.R - self.R[::-1]),
            P=self.P + k * (self.P - self.P[::-1]),
            S=self.S + sucker_shift,
        )

    def repeated_game(self, discount: Floats) -> StageGames:
        """Cooperating until betrayed against defecting, over all rounds, as a mean (see `repeated_payoffs`)."""
        return StageGames(
            T=(1 - discount) * self.T + discount * self.P,
            R=self.R,
            P=self.P,
            S=(1 - discount) * self.S + discount * self.P,
        )

    def with_offence(self, offence: Floats) -> StageGames:
        """Where offence counts for more or less than the payoffs say (see `payoffs_with_offence`)."""
        return StageGames(
            T=self.P + offence * (self.T - self.P), R=self.R, P=self.P, S=self.P - offence * (self.P - self.S)
        )

    def game_at(self, draw: int) -> TwoByTwoGame:
        """The game of one draw."""
        return game_between(*(self.side_payoffs(side, draw) for side in (0, 1)))

    def side_payoffs(self, side: int, draw: int) -> Payoffs:
        """What one side gets in one draw."""
        return Payoffs(*(float(part[side, draw]) for part in (self.T, self.R, self.P, self.S)))

    @cached_property
    def punishment_payoffs(self) -> Floats:
        """What either side gets in the equilibrium of a round that is worst for it, shape (2, draws).

        Of all equilibria, those of degenerate games included: one of the extreme ones of `all_equilibria` is worst.
        """
        import numpy as np

        symmetric_conditions = ((self.R >= self.T).all(axis=0), (self.P >= self.S).all(axis=0))
        one_sided_conditions = (
            (self.S >= self.P) & (self.T >= self.R)[::-1],
            (self.T >= self.R) & (self.S >= self.P)[::-1],
        )
        lowest_payoffs = np.full(self.R.shape, np.inf)
        for is_equilibrium, value in zip(
            (*symmetric_conditions, *one_sided_conditions), (self.R, self.P, self.S, self.T), strict=True
        ):
            lowest_payoffs = np.where(is_equilibrium, np.minimum(lowest_payoffs, value), lowest_payoffs)
        # A side gets no less where it is indifferent, as long as it can make the other indifferent, too, be it by C or
        # by D alone.
        with_c, with_d = self.R - self.T, self.S - self.P
        sides_of_zero = np.sign(with_c) * np.sign(with_d)  # the product of tiny payoffs would be 0
        mixed = (sides_of_zero < 0) & (sides_of_zero <= 0)[::-1]
        with np.errstate(divide="ignore", invalid="ignore"):
            q = with_d / (with_d - with_c)
            value = q * self.R + (1 - q) * self.S
        lowest_payoffs = np.where(mixed, np.minimum(lowest_payoffs, value), lowest_payoffs)
        return lowest_payoffs

    @cached_property
    def critical_discount(self) -> Floats:
        """The patience at which defecting does not pay either side, shape (2, draws); infinite where none is enough.

        Who defects is punished by the equilibrium of a round that is worst for it, for ever (Friedman 1971;
        `nash_reversion_discount`), or by mutual defection for a while, if that asks for less: after which cooperation
        is worth a share q of what it is worth now, so much that nobody would rather cooperate alone in the meantime
        (after Abreu 1988). The second helps where a side cooperates anyway, so that no equilibrium of a round punishes
        the other.
        """
        import numpy as np

        with np.errstate(divide="ignore", invalid="ignore"):
            reversion_discount = np.where(
                self.punishment_payoffs < self.R, (self.T - self.R) / (self.T - self.punishment_payoffs), np.inf
            )
            gain = self.R - self.P
            q = ((np.maximum(self.S, self.P) - self.P) / gain).max(axis=0)
            interim_payoff = self.P + q * gain
            temporary_discount = np.maximum((self.T - self.R) / (self.T - interim_payoff), q)
        usable = (gain > 0).all(axis=0) & (q < 1)
        least_discount = np.minimum(reversion_discount, np.where(usable, temporary_discount, np.inf))
        return np.where(self.T <= self.R, 0.0, least_discount)

    @cached_property
    def trust_thresholds(self) -> Floats:
        """The least trust at which to cooperate with who may or may not, shape (2, draws); see `trust_threshold`."""
        import numpy as np

        risk, cooperation_premium = self.P - self.S, self.R - self.T
        with np.errstate(divide="ignore", invalid="ignore"):
            thresholds = np.where(cooperation_premium > -risk, risk / (cooperation_premium + risk), np.inf)
        return np.where(risk <= 0, np.where(cooperation_premium >= 0, 0.0, np.inf), thresholds)

    @cached_property
    def game_kind_shares(self) -> dict[str, float]:
        """The share of draws in which it is each game, the most frequent first."""
        import numpy as np

        stacked = np.stack([self.T, self.R, self.P, self.S])
        tolerance = EQUALITY_TOLERANCE * np.maximum(abs(stacked).max(axis=0), 1e-300)
        code = np.zeros(self.R.shape, dtype=np.int64)
        for a in range(4):
            for b in range(a):
                gap = stacked[a] - stacked[b]
                code = 3 * code + np.where(gap > tolerance, 2, np.where(gap < -tolerance, 0, 1))
        joint_code = code[0] * 3**6 + code[1]
        _, first_draws, counts = np.unique(joint_code, return_index=True, return_counts=True)
        draws_by_kind: Counter[str] = Counter()
        for draw, count in zip(first_draws, counts, strict=True):
            draws_by_kind[game_name(self._game_with_ties(int(draw)))] += int(count)
        return {name: count / len(joint_code) for name, count in draws_by_kind.most_common()}

    def _game_with_ties(self, draw: int) -> TwoByTwoGame:
        """The game of one draw, payoffs that are nearly the same made the same."""
        sides = []
        for side in (0, 1):
            payoffs = self.side_payoffs(side, draw)
            tolerance = EQUALITY_TOLERANCE * max(abs(payoffs.T), abs(payoffs.R), abs(payoffs.P), abs(payoffs.S), 1e-300)
            values = [payoffs.T, payoffs.R, payoffs.P, payoffs.S]
            tied_values = [next(other for other in values if abs(other - value) <= tolerance) for value in values]
            sides.append(Payoffs(*tied_values))
        return game_between(*sides)
