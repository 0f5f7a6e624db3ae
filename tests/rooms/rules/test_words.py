"""What the chapter on the rules says, in every bundled case: plain words, within their budgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.case.bundled import bundled_cases
from detente.results.finding import Finding, Section
from detente.results.pictures import CellGrid, UnitTally
from tests.plain_words import count_words, word_faults
from tests.rooms.rules.test_rules import rules

MOST_WORDS_IN_HEADLINE = 20
MOST_WORDS_IN_OPENING = 90
MOST_WORDS_IN_PROSE = 100
MOST_WORDS_IN_DETAIL = 150
MOST_WORDS_IN_SHORT_ANSWER = 6
MOST_DETAILS = 8


def picture_texts(picture: object) -> Iterator[str]:
    """All that a picture says, but for what the case calls its proposals and rules."""
    if isinstance(picture, UnitTally):
        yield from (picture.says, picture.unit)
        for row in picture.rows:
            yield from (row.value, *(part.label for part in row.parts))
    elif isinstance(picture, CellGrid):
        yield from (picture.says, picture.corner, *picture.columns)
        yield from (words for _, words in picture.legend)
        yield from (words for words, _ in picture.groups)
    else:
        raise AssertionError(f"no words are known of {picture!r}")


def detail_texts(finding: Finding) -> Iterator[str]:
    """All that a detail says."""
    yield from (finding.title, finding.question, finding.short_answer, finding.says, finding.see)
    yield finding.robustness.because
    if finding.table:
        yield from (column.title or column.name.replace("_", " ") for column in finding.table.columns)
    if finding.picture:
        yield from picture_texts(finding.picture)


def details(section: Section) -> list[Finding]:
    return [finding for finding in section.findings if finding.place == "detail"]


@pytest.fixture(params=bundled_cases())
def section(request: pytest.FixtureRequest) -> Section:
    return rules(request.param)[1]


def test_the_opening_is_plain_and_short(section: Section) -> None:
    assert section.picture is not None
    texts = [section.headline, section.lead, *picture_texts(section.picture)]
    assert word_faults(texts) == []
    assert section.headline.endswith(".")
    assert count_words(section.headline) <= MOST_WORDS_IN_HEADLINE
    assert count_words(f"{section.headline} {section.lead} {section.picture.says}") <= MOST_WORDS_IN_OPENING
    assert set(section.picture_of) <= {finding.id for finding in section.findings}


def test_details_are_plain_and_short(section: Section) -> None:
    told = details(section)
    assert 0 < len(told) <= MOST_DETAILS
    assert len({finding.question for finding in told}) == len(told)
    for finding in told:
        assert word_faults(detail_texts(finding)) == [], finding.id
        assert finding.question, finding.id
        assert 0 < count_words(finding.short_answer) <= MOST_WORDS_IN_SHORT_ANSWER, finding.short_answer
        prose = f"{finding.says} {finding.see}"
        assert count_words(prose) <= MOST_WORDS_IN_PROSE, finding.id
        assert count_words(f"{prose} {finding.robustness.because}") <= MOST_WORDS_IN_DETAIL, finding.id
        assert finding.picture or finding.table, finding.id


def test_no_detail_names_an_id(section: Section) -> None:
    """Neither of a rule nor of a proposal: ids are for the annex."""
    ids = {name for finding in section.findings for name in finding.rests_on if "-" in name}
    assert ids
    for text in (
        section.headline,
        section.lead,
        *(text for finding in details(section) for text in detail_texts(finding)),
    ):
        assert not {name for name in ids if name in text.split()}, text


def test_what_is_missing_is_plain_and_can_be_mended(section: Section) -> None:
    for missing in section.missing:
        assert word_faults([missing.what, missing.why, missing.remedy]) == []
        assert missing.remedy or missing.kind != "no material"
