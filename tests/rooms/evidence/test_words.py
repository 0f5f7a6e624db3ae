"""What the evidence chapter says on its page is plain, short and complete, in every bundled case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente import Section, read_case
from detente.case.bundled import bundled_cases
from detente.results.finding import Finding
from detente.results.pictures import MotiveTables
from tests.plain_words import count_words, word_faults
from tests.rooms.sections import sections_of

MOST_OPENING, MOST_DETAIL, MOST_PROSE, MOST_HEADLINE, MOST_SHORT, MOST_DETAILS = 90, 150, 100, 20, 6, 8
SETTINGS = [
    *((case, None) for case in bundled_cases()),
    *(("nato-csto", scenario) for scenario in ("secondary-half", "secondary-full", "bilateral-first")),
    *(("nato-csto", scenario) for scenario in ("threats-count-double", "peacekeeping-as-the-text-reads")),
    ("two-leagues", "abbess-decides"),
]


def evidence(name: str, scenario: str | None) -> Section:
    return sections_of(read_case(name, scenario).case, "evidence")[0]


def details(section: Section) -> list[Finding]:
    return [finding for finding in section.findings if finding.place == "detail"]


def prose(finding: Finding) -> list[str]:
    return [finding.says, finding.robustness.because, finding.see]


def shown_texts(section: Section) -> Iterator[str]:
    """All that the program itself says outside the annex."""
    yield from (section.headline, section.lead)
    for missing in section.missing:
        yield from (missing.what, missing.why, missing.remedy)
    if isinstance(section.picture, MotiveTables):
        yield section.picture.says
        for table in section.picture.tables:
            yield table.verdict
            yield from (row.note for row in table.rows)
    for finding in details(section):
        yield from (finding.title, finding.question, finding.short_answer, *prose(finding))
        if finding.table:
            yield from (column.title or column.name for column in finding.table.columns)
            yield from (str(cell) for row in finding.table.rows for cell in row if finding.id != "stated")


@pytest.mark.parametrize(("name", "scenario"), SETTINGS)
def test_words_are_plain(name: str, scenario: str | None):
    assert word_faults(shown_texts(evidence(name, scenario))) == []


@pytest.mark.parametrize(("name", "scenario"), SETTINGS)
def test_the_opening_is_short(name: str, scenario: str | None):
    section = evidence(name, scenario)
    assert section.headline.endswith(".")
    assert count_words(section.headline) <= MOST_HEADLINE
    assert section.picture is not None
    assert count_words(" ".join((section.headline, section.lead, section.picture.says))) <= MOST_OPENING
    assert set(section.picture_of) <= {finding.id for finding in section.findings}


@pytest.mark.parametrize(("name", "scenario"), SETTINGS)
def test_details_are_few_and_short(name: str, scenario: str | None):
    found = details(evidence(name, scenario))
    assert 0 < len(found) <= MOST_DETAILS
    for finding in found:
        assert finding.question
        assert finding.short_answer
        assert len(finding.short_answer.split()) <= MOST_SHORT
        assert count_words(" ".join(prose(finding))) <= MOST_PROSE
        assert count_words(" ".join((finding.question, finding.short_answer, *prose(finding)))) <= MOST_DETAIL


@pytest.mark.parametrize(("name", "scenario"), SETTINGS)
def test_no_two_findings_have_one_id(name: str, scenario: str | None):
    section = evidence(name, scenario)
    assert len({finding.id for finding in section.findings}) == len(section.findings)
