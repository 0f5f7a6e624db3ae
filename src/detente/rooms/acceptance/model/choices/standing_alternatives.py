"""What every case could have chosen as well: with whom gains are compared, which channel is the present one, and so on.

Each function gives the alternatives to one choice, as paths of the case with their other values; none where the case
leaves nothing to choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.case.index.by_year import analysed_years, democracy_score, members_in_year
from detente.case.index.membership import case_sides
from detente.case.index.relative_gains import belongs_to_side
from detente.case.schema.case import Case
from detente.rooms.gains.model.network.build_network import (
    build_actor_network,
    leading_members,
    observed_channel_of,
    party_capability,
    present_channel_candidates,
)
from detente.rooms.gains.model.network.parties import issues_with_stakes
from detente.rooms.gains.model.threat_scenarios import threat_raises_stakes

NamedValues = tuple[str, dict[str, Any]]
"""The id of an alternative, and by path what the case would have by it."""


def other_comparisons(case: Case) -> Iterator[NamedValues]:
    """Gains compared with the other side as a whole, or with the member that leads it, whichever is not so yet."""
    sides, year = case_sides(case), analysed_years(case)[-1]
    concerns = {name: one.against for name, one in case.mechanisms.items() if one.kind == "relative"}
    if sides is None or not concerns:
        return
    with_sides = {
        name: {
            comparer: [_side_of(case, party, comparer, year) for party in parties]
            for comparer, parties in against.items()
        }
        for name, against in concerns.items()
    }
    if with_sides != concerns:
        yield "other-side", _against_values(with_sides)
        return
    leaders = {side: leading_members(case, side, year) for side in sides}
    if any(leaders[side] and side not in case.network.as_one for side in sides):
        other_leaders = {
            side: leaders[other] if other not in case.network.as_one else [other]
            for side, other in (sides, reversed(sides))
        }
        yield "leading-member", _against_values({name: other_leaders | against for name, against in concerns.items()})


def _side_of(case: Case, party: str, comparer: str, year: int) -> str:
    """The side that a party belongs to, where who compares itself with it does not; else the party itself."""
    for side in case_sides(case) or ():
        if belongs_to_side(case, party, side, year) and not belongs_to_side(case, comparer, side, year):
            return side
    return party


def _against_values(against_by_mechanism: dict[str, dict[str, list[str]]]) -> dict[str, Any]:
    return {
        f"mechanisms.{name}.against": {comparer: list(dict.fromkeys(parties)) for comparer, parties in against.items()}
        for name, against in against_by_mechanism.items()
    }


def other_present_channels(case: Case) -> Iterator[NamedValues]:
    """Every other channel that they could be said to deal through now; what displaced the present one displaces it."""
    present = observed_channel_of(case)
    displacing = [name for name, channel in case.channels.items() if channel.displaces == present]
    for name in present_channel_candidates(case):
        if name not in (present, case.response.channel):
            yield name, {"network.observed": name, **{f"channels.{other}.displaces": name for other in displacing}}


def other_leading_members(case: Case) -> Iterator[NamedValues]:
    """For each side that is several players, the member next in capability to those through which it deals."""
    year = analysed_years(case)[-1]
    for side in case_sides(case) or ():
        leaders = leading_members(case, side, year)
        others = [member for member in members_in_year(case, side, year) if member not in leaders]
        if side in case.network.as_one or not leaders or not others:
            continue
        next_leader = max(others, key=lambda member: party_capability(case, year, member) or 0.0)
        yield (
            next_leader,
            {f"network.through.{side}": [next_leader], **_against_leader(case, side, leaders, next_leader)},
        )


def _against_leader(case: Case, side: str, leaders: list[str], next_leader: str) -> dict[str, Any]:
    """Members that compare themselves with who leads their own side go on to do so."""
    year = analysed_years(case)[-1]
    return {
        f"mechanisms.{name}.against.{comparer}": [next_leader if party in leaders else party for party in parties]
        for name, mechanism in case.mechanisms.items()
        for comparer, parties in mechanism.against.items()
        if belongs_to_side(case, comparer, side, year) and set(parties) & set(leaders)
    }


def other_measures_of_regimes(case: Case) -> Iterator[NamedValues]:
    """Every other measure of regimes that tells of all players and both sides in the year of the answer."""
    turning = {name: mechanism.by_regime for name, mechanism in case.mechanisms.items() if mechanism.by_regime}
    year = analysed_years(case)[-1]
    parties = [*build_actor_network(case, year).actors, *(case_sides(case) or ())] if turning else []
    for measure in case.regimes:
        if (
            turning
            and measure not in turning.values()
            and all(democracy_score(case, measure, year, party) is not None for party in parties)
        ):
            yield measure, {f"mechanisms.{name}.by_regime": measure for name in turning}


def other_measures_of_capability(case: Case) -> Iterator[NamedValues]:
    """Every other measure of capability that tells of all that the present one tells of in the year of the answer."""
    year = analysed_years(case)[-1]
    present = case.network.capability or next(iter(case.capabilities), None)
    for measure, capability in case.capabilities.items():
        if present is None or measure == present:
            continue
        told = {party for figures in capability.held.values() for party in figures}
        needed = case.capabilities[present].held
        if all(party in told for year_figures in needed.values() for party in year_figures) and any(
            held_year <= year for held_year in capability.held
        ):
            yield measure, {"network.capability": measure}


def other_threats_within(case: Case) -> Iterator[NamedValues]:
    """A common threat that counts inside an organisation not at all, or as much as between them."""
    if not threat_raises_stakes(case):
        return
    present = case.network.threat_within.bounds
    for name, share in (("not-within", 0), ("within-alike", 1)):
        if present != (share, share):
            yield name, {"network.threat_within": share}


def other_payments(case: Case) -> Iterator[NamedValues]:
    """Where the side that answers is several players: payments for a yes in it, too, or in the other one alone."""
    sides, year = case_sides(case), analysed_years(case)[-1]
    if sides is None or sides[1] in case.network.as_one or len(members_in_year(case, sides[1], year)) < 2:
        return
    if case.response.transfers.bounds[1] > 0:
        other = "offering-side" if case.response.payments == "either-side" else "either-side"
        yield other, {"response.payments": other}


def other_fixed_terms(case: Case) -> Iterator[NamedValues]:
    """What does not depend on gains, counted on a part of the agenda in full or in proportion, as it is not yet."""
    has_fixed_terms = bool(case.outside) or any(one.kind != "relative" for one in case.mechanisms.values())
    if has_fixed_terms and len(issues_with_stakes(case)) > 1:
        other = "in-full" if case.response.fixed_terms == "in-proportion" else "in-proportion"
        yield other, {"response.fixed_terms": other}
