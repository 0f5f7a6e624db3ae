"""Gains in batches of draws, kept for models that differ only in what gains do not rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.methods.offer_model.gains import GainsBatch, evaluate_gains
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import ByActor, ModelIssue, ModelNetwork
from detente.methods.offer_model.number_rows import NumberIndex
from detente.methods.offer_model.stakes import BatchStakes, compute_stakes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Structure = tuple[object, ...]


@dataclass
class BatchCache:
    """What was worked out before. Two models share what is at stake, or gains, where all that these rest on is the
    same: the rows of the model, and the values of the numbers in the draws."""

    _stakes: list[tuple[Structure, Floats, BatchStakes]] = field(default_factory=list)
    _batches: list[tuple[Structure, Floats, GainsBatch]] = field(default_factory=list)

    def batch_of(self, draws: ModelDraws) -> GainsBatch:
        """The gains in a batch of draws."""
        import numpy as np

        stakes_structure, stakes_values = _stakes_structure(draws), _stakes_values(draws)
        structure = (*stakes_structure, draws.network.runs, draws.network.channels)
        values = np.concatenate([stakes_values, _channel_values(draws)])
        for known, known_values, batch in self._batches:
            if known == structure and np.array_equal(known_values, values):
                return batch
        batch = evaluate_gains(draws, self._stakes_of(draws, stakes_structure, stakes_values))
        self._batches.append((structure, values, batch))
        return batch

    def _stakes_of(self, draws: ModelDraws, structure: Structure, values: Floats) -> BatchStakes:
        import numpy as np

        for known, known_values, stakes in self._stakes:
            if known == structure and np.array_equal(known_values, values):
                return stakes
        stakes = compute_stakes(draws)
        self._stakes.append((structure, values, stakes))
        return stakes


def _stakes_structure(draws: ModelDraws) -> Structure:
    """The rows on which what is at stake rests, without saying which numbers they refer to."""
    network = draws.network
    return (
        *(
            draws.departures is None,
            draws.description.seed,
            network.actors,
            network.capabilities,
            network.reference_product,
        ),
        *(network.across, network.peripheral, network.graphs, _pattern(network.threat)),
        tuple(
            (issue.id, issue.collective, _pattern(issue.exposure), _pattern(issue.salience)) for issue in network.issues
        ),
    )


def _pattern(numbers: ByActor | None) -> tuple[bool, ...] | None:
    return None if numbers is None else tuple(number is not None for number in numbers)


def _stakes_values(draws: ModelDraws) -> Floats:
    """The values of the numbers on which what is at stake rests, and which draws they are, shape (rows, draws)."""
    import numpy as np

    departures = np.zeros(draws.draw_count) if draws.departures is None else draws.departures
    return np.concatenate([draws.values[list(_stakes_numbers(draws.network))], departures[None].astype(float)])


def _stakes_numbers(network: ModelNetwork) -> Iterator[NumberIndex]:
    yield from (network.decay, network.spread, network.periphery, network.threat_within)
    yield from _given(network.threat)
    for issue in network.issues:
        yield from _issue_numbers(issue)


def _issue_numbers(issue: ModelIssue) -> Iterator[NumberIndex]:
    yield from (issue.stakes, issue.raised, issue.multilateral, issue.gravity)
    yield from _given(issue.exposure)
    yield from _given(issue.salience)


def _given(numbers: ByActor | None) -> Iterator[NumberIndex]:
    return (number for number in numbers or () if number is not None)


def _channel_values(draws: ModelDraws) -> Floats:
    """What a channel is in each draw, shape (rows, draws)."""
    import numpy as np

    network, values = draws.network, draws.values
    of_channels = [
        row
        for place, channel in enumerate(network.channels)
        for row in (values[channel.exclusivity], values[channel.opening], draws.efficiency(place))
    ]
    return np.stack([values[network.link_cost], *of_channels])
