"""From a case to an assessment: every room that the case has material for is asked, and the answers stand together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.case.bundled import find_case
from detente.case.index.entries import Input, inputs
from detente.case.loading import locator_checks as consistency
from detente.case.loading.load import LoadedCase, load
from detente.results.finding import Section, Tile
from detente.rooms.registry import ROOMS
from detente.rooms.room import assess_rooms
from detente.text.english import capital, count, listed

ORDER = ("record", "evidence", "rules", "channels", "response", "lasting", "against", "contradictions", "predictions")
"""The order of the sections on the page."""
ANSWERING = (("response", "lasting"), ("evidence", "rules", "channels", "lasting"))
"""The sections whose answers are the short answer, after the headline: the first of these groups that is there."""
HEADLINES = ("response",)
"""The sections whose tile is the headline, if there are any; else the first that has one."""
UNBUILT = {
    "How sure, and what matters": "draws over uncertain inputs",
}
"""Questions that this version of Détente does not take up, and what answering each takes."""


@dataclass(frozen=True)
class Assessment:
    """What Détente says about a case: sections, what is absent and why, and the inputs it all rests on."""

    loaded: LoadedCase
    sections: tuple[Section, ...]
    absent: Mapping[str, str]
    """Questions left open: title, and what it would take."""
    version: str

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every number and coding of the case."""
        return tuple(inputs(self.loaded.case))

    @property
    def unsourced(self) -> tuple[Input, ...]:
        """The inputs that do not say where they come from."""
        return tuple(i for i in self.inputs if not i.sourced)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed without the case saying so."""
        return tuple(a for section in self.sections for a in section.assumptions)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The first screen in a few words each."""
        rests = f"{len(self.inputs)} inputs, {len(self.unsourced)} unsourced"
        silent = capital(count(len(self.assumptions), "assumption")) + " the case does not state"
        return (*(s.tile for s in self.sections if s.tile), Tile("What it rests on", rests, silent))

    @property
    def headline(self) -> str:
        """The answer in a few words."""
        tiles = {s.id: s.tile for s in self.sections if s.tile}
        first = next((tiles[id] for id in HEADLINES if id in tiles), next(iter(tiles.values()), None))
        return first.value if first else "Nothing can be said yet"

    @property
    def elaboration(self) -> str:
        """What follows the headline: the verdicts, and what this does not say."""
        found = {section.id: section for section in self.sections}
        telling = next((group for group in ANSWERING if found.keys() & set(group)), ())
        answers = [found[id].brief or found[id].answer for id in telling if id in found]
        questions = listed(f"“{title}”" for title in self.absent)
        return " ".join([*answers, f"This is no forecast: it leaves {questions} open."])

    @property
    def answer(self) -> str:
        """The short answer, in sentences."""
        return f"{self.headline}. {self.elaboration}"

    def _repr_html_(self) -> str:
        from detente.report.notebook import fragment

        return fragment(self)


def read_case(
    name: str,
    scenario: str | None = None,
    changes: Mapping[str, str] | None = None,
    every_scenario: bool = False,
) -> LoadedCase:
    """Reads and checks a case.

    Args:
        name: A bundled case, a folder with a `case.yaml`, or a file.
        scenario: One of the case's scenarios, to apply.
        changes: Paths and their values as YAML text, e.g. `{"evidence.secondary": "0.5"}`.
        every_scenario: Whether to try all scenarios, as `detente check` does, and not only the one to apply.

    Raises:
        CaseError: With every problem found, each with file, line and column.
        UnknownName: If there is no such case or scenario.
    """
    file, shown = find_case(name)
    checks = (consistency.problems, *(room.find_problems for room in ROOMS))
    return load(file, shown=shown, scenario=scenario, changes=changes, checks=checks, every_scenario=every_scenario)


def assess(loaded: LoadedCase, on_step: Callable[[str], None] = lambda step: None) -> Assessment:
    """Asks every room the case has material for.

    Args:
        loaded: A case, as `read_case` gives it.
        on_step: Told what is being done, for a progress display.
    """
    from detente import __version__

    by_room = assess_rooms(loaded.case, ROOMS, on_step)
    sections = [section for written in by_room.values() for section in written]
    absent = {room.question: f"The case would need {room.needs}." for room in ROOMS if not by_room[room.id]}
    sections.sort(key=lambda section: ORDER.index(section.id))
    absent |= {title: f"Not in this version of Détente. It takes {what}." for title, what in UNBUILT.items()}
    return Assessment(loaded, tuple(sections), absent, __version__)
