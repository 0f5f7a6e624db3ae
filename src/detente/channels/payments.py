"""Side payments: what it takes to win those who would rather not.

One member pays, others are paid, and each minds only how much more than itself the payer gains. Then member j needs

    tau_j >= a_j - b_j tau,   b_j = k_j / (1 + k_j),   a_j = b_j gain_h - gain_j - n_j / (1 + k_j)

where tau is all that is paid (it makes the payer's lead smaller, too), n_j what is fixed in j's utility and h the
payer. The least that does is the root of tau = sum over j of max(0, a_j - b_j tau), whose right side falls in tau. In
general it is a linear program, of which this is the closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Payments:
    """What is paid to whom. A row a draw."""

    total: Floats
    """Shape (...)."""
    each: Floats
    """To every recipient, shape (..., recipients)."""


def least_payments(payer: Floats, gains: Floats, concern: Floats, fixed: Floats) -> Payments:
    """The least that wins every recipient, in closed form.

    The total is the largest of sum a_j / (1 + sum b_j) over the first recipients in the order in which their needs
    vanish as the total grows: a sum over fewer or others of them is too small, since a need never counts below 0.

    Args:
        payer: What the payer gains before it pays, shape (...).
        gains: What the recipients gain before they are paid, shape (..., recipients).
        concern: k_j, at least 0, of the same shape.
        fixed: n_j, of the same shape.
    """
    import numpy as np

    gains = np.asarray(gains, dtype=float)
    share = np.broadcast_to(concern / (1 + np.asarray(concern)), gains.shape)
    need = share * np.asarray(payer)[..., None] - gains - np.asarray(fixed) / (1 + np.asarray(concern))
    with np.errstate(divide="ignore", invalid="ignore"):
        vanishes = np.where(share > 0, need / share, np.where(need > 0, np.inf, -np.inf))
    order = np.argsort(-vanishes, axis=-1, kind="stable")
    needs = np.cumsum(np.take_along_axis(need, order, -1), axis=-1)
    shares = np.cumsum(np.take_along_axis(share, order, -1), axis=-1)
    total = np.maximum((needs / (1 + shares)).max(axis=-1, initial=0.0), 0.0)
    return Payments(total, np.maximum(need - share * total[..., None], 0.0))


def payment_program(
    utility: Floats, relative: Floats, payer: int, recipients: list[int]
) -> tuple[Floats, Floats, Floats]:
    """The same as a linear program, for any concern for relative gains: least c x with A x <= b and x >= 0.

    The unknowns are the payments to the recipients. Every recipient, and the payer, must not lose by the whole.

    Args:
        utility: Of all actors before anything is paid, shape (actors,).
        relative: k_ij, shape (actors, actors).
        payer: Who pays.
        recipients: Who is paid.

    Returns:
        c, A and b, of shapes (recipients,), (recipients + 1, recipients) and (recipients + 1,).
    """
    import numpy as np

    n, m = len(utility), len(recipients)
    concern = np.array(relative, dtype=float)
    np.fill_diagonal(concern, 0)
    shift = np.zeros((n, m))  # what each payment does to the gains of all
    shift[recipients, np.arange(m)] = 1
    shift[payer] = -1
    effect = shift * (1 + concern.sum(axis=1))[:, None] - concern @ shift
    bound = [*recipients, payer]
    return np.ones(m), -effect[bound], np.asarray(utility, dtype=float)[bound]
