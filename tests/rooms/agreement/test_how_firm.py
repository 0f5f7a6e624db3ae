"""How firm a format is, and what rules and games make of offers: on the bundled cases, and by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import CaseError, agreement, read_case
from detente.assessment.agreement import offer_fate
from detente.case.loading.model_patch import case_with_values
from detente.methods.bargaining.package_choice import tied_with_best
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.offer_model.offer_packages import PackageSides
from detente.rooms.agreement.model.agreement import AgreementModel, offer_key
from detente.rooms.agreement.model.format_drivers import format_drivers
from detente.rooms.agreement.model.format_settings import formats_by_setting


@cache
def model_of(name: str) -> AgreementModel:
    model = agreement(read_case(name))
    assert model is not None
    return model


@given(st.lists(st.lists(st.booleans(), min_size=40, max_size=40), min_size=1, max_size=5))
def test_ties_are_paired(rows: list[list[bool]]):
    agreed = [np.array(row) for row in rows]
    best, *others = tied_with_best(agreed)
    shares = [row.mean() for row in agreed]
    assert shares[best] == max(shares)
    for number, row in enumerate(agreed):
        lost = agreed[best].astype(float) - row
        is_clear = lost.mean() > 2.5 * lost.std() / 40**0.5
        assert (number in (best, *others)) == (not is_clear or number == best)


def test_draws_in_common_tell_formats_apart_that_shares_alone_do_not():
    draws = np.arange(1_000)
    first, second = draws < 500, (draws < 500) & (draws % 50 != 0)
    assert tied_with_best([first, second]) == (0,)
    apart = (draws >= 10) & (draws < 500)  # the same share, but as if by other draws
    assert tied_with_best([first, np.roll(apart, 490)]) == (0, 1)


def test_a_number_that_moves_an_offer_is_found_and_one_that_does_not_is_left_out():
    generator = np.random.default_rng(3)
    values = {"moves": generator.uniform(size=3_000), "idle": generator.uniform(size=3_000), "fixed": np.ones(3_000)}
    agreed = generator.uniform(size=3_000) < 0.2 + 0.6 * values["moves"]
    (driver,) = format_drivers(values, {"offer": agreed})
    assert (driver.offer, driver.path) == ("offer", "moves")
    assert driver.where_low == pytest.approx(0.3, abs=0.05)
    assert driver.where_high == pytest.approx(0.7, abs=0.05)
    low, high = agreed[values["moves"] <= np.quantile(values["moves"], 1 / 3)], agreed[values["moves"] >= 2 / 3]
    assert driver.error == pytest.approx((low.var() / len(low) + high.var() / len(high)) ** 0.5, rel=0.02)


def test_thirds_of_a_number_of_few_values_do_not_overlap():
    values = np.array([0.0] * 80 + [0.3] * 20)
    agreed = np.array([True] * 14 + [False] * 86)
    (driver,) = format_drivers({"few": np.tile(values, 20)}, {"offer": np.tile(agreed, 20)})
    assert driver.where_low == pytest.approx(14 / 80)
    assert driver.where_high == 0


def test_chance_alone_moves_nothing():
    generator = np.random.default_rng(4)
    values = {str(number): generator.uniform(size=1_000) for number in range(100)}
    agreed = generator.uniform(size=1_000) < 0.4
    assert format_drivers(values, {"offer": agreed}) == ()


def test_four_advantages_carry_the_full_offer_of_the_first_case_and_not_what_russia_minds():
    model = model_of("nato-csto")
    clauses = ("status-neutral", "members-free")
    (full,) = (
        offer_key(fate.asked)
        for fate in model.agenda_fates
        if (fate.asked.format.variant.channel, fate.asked.format.depth) == ("mixed", None)
        and fate.asked.format.clauses == clauses
    )
    changes = {one.path: abs(one.change) for one in model.drivers if one.offer == full}
    advantages = ("order", "later-activities", "local-knowledge", "less-mistrust")
    carrying = [changes[f"mechanisms.{name}.of.nato"] for name in advantages]
    others = {path: change for path, change in changes.items() if not path.startswith("clauses.")}
    assert sorted(others.values(), reverse=True)[:4] == sorted(carrying, reverse=True)
    assert changes.get("mechanisms.relative-gains.of.russia", 0) < min(carrying) / 2


def test_the_case_as_it_is_is_the_first_setting():
    model = model_of("two-leagues")
    own, *others = model.settings
    assert all(one.choice is None or one.choice.id != "fixed-terms" for one in others)  # counted in full anyway
    for fate in model.agenda_fates:
        flags = model.agreed_draws[offer_key(fate.asked)]
        assert own.agreed[fate.asked.format] == flags[: own.draws].mean()


def test_a_setting_is_the_case_with_its_values():
    model = model_of("two-leagues")
    case = model.acceptance.case
    formats = [fate.asked.format for fate in model.agenda_fates]
    priors = next(one for one in model.settings if one.kind == "estimates")
    (alone, *_) = formats_by_setting(case_with_values(case, case.priors[priors.id].patch(priors.id)), formats)
    assert alone.agreed == priors.agreed
    assert alone.agreed != model.settings[0].agreed


def test_the_best_format_of_the_first_case_is_firm():
    model = model_of("nato-csto")
    best = model.best_fates[0].asked.format
    assert (best.depth, best.clauses) == ("talk-only", ("status-neutral", "members-free"))
    tied = {fate.asked.format for fate in model.best_fates}
    assert {(one.depth, one.clauses) for one in tied} == {(best.depth, best.clauses)}
    others = model.moving_settings[1:]
    assert len(others) > 15
    failing = [one for one in others if not tied & set(one.best)]
    assert [(one.id, one.option) for one in failing] == [("all-for-the-offer", ""), ("power-as-danger", "threat")]


def test_rules_stand_in_the_way_of_what_nato_has_with_russia_already():
    rules = model_of("nato-csto").offer_rules
    assert rules["memo-first-steps"].is_open
    (obstacle,) = rules["as-offered-2007"].obstacles
    assert (obstacle.issue, obstacle.positions) == ("arms-control", ("silent", "covered"))
    assert rules["as-offered-2007"].lifted_by == ("nato",)
    offered = model_of("nato-csto").case.offers["as-offered-2007"]
    assert {one.issue for one in rules["as-offered-2007"].by_issue} == set(offered.issues)


def test_a_clause_gives_what_a_rule_asks_for(leagues: Path):
    with_clause = read_case(str(leagues))
    judged = offer_fate(with_clause, made="riders-and-beacons").rules
    assert judged is not None
    assert judged.is_open
    (ruling,) = judged.by_issue
    assert (ruling.issue, ruling.row.name, judged.unheard) == ("road", "beacons", ("beacon-line",))
    without = offer_fate(with_clause, made="riders-and-beacons", clauses=["each-city-free"]).rules
    assert without is not None
    assert not without.is_open
    assert without.lifted_by == ("aldmoor",)


def test_institutions_that_a_clause_brings_make_games_last_longer():
    model = model_of("nato-csto")
    (drugs,) = model.lasting["drug-training"]
    (tested,) = (one for one in model.durability.institutions if one.id == "standing-arrangement")  # type: ignore[union-attr]
    after = next(one.lasts for one in tested.all_effects if one.game == drugs.game)
    assert (drugs.lasts, drugs.with_clauses) == (after.before, after.after)
    assert drugs.with_clauses is not None
    assert drugs.with_clauses > drugs.lasts
    assert all(one.with_clauses is None for one in model.lasting["as-offered-2007"])


def test_facts_are_contested_where_one_affirms_and_another_denies():
    ground = model_of("nato-csto").ground
    assert ground is not None
    assert {one.fact: one.is_contested for one in ground.facts} == {
        "fa-threats-shared": False,
        "fa-drugs-let-through": False,
        "fa-own-sphere": True,
    }


def test_clauses_that_change_no_answer_make_no_format():
    model = model_of("nato-csto")
    assert "standing-office" in model.case.clauses
    assert not any("standing-office" in format.clauses for format in model.formats)


def with_entries(leagues: Path, sections: str) -> AgreementModel:
    """The case on leagues with further entries at the heads of sections, in few draws: `section: |` then lines."""
    text = leagues.read_text(encoding="utf-8")
    for section, entries in (part.split("\n", 1) for part in sections.strip().split("\n== ")):
        name = section.removeprefix("== ")
        assert f"\n{name}:\n" in text
        text = text.replace(f"\n{name}:\n", f"\n{name}:\n{entries.rstrip()}\n", 1)
    leagues.write_text(text.replace("draws: 4096", "draws: 512"), encoding="utf-8")
    model = agreement(read_case(str(leagues)))
    assert model is not None
    return model


def test_numbers_of_clauses_move_formats_and_signs_may_tell_of_them(leagues: Path):
    sign = "  oath: {says: They swear., of: clauses.each-city-free.holds, towards: high, hit: 0.9, false_alarm: 0.1}"
    model = with_entries(leagues, f"== signposts\n{sign}")
    assert "clauses.each-city-free.holds" in model.drawn_values
    assert "depths.word-of-mouth.gains" in {one.path for one in model.drivers} | set(model.drawn_values)
    assert model.signposts is not None
    assert not model.signposts.unseen_paths
    assert "oath" in {one.signpost for one in model.signposts.effects}


def test_an_issue_without_stakes_is_left_out_of_an_offer_everywhere(leagues: Path):
    offer = "  x: {title: X, issues: {road: word-of-mouth, bare: null}}"
    model = with_entries(leagues, f"== issues\n  bare: {{title: Bare}}\n== offers\n{offer}")
    in_report = {fate.asked.format.variant: fate.main for fate in model.made_fates if fate.asked.id == "x"}
    alone = offer_fate(read_case(str(leagues)), made="x").fates
    assert {fate.asked.format.variant: fate.main for fate in alone} == in_report


def test_a_payment_of_an_organisation_is_shared_by_its_voices(leagues: Path):
    offer = "  x: {title: X, issues: {road: null}, payments: [{by: river, to: hill, amount: 0.4}]}"
    plain = "  y: {title: Y, issues: {road: null}}"
    model = with_entries(leagues, f"== offers\n{offer}\n{plain}")
    paid, unpaid = ([fate.worths for fate in model.made_fates if fate.asked.id == id] for id in "xy")
    assert all(one[0] > other[0] and one[1] < other[1] for one, other in zip(paid, unpaid, strict=True))


def test_who_leads_decides_where_members_may_stay_out(leagues: Path):
    model = with_entries(leagues, "== clauses\n  alone: {title: Alone, stay_out: [hill]}")
    draws = sample_model(model.deciders.description, range(4))
    answering = PackageSides(draws, uses=()).sides[1]
    leader = answering.voices[answering.row.leader]
    fates = [fate for fate in model.agenda_fates if fate.asked.format.clauses == ("alone",)]
    assert fates
    for fate in fates:
        assert {voice for voice, share in fate.refusals.by_voice.items() if share} <= {leader}


def test_concessions_alone_are_no_offer(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    gift = "concessions:\n  gift: {title: Gift, by: hill, to: hill-abroad, costs: 0.02, brings: 0.02}\n\nclauses:\n"
    leagues.write_text(text.replace("\nclauses:\n", "\n" + gift.replace("hill-abroad", "river"), 1), encoding="utf-8")
    model = agreement(read_case(str(leagues)))
    assert model is not None
    assert model.search is not None
    issues = set(model.case.issues)
    chosen = [model.search.row(row) for rows in model.search.bargaining.solutions.values() for row in rows]
    assert all(set(row.items) & issues for row in (*model.search.best, *chosen))


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ("== clauses\n  l: {title: L, lifts: [envy]}", "'envy' goes with the gains"),
        ("== offers\n  x: {title: X, issues: {road: null}, clauses: [each-city-free, each-city-free]}", "named twice"),
        (
            "== clauses\n  a: {title: A, review_after: 1}\n  b: {title: B, review_after: 2}\n"
            "== offers\n  x: {title: X, issues: {road: null}, clauses: [a, b]}",
            "both set a review",
        ),
    ],
)
def test_what_would_count_twice_or_not_at_all_is_refused(leagues: Path, sections: str, said: str):
    with pytest.raises(CaseError, match=said):
        with_entries(leagues, sections)


def test_of_all_that_is_meant_the_strictest_rule_counts(leagues: Path):
    case = leagues.read_text(encoding="utf-8")
    named = case.replace("    proposals: road-watch\n", "    proposals: [michaelmas, road-watch]\n")
    leagues.write_text(named, encoding="utf-8")
    meant = offer_fate(read_case(str(leagues)), made="watch-of-the-reeve").rules
    leagues.write_text(case.replace("    proposals: road-watch\n", ""), encoding="utf-8")
    unsaid = offer_fate(read_case(str(leagues)), made="watch-of-the-reeve").rules
    assert meant is not None
    assert unsaid is not None
    assert ([one.row.name for one in meant.by_issue], meant.is_open) == (["road-watch"], False)
    assert unsaid.is_open  # by that which the rules allow most
