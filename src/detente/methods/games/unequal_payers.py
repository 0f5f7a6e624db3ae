"""A common good whose payers are unlike: who would pay alone, who stops first, and who goes on paying.

Where one has so much of a good that its own payment is worth it to itself, it pays whatever the others do: a privileged
group (Olson 1965), in which the small exploit the great (Olson and Zeckhauser 1966; both from memory). The others pay
as long as the loss of each other's payments, for ever, is worth more to them than what they save at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class UnequalPublicGood:
    """A linear public good among n payers who give unlike amounts and have unlike shares of it, in every draw.

    Payer i gives c_i, which is worth r c_i to all together, and has the share b_i of that. If those in K pay,

        V_i = r b_i sum(c_j, j in K) - (c_i if i is in K)
        U_i = V_i - rho sum(V_j, j not i),   rho = w / (n - 1)

    where w is how much all others together count against itself. Both are linear in what each gives.

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.unequal_payers import UnequalPublicGood
        >>> good = UnequalPublicGood(
        ...     contributions=np.array([[5.0], [1.0], [1.0]]),  # one draw
        ...     benefit_shares=np.array([[0.6], [0.2], [0.2]]),
        ...     multiplier=np.array([2.0]),
        ...     rival_weight=np.array([0.0]),
        ... )
        >>> good.pays_anyway.ravel().tolist(), good.critical_discounts().ravel().tolist()
        ([True, False, False], [0.0, inf, inf])
    """

    contributions: Floats
    """What each gives if it pays, above 0; shape (n, draws)."""
    benefit_shares: Floats
    """Which share of the good each has, adding up to 1; shape (n, draws)."""
    multiplier: Floats
    """What a contribution of 1 is worth to all together; shape (draws,)."""
    rival_weight: Floats
    """How much each counts what all others together get against its own, from 0 to 1; shape (draws,)."""

    @cached_property
    def _weight_per_rival(self) -> Floats:
        weight: Floats = self.rival_weight / (len(self.contributions) - 1)
        return weight

    @cached_property
    def own_return(self) -> Floats:
        """What a unit that it gives is worth to itself, r (b - rho (1 - b)); shape (n, draws)."""
        b = self.benefit_shares
        worth: Floats = self.multiplier * (b - self._weight_per_rival * (1 - b))
        return worth

    @cached_property
    def return_on_others(self) -> Floats:
        """What a unit that another gives is worth to it: besides, the other has borne the cost; shape (n, draws)."""
        worth: Floats = self.own_return + self._weight_per_rival
        return worth

    @cached_property
    def pays_anyway(self) -> Truths:
        """Who gains by its own payment even if nobody else pays, and so pays in any case; shape (n, draws)."""
        pays: Truths = self.own_return >= 1
        return pays

    def critical_discounts(self, paying: Truths | None = None) -> Floats:
        """From which discount each goes on paying, if one defection ends it for all who need not pay.

        Who stops saves c_i (1 - own return) at once, and loses the others' payments, but for those that are made
        anyway, from then on: d = saved / (return on others x lost). For equal payers that is (n - r) / (r (n - 1)).

        Args:
            paying: Who pays; all, unless given; shape (n, draws).

        Returns:
            Shape (n, draws); 0 for who pays anyway, infinite where no discount below 1 is enough.
        """
        import numpy as np

        given = self.contributions if paying is None else self.contributions * (paying | self.pays_anyway)
        saved = self.contributions * (1 - self.own_return)
        lost_payments = given.sum(axis=0) - given - (self.contributions * self.pays_anyway).sum(axis=0)
        loss = self.return_on_others * lost_payments
        with np.errstate(divide="ignore", invalid="ignore"):
            discounts = np.where(loss > saved, saved / loss, np.inf)
        return np.where(self.pays_anyway, 0.0, discounts)

    def lasting_payers(self, discount: Floats) -> Truths:
        """The largest set of payers that go on paying, shape (n, draws).

        Who would not is left out, and the others are asked again: fewer payers ask for more patience, so that what is
        left contains every set that lasts.

        Args:
            discount: Of the next round beside this one; shape (draws,).
        """
        import numpy as np

        paying = np.ones(self.contributions.shape, dtype=bool)
        for _ in range(len(paying)):
            remaining = paying & (self.critical_discounts(paying) <= discount)
            if (remaining == paying).all():
                break
            paying = remaining
        return paying
