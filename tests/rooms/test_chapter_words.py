"""What every chapter says in every bundled case: plain words, short sentences, no more than a reader has time for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from detente.assessment.assess import read_case
from detente.case.bundled import bundled_cases
from detente.results.finding import Finding, Section
from detente.results.pictures import (
    CellGrid,
    MotiveTables,
    Networks,
    Picture,
    RangeRows,
    StackedBars,
    Timeline,
    UnitTally,
)
from tests.cases.assessed_cases import assessed_case
from tests.plain_words import count_words, split_sentences, word_faults
from tests.rooms.sections import sections_of

MOST_HEADLINE_WORDS, MOST_OPENING_WORDS, MOST_LEAD_SENTENCES = 20, 90, 4
MOST_PROSE_WORDS, MOST_DETAIL_WORDS, MOST_ANSWER_WORDS = 100, 150, 6
MOST_DETAILS = 8
MOST_SERIES, MOST_NETWORKS = 2, 3
CHAPTERS = ("record", "evidence", "rules", "channels", "response", "lasting", "sure", "against")
OTHER_READINGS = [
    *(("nato-csto", scenario) for scenario in ("secondary-half", "secondary-full", "bilateral-first")),
    *(("nato-csto", scenario) for scenario in ("threats-count-double", "peacekeeping-as-the-text-reads")),
    ("two-leagues", "abbess-decides"),
]
"""Scenarios by which motives are read otherwise."""
CELLS_OF_THE_PROGRAM = ("evidence", "channels", "response", "lasting")
"""Chapters in whose tables the program speaks; in those of others it is mostly the case."""
CELLS_OF_THE_CASE = ("stated",)
"""Tables of these chapters in which it is the case."""
PROSE_WITH: defaultdict[str, Callable[[Finding], tuple[str, ...]]] = defaultdict(
    lambda: lambda finding: (),
    record=lambda finding: (finding.see,),
    rules=lambda finding: (finding.see,),
    evidence=lambda finding: (finding.see, finding.robustness.because),
)
"""What counts as prose besides what a finding says, where a chapter shows its tables in its folds."""
LABELS_OF_THE_CASE = ("rules",)
"""Chapters whose pictures label rows by what the case calls its proposals and rules."""


@dataclass(frozen=True)
class Told:
    """A chapter as it is read: its section, and its folds, those of a section that stands in it too."""

    section: Section
    details: tuple[Finding, ...]


@cache
def told_chapter(name: str, chapter: str, scenario: str | None = None) -> Told:
    """A chapter of a bundled case; by a scenario, that on the evidence alone."""
    if scenario:
        section = sections_of(read_case(name, scenario).case, "evidence")[0]
        return Told(section, tuple(finding for finding in section.findings if finding.place == "detail"))
    (found,) = (one for one in assessed_case(name).chapters if one.id == chapter)
    return Told(found.section, tuple(detail.finding for detail in found.details))


@pytest.fixture(
    params=[
        *((name, chapter, None) for name in bundled_cases() for chapter in CHAPTERS),
        *((name, "evidence", scenario) for name, scenario in OTHER_READINGS),
    ],
    ids=lambda place: "-".join(filter(None, place)),
)
def told(request: pytest.FixtureRequest) -> Told:
    return told_chapter(*request.param)


def picture_texts(picture: Picture | None, with_labels: bool) -> Iterator[str]:
    """What a picture says; with its labels, unless these are the words of the case."""
    if picture is None:
        return
    yield picture.says
    labels: list[str] = []
    match picture:
        case RangeRows():
            yield from (picture.measure, picture.heading, *picture.series)
            for row in picture.rows:
                labels += (row.label, row.note, row.group)
        case MotiveTables():
            for table in picture.tables:
                yield table.verdict
                yield from (motive.note for motive in table.rows)
        case StackedBars():
            yield from (picture.measure, *picture.categories)
            labels += (bar.label for bar in picture.bars)
        case Timeline():
            yield from (picture.heading, picture.value_heading, *(words for _, _, words in picture.legend))
            for time_row in picture.rows:
                labels += (time_row.label, time_row.value)
        case UnitTally():
            yield picture.unit
            for tally_row in picture.rows:
                yield from (tally_row.value, *(part.label for part in tally_row.parts))
                labels.append(tally_row.label)
        case Networks():
            for network in picture.networks:
                labels += (network.title, *(node.label for node in network.nodes))
        case CellGrid():
            yield from (picture.corner, *picture.columns, *(words for _, words in picture.legend))
            yield from (words for words, _ in picture.groups)
            for title, cells in picture.rows:
                labels += (title, *(cell.text for cell in cells))
    if with_labels:
        yield from labels


def prose(finding: Finding) -> tuple[str, ...]:
    """The sentences of a fold, without tables and labels of pictures."""
    above = finding.picture.says if finding.picture else ""
    return (finding.says, finding.see, above, finding.robustness.because)


def table_texts(section: Section, finding: Finding) -> Iterator[str]:
    """The headings of a fold's table, and those of its cells in which the program speaks; a path is a key."""
    if finding.table is None:
        return
    for column in finding.table.columns:
        yield from (column.title or column.name.replace("_", " "), column.missing)
    if section.id not in CELLS_OF_THE_PROGRAM or finding.id in CELLS_OF_THE_CASE:
        return
    names = [name for column in finding.table.columns for name, _ in column.parts]
    for row in finding.table.rows:
        yield from (cell for name, cell in zip(names, row, strict=True) if isinstance(cell, str) and name != "path")


