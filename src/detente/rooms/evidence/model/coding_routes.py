"""From the codings of a case to readings of its motives, by every route: whose codings, and at which level.

A coder's reading of a motive is either coded as such, or rolled up from the passages and arguments that belong to it.
Two routes of the same table are two ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.case.entries.entries import coding_ids
from detente.case.schema.case import Case
from detente.case.schema.coding import Coding, MotiveTable
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import PassageStrengths
from detente.methods.inference.bayesian_updating import ratio_in_decibels
from detente.methods.inference.coding_aggregation import PassageSupport, code_from_support, net_support
from detente.methods.inference.congruence import MotiveCode

RouteKind = Literal["motives", "passages", "adjudicated"]
RollUpRule = Literal["net", "count"]
"""How passages make a reading of their motive: by what they are worth, or by their number."""
MappingShape = Literal["alike", "strong-only", "no-strong", "conditional-as-weak"]
"""Another shape of the mapping from strengths to chances."""
LatestCodings = Mapping[tuple[str, str], list[tuple[str, Coding]]]
"""The codings that count, with their ids, by coder and unit."""


@dataclass(frozen=True, slots=True)
class CodingRoute:
    """One way to read the motives of a table."""

    coder: str
    kind: RouteKind
    codes: Mapping[str, MotiveCode]
    """The reading of each motive; motives not coded are left out."""
    coding_ids: tuple[str, ...]
    """The ids of the codings it rests on."""
    support_by_motive: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Where motives are rolled up from passages, what is left for each theory, motive by motive."""

    @property
    def id(self) -> str:
        """A name for it."""
        return f"{self.coder}-{self.kind}"


def index_latest_codings(case: Case) -> dict[tuple[str, str], list[tuple[str, Coding]]]:
    """The codings that count: of each coder and unit, those of the last round."""
    latest_codings: dict[tuple[str, str], list[tuple[str, Coding]]] = {}
    for coding_id, coding in zip(coding_ids(case), case.codings, strict=True):
        key = (coding.coder, coding.unit)
        same_unit_codings = latest_codings.get(key)
        if same_unit_codings and same_unit_codings[0][1].round < coding.round:
            same_unit_codings.clear()
        if not same_unit_codings or same_unit_codings[0][1].round == coding.round:
            latest_codings.setdefault(key, []).append((coding_id, coding))
    return latest_codings


def strength_estimate(mapping: PassageStrengths, coding: Coding) -> Estimate:
    """The chance of meeting such a passage if the theory it speaks for holds, as a mapping has it."""
    estimate: Estimate = getattr(mapping, coding.strength or "moderate")
    return estimate


def coding_decibels(case: Case, coding: Coding, mapping: PassageStrengths | None = None) -> float:
    """What a coded passage is worth for its theory, in decibels; below 0 where it speaks against it."""
    if coding.direction not in ("for", "against"):
        return 0.0
    p = strength_estimate(mapping or case.evidence.strengths, coding).mean
    return ratio_in_decibels(p, 1 - p) if coding.direction == "for" else ratio_in_decibels(1 - p, p)


def motive_of(case: Case, unit: str) -> str | None:
    """The motive that a passage or an argument belongs to."""
    part = case.passages.get(unit) or case.arguments.get(unit)
    return part.motive if part else None


def other_roll_up(case: Case) -> RollUpRule:
    """The rule of rolling up that the case does not use."""
    return "count" if case.evidence.roll_up == "net" else "net"


def alternative_mappings(case_mapping: PassageStrengths) -> dict[MappingShape, PassageStrengths]:
    """Mappings of another shape than the case's own: a common factor on its decibels hardly tests anything."""
    neutral = Estimate(value=0.5)
    return {
        "alike": case_mapping.model_copy(update={"strong": case_mapping.moderate, "weak": case_mapping.moderate}),
        "strong-only": case_mapping.model_copy(update={"moderate": neutral, "weak": neutral, "conditional": neutral}),
        "no-strong": case_mapping.model_copy(update={"strong": neutral}),
        "conditional-as-weak": case_mapping.model_copy(update={"conditional": case_mapping.weak}),
    }


