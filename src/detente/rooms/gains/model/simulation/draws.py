"""From a case to draws: every uncertain number of the channels, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.coding import Issue
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.case.uncertainty.random_streams import DRAWS_PER_BATCH, random_stream
from detente.methods.networks.communication_graph import pair_indices
from detente.methods.networks.gravity_stakes import IssueStakes, common_threat, compute_issue_stakes, gravity_weight
from detente.rooms.gains.model.experience import is_taught, learnt_cost, learnt_efficiency
from detente.rooms.gains.model.network.actor_network import ActorNetwork, applicable_name
from detente.rooms.gains.model.unlikeness import UNLIKENESS_PATH, sample_unlikeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_HELD = 2**20
"""Numbers that are held at once in one array: 8 megabytes."""
ZERO, ONE = Estimate(value=0), Estimate(value=1)


def issues_with_stakes(case: Case) -> list[str]:
    """The issues that are weighed."""
    return [name for name, issue in case.issues.items() if issue.stakes is not None]


class SequentialNormalDraws:
    """Standard normal draws of the parts of one block, one after the other: each goes on where that before it ended.

    So they are those of the block drawn at once, whichever part is asked for, and in whatever order.
    """

    def __init__(self) -> None:
        self._generator_states: dict[tuple[str, int], Mapping[str, object]] = {}

    def draw_part(self, generator: np.random.Generator, name: str, part: int, shape: tuple[int, int]) -> Floats:
        """The draws of one part.

        Args:
            source: At the beginning of the block.
            name: Of what is drawn.
            part: Which it is; all have the same shape.
            shape: (draws, pairs).
        """
        first_part = max(
            (part_index for part_index in range(part + 1) if (name, part_index) in self._generator_states), default=0
        )
        if first_part:
            generator.bit_generator.state = self._generator_states[name, first_part]
        for part_index in range(first_part, part + 1):
            noise = generator.standard_normal(shape)
            self._generator_states[name, part_index + 1] = generator.bit_generator.state
        return noise


@dataclass(frozen=True)
class NetworkDraws:
    """The numbers of one batch of draws, for the actors of one network."""

    parameters: ParameterDraws
    actor_network: ActorNetwork
    normal_draws: SequentialNormalDraws = field(default_factory=lambda: SequentialNormalDraws())
    """What the parts of a batch have in common: where the draws of what pairs depart by go on."""
    threat: Mapping[str, Estimate] | None = None
    """Who perceives a threat, if others than the case says."""

    @classmethod
    def of_batch(cls, case: Case, actor_network: ActorNetwork, batch: int) -> NetworkDraws:
        """All draws of a batch, from 0."""
        return cls(ParameterDraws(case, batches=range(batch, batch + 1)), actor_network)

    @classmethod
    def at_means(
        cls,
        case: Case,
        actor_network: ActorNetwork,
        fixed_values: Mapping[str, Floats] | None = None,
        threat: Mapping[str, Estimate] | None = None,
    ) -> NetworkDraws:
        """Every number at its mean, but those that are given, each of shape (draws,)."""
        parameters = ParameterDraws(case, at_means=True, fixed_values=fixed_values or {})
        return cls(parameters, actor_network, threat=threat)

    @property
    def case(self) -> Case:
        """The case."""
        return self.parameters.case

    @property
    def overrides(self) -> Mapping[str, Estimate]:
        """Paths of numbers with other estimates than those of the case."""
        return self.parameters.overrides

    @property
    def batch_key(self) -> tuple[int, ...]:
        """Which draws these are: the batch, the part, and how many parts there are."""
        batches = self.parameters.batches
        return (batches.start if batches is not None else 0, *self.parameters.part)

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return self.parameters.draw_count

    def sample(self, estimate: Estimate, path: str) -> Floats:
        """Draws of one number, by its path in the case, shape (draws,)."""
        return self.parameters.sample(estimate, path)

    @cached_property
    def decay(self) -> Floats:
        """What is left of a gain for every further link."""
        return self.sample(self.case.network.decay, "network.decay")

    @cached_property
    def link_cost(self) -> Floats:
        """What a link costs, as a share of all that is at stake across organisations."""
        return self.sample(self.case.network.link_cost, "network.link_cost")

    def exclusivity(self, channel: str) -> Floats:
        """The chance that the links that a channel displaces do not survive."""
        return self.sample(self.case.channels[channel].exclusivity or ONE, f"channels.{channel}.exclusivity")

    def opening(self, channel: str) -> Floats:
        """The chance that what a channel opens comes about; 0 where it opens nothing."""
        default = ZERO if self.case.channels[channel].opens is None else ONE
        return self.sample(self.case.channels[channel].opening or default, f"channels.{channel}.opening")

    def depth(self, channel: str) -> Floats:
        """How far dealings in a channel go, from 0 to 1."""
        return self.sample(self.case.channels[channel].depth or ONE, f"channels.{channel}.depth")

    def efficiency(self, channel: str) -> Floats:
        """How much of what takes all members together a channel gets done, less for that those it joins are unlike."""
        if_alike = self.efficiency_if_alike(channel)
        if not self.case.traits or not self.case.channels[channel].joins:
            return if_alike
        unlikeness = sample_unlikeness(self.parameters, self.actor_network.year, channel)
        return if_alike * (1 - self.unlikeness_cost * unlikeness)

    def efficiency_if_alike(self, channel: str) -> Floats:
        """How much of it a channel gets done between two that are alike, as learnt from experience."""
        estimate, path = self.case.channels[channel].efficiency or ONE, f"channels.{channel}.efficiency"
        if not is_taught(self.case, channel):
            return self.sample(estimate, path)
        year, costs = self.actor_network.year, self.unlikeness_cost
        return self.parameters.sample_weighted(
            estimate, path, lambda prior: learnt_efficiency(self.case, year, channel, prior, costs)
        )

    @cached_property
    def unlikeness_cost(self) -> Floats:
        """How much a channel leaves undone for that two are wholly unlike, as learnt from experience."""
        return self.parameters.sample_learnt(
            self.case.network.unlikeness,
            UNLIKENESS_PATH,
            lambda prior: learnt_cost(self.case, self.actor_network.year, prior),
        )

    @cached_property
    def pair_threat(self) -> Floats | None:
        """The threat that each two perceive in common, shape (draws, pairs); None where nobody perceives any."""
        perceived_threat = self.perceived_threat
        return common_threat(perceived_threat) * self._pair_threat_weights if perceived_threat.any() else None

    @cached_property
    def perceived_threat(self) -> Floats:
        """The threat that each actor perceives, shape (draws, actors)."""
        return self.sample_by_actor(self.case.threat if self.threat is None else self.threat, "threat", ZERO)

    @cached_property
    def threat_within(self) -> Floats:
        """How far a common threat raises what members of one organisation have to gain, shape (draws,)."""
        return self.sample(self.case.network.threat_within, "network.threat_within")

    @cached_property
    def _pair_threat_weights(self) -> Floats:
        import numpy as np

        return np.where(self.actor_network.across_organisations, 1.0, self.threat_within[:, None])

    def sample_by_actor(self, estimates: Mapping[str, Estimate], path: str, default: Estimate) -> Floats:
        """A number that each actor has of its own, or by its organisation: shape (draws, actors)."""
        import numpy as np

        columns = []
        values_by_name: dict[str | None, Floats] = {None: np.full(self.draw_count, default.mean)}
        for actor in self.actor_network.actors:
            name = applicable_name(self.actor_network, estimates, actor)
            if name not in values_by_name and name is not None:
                values_by_name[name] = self.sample(estimates[name], f"{path}.{name}")
            columns.append(values_by_name[name])
        return np.stack(columns, axis=1)

    @cached_property
    def _reference_product(self) -> float:
        """The greatest product of capabilities across organisations, or of all pairs where none is."""
        import numpy as np

        i, j = pair_indices(self.actor_network.n)
        capabilities = np.array(self.actor_network.capabilities)
        products = capabilities[i] * capabilities[j]
        products_across = (
            products[self.actor_network.across_organisations]
            if self.actor_network.across_organisations.any()
            else products
        )
        return float(products_across.max(initial=0.0)) or 1.0

    @cached_property
    def _periphery_factors(self) -> Floats:
        import numpy as np

        periphery = self.sample(self.case.network.periphery, "network.periphery")
        return np.where(self.actor_network.peripheral_pairs, periphery[:, None], 1.0)

    def pair_stakes(self, issue_name: str) -> IssueStakes:
        """What each pair has at stake on an issue."""
        return compute_issue_stakes(
            self.pair_weights(issue_name),
            *self.stake_parameters(issue_name),
            self.pair_threat,
            self.actor_network.across_organisations,
        )

    def pair_weights(self, issue_name: str) -> Floats:
        """What each pair weighs on an issue, shape (draws, pairs)."""
        import numpy as np

        issue, path = self.case.issues[issue_name], f"issues.{issue_name}"
        weight = gravity_weight(
            np.array(self.actor_network.capabilities),
            self._sample_issue_setting(issue, path, "gravity"),
            self._reference_product,
            self._pair_deviations(issue_name),
        )
        if self.actor_network.peripheral_pairs.any():
            weight *= self._periphery_factors
        if issue.exposure:
            i, j = pair_indices(self.actor_network.n)
            exposure = self.sample_by_actor(issue.exposure, f"{path}.exposure", ONE)
            weight *= exposure[:, i] * exposure[:, j]
        return weight

    def weight_of_product(self, issue_name: str, product: float) -> Floats:
        """What a pair with this product of capabilities weighs on an issue, with no departure of its own: (draws,)."""
        import numpy as np

        if product <= 0:
            return np.zeros(self.draw_count)
        exponent = self._sample_issue_setting(self.case.issues[issue_name], f"issues.{issue_name}", "gravity")
        weight: Floats = (product / self._reference_product) ** exponent
        return weight

    def _pair_deviations(self, issue_name: str) -> Floats | None:
        """How far pairs depart on an issue from what capabilities suggest; one stream for all pairs of a year."""
        spread = self.sample(self.case.network.spread, "network.spread")
        if self.parameters.at_means or not spread.any():
            return None
        generator = random_stream(self.case.network.seed, f"network.spread/{issue_name}", self.batch_key[0])
        noise = self.normal_draws.draw_part(
            generator,
            issue_name,
            self.parameters.part[0],
            (self.draw_count, len(self.actor_network.across_organisations)),
        )
        noise *= spread[:, None]
        return noise

    def collective_stakes(self, issue_name: str, threat: Floats | None = None) -> IssueStakes:
        """What is at stake on an issue that pairs cannot settle: one amount, by the least threat of those concerned.

        Args:
            name: Of the issue.
            threat: Instead of what they perceive, shape (draws, 1).
        """
        import numpy as np

        if threat is None:
            issue = self.case.issues[issue_name]
            threat = self.perceived_threat[:, actors_concerned(self.case, self.actor_network, issue)].min(
                axis=1, initial=1.0
            )[:, None]
        is_across = np.ones(1, dtype=bool)
        return compute_issue_stakes(
            np.ones((self.draw_count, 1)), *self.stake_parameters(issue_name), threat, is_across
        )

    def stake_parameters(self, issue_name: str) -> tuple[Floats, Floats, Floats]:
        """What is at stake on an issue, what a grave threat adds, and which part takes all members; each (draws,)."""
        issue, path = self.case.issues[issue_name], f"issues.{issue_name}"
        return (
            stakes := self.sample(issue.stakes or ZERO, f"{path}.stakes"),
            stakes * self._sample_issue_setting(issue, path, "raised"),
            self._sample_issue_setting(issue, path, "multilateral"),
        )

    def _sample_issue_setting(self, issue: Issue, path: str, key: str) -> Floats:
        """A number that an issue gives, or the settings for all issues that do not."""
        estimate = getattr(issue, key)
        if estimate is not None:
            return self.sample(estimate, f"{path}.{key}")
        return self.sample(getattr(self.case.network, key), f"network.{key}")


def actors_concerned(case: Case, actor_network: ActorNetwork, issue: Issue) -> list[int]:
    """The actors that an issue's technology names."""
    if issue.technology is None:
        return []
    parties = [*issue.technology.users, *issue.technology.providers]
    return sorted({actor for party in parties for actor in actors_of_party(case, actor_network, party)})


