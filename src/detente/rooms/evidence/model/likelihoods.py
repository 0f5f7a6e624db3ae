"""From a case to the pieces of evidence that bear on a table: coded passages and declared clues, with their chances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding, MotiveTable
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import Clue, PassageStrengths
from detente.case.schema.record import Statement
from detente.methods.inference.bayesian_updating import (
    ClusterCorrelations,
    EvidencePiece,
    joint_clue_probabilities,
    report_likelihood,
)
from detente.rooms.evidence.model.coding_routes import LatestCodings, motive_of, strength_estimate

ChanceBounds = tuple[float, float, float]
"""A chance: lowest, mean, highest."""


@dataclass(frozen=True, slots=True)
class ExcludedUnit:
    """A passage or a clue that does not count: it tells nothing apart, or was not found and nobody says where."""

    id: str
    reason: Literal["uninformative", "not-searched"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that bears on a table, by one coder's reading of the passages."""

    coder: str | None
    """Whose reading of the passages it is; None if there are none."""
    hypotheses: tuple[str, ...]
    prior: Mapping[str, float]
    prior_bounds: Mapping[str, tuple[float, float]]
    pieces: tuple[EvidencePiece, ...]
    unit_ids: tuple[str, ...]
    """For each piece, the id of the passage or clue that it is."""
    exclusions: tuple[ExcludedUnit, ...]
    """What does not count, and why."""


def passage_coders(case: Case, latest_codings: LatestCodings, table: MotiveTable) -> list[str]:
    """Who has coded passages or arguments of a table, its own coder first, then as the case declares them."""
    coders_found = {coder for coder, unit in latest_codings if motive_of(case, unit) in table.motives}
    return sorted(coders_found, key=lambda coder: (coder != table.coder, list(case.coders).index(coder)))


def cluster_correlations(case: Case, common: float | None = None, position: float | None = None) -> ClusterCorrelations:
    """The correlation within each cluster, as the case says it.

    Args:
        case: The case.
        common: One for all clusters instead.
        position: Where in each interval to take it, 0 for its lower end and 1 for its upper; its mean otherwise.
    """

    def correlation_value(estimate: Estimate) -> float:
        low, high = estimate.bounds
        return estimate.mean if position is None else low + position * (high - low)

    default_value = correlation_value(case.evidence.correlation or Estimate(value=1))
    cluster_values = {name: correlation_value(estimate) for name, estimate in case.evidence.clusters.items()}
    return lambda cluster: cluster_values.get(cluster, default_value) if common is None else common


def collect_evidence(
    case: Case,
    latest_codings: LatestCodings,
    table_id: str,
    coder: str | None = None,
    factor: float = 1.0,
    mapping: PassageStrengths | None = None,
    excluded: Iterable[str] = (),
) -> Evidence | None:
    """The evidence on a table; None if the case has no hypotheses, or nothing bears on it.

    Args:
        case: The case.
        latest_codings: Its codings that count.
        table_id: The table.
        coder: Whose reading of the passages; the first of `passage_coders` otherwise.
        factor: How many times the decibels of the mapping of strengths are taken.
        mapping: What each strength is worth, if not what the case says.
        excluded: Passages and clues to leave out.
    """
    if not case.hypotheses:
        return None
    table, excluded = case.tables[table_id], frozenset(excluded)
    coder = coder or next(iter(passage_coders(case, latest_codings, table)), None)
    exclusions: list[ExcludedUnit] = []
    pieces: list[EvidencePiece] = []
    unit_ids: list[str] = []
    if coder and all(h.holds is not None for h in case.hypotheses.values()):
        for unit, codings in _coded_units(case, latest_codings, table, coder):
            if unit not in excluded:
                unit_pieces = [
                    _passage_piece(case, unit, id, coding, factor, mapping or case.evidence.strengths)
                    for id, coding in codings
                ]
                informative_pieces = [piece for piece in unit_pieces if len(set(piece.likelihoods.values())) > 1]
                pieces += informative_pieces
                unit_ids += [unit] * len(informative_pieces)
                exclusions += [] if informative_pieces else [ExcludedUnit(unit, "uninformative")]
    clue_pieces: dict[str, EvidencePiece] = {}
    for id, clue in case.clues.items():
        if clue.table != table_id or not clue.likelihood or id in excluded:
            continue
        if clue.absent and not clue.searched:
            exclusions.append(ExcludedUnit(id, "not-searched"))
            continue
        piece = clue_pieces[id] = _clue_piece(case, id, clue, clue_pieces)
        pieces.append(piece)
        unit_ids.append(id)
    if not pieces:
        return None
    priors = {h: part.prior or Estimate(value=1) for h, part in case.hypotheses.items()}
    return Evidence(
        coder if any(unit not in case.clues for unit in unit_ids) else None,
        tuple(case.hypotheses),
        {h: estimate.mean for h, estimate in priors.items()},
        {h: estimate.bounds for h, estimate in priors.items()},
        tuple(pieces),
        tuple(unit_ids),
        tuple(exclusions),
    )


