from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import read_case
from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.membership_spells import (
    MembershipSpell,
    competing_datings,
    members_throughout,
    membership_status,
    status_segments,
    statuses_by_actor,
)
from detente.methods.chronology.response_time import response_time
from detente.rooms.record.findings.charts import TimelineMark, _assign_lanes, decimal_year
from detente.rooms.record.model.spells import membership_spells
from tests.conftest import edit
from tests.rooms.sections import sections_of


def spell(during: str, dating: str = "") -> MembershipSpell:
    return MembershipSpell("x", Edtf.parse(during), dating)


@pytest.mark.parametrize(
    ("spells", "day", "expected"),
    [
        ([spell("1992/1999"), spell("2006/2012")], "2003-01-01", "out"),
        ([spell("1992/1999"), spell("2006/2012")], "1995-01-01", "in"),
        ([spell("2006/2012")], "2006-06-01", "unsure"),
        ([spell("2006/2012", "a"), spell("2006-08-17/2012-06-28", "b")], "2006-05-01", "out"),
        ([spell("2006/2012", "a"), spell("2006-08-17/2012-06-28", "b")], "2008-05-01", "in"),
        ([spell("2006/2012", "a"), spell("2002/2011", "b")], "2004-05-01", "disputed"),
        ([], "2004-05-01", "out"),
    ],
)
def test_standing_on_a_day(spells: list[MembershipSpell], day: str, expected: str):
    assert membership_status(spells, date.fromisoformat(day)) == expected


def test_uzbekistan_leaves_comes_back_and_leaves():
    case = read_case("nato-csto").case
    by_year = {
        year: (
            statuses_by_actor(membership_spells(case.organisations["cst"]), date(year, 7, 1))["uzbekistan"],
            statuses_by_actor(membership_spells(case.organisations["csto"]), date(year, 7, 1))["uzbekistan"],
        )
        for year in (1995, 2000, 2004, 2008, 2013)
    }
    assert by_year == {
        1995: ("in", "out"),
        2000: ("out", "out"),
        2004: ("out", "disputed"),  # one dataset has it a member from 2002
        2008: ("out", "in"),
        2013: ("out", "out"),  # the report of 2007 leaves the end open; the later sources know it
    }
    assert set(competing_datings(membership_spells(case.organisations["csto"]))) == {"uzbekistan"}


years = st.integers(1990, 1999)
spells = st.lists(
    st.builds(
        lambda a, b, dating: MembershipSpell("x", Edtf.parse(f"{min(a, b)}/{max(a, b)}"), dating),
        years,
        years,
        st.sampled_from(["", "p", "q"]),
    ),
    max_size=4,
)


@given(spells)
def test_segments_say_what_each_day_says(given_spells: list[MembershipSpell]):
    first, last = date(1989, 1, 1), date(2000, 12, 31)
    found = status_segments(given_spells, first, last)
    assert found == sorted(found, key=lambda s: s.first_day)
    for offset in range(0, (last - first).days, 13):
        day = first + timedelta(offset)
        here = [s.status for s in found if s.first_day <= day <= s.last_day]
        assert here == ([] if membership_status(given_spells, day) == "out" else [membership_status(given_spells, day)])


def test_membership_within_an_imprecise_date():
    gap = [MembershipSpell("gone", Edtf.parse("1990/1999-03-10")), MembershipSpell("gone", Edtf.parse("1999-06-10/.."))]
    spring = [MembershipSpell("brief", Edtf.parse("1999-04-01/1999-05-01"))]
    firm = [MembershipSpell("firm", Edtf.parse("1990-01-01/.."))]
    assert members_throughout([*gap, *spring, *firm], Edtf.parse("1999")) == (["firm"], ["gone", "brief"])


@pytest.mark.parametrize("when", ["9999-12-31", "../1404-03", "/1404-03", "1404/..", "0001"])
def test_any_date_can_be_drawn(leagues, when: str):
    edit(leagues, ("date: 1408~", f"date: {when}"), ("period: 1401/1409\n", ""))
    chart = record_section(str(leagues))[1]["timeline"].chart
    drawn = [row["at"] for row in chart.wide["data"]["values"] if row["label"] == "beacons"]
    assert len(drawn) == 1
    assert 1 <= drawn[0] <= 10000


def test_waits_are_as_precise_as_the_dates():
    known = response_time(Edtf.parse("2004-10/2004-12"), Edtf.parse("2005-10-29"))
    assert known is not None
    assert (round(known.shortest_months, 1), round(known.longest_months, 1)) == (9.9, 12.9)
    assert response_time(Edtf.parse("2004"), Edtf.parse("2005/..")) is None
    silence = Edtf.parse("2004-12/2005-06")
    later = response_time(Edtf.parse("2004-12-31"), Edtf.parse("2005"), [silence, Edtf.parse("2009")])
    assert later is not None
    assert round(later.shortest_months, 1) == 5.0
    backwards = response_time(Edtf.parse("2004"), Edtf.parse("2004-02"))
    assert backwards is not None
    assert backwards.shortest_months == 0


def record_section(name: str):
    section = sections_of(read_case(name).case, "record")[0]
    assert section.id == "record"
    return section, {finding.id: finding for finding in section.findings}


def test_the_replies_of_the_first_case_are_of_every_kind():
    section, found = record_section("nato-csto")
    kinds = {row["what"].split(";")[0] for row in found["timeline"].table.records()}
    assert kinds >= {"offer", "contact", "refused", "no answer", "redirected to other channels", "asked for more"}
    what = {row["entry"]: row["what"] for row in found["timeline"].table.records()}
    assert what["ev-2005-nato-sg"] == "redirected to other channels; in substance refused"
    early = [r for r in found["timeline"].table.records() if r["entry"].startswith("ev-1993") and r["what"] == "offer"]
    assert early
    assert all(r["by"].startswith("CIS") for r in early)
    assert "two by the CIS and eight by the CSTO, three of them only in public; none accepted" in section.answer


def test_no_reply_on_record_is_not_silence(leagues):
    _, found = record_section(str(leagues))
    rows = {row["offer"]: row for row in found["waits"].table.records()}
    assert rows["second-offer"]["answer"] == "none on record"
    assert rows["second-offer"]["silence_on_record"] == ""
    assert rows["first-offer"]["silence_on_record"] == "no-answer"
    assert "which is not the same as silence" in found["timeline"].says


def test_a_date_moved_moves_the_wait(leagues):
    before = record_section(str(leagues))[1]["waits"].table.to_frame().row(0, named=True)
    edit(leagues, ("date: 1404-03\n", "date: 1406-03\n"))
    after = record_section(str(leagues))[1]["waits"].table.to_frame().row(0, named=True)
    assert after["months_at_least"] == pytest.approx(before["months_at_least"] + 24, abs=0.1)


labels = st.text("abcdefgh ", min_size=1, max_size=30)
marks = st.lists(
    st.builds(
        lambda y, m, label: TimelineMark(Edtf.parse(f"{y}-{m:02}"), label, "offer"),
        st.integers(1990, 2013),
        st.integers(1, 12),
        labels,
    ),
    max_size=12,
)


@given(marks)
def test_labels_of_the_timeline_never_meet(given_marks: list[TimelineMark]):
    first, scale = 1990.0, 640 / 24
    placed = [
        ((decimal_year(m.middle_day) - first) * scale, m.label_width, lane)
        for m, lane in _assign_lanes(given_marks, first, scale)
    ]
    for i, (x, width, lane) in enumerate(placed):
        for other_x, _, other_lane in placed[:i]:
            if x <= other_x <= x + width:
                assert lane > other_lane  # its label passes over the other's label and stem
