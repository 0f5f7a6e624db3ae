"""What a year's draws come to: who gains by each channel, by how much, how often, and through what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.rooms.gains.model.actor_network import Arena
from detente.rooms.gains.model.draws import Drawing
from detente.rooms.gains.model.model import FORMS, Block, Form, Model, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEAR = 1e-9
"""Shares of all that is at stake that are nothing but rounding."""
SURE = 0.95
"""The share of draws from which an actor is said to gain, or to lose."""


@dataclass(frozen=True)
class Outcome:
    """What a channel, run one way, brings each actor beside the observed one: shares of all that is at stake."""

    gains: Floats
    """Shape (draws, actors)."""
    rerouting: Floats
    """Of that, what would change if the channel got as much done as the observed one; mean, shape (actors,)."""
    links: Floats
    """Of that, what is saved on links, or spent on more of them; mean, shape (actors,)."""
    by_issue: Floats
    """Before the costs of links; mean, shape (issues, actors)."""
    value: Floats
    """All that an actor has, before the costs of links; mean, shape (actors,)."""
    brokerage: Floats
    """Of that, what it has for joining others; mean, shape (actors,)."""

    @property
    def efficiency(self) -> Floats:
        """Of the gains, what comes of getting more done, or less, of what takes all members; mean, shape (actors,)."""
        return self.mean - self.rerouting - self.links

    @cached_property
    def mean(self) -> Floats:
        """The mean gain, shape (actors,)."""
        found: Floats = self.gains.mean(axis=0)
        return found

    @cached_property
    def often(self) -> Floats:
        """In which share of the draws each actor gains."""
        found: Floats = (self.gains > NEAR).mean(axis=0)
        return found

    @cached_property
    def loses(self) -> Floats:
        """In which share of the draws each actor loses."""
        found: Floats = (self.gains < -NEAR).mean(axis=0)
        return found

    def sign(self, actor: int) -> int:
        """1 if the actor gains in more than half of the draws, -1 if it loses in more than half, 0 otherwise."""
        return int(self.often[actor] > 0.5) - int(self.loses[actor] > 0.5)

    def moved(self, actor: int) -> bool:
        """Whether the channel is anything to the actor in any draw."""
        return bool(self.often[actor] + self.loses[actor] > 0)

    @cached_property
    def spread(self) -> Floats:
        """The gains that 5 and 95 of 100 draws stay below, shape (2, actors)."""
        import numpy as np

        return np.quantile(self.gains, [0.05, 0.95], axis=0)


@dataclass(frozen=True)
class Year:
    """A year, worked out."""

    model: Model
    outcomes: dict[Run, Outcome]
    issue_share: Floats
    """What share of all that is at stake across organisations each issue is, mean, shape (issues,)."""
    numbers: dict[str, Floats]
    """The numbers drawn, by path, each of shape (draws,)."""

    @property
    def arena(self) -> Arena:
        """Who deals with whom."""
        return self.model.arena

    @property
    def distinct(self) -> list[Run]:
        """The channels in every form that makes a difference: none does where nothing can be displaced."""
        runs = []
        for run in self.model.runs:
            beside = self.arena.dealing(run.channel).beside
            if run.form == "hub" or beside is None or exclusivity(self.model, run.channel)[1] > 0:
                runs.append(run)
        return runs

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.outcomes.values())).gains)

    def forms(self, channel: str) -> list[Form]:
        """The forms in which a channel is another thing."""
        return [form for form in FORMS if Run(channel, form) in self.outcomes]


class Gathered:
    """What blocks of draws come to, added up."""

    def __init__(self, model: Model):
        self.model, self.draws = model, 0
        self.gains: dict[Run, list[Floats]] = {run: [] for run in model.runs}
        self.sums: dict[Run, list[tuple[Floats, ...]]] = {run: [] for run in model.runs}
        self.numbers: dict[str, list[Floats]] = {}
        self.at_stake: Any = 0.0

    def add(self, block: Block, drawing: Drawing, count: int) -> None:
        """Adds the first draws of a block."""
        import numpy as np

        keep = slice(count)
        share = block.at_stake / np.maximum(block.at_stake.sum(axis=0), 1e-300)
        self.at_stake = self.at_stake + share[:, keep].sum(axis=1)
        self.draws += count
        for path, drawn in block.numbers.items():
            self.numbers.setdefault(path, []).append(drawn[keep])
        brokerage = block.brokerage(count)
        for run in self.model.runs:
            base = self.model.run_of(self.model.arena.observed, run.form)
            each = block.values[run][:, keep] - block.values[base][:, keep]
            saved = block.costs[base][keep] - block.costs[run][keep]
            self.gains[run].append(each.sum(axis=0) + saved)
            value = block.values[run][:, keep].sum(axis=(0, 1))
            parts = (block.rerouting[run][keep].sum(axis=0), saved.sum(axis=0), each.sum(axis=1), value)
            self.sums[run].append((*parts, brokerage[run] * count))

    def year(self) -> Year:
        """All draws together."""
        import numpy as np

        outcomes = {run: self.outcome(run) for run in self.model.runs}
        numbers = {path: np.concatenate(each) for path, each in self.numbers.items()}
        return Year(self.model, outcomes, self.at_stake / self.draws, numbers)

    def outcome(self, run: Run) -> Outcome:
        """What a channel brings by all draws."""
        import numpy as np

        means = (sum(each) / self.draws for each in zip(*self.sums[run], strict=True))
        return Outcome(np.concatenate(self.gains[run]), *means)


def bloc_channels(model: Model) -> list[str]:
    """The channels other than the observed one that are another thing where organisations answer as one."""
    return [
        dealing.channel
        for dealing in model.arena.dealings
        if dealing.collegiate and dealing.channel != model.arena.observed
        if not dealing.beside or exclusivity(model, dealing.channel)[1] > 0
    ]


def exclusivity(model: Model, channel: str) -> tuple[float, float]:
    """The least and the greatest chance that what a channel displaces does not survive."""
    given = model.case.channels[channel].exclusivity
    low, high = given.bounds if given else (1.0, 1.0)
    return max(low, 0.0), min(high, 1.0)
