"""A table of the case, tallied: rows from codings, and how well the verdict stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.case.schema.case import Case
from detente.case.schema.coding import Table
from detente.methods.inference.congruence import TREATMENTS, Code, Row, Tally, tally
from detente.methods.inference.fragility import Flip, flip
from detente.results.finding import Standing
from detente.rooms.evidence.model.coding_routes import Current, Route, routes
from detente.text.number_format import number

IMPORTANCE = {"chief": "the most important", "as-chief": "as strong as the most important"}


@dataclass(frozen=True, slots=True)
class Tested:
    """One table of the case, tallied."""

    id: str
    table: Table
    routes: list[Route]
    """Every route to it, the one that is tallied first."""
    rows: list[Row]
    tallies: list[Tally]
    """Under each treatment, the case's own first."""
    flip: Flip | None

    @property
    def label(self) -> str:
        """What to call the table in a sentence."""
        return self.table.short or self.table.title

    @property
    def codings(self) -> tuple[str, ...]:
        """The ids of the codings that are tallied."""
        return self.routes[0].codings

    @property
    def main(self) -> Tally:
        """The tally under the case's own treatment."""
        return self.tallies[0]


def rows_of(case: Case, table: Table, codes: Mapping[str, Code]) -> list[Row]:
    """The rows of a table under some readings of its motives."""
    rows = []
    for motive in table.motives:
        weight = case.motives[motive].weight
        rows.append(Row(motive, codes.get(motive, Code()), exact(weight.mean) if weight else Fraction(1)))
    return rows


def exact(x: float) -> Fraction:
    """The fraction that the case's decimal meant: .1 is one tenth."""
    return Fraction(repr(x))


def tested_table(case: Case, counting: Current, name: str, table: Table) -> Tested:
    """A table tallied under each treatment of secondary readings, by its own coder's route."""
    every = routes(case, counting, table)
    rows, theories = rows_of(case, table, every[0].codes), list(case.theories)
    tallies = [tally(rows, theories, s) for s in dict.fromkeys((own_treatment(case), *TREATMENTS))]
    return Tested(name, table, every, rows, tallies, flip(rows, theories, tallies[0]))


def own_treatment(case: Case) -> Fraction:
    """What the case itself says a secondary reading counts."""
    return exact(case.evidence.secondary.mean)


def tally_of(case: Case, table: Table, codes: Mapping[str, Code]) -> Tally:
    """The tally of a table under some readings of its motives, and the case's own treatment."""
    return tally(rows_of(case, table, codes), list(case.theories), own_treatment(case))


def importance(case: Case, motive: str) -> list[str]:
    """What the sources call the motive, in words: nothing, or how important."""
    said = {(a.importance, a.hedged) for a in case.arguments.values() if a.motive == motive and a.importance}
    words = [(f"perhaps {IMPORTANCE[name]}" if hedged else IMPORTANCE[name], hedged) for name, hedged in said if name]
    return [text for text, _ in sorted(words, key=lambda w: (w[1], w[0]))]


def standing(test: Tested) -> Standing:
    """How well a verdict stands: fragile if one recoding or another treatment gives it to a rival."""
    if test.main.leader is None:
        return "tie"
    others = {found.leader for found in test.tallies} - {test.main.leader}
    if (test.flip and test.flip.number == 1) or others - {None}:
        return "fragile"
    return "moderate" if (test.flip and test.flip.to_a_tie == 1) or others else "robust"


def brief(case: Case, found: Tally) -> str:
    """The verdict in a few words: the theory and the sums."""
    if not any(found.scores.values()):
        return "no verdict, since nothing is coded to any theory"
    return f"{case.theories[found.leader].name if found.leader else 'a tie'}, {sums(found)}"


def sums(found: Tally) -> str:
    """The sums, the highest first: `3 to 2`; of more than two theories those that are not 0."""
    ranked = sorted(found.scores.values(), reverse=True)
    return " to ".join(number(score) for n, score in enumerate(ranked) if n < 2 or score)
