"""The finding on robustness: the same gains by other values, other decays, other players."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.channels.arena import Arena
from detente.channels.central import central
from detente.channels.coalitions import shapley, weighted_shapley
from detente.channels.drawing import Drawing
from detente.channels.gains import Model, Run
from detente.channels.graph import Graph, Link, pairs
from detente.channels.names import Names, signed
from detente.channels.networks import MOST_LINKS, inside, lengths, pair_worth, position_value
from detente.channels.operators import Operator
from detente.channels.results import Year
from detente.channels.telling import parts_of
from detente.channels.translation import Inside
from detente.channels.translation import arena as arena_of
from detente.section import Finding, Robustness
from detente.words import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_PLAYERS = 14
"""Actors up to which values over all coalitions are worked out."""
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
        groups.append(("each other member" if len(rest) > 1 else names.party(year.arena.actors[rest[0]]), rest))
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
                turned.append(f"{way.title}, {names.form(year.arena, run)}: {listed(other)}")
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


class _Central:
    """A channel at the central estimates: what pairs have through it and through the observed one."""

    def __init__(self, model: Model, run: Run):
        self.model, self.run, self.arena = model, run, model.arena
        self.after, self.decay = central(model, run.channel)
        self.before, _ = central(model, self.arena.observed)
        self.dealing = self.arena.dealing(run.channel)
        self.old = self.arena.dealing(self.arena.observed)
        self.merged = self.dealing.merged if run.form == "collegiate" else ()
        alone = self.dealing.as_one if self.merged and self.dealing.as_one else self.dealing.alone
        drawing = Drawing(model.case, self.arena, 0, certain=True)
        chance = float(drawing.exclusivity(run.channel)[0]) if self.dealing.beside else 1.0
        self.chance = chance
        self.divisions = dict(model.divisions)
        self.graphs: list[tuple[Graph, float, tuple[tuple[int, ...], ...]]] = [(alone, chance, self.merged)]
        if self.dealing.beside:
            self.graphs.append((self.dealing.beside, 1 - chance, ()))

    def _operator(self, graph: Graph, merged: tuple[tuple[int, ...], ...]) -> Operator:
        place = self.model.places[graph, merged]
        return self.model.stack.operators[place]

    def _gains(self, values: Sequence[Floats], base: Floats) -> Floats:
        """Gains from the values on each graph of the channel."""
        found = -base
        for value, (_, chance, merged) in zip(values, self.graphs, strict=True):
            for group in merged:
                members = list(group)
                gained = value[members].sum() - base[members].sum()
                value[members] = base[members] + gained * self.divisions[group]
            found = found + chance * value
        return found

    def myerson(self, decay: float) -> Floats:
        """Gains by the Myerson value."""
        base = self._value(self.old.alone, (), self.before, decay)
        return self._gains([self._value(graph, merged, self.after, decay) for graph, _, merged in self.graphs], base)

    def _value(self, graph: Graph, merged: tuple[tuple[int, ...], ...], amount: Floats, decay: float) -> Floats:
        import numpy as np

        shares = self._operator(graph, merged).by_length
        found: Floats = np.tensordot(decay ** np.arange(len(shares)), shares, 1) @ amount
        return found

    def equally(self) -> Floats:
        """Gains by the Myerson value if what is gained as one is divided equally."""
        import numpy as np

        self.divisions = {group: np.full(len(group), 1 / len(group)) for group in self.divisions}
        found = self.myerson(self.decay)
        self.divisions = dict(self.model.divisions)
        return found

    def weighted(self, power: float) -> Floats:
        """Gains by the Myerson value weighted by capabilities to a power."""
        import numpy as np

        able = np.maximum(np.array(self.arena.capability), 1e-12)

        def value(graph: Graph, merged: tuple[tuple[int, ...], ...], amount: Floats) -> Floats:
            laid, own = _merged(self.arena.n, amount, merged)
            behind = able.copy()
            for group in merged:
                behind[group[0]] = able[list(group)].sum()
            worth = pair_worth(lengths(self.arena.n, graph.links), laid, self.decay)
            return weighted_shapley(worth[inside(self.arena.n, graph.links)], behind**power) + own

        base = value(self.old.alone, (), self.before)
        return self._gains([value(graph, merged, self.after) for graph, _, merged in self.graphs], base)

    @property
    def countable(self) -> bool:
        """Whether all networks of each graph can be listed."""
        every = [self.old.alone, *(graph for graph, _, _ in self.graphs)]
        return self.arena.n <= MOST_PLAYERS and all(len(graph.links) <= MOST_LINKS for graph in every)

    @property
    def surviving(self) -> list[Link]:
        """The links that may or may not survive."""
        return sorted(set(self.dealing.beside.links) - set(self.dealing.alone.links)) if self.dealing.beside else []

    def position(self) -> Floats:
        """Gains by the position value."""

        def value(graph: Graph, merged: tuple[tuple[int, ...], ...], amount: Floats) -> Floats:
            laid, own = _merged(self.arena.n, amount, merged)
            worth = pair_worth(lengths(self.arena.n, graph.links), laid, self.decay)
            return position_value(self.arena.n, graph.links, worth) + own

        base = value(self.old.alone, (), self.before)
        return self._gains([value(graph, merged, self.after) for graph, _, merged in self.graphs], base)

    def one_by_one(self) -> Floats:
        """Gains by the Myerson value if each displaced link survives by itself."""
        import numpy as np

        assert self.dealing.beside is not None
        n, links = self.arena.n, self.dealing.beside.links
        network = np.arange(2 ** len(links))
        weight = np.ones(len(network))
        for index, link in enumerate(links):
            survives = 1 - self.chance if link in self.surviving else 1.0
            weight *= np.where(network >> index & 1, survives, 1 - survives)
        worth = pair_worth(lengths(n, links), self.after, self.decay)
        expected = np.array([weight @ worth[network & left] for left in inside(n, links).tolist()])
        return shapley(expected) - self._value(self.old.alone, (), self.before, self.decay)


def _merged(n: int, amount: Floats, merged: tuple[tuple[int, ...], ...]) -> tuple[Floats, Floats]:
    """What pairs of players have, where groups of actors are one player; and what such players have of themselves."""
    import numpy as np

    i, j = pairs(n)
    square = np.zeros((n, n))
    square[i, j] = amount
    square += square.T
    own = np.zeros(n)
    for group in merged:
        members = list(group)
        own[group[0]] = square[np.ix_(members, members)].sum() / 2
        square[group[0]] = square[members].sum(axis=0)
        square[:, group[0]] = square[:, members].sum(axis=1)
        others = members[1:]
        square[others] = square[:, others] = 0
        square[group[0], group[0]] = 0
    return square[i, j], own
