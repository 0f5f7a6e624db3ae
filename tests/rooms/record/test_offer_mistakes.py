"""Offers, replies and offers in answer that cannot be: each told in its place, with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.errors import CaseError
from tests.rooms.record.test_offers_to_several import read
from tests.rooms.record.test_representation import offer, reply

FIRST = offer("o1", "1991", "soviet", ["desk", "n"])


def countering(id: str, **more: Any) -> dict[str, Any]:
    return offer(id, "1992", "desk", "east") | {"counters": "o1"} | more


@pytest.mark.parametrize(
    ("record", "place", "message", "remedy"),
    [
        ([offer("o", "1991", "east", [])], "record.0.to", "there are too few entries", ""),
        ([reply("a", "1991", "west", [], "ask")], "record.0.to", "there are too few entries", ""),
        ([offer("o", "1991", "east", ["west", "wst"])], "record.0.to.1", "no actor", "west"),
        ([offer("o", "1991", "east", ["west", "west"])], "record.0.to.1", "'west' is named twice", "once is enough"),
        ([offer("o", "1991", "east", ["west", "east"])], "record.0.to.1", "'east' makes an offer to itself", "who"),
        ([FIRST, reply("a", "1992", "desk", ["o1", "o1"], "ask")], "record.1.to.1", "'o1' is named twice", "once"),
        ([FIRST, reply("a", "1992", "legate", "o1", "ask")], "record.1.by", "an offer of 'east', for which", "who"),
        (
            [offer("o", "1991", "desk", ["board", "n"]), reply("a", "1992", "desk", "o", "ask")],
            "record.1.by",
            "'desk' answers its own offer 'o'",
            "who",
        ),
        (
            [offer("o", "1991", "east", "west") | {"on_behalf_of": "east"}],
            "record.0.on_behalf_of",
            "'east' makes the offer itself",
            "leave on_behalf_of out",
        ),
        (
            [offer("o", "1991", "r", "west") | {"on_behalf_of": "west"}],
            "record.0.on_behalf_of",
            "made to 'west' and on its behalf",
            "who is it made for?",
        ),
        (
            [offer("o", "1991", "r", "west") | {"on_behalf_of": "east"}, reply("a", "1992", "legate", "o", "ask")],
            "record.1.by",
            "'legate' answers 'o', an offer of 'east', for which it speaks",
            "who was it made to?",
        ),
        (
            [FIRST, reply("a", "1992", "desk", "o1", "refuse") | {"through": "bloc"}],
            "record.1.through",
            "'a' takes nothing up, and so not through 'bloc'",
            "leave through out",
        ),
        ([FIRST, countering("c", counters="a1")], "record.1.counters", "no offer 'a1'", "o1"),
        (
            [FIRST, reply("a", "1992", "desk", "o1", "ask"), countering("c", counters="a")],
            "record.2.counters",
            "'a' is a reply, not an offer",
            "o1",
        ),
        (
            [FIRST, countering("c", by="swede")],
            "record.1.by",
            "'swede' counters 'o1', which was not made to it",
            "only who acts for 'west' or 'n' can counter it; else leave counters out",
        ),
        (
            [offer("o1", "1991", "soviet", ["n", "swede"]), countering("c", by="envoy")],
            "record.1.by",
            "'envoy' counters 'o1', which was not made to 'west', for which it speaks",
            "'n' or 'swede'",
        ),
        ([FIRST, countering("c", by="legate")], "record.1.by", "which was not made to 'east', for which", "'west'"),
        (
            [offer("o1", "1991", "soviet", ["east", "n"]), countering("c", by="soviet")],
            "record.1.by",
            "'soviet' counters its own offer 'o1'",
            "",
        ),
        (
            [FIRST, countering("c", to=["r", "j0"])],
            "record.1.to",
            "'c' counters 'o1', and is not made to 'east', whose offer that is",
            "add 'east' to to, or leave counters out",
        ),
        (
            [FIRST, countering("c", date="1990")],
            "record.1.counters",
            "'c' (1990) counters 'o1' (1991) before it is made",
            "one of the dates is wrong",
        ),
        ([FIRST | {"counters": "o1"}], "record.0.counters", "'o1' counters itself", "name the offer that it answers"),
        (
            [FIRST, countering("b", counters="d"), offer("d", "1992", "east", "west") | {"counters": "b"}],
            "record.1.counters",
            "offers counter each other in a circle: b, d, b",
            "the earliest of them counters nothing",
        ),
        ([FIRST, reply("a", "1992", "desk", "o1", "counter")], "record.1.answer", "'counter' is not known", "accept"),
        ([FIRST, countering("c", counter="o1")], "record.1.counter", "unknown", ""),
    ],
)
def test_what_cannot_be(tmp_path: Path, record: list[Any], place: str, message: str, remedy: str):
    with pytest.raises(CaseError) as caught:
        read(tmp_path, record)
    (problem,) = caught.value.problems
    assert problem.path == place
    assert message in problem.message
    assert remedy in problem.remedy


def test_all_that_is_wrong_with_an_offer_in_answer_comes_at_once(tmp_path: Path):
    record = [FIRST, countering("c", by="swede", to=["r", "r"], date="1990")]
    with pytest.raises(CaseError) as caught:
        read(tmp_path, record)
    assert [p.path for p in caught.value.problems] == [
        "record.1.by",
        "record.1.to",
        "record.1.to.1",
        "record.1.counters",
    ]


def test_an_offer_that_counters_into_a_circle_is_judged_by_itself(tmp_path: Path):
    """It is not part of the circle, which is told once."""
    circle = [countering("b", counters="d"), offer("d", "1992", "east", "west") | {"counters": "b"}]
    record = [offer("e", "1993", "soviet", "desk") | {"counters": "b"}, *circle]
    with pytest.raises(CaseError) as caught:
        read(tmp_path, record)
    assert [p.path for p in caught.value.problems] == ["record.1.counters"]


def test_within_a_side_one_organ_may_answer_another(tmp_path: Path):
    record = [offer("o", "1991", "desk", ["board", "n"]), reply("a", "1992", "board", "o", "ask")]
    assert len(read(tmp_path, record).replies) == 1
