"""What a year's draws come to: who gains by each channel, by how much, how often, and through what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.index.stand_in_figures import capability_year
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import CHANNEL_FORMS, ChannelForm, ChannelVariant
from detente.methods.offer_model.gains import GainsBatch
from detente.rooms.gains.model.network.actor_network import ActorNetwork
from detente.rooms.gains.model.network.variants import dealing_parties, form_makes_a_difference
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SURE_SHARE = 0.95
"""The share of draws from which an actor is said to gain, or to lose."""


@dataclass(frozen=True)
class ChannelOutcome:
    """What a channel, run one way, brings each actor beside the observed one: shares of all that is at stake."""

    gains: Floats
    """Shape (draws, actors)."""
    rerouting_gain: Floats
    """Of that, what would change if the channel got as much done as the observed one; mean, shape (actors,)."""
    link_savings: Floats
    """Of that, what is saved on links, or spent on more of them; mean, shape (actors,)."""
    gains_by_issue: Floats
    """Before the costs of links; mean, shape (issues, actors)."""
    value: Floats
    """All that an actor has, before the costs of links; mean, shape (actors,)."""
    brokerage: Floats
    """Of that, what it has for joining others; mean, shape (actors,)."""

    @property
    def own_part(self) -> Floats:
        """What an actor has in the pairs that it is one of; mean, shape (actors,)."""
        return self.value - self.brokerage

    @property
    def efficiency_gain(self) -> Floats:
        """Of the gains, what comes of getting more done, or less, of what takes all members; mean, shape (actors,)."""
        return self.mean_gain - self.rerouting_gain - self.link_savings

    @cached_property
    def mean_gain(self) -> Floats:
        """The mean gain, shape (actors,)."""
        mean: Floats = self.gains.mean(axis=0)
        return mean

    @cached_property
    def gain_frequency(self) -> Floats:
        """In which share of the draws each actor gains."""
        frequency: Floats = (self.gains > TOLERANCE).mean(axis=0)
        return frequency

    @cached_property
    def loss_frequency(self) -> Floats:
        """In which share of the draws each actor loses."""
        frequency: Floats = (self.gains < -TOLERANCE).mean(axis=0)
        return frequency

    def majority_sign(self, actor: int) -> int:
        """1 if the actor gains in more than half of the draws, -1 if it loses in more than half, 0 otherwise."""
        return int(self.gain_frequency[actor] > 0.5) - int(self.loss_frequency[actor] > 0.5)

    def joint_gain_frequency(self, actors: list[int]) -> float:
        """In which share of the draws some actors gain together."""
        return float((self.gains[:, actors].sum(axis=1) > TOLERANCE).mean())

    def opposing_issues(self, actor: int) -> list[int]:
        """The issues on which the actor's mean gain, before the costs of links, has another sign than in all."""
        gains = self.gains_by_issue[:, actor]
        opposing: list[int] = (gains * gains.sum() < -TOLERANCE).nonzero()[0].tolist()
        return opposing

    def is_affected(self, actor: int) -> bool:
        """Whether the channel is anything to the actor in any draw."""
        return bool(self.gain_frequency[actor] + self.loss_frequency[actor] > 0)

    @cached_property
    def gain_quantiles(self) -> Floats:
        """The gains that 5 and 95 of 100 draws stay below, shape (2, actors)."""
        import numpy as np

        return np.quantile(self.gains, [0.05, 0.95], axis=0)


