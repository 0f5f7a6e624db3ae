"""What pairs of actors have at stake, as arrays for compiled code.

A number stands there by its place among the numbers of the model, or NONE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from detente.methods.networks.communication_graph import pair_indices
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.network_rows import ModelIssue, ModelNetwork
from detente.methods.offer_model.number_rows import NumberIndex
from detente.methods.offer_model.plain_arrays import actor_places, integer_array, integer_matrix, place_or_none
from detente.methods.offer_model.stakes import salience_groups
from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import stream_keys
from detente.methods.sampling.keyed_normals import normal_levels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.methods.offer_model.plain_arrays import Floats, Integers, Masks, Words

_NOTHING = Distribution("value", (0.0,), 0.0, 1.0)
"""A threat that nobody feels."""


class PairArrays(NamedTuple):
    """Pairs of actors, and what holds for all of them."""

    pair_first: NDArray[np.intp]
    """One actor of each pair, shape (pairs,)."""
    pair_second: NDArray[np.intp]
    """The other, shape (pairs,)."""
    across: Masks
    """Which pairs have no organisation in common, shape (pairs,)."""
    counted: Masks
    """Which pairs make up all that is at stake, shape (pairs,)."""
    peripheral: Masks
    """Which pairs have an organisation in common that neither leads, shape (pairs,)."""
    able: Masks
    """Which pairs are of two that can do anything, shape (pairs,)."""
    log_product: Floats
    """The logarithm of the product of two capabilities, as a multiple of that at which a pair weighs 1; 0 where they
    are not able. Shape (pairs,)."""
    settings: Integers
    """Numbers that hold for all, in the order of `stakes_kernel`, shape (5,)."""
    has_threat: bool
    """Whether anybody may feel a threat."""
    threat: Integers
    """The number of each actor's threat, shape (actors,)."""
    actor_group: Integers
    """The group of each actor, for all of whom issues weigh alike, shape (actors,)."""
    group_count: int
    """How many groups there are."""
    gravity_numbers: Integers
    """The numbers that are an exponent of capabilities, each once, shape (exponents,)."""


class IssueArrays(NamedTuple):
    """Issues that pairs settle, and how pairs depart from what is usual."""

    issue_stakes: Integers
    """The number of what is at stake, shape (issues,)."""
    issue_raised: Integers
    """The number of what a grave threat adds, shape (issues,)."""
    issue_multilateral: Integers
    """The number of what takes all members, shape (issues,)."""
    issue_gravity: Integers
    """Which of the exponents holds for an issue, shape (issues,)."""
    issue_exposure: Integers
    """The number of how much an issue weighs for pairs of an actor, shape (issues, actors)."""
    issue_weight: Integers
    """The number of how much an issue weighs for a group of actors, shape (issues, groups)."""
    noise_keys: Words
    """The keys of the stream of each issue, shape (issues, 2)."""
    has_departures: bool
    """Whether pairs depart from what is usual at all."""
    spread_is_certain: bool
    """Whether it is certain how far."""
    levels: Floats
    """Normal numbers in rising order, shape (levels,); where the spread is certain, the factors that they make."""


def arrange_pairs(description: ModelDescription) -> PairArrays:
    """The pairs of a model."""
    import numpy as np

    network, numbers = description.network, description.numbers
    i, j = pair_indices(len(network.actors))
    log_capability = log_capabilities(network)
    log_product = log_capability[i] + log_capability[j] - np.log(network.reference_product)
    able = np.isfinite(log_product)
    threat = actor_places(network.threat, len(network.actors))
    of_all = (network.periphery, network.decay, network.link_cost, network.spread, network.threat_within)
    return PairArrays(
        pair_first=i,
        pair_second=j,
        across=network.across_pairs,
        counted=network.counted_pairs,
        peripheral=np.array(network.peripheral, dtype=bool),
        able=able,
        log_product=np.where(able, log_product, 0.0),
        settings=integer_array(of_all),
        has_threat=any(numbers[place].distribution != _NOTHING for place in threat if place >= 0),
        threat=threat,
        actor_group=_group_by_actor(network),
        group_count=len(salience_groups(network)),
        gravity_numbers=integer_array(_gravity_numbers(network)),
    )


def log_capabilities(network: ModelNetwork) -> Floats:
    """The logarithm of what each actor can do, shape (actors,): minus infinity where that is nothing."""
    import numpy as np

    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.array(network.capabilities)))


def arrange_issues(description: ModelDescription) -> IssueArrays:
    """The issues of a model that pairs settle."""
    import numpy as np

    network, actor_count = description.network, len(description.network.actors)
    groups, gravity_numbers = salience_groups(network), _gravity_numbers(network)
    places, issues = list(_pair_issues(network)), list(_pair_issues(network).values())
    keys = [stream_keys(description.seed, f"network.spread/{issue.id}") for issue in issues]
    spread = description.numbers[network.spread].distribution
    return IssueArrays(
        issue_stakes=integer_array(issue.stakes for issue in issues),
        issue_raised=integer_array(issue.raised for issue in issues),
        issue_multilateral=integer_array(issue.multilateral for issue in issues),
        issue_gravity=integer_array(gravity_numbers.index(issue.gravity) for issue in issues),
        issue_exposure=integer_matrix([actor_places(issue.exposure, actor_count) for issue in issues], actor_count),
        issue_weight=integer_matrix(
            [[place_or_none(group.numbers[place]) for group in groups] for place in places], len(groups)
        ),
        noise_keys=np.array(keys, dtype=np.uint32).reshape(len(issues), 2),
        has_departures=spread.varies or spread.parameters[0] != 0,
        spread_is_certain=not spread.varies,
        levels=normal_levels() if spread.varies else np.exp(spread.parameters[0] * normal_levels()),
    )


def _pair_issues(network: ModelNetwork) -> dict[int, ModelIssue]:
    """The issues that pairs settle, by their places among all."""
    return {place: issue for place, issue in enumerate(network.issues) if issue.collective is None}


def _gravity_numbers(network: ModelNetwork) -> list[NumberIndex]:
    """The exponents of these issues, each once; where there are none, any number, as compiled code needs one."""
    return list(dict.fromkeys(issue.gravity for issue in _pair_issues(network).values())) or [network.decay]


def _group_by_actor(network: ModelNetwork) -> Integers:
    import numpy as np

    actor_group = np.zeros(len(network.actors), dtype=np.int64)
    for number, group in enumerate(salience_groups(network)):
        actor_group[group.members] = number
    return actor_group
