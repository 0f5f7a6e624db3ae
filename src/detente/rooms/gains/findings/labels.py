"""What to call things in findings: actors, channels, the ways they are run, shares and chances."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.index.by_year import display_name
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.gains.model.actor_network import ActorNetwork
from detente.rooms.gains.model.model import ChannelVariant
from detente.text.english import join_words
from detente.text.number_format import per_hundred


class GainsLabels:
    """The names of a case."""

    def __init__(self, case: Case):
        self.case = case

    def party_name(self, name: str) -> str:
        """An actor or an organisation."""
        return display_name(self.case, name)

    def channel_title(self, name: str) -> str:
        """A channel."""
        return self.case.channels[name].title

    def hub_members(self, actor_network: ActorNetwork, channel: str) -> list[str]:
        """The members through which organisations deal in a channel."""
        channel_graphs = actor_network.graphs_of(channel)
        named_groups = zip(channel_graphs.merged_groups, channel_graphs.organisations, strict=True)
        leaders = [
            actor_network.actors[actor_index]
            for group, name in named_groups
            for actor_index in group
            if name in actor_network.organisations_led[actor_index]
        ]
        return list(dict.fromkeys(leaders))

    def form_phrase(self, actor_network: ActorNetwork, variant: ChannelVariant) -> str:
        """How a channel is run, if that makes a difference."""
        exclusivity = self.case.channels[variant.channel].exclusivity
        displaces_nothing = (
            actor_network.graphs_of(variant.channel).coexisting_graph is not None
            and exclusivity is not None
            and exclusivity.bounds[1] <= 0
        )
        if not actor_network.graphs_of(variant.channel).has_collegiate_form or displaces_nothing:
            return ""
        if variant.form == "hub":
            return f"through {join_words(map(self.party_name, self.hub_members(actor_network, variant.channel)))}"
        return f"{join_words(map(self.party_name, actor_network.graphs_of(variant.channel).organisations))} as one"

    def answering_side(self) -> str:
        """The side that answers."""
        sides = case_sides(self.case)
        return self.party_name(sides[1]) if sides else ""

    def quoted_variant(self, actor_network: ActorNetwork, variant: ChannelVariant) -> str:
        """A channel with the way it is run, within a sentence."""
        form = self.form_phrase(actor_network, variant)
        return (
            f"“{self.channel_title(variant.channel)}” ({form})" if form else f"“{self.channel_title(variant.channel)}”"
        )

    def variant_title(self, actor_network: ActorNetwork, variant: ChannelVariant) -> str:
        """A channel with the way it is run."""
        form = self.form_phrase(actor_network, variant)
        return f"{self.channel_title(variant.channel)} ({form})" if form else self.channel_title(variant.channel)


def answering_actors(case: Case, actor_network: ActorNetwork) -> list[int]:
    """The actors on the side that answers."""
    sides = case_sides(case)
    return actor_network.members_of(sides[1]) if sides else []


def frequency_phrase(share: float) -> str:
    """`in every draw`, `in 30 of 100 draws`, `in no draw`."""
    if share in (0, 1):
        return "in every draw" if share else "in no draw"
    return f"in {per_hundred(share)} of 100 draws"


def frequency_range_phrase(shares: Iterable[float]) -> str:
    """`in 11 to 24 of 100 draws`, for several."""
    sorted_shares = sorted(float(share) for share in shares)
    lowest, highest = sorted_shares[0], sorted_shares[-1]
    if round(100 * lowest) == round(100 * highest):
        return frequency_phrase(highest if highest < 1 else lowest)
    return f"in {round(100 * lowest)} to {round(100 * highest)} of 100 draws"


def as_percent(share: float) -> float:
    """A share in per cent, with one digit after the point."""
    return round(100 * float(share), 1) + 0.0


def signed_percent(share: float) -> str:
    """`+6.0`, `−2.6`: per cent with a sign."""
    value = as_percent(share)
    return f"{value:+.1f}".replace("-", "−") if value else "0"


def signed_interval(low: float, high: float) -> str:
    """`−14.8 to +8.2`."""
    return f"{signed_percent(low)} to {signed_percent(high)}"
