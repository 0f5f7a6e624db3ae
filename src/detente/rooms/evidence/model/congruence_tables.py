"""A table of the case, tallied: rows from codings, and how well the verdict stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from detente.case.schema.case import Case
from detente.case.schema.coding import MotiveTable
from detente.methods.inference.congruence import (
    SECONDARY_WEIGHTS,
    CodedMotive,
    CongruenceTally,
    MotiveCode,
    tally_scores,
)
from detente.methods.inference.fragility import VerdictFlip, minimum_recodings
from detente.rooms.evidence.model.coding_routes import CodingRoute, LatestCodings, routes_to_table

VerdictStanding = Literal["robust", "moderate", "fragile", "tie"]
"""How well a verdict stands."""


@dataclass(frozen=True, slots=True)
class ImportanceRating:
    """How important a source calls a motive, and whether it says so with a perhaps."""

    importance: Literal["chief", "as-chief"]
    is_hedged: bool


@dataclass(frozen=True, slots=True)
class CongruenceTest:
    """One table of the case, tallied."""

    id: str
    table: MotiveTable
    routes: list[CodingRoute]
    """Every route to it, the one that is tallied first."""
    rows: list[CodedMotive]
    tallies: list[CongruenceTally]
    """Under each treatment, the case's own first."""
    minimum_recodings: VerdictFlip | None

    @property
    def label(self) -> str:
        """What to call the table in a sentence."""
        return self.table.short or self.table.title

    @property
    def coding_ids(self) -> tuple[str, ...]:
        """The ids of the codings that are tallied."""
        return self.routes[0].coding_ids

    @property
    def is_coded(self) -> bool:
        """Whether any of its motives is coded to a theory."""
        return any(row.code.primary or row.code.secondary for row in self.rows)

    @property
    def main_tally(self) -> CongruenceTally:
        """The tally under the case's own treatment."""
        return self.tallies[0]


def congruence_rows(case: Case, table: MotiveTable, codes: Mapping[str, MotiveCode]) -> list[CodedMotive]:
    """The rows of a table under some readings of its motives."""
    rows = []
    for motive in table.motives:
        weight = case.motives[motive].weight
        rows.append(
            CodedMotive(motive, codes.get(motive, MotiveCode()), exact_fraction(weight.mean) if weight else Fraction(1))
        )
    return rows


def exact_fraction(x: float) -> Fraction:
    """The fraction that the case's decimal meant: 0.1 is one tenth."""
    return Fraction(repr(x))


def run_congruence_test(case: Case, latest_codings: LatestCodings, table_id: str, table: MotiveTable) -> CongruenceTest:
    """A table tallied under each treatment of secondary readings, by its own coder's route."""
    all_routes = routes_to_table(case, latest_codings, table)
    rows, theories = congruence_rows(case, table, all_routes[0].codes), list(case.theories)
    tallies = [tally_scores(rows, theories, s) for s in dict.fromkeys((secondary_weight(case), *SECONDARY_WEIGHTS))]
    return CongruenceTest(table_id, table, all_routes, rows, tallies, minimum_recodings(rows, theories, tallies[0]))


def secondary_weight(case: Case) -> Fraction:
    """What the case itself says a secondary reading counts."""
    return exact_fraction(case.evidence.secondary.mean)


def tally_table(case: Case, table: MotiveTable, codes: Mapping[str, MotiveCode]) -> CongruenceTally:
    """The tally of a table under some readings of its motives, and the case's own treatment."""
    return tally_scores(congruence_rows(case, table, codes), list(case.theories), secondary_weight(case))


def importance_ratings(case: Case, motive: str) -> frozenset[ImportanceRating]:
    """What the sources call a motive: nothing, or how important."""
    return frozenset(
        ImportanceRating(argument.importance, argument.hedged)
        for argument in case.arguments.values()
        if argument.motive == motive and argument.importance
    )


def verdict_robustness(test: CongruenceTest) -> VerdictStanding:
    """How well a verdict stands.

    Fragile if one recoding or another treatment gives it to a rival; moderate if one makes it a tie, or two recodings
    give it to a rival; else robust.
    """
    if test.main_tally.leader is None:
        return "tie"
    fewest = test.minimum_recodings
    other_leaders = {treatment_tally.leader for treatment_tally in test.tallies} - {test.main_tally.leader}
    if (fewest and fewest.recoding_count == 1) or other_leaders - {None}:
        return "fragile"
    if other_leaders or (fewest and (fewest.recoding_count == 2 or fewest.recodings_to_tie == 1)):
        return "moderate"
    return "robust"
