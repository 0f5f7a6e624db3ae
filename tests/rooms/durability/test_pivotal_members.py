"""Whose concern for relative gains decides in a game: by consensus, by majority, with a veto, and in ties."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.rooms.durability.findings.pivotal_members import pivotal_sentences
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.pivotal_members import SidePivots
from detente.rooms.durability.outcomes import durability_outcomes


def model_of(path: str) -> DurabilityModel:
    model = build_durability_model(read_case(path).case)
    assert model is not None
    return model


def hill_pivots(leagues: Path, rule: str, corrie: float, dun: float) -> SidePivots:
    """On whom the Hill League turns on the common watch, by a rule and with what its cities mind."""
    text = leagues.read_text(encoding="utf-8")
    text = text.replace("by: majority, weights: {corrie: 3, dun: 2}, quota: 4}", rule + "}")
    old = '      hill: {uniform: [0, 0.8], because: "invented; the hills have never liked the towns below"}\n'
    text = text.replace(old, f"      corrie: {corrie}\n      dun: {dun}\n", 1)
    text = text.replace("against: {river: aldmoor, aldmoor: hill, hill: aldmoor}", "against: {aldmoor: hill}")
    leagues.write_text(text.replace("mechanisms.envy.of.hill: 0, ", ""), encoding="utf-8")
    return next(game for game in model_of(str(leagues)).pivots if game.game == "watch").sides[1]


@pytest.mark.parametrize(
    ("rule", "corrie", "dun", "members", "shares"),
    [
        ("by: consensus", 0.2, 0.7, ("dun",), [1.0]),
        ("by: majority, weights: {corrie: 3, dun: 2}, quota: 3", 0.2, 0.7, ("corrie",), [1.0]),
        ("by: majority, weights: {corrie: 3, dun: 2}, quota: 3, veto: [dun]", 0.2, 0.7, ("dun",), [1.0]),
        ("by: majority, weights: {corrie: 3, dun: 2}, quota: 3, veto: [dun]", 0.7, 0.2, ("corrie",), [1.0]),
        ("by: consensus", 0.5, 0.5, ("corrie", "dun"), [1.0]),
        ("by: consensus", 0.0, 0.0, (), []),
    ],
)
def test_it_turns_on_whom_the_rule_makes_pivotal(leagues: Path, rule, corrie, dun, members, shares):
    side = hill_pivots(leagues, rule, corrie, dun)
    assert sorted(side.leading_members) == sorted(members)
    assert [voice.pivotal_share for voice in side.voices if voice.members[0] in members][:1] == shares
    assert side.leading_share == (1 if members else 0)


def test_the_allies_with_one_estimate_are_named_together():
    """The most concerned of four allies, or the rest of NATO where all four mind less: as a computation of its own."""
    model = model_of("nato-csto")
    nato, csto = next(game for game in model.pivots if game.game == "security").sides
    assert set(nato.leading_members) == {"estonia", "latvia", "lithuania", "poland"}
    source = np.random.default_rng(1966)
    allies, others = source.uniform(0.5, 1.5, (4, 400_000)).max(axis=0), source.uniform(0, 1, 400_000)
    expected = float((allies >= others).mean())
    error = (expected * (1 - expected) / model.draws.draw_count) ** 0.5
    assert nato.leading_share == pytest.approx(expected, abs=4 * error)
    assert sum(voice.pivotal_share for voice in nato.voices) == pytest.approx(1)
    assert csto.leading_members == ("russia",)
    assert "Russia" in pivotal_sentences(model.pivots, model.case)
    names = {outcome.name: outcome.quantity.value for outcome in durability_outcomes(model)}
    assert names["durability.security.csto.russia.pivotal"] == csto.leading_share


def test_nothing_is_said_where_nobody_minds(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    start, end = text.index("\nlenses:\n"), text.index("\noutside:\n")
    leagues.write_text(text[:start] + text[end:], encoding="utf-8")
    model = model_of(str(leagues))
    assert not any(game.has_concern for game in model.pivots)
    assert pivotal_sentences(model.pivots, model.case) == ""
