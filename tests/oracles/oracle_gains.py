"""Sections 3 and 4 of the page on the model: the graphs of channels, values on them, and gains. For `model_oracle`.

What a channel gets done of what takes all is in `oracle_unlikeness`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product
from typing import Literal

from tests.oracles.oracle_case import PaperCase, holds_in
from tests.oracles.oracle_stakes import IssueStakes, Pair, issue_stakes, salience, scale, weighed_issues
from tests.oracles.oracle_unlikeness import efficiency

Form = Literal["hub", "collegiate"]
Counted = Literal["perceived", "grave", "links"]
Issues = tuple[str, ...]


@dataclass(frozen=True)
class ChannelGraph:
    """A graph to which a channel may come: its chance, its links, what it gets done, and who is one player on it."""

    chance: float
    links: frozenset[Pair]
    efficiency: float
    merged: dict[str, str]
    """By member, the organisation that answers for it."""

    def player(self, actor: str) -> str:
        """Who an actor is on the graph."""
        return self.merged.get(actor, actor)

    def links_of_players(self) -> frozenset[Pair]:
        """The links between the players; those within one of them are not among them."""
        ends = (frozenset(map(self.player, link)) for link in self.links)
        return frozenset(link for link in ends if len(link) == 2)


@dataclass
class GraphGame:
    """What sets of players are worth on a graph."""

    links: frozenset[Pair]
    decay: float
    of_pair: dict[Pair, float] = field(default_factory=dict)
    of_player: dict[str, float] = field(default_factory=dict)
    """What one player has in full, since it is at stake between its members."""
    of_users: list[tuple[float, list[str], list[str], int]] = field(default_factory=list)
    """What each user has, the users, the providers, and how many of these are needed."""

    def worth(self, inside: frozenset[str]) -> float:
        """What a set is worth: what pairs have that are connected within it, and users with enough providers."""
        steps = {player: link_distances(inside, self.links, player) for player in inside}
        parts = [self.of_player.get(player, 0.0) for player in inside]
        for one, other in combinations(inside, 2):
            if other in steps[one]:
                parts.append(self.decay ** (steps[one][other] - 1) * self.of_pair.get(frozenset((one, other)), 0.0))
        for amount, users, providers, needed in self.of_users:
            reached = (sum(one in steps[user] for one in providers) for user in users if user in inside)
            parts += [amount for number in reached if number >= needed]
        return math.fsum(parts)


def myerson_values(players: list[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Shapley values by going through all sets; Myerson values, where `worth` adds up what its connected parts have."""
    n = len(players)
    sets = [frozenset(chosen) for size in range(n + 1) for chosen in combinations(players, size)]
    worths = {one: worth(one) for one in sets}
    chance = [math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n) for size in range(n)]
    return {
        player: math.fsum(
            chance[len(one)] * (worths[one | {player}] - worths[one]) for one in sets if player not in one
        )
        for player in players
    }


@cache
def link_distances(inside: frozenset[str], links: frozenset[Pair], start: str) -> dict[str, int]:
    """How many links it takes from `start` to each player that is reached within a set: a breadth-first search."""
    steps, border = {start: 0}, {start}
    while border:
        further = max(steps.values()) + 1
        border = {one for one in inside - set(steps) if any(frozenset((one, other)) in links for other in border)}
        steps |= dict.fromkeys(border, further)
    return steps


# Channels as graphs (section 3)


def of_channel(case: PaperCase, channel: str, key: str) -> float:
    """A number of a channel; all of them are 1 unless given."""
    return case.number(case.part("channels")[channel].get(key, 1.0))


def exclusivity(case: PaperCase, channel: str) -> float:
    """χ in mechanisms: 0 where nothing is displaced."""
    return of_channel(case, channel, "exclusivity") if case.part("channels")[channel].get("displaces") else 0.0


def observed_channel(case: PaperCase) -> str:
    """The channel that gains are counted from."""
    channels = case.part("channels")
    plain = [name for name, one in channels.items() if not {"joins", "displaces", "opens"} & set(one)]
    return str(case.part("network").get("observed", plain[0]))


def forms(case: PaperCase, channel: str) -> list[Form]:
    """The forms in which a channel is run: two, where it joins an organisation that comes to several players."""
    joined = case.part("channels")[channel].get("joins", [])
    return ["hub", "collegiate"] if any(len(case.players(party)) > 1 for party in joined) else ["hub"]


def own_links(case: PaperCase, name: str) -> frozenset[Pair]:
    """The links of a channel by itself; joined organisations deal through those that lead them."""
    channel = case.part("channels")[name]
    ends = [(case.players(one), case.players(other)) for one, other in channel.get("links", [])]
    dealing = [
        case.leaders(party) if len(case.players(party)) > 1 else case.players(party)
        for party in channel.get("joins", [])
    ]
    ends += combinations(dealing, 2)
    links = (frozenset(link) for end in ends for link in product(*end))
    return frozenset(link for link in links if len(link) == 2)


