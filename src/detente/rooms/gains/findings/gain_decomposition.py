"""Findings on why: what rerouting takes and what efficiency adds, which of it is structural, and who is a broker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.sign_bounds import DECAYS, ReroutingSign, signs_for_any_stakes
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import Names, signed
from detente.rooms.gains.model.actor_network import Dealing, Groups
from detente.rooms.gains.model.channel_mixture import half_links
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR, Year, exclusivity
from detente.text.english import join_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


MOST_BUT = 3
"""Actors, from which on those are named of whom something does not hold."""


def rerouting_signs(year: Year, run: Run) -> list[ReroutingSign]:
    """What rerouting brings every actor for any stakes, exclusivity and decay that the case allows.

    The members of what answers as one share the sign of the whole of it.
    """
    import numpy as np

    low, high = year.model.case.network.decay.bounds
    decays = sorted({min(max(bound, 0.0), 1.0) for bound in (low, high)} | {d for d in DECAYS if low <= d <= high})
    dealing, old = year.arena.dealing(run.channel), year.arena.dealing(year.arena.observed)
    before = _shares(year, old.alone, ())
    found: list[list[ReroutingSign]] = []
    for graph, merged in _graphs(year, dealing, run):
        after = _shares(year, graph, merged)
        laid = before.copy()
        for group in merged:
            laid[:, group[0]] = before[:, list(group)].sum(axis=1)
            laid[:, list(group[1:])] = 0
        each = signs_for_any_stakes(after, laid, decays)
        for group in merged:
            for member in group[1:]:
                each[member] = each[group[0]]
        found.append(each)
    return [_together(list(of_actor)) for of_actor in np.array(found, dtype=object).T]


def _graphs(year: Year, dealing: Dealing, run: Run) -> list[tuple[Graph, Groups]]:
    """The graphs that a channel may come to, as exclusive as it may be."""
    alone = (dealing.as_one, dealing.merged) if run.form == "collegiate" and dealing.as_one else (dealing.alone, ())
    if dealing.beside is None:
        return [alone]
    low, high = exclusivity(year.model, run.channel)
    return [*([alone] if high > 0 else []), *([(dealing.beside, ())] if low < 1 else [])]


def _shares(year: Year, graph: Graph, merged: Groups) -> NDArray[np.float64]:
    return year.model.stack.operators[year.model.places[graph, merged]].by_length


def _together(each: Sequence[ReroutingSign]) -> ReroutingSign:
    told = {sign for sign in each if sign != "unmoved"}
    if not told:
        return "unmoved"
    return told.pop() if len(told) == 1 else "turns on the stakes"


def by_construction(year: Year, run: Run) -> list[int]:
    """For whom a channel has a sign by construction: 1 if it cannot lose by it, -1 if it cannot gain, 0 otherwise.

    That is so where rerouting, efficiency and the costs of links cannot pull against each other, whatever is at stake
    between pairs and whatever is drawn.
    """
    case, outcome = year.model.case, year.outcomes[run]
    displaced = case.channels[run.channel].displaces
    least, most = _efficiency(case, run.channel)
    before = _efficiency(case, year.arena.observed)
    alone = exclusivity(year.model, run.channel)[1] > 0 or displaced is None
    better = least >= before[1] or (not alone and displaced == year.arena.observed)
    worse = most <= before[0] and (displaced is None or _efficiency(case, displaced)[1] <= before[0])
    costly = case.network.link_cost.bounds[1] > 0
    beyond, links = _beyond_pairs(year, run), _more_links(year, run)
    found = []
    for at, sign in enumerate(rerouting_signs(year, run)):
        up = sign in ("never loses", "unmoved") and beyond[0, at] >= -NEAR and better
        down = sign in ("never gains", "unmoved") and beyond[1, at] <= NEAR and worse
        up, down = up and not (costly and links[1, at] > 0), down and not (costly and links[0, at] < 0)
        found.append((int(up) or -int(down)) if outcome.moved(at) else 0)
    return found


def _more_links(year: Year, run: Run) -> NDArray[np.float64]:
    """The least and the most by which a channel changes the links that each actor, or its organisation, keeps up."""
    import numpy as np

    dealing, old = year.arena.dealing(run.channel), year.arena.dealing(year.arena.observed)
    before = half_links(old.alone, old.alone, ())
    found = []
    for graph, merged in _graphs(year, dealing, run):
        change = half_links(graph, dealing.alone, merged) - before
        for group in merged:
            change[list(group)] = change[list(group)].sum()
        found.append(change)
    return np.stack([np.min(found, axis=0), np.max(found, axis=0)])


def _beyond_pairs(year: Year, run: Run) -> NDArray[np.float64]:
    """The least and the most that rerouting brings each actor on issues that pairs cannot settle, shape (2, actors)."""
    import numpy as np

    model = year.model
    dealing, old = year.arena.dealing(run.channel), year.arena.dealing(year.arena.observed)
    found = [np.zeros(year.arena.n)]
    for values in model.beyond_pairs.values():
        before = values[model.places[old.alone, ()]]
        for graph, merged in _graphs(year, dealing, run):
            change = values[model.places[graph, merged]] - before
            for group in merged:
                change[list(group)] = change[list(group)].sum()
            found.append(change)
    return np.stack([np.min(found, axis=0), np.max(found, axis=0)])


def _efficiency(case: Case, channel: str) -> tuple[float, float]:
    given = case.channels[channel].efficiency
    return given.bounds if given else (1.0, 1.0)


def rerouted(year: Year, channels: Sequence[str], names: Names) -> Finding:
    """What of the gains is rerouting, whose sign may be structural, and what is efficiency."""
    import polars as pl

    rows, structural = [], []
    for run in [run for run in year.model.runs if run.channel in channels]:
        outcome = year.outcomes[run]
        found = rerouting_signs(year, run)
        for at, actor in enumerate(year.arena.actors):
            rows.append(
                {
                    "channel": names.run(year.arena, run),
                    "actor": names.party(actor),
                    "rerouting": signed(outcome.rerouting[at]),
                    "for_any_stakes": found[at],
                    "efficiency": signed(outcome.efficiency[at]),
                    "links": signed(outcome.links[at]),
                    "gain": signed(outcome.mean[at]),
                }
            )
        structural.append(_told(year, run, found, names))
    return Finding(
        id="rerouting",
        title="What holds whatever is at stake",
        says=" ".join(structural)
        + " That is a property of the model and no evidence for any theory: a finding that only repeats it has been "
        "put in by whoever drew the graph. What is not structural is whether efficiency and the costs of links, which "
        "are assumed, make up for it.",
        see="Rerouting is what would change if the channel got as much done as the observed one; efficiency what comes "
        "of getting more done, or less, of what takes all members.",
        table=pl.DataFrame(rows),
        headers={
            "rerouting": "rerouting, %",
            "for_any_stakes": "rerouting, for any stakes",
            "efficiency": "efficiency, %",
            "links": "costs of links, %",
            "gain": "gain, %",
        },
        method=(
            "For pairs the value is linear in what they have at stake, so a gain by rerouting is a sum over pairs with "
            "fixed weights: if no weight is negative the actor cannot lose, whatever is at stake (computed here from "
            "the graphs, for decays from the lowest to the highest that the case allows, in steps). Where links of an "
            "actor are cut and nobody is cut off it cannot gain, by Myerson's (1977) fairness, for any superadditive "
            "game; what it loses others gain, if nothing is lost on longer ways. Signs for any stakes are those of "
            "pairs: issues that pairs cannot settle are not among them."
        ),
        rests_on=tuple(channels),
        structural=True,
    )


def _told(year: Year, run: Run, found: Sequence[ReroutingSign], names: Names) -> str:
    words: dict[ReroutingSign, str] = {
        "never gains": "never brings {} a gain",
        "never loses": "never brings {} a loss",
        "turns on the stakes": "brings {} a gain or a loss as the stakes are",
    }
    said = []
    for sign, phrase in words.items():
        called = [names.party(actor) for actor, its in zip(year.arena.actors, found, strict=True) if its == sign]
        others = [names.party(actor) for actor, its in zip(year.arena.actors, found, strict=True) if its != sign]
        if called and sign.startswith("never") and len(others) < MOST_BUT < len(called):
            said.append(phrase.format(f"anybody{' but ' + join_words(others) if others else ''}"))
        elif called:
            said.append(phrase.format(join_words(called, "or" if sign.startswith("never") else "and")))
    if not said:
        return f"{names.quoted(year.arena, run)}: rerouting moves nobody."
    return f"{names.quoted(year.arena, run)}: whatever is at stake, rerouting {join_words(said)}."
