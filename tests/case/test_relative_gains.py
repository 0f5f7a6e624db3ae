"""Whose concern for relative gains counts in a game between organisations, and against whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.case.index.relative_gains import comparing_party, democracy_difference, gains_comparisons
from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.errors import CaseError
from detente.methods.offer_model.model_draws import sample_model
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.durability.findings.text import view_title
from detente.rooms.durability.model.case_games import CaseGame, build_case_game
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

YEAR = 2007
MINDED = "mechanisms.relative-gains.of."


def case_of(name: str, **changes: str) -> Case:
    return read_case(name, changes={MINDED + party.replace("_", "-"): value for party, value in changes.items()}).case


def security(case: Case) -> CaseGame:
    return build_case_game(ParameterDraws(case), ParameterDraws(case, at_means=True), "security")


def test_peacekeeping_lasts_as_often_as_in_a_computation_of_its_own():
    """NATO as concerned as the ally that minds most, the CSTO as Russia: the closed form of a Prisoner's Dilemma."""
    source = np.random.default_rng(1963)
    n = 400_000
    T, S, patience = (source.uniform(low, high, n) for low, high in ((1.1, 2.5), (-5, -1), (0.6, 0.9)))
    allies = source.uniform(0.5, 1.5, (4, n)).max(axis=0)
    k = np.stack([np.maximum(allies, source.uniform(0, 1, n)), source.uniform(0, 1, n)])
    tempted = T + k * (T - S)  # R = 1 and P = 0 for both
    expected = float((patience >= ((tempted - 1) / tempted).max(axis=0)).mean())
    drawn = security(read_case("nato-csto").case).main_theory
    error = (expected * (1 - expected) / len(drawn.patience)) ** 0.5
    assert drawn.error_free_share == pytest.approx(expected, abs=4 * error)


def test_in_the_csto_russia_minds_nato_and_the_others_mind_russia():
    """Russia's number decides; what the other members mind of Russia moves nothing between the sides."""
    main = security(case_of("nato-csto", russia="5")).main_theory
    assert main.concern[1].tolist() == [5.0] * len(main.patience)
    assert main.error_free_share < security(read_case("nato-csto").case).main_theory.error_free_share
    others = [security(case_of("nato-csto", csto=k)).main_theory.concern[1] for k in ("0", "3")]
    assert np.array_equal(*others)


def test_by_consensus_a_side_minds_as_much_as_the_member_that_minds_most():
    case = case_of("nato-csto", nato="0.4", estonia="0.1", latvia="0.9", lithuania="0.2", poland="0.3", russia="0")
    assert security(case).main_theory.concern[:, 0].tolist() == [0.9, 0.0]


@pytest.mark.parametrize(("quota", "expected"), [("4", 0.7), ("3", 0.2)])
def test_by_majority_the_member_counts_whose_yes_completes_it(leagues: Path, quota: str, expected: float):
    """Corrie has three votes and minds 0.2, Dun two and minds 0.7: four votes need both, three Corrie alone."""
    text = leagues.read_text(encoding="utf-8")
    text = text.replace("quota: 4}", f"quota: {quota}}}")
    old = '      hill: {uniform: [0, 0.8], because: "invented; the hills have never liked the towns below"}\n'
    text = text.replace(old, "      corrie: 0.2\n      dun: 0.7\n", 1)
    text = text.replace("against: {river: aldmoor, aldmoor: hill, hill: aldmoor}", "against: {aldmoor: hill}")
    leagues.write_text(text.replace("mechanisms.envy.of.hill: 0, ", ""), encoding="utf-8")
    case = read_case(str(leagues)).case
    found = build_case_game(ParameterDraws(case), ParameterDraws(case, at_means=True), "watch")
    assert found.main_at_means.concern[:, 0].tolist() == [0.4, expected]


