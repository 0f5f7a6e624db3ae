"""Offers to several, and offers that answer others: who made them to whom, what became of them, how they are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.assessment.explain import explain
from detente.case.index.membership import case_sides, offer_addressees, offer_maker
from detente.case.index.offers import (
    accepted_offers,
    accepting_addressees,
    answers_by,
    answers_of_others,
    is_countered,
    is_taken_up,
    offers_accepted_by_others,
    offers_between,
    partly_accepted_offers,
)
from detente.case.schema.case import Case
from detente.errors import CaseError
from tests.cases.two_hub_case import written
from tests.rooms.record.pictures import timeline_of
from tests.rooms.record.test_representation import PEOPLE, STATES, finding, offer, reply

ORGANS: dict[str, Any] = {
    "organisations__west__organs": {"desk": {"name": "The desk"}, "board": {"name": "The board"}},
    "organisations__east__organs": {"soviet": {"name": "The soviet"}},
}
ENVOY_OF_EAST: dict[str, Any] = {
    "legate": {
        "name": "The legate",
        "kind": "person",
        "office": {"title": "Legate", "of": "soviet", "in": "1990/1995"},
    },
}
PROPOSALS: dict[str, Any] = {name: {"title": f"Plan {name}", "issues": "road"} for name in ("p1", "p2", "p3", "p4")}
RECORD = [
    offer("o1", "1991-01", "legate", ["desk", "board", "n", "swede"]) | {"proposes": ["p1"]},
    reply("a1", "1991-03", "n", "o1", "accept"),
    reply("a2", "1991-02/1991-12", "swede", "o1", "silence"),
    offer("c1", "1991-07", "envoy", ["east", "r", "j0"]) | {"counters": "o1", "proposes": ["p2"]},
    reply("a3", "1991-09", "j0", "c1", "accept"),
    reply("a4", "1991-10", "j1", "c1", "ask"),
    offer("c2", "1992-01", "soviet", "board") | {"counters": "c1", "proposes": ["p3"]},
    offer("o2", "1993", "east", ["swede", "west"]) | {"proposes": ["p4"]},
    reply("a5", "1993-06", "desk", "o2", "accept"),
    reply("a6", "1993-07", "swede", "o2", "accept"),
    offer("o3", "1994", "legate", ["n", "swede"]),
    reply("a7", "1995-12", "west", "o3", "accept"),
    offer("o4", "1997", "legate", "envoy"),
]


def case_file(folder: Path, record: list[dict[str, Any]], **more: Any) -> Path:
    actors = STATES | PEOPLE | ENVOY_OF_EAST | {"swede": {"name": "Swede", "kind": "state"}}
    return written(folder, **ORGANS, **{"actors": actors, "record": record, "proposals": PROPOSALS} | more)


def read(folder: Path, record: list[dict[str, Any]], **more: Any) -> Case:
    return read_case(str(case_file(folder, record, **more))).case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return read(tmp_path_factory.mktemp("several"), RECORD)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assess(read_case(str(case_file(tmp_path_factory.mktemp("told"), RECORD))))


def rows_of(assessment: Assessment, section: str, id: str) -> list[dict[str, Any]]:
    return list(finding(assessment, section, id).table.records())


def ids(entries: list[Any]) -> list[str]:
    return [entry.id for entry in entries]


# --- who makes an offer to whom --------------------------------------------------------------------


def test_organs_and_those_in_office_make_offers_and_are_made_them_for_their_side(case: Case):
    parties = {one.id: (offer_maker(case, one), offer_addressees(case, one)) for one in case.recorded_offers}
    assert parties == {
        "o1": ("east", ["west", "n", "swede"]),  # two organs of one side are one addressee
        "c1": ("west", ["east", "r", "j0"]),
        "c2": ("east", ["west"]),
        "o2": ("east", ["swede", "west"]),
        "o3": ("east", ["n", "swede"]),
        "o4": ("legate", ["envoy"]),  # neither is in office any more
    }


def test_an_offer_between_the_sides_may_be_made_to_others_too(case: Case):
    assert ids(offers_between(case, "east", "west")) == ["o1", "c2", "o2"]
    assert ids(offers_between(case, "west", "east")) == ["c1"]
    assert ids(offers_between(case, "east", "swede")) == ["o1", "o2", "o3"]


def test_an_offer_to_one_may_be_written_as_a_list(tmp_path: Path):
    cases = [read(tmp_path, [offer("o", "1991", "east", to)]) for to in ("west", ["west"])]
    assert cases[0].record == cases[1].record


def test_the_sides_are_those_of_an_offer_to_several_and_not_of_one_in_answer(case: Case):
    def sides(record: list[Any]) -> tuple[str, str] | None:
        return case_sides(case.model_copy(update={"sides": [], "record": record}))

    assert sides(case.record) == ("east", "west")
    by_id = {entry.id: entry for entry in case.record}
    assert sides([by_id["o1"], by_id["c1"]]) == ("east", "west")  # c1 is of the west, and in answer
    assert sides([by_id["o3"]]) is None


# --- what became of it -----------------------------------------------------------------------------


def test_who_accepts_an_offer_accepts_it_for_nobody_else(case: Case):
    assert ids(accepted_offers(case)) == ["o2"]
    assert ids(partly_accepted_offers(case)) == ["o1", "c1"]
    assert ids(offers_accepted_by_others(case)) == ["o3"]
    assert [accepting_addressees(case, one) for one in case.recorded_offers] == [
        ["n"],
        ["j0"],
        [],
        ["swede", "west"],
        [],
        [],
    ]
    assert ids([one for one in case.recorded_offers if is_taken_up(case, one, "west")]) == ["o2"]
    assert ids([one for one in case.recorded_offers if is_taken_up(case, one, "n")]) == ["o1"]


def test_an_offer_that_counters_another_answers_it_and_nothing_more(case: Case):
    assert ids(answers_by(case, "west")) == ["c1", "a5", "a7"]
    assert ids(answers_by(case, "east")) == ["c2"]
    assert ids(answers_of_others(case, "west")) == ["a1", "a2", "a6"]
    assert ids([one for one in case.recorded_offers if is_countered(case, one, "west")]) == ["o1"]
    assert ids([one for one in case.recorded_offers if is_countered(case, one, "east")]) == ["c1"]


@pytest.mark.parametrize(("answer", "countered"), [("refuse", False), ("contact", False), ("ask", True)])
def test_who_refuses_or_takes_it_up_besides_is_taken_at_its_word(tmp_path: Path, answer: str, countered: bool):
    case = read(tmp_path, [*RECORD[:4], reply("b", "1991-08", "board", "o1", answer)])
    assert is_countered(case, case.recorded_offers[0], "west") == countered
    assert is_taken_up(case, case.recorded_offers[0], "west") == (answer == "contact")


def test_each_waits_for_itself(told: Assessment):
    rows = {(row["offer"], row["who_answers"]): row for row in rows_of(told, "record", "waits")}
    assert [key for key in rows if key[0] == "o1"] == [("o1", "West"), ("o1", "N"), ("o1", "Swede")]
    countered, accepted, silent = (rows["o1", who] for who in ("West", "N", "Swede"))
    assert (countered["first_answer"], countered["answer"]) == ("c1", "answered with another offer")
    assert countered["months_at_least"] == pytest.approx((181 - 31 + 1) / 30.4375)  # from the end of January to July
    assert (accepted["first_answer"], accepted["silence_on_record"]) == ("a1", "")
    assert (silent["answer"], silent["silence_on_record"], silent["months_at_most"]) == ("silence", "a2", None)
    assert rows["c1", "East"]["first_answer"] == "c2"
    assert rows["c1", "R"]["answer"] == "none on record"
    assert {key for key, row in rows.items() if not row["made_to_it"]} == {("c1", "J1"), ("o3", "West")}


def test_an_answer_of_somebody_unasked_is_no_wait_of_the_offer(told: Assessment):
    """The answer to o3 took nearly two years, and is by one to whom that was not made."""
    longest = told.outcomes["record.offers.longest-wait"].value
    assert longest == pytest.approx((184 + 30) / 30.4375)  # from c1 to c2: July to the end of January
    says = finding(told, "record", "waits").says
    assert "Three of the six approaches on record got a dated answer from somebody to whom they were made." in says
    assert "Two were answered by some of those to whom they were made, and not by all." not in says  # only one was
    assert "One was answered by some of those to whom it was made, and not by all." in says
    assert "One was answered only by others than those to whom it was made." in says
    assert "The longest wait was 5 to 7 months, for East; the dates leave it open." in says


def test_without_others_nothing_is_said_of_them(tmp_path: Path):
    record = [offer("o", "1991", "east", "west"), reply("a", "1992", "desk", "o", "ask")]
    found = finding(assess(read_case(str(case_file(tmp_path, record)))), "record", "waits")
    assert "made_to_it" not in found.table.names
    assert found.table.values("who_answers") == ["West"]
    assert found.says.startswith("The one approach on record got a dated answer from West. ")


# --- how it is told --------------------------------------------------------------------------------


def test_the_record_counts_each_offer_once_and_each_answer_as_what_it_is(told: Assessment):
    counts = {name: outcome.value for name, outcome in told.outcomes.items()}
    assert counts["record.offers"] == 6
    assert (counts["record.offers.accepted"], counts["record.offers.partly-accepted"]) == (1, 2)
    assert counts["record.replies.counter"] == 2
    assert "record.replies.refuse" not in counts
    assert counts["record.replies.silence"] == 1
    section = next(s for s in told.sections if s.id == "record")
    assert section.headline == (
        "Of six approaches on record, one was accepted by all to whom it was made, two by some."
    )
    assert "All are formal offers; the dates run from 1991 to 1997." in section.lead
    assert "Three were made by or for East; West accepted one of these." in section.lead
    assert "For two of the six the sources report no reply" in section.lead
    words = finding(told, "record", "timeline").says
    assert "one was accepted by all to whom it was made, two by some, and one by others than it was made to" in words
    assert "answered with another offer (2)" in words
    assert "Two of the offers answer another, and count as replies, too." in words
    assert "To one approach the record holds replies, but not of all to whom it was made." in words
    assert "To one approach it holds replies only of others than it was made to." in words
    assert "East made four of the six, more than anybody else." in finding(told, "record", "approaches").says


def test_the_picture_says_how_many_of_those_asked_gave_an_answer(told: Assessment):
    section = next(s for s in told.sections if s.id == "record")
    values = {row.label: row.value for row in timeline_of(section).rows}
    assert values == {
        "Offer o1": "Accepted (by one of three), made another offer (by one of three)",
        "Offer c1": "Accepted (by one of three), made another offer (by one of three)",
        "Offer c2": "No reply reported",
        "Offer o2": "Accepted",
        "Offer o3": "Only others replied",
        "Offer o4": "No reply reported",
    }


def test_the_timeline_names_all_whom_an_offer_is_made_to_and_what_it_answers(told: Assessment):
    rows = {row["entry"]: row for row in rows_of(told, "record", "timeline")}
    assert (rows["o1"]["what"], rows["o1"]["to"], rows["o1"]["answers"]) == (
        "formal offer",
        "Desk, Board, N, Swede",
        "",
    )
    assert (rows["c1"]["what"], rows["c1"]["to"], rows["c1"]["answers"]) == ("counter-offer", "East, R, J0", "o1")


def test_members_are_counted_for_all_organisations_at_an_offer(told: Assessment):
    rows = [(row["offer"], row["organisation"]) for row in rows_of(told, "record", "members-at-offers")]
    assert [row for row in rows if row[0] in ("o1", "o2", "o3")] == [
        ("o1", "east"),
        ("o1", "west"),
        ("o2", "east"),
        ("o2", "west"),
        ("o3", "east"),
    ]


def test_explain_walks_from_an_offer_to_the_one_that_counters_it(told: Assessment):
    explained = explain(told, "o1")
    assert [entry.id for key, entry in explained.refers_to if key == "to"] == ["desk", "board", "n", "swede"]
    assert ("counters", "c1") in [(key, entry.id) for key, entry in explained.referred_by]


# --- where replies are held against the model ------------------------------------------------------


def test_an_offer_in_answer_has_a_row_and_no_chance_among_the_replies(told: Assessment):
    rows = {row["reply"]: row for row in rows_of(told, "against", "replies")}
    assert set(rows) == {"c1", "a5", "a7"}
    assert rows["c1"]["kind"] == "answered with another offer"
    assert [value for name, value in rows["c1"].items() if name.startswith("gave_")] == [None]
    assert rows["a5"]["gave_own-gains"] is not None
    says = finding(told, "against", "replies").says
    assert "Three replies of two kinds are on record." in says
    assert "The other offer is neither an acceptance nor a refusal" in says


def test_the_replies_on_record_add_up(told: Assessment):
    rows = rows_of(told, "response", "replies")
    run = next(row["run"] for row in rows)
    given = {row["reply"]: row["given"] for row in rows if row["run"] in (run, None)}
    assert given["answered with another offer"] == 1
    assert given["refused"] == 0
    assert sum(given.values()) == 3
    assert {row["of"] for row in rows} == {3}
    assert "Not counted: three replies to offers to West" in finding(told, "response", "replies").method


def test_a_proposal_answered_with_another_offer_is_shown_and_not_counted(told: Assessment):
    rows = {row["entries"]: row for row in rows_of(told, "against", "outcomes")}
    assert set(rows) == {"p1, o1", "p3, c2", "p4, o2"}
    countered = rows["p1, o1"]
    assert countered["what_happened"] == "Plan p1: answered with another offer."
    assert (countered["accepted"], countered["constant_refusal"], countered["gave_own-gains"]) == (None, None, None)
    assert countered["counts"] == "no, another offer"
    assert (rows["p3, c2"]["accepted"], rows["p3, c2"]["counts"]) == (False, "yes")
    assert (rows["p4, o2"]["accepted"], rows["p4, o2"]["counts"]) == (True, "yes")
    assert "One outcome more met with another offer, and is not counted." in finding(told, "against", "outcomes").says


def test_a_proposal_refused_besides_is_counted_as_refused(tmp_path: Path):
    record = [*RECORD, reply("b", "1991-08", "board", "o1", "refuse")]
    rows = rows_of(assess(read_case(str(case_file(tmp_path, record)))), "against", "outcomes")
    (refused,) = (row for row in rows if row["entries"] == "p1, o1")
    assert (refused["accepted"], refused["counts"]) == (False, "yes")


def test_an_offer_answered_with_another_is_not_made_in_vain(told: Assessment):
    rows = {row["year"]: row for row in rows_of(told, "against", "asking")}
    asked = [(year, row["offers"], row["in_vain"]) for year, row in rows.items()]
    assert asked[:3] == [(1991, 1, 0), (1992, 1, 0), (1993, 1, 0)]  # countered, in vain, and accepted, which gives hope
    assert rows[1994]["in_vain"] == 0
    assert "One of its offers was answered with another offer" in finding(told, "against", "asking").says


# --- agendas ---------------------------------------------------------------------------------------


def test_an_offer_in_answer_is_no_agenda(tmp_path: Path):
    plans = ["p1", "p2", "p3"]
    undated = {key: value for key, value in offer("c2", "", "desk", "soviet").items() if key != "date"}
    record = [
        offer("o1", "1991", "east", ["west", "swede"]) | {"proposes": plans},
        offer("c1", "1991-07", "desk", "soviet") | {"counters": "o1", "proposes": [*plans, "p4"]},
        undated | {"counters": "o1", "proposes": ["p4"]},
    ]
    assert [one.is_agenda for one in read(tmp_path, record).recorded_offers] == [True, False, False]
    (row,) = rows_of(assess(read_case(str(case_file(tmp_path, record)))), "record", "agenda")
    assert row == {"issue": "road", "group": "", "agenda_1991": "p1, p2, p3"}


def test_two_agendas_of_one_date_go_by_their_ids(tmp_path: Path):
    record = [
        offer(id, "1991", by, to) | {"proposes": ["p1", "p2", "p3"]}
        for id, by, to in (("o1", "east", "west"), ("o2", "west", "east"))
    ]
    found = finding(assess(read_case(str(case_file(tmp_path, record)))), "record", "agenda")
    assert found.table.names[2:] == ("agenda_1991 (o1)", "agenda_1991 (o2)")


# --- outcomes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "date", "decider"),
    [("desk", "2000", "west"), ("envoy", "1992", "west"), ("soviet", "2000", "east"), ("legate", "1992", "east")],
)
def test_organs_and_those_in_office_decide_for_their_side(tmp_path: Path, by: str, date: str, decider: str):
    def row(party: str) -> dict[str, Any]:
        outcome = {"says": "It is left.", "by": party, "date": date, "channel": "bloc", "accepted": False}
        assessment = assess(read_case(str(case_file(tmp_path, [], outcomes={"left": outcome}))))
        return rows_of(assessment, "against", "outcomes")[0]

    assert row(by)["gave_own-gains"] is not None
    assert row(by) == row(decider)


def test_who_is_no_longer_in_office_decides_for_nobody(tmp_path: Path):
    outcome = {"says": "It is left.", "by": "envoy", "date": "1996", "channel": "bloc", "accepted": False}
    with pytest.raises(CaseError, match=r"'envoy' does not decide on channels"):
        read(tmp_path, [], outcomes={"left": outcome})


def test_an_organ_adds_a_link_for_its_organisation(tmp_path: Path):
    outcome = {"says": "It joins.", "by": "soviet", "date": "2000", "adds": ["soviet", "swede"], "accepted": True}
    assert read(tmp_path, [], outcomes={"joined": outcome}).outcomes["joined"].adds == ["soviet", "swede"]
    with pytest.raises(CaseError, match="both have a part in the channels"):
        read(tmp_path, [], outcomes={"joined": outcome | {"adds": ["soviet", "desk"]}})
