"""Replies, asking again, and the game of the offer: formulas, limits, and an independent program."""

from __future__ import annotations

from datetime import date
from math import exp

import nashpy
import numpy as np
import pyspiel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.assessment.assess import read_case
from detente.exchange.gambit import efg_text
from detente.methods.bargaining.repeated_proposals import (
    acceptance_belief,
    net_value_of_offer,
    offer_history,
    offers_before_giving_up,
)
from detente.methods.bargaining.reply_options import (
    OfferProspects,
    ReplyParameters,
    logit_choice_probabilities,
    value_of_accepting,
    value_of_information,
    value_of_reply,
)
from detente.methods.games.extensive_form import Choice, ExtensiveGame, Leaf, agent_logit, backward_induction
from detente.rooms.acceptance.findings.offer_game import named_offer_game
from detente.rooms.acceptance.model.offer_game import last_decision_makers, offer_game


def by_summing(terms: ReplyParameters, now: OfferProspects, periods: int = 4_000) -> float:
    """What a reply is worth, period after period: as long as the offer is alive, what it costs, and what may come."""
    alive, weight, total = 1.0, 1.0, -float(terms.once)
    beta, h, q = float(now.discount), float(now.hazard), float(terms.informs)
    for _ in range(periods):
        total += weight * alive * (float(terms.brings) - float(terms.each))
        weight *= beta
        alive *= float(terms.kept)
        total += weight * alive * h * max(float(now.value_under_threat), 0) / (1 - beta)
        total += weight * alive * (1 - h) * q * float(now.informed_value) / (1 - beta)
        alive *= (1 - h) * (1 - q)
    return total * (1 - beta)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=9, max_size=9))
def test_what_a_reply_is_worth_is_the_sum_of_what_may_come(x):
    terms = ReplyParameters(once=x[0], each=x[1], brings=x[2], kept=x[3], informs=x[4])
    now = OfferProspects(discount=0.95 * x[5], hazard=x[6], value_under_threat=2 * x[7] - 1, informed_value=x[8])
    assert float(value_of_reply(terms, now)) == pytest.approx(by_summing(terms, now), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 0.95), st.floats(0, 1))
def test_accepting_binds_also_when_a_threat_arises(worth, grave, beta, h):
    total, calm = 0.0, 1.0
    for period in range(3_000):
        total += beta**period * (calm * worth + (1 - calm) * grave)
        calm *= 1 - h
    now = OfferProspects(beta, h, grave, 0.0)
    assert float(value_of_accepting(np.array(worth), now)) == pytest.approx((1 - beta) * total, abs=1e-9)


def test_silence_and_refusal_as_in_the_reference():
    """W_I and W_D of the source of the form: ignoring wins but with much friction and little hope."""
    for friction in (0.0, 0.01, 0.05):
        for hazard in (0.02, 0.05, 0.1):
            now = OfferProspects(0.95, hazard, 1.0, 0.0)
            ignore = value_of_reply(ReplyParameters(each=friction, kept=0.9), now)
            decline = value_of_reply(ReplyParameters(once=0.05, kept=0.3), now)
            alive = 1 - 0.95 * 0.9 * (1 - hazard)
            assert float(ignore) == pytest.approx((-0.05 * friction + 0.95 * 0.9 * hazard) / alive)
            assert float(ignore) > float(decline)


@given(st.floats(-2, 2), st.floats(0.01, 1))
def test_knowing_is_worth_what_sampling_says(worth, insight):
    draws = worth + insight * np.random.default_rng(1).standard_normal(40_000)
    exact = float(value_of_information(np.array(worth), insight))
    assert exact == pytest.approx(np.maximum(draws, 0).mean(), abs=4 * insight / 200)
    assert exact >= max(worth, 0) - 1e-12
    assert float(value_of_information(np.array(worth), 0.0)) == max(worth, 0)


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=6, unique=True))
def test_the_limit_of_the_logit_is_the_best(worths):
    given_ = np.array(worths)[:, None]
    sure = logit_choice_probabilities(given_, 0.0)[:, 0]
    assert sure[int(np.argmax(worths))] == 1
    gap = np.sort(worths)[-1] - np.sort(worths)[-2]
    nearly = logit_choice_probabilities(given_, gap / 60)[:, 0]
    assert nearly == pytest.approx(sure, abs=1e-9)
    assert logit_choice_probabilities(given_, 1.0).sum() == pytest.approx(1)


def test_giving_up_as_in_the_reference():
    """With a = 1, b = 3 and a cost of a tenth of the gain, six offers in vain are enough."""
    assert float(offers_before_giving_up((1, 3), np.array(1.0), np.array(0.0), np.array(0.1))) == 6
    assert float(offers_before_giving_up((1, 3), np.array(1.03), np.array(0.0), np.array(0.1))) == 7
    for t in (5, 7):
        worth = float(net_value_of_offer(acceptance_belief((1, 3), t), np.array(1.0), 0.0, 0.1))
        assert (worth > 0) == (t < 6)
    assert float(offers_before_giving_up((1, 3), np.array(1.0), np.array(0.2), np.array(0.1))) == np.inf
    assert float(offers_before_giving_up((1, 3), np.array(0.0), np.array(0.0), np.array(0.1))) == 0