def motive_route(latest_codings: LatestCodings, coder: str, table: MotiveTable) -> CodingRoute:
    """A coder's readings of the motives, coded as such."""
    codes, coding_id_list = {}, []
    for motive in table.motives:
        codings = [(name, c) for name, c in latest_codings.get((coder, motive), ()) if c.level]
        if codings:
            primary = next((c.theory for _, c in codings if c.level == "primary"), None)
            codes[motive] = MotiveCode(primary, frozenset(c.theory for _, c in codings if c.level == "secondary"))
            coding_id_list += [name for name, _ in codings]
    return CodingRoute(coder, "motives", codes, tuple(coding_id_list))


def passage_route(
    case: Case,
    latest_codings: LatestCodings,
    coder: str,
    table: MotiveTable,
    rule: RollUpRule | None = None,
    mapping: PassageStrengths | None = None,
    excluded_units: frozenset[str] = frozenset(),
) -> CodingRoute:
    """A coder's readings of the motives, from the passages and arguments that belong to them.

    Args:
        case: The case.
        latest_codings: Its codings that count, from `index_latest_codings`.
        coder: Whose.
        table: Which motives.
        rule: How to roll up, if not as the case says.
        mapping: What each strength is worth, if not what the case says.
        excluded_units: Units to leave out.
    """
    coded_units: dict[str, list[PassageSupport]] = {}
    coding_id_list = []
    for (unit_coder, unit), codings in latest_codings.items():
        motive = motive_of(case, unit)
        if unit_coder == coder and motive in table.motives and unit not in excluded_units:
            coded_units.setdefault(motive, []).extend(
                PassageSupport(unit, c.theory, coding_decibels(case, c, mapping)) for _, c in codings
            )
            coding_id_list += [name for name, _ in codings]
    rule = rule or case.evidence.roll_up
    support_by_motive = {
        m: net_support(coded_units[m], list(case.theories), rule) for m in table.motives if m in coded_units
    }
    return CodingRoute(
        coder,
        "passages",
        {motive: code_from_support(support) for motive, support in support_by_motive.items()},
        tuple(coding_id_list),
        support_by_motive,
    )


def adjudicated_route(case: Case, latest_codings: LatestCodings, coder: str, table: MotiveTable) -> CodingRoute:
    """The readings under an adjudicator: his own where he decides, otherwise the one that his coders share."""
    own_decisions = motive_route(latest_codings, coder, table)
    shared_routes = [coder_route(case, latest_codings, other, table) for other in case.coders[coder].adjudicates]
    codes, coding_id_list = dict(own_decisions.codes), list(own_decisions.coding_ids)
    for motive in table.motives:
        readings = {str(route.codes[motive]): route.codes[motive] for route in shared_routes if motive in route.codes}
        if motive not in codes and len(readings) == 1:
            codes[motive] = next(iter(readings.values()))
    coding_id_list += [id for route in shared_routes for id in route.coding_ids]
    return CodingRoute(
        coder, "adjudicated", {m: codes[m] for m in table.motives if m in codes}, tuple(dict.fromkeys(coding_id_list))
    )


def coder_route(case: Case, latest_codings: LatestCodings, coder: str, table: MotiveTable) -> CodingRoute:
    """How a coder reads a table: adjudicated if he adjudicates, by motive if he coded any so, else by passage."""
    if case.coders[coder].adjudicates:
        return adjudicated_route(case, latest_codings, coder, table)
    route_by_motive = motive_route(latest_codings, coder, table)
    return route_by_motive if route_by_motive.codes else passage_route(case, latest_codings, coder, table)


def routes_to_table(case: Case, latest_codings: LatestCodings, table: MotiveTable) -> list[CodingRoute]:
    """Every route to a table, the table's own coder's first; routes that reach no motive are left out."""
    route_list = [coder_route(case, latest_codings, table.coder, table)]
    for coder, part in case.coders.items():
        if part.adjudicates:
            coder_routes = [adjudicated_route(case, latest_codings, coder, table)]
        else:
            coder_routes = [
                motive_route(latest_codings, coder, table),
                passage_route(case, latest_codings, coder, table),
            ]
        route_list += [route for route in coder_routes if route.codes and route.id != route_list[0].id]
    return route_list
