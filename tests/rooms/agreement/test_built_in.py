"""What is built in, with the terms that the model got later: on the first case, in every draw."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from detente import read_case
from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.offer_model.offer_packages import ChannelParts
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.offer_draws import OfferBatch
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

SAME = 1e-12


@cache
def nato() -> OfferBatch:
    case = case_of_answer(read_case("nato-csto").case)
    model = ChannelModel(case, build_actor_network(case, analysed_years(case)[-1]))
    return OfferBatch.of_gains(DecisionMakers(model), evaluate_gains(sample_model(model.description, range(512))))


def parts_of(channel: str) -> ChannelParts:
    offers = nato()
    variant = next(one for one in offers.deciders.model.variants if one.channel == channel)
    return ChannelParts.of(OfferUtilities(offers.gains, offers.draws), variant)


def pair_issues(*, weighs_alike: bool) -> list[int]:
    """Issues that pairs settle; of these only such as weigh alike for all, or all."""
    issues = nato().case.issues
    return [
        place
        for place, name in enumerate(nato().weighed_issues)
        if name != "access" and not (weighs_alike and issues[name].salience)
    ]


def voices() -> tuple[int, int, list[int]]:
    """NATO as one, Russia, and all of the CSTO."""
    members = [voter.members for voter in nato().deciders.voters]
    csto = [place for place, own in enumerate(members) if len(own) == 1 and own[0] in nato().case.actors][:7]
    (alliance,) = (place for place, own in enumerate(members) if "united-states" in own)
    (russia,) = (place for place, own in enumerate(members) if own == ("russia",))
    assert russia in csto
    return alliance, russia, csto


def test_beside_ties_that_stay_nato_gains_as_much_as_all_of_the_csto():
    """T1, where an issue weighs alike for all: salience is what the model got later."""
    own, (alliance, _, csto) = parts_of("mixed").own, voices()
    for issue in pair_issues(weighs_alike=True):
        assert own[issue][:, csto].sum(axis=1) == pytest.approx(own[issue][:, alliance], abs=SAME)
    weighted = [one for one in pair_issues(weighs_alike=False) if one not in pair_issues(weighs_alike=True)]
    assert weighted
    for issue in weighted:
        assert np.abs(own[issue][:, csto].sum(axis=1) - own[issue][:, alliance]).max() > 1e-3
    assert own[:, :, alliance].min() > -SAME  # and never a loss


def test_beside_ties_that_stay_it_makes_no_difference_which_issues_are_in_it():
    """T2: by their sign on all issues that pairs settle, in proportion to stakes where they weigh alike."""
    parts, (alliance, _, _) = parts_of("mixed"), voices()
    gains = parts.own[:, :, alliance]
    first, *others = pair_issues(weighs_alike=False)
    for issue in others:
        assert ((gains[issue] > SAME) == (gains[first] > SAME)).all()
    first, *others = pair_issues(weighs_alike=True)
    for issue in others:
        assert gains[issue] / parts.issue_shares[issue] == pytest.approx(gains[first] / parts.issue_shares[first])


def test_where_ties_are_replaced_it_does_make_a_difference():
    parts, (alliance, _, _) = parts_of("bloc"), voices()
    gains = parts.own[:, :, alliance]
    first, *others = pair_issues(weighs_alike=True)
    assert any(((gains[issue] > SAME) != (gains[first] > SAME)).any() for issue in others)


def test_beside_ties_that_stay_relative_gains_speak_for_nato_and_no_longer_against_russia():
    """T5: NATO as one player gains more than Russia, so its concern for relative gains speaks for the offer.

    That Russia's speaks against it is refuted: since gains are compared side by side, it does in some draws only.
    """
    parts, (alliance, russia, _) = parts_of("mixed"), voices()
    for issue in pair_issues(weighs_alike=True):
        assert (parts.own[issue][:, alliance] - parts.own[issue][:, russia]).min() > -SAME
    minded = parts.minded["relative-gains"].sum(axis=0)
    assert minded[:, alliance].min() > -SAME
    assert 0.2 < (minded[:, russia] < -SAME).mean() < 0.8
