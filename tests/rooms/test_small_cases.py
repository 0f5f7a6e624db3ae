"""What chapters say of small cases: three theories and three organisations, one way to run the channel, no channel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import assess, read_case
from detente.results.finding import Section
from detente.results.pictures import MotiveTables, RangeRows
from tests.cases.two_hub_case import written
from tests.plain_words import count_words, word_faults
from tests.rooms.acceptance.test_defaults import SMALL
from tests.rooms.evidence.tables import coded_model

CHAPTERS = ("evidence", "rules", "channels", "response", "sure")
MOST_HEADLINE_WORDS, MOST_ANSWER_WORDS = 20, 6
THREE: dict[str, Any] = {
    "actors__s": {"name": "S", "kind": "state"},
    "organisations__south": {"name": "South", "members": [{"actor": "s", "in": "1990/.."}]},
    "capabilities__wagons__held": {2000: {"n": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5, "s": 3}},
    "mechanisms": {
        "envy": {"title": "Envy", "kind": "relative", "of": {"n": 0.6}, "against": {"n": "r"}},
        "hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": 0.05}},
    },
    "lenses": {
        "lib": {"title": "Liberalism"},
        "real": {"title": "Realism", "uses": ["envy"]},
        "con": {"title": "Constructivism", "uses": ["hands"]},
    },
}
"""Three organisations, and three theories of which none is the main one."""
AS_ONE: dict[str, Any] = {"response": {"form": "collegiate"}}
BY_LEADER: dict[str, Any] = {"response": {"form": "hub"}}
"""Who answers is asked about one way to run the channel."""


def chapters(file: Path) -> dict[str, Section]:
    return {one.id: one for one in assess(read_case(str(file))).sections if one.id in CHAPTERS}


def texts(section: Section) -> Iterator[str]:
    """The sentences of a chapter outside the annex."""
    yield from (section.headline, section.lead)
    if section.picture:
        yield section.picture.says
    for missing in section.missing:
        yield from (missing.what, missing.why, missing.remedy)
    for one in section.findings:
        if one.place == "detail":
            yield from (one.says, one.question, one.short_answer, one.robustness.because)


def small_file(folder: Path) -> Path:
    file = folder / "case.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def cases(folder: Path) -> dict[str, Path]:
    """Every small case by its name."""
    made = {}
    for name, more in {"three": THREE, "by leader": THREE | BY_LEADER, "as one": THREE | AS_ONE}.items():
        (folder / name).mkdir()
        made[name] = written(folder / name, **more)
    return made | {"24 lines": small_file(folder)}


@pytest.mark.parametrize("name", ["three", "by leader", "as one", "24 lines"])
def test_all_that_they_say_is_plain_and_short(name: str, tmp_path: Path):
    found = chapters(cases(tmp_path)[name])
    assert {"channels", "response"} <= found.keys()
    for section in found.values():
        assert word_faults(texts(section)) == []
        assert section.headline.endswith(".")
        assert count_words(section.headline) <= MOST_HEADLINE_WORDS
        for one in section.findings:
            if one.place == "detail":
                assert one.question
                assert 0 < count_words(one.short_answer) <= MOST_ANSWER_WORDS, one.short_answer


def test_with_three_theories_each_has_its_row(tmp_path: Path):
    """Two reasons refuse what R runs, and none what East runs as one: so a theory more or less changes the headline."""
    found = chapters(written(tmp_path, **THREE))
    response, picture = found["response"], found["response"].picture
    assert response.headline == (
        "West refuses the R-run channel despite a gain and accepts as a gain the channel with East as one."
    )
    assert isinstance(picture, RangeRows)
    assert [row.label for row in picture.rows if not row.is_base] == [
        "Its own gains only (liberalism)",
        "Realism",
        "Constructivism",
    ]
    assert found["channels"].headline == (
        "R and N gain whoever runs the channel; J0, J1 and J2 only if East decides as one."
    )


def test_with_three_organisations_the_chapter_says_that_the_answer_is_about_two(tmp_path: Path):
    """What it says to write instead gives the answer about the other pair."""
    found = chapters(written(tmp_path, **THREE))["response"]
    (gap,) = [one for one in found.missing if "another pair" in one.what]
    assert gap.why == "The case is about East and West only, though it names others."
    without = {key: value for key, value in THREE.items() if "south" not in key}
    (tmp_path / "two").mkdir()
    assert not [one for one in chapters(written(tmp_path / "two", **without))["response"].missing if "pair" in one.what]
    (tmp_path / "other").mkdir()
    other_pair = THREE | {
        "sides": ["west", "south"],
        "channels__bloc__joins": ["west", "south"],
        "channels__bilateral__links": [["n", "s"]],
    }
    other = written(tmp_path / "other", **other_pair)
    assert "South" in chapters(other)["response"].headline


def test_one_way_to_run_the_channel_is_told_once(tmp_path: Path):
    made = cases(tmp_path)
    as_one, by_leader = (chapters(made[name])["response"] for name in ("as one", "by leader"))
    assert as_one.headline == "West accepts the channel as a gain."
    assert as_one.lead == "It is almost certain that West accepts: in every simulation."
    assert by_leader.headline == "West refuses the channel despite a gain."
    assert by_leader.lead.endswith("here is almost no chance that West accepts: in no simulation.")
    for section in (as_one, by_leader):
        assert isinstance(section.picture, RangeRows)
        assert len(section.picture.series) == 1
        assert "owever" not in section.headline + section.lead


def test_the_case_of_24_lines_has_headlines_that_are_right(tmp_path: Path):
    found = chapters(small_file(tmp_path))
    assert found.keys() == {"channels", "response", "sure"}
    assert found["response"].headline == "The League refuses the channel as a loss, however it is run."
    assert found["response"].lead == (
        "However the channel is run, there is almost no chance that the League accepts: in no simulation."
    )
    assert found["channels"].headline.startswith("Bigland gains either way; Eastland only if the Pact and the League")
    assert "every-channel" not in {one.id for one in found["channels"].findings if one.place == "detail"}


def test_a_case_of_motives_only_says_what_they_come_to(tmp_path: Path):
    coded_model(tmp_path, {"east": ["r", "r", "c"]}, letters="rlc")
    found = chapters(tmp_path / "case.yaml")
    assert found.keys() == {"evidence"}
    section = found["evidence"]
    assert section.headline == "Realism explains more motives than any other theory for the East, but not by much."
    assert section.lead.startswith("For the East, ")
    assert isinstance(section.picture, MotiveTables)
    (table,) = section.picture.tables
    assert table.verdict.startswith("Realism leads: realism 2, constructivism 1 and liberalism 0.")
    assert word_faults(texts(section)) == []
