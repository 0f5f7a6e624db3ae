"""The evidence on a table as a matrix of ratings: which hypothesis it contradicts least, and what would change that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding, MotiveTable
from detente.methods.inference.bayesian_updating import expected_information
from detente.methods.inference.competing_hypotheses import (
    SCORING_RULES,
    EvidenceItem,
    HypothesisRanking,
    MatrixFlip,
    diagnosticity,
    minimum_matrix_changes,
    rank_hypotheses,
)
from detente.rooms.evidence.model.coding_routes import LatestCodings, motive_of, strength_estimate
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, exact_fraction
from detente.rooms.evidence.model.likelihoods import collect_evidence, passage_coders
from detente.rooms.evidence.model.posterior import decibels_between

TWO_STEP_CHANCE = 0.75
"""The chance of a strength from which a passage is rated two steps and not one: odds of three to one."""


@dataclass(frozen=True, slots=True)
class RowInformation:
    """How far a row with likelihoods tells hypotheses apart."""

    widest_decibels: float | None
    """The largest weight between two hypotheses; None where it is without limit."""
    expected_bits: float
    """The expected gain of looking."""


@dataclass(frozen=True, slots=True)
class ConsistencyMatrix:
    """Each row of evidence against each hypothesis, ranked by each rule."""

    items: tuple[EvidenceItem, ...]
    """The rows, the most telling first."""
    rankings: Mapping[int, HypothesisRanking]
    """By each rule of scoring."""
    fewest_changes: Mapping[int, MatrixFlip | None]
    """The fewest judgements that put a rival first, by each rule; None if none do."""
    information: Mapping[str, RowInformation]
    """Of the rows with likelihoods."""
    unit_ids: tuple[str, ...]
    """The rows in the order of the case."""

    @property
    def undiagnostic_count(self) -> int:
        """How many rows tell no hypothesis from another."""
        return sum(diagnosticity(item) == 0 for item in self.items)

    @property
    def leader(self) -> str | None:
        """Which hypothesis the evidence contradicts least by every rule; None where the rules differ, or tie."""
        leaders = {ranking.leader for ranking in self.rankings.values()}
        return leaders.pop() if len(leaders) == 1 else None

    @property
    def standing(self) -> Literal["robust", "fragile", "tie"]:
        """Fragile if one judgement, or the other rule, changes which is least."""
        leaders = {ranking.leader for ranking in self.rankings.values()}
        if leaders == {None}:
            return "tie"
        hangs_on_one = any(flip and flip.change_count == 1 for flip in self.fewest_changes.values())
        return "fragile" if hangs_on_one or len(leaders) > 1 else "robust"


def consistency_matrix(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> ConsistencyMatrix | None:
    """The matrix of a table, ranked by both rules; None if nothing is rated."""
    items, hypotheses = rated_items(case, latest_codings, test.id, test.table), list(case.hypotheses)
    if not items:
        return None
    return ConsistencyMatrix(
        tuple(sorted(items, key=lambda item: -diagnosticity(item))),
        {q: rank_hypotheses(items, hypotheses, q) for q in SCORING_RULES},
        {q: minimum_matrix_changes(items, hypotheses, q) for q in SCORING_RULES},
        _information_by_unit(case, latest_codings, test),
        tuple(item.id for item in items),
    )


def rated_items(case: Case, latest_codings: LatestCodings, table_id: str, table: MotiveTable) -> list[EvidenceItem]:
    """The rows of the matrix: coded passages and rated clues that bear on a table."""
    coder = next(iter(passage_coders(case, latest_codings, table)), None)
    items = []
    if all(h.holds is not None for h in case.hypotheses.values()):
        for (unit_coder, unit), codings in latest_codings.items():
            if unit_coder != coder or motive_of(case, unit) not in table.motives:
                continue
            ratings = _passage_ratings_by_hypothesis(case, [coding for _, coding in codings])
            items.append(EvidenceItem(unit, ratings, joint_judgement=True))
    for id, clue in case.clues.items():
        if clue.table == table_id and clue.consistency:
            weight = exact_fraction(clue.credibility.mean if clue.credibility else 1)
            weight *= exact_fraction(clue.relevance.mean if clue.relevance else 1)
            items.append(EvidenceItem(id, {h: r for h, r in clue.consistency.items() if r != "n/a"}, weight))
    return items


def _passage_ratings_by_hypothesis(case: Case, codings: list[Coding]) -> dict[str, int]:
    """The rating of a coded passage against each hypothesis, from its strength."""
    ratings = dict.fromkeys(case.hypotheses, 0)
    for coding in codings:
        if coding.direction in ("for", "against"):
            p = strength_estimate(case.evidence.strengths, coding).mean
            steps = 2 if p >= TWO_STEP_CHANCE else 1 if p > 0.5 else 0
            for h, part in case.hypotheses.items():
                agrees = (coding.theory in (part.holds or ())) == (coding.direction == "for")
                ratings[h] += steps if agrees else -steps
    return {h: max(-2, min(2, rating)) for h, rating in ratings.items()}


def _information_by_unit(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> dict[str, RowInformation]:
    """For rows with likelihoods: the largest weight between two hypotheses, and the expected gain of looking."""
    evidence = collect_evidence(case, latest_codings, test.id)
    if evidence is None:
        return {}
    chances: dict[str, dict[str, float]] = {}
    for piece, unit in zip(evidence.pieces, evidence.unit_ids, strict=True):
        chances_before = chances.get(unit, dict.fromkeys(piece.likelihoods, 1.0))
        chances[unit] = {h: chances_before[h] * p for h, p in piece.likelihoods.items()}
    return {
        unit: RowInformation(_widest_decibels(p), expected_information(evidence.prior, p))
        for unit, p in chances.items()
    }


def _widest_decibels(chances: Mapping[str, float]) -> float | None:
    lowest, highest = min(chances.values()), max(chances.values())
    return decibels_between(highest, lowest) if lowest > 0 else None
