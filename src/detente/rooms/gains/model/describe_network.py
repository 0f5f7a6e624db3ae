"""From the channels of a year to the rows of a model on which gains rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.bounds import bounds_at
from detente.case.uncertainty.distributions import distribution_of
from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.myerson import link_costs
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.methods.offer_model.learning import Lessons
from detente.methods.offer_model.network_rows import (
    ByActor,
    ChannelRun,
    CollectiveIssue,
    MemberGroup,
    ModelChannel,
    ModelExperience,
    ModelIssue,
    ModelNetwork,
    PossibleGraph,
    TraitComparison,
)
from detente.methods.offer_model.number_rows import CorrelatedNumbers, ModelNumber, NumberIndex
from detente.rooms.gains.model.network.actor_network import ActorNetwork, PlayerGroups, applicable_name
from detente.rooms.gains.model.network.graph_operators import ShareOperator
from detente.rooms.gains.model.network.parties import actors_of_parties
from detente.rooms.gains.model.network.variants import possible_graphs
from detente.rooms.gains.model.unlikeness import UNLIKENESS_PATH, joined_pairs, mean_unlikeness, trait_figures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ZERO, ONE = Estimate(value=0), Estimate(value=1)


class NumberRegister:
    """The numbers of a model as they are found, each once."""

    def __init__(self, case: Case, known: Sequence[ModelNumber] = ()):
        self.case = case
        self._numbers = {number.path: number for number in known}
        self._indices = {number.path: index for index, number in enumerate(known)}

    def add(self, path: str, estimate: Estimate) -> NumberIndex:
        """The place of a number, which is added if it is new."""
        if path not in self._indices:
            bounds = bounds_at(self.case, path)
            distribution = distribution_of(estimate, bounds.low, bounds.high)
            self._indices[path] = len(self._numbers)
            self._numbers[path] = ModelNumber(path, distribution, estimate.has_source)
        return self._indices[path]

    @property
    def numbers(self) -> tuple[ModelNumber, ...]:
        """All that were found."""
        return tuple(self._numbers.values())

    @property
    def together(self) -> tuple[CorrelatedNumbers, ...]:
        """Those of them that go up and down together, as the case says."""
        groups = (
            CorrelatedNumbers(name, self._places(one.numbers), self._places(one.opposed), one.correlation)
            for name, one in self.case.together.items()
        )
        return tuple(group for group in groups if group.numbers or group.opposed)

    def _places(self, paths: Iterable[str]) -> tuple[NumberIndex, ...]:
        return tuple(self._indices[path] for path in paths if path in self._indices)


@dataclass(frozen=True)
class NetworkSource:
    """The channels of a year, and the shares on their graphs."""

    case: Case
    actor_network: ActorNetwork
    issues: Sequence[str]
    """Those that are weighed."""
    variants: Sequence[ChannelVariant]
    graph_positions: Mapping[tuple[Graph, PlayerGroups], int]
    """Every graph that a channel may come to, with its place among all."""
    operators: Sequence[ShareOperator]
    """The shares on each."""
    gain_shares: Mapping[tuple[int, ...], NDArray[np.float64]]
    """How each organisation that answers as one divides what it gains by that."""
    collective_values: Mapping[str, NDArray[np.float64]]
    """By issue that pairs cannot settle, its value on every graph if it is worth 1: shape (graphs, actors)."""


def describe_network(
    source: NetworkSource, register: NumberRegister, threat: Mapping[str, Estimate] | None = None
) -> ModelNetwork:
    """The rows on which gains rest.

    Args:
        source: The channels of a year.
        register: Of numbers; those that the rows refer to are added.
        threat: Who perceives a threat, if others than the case says.
    """
    return _NetworkDescriber(source, register).describe(source.case.threat if threat is None else threat)


def describe_lessons(case: Case, year: int, register: NumberRegister) -> Lessons:
    """The channels of a case, and what was tried before.

    Args:
        case: Its numbers as they are in the year.
        year: Whose regimes count.
        register: Of numbers; those that the rows refer to are added.
    """
    places = {name: place for place, name in enumerate(case.channels)}
    return Lessons(
        tuple(_channel_row(case, year, name, places, register) for name in case.channels),
        tuple(_experience_row(case, year, name, places) for name in case.experiences),
    )


class _NetworkDescriber:
    """The writing of the rows."""

    def __init__(self, source: NetworkSource, register: NumberRegister):
        self.source, self.case, self.actor_network, self.register = source, source.case, source.actor_network, register
        self.channel_places = {name: place for place, name in enumerate(self.case.channels)}

    def describe(self, threat: Mapping[str, Estimate]) -> ModelNetwork:
        network, settings = self.actor_network, self.case.network
        of_all = {
            name: self.register.add(f"network.{name}", getattr(settings, name))
            for name in ("decay", "link_cost", "spread", "periphery", "threat_within")
        }
        lessons = describe_lessons(self.case, network.year, self.register)
        return ModelNetwork(
            year=network.year,
            actors=network.actors,
            capabilities=network.capabilities,
            reference_product=reference_product(network),
            across=tuple(network.across_organisations.tolist()),
            peripheral=tuple(network.peripheral_pairs.tolist()),
            **of_all,
            unlikeness_cost=self.register.add(UNLIKENESS_PATH, settings.unlikeness),
            threat=self._by_actor(threat, "threat"),
            issues=tuple(self._issue(name) for name in self.source.issues),
            graphs=tuple(operator.rows for operator in self.source.operators),
            longest_path=max((operator.shape[0] for operator in self.source.operators), default=0),
            channels=lessons.channels,
            experiences=lessons.experiences,
            runs=tuple(self._runs()),
            observed=self.channel_places[network.observed_channel],
        )

    def _by_actor(self, estimates: Mapping[str, Estimate], path: str) -> ByActor:
        names = (applicable_name(self.actor_network, estimates, actor) for actor in self.actor_network.actors)
        return tuple(None if name is None else self.register.add(f"{path}.{name}", estimates[name]) for name in names)

    def _by_actor_if_said(self, estimates: Mapping[str, Estimate], path: str) -> ByActor | None:
        numbers = self._by_actor(estimates, path)
        return numbers if any(number is not None for number in numbers) else None

    def _issue(self, name: str) -> ModelIssue:
        issue, path = self.case.issues[name], f"issues.{name}"

        def setting(key: str) -> NumberIndex:
            own = getattr(issue, key)
            if own is not None:
                return self.register.add(f"{path}.{key}", own)
            return self.register.add(f"network.{key}", getattr(self.case.network, key))

        return ModelIssue(
            id=name,
            stakes=self.register.add(f"{path}.stakes", issue.stakes or ZERO),
            raised=setting("raised"),
            multilateral=setting("multilateral"),
            gravity=setting("gravity"),
            exposure=self._by_actor_if_said(issue.exposure, f"{path}.exposure"),
            salience=self._by_actor_if_said(issue.salience, f"{path}.salience"),
            collective=self._collective(name),
        )

    def _collective(self, name: str) -> CollectiveIssue | None:
        technology = self.case.issues[name].technology
        if technology is None:
            return None
        unit_values = self.source.collective_values.get(name)
        rows = () if unit_values is None else map(tuple, unit_values.tolist())
        users, concerned = (
            actors_of_parties(self.case, self.actor_network, parties)
            for parties in (technology.users, [*technology.users, *technology.providers])
        )
        return CollectiveIssue(tuple(users), tuple(concerned), tuple(rows))

    def _runs(self) -> Iterable[ChannelRun]:
        variants = list(self.source.variants)
        for variant in variants:
            in_form = ChannelVariant(self.actor_network.observed_channel, variant.form)
            base = variants.index(in_form if in_form in variants else replace(in_form, form="hub"))
            graphs = self._possible_graphs(variant.channel, variant.form)
            yield ChannelRun(self.channel_places[variant.channel], variant.form, base, tuple(graphs))

    def _possible_graphs(self, name: str, form: ChannelForm) -> Iterable[PossibleGraph]:
        channel, channel_graphs = self.case.channels[name], self.actor_network.graphs_of(name)
        for possible in possible_graphs(channel_graphs, form):
            standing = (
                channel.displaces if possible.keeps_displaced else None,
                channel.opens if possible.has_opened else None,
            )
            half_links = half_link_counts(possible.graph, channel_graphs.own_graph, possible.merged_groups)
            yield PossibleGraph(
                graph=self.source.graph_positions[possible.graph, possible.merged_groups],
                keeps_displaced=possible.keeps_displaced,
                has_opened=possible.has_opened,
                channels=tuple(self.channel_places[other] for other in (name, *standing) if other),
                groups=tuple(
                    MemberGroup(group, tuple(self.source.gain_shares[group].tolist()))
                    for group in possible.merged_groups
                ),
                half_links=tuple(half_links.tolist()),
            )


def _channel_row(case: Case, year: int, name: str, places: Mapping[str, int], register: NumberRegister) -> ModelChannel:
    channel, path = case.channels[name], f"channels.{name}"
    has_opening = channel.opens is not None
    return ModelChannel(
        id=name,
        joins=tuple(channel.joins),
        displaces=places.get(channel.displaces or ""),
        opens=places.get(channel.opens or ""),
        exclusivity=register.add(f"{path}.exclusivity", channel.exclusivity or ONE),
        opening=register.add(f"{path}.opening", channel.opening or (ONE if has_opening else ZERO)),
        depth=register.add(f"{path}.depth", channel.depth or ONE),
        efficiency=register.add(f"{path}.efficiency", channel.efficiency or ONE),
        unlikeness=tuple(_comparisons(case, year, pair, register) for pair in joined_pairs(case, name)),
    )


def _comparisons(case: Case, year: int, pair: tuple[str, str], register: NumberRegister) -> tuple[TraitComparison, ...]:
    comparisons = []
    for figures in trait_figures(case, year, *pair):
        # A regime is no number of its own in the case, and certain.
        paths = [
            path or f"traits.{figures.trait}.by_regime.{party}" for path, party in zip(figures.paths, pair, strict=True)
        ]
        first, second = register.add(paths[0], figures.first), register.add(paths[1], figures.second)
        comparisons.append(TraitComparison(figures.weight, first, second))
    return tuple(comparisons)


def _experience_row(case: Case, year: int, name: str, places: Mapping[str, int]) -> ModelExperience:
    experience = case.experiences[name]
    return ModelExperience(
        tried=experience.tried,
        worked=experience.worked,
        unlikeness=mean_unlikeness(case, year, *experience.between),
        tells_of=tuple((places[channel], weight) for channel, weight in experience.tells_of.items()),
    )


def half_link_counts(graph: Graph, member_graph: Graph, merged_groups: PlayerGroups) -> NDArray[np.float64]:
    """Half the number of links that each player keeps up; in one that is an organisation, all between its members."""
    half = link_costs(graph, 1.0)
    for group in merged_groups:
        half[group[0]] += len(member_graph.restricted_to(sum(1 << member for member in group)).links)
    return half


def reference_product(network: ActorNetwork) -> float:
    """The greatest product of capabilities across organisations, or of all pairs where none is."""
    import numpy as np

    i, j = pair_indices(network.n)
    capabilities = np.array(network.capabilities)
    products = capabilities[i] * capabilities[j]
    products_across = products[network.across_organisations] if network.across_organisations.any() else products
    return float(products_across.max(initial=0.0)) or 1.0
