"""What more players do to the patience that cooperation takes: free riding, and errors for which all are punished.

That more players make cooperation harder is Olson's (1965) of common goods, and of repeated games that of Oye (1986)
and of Axelrod and Keohane (1985): who defects is harder to recognise, and punishing it punishes all. Concern for
relative gains pulls the other way, since it is shared out among more (Snidal 1991;
`n_player.grim_discount_among_rivals`).
"""

from __future__ import annotations

import math

from detente.methods.games.two_by_two import Payoffs


def free_riding_discount(payoffs: Payoffs, n: int) -> float:
    """The least discount for a common good among n which between two is this game.

    Between two, a linear public good with multiplier r has (T - R) / (R - P) = (1 - r / 2) / (r - 1) = x, so that
    r = 2 (1 + x) / (1 + 2 x); among n it takes (n - r) / (r (n - 1)), which rises with n to 1 / r.

    Args:
        payoffs: Of the game between two; only T, R and P count.
        n: How many share the good; the multiplier stays.

    Returns:
        0 where giving pays each by itself; infinite where both cooperating is not better than neither.

    Example:
        >>> from detente.methods.games.number_of_players import free_riding_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> [round(free_riding_discount(Payoffs(T=5, R=3, P=1, S=0), n), 4) for n in (2, 3, 10)]
        [0.5, 0.625, 0.7222]
    """
    _require_two(n)
    if payoffs.R <= payoffs.P:
        return math.inf
    x = (payoffs.T - payoffs.R) / (payoffs.R - payoffs.P)
    if x <= -0.5:  # the multiplier is without limit
        return 0.0
    multiplier = 2 * (1 + x) / (1 + 2 * x)
    return max((n - multiplier) / (multiplier * (n - 1)), 0.0)


def collective_punishment_discount(payoffs: Payoffs, noise: float, n: int) -> float:
    """The least discount at which n cooperate if one defection, meant or not, of any of them ends it for all.

    Each plays this game with each other by one move for all, and each move goes wrong by itself. With p = (1 - e)^n
    that nobody errs, q = e (1 - e)^(n - 1) that nobody but the one who defects does, and payoffs with errors T, R, P:

        (T - R) (1 - d p) <= d (p - q) (R - P)

    so that d = (T - R) / ((T - R) p + (p - q) (R - P)); grim trigger between two without errors (after Bendor and
    Mookherjee 1987, from memory).

    Returns:
        0 where nobody is tempted; may be 1 or more, where no discount is enough.

    Example:
        >>> from detente.methods.games.number_of_players import collective_punishment_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> payoffs = Payoffs(T=5, R=3, P=1, S=0)
        >>> [round(collective_punishment_discount(payoffs, noise=0.02, n=n), 4) for n in (2, 10, 50)]
        [0.5234, 0.6152, 1.3802]
    """
    _require_two(n)
    right, wrong = 1 - noise, noise
    T, R, P, S = payoffs.T, payoffs.R, payoffs.P, payoffs.S
    if_both_mean_c = right * right * R + right * wrong * (S + T) + wrong * wrong * P
    if_both_mean_d = right * right * P + right * wrong * (S + T) + wrong * wrong * R
    if_one_defects = right * (right * T + wrong * P) + wrong * (right * R + wrong * S)
    temptation, loss = if_one_defects - if_both_mean_c, if_both_mean_c - if_both_mean_d
    if temptation <= 0:
        return 0.0
    nobody_errs, others_do_not = right**n, wrong * right ** (n - 1)
    deterrence = temptation * nobody_errs + (nobody_errs - others_do_not) * loss
    return temptation / deterrence if loss > 0 and nobody_errs > others_do_not else math.inf


def _require_two(n: int) -> None:
    if n < 2:
        raise ValueError("it takes two or more")
