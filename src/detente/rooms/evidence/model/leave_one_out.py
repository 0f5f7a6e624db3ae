"""What is left of a verdict without each source and each speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from detente.case.schema.base import Claim
from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import posterior_probabilities
from detente.methods.inference.congruence import CongruenceTally, MotiveCode
from detente.rooms.evidence.model.coding_routes import LatestCodings, motive_of, passage_route
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, tally_table
from detente.rooms.evidence.model.likelihoods import cluster_correlations, collect_evidence, passage_coders

OriginKind = Literal["document", "reference", "speaker"]


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where something that is adduced comes from: a document, a reference that it cites, or a speaker."""

    kind: OriginKind
    source: str
    """The id of the document, or who speaks."""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class OriginRemoval:
    """What is left of a table, of its reading from passages, and of the weight of evidence without one origin."""

    origin: Origin
    lost_count: int
    """Passages, arguments and clues that are lost with it."""
    motives_left: int
    tally: CongruenceTally | None
    """None where nothing is left."""
    passage_tally: CongruenceTally | None
    """By the passages that are left; None where nobody codes passages."""
    most_probable: str | None
    """The hypothesis; None where no evidence is weighed."""


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """A verdict without each source and speaker in turn."""

    removals: tuple[OriginRemoval, ...]
    units: tuple[str, ...]
    """Everything that is adduced for the motives of the table."""
    main_leader: str | None

    @property
    def changing(self) -> tuple[Origin, ...]:
        """The origins without which the verdict is another."""
        return tuple(r.origin for r in self.removals if r.tally and r.tally.leader != self.main_leader)

    @property
    def indispensable(self) -> tuple[Origin, ...]:
        """The origins without which nothing is left."""
        return tuple(r.origin for r in self.removals if r.tally is None)

    @property
    def standing(self) -> Literal["robust", "fragile", "tie"]:
        """Fragile if leaving out one changes the verdict or leaves nothing."""
        if self.main_leader is None:
            return "tie"
        return "fragile" if self.changing or self.indispensable else "robust"


def leave_origins_out(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> LeaveOneOut | None:
    """The verdict without each source and speaker; None if nothing says where it is from."""
    units = _adduced_units(case, test)
    origins_by_unit = {unit: set(_unit_origins(part)) for unit, part in units.items()}
    named_origins = sorted(set(chain.from_iterable(origins_by_unit.values())))
    if not named_origins:
        return None
    removals = (_remove_origin(case, latest_codings, test, origins_by_unit, origin) for origin in named_origins)
    return LeaveOneOut(tuple(removals), tuple(units), test.main_tally.leader)


def _remove_origin(
    case: Case,
    latest_codings: LatestCodings,
    test: CongruenceTest,
    origins_by_unit: Mapping[str, set[Origin]],
    origin: Origin,
) -> OriginRemoval:
    excluded_units = frozenset(unit for unit, unit_origins in origins_by_unit.items() if origin in unit_origins)
    codes = _remaining_codes(case, test, origins_by_unit, origin)
    if not codes:
        return OriginRemoval(origin, len(excluded_units), 0, None, None, None)
    coder = next(iter(passage_coders(case, latest_codings, test.table)), None)
    passage_tally = None
    if coder:
        route = passage_route(case, latest_codings, coder, test.table, excluded_units=excluded_units)
        passage_tally = tally_table(case, test.table, route.codes)
    most_probable = None
    if evidence := collect_evidence(case, latest_codings, test.id, excluded=excluded_units):
        probabilities = posterior_probabilities(evidence.prior, evidence.pieces, cluster_correlations(case))
        most_probable = max(probabilities, key=lambda h: probabilities[h])
    tally = tally_table(case, test.table, codes)
    return OriginRemoval(origin, len(excluded_units), len(codes), tally, passage_tally, most_probable)


def _adduced_units(case: Case, test: CongruenceTest) -> dict[str, Claim]:
    """Everything adduced for the motives of a table: arguments, passages, clues."""
    units: dict[str, Claim] = {}
    for name, part in chain(case.passages.items(), case.arguments.items()):
        if motive_of(case, name) in test.table.motives:
            units[name] = part
    return units | {name: clue for name, clue in case.clues.items() if clue.table == test.id}


def _unit_origins(part: Claim) -> Iterator[Origin]:
    for place in part.at:
        yield Origin("document", place.document)
        if place.ref:
            yield Origin("reference", place.document, str(place.ref))
    if speaker := getattr(part, "speaker", None):
        yield Origin("speaker", speaker)


def _remaining_codes(
    case: Case, test: CongruenceTest, origins_by_unit: Mapping[str, set[Origin]], excluded_origin: Origin
) -> dict[str, MotiveCode]:
    """The readings of the motives that something else than this origin still bears out."""
    codes = {}
    for motive, code in test.routes[0].codes.items():
        units = [unit_origins for unit, unit_origins in origins_by_unit.items() if motive_of(case, unit) == motive]
        if any(excluded_origin not in unit_origins for unit_origins in units) or not units:
            codes[motive] = code
    return codes
