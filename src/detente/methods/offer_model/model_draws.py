"""The numbers of a model in some draws, or at their means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import pair_indices
from detente.methods.networks.gravity_stakes import common_threat, gravity_weight
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.learning import Lessons, learnt_cost, learnt_efficiency
from detente.methods.offer_model.network_rows import ByActor, ModelIssue, ModelNetwork
from detente.methods.offer_model.number_rows import NumberIndex
from detente.methods.sampling.correlated_draws import correlated_uniforms
from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, stream_keys
from detente.methods.sampling.keyed_normals import keyed_normals
from detente.methods.sampling.number_draws import DRAWS_PER_BATCH, draw_number
from detente.methods.sampling.sobol_nets import sobol_uniforms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


MOST_HELD = 2**20
"""Numbers that are held at once in one array: 8 megabytes."""


@dataclass(frozen=True)
class ModelDraws:
    """The numbers of a model in some draws, one after another, or at their means.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> draws = sample_model(two_states(), range(3))
        >>> draws.varying_values["issues.trade.stakes"].round(3).tolist(), draws.draw_count
        ([1.984, 2.332, 2.98], 3)
    """

    description: ModelDescription
    values: Floats
    """Every number, shape (numbers, draws)."""
    departures: NDArray[np.uint32] | None
    """By which draws single pairs depart from what is usual, shape (draws,); None at the means, where none does."""

    @property
    def network(self) -> ModelNetwork:
        """Who deals with whom."""
        return self.description.network

    @property
    def varying_values(self) -> dict[str, Floats]:
        """By path, the numbers that are uncertain."""
        numbers = self.description.numbers
        return {one.path: self.values[index] for index, one in enumerate(numbers) if one.distribution.varies}

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return len(self.values[0])

    def by_actor(self, numbers: ByActor | None, unsaid: float) -> Floats:
        """A number of each actor, shape (draws, actors)."""
        import numpy as np

        columns = np.full((self.draw_count, len(self.network.actors)), unsaid)
        for actor, number in enumerate(numbers or ()):
            if number is not None:
                columns[:, actor] = self.values[number]
        return columns

    @cached_property
    def perceived_threat(self) -> Floats:
        """The threat that each actor perceives, shape (draws, actors)."""
        return self.by_actor(self.network.threat, 0.0)

    @cached_property
    def pair_threat(self) -> Floats | None:
        """The threat that each two perceive in common, shape (draws, pairs); None where nobody perceives any."""
        import numpy as np

        if not self.perceived_threat.any():
            return None
        within = self.values[self.network.threat_within][:, None]
        weights = np.where(np.array(self.network.across), 1.0, within)
        return np.asarray(common_threat(self.perceived_threat) * weights)

    def pair_weights(self, issue_number: int) -> Floats:
        """What each pair weighs on an issue, shape (draws, pairs)."""
        import numpy as np

        network, issue = self.network, self.network.issues[issue_number]
        weight: Floats = gravity_weight(
            np.array(network.capabilities),
            self.values[issue.gravity],
            network.reference_product,
            self._pair_departures(issue),
        )
        if any(network.peripheral):
            weight *= np.where(np.array(network.peripheral), self.values[network.periphery][:, None], 1.0)
        if issue.exposure is not None:
            i, j = pair_indices(len(network.actors))
            exposure = self.by_actor(issue.exposure, 1.0)
            weight *= exposure[:, i] * exposure[:, j]
        return weight

    def _pair_departures(self, issue: ModelIssue) -> Floats | None:
        """How far pairs depart on an issue from what capabilities suggest, shape (draws, pairs)."""
        import numpy as np

        spread = self.values[self.network.spread]
        if self.departures is None or not spread.any():
            return None
        keys = stream_keys(self.description.seed, f"network.spread/{issue.id}")
        normals = keyed_normals(self.departures, len(self.network.across), keys)
        return np.asarray(spread[:, None] * normals)

    def stake_parameters(self, issue_number: int) -> tuple[Floats, Floats, Floats]:
        """What is at stake on an issue, what a grave threat adds, and which part takes all members; each (draws,)."""
        issue = self.network.issues[issue_number]
        stakes: Floats = self.values[issue.stakes]
        return stakes, stakes * self.values[issue.raised], self.values[issue.multilateral]

    def salience(self, issue_number: int) -> Floats | None:
        """How much an issue weighs for each actor, shape (draws, actors); None where it weighs alike for all."""
        issue = self.network.issues[issue_number]
        return None if issue.salience is None else self.by_actor(issue.salience, 1.0)

    def efficiency(self, channel: int) -> Floats:
        """How much of what takes all members a channel gets done, less for that those it joins are unlike: (draws,)."""
        import numpy as np

        row = self.network.channels[channel]
        if_alike: Floats = self.values[row.efficiency]
        if not any(row.unlikeness):
            return if_alike
        return np.asarray(if_alike * (1 - self.values[self.network.unlikeness_cost] * self.unlikeness(channel)))

    def unlikeness(self, channel: int) -> Floats:
        """How unlike those are whom a channel joins; of several pairs, the least alike. Shape (draws,)."""
        import numpy as np

        greatest = np.zeros(self.draw_count)
        for comparisons in self.network.channels[channel].unlikeness:
            of_pair = np.zeros(self.draw_count)
            for one in comparisons:
                of_pair = of_pair + one.weight * np.abs(self.values[one.first] - self.values[one.second])
            greatest = np.maximum(greatest, of_pair)
        return greatest


def batch_ranges(network: ModelNetwork, draw_count: int) -> Iterator[range]:
    """So many draws in batches, smaller ones where pairs or actors are many.

    No array has many more than `MOST_HELD` numbers: the largest are those of pairs, and of actors by issue and run.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import batch_ranges
        >>> list(batch_ranges(two_states().network, 3_000))
        [range(0, 2048), range(2048, 3000)]
    """
    of_actors = len(network.actors) * len(network.issues) * len(network.channels)
    largest, size = max(len(network.across), of_actors), DRAWS_PER_BATCH
    if size * largest > 2 * MOST_HELD:
        while size > 1 and size * largest > MOST_HELD:
            size //= 2
    for start in range(0, draw_count, size):
        yield range(start, min(start + size, draw_count))


@dataclass(frozen=True)
class Sampler:
    """What draws numbers: readable code, or the same compiled (`compiled_draws.py`)."""

    draw: Callable[[Distribution, int, str, range], Floats]
    """The draws of a number, from its distribution, the seed, the name of its stream, and which draws."""
    quantile: Callable[[Distribution, Floats], Floats]
    """Its values at shares of its distribution."""


READABLE = Sampler(draw_number, Distribution.quantile)


def sample_model(
    description: ModelDescription,
    indices: range,
    uniforms: Mapping[NumberIndex, Floats] | None = None,
    sampler: Sampler = READABLE,
) -> ModelDraws:
    """The numbers of a model in some draws.

    Args:
        description: The model.
        indices: Which draws, one after another.
        uniforms: Shares of their distributions at which some numbers are put instead, each of shape (draws,).
        sampler: What draws them.

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> model = two_states()
        >>> stakes = model.number_index["issues.trade.stakes"]
        >>> sample_model(model, range(2), {stakes: np.array([0.5, 0.75])}).values[stakes].tolist()
        [2.0, 2.5]
    """
    given = uniforms or {}

    def share_of(index: NumberIndex) -> Floats:
        return given[index] if index in given else number_uniforms(description, index, indices)

    def values_of(index: NumberIndex, distribution: Distribution) -> Floats:
        if index in given or index in description.groups_by_number or description.sampling == "sobol":
            return sampler.quantile(distribution, share_of(index))
        return sampler.draw(distribution, description.seed, description.numbers[index].path, indices)

    import numpy as np

    values = _fill_numbers(description, len(indices), values_of, share_of)
    return ModelDraws(description, values, np.arange(indices.start, indices.stop, dtype=np.uint32))


def mean_numbers(description: ModelDescription, fixed: Mapping[str, Floats] | None = None) -> ModelDraws:
    """The numbers of a model at their means, but some that are given.

    Args:
        description: The model.
        fixed: By path, each of as many values: there are as many draws. Of a number that is given nothing is learnt.

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import mean_numbers
        >>> draws = mean_numbers(two_states(), {"mechanisms.freedom.of.west": np.array([0.1, 0.9])})
        >>> draws.varying_values["issues.trade.stakes"].tolist()
        [2.0, 2.0]
    """
    import numpy as np

    given = {description.number_index[path]: values for path, values in (fixed or {}).items()}
    count = len(next(iter(given.values()), (0,)))

    def values_of(index: NumberIndex, distribution: Distribution) -> Floats:
        return given[index] if index in given else np.full(count, distribution.mean)

    return ModelDraws(description, _fill_numbers(description, count, values_of, None, frozenset(given)), None)


def _fill_numbers(
    description: ModelDescription,
    draw_count: int,
    values_of: Callable[[NumberIndex, Distribution], Floats],
    share_of: Callable[[NumberIndex], Floats] | None,
    given: frozenset[NumberIndex] = frozenset(),
) -> Floats:
    """Every number: first those of which nothing was learnt, then the cost of being unlike, then efficiencies.

    Args:
        description: The model.
        draw_count: How many draws.
        values_of: The values of a number by its distribution.
        share_of: The shares at which a number stands whose chances differ from draw to draw; None for the means.
        given: The numbers that are given, of which nothing is learnt.
    """
    import numpy as np

    network, numbers = description.network, description.numbers
    lessons = Lessons(network.channels, network.experiences)
    values = np.empty((len(numbers), draw_count))
    taught = {
        row.efficiency: channel
        for channel, row in enumerate(network.channels)
        if row.efficiency not in given and lessons.is_taught(channel, numbers[row.efficiency].distribution)
    }
    for index, number in enumerate(numbers):
        if index == network.unlikeness_cost and index not in given:
            values[index] = values_of(index, learnt_cost(lessons, number.distribution, numbers))
        elif not number.distribution.varies and index not in given:
            values[index] = number.distribution.parameters[0]
        elif index not in taught:
            values[index] = values_of(index, number.distribution)
    for index, channel in taught.items():
        costs, rows = _distinct_costs(
            learnt_cost(lessons, numbers[network.unlikeness_cost].distribution, numbers),
            values[network.unlikeness_cost],
        )
        table = learnt_efficiency(lessons, channel, numbers[index].distribution, costs.tolist())
        values[index] = table.means[rows] if share_of is None else table.quantiles(rows, share_of(index))
    return values


def _distinct_costs(distribution: Distribution, values: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """The costs that there may be, and which of them holds in each draw."""
    import numpy as np

    if distribution.form == "discrete":
        costs = np.unique(distribution.discrete_values[0])
        rows = np.minimum(np.searchsorted(costs, values), len(costs) - 1)
        if (costs[rows] == values).all():
            return costs, rows
    costs, rows = np.unique(values, return_inverse=True)
    return costs, rows


def number_uniforms(description: ModelDescription, index: NumberIndex, indices: range) -> Floats:
    """The draws of a number as shares of its distribution, shape (draws,).

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import number_uniforms
        >>> model = two_states()
        >>> number_uniforms(model, model.number_index["issues.trade.stakes"], range(2)).round(3).tolist()
        [0.492, 0.666]
    """
    path, seed = description.numbers[index].path, description.seed
    if description.sampling == "sobol" and index in description.net_dimensions:
        dimension = description.net_dimensions[index]
        own = sobol_uniforms(indices.start, len(indices), path, dimension, len(description.net_dimensions), seed)
    else:
        own = hypercube_uniforms(indices.start, len(indices), stream_keys(seed, path))
    group = description.groups_by_number.get(index)
    if group is None:
        return own
    common = hypercube_uniforms(indices.start, len(indices), stream_keys(seed, f"together.{group.id}"))
    return correlated_uniforms(own, common, group.rank_correlation, index in group.opposed)
