from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.dates import Edtf


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2006", "2006-01-01", "2006-12-31"),
        ("2006-02", "2006-02-01", "2006-02-28"),
        ("2004-02-29", "2004-02-29", "2004-02-29"),
        ("1993~", "1993-01-01", "1993-12-31"),
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
    assert (when.first, when.last) == (date.fromisoformat(first), date.fromisoformat(last))


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


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(["day", "month", "year"]))
def test_bounds_agree_with_an_independent_reader(day: date, precision: str):
    edtf = pytest.importorskip("edtf")
    text = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
    theirs = edtf.parse_edtf(text)
    ours = Edtf.parse(text)
    assert tuple(theirs.lower_strict())[:3] == (ours.first.year, ours.first.month, ours.first.day)
    assert tuple(theirs.upper_strict())[:3] == (ours.last.year, ours.last.month, ours.last.day)
