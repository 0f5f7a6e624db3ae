from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import read_case
from detente.case.index.membership import in_force_at_stated_dates, is_in_force
from detente.methods.chronology.consistency import compare_dates
from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.membership_spells import MembershipSpell, members_throughout
from detente.methods.chronology.response_time import earliest_date, response_time
from tests.conftest import edit
from tests.rooms.sections import sections_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2006", "2006-01-01", "2006-12-31"),
        ("2006-02", "2006-02-01", "2006-02-28"),
        ("2004-02-29", "2004-02-29", "2004-02-29"),
        ("1993~", "1992-01-01", "1994-12-31"),
        ("1993?", "1992-01-01", "1994-12-31"),
        ("1993%", "1991-01-01", "1995-12-31"),
        ("1996-03~", "1996-02-01", "1996-04-30"),
        ("2000-03-01~", "2000-02-29", "2000-03-02"),
        ("2005-23~", "2005-06-01", "2006-02-28"),
        ("199X~", "1980-01-01", "2009-12-31"),
        ("2004-XX?", "2003-01-01", "2005-12-31"),
        ("1993~/1999", "1992-01-01", "1999-12-31"),
        ("1993/1999-05~", "1993-01-01", "1999-06-30"),
        ("2005-23", "2005-09-01", "2005-11-30"),
        ("2005-24", "2005-12-01", "2006-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("2004/2005", "2004-01-01", "2005-12-31"),
        ("2004-06/2005-06-15", "2004-06-01", "2005-06-15"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
    ],
)
def test_a_date_touches_its_days(text: str, first: str, last: str):
    when = Edtf.parse(text)
    assert (when.first_day, when.last_day) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "1403-13",
        "2006-02-30",
        "06",
        "2006-8",
        "yesterday",
        "2006//2007",
        "/",
        "../..",
        "2007/2006",
        "0000",
        "2006-21-03",
        "2007~/2006~",
        "0001~",
        "9999-12-31~",
    ],
)
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        Edtf.parse(text)


def test_an_open_end_covers_and_an_imprecise_one_leaves_days_open():
    member = Edtf.parse("2006/..")
    assert [member.covers(date(y, 6, 1)) for y in (2005, 2006, 2007, 2200)] == ["no", "maybe", "yes", "yes"]
    assert Edtf.parse("2006-08-17/2012").covers(date(2012, 3, 1)) == "maybe"
    assert Edtf.parse("2006/").covers(date(2050, 1, 1)) == "maybe"


def test_about_a_year_is_certain_for_none_of_three():
    """Right value: python-edtf 5.0.2 has 1992-01-01 to 1994-12-31 as the fuzzy bounds of 1993~."""
    member = Edtf.parse("1993~/..")
    assert [member.covers(date(y, 7, 1)) for y in range(1991, 1996)] == ["no", "maybe", "maybe", "maybe", "yes"]
    left = Edtf.parse("1980/1993?")
    assert [left.covers(date(y, 7, 1)) for y in range(1991, 1996)] == ["yes", "maybe", "maybe", "maybe", "no"]
    assert member.covers(date(1995, 1, 1), date(1999, 1, 1)) == "yes"
    assert member.covers(date(1994, 1, 1), date(1999, 1, 1)) == "maybe"


qualified = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    st.dates(date(1200, 1, 1), date(2900, 12, 31)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "~", "?", "%"]),
)


@given(qualified, qualified, st.integers(0, 3), st.integers(0, 3), st.dates(date(1190, 1, 1), date(2910, 12, 31)))
def test_a_wider_about_is_never_more_certain(begin: str, end: str, narrow: int, more: int, day: date):
    text = "/".join(sorted([begin, end]))
    try:
        near, far = Edtf.parse(text, narrow), Edtf.parse(text, narrow + more)
    except ValueError:
        return  # it ends before it begins
    assert far.covers(day) in ("maybe", near.covers(day))
    assert (
        far.first_day
        <= near.first_day
        <= near.as_stated.first_day
        <= near.as_stated.last_day
        <= near.last_day
        <= far.last_day
    )
    plain = Edtf.parse(text.translate(str.maketrans("", "", "~?%")))
    assert (near.as_stated.begin_range, near.as_stated.end_range) == (plain.begin_range, plain.end_range)


@given(st.dates(date(300, 1, 1), date(9800, 12, 31)), st.sampled_from([4, 7, 10]), st.sampled_from(["~", "?", "%"]))
def test_approximate_bounds_agree_with_an_independent_reader(day: date, length: int, mark: str):
    """Those of years are the same; for months and days python-edtf adds a year and a month, so that ours lie within."""
    edtf = pytest.importorskip("edtf")
    text = day.isoformat()[:length] + mark
    theirs, ours = edtf.parse_edtf(text), Edtf.parse(text)
    low, high = (date(*tuple(bound)[:3]) for bound in (theirs.lower_fuzzy(), theirs.upper_fuzzy()))
    if length == 4:
        assert (ours.first_day, ours.last_day) == (low, high)
    assert low <= ours.first_day < ours.as_stated.first_day
    # From the 30th of June it adds a month to the 30th of July, so months are compared and not days.
    assert (ours.last_day.year, ours.last_day.month) <= (high.year, high.month)
    assert ours.last_day > ours.as_stated.last_day


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(["day", "month", "year"]))
def test_bounds_agree_with_an_independent_reader(day: date, precision: str):
    edtf = pytest.importorskip("edtf")
    text = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
    theirs = edtf.parse_edtf(text)
    ours = Edtf.parse(text)
    assert tuple(theirs.lower_strict())[:3] == (ours.first_day.year, ours.first_day.month, ours.first_day.day)
    assert tuple(theirs.upper_strict())[:3] == (ours.last_day.year, ours.last_day.month, ours.last_day.day)