def words_above_tables(section: Section, finding: Finding) -> Iterator[str]:
    """What a fold says but for its table."""
    yield from (finding.title, finding.question, finding.short_answer, *prose(finding))
    yield from picture_texts(finding.picture, section.id not in LABELS_OF_THE_CASE)


def detail_texts(section: Section, finding: Finding) -> Iterator[str]:
    """All that a fold says."""
    yield from words_above_tables(section, finding)
    yield from table_texts(section, finding)


def words_in(texts: Sequence[str]) -> int:
    return count_words(" ".join(texts))


def test_the_opening_is_plain_and_short(told: Told) -> None:
    section = told.section
    assert section.picture is not None
    with_labels = section.id not in LABELS_OF_THE_CASE
    assert word_faults([section.headline, section.lead, *picture_texts(section.picture, with_labels)]) == []
    assert section.headline.endswith(".")
    assert 0 < count_words(section.headline) <= MOST_HEADLINE_WORDS
    assert words_in((section.headline, section.lead, section.picture.says)) <= MOST_OPENING_WORDS
    assert len(split_sentences(section.lead)) <= MOST_LEAD_SENTENCES
    assert section.picture_of
    assert set(section.picture_of) <= {finding.id for finding in section.findings}


def test_details_are_plain_and_short(told: Told) -> None:
    assert 0 < len(told.details) <= MOST_DETAILS
    for finding in told.details:
        assert word_faults(detail_texts(told.section, finding)) == [], finding.id
        assert words_in((finding.says, *PROSE_WITH[told.section.id](finding))) <= MOST_PROSE_WORDS, finding.id
        assert words_in((finding.question, finding.short_answer, *prose(finding))) <= MOST_DETAIL_WORDS, finding.id
        assert finding.picture or finding.table, finding.id


def test_every_detail_asks_and_answers(told: Told) -> None:
    for finding in told.details:
        assert finding.question, finding.id
        assert not finding.question.endswith("?")
        assert 0 < count_words(finding.short_answer) <= MOST_ANSWER_WORDS, finding.id
    questions = [finding.question for finding in told.details]
    assert len(set(questions)) == len(questions)


def test_ids_are_for_the_annex(told: Told) -> None:
    ids = {name for finding in told.section.findings for name in finding.rests_on if "-" in name}
    for text in (
        *(told.section.headline, told.section.lead),
        *(text for finding in told.details for text in words_above_tables(told.section, finding)),
    ):
        assert not ids & set(text.split()), text


def test_what_is_missing_is_plain_and_can_be_mended(told: Told) -> None:
    for missing in told.section.missing:
        assert word_faults([missing.what, missing.why, missing.remedy]) == []
        assert missing.remedy or missing.kind != "no material"


def test_no_two_findings_have_one_id(told: Told) -> None:
    ids = [finding.id for finding in told.section.findings]
    assert len(set(ids)) == len(ids)


