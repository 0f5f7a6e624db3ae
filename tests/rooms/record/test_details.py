"""The sentences of the details in their branches: one and several, ties, nothing that changed, and what is in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.results.finding import Finding
from tests.plain_words import word_faults
from tests.rooms.record.pictures import grid_of
from tests.rooms.record.test_opening import OFFERS, opened
from tests.rooms.record.test_representation import offer, reply, said

PLANS: dict[str, Any] = {name: {"title": f"Plan {name}", "issues": "road"} for name in ("p1", "p2", "p3")}
RIVER_PLANS: dict[str, Any] = {name: {"title": f"Plan {name}", "issues": "river"} for name in ("q1", "q2", "q3")}
ISSUES: dict[str, Any] = {
    name: {"title": title, "group": group, "stakes": 1, "multilateral": 0.5}
    for name, title, group in (("road", "The road", "land"), ("river", "The river", "water"))
}


def detail(folder: Path, id: str, record: list[dict[str, Any]], **more: Any) -> Finding:
    found = next(finding for finding in opened(folder, record, **more).findings if finding.id == id)
    assert found.place == "detail"
    assert word_faults([found.says, found.short_answer, found.question]) == []
    return found


@pytest.mark.parametrize(
    ("record", "says", "short"),
    [
        (OFFERS[:1], "No approach on record got a dated answer from West.", "no answer has a date"),
        (
            [*OFFERS[:2], reply("s", "1992/1993", "west", "o1991", "silence")],
            "Neither of the two approaches on record got a dated answer from West. One met with nothing but silence",
            "no answer has a date",
        ),
        (
            [offer("o", "1991-05-02", "east", "west"), reply("a", "1991-05-06", "west", "o", "ask")],
            "got a dated answer from West. The longest wait was less than a month.",
            "less than a month",
        ),
        (
            [offer("o", "1991-05-02", "east", "west"), reply("a", "1991-06-02", "west", "o", "ask")],
            "The longest wait was 1 month.",
            "at most one month",
        ),
        (
            [offer("o", "1991", "east", "west"), reply("a", "1991", "west", "o", "ask")],
            "The longest wait was up to 12 months; the dates leave it open.",
            "at most twelve months",
        ),
    ],
)
def test_waits(tmp_path: Path, record: list[dict[str, Any]], says: str, short: str) -> None:
    found = detail(tmp_path, "waits", record)
    assert says in found.says
    assert found.short_answer == short
    assert (found.picture is None) == (short == "no answer has a date")


@pytest.mark.parametrize(
    ("record", "says", "short"),
    [
        (OFFERS[:1], "The one approach on record is a formal offer. East made it.", "a formal offer"),
        (OFFERS, "All three approaches on record are formal offers. East made all of them.", "all are formal offers"),
        (
            [one | {"manner": "talks"} for one in OFFERS],
            "None of the three approaches on record is a formal offer. The most common are approaches in talks, three",
            "none is a formal offer",
        ),
        (
            [*OFFERS, offer("o4", "1994", "r", "west") | {"on_behalf_of": "east"}],
            "East made three of the four, more than anybody else.",
            "all are formal offers",
        ),
        (
            [OFFERS[0], offer("o4", "1994", "west", "east") | {"authorship": "disputed", "manner": "public"}],
            "For one of the two it is disputed or unclear whose it is.",
            "one of two is formal",
        ),
    ],
)
def test_kinds_of_approaches(tmp_path: Path, record: list[dict[str, Any]], says: str, short: str) -> None:
    found = detail(tmp_path, "approaches", record)
    assert says in found.says
    assert found.short_answer == short


@pytest.mark.parametrize(
    ("record", "says", "short"),
    [
        ([said("s", "1991", "cool", organisation="west")], "West sounded cool in 1991.", "West: cool"),
        (
            [said(f"s{year}", str(year), "cool", organisation="west") for year in (1991, 1993)],
            "West sounded cool throughout, between 1991 and 1993.",
            "West: cool",
        ),
        (
            [
                said(f"s{year}", str(year), tone, organisation="west")
                for year, tone in ((1991, "cool"), (1992, "open"), (1993, "cool"))
            ],
            "West's tone changed between 1991 and 1993, and ended where it began, cool.",
            "West: cool",
        ),
        (
            [said("s", "1991", "cool", organisation="west"), said("t", "1992", "open", organisation="east")],
            "The record holds two statements. West sounded cool in 1991. East sounded open in 1992.",
            "two on record",  # neither spoke more often than the other
        ),
    ],
)
def test_tones(tmp_path: Path, record: list[dict[str, Any]], says: str, short: str) -> None:
    found = detail(tmp_path, "statements", record)
    assert says in found.says
    assert found.short_answer == short


@pytest.mark.parametrize(
    ("lists", "says", "short"),
    [
        ([list(PLANS)], "One approach, of 1991, makes three proposals.", "one approach, three proposals"),
        (
            [list(PLANS), list(PLANS)],
            "The approach of 1992 names no issue that the one of 1991 does not. It keeps one: The road.",
            "the same issues throughout",
        ),
        (
            [list(PLANS), list(RIVER_PLANS)],
            "The approach of 1992 names one issue that the one of 1991 does not: The river. It drops one: The road. "
            "Land had 3 of 3 proposals in 1991 and none of 3 in 1992. Water had none of 3 proposals in 1991 and 3 of 3 "
            "in 1992.",
            "one issue new, one gone",
        ),
    ],
)
def test_issues_on_offer(tmp_path: Path, lists: list[list[str]], says: str, short: str) -> None:
    record = [one | {"proposes": proposals} for one, proposals in zip(OFFERS, lists, strict=False)]
    found = detail(tmp_path, "agenda", record, proposals=PLANS | RIVER_PLANS, issues=ISSUES)
    assert found.says == says
    assert found.short_answer == short


def members(**spells: str) -> dict[str, Any]:
    """The eastern organisation with members from and to."""
    return {"organisations__east__members": [{"actor": name, "in": when} for name, when in spells.items()]}


def test_who_joined_and_left_and_what_the_dates_do_not_tell(tmp_path: Path) -> None:
    east = members(r="1990/..", j0="1990/1992", j1="1992/..", j2="1995/..")
    found = detail(tmp_path, "members-side-by-side", OFFERS, snapshots=[1991, 1995], **east)
    assert "Between 1991 and 1995, J1 joined East. J0 left East." in found.says
    assert "West has the same members in 1995 as in 1991." in found.says
    assert found.says.endswith("For one membership the dates do not tell who belonged.")
    assert found.short_answer == "one joined, one left"
    assert dict(grid_of(found).rows)["East"][2].text == "J1"
    same = detail(tmp_path, "members-side-by-side", OFFERS, snapshots=[1991, 1995])
    assert same.short_answer == "the same members in both years"


def test_members_at_one_date_are_no_change(tmp_path: Path) -> None:
    section = opened(tmp_path, OFFERS, snapshots=[1991])
    found = next(finding for finding in section.findings if finding.id == "members-side-by-side")
    assert found.place == "annex"
    assert any("`snapshots:`" in missing.remedy for missing in section.missing)
