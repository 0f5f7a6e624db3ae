"""Arms races as Richardson (1960) has them: each side's spending follows the other's, tires, and has its grievances.

dx/dt = k y - a x + g        dy/dt = l x - b y + h
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArmsRace:
    """Two sides that arm.

    Example:
        >>> from detente.methods.games.richardson import ArmsRace
        >>> race = ArmsRace(k=1, l=1, a=2, b=2, g=1, h=1)
        >>> race.is_stable, race.equilibrium_spending, race.adjustment_rates
        (True, (1.0, 1.0), (-1.0, -3.0))
        >>> [round(spending, 4) for spending in race.spending_after(1.0, x=3, y=1)]
        [1.4177, 1.3181]
    """

    k: float
    """How strongly the first reacts to the second."""
    l: float  # noqa: E741
    """How strongly the second reacts to the first."""
    a: float
    """What the first one's spending costs it: fatigue."""
    b: float
    """The second one's fatigue."""
    g: float
    """The first one's grievance: what it would spend for without any rival."""
    h: float
    """The second one's grievance."""

    @property
    def is_stable(self) -> bool:
        """Whether it comes to rest: whether fatigue outweighs reaction, ab > kl."""
        return self.a * self.b > self.k * self.l

    @property
    def equilibrium_spending(self) -> tuple[float, float] | None:
        """The spending at which neither changes; None where there is no one such point (ab = kl)."""
        determinant = self.a * self.b - self.k * self.l
        if determinant == 0:
            return None
        return (self.b * self.g + self.k * self.h) / determinant, (self.a * self.h + self.l * self.g) / determinant

    @property
    def adjustment_rates(self) -> tuple[float, float]:
        """How fast it nears or leaves the balance: the two eigenvalues, the greater first."""
        root = math.sqrt((self.a - self.b) ** 2 + 4 * self.k * self.l)
        return (root - self.a - self.b) / 2, (-root - self.a - self.b) / 2

    def spending_after(self, time: float, x: float, y: float) -> tuple[float, float]:
        """Spending after some time, from x and y; by the matrix exponential in closed form."""
        equilibrium = self.equilibrium_spending
        if equilibrium is None:
            raise ValueError("where reaction and fatigue cancel out exactly there is no balance to count from")
        middle, half = -(self.a + self.b) / 2, math.sqrt((self.a - self.b) ** 2 + 4 * self.k * self.l) / 2
        fast, slow = math.exp((middle - half) * time), math.exp((middle + half) * time)
        even = (slow + fast) / 2
        odd = (slow - fast) / (2 * half) if half else time * slow
        dx, dy = x - equilibrium[0], y - equilibrium[1]
        return (
            equilibrium[0] + even * dx + odd * ((-self.a - middle) * dx + self.k * dy),
            equilibrium[1] + even * dy + odd * (self.l * dx + (-self.b - middle) * dy),
        )