def test_pictures_hold_what_they_say(told: Told) -> None:
    """Ends in order, shares from 0 to 1, a bar or a gap for each series, wholes that add up, ties between nodes."""
    for picture in (told.section.picture, *(finding.picture for finding in told.details)):
        match picture:
            case RangeRows():
                assert 1 <= len(picture.series) <= MOST_SERIES
                bars = [bar for row in picture.rows for bar in row.bars if bar is not None]
                assert all(len(row.bars) == len(picture.series) for row in picture.rows)
                assert all(bar.low <= bar.high for bar in bars)
                assert picture.axis == "signed" or all(bar.low >= 0 and bar.high <= 1 for bar in bars)
            case StackedBars():
                for stacked in picture.bars:
                    assert len(stacked.shares) == len(picture.categories)
                    assert sum(stacked.shares) == pytest.approx(1)
            case UnitTally():
                assert all(part.count >= 0 for row in picture.rows for part in row.parts)
            case Timeline():
                assert all(mark.start <= mark.end for row in picture.rows for mark in row.marks)
            case Networks():
                assert 1 <= len(picture.networks) <= MOST_NETWORKS
                for network in picture.networks:
                    assert all(0 <= node.x <= 1 and 0 <= node.y <= 1 for node in network.nodes)
                    assert all(max(tie.first, tie.second) < len(network.nodes) for tie in network.ties)
            case CellGrid():
                assert all(len(cells) == len(picture.columns) for _, cells in picture.rows)


@pytest.mark.parametrize("name", bundled_cases())
def test_the_record_opens_with_a_timeline_and_leaves_contradictions_to_the_annex(name: str) -> None:
    assert isinstance(told_chapter(name, "record").section.picture, Timeline)
    sections = {section.id: section for section in assessed_case(name).sections}
    for section in (sections["contradictions"], sections["predictions"]):
        assert {finding.place for finding in section.findings} == {"annex"}
        assert word_faults([section.headline]) == []
        assert section.headline.endswith(".")
        assert count_words(section.headline) <= MOST_HEADLINE_WORDS


@pytest.mark.parametrize("name", bundled_cases())
def test_courses_and_assumptions_have_their_tables_in_the_annex(name: str) -> None:
    """The folds that sum them up have none; the findings that they are made from do."""
    by_id = {
        finding.id: finding
        for chapter in ("response", "sure")
        for finding in told_chapter(name, chapter).section.findings
    }
    for fold, parts in (
        ("courses", ("grave-threat", "exclusivity", "expectations", "kinds-of-organisation")),
        ("assumptions", ("priors", "choices", "defaults")),
    ):
        there = [by_id[part] for part in parts if part in by_id]
        assert (fold in by_id) == bool(there)
        assert all(part.place == "annex" and part.table is not None for part in there)


@pytest.mark.parametrize("name", bundled_cases())
def test_the_fit_to_the_record_is_told_whole(name: str) -> None:
    against = told_chapter(name, "against")
    assert against.section.missing == ()
    assert {"outcomes", "likelihoods", "replies", "asking", "claims"} <= {finding.id for finding in against.details}
    assert all(finding.picture for finding in against.details)
    for picture in (against.section.picture, *(finding.picture for finding in against.details)):
        if isinstance(picture, UnitTally):
            totals = {sum(part.count for part in row.parts) for row in picture.rows}
            assert min(totals) > 0
            assert len(totals) == 1 or picture.unit == "one claim"


@pytest.mark.parametrize("name", [name for name in bundled_cases() if name != "two-leagues"])
def test_the_claims_have_a_headline_of_their_own(name: str) -> None:
    (claims,) = (section for section in assessed_case(name).sections if section.id == "claims")
    assert claims.picture is not None
    assert word_faults([claims.headline, claims.lead, *picture_texts(claims.picture, True)]) == []
    assert claims.headline.endswith(".")
    assert 0 < count_words(claims.headline) <= MOST_HEADLINE_WORDS
    assert words_in((claims.headline, claims.lead, claims.picture.says)) <= MOST_OPENING_WORDS
    assert set(claims.picture_of) == {finding.id for finding in claims.findings}
