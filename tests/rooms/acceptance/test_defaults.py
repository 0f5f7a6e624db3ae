"""Numbers that a case leaves to their defaults: told with what they turn, and warned of where they would stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import read_case
from detente.assessment.assess import Assessment, assess
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.choices.choice_sensitivity import vary_defaults
from tests.cases.two_hub_case import written

SMALL = """\
case: small
title: The Pact and the League
question: Will the League accept the Pact's offer?
actors:
  big: {name: Bigland, kind: state}
  east: {name: Eastland, kind: state}
  west: {name: Westland, kind: state}
  isle: {name: Isle, kind: state}
organisations:
  pact: {name: the Pact, members: [{actor: big, in: 1990/..}, {actor: east, in: 1990/..}]}
  league: {name: the League, members: [{actor: west, in: 1990/..}, {actor: isle, in: 1990/..}]}
sides: [pact, league]
issues:
  trade: {title: Trade, stakes: 1}
channels:
  today:
    title: Each by itself
    links: [[big, pact], [west, league], [west, pact]]
  offer:
    title: Bloc to bloc
    links: [[big, pact], [west, league]]
    joins: [pact, league]
    displaces: today
network: {years: [2000]}
"""


def small(folder: Path, text: str = SMALL) -> Path:
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def small_assessed(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """A case of 24 lines, worked out."""
    return assess(read_case(str(small(tmp_path_factory.mktemp("small")))))


def test_a_case_of_24_lines_gives_an_answer_with_its_conditions(small_assessed: Assessment):
    assert len(SMALL.splitlines()) == 24
    (section,) = (one for one in small_assessed.sections if one.id == "response")
    assert section.headline == "The League refuses the channel as a loss, however it is run."
    (certainty,) = (one for one in small_assessed.sections if one.id == "sure")
    (finding,) = (one for one in certainty.findings if one.id == "assumptions")
    assert "The case does not give eight numbers that gains rest on." in finding.says
    assert "To set how much of a gain is left after a go-between to 0.7 reverses the answer." in finding.says
    assert "To set how well today's ties work to 0.5 reverses the answer." in finding.says
    assert finding.short_answer == "two of ten reverse it"
    assert finding.robustness.standing == "fragile"
    assert {one.id for one in section.findings if one.place == "detail"}.isdisjoint({"reasons", "issues", "channels"})
    told = " ".join(small_assessed.assumptions)
    for condition in (
        "Bloc to bloc replaces all the ties that it can replace",
        "Each by itself is the channel through which they do deal",
        "All states can do as much as each other",
        "Nobody perceives a grave threat",
        "Nothing of a gain is lost on longer ways between actors",
        "Actors care for nothing but their own gains",
        "The League decides by consensus",
    ):
        assert condition in told, told


def test_what_is_told_of_a_default_is_what_the_case_gives_with_that_number(tmp_path: Path):
    file = str(small(tmp_path))
    seen = set()
    for number in vary_defaults(read_case(file).case):
        for option in number.options[1:]:
            changes = {path: str(value) for path, value in option.option.values.items()}
            answers = answer_offer(read_case(file, changes=changes).case, 100)
            for key, share in option.strict.items():
                assert share.value == answers.strict[key].mean()
                seen.add(number.choice.id)
    assert seen >= {"network.decay", "network.gravity", "channels.offer.exclusivity", "channels.today.efficiency"}


def test_a_check_warns_of_defaults_that_carry_the_answer_where_they_would_stand(tmp_path: Path):
    loaded = read_case(str(small(tmp_path)), every_scenario=True)
    warnings = {warning.path: warning for warning in loaded.warnings}
    assert warnings.keys() == {"network", "channels.today"}
    assert (warnings["channels.today"].place.line, warnings["channels.today"].place.column) == (17, 5)
    assert "at 0.5 the offer is accepted in 100 of 100 draws, by the default in 0" in warnings["channels.today"].message
    assert warnings["channels.today"].remedy == "add efficiency: with because:"
    assert not read_case(str(small(tmp_path))).warnings


def test_numbers_that_are_given_are_not_asked_about(tmp_path: Path):
    given = SMALL.replace("{years: [2000]}", "{years: [2000], decay: 1, multilateral: 0, gravity: 0.5, link_cost: 0}")
    given = given.replace("    displaces: today\n", "    displaces: today\n    exclusivity: 1\n    efficiency: 1\n")
    asked = {number.choice.id for number in vary_defaults(read_case(str(small(tmp_path, given))).case)}
    assert asked == {"network.periphery", "channels.today.efficiency"}
    assert not vary_defaults(read_case("nato-csto").case)


def test_an_offer_that_takes_the_place_of_nothing_is_answered_too(tmp_path: Path):
    """It adds what it has: whether it is run through somebody makes no difference, and it is an offer all the same."""
    adding = {"title": "Bloc", "links": [["r", "east"]], "joins": ["west", "east"]}
    for change in ({"channels__bloc__exclusivity": 0}, {"channels__bloc": adding}):
        sections = assess(read_case(str(written(tmp_path, **change)))).sections
        assert "response" in {section.id for section in sections}
