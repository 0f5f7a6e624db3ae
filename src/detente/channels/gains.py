"""Who gains by which channel: values on every graph, put together into channels, for blocks of draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.case.schema import Case
from detente.channels.arena import Arena, players
from detente.channels.drawing import Drawing, actors_of, concerned, drawings, weighed
from detente.channels.operators import graphs, operator, stack
from detente.channels.technology import threshold_value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Form = Literal["hub", "collegiate"]
FORMS: tuple[Form, ...] = ("hub", "collegiate")
"""The two ways a channel between organisations is run: each through its leading member, or each as one."""


@dataclass(frozen=True)
class Run:
    """A channel, run one way."""

    channel: str
    form: Form


@dataclass(frozen=True)
class Block:
    """The values of one block of draws, as shares of all that is at stake across organisations."""

    values: dict[Run, Floats]
    """By channel and form, shape (issues, draws, actors), before the costs of links."""
    rerouting: dict[Run, Floats]
    """What would change if the channel got as much done as the observed one: shape (draws, actors)."""
    costs: dict[Run, Floats]
    """Of links, shape (draws, actors)."""
    brokerage: dict[Run, Floats]
    """What of its value an actor has for joining others, the mean over the draws, shape (actors,). The rest is its
    own part: it is one of those who gain."""
    at_stake: Floats
    """All that is at stake across organisations, shape (issues, draws), in the units of the case."""


class Model:
    """The channels of one year, ready to be run on draws."""

    def __init__(self, case: Case, arena: Arena):
        self.case, self.arena = case, arena
        self.issues = weighed(case)
        self.places = graphs(arena)
        self.stack = stack([operator(arena.n, graph, merged) for graph, merged in self.places])

    @cached_property
    def runs(self) -> list[Run]:
        """Every channel in every form in which it is another thing."""
        return [
            Run(dealing.channel, form)
            for dealing in self.arena.dealings
            for form in FORMS
            if form == "hub" or dealing.collegiate
        ]

    def run_of(self, channel: str, form: Form) -> Run:
        """A channel in a form, or the only way it has."""
        return Run(channel, form if self.arena.dealing(channel).collegiate else "hub")

    @cached_property
    def divisions(self) -> dict[tuple[int, ...], Floats]:
        """How each organisation that answers as one divides what it gains by that."""
        groups = {group for dealing in self.arena.dealings for group in dealing.merged}
        return {group: division(self.case, self.arena, group) for group in groups}

    @cached_property
    def _units(self) -> dict[str, Floats]:
        """On issues that pairs cannot settle, the value on every graph of what they are worth: (graphs, actors)."""
        import numpy as np

        found = {}
        for name in self.issues:
            if (technology := self.case.issues[name].technology) is not None:
                users = [one for end in technology.users for one in actors_of(self.case, self.arena, end)]
                providers = [one for end in technology.providers for one in actors_of(self.case, self.arena, end)]
                needed = min(technology.needed or len(providers), len(providers))
                found[name] = np.stack(
                    [
                        threshold_value(graph, players(self.arena.n, merged), users, providers, needed)[0]
                        for graph, merged in self.places
                    ]
                )
        return found

    def block(self, drawing: Drawing) -> Block:
        """The values of one block of draws."""
        import numpy as np

        amounts, joints, at_stake = [], [], []
        summed = np.zeros((2, drawing.draws, len(self.arena.across)))
        for name in self.issues:
            if name in self._units:
                stakes, unit = drawing.whole_of(name), self._units[name][:, None, :]
                amounts.append(stakes.amount * unit)
                joints.append(stakes.joint * unit)
                at_stake.append(stakes.amount[:, 0])
            else:
                stakes = drawing.pairs_of(name)
                amounts.append(self.stack.values(stakes.amount, drawing.decay))
                joints.append(self.stack.values(stakes.joint, drawing.decay))
                at_stake.append(stakes.amount[:, self.arena.across].sum(axis=1))
                summed[0] += stakes.amount
                summed[1] += stakes.joint
        all_at_stake = np.stack(at_stake)
        total = all_at_stake.sum(axis=0)[:, None]
        total = np.where(total > 0, total, 1.0)
        each = _OnGraphs(np.stack(amounts, axis=1) / total, np.stack(joints, axis=1) / total)
        mixing = _Mixing(self, drawing)
        observed = self.arena.observed
        bases = {form: mixing.values(self.run_of(observed, form), each, None) for form in FORMS}
        values, rerouting = {}, {}
        for run in self.runs:
            base = bases[run.form]
            values[run] = base if run.channel == observed else mixing.values(run, each, base)
            rerouting[run] = np.zeros_like(base[0])
            if run.channel != observed:
                summed_base = base.sum(axis=0)
                rerouting[run] = mixing.values(run, each.summed, summed_base, efficiency_of=observed) - summed_base
        return Block(
            values,
            rerouting,
            {run: mixing.costs(run) for run in self.runs},
            {run: mixing.brokerage(run, summed / total) + self._joining(values[run]) for run in self.runs},
            all_at_stake,
        )

    def _joining(self, values: Floats) -> Floats:
        """What actors have of issues that pairs cannot settle and that do not name them, the mean over the draws."""
        import numpy as np

        found = np.zeros(self.arena.n)
        for name in self._units:
            joining = np.ones(self.arena.n, dtype=bool)
            joining[concerned(self.case, self.arena, self.case.issues[name])] = False
            found += values[self.issues.index(name)].mean(axis=0) * joining
        return found

    def blocks(self, draws: int) -> Iterator[Block]:
        """The blocks that hold so many draws."""
        return (self.block(drawing) for drawing in drawings(self.case, self.arena, draws))


@dataclass(frozen=True)
class _OnGraphs:
    """Values on every graph, shape (graphs, issues, draws, actors), or without issues where they are summed."""

    amount: Floats
    """Of all that is at stake."""
    joint: Floats
    """Of what takes all members together."""

    @cached_property
    def summed(self) -> _OnGraphs:
        """Over all issues."""
        return _OnGraphs(self.amount.sum(axis=1), self.joint.sum(axis=1))


class _Mixing:
    """How the values on graphs make up channels, in one block of draws."""

    def __init__(self, model: Model, drawing: Drawing):
        self.model, self.drawing = model, drawing

    def _graphs(self, run: Run) -> list[tuple[int, Floats | float, tuple[tuple[int, ...], ...]]]:
        """The graphs of a channel: the place of each, its chance, and what answers as one in it."""
        dealing = self.model.arena.dealing(run.channel)
        alone = (dealing.as_one, dealing.merged) if run.form == "collegiate" and dealing.as_one else (dealing.alone, ())
        place = self.model.places[alone]
        if dealing.beside is None:
            return [(place, 1.0, alone[1])]
        chance = self.drawing.exclusivity(run.channel)[:, None]
        return [(place, chance, alone[1]), (self.model.places[dealing.beside, ()], 1 - chance, ())]

    def values(self, run: Run, on_graphs: _OnGraphs, base: Floats | None, efficiency_of: str | None = None) -> Floats:
        """What a channel gives each actor on each issue, shape (issues, draws, actors), or (draws, actors) if summed.

        Args:
            run: The channel and its form.
            on_graphs: The values on every graph.
            base: What each actor has in the observed channel; what an organisation gains beside that by answering as
                one is divided among its members. None to divide all that it has.
            efficiency_of: The channel whose efficiency counts, if not its own.
        """
        import numpy as np

        lost = (1 - self.drawing.efficiency(efficiency_of or run.channel))[:, None]
        found: Floats | None = None
        for place, chance, merged in self._graphs(run):
            value = lost * on_graphs.joint[place]
            np.subtract(on_graphs.amount[place], value, out=value)
            for group in merged:
                members = list(group)
                before = 0.0 if base is None else base[..., members]
                gained = value[..., members].sum(axis=-1, keepdims=True)
                if base is not None:
                    gained = gained - base[..., members].sum(axis=-1, keepdims=True)
                value[..., members] = before + gained * self.model.divisions[group]
            value *= chance
            found = value if found is None else found + value
        assert found is not None
        return found

    def costs(self, run: Run) -> Floats:
        """What links cost each actor, who bears half of each of its own."""
        import numpy as np

        found = np.zeros((self.drawing.draws, self.model.arena.n))
        alone = self.model.arena.dealing(run.channel).alone
        for place, chance, merged in self._graphs(run):
            graph = self.model.stack.operators[place].graph
            half = np.bincount([end for link in graph.links for end in link], minlength=graph.n) / 2
            for group in merged:
                within = len(alone.restricted(sum(1 << member for member in group)).links)
                half[list(group)] = (half[group[0]] + within) * self.model.divisions[group]
            found += chance * half
        return found * self.drawing.link_cost[:, None]

    def brokerage(self, run: Run, summed: Floats) -> Floats:
        """What an actor has for joining others who gain; the mean over the draws, shape (actors,).

        Args:
            run: The channel and its form.
            summed: What pairs have at stake in all, and what of it takes all members together.
        """
        import numpy as np

        lost = (1 - self.drawing.efficiency(run.channel))[:, None]
        amount = summed[0] - lost * summed[1]
        found = np.zeros(self.model.arena.n)
        powers = self.drawing.decay[:, None] ** np.arange(self.model.stack.lengths)
        for place, chance, merged in self._graphs(run):
            one = self.model.stack.operators[place]
            mean = np.stack([(powers[:, [at]] * chance * amount).mean(axis=0) for at in range(len(one.by_length))])
            joining = (one.by_length * mean[:, None, :] * ~one.own).sum(axis=(0, 2))
            for group in merged:
                joining[list(group)] = joining[group[0]] * self.model.divisions[group]
            found += joining
        return found


def division(case: Case, arena: Arena, group: Sequence[int]) -> Floats:
    """How an organisation divides what it gains as one: by the shares that say so, else equally."""
    import numpy as np

    names = [arena.actors[member] for member in group]
    belongs = [arena.belongs[member] for member in group]
    common = [name for name in case.organisations if all(name in each for each in belongs)]
    for name in common:
        for shares in case.organisations[name].shares:
            if shares.divides:
                held = np.array([shares.held.get(member, shares.others or 0) for member in names], dtype=float)
                if held.sum() > 0:
                    divided: Floats = held / held.sum()
                    return divided
    return np.full(len(names), 1 / len(names))
