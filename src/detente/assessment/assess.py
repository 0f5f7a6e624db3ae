"""From a case to an assessment: every room that the case has material for is asked, and the answers stand together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from detente.assessment.brief import Brief, compose_brief
from detente.assessment.chapters import Chapter, chapters_of
from detente.assessment.input_kinds_table import input_kinds_table
from detente.assessment.stand_in_table import stand_in_table
from detente.case.bundled import find_case
from detente.case.entries.entries import case_inputs
from detente.case.entries.registry import CaseInput
from detente.case.index.by_year import analysed_years, told_year
from detente.case.index.stand_in_figures import stand_in_faults, stand_in_figures
from detente.case.loading.load import LoadedCase, load_case
from detente.case.loading.locator_checks import case_faults
from detente.case.uncertainty.bounds import bounds_faults
from detente.results.brief import BriefSlots
from detente.results.finding import Section
from detente.results.outcome import Outcome, Quantity, outcome_frame
from detente.results.table import Table
from detente.rooms.claims_section import CLAIMS_SECTION, claims_section
from detente.rooms.registry import ADVICE, REGISTRY, ROOMS
from detente.rooms.room import DEFAULT_OPTIONS, RunOptions, assess_rooms
from detente.text.brief_sentences import TextRun, answer_sentences, plain_text, verdict_sentence
from detente.text.short_answer import (
    NO_ANSWER,
    missing_material_sentence,
    sourced_readings_sentence,
)

if TYPE_CHECKING:
    import polars

SUPPORTING_CHAPTERS = ("evidence", "rules")
"""What the answer is where nobody answers an offer: what evidence and rules say."""


@dataclass(frozen=True)
class NotebookFrame:
    """Something that a notebook shows in a frame."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class Assessment:
    """What Détente says about a case: sections, what is absent and why, and the inputs it all rests on."""

    loaded: LoadedCase
    sections: tuple[Section, ...]
    absent: Mapping[str, str]
    """Questions left open: title, and what it would take."""
    version: str
    room_outcomes: tuple[Outcome, ...] = ()
    """The numbers of all rooms, each with its name."""
    slots: tuple[BriefSlots, ...] = ()
    """What each room knows for the brief."""
    options: RunOptions = DEFAULT_OPTIONS
    """What was worked out besides."""
    render_html: ClassVar[Callable[[Assessment], str] | None] = None
    """What shows it in a notebook: handed in by the package, since this floor knows of no report."""
    render_frame: ClassVar[Callable[[Assessment], str] | None] = None
    """What shows the whole page there, handed in likewise."""

    @cached_property
    def inputs(self) -> tuple[CaseInput, ...]:
        """Every number and coding of the case."""
        return tuple(case_inputs(self.loaded.case))

    @cached_property
    def outcomes(self) -> Mapping[str, Quantity]:
        """The numbers of the assessment by name, as `docs/outcomes.md` lists them."""
        return {outcome.name: outcome.quantity for outcome in self.room_outcomes}

    def outcome_frame(self) -> polars.DataFrame:
        """The same as a tidy frame: a row each, with a column for each key of the names."""
        return outcome_frame(self.room_outcomes)

    @property
    def inputs_without_source(self) -> tuple[CaseInput, ...]:
        """The inputs that do not say where they come from."""
        return tuple(i for i in self.inputs if not i.has_source)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed without the case saying so."""
        return tuple(a for section in self.sections for a in section.assumptions)

    @cached_property
    def input_kinds(self) -> Table:
        """How many inputs of each kind there are, with a source and without."""
        return input_kinds_table(self.inputs)

    @property
    def readings_sentence(self) -> str:
        """How many of the inputs with a source are readings of it."""
        sourced = [one for one in self.inputs if one.has_source]
        return sourced_readings_sentence(len(sourced), sum(one.is_reading for one in sourced))

    @cached_property
    def stand_ins(self) -> Table | None:
        """The figures of other years that stand in for years that are worked out; None where there are none."""
        return stand_in_table(self.loaded.case)

    @property
    def stand_in_years(self) -> frozenset[int]:
        """The years for which figures of other years stand in."""
        return frozenset(figure.year for figure in stand_in_figures(self.loaded.case))

    @cached_property
    def brief(self) -> Brief:
        """What a reader is told first, composed from what the rooms know."""
        return compose_brief(self.slots)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The questions of the case that it has material for, each with its answer and its details."""
        return chapters_of(self.sections)

    @property
    def headline(self) -> str:
        """The answer in a few words: the verdict, or what the first chapter finds where nobody answers an offer."""
        if self.brief.answer is not None:
            return verdict_sentence([(test.low, test.high) for test in self.brief.answer.tests])
        return self._leading_headlines[0] if self._leading_headlines else NO_ANSWER

    @property
    def answer_parts(self) -> tuple[tuple[TextRun, ...], ...]:
        """What follows the headline, sentence by sentence: the answer in each form; or what chapters find besides."""
        answer = self.brief.answer
        if answer is None:
            return tuple((TextRun(sentence),) for sentence in self._leading_headlines[1:3])
        tests = [(test.strict.value, test.generous.value) for test in answer.tests]
        return tuple(answer_sentences(answer.answering, [form.clause for form in answer.forms], tests))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in at most two sentences."""
        return self.brief.answer.reasons if self.brief.answer else ()

    @property
    def answer(self) -> str:
        """The short answer, in sentences."""
        return " ".join([self.headline, *(plain_text(runs) for runs in self.answer_parts), *self.reasons])

    @property
    def _leading_headlines(self) -> list[str]:
        """What the chapters find, those on evidence and rules before the others."""
        chapters = sorted(self.chapters, key=lambda chapter: chapter.id not in SUPPORTING_CHAPTERS)
        return [chapter.section.headline for chapter in chapters if chapter.section.headline]

    def live(self) -> NotebookFrame:
        """The whole page in a frame of a notebook; its levers work there as they do in a browser."""
        return NotebookFrame(Assessment.render_frame(self) if Assessment.render_frame is not None else "")

    def _repr_html_(self) -> str | None:
        return Assessment.render_html(self) if Assessment.render_html is not None else None


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
        every_scenario: Whether to try all scenarios, as `detente check` does, and not only the one to apply; and to
            warn of defaults that carry the answer, which a run tells of by itself.

    Raises:
        CaseError: With every problem found, each with file, line and column.
        UnknownName: If there is no such case or scenario.
    """
    file, display_path = find_case(name)
    checks = (case_faults, bounds_faults, stand_in_faults, *(room.find_problems for room in ROOMS))
    return load_case(
        file,
        display_path=display_path,
        scenario=scenario,
        changes=changes,
        checks=checks,
        every_scenario=every_scenario,
        advice=ADVICE if every_scenario else (),
        registry=REGISTRY,
    )


