"""Whether cooperation would last, in a case: findings, how they move, and what is wrong with a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.assessment.assess import Assessment, read_case
from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.errors import CaseError
from detente.methods.games.critical_discount import grim_trigger_discount
from detente.methods.games.relative_gains_games import game_with_relative_gains
from detente.methods.games.repeated.markov_play import Horizon, match_outcomes
from detente.methods.games.strategies.automaton import memory_one_automaton
from detente.methods.games.trust_and_reassurance import posterior_trust, trust_threshold
from detente.methods.games.two_by_two import Payoffs
from detente.results.finding import Finding, Section
from detente.results.table import Table
from detente.rooms.durability.findings.game_kinds import game_kinds_finding
from detente.rooms.durability.findings.text import view_title
from detente.rooms.durability.model.best_sustained import NEGLIGIBLE_GAIN
from detente.rooms.durability.model.case_games import CaseGame, build_case_game
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.noise import SelfPlay, UnavailableStrategy
from detente.rooms.durability.model.tipping_points import durability_levers, nearest_turning_level
from tests.rooms.sections import sections_of, table_rows


@pytest.fixture(scope="module")
def nato() -> Case:
    return read_case("nato-csto").case


@pytest.fixture(scope="module")
def section(nato: Case) -> Section:
    return sections_of(nato, "durability")[0]


def matches(case: Case) -> dict[str, CaseGame]:
    drawn, middle = ParameterDraws(case), ParameterDraws(case, at_means=True)
    return {name: build_case_game(drawn, middle, name) for name in case.games}


def model_of(case: Case) -> DurabilityModel:
    model = build_durability_model(case)
    assert model is not None
    return model


def finding(section: Section, id: str) -> Finding:
    return next(one for one in section.findings if one.id == id)


def table(section: Section, id: str) -> list[dict[str, Any]]:
    found = finding(section, id).table
    assert isinstance(found, Table)
    return list(found.records())


def test_it_is_part_of_the_assessment(assessed: Assessment):
    lasting = next(one for one in assessed.sections if one.id == "lasting")
    assert lasting.headline
    assert "Would it last" not in assessed.absent
    assert any({"lasts", "errors"} <= set(row.facts) for row in assessed.brief.options)


def test_security_is_hard_and_information_is_not(nato: Case):
    """The sucker's loss counts through relative gains: by own gains alone everything lasts, by realism not security."""
    found = matches(nato)
    own = {name: one.by_theory[0].error_free_share for name, one in found.items()}
    main = {name: one.main_theory.error_free_share for name, one in found.items()}
    assert min(own.values()) > 0.99
    assert main["security"] < 0.7 < 0.9 < main["disasters-together"]
    assert main["information"] > 0.99
    assert found["security"].main_theory.beginning_share < 0.2


def test_the_patience_needed_is_that_of_the_closed_form(nato: Case):
    for one in matches(nato).values():
        for seen in one.by_theory:
            for draw in (0, 17, 4095):
                game = game_with_relative_gains(
                    seen.games_without_concern.game_at(draw), *seen.concern[:, draw].tolist()
                )
                for side in (0, 1):
                    payoffs = game.sides[side]
                    dilemma = payoffs.T > payoffs.R > payoffs.P > payoffs.S
                    both = all(p.T > p.R > p.P > p.S for p in game.sides)
                    if dilemma and both:
                        assert float(seen.stage_games.critical_discount[side, draw]) == pytest.approx(
                            grim_trigger_discount(payoffs), abs=1e-12
                        )


def test_concern_has_the_draws_of_the_channels_room(nato: Case):
    """The same number is the same draw wherever it is used."""
    from detente.methods.offer_model.model_draws import sample_model
    from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
    from detente.rooms.gains.model.network.build_network import build_actor_network
    from detente.rooms.gains.model.simulation.channel_model import ChannelModel

    estimate = nato.mechanisms["relative-gains"].of["nato"]
    path = "mechanisms.relative-gains.of.nato"
    ours = ParameterDraws(nato).sample(estimate, path)
    description = DecisionMakers(ChannelModel(nato, build_actor_network(nato, 2007))).description
    theirs = sample_model(description, range(len(ours)))
    assert np.array_equal(ours, theirs.values[description.number_index[path]])


