"""What is at stake in a batch of draws, and what it comes to on every graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import IssueStakes, compute_issue_stakes
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import CollectiveIssue, ModelNetwork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GraphValues:
    """Values on every graph, shape (graphs, issues, draws, actors), or without issues where they are summed."""

    amount: Floats
    """Of all that is at stake."""
    joint: Floats
    """Of what takes all members together."""

    @cached_property
    def issue_sums(self) -> GraphValues:
        """Over all issues."""
        return GraphValues(self.amount.sum(axis=1), self.joint.sum(axis=1))


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
class SalienceGroup:
    """Actors for whom every issue weighs alike."""

    numbers: tuple[int | None, ...]
    """By which number each issue weighs for them; None where in full."""
    members: NDArray[np.bool_]
    """Which actors they are, shape (actors,)."""


@dataclass(frozen=True)
class BatchStakes:
    """What is at stake in a batch of draws."""

    graph_values: GraphValues
    """The values on every graph, as shares of all that is at stake across organisations."""
    pair_stakes: tuple[tuple[Floats, Floats], ...]
    """What pairs have at stake on all issues, and what of it takes all members together; shares likewise. As it weighs
    for each of the groups of actors for whom issues weigh alike."""
    issue_stakes: Floats
    """All that is at stake across organisations, shape (issues, draws), in the units of the case."""
    calm_baseline: CalmBaseline
    """What would be at stake without a threat, and with a grave one."""


def salience_groups(network: ModelNetwork) -> tuple[SalienceGroup, ...]:
    """The actors by how much issues weigh for them: one group where nothing is said.

    What an actor gains on an issue counts for it as often as the issue weighs for it. Two who share a gain by the Nash
    bargaining solution, of which the Myerson value of a pair is one, divide it alike whatever either makes of it: the
    solution does not depend on the scales of their utilities (Nash 1950). So salience changes what each has of its
    share, and not the shares. What one gains the other then need not lose.
    """
    import numpy as np

    by_actor = [
        tuple(issue.salience[actor] if issue.salience else None for issue in network.issues)
        for actor in range(len(network.actors))
    ]
    return tuple(
        SalienceGroup(numbers, np.array([one == numbers for one in by_actor]))
        for numbers in sorted(dict.fromkeys(by_actor), key=lambda numbers: any(one is not None for one in numbers))
    )


def sum_over_groups(groups: tuple[SalienceGroup, ...], value: Callable[[int], Floats]) -> Floats:
    """What every actor has, each by the weights of its own group.

    Args:
        groups: All groups.
        value: By the number of a group, what every actor would have by its weights, shape (..., actors).
    """
    import numpy as np

    if len(groups) == 1:
        return value(0)
    values = [np.where(group.members, value(number), 0.0) for number, group in enumerate(groups)]
    return np.asarray(np.sum(values, axis=0))


def group_weights(group: SalienceGroup, draws: ModelDraws, issue_number: int) -> Floats:
    """How much an issue weighs for a group, shape (draws,)."""
    import numpy as np

    number = group.numbers[issue_number]
    return np.ones(draws.draw_count) if number is None else np.asarray(draws.values[number])


def collective_stakes(draws: ModelDraws, issue_number: int, threat: Floats | None = None) -> IssueStakes:
    """What is at stake on an issue that pairs cannot settle: one amount, by the least threat of those concerned.

    Args:
        draws: The numbers.
        issue_number: Which issue.
        threat: Instead of what they perceive, shape (draws, 1).
    """
    import numpy as np

    collective = draws.network.issues[issue_number].collective
    if threat is None:
        concerned = collective.concerned if collective else ()
        threat = draws.perceived_threat[:, concerned].min(axis=1, initial=1.0)[:, None]
    is_across = np.ones(1, dtype=bool)
    return compute_issue_stakes(
        np.ones((draws.draw_count, 1)), *draws.stake_parameters(issue_number), threat, is_across
    )


def compute_stakes(draws: ModelDraws) -> BatchStakes:
    """What is at stake in a batch of draws, issue by issue."""
    stakes = _StakesSum(draws)
    for number, issue in enumerate(draws.network.issues):
        if issue.collective:
            stakes.add_collective_issue(number, issue.collective)
        else:
            stakes.add_pair_issue(number)
    return stakes.as_shares()


class _StakesSum:
    """What is at stake on the issues of a batch of draws, added up."""

    def __init__(self, draws: ModelDraws):
        import numpy as np

        self.draws, self.network = draws, draws.network
        graph_count, issue_count, n = len(self.network.graphs), len(self.network.issues), len(self.network.actors)
        draw_count, across = draws.draw_count, self.network.across_pairs
        by_issue, over_issues = (graph_count, issue_count, draw_count, n), (graph_count, draw_count, n)
        self.graph_values = GraphValues(np.empty(by_issue), np.empty(by_issue))
        self.issue_stakes = np.empty((issue_count, draw_count))
        self.groups = salience_groups(self.network)
        self.pair_stakes = tuple(
            (np.zeros((draw_count, len(across))), np.zeros((draw_count, int(across.sum())))) for _ in self.groups
        )
        self.calm_baseline = CalmBaseline(
            np.empty((issue_count, draw_count)),
            np.zeros((draw_count, n)),
            GraphValues(np.zeros(over_issues), np.zeros(over_issues)),
            np.zeros(draw_count),
        )

    def add_collective_issue(self, number: int, collective: CollectiveIssue) -> None:
        """Adds an issue that pairs cannot settle."""
        import numpy as np

        unit_values, users = np.array(collective.unit_values)[:, None, :], list(collective.users)
        stakes, calm_stakes, grave_stakes = (
            collective_stakes(self.draws, number),
            *(collective_stakes(self.draws, number, np.full((1, 1), threat)) for threat in (0.0, 1.0)),
        )
        salience = self._salience(number)
        self.graph_values.amount[:, number] = stakes.amount * unit_values * salience
        self.graph_values.joint[:, number] = stakes.joint_amount * unit_values * salience
        self.issue_stakes[number] = stakes.amount[:, 0] * len(users)
        self.calm_baseline.grave_graph_values.amount[:] += grave_stakes.amount * unit_values * salience
        self.calm_baseline.grave_graph_values.joint[:] += grave_stakes.joint_amount * unit_values * salience
        self.calm_baseline.issue_stakes[number] = calm_stakes.amount[:, 0] * len(users)
        self.calm_baseline.grave_total_stakes[:] += grave_stakes.amount[:, 0] * len(users)
        self.calm_baseline.actor_stakes[:, users] += calm_stakes.amount * salience[:, users]

    def add_pair_issue(self, number: int) -> None:
        """Adds an issue that pairs settle."""
        weight, stake_parameters = self.draws.pair_weights(number), self.draws.stake_parameters(number)
        stakes = compute_issue_stakes(weight, *stake_parameters, self.draws.pair_threat, self.network.across_pairs)
        self._add_graph_values(number, weight, stake_parameters, stakes)
        self._add_calm_baseline(number, weight, stake_parameters)
        self.issue_stakes[number] = stakes.amount @ self.network.counted_pairs
        for group, (amount, joint_amount) in zip(self.groups, self.pair_stakes, strict=True):
            weights = group_weights(group, self.draws, number)[:, None]
            amount[:] += weights * stakes.amount
            joint_amount[:] += weights * stakes.joint_amount

    def _salience(self, number: int) -> Floats:
        """How much an issue weighs for every actor, shape (draws, actors), or (1, actors) where for all alike."""
        import numpy as np

        salience = self.draws.salience(number)
        return np.ones((1, len(self.network.actors))) if salience is None else salience

    def _add_graph_values(
        self,
        number: int,
        weight: Floats,
        stake_parameters: tuple[Floats, Floats, Floats],
        stakes: IssueStakes,
    ) -> None:
        """The values of an issue on every graph, as it is and under a grave threat that all feel.

        Values are linear in what pairs have at stake, and without a threat what takes all members is the same share of
        it for every pair: so values of what pairs weigh, across organisations and within, are all that is needed.
        """
        operators, decay, across = (
            self.network.operators,
            self.draws.values[self.network.decay],
            self.network.across_pairs,
        )
        sigma, added_by_threat, joint_share = (column[:, None] for column in stake_parameters)
        salience = self._salience(number)
        across_values = salience * operators.myerson_values(weight[:, across], decay, "across")
        within_values = salience * operators.myerson_values(weight[:, ~across], decay, "within")
        if self.draws.pair_threat is None:
            self.graph_values.amount[:, number] = sigma * (across_values + within_values)
            self.graph_values.joint[:, number] = joint_share * sigma * across_values
        else:
            values = salience * operators.myerson_values(stakes.amount, decay)
            joint_values = salience * operators.myerson_values(stakes.joint_amount, decay, "across")
            self.graph_values.amount[:, number] = values
            self.graph_values.joint[:, number] = joint_values
        grave_values = self.calm_baseline.grave_graph_values
        within = self.draws.values[self.network.threat_within][:, None]
        grave_values.amount[:] += (sigma + added_by_threat) * across_values + (
            sigma + added_by_threat * within
        ) * within_values
        grave_values.joint[:] += (joint_share * sigma + added_by_threat) * across_values

    def _add_calm_baseline(self, number: int, weight: Floats, stake_parameters: tuple[Floats, Floats, Floats]) -> None:
        """What is at stake on an issue without a threat, and with a grave one."""
        sigma, added_by_threat, _ = stake_parameters
        total_weight = weight @ self.network.counted_pairs
        self.calm_baseline.issue_stakes[number] = sigma * total_weight
        within = self.draws.values[self.network.threat_within]
        has_across_pairs = bool(self.network.across_pairs.any())
        self.calm_baseline.grave_total_stakes[:] += (
            sigma + (added_by_threat if has_across_pairs else added_by_threat * within)
        ) * total_weight
        actor_stakes = sigma[:, None] * (weight @ self.network.counted_pair_ends)
        self.calm_baseline.actor_stakes[:] += self._salience(number) * actor_stakes

    def as_shares(self) -> BatchStakes:
        """All issues together, values as shares of all that is at stake."""
        total = self.issue_stakes.sum(axis=0)[:, None]
        total[total <= 0] = 1.0
        of_pairs = (values for of_group in self.pair_stakes for values in of_group)
        for values in (self.graph_values.amount, self.graph_values.joint, *of_pairs):
            values /= total
        return BatchStakes(self.graph_values, self.pair_stakes, self.issue_stakes, self.calm_baseline)
