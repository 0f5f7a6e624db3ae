"""Section 6 of the page on the model: by which rule a side decides, what is paid for consent. For `model_oracle`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

from tests.oracles.oracle_case import PaperCase, holds_in, listed
from tests.oracles.oracle_utility import Voice, minds, voices


@dataclass(frozen=True)
class Payments:
    """What a leading member pays: what arrives with each voice, what is paid in all, and what it keeps."""

    arrives: dict[Voice, float]
    paid: float
    kept: float
    is_only: bool
    """Whether no other voices could be paid as little: the page does not say which, where several could."""


@dataclass(frozen=True)
class Need:
    """What a voice needs for a yes if nothing else is paid, and how much less of that for each unit that arrives."""

    alone: float
    less: float

    def of(self, arriving: float) -> float:
        """x_j, where X arrives in all."""
        return max(0.0, self.alone - self.less * arriving)


# The rule


def fits(condition: Any, answers: dict[str, Any]) -> bool | None:
    """Whether a rule is for a proposal, by what is said of it; None where nothing is said."""
    if condition in (None, "everything"):
        return True
    found: list[bool | None] = []
    for key, wanted in condition.items():
        if key in ("any", "all"):
            inside = [fits(one, answers) for one in wanted]
            found.append(any_of(inside) if key == "any" else all_of(inside))
        elif key == "not":
            inner = fits(wanted, answers)
            found.append(None if inner is None else not inner)
        else:
            allowed = listed(wanted)
            found.append(answers[key] in allowed if key in answers else None)
    return all_of(found)


def all_of(found: list[bool | None]) -> bool | None:
    """Whether all hold; None where one does not know."""
    return False if False in found else None if None in found else True


def any_of(found: list[bool | None]) -> bool | None:
    """Whether one holds; None where one does not know."""
    return True if True in found else None if None in found else False


def what_is_said(case: PaperCase, side: str) -> dict[str, Any]:
    """What is said of the proposal, or presumed, and by which channel it comes to a side, from whom."""
    proposal = case.part("proposals").get(case.part("response").get("proposal", ""), {})
    presumed = {name: each["presumed"] for name, each in case.part("attributes").items() if "presumed" in each}
    said = {
        name: answer["value"] if isinstance(answer, dict) else answer
        for name, answer in proposal.get("attributes", {}).items()
    }
    (partner,) = (other for other in case.sides if other != side)
    return {"channel": "bloc", "partner": partner} | presumed | said


def rules_of(case: PaperCase, side: str) -> list[dict[str, Any]]:
    """The rules by which a side decides on the proposal, all of which must be met: its own, and that of an organ."""
    organisation, said = case.part("organisations")[side], what_is_said(case, side)
    for rule in organisation.get("decides", []):
        if fits(rule.get("on"), said) and holds_in(rule, case.year):
            delegated = [organisation["organs"][rule["to"]]["decides"]] if "to" in rule else []
            return [rule, *delegated]
    return [{"by": "consensus"}]


def votes_needed(criterion: dict[str, Any], whole: int) -> Fraction:
    """How many votes a criterion asks, of `whole`: a number of votes, or a share as `2/3` or `55 %`."""
    quota = str(criterion["quota"])
    if quota.endswith("%"):
        return Fraction(quota.removesuffix("%").strip()) / 100 * whole
    return Fraction(quota) * (whole if "/" in quota else 1)


def meets(criterion: dict[str, Any], members: list[str], for_it: set[str]) -> bool:
    """Whether those for it have the votes that a criterion asks."""
    votes = {member: criterion.get("weights", {}).get(member, 1) for member in members}
    have, whole = sum(votes[member] for member in for_it), sum(votes.values())
    if criterion.get("quota") is None:
        return bool(2 * have > whole)
    needed = votes_needed(criterion, whole)
    return bool(have > needed or (have == needed and not criterion.get("more_than")))


def are_enough(rules: list[dict[str, Any]], members: list[str], for_it: set[str]) -> bool:
    """Whether a decision passes by all rules."""
    return bool(for_it) and all(is_enough(rule, members, for_it) for rule in rules)


def is_enough(rule: dict[str, Any], members: list[str], for_it: set[str]) -> bool:
    """Whether a decision passes by a rule if these members, and no others, are for it."""
    ways = listed(rule["by"])
    if not for_it.issuperset(listed(rule.get("veto", []))):
        return False
    if {"consensus", "unanimity"} & set(ways) and for_it != set(members):
        return False
    if "opt-in" in ways and rule.get("quota") is not None and len(for_it) < votes_needed(rule, len(members)):
        return False
    if "majority" not in ways:
        return True
    criteria = [rule, *listed(rule.get("also", []))]
    few_against = len(set(members) - for_it) < rule.get("blocking", 0)
    return few_against or all(meets(one, members, for_it) for one in criteria)


# Consent


def voices_of(case: PaperCase, side: str) -> list[Voice]:
    """The voices of a side."""
    return [voice for voice in voices(case) if side in case.organisations_of(voice[0])]


def side_utility(case: PaperCase, side: str, utility_of: dict[Voice, float], uses: list[str], is_grave: bool) -> float:
    """What a side makes of a channel: the utility of who completes its rule, or else what its leading member keeps."""
    utility = completing_utility(rules_of(case, side), of_side(case, side, utility_of))
    if utility <= 0 and may_pay(case, side):
        kept = side_payments(case, side, utility_of, uses, is_grave).kept
        return kept if kept > 0 else utility
    return utility


def of_side(case: PaperCase, side: str, utility_of: dict[Voice, float]) -> dict[Voice, float]:
    """The utilities of a side's voices."""
    return {voice: utility_of[voice] for voice in voices_of(case, side)}


