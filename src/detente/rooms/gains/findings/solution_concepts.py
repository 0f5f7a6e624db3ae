"""The finding on robustness: the same gains by other values, other decays, other players."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import shapley_value, weighted_shapley_value
from detente.methods.networks.communication_graph import Graph, Link
from detente.methods.networks.network_formation import (
    MAX_LINKS,
    MAX_PLAYERS_FOR_VALUES,
    pairwise_network_worth,
    path_lengths,
    position_value,
    subnetwork_masks,
)
from detente.results.finding import Finding, Robustness
from detente.rooms.gains.findings.labels import Names, signed
from detente.rooms.gains.findings.text import parts_of
from detente.rooms.gains.model.actor_network import Arena, Groups
from detente.rooms.gains.model.build_network import Inside
from detente.rooms.gains.model.build_network import arena as arena_of
from detente.rooms.gains.model.draws import Drawing
from detente.rooms.gains.model.model import Model, Run
from detente.rooms.gains.model.point_estimates import central, on_players
from detente.rooms.gains.model.results import Year
from detente.text.english import join_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Value = Callable[[Graph, Groups, Floats], Floats]

NEAR = 5e-5
"""Gains below this are no gain either way: they would be printed as 0."""


@dataclass(frozen=True)
class Way:
    """One way of working out a channel's gains at the central estimates."""

    title: str
    gains: Floats
    """Before the costs of links, shape (actors,)."""


def other_ways(year: Year, channel: str, names: Names) -> Finding:
    """The gains by a channel at the central estimates, by other concepts and with other players."""
    import polars as pl

    leading, rest = parts_of(year)
    groups = [(names.party(year.arena.actors[at]), [at]) for at in leading]
    if rest:
        groups.append(("the others" if len(rest) > 1 else names.party(year.arena.actors[rest[0]]), rest))
    rows, turned = [], []
    for form in year.forms(channel):
        run = Run(channel, form)
        ways = list(_ways(year, run))
        own = ways[0].gains
        for way in ways:
            row: dict[str, object] = {"run": names.form(year.arena, run), "worked_out": way.title}
            for called, group in groups:
                low, high = float(way.gains[group].min()), float(way.gains[group].max())
                row[called] = signed(low) if high - low < NEAR else f"{signed(low)} to {signed(high)}"
            rows.append(row)
            other = [called for called, group in groups if _turns(own[group], way.gains[group])]
            if other:
                turned.append(f"{way.title}, {names.form(year.arena, run)}: {join_words(other)}")
    says = "At the central estimates every sign is the same by all these ways of dividing the same stakes."
    if turned:
        says = f"At the central estimates somebody's gain has another sign by some ways: {'; '.join(turned)}."
    says += " Efficiency, exclusivity and the costs of links, which are assumed, are not varied here."
    return Finding(
        id=f"otherwise-{channel}",
        title=f"By other concepts: {names.channel(channel)}",
        says=says,
        see="Gains before the costs of links, in per cent of all that is at stake, without issues that pairs cannot "
        "settle. Where an organisation is taken as its members more is at stake in all, so only signs compare.",
        table=pl.DataFrame(rows),
        headers={"run": "run", "worked_out": "worked out"},
        method=(
            "The position value gives each link its Shapley value among links, half of it to either end (Borm, Owen "
            "and Tijs 1992). Weighted by capability, coalitions divide what they add in proportion to it (Kalai and "
            "Samet 1987); such a value need not grow with a weight (Kongo 2007), so it is no default. Links that a "
            "channel displaces may survive one by one instead of all together (Calvo, Lasaga and van den Nouweland "
            "1999). An organisation that is one player may be taken as its members, with their own capabilities, and "
            "dealing through the one that leads; their gains are added up."
        ),
        rests_on=(channel,),
        robustness=Robustness("moderate", says) if turned else Robustness("descriptive"),
    )


def _turns(own: Floats, other: Floats) -> bool:
    return bool(((own > NEAR) & (other < -NEAR) | (own < -NEAR) & (other > NEAR)).any())


def _ways(year: Year, run: Run) -> Iterator[Way]:
    model = year.model
    central_ = _Central(model, run)
    yield Way("Myerson value", central_.myerson(central_.decay))
    for decay in (1.0, 0.9, 0.7):
        yield Way(f"each further link leaves {decay:g}", central_.myerson(decay))
    if central_.countable:
        yield Way("position value", central_.position())
        for power in (0.5, 1.0):
            yield Way(f"Myerson value, weighted by capability to the power {power:g}", central_.weighted(power))
        if central_.surviving and run.form == "hub":
            yield Way("links survive one by one", central_.one_by_one())
    if central_.merged:
        yield Way("what is gained as one divided equally", central_.equally())
    for organisation in model.case.network.as_one:
        linked: tuple[tuple[Inside, str], ...] = (("star", "around the member that leads"), ("clique", "all linked"))
        for how, told in linked:
            opened = arena_of(model.case, model.arena.year, {organisation: how})
            if opened.n > model.arena.n:
                found = _Central(Model(model.case, opened), run).myerson(central_.decay)
                label = model.case.organisations[organisation].label
                title = f"{label} as its {len(opened.of(organisation))} members, {told}"
                yield Way(title, _summed(model.arena, opened, found))


