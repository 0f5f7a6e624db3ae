"""The gains room against closed forms and arguments on paper: who gains, by how much, in which channel."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.assessment.assess import read_case
from detente.case.index.by_year import analysed_years
from detente.case.index.membership import members_at_time
from detente.methods.chronology.edtf import Edtf
from detente.methods.networks.aggregation_technology import threshold_myerson_value
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.gravity_stakes import common_threat, compute_issue_stakes, gravity_weight
from detente.methods.networks.sign_bounds import signs_for_any_stakes
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import sample_model
from detente.rooms.gains.model.network.build_network import build_actor_network, party_capability
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.simulation import Simulation
from tests.cases.two_hub_case import LOST, block, gains, sums, written


def test_through_the_hub_as_on_paper(tmp_path):
    file = written(tmp_path, channels__bloc__exclusivity=1)
    a, b, c, _ = sums(LOST)
    e = 1 / LOST
    found = gains(file, "bloc", "hub")
    assert found["n"] == pytest.approx((e - 1) * (a + b) / 2 - (e * b / 6 + c / 12))
    assert found["r"] - found["n"] == pytest.approx(-(e - 1) * b / 2 + (e * b / 2 + c / 3))
    assert sum(found.values()) == pytest.approx((e - 1) * (a + b))


def test_partly_exclusive_as_on_paper(tmp_path):
    a, b, c, _ = sums(LOST)
    e, chi = 1 / LOST, 0.7
    found = gains(written(tmp_path), "bloc", "hub")
    assert found["n"] == pytest.approx((e - 1) * (a + b) / 2 - chi * (e * b / 6 + c / 12))
    assert found["r"] - found["n"] == pytest.approx(-(e - 1) * b / 2 + chi * (e * b / 2 + c / 3))


def test_as_one_as_on_paper(tmp_path):
    file = written(tmp_path, channels__bloc__exclusivity=1)
    a, b, c, _ = sums(LOST)
    e = 1 / LOST
    found = gains(file, "bloc", "collegiate")
    assert found["n"] == pytest.approx((e - 1) * (a + b) / 2 - c / 12)
    whole = (e - 1) * (a + b) / 2 + c / 12
    assert [found[name] for name in ("r", "j0", "j1", "j2")] == pytest.approx([whole / 4] * 4)


def test_shares_that_divide_are_kept_to(tmp_path):
    shares = [{"of": "costs", "held": {"r": 3}, "others": 1, "divides": True}]
    file = written(tmp_path, channels__bloc__exclusivity=1, organisations__east__shares=shares)
    found = gains(file, "bloc", "collegiate")
    assert found["r"] == pytest.approx(3 * found["j0"])


def test_rerouting_alone_is_redistribution(tmp_path):
    """Without efficiency what one loses others gain: the table of the plain model."""
    file = written(tmp_path, channels__bloc__exclusivity=1, issues__road__multilateral=0)
    a, b, c, d = sums()
    found = gains(file, "bloc", "hub")
    assert found["n"] == pytest.approx(-b / 6 - c / 12)
    assert found["r"] == pytest.approx(b / 3 + c / 4)
    assert sum(found.values()) == pytest.approx(0)
    model, values = block(file)
    total = float(values.issue_stakes.sum())
    bilateral = dict(
        zip(model.actor_network.actors, values.values[ChannelVariant("bilateral", "hub")][0, 0] * total, strict=True)
    )
    assert bilateral["n"] == pytest.approx((a + b) / 2 + c / 12)
    assert bilateral["r"] == pytest.approx((a + d) / 2 + c / 12)
    assert total == pytest.approx(a + b)


def test_brokerage_is_what_others_need_one_for(tmp_path):
    file = written(tmp_path, channels__bloc__exclusivity=1, issues__road__multilateral=0)
    a, b, c, _ = sums()
    model, found = block(file)
    at = model.actor_network.actors.index("r")
    assert found.mean_brokerage()[ChannelVariant("bloc", "hub")][at] == pytest.approx((b / 3 + c / 3) / (a + b))
    assert found.mean_brokerage()[ChannelVariant("bilateral", "hub")][at] == pytest.approx(c / 12 / (a + b))
    assert found.mean_brokerage()[ChannelVariant("bloc", "collegiate")] == pytest.approx(0)


def test_links_cost_and_decay_counts(tmp_path):
    file = written(tmp_path, network__link_cost=0.1, network__decay=0.5, issues__road__multilateral=0)
    a, b, *_ = sums()
    model, found = block(file)
    n = model.actor_network.actors.index("n")
    assert found.actor_link_costs[ChannelVariant("bilateral", "hub")][0, n] == pytest.approx(0.1 * 4 / 2)
    assert found.actor_link_costs[ChannelVariant("bloc", "hub")][0, n] == pytest.approx(0.1 * (0.7 * 1 + 0.3 * 4) / 2)
    east = [at for at in range(model.actor_network.n) if at != n]
    assert found.actor_link_costs[ChannelVariant("bloc", "collegiate")][0, east].sum() == pytest.approx(
        0.1 * (0.7 * 3.5 + 0.3 * 5)
    )
    sure = gains(
        written(tmp_path, network__decay=0.5, channels__bloc__exclusivity=1, issues__road__multilateral=0),
        "bloc",
        "hub",
    )
    c = sums()[2]
    in_bilateral = (a + b) / 2 + 0.5 * c / 12
    assert sure["n"] == pytest.approx(a / 2 + 0.5 * b / 3 - in_bilateral)


def test_threat_is_what_both_perceive(tmp_path):
    one = {"threat": {"east": 1, "west": 0}, "network__raised": 2}
    quiet = gains(written(tmp_path, network__raised=2), "bloc", "hub")
    assert gains(written(tmp_path, **one, network__threat_within=0), "bloc", "hub") == pytest.approx(quiet)
    both = written(tmp_path, threat={"east": 1, "west": 0.5}, network__raised=2, channels__bloc__exclusivity=1)
    a, b, c, _ = sums()
    inner = c * (1 + 2 * 1)  # the small among themselves perceive all of it
    before = 1 + 2 * 0.5 - (0.5 + 2 * 0.5) * (1 - 0.6)
    found = gains(both, "bloc", "hub")
    assert found["n"] == pytest.approx(2 * (a / 2 + b / 3) - before * (a + b) / 2 - inner / 12)
    without = written(
        tmp_path,
        threat={"east": 1, "west": 0.5},
        network__raised=2,
        channels__bloc__exclusivity=1,
        network__threat_within=0,
    )
    assert gains(without, "bloc", "hub")["n"] == pytest.approx(2 * (a / 2 + b / 3) - before * (a + b) / 2 - c / 12)


def test_a_channel_that_displaces_nothing_reroutes_nothing(tmp_path):
    file = written(tmp_path, channels__bloc__exclusivity=0, issues__road__multilateral=0)
    for form in ("hub", "collegiate"):
        assert gains(file, "bloc", form) == pytest.approx(dict.fromkeys(("r", "j0", "j1", "j2", "n"), 0.0), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 5), min_size=10, max_size=10))
def test_what_is_structural_holds_for_any_stakes(stakes):
    """Small members and N never gain by rerouting through R, R never loses, and all of it is redistribution."""
    from detente.methods.networks.myerson_blocks import block_shares

    hub = [(0, k) for k in range(1, 4)]
    bilateral = block_shares(Graph.from_links(5, [*hub, *((4, k) for k in range(4))]))
    bloc = block_shares(Graph.from_links(5, [*hub, (0, 4)]))
    assert signs_for_any_stakes(bloc, bilateral, [1.0, 0.7]) == ["never loses", *["never gains"] * 4]
    change = (bloc.sum(axis=0) - bilateral.sum(axis=0)) @ np.array(stakes)
    assert change[0] >= -1e-12
    assert (change[1:] <= 1e-12).all()
    assert change.sum() == pytest.approx(0, abs=1e-9)
    assert signs_for_any_stakes(bloc, bloc, [1.0]) == ["unmoved"] * 5


def test_substitutes_and_complements():
    """Any one of four bases, or all four: a union turns 0.8 into 0.5 and 0.2 into 0.5 for the user."""
    star = Graph.from_links(5, [(0, k) for k in range(1, 5)])
    each, union = list(range(5)), [0, 1, 1, 1, 1]
    pair = Graph.from_links(5, [(0, 1)])
    for needed, alone in ((1, 0.8), (4, 0.2)):
        assert threshold_myerson_value(star, each, [0], [1, 2, 3, 4], needed)[0][0] == pytest.approx(alone)
        assert threshold_myerson_value(pair, union, [0], [1, 2, 3, 4], needed)[0][0] == pytest.approx(0.5)


def test_many_players_of_a_threshold_are_sampled():
    star = Graph.from_links(20, [(0, k) for k in range(1, 20)])
    found, error = threshold_myerson_value(star, list(range(20)), [0], list(range(1, 20)), 19)
    assert found.sum() == pytest.approx(1)
    assert 0 < error < 0.02


def test_stakes_by_gravity():
    weight = gravity_weight(np.array([4.0, 1.0, 0.0]), np.array([0.5]), 4.0)
    assert weight.tolist() == [[1.0, 0.0, 0.0]]
    assert gravity_weight(np.array([4.0, 1.0, 0.0]), np.array([0.0]), 4.0, np.full((1, 3), np.log(2))).tolist() == [
        [2, 0, 0]
    ]
    assert gravity_weight(np.array([1e-200, 1e-200]), np.array([1.0]), 1.0) >= 0
    assert common_threat(np.array([[0.2, 0.5, 1.0]])).tolist() == [[0.2, 0.2, 0.5]]
    both, second = np.array([True, True]), np.array([False, True])
    numbers = (np.ones(1), np.array([4.0]), np.array([0.25]))
    found = compute_issue_stakes(np.ones((1, 2)), *numbers, np.array([[0.0, 0.5]]), both)
    assert found.amount.tolist() == [[1, 3]]
    assert found.joint_amount.tolist() == [[0.25, 2.25]]
    quiet = compute_issue_stakes(np.ones((1, 2)), *numbers, None, second)
    assert quiet.amount.tolist() == [[1, 1]]
    assert quiet.joint_amount.tolist() == [[0.25]]


def test_a_batch_is_the_same_alone(tmp_path):
    uncertain = {"uniform": [0.2, 0.9]}
    case = read_case(str(written(tmp_path, issues__road__multilateral=uncertain, network__spread=0.5))).case
    description = ChannelModel(case, build_actor_network(case, 2000)).description
    whole, part = (evaluate_gains(sample_model(description, indices)) for indices in (range(900), range(600, 900)))
    for run, values in part.values.items():
        assert values == pytest.approx(whole.values[run][:, 600:], abs=1e-15)
        assert not np.allclose(values, whole.values[run][:, :300])


def test_as_many_draws_as_asked_for(tmp_path):
    case = read_case(str(written(tmp_path))).case
    assert Simulation(ChannelModel(case, build_actor_network(case, 2000)), 1_500).result.draw_count == 1_500


def test_what_is_counted_is_counted_over_the_same_draws(tmp_path):
    case = read_case(str(written(tmp_path, issues__road__stakes={"uniform": [0.5, 1.5]}, network__spread=1.5))).case
    model = ChannelModel(case, build_actor_network(case, 2000))
    found = Simulation(model, 100).result.outcomes[ChannelVariant("bloc", "hub")]
    brokerage = {
        count: evaluate_gains(sample_model(model.description, range(count))).mean_brokerage() for count in (100, 3_000)
    }
    assert found.brokerage == pytest.approx(brokerage[100][ChannelVariant("bloc", "hub")])
    assert found.brokerage != pytest.approx(brokerage[3_000][ChannelVariant("bloc", "hub")], rel=1e-3)


def test_what_is_had_by_two_is_at_stake_twice(tmp_path):
    file = written(
        tmp_path,
        issues={"base": {"title": "A base", "stakes": 1, "technology": {"users": ["n", "r"], "providers": ["j0"]}}},
    )
    model, found = block(file)
    assert found.issue_stakes.sum() == 2
    for values in found.values.values():
        assert values.sum() <= 1 + 1e-12
    assert found.values[ChannelVariant("bilateral", "hub")].sum() == pytest.approx(1)
    assert model.user_count("base") == 2


def test_providers_that_are_not_there_provide_nothing(tmp_path):
    file = written(
        tmp_path, issues={"base": {"title": "A base", "stakes": 1, "technology": {"users": ["n"], "providers": ["j0"]}}}
    )
    case = yaml.safe_load(file.read_text())
    case["organisations"]["east"]["members"][1]["in"] = "2005/.."
    case["network"]["years"] = [2000, 2006]
    file.write_text(yaml.safe_dump(case))
    _, early = block(file, 2000)
    _, late = block(file, 2006)
    assert all((values == 0).all() for values in early.values.values())
    assert late.values[ChannelVariant("bilateral", "hub")].sum() == pytest.approx(1)


def test_a_leader_elsewhere_is_no_leader_here(tmp_path):
    file = written(tmp_path)
    case = yaml.safe_load(file.read_text())
    case["organisations"]["south"] = {"name": "South", "members": [{"actor": "j0", "in": "1990/.."}]}
    case["channels"]["none"]["links"].append(["south", "south"])
    file.write_text(yaml.safe_dump(case))
    read = read_case(str(file)).case
    found = build_actor_network(read, 2000)
    east = [found.actors[at] for at in range(found.n) if "east" in found.organisations_led[at]]
    assert east == ["r"]
    assert found.peripheral_pairs.sum() == 3


def test_an_organisation_divides_by_its_own_shares(tmp_path):
    shares = [{"of": "dues", "held": {"r": 1}, "others": 1, "divides": True}]
    own = [{"of": "costs", "held": {"r": 3}, "others": 1, "divides": True}]
    file = written(tmp_path, channels__bloc__exclusivity=1, organisations__east__shares=own)
    case = yaml.safe_load(file.read_text())
    members_ = case["organisations"]["east"]["members"]
    case["organisations"] = {"wide": {"name": "Wide", "members": members_, "shares": shares}, **case["organisations"]}
    case["channels"]["none"]["links"].append(["wide", "wide"])
    file.write_text(yaml.safe_dump(case))
    found = gains(file, "bloc", "collegiate")
    assert found["r"] == pytest.approx(3 * found["j0"])


def test_members_and_years_of_the_first_case():
    case = read_case("nato-csto").case
    assert analysed_years(case) == [2005, 2013, 2007]
    assert len(members_at_time(case, "csto", Edtf.parse("2005"))) == 6
    assert len(members_at_time(case, "csto", Edtf.parse("2007"))) == 7
    assert len(members_at_time(case, "nato", Edtf.parse("2005"))) == 26
    early, late = build_actor_network(case, 2005), build_actor_network(case, 2007)
    assert set(late.actors) - set(early.actors) == {"uzbekistan"}
    assert len(late.graphs_of("bilateral").own_graph.links) == 13
    assert late.graphs_of("bloc").collegiate_graph is not None
    opened = build_actor_network(case, 2007, {"nato": "star"})
    assert opened.n == 33
    assert not ChannelModel(case, opened).operators[1].graph.is_forest


def test_the_first_case_has_the_figures_of_the_dataset(shared):
    case = read_case("nato-csto").case
    held = case.capabilities["cinc"].held
    codes = {actor.cow: name for name, actor in case.actors.items() if actor.cow}
    with (shared / "data/nato_csto_2005.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["year"]) in held]
    checked = 0
    for row in rows:
        name = codes.get(int(row["ccode"]))
        if name in held[int(row["year"])]:
            assert held[int(row["year"])][name] == pytest.approx(float(row["cinc_nmc60"]), rel=2e-3)
            checked += 1
    assert checked == sum(len(figures) for figures in held.values()) == 110
    assert party_capability(case, 2005, "nato") == pytest.approx(0.310, abs=5e-4)
    assert sum(
        party_capability(case, 2005, each) or 0 for each in members_at_time(case, "csto", Edtf.parse("2005"))
    ) == pytest.approx(0.0473, abs=5e-5)
