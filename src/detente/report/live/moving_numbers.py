"""The numbers on which the answer rests: others would be levers that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.decision_rows import ModelDecision
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.graph_arrays import used_runs
from detente.methods.offer_model.learning import Lessons
from detente.methods.offer_model.network_rows import ByActor, ModelNetwork
from detente.methods.offer_model.number_rows import NumberIndex


def moving_numbers(description: ModelDescription) -> frozenset[NumberIndex]:
    """Which numbers may move how often the offer is accepted, or what is replied.

    Args:
        description: A model in which somebody is asked.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.report.live.moving_numbers import moving_numbers
        >>> model = two_states()
        >>> paths = {model.numbers[index].path for index in moving_numbers(model)}
        >>> "issues.trade.stakes" in paths, "channels.none.exclusivity" in paths
        (True, False)
    """
    decision = description.decision
    assert decision is not None
    network = description.network
    found = {
        *_stakes_numbers(network),
        *_channel_numbers(network, decision),
        *_reason_numbers(network, decision),
        *_reply_numbers(decision),
    }
    return frozenset(found | set(_telling_numbers(network) if network.unlikeness_cost in found else ()))


def _given(numbers: ByActor | None) -> Iterator[NumberIndex]:
    return (number for number in numbers or () if number is not None)


def _stakes_numbers(network: ModelNetwork) -> Iterator[NumberIndex]:
    """What is at stake, and how it gets through graphs."""
    yield network.link_cost
    yield from _given(network.threat)
    if network.longest_path > 1:
        yield network.decay
    if any(issue.collective is None for issue in network.issues):
        yield network.spread
        yield network.threat_within
    if any(network.peripheral):
        yield network.periphery
    for issue in network.issues:
        yield from (issue.stakes, issue.raised, issue.multilateral)
        yield from _given(issue.salience)
        if issue.collective is None:
            yield issue.gravity
            yield from _given(issue.exposure)


def _channel_numbers(network: ModelNetwork, decision: ModelDecision) -> Iterator[NumberIndex]:
    """How exclusive the channels are that are offered or observed, and how well all that are on a graph work."""
    runs = [network.runs[run] for run in used_runs(network, decision.offered_runs)]
    for place in {run.channel for run in runs}:
        channel = network.channels[place]
        if channel.displaces is not None:
            yield channel.exclusivity
        if channel.opens is not None:
            yield channel.opening
        if any(one.less_by_depth is not None for one in decision.mechanisms) and channel.joins:
            yield channel.depth
    working = {place for run in runs for graph in run.graphs for place in graph.channels} | {network.observed}
    for place in working:
        channel = network.channels[place]
        yield channel.efficiency
        if any(channel.unlikeness):
            yield network.unlikeness_cost
            yield from (number for pair in channel.unlikeness for one in pair for number in (one.first, one.second))


def _telling_numbers(network: ModelNetwork) -> Iterator[NumberIndex]:
    """How well the channels work from which it was learnt what it costs to be unlike."""
    lessons = Lessons(network.channels, network.experiences)
    for experience in network.experiences:
        if (channel := lessons.joining_channel(experience)) is not None:
            yield network.channels[channel].efficiency


def _reason_numbers(network: ModelNetwork, decision: ModelDecision) -> Iterator[NumberIndex]:
    """What counts for who decides, or is lost by them to others."""
    deciding = set(decision.sides[ANSWERING].voices)
    for mechanism in decision.mechanisms:
        rows = [row for row in mechanism.rows if row.voice in deciding or mechanism.losers is not None]
        yield from (row.strength for row in rows)
        if rows:
            yield from _given((mechanism.less_by_exclusivity, mechanism.less_by_depth))
    yield from (option.forgone for option in decision.outside if deciding & set(option.voices))


def _reply_numbers(decision: ModelDecision) -> Iterator[NumberIndex]:
    settings = decision.replies
    yield from (settings.discount, settings.hazard, settings.insight)
    if decision.sides[ANSWERING].pays_for_consent:
        yield settings.transfers
    for row in settings.replies:
        yield from (row.once, row.each, row.brings, row.kept, row.informs)