def side_payments(
    case: PaperCase, side: str, utility_of: dict[Voice, float], uses: list[str], is_grave: bool
) -> Payments:
    """What the leading member of a side pays; nothing, where the rule is met without."""
    rules, inside, leader = rules_of(case, side), of_side(case, side, utility_of), (case.leaders(side)[0],)
    arrives, is_only = dict.fromkeys(inside, 0.0), True
    if completing_utility(rules, inside) <= 0:
        needs = {voice: need(case, voice, inside[voice], leader, uses, is_grave) for voice in inside}
        least, *others = payments_that_do(rules, needs, leader)
        is_only = not any(is_as_little(least, other) for other in others)
        arrives |= least
    paid = divided_by(math.fsum(arrives.values()), case.setting("response", "transfers"))
    return Payments(arrives, paid, inside[leader] - (1 + sum_of_k(case, leader, uses, is_grave)) * paid, is_only)


def divided_by(amount: float, part: float) -> float:
    """The quotient; nothing of nothing, and without end where something is to be had of nothing."""
    return amount / part if part else math.inf if amount else 0.0


def may_pay(case: PaperCase, side: str) -> bool:
    """Whether a side has a leading member that may pay somebody."""
    is_allowed = side == case.sides[0] or case.part("response").get("payments") != "offering-side"
    return is_allowed and len(case.players(side)) > 1


def completing_utility(rules: list[dict[str, Any]], utility_of: dict[Voice, float]) -> float:
    """The utility of the voice that completes the rules, voices taken in falling order of utility."""
    members = list(chain(*utility_of))
    for_it: set[str] = set()
    for voice in sorted(utility_of, key=lambda one: -utility_of[one]):
        for_it |= set(voice)
        if are_enough(rules, members, for_it):
            return utility_of[voice]
    raise ValueError("these rules are never met")


def sum_of_k(case: PaperCase, voice: Voice, uses: list[str], is_grave: bool, of: str | None = None) -> float:
    """K: all that a voice minds by a theory; or what it minds of the gain of one actor."""
    return math.fsum(
        k
        for name in uses
        for party, k in minds(case, name, voice, is_grave).items()
        if of is None or of in case.players(party)
    )


def need(case: PaperCase, voice: Voice, utility: float, leader: Voice, uses: list[str], is_grave: bool) -> Need:
    """What a voice needs for a yes; where nothing can arrive, what the leading member would lose is left out."""
    cares = 1 + sum_of_k(case, voice, uses, is_grave)
    minds_leader = sum_of_k(case, voice, uses, is_grave, of=leader[0])
    transfers = case.setting("response", "transfers")
    return Need(-utility / cares, minds_leader / transfers / cares if transfers else 0.0)


def payments(needs: dict[Voice, Need]) -> dict[Voice, float]:
    """x_j of these voices: the interval in which X lies is halved until nothing is left of it."""
    low, high = 0.0, math.fsum(one.of(0.0) for one in needs.values())
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if math.fsum(one.of(middle) for one in needs.values()) > middle else (low, middle)
    return {voice: one.of(high) for voice, one in needs.items()}


def payments_that_do(rules: list[dict[str, Any]], needs: dict[Voice, Need], leader: Voice) -> list[dict[Voice, float]]:
    """What arrives with the voices of each set that is enough with the leading member, the least in all first."""
    members, others = list(chain(*needs)), [voice for voice in needs if voice != leader]
    sets = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    enough = [chosen for chosen in sets if are_enough(rules, members, set(chain(leader, *chosen)))]
    return sorted(
        (payments({voice: needs[voice] for voice in chosen}) for chosen in enough),
        key=lambda arrives: math.fsum(arrives.values()),
    )


def is_as_little(least: dict[Voice, float], other: dict[Voice, float]) -> bool:
    """Whether as little arrives in all, but for rounding, and not with the same voices."""
    paid, also = ({voice: amount for voice, amount in arrives.items() if amount} for arrives in (least, other))
    return paid.keys() != also.keys() and math.isclose(math.fsum(paid.values()), math.fsum(also.values()))
