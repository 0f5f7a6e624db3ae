"""Side payments: what it takes to win those who would rather not.

One member pays and others are paid. A payment x to j is worth c_j x to it, c_j being 1 and all its concern for
relative gains; what is paid in all makes the payer's lead smaller, which is worth k_j to whoever minds that. So j needs

    x_j >= a_j - b_j X,   a_j = -U_j / c_j,   b_j = k_j / c_j

with X all that is paid. The least that does is the root of X = sum over j of max(0, a_j - b_j X), whose right side
falls in X. In general it is a linear program, of which this is the closed form where no recipient minds what another
is paid. The formulas are ours; the tests hold them against the program, solved by HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SidePayments:
    """What is paid to whom. A row a draw."""

    total: Floats
    """All that arrives, shape (...)."""
    by_recipient: Floats
    """To every recipient, shape (..., recipients)."""


def least_payments(need: Floats, relief: Floats) -> SidePayments:
    """The least that wins every recipient, in closed form.

    The total is the largest of sum a_j / (1 + sum b_j) over the first recipients in the order in which their needs
    vanish as the total grows: a sum over fewer or others of them is too small, since a need never counts below 0.

    Args:
        need: a, what each would need if nobody else were paid; below 0 for who needs nothing, and minus infinity for
            who is not asked; shape (..., recipients).
        relief: b, how much less for every unit that is paid in all, at least 0, of the same shape.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.side_payments import least_payments
        >>> payments = least_payments(np.array([3.0, 1.0]), np.array([0.5, 0.0]))
        >>> round(float(payments.total), 4), payments.by_recipient.round(4).tolist()
        (2.6667, [1.6667, 1.0])
    """
    import numpy as np

    need, relief = np.broadcast_arrays(np.asarray(need, dtype=float), np.asarray(relief, dtype=float))
    # Who is not asked at all has a need of minus infinity, which must not spoil the sums of those who are.
    is_asked = np.isfinite(need)
    need, relief = np.where(is_asked, need, 0.0), np.where(is_asked, relief, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        vanishing_total = np.where(relief > 0, need / relief, np.where(need > 0, np.inf, -np.inf))
    order = np.argsort(-vanishing_total, axis=-1, kind="stable")
    needs = np.cumsum(np.take_along_axis(need, order, -1), axis=-1)
    reliefs = np.cumsum(np.take_along_axis(relief, order, -1), axis=-1)
    total = np.maximum((needs / (1 + reliefs)).max(axis=-1, initial=0.0), 0.0)
    return SidePayments(total, np.maximum(need - relief * total[..., None], 0.0))


def payment_linear_program(
    utility: Floats, concern: Floats, payer: int, recipients: list[int]
) -> tuple[Floats, Floats, Floats]:
    """The same as a linear program, for any concern for relative gains: least c x with A x <= b and x >= 0.

    The unknowns are the payments to the recipients. Every recipient, and the payer, must not lose by the whole.

    Args:
        utility: Of all actors before anything is paid, shape (actors,).
        concern: k_ij, shape (actors, actors).
        payer: Who pays.
        recipients: Who is paid.

    Returns:
        c, A and b, of shapes (recipients,), (recipients + 1, recipients) and (recipients + 1,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.side_payments import payment_linear_program
        >>> concern = np.array([[0.0, 0.0], [0.5, 0.0]])
        >>> cost, matrix, bound = payment_linear_program(np.array([4.0, -1.0]), concern, payer=0, recipients=[1])
        >>> cost.tolist(), matrix.tolist(), bound.tolist()
        ([1.0], [[-2.0], [1.0]], [-1.0, 4.0])
    """
    import numpy as np

    n, m = len(utility), len(recipients)
    concern_matrix = np.array(concern, dtype=float)
    np.fill_diagonal(concern_matrix, 0)
    shift = np.zeros((n, m))  # what each payment does to the gains of all
    shift[recipients, np.arange(m)] = 1
    shift[payer] = -1
    effect = shift * (1 + concern_matrix.sum(axis=1))[:, None] - concern_matrix @ shift
    bound_actors = [*recipients, payer]
    return np.ones(m), -effect[bound_actors], np.asarray(utility, dtype=float)[bound_actors]
