"""Who accepts: the model against closed forms, and theories against each other, on a case on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.assessment.assess import read_case
from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.answers import answer_of_side
from detente.results.cells import cell_text
from detente.results.table import make_table
from detente.rooms.acceptance.findings import brief_words
from detente.rooms.acceptance.findings.brief_words import reason_sentences
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.acceptance.findings.mechanism_contributions import mechanism_contributions_finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.acceptance.model.decision.decision_makers import ALL_MECHANISMS, OWN_GAINS, DecisionMakers
from detente.rooms.acceptance.model.decision.mechanism_contributions import LeadingReasons, contributions_by_size
from detente.rooms.acceptance.model.decision.utility import point_estimate_utilities
from detente.rooms.acceptance.model.motives import _reading_of_amounts, zero_sum_index
from detente.rooms.acceptance.model.results import share_error
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.one_at_a_time import ChannelLever, zero_crossings
from detente.rooms.gains.model.one_at_a_time import channel_levers as levers_of
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import LOST, sums, written
from tests.oracles.two_hub_thresholds import (
    Stakes,
    Threat,
    efficiency_threshold,
    exclusivity_threshold,
    gain,
    lead,
    threat_gain,
    threat_threshold,
)

FINE = np.linspace(0, 1, 2_001)


def council_of(file: Path, **changes: str) -> DecisionMakers:
    case = read_case(str(file), changes={key.replace("__", "."): value for key, value in changes.items()}).case
    return DecisionMakers(ChannelModel(case, build_actor_network(case, 2000)))


def levers(council: DecisionMakers) -> list[ChannelLever]:
    return levers_of(council.model, council.offered_channel)


def minding(
    folder: Path, k: float = 0.0, free: float = 0.0, norms: float = 0.0, against: str = "r", **more: Any
) -> Path:
    """The case on paper, whose answering side minds what the leading member gains, and has fixed costs."""
    return written(
        folder,
        mechanisms={
            "envy": {"title": "Envy", "kind": "relative", "of": {"n": k}, "against": {"n": against}},
            "hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": free}},
            "values": {"title": "Values", "kind": "norms", "of": {"n": norms}},
        },
        **more,
    )


@pytest.mark.parametrize("form", ["hub", "collegiate"])
@pytest.mark.parametrize(("k", "free", "norms"), [(0, 0, 0), (0.5, 0, 0), (0.3, 0.02, 0.05), (1, 0.1, 0)])
def test_thresholds_by_formula_and_by_root_finding(form, k, free, norms, tmp_path: Path):
    """As in the closed forms of the plain model: e*, chi*, with concern and fixed costs."""
    council = council_of(minding(tmp_path, k, free, norms, against="r" if form == "hub" else "east"))
    whole = sum(sums()[:2])
    a, b, c, _ = (one / whole for one in sums())
    stakes = Stakes(a * LOST, b * LOST, c)
    run = council.model.variant_of("bloc", form)
    chi_lever, e_lever, *_ = levers(council)
    worth = answer_of_side(point_estimate_utilities(council, {chi_lever: FINE}), run, council.full_theory.uses)[0]
    e = 1 / LOST
    expected = gain(stakes, e, FINE, form) - k * lead(stakes, e, FINE, form) - free - norms * FINE
    assert worth == pytest.approx(expected, abs=1e-12)
    turn = exclusivity_threshold(stakes, e, k, free, norms, form)
    found = zero_crossings(FINE, worth)
    assert found == pytest.approx([turn] if 0 < turn < 1 else [], abs=1e-9)
    # And along what the channel gets done: e grows with it from what it leaves undone to all.
    worth = answer_of_side(point_estimate_utilities(council, {e_lever: FINE}), run, council.full_theory.uses)[0]
    ratio = (1 - 0.5 * (1 - FINE)) / LOST
    where = efficiency_threshold(stakes, 0.7, k, free + norms * 0.7, form)
    found = [float(np.interp(x, FINE, ratio)) for x in zero_crossings(FINE, worth)]
    better = FINE >= 0.6  # below, surviving links get more done than the channel does
    if ratio[better][0] < where < ratio[-1]:
        assert found[-1] == pytest.approx(where, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1.5), st.floats(0, 0.2), st.floats(0.1, 5), st.booleans())
def test_the_threat_from_which_it_turns(tmp_path_factory, k, free, raised, within):
    """T* by formula, by the model along the lever, and by what is worked out for every draw."""
    file = minding(tmp_path_factory.mktemp("t"), k, free, network__raised=raised, network__threat_within=float(within))
    council = council_of(file)
    whole = sum(sums()[:2])
    a, b, c, _ = (one / whole for one in sums())
    stakes, threat = Stakes(a, b, c), Threat(raised, 0.5, 0.6, float(within))
    run = council.offered_variants[0]
    lever = levers(council)[-1]
    worth = answer_of_side(point_estimate_utilities(council, {lever: FINE}), run, council.full_theory.uses)[0]
    expected = np.array([threat_gain(stakes, threat, t, 0.7, k, free) for t in FINE])
    assert worth == pytest.approx(expected, abs=1e-11)
    exact = threat_threshold(stakes, threat, 0.7, k, free)
    felt = float(simulate_acceptance(council.model, 100).threat_threshold[run, council.full_theory.id][0])
    if exact is None or exact == 0:
        assert felt == (np.inf if exact is None else 0)
    elif exact < 1 and worth[-1] > 1e-9:
        assert felt == pytest.approx(exact, abs=0.02)  # between steps the utility is taken to be straight


def test_swapped_labels_swap_answers(tmp_path: Path):
    lenses = {"x": {"title": "X", "uses": ["envy"]}, "y": {"title": "Y", "uses": ["hands"]}}
    swapped = {"x": {"title": "X", "uses": ["hands"]}, "y": {"title": "Y", "uses": ["envy"]}}
    found = []
    for number, given_ in enumerate((lenses, swapped)):
        folder = tmp_path / str(number)
        folder.mkdir()
        council = council_of(minding(folder, 0.6, 0.05, lenses=given_))
        one = simulate_acceptance(council.model, 100)
        found.append({name: one.answer_utility[council.offered_variants[0], name] for name in ("x", "y")})
    assert (found[0]["x"] == found[1]["y"]).all()
    assert (found[0]["y"] == found[1]["x"]).all()
    assert (found[0]["x"] != found[0]["y"]).all()


def test_a_theory_without_mechanisms_is_that_of_own_gains(tmp_path: Path):
    council = council_of(minding(tmp_path, 0.6, 0.05, lenses={"bare": {"title": "Nothing else"}}))
    assert [theory.id for theory in council.theories] == ["bare", ALL_MECHANISMS]
    found = simulate_acceptance(council.model, 100)
    caring = point_estimate_utilities(council)
    for run in council.offered_variants:
        own = caring.actor_gains(run, council.observed_variant(run))[0, council.actor_network.actors.index("n")]
        assert found.answer_utility[run, "bare"] == pytest.approx(own)
    plain = council_of(written(tmp_path))
    assert [theory.id for theory in plain.theories] == [OWN_GAINS]
    assert plain.full_theory == plain.absolute_gains


def test_recognition_is_won_at_somebodys_cost(tmp_path: Path):
    mechanisms = {"rank": {"title": "Rank", "kind": "recognition", "of": {"east": 0.1}, "at_cost_of": "n"}}
    council = council_of(written(tmp_path, mechanisms=mechanisms))
    part = (
        point_estimate_utilities(council)
        .utility_terms(council.offered_variants[0], council.observed_variant(council.offered_variants[0]))
        .mechanism_terms["rank"][0]
    )
    assert part.sum() == pytest.approx(0, abs=1e-15)
    assert part[council.actor_network.actors.index("n")] == pytest.approx(
        -0.1
    )  # a tenth of all that is at stake across
    assert (np.delete(part, council.actor_network.actors.index("n")) > 0).all()


def test_several_who_lose_share_what_one_wins(tmp_path: Path):
    """N has all that is at stake across, wins a tenth of it, and the four of the East lose a fourth of that each."""
    mechanisms = {"rank": {"title": "Rank", "kind": "recognition", "of": {"n": 0.1}, "at_cost_of": "east"}}
    council = council_of(written(tmp_path, mechanisms=mechanisms))
    part = (
        point_estimate_utilities(council)
        .utility_terms(council.offered_variants[0], council.observed_variant(council.offered_variants[0]))
        .mechanism_terms["rank"][0]
    )
    won = {actor: float(part[at]) for at, actor in enumerate(council.actor_network.actors)}
    assert won == pytest.approx({"n": 0.1, **dict.fromkeys(("r", "j0", "j1", "j2"), -0.025)})


def two_voices(folder: Path, of: str = "east", at_cost_of: str = "west") -> DecisionMakers:
    """N and M are one player, the West, and mind their free hands unlike; one side wins recognition from the other."""
    more = {
        "actors__m": {"name": "M", "kind": "state"},
        "organisations__west__members": [{"actor": name, "in": "1990/.."} for name in ("n", "m")],
        "network__as_one": ["west"],
        "capabilities__wagons__held": {2000: {"west": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5}},
        "channels__bilateral__links": [["r", "east"], ["west", "east"]],
        "mechanisms": {
            "rank": {"title": "Rank", "kind": "recognition", "of": {of: 0.1}, "at_cost_of": at_cost_of},
            "hands": {"title": "Hands", "kind": "autonomy", "of": {"west": 0.1, "m": 0.2}},
        },
    }
    return council_of(written(folder, **more), response__noise="0.04")


def test_who_sees_a_loss_with_other_eyes_loses_as_much(tmp_path: Path):
    """The East wins a tenth of what each of its members has, a tenth of all in sum, which both voices see lost."""
    council = two_voices(tmp_path)
    part = (
        point_estimate_utilities(council)
        .utility_terms(council.offered_variants[0], council.observed_variant(council.offered_variants[0]))
        .mechanism_terms["rank"][0]
    )
    lost = {voice.members: float(part[at]) for at, voice in enumerate(council.voters) if "west" in voice.organisations}
    assert lost == pytest.approx({("n",): -0.1, ("m",): -0.1})


def test_several_voices_of_one_player_win_once(tmp_path: Path):
    """The West has all that is at stake across, and wins a tenth of it; that two see it costs the East nothing more."""
    council = two_voices(tmp_path, of="west", at_cost_of="east")
    part = (
        point_estimate_utilities(council)
        .utility_terms(council.offered_variants[0], council.observed_variant(council.offered_variants[0]))
        .mechanism_terms["rank"][0]
    )
    assert [float(part[at]) for at in council.deciding_bodies["west"][1]] == pytest.approx([0.1, 0.1])
    assert [float(part[at]) for at in council.deciding_bodies["east"][1]] == pytest.approx([-0.025] * 4)


@pytest.mark.parametrize("order", [("r", "j0", "j1", "j2"), ("j2", "r", "j1", "j0")])
def test_one_player_wins_what_its_members_win_on_average(tmp_path: Path, order: tuple[str, ...]):
    """Of the East as one only j2 is recognised, in whatever order its members stand: a quarter of it is lost to N."""
    east = {"name": "East", "members": [{"actor": name, "in": "1990/.."} for name in order]}
    rank = {"rank": {"title": "Rank", "kind": "recognition", "of": {"j2": 0.2}, "at_cost_of": "n"}}
    settings = {"observed": "bilateral", "as_one": ["east"], "draws": 100}
    bloc = {"title": "Bloc", "links": [["n", "east"]], "joins": ["west", "east"]}
    file = written(tmp_path, organisations__east=east, mechanisms=rank, network=settings, channels__bloc=bloc)
    council = council_of(file)
    variant = council.offered_variants[0]
    terms = point_estimate_utilities(council).utility_terms(variant, council.observed_variant(variant))
    part = terms.mechanism_terms["rank"][0]
    assert float(part[council.first_voter_of("n")]) == pytest.approx(-0.2 / 4)


def test_noise_is_a_share_of_what_who_chooses_has_at_stake(tmp_path: Path):
    """Across, 9 x 4 = 36 and 9 x (1 + 2 + 0.5) = 31.5: N has all of it, R 36 / 67.5, the four of the East a fourth."""
    council = council_of(written(tmp_path), response__noise="0.04")
    caring = point_estimate_utilities(council)

    def noise(*actors: str) -> float:
        return float(caring.choice_noise([council.first_voter_of(actor) for actor in actors])[0])

    assert noise("n") == pytest.approx(0.04)
    assert noise("r") == pytest.approx(0.04 * 36 / 67.5)
    assert noise("r", "j0", "j1", "j2") == pytest.approx(0.01)
    assert noise("n", "r") == pytest.approx(0.04 * (1 + 36 / 67.5) / 2)


def test_several_voices_of_one_player_have_its_noise_once(tmp_path: Path):
    council = two_voices(tmp_path)
    west = council.deciding_bodies["west"][1]
    assert len(west) == 2
    caring = point_estimate_utilities(council)
    assert float(caring.choice_noise(west)[0]) == pytest.approx(0.04)
    assert float(caring.choice_noise([*west, council.first_voter_of("r")])[0]) == pytest.approx(
        0.04 * (1 + 36 / 67.5) / 2
    )


def test_regimes_scale_what_is_minded(tmp_path: Path):
    regimes = {"vote": {"title": "Votes", "held": {2000: {"n": 0.9, "r": 0.4, "j0": 0.1, "j1": 0.1, "j2": 0.2}}}}
    mechanisms = {
        "envy": {"title": "E", "kind": "relative", "of": {"n": 0.5}, "against": {"n": "r"}, "by_regime": "vote"},
        "values": {"title": "V", "kind": "norms", "of": {"n": 0.2}, "by_regime": "vote"},
        "shade": {"title": "S", "kind": "shield", "of": {"east": 0.2}, "by_regime": "vote"},
    }
    council = council_of(written(tmp_path, regimes=regimes, mechanisms=mechanisms))
    run = council.offered_variants[0]
    caring = point_estimate_utilities(council)
    weighed = caring.utility_terms(run, council.observed_variant(run))
    gains = caring.actor_gains(run, council.observed_variant(run))[0]
    at = {name: council.actor_network.actors.index(name) for name in ("n", "r", "j1")}
    assert weighed.mechanism_terms["envy"][0, at["n"]] == pytest.approx(-0.5 * 0.5 * (gains[at["r"]] - gains[at["n"]]))
    assert weighed.mechanism_terms["values"][0, at["n"]] == pytest.approx(-0.2 * (0.9 - 0.2) * 0.7)
    # The less one's own regime is like that of the other side, the more there is to be shielded from.
    standing = caring.stakes_across[0]
    assert weighed.mechanism_terms["shade"][0, at["r"]] == pytest.approx(0.2 * (0.9 - 0.4) * 0.7 * standing[at["r"]])
    assert weighed.mechanism_terms["shade"][0, at["j1"]] == pytest.approx(0.2 * (0.9 - 0.1) * 0.7 * standing[at["j1"]])


def test_what_is_forgone_elsewhere_follows_from_capabilities(tmp_path: Path):
    more = {
        "actors__x": {"name": "X", "kind": "state"},
        "capabilities__wagons__held": {2000: {"n": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5, "x": 2}},
        "outside": {"ties": {"title": "Ties", "of": "n", "partners": ["x"], "forgone": 0.5}},
    }
    council = council_of(written(tmp_path, **more))
    bare = council_of(written(tmp_path))
    run = council.offered_variants[0]
    lost = (
        answer_of_side(point_estimate_utilities(bare), run, bare.absolute_gains.uses)[0]
        - answer_of_side(point_estimate_utilities(council), run, council.full_theory.uses)[0]
    )
    a, b, _, _ = sums()
    # Half of what is at stake with it, less what dealings with one at a time leave undone, and half of that forgone.
    assert lost == pytest.approx(0.5 * LOST * (9 * 2) / (9 * 4) / (a + b) / 2)
    assert answer_of_side(point_estimate_utilities(council), run, council.absolute_gains.uses)[0] == pytest.approx(
        answer_of_side(point_estimate_utilities(bare), run, bare.absolute_gains.uses)[0]
    )


def test_a_member_that_differs_decides_by_consensus(tmp_path: Path):
    """In an organisation that is one player its members may see the same gain with other eyes."""
    members = [{"actor": "n", "in": "1990/.."}, {"actor": "m", "in": "1990/.."}]
    more = {
        "actors__m": {"name": "M", "kind": "state"},
        "organisations__west__members": members,
        "network__as_one": ["west"],
        "capabilities__wagons__held": {2000: {"west": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5}},
        "channels__bilateral__links": [["r", "east"], ["west", "east"]],
        "mechanisms": {
            "envy": {"title": "E", "kind": "relative", "of": {"west": 0.1, "m": 0.9}, "against": {"west": "r"}}
        },
    }
    council = council_of(written(tmp_path, **more))
    chamber, at = council.deciding_bodies["west"]
    assert [council.voters[n].members for n in at] == [("n",), ("m",)]
    run = council.offered_variants[0]
    caring = point_estimate_utilities(council)
    gains = caring.actor_gains(run, council.observed_variant(run))[0]
    west, r = council.actor_network.actors.index("west"), council.actor_network.actors.index("r")
    each = [gains[west] - k * (gains[r] - gains[west]) for k in (0.1, 0.9)]
    found, pivot, _ = answer_of_side(caring, run, council.full_theory.uses)
    assert found[0] == pytest.approx(min(each))
    assert chamber.voices[int(pivot[0])] == ("m",)


def test_payments_win_members_and_are_taken_from_the_leader(tmp_path: Path):
    council = council_of(written(tmp_path))
    found = simulate_acceptance(council.model, 100)
    key = (council.offered_variants[0], council.absolute_gains.id)
    bargain = found.bargains[key]
    members, each = bargain.member_utilities[0], bargain.payment_by_voter[0]
    assert (members[1:] < 0).all()
    assert each[1:] == pytest.approx(-members[1:])
    assert bargain.total_payment[0] == pytest.approx(each.sum())
    assert bargain.leader_remainder[0] == pytest.approx(members[0] - each.sum())
    assert bargain.consents.all()
    nothing = council_of(written(tmp_path, response__transfers=0))
    assert np.isinf(simulate_acceptance(nothing.model, 100).bargains[key].total_payment).all()
    assert not simulate_acceptance(nothing.model, 100).bargains[key].consents.any()
    half = council_of(written(tmp_path, response__transfers=0.5))
    assert simulate_acceptance(half.model, 100).bargains[key].total_payment[0] == pytest.approx(2 * each.sum())


def test_who_minds_what_the_leader_keeps_is_paid_less(tmp_path: Path):
    """J0 minds by a half what R has more: of each unit that R gives away, half of it arrives.

    A payment p0 is worth (1 + k) p0 to J0, and the k / t that R loses by each unit paid to anybody is worth as much;
    J1 and J2, who mind nothing, are paid what they lose.
    """
    k, t = 0.5, 0.5
    mechanisms = {"envy": {"title": "Envy", "kind": "relative", "of": {"j0": k}, "against": {"j0": "r"}}}
    council = council_of(written(tmp_path, mechanisms=mechanisms, response__transfers=t))
    found = simulate_acceptance(council.model, 100)
    key = (council.offered_variants[0], council.full_theory.id)
    bargain = found.bargains[key]
    r, j0, j1, j2 = bargain.member_utilities[0]
    assert max(j0, j1, j2) < 0
    p0 = (-j0 - k / t * (-j1 - j2)) / (1 + k + k / t)
    assert p0 > 0
    assert bargain.payment_by_voter[0] == pytest.approx([0, p0, -j1, -j2])
    assert bargain.total_payment[0] == pytest.approx((p0 - j1 - j2) / t)
    assert bargain.leader_remainder[0] == pytest.approx(r - (p0 - j1 - j2) / t)


def test_more_draws_begin_with_the_same(tmp_path: Path):
    case = read_case("two-leagues").case
    model = ChannelModel(case, build_actor_network(case, 1408))
    few, many = simulate_acceptance(model, 300), simulate_acceptance(model, 2_500)
    for key, found in few.answer_utility.items():
        assert (found == many.answer_utility[key][:300]).all()


@pytest.mark.parametrize(("one", "other", "expected"), [(1, -1, 1), (1, 1, 0), (1, 0, 0), (-2, 1, 2 / 3), (0, 0, None)])
def test_the_zero_sum_index(one, other, expected):
    assert zero_sum_index(one, other) == (pytest.approx(expected) if expected is not None else None)


def test_shares_of_draws_have_errors():
    """And a reader sees them in per cent, with one digit."""
    assert share_error(0.5, 100) == pytest.approx(0.05)
    assert share_error(0.0, 100) == 0
    assert share_cells("accepts", None, 0) == {}
    table = make_table([share_column("accepts")], [share_cells("accepts", share, 100) for share in (0.5, 0.0)])
    assert [cell_text(table.columns[0], row) for row in table.records()] == ["50.0 ± 5.0", "0.0"]


def test_reasons_that_favour_the_offer_are_told_as_well(tmp_path: Path):
    """Where recognition alone makes the other side accept, nothing is said to be refused for several reasons."""
    rank = {"rank": {"title": "Rank", "kind": "recognition", "of": {"n": 0.5}}}
    council = council_of(written(tmp_path, mechanisms=rank, channels__bilateral__efficiency=0.95))
    tell = AcceptanceLabels(simulate_acceptance(council.model, 100), CaseLabels(council.case))
    assert not tell.result.accepting_draws(council.offered_variants[0], council.absolute_gains).any()
    assert tell.result.accepting_draws(council.offered_variants[0], council.full_theory).all()
    first = contributions_by_size(tell.result)[0]
    assert first.alone[0].acceptances_decided == 1
    assert first.shared[0] is not None
    assert first.shared[0].acceptance == pytest.approx(1)
    finding = mechanism_contributions_finding(tell)
    assert "They bring a yes in every simulation without a gain of its own." in finding.says
    assert "Rank weighs most for it." in finding.says
    assert finding.short_answer == "rank"
    assert "several reasons refuse" not in finding.says
    assert "above all rank, bring a yes without a gain in 100 of 100 simulations" in reason_sentences(tell)[-1]


@pytest.mark.parametrize("shares", [{"rank": -1.0}, {"rank": 0.5, "other": -0.5}, {}])
def test_reasons_that_pull_the_other_way_are_not_named_for_what_they_do_not_do(
    shares: dict[str, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """All that cannot be told apart are named or none, and only if each of them does what is said of them."""
    rank = {"rank": {"title": "Rank", "kind": "recognition", "of": {"n": 0.5}}}
    council = council_of(written(tmp_path, mechanisms=rank, channels__bilateral__efficiency=0.95))
    tell = AcceptanceLabels(simulate_acceptance(council.model, 100), CaseLabels(council.case))
    monkeypatch.setattr(brief_words, "leading_reasons", lambda result, variant: LeadingReasons(variant, 0.0, shares))
    assert "above all" not in reason_sentences(tell)[-1]
    assert "bring a yes without a gain in 100 of 100 simulations" in reason_sentences(tell)[-1]


def test_the_main_theory_may_be_that_of_own_gains(tmp_path: Path):
    lenses = {"lib": {"title": "Own", "main": True}, "real": {"title": "Envy", "uses": ["envy"]}}
    council = council_of(minding(tmp_path, 0.6, lenses=lenses))
    assert council.full_theory.id == council.absolute_gains.id == "lib"


@pytest.mark.parametrize(
    ("first", "second", "index", "reading"),
    [
        (0.1, -0.1, 0.6, "opposed"),
        (0.1, 0.1, 0.4, "common"),
        (0.1, 0.1, 0.5, "neither"),
        (0.1, 0.1, 0.45, "neither"),
        (0.1, -0.05, 0.55, "neither"),
        (0.1, 0.0, 0.0, "neither"),
        (0.0, 0.0, None, "neither"),
    ],
)
def test_what_two_amounts_amount_to(first: float, second: float, index: float | None, reading: str):
    """Clearly opposed or clearly common only a tenth away from the middle, and common only where both win."""
    assert _reading_of_amounts(first, second, index) == reading
