"""Who pays for a yes inside a side, whichever side asks; and what stays as it is where both sides change places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from detente import read_case
from detente.case.schema.case import Case
from detente.methods.offer_model.answers import ANSWERING, answer_of_side, bargain_inside, decide_answer
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.methods.offer_model.offer_answers import OfferAnswers
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, point_estimate_utilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import written

UNCERTAIN = {"uniform": [0.2, 1]}


def mirrored(folder: Path, offering: str, **numbers: Any) -> Case:
    """Two organisations of a leader and two small members each, alike in all, of which one offers."""
    answering = {"left": "right", "right": "left"}[offering]
    members = {side: [f"{side}-lead", f"{side}-a", f"{side}-b"] for side in ("left", "right")}
    wagons = {name: value for names in members.values() for name, value in zip(names, (4, 2, 1), strict=True)}
    inside = [[f"{side}-lead", side] for side in members]
    case = {
        **{"case": "mirror", "title": "Mirror", "question": "Who accepts?", "period": "2000"},
        "actors": {name: {"name": name, "kind": "state"} for names in members.values() for name in names},
        "organisations": {
            side: {"name": side, "members": [{"actor": name, "in": "1990/.."} for name in names]}
            for side, names in members.items()
        },
        "sides": [offering, answering],
        "issues": {"road": {"title": "The road", "stakes": 1, "multilateral": 0.5}},
        "capabilities": {"wagons": {"title": "Wagons", "held": {2000: wagons}}},
        "channels": {
            "none": {"title": "Nothing", "links": inside},
            "one-by-one": {"title": "One by one", "links": [*inside, ["left", "right"]], "efficiency": 0.6},
            "bloc": {
                **{"title": "Bloc", "links": inside, "joins": ["left", "right"], "displaces": "one-by-one"},
                "exclusivity": numbers.get("exclusivity", 0.7),
            },
        },
        "network": {"observed": "one-by-one", "gravity": numbers.get("gravity", 0.5), "draws": 2048},
        "mechanisms": {
            "free-hands": {
                **{"title": "Free hands", "kind": "autonomy"},
                "of": {side: numbers.get("cost", 0.02) for side in ("left", "right")},
            },
            "envy": {"title": "Envy", "kind": "relative", "of": dict.fromkeys(("left", "right"), 0.3)},
        },
    }
    file = folder / f"{offering}.yaml"
    file.write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    return read_case(str(file)).case


def utilities_of(case: Case) -> VoterUtilities:
    """A case at its central estimates."""
    return point_estimate_utilities(DecisionMakers(ChannelModel(case, build_actor_network(case, 2000))))


def test_both_sides_in_each_others_place_answer_alike_at_the_central_estimates(tmp_path: Path):
    left, right = (utilities_of(mirrored(tmp_path, side)) for side in ("left", "right"))
    seen = 0
    for theory in left.deciders.theories:
        for variant in left.deciders.offered_variants:
            first, second = (decide_answer(one, variant, theory.uses) for one in (left, right))
            assert first.answer_utility == pytest.approx(second.answer_utility, abs=1e-12)
            assert first.grave_utility == pytest.approx(second.grave_utility, abs=1e-12)
            offers = [bargain_inside(one, variant, theory.uses) for one in (left, right)]
            assert offers[0].leader_remainder == pytest.approx(offers[1].leader_remainder, abs=1e-12)
            assert offers[0].total_payment == pytest.approx(offers[1].total_payment, abs=1e-12)
            seen += 1
    assert seen == 4


def test_they_do_so_within_errors_where_numbers_are_drawn(tmp_path: Path):
    numbers = {"exclusivity": UNCERTAIN, "gravity": UNCERTAIN, "cost": {"uniform": [0, 0.1]}}
    first, second = (answer_offer(mirrored(tmp_path, side, **numbers), 2048) for side in ("left", "right"))
    between = 0
    for key, accepts in first.strict.items():
        error = np.hypot(accepts.std(), second.strict[key].std()) / np.sqrt(len(accepts))
        assert abs(accepts.mean() - second.strict[key].mean()) <= 4 * error + 1e-12
        between += 0 < accepts.mean() < 1
    assert between


def shares(case: Case) -> OfferAnswers:
    return answer_offer(case, case.network.draws)


def swapped(folder: Path, **more: Any) -> Case:
    """The case on paper, where N offers and the side of R, who could pay the small, answers."""
    return read_case(str(written(folder, sides=["west", "east"], **more))).case


def test_the_leader_of_the_side_that_answers_pays_as_it_does_where_that_side_offers(tmp_path: Path):
    """With full transfers R pays the small exactly what they lack, and the answer is what it keeps."""
    case = swapped(tmp_path)
    utilities = utilities_of(case)
    theory = utilities.deciders.absolute_gains
    (hub, *_) = utilities.deciders.offered_variants
    terms = utilities.utility_terms(hub, utilities.deciders.observed_variant(hub))
    names = utilities.deciders.actor_network.actors
    gain = dict(zip(names, terms.own_gain[0].tolist(), strict=True))
    small = [gain[name] for name in ("j0", "j1", "j2")]
    assert max(small) < 0 < gain["r"] + sum(small)
    answer = answer_of_side(utilities, hub, theory.uses)
    assert answer.utility[0] == pytest.approx(gain["r"] + sum(small), abs=1e-12)
    assert answer.is_paid_for[0]
    offering = utilities_of(read_case(str(written(tmp_path))).case)
    bargain = bargain_inside(offering, hub, offering.deciders.absolute_gains.uses)
    assert bargain.leader_remainder == pytest.approx(answer.utility, abs=1e-12)


def test_it_does_not_where_the_case_says_so_or_nothing_arrives(tmp_path: Path):
    for response in ({"payments": "offering-side"}, {"transfers": 0}):
        utilities = utilities_of(swapped(tmp_path, response=response))
        (hub, *_) = utilities.deciders.offered_variants
        answer = answer_of_side(utilities, hub, utilities.deciders.absolute_gains.uses)
        assert answer.utility[0] < 0
        assert not answer.is_paid_for[0]


def test_it_pays_only_as_long_as_it_gains(tmp_path: Path):
    """With half of a payment lost on the way, R keeps so much less; and where that is more than it gains, says no."""
    worth = []
    for transfers in (1, 0.8, 0.3):
        utilities = utilities_of(swapped(tmp_path, response={"transfers": transfers}))
        (hub, *_) = utilities.deciders.offered_variants
        worth.append(float(answer_of_side(utilities, hub, utilities.deciders.absolute_gains.uses).utility[0]))
    assert worth[0] > worth[1] > 0
    utilities = utilities_of(swapped(tmp_path))
    (hub, *_) = utilities.deciders.offered_variants
    gains = utilities.utility_terms(hub, utilities.deciders.observed_variant(hub)).own_gain[0]
    lacking = sum(-gain for gain in gains if gain < 0)
    assert worth[0] - worth[1] == pytest.approx(lacking * (1 / 0.8 - 1), abs=1e-12)
    too_little = float(0.9 * lacking / max(gains.tolist()))
    costly = utilities_of(swapped(tmp_path, response={"transfers": too_little}))
    answer = answer_of_side(costly, hub, costly.deciders.absolute_gains.uses)
    assert answer.utility[0] < 0
    assert not answer.is_paid_for[0]


def test_reasons_and_issues_are_told_with_payments_counted(tmp_path: Path):
    """Leaving out a reason, the sum of what reasons account for, and a single issue go by the same rule."""
    envy = {"envy": {"title": "Envy", "kind": "relative", "of": {"east": 0.4}, "against": {"east": "r", "r": "n"}}}
    utilities = utilities_of(swapped(tmp_path, mechanisms=envy))
    deciders = utilities.deciders
    (hub, *_) = deciders.offered_variants
    terms = utilities.utility_terms(hub, deciders.observed_variant(hub))
    side = DecidingSide(utilities.draws, utilities.decision.sides[ANSWERING])
    whole = side.position(terms, ["envy"])
    assert side.answer(whole - side.added_position(terms, "envy")).utility == pytest.approx(
        answer_of_side(utilities, hub, deciders.absolute_gains.uses).utility, abs=1e-12
    )
    assert side.answer(whole).utility == pytest.approx(
        answer_of_side(utilities, hub, deciders.full_theory.uses).utility, abs=1e-12
    )


def test_links_that_cost_nothing_save_nothing(tmp_path: Path):
    """What is saved on links is all that their cost adds: exactly, and the rest is the same to the letter."""
    costless, costly = (
        utilities_of(read_case(str(written(tmp_path, network__link_cost=cost))).case) for cost in (0, 0.02)
    )
    for variant in costless.deciders.offered_variants:
        base = costless.deciders.observed_variant(variant)
        assert not costless.link_savings(variant, base).any()
        saved = costly.link_savings(variant, base)
        assert saved.any()
        gains = [one.utility_terms(variant, base).own_gain for one in (costless, costly)]
        assert gains[1] - gains[0] == pytest.approx(saved, abs=1e-12)


def test_nato_gains_less_often_where_links_cost_nothing():
    """Part of what it would gain is what it would no longer spend on partnerships: 29 of 100, and not 60."""
    case = read_case("nato-csto").case
    costless = read_case("nato-csto", scenario="costless-links").case
    with_costs, without = (answer_offer(one, 2048).strict["collegiate", "as-liberals"] for one in (case, costless))
    assert with_costs.mean() == pytest.approx(0.60, abs=0.02)
    assert without.mean() == pytest.approx(0.29, abs=0.02)
