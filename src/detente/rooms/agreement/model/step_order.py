"""In which order to take steps, if trust grows or breaks by each: the games of a case as steps of one agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.games.agenda_order import MOST_ORDERED, MOST_STEPS, AgendaSteps, exploited_step
from detente.methods.games.shadow_of_the_future import StageGames
from detente.rooms.durability.model.case_games import GameUnderTheory
from detente.rooms.durability.model.durability import DurabilityModel
from detente.rooms.durability.model.theory_views import TheoryView
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_DRAWS = 1_024
"""Draws that orders are looked at in."""


@dataclass(frozen=True)
class OrderByTheory:
    """The best order of the steps by one theory, as the side that answers sees it."""

    view: TheoryView
    games: tuple[str, ...]
    """The games that are steps."""
    first_shares: tuple[float, ...]
    """How often each is the best first step."""
    none_share: float
    """How often no step is dared at all."""
    taken_shares: tuple[float, ...]
    """How often each is taken at all in the best order, as long as all steps are kept."""
    mean_places: tuple[float, ...]
    """The mean place of each where it is taken, from 1; not a number where it never is."""
    teaches_shares: tuple[float, ...]
    """How often keeping it tells who is trustworthy from who is not."""
    order_matters_share: float | None
    """How often some order is worth less than the best; None where steps are too many to look."""
    draws: int

    def error(self, share: float) -> float:
        """The standard error of a share."""
        return float((share * (1 - share) / self.draws) ** 0.5)

    @property
    def likeliest_first(self) -> int | None:
        """The step that is first most often; None where none mostly is dared."""
        best = max(range(len(self.games)), key=lambda place: self.first_shares[place])
        return best if self.first_shares[best] > self.none_share else None


@dataclass(frozen=True)
class SequenceTest:
    """An order that somebody advises, beside the best."""

    id: str
    games: tuple[str, ...]
    """Its steps that have a game, in its order."""
    without_game: tuple[str, ...]
    """Its issues without one: they cannot be weighed."""
    worth_share: float
    """What it is worth beside the best order, all draws together, from 0 to 1."""
    is_best_share: float
    """How often it is worth as much as the best."""


@dataclass(frozen=True)
class PretenderTest:
    """Where one who only pretends would exploit, at the central estimates, if steps came in an order."""

    order: tuple[str, ...]
    exploited: str | None
    """The game at which it does; None if nowhere."""
    is_dared: bool


@dataclass(frozen=True)
class StepOrders:
    """The order of steps by every theory, what is advised, and who only pretends."""

    by_theory: tuple[OrderByTheory, ...]
    sequences: tuple[SequenceTest, ...]
    pretenders: PretenderTest | None

    @property
    def main(self) -> OrderByTheory:
        """By the theory by which the answer is told."""
        return next((one for one in self.by_theory if one.view.is_main), self.by_theory[-1])


def order_steps(durability: DurabilityModel | None) -> StepOrders | None:
    """The best order of the games in which the case says how far sides trust each other; None with fewer than two."""
    beliefs = durability.trust_beliefs if durability else []
    if durability is None or not 2 <= len(beliefs) <= MOST_STEPS:
        return None
    views = _common_views(beliefs)
    by_theory = [(view, _agenda(durability, beliefs, view)) for view in views]
    names = tuple(one.case_game.id for one in beliefs)
    results = tuple(_order_by_theory(view, names, steps) for view, steps in by_theory)
    main_steps = next((steps for view, steps in by_theory if view.is_main), by_theory[-1][1])
    tests = tuple(_test_sequence(durability, id, names, main_steps) for id in durability.case.sequences)
    return StepOrders(results, tests, _test_pretenders(beliefs, results))


def _common_views(beliefs: Sequence[TrustBeliefs]) -> list[TheoryView]:
    """The theories as the first game has them."""
    return [under_theory.view for under_theory in beliefs[0].case_game.by_theory]


def _under(beliefs: TrustBeliefs, view: TheoryView) -> GameUnderTheory:
    """A game as a theory sees it that another game tells apart from others."""
    games = beliefs.case_game.by_theory
    return next((one for one in games if set(one.view.ids) & set(view.ids)), games[0])


def _agenda(durability: DurabilityModel, all_beliefs: Sequence[TrustBeliefs], view: TheoryView) -> AgendaSteps:
    """The games as steps, as the side that answers sees them.

    A kind keeps a step, but for errors, if it would rather cooperate with one that does, or is patient enough
    (`critical_discount`); else it breaks it, but for errors.
    """
    import numpy as np

    answering = durability.case.sides[1] if durability.case.sides else None
    columns: dict[str, list[Floats]] = {key: [] for key in ("trust", "needed", "g", "h", "kept", "broken")}
    for beliefs in all_beliefs:
        between, under = beliefs.case_game.game.between, _under(beliefs, view)
        side = between.index(answering) if answering in between else 1
        patience, noise = under.patience, _noise(durability, beliefs)
        own = beliefs.type_payoffs(beliefs.draws, "trustworthy", under)
        repeated = own.repeated_game(patience)
        columns["trust"].append(beliefs.sample_trust(beliefs.draws)[side])
        columns["needed"].append(repeated.trust_thresholds[side])
        for key, kind in (("g", "trustworthy"), ("h", "untrustworthy")):
            other = beliefs.type_payoffs(beliefs.draws, kind, under)
            columns[key].append(np.where(_keeps(other, patience, 1 - side), 1 - noise, noise))
        columns["kept"].append(repeated.R[side] - repeated.P[side])
        columns["broken"].append(repeated.S[side] - repeated.P[side])
    first = slice(0, MOST_DRAWS)
    stacked = {key: np.stack(values)[:, first] for key, values in columns.items()}
    return AgendaSteps(
        stacked["trust"].mean(axis=0),
        np.minimum(stacked["needed"], 2.0),
        stacked["g"],
        stacked["h"],
        stacked["kept"],
        stacked["broken"],
    )


def _noise(durability: DurabilityModel, beliefs: TrustBeliefs) -> Floats:
    """How often a step fails that was meant, shape (draws,)."""
    id = beliefs.case_game.id
    return durability.draws.sample(durability.case.games[id].noise, f"games.{id}.noise")


def _keeps(games: StageGames, patience: Floats, side: int) -> NDArray[np.bool_]:
    """Whether a kind of the other side keeps a step: at once, or as it is patient enough to fear its end."""
    keeps: NDArray[np.bool_] = (games.R[side] >= games.T[side]) | (patience >= games.critical_discount[side])
    return keeps


def _order_by_theory(view: TheoryView, names: tuple[str, ...], steps: AgendaSteps) -> OrderByTheory:
    import numpy as np

    orders, places = steps.best_orders(), range(len(names))
    taken = [orders == place for place in places]
    with np.errstate(invalid="ignore"):
        mean_places = [
            float((np.argmax(one, axis=0) + 1)[one.any(axis=0)].mean()) if one.any() else float("nan") for one in taken
        ]
    return OrderByTheory(
        view=view,
        games=names,
        first_shares=tuple(float((orders[0] == place).mean()) for place in places),
        none_share=float((orders[0] < 0).mean()),
        taken_shares=tuple(float(one.any(axis=0).mean()) for one in taken),
        mean_places=tuple(mean_places),
        teaches_shares=tuple(
            float((steps.kept_if_trustworthy[place] != steps.kept_if_not[place]).mean()) for place in places
        ),
        order_matters_share=float(steps.order_matters().mean()) if len(names) <= MOST_ORDERED else None,
        draws=orders.shape[1],
    )


def _test_sequence(durability: DurabilityModel, id: str, names: tuple[str, ...], steps: AgendaSteps) -> SequenceTest:
    """An advised order, by the games on its issues."""
    games = durability.case.games
    order: list[int] = []
    without: list[str] = []
    for issue in durability.case.sequences[id].steps:
        places = [place for place, name in enumerate(names) if issue in games[name].issues and place not in order]
        if places:
            order.append(places[0])
        else:
            without.append(issue)
    worth, best = steps.value_of_order(order), steps.best_value
    total = float(best.sum())
    return SequenceTest(
        id,
        tuple(names[place] for place in order),
        tuple(without),
        float(worth.sum()) / total if total > 0 else 1.0,
        float((worth >= best - 1e-9).mean()),
    )


def _test_pretenders(beliefs: Sequence[TrustBeliefs], results: Sequence[OrderByTheory]) -> PretenderTest | None:
    """Where pretenders exploit if steps come in the order that is best by the mean of the draws."""
    main = next((one for one in results if one.view.is_main), results[-1])
    taken = [place for place in range(len(main.games)) if main.taken_shares[place] > 0]
    if len(taken) < 2:
        return None
    order = sorted(taken, key=lambda place: main.mean_places[place])
    kinds, trust = [], []
    for place in order:
        one = beliefs[place]
        at_means = next(
            (game for game in one.case_game.by_theory_at_means if set(game.view.ids) & set(main.view.ids)),
            one.case_game.by_theory_at_means[0],
        )
        kinds.append(one.player_types(at_means, 1))
        trust.append(float(one.sample_trust(one.means)[1, 0]))
    found = exploited_step(kinds, sum(trust) / len(trust))
    exploited = None if found.exploited is None else main.games[order[found.exploited]]
    return PretenderTest(tuple(main.games[place] for place in order), exploited, found.is_dared)
