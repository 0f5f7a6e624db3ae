"""What a year's draws come to: who gains by each channel, by how much, how often, and through what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.channels.arena import Arena
from detente.channels.gains import FORMS, Form, Model, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SURE = 0.95
"""The share of draws from which an actor is said to gain, or to lose."""


@dataclass(frozen=True)
class Outcome:
    """What a channel, run one way, brings each actor beside the observed one: shares of all that is at stake."""

    gains: Floats
    """Shape (draws, actors)."""
    rerouting: Floats
    """Of that, what would change if the channel got as much done as the observed one; mean, shape (actors,)."""
    by_issue: Floats
    """Before the costs of links; mean, shape (issues, actors)."""
    value: Floats
    """All that an actor has, before the costs of links; mean, shape (actors,)."""
    brokerage: Floats
    """Of that, what it has for joining others; mean, shape (actors,)."""

    @cached_property
    def mean(self) -> Floats:
        """The mean gain, shape (actors,)."""
        found: Floats = self.gains.mean(axis=0)
        return found

    @cached_property
    def often(self) -> Floats:
        """In which share of the draws each actor gains."""
        found: Floats = (self.gains > 0).mean(axis=0)
        return found

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

    @property
    def arena(self) -> Arena:
        """Who deals with whom."""
        return self.model.arena

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.outcomes.values())).gains)

    def outcome(self, channel: str, form: Form) -> Outcome:
        """What a channel brings in a form, or in the only one it has."""
        return self.outcomes[self.model.run_of(channel, form)]

    def forms(self, channel: str) -> list[Form]:
        """The forms in which a channel is another thing."""
        return [form for form in FORMS if Run(channel, form) in self.outcomes]


def worked_out(model: Model, draws: int) -> Year:
    """Draws a year and gathers what they come to."""
    import numpy as np

    gains: dict[Run, list[Floats]] = {run: [] for run in model.runs}
    sums: dict[Run, list[tuple[Floats, Floats, Floats, Floats]]] = {run: [] for run in model.runs}
    at_stake = []
    for block in model.blocks(draws):
        at_stake.append((block.at_stake / np.maximum(block.at_stake.sum(axis=0), 1e-300)).mean(axis=1))
        for run in model.runs:
            base = model.run_of(model.arena.observed, run.form)
            each = block.values[run] - block.values[base]
            gains[run].append(each.sum(axis=0) - block.costs[run] + block.costs[base])
            means = (block.rerouting[run].mean(axis=0), each.mean(axis=1), block.values[run].sum(axis=0).mean(axis=0))
            sums[run].append((*means, block.brokerage[run]))
    outcomes = {}
    for run in model.runs:
        rerouting, by_issue, value, brokerage = (np.mean(each, axis=0) for each in zip(*sums[run], strict=True))
        outcomes[run] = Outcome(np.concatenate(gains[run])[:draws], rerouting, by_issue, value, brokerage)
    return Year(model, outcomes, np.mean(at_stake, axis=0))


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
