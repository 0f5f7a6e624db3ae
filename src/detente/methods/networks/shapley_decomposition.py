"""What each of several terms accounts for in what their sum comes to, where an outcome is no sum itself.

The terms are players; a coalition is worth what the sum of its terms comes to, beside the base without any. Each is
credited with what it changes as it is added, the mean over all orders of adding them: the Shapley value (Shapley 1953)
of an explained outcome (Shorrocks 2013). The credits add up to the whole change, equal terms have equal ones, and a
term that never changes anything has none. Where several terms suffice they share the credit, which leaving out one at
a time gives to none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import shapley_value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def exact_decomposition(base: Floats, terms: Sequence[Floats], outcome: Callable[[Floats], Floats]) -> Floats:
    """What each term accounts for, exactly: over all subsets of the terms.

    Args:
        base: What there is before any term, shape (draws, ...).
        terms: Each of the shape of the base.
        outcome: What a sum comes to, finite: from the shape of the base to shape (..., draws).

    Returns:
        Shape (..., draws, terms).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.shapley_decomposition import exact_decomposition
        >>> base, terms = np.array([2.0]), [np.array([-3.0]), np.array([-3.0]), np.array([-1.0])]
        >>> exact_decomposition(base, terms, lambda total: (total > 0).astype(float)).round(4).tolist()
        [[-0.5, -0.5, 0.0]]
    """
    import numpy as np

    start = outcome(base)
    worth = np.empty((2 ** len(terms), *start.shape))
    for subset, total in _subset_sums(base, terms):
        worth[subset] = outcome(total) - start
    return shapley_value(np.moveaxis(worth, 0, -1))


def sampled_decomposition(
    base: Floats, terms: Sequence[Floats], outcome: Callable[[Floats], Floats], orders: NDArray[np.int64]
) -> Floats:
    """The same, estimated from some orders for each draw: unbiased if they are random (Castro, Gomez and Tejada 2009).

    In each draw the estimates add up to the whole change. Where draws have orders of their own, the spread over draws
    holds what the orders add to it, and so does a standard error that is had from it.

    Args:
        base: What there is before any term, shape (draws, ...).
        terms: Each of the shape of the base.
        outcome: What a sum comes to, finite: from the shape of the base to shape (..., draws).
        orders: In which orders the terms are added, shape (orders, draws, terms), as `random_orders` gives them.

    Returns:
        Shape (..., draws, terms).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.shapley_decomposition import random_orders, sampled_decomposition
        >>> base, terms = np.array([2.0]), [np.array([-3.0]), np.array([-3.0]), np.array([-1.0])]
        >>> orders = random_orders(np.random.default_rng(0), pairs=1, draw_count=1, term_count=3)
        >>> sampled_decomposition(base, terms, lambda total: (total > 0).astype(float), orders).tolist()
        [[-0.5, -0.5, 0.0]]
    """
    import numpy as np

    stacked_terms, draws = np.stack(terms), np.arange(len(base))
    start = outcome(base)
    contributions = np.zeros((*start.shape, len(terms)))
    for order in orders:
        total, before = base, start
        for added in order.T:
            total = total + stacked_terms[added, draws]
            after = outcome(total)
            contributions[..., draws, added] += after - before
            before = after
    return contributions / len(orders)


def random_orders(generator: np.random.Generator, pairs: int, draw_count: int, term_count: int) -> NDArray[np.int64]:
    """Random orders of the terms for each draw, each beside its reverse: what comes late in one is early in the other.

    Args:
        generator: The source of randomness.
        pairs: How many orders, each with its reverse.
        draw_count: How many draws.
        term_count: How many terms.

    Returns:
        Shape (2 x pairs, draws, terms).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.shapley_decomposition import random_orders
        >>> forward, backward = random_orders(np.random.default_rng(0), pairs=1, draw_count=5, term_count=3)
        >>> bool((forward == backward[:, ::-1]).all()), sorted(forward[0].tolist())
        (True, [0, 1, 2])
    """
    import numpy as np

    in_order = np.broadcast_to(np.arange(term_count), (pairs, draw_count, term_count))
    forward = generator.permuted(in_order, axis=-1)
    return np.concatenate([forward, forward[..., ::-1]])


def _subset_sums(base: Floats, terms: Sequence[Floats]) -> Iterator[tuple[int, Floats]]:
    """Every subset of the terms as bits, with its sum on the base; no more sums at once than there are terms."""

    def extend(subset: int, total: Floats, first: int) -> Iterator[tuple[int, Floats]]:
        yield subset, total
        for index in range(first, len(terms)):
            yield from extend(subset | 1 << index, total + terms[index], index + 1)

    return extend(0, base, 0)