def test_offers_in_vain_are_counted_until_something_gives_hope():
    days = [date(2001, 3, 1), date(2001, 9, 1), date(2003, 1, 1), date(2005, 1, 18), date(2005, 6, 1)]
    years = offer_history(days, [date(2004, 5, 1), date(2005, 3, 1)], (2001, 2006))
    assert [(y.year, y.offer_count, y.vain_offers, y.belief_reset) for y in years] == [
        (2001, 2, 0, False),
        (2002, 0, 2, False),
        (2003, 1, 2, False),
        (2004, 0, 0, True),
        (2005, 2, 0, True),
        (2006, 0, 1, False),  # hope came between the two offers of the year before
    ]


def test_offers_that_were_met_are_made_and_not_in_vain():
    """The second offer is answered with another one, the third accepted, which gives hope of its own day."""
    met = [date(2002, 1, 1), date(2003, 1, 1)]
    years = offer_history([date(2001, 1, 1), date(2004, 1, 1)], [met[1]], (2001, 2005), met)
    assert [(y.year, y.offer_count, y.vain_offers, y.belief_reset) for y in years] == [
        (2001, 1, 0, False),
        (2002, 1, 1, False),
        (2003, 1, 0, True),
        (2004, 1, 0, False),
        (2005, 0, 1, False),
    ]


def small(seed: int, replies: int = 4) -> ExtensiveGame:
    source = np.random.default_rng(seed)
    ends = [(f"r{k}", Leaf(f"r{k}", (float(source.normal()), float(source.normal())))) for k in range(replies)]
    return ExtensiveGame(
        "t", ("one", "other"), Choice(0, (("offer", Choice(1, tuple(ends))), ("none", Leaf("none", (0.0, 0.0)))))
    )


def solved_elsewhere(text: str, tremble: float = 1e-4) -> tuple[float, ...]:
    """The payoffs of the equilibrium in which nobody rests on what others would not do, by other programs.

    OpenSpiel reads the file; Nashpy finds the equilibria of the normal form in which the first player, whatever she
    wants, makes the offer with a small chance, so that the reply to it must be the best one.
    """
    game = pyspiel.load_efg_game(text)
    normal = pyspiel.extensive_to_matrix_game(game)
    rows, columns = (np.array(one()) for one in (normal.row_utilities, normal.col_utilities))
    offers = np.array([1 - tremble, tremble]), np.array([tremble, 1 - tremble])
    shaken = [np.stack([mix @ one for mix in offers]) for one in (rows, columns)]
    found = list(nashpy.Game(*shaken).support_enumeration())
    assert len(found) == 1
    one, other = found[0]
    return float(one @ rows @ other), float(one @ columns @ other)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_an_independent_program_finds_the_same_outcome(seed):
    game = small(seed)
    payoffs, _ = backward_induction(game.root)
    assert solved_elsewhere(efg_text(game)) == pytest.approx(payoffs, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_the_limit_of_quantal_response_is_backward_induction(seed):
    game = small(seed)
    payoffs, path = backward_induction(game.root)
    expected, ends = agent_logit(game.root, 1e-4)
    if max(ends.values()) > 0.999:  # no near tie
        assert max(ends, key=lambda end: ends[end]) == path
        assert expected == pytest.approx(payoffs, abs=1e-2)
    assert sum(agent_logit(game.root, 0.7)[1].values()) == pytest.approx(1)


def test_quantal_response_worked_out_by_hand():
    """With noise 0.5 the odds of a yes are e to the 1 / 0.5; that leaves 0.1192 to one, whose odds are e to 0.2384."""
    ends = (("yes", Leaf("yes", (0.0, 1.0))), ("no", Leaf("no", (1.0, 0.0))))
    expected, chances = agent_logit(Choice(0, (("offer", Choice(1, ends)), ("none", Leaf("none", (0.0, 0.0))))), 0.5)
    yes = 1 / (1 + exp(-2))
    offer = 1 / (1 + exp(-(1 - yes) / 0.5))
    assert (yes, offer) == pytest.approx((0.8808, 0.5593), abs=1e-4)
    assert chances == pytest.approx(
        {("offer", "yes"): offer * yes, ("offer", "no"): offer * (1 - yes), ("none",): 1 - offer}
    )
    assert expected == pytest.approx((offer * (1 - yes), offer * yes))


@pytest.mark.parametrize("name", ["nato-csto", "two-leagues"])
def test_the_offer_of_a_case_as_a_game(name):
    deciders = last_decision_makers(read_case(name).case)
    offer, game = offer_game(deciders), named_offer_game(deciders)
    payoffs, path = backward_induction(game.root)
    assert solved_elsewhere(efg_text(game)) == pytest.approx(payoffs, abs=1e-9)
    _, ends = agent_logit(game.root, offer.noise / 1_000)
    assert max(ends, key=lambda end: ends[end]) == path
    assert pyspiel.load_efg_game(efg_text(game)).num_players() == 2


def test_names_in_a_game_file_end_nothing():
    ends = (('say "no"', Leaf('a "b"\n', (1.0, 2.0))), ("back\\slash", Leaf("c", (0.5, 0.0))))
    text = efg_text(ExtensiveGame('a "title"', ("x", 'y "z"'), Choice(0, ends)))
    state = pyspiel.load_efg_game(text).new_initial_state()
    assert len(state.legal_actions()) == 2
