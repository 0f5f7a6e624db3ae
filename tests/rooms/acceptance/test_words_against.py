"""What the chapter on how well the model fits says: plain words, short sentences, and not too many of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.results.finding import Finding, Section
from detente.results.pictures import CellGrid, Picture, RangeRows, StackedBars, Timeline, UnitTally
from tests.plain_words import count_words, word_faults

CASES = ("nato-csto", "cmea-ec", "two-leagues")
SECTIONS = ("against", "claims")
MOST_OPENING_WORDS = 90
MOST_HEADLINE_WORDS = 20
MOST_PROSE_WORDS, MOST_DETAIL_WORDS = 100, 150
MOST_ANSWER_WORDS = 6
MOST_DETAILS = 8


@cache
def assessed_case(name: str) -> Assessment:
    """A bundled case with all its sections."""
    return assess(read_case(name))


def sections(name: str) -> list[Section]:
    """The chapter, and the section that stands in it where a case has claims to compare."""
    return [section for section in assessed_case(name).sections if section.id in SECTIONS]


def details(name: str) -> list[Finding]:
    """The folds of the chapter."""
    return [one for section in sections(name) for one in section.findings if one.place == "detail"]


def picture_texts(picture: Picture | None) -> Iterator[str]:
    """What a picture says, labels included, but for those that the case gives: outcomes."""
    if isinstance(picture, RangeRows):
        yield from (picture.says, picture.measure, picture.heading, *picture.series)
        for range_row in picture.rows:
            yield from (range_row.label, range_row.note)
    elif isinstance(picture, UnitTally):
        yield from (picture.says, picture.unit)
        for tally_row in picture.rows:
            yield from (tally_row.label, tally_row.value, *(part.label for part in tally_row.parts))
    elif isinstance(picture, StackedBars):
        yield from (picture.says, picture.measure, *picture.categories, *(bar.label for bar in picture.bars))
    elif isinstance(picture, Timeline):
        yield from (picture.says, picture.heading, picture.value_heading)
        for time_row in picture.rows:
            yield from (time_row.label, time_row.value)
    elif isinstance(picture, CellGrid):
        yield from (picture.says, picture.corner, *picture.columns, *(words for _, words in picture.legend))
        for title, cells in picture.rows:
            yield from (title, *(cell.text for cell in cells))
    else:
        assert picture is None


def prose(finding: Finding) -> tuple[str, ...]:
    """The sentences of a fold, without tables and labels of pictures."""
    above = finding.picture.says if finding.picture else ""
    return (finding.says, finding.see, above, finding.robustness.because)


def detail_texts(finding: Finding) -> Iterator[str]:
    """All that a fold says, but for the cells of its table, which is annex: it has a picture."""
    yield from (finding.title, finding.question, finding.short_answer, *prose(finding))
    yield from picture_texts(finding.picture)
    for column in finding.table.columns if finding.table else ():
        yield from (column.title or column.name, column.missing)


@pytest.mark.parametrize("name", CASES)
def test_the_opening_is_plain_and_short(name: str):
    for section in sections(name):
        assert section.picture is not None
        missing = [text for one in section.missing for text in (one.what, one.why, one.remedy)]
        assert word_faults([section.headline, section.lead, *missing, *picture_texts(section.picture)]) == []
        assert section.headline.endswith(".")
        assert 0 < count_words(section.headline) <= MOST_HEADLINE_WORDS
        assert count_words(f"{section.headline} {section.lead} {section.picture.says}") <= MOST_OPENING_WORDS
        assert set(section.picture_of) <= {finding.id for finding in section.findings}
        assert section.picture_of


@pytest.mark.parametrize("name", CASES)
def test_details_are_plain_and_short(name: str):
    found = details(name)
    assert {"outcomes", "likelihoods", "replies", "asking", "claims"} <= {finding.id for finding in found}
    assert len(found) <= MOST_DETAILS
    for finding in found:
        assert finding.picture is not None, finding.id
        assert word_faults(detail_texts(finding)) == [], finding.id
        assert count_words(finding.says) <= MOST_PROSE_WORDS, finding.id
        assert count_words(" ".join((finding.question, finding.short_answer, *prose(finding)))) <= MOST_DETAIL_WORDS


@pytest.mark.parametrize("name", CASES)
def test_every_detail_asks_and_answers(name: str):
    found = details(name)
    for finding in found:
        assert finding.question, finding.id
        assert not finding.question.endswith("?")
        assert 0 < count_words(finding.short_answer) <= MOST_ANSWER_WORDS, finding.id
    questions = [finding.question for finding in found]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize("name", CASES)
def test_pictures_hold_what_they_say(name: str):
    """Shares from 0 to 1, bars of a row as many as there are series, wholes that add up, rows of one width."""
    for picture in (*(section.picture for section in sections(name)), *(one.picture for one in details(name))):
        if isinstance(picture, RangeRows):
            for range_row in picture.rows:
                assert len(range_row.bars) == len(picture.series)
                assert all(bar is not None and 0 <= bar.low <= bar.high <= 1 for bar in range_row.bars)
        elif isinstance(picture, UnitTally):
            totals = {sum(part.count for part in row.parts) for row in picture.rows}
            assert min(totals) > 0
            assert len(totals) == 1 or picture.unit == "one claim"
        elif isinstance(picture, StackedBars):
            for bar in picture.bars:
                assert len(bar.shares) == len(picture.categories)
                assert sum(bar.shares) == pytest.approx(1)
        elif isinstance(picture, Timeline):
            assert all(mark.start <= mark.end for row in picture.rows for mark in row.marks)
        elif isinstance(picture, CellGrid):
            assert all(len(cells) == len(picture.columns) for _, cells in picture.rows)


@pytest.mark.parametrize("name", CASES)
def test_the_chapter_of_the_bundled_cases_lacks_nothing(name: str):
    against = next(section for section in sections(name) if section.id == "against")
    assert against.missing == ()