def test_both_rooms_read_a_mechanism_alike():
    """For every voice of the acceptance room: whom it minds, and by which draws, is what the games take."""
    case = read_case("nato-csto").case
    place = build_actor_network(case, YEAR)
    council = DecisionMakers(ChannelModel(case, place))
    drawing = sample_model(council.description, range(64))
    numbers = ParameterDraws(case)
    for id in ("relative-gains", "relative-gains-by-regime"):
        for voice in council.voters:
            who = comparing_party(case, voice.members[0], YEAR)
            assert (who.organisations & set(council.sides), who.player) == (
                voice.organisations & set(council.sides),
                place.actors[voice.actor],
            )
            for one in gains_comparisons(case, id, who, council.sides, YEAR):
                estimate, path = case.mechanisms[id].of[one.weight_name], f"mechanisms.{id}.of.{one.weight_name}"
                theirs = drawing.values[drawing.description.number_index[path]]
                assert np.array_equal(theirs, numbers.sample(estimate, path)[: len(theirs)])
    poland = gains_comparisons(
        case, "relative-gains-by-regime", comparing_party(case, "poland", YEAR), council.sides, YEAR
    )
    held = case.regimes["polyarchy"].held[YEAR]
    allies = [held[member] for member in place.members_by_player["nato"]]
    assert poland[0].party == "russia"
    assert poland[0].regime_factor == pytest.approx(sum(allies) / len(allies) - held["russia"])


WITHOUT_CHANNELS = """
case: moots
title: Moots and kings
question: Would it last?
actors:
  ash: {name: Ash, kind: city}
  birch: {name: Birch, kind: city}
  cedar: {name: Cedar, kind: city}
organisations:
  grove: {name: Grove, members: [{actor: ash, in: 1390/..}, {actor: birch, in: 1390/..}]}
regimes:
  moots: {title: How far moots decide, because: invented, held: {1400: {ash: 1, birch: 0.5}}}
mechanisms:
  fear: {title: Fear, kind: relative, because: invented, by_regime: moots, of: {grove: 2}}
lenses:
  fearful: {title: Fearful, because: invented, uses: fear}
games:
  fields:
    title: Fields
    because: invented
    between: [grove, cedar]
    payoffs: {both: 3, neither: 1, alone: 0, free_rides: 5}
    patience: 0.8
network: {years: [1400]}
"""


def test_a_regime_that_is_not_told_is_a_problem_with_channels_or_without(leagues: Path, tmp_path: Path):
    """It is told once, whichever room misses it first; computed with anyway, it raises and does not count for 0."""
    text = leagues.read_text(encoding="utf-8")
    text = text.replace("    against: {river: aldmoor", "    by_regime: moots\n    against: {river: aldmoor")
    moots = "\nregimes:\n  moots: {title: How far moots decide, held: {1400: {aldmoor: 1}}}\n\nmechanisms:\n"
    leagues.write_text(text.replace("\nmechanisms:\n", moots), encoding="utf-8")
    assert problems_of(leagues).count("nothing is said of the regime of 'hill'") == 1
    alone = tmp_path / "moots.yaml"
    alone.write_text(WITHOUT_CHANNELS, encoding="utf-8")
    assert "nothing is said of the regime of 'cedar' by 1400, and 'fear' depends on it" in problems_of(alone)
    alone.write_text(WITHOUT_CHANNELS.replace("birch: 0.5", "birch: 0.5, cedar: 0.1"), encoding="utf-8")
    case = read_case(str(alone)).case
    k = build_case_game(ParameterDraws(case), ParameterDraws(case, at_means=True), "fields").main_at_means.concern
    assert k[:, 0] == pytest.approx([2 * 0.9, 0])
    with pytest.raises(ValueError, match="nothing is told"):
        democracy_difference(case, case.mechanisms["fear"], 1399, "ash", "cedar")


def problems_of(file: Path) -> str:
    with pytest.raises(CaseError) as error:
        read_case(str(file))
    return "\n".join(map(str, error.value.problems))


def test_a_concern_that_a_game_gives_counts_where_a_theory_minds_at_all(leagues: Path):
    """In the place of the mechanism's for that side, by theories that have one; and by itself beside them."""
    text = leagues.read_text(encoding="utf-8")
    given = "    patience: 0.8\n    relative_gains: {river: 0.5}\n\ncommon"
    leagues.write_text(text.replace("    patience: 0.8\n\ncommon", given, 1), encoding="utf-8")
    case = read_case(str(leagues)).case
    found = build_case_game(ParameterDraws(case), ParameterDraws(case, at_means=True), "beacons-lit")
    assert {view_title(seen.view): seen.concern[:, 0].round(12).tolist() for seen in found.by_theory_at_means} == {
        "Liberalism": [0, 0],
        "Realism": [0.5, 0.4],
        "Relative gains": [0.5, 0],
    }
