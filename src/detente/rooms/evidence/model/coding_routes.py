"""From the codings of a case to readings of its motives, by every route: whose codings, and at which level.

A coder's reading of a motive is either coded as such, or rolled up from the passages and arguments that belong to it.
Two routes of the same table are two ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.case.index.entries import coding_ids
from detente.case.schema.case import Case
from detente.case.schema.coding import Coding, Table
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import Strengths
from detente.methods.inference.bayesian_updating import decibels
from detente.methods.inference.coding_aggregation import Voice, nets, reading
from detente.methods.inference.congruence import Code

Kind = Literal["motives", "passages", "adjudicated"]
HOW: Mapping[Kind, str] = {
    "motives": "motive by motive",
    "passages": "passage by passage",
    "adjudicated": "adjudicated",
}
RULES = {"net": "by what passages are worth", "count": "by the number of passages"}
"""How passages are rolled up, in words."""
Current = Mapping[tuple[str, str], list[tuple[str, Coding]]]
"""The codings that count, with their ids, by coder and unit."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way to read the motives of a table."""

    coder: str
    kind: Kind
    codes: Mapping[str, Code]
    """The reading of each motive; motives not coded are left out."""
    codings: tuple[str, ...]
    """The ids of the codings it rests on."""
    left: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Where motives are rolled up from passages, what is left for each theory, motive by motive."""

    @property
    def id(self) -> str:
        """A name for it."""
        return f"{self.coder}-{self.kind}"


def current(case: Case) -> dict[tuple[str, str], list[tuple[str, Coding]]]:
    """The codings that count: of each coder and unit, those of the last round."""
    found: dict[tuple[str, str], list[tuple[str, Coding]]] = {}
    for name, coding in zip(coding_ids(case), case.codings, strict=True):
        key = (coding.coder, coding.unit)
        held = found.get(key)
        if held and held[0][1].round < coding.round:
            held.clear()
        if not held or held[0][1].round == coding.round:
            found.setdefault(key, []).append((name, coding))
    return found


def strength(mapping: Strengths, coding: Coding) -> Estimate:
    """The chance of meeting such a passage if the theory it speaks for holds, as a mapping has it."""
    found: Estimate = getattr(mapping, coding.strength or "moderate")
    return found


def worth(case: Case, coding: Coding, mapping: Strengths | None = None) -> float:
    """What a coded passage is worth for its theory, in decibels; below 0 where it speaks against it."""
    if coding.direction not in ("for", "against"):
        return 0.0
    p = strength(mapping or case.evidence.strengths, coding).mean
    return decibels(p, 1 - p) if coding.direction == "for" else decibels(1 - p, p)


def motive_of(case: Case, unit: str) -> str | None:
    """The motive that a passage or an argument belongs to."""
    part = case.passages.get(unit) or case.arguments.get(unit)
    return part.motive if part else None


def other_mappings(own: Strengths) -> dict[str, Strengths]:
    """Mappings of another shape than the case's own: a common factor on its decibels hardly tests anything."""
    nothing = Estimate(value=0.5)
    return {
        "all strengths alike": own.model_copy(update={"strong": own.moderate, "weak": own.moderate}),
        "strong passages only": own.model_copy(update={"moderate": nothing, "weak": nothing, "conditional": nothing}),
        "strong ones set aside": own.model_copy(update={"strong": nothing}),
        "conditional ones as weak": own.model_copy(update={"conditional": own.weak}),
    }


def coded_motives(counting: Current, coder: str, table: Table) -> Route:
    """A coder's readings of the motives, coded as such."""
    codes, ids = {}, []
    for motive in table.motives:
        codings = [(name, c) for name, c in counting.get((coder, motive), ()) if c.level]
        if codings:
            primary = next((c.theory for _, c in codings if c.level == "primary"), None)
            codes[motive] = Code(primary, frozenset(c.theory for _, c in codings if c.level == "secondary"))
            ids += [name for name, _ in codings]
    return Route(coder, "motives", codes, tuple(ids))


def rolled_up(
    case: Case,
    counting: Current,
    coder: str,
    table: Table,
    rule: str | None = None,
    mapping: Strengths | None = None,
    without: frozenset[str] = frozenset(),
) -> Route:
    """A coder's readings of the motives, from the passages and arguments that belong to them.

    Args:
        case: The case.
        counting: Its codings that count, from `current`.
        coder: Whose.
        table: Which motives.
        rule: How to roll up, if not as the case says.
        mapping: What each strength is worth, if not what the case says.
        without: Units to leave out.
    """
    voices: dict[str, list[Voice]] = {}
    ids = []
    for (who, unit), codings in counting.items():
        motive = motive_of(case, unit)
        if who == coder and motive in table.motives and unit not in without:
            voices.setdefault(motive, []).extend(Voice(unit, c.theory, worth(case, c, mapping)) for _, c in codings)
            ids += [name for name, _ in codings]
    rule = rule or case.evidence.roll_up
    left = {m: nets(voices[m], list(case.theories), rule) for m in table.motives if m in voices}
    return Route(coder, "passages", {motive: reading(its) for motive, its in left.items()}, tuple(ids), left)


def adjudicated(case: Case, counting: Current, coder: str, table: Table) -> Route:
    """The readings under an adjudicator: his own where he decides, otherwise the one that his coders share."""
    decided = coded_motives(counting, coder, table)
    read = [own_route(case, counting, other, table) for other in case.coders[coder].adjudicates]
    codes, ids = dict(decided.codes), list(decided.codings)
    for motive in table.motives:
        given = {str(route.codes[motive]): route.codes[motive] for route in read if motive in route.codes}
        if motive not in codes and len(given) == 1:
            codes[motive] = next(iter(given.values()))
    ids += [id for route in read for id in route.codings]
    return Route(coder, "adjudicated", {m: codes[m] for m in table.motives if m in codes}, tuple(dict.fromkeys(ids)))


def own_route(case: Case, counting: Current, coder: str, table: Table) -> Route:
    """How a coder reads a table: adjudicated if he adjudicates, by motive if he coded any so, else by passage."""
    if case.coders[coder].adjudicates:
        return adjudicated(case, counting, coder, table)
    by_motive = coded_motives(counting, coder, table)
    return by_motive if by_motive.codes else rolled_up(case, counting, coder, table)


def routes(case: Case, counting: Current, table: Table) -> list[Route]:
    """Every route to a table, the table's own coder's first; routes that reach no motive are left out."""
    found = [own_route(case, counting, table.coder, table)]
    for coder, part in case.coders.items():
        if part.adjudicates:
            every = [adjudicated(case, counting, coder, table)]
        else:
            every = [coded_motives(counting, coder, table), rolled_up(case, counting, coder, table)]
        found += [route for route in every if route.codes and route.id != found[0].id]
    return found


def label(case: Case, route: Route) -> str:
    """What to call a route: who, and how."""
    return f"{case.coders[route.coder].name}, {HOW[route.kind]}"


def code_words(case: Case, code: Code | None) -> str:
    """A reading in words: `Realism (Liberalism)`."""
    if code is None:
        return "not coded"
    besides = ", ".join(sorted(case.theories[t].name for t in code.secondary))
    if code.primary is None:
        return f"none first of all ({besides})" if besides else "none"
    return case.theories[code.primary].name + (f" ({besides})" if besides else "")
