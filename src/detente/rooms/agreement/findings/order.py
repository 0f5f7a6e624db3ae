"""In which order to take steps, beside the order that somebody advises."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.step_order import OrderByTheory, StepOrders
from detente.text.english import join_words, lower_first
from detente.text.number_format import per_hundred
from detente.text.theories import theory_title

ALWAYS = 0.99


def order_finding(labels: AgreementLabels) -> Finding | None:
    """The best first step, by each theory."""
    orders = labels.model.orders
    if orders is None:
        return None
    return Finding(
        id="order",
        title="Which step comes first in the assumed games",
        question="In which order",
        short_answer=_short_answer(labels, orders),
        place="detail",
        says=" ".join(_sentences(labels, orders)),
        table=make_table(
            (
                Column("theory"),
                Column("step"),
                share_column("first", "best first step"),
                share_column("taken", "taken at all"),
                Column("place", "mean place", "tenths", "place in the order"),
                share_column("teaches", "tells who is trustworthy"),
            ),
            [row for one in orders.by_theory for row in _rows(labels, one)],
        ),
        method=(
            "The games of the case as steps, each worth what cooperation is worth in it, as the side that answers sees "
            "them. A kind keeps a step if it would rather cooperate, or is patient enough. Trust grows or breaks "
            "by Bayes "
            "with each step; a breach ends it. Exact over all sets of steps. How likely the other is held to be "
            "trustworthy is the mean of what the games say. Who only pretends exploits where that pays it most, and "
            "earlier steps then tell nothing. If agreements are kept as reached, easy ones go first; if only all "
            "together, large ones (Busch and Horstmann 2000)."
        ),
        rests_on=(*orders.main.games, *labels.model.case.sequences),
    )


def _game(labels: AgreementLabels, game: str) -> str:
    return labels.model.case.games[game].title


def _rows(labels: AgreementLabels, order: OrderByTheory) -> Iterator[dict[str, object]]:
    titles = zip(order.view.ids, order.view.titles, strict=True)
    theory = join_words(theory_title(id, title) for id, title in titles)
    for place, game in enumerate(order.games):
        yield {
            "theory": theory,
            "step": _game(labels, game),
            "place": order.mean_places[place] if order.taken_shares[place] else None,
            **share_cells("first", order.first_shares[place], order.draws),
            **share_cells("taken", order.taken_shares[place], order.draws),
            **share_cells("teaches", order.teaches_shares[place], order.draws),
        }


def _short_answer(labels: AgreementLabels, orders: StepOrders) -> str:
    first = orders.main.likeliest_first
    if first is None:
        return "no step is dared"
    return f"{lower_first(_game(labels, orders.main.games[first]))} first"


def _sentences(labels: AgreementLabels, orders: StepOrders) -> Iterator[str]:
    main = orders.main
    first = main.likeliest_first
    if first is None:
        yield "In most simulations no step is dared."
    else:
        yield (
            f"The best first step is {lower_first(_game(labels, main.games[first]))} in "
            f"{per_hundred(main.first_shares[first])} of 100 simulations."
        )
    if main.order_matters_share is not None and main.order_matters_share < 1 - ALWAYS:
        yield "Order hardly matters: every order is worth as much."
    for test in orders.sequences:
        title = lower_first(labels.model.case.sequences[test.id].title)
        yield (
            f"The advised order ({title}) is worth {per_hundred(test.worth_share)} per cent of the best order to "
            f"{labels.answering}."
        )
        if test.without_game:
            names = join_words(lower_first(labels.item_title(issue)) for issue in test.without_game)
            yield f"It names steps that have no game and cannot be weighed: {names}."
    if orders.pretenders is not None:
        found = orders.pretenders
        if found.exploited is None:
            yield "A partner who only pretends would cheat at no step in this order."
        else:
            game = lower_first(_game(labels, found.exploited))
            dared = "is taken all the same" if found.is_dared else "is not taken"
            yield f"A partner who only pretends would cheat at {game}, so that step {dared}."
    yield "This rests on assumed games, and refutes nobody's advice."
