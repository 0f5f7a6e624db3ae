"""Votes: how each side decides at each date, who can stop it, and formal equality beside real shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from detente.case.index.membership import certainly_overlaps, in_force_at_stated_dates, members_at_time
from detente.case.schema.decision_rules import ShareAllocation
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.decision_rules import VotingRule, majority_rule, rule_as_voting_game
from detente.methods.institutions.voting_power import VotingGame
from detente.rooms.rules.model.decision_rules import DecisionRuleInForce
from detente.rooms.rules.model.docket import Docket


@dataclass(frozen=True, slots=True)
class DatedDecisionRule:
    """How an organisation decides at a date, and who can stop a decision alone."""

    when: Edtf
    in_force: DecisionRuleInForce
    blockers: tuple[str, ...]
    """The members without whose yes nothing passes."""

    @property
    def organisation(self) -> str:
        """Whose rule it is."""
        return self.in_force.organisation

    @property
    def is_general(self) -> bool:
        """Whether it is the rule for everything."""
        return self.in_force.declaration.on is None

    @property
    def size(self) -> int:
        """How many members decide."""
        return len(self.in_force.rule.members)

    @property
    def all_block(self) -> bool:
        """Whether any one member can stop a decision."""
        return len(self.blockers) == self.size


@dataclass(frozen=True, slots=True)
class PowerIndices:
    """The power of each member: Banzhaf's index, normalised and absolute, and that of Shapley and Shubik."""

    normalised: tuple[Fraction, ...]
    absolute: tuple[Fraction, ...]
    shapley_shubik: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class PowerTable:
    """The power of the members of an organisation at a date, by the formal rule and by their shares."""

    organisation: str
    when: Edtf
    members: tuple[str, ...]
    share: ShareAllocation | None
    weights: Mapping[str, int]
    """The share of each member; empty without shares."""
    formal: PowerIndices | None
    """None where there are too many coalitions to count."""
    by_shares: PowerIndices | None
    """As if shares were votes; None without shares, or where there are too many coalitions to count."""


@dataclass(frozen=True, slots=True)
class ShareSum:
    """What shares add up to among so many members, and in which years there are so many."""

    member_count: int
    total: int
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareSumError:
    """Shares of an organisation that do not add up to their whole at all times."""

    organisation: str
    shares_of: str
    whole: int
    sums: tuple[ShareSum, ...]
    """By the number of members."""


@dataclass(frozen=True, slots=True)
class VotingPower:
    """How each side decides, and with what power its members do."""

    decision_rules: tuple[DatedDecisionRule, ...]
    tables: tuple[PowerTable, ...]
    """Without those where all members are alike and nothing is shared out."""
    share_errors: tuple[ShareSumError, ...]

    def general_rules(self, party: str) -> list[DatedDecisionRule]:
        """The rule of an organisation for everything, at each date."""
        return [rule for rule in self.decision_rules if rule.organisation == party and rule.is_general]


def dates_shown(docket: Docket) -> list[Edtf]:
    """The dates at which decision rules are shown: the snapshots, or the time of comparison."""
    return list(docket.case.snapshots) or [docket.comparison_time]


def voting_power(docket: Docket) -> VotingPower:
    """How each organisation decides at each date, with what power, and which shares do not add up."""
    rules = tuple(
        DatedDecisionRule(when, in_force, tuple(m for m in in_force.rule.members if _can_block(in_force.rule, m)))
        for party in docket.parties
        for when in dates_shown(docket)
        for in_force in docket.decision_rules(party, when)
    )
    return VotingPower(
        rules,
        tuple(_power_tables(docket, rules)),
        tuple(error for party in docket.parties for error in _share_sum_errors(docket, party)),
    )


def even_chance(member_count: int) -> float:
    """The chance of each of so many members to stop a decision that leaves the decision even."""
    return 1 - float(0.5 ** (1 / member_count))


def _can_block(rule: VotingRule, member: str) -> bool:
    return not rule.passes({m: "against" if m == member else "for" for m in rule.members})


def _power_tables(docket: Docket, rules: Sequence[DatedDecisionRule]) -> Iterator[PowerTable]:
    for party in docket.parties:
        for when in dates_shown(docket):
            general_rule = next((r for r in rules if r.is_general and r.organisation == party and r.when == when), None)
            share = _shares_at(docket.case.organisations[party].shares, when)
            if general_rule and not (general_rule.all_block and share is None):
                yield _power_table(general_rule, share)


def _power_table(general_rule: DatedDecisionRule, share: ShareAllocation | None) -> PowerTable:
    rule = general_rule.in_force.rule
    weights = _share_weights(share, rule.members) if share else {}
    by_shares = None
    if any(weights.values()):
        by_shares = _power_indices(rule_as_voting_game(majority_rule(weights, Fraction(1, 2), strict=True)))
    formal = _power_indices(rule_as_voting_game(rule))
    return PowerTable(
        general_rule.organisation, general_rule.when, tuple(rule.members), share, weights, formal, by_shares
    )


def _shares_at(shares: Sequence[ShareAllocation], when: Edtf) -> ShareAllocation | None:
    """The shares to show at a time: the first that surely hold then, or else the first that may."""
    possible_shares = [share for share in shares if in_force_at_stated_dates(share.during, when)]
    return next(
        (share for share in possible_shares if certainly_overlaps(share.during, when)),
        next(iter(possible_shares), None),
    )


@lru_cache(maxsize=32)
def _power_indices(game: VotingGame) -> PowerIndices | None:
    """The indices of a game; None where there are too many coalitions to count."""
    try:
        return PowerIndices(
            tuple(game.normalised_banzhaf_index()), tuple(game.banzhaf_index()), tuple(game.shapley_shubik_index())
        )
    except OverflowError:
        return None


def _share_weights(share: ShareAllocation, member_ids: Sequence[str]) -> dict[str, int]:
    return {member: share.held.get(member, share.others or 0) for member in member_ids}


def _share_sum_errors(docket: Docket, party: str) -> Iterator[ShareSumError]:
    """The shares that do not add up to their whole at all times."""
    for share in docket.case.organisations[party].shares:
        if share.whole is None:
            continue
        sums_by_size: dict[int, tuple[int, list[str]]] = {}
        for when in [Edtf.parse(f"{year:04d}") for year in _period_years(docket)] or dates_shown(docket):
            member_ids = members_at_time(docket.case, party, when)
            if member_ids and certainly_overlaps(share.during, when):
                total = sum(_share_weights(share, member_ids).values())
                sums_by_size.setdefault(len(member_ids), (total, []))[1].append(when.text)
        if any(total != share.whole for total, _ in sums_by_size.values()):
            sums = (ShareSum(size, total, tuple(years)) for size, (total, years) in sorted(sums_by_size.items()))
            yield ShareSumError(party, share.of, share.whole, tuple(sums))


def _period_years(docket: Docket) -> range:
    period = docket.case.period.as_stated if docket.case.period else None
    bounded = period is not None and period.last_day.year - period.first_day.year <= 200
    return range(period.first_day.year, period.last_day.year + 1) if period and bounded else range(0)
