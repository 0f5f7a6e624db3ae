"""The headline on whether cooperation lasts: right for any numbers, by name or counted, and never too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.rooms.durability.findings.headline import Fate, game_fate, games_headline
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.patience import GamePatience
from tests.plain_words import count_words, word_faults

SHARES: dict[Fate, tuple[float, float, bool]] = {
    "with errors": (0.9, 0.7, True),
    "no errors assumed": (0.9, 0.9, False),
    "only without errors": (0.9, 0.1, True),
    "close": (0.9, 0.5, True),
    "never": (0.2, 0.1, True),
}
"""How often it lasts without errors and with them, and whether there are any."""


def model_of(case: Case) -> DurabilityModel:
    model = build_durability_model(case)
    assert model is not None
    return model


@pytest.fixture(scope="module")
def model() -> DurabilityModel:
    return model_of(read_case("nato-csto").case)


def games_like(model: DurabilityModel, *fates: Fate) -> list[GamePatience]:
    """Games of a case, with other numbers."""
    games = []
    for game, fate in zip(model.patience, fates, strict=False):
        without, with_errors, has_noise = SHARES[fate]
        main = replace(game.main, error_free_share=without, lasting_share=with_errors)
        games.append(replace(game, by_theory=(main,), has_noise=has_noise))
    return games


@pytest.mark.parametrize("fate", SHARES)
def test_every_fate_is_told_by_its_numbers(model: DurabilityModel, fate: Fate):
    (game,) = games_like(model, fate)
    assert game_fate(game) == fate


@pytest.mark.parametrize(
    ("fates", "headline"),
    [
        (("with errors",), "Peacekeeping would last even with errors."),
        (("never",), "Peacekeeping would not last."),
        (("close",), "For peacekeeping it is too close to call."),
        (("only without errors",), "Peacekeeping would last only if nobody errs."),
        (("no errors assumed",), "Peacekeeping would last if nobody errs."),
        (("never", "never"), "Cooperation would last on neither issue."),
        (("never",) * 5, "Cooperation would last on none of five issues."),
        (("with errors",) * 3, "On all three issues cooperation would last even with errors."),
        (("close", "close"), "On both issues it is too close to call whether cooperation would last."),
        (
            ("never", "with errors"),
            "Fighting drugs and terrorism would last even with errors; peacekeeping would not.",
        ),
        (
            ("close", "never"),
            "For peacekeeping it is too close to call; fighting drugs and terrorism would not last.",
        ),
        (
            ("with errors", "only without errors", "never"),
            "Peacekeeping would last even with errors; fighting drugs and terrorism would only if nobody errs; relief "
            "work would not.",
        ),
        (
            ("with errors", "close", "never", "never", "never"),
            "Of five issues, one would last even with errors, one is too close to call, three would not.",
        ),
        (
            ("with errors", "no errors assumed", "only without errors", "close", "never"),
            "Cooperation would last on two of five issues; on the others it may end.",
        ),
    ],
)
def test_it_is_right_for_any_numbers(model: DurabilityModel, fates: Sequence[Fate], headline: str):
    found = games_headline(games_like(model, *fates), model.case)
    assert found == headline
    assert count_words(found) <= 20
    assert word_faults([found]) == []


def test_without_games_goods_and_races_are_told(leagues: Path):
    """The bridge of four payers, and then arming alone."""
    case = read_case(str(leagues)).case.model_copy(update={"games": {}})
    section = durability_section(model_of(case))
    assert section.headline == "All four payers together would go on paying."
    assert section.picture is not None
    assert {finding.id for finding in section.findings} == {"good-bridge", "race-watchmen"}
    assert set(section.picture_of) == {"good-bridge", "race-watchmen"}
    alone = durability_section(model_of(case.model_copy(update={"common_goods": {}})))
    assert alone.headline == "Arming on both sides would come to rest."
    assert word_faults([alone.headline, alone.lead]) == []