# --- wherever dates are compared ---------------------------------------------------------------------


def when(text: str) -> Edtf:
    return Edtf.parse(text)


def test_about_is_certain_nowhere_that_dates_are_compared():
    assert is_in_force(when("1399~/1410"), when("1400")) is None
    assert is_in_force(when("1399~/1410"), when("1401")) is True
    assert is_in_force(when("1390/1399?"), when("1400")) is None
    assert is_in_force(when("1390/1410"), when("1400~")) is True
    assert is_in_force(when("1390/1400"), when("1399~")) is None
    # What must be one or the other is so by the word of its date.
    assert not in_force_at_stated_dates(when("1390/1399?"), when("1400"))
    assert in_force_at_stated_dates(when("1399~/1410"), when("1399"))
    assert members_throughout([MembershipSpell("a", when("1399~/1410"))], when("1400")) == ([], ["a"])
    assert compare_dates([when("1399~"), when("1400-05")]).agreement == "undetermined"
    assert compare_dates([when("1399~"), when("1401-05")]).agreement == "contradicted"


def test_waits_are_as_wide_as_about():
    exact, about = (response_time(when("1400"), when(text)) for text in ("1402", "1402~"))
    assert exact
    assert about
    assert (round(exact.shortest_months), round(exact.longest_months)) == (12, 36)
    assert (round(about.shortest_months), round(about.longest_months)) == (0, 48)
    # Which of two answers came first cannot be told; that one had come by the end of June 1402 can.
    first = response_time(when("1400"), earliest_date([when("1402~"), when("1402-06")]))
    assert first
    assert (round(first.shortest_months), round(first.longest_months)) == (0, 30)


def side_by_side(case: Path) -> dict[str, dict[str, Any]]:
    """The rows of the table of members at the snapshots, by organisation."""
    found = next(
        f for f in sections_of(read_case(str(case)).case, "record")[0].findings if f.id == "members-side-by-side"
    )
    assert found.table is not None
    return {str(row["organisation"]): row for row in found.table.records()}


def test_a_case_says_how_far_about_may_be_off(leagues: Path):
    edit(leagues, ("{actor: aldmoor, in: 1398/..}", "{actor: aldmoor, in: 1402~/..}"))
    assert "Aldmoor" in side_by_side(leagues)["river"]["in_doubt"]
    edit(leagues, ("case: two-leagues", "case: two-leagues\nabout: 0"))
    assert "Aldmoor" not in side_by_side(leagues)["river"]["in_doubt"]
    loaded = read_case(str(leagues), changes={"about": "3"}).case.organisations["river"].members[0].during
    assert loaded.begin_range == (date(1399, 1, 1), date(1405, 12, 31))


def test_a_member_in_doubt_where_channels_are_worked_out_is_warned_of(leagues: Path):
    assert not read_case(str(leagues)).warnings
    edit(
        leagues,
        ("- {actor: aldmoor, in: 1398/..}", "- {actor: aldmoor, in: 1398/..}\n      - {actor: abbey, in: 1409~/..}"),
    )
    told = [str(warning) for warning in read_case(str(leagues)).warnings]
    assert len(told) == 1
    assert "case.yaml:38:28: warning: organisations.river.members.1.in" in told[0]
    assert "whether 'abbey' belongs to 'river' in 1408 cannot be told from 1409~/.. (it is not counted" in told[0]


def test_about_1993_of_the_inputs_is_certain_for_no_year(shared: Path):
    row = side_by_side(shared / "inputs" / "approximate-membership.yaml")["a"]
    assert [row[f"members_{year}"] for year in (1992, 1993, 1994)] == [0, 0, 0]
    assert row["in_doubt"] == "NO"


def test_a_fact_of_about_a_date_stands_with_its_time(leagues: Path):
    from detente.rooms.record.findings.facts import facts_finding

    changes = {"facts.toll": "{of: the road, attribute: toll, value: 3, in: 1404~}"}
    table = facts_finding(read_case(str(leagues), changes=changes).case).table
    assert table is not None
    row = next(row for row in table.records() if row["attribute"] == "toll")
    assert (row["number_1403"], row["words_1403"], row["number_1408"]) == (3, "of 1404~", None)


def test_a_timeline_shows_all_days_that_about_may_mean():
    from detente.rooms.record.findings.time_marks import time_mark

    mark = time_mark(when("1408~"), "offer", 0)
    assert (mark.start, round(mark.end)) == (1407, 1410)
