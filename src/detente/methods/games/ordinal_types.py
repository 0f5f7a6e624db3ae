"""Which game it is: the known names, and the 144 strictly ordinal two-by-two games.

Only the order of each side's payoffs counts. Two games are one if strategies are called otherwise; with 24 orders for
either side that leaves 144 (Robinson and Goforth 2005), or 78 if the sides may change places (Rapoport and Guyer 1966).
Their numbers here are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, permutations

from detente.methods.games.two_by_two import Payoffs, TwoByTwoGame, rank_values

SYMMETRIC_GAME_NAMES = {
    "TRPS": "Prisoner's Dilemma",
    "TRSP": "Chicken",
    "TSRP": "Leader",
    "TSPR": "Hero",
    "TPSR": "Compromise",
    "TPRS": "Deadlock",
    "RTPS": "Stag Hunt",
    "RTSP": "Concord",
    "RSTP": "Harmony",
    "RSPT": "Peace",
    "RPST": "Coordination",
    "RPTS": "Assurance",
}
"""Games by the order of a side's payoffs, the best first. Names as in Bruns (2015), who goes by Robinson and Goforth
(2005); Leader and Hero after Rapoport (1967), Leader being a Battle of the Sexes."""
MIXED_GAME_NAMES = {
    frozenset({"Prisoner's Dilemma", "Chicken"}): "Called Bluff",
    frozenset({"Deadlock", "Chicken"}): "Bully",
}
"""Games of sides with different orders that have a name of their own (Snyder and Diesing 1977)."""
SWAPPED_PAYOFF_NAMES = str.maketrans("TRPS", "SPRT")
"""Payoffs as they are called where cooperating is called defecting."""


def payoff_orders(payoffs: Payoffs) -> tuple[str, ...]:
    """The order of a side's payoffs, the best first: `TRPS`; several, if payoffs are equal, one for each way to put
    those apart.

    Example:
        >>> from detente.methods.games.ordinal_types import payoff_orders
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> payoff_orders(Payoffs(T=5, R=3, P=1, S=0)), payoff_orders(Payoffs(T=3, R=3, P=1, S=0))
        (('TRPS',), ('TRPS', 'RTPS'))
    """
    by_name = {name: getattr(payoffs, name) for name in "TRPS"}
    return tuple(
        "".join(names) for names in permutations("TRPS") if all(by_name[a] >= by_name[b] for a, b in pairwise(names))
    )


def side_game_name(payoffs: Payoffs) -> str:
    """The game that a side would play against one like itself; between games, if payoffs are equal.

    Example:
        >>> from detente.methods.games.ordinal_types import side_game_name
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> side_game_name(Payoffs(T=5, R=3, P=1, S=0)), side_game_name(Payoffs(T=3, R=4, P=2, S=1))
        ("Prisoner's Dilemma", 'Stag Hunt')
    """
    names = list(dict.fromkeys(_order_name(payoff_order) for payoff_order in payoff_orders(payoffs)))
    return " or ".join(names) if len(names) < 3 else "Indifference"


def _order_name(payoff_order: str) -> str:
    return (
        SYMMETRIC_GAME_NAMES.get(payoff_order)
        or f"{SYMMETRIC_GAME_NAMES[payoff_order.translate(SWAPPED_PAYOFF_NAMES)]}, moves swapped"
    )


def game_name(game: TwoByTwoGame) -> str:
    """The name of a game: of the symmetric one if both sides see the same, of two with a name, or of either side's.

    Example:
        >>> from detente.methods.games.ordinal_types import game_name
        >>> from detente.methods.games.two_by_two import Payoffs, game_between, symmetric_game
        >>> game_name(symmetric_game(T=4, R=3, P=1, S=2))
        'Chicken'
        >>> game_name(game_between(Payoffs(T=4, R=3, P=2, S=1), Payoffs(T=4, R=3, P=1, S=2)))
        'Called Bluff'
    """
    row_kind, column_kind = (side_game_name(side) for side in game.sides)
    if row_kind == column_kind:
        return row_kind
    return MIXED_GAME_NAMES.get(frozenset({row_kind, column_kind})) or f"{row_kind} against {column_kind}"


def ordinal_class_number(game: TwoByTwoGame) -> int | None:
    """Its number among the 144, from 1; None if payoffs of a side are equal.

    Example:
        >>> from detente.methods.games.ordinal_types import ordinal_class_number
        >>> from detente.methods.games.two_by_two import symmetric_game
        >>> games = [symmetric_game(T=5, R=3, P=1, S=0), symmetric_game(T=4, R=3, P=2, S=1)]
        >>> len({ordinal_class_number(game) for game in games})  # the same game, by order
        1
    """
    rows, columns = game.row.ravel().tolist(), game.column.ravel().tolist()
    if len(set(rows)) < 4 or len(set(columns)) < 4:
        return None
    return _number_by_ranks()[rank_values(rows), rank_values(columns)]


def ordinal_games() -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """All 144: number, ranks for row, ranks for column (4 the best), each by outcome CC, CD, DC, DD as row sees it.

    Strategies are called so that the best for row stands first.

    Example:
        >>> from detente.methods.games.ordinal_types import ordinal_games
        >>> len(list(ordinal_games()))  # Robinson and Goforth (2005)
        144
    """
    number = 0
    for rows in permutations((4, 3, 2, 1)):
        if rows[0] == 4:
            for columns in permutations((4, 3, 2, 1)):
                number += 1
                yield number, rows, columns


@lru_cache(maxsize=1)
def _number_by_ranks() -> dict[tuple[tuple[int, ...], tuple[int, ...]], int]:
    """The number of each of the 576 labelled games."""
    relabellings = [(0, 1, 2, 3), (2, 3, 0, 1), (1, 0, 3, 2), (3, 2, 1, 0)]
    return {
        (tuple(rows[index] for index in index_order), tuple(columns[index] for index in index_order)): number
        for number, rows, columns in ordinal_games()
        for index_order in relabellings
    }
