"""The shadow of the future over many draws at once: what patience cooperation needs, and what trust to begin it.

Payoffs are arrays of shape (2, draws): one row a side, each as the side sees it. The same numbers one by one are in
`critical.py` and `trust.py`, which the tests hold these against.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.games.ordinal_types import kind
from detente.methods.games.two_by_two import Game, Payoffs, between

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SAME = 1e-12
"""Payoffs that differ by less, beside the greatest, are the same."""


@dataclass(frozen=True, eq=False)
class Stage:
    """The game of a round, in every draw."""

    T: Floats
    R: Floats
    P: Floats
    S: Floats

    def watched(self, k: Floats) -> Stage:
        """As sides see it who mind what the other gets beyond them, k of shape (2, draws) (Grieco 1988)."""
        gap = k * (self.T - self.S[::-1])
        lost = k * (self.S - self.T[::-1])
        return Stage(
            T=self.T + gap,
            R=self.R + k * (self.R - self.R[::-1]),
            P=self.P + k * (self.P - self.P[::-1]),
            S=self.S + lost,
        )

    def repeated(self, discount: Floats) -> Stage:
        """Cooperating until betrayed against defecting, over all rounds, as a mean (see `trust.repeated`)."""
        return Stage(
            T=(1 - discount) * self.T + discount * self.P,
            R=self.R,
            P=self.P,
            S=(1 - discount) * self.S + discount * self.P,
        )

    def tilted(self, offence: Floats) -> Stage:
        """Where offence counts for more or less than the payoffs say (see `trust.tilted`)."""
        return Stage(T=self.P + offence * (self.T - self.P), R=self.R, P=self.P, S=self.P - offence * (self.P - self.S))

    def at(self, draw: int) -> Game:
        """The game of one draw."""
        return between(*(self.payoffs(side, draw) for side in (0, 1)))

    def payoffs(self, side: int, draw: int) -> Payoffs:
        """What one side gets in one draw."""
        return Payoffs(*(float(part[side, draw]) for part in (self.T, self.R, self.P, self.S)))

    @cached_property
    def punished(self) -> Floats:
        """What either side gets in the equilibrium of a round that is worst for it, shape (2, draws).

        Of all equilibria, those of degenerate games included: one of the extreme ones of `game.equilibria` is worst.
        """
        import numpy as np

        mutual = ((self.R >= self.T).all(axis=0), (self.P >= self.S).all(axis=0))
        alone = ((self.S >= self.P) & (self.T >= self.R)[::-1], (self.T >= self.R) & (self.S >= self.P)[::-1])
        found = np.full(self.R.shape, np.inf)
        for holds, value in zip((*mutual, *alone), (self.R, self.P, self.S, self.T), strict=True):
            found = np.where(holds, np.minimum(found, value), found)
        # A side gets no less where it is indifferent, as long as it can make the other indifferent, too, be it by C or
        # by D alone.
        with_c, with_d = self.R - self.T, self.S - self.P
        mixed = (with_c * with_d < 0) & (with_c * with_d <= 0)[::-1]
        with np.errstate(divide="ignore", invalid="ignore"):
            q = with_d / (with_d - with_c)
            value = q * self.R + (1 - q) * self.S
        found = np.where(mixed, np.minimum(found, value), found)
        return found

    @cached_property
    def needed(self) -> Floats:
        """The patience at which defecting does not pay either side, shape (2, draws); infinite where none is enough.

        Who defects is punished by the equilibrium of a round that is worst for it, for ever (Friedman 1971;
        `critical.reversion`), or by mutual defection for a while, if that asks for less: after which cooperation
        is worth a share q of what it is worth now, so much that nobody would rather cooperate alone in the meantime
        (after Abreu 1988). The second helps where a side cooperates anyway, so that no equilibrium of a round punishes
        the other.
        """
        import numpy as np

        with np.errstate(divide="ignore", invalid="ignore"):
            reverting = np.where(self.punished < self.R, (self.T - self.R) / (self.T - self.punished), np.inf)
            gain = self.R - self.P
            q = ((np.maximum(self.S, self.P) - self.P) / gain).max(axis=0)
            punished = self.P + q * gain
            for_a_while = np.maximum((self.T - self.R) / (self.T - punished), q)
        usable = (gain > 0).all(axis=0) & (q < 1)
        found = np.minimum(reverting, np.where(usable, for_a_while, np.inf))
        return np.where(self.T <= self.R, 0.0, found)

    @cached_property
    def trust(self) -> Floats:
        """The least trust at which to cooperate with who may or may not, shape (2, draws); see `trust_threshold`."""
        import numpy as np

        risk, worth = self.P - self.S, self.R - self.T
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.where(worth > -risk, risk / (worth + risk), np.inf)
        return np.where(risk <= 0, np.where(worth >= 0, 0.0, np.inf), found)

    @cached_property
    def kinds(self) -> dict[str, float]:
        """The share of draws in which it is each game, the most frequent first."""
        import numpy as np

        stacked = np.stack([self.T, self.R, self.P, self.S])
        close = SAME * np.maximum(abs(stacked).max(axis=0), 1e-300)
        code = np.zeros(self.R.shape, dtype=np.int64)
        for a in range(4):
            for b in range(a):
                gap = stacked[a] - stacked[b]
                code = 3 * code + np.where(gap > close, 2, np.where(gap < -close, 0, 1))
        both = code[0] * 3**6 + code[1]
        _, first, counts = np.unique(both, return_index=True, return_counts=True)
        found: Counter[str] = Counter()
        for draw, count in zip(first, counts, strict=True):
            found[kind(self._rounded(int(draw)))] += int(count)
        return {name: count / len(both) for name, count in found.most_common()}

    def _rounded(self, draw: int) -> Game:
        """The game of one draw, payoffs that are nearly the same made the same."""
        sides = []
        for side in (0, 1):
            given = self.payoffs(side, draw)
            close = SAME * max(abs(given.T), abs(given.R), abs(given.P), abs(given.S), 1e-300)
            values = [given.T, given.R, given.P, given.S]
            same = [next(other for other in values if abs(other - value) <= close) for value in values]
            sides.append(Payoffs(*same))
        return between(*sides)
