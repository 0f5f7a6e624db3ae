"""The verdict on a table by whose reading: by each route, by other ways to roll passages up, and by majority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from detente.case.schema.case import Case
from detente.methods.inference.coding_aggregation import majority_code
from detente.methods.inference.congruence import CongruenceTally, MotiveCode
from detente.methods.inference.fragility import VerdictFlip, minimum_recodings
from detente.rooms.evidence.model.coding_routes import (
    CodingRoute,
    LatestCodings,
    MappingShape,
    RollUpRule,
    alternative_mappings,
    other_roll_up,
    passage_route,
)
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, congruence_rows, tally_table

MAX_CODERS_COMBINED = 6
"""Coders up to whom every combination is tallied."""


@dataclass(frozen=True, slots=True)
class RouteVerdict:
    """What one way to read the motives of a table comes to."""

    kind: Literal["route", "roll-up", "majority"]
    coders: tuple[str, ...]
    route: CodingRoute | None
    """The route, or the one whose passages are rolled up otherwise; None for a majority."""
    codes: Mapping[str, MotiveCode]
    tally: CongruenceTally
    flip: VerdictFlip | None
    recoded_motives: tuple[str, ...]
    """The motives for which it puts another theory first than the table does."""
    roll_up: RollUpRule | None = None
    """The rule by which passages are rolled up, where it is not the case's own."""
    mapping: MappingShape | None = None
    """The shape of the mapping of strengths, where it is not the case's own."""


@dataclass(frozen=True, slots=True)
class ClosestCall:
    """The motive whose first theory hangs on least, with what is left for it and for the next, in decibels."""

    motive: str
    first_theory: str
    first_support: float
    second_theory: str
    second_support: float


@dataclass(frozen=True, slots=True)
class RouteComparison:
    """The verdicts on a table by each route, the table's own first, by other roll-ups, and by majorities."""

    verdicts: tuple[RouteVerdict, ...]
    closest_call: ClosestCall | None
    """Of the first other route, where it is rolled up from passages by what they are worth."""

    @property
    def by_route(self) -> tuple[RouteVerdict, ...]:
        """The verdicts by each route as the case has it."""
        return tuple(verdict for verdict in self.verdicts if verdict.kind == "route")

    @property
    def other_routes(self) -> tuple[RouteVerdict, ...]:
        """The routes beside the table's own."""
        return self.by_route[1:]

    @property
    def agreeing_count(self) -> int:
        """How many other routes give the verdict of the table."""
        return sum(verdict.tally.leader == self.verdicts[0].tally.leader for verdict in self.other_routes)

    @property
    def first_differing(self) -> RouteVerdict | None:
        """The first other route with another verdict."""
        leader = self.verdicts[0].tally.leader
        return next((verdict for verdict in self.other_routes if verdict.tally.leader != leader), None)

    @property
    def standing(self) -> Literal["robust", "moderate", "fragile", "tie", "descriptive"]:
        """Fragile if a reading gives the verdict to a rival, or no route agrees; moderate if one makes it a tie."""
        own_leader = self.verdicts[0].tally.leader
        if not self.other_routes:
            return "descriptive"
        if own_leader is None:
            return "tie"
        other_leaders = {verdict.tally.leader for verdict in self.verdicts} - {own_leader}
        if other_leaders - {None} or not self.agreeing_count:
            return "fragile"
        return "moderate" if other_leaders else "robust"


def compare_routes(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> RouteComparison:
    """The verdict under each coder and level, and under each combination of majority."""
    verdicts = [_route_verdict(case, test, "route", (route.coder,), route.codes, route=route) for route in test.routes]
    for route in test.routes:
        if route.kind == "passages":
            verdicts += _alternative_roll_ups(case, latest_codings, test, route)
    for coders, codes in _majority_readings(test):
        verdicts.append(_route_verdict(case, test, "majority", coders, codes))
    return RouteComparison(tuple(verdicts), _closest_call(case, test.routes[1]) if len(test.routes) > 1 else None)


def _route_verdict(
    case: Case,
    test: CongruenceTest,
    kind: Literal["route", "roll-up", "majority"],
    coders: tuple[str, ...],
    codes: Mapping[str, MotiveCode],
    *,
    route: CodingRoute | None = None,
    roll_up: RollUpRule | None = None,
    mapping: MappingShape | None = None,
) -> RouteVerdict:
    tally = tally_table(case, test.table, codes)
    flip = minimum_recodings(congruence_rows(case, test.table, codes), list(case.theories), tally)
    table_codes = test.routes[0].codes
    recoded = (
        m for m in test.table.motives if m in codes and m in table_codes and codes[m].primary != table_codes[m].primary
    )
    return RouteVerdict(kind, coders, route, codes, tally, flip, tuple(recoded), roll_up, mapping)


def _alternative_roll_ups(
    case: Case, latest_codings: LatestCodings, test: CongruenceTest, route: CodingRoute
) -> Iterator[RouteVerdict]:
    """A coder's passages rolled up by the other rule, and by mappings of another shape."""
    coders, rule = (route.coder,), other_roll_up(case)
    codes = passage_route(case, latest_codings, route.coder, test.table, rule).codes
    yield _route_verdict(case, test, "roll-up", coders, codes, route=route, roll_up=rule)
    for shape, mapping in alternative_mappings(case.evidence.strengths).items():
        codes = passage_route(case, latest_codings, route.coder, test.table, mapping=mapping).codes
        yield _route_verdict(case, test, "roll-up", coders, codes, route=route, mapping=shape)


def _majority_readings(test: CongruenceTest) -> Iterator[tuple[tuple[str, ...], dict[str, MotiveCode]]]:
    """Each combination of two coders or more with what their majority reads; all together if there are too many."""
    by_coder: dict[str, CodingRoute] = {}
    for route in test.routes:
        if route.kind != "adjudicated":
            by_coder.setdefault(route.coder, route)
    sizes = range(2, len(by_coder) + 1) if len(by_coder) <= MAX_CODERS_COMBINED else [len(by_coder)]
    for size in sizes:
        for coders in combinations(by_coder, size):
            codes = {}
            for motive in test.table.motives:
                coder_codes = [by_coder[c].codes[motive] for c in coders if motive in by_coder[c].codes]
                if coder_codes:
                    codes[motive] = majority_code(coder_codes)
            yield coders, codes


def _closest_call(case: Case, route: CodingRoute) -> ClosestCall | None:
    """The motive whose first theory hangs on least, where it is rolled up from passages."""
    if route.kind != "passages" or case.evidence.roll_up != "net":
        return None
    calls = []
    for motive, support in route.support_by_motive.items():
        (first, most), (second, next_most) = sorted(support.items(), key=lambda item: -item[1])[:2]
        if next_most > 0:
            calls.append((most - next_most, motive, first, most, second, next_most))
    return ClosestCall(*min(calls)[1:]) if calls else None
