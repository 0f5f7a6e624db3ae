"""Which actors of a network a party stands for, and which issues are weighed."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.schema.case import Case
from detente.case.schema.coding import Issue
from detente.rooms.gains.model.network.actor_network import ActorNetwork


def issues_with_stakes(case: Case) -> list[str]:
    """The issues that are weighed."""
    return [name for name, issue in case.issues.items() if issue.stakes is not None]


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


def actors_of_parties(case: Case, actor_network: ActorNetwork, parties: Iterable[str]) -> list[int]:
    """The actors that some parties stand for, each once."""
    return sorted({actor for party in parties for actor in actors_of_party(case, actor_network, party)})


def actors_concerned(case: Case, actor_network: ActorNetwork, issue: Issue) -> list[int]:
    """The actors that an issue's technology names."""
    technology = issue.technology
    return actors_of_parties(case, actor_network, [*technology.users, *technology.providers]) if technology else []
