"""What the chapter on who accepts says: plain words, short sentences, and not many of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from detente.assessment.assess import read_case
from detente.case.bundled import bundled_cases
from detente.results.finding import Finding, Section
from detente.results.pictures import Picture, RangeRows, StackedBars
from tests.plain_words import count_words, word_faults
from tests.rooms.sections import sections_of

MOST_OPENING_WORDS = 90
MOST_HEADLINE_WORDS = 20
MOST_PROSE_WORDS, MOST_DETAIL_WORDS = 100, 150
MOST_ANSWER_WORDS = 6
MOST_DETAILS = 8
CASES = bundled_cases()


@cache
def chapter(name: str) -> Section:
    """The chapter of a bundled case."""
    return sections_of(read_case(name).case, "acceptance")[0]


def details(name: str) -> list[Finding]:
    """Its folds."""
    return [finding for finding in chapter(name).findings if finding.place == "detail"]


def picture_texts(picture: Picture | None) -> Iterator[str]:
    """What a picture says, labels included."""
    if isinstance(picture, RangeRows):
        yield from (picture.says, picture.measure, picture.heading, *picture.series)
        for row in picture.rows:
            yield from (row.label, row.note, row.group)
    elif isinstance(picture, StackedBars):
        yield from (picture.says, picture.measure, *picture.categories, *(bar.label for bar in picture.bars))
    else:
        assert picture is None


def prose(finding: Finding) -> tuple[str, ...]:
    """The sentences of a fold, without tables and labels of pictures."""
    above = finding.picture.says if finding.picture else ""
    return (finding.says, above, finding.robustness.because)


def detail_texts(finding: Finding) -> Iterator[str]:
    """All that a fold says, but for the numbers in its table."""
    yield from (finding.title, finding.question, finding.short_answer, finding.see, *prose(finding))
    yield from picture_texts(finding.picture)
    if finding.table:
        for column in finding.table.columns:
            yield from (column.title or column.name, column.missing)
        for row in finding.table.rows:
            yield from (cell for cell in row if isinstance(cell, str))


@pytest.mark.parametrize("name", CASES)
def test_the_opening_is_plain_and_short(name: str):
    section = chapter(name)
    assert section.picture is not None
    missing = [text for one in section.missing for text in (one.what, one.why, one.remedy)]
    assert word_faults([section.headline, section.lead, *missing, *picture_texts(section.picture)]) == []
    assert section.headline.endswith(".")
    assert count_words(section.headline) <= MOST_HEADLINE_WORDS
    assert count_words(f"{section.headline} {section.lead} {section.picture.says}") <= MOST_OPENING_WORDS
    assert set(section.picture_of) <= {finding.id for finding in section.findings}


@pytest.mark.parametrize("name", CASES)
def test_details_are_plain_and_short(name: str):
    found = details(name)
    assert 0 < len(found) <= MOST_DETAILS
    for finding in found:
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
    """At most two series, a bar or a gap for each in every row, ends in order, shares that add up to 1."""
    for picture in (chapter(name).picture, *(finding.picture for finding in details(name))):
        if isinstance(picture, RangeRows):
            assert 1 <= len(picture.series) <= 2
            for row in picture.rows:
                assert len(row.bars) == len(picture.series)
                assert all(bar is None or bar.low <= bar.high for bar in row.bars)
        elif isinstance(picture, StackedBars):
            assert all(sum(bar.shares) == pytest.approx(1) for bar in picture.bars)


@pytest.mark.parametrize("name", CASES)
def test_what_folds_sum_up_has_its_tables_in_the_annex(name: str):
    """The fold on other courses and that on our assumptions have no table; those that they are made from do."""
    by_id = {finding.id: finding for finding in chapter(name).findings}
    assert len(by_id) == len(chapter(name).findings)
    for fold, parts in (
        ("courses", ("grave-threat", "exclusivity", "expectations", "kinds-of-organisation")),
        ("assumptions", ("priors", "choices", "defaults")),
    ):
        there = [by_id[part] for part in parts if part in by_id]
        assert (fold in by_id) == bool(there)
        assert all(part.place == "annex" and part.table is not None for part in there)
