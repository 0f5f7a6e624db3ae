"""Capability as a threat: who fears whom, how far, by which channels, and what a common threat leaves of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import read_case
from detente.case.loading.model_patch import case_with_values
from detente.methods.bargaining.balance_of_threat import rival_power_share
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.decision.built_in import can_only_refuse
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, point_estimate_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import written
from tests.rooms.gains.test_gains_input import refused


def utilities_of(folder: Path, **fear: Any) -> VoterUtilities:
    """The case on paper, where N fears the other side, at its numbers."""
    mechanism = {"title": "Fear", "kind": "fear", "of": {"n": 0.5}} | fear.pop("mechanism", {})
    case = read_case(str(written(folder, mechanisms={"fear": mechanism}, **fear))).case
    return point_estimate_utilities(DecisionMakers(ChannelModel(case, build_actor_network(case, 2000))))


def feared(utilities: VoterUtilities, channel: str = "bloc") -> dict[str, float]:
    """What fear adds for each by a channel beside the present one."""
    terms = utilities.utility_terms(ChannelVariant(channel, "hub"), ChannelVariant("bilateral", "hub"))
    names = [utilities.deciders.actor_network.actors[voter.actor] for voter in utilities.deciders.voters]
    return dict(zip(names, terms.mechanism_terms["fear"][0].tolist(), strict=True))


def test_fear_is_strength_times_stakes_times_the_others_share_of_power(tmp_path: Path):
    """N has 9 wagons and the other side 7.5; all stakes across organisations are N's."""
    terms = feared(utilities_of(tmp_path))
    assert terms["n"] == pytest.approx(-0.5 * 1 * 7.5 / 16.5, abs=1e-12)
    assert {name: amount for name, amount in terms.items() if name != "n"} == dict.fromkeys(("r", "j0", "j1", "j2"), 0)
    alone = feared(utilities_of(tmp_path, mechanism={"against": {"n": "r"}}))
    assert alone["n"] == pytest.approx(-0.5 * 4 / 13, abs=1e-12)


def test_fear_shrinks_with_a_common_threat_and_with_a_channel_that_binds_to_less(tmp_path: Path):
    full = feared(utilities_of(tmp_path))["n"]
    half = feared(utilities_of(tmp_path, threat={"n": 0.5, "east": 0.75}))["n"]
    assert half == pytest.approx(full / 2, abs=1e-12)
    loose = feared(utilities_of(tmp_path, mechanism={"shrinks_with": {"exclusivity": 1}}))["n"]
    assert loose == pytest.approx(0.7 * full, abs=1e-12)  # the bloc channel is exclusive to seven tenths
    utilities = utilities_of(tmp_path, network__raised=1)
    terms = utilities.utility_terms(ChannelVariant("bloc", "hub"), ChannelVariant("bilateral", "hub"), True)
    assert not terms.mechanism_terms["fear"].any()


def test_only_channels_that_deal_with_organisations_as_such_are_feared(tmp_path: Path):
    council = {"title": "Council", "links": [["r", "east"], ["n", "r"]]}
    utilities = utilities_of(tmp_path, channels__council=council)
    assert not utilities.nongain_terms(ChannelVariant("council", "hub"))["fear"].any()
    assert utilities.nongain_terms(ChannelVariant("bloc", "hub"))["fear"].any()


def test_a_stronger_rival_is_accepted_less_where_power_is_feared_and_more_by_gains_through_it():
    """Russia ten times as strong: by gains alone its channel is accepted more often, with fear less often."""
    lens = {"title": "Fear", "uses": ["power-as-threat"], "main": True}
    values = {"lenses": {"own": {"title": "Own"}, "fear": lens}, "mechanisms.power-as-threat.of.nato": 0.2}
    case = case_with_values(read_case("nato-csto").case, values)
    stronger = case_with_values(case, {"capabilities.cinc.held.2007.russia": 0.41069})
    before, after = answer_offer(case, 1024), answer_offer(stronger, 1024)
    for form in ("hub", "collegiate"):
        fallen = before.strict[form, "fear"] - after.strict[form, "fear"]
        assert fallen.mean() > 2 * fallen.std() / np.sqrt(len(fallen)) > 0
    assert after.strict["hub", "own"].mean() > before.strict["hub", "own"].mean()


def test_fear_is_built_in_as_a_cost(tmp_path: Path):
    deciders = utilities_of(tmp_path).deciders
    assert can_only_refuse(deciders, deciders.full_theory)


def test_power_is_a_share():
    assert rival_power_share(1, 0) == 0
    assert rival_power_share(0, 2) == 1
    assert rival_power_share(2, 6) == 0.75


@pytest.mark.parametrize(
    ("mechanism", "words"),
    [
        ({"against": {"n": "n"}}, "mechanisms.fear.against.n.0: 'n' is compared with itself"),
        ({"against": {"r": "east"}}, "mechanisms.fear.against.r.0: 'r' and 'east' are on the same side"),
        ({"of": {"n": -1}}, "mechanisms.fear.of.n: -1 is not from 0 to 10 (a fear is from 0 to 10)"),
        ({"by_regime": "free"}, "mechanisms.fear.by_regime"),
        ({"at_cost_of": "west"}, "mechanisms.fear.at_cost_of: only recognition is won at somebody's cost"),
    ],
)
def test_fear_that_cannot_be_as_told_is_refused(tmp_path: Path, mechanism: dict[str, Any], words: str):
    fear = {"title": "Fear", "kind": "fear", "of": {"n": 0.5}} | mechanism
    assert words in refused(written(tmp_path, mechanisms={"fear": fear}))
