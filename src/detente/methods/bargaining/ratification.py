"""Consent inside an organisation, over many draws at once: at what price enough of its members are won."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.bargaining.side_payments import least_payments
from detente.methods.institutions.deciding_body import Chamber

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_VOICES = 8
"""Voices of which all combinations are looked at, where not everybody is needed."""


@dataclass(frozen=True)
class Bought:
    """The least that wins enough members, a row a draw."""

    total: Floats
    """All that arrives, shape (draws,); infinite where nothing would do."""
    each: Floats
    """To every voice, shape (draws, voices); nothing where nothing would do."""


def cheapest(chamber: Chamber, payer: int, need: Floats, relief: Floats) -> Bought:
    """The least that one voice has to pay the others for a proposal to pass.

    With more than `MOST_VOICES` voices, not all of which are needed, those that need least are won: then the total
    is enough, and may be more than the least.

    Args:
        chamber: Those who decide.
        payer: Which voice pays; its own yes is taken for granted.
        need: What each would need, as in `least_payments`, shape (draws, voices); that of the payer does not count.
        relief: Of the same shape.
    """
    import numpy as np

    draws, voices = need.shape
    best = Bought(np.full(draws, np.inf), np.zeros((draws, voices)))
    if not chamber.can_pass:
        return best
    for wanted in _groups(chamber, payer, need):
        asked = np.where(wanted, need, -np.inf)
        paid = least_payments(asked, np.where(wanted, relief, 0.0))
        cheaper = paid.total < best.total
        best = Bought(np.where(cheaper, paid.total, best.total), np.where(cheaper[:, None], paid.each, best.each))
    return best


def _groups(chamber: Chamber, payer: int, need: Floats) -> Iterator[NDArray[np.bool_]]:
    """The groups of voices to be won, one of which is the cheapest: shape (voices,), or (draws, voices)."""
    import numpy as np

    voices = len(chamber.voices)
    others = np.arange(voices) != payer
    if chamber.all_needed:
        yield others
    elif voices > MOST_VOICES:
        order = np.argsort(np.where(others, need, -np.inf), axis=1, kind="stable")
        places = np.argsort(order, axis=1, kind="stable")
        yield (places <= chamber.completed(order).argmax(axis=1)[:, None]) & others
    else:
        for one in chamber.least_sets:
            yield np.array([bool(one >> at & 1) for at in range(voices)]) & others
