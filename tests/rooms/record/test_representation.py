"""Whose side a party speaks for, and everywhere that it is asked: offers, replies, tones, rules, outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.case.index.membership import case_sides, represented_party
from detente.case.index.offers import (
    accepted_offers,
    answers_by,
    answers_of_others,
    is_taken_up,
    offers_accepted_by_others,
    offers_between,
)
from detente.case.schema.case import Case
from detente.errors import CaseError
from detente.methods.chronology.edtf import Edtf
from detente.rooms.rules.model.build_rulebooks import rule_owners
from tests.cases.two_hub_case import written
from tests.rooms.sections import sections_of

STATES: dict[str, Any] = {name: {"name": name.upper(), "kind": "state"} for name in ("n", "r", "j0", "j1", "j2")}
PEOPLE: dict[str, Any] = {
    "envoy": {"name": "The envoy", "kind": "person", "office": {"title": "Secretary", "of": "desk", "in": "1990/1995"}},
    "chancellor": {"name": "The chancellor", "kind": "person", "office": {"title": "Chancellor", "of": "n"}},
    "scholar": {"name": "The scholar", "kind": "person", "office": {"title": "Professor"}},
}


def offer(id: str, date: str, by: str, to: Any) -> dict[str, Any]:
    return {"id": id, "kind": "offer", "date": date, "by": by, "to": to, "says": f"Offer {id}."}


def reply(id: str, date: str, by: str, to: Any, answer: str) -> dict[str, Any]:
    return {"id": id, "kind": "reply", "date": date, "by": by, "to": to, "answer": answer, "says": f"Reply {id}."}


def said(id: str, date: str, tone: str, **who: str) -> dict[str, Any]:
    return {"id": id, "kind": "statement", "date": date, "tone": tone, "says": f"Words {id}.", **who}


RECORD = [
    offer("o1", "1991", "east", "west"),
    offer("o2", "1992", "soviet", "desk"),
    offer("o3", "1993", "soviet", "west"),
    offer("o4", "1994", "r", "west"),
    offer("o5", "1995", "east", "envoy"),
    reply("a1", "1991-06", "desk", "o1", "accept"),
    reply("a2", "1991-07", "west", "o1", "accept"),
    reply("a3", "1992-06", "envoy", "o2", "refuse"),
    reply("a4", "1993-06", "n", "o3", "accept"),
    reply("a5", "1993-07", "chancellor", "o3", "ask"),
    reply("a6", "1996-06", "envoy", "o5", "refuse"),
    reply("a7", "1997-06", "desk", "o5", "redirect"),
    said("s1", "1991", "cool", organisation="west", speaker="chancellor"),
    said("s2", "1992", "open", organisation="desk"),
    said("s3", "1993", "eager", speaker="envoy"),
    said("s4", "1994", "hostile", speaker="scholar"),
]


def case_file(folder: Path, **more: Any) -> Path:
    given: dict[str, Any] = {
        "actors": STATES | PEOPLE,
        "organisations__west__organs": {"desk": {"name": "The desk of the West"}},
        "organisations__east__organs": {"soviet": {"name": "The soviet of the East"}},
        "record": RECORD,
        "outcomes": {
            "left": {"says": "It is left.", "by": "desk", "date": 1992, "channel": "bloc", "accepted": False},
        },
    }
    return written(folder, **given | more)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read_case(str(case_file(tmp_path_factory.mktemp("spoken")))).case


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assess(read_case(str(case_file(tmp_path_factory.mktemp("told")))))


def finding(assessment: Assessment, section: str, id: str) -> Any:
    return next(f for s in assessment.sections if s.id == section for f in s.findings if f.id == id)


@pytest.mark.parametrize(
    ("party", "when", "whose"),
    [
        ("west", "1992", "west"),
        ("desk", "1992", "west"),
        ("envoy", "1992", "west"),  # by the organ whose office it is
        ("envoy", "1995", "west"),  # may still hold it then
        ("envoy", "1996", "envoy"),  # not any more
        ("envoy", None, "west"),
        ("chancellor", "1992", "n"),  # of a member, which is not its organisation
        ("scholar", "1992", "scholar"),
        ("n", "1992", "n"),
    ],
)
def test_whose_side_a_party_speaks_for(case: Case, party: str, when: str | None, whose: str):
    assert represented_party(case, party, Edtf.parse(when) if when else None) == whose


def test_offices_of_each_other_end_somewhere(tmp_path: Path):
    aides = {
        one: {"name": one.upper(), "kind": "person", "office": {"title": "Aide", "of": other}}
        for one, other in (("a", "b"), ("b", "a"))
    }
    circle = read_case(str(case_file(tmp_path, actors=STATES | PEOPLE | aides))).case
    assert represented_party(circle, "a", None) in aides


def test_whose_offers_and_replies_they_are(case: Case):
    assert [one.id for one in offers_between(case, "east", "west")] == ["o1", "o2", "o3", "o5"]
    assert [one.id for one in answers_by(case, "west")] == ["a1", "a2", "a3", "a7"]
    assert [one.id for one in answers_of_others(case, "west")] == ["a4", "a5", "a6"]


def test_two_replies_that_accept_one_offer_are_one_accepted_offer(case: Case, told: Assessment):
    assert [one.id for one in accepted_offers(case)] == ["o1"]
    assert [one.id for one in offers_accepted_by_others(case)] == ["o3"]
    assert [one.id for one in case.recorded_offers if is_taken_up(case, one, "west")] == ["o1"]
    section = next(s for s in told.sections if s.id == "record")
    assert section.headline == "West accepted one of the five approaches on record."
    words = finding(told, "record", "timeline").says
    assert "one was accepted, and one by others than it was made to" in words
    assert "East made four of the five, more than anybody else." in finding(told, "record", "approaches").says


def test_one_reply_that_accepts_two_offers_accepts_both(tmp_path: Path):
    record = [*RECORD[:2], reply("a", "1993", "desk", ["o1", "o2"], "accept")]
    assert len(accepted_offers(read_case(str(case_file(tmp_path, record=record))).case)) == 2


def test_every_reply_of_the_side_is_held_against_the_theories(told: Assessment):
    table = finding(told, "against", "replies").table
    assert table.values("reply") == ["a1", "a2", "a3", "a7"]
    found = finding(told, "response", "replies")
    rows = list(found.table.records())
    given = {row["reply"]: row["given"] for row in rows if row["run"] in (rows[0]["run"], None)}
    assert (given["accepted"], given["refused"], given["redirected to other channels"]) == (2, 1, 1)
    assert (
        "Not counted: three replies to offers to West, by others than West and those who speak for it." in found.method
    )


def test_every_offer_of_the_side_is_an_asking(told: Assessment):
    table = finding(told, "against", "asking").table
    asked = dict(zip(table.values("year"), table.values("offers"), strict=True))
    assert {year: n for year, n in asked.items() if n} == {1991: 1, 1992: 1, 1993: 1, 1995: 1}


def test_the_members_of_the_side_are_counted_at_the_offers_of_its_organs(told: Assessment):
    table = finding(told, "record", "members-at-offers").table
    assert [row["organisation"] for row in table.records() if row["offer"] == "o2"] == ["east", "west"]


def test_one_side_has_one_course_of_tones(told: Assessment):
    found = finding(told, "record", "statements")
    assert "West's tone went from cool to eager between 1991 and 1993." in found.says
    assert [row.label for row in found.picture.rows] == ["West: eager", "West: open", "West: cool"]


def test_an_organ_decides_for_its_organisation(told: Assessment):
    table = finding(told, "against", "outcomes").table
    (row,) = (row for row in table.records() if row["entries"] == "left")
    assert row["gave_own-gains"] is not None


def test_the_sides_may_follow_from_an_offer_between_organs(case: Case):
    assert case_sides(case.model_copy(update={"sides": [], "record": case.record[:2]})) == ("east", "west")
    assert case_sides(case.model_copy(update={"sides": [], "record": [case.record[3]]})) is None


def test_nobody_answers_an_offer_of_its_own_side(tmp_path: Path):
    record = [*RECORD[:1], reply("a", "1992", "soviet", "o1", "accept")]
    with pytest.raises(CaseError) as caught:
        read_case(str(case_file(tmp_path, record=record)))
    assert "'soviet' answers 'o1', an offer of 'east', for which it speaks" in str(caught.value)


def test_a_rule_of_an_organ_binds_its_organisation(leagues: Path):
    """The rule of the hill league about armed watches, made one of an organ of it, stops what it stopped."""
    before = leagues.read_text(encoding="utf-8")
    organ = "    organs:\n      hill-elders: {name: The elders of the Hill League}\n"
    text = before.replace("    founded: 1380~\n", f"    founded: 1380~\n{organ}")
    text = text.replace("  pilgrims-peace:\n    of: hill\n", "  pilgrims-peace:\n    of: hill-elders\n")
    assert text.count("hill-elders") == 2

    def verdicts(text: str) -> list[Any]:
        leagues.write_text(text, encoding="utf-8")
        loaded = read_case(str(leagues))
        assert rule_owners(loaded.case, loaded.case.rules["pilgrims-peace"]) == {"hill"}
        section = sections_of(loaded.case, "rules")[0]
        tables = [f.table for f in section.findings if f.id in ("matrix", "known") and f.table is not None]
        return [section.headline, section.lead, *(list(table.records()) for table in tables)]

    assert verdicts(text) == verdicts(before)
