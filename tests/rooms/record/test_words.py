"""What the chapter on what happened says, in every bundled case: plain words, within their budgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente import Section, read_case
from detente.case.bundled import bundled_cases
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, Timeline, UnitTally
from tests.plain_words import count_words, split_sentences, word_faults
from tests.rooms.sections import sections_of

MOST_WORDS_IN_HEADLINE = 20
MOST_WORDS_IN_OPENING = 90
MOST_WORDS_IN_PROSE = 100
MOST_WORDS_IN_DETAIL = 150
MOST_WORDS_IN_SHORT_ANSWER = 6
MOST_SENTENCES_IN_LEAD = 4
MOST_DETAILS = 8


def picture_texts(picture: object) -> Iterator[str]:
    """All that a picture says."""
    if isinstance(picture, UnitTally):
        yield from (picture.says, picture.unit)
        for tally_row in picture.rows:
            yield from (tally_row.label, tally_row.value, *(part.label for part in tally_row.parts))
    elif isinstance(picture, CellGrid):
        yield from (picture.says, picture.corner, *picture.columns)
        yield from (words for _, words in picture.legend)
        for title, cells in picture.rows:
            yield from (title, *(cell.text for cell in cells))
    elif isinstance(picture, Timeline):
        yield from (picture.says, picture.heading, picture.value_heading)
        yield from (words for _, _, words in picture.legend)
        for time_row in picture.rows:
            yield from (time_row.label, time_row.value)
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


def sections_by_id(case: str) -> dict[str, Section]:
    return {section.id: section for section in sections_of(read_case(case).case, "record")}


@pytest.fixture(params=bundled_cases())
def sections(request: pytest.FixtureRequest) -> dict[str, Section]:
    return sections_by_id(request.param)


def test_the_opening_is_plain_and_short(sections: dict[str, Section]) -> None:
    section = sections["record"]
    assert isinstance(section.picture, Timeline)
    assert word_faults([section.headline, section.lead, *picture_texts(section.picture)]) == []
    assert section.headline.endswith(".")
    assert count_words(section.headline) <= MOST_WORDS_IN_HEADLINE
    assert count_words(f"{section.headline} {section.lead} {section.picture.says}") <= MOST_WORDS_IN_OPENING
    assert len(split_sentences(section.lead)) <= MOST_SENTENCES_IN_LEAD
    assert set(section.picture_of) <= {finding.id for finding in section.findings}


def test_details_are_plain_and_short(sections: dict[str, Section]) -> None:
    told = [finding for finding in sections["record"].findings if finding.place == "detail"]
    assert 0 < len(told) <= MOST_DETAILS
    assert len({finding.question for finding in told}) == len(told)
    for finding in told:
        assert word_faults(detail_texts(finding)) == [], finding.id
        assert finding.question, finding.id
        assert 0 < count_words(finding.short_answer) <= MOST_WORDS_IN_SHORT_ANSWER, finding.short_answer
        prose = f"{finding.says} {finding.see}"
        assert count_words(prose) <= MOST_WORDS_IN_PROSE, finding.id
        assert count_words(f"{prose} {finding.robustness.because}") <= MOST_WORDS_IN_DETAIL, finding.id


def test_no_detail_names_an_id(sections: dict[str, Section]) -> None:
    """Neither of an offer nor of a proposal: ids are for the annex."""
    section = sections["record"]
    ids = {name for finding in section.findings for name in finding.rests_on if "-" in name}
    assert ids
    for finding in section.findings:
        if finding.place == "detail":
            said = [finding.says, finding.short_answer, *(picture_texts(finding.picture) if finding.picture else ())]
            assert not ids & {word for text in said for word in text.split()}, finding.id


def test_contradictions_and_predictions_are_annex_with_a_headline(sections: dict[str, Section]) -> None:
    for name in ("contradictions", "predictions"):
        section = sections[name]
        assert {finding.place for finding in section.findings} == {"annex"}
        assert word_faults([section.headline]) == []
        assert section.headline.endswith(".")
        assert count_words(section.headline) <= MOST_WORDS_IN_HEADLINE


def test_what_is_missing_is_plain_and_can_be_mended(sections: dict[str, Section]) -> None:
    for missing in sections["record"].missing:
        assert word_faults([missing.what, missing.why, missing.remedy]) == []
        assert missing.remedy or missing.kind != "no material"
