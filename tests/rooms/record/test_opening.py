"""What the chapter opens with, in every branch: none, one, some and all accepted, by one and by several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente import Section, read_case
from detente.case.schema.case import Case
from detente.results.brief import YearSpan
from detente.rooms.record.brief_slots import fill_record_slots
from detente.rooms.record.model.record import compile_record
from tests.cases.two_hub_case import written
from tests.plain_words import word_faults
from tests.rooms.record.pictures import timeline_of
from tests.rooms.record.test_representation import STATES, offer, reply
from tests.rooms.sections import sections_of

OFFERS = [offer(f"o{year}", str(year), "east", "west") for year in (1991, 1992, 1993)]


def accepted(*ids: str, **more: Any) -> list[dict[str, Any]]:
    return [reply(f"a-{id}", "1995", "west", id, "accept") | more for id in ids]


def read(folder: Path, record: list[dict[str, Any]], **more: Any) -> Case:
    return read_case(str(written(folder, **{"actors": STATES, "record": record} | more))).case


def opened(folder: Path, record: list[dict[str, Any]], **more: Any) -> Section:
    return next(section for section in sections_of(read(folder, record, **more), "record") if section.id == "record")


@pytest.mark.parametrize(
    ("record", "headline"),
    [
        ([], "The case records no approach of one side to the other."),
        (OFFERS[:1], "West did not accept the one approach on record."),
        (OFFERS[:2], "West accepted neither of the two approaches on record."),
        (OFFERS, "West accepted none of the three approaches on record."),
        ([*OFFERS[:1], *accepted("o1991")], "West accepted the one approach on record."),
        ([*OFFERS[:2], *accepted("o1991", "o1992")], "West accepted both approaches on record."),
        ([*OFFERS, *accepted("o1991", "o1993")], "West accepted two of the three approaches on record."),
        ([*OFFERS, *accepted("o1991", "o1992", "o1993")], "West accepted all three approaches on record."),
        (
            [*OFFERS, *accepted("o1991", through="bilateral")],
            "West accepted one of the three approaches on record, through another channel.",
        ),
        (
            [*OFFERS, *accepted("o1991", "o1992", through="bilateral")],
            "West accepted two of the three approaches on record, all through other channels.",
        ),
        (
            [*OFFERS, *accepted("o1991"), *accepted("o1992", through="bilateral")],
            "West accepted two of the three approaches on record, one of them through another channel.",
        ),
        (
            [offer("o", "1991", "east", ["west", "n"])],
            "The one approach on record was not accepted.",
        ),
        (
            [offer("o", "1991", "east", ["west", "n"]), *accepted("o")],
            "The one approach on record was accepted by some to whom it was made, and not by all.",
        ),
        (
            [OFFERS[0], offer("o", "1991", "east", ["west", "n"])],
            "Neither of the two approaches on record was accepted.",
        ),
        (
            [OFFERS[0], offer("o", "1991", "east", ["west", "n"]), *accepted("o")],
            "Neither of the two approaches on record was accepted by all to whom it was made, one by some.",
        ),
        (
            [OFFERS[0], offer("o", "1991", "east", ["west", "n"]), *accepted("o", "o1991")],
            "Of two approaches on record, one was accepted by all to whom it was made, another by some.",
        ),
    ],
)
def test_the_headline_counts_what_was_accepted(tmp_path: Path, record: list[dict[str, Any]], headline: str) -> None:
    section = opened(tmp_path, record)
    assert section.headline == headline
    assert word_faults([section.headline, section.lead]) == []


@pytest.mark.parametrize(
    ("record", "lead"),
    [
        ([], ""),
        (
            OFFERS[:1],
            "It is a formal offer of 1991. The sources report no reply to it, and do not say that there was none.",
        ),
        (
            [OFFERS[0] | {"manner": "public"}, reply("a", "1995", "west", "o1991", "ask")],
            "It is an approach short of a formal offer of 1991.",
        ),
        (
            [*OFFERS, reply("a", "1995", "west", [one["id"] for one in OFFERS], "refuse")],
            "All are formal offers; the dates run from 1991 to 1993.",
        ),
        (
            [{key: value for key, value in one.items() if key != "date"} | {"manner": "talks"} for one in OFFERS],
            "None is a formal offer; none has a date. The sources report no reply to any of them, and do not say that "
            "there was none.",
        ),
        (
            [OFFERS[0], offer("o", "1991", "r", "west"), reply("a", "1995", "west", ["o1991", "o"], "refuse")],
            "Both are formal offers; the dates are all of 1991. One was made by or for East; West did not accept it.",
        ),
    ],
)
def test_the_lead_says_when_whose_and_what_no_reply(tmp_path: Path, record: list[dict[str, Any]], lead: str) -> None:
    assert opened(tmp_path, record, sides=["east", "west"]).lead == lead


def test_without_approaches_nothing_is_drawn_and_it_says_what_is_missing(tmp_path: Path) -> None:
    section = opened(tmp_path, [])
    assert section.picture is None
    assert section.picture_of == ()
    missing = {one.what: one.remedy for one in section.missing}
    assert "`kind: offer`" in missing["who offered what, and what came of it"]
    assert "who spoke, and in what tone" in missing


def test_what_replies_and_dates_are_missing_is_told(tmp_path: Path) -> None:
    undated = {key: value for key, value in OFFERS[0].items() if key != "date"}
    told = {one.what for one in opened(tmp_path, [undated, *OFFERS[1:]]).missing}
    assert {"what came of the approaches", "when one of the approaches was made"} <= told
    told = {one.what for one in opened(tmp_path, [*OFFERS, *accepted("o1991")]).missing}
    assert not any("approach" in what for what in told)


def test_a_silence_without_a_date_is_named_and_has_no_mark(tmp_path: Path) -> None:
    silence = {key: value for key, value in reply("s", "", "west", "o1991", "silence").items() if key != "date"}
    picture = timeline_of(opened(tmp_path, [*OFFERS, silence]))
    assert [mark.kind for mark in picture.rows[0].marks] == ["offer"]
    assert [row.value for row in picture.rows] == ["No answer, a source says", "No reply reported", "No reply reported"]


def test_the_brief_gets_the_years_of_approaches_and_replies(tmp_path: Path) -> None:
    slots = fill_record_slots(compile_record(read(tmp_path, [*OFFERS, *accepted("o1991")])))
    assert slots.years == (YearSpan("record", 1991, 1995),)
    undated = {key: value for key, value in OFFERS[0].items() if key != "date"}
    assert fill_record_slots(compile_record(read(tmp_path, [undated]))).years == ()


def issued(*dates: object) -> dict[str, Any]:
    cites = ({"cite": {"type": "report", "issued": date}} if date else {} for date in dates)
    return {f"d{index}": {"title": "A report"} | cite for index, cite in enumerate(cites)}


@pytest.mark.parametrize(
    ("documents", "sentence"),
    [
        ({}, ()),
        (issued({"raw": "2013~"}), ("One document, of 2013.",)),
        (issued({"raw": "2013"}, {"date-parts": [[2007, 3]]}), ("Two documents, of 2007 and 2013.",)),
        (issued({"raw": "2007"}, {"raw": "2007-05"}), ("Two documents, of 2007.",)),
        (issued(*({"raw": str(year)} for year in range(1990, 1995))), ("Five documents, of 1990 to 1994.",)),
        (issued({"raw": "2007"}, None), ("Two documents, one dated 2007.",)),
        (issued({"raw": "2007"}, {"raw": "2009"}, None), ("Three documents, the dated ones of 2007 and 2009.",)),
        (issued(None), ("One document.",)),
    ],
)
def test_the_brief_says_which_documents_the_answer_rests_on(
    tmp_path: Path, documents: dict[str, Any], sentence: tuple[str, ...]
) -> None:
    assert fill_record_slots(compile_record(read(tmp_path, OFFERS, documents=documents))).basis == sentence
