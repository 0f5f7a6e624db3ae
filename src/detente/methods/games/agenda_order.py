"""In which order to take steps with somebody who may not be trustworthy.

Step i is kept with chance g_i by one who is trustworthy, h_i by one who is not; it is worth R_i if kept, S_i if broken.
It is dared only from a trust m_i on. After steps K were kept, and B broken, the odds of trustworthiness are those of
before times the product of g_i / h_i over K and of (1 - g_i) / (1 - h_i) over B (Bayes). What is to come is then worth

    V(K, B) = max(0, max over i dared of p_i (R_i + beta V(K + i, B)) + (1 - p_i) (S_i + beta V(K, B + i)))

with p_i = t g_i + (1 - t) h_i, and nothing after a breach where a breach ends it. The belief hangs on which steps were
kept and not on their order, so that this is exact (Bellman 1957; Held and Karp 1962 on orders by subsets). Where
nothing ends at a breach, what comes later counts as much, and no step waits for trust, order does not matter: belief is
as likely to go up as down (a martingale).

Who only pretends keeps every step up to the one that it means to exploit. Then earlier steps tell nothing, later ones
are safe, and trust is needed at that one step: `exploited_step`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from detente.methods.games.trust_and_reassurance import PlayerTypes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_STEPS = 10
"""Steps of which all sets are gone through."""
MOST_ORDERED = 7
"""Steps of which all orders are."""
SAME = 1e-9


@dataclass(frozen=True)
class AgendaSteps:
    """Steps that two sides could take one after another. All of shape (steps, draws), but trust.

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.agenda_order import AgendaSteps
        >>> column = lambda *numbers: np.array(numbers)[:, None]
        >>> steps = AgendaSteps(
        ...     trust=np.array([0.5]),
        ...     needed=column(0.0, 0.6),  # the second step takes more trust than there is
        ...     kept_if_trustworthy=column(0.9, 0.9),
        ...     kept_if_not=column(0.3, 0.3),
        ...     worth_kept=column(1.0, 5.0),
        ...     worth_broken=column(-1.0, -2.0),
        ... )
        >>> steps.best_orders().tolist(), steps.best_value.round(3).tolist()
        ([[0], [1]], [2.15])
    """

    trust: Floats
    """How likely the other is held to be trustworthy, shape (draws,)."""
    needed: Floats
    """The trust from which on a step is dared."""
    kept_if_trustworthy: Floats
    kept_if_not: Floats
    worth_kept: Floats
    worth_broken: Floats
    discount: float = 1.0
    """How much what comes a step later counts."""
    ends_at_breach: bool = True
    _values: dict[tuple[int, int], Floats] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.needed)

    def belief(self, kept: int, broken: int = 0) -> Floats:
        """How likely the other is trustworthy after some steps, as sets of bits: shape (draws,)."""
        import numpy as np

        if_trustworthy, if_not = self.trust.copy(), 1 - self.trust
        for step in range(self.count):
            g, h = self.kept_if_trustworthy[step], self.kept_if_not[step]
            if kept >> step & 1:
                if_trustworthy, if_not = if_trustworthy * g, if_not * h
            if broken >> step & 1:
                if_trustworthy, if_not = if_trustworthy * (1 - g), if_not * (1 - h)
        together = if_trustworthy + if_not
        return np.where(together > 0, if_trustworthy / np.where(together > 0, together, 1.0), self.trust)

    def _value_after(self, kept: int, broken: int) -> Floats:
        """What is still to come after some steps, if the best order is taken from there: shape (draws,)."""
        import numpy as np

        if (kept, broken) not in self._values:
            best = np.zeros(len(self.trust))
            for step in range(self.count):
                if not (kept | broken) >> step & 1:
                    best = np.maximum(best, self._value_of_step(step, kept, broken))
            self._values[kept, broken] = best
        return self._values[kept, broken]

    def _value_of_step(self, step: int, kept: int, broken: int) -> Floats:
        """What is to come if a step is next; minus infinity where it is not dared."""
        import numpy as np

        bit = 1 << step
        after_breach = 0.0 if self.ends_at_breach else self._value_after(kept, broken | bit)
        value = self._expect(step, self.belief(kept, broken), self._value_after(kept | bit, broken), after_breach)
        return np.where(self.belief(kept, broken) >= self.needed[step] - SAME, value, -np.inf)

    def _expect(self, step: int, trust: Floats, if_kept: Floats, if_broken: Floats | float) -> Floats:
        """What a step is worth, with what comes after it."""
        chance = trust * self.kept_if_trustworthy[step] + (1 - trust) * self.kept_if_not[step]
        of_kept = self.worth_kept[step] + self.discount * if_kept
        of_broken = self.worth_broken[step] + self.discount * if_broken
        expected: Floats = chance * of_kept + (1 - chance) * of_broken
        return expected

    @property
    def best_value(self) -> Floats:
        """What the best order is worth, shape (draws,)."""
        return self._value_after(0, 0)

    def best_orders(self) -> NDArray[np.int64]:
        """The steps in the best order as long as all are kept, shape (places, draws); -1 where no more is dared.

        Of steps that are as good the first.
        """
        import numpy as np

        draws = len(self.trust)
        orders = np.full((self.count, draws), -1)
        kept = np.zeros(draws, dtype=np.int64)
        for place in range(self.count):
            for state in np.unique(kept):
                here = np.flatnonzero((kept == state) & ((place == 0) | (orders[place - 1] >= 0)))
                free = [step for step in range(self.count) if not state >> step & 1]
                values = np.stack([self._value_of_step(step, int(state), 0)[here] for step in free])
                chosen = np.array(free)[(values >= values.max(axis=0) - SAME).argmax(axis=0)]
                orders[place, here] = np.where(values.max(axis=0) > SAME, chosen, -1)
            kept = np.where(orders[place] >= 0, kept | 1 << np.maximum(orders[place], 0), kept)
        return orders

    def value_of_order(self, order: Sequence[int]) -> Floats:
        """What an order is worth, shape (draws,): each step if it is dared and worth it with what comes after it.

        A step that is not dared is not passed over: the rest then waits for good.
        """
        return self._value_along(tuple(order), 0, 0)

    def _value_along(self, rest: tuple[int, ...], kept: int, broken: int) -> Floats:
        import numpy as np

        if not rest:
            return np.zeros(len(self.trust))
        step, bit = rest[0], 1 << rest[0]
        trust = self.belief(kept, broken)
        after_breach = 0.0 if self.ends_at_breach else self._value_along(rest[1:], kept, broken | bit)
        value = self._expect(step, trust, self._value_along(rest[1:], kept | bit, broken), after_breach)
        return np.where(trust >= self.needed[step] - SAME, np.maximum(value, 0.0), 0.0)

    def order_matters(self) -> NDArray[np.bool_]:
        """In which draws some order is worth less than the best, shape (draws,); up to `MOST_ORDERED` steps."""
        import numpy as np

        least = np.min([self.value_of_order(order) for order in permutations(range(self.count))], axis=0)
        return np.asarray(self.best_value - least > SAME)


@dataclass(frozen=True)
class PretendedAgenda:
    """What comes of an order of steps where who is not trustworthy keeps all but the one that it means to exploit."""

    exploited: int | None
    """The place in the order at which it does, where that is best for it if all like it do so; None if nowhere."""
    is_dared: bool
    """Whether who is trustworthy dares that step."""


def exploited_step(order: Sequence[PlayerTypes], t: float) -> PretendedAgenda:
    """At which step in an order pretenders exploit, in an equilibrium in pure strategies; of several, the first.

    Before it both kinds keep every step, so that nothing is learnt; at it the kinds part; after it only those go on who
    kept all. With two steps it is the first that is exploited where that lies within `reassurance_band`.

    Args:
        order: The payoffs of each step, by kind.
        t: How likely the other is held to be trustworthy.

    Example:
        >>> from detente.methods.games.agenda_order import exploited_step
        >>> from detente.methods.games.trust_and_reassurance import PlayerTypes
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> def step(size):
        ...     kinds = (Payoffs(T=3, R=4, P=2, S=0), Payoffs(T=4, R=3, P=2, S=0))
        ...     return PlayerTypes(*(Payoffs(*(size * one for one in (p.T, p.R, p.P, p.S))) for p in kinds))
        >>> [exploited_step([step(share), step(1 - share)], t=0.3).exploited for share in (0.2, 0.3)]
        [1, 0]
    """
    stable = [place for place in range(len(order)) if _is_best_for_pretenders(order, place, t)]
    dared = [place for place in stable if _dares(order, place, t)]
    return PretendedAgenda(next(iter(dared or stable), None), bool(dared))


def _is_best_for_pretenders(order: Sequence[PlayerTypes], place: int, t: float) -> bool:
    """Whether no pretender would rather exploit elsewhere, or nowhere, if others like it do at this place."""
    here = _worth_of_exploiting(order, place, place, t)
    elsewhere = (_worth_of_exploiting(order, place, other, t) for other in (*range(len(order)), None))
    return here >= max(elsewhere) - SAME


def _worth_of_exploiting(order: Sequence[PlayerTypes], usual: int, own: int | None, t: float) -> float:
    """What one who is not trustworthy has by exploiting at one place, where others like it do at the usual one."""
    end = len(order) if own is None else own
    worth, chance_of_partner = 0.0, 1.0
    for place, kinds in enumerate(order):
        pay = kinds.untrustworthy
        goes_on = chance_of_partner * (t if place >= usual else 1.0)
        if place > end:
            worth += pay.P
        elif place == usual:
            own_if_kept, own_if_not = (pay.R, pay.S) if place < end else (pay.T, pay.P)
            worth += t * own_if_kept + (1 - t) * own_if_not
        else:
            worth += goes_on * (pay.R if place < end else pay.T) + (1 - goes_on) * pay.P
    return worth


def _dares(order: Sequence[PlayerTypes], place: int, t: float) -> bool:
    """Whether one who is trustworthy keeps to the order at the step that pretenders exploit."""
    first, later = order[place].trustworthy, [kinds.trustworthy for kinds in order[place + 1 :]]
    after, after_refusal = sum(pay.R for pay in later), sum(pay.P for pay in later)
    keeps = t * (first.R + after) + (1 - t) * (first.S + after_refusal)
    return bool(keeps >= t * first.T + (1 - t) * first.P + after_refusal - SAME)
