"""Reasons of either sign: what dealing as such brings besides gains, or costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente import read_case
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.built_in import can_only_refuse
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, point_estimate_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import written
from tests.rooms.gains.test_gains_input import refused


def utilities_of(folder: Path, **mechanism: Any) -> VoterUtilities:
    """The case on paper, where dealing through the bloc is worth something to N by itself."""
    order = {"title": "Order", "kind": "advantage", "of": {"n": 0.2}} | mechanism
    case = read_case(str(written(folder, mechanisms={"order": order}))).case
    return point_estimate_utilities(DecisionMakers(ChannelModel(case, build_actor_network(case, 2000))))


def added(utilities: VoterUtilities) -> float:
    """What it adds for N by the bloc beside the present channel; all stakes across organisations are N's."""
    bloc, base = ChannelVariant("bloc", "hub"), ChannelVariant("bilateral", "hub")
    terms = utilities.utility_terms(bloc, base)
    return float(terms.mechanism_terms["order"][0, utilities.deciders.first_voter_of("n")])


@pytest.mark.parametrize("strength", [0.2, -0.1, 0])
def test_an_advantage_counts_with_its_own_sign(tmp_path: Path, strength: float):
    assert added(utilities_of(tmp_path, of={"n": strength})) == pytest.approx(strength, abs=1e-12)


def test_it_shrinks_with_what_does_not_displace(tmp_path: Path):
    loose = added(utilities_of(tmp_path, shrinks_with={"exclusivity": 0.5}))
    assert loose == pytest.approx(0.2 * (1 - 0.5 * 0.3), abs=1e-12)


def test_only_one_that_cannot_be_won_is_built_in_as_a_cost(tmp_path: Path):
    for of, is_cost in ((-0.1, True), ({"uniform": [-0.1, 0]}, True), ({"uniform": [-0.1, 0.1]}, False), (0.1, False)):
        deciders = utilities_of(tmp_path, of={"n": of}).deciders
        assert can_only_refuse(deciders, deciders.full_theory) == is_cost


def test_the_first_case_has_reasons_of_either_sign():
    """The four that the documents name for an offer, each with its place; by them alone more is accepted."""
    case = read_case("nato-csto").case
    for name in ("local-knowledge", "order", "later-activities", "less-mistrust"):
        mechanism = case.mechanisms[name]
        assert mechanism.kind == "advantage"
        assert mechanism.at
        assert name in case.lenses["all-reasons"].uses
    assert case.mechanisms["later-activities"].of["nato"].bounds[0] < 0


def test_one_out_of_range_is_refused(tmp_path: Path):
    order = {"title": "Order", "kind": "advantage", "of": {"n": 2}, "at_cost_of": "west"}
    words = refused(written(tmp_path, mechanisms={"order": order}))
    assert "mechanisms.order.of.n: 2 is not from -1 to 1 (an advantage is from -1 to 1)" in words
    assert "mechanisms.order.at_cost_of: only recognition is won at somebody's cost" in words
