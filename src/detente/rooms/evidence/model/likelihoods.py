"""From a case to the pieces of evidence that bear on a table: coded passages and declared clues, with their chances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding, Table
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import Clue, Strengths
from detente.case.schema.record import Statement
from detente.methods.inference.bayesian_updating import Correlations, Piece, joint, reported
from detente.rooms.evidence.model.coding_routes import Current, motive_of, strength

Ends = tuple[float, float, float]
"""A chance: lowest, mean, highest."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that bears on a table, by one coder's reading of the passages."""

    coder: str | None
    """Whose reading of the passages it is; None if there are none."""
    hypotheses: tuple[str, ...]
    prior: Mapping[str, float]
    prior_ends: Mapping[str, tuple[float, float]]
    pieces: tuple[Piece, ...]
    rests_on: tuple[str, ...]
    """For each piece, the id of the passage or clue that it is."""
    left_out: tuple[str, ...]
    """What does not count, and why, in sentences."""


def passage_coders(case: Case, counting: Current, table: Table) -> list[str]:
    """Who has coded passages or arguments of a table, its own coder first, then as the case declares them."""
    held = {coder for coder, unit in counting if motive_of(case, unit) in table.motives}
    return sorted(held, key=lambda coder: (coder != table.coder, list(case.coders).index(coder)))


def correlations(case: Case, common: float | None = None, within: float | None = None) -> Correlations:
    """The correlation within each cluster, as the case says it.

    Args:
        case: The case.
        common: One for all clusters instead.
        within: Where in each interval to take it, 0 for its lower end and 1 for its upper; its mean otherwise.
    """

    def taken(estimate: Estimate) -> float:
        low, high = estimate.bounds
        return estimate.mean if within is None else low + within * (high - low)

    said = taken(case.evidence.correlation or Estimate(value=1))
    single = {name: taken(estimate) for name, estimate in case.evidence.clusters.items()}
    return lambda cluster: single.get(cluster, said) if common is None else common


def gather(
    case: Case,
    counting: Current,
    name: str,
    coder: str | None = None,
    times: float = 1.0,
    mapping: Strengths | None = None,
    without: Iterable[str] = (),
) -> Evidence | None:
    """The evidence on a table; None if the case has no hypotheses, or nothing bears on it.

    Args:
        case: The case.
        counting: Its codings that count.
        name: The table.
        coder: Whose reading of the passages; the first of `passage_coders` otherwise.
        times: How many times the decibels of the mapping of strengths are taken.
        mapping: What each strength is worth, if not what the case says.
        without: Passages and clues to leave out.
    """
    if not case.hypotheses:
        return None
    table, without = case.tables[name], frozenset(without)
    coder = coder or next(iter(passage_coders(case, counting, table)), None)
    left_out: list[str] = []
    pieces: list[Piece] = []
    units: list[str] = []
    if coder and all(h.holds is not None for h in case.hypotheses.values()):
        for unit, codings in _passages(case, counting, table, coder):
            if unit not in without:
                found = [
                    _coded(case, unit, id, coding, times, mapping or case.evidence.strengths) for id, coding in codings
                ]
                kept = [piece for piece in found if len(set(piece.chances.values())) > 1]
                pieces += kept
                units += [unit] * len(kept)
                left_out += [] if kept else [f"{unit} says nothing for or against any hypothesis."]
    blocks: dict[str, Piece] = {}
    for id, clue in case.clues.items():
        if clue.table != name or not clue.likelihood or id in without:
            continue
        if clue.absent and not clue.searched:
            left_out.append(f"{id} was not found, but nobody says where it was looked for.")
            continue
        piece = blocks[id] = _clue(case, id, clue, blocks)
        pieces.append(piece)
        units.append(id)
    if not pieces:
        return None
    priors = {h: part.prior or Estimate(value=1) for h, part in case.hypotheses.items()}
    return Evidence(
        coder if any(unit not in case.clues for unit in units) else None,
        tuple(case.hypotheses),
        {h: estimate.mean for h, estimate in priors.items()},
        {h: estimate.bounds for h, estimate in priors.items()},
        tuple(pieces),
        tuple(units),
        tuple(left_out),
    )


