"""Section 2 of the page on the model: what is at stake. For `model_oracle`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Literal

from tests.oracles.oracle_case import PaperCase, listed

Pair = frozenset[str]
Threat = Literal["none", "perceived", "grave"]


@dataclass(frozen=True)
class IssueStakes:
    """What is at stake on an issue, and what of it takes all: by pair, or for each user where it has `technology`."""

    of_pair: dict[Pair, float]
    takes_all: dict[Pair, float]
    of_user: float = 0.0
    user_takes_all: float = 0.0
    users: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    needed: int = 0


def weighed_issues(case: PaperCase) -> dict[str, dict[str, Any]]:
    """The issues that have stakes."""
    return {name: issue for name, issue in case.part("issues").items() if issue.get("stakes") is not None}


def of_issue(case: PaperCase, issue: dict[str, Any], name: str) -> float:
    """A number of an issue, or else of the network."""
    return case.number(issue[name]) if issue.get(name) is not None else case.setting("network", name)


def all_pairs(case: PaperCase) -> list[Pair]:
    """All pairs of actors."""
    return [frozenset(pair) for pair in combinations(case.actors, 2)]


def in_common(case: PaperCase, pair: Pair) -> set[str]:
    """The organisations that two have in common."""
    one, other = (set(case.organisations_of(actor)) for actor in pair)
    return one & other


@cache
def pairs_across(case: PaperCase) -> list[Pair]:
    """The pairs that have no organisation in common."""
    return [pair for pair in all_pairs(case) if not in_common(case, pair)]


def is_peripheral(case: PaperCase, pair: Pair) -> bool:
    """Whether two have an organisation in common that neither of them leads."""
    return any(not pair & set(case.leaders(one)) for one in in_common(case, pair))


@cache
def greatest_product(case: PaperCase) -> float:
    """c*: the greatest product of capabilities of a pair across, or of any pair where none is across."""
    return max(math.prod(map(case.capability, pair)) for pair in pairs_across(case) or all_pairs(case))


def by_gravity(case: PaperCase, issue: dict[str, Any], one: str, other: str) -> float:
    """(c_i c_j / c*)^η: how two compare with the pair that can do most."""
    product = case.capability(one) * case.capability(other)
    return (product / greatest_product(case)) ** of_issue(case, issue, "gravity") if product else 0.0


def pair_weight(case: PaperCase, issue: dict[str, Any], pair: Pair) -> float:
    """w_ij."""
    one, other = pair
    exposure = math.prod(case.given(actor, issue.get("exposure", {}), 1.0) for actor in pair)
    near = case.setting("network", "periphery") if is_peripheral(case, pair) else 1.0
    return by_gravity(case, issue, one, other) * exposure * near


def common_threat(case: PaperCase, pair: Pair, is_grave: bool) -> float:
    """T_ij."""
    within = case.setting("network", "threat_within") if in_common(case, pair) else 1.0
    return within * min(case.threat(actor, is_grave) for actor in pair)


@cache
def issue_stakes(case: PaperCase, name: str, threat: Threat) -> IssueStakes:
    """What is at stake on an issue, without any threat, with that which is perceived, or with a grave one."""
    issue = weighed_issues(case)[name]
    sigma, share = case.number(issue["stakes"]), of_issue(case, issue, "multilateral")
    raised = 0.0 if threat == "none" else sigma * of_issue(case, issue, "raised")
    is_grave = threat == "grave"
    if "technology" in issue:
        users, providers = (players_of_all(case, issue["technology"][key]) for key in ("users", "providers"))
        needed = issue["technology"].get("needed") or len(providers)
        more = raised * min(case.threat(actor, is_grave) for actor in (*users, *providers))
        return IssueStakes({}, {}, sigma + more, share * sigma + more, users, providers, needed)
    pairs = all_pairs(case)
    weight = {pair: pair_weight(case, issue, pair) for pair in pairs}
    more_for = {pair: raised * common_threat(case, pair, is_grave) for pair in pairs}
    return IssueStakes(
        {pair: weight[pair] * (sigma + more_for[pair]) for pair in pairs},
        {pair: weight[pair] * (share * sigma + more_for[pair]) for pair in pairs_across(case)},
    )


def players_of_all(case: PaperCase, parties: Any) -> tuple[str, ...]:
    """The players that one or several parties stand for."""
    return tuple(dict.fromkeys(player for party in listed(parties) for player in case.players(party)))


def all_stakes(case: PaperCase, threat: Threat) -> list[IssueStakes]:
    """What is at stake on each issue."""
    return [issue_stakes(case, name, threat) for name in weighed_issues(case)]


@cache
def scale(case: PaperCase) -> float:
    """S0: all that is at stake across, without any threat."""
    parts = []
    for stakes in all_stakes(case, "none"):
        parts += [stakes.of_pair.get(pair, 0.0) for pair in pairs_across(case) or all_pairs(case)]
        parts += [stakes.of_user] * len(stakes.users)
    return math.fsum(parts)


def salience(case: PaperCase, issue: str, actor: str) -> float:
    """v: how much an issue weighs for an actor; not less than 0, the bound of its key."""
    return max(0.0, case.given(actor, weighed_issues(case)[issue].get("salience", {}), 1.0))


@cache
def at_stake_across(case: PaperCase, actor: str) -> float:
    """B_i: what an actor has at stake across, without any threat, as it weighs for the actor, as a share of S0."""
    parts = []
    for name in weighed_issues(case):
        stakes, weighs = issue_stakes(case, name, "none"), salience(case, name, actor)
        across = [stakes.of_pair.get(pair, 0.0) for pair in pairs_across(case) or all_pairs(case) if actor in pair]
        parts += [weighs * amount for amount in [*across, *[stakes.of_user] * (actor in stakes.users)]]
    return math.fsum(parts) / scale(case)
