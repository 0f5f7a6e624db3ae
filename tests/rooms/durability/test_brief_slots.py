"""What the brief learns of each issue: whether it lasts without errors and with them, and how far we put that in."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.assessment.assess import read_case
from detente.results.brief import OptionFact
from detente.rooms.durability.brief_slots import fill_durability_slots
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from tests.plain_words import count_words


def model_of(path: str) -> DurabilityModel:
    model = build_durability_model(read_case(path).case)
    assert model is not None
    return model


def facts_of(model: DurabilityModel) -> dict[tuple[str, str], OptionFact]:
    return {(fact.option, fact.aspect): fact for fact in fill_durability_slots(model).options}


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_each_issue_of_a_game_has_both_facts(name: str):
    model = model_of(name)
    facts = facts_of(model)
    issues = {issue for game in model.case.games.values() for issue in game.issues}
    assert set(facts) == {(issue, aspect) for issue in issues for aspect in ("lasts", "errors")}
    for (issue, _), fact in facts.items():
        assert fact.label == model.case.issues[issue].title
        assert 0 < count_words(fact.says) <= 6


def test_degrees_and_words_are_those_of_the_numbers():
    model = model_of("nato-csto")
    facts = facts_of(model)
    put_in = {game.game: game for game in model.put_in}
    for game in model.patience:
        issue = model.case.games[game.id].issues[0]
        for aspect, share, decided in (
            ("lasts", game.main.error_free_share, put_in[game.id].decided_without_errors),
            ("errors", game.main.lasting_share, put_in[game.id].decided_share),
        ):
            fact = facts[issue, aspect]
            hundred = round(100 * share)
            assert fact.degree == ("full" if hundred > 55 else "half" if hundred >= 45 else "none")
            assert fact.says.endswith("mostly assumed") == (decided >= 0.5)
    assert facts["peacekeeping", "errors"].says == "in 1 of 100, mostly assumed"
    assert facts["information-exchange", "errors"].advised == "the memo, first step"
    assert {fact.option for fact in facts.values() if fact.advised} == {"information-exchange"}


def test_a_game_without_errors_says_so(leagues: Path):
    facts = facts_of(model_of(str(leagues)))
    fact = facts["beacon-line", "errors"]
    assert (fact.degree, fact.says) == ("not modelled", "no errors assumed")
    assert facts["beacon-line", "lasts"].says.startswith("in all")


def test_of_two_games_on_one_issue_the_harder_is_told():
    """Information as hard as peacekeeping: its game is put on the same issue."""
    case = read_case("nato-csto").case
    games = dict(case.games)
    games["information"] = games["information"].model_copy(update={"issues": ["peacekeeping"]})
    model = build_durability_model(case.model_copy(update={"games": games}))
    assert model is not None
    security = next(game for game in model.patience if game.id == "security")
    facts = facts_of(model)
    assert facts["peacekeeping", "errors"].rank == security.main.lasting_share
    assert ("information-exchange", "errors") not in facts