@dataclass(frozen=True)
class YearGains:
    """A year, worked out."""

    model: ChannelModel
    outcomes: dict[ChannelVariant, ChannelOutcome]
    issue_shares: Floats
    """What share of all that is at stake across organisations each issue is, mean, shape (issues,)."""
    parameter_values: dict[str, Floats]
    """The numbers drawn, by path, each of shape (draws,)."""

    @property
    def actor_network(self) -> ActorNetwork:
        """Who deals with whom."""
        return self.model.actor_network

    @property
    def distinct_variants(self) -> list[ChannelVariant]:
        """The channels in every form that makes a difference: none does where nothing can be displaced."""
        return [
            variant
            for variant in self.model.variants
            if variant.form == "hub" or form_makes_a_difference(self.model.case, self.actor_network, variant.channel)
        ]

    @property
    def borrowed_capability_year(self) -> int | None:
        """The year of the figures of capability that the year is worked out with, where it is another."""
        figures_year = capability_year(self.model.case, self.actor_network.year)
        return None if figures_year == self.actor_network.year else figures_year

    @cached_property
    def offering_actors(self) -> list[int]:
        """The actors on the side that offers; nobody where the case does not say between whom it is."""
        sides = case_sides(self.model.case)
        return self.actor_network.members_of(sides[0]) if sides else []

    @cached_property
    def answering_actors(self) -> list[int]:
        """The actors on the side that answers."""
        sides = case_sides(self.model.case)
        return self.actor_network.members_of(sides[1]) if sides else []

    @cached_property
    def leading_and_other_actors(self) -> tuple[list[int], list[int]]:
        """The actors that lead an organisation, are one or belong to none, those who offer first; and all others."""
        network, actors = self.actor_network, range(self.actor_network.n)
        leading = [actor for actor in actors if network.organisations_led[actor] or not network.memberships[actor]]
        others = [actor for actor in actors if actor not in leading]
        return sorted(leading, key=lambda actor: actor in self.answering_actors), others

    def dealing_parties(self, variant: ChannelVariant) -> tuple[str, ...] | None:
        """The leading members, or organisations as one, that deal in a form; None where it makes no difference."""
        return dealing_parties(self.model.case, self.actor_network, variant)

    @cached_property
    def issues_by_share(self) -> list[int]:
        """The issues, those first that are most of all that is at stake."""
        order: list[int] = (-self.issue_shares).argsort(kind="stable").tolist()
        return order

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.outcomes.values())).gains)

    def forms_of(self, channel: str) -> list[ChannelForm]:
        """The forms in which a channel is another thing."""
        return [form for form in CHANNEL_FORMS if ChannelVariant(channel, form) in self.outcomes]

    def variants_of(self, channel: str) -> list[ChannelVariant]:
        """A channel in each of these forms."""
        return [ChannelVariant(channel, form) for form in self.forms_of(channel)]


class GainsAccumulator:
    """What blocks of draws come to, added up."""

    def __init__(self, model: ChannelModel):
        self.model, self.draw_count = model, 0
        self.gains: dict[ChannelVariant, list[Floats]] = {variant: [] for variant in model.variants}
        self.sums: dict[ChannelVariant, list[tuple[Floats, ...]]] = {variant: [] for variant in model.variants}
        self.parameter_values: dict[str, list[Floats]] = {}
        self.issue_share_sums: list[Floats] = []

    def add(self, batch: GainsBatch) -> None:
        """Adds a batch of draws."""
        import numpy as np

        share = batch.issue_stakes / np.maximum(batch.issue_stakes.sum(axis=0), 1e-300)
        self.issue_share_sums.append(share.sum(axis=1))
        draw_count = batch.draws.draw_count
        self.draw_count += draw_count
        for path, values in batch.draws.varying_values.items():
            self.parameter_values.setdefault(path, []).append(values)
        brokerage = batch.mean_brokerage()
        for variant in self.model.variants:
            self.gains[variant].append(batch.gains(variant))
            terms = (
                batch.rerouting_gains[variant].sum(axis=0),
                batch.link_savings(variant).sum(axis=0),
                batch.issue_gains(variant).sum(axis=1),
                batch.values[variant].sum(axis=(0, 1)),
            )
            self.sums[variant].append((*terms, brokerage[variant] * draw_count))

    def year_gains(self) -> YearGains:
        """All draws together."""
        import numpy as np

        outcomes = {variant: self.channel_outcome(variant) for variant in self.model.variants}
        parameter_values = {path: np.concatenate(batches) for path, batches in self.parameter_values.items()}
        issue_shares = np.sum(self.issue_share_sums, axis=0) / self.draw_count
        return YearGains(self.model, outcomes, issue_shares, parameter_values)

    def channel_outcome(self, variant: ChannelVariant) -> ChannelOutcome:
        """What a channel brings by all draws."""
        import numpy as np

        means = (sum(batch_sums) / self.draw_count for batch_sums in zip(*self.sums[variant], strict=True))
        return ChannelOutcome(np.concatenate(self.gains[variant]), *means)


def bloc_channels(model: ChannelModel) -> list[str]:
    """The channels other than the observed one that are another thing where organisations answer as one."""
    return [
        channel_graphs.channel
        for channel_graphs in model.actor_network.channels
        if channel_graphs.channel != model.actor_network.observed_channel
        and form_makes_a_difference(model.case, model.actor_network, channel_graphs.channel)
    ]
