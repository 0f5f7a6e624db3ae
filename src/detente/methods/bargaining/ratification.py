"""Consent inside an organisation, over many draws at once: at what price enough of its members are won."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.bargaining.side_payments import least_payments
from detente.methods.institutions.deciding_body import DecidingBody

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_VOTERS = 8
"""Voices of which all combinations are looked at, where not everybody is needed."""


@dataclass(frozen=True)
class ConsentCost:
    """The least that wins enough members, a row a draw."""

    total: Floats
    """All that arrives, shape (draws,); infinite where nothing would do."""
    by_voter: Floats
    """To every voice, shape (draws, voices); nothing where nothing would do."""


def least_cost_consent(deciding_body: DecidingBody, payer: int, need: Floats, relief: Floats) -> ConsentCost:
    """The least that one voice has to pay the others for a proposal to pass.

    With more than `MAX_VOTERS` voters, not all of which are needed, those that need least are won: then the total
    is enough, and may be more than the least.

    Args:
        deciding_body: Those who decide.
        payer: Which voice pays; its own yes is taken for granted.
        need: What each would need, as in `least_payments`, shape (draws, voices); that of the payer does not count.
        relief: Of the same shape.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.ratification import least_cost_consent
        >>> from detente.methods.institutions.deciding_body import DecidingBody
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> body = DecidingBody.of_rule(majority_rule({"a": 1, "b": 1, "c": 1}, 2), (("a",), ("b",), ("c",)))
        >>> cost = least_cost_consent(body, 0, np.array([[0.0, 3.0, 2.0]]), np.zeros((1, 3)))  # b needs 3, c needs 2
        >>> cost.by_voter.tolist()
        [[0.0, 0.0, 2.0]]
    """
    import numpy as np

    draws, voter_count = need.shape
    best = ConsentCost(np.full(draws, np.inf), np.zeros((draws, voter_count)))
    if not deciding_body.can_pass:
        return best
    for recipients in _recipient_groups(deciding_body, payer, need):
        asked_need = np.where(recipients, need, -np.inf)
        payments = least_payments(asked_need, np.where(recipients, relief, 0.0))
        cheaper = payments.total < best.total
        best = ConsentCost(
            np.where(cheaper, payments.total, best.total),
            np.where(cheaper[:, None], payments.by_recipient, best.by_voter),
        )
    return best


def _recipient_groups(deciding_body: DecidingBody, payer: int, need: Floats) -> Iterator[NDArray[np.bool_]]:
    """The groups of voices to be won, one of which is the cheapest: shape (voices,), or (draws, voices)."""
    import numpy as np

    voter_count = deciding_body.voice_count
    others = np.arange(voter_count) != payer
    if deciding_body.needs_everybody:
        yield others
    elif voter_count > MAX_VOTERS:
        order = np.argsort(np.where(others, need, -np.inf), axis=1, kind="stable")
        places = np.argsort(order, axis=1, kind="stable")
        yield (places <= deciding_body.passing_prefixes(order).argmax(axis=1)[:, None]) & others
    else:
        for coalition in deciding_body.minimal_winning_coalitions:
            yield np.array([bool(coalition >> voter & 1) for voter in range(voter_count)]) & others
