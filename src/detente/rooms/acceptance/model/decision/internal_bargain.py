"""What a side makes of a channel inside: what each of its voices has by it, and what its leading member pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class InternalBargain:
    """What a side makes of a channel, and what its leading member has to pay for consent."""

    member_utilities: Floats
    """The utility of each of its voices before anything is paid, shape (draws, voices)."""
    total_payment: Floats
    """What the leading member pays in all, shape (draws,); infinite where no payment would do."""
    payment_by_voter: Floats
    """What every voice is paid, shape (draws, voices)."""
    leader_remainder: Floats
    """What is left to the leading member, shape (draws,)."""
    unpaid_utility: Floats
    """The utility at which the decision turns if nothing is paid, shape (draws,)."""

    @property
    def consents(self) -> NDArray[np.bool_]:
        """In which draws the side consents, after what is paid inside."""
        return bloc_consents(self)

    def first_draws(self, draws: slice) -> InternalBargain:
        """Of some draws only."""
        return InternalBargain(
            self.member_utilities[draws],
            self.total_payment[draws],
            self.payment_by_voter[draws],
            self.leader_remainder[draws],
            self.unpaid_utility[draws],
        )


def join_bargains(batches: Sequence[InternalBargain]) -> InternalBargain:
    """The draws of several blocks, one after another."""
    import numpy as np

    return InternalBargain(
        np.concatenate([one.member_utilities for one in batches]),
        np.concatenate([one.total_payment for one in batches]),
        np.concatenate([one.payment_by_voter for one in batches]),
        np.concatenate([one.leader_remainder for one in batches]),
        np.concatenate([one.unpaid_utility for one in batches]),
    )


def bloc_consents(bargain: InternalBargain) -> NDArray[np.bool_]:
    """In which draws the side that offers consents: without payments, or after what its leading member can pay."""
    import numpy as np

    return (bargain.unpaid_utility >= -TOLERANCE) | (
        np.isfinite(bargain.total_payment) & (bargain.leader_remainder >= -TOLERANCE)
    )