def channel_graphs(case: PaperCase, name: str, form: Form) -> list[ChannelGraph]:
    """The graphs to which a channel may come, each with its chance."""
    channel = case.part("channels")[name]
    displaced, opened = channel.get("displaces"), channel.get("opens")
    gone = of_channel(case, name, "exclusivity") if displaced else 1.0
    come = of_channel(case, name, "opening") if opened else 0.0
    joined = channel.get("joins", []) if form == "collegiate" else []
    merged = {actor: party for party in joined for actor in case.players(party) if len(case.players(party)) > 1}
    graphs = []
    for survives, has_come in product((False, True), repeat=2):
        chance = (1 - gone if survives else gone) * (come if has_come else 1 - come)
        beside = [str(one) for one, stands in ((displaced, survives), (opened, has_come)) if stands and chance]
        links = frozenset[Pair]().union(*(own_links(case, one) for one in (name, *beside)))
        done = max(efficiency(case, one) for one in (name, *beside))
        graphs.append(ChannelGraph(chance, links, done, {} if beside else merged))
    return [graph for graph in graphs if graph.chance]


# Values and gains (section 4)


def game_on(case: PaperCase, graph: ChannelGraph, stakes_of_issues: list[IssueStakes]) -> GraphGame:
    """The game of the players on a graph."""
    game = GraphGame(graph.links_of_players(), case.setting("network", "decay"))
    lacking = 1 - graph.efficiency
    for stakes in stakes_of_issues:
        for pair, amount in stakes.of_pair.items():
            players = frozenset(map(graph.player, pair))
            if len(players) == 1:
                (one,) = players
                game.of_player[one] = game.of_player.get(one, 0.0) + amount
            else:
                done = amount - lacking * stakes.takes_all.get(pair, 0.0)
                game.of_pair[players] = game.of_pair.get(players, 0.0) + done
        users, providers = (list(map(graph.player, named)) for named in (stakes.users, stakes.providers))
        game.of_users.append((stakes.of_user - lacking * stakes.user_takes_all, users, providers, stakes.needed))
    return game


def half_links(case: PaperCase, graph: ChannelGraph) -> dict[str, float]:
    """l: half the number of links of each player, and all those within an organisation that is one on this graph."""
    half = {graph.player(actor): 0.0 for actor in case.actors}
    for link in graph.links_of_players():
        for player in link:
            half[player] += 0.5
    for link in graph.links:
        players = set(map(graph.player, link))
        if len(players) == 1:
            half[players.pop()] += 1.0
    return half


def shares_of(case: PaperCase, organisation: str) -> dict[str, float]:
    """In which shares an organisation divides what it gains as one player."""
    members = case.members(organisation)
    for one in case.part("organisations")[organisation].get("shares", []):
        if one.get("divides") and holds_in(one, case.year):
            held = {member: one["held"].get(member, one.get("others", 0)) for member in members}
            return {member: amount / sum(held.values()) for member, amount in held.items()}
    return dict.fromkeys(members, 1 / len(members))


def on_graph(case: PaperCase, graph: ChannelGraph, what: Counted, issues: Issues) -> dict[str, float]:
    """By player of a graph its value on some issues, under the threat perceived or a grave one, or half its links."""
    if what == "links":
        return half_links(case, graph)
    players = list(dict.fromkeys(map(graph.player, case.actors)))
    return myerson_values(players, game_on(case, graph, [issue_stakes(case, name, what) for name in issues]).worth)


@cache
def by_channel(case: PaperCase, channel: str, form: Form, what: Counted, issues: Issues = ()) -> dict[str, float]:
    """By actor the mean, over the graphs of a channel, of its value on some issues or of half its links."""
    parts: dict[str, list[float]] = {actor: [] for actor in case.actors}
    for graph in channel_graphs(case, channel, form):
        found = on_graph(case, graph, what, issues)
        for actor, amounts in parts.items():
            own = found[actor] if actor in found else divided(case, graph.player(actor), actor, found, what, issues)
            amounts.append(graph.chance * own)
    return {actor: math.fsum(amounts) for actor, amounts in parts.items()}


def divided(
    case: PaperCase, organisation: str, member: str, found: dict[str, float], what: Counted, issues: Issues
) -> float:
    """What a member has of what its organisation has as one player: what it had before, and a share of what is more."""
    before = by_channel(case, observed_channel(case), "hub", what, issues)
    more = found[organisation] - math.fsum(before[one] for one in case.members(organisation))
    return before[member] + shares_of(case, organisation)[member] * more


@cache
def alike_in_salience(case: PaperCase) -> list[Issues]:
    """The issues, those together that weigh the same for every actor."""
    found: dict[tuple[float, ...], list[str]] = {}
    for name in weighed_issues(case):
        found.setdefault(tuple(salience(case, name, actor) for actor in case.actors), []).append(name)
    return [tuple(names) for names in found.values()]


def value_by(case: PaperCase, channel: str, form: Form, threat: Counted) -> dict[str, float]:
    """φ: by actor its value in a channel, each issue counted by how much it weighs for the actor."""
    values = {issues: by_channel(case, channel, form, threat, issues) for issues in alike_in_salience(case)}
    return {
        actor: math.fsum(salience(case, issues[0], actor) * of_actor[actor] for issues, of_actor in values.items())
        for actor in case.actors
    }


def gains_by(case: PaperCase, channel: str, form: Form, is_grave: bool) -> dict[str, float]:
    """Δ: what each actor gains by a channel beside the observed one, as a share of S0."""
    threat: Counted = "grave" if is_grave else "perceived"
    now = observed_channel(case)
    value, value_now = value_by(case, channel, form, threat), value_by(case, now, "hub", threat)
    links, links_now = by_channel(case, channel, form, "links"), by_channel(case, now, "hub", "links")
    cost = case.setting("network", "link_cost")
    return {
        actor: (value[actor] - value_now[actor]) / scale(case) - cost * (links[actor] - links_now[actor])
        for actor in case.actors
    }
