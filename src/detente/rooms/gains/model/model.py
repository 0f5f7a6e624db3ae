"""Who gains by which channel: values on every graph, put together into channels, for blocks of draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.methods.networks.aggregation_technology import threshold_myerson_value
from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.gravity_stakes import IssueStakes
from detente.methods.networks.gravity_stakes import compute_issue_stakes as at_stake_of
from detente.rooms.gains.model.actor_network import Arena, Groups, players
from detente.rooms.gains.model.channel_mixture import Mixture, OnGraphs, Part
from detente.rooms.gains.model.draws import Drawing, actors_of, concerned, drawings, weighed
from detente.rooms.gains.model.graph_operators import Operator, Stack, graphs, operator
from detente.rooms.gains.model.internal_division import division
from detente.text.english import count_noun

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
class Plain:
    """What is at stake without any grave threat, and what would be with one that all feel in full."""

    at_stake: Floats
    """By issue, shape (issues, draws), in the units of the case."""
    of_actors: Floats
    """What each actor has at stake across organisations, on all issues, shape (draws, actors)."""
    grave: OnGraphs
    """The values under a grave threat, summed over issues: shape (graphs, draws, actors)."""
    at_stake_grave: Floats
    """All that would be at stake then, shape (draws,)."""

    @cached_property
    def total(self) -> Floats:
        """All that is at stake, shape (draws,), never 0."""
        import numpy as np

        whole = self.at_stake.sum(axis=0)
        return np.where(whole > 0, whole, 1.0)


@dataclass(frozen=True)
class Block:
    """The values of one block of draws, as shares of all that is at stake across organisations."""

    model: Model
    mixtures: dict[Run, Mixture]
    on_graphs: OnGraphs
    summed: tuple[Floats, Floats]
    """What pairs have at stake on all issues, and what of it takes all members together."""
    at_stake: Floats
    """All that is at stake across organisations, shape (issues, draws), in the units of the case."""
    numbers: dict[str, Floats]
    """The numbers drawn, by path, each of shape (draws,)."""
    plain: Plain

    def _base(self, run: Run) -> Run:
        return self.model.run_of(self.model.arena.observed, run.form)

    @cached_property
    def grave_values(self) -> dict[Run, Floats]:
        """The values under a grave threat that all feel, after the costs of links, in the units of the case.

        By channel and form, shape (draws, actors).
        """
        first = dict.fromkeys(map(self._base, self.mixtures))
        bases = {run: self.mixtures[run].values(self.plain.grave, None) for run in first}
        return {
            run: (bases[run] if run in bases else mixture.values(self.plain.grave, bases[self._base(run)]))
            - self.costs[run] * self.at_stake.sum(axis=0)[:, None]
            for run, mixture in self.mixtures.items()
        }

    @cached_property
    def values(self) -> dict[Run, Floats]:
        """By channel and form, shape (issues, draws, actors), before the costs of links."""
        bases = {
            run: self.mixtures[run].values(self.on_graphs, None)
            for run in dict.fromkeys(map(self._base, self.mixtures))
        }
        return {
            run: bases[run] if run in bases else mixture.values(self.on_graphs, bases[self._base(run)])
            for run, mixture in self.mixtures.items()
        }

    @cached_property
    def rerouting(self) -> dict[Run, Floats]:
        """What would change if the channel got as much done as the observed one: shape (draws, actors)."""
        summed = self.on_graphs.summed
        found = {}
        for run, mixture in self.mixtures.items():
            observed = self.mixtures[self._base(run)]
            base = observed.values(summed, None)
            same = run == self._base(run)
            found[run] = 0 * base if same else mixture.values(summed, base, observed.efficiency) - base
        return found

    @cached_property
    def costs(self) -> dict[Run, Floats]:
        """Of links, shape (draws, actors): they do not grow with what a threat adds to the stakes."""
        import numpy as np

        whole = self.at_stake.sum(axis=0)
        calm = (self.plain.total / np.where(whole > 0, whole, 1.0))[:, None]
        bases = {run: self.mixtures[run].costs(None) for run in dict.fromkeys(map(self._base, self.mixtures))}
        return {
            run: calm * (bases[run] if run in bases else mixture.costs(bases[self._base(run)]))
            for run, mixture in self.mixtures.items()
        }

    def brokerage(self, count: int) -> dict[Run, Floats]:
        """What of its value an actor has for joining others, the mean over the first draws, shape (actors,).

        The rest is its own part: it is one of those who gain.
        """
        import numpy as np

        joint = np.zeros_like(self.summed[0])
        joint[:, self.model.arena.across] = self.summed[1]
        both = np.stack([self.summed[0], joint])
        return {
            run: mixture.brokerage(both, count) + self._joining(run, count) for run, mixture in self.mixtures.items()
        }

    def _joining(self, run: Run, count: int) -> Floats:
        """What actors have of issues that pairs cannot settle and that do not name them, the mean over the draws."""
        import numpy as np

        model = self.model
        found = np.zeros(model.arena.n)
        for name in model.beyond_pairs:
            joining = np.ones(model.arena.n, dtype=bool)
            joining[concerned(model.case, model.arena, model.case.issues[name])] = False
            found += self.values[run][model.issues.index(name), :count].mean(axis=0) * joining
        return found


AtStake = tuple[OnGraphs, tuple["Floats", "Floats"], "Floats", Plain]
"""What is at stake in a block of draws: values on every graph, what pairs have, all of it by issue, and what would be
without a threat and with a grave one."""
AT_STAKE = ("issues", "network", "threat")
"""The parts of a case with numbers on which it hangs what is at stake."""
MOST_KEPT = 1_000
"""Pairs, up to which what is at stake is kept for the next who asks."""


class Model:
    """The channels of one year, ready to be run on draws."""

    def __init__(self, case: Case, arena: Arena):
        self.case, self.arena = case, arena
        self.issues = weighed(case)
        self._kept: tuple[dict[str, Estimate], dict[tuple[int, ...], AtStake]] = {}, {}
        self.places = graphs(arena)
        seed = case.network.seed
        operators = tuple(operator(arena.n, graph, merged, seed) for graph, merged in self.places)
        self.stack = Stack(operators, arena.across)

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
        return {
            group: division(self.case, self.arena, name, group)
            for dealing in self.arena.dealings
            for group, name in zip(dealing.merged, dealing.organisations, strict=True)
        }

    @cached_property
    def exactness(self) -> str:
        """How the values were had: exactly on all graphs, or on how many they were estimated, and how closely."""
        sampled = [one.error for one in self.stack.operators if one.way == "sampled"]
        errors = [*sampled, *(error for _, error in self._units.values() if error > 0)]
        if not errors:
            return f"Here they are exact on all {count_noun(len(self.places), 'graph')}."
        what = f"on {len(sampled)} of {len(self.places)} graphs" if sampled else "of issues that pairs cannot settle"
        how = f"by drawing orders of arrival, with standard errors of shares up to {max(errors):.2g}"
        return f"Here values {what} are estimated {how}."

    @property
    def beyond_pairs(self) -> dict[str, Floats]:
        """By issue that pairs cannot settle, its value on every graph if it is worth 1: shape (graphs, actors)."""
        return {name: value for name, (value, _) in self._units.items()}

    @cached_property
    def _units(self) -> dict[str, tuple[Floats, float]]:
        """On issues that pairs cannot settle, the value on every graph of what they are worth, and its error.

        Shape (graphs, actors).
        """
        import numpy as np

        found = {}
        for name in self.issues:
            if (technology := self.case.issues[name].technology) is not None:
                users = self._actors(technology.users)
                providers = self._actors(technology.providers)
                needed = technology.needed or len(providers)
                each = [
                    threshold_myerson_value(graph, players(self.arena.n, merged), users, providers, needed)
                    for graph, merged in self.places
                ]
                found[name] = (np.stack([value for value, _ in each]), max(error for _, error in each))
        return found

    def users(self, issue: str) -> int:
        """How many actors have the gain on an issue that pairs cannot settle."""
        technology = self.case.issues[issue].technology
        return len(self._actors(technology.users)) if technology else 0

    def _actors(self, parties: list[str]) -> list[int]:
        """The actors that some parties stand for, each once."""
        return sorted({one for party in parties for one in actors_of(self.case, self.arena, party)})

    def block(self, drawing: Drawing) -> Block:
        """The values of one block of draws."""
        each, summed, at_stake, plain = self._at_stake(drawing)
        mixtures = {run: self._mixed(drawing, run) for run in self.runs}
        return Block(self, mixtures, each, summed, at_stake, drawing.numbers, plain)

    def _at_stake(self, drawing: Drawing) -> AtStake:
        """What is at stake in a block of draws, and what that comes to on every graph.

        Where other estimates are put in the place of some numbers, none of which it hangs on, it is what it was for
        the others before: the greatest part of the work of asking what else is so much likelier.
        """
        if not drawing.instead or len(self.arena.across) > MOST_KEPT:
            return self._worked_out(drawing)
        changed = {path: put for path, put in drawing.instead.items() if path.split(".")[0] in AT_STAKE}
        if changed != self._kept[0]:
            self._kept = changed, {}
        kept, key = self._kept[1], (drawing.block, *drawing.part)
        if key not in kept:
            kept[key] = self._worked_out(drawing)
        return kept[key]

    def _worked_out(self, drawing: Drawing) -> AtStake:
        import numpy as np

        shape = (len(self.places), len(self.issues), drawing.draws, self.arena.n)
        each = OnGraphs(np.empty(shape), np.empty(shape))
        at_stake = np.empty(shape[1:3])
        across = self.arena.across
        summed = (np.zeros((drawing.draws, len(across))), np.zeros((drawing.draws, int(across.sum()))))
        grave = OnGraphs(np.zeros((shape[0], *shape[2:])), np.zeros((shape[0], *shape[2:])))
        plain = Plain(np.empty(shape[1:3]), np.zeros(shape[2:]), grave, np.zeros(drawing.draws))
        for at, name in enumerate(self.issues):
            if name in self._units:
                self._beyond(drawing, name, at, each, at_stake, plain)
                continue
            weight, numbers = drawing.weight_of(name), drawing.numbers_of(name)
            stakes = at_stake_of(weight, *numbers, drawing.threat, across)
            self._values(drawing, weight, numbers, stakes, (each.amount[:, at], each.joint[:, at]), grave)
            self._plainly(weight, numbers, at, plain, drawing.threat_within)
            at_stake[at] = stakes.amount @ self.arena.counted
            summed[0][:] += stakes.amount
            summed[1][:] += stakes.joint_amount
        total = at_stake.sum(axis=0)[:, None]
        total[total <= 0] = 1.0
        for part in (each.amount, each.joint, *summed):
            part /= total
        return each, summed, at_stake, plain

    def _beyond(self, drawing: Drawing, name: str, at: int, each: OnGraphs, at_stake: Floats, plain: Plain) -> None:
        """Works out an issue that pairs cannot settle."""
        import numpy as np

        unit = self._units[name][0][:, None, :]
        stakes = drawing.whole_of(name)
        each.amount[:, at], each.joint[:, at] = stakes.amount * unit, stakes.joint_amount * unit
        users = self.users(name)
        at_stake[at] = stakes.amount[:, 0] * users
        calm, grave = (drawing.whole_of(name, np.full((1, 1), felt)) for felt in (0.0, 1.0))
        plain.grave.amount[:] += grave.amount * unit
        plain.grave.joint[:] += grave.joint_amount * unit
        plain.at_stake[at] = calm.amount[:, 0] * users
        plain.at_stake_grave[:] += grave.amount[:, 0] * users
        technology = self.case.issues[name].technology
        plain.of_actors[:, self._actors(technology.users if technology else [])] += calm.amount

    def _values(
        self,
        drawing: Drawing,
        weight: Floats,
        numbers: tuple[Floats, Floats, Floats],
        stakes: IssueStakes,
        into: tuple[Floats, Floats],
        grave: OnGraphs,
    ) -> None:
        """The values of an issue on every graph, as it is and under a grave threat that all feel.

        Values are linear in what pairs have at stake, and without a threat what takes all members is the same share of
        it for every pair: so values of what pairs weigh, across organisations and within, are all that is needed.
        """
        across = self.arena.across
        sigma, added, part = (one[:, None] for one in numbers)
        beyond = self.stack.values(weight[:, across], drawing.decay, "across")
        within = self.stack.values(weight[:, ~across], drawing.decay, "within")
        if drawing.threat is None:
            into[0][:] = sigma * (beyond + within)
            into[1][:] = part * sigma * beyond
        else:
            into[0][:] = self.stack.values(stakes.amount, drawing.decay)
            into[1][:] = self.stack.values(stakes.joint_amount, drawing.decay, "across")
        grave.amount[:] += (sigma + added) * beyond + (sigma + added * drawing.threat_within[:, None]) * within
        grave.joint[:] += (part * sigma + added) * beyond

    def _plainly(
        self, weight: Floats, numbers: tuple[Floats, Floats, Floats], at: int, plain: Plain, within: Floats
    ) -> None:
        """Adds up what is at stake on an issue without a threat, and with a grave one."""
        sigma, added, _ = numbers
        whole = weight @ self.arena.counted
        plain.at_stake[at] = sigma * whole
        across = bool(self.arena.across.any())
        plain.at_stake_grave[:] += (sigma + (added if across else added * within)) * whole
        plain.of_actors[:] += sigma[:, None] * (weight @ self._ends)

    @cached_property
    def _ends(self) -> Floats:
        """Which actors the pairs that are counted are of, shape (pairs, actors)."""
        import numpy as np

        found = np.zeros((len(self.arena.across), self.arena.n))
        each = np.arange(len(self.arena.across))
        for end in pair_indices(self.arena.n):
            found[each, end] = self.arena.counted
        return found

    def _mixed(self, drawing: Drawing, run: Run) -> Mixture:
        """The graphs that a channel may come to in a block of draws, with their chances and efficiencies."""
        import numpy as np

        dealing = self.arena.dealing(run.channel)
        displaced = self.case.channels[run.channel].displaces
        efficiency = drawing.efficiency(run.channel)[:, None]
        as_one = run.form == "collegiate" and dealing.as_one is not None
        alone = (dealing.as_one, dealing.merged) if as_one and dealing.as_one else (dealing.alone, ())
        parts = [Part(self._operator(*alone), self.places[alone], 1.0, efficiency, alone[1])]
        if dealing.beside is not None:
            chance = drawing.exclusivity(run.channel)[:, None]
            # Where the links survive, what takes all members is done through whichever gets more of it done.
            better = np.maximum(efficiency, drawing.efficiency(displaced)[:, None]) if displaced else efficiency
            place = self.places[dealing.beside, ()]
            beside = Part(self.stack.operators[place], place, 1 - chance, better, ())
            parts = [replace(parts[0], chance=chance), beside]
        return Mixture(tuple(parts), dealing.alone, self.divisions, drawing.decay, drawing.link_cost)

    def _operator(self, graph: Graph, merged: Groups) -> Operator:
        return self.stack.operators[self.places[graph, merged]]

    def blocks(self, draws: int) -> Iterator[Block]:
        """The blocks that hold so many draws."""
        return (self.block(drawing) for drawing in drawings(self.case, self.arena, draws))
