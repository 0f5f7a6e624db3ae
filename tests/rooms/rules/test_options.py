"""What the rules room tells the brief: of which year its rules are, and whether they allow each issue on offer."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import detente
from detente.case.schema.case import Case
from detente.results.brief import OptionFact, YearSpan
from detente.rooms.rules.brief_slots import fill_rules_slots
from detente.rooms.rules.findings.option_words import option_degree, option_says
from detente.rooms.rules.model.rules import RulesModel, apply_rules
from detente.rooms.rules.model.side_positions import POSITIONS_WORST_FIRST, SidePosition, best_positions
from tests.conftest import edit
from tests.plain_words import count_words, word_faults

LONG_NAMES = ("the Cooperation Council of the Gulf", "the Association of the South")
SHORT_NAMES = ("the CSTO", "NATO")


def made(case: Case) -> RulesModel:
    model = apply_rules(case)
    assert model
    return model


def options(case: Case) -> dict[str, OptionFact]:
    return {fact.option: fact for fact in fill_rules_slots(made(case)).options}


def test_the_first_case_tells_what_its_rules_allow() -> None:
    case = detente.read_case("nato-csto").case
    slots = fill_rules_slots(made(case))
    assert slots.years == (YearSpan("rules", 2013, 2013),)
    told = options(case)
    assert "access" not in told  # nobody proposed it from bloc to bloc
    assert {fact.degree for fact in told.values()} == {"full", "half", "none"}
    assert (told["terrorism"].degree, told["terrorism"].says) == ("full", "both sides allow it")
    assert (told["borders"].degree, told["borders"].says) == ("half", "NATO yes; the CSTO silent")
    assert (told["peacekeeping"].degree, told["peacekeeping"].says) == ("half", "both sides set conditions")
    assert (told["arms-control"].degree, told["arms-control"].says) == ("none", "covered elsewhere already")
    advised = {option for option, fact in told.items() if fact.advised}
    assert advised == {"information-exchange", "disasters", "peace-building", "afghan-stability"}
    assert {told[option].advised for option in advised} == {"the memo"}
    assert told["drugs"].label == case.issues["drugs"].title
    assert told["drugs"].rank == 6  # as often as it was offered
    assert told["drugs"].rank > told["borders"].rank > told["peace-building"].rank


def test_a_document_without_a_short_title_is_still_one_that_advises() -> None:
    case = detente.read_case("nato-csto").case
    memo = case.documents["memo"]
    bare = memo.model_copy(update={"cite": {}})
    told = options(case.model_copy(update={"documents": {**case.documents, "memo": bare}}))
    assert told["disasters"].advised == "a document"
    assert told["drugs"].advised == ""


def test_what_a_rule_forbids_is_told(leagues: Path) -> None:
    rule = "  no-bells:\n    of: hill\n    type: custom\n    says: Nothing.\n    bars: true\n"
    edit(leagues, ("rules:\n  pilgrims-peace:", f"rules:\n{rule}  pilgrims-peace:"))
    road = options(detente.read_case(str(leagues)).case)["road"]
    assert (road.degree, road.says) == ("none", "Hill League forbids it")


def test_the_proposal_that_stands_best_speaks_for_its_issue() -> None:
    model = made(detente.read_case("cmea-ec").case)
    by_name = {row.name: row for row in model.ranking}
    assert best_positions([by_name["draft-agreement"]]) == ("allows", "forbids")
    assert best_positions([by_name["draft-agreement"], by_name["member-agreements"]]) == ("allows", "allows")
    assert best_positions([]) is None


def test_an_issue_whose_proposals_say_too_little_is_not_modelled() -> None:
    case = detente.read_case("cmea-ec").case
    vague = case.proposals["member-agreements"].model_copy(update={"attributes": {}, "issues": ["trade"]})
    draft = case.proposals["draft-agreement"].model_copy(update={"issues": []})
    proposals = {**case.proposals, "member-agreements": vague, "draft-agreement": draft}
    trade = options(case.model_copy(update={"proposals": proposals}))["trade"]
    assert (trade.degree, trade.says) == ("not modelled", "the proposals say too little")


DEGREES = [
    (("allows", "allows"), "full"),
    (("allows", "silent"), "half"),
    (("conditional", "allows"), "half"),
    (("conditional", "silent"), "half"),
    (("disputed", "allows"), "half"),
    (("silent", "silent"), "not modelled"),
    (("unclear", "allows"), "not modelled"),
    (("unclear", "silent"), "not modelled"),
    (("unclear", "forbids"), "none"),
    (("covered", "allows"), "none"),
    (("silent", "forbids"), "none"),
]


@pytest.mark.parametrize(("positions", "degree"), DEGREES)
def test_how_far_rules_allow_it(positions: tuple[SidePosition, SidePosition], degree: str) -> None:
    assert option_degree(positions) == degree
    assert option_degree(positions[::-1]) == degree
    assert option_degree(None) == "not modelled"


@pytest.mark.parametrize("names", [SHORT_NAMES, LONG_NAMES])
def test_few_words_say_it_for_every_two_positions(names: tuple[str, str]) -> None:
    for positions in product(POSITIONS_WORST_FIRST, repeat=2):
        says = option_says(positions, names)
        assert 0 < count_words(says) <= 6, says
        assert word_faults([says]) == []


def test_the_side_that_stands_out_is_named() -> None:
    assert option_says(("forbids", "allows"), SHORT_NAMES) == "the CSTO forbids it"
    assert option_says(("allows", "conditional"), SHORT_NAMES) == "NATO sets a condition"
    assert option_says(("silent", "allows"), SHORT_NAMES) == "NATO yes; the CSTO silent"
    assert option_says(("allows", "silent"), SHORT_NAMES) == "the CSTO yes; NATO silent"
    assert option_says(("forbids", "forbids"), LONG_NAMES) == "both sides forbid it"
    assert option_says(("silent", "allows"), LONG_NAMES) == "one side yes, the other silent"