def actors_of_party(case: Case, actor_network: ActorNetwork, party: str) -> list[int]:
    """The actors that a party stands for: itself, the one player that it is part of, or its members."""
    if party in actor_network.actors:
        return [actor_network.actors.index(party)]
    if party in case.organisations:
        return actor_network.members_of(party)
    return [
        actor_network.actors.index(name)
        for name in case.network.as_one
        if party in actor_network.members_by_player.get(name, ())
    ]


def draw_batches(
    case: Case, actor_network: ActorNetwork, draw_count: int, overrides: Mapping[str, Estimate] | None = None
) -> Iterator[NetworkDraws]:
    """The blocks that hold so many draws, if with other estimates of some numbers.

    In parts where pairs are many, or where few draws are asked for; the first part holds the first draws of its block.
    """
    part_count = parts_per_batch(case, actor_network)
    while part_count < DRAWS_PER_BATCH and 2 * part_count * draw_count <= DRAWS_PER_BATCH:
        part_count *= 2
    for batch_index in range(-(-draw_count // DRAWS_PER_BATCH)):
        normal_draws = SequentialNormalDraws()
        for part in range(
            min(part_count, -(-(draw_count - batch_index * DRAWS_PER_BATCH) * part_count // DRAWS_PER_BATCH))
        ):
            parameters = ParameterDraws(
                case,
                batches=range(batch_index, batch_index + 1),
                part=(part, part_count),
                overrides=overrides or {},
            )
            yield NetworkDraws(parameters, actor_network, normal_draws)


def parts_per_batch(case: Case, actor_network: ActorNetwork) -> int:
    """Into how many parts a block is divided, so that no array of its draws has more than `MOST_HELD` numbers.

    The largest are those of pairs, and of actors by issue and channel. A block that is not much too large is one part.
    """
    count, values_per_draw = (
        1,
        max(
            len(actor_network.across_organisations),
            actor_network.n * len(issues_with_stakes(case)) * len(actor_network.channels),
        ),
    )
    while (
        DRAWS_PER_BATCH * values_per_draw > 2 * MOST_HELD
        and DRAWS_PER_BATCH // count * values_per_draw > MOST_HELD
        and count < DRAWS_PER_BATCH
    ):
        count *= 2
    return count
