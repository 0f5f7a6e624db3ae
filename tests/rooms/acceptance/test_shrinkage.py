"""Recognition and autonomy by channels that do not displace, or do not go deep."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import CaseError, read_case
from detente.methods.bargaining.relative_gains import remaining_share
from detente.methods.offer_model.answers import answer_of_side
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import point_estimate_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.one_at_a_time import channel_levers
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import LOST, sums, written
from tests.conftest import edit
from tests.oracles.two_hub_thresholds import Stakes, gain

FINE = np.linspace(0, 1, 201)
FREE, WON = 0.03, 0.02


def deciders_of(file: Path) -> DecisionMakers:
    case = read_case(str(file)).case
    return DecisionMakers(ChannelModel(case, build_actor_network(case, 2000)))


@pytest.mark.parametrize(("by_exclusivity", "by_depth", "depth"), [(0, 0, 1), (1, 0, 1), (0.4, 0.5, 0.2), (0, 1, 0)])
def test_the_utility_by_formula(tmp_path: Path, by_exclusivity: float, by_depth: float, depth: float):
    """As in the closed form of the plain model, with costs of being bound that shrink, along exclusivity."""
    hands = {
        "title": "Free hands",
        "kind": "autonomy",
        "of": {"n": FREE},
        "shrinks_with": {"exclusivity": by_exclusivity, "depth": by_depth},
    }
    standing = {"title": "Standing", "kind": "recognition", "of": {"n": WON}}
    file = written(tmp_path, mechanisms={"hands": hands, "standing": standing}, channels__bloc__depth=depth)
    deciders = deciders_of(file)
    lever, *_ = channel_levers(deciders.model, deciders.offered_channel)
    run = deciders.model.variant_of("bloc", "hub")
    worth = answer_of_side(point_estimate_utilities(deciders, {lever: FINE}), run, deciders.full_theory.uses)[0]
    whole = sum(sums()[:2])
    a, b, c, _ = (one / whole for one in sums())
    bound = FREE * (1 - by_exclusivity * (1 - FINE)) * (1 - by_depth * (1 - depth))
    expected = gain(Stakes(a * LOST, b * LOST, c), 1 / LOST, FINE, "hub") - bound + WON  # standing does not shrink
    assert worth == pytest.approx(expected, abs=1e-12)


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_left_is_a_share_and_falls_with_either(by_exclusivity: float, by_depth: float):
    left = remaining_share(by_exclusivity, by_depth)
    assert 0 <= left <= 1
    assert left <= remaining_share(0.0, by_depth)
    assert left <= remaining_share(by_exclusivity, 0.0)


def test_a_channel_that_displaces_nothing_is_not_exclusive(tmp_path: Path):
    """Whatever its exclusivity says: nothing is taken the place of."""
    hands = {"title": "Free hands", "kind": "autonomy", "of": {"n": FREE}, "shrinks_with": {"exclusivity": 1}}
    worth = []
    for mechanisms in ({"hands": hands}, {"hands": {**hands, "of": {"n": 0}}}):
        deciders = deciders_of(
            written(tmp_path, mechanisms=mechanisms, channels__bloc__displaces=None, channels__bloc__exclusivity=None)
        )
        utilities, run = point_estimate_utilities(deciders), deciders.model.variant_of("bloc", "hub")
        worth.append(answer_of_side(utilities, run, deciders.full_theory.uses)[0])
    assert worth[0] == pytest.approx(worth[1], abs=1e-15)


@pytest.mark.parametrize(
    ("old", "new", "path", "told"),
    [
        (
            "    kind: relative\n",
            "    kind: relative\n    shrinks_with: {depth: 1}\n",
            "envy.shrinks_with",
            "not shrink",
        ),
        ("    kind: autonomy\n", "    kind: autonomy\n    shrinks_with: {depth: 2}\n", "depth", "2 is not from 0 to 1"),
        ("    kind: autonomy\n", "    kind: autonomy\n    shrinks_with: {width: 1}\n", "width", "unknown"),
    ],
)
def test_what_cannot_shrink_so_is_refused(leagues: Path, old: str, new: str, path: str, told: str):
    edit(leagues, (old, new))
    with pytest.raises(CaseError) as caught:
        read_case(str(leagues))
    (problem,) = caught.value.problems
    assert problem.path.endswith(path)
    assert told in str(problem)


def test_a_depth_that_counts_for_nothing_is_warned_of(leagues: Path):
    edit(leagues, ("    exclusivity: {uniform: [0.3, 1]", "    depth: 0.5\n    exclusivity: {uniform: [0.3, 1]"))
    (warning,) = read_case(str(leagues)).warnings
    assert warning.path == "channels.league-to-league.depth"
    assert "this does nothing: no mechanism shrinks with depth" in str(warning)
    edit(leagues, ("    kind: autonomy\n", "    kind: autonomy\n    shrinks_with: {depth: 1}\n"))
    assert not read_case(str(leagues)).warnings
