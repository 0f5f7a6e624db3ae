"""Channels that open others: what comes of the links that they make possible, and how likely that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import read_case
from detente.assessment.assess import assess
from detente.methods.networks.communication_graph import Graph
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.variants import PossibleGraph
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.simulation import Simulation
from detente.rooms.gains.model.solution_concepts import gains_by_concept
from detente.rooms.gains.model.structural_signs import structural_signs
from tests.cases.two_hub_case import gains, written
from tests.rooms.gains.test_gains_input import refused

COUNCIL: dict[str, Any] = {"title": "Council", "links": [["r", "east"], ["n", "j0"]], "efficiency": 0.9}
OFFER: dict[str, Any] = {"title": "Bloc", "links": [["r", "east"]], "joins": ["west", "east"], "efficiency": 0.7}


def offered_gains(folder: Path, form: str = "hub", **offer: Any) -> dict[str, float]:
    """What each gains by a channel that opens the council, or not."""
    file = written(folder, channels__bloc=OFFER | offer, channels__council=COUNCIL)
    return gains(file, "bloc", form)


@pytest.mark.parametrize("form", ["hub", "collegiate"])
def test_what_is_surely_opened_is_a_channel_of_both_links(tmp_path: Path, form: str):
    """What takes all members is done through whichever does more of it; nobody answers as one beside other links."""
    opened = offered_gains(tmp_path, form, opens="council")
    joined = OFFER | {"links": [*OFFER["links"], *COUNCIL["links"], ["n", "r"]], "joins": [], "efficiency": 0.9}
    by_hand = gains(written(tmp_path, channels__bloc=joined), "bloc", "hub")
    assert opened == pytest.approx(by_hand, abs=1e-12)


def test_what_is_never_opened_changes_nothing(tmp_path: Path):
    for form in ("hub", "collegiate"):
        assert offered_gains(tmp_path, form, opens="council", opening=0) == pytest.approx(
            offered_gains(tmp_path, form), abs=1e-15
        )


@pytest.mark.parametrize("displaces", [None, "bilateral"])
def test_gains_are_linear_in_the_chance_of_opening(tmp_path: Path, displaces: str | None):
    more: dict[str, Any] = {"displaces": displaces, "exclusivity": 0.6} if displaces else {}
    for form in ("hub", "collegiate"):
        never, half, surely = (
            offered_gains(tmp_path, form, opens="council", opening=chance, **more) for chance in (0, 0.25, 1)
        )
        for actor, gain in half.items():
            assert gain == pytest.approx(0.75 * never[actor] + 0.25 * surely[actor], abs=1e-12)


@given(exclusivity=st.floats(0, 1), opening=st.floats(0, 1))
def test_the_chances_of_all_graphs_add_up_to_one(exclusivity: float, opening: float):
    graph = Graph.from_links(2, [(0, 1)])
    graphs = [PossibleGraph(graph, (), keeps, opens) for keeps in (False, True) for opens in (False, True)]
    chances = [possible.probability(exclusivity, opening) for possible in graphs]
    assert min(chances) >= 0
    assert sum(chances) == pytest.approx(1, abs=1e-12)


@settings(max_examples=15, deadline=None)
@given(opening=st.sampled_from([0, 0.5, 1, {"uniform": [0, 1]}]), efficiency=st.sampled_from([0.2, 0.6, 1]))
def test_what_is_built_in_holds_in_every_draw(
    tmp_path_factory: pytest.TempPathFactory, opening: Any, efficiency: float
):
    offer = OFFER | {"opens": "council", "opening": opening, "displaces": "bilateral", "efficiency": efficiency}
    file = written(
        tmp_path_factory.mktemp("opened"),
        channels__bloc=offer,
        channels__council=COUNCIL,
        network__spread=1,
        network__decay={"uniform": [0.5, 1]},
        network__draws=300,
    )
    case = read_case(str(file)).case
    model = ChannelModel(case, build_actor_network(case, 2000))
    year = Simulation(model, 300).result
    for variant in year.distinct_variants:
        outcome = year.outcomes[variant]
        for actor, sign in enumerate(structural_signs(year, variant)):
            if sign:
                wrong_way = outcome.loss_frequency if sign > 0 else outcome.gain_frequency
                assert wrong_way[actor] == 0


def test_other_solution_concepts_know_of_it(tmp_path: Path):
    """The Myerson value among them is that of the draws at the central estimates."""
    file = written(tmp_path, channels__bloc=OFFER | {"opens": "council", "opening": 0.4}, channels__council=COUNCIL)
    case = read_case(str(file)).case
    year = Simulation(ChannelModel(case, build_actor_network(case, 2000)), 100).result
    for variant, concepts in gains_by_concept(year, "bloc").items():
        gained = np.array(list(gains(file, "bloc", variant.form).values()))
        myerson = concepts[0].gains
        assert myerson == pytest.approx(gained / np.abs(gained).sum() * np.abs(myerson).sum(), abs=1e-12)


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        ({"opens": "bloc"}, "channels.bloc.opens: a channel cannot open itself"),
        ({"opens": "bilateral"}, "channels.bloc.opens: 'bilateral' is what there is already"),
        ({"opens": "council", "displaces": "council"}, "channels.bloc.opens: 'council' is displaced by it, too"),
        ({"opening": 0.5}, "channels.bloc.opening: the opening of what?"),
        ({"opens": "council", "opening": 2}, "channels.bloc.opening: 2 is not from 0 to 1"),
        ({"opens": "counsel"}, "no channel 'counsel' (did you mean 'council'?)"),
    ],
)
def test_an_opening_that_cannot_be_is_refused(tmp_path: Path, offer: dict[str, Any], words: str):
    assert words in refused(written(tmp_path, channels__bloc=OFFER | offer, channels__council=COUNCIL))


def test_the_present_channel_opens_nothing(tmp_path: Path):
    bilateral = {"title": "Bilateral", "links": [["r", "east"], ["n", "east"]], "opens": "council"}
    words = refused(written(tmp_path, channels__bilateral=bilateral, channels__council=COUNCIL))
    assert "channels.bilateral.opens: gains are counted from 'bilateral', which cannot have opens" in words


def test_that_it_always_opens_is_told_unless_the_case_says_so(tmp_path: Path):
    for opening, is_told in ((None, True), (0.5, False)):
        offer = OFFER | {"opens": "council"} | ({} if opening is None else {"opening": opening})
        file = written(tmp_path, channels__bloc=offer, channels__council=COUNCIL)
        assert ("Bloc always opens Council." in assess(read_case(str(file))).assumptions) == is_told