def assess(
    loaded: LoadedCase,
    on_step: Callable[[str], None] = lambda step: None,
    *,
    deep: bool = False,
) -> Assessment:
    """Asks every room the case has material for.

    Args:
        loaded: A case, as `read_case` gives it.
        on_step: Told what is being done, for a progress display.
        deep: Whether to work out what takes many simulations more: how rare an answer is, how often each number alone
            reverses it, and where it is a yes.
    """
    from detente.version import __version__

    options = RunOptions(deep)
    answers = assess_rooms(loaded.case, ROOMS, on_step, options)
    sections = [section for answer in answers.values() for section in answer.sections]
    absent = {room.question: missing_material_sentence(room.needs) for room in ROOMS if not answers[room.id].sections}
    claims = [claim for answer in answers.values() for claim in answer.claims]
    compared = claims_section(loaded.case, claims, told_year(analysed_years(loaded.case)[-1]))
    sections += [compared] if compared else []
    sections.sort(key=lambda section: _section_order().index(section.id))
    outcomes = tuple(outcome for answer in answers.values() for outcome in answer.outcomes)
    slots = tuple(answer.slots for answer in answers.values())
    return Assessment(loaded, tuple(sections), absent, __version__, outcomes, slots, options)


def _section_order() -> list[str]:
    """Sections that answer the questions, in the order of the rooms; then what rooms say besides, the last first; then
    the claims of the documents beside all of them."""
    answers = [room.section_ids[0] for room in ROOMS]
    return [*answers, *(id for room in reversed(ROOMS) for id in room.section_ids[1:]), CLAIMS_SECTION]
