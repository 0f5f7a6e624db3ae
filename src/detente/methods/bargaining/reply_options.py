"""The replies to an offer: what each is worth to who answers, and how probable it is.

To accept binds: it brings U a period, and V_H once a grave threat that all feel has arisen, as it may with chance h a
period. Every other reply costs something once and something a period, brings something a period,
and leaves the offer alive with a chance s a period. Meanwhile the threat may arise, upon which the offer is worth
max(0, V_H) a period, and its worth may become known with chance q, upon which it is worth
what it then turns out to be. With discount beta, per period (the value times 1 - beta),

    W_accept = ((1 - beta) U + beta h V_H) / (1 - beta (1 - h))
    W = -(1 - beta) once + ((1 - beta)(brings - each) + beta s [h V_H + (1 - h) q V_Q]) / (1 - beta s (1 - h)(1 - q))

where what a reply costs and brings a period lasts as long as the offer does. Silence is a reply like any other: it pays
where accepting would not, and where the chance to accept later is worth more than it costs. The form is ours; that
ignoring keeps an offer alive longer than declining is an assumption of whoever says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ReplyParameters:
    """What a reply means, each of shape (draws,) or a number."""

    once: Floats | float = 0.0
    each: Floats | float = 0.0
    brings: Floats | float = 0.0
    kept: Floats | float = 0.0
    informs: Floats | float = 0.0


@dataclass(frozen=True)
class OfferProspects:
    """What may come of an offer that is not accepted now."""

    discount: Floats | float
    hazard: Floats | float
    """The chance in a period of a grave threat."""
    value_under_threat: Floats | float
    """What accepting would be worth then, a period."""
    informed_value: Floats | float
    """What the offer is worth, a period, once its worth is known: `value_of_information`."""


def value_of_accepting(current_value: Floats, prospects: OfferProspects) -> Floats:
    """What it is worth to accept now, a period: as things are, and under the threat that may arise.

    Args:
        current_value: U, what accepting brings a period as things are.
        prospects: What may come.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.reply_options import OfferProspects, value_of_accepting
        >>> prospects = OfferProspects(discount=0.9, hazard=0.1, value_under_threat=5.0, informed_value=0.0)
        >>> value_of_accepting(np.array([1.0, -2.0]), prospects).round(4).tolist()
        [2.8947, 1.3158]
    """
    beta, h = prospects.discount, prospects.hazard
    value: Floats = ((1 - beta) * current_value + beta * h * prospects.value_under_threat) / (1 - beta * (1 - h))
    return value


def value_of_reply(terms: ReplyParameters, prospects: OfferProspects) -> Floats:
    """What a reply that does not accept is worth, a period.

    Example:
        >>> from detente.methods.bargaining.reply_options import OfferProspects, ReplyParameters, value_of_reply
        >>> prospects = OfferProspects(discount=0.9, hazard=0.1, value_under_threat=5.0, informed_value=0.0)
        >>> round(float(value_of_reply(ReplyParameters(once=0.2, kept=0.8), prospects)), 4)
        1.0027
    """
    import numpy as np

    beta, h, q = prospects.discount, prospects.hazard, terms.informs
    continuation_value = h * np.maximum(prospects.value_under_threat, 0) + (1 - h) * q * prospects.informed_value
    ending_factor = 1 - beta * terms.kept * (1 - h) * (1 - q)
    flow = (1 - beta) * (np.asarray(terms.brings) - terms.each) + beta * terms.kept * continuation_value
    value: Floats = -(1 - beta) * np.asarray(terms.once) + flow / ending_factor
    return value


def value_of_information(current_value: Floats, value_sd: Floats | float) -> Floats:
    """What an offer is worth once its worth is known, if one may still decline it: E max(0, U + sd Z).

    The expected value of perfect information for a normal prior (Raiffa and Schlaifer 1961).

    Args:
        current_value: U, as it is thought to be.
        value_sd: sd, how far it may turn out otherwise.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.reply_options import value_of_information
        >>> value_of_information(np.array([0.0, 1.0]), np.array([1.0, 0.0])).round(4).tolist()  # 1 / sqrt(2 pi)
        [0.3989, 1.0]
    """
    import numpy as np
    from scipy.special import ndtr

    sd = np.broadcast_to(np.asarray(value_sd, dtype=float), np.shape(current_value))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd > 0, current_value / np.where(sd > 0, sd, 1), 0.0)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.where(sd > 0, sd * density + current_value * ndtr(z), np.maximum(current_value, 0.0))


def logit_choice_probabilities(values: Floats, noise: Floats | float) -> Floats:
    """The chance of each of several choices by their worth: the agents' quantal response (McKelvey and Palfrey 1998).

    Args:
        values: Shape (choices, draws).
        noise: How far choices depart from the best, at least 0; at 0 the best is chosen for sure, several of the same
            worth alike.

    Returns:
        Of the same shape.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.reply_options import logit_choice_probabilities
        >>> logit_choice_probabilities(np.array([[1.0], [0.0]]), 1.0).round(4).tolist()  # e / (1 + e)
        [[0.7311], [0.2689]]
        >>> logit_choice_probabilities(np.array([[1.0], [0.0]]), 0.0).tolist()
        [[1.0], [0.0]]
    """
    import numpy as np

    scale = np.broadcast_to(np.asarray(noise, dtype=float), values.shape[1:])
    best = values.max(axis=0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        weight = np.where(scale > 0, np.exp((values - best) / np.where(scale > 0, scale, 1)), values == best)
    probabilities: Floats = weight / weight.sum(axis=0)
    return probabilities
