"""Where something holds, in words: on both sides, for one side, or in a table that is of no single side."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import display_name
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.text.english import cardinal, join_words

MOST_NAMED = 3
"""Tables of which each is named; more are counted."""
BOTH_SIDES = {0, 1}


def table_party(case: Case, test: CongruenceTest) -> str | None:
    """The id of the party whose motives a table holds; None where they are of several."""
    parties = {case.motives[motive].of for motive in test.table.motives}
    return parties.pop() if len(parties) == 1 else None


def table_side(case: Case, test: CongruenceTest) -> int | None:
    """0 for a table of the side that offers, 1 for one of the side that answers, None for another."""
    sides, party = case_sides(case), table_party(case, test)
    return sides.index(party) if sides and party in sides else None


class TablePlaces:
    """What to call some of the tables of a case, or all of them."""

    def __init__(self, case: Case, tests: Sequence[CongruenceTest]):
        self.case = case
        self.tests = list(tests)
        self._parties = {test.id: table_party(case, test) for test in tests}

    @property
    def _are_both_sides(self) -> bool:
        return len(self.tests) == 2 and {table_side(self.case, test) for test in self.tests} == BOTH_SIDES

    def everywhere(self) -> str:
        """`on both sides`, `in both tables`, `in all three tables`; of one table its own place."""
        if len(self.tests) == 1:
            return self._named(self.tests)
        if self._are_both_sides:
            return "on both sides"
        return "in both tables" if len(self.tests) == 2 else f"in all {cardinal(len(self.tests))} tables"

    def anywhere(self) -> str:
        """`on either side`, `in either table`, `in any of the three tables`; of one table its own place."""
        if len(self.tests) == 1:
            return self._named(self.tests)
        if self._are_both_sides:
            return "on either side"
        return "in either table" if len(self.tests) == 2 else f"in any of the {cardinal(len(self.tests))} tables"

    def at(self, chosen: Sequence[CongruenceTest]) -> str:
        """Some of the tables: `for the CSTO`, `on both sides`, `in “Why they refuse”`, `in four of six tables`."""
        if len(chosen) == len(self.tests):
            return self.everywhere()
        if len(chosen) > MOST_NAMED:
            return f"in {cardinal(len(chosen))} of {cardinal(len(self.tests))} tables"
        return self._named(chosen)

    def at_none(self, chosen: Sequence[CongruenceTest]) -> str:
        """The same after a word that denies: `on either side` for all of them."""
        return self.anywhere() if len(chosen) == len(self.tests) else self.at(chosen)

    def label(self, test: CongruenceTest) -> str:
        """A table in a cell: the party whose motives it holds, or its own title."""
        party = self._only_party(test)
        return display_name(self.case, party) if party else test.table.title

    def _named(self, chosen: Sequence[CongruenceTest]) -> str:
        parties = [self._only_party(test) for test in chosen]
        if None not in parties:
            return f"for {join_words(display_name(self.case, party) for party in parties if party)}"
        return f"in {join_words(f'“{test.table.title}”' for test in chosen)}"

    def _only_party(self, test: CongruenceTest) -> str | None:
        """The party of a table, if no other table is of the same."""
        party = self._parties[test.id]
        return party if party and list(self._parties.values()).count(party) == 1 else None
