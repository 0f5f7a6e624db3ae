"""The chapters of an assessment: which sections open one, which stand inside another, which are annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.results.finding import Finding, Section

CHAPTER_ORDER = (
    "record",
    "evidence",
    "rules",
    "channels",
    "response",
    "lasting",
    "agreement",
    "sure",
    "against",
    "claims",
)
"""Sections that open a chapter, as far as a case has them; any other is annex, unless it has a picture or details."""
STANDS_IN = {"claims": "against"}
"""Sections that stand inside the chapter of another where a case has that one."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A folded finding of a chapter, with the section that it comes from."""

    section: Section
    finding: Finding
    number: str
    """By which it is cited: the chapter, then its place among the details, as in `3.2`."""

    @property
    def address(self) -> str:
        """Its id on the page."""
        return f"{self.section.id}-{self.finding.id}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A question with its answer: a headline, a picture, and what is folded under it."""

    number: int
    section: Section
    details: tuple[Detail, ...]

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.section.id


def chapters_of(sections: Sequence[Section]) -> tuple[Chapter, ...]:
    """The chapters, numbered in order."""
    opening = [section for section in _in_order(sections) if _opens_chapter(section, sections)]
    return tuple(
        Chapter(number, section, tuple(_details(number, section, sections)))
        for number, section in enumerate(opening, start=1)
    )


def _in_order(sections: Sequence[Section]) -> list[Section]:
    """Those that are known in their order, then others in theirs."""
    known = {id: position for position, id in enumerate(CHAPTER_ORDER)}
    return sorted(sections, key=lambda section: known.get(section.id, len(known)))


def _opens_chapter(section: Section, sections: Sequence[Section]) -> bool:
    host = STANDS_IN.get(section.id)
    if host is not None and any(one.id == host for one in sections):
        return False
    is_known = section.id in CHAPTER_ORDER
    return is_known or section.picture is not None or any(finding.place == "detail" for finding in section.findings)


def _details(chapter: int, section: Section, sections: Sequence[Section]) -> Iterator[Detail]:
    """What is folded in a chapter: its own findings, then those of sections that stand inside it."""
    guests = [one for one in sections if STANDS_IN.get(one.id) == section.id]
    told = [(one, finding) for one in (section, *guests) for finding in one.findings if finding.place == "detail"]
    for place, (one, finding) in enumerate(told, start=1):
        yield Detail(one, finding, f"{chapter}.{place}")