def test_theories_that_see_a_game_alike_are_one(nato: Case):
    titles = [view_title(seen.view) for seen in matches(nato)["security"].by_theory]
    assert titles == [
        "Liberalism, institutions and constructivism",
        "Realism and all its reasons",
        "The democratic peace",
    ]


def test_levers_turn_where_they_are_said_to(nato: Case):
    for one in matches(nato).values():
        for lever in durability_levers(one):
            at = nearest_turning_level(lever)
            if at is None:
                continue
            step = 1e-6 * (lever.high - lever.low)
            toward = step if at < lever.current else -step
            now = bool(lever.lasts_at(np.array([lever.current]))[0])
            assert bool(lever.lasts_at(np.array([at]))[0]) != now
            assert bool(lever.lasts_at(np.array([at + toward]))[0]) == now


def test_what_is_said_of_trust_is_what_the_formulas_say(nato: Case, section: Section):
    rows = {row["side"]: row for row in table(section, "sign-security")}
    sign = nato.games["security"].trust.sign  # type: ignore[union-attr]
    assert sign is not None
    right, wrong = sign.if_trustworthy.mean, sign.if_not.mean
    assert rows["NATO"]["good"] == pytest.approx(posterior_trust(0.25, right, wrong))
    needed = trust_threshold(Payoffs(0.55, 1, 0, -3))
    assert rows["NATO"]["needed"] == pytest.approx(needed)
    t, signs = 0.25, 0
    while t < needed:
        t, signs = posterior_trust(t, right, wrong), signs + 1
    assert rows["the CSTO"]["signs"] == signs


def test_the_claim_about_information_is_put_to_the_test(nato: Case, section: Section):
    reassures = finding(section, "reassurance-information")
    assert "as-information-first" in reassures.rests_on
    assert "first step to trust" in reassures.says
    results = {result.game: result for result in model_of(nato).reassurance}
    assert results["security"].reassurable_trust == pytest.approx((0.6, 0.999), abs=0.005)
    assert not results["security"].is_structural
    assert results["security"].step_size == "none fits"
    assert results["information"].step_size == "too small"
    for result in results.values():
        shares = result.shares
        assert shares.too_small + shares.fitting + shares.too_large + shares.none_fits == pytest.approx(1)
    holds = {(row["side"], row["play"]): row["holds"] for row in table(section, "reassurance-security")}
    assert holds["NATO", "neither kind takes the first step"] is True


def test_one_operation_tells_what_the_other_can_do(nato: Case, section: Section):
    """The claim that disasters would be a test: odds of trust times the ratio of the chances."""
    told = finding(section, "sign-disasters-together")
    assert "as-disasters-as-test" in told.rests_on
    assert "A real operation would show" in told.says
    sign = next(sign for sign in model_of(nato).trust_signs if sign.game == "disasters-together")
    right, wrong = 0.825, 0.35
    assert sign.chance_of_good == pytest.approx(0.5 * right + 0.5 * wrong)
    assert sign.sides[0].after_good == pytest.approx(posterior_trust(0.5, right, wrong))
    assert sign.enough_before < sign.enough_after


def test_many_that_watch_each_other_need_less_patience(nato: Case):
    games = {one.id: one for one in model_of(nato).many_states}
    needs = games["security"].sharing_concern
    assert needs is not None
    assert list(needs) == sorted(needs, reverse=True)
    assert needs[0] > needs[-1]
    assert games["security"].concern_change == "falls"


def test_many_that_share_a_good_or_err_need_more(nato: Case, leagues: Path):
    """Between two all senses begin with the same game; without errors one of them is not told."""
    for game in model_of(nato).many_states:
        assert game.with_errors is not None
        for needs in (game.free_riding, game.with_errors):
            assert list(needs) == sorted(needs)
        if game.id in ("security", "information"):  # Prisoner's Dilemmas by the theory of the answer
            assert game.sharing_concern is not None
            assert game.free_riding[0] == pytest.approx(game.sharing_concern[0])
            assert game.with_errors[0] > game.free_riding[0]
    beacons = next(game for game in model_of(read_case(str(leagues)).case).many_states if game.id == "beacons-lit")
    assert beacons.with_errors is None