def _summed(arena: Arena, opened: Arena, gains: Floats) -> Floats:
    """The gains of members added up to those of the organisation that is one player."""
    import numpy as np

    return np.array(
        [
            gains[opened.actors.index(actor)] if actor in opened.actors else gains[opened.of(actor)].sum()
            for actor in arena.actors
        ]
    )


@dataclass(frozen=True)
class _Part:
    """A graph that a channel may come to, with its chance and what pairs have through it."""

    graph: Graph
    chance: float
    merged: Groups
    amount: Floats


class _Central:
    """A channel at the central estimates: what pairs have through it and through the observed one."""

    def __init__(self, model: Model, run: Run):
        self.model, self.arena = model, model.arena
        self.n = model.arena.n
        self.dealing = self.arena.dealing(run.channel)
        self.observed = self.arena.dealing(self.arena.observed).alone
        self.before, self.decay = central(model, self.arena.observed)
        self.merged = self.dealing.merged if run.form == "collegiate" else ()
        alone = self.dealing.as_one if self.merged and self.dealing.as_one else self.dealing.alone
        drawing = Drawing(model.case, self.arena, 0, certain=True)
        displaced = model.case.channels[run.channel].displaces
        chance = float(drawing.exclusivity(run.channel)[0]) if self.dealing.beside else 1.0
        self.parts = [_Part(alone, chance, self.merged, central(model, run.channel)[0])]
        if self.dealing.beside and displaced:
            both = central(model, run.channel, displaced)[0]
            self.parts.append(_Part(self.dealing.beside, 1 - chance, (), both))

    def _gains(self, value: Value, divisions: Mapping[tuple[int, ...], Floats] | None = None) -> Floats:
        """Gains beside the observed channel, by some way of giving each actor its value on a graph."""
        base = value(self.observed, (), self.before)
        found = -base
        for part in self.parts:
            each = value(part.graph, part.merged, part.amount)
            for group in part.merged:
                members = list(group)
                gained = each[members].sum() - base[members].sum()
                each[members] = base[members] + gained * (divisions or self.model.divisions)[group]
            found = found + part.chance * each
        return found

    def myerson(self, decay: float) -> Floats:
        """By the Myerson value."""
        return self._gains(self._myerson(decay))

    def _myerson(self, decay: float) -> Value:
        import numpy as np

        def value(graph: Graph, merged: Groups, amount: Floats) -> Floats:
            shares = self.model.stack.operators[self.model.places[graph, merged]].by_length
            found: Floats = np.tensordot(decay ** np.arange(len(shares)), shares, 1) @ amount
            return found

        return value

    def equally(self) -> Floats:
        """By the Myerson value, what is gained as one being divided equally."""
        import numpy as np

        equal = {group: np.full(len(group), 1 / len(group)) for group in self.model.divisions}
        return self._gains(self._myerson(self.decay), equal)

    def weighted(self, power: float) -> Floats:
        """By the Myerson value weighted by capabilities to a power."""
        import numpy as np

        able = np.maximum(np.array(self.arena.capability), 1e-12)

        def value(graph: Graph, merged: Groups, amount: Floats) -> Floats:
            laid, own = on_players(self.n, amount, merged)
            behind = able.copy()
            for group in merged:
                behind[group[0]] = able[list(group)].sum()
            worth = pairwise_network_worth(path_lengths(self.n, graph.links), laid, self.decay)
            return weighted_shapley_value(worth[subnetwork_masks(self.n, graph.links)], behind**power) + own

        return self._gains(value)

    def position(self) -> Floats:
        """By the position value."""

        def value(graph: Graph, merged: Groups, amount: Floats) -> Floats:
            laid, own = on_players(self.n, amount, merged)
            worth = pairwise_network_worth(path_lengths(self.n, graph.links), laid, self.decay)
            return position_value(self.n, graph.links, worth) + own

        return self._gains(value)

    @property
    def countable(self) -> bool:
        """Whether all networks of each graph can be listed."""
        every = [self.observed, *(part.graph for part in self.parts)]
        return self.n <= MAX_PLAYERS_FOR_VALUES and all(len(graph.links) <= MAX_LINKS for graph in every)

    @property
    def surviving(self) -> list[Link]:
        """The links that may or may not survive."""
        return sorted(set(self.dealing.beside.links) - set(self.dealing.alone.links)) if self.dealing.beside else []

    def one_by_one(self) -> Floats:
        """By the Myerson value if each displaced link survives by itself, and the channel is as efficient as alone."""
        import numpy as np

        assert self.dealing.beside is not None
        links = self.dealing.beside.links
        network = np.arange(2 ** len(links))
        weight = np.ones(len(network))
        for index, link in enumerate(links):
            survives = 1 - self.parts[0].chance if link in self.surviving else 1.0
            weight *= np.where(network >> index & 1, survives, 1 - survives)
        worth = pairwise_network_worth(path_lengths(self.n, links), self.parts[0].amount, self.decay)
        expected = np.array([weight @ worth[network & left] for left in subnetwork_masks(self.n, links).tolist()])
        return shapley_value(expected) - self._myerson(self.decay)(self.observed, (), self.before)
