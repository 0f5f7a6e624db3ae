"""What becomes of offers: held against the acceptance room, against formulas, and against each other."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import agreement, read_case
from detente.assessment.agreement import offer_fate
from detente.case.schema.case import Case
from detente.errors import UnknownName
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.offer_model.offer_packages import ChannelParts, OfferScales
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.offer_draws import NO_EXTRAS, OfferBatch, OfferExtras
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.rooms.agreement.model.offer_formats import OfferFormat
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import LOST, written

SIDE_BY_SIDE: dict[str, Any] = {
    "title": "Side by side",
    "links": [["r", "east"]],
    "joins": ["west", "east"],
    "displaces": "bilateral",
    "exclusivity": 0,
    "efficiency": 0.9,
}
TWO_ISSUES: dict[str, Any] = {"road": {"title": "Road", "stakes": 1, "multilateral": 0.5}}
TWO_ISSUES |= {"well": {"title": "Well", "stakes": 2, "multilateral": 0.5}}


def offers_in(case: Case, count: int = 64) -> OfferBatch:
    """Offers in the first draws of a case."""
    model = ChannelModel(case, build_actor_network(case, 2000))
    deciders = DecisionMakers(model)
    return OfferBatch.of_gains(deciders, evaluate_gains(sample_model(model.description, range(count))))


def paper(folder: Path, **more: Any) -> Case:
    return read_case(str(written(folder, **more))).case


def format_of(offers: OfferBatch, channel: str, *clauses: str, depth: str | None = None) -> OfferFormat:
    variant = next(one for one in offers.deciders.model.variants if one.channel == channel)
    return OfferFormat(variant, depth, clauses)


@cache
def model_of(name: str) -> AgreementModel:
    model = agreement(read_case(name))
    assert model is not None
    return model


def plain_fates(model: AgreementModel) -> list[OfferFate]:
    channel = model.deciders.offered_channel
    return [
        fate
        for fate in model.agenda_fates
        if fate.asked.format.variant.channel == channel
        and not fate.asked.format.clauses
        and not fate.asked.format.depth
    ]


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_the_whole_agenda_without_clauses_is_the_offer_of_the_acceptance_room(name: str):
    model = model_of(name)
    result = model.acceptance.years[-1]
    for fate in plain_fates(model):
        variant = fate.asked.format.variant
        for theory, found in zip(result.deciders.theories, fate.by_theory, strict=True):
            assert found.theory == theory.id
            assert found.answered == pytest.approx(result.acceptance_share(variant, theory), abs=1e-12)
        main = result.deciders.full_theory
        parts = result.accepting_parts[variant, main.id]
        assert fate.replied == pytest.approx(parts.mean(), abs=1e-9)
        consents = result.bargains[variant, main.id].consents
        assert fate.main.offered <= consents.mean()
        assert fate.main.agreed <= min(fate.main.answered, fate.main.offered)


def test_shares_of_refusals_add_up():
    for fate in model_of("nato-csto").fates:
        refusals = fate.refusals
        total = fate.main.agreed + refusals.answering_only + refusals.offering_only + refusals.both
        assert total == pytest.approx(1)
        assert sum(refusals.by_voice.values()) == pytest.approx(1 - fate.main.answered)


def test_a_package_is_the_sum_that_is_searched(tmp_path: Path):
    """What one offer is worth, and what the search counts: the same numbers by two ways through the code."""
    clause = {"quiet": {"title": "Quiet", "recognises": 0.25, "binds": 0.5, "holds": {"uniform": [0, 1]}}}
    mechanisms = {
        "hands": {"title": "Hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.3]}, "east": 0.1}},
        "rank": {"title": "Rank", "kind": "recognition", "of": {"n": 0.1}},
        "envy": {"title": "Envy", "kind": "relative", "of": {"n": {"uniform": [0, 1]}}, "against": {"n": "r"}},
    }
    case = paper(tmp_path, issues=TWO_ISSUES, clauses=clause, mechanisms=mechanisms, channels__mixed=SIDE_BY_SIDE)
    offers = offers_in(case)
    uses = ("hands", "rank", "envy")
    for channel in ("bloc", "mixed"):
        format = format_of(offers, channel, "quiet")
        for issues in (["road"], ["well"], ["road", "well"]):
            row = np.array([[issue in issues for issue in offers.weighed_issues]])
            searched = offers.terms(format, uses).utilities(row)[:, 0]
            depths = dict.fromkeys(issues)
            assert offers.package(format, NO_EXTRAS, depths).utility(uses) == pytest.approx(searched, abs=1e-12)


def test_a_clause_takes_away_what_it_says_so_far_as_it_is_believed(tmp_path: Path):
    mechanisms = {"hands": {"title": "Hands", "kind": "autonomy", "of": {"n": 0.3, "east": 0.2}}}
    clauses = {
        "half": {"title": "Half", "binds": 0.5},
        "doubted": {"title": "Doubted", "binds": 0, "holds": 0.25},
        "for-n": {"title": "For N", "binds": 0, "of": "west"},
        "lifted": {"title": "Lifted", "lifts": ["hands"]},
    }
    offers = offers_in(paper(tmp_path, mechanisms=mechanisms, clauses=clauses))
    plain = offers.terms(format_of(offers, "bloc"), ("hands",)).fixed
    assert plain.min() < 0
    left = {name: offers.terms(format_of(offers, "bloc", name), ("hands",)).fixed for name in clauses}
    assert left["half"] == pytest.approx(0.5 * plain)
    assert left["doubted"] == pytest.approx(0.75 * plain)
    assert left["lifted"] == pytest.approx(0 * plain)
    n = next(i for i, voter in enumerate(offers.deciders.voters) if voter.members == ("n",))
    assert left["for-n"][n] == pytest.approx(0)
    assert np.delete(left["for-n"], n, axis=0) == pytest.approx(np.delete(plain, n, axis=0))
    both = offers.terms(format_of(offers, "bloc", "half", "doubted"), ("hands",)).fixed
    assert both == pytest.approx(0.5 * 0.75 * plain)


def test_a_depth_scales_gains_by_issue_and_what_counts_once_by_the_deepest(tmp_path: Path):
    mechanisms = {
        "hands": {"title": "Hands", "kind": "autonomy", "of": {"n": 0.3}},
        "order": {"title": "Order", "kind": "advantage", "of": {"n": 0.1}},
    }
    depths = {
        "talk": {"title": "Talk", "gains": 0.2, "binds": 0.1, "displaces": 0},
        "body": {"title": "Body", "gains": 0.6, "binds": 0.5},
    }
    offers = offers_in(
        paper(tmp_path, issues=TWO_ISSUES, mechanisms=mechanisms, depths=depths, channels__mixed=SIDE_BY_SIDE)
    )
    full, talk = (offers.terms(format_of(offers, "mixed", depth=depth), ("hands",)) for depth in (None, "talk"))
    assert talk.by_issue == pytest.approx(0.2 * full.by_issue)
    assert talk.fixed == pytest.approx(0.1 * full.fixed)
    mixed = offers.terms(format_of(offers, "mixed"), ("hands",), depths={"road": "talk", "well": "body"})
    assert mixed.by_issue[:, 0] == pytest.approx(0.2 * full.by_issue[:, 0])
    assert mixed.by_issue[:, 1] == pytest.approx(0.6 * full.by_issue[:, 1])
    assert mixed.fixed == pytest.approx(0.5 * full.fixed)
    advantage = offers.terms(format_of(offers, "mixed", depth="talk"), ("order",)).fixed
    assert advantage == pytest.approx(0.2 * offers.terms(format_of(offers, "mixed"), ("order",)).fixed)


def test_what_displaces_nothing_is_as_if_it_were_side_by_side(tmp_path: Path):
    """A clause that leaves nothing of exclusivity makes the bloc channel the one beside bilateral ties."""
    side = SIDE_BY_SIDE | {"efficiency": 1}
    clauses = {"beside": {"title": "Beside", "displaces": 0}}
    offers = offers_in(paper(tmp_path, clauses=clauses, channels__mixed=side))
    beside = offers.terms(format_of(offers, "bloc", "beside"), ())
    mixed = offers.terms(format_of(offers, "mixed"), ())
    assert beside.by_issue == pytest.approx(mixed.by_issue, abs=1e-12)
    assert beside.by_issue != pytest.approx(offers.terms(format_of(offers, "bloc"), ()).by_issue)


def test_concessions_and_payments_are_what_they_say(tmp_path: Path):
    concessions = {"gate": {"title": "Gate", "by": "east", "to": "west", "costs": 0.1, "brings": 0.3}}
    payment = {"by": "r", "to": "j0", "amount": 0.02}
    offer = {"deal": {"title": "Deal", "issues": {"road": None}, "concessions": ["gate"], "payments": [payment]}}
    case = paper(tmp_path, concessions=concessions, offers=offer, response__transfers=0.5)
    offers = offers_in(case)
    plain = offers.package(format_of(offers, "bloc"), NO_EXTRAS, {"road": None}).own
    extras = OfferExtras(("gate",), tuple(case.offers["deal"].payments), "offers.deal.payments")
    change = (offers.package(format_of(offers, "bloc"), extras, {"road": None}).own - plain)[0]
    utilities = OfferUtilities(offers.gains, offers.draws)
    at_stake = utilities.stakes_across[0]
    for voice, voter in enumerate(offers.deciders.voters):
        (name,) = voter.members
        paid = {"r": -0.02, "j0": 0.01}.get(name, 0.0)
        given = 0.3 * at_stake[voice] if name == "n" else -0.1 * at_stake[voice]
        assert change[voice] == pytest.approx(paid + given)


def test_side_by_side_one_player_gains_half_of_what_works_better(tmp_path: Path):
    """T1: Delta_N = 1/2 m (e_c - e_bil) sigma on pair issues, and the members of the other side together as much."""
    case = paper(tmp_path, issues=TWO_ISSUES, channels__mixed=SIDE_BY_SIDE, network__as_one=["west"])
    offers = offers_in(case)
    terms = offers.terms(format_of(offers, "mixed"), ())
    names = [voter.members[0] for voter in offers.deciders.voters]
    utilities = OfferUtilities(offers.gains, offers.draws)
    for issue in range(2):
        expected = 0.5 * 0.5 * (0.9 - 0.6) * utilities.issue_shares[issue]
        own = {name: terms.by_issue[voice, issue] for voice, name in enumerate(names)}
        assert own["n"] == pytest.approx(expected)
        assert sum(gain for name, gain in own.items() if name != "n") == pytest.approx(expected)
    assert pytest.approx(0.8) == LOST


def test_at_one_depth_only_the_ratio_of_costs_to_depth_counts(tmp_path: Path):
    """T3, which the newer terms leave true: advantages go with depth, so a dialogue with a fifth of all is the body."""
    mechanisms = {"hands": {"title": "Hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.2]}}}}
    mechanisms["order"] = {"title": "Order", "kind": "advantage", "of": {"n": {"uniform": [-0.05, 0.1]}}}
    depths = {"fifth": {"title": "Fifth", "gains": 0.2, "binds": 0.2, "recognises": 0.2}}
    case = paper(tmp_path, mechanisms=mechanisms, depths=depths, channels__mixed=SIDE_BY_SIDE, network__link_cost=0)
    offers, uses = offers_in(case, 256), ("hands", "order")
    whole = np.ones((1, 1), dtype=bool)
    answers = []
    for depth in (None, "fifth"):
        format = format_of(offers, "mixed", depth=depth)
        worth = offers.sides(format, uses).answer(offers.terms(format, uses).utilities(whole), slice(None))[0]
        answers.append(worth > 1e-9)
    assert 0 < answers[0].mean() < 1
    assert (answers[0] == answers[1]).all()


def test_without_fixed_terms_which_issues_are_packed_makes_no_difference(tmp_path: Path):
    """T2: beside ties that stay, own gains of the one player are in proportion to the stakes of an issue."""
    uncertain = SIDE_BY_SIDE | {"efficiency": {"uniform": [0.4, 1]}}
    case = paper(tmp_path, issues=TWO_ISSUES, channels__mixed=uncertain, network__as_one=["west"])
    offers = offers_in(case, 200)
    terms = offers.terms(format_of(offers, "mixed"), ())
    n = next(i for i, voter in enumerate(offers.deciders.voters) if voter.members == ("n",))
    accepted = [(terms.by_issue[n, issue] > 1e-9) for issue in range(2)]
    assert (accepted[0] == accepted[1]).all()
    assert 0 < accepted[0].mean() < 1  # T4: as often as the channel works better than what there is


def test_the_stakes_convention_shares_fixed_terms_out(tmp_path: Path):
    mechanisms = {"hands": {"title": "Hands", "kind": "autonomy", "of": {"n": 0.3}}}
    case = paper(tmp_path, issues=TWO_ISSUES, mechanisms=mechanisms)
    offers = offers_in(case)
    model = ChannelParts.of(OfferUtilities(offers.gains, offers.draws), format_of(offers, "bloc").variant)
    once, shared = (model.terms(("hands",), OfferScales(counts_by_stakes=by_stakes)) for by_stakes in (False, True))
    rows = np.array([[True, False], [False, True], [True, True]])
    difference = shared.utilities(rows) - once.utilities(rows)
    assert difference[:, 2] == pytest.approx(0, abs=1e-12)
    assert shared.fixed == pytest.approx(0)
    shares = OfferUtilities(offers.gains, offers.draws).issue_shares
    assert difference[:, 0] == pytest.approx(-once.fixed * (1 - shares[0]))


def test_members_that_may_stay_out_stop_nothing(tmp_path: Path):
    mechanisms = {"hands": {"title": "Hands", "kind": "autonomy", "of": {"east": 0.5, "r": 0}}}
    clauses = {"free": {"title": "Free", "stay_out": ["east"]}}
    case = paper(tmp_path, mechanisms=mechanisms, clauses=clauses, channels__mixed=SIDE_BY_SIDE)
    offers, uses = offers_in(case), ("hands",)
    for name, expected in ((), False), (("free",), True):
        format = format_of(offers, "mixed", *name)
        utilities = offers.package(format, NO_EXTRAS, {"road": None}).utility(uses)
        consents, left = offers.sides(format, uses).consent(utilities, np.arange(64))
        assert (consents & (left > 1e-9)).all() == expected


def test_a_review_lets_an_offer_be_tried_that_is_not_worth_having(tmp_path: Path):
    mechanisms = {"hands": {"title": "Hands", "kind": "autonomy", "of": {"n": 0.2}}}
    clauses = {"review": {"title": "Review", "review_after": 1, "until_then": 0.1}}
    more = {"response__insight": 0.1, "response__discount": 0.9}
    case = paper(tmp_path, mechanisms=mechanisms, clauses=clauses, channels__mixed=SIDE_BY_SIDE, **more)
    offers, uses = offers_in(case), ("hands",)
    worth = {}
    for names in ((), ("review",)):
        format = format_of(offers, "mixed", *names)
        utilities = offers.package(format, NO_EXTRAS, {"road": None}).utility(uses)
        worth[names] = offers.sides(format, uses).answer(utilities[:, None], slice(None))[0]
    plain = float(worth[()][0])
    assert plain < 0
    from scipy.stats import norm

    known = 0.1 * norm.pdf(plain / 0.1) + plain * norm.cdf(plain / 0.1)
    assert worth[("review",)] == pytest.approx(0.1 * 0.1 * plain + 0.9 * known)


def test_one_offer_by_words_is_that_of_the_report():
    loaded = read_case("nato-csto")
    (told,) = offer_fate(loaded, made="drug-training").fates
    (reported,) = (fate for fate in model_of("nato-csto").made_fates if fate.asked.id == "drug-training")
    assert told == reported
    (both,) = offer_fate(loaded, channel="mixed", clauses=["status-neutral", "members-free"]).fates
    assert both.main in [fate.main for fate in model_of("nato-csto").agenda_fates]


def test_all_that_is_unknown_in_an_offer_is_told_at_once():
    with pytest.raises(UnknownName) as refused:
        offer_fate(read_case("nato-csto"), issues=["disaster"], channel="bilateral", clauses=["neutral"], depth="x")
    told = str(refused.value)
    for words in (
        "did you mean 'disasters'?",
        "no channel between the sides 'bilateral'",
        "status-neutral",
        "no depth 'x'",
    ):
        assert words in told
