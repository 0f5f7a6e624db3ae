"""A table of the case, tallied: rows from codings, and how well the verdict stands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.case.entries import coding_ids
from detente.case.reasoning import Coding, Table
from detente.case.schema import Case
from detente.evidence.congruence import TREATMENTS, Code, Row, Tally, tally
from detente.evidence.fragility import Flip, flip
from detente.section import Standing
from detente.words import number

IMPORTANCE = {"chief": "the most important", "as-chief": "as strong as the most important"}


@dataclass(frozen=True, slots=True)
class Tested:
    """One table of the case, tallied."""

    id: str
    table: Table
    rows: list[Row]
    tallies: list[Tally]
    """Under each treatment, the case's own first."""
    flip: Flip | None

    @property
    def label(self) -> str:
        """What to call the table in a sentence."""
        return self.table.short or self.table.title

    @property
    def main(self) -> Tally:
        """The tally under the case's own treatment."""
        return self.tallies[0]


def rows_of(case: Case, table: Table) -> list[Row]:
    """The rows of a table, as its coder codes them."""
    rows = []
    for motive in table.motives:
        codings = codings_of(case, motive, table.coder)
        primary = next((c.theory for c in codings if c.level == "primary"), None)
        secondary = frozenset(c.theory for c in codings if c.level == "secondary")
        weight = case.motives[motive].weight
        rows.append(Row(motive, Code(primary, secondary), _exact(weight.mean) if weight else Fraction(1)))
    return rows


def codings_of(case: Case, unit: str, coder: str) -> list[Coding]:
    """The codings of a unit by one coder that are tallied."""
    return [c for c in case.codings if c.unit == unit and c.coder == coder and c.level is not None]


def tallied(case: Case, test: Table) -> tuple[str, ...]:
    """The ids of the codings that a table is tallied from."""
    named = zip(coding_ids(case), case.codings, strict=True)
    return tuple(n for n, c in named if c.level and c.coder == test.coder and c.unit in test.motives)


def _exact(x: float) -> Fraction:
    """The fraction that the case's decimal meant: .1 is one tenth."""
    return Fraction(repr(x))


def tested_table(case: Case, name: str, table: Table) -> Tested:
    """A table tallied under each treatment of secondary readings."""
    rows, theories = rows_of(case, table), list(case.theories)
    own = _exact(case.evidence.secondary.mean)
    tallies = [tally(rows, theories, s) for s in dict.fromkeys((own, *TREATMENTS))]
    return Tested(name, table, rows, tallies, flip(rows, theories, tallies[0]))


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
    return f"{case.theories[found.leader].name if found.leader else 'a tie'}, {sums(found)}"


def sums(found: Tally) -> str:
    """The sums, the highest first: `3 to 2`."""
    return " to ".join(number(score) for score in sorted(found.scores.values(), reverse=True))