def test_a_verdict_is_sure_in_nine_draws_of_ten(nato: Case):
    for one in model_of(nato).patience:
        for entry in one.by_theory:
            expected = "yes" if entry.lasting_share >= 0.9 else "no" if entry.lasting_share <= 0.1 else "unsure"
            assert entry.verdict == expected
            assert entry.needed[0] <= entry.needed[1] <= entry.needed[2]
            # What lasts at the means has a trust at which to begin, and what does not has none.
            assert (entry.needed_at_means <= entry.available_at_means) == np.isfinite(entry.trust_needed_at_means)


def test_the_map_agrees_with_the_answer(nato: Case):
    """At no concern the line of a side is the patience it needs by own gains; the map ends beyond all concerns."""
    model = model_of(nato)
    for drawn, case_game in zip(model.patience_maps, model.case_games, strict=True):
        base = case_game.main_at_means.games_without_concern.critical_discount
        assert [side.patience_line[0] for side in drawn.sides] == base[:, 0].tolist()
        assert [side.at_table_concerns[0].patience_needed for side in drawn.sides] == base[:, 0].tolist()
        assert all(side.concern[2] <= drawn.max_concern for side in drawn.sides)
        assert all(0 < change.k < drawn.max_concern for side in drawn.sides for change in side.transitions)
        assert drawn.lasts_at_means == bool(case_game.main_at_means.lasts[0])


def test_what_is_sustained_is_no_less_than_what_lasts(nato: Case):
    for entry in model_of(nato).best_sustained:
        assert entry.best is not None
        assert sum(entry.best) >= sum(entry.defection) - NEGLIGIBLE_GAIN
        if entry.full_lasts:
            assert sum(entry.best) >= sum(entry.full) - NEGLIGIBLE_GAIN


def test_every_picture_has_its_table_and_every_number_its_words(section: Section):
    for one in section.findings:
        assert one.table is not None
        assert one.says.endswith(".")
        assert "nan" not in one.says
        assert "inf" not in one.says.split()
        for row in one.table.rows:
            assert not {"nan", "inf", "-inf"} & set(map(str, row))


def test_more_concern_never_makes_it_last_more_often():
    lasts = []
    for k in (0, 0.3, 1, 3):
        changes = {"mechanisms.relative-gains.of.nato": str(k), "mechanisms.relative-gains.of.csto": str(k)}
        lasts.append(matches(read_case("nato-csto", changes=changes).case)["security"].main_theory.error_free_share)
    assert lasts == sorted(lasts, reverse=True)
    assert lasts[0] > lasts[-1]


def test_the_same_with_other_cases(leagues: Path):
    (section,) = sections_of(read_case(str(leagues)).case, "durability")
    ids = {one.id for one in section.findings}
    assert {"patience", "games", "map-watch", "good-bridge", "race-watchmen", "dilemma-watch", "trust-watch"} <= ids
    race = finding(section, "race-watchmen")
    assert "rests at 12 for River League and 12 for Hill League (watchmen)" in race.says
    rest = next(row for row in table(section, "race-watchmen") if row["side"] == "River League")
    assert rest["rest"] == pytest.approx(35 / 3)
    assert rest["rest_low"] < rest["rest"] < rest["rest_high"]
    assert any("Three fires" in row["strategy"] for row in table(section, "noise"))


