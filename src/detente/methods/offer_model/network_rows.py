"""Who deals with whom over what, by which channel: the rows of a model on which gains rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import pair_indices
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.methods.offer_model.graph_operators import GraphOperators, GraphShares
from detente.methods.offer_model.number_rows import NumberIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ByActor = tuple[NumberIndex | None, ...]
"""A number of each actor, which several may share; None where nothing is said of it."""


@dataclass(frozen=True)
class CollectiveIssue:
    """An issue that pairs cannot settle: it takes some of several providers (`networks/aggregation_technology.py`)."""

    users: tuple[int, ...]
    """The actors that have the gain."""
    concerned: tuple[int, ...]
    """The actors by whose threat it is raised: users and providers."""
    unit_values: tuple[tuple[float, ...], ...]
    """What each actor has on each graph if the issue is worth 1 to each user."""


@dataclass(frozen=True)
class ModelIssue:
    """An issue, with what is at stake on it."""

    id: str
    stakes: NumberIndex
    raised: NumberIndex
    """What a grave threat adds, as a multiple of the stakes."""
    multilateral: NumberIndex
    """Which part takes all members."""
    gravity: NumberIndex
    """The exponent of the product of two capabilities."""
    exposure: ByActor | None
    """By which factor the issue weighs for pairs of an actor; None where for all alike."""
    salience: ByActor | None
    """By which factor an actor counts what it has of the issue; None where all count it in full."""
    collective: CollectiveIssue | None


@dataclass(frozen=True)
class TraitComparison:
    """Where two stand on something in which they may be unlike."""

    weight: float
    """Of the trait among those of which something is told of both, all together 1."""
    first: NumberIndex
    second: NumberIndex


@dataclass(frozen=True)
class ModelChannel:
    """A channel."""

    id: str
    joins: tuple[str, ...]
    """The organisations that it deals with as such."""
    displaces: int | None
    """The channel whose links it may replace."""
    opens: int | None
    """The channel whose links it may make possible."""
    exclusivity: NumberIndex
    opening: NumberIndex
    depth: NumberIndex
    efficiency: NumberIndex
    """How much of what takes all members it gets done between two that are alike."""
    unlikeness: tuple[tuple[TraitComparison, ...], ...]
    """By pair that it joins, in what the two may be unlike; the pair that is least alike counts."""


@dataclass(frozen=True)
class ModelExperience:
    """What was tried before between two others, and how much of it worked (`learning.py`)."""

    tried: float
    worked: float
    unlikeness: float
    """How unlike the two were, from 0 to 1."""
    tells_of: tuple[tuple[int, float], ...]
    """The channels of which it tells, each with the part of a trial in itself for which one of these counts."""


@dataclass(frozen=True)
class MemberGroup:
    """The members of an organisation that is one player, and how they divide what it gains by that."""

    members: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class PossibleGraph:
    """A graph that a channel may come to, run one way."""

    graph: int
    """Which of the graphs of the model it is."""
    keeps_displaced: bool
    has_opened: bool
    channels: tuple[int, ...]
    """The channels that get done on it what takes all members: whichever gets most done counts."""
    groups: tuple[MemberGroup, ...]
    half_links: tuple[float, ...]
    """Half the number of links that each actor keeps up."""


@dataclass(frozen=True)
class ChannelRun:
    """A channel, run one way."""

    channel: int
    form: ChannelForm
    base: int
    """The run of the observed channel from which its gains are counted."""
    graphs: tuple[PossibleGraph, ...]


@dataclass(frozen=True)
class ModelNetwork:
    """The actors of a year, what they have at stake, and the channels between them.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> network = two_states().network
        >>> network.actors, [(variant.channel, variant.form) for variant in network.variants]
        (('east', 'west'), [('none', 'hub'), ('talks', 'hub')])
    """

    year: int
    actors: tuple[str, ...]
    capabilities: tuple[float, ...]
    reference_product: float
    """The product of two capabilities at which a pair weighs 1."""
    across: tuple[bool, ...]
    """Which pairs have no organisation in common; pairs in the order (0, 1), (0, 2), ..., (1, 2), ..."""
    peripheral: tuple[bool, ...]
    """Which pairs have one that neither leads."""
    decay: NumberIndex
    link_cost: NumberIndex
    spread: NumberIndex
    periphery: NumberIndex
    threat_within: NumberIndex
    unlikeness_cost: NumberIndex
    threat: ByActor
    issues: tuple[ModelIssue, ...]
    graphs: tuple[GraphShares, ...]
    longest_path: int
    """The number of links of the longest way on any graph."""
    channels: tuple[ModelChannel, ...]
    experiences: tuple[ModelExperience, ...]
    runs: tuple[ChannelRun, ...]
    observed: int
    """The channel from which gains are counted."""

    @cached_property
    def across_pairs(self) -> NDArray[np.bool_]:
        """Which pairs have no organisation in common, shape (pairs,)."""
        import numpy as np

        return np.array(self.across, dtype=bool)

    @cached_property
    def counted_pairs(self) -> NDArray[np.bool_]:
        """The pairs that make up all that is at stake: those across organisations, or all where none is."""
        return self.across_pairs if self.across_pairs.any() else ~self.across_pairs

    @cached_property
    def counted_pair_ends(self) -> NDArray[np.float64]:
        """Which actors the pairs that are counted are of, shape (pairs, actors)."""
        import numpy as np

        ends = np.zeros((len(self.across), len(self.actors)))
        pair_rows = np.arange(len(self.across))
        for actors in pair_indices(len(self.actors)):
            ends[pair_rows, actors] = self.counted_pairs
        return ends

    @cached_property
    def operators(self) -> GraphOperators:
        """The shares on all graphs, side by side."""
        return GraphOperators(self.graphs, len(self.actors), self.across_pairs, self.longest_path)

    def variant(self, run: int) -> ChannelVariant:
        """A run by the id of its channel and its form."""
        return ChannelVariant(self.channels[self.runs[run].channel].id, self.runs[run].form)

    @cached_property
    def variants(self) -> tuple[ChannelVariant, ...]:
        """All runs, by the ids of their channels and their forms."""
        return tuple(map(self.variant, range(len(self.runs))))
