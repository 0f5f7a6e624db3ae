"""Signs, influence and orders of steps in a case, held against plain computation."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from detente import agreement, read_case
from detente.methods.inference.sign_effects import noise_line, sign_effect
from detente.rooms.agreement.model.agreement import AgreementModel


@cache
def nato() -> AgreementModel:
    model = agreement(read_case("nato-csto"))
    assert model is not None
    return model


def test_a_sign_is_bayes_by_counting():
    """Each draw shows the sign with its chance: many showings, counted."""
    generator = np.random.default_rng(5)
    values = generator.uniform(size=600)
    answer = (values + generator.normal(0, 0.3, 600) > 0.7).astype(float)
    effect = sign_effect(values, "high", (0.8, 0.3), answer)
    is_there = values >= np.quantile(values, 2 / 3)
    shown = generator.uniform(size=(4_000, 600)) < np.where(is_there, 0.8, 0.3)
    yes_if_seen = (shown * answer).sum() / shown.sum()
    yes_if_not = ((~shown) * answer).sum() / (~shown).sum()
    assert effect.if_seen == pytest.approx(yes_if_seen, abs=2e-3)
    assert effect.if_not_seen == pytest.approx(yes_if_not, abs=2e-3)
    assert effect.seen == pytest.approx(shown.mean(), abs=2e-3)
    assert effect.seen * effect.if_seen + (1 - effect.seen) * effect.if_not_seen == pytest.approx(effect.without)


def test_a_sign_that_is_seen_as_often_either_way_tells_nothing():
    values, answer = np.linspace(0, 1, 99), (np.arange(99) % 3 == 0).astype(float)
    assert sign_effect(values, "low", (0.4, 0.4), answer).effect == pytest.approx(0)


def test_few_signs_of_nothing_exceed_the_line():
    generator = np.random.default_rng(9)
    answer = (generator.uniform(size=500) < 0.3).astype(float)
    line = noise_line(answer)
    effects = [sign_effect(generator.uniform(size=500), "low", (1.0, 0.0), answer).effect for _ in range(400)]
    assert np.mean([one > line for one in effects]) == pytest.approx(0.05, abs=0.04)


def test_signposts_are_sorted_by_what_they_tell():
    signposts = nato().signposts
    assert signposts is not None
    largest = [one.largest for one in signposts.effects]
    assert largest == sorted(largest, reverse=True)
    assert signposts.effects[0].signpost == "tasks-left-undone"
    assert {one.signpost for one in signposts.effects} == set(nato().case.signposts)


def test_signs_on_the_brief_say_how_often_the_offer_is_then_accepted():
    model = nato()
    result = model.acceptance.years[-1]
    for sign in model.answer_signs:
        for (strict, generous), variant in zip(sign.effects, result.deciders.offered_variants, strict=True):
            assert strict.without == pytest.approx(result.acceptance_share(variant, result.deciders.full_theory))
            parts = result.accepting_parts[variant, result.deciders.full_theory.id]
            assert generous.without == pytest.approx(parts.mean())


def test_ranks_of_actors_are_kept_in_nine_of_ten_draws():
    standing = nato().standing
    assert standing is not None
    assert sum(one.strongest_share for one in standing.actors) == pytest.approx(1)
    names = {one.actor for one in standing.actors}
    assert {name for pair in standing.ranked for name in pair} <= names
    assert not {pair[::-1] for pair in standing.ranked} & set(standing.ranked)
    assert ("russia", "united-states") not in standing.ranked
    assert standing.split_share is not None
    assert standing.split_share > 1


def test_the_order_of_steps_is_by_every_theory():
    orders = nato().orders
    assert orders is not None
    for one in orders.by_theory:
        assert sum(one.first_shares) + one.none_share == pytest.approx(1)
        assert all(first <= taken for first, taken in zip(one.first_shares, one.taken_shares, strict=True))
    (memo,) = orders.sequences
    assert memo.games[0] == "information"
    assert 0 < memo.worth_share < 1
    assert orders.main.games[orders.main.likeliest_first or 0] == "disasters-together"


def test_common_ground_is_what_both_rules_allow():
    ground = nato().ground
    assert ground is not None
    shared = {one.issue for one in ground.of_kind("shared")}
    assert "disasters" in shared
    assert "arms-control" in {one.issue for one in ground.of_kind("apart")}


def test_facts_that_one_side_denies_are_contested():
    changed = read_case("two-leagues", changes={"facts.tolls-lost.held_by": "{river: affirms, hill: denies}"})
    model = agreement(changed)
    assert model is not None
    assert model.ground is not None
    (fact,) = model.ground.facts
    assert fact.is_contested


def test_the_best_of_many_is_told_by_draws_that_did_not_choose_it():
    search = nato().search
    assert search is not None
    best = search.best[0]
    format, package = search.table.place(best.row)
    counts = search.table.counts[format]
    assert best.agreed.value == counts.agreed[package, 1] / counts.draws[1]
    assert search.zone.open + search.zone.answering_side_has_none + search.zone.never_the_same == pytest.approx(1)
    assert search.zone.open >= best.agreed.value - 4 * best.agreed.error
    changed = search.best_changes(search.formats[0], 2)
    assert changed is not None
    assert changed.format.changes_from(search.formats[0]) <= 2


def test_in_depth_packages_are_searched_by_every_theory_in_all_draws():
    model = agreement(read_case("two-leagues", changes={"network.draws": "400"}), deep=True)
    assert model is not None
    assert [one.theory for one in model.searches] == [theory.id for theory in model.deciders.theories]
    assert {one.draws for one in model.searches} == {400}