def test_nothing_is_said_of_a_case_without_games(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    start, end = text.index("\ngames:\n"), text.index("\nproposals:\n")
    leagues.write_text(text[:start] + text[end:], encoding="utf-8")
    assert sections_of(read_case(str(leagues)).case, "durability") == ()


def test_games_without_any_theory(leagues: Path):
    """Own gains, and the concern that the game itself gives."""
    text = leagues.read_text(encoding="utf-8")
    start, end = text.index("\nlenses:\n"), text.index("\noutside:\n")
    text = text[:start] + text[end:]
    text = text.replace(
        "    patience: 0.8\n\ncommon", "    patience: 0.8\n    relative_gains: {river: 0.5}\n\ncommon", 1
    )
    leagues.write_text(text, encoding="utf-8")
    found = matches(read_case(str(leagues)).case)
    assert [view_title(seen.view) for seen in found["watch"].by_theory] == ["Own gains only"]
    assert [view_title(seen.view) for seen in found["beacons-lit"].by_theory] == ["Own gains only", "Relative gains"]
    assert view_title(found["beacons-lit"].main_theory.view) == "Relative gains"


WRONG = {
    "patience": ("patience: 0.8\n\ncommon", "patience: 1\n\ncommon", "at 1 the sum of all rounds has no end"),
    "patience-low": ("patience: 0.8\n\ncommon", "patience: -0.1\n\ncommon", "is below 0"),
    "no-gain": ("payoffs: {both: 2, neither: 0", "payoffs: {both: 2, neither: 3", "there is no dilemma without it"),
    "lacking": (
        "payoffs: {both: 2, neither: 0, ",
        "payoffs: {both: 2, ",
        "nothing is said of what either side gets: neither",
    ),
    "strategy": ("Grudger, three-fires]", "Gruger, three-fires]", "no strategy 'Gruger'"),
    "rows": (
        "one: {plays: D, then: {C: lit, D: none}}",
        "one: {plays: D, then: {C: {lit: 0.5, one: 0.4}, D: none}}",
        "add up to 0.9, not 1",
    ),
    "outcome": ("lit: {plays: C, then: {C: lit, D: none}}", "lit: {plays: C, then: {C: lit}}", "nothing follows"),
    "state": ("lit: {plays: C, then: {C: lit,", "lit: {plays: C, then: {C: light,", "no state 'light'"),
    "chance": ("none: {plays: D,", "none: {plays: 2,", "three-fires"),
    "noise": ("noise: {value: 0.05", "noise: {value: 0.7", "is not from 0 to 0.5"),
    "sides": (
        "    between: [river, hill]\n    payoffs: {both: 2",
        "    between: [river, river]\n    payoffs: {both: 2",
        "both sides",
    ),
    "stranger": ("held: {river:", "held: {abbey: 0.5, river:", "'abbey' is not one of the two sides"),
    "needed": ("    needed: 3\n", "    needed: 9\n", "9 is more than there are (4)"),
    "two-kinds": ("    needed: 3\n", "    needed: 3\n    multiplier: 2\n", "shared out, or had if enough pay"),
    "benefit": ("    benefit: 5\n", "    benefit: 0.5\n", "there is no dilemma"),
    "own-name": ("    name: Three fires\n", "    name: Tit For Tat\n", "comes with Détente ('tit-for-tat')"),
    "exploits": ("free_rides: {value: 2.5", "free_rides: {value: 3.5", "a trustworthy side would rather exploit"),
    "sign": ("if_trustworthy: {value: 0.8", "if_trustworthy: {value: 0.3", "never goes better with a trustworthy side"),
    "member": (
        "    between: [river, hill]\n    payoffs: {both: 2",
        "    between: [hill, dun]\n    payoffs: {both: 2",
        "belongs to",
    ),
    "none-tried": (
        "  strategies: [Tit For Tat, GTFT, Win-Stay Lose-Shift, Grudger, three-fires]",
        "  strategies: []",
        "strategies",
    ),
    "forms": (
        "    name: Three fires\n",
        "    name: Three fires\n    line: {through: both, slope: 0.5, pace: 0.1}\n",
        "either `after:`, or `line:`, or `states:`",
    ),
    "slope": (
        "    name: Three fires\n",
        "    name: Three fires\n    line: {through: both, slope: 2, pace: 0.1}\n",
        "slope",
    ),
    "race": ("    fatigue: {river: 0.5, hill: 0.6}\n", "    fatigue: {river: 0.5}\n", "nothing is said of hill"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_located_and_explained(leagues: Path, name: str):
    old, new, says = WRONG[name]
    text = leagues.read_text(encoding="utf-8")
    assert text.count(old) == 1
    leagues.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError) as error:
        read_case(str(leagues))
    told = [str(problem) for problem in error.value.problems if says in str(problem)]
    assert told, str(error.value)
    line = text[: text.index(old)].count("\n") + 1
    at = int(told[0].split(":")[1])
    # An entry that is wrong as a whole is told where it begins.
    assert line - 6 <= at <= line + old.count("\n") + 1


def test_the_nearest_strategy_is_named(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    leagues.write_text(text.replace("[Tit For Tat, GTFT", "[Tit For Tatt, GTFT"), encoding="utf-8")
    with pytest.raises(CaseError, match=r"no strategy 'Tit For Tatt' \(did you mean 'tit-for-tat'\?\)"):
        read_case(str(leagues))


def test_strategies_take_the_payoffs_of_the_game_as_either_side_sees_it(leagues: Path):
    """GTFT forgives as often as Nowak and Sigmund's formula says; a line out of reach is told, and others are tried."""
    text = leagues.read_text(encoding="utf-8")
    own = "  pinning:\n    name: Pinning\n    line: {through: 40, slope: 0, pace: 0.1}\n\nrepetition:\n"
    text = text.replace("\nrepetition:\n", own, 1).replace("Grudger, three-fires]", "Grudger, pinning]")
    leagues.write_text(text, encoding="utf-8")
    case = read_case(str(leagues)).case
    (section,) = sections_of(case, "durability")
    told = next(row for row in table(section, "noise") if row["strategy"] == "Pinning")
    assert "40 for the other" in str(told["not_here"])
    assert "Pinning" not in finding(section, "noise").says
    plays = {(game.id, play.strategy): play for game in model_of(case).noise for play in game.strategies}
    assert isinstance(plays["watch", "Pinning"], UnavailableStrategy)
    watch = matches(case)["watch"].main_at_means
    machines = []
    for side in (0, 1):
        p = watch.stage_games.side_payoffs(side, 0)
        chance = min(1 - (p.T - p.R) / (p.R - p.S), (p.R - p.P) / (p.T - p.P))
        machines.append(memory_one_automaton([1, chance, 1, chance]))
    both = match_outcomes(machines[0], machines[1], Horizon(discount=float(watch.patience[0])), 0.05)[0]
    generous = plays["watch", "GTFT"]
    assert isinstance(generous, SelfPlay)
    assert generous.discounted_cooperation == pytest.approx(both, abs=1e-12)


def test_a_strategy_that_is_kept_to_is_told_apart_from_the_one_that_keeps_most(leagues: Path):
    """What is told as kept to is an equilibrium, and keeps no more than what keeps most."""
    for game in model_of(read_case(str(leagues)).case).noise:
        best, stable = game.most_cooperative, game.most_cooperative_equilibrium
        plays = [play for play in game.strategies if isinstance(play, SelfPlay)]
        assert best is not None
        assert best.discounted_cooperation == max(play.discounted_cooperation for play in plays)
        assert (stable is None) == (not any(play.is_equilibrium for play in plays))
        if stable:
            assert stable.is_equilibrium
            assert stable.discounted_cooperation <= best.discounted_cooperation


def test_a_game_in_which_a_side_is_indifferent_is_told_with_all_its_equilibria(leagues: Path):
    """River gets the same whatever it does where Hill cooperates, so it may do anything that keeps Hill to it."""
    found = model_of_changed(
        leagues,
        **{
            f"games__beacons-lit__payoffs_of__{side}__{word}": value
            for side, words in {
                "river": {"both": "2", "free_rides": "2", "neither": "0", "alone": "-1"},
                "hill": {"both": "2", "free_rides": "1", "neither": "1", "alone": "-2"},
            }.items()
            for word, value in words.items()
        },
    )
    beacons = next(game for game in found.game_kinds if game.id == "beacons-lit")
    liberalism = next(entry for entry in beacons.by_theory if "Liberalism" in entry.view.titles)
    spans = [(equilibria.p, equilibria.q) for equilibria in liberalism.equilibria]
    # Hill cooperates if 2 p - 2 (1 - p) >= p + (1 - p)
    assert spans == [((0.75, 1), (1, 1)), ((0, 0), (0, 0))]
    told = table_rows(game_kinds_finding(found.game_kinds, found.case), game="Beacons", theory="Liberalism")
    names = ("row_chance", "row_chance_to", "column_chance", "column_chance_to")
    assert [tuple(row[name] for name in names) for row in told] == [(0.75, 1, 1, 1), (0, None, 0, None)]


def test_a_strategy_too_large_for_a_matrix_is_told(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    leagues.write_text(text.replace("Grudger, three-fires]", "Grudger, GBM10]"), encoding="utf-8")
    with pytest.raises(CaseError, match="'Go By Majority 10' has 462 states"):
        read_case(str(leagues))


def test_a_public_good_without_a_dilemma(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    old = "    needed: 3\n    benefit: 5\n    cost: {uniform: [1, 3], because: invented}\n"
    assert old in text
    for multiplier, why in (("0.8", "giving is a loss to all"), ("6", "each gains by giving")):
        leagues.write_text(text.replace(old, f"    multiplier: {multiplier}\n"), encoding="utf-8")
        with pytest.raises(CaseError, match=why):
            read_case(str(leagues))


def changed_case(leagues: Path, **changes: str) -> Case:
    return read_case(str(leagues), changes={path.replace("__", "."): value for path, value in changes.items()}).case


def changed(leagues: Path, **changes: str) -> Section:
    return sections_of(changed_case(leagues, **changes), "durability")[0]


def model_of_changed(leagues: Path, **changes: str) -> DurabilityModel:
    return model_of(changed_case(leagues, **changes))


def test_a_side_that_cooperates_anyway_can_still_be_cooperated_with(leagues: Path):
    """Harmony for one side and a dilemma for the other: mutual defection for a while deters, and all findings agree."""
    found = model_of_changed(
        leagues,
        games__watch__payoffs__free_rides="5",
        games__watch__payoffs_of__hill__both="4",
        games__watch__payoffs_of__hill__alone="2",
        games__watch__payoffs_of__hill__free_rides="3",
        games__watch__patience="0.95",
    )
    watch = next(game for game in found.patience if game.id == "watch")
    assert watch.by_theory[0].error_free_share == 1
    best = next(entry for entry in found.best_sustained if entry.game == "watch")
    assert best.full_lasts


def test_what_is_structural_is_so_for_any_numbers(leagues: Path):
    """In a Chicken concern can ask for less patience, and nothing is called structural."""
    chicken = {"both": "2", "neither": "0", "alone": "1", "free_rides": "5"}
    found = changed(
        leagues,
        games__watch__trust__trustworthy__free_rides="1.5",
        **{f"games__{game}__payoffs__{k}": v for game in ("watch", "beacons-lit") for k, v in chicken.items()},
    )
    assert not finding(found, "many").structural
    assert "does not only rise" in finding(found, "map-watch").says
    assert finding(changed(leagues), "many").structural is False  # beacons are a Stag Hunt


def test_giving_that_pays_anyway_needs_no_patience(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    old = "    needed: 3\n    benefit: 5\n    cost: {uniform: [1, 3], because: invented}\n"
    leagues.write_text(text.replace(old, "    multiplier: {uniform: [3.9, 8]}\n"), encoding="utf-8")
    (bridge,) = model_of(read_case(str(leagues)).case).common_goods
    assert bridge.payer_count == 4
    assert bridge.patience_needed[0] == 0
    assert bridge.lasting_share == 1
    assert bridge.needed_stable_share is None
    assert bridge.contribution_chances is None


def test_the_balance_of_offence_counts_everywhere(leagues: Path):
    """Where offence counts for nothing there is nothing to be won or lost by surprise."""
    watch = next(game for game in model_of_changed(leagues, games__watch__offence="0").patience if game.id == "watch")
    liberalism = next(entry for entry in watch.by_theory if entry.view.titles == ("Liberalism",))
    assert liberalism.needed[1] == 0
    says = finding(changed(leagues, games__watch__offence="3"), "dilemma-watch").says
    assert "River League's game is Prisoner's Dilemma" in says