def _coded_units(
    case: Case, latest_codings: LatestCodings, table: MotiveTable, coder: str
) -> Iterator[tuple[str, list[tuple[str, Coding]]]]:
    """The coded units of a coder, motive by motive."""
    for motive in table.motives:
        for (unit_coder, unit), codings in latest_codings.items():
            if unit_coder == coder and motive_of(case, unit) == motive:
                yield unit, [(id, c) for id, c in codings if c.direction in ("for", "against")]


def _chance_bounds(estimate: Estimate) -> ChanceBounds:
    return estimate.bounds[0], estimate.mean, estimate.bounds[1]


def _scale_odds(p: float, factor: float) -> float:
    """The chance whose odds, in decibels, are so many times those of p."""
    odds = float((p / (1 - p)) ** factor)
    return odds / (1 + odds)


def _passage_piece(
    case: Case, unit: str, id: str, coding: Coding, factor: float, mapping: PassageStrengths
) -> EvidencePiece:
    """A coded passage: the chance of its strength where the hypothesis agrees with it, one less that elsewhere."""
    low, p, high = (_scale_odds(x, factor) for x in _chance_bounds(strength_estimate(mapping, coding)))
    chances: dict[str, ChanceBounds] = {}
    for h, part in case.hypotheses.items():
        agrees = (coding.theory in (part.holds or ())) == (coding.direction == "for")
        chances[h] = (low, p, high) if agrees else (1 - low, 1 - p, 1 - high)
    return replace(_make_piece(id, chances, evidence_cluster(case, unit), unit), is_tied=True)


def _make_piece(id: str, chances: Mapping[str, ChanceBounds], cluster: str, block: str) -> EvidencePiece:
    low, mean, high = ({h: ends[i] for h, ends in chances.items()} for i in range(3))
    return EvidencePiece(id, mean, low, high, cluster, block)


def evidence_cluster(case: Case, unit: str) -> str:
    """The origin that a passage, argument or clue shares with others: a name, or its document, speaker or event."""
    part = case.passages.get(unit) or case.arguments.get(unit) or case.clues[unit]
    if isinstance(part, Clue) and part.cluster:
        return part.cluster
    entry = next((e for e in case.record if isinstance(part, Clue) and e.id == part.entry), None)
    documents = [place.document for owner in (part, entry) if owner for place in owner.at]
    if documents:
        return documents[0]
    if isinstance(entry, Statement) and (entry.speaker or entry.event):
        return entry.speaker or entry.event or unit
    return entry.id if entry else unit


def _clue_piece(case: Case, id: str, clue: Clue, earlier_pieces: Mapping[str, EvidencePiece]) -> EvidencePiece:
    chances: dict[str, ChanceBounds] = {}
    correlated_clue = case.clues.get(clue.correlation.to) if clue.correlation else None
    for h, estimate in clue.likelihood.items():
        ends: Sequence[float] = _chance_bounds(estimate)
        reliability, false_report_chance = clue.reliability, clue.otherwise.mean if clue.otherwise else 0.5
        if clue.correlation and correlated_clue:
            ends = _correlated_chances(
                correlated_clue.likelihood[h],
                estimate,
                clue.correlation.rho.mean,
                not correlated_clue.absent,
                not clue.absent,
            )
        elif clue.absent:
            ends = [1 - x for x in reversed(ends)]
        if reliability:  # an unreliable source would not report it with the rest of the chance that it would
            ends = [
                report_likelihood(x, reliability.mean, 1 - false_report_chance if clue.absent else false_report_chance)
                for x in ends
            ]
        chances[h] = (ends[0], ends[1], ends[2])
    linked_ids = [*clue.given, *([clue.correlation.to] if clue.correlation else [])]
    linked_piece = next((earlier_pieces[other] for other in linked_ids if other in earlier_pieces), None)
    return _make_piece(
        id,
        chances,
        linked_piece.cluster if linked_piece else evidence_cluster(case, id),
        linked_piece.dependence_group if linked_piece else id,
    )


def _correlated_chances(
    first: Estimate, second: Estimate, rho: float, first_present: bool, second_present: bool
) -> ChanceBounds:
    """The chance of what was observed of one clue given what was observed of another that it is correlated with."""

    def conditional_chance(p1: float, p2: float) -> float:
        return joint_clue_probabilities(p1, p2, rho)[first_present][second_present] / (p1 if first_present else 1 - p1)

    corners = [conditional_chance(p1, p2) for p1, p2 in product(first.bounds, second.bounds)]
    return min(corners), conditional_chance(first.mean, second.mean), max(corners)