def _passages(
    case: Case, counting: Current, table: Table, coder: str
) -> Iterator[tuple[str, list[tuple[str, Coding]]]]:
    """The coded units of a coder, motive by motive."""
    for motive in table.motives:
        for (who, unit), codings in counting.items():
            if who == coder and motive_of(case, unit) == motive:
                yield unit, [(id, c) for id, c in codings if c.direction in ("for", "against")]


def _ends(estimate: Estimate) -> Ends:
    return estimate.bounds[0], estimate.mean, estimate.bounds[1]


def _stretched(p: float, times: float) -> float:
    """The chance whose odds, in decibels, are so many times those of p."""
    odds = float((p / (1 - p)) ** times)
    return odds / (1 + odds)


def _coded(case: Case, unit: str, id: str, coding: Coding, times: float, mapping: Strengths) -> Piece:
    """A coded passage: the chance of its strength where the hypothesis agrees with it, one less that elsewhere."""
    low, p, high = (_stretched(x, times) for x in _ends(strength(mapping, coding)))
    chances: dict[str, Ends] = {}
    for h, part in case.hypotheses.items():
        agrees = (coding.theory in (part.holds or ())) == (coding.direction == "for")
        chances[h] = (low, p, high) if agrees else (1 - low, 1 - p, 1 - high)
    return replace(_piece(id, chances, cluster_of(case, unit), unit), tied=True)


def _piece(id: str, chances: Mapping[str, Ends], cluster: str, block: str) -> Piece:
    low, mean, high = ({h: ends[i] for h, ends in chances.items()} for i in range(3))
    return Piece(id, mean, low, high, cluster, block)


def cluster_of(case: Case, unit: str) -> str:
    """The origin that a passage, argument or clue shares with others: a name, or its document, speaker or event."""
    part = case.passages.get(unit) or case.arguments.get(unit) or case.clues[unit]
    if isinstance(part, Clue) and part.cluster:
        return part.cluster
    entry = next((e for e in case.record if isinstance(part, Clue) and e.id == part.entry), None)
    documents = [at.document for owner in (part, entry) if owner for at in owner.at]
    if documents:
        return documents[0]
    if isinstance(entry, Statement) and (entry.speaker or entry.event):
        return entry.speaker or entry.event or unit
    return entry.id if entry else unit


def _clue(case: Case, id: str, clue: Clue, before: Mapping[str, Piece]) -> Piece:
    chances: dict[str, Ends] = {}
    tied = case.clues.get(clue.correlation.to) if clue.correlation else None
    for h, estimate in clue.likelihood.items():
        ends: Sequence[float] = _ends(estimate)
        reliability, otherwise = clue.reliability, clue.otherwise.mean if clue.otherwise else 0.5
        if clue.correlation and tied:
            ends = _given(tied.likelihood[h], estimate, clue.correlation.rho.mean, not tied.absent, not clue.absent)
        elif clue.absent:
            ends = [1 - x for x in reversed(ends)]
        if reliability:  # an unreliable source would not report it with the rest of the chance that it would
            ends = [reported(x, reliability.mean, 1 - otherwise if clue.absent else otherwise) for x in ends]
        chances[h] = (ends[0], ends[1], ends[2])
    head = next((before[other] for other in [*clue.given, *([clue.correlation.to] if clue.correlation else [])]
                 if other in before), None)  # fmt: skip
    return _piece(id, chances, head.cluster if head else cluster_of(case, id), head.block if head else id)


def _given(first: Estimate, second: Estimate, rho: float, seen: bool, found: bool) -> Ends:
    """The chance of what was observed of one clue given what was observed of another that it is correlated with."""

    def conditional(p1: float, p2: float) -> float:
        return joint(p1, p2, rho)[seen][found] / (p1 if seen else 1 - p1)

    corners = [conditional(p1, p2) for p1, p2 in product(first.bounds, second.bounds)]
    return min(corners), conditional(first.mean, second.mean), max(corners)
