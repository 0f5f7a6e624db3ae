"""What is at stake in a block of draws, and what it comes to on every graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from detente.case.schema.estimate import Estimate
from detente.methods.networks.gravity_stakes import IssueStakes, compute_issue_stakes
from detente.rooms.gains.model.salience import actor_salience, salience_groups
from detente.rooms.gains.model.simulation.channel_mixture import GraphValues
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import NetworkDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CalmBaseline:
    """What is at stake without any grave threat, and what would be with one that all feel in full."""

    issue_stakes: Floats
    """By issue, shape (issues, draws), in the units of the case."""
    actor_stakes: Floats
    """What each actor has at stake across organisations, on all issues, shape (draws, actors)."""
    grave_graph_values: GraphValues
    """The values under a grave threat, summed over issues: shape (graphs, draws, actors)."""
    grave_total_stakes: Floats
    """All that would be at stake then, shape (draws,)."""

    @cached_property
    def total_stakes(self) -> Floats:
        """All that is at stake, shape (draws,), never 0."""
        import numpy as np

        total = self.issue_stakes.sum(axis=0)
        return np.where(total > 0, total, 1.0)


@dataclass(frozen=True)
class BatchStakes:
    """What is at stake in a block of draws."""

    graph_values: GraphValues
    """The values on every graph, as shares of all that is at stake across organisations."""
    pair_stakes: tuple[tuple[Floats, Floats], ...]
    """What pairs have at stake on all issues, and what of it takes all members together; shares likewise. As it weighs
    for each of the groups of actors for whom issues weigh alike (`salience.py`)."""
    issue_stakes: Floats
    """All that is at stake across organisations, shape (issues, draws), in the units of the case."""
    calm_baseline: CalmBaseline
    """What would be at stake without a threat, and with a grave one."""


STAKE_SECTIONS = ("issues", "network", "threat")
"""The parts of a case with numbers on which it hangs what is at stake."""
MOST_CACHED_PAIRS = 1_000
"""Pairs, up to which what is at stake is kept for the next who asks."""
_CACHES: WeakKeyDictionary[ChannelModel, tuple[dict[str, Estimate], dict[tuple[int, ...], BatchStakes]]] = (
    WeakKeyDictionary()
)
"""By model, the other estimates of what is at stake, and what that came to in blocks of draws."""


def stakes_of_batch(model: ChannelModel, draws: NetworkDraws) -> BatchStakes:
    """What is at stake in a block of draws, and what that comes to on every graph.

    Where other estimates are put in the place of some numbers, none of which it hangs on, it is what it was for
    the others before: the greatest part of the work of asking what else is so much likelier.
    """
    if not draws.overrides or len(model.actor_network.across_organisations) > MOST_CACHED_PAIRS:
        return compute_batch_stakes(model, draws)
    changed_stakes = {
        path: estimate for path, estimate in draws.overrides.items() if path.split(".")[0] in STAKE_SECTIONS
    }
    if model not in _CACHES or _CACHES[model][0] != changed_stakes:
        _CACHES[model] = changed_stakes, {}
    cache, key = _CACHES[model][1], draws.batch_key
    if key not in cache:
        cache[key] = compute_batch_stakes(model, draws)
    return cache[key]


def compute_batch_stakes(model: ChannelModel, draws: NetworkDraws) -> BatchStakes:
    """What is at stake in a block of draws, issue by issue."""
    stakes = _StakesSum(model, draws)
    for issue_index, name in enumerate(model.issues):
        if name in model.collective_issue_values:
            stakes.add_collective_issue(issue_index, name)
        else:
            stakes.add_pair_issue(issue_index, name)
    return stakes.as_shares()


class _StakesSum:
    """What is at stake on the issues of a block of draws, added up."""

    def __init__(self, model: ChannelModel, draws: NetworkDraws):
        import numpy as np

        self.model, self.draws, self.actor_network = model, draws, model.actor_network
        graph_count, issue_count, n = len(model.graph_positions), len(model.issues), model.actor_network.n
        draw_count, across_organisations = draws.draw_count, model.actor_network.across_organisations
        by_issue, over_issues = (graph_count, issue_count, draw_count, n), (graph_count, draw_count, n)
        self.graph_values = GraphValues(np.empty(by_issue), np.empty(by_issue))
        self.issue_stakes = np.empty((issue_count, draw_count))
        self.groups = salience_groups(model.case, model.actor_network)
        self.pair_stakes = tuple(
            (
                np.zeros((draw_count, len(across_organisations))),
                np.zeros((draw_count, int(across_organisations.sum()))),
            )
            for _ in self.groups
        )
        self.calm_baseline = CalmBaseline(
            np.empty((issue_count, draw_count)),
            np.zeros((draw_count, n)),
            GraphValues(np.zeros(over_issues), np.zeros(over_issues)),
            np.zeros(draw_count),
        )

    def add_collective_issue(self, issue_index: int, name: str) -> None:
        """Adds an issue that pairs cannot settle."""
        import numpy as np

        unit_values = self.model.collective_issue_values[name][:, None, :]
        users = self.model.users_of(name)
        stakes, calm_stakes, grave_stakes = (
            self.draws.collective_stakes(name),
            *(self.draws.collective_stakes(name, np.full((1, 1), threat)) for threat in (0.0, 1.0)),
        )
        salience = self._salience(name)
        self.graph_values.amount[:, issue_index] = stakes.amount * unit_values * salience
        self.graph_values.joint[:, issue_index] = stakes.joint_amount * unit_values * salience
        self.issue_stakes[issue_index] = stakes.amount[:, 0] * len(users)
        self.calm_baseline.grave_graph_values.amount[:] += grave_stakes.amount * unit_values * salience
        self.calm_baseline.grave_graph_values.joint[:] += grave_stakes.joint_amount * unit_values * salience
        self.calm_baseline.issue_stakes[issue_index] = calm_stakes.amount[:, 0] * len(users)
        self.calm_baseline.grave_total_stakes[:] += grave_stakes.amount[:, 0] * len(users)
        self.calm_baseline.actor_stakes[:, users] += calm_stakes.amount * salience[:, users]

    def add_pair_issue(self, issue_index: int, name: str) -> None:
        """Adds an issue that pairs settle."""
        weight, stake_parameters = self.draws.pair_weights(name), self.draws.stake_parameters(name)
        stakes = compute_issue_stakes(
            weight, *stake_parameters, self.draws.pair_threat, self.actor_network.across_organisations
        )
        self._add_graph_values(issue_index, name, weight, stake_parameters, stakes)
        self._add_calm_baseline(issue_index, name, weight, stake_parameters)
        self.issue_stakes[issue_index] = stakes.amount @ self.actor_network.counted_pairs
        for group, (amount, joint_amount) in zip(self.groups, self.pair_stakes, strict=True):
            weights = group.sample_weights(self.draws.parameters, name)[:, None]
            amount[:] += weights * stakes.amount
            joint_amount[:] += weights * stakes.joint_amount

    def _salience(self, name: str) -> Floats:
        """How much an issue weighs for every actor, shape (draws, actors), or (1, actors) where for all alike."""
        import numpy as np

        salience = actor_salience(self.groups, self.draws.parameters, name)
        return np.ones((1, self.actor_network.n)) if salience is None else salience

    def _add_graph_values(
        self,
        issue_index: int,
        name: str,
        weight: Floats,
        stake_parameters: tuple[Floats, Floats, Floats],
        stakes: IssueStakes,
    ) -> None:
        """The values of an issue on every graph, as it is and under a grave threat that all feel.

        Values are linear in what pairs have at stake, and without a threat what takes all members is the same share of
        it for every pair: so values of what pairs weigh, across organisations and within, are all that is needed.
        """
        operators, decay = self.model.operator_stack, self.draws.decay
        across_organisations = self.actor_network.across_organisations
        sigma, added_by_threat, joint_share = (column[:, None] for column in stake_parameters)
        salience = self._salience(name)
        across_values = salience * operators.myerson_values(weight[:, across_organisations], decay, "across")
        within_values = salience * operators.myerson_values(weight[:, ~across_organisations], decay, "within")
        if self.draws.pair_threat is None:
            self.graph_values.amount[:, issue_index] = sigma * (across_values + within_values)
            self.graph_values.joint[:, issue_index] = joint_share * sigma * across_values
        else:
            values = salience * operators.myerson_values(stakes.amount, decay)
            joint_values = salience * operators.myerson_values(stakes.joint_amount, decay, "across")
            self.graph_values.amount[:, issue_index] = values
            self.graph_values.joint[:, issue_index] = joint_values
        grave_values = self.calm_baseline.grave_graph_values
        grave_values.amount[:] += (sigma + added_by_threat) * across_values + (
            sigma + added_by_threat * self.draws.threat_within[:, None]
        ) * within_values
        grave_values.joint[:] += (joint_share * sigma + added_by_threat) * across_values

    def _add_calm_baseline(
        self, issue_index: int, name: str, weight: Floats, stake_parameters: tuple[Floats, Floats, Floats]
    ) -> None:
        """What is at stake on an issue without a threat, and with a grave one."""
        sigma, added_by_threat, _ = stake_parameters
        total_weight = weight @ self.actor_network.counted_pairs
        self.calm_baseline.issue_stakes[issue_index] = sigma * total_weight
        has_across_pairs = bool(self.actor_network.across_organisations.any())
        self.calm_baseline.grave_total_stakes[:] += (
            sigma + (added_by_threat if has_across_pairs else added_by_threat * self.draws.threat_within)
        ) * total_weight
        actor_stakes = sigma[:, None] * (weight @ self.actor_network.counted_pair_ends)
        self.calm_baseline.actor_stakes[:] += self._salience(name) * actor_stakes

    def as_shares(self) -> BatchStakes:
        """All issues together, values as shares of all that is at stake."""
        total = self.issue_stakes.sum(axis=0)[:, None]
        total[total <= 0] = 1.0
        of_pairs = (values for of_group in self.pair_stakes for values in of_group)
        for values in (self.graph_values.amount, self.graph_values.joint, *of_pairs):
            values /= total
        return BatchStakes(self.graph_values, self.pair_stakes, self.issue_stakes, self.calm_baseline)
