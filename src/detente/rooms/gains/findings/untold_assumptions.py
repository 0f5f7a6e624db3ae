"""What the room took for granted without the case saying so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.case.schema.case import Case
from detente.rooms.gains.model.network.internal_division import applicable_allocation
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.threat_scenarios import threat_raises_stakes
from detente.text.dates import format_period
from detente.text.english import join_words


def gains_assumptions(case: Case, years: Sequence[YearGains], labels: CaseLabels) -> Iterator[str]:
    """What was assumed without the case saying so."""
    yield from _capability_assumptions(case, years, labels)
    yield from _stakes_assumptions(case)
    yield from _channel_assumptions(case, years[-1], labels)
    yield from _division_assumptions(case, years[-1], labels)
    yield from _leader_assumptions(case, years[-1], labels)


def _capability_assumptions(case: Case, years: Sequence[YearGains], labels: CaseLabels) -> Iterator[str]:
    """Through what they deal, and what they can do."""
    if case.network.observed is None and len(case.channels) > 1:
        observed_title = labels.channel_title(years[-1].actor_network.observed_channel)
        yield f"{observed_title} is the channel through which they do deal."
    if not case.capabilities:
        yield "All states can do as much as each other, and an organisation that is one player as much as its members."
    if "gravity" not in case.network.model_fields_set and case.capabilities:
        yield "What two can gain grows with the square root of the product of their capabilities."


def _stakes_assumptions(case: Case) -> Iterator[str]:
    """What is at stake, and what becomes of it."""
    declared_fields = case.network.model_fields_set
    if "decay" not in declared_fields:
        yield "Nothing of a gain is lost on longer ways between actors."
    if "multilateral" not in declared_fields and any(
        issue.stakes and not issue.multilateral for issue in case.issues.values()
    ):
        yield "Nothing that is at stake takes all members together, where issues do not say so."
    if "spread" not in declared_fields:
        yield "Pairs have at stake just what capabilities, exposure and stakes suggest."
    if not case.threat:
        yield "Nobody perceives a grave threat beyond those that the stakes already hold."
    if "threat_within" not in declared_fields and threat_raises_stakes(case):
        yield "A grave threat raises what the members of one organisation have to gain from each other in full, too."


def _channel_assumptions(case: Case, year: YearGains, labels: CaseLabels) -> Iterator[str]:
    """How exclusive channels are, and how much they get done."""
    for channel_graphs in year.actor_network.channels:
        channel = case.channels[channel_graphs.channel]
        if channel.displaces and channel.exclusivity is None:
            yield f"{labels.channel_title(channel_graphs.channel)} replaces all the ties that it can replace."
        if channel.opens and channel.opening is None:
            yield f"{labels.channel_title(channel_graphs.channel)} always opens {labels.channel_title(channel.opens)}."
    if _has_joint_stakes(case):
        for name in (name for name, channel in case.channels.items() if channel.efficiency is None):
            if year.actor_network.links_organisations(name):
                yield f"{labels.channel_title(name)} gets all done that takes all members together."


def _division_assumptions(case: Case, year: YearGains, labels: CaseLabels) -> Iterator[str]:
    """How organisations divide what they gain by answering as one, each once."""
    sentences: dict[str, None] = {}
    for channel_graphs in year.actor_network.channels:
        for group, name in zip(channel_graphs.merged_groups, channel_graphs.organisations, strict=True):
            allocation = applicable_allocation(case, year.actor_network, name, group)
            division_phrase = f"like its {allocation.of}" if allocation else "equally"
            division_phrase += f" ({format_period(allocation.during)})" if allocation and allocation.during else ""
            organisation_name = labels.party_name(name)
            sentences[
                f"What {organisation_name} gains by answering as one is divided among its members {division_phrase}."
            ] = None
    yield from sentences


def _leader_assumptions(case: Case, year: YearGains, labels: CaseLabels) -> Iterator[str]:
    """Through whom organisations deal."""
    network = year.actor_network
    joined_organisations = {
        party for channel in case.channels.values() for party in channel.joins if party in case.organisations
    }
    for name in sorted(joined_organisations - {*case.network.through, *case.network.as_one}):
        leaders = [
            labels.party_name(network.actors[member])
            for member in network.members_of(name)
            if name in network.organisations_led[member]
        ]
        if leaders:
            reason = "which can do most" if case.capabilities else "which is named first"
            yield f"{labels.party_name(name)} deals through {join_words(leaders)}, {reason}."


def _has_joint_stakes(case: Case) -> bool:
    """Whether anything takes all members together."""
    estimates = [
        case.network.multilateral,
        *(issue.multilateral for issue in case.issues.values() if issue.multilateral),
    ]
    return any(estimate.bounds[1] > 0 for estimate in estimates)
