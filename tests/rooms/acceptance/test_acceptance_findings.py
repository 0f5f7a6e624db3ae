"""Who accepts: what the room says of the bundled cases and their scenarios."""

from __future__ import annotations

import re
from math import log10
from pathlib import Path

import pytest

from detente.assessment.assess import Assessment, read_case
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding, Section
from detente.results.pictures import CellGrid, RangeRows
from detente.results.table import Cell, Table
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.acceptance.model.choices.choice_sensitivity import MOST_DRAWS_PER_OPTION
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import acceptance_under_priors
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIfs
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.assessed_cases import assessed_case
from tests.rooms.sections import sections_of


@pytest.fixture(scope="module")
def first(assessed: Assessment) -> dict[str, Section]:
    return {section.id: section for section in assessed.sections}


def finding(section: Section, id: str) -> Finding:
    return next(one for one in section.findings if one.id == id)


def table_of(section: Section, id: str) -> Table:
    table = finding(section, id).table
    assert isinstance(table, Table)
    return table


def number(cell: Cell) -> float:
    assert isinstance(cell, int | float)
    return float(cell)


def test_the_first_case_declines_for_several_reasons(first, assessed: Assessment):
    section = first["response"]
    assert section.headline.startswith("NATO refuses the Russia-run channel as a loss")
    assert section.headline.endswith("the consensus channel despite a gain.")
    shares = {name: one.value for name, one in assessed.outcomes.items() if name.endswith(".strict")}
    by_all = [share for name, share in shares.items() if name.endswith(".all-reasons.strict")]
    assert by_all
    assert max(by_all) < 0.05
    by_institutions = [share for name, share in shares.items() if name.endswith(".as-institutionalists.strict")]
    assert min(by_institutions) > 0.45
    # If Russia runs the channel, it refuses on its gains only as well; by consensus it would accept by them.
    assert shares["acceptance.bloc.hub.as-liberals.strict"] == pytest.approx(0.07, abs=0.02)
    assert shares["acceptance.bloc.collegiate.as-liberals.strict"] == pytest.approx(0.60, abs=0.02)
    reasons = finding(section, "reasons").says
    assert "By consensus, NATO gains by the channel in 60 of 100 simulations. Its other reasons stop 58" in reasons
    assert "If Russia runs the channel, NATO gains by it in 8 of 100 simulations." in reasons
    table = table_of(section, "theories")
    assert list(dict.fromkeys(table.values("year"))) == [2005, 2007, 2013]
    assert table.height == 3 * 2 * 6
    (row,) = (
        row for row in table.records() if (row["year"], row["theory"], row["run"]) == (2007, "Liberalism", "Russia-run")
    )
    assert row["strict"] == shares["acceptance.bloc.hub.as-liberals.strict"]
    assert row["strict_error"] == assessed.outcomes["acceptance.bloc.hub.as-liberals.strict"].error


def test_its_misses_come_first(first):
    table = table_of(first["against"], "outcomes")
    assert "Afghanistan" in str(table.values("what_happened")[0])
    assert "Russia would rather deal" in first["against"].lead
    assert set(table.values("accepted")) == {True, False}
    told = " ".join(map(str, table.values("entries")))
    for entry in ("oc-1993-contact", "oc-nrc-nato", "oc-un-memorandum", "oc-transit-nato"):
        assert entry in told
    assert set(table.values("constant_refusal")) == {"right", "wrong"}
    # Seventeen proposals of three agendas, none taken up.
    agendas = [row for row in table.records() if str(row["date"])[:4] in ("2007", "2012", "2013")]
    assert sum("not taken up" in str(row["what_happened"]) for row in agendas) == 17


def test_the_claims_are_rechecked_in_all_years_and_forms(first):
    found, table = finding(first["against"], "claims"), table_of(first["against"], "claims")
    rows = list(table.records())
    assert len({(row["claim"], row["year"], row["run"]) for row in rows}) == 8 * 6
    assert found.says.startswith("Of six general claims on such channels, three hold in every year and however")
    assert "One does not hold. One depends on the year or how it is run." in found.says
    picture = found.picture
    assert isinstance(picture, CellGrid)
    states = {title: tuple(cell.state for cell in cells) for title, cells in picture.rows}
    assert states["NATO refuses"] == states["NATO refuses, though on gains only both would accept"] == ("yes", "yes")
    assert states["A grave threat, felt by all, reverses the refusal"] == ("no", "no")
    assert states["On their gains only, both sides accept"] == ("no", "half")
    driven = [row for row in rows if row["path"]]
    assert driven
    assert all("." not in str(row["driven_by"]) for row in driven)  # the words, and not the path
    assert all(abs(number(row["highest"]) - number(row["lowest"])) >= 0.1 for row in driven)


def test_the_opening_says_how_likely_it_is_by_both_tests(first, assessed: Assessment):
    section = first["response"]
    assert section.lead.startswith(
        "If Russia runs the channel, there is almost no chance that NATO accepts: in at most"
    )
    assert "By consensus, it is very unlikely at best that NATO accepts: in" in section.lead
    stem = "acceptance.bloc.collegiate.all-reasons"
    low, high = sorted(round(100 * assessed.outcomes[f"{stem}.{test}"].value) for test in ("strict", "generous"))
    assert f"in {low} to {high}." in section.lead
    assert section.picture_of == ("theories",)
    picture = section.picture
    assert isinstance(picture, RangeRows)
    assert [row.is_base for row in picture.rows] == [True, *[False] * 5]
    bar = picture.rows[0].bars[1]
    assert bar is not None
    assert (round(100 * bar.low), round(100 * bar.high)) == (low, high)


def test_what_is_assumed_and_what_might_be_otherwise_is_told_in_one_fold_each(first):
    """Each names what reverses the answer, and shows it beside the case as it is."""
    section = first["response"]
    assumptions, courses = finding(first["sure"], "assumptions"), finding(section, "courses")
    assert "one of 13 other sets of estimates reverses the answer: every estimate favours the offer." in (
        assumptions.says
    )
    assert "one reverses it if made otherwise: what there is without the channel." in assumptions.says
    assert assumptions.short_answer == "two of 20 reverse it"
    assert assumptions.robustness.standing == "fragile"
    assert isinstance(assumptions.picture, RangeRows)
    assert len(assumptions.picture.rows) == 1 + 13 + 1
    assert courses.says.startswith("We tried ten other courses, and none reverses the answer. One helps most: both")
    assert isinstance(courses.picture, RangeRows)
    assert len(courses.picture.rows) == 1 + 10
    heights = [max(bar.high for bar in row.bars if bar) for row in courses.picture.rows]
    (best,) = (row for row, height in zip(courses.picture.rows, heights, strict=True) if height == max(heights))
    assert f"{best.label[1:]}. Then NATO would accept" in courses.says
    assert f"to {round(100 * max(heights))} by consensus" in courses.says
    assert "Of seven courses that the documents expect something of, two come out as expected" in courses.says


def test_what_the_offering_side_decides_counts_what_is_paid(first):
    """The record and the finding on the inside agree."""
    table = table_of(first["against"], "outcomes")
    row = next(row for row in table.records() if "oc-csto-offers" in str(row["entries"]))
    assert number(row["favoured"]) > 0.9


def test_other_priors_are_the_case_with_other_numbers():
    """By both tests, as the numbers in the files themselves would give it."""
    case = read_case("two-leagues").case
    (found,) = acceptance_under_priors(WhatIfs(case))
    same = read_case("two-leagues", changes={"mechanisms.envy.of.hill": "0", "mechanisms.envy.of.aldmoor": "0"}).case
    draw_count = min(case.network.draws, MOST_DRAWS_PER_OPTION)
    expected = simulate_acceptance(ChannelModel(same, build_actor_network(same, 1408)), draw_count)
    deciders = expected.deciders
    for variant in deciders.offered_variants:
        for theory in (deciders.absolute_gains, deciders.full_theory):
            key = (variant.form, theory.id)
            strict, generous = found.what_if.strict[key], found.what_if.generous[key]
            assert strict.after.value == pytest.approx(expected.acceptance_share(variant, theory), abs=1e-12)
            assert generous.after.value == pytest.approx(expected.generous_share(variant, theory), abs=1e-12)


def test_the_table_of_estimates_has_both_tests_with_errors(first, assessed: Assessment):
    rows = list(table_of(first["response"], "priors").records())
    own = [row for row in rows if row["assumptions"] == "As we assume"]
    assert len(own) == 4
    assert len(rows) == 4 * 14  # two theories in two ways to run it, as assumed and by 13 other sets
    for row in rows:
        for name in ("strict", "generous"):
            assert 0 <= number(row[name]) <= 1
            assert number(row[f"{name}_error"]) >= 0
    moved = [row for row in rows if row not in own]
    assert all(row["strict_change"] is not None and row["generous_change"] is not None for row in moved)


def test_a_channel_that_replaces_nothing_is_accepted_more_often_than_one_that_replaces_all(first):
    rows = list(table_of(first["response"], "exclusivity").records())
    by_all = [row for row in rows if row["theory"] == rows[-1]["theory"]]
    for run in {row["run"] for row in by_all}:
        along = [row for row in by_all if row["run"] == run]
        assert [row["exclusivity"] for row in along] == [0, 0.1, 0.3, 0.5, 1]
        for name in ("strict", "generous"):
            assert number(along[0][name]) > number(along[-1][name])


def test_outcomes_that_follow_from_the_model_are_not_counted(first):
    table = table_of(first["against"], "outcomes")
    counts = {str(row["entries"]).split(", ")[0]: row["counts"] for row in table.records()}
    for entry in ("oc-nrc-nato", "oc-partnerships", "oc-un-memorandum", "oc-1993-contact"):
        assert counts[entry] == "no, follows from the model"
    assert counts["oc-kazakhstan-plays-off"] == "no, inferred"
    assert counts["oc-russia-afghanistan"] == counts["oc-offer-2004"] == "yes"


def test_motives_beside_their_coding(first):
    table = table_of(first["response"], "motives")
    index = {(row["entry"], row["run"]): row for row in table.records()}
    assert index["csto-5", "Russia-run"]["index"] == 0
    assert index["csto-5", "Russia-run"]["reads"] == "both win"
    assert index["csto-3", "Russia-run"]["reads"] == "one loses what the other wins"
    assert index["nato-3", "Russia-run"]["reads"] == "neither"
    assert index["csto-4", "Russia-run"]["coded"] == "Realism, Liberalism besides"
    assert "no discovery" in finding(first["response"], "motives").says


@pytest.fixture(scope="module")
def now() -> AcceptanceResult:
    case = read_case("nato-csto").case
    return simulate_acceptance(ChannelModel(case, build_actor_network(case, 2007)), 1_000)


@pytest.mark.parametrize(
    ("scenario", "better"),
    [
        ("existential-threat", True),
        ("threat-felt-by-one", False),
        ("united-states-reorients", None),
        ("all-allies-reorient", True),
        ("nobody-else-is-put-off", True),
        ("nothing-gets-lost-between-blocs", True),
    ],
)
def test_what_scenarios_do_to_what_nato_makes_of_it(now: AcceptanceResult, scenario: str, better: bool | None):
    """On common draws: a threat that one side feels alone does not help the offer, nor does the wish of one ally."""
    case = read_case("nato-csto", scenario).case
    then = simulate_acceptance(ChannelModel(case, build_actor_network(case, 2007)), 1_000)
    for run in now.deciders.offered_variants:
        before, after = (one.answer_utility[run, one.deciders.full_theory.id].mean() for one in (now, then))
        if better:
            assert after > before + 0.01, run
        elif better is False:
            assert after < before, run  # it raises what Russia has to gain inside the CSTO
        else:
            assert after == pytest.approx(before, abs=0.002), run


def test_without_concern_for_relative_gains_russias_lead_is_no_reason(now: AcceptanceResult):
    case = read_case("nato-csto", "nobody-minds-others-gains").case
    then = simulate_acceptance(ChannelModel(case, build_actor_network(case, 2007)), 1_000)
    hub = now.deciders.offered_variants[0]
    assert then.answer_utility[hub, "all-reasons"].mean() > now.answer_utility[hub, "all-reasons"].mean() + 0.1
    assert (then.answer_utility[hub, "as-liberals"] == now.answer_utility[hub, "as-liberals"]).all()


def test_a_csto_that_answers_as_one(tmp_path: Path):
    case = read_case("nato-csto", "csto-answers-as-one").case
    council = DecisionMakers(ChannelModel(case, build_actor_network(case, 2007)))
    assert council.forms == ["collegiate"]
    section = sections_of(case, "acceptance")[0]
    assert "Russia runs" not in section.lead
    assert section.headline.count("channel") == 1
    assert isinstance(section.picture, RangeRows)
    assert len(section.picture.series) == 1


def test_another_case_is_told_of_too():
    case = read_case("two-leagues").case
    found = {section.id: section for section in assessed_case("two-leagues").sections}
    assert found["response"].headline == "Hill League refuses the channel despite a gain, however it is run."
    assert any("Silence costs little" in one for one in found["response"].assumptions)
    told = AcceptanceLabels(
        simulate_acceptance(ChannelModel(case, build_actor_network(case, 1408)), 200), CaseLabels(case)
    )
    assert told.answering_side == "Hill League"


def test_estimates_that_would_reverse_it_are_named(first):
    section = first["response"]
    found = finding(section, "priors")
    assert "one of 13 other sets of estimates reverses the answer: every estimate favours the offer." in found.says
    assert found.robustness.standing == "fragile"


def test_no_number_is_hidden_in_words(first):
    """Every table has typed columns, and no cell of words begins with a number."""
    for one in (*first["response"].findings, *first["against"].findings, *first["sure"].findings):
        if one.id in ("courses", "assumptions"):
            continue  # which sum up others, whose tables stand in the annex
        assert isinstance(one.table, Table), one.id
        for column in one.table.columns:
            if column.format in ("text", "id", "ids"):
                words = [str(cell) for cell in one.table.values(column.name) if cell]
                assert not [cell for cell in words if re.match(r"[<>~+−-]?\s*\.?\d", cell)], (one.id, column.name)


def test_thresholds_hold_the_places_at_which_the_answer_turns(first):
    """As many as the word says: none, one, or several."""
    for row in table_of(first["response"], "thresholds").records():
        places = [cell for name, cell in row.items() if name.startswith("turning_point_") and cell is not None]
        expected = {"everywhere": 0, "nowhere": 0, "below": 1, "above": 1}.get(str(row["accepts"]))
        assert len(places) == expected if expected is not None else len(places) > 1
        assert all(0 <= number(place) <= 1 for place in places)


def test_the_map_of_replies_covers_the_whole_lever(first):
    """At each level of the threat the stretches of exclusivity meet, from 0 to 1."""
    stretches: dict[float, list[tuple[float, float]]] = {}
    for row in table_of(first["response"], "map-hub").records():
        ends = number(row["exclusivity_from"]), number(row["exclusivity_to"])
        stretches.setdefault(number(row["threat"]), []).append(ends)
    assert len(stretches) == 14
    for along in stretches.values():
        assert (along[0][0], along[-1][1]) == (0, 1)
        assert [end for _, end in along[:-1]] == [start for start, _ in along[1:]]


def test_of_those_that_turn_a_threat_has_a_median_and_quartiles(first):
    rows = list(table_of(first["response"], "grave-threat").records())
    told = [row for row in rows if row["from"] is not None]
    assert told
    for row in told:
        assert 0 < number(row["from_lower_quartile"]) <= number(row["from"]) <= number(row["from_upper_quartile"]) <= 1
        assert row["turned"] is not None


def test_a_constant_refusal_is_scored_on_the_same_outcomes(first):
    """It gives every refusal all, and every acceptance as good as nothing."""
    table = table_of(first["against"], "likelihoods")
    rows = {row["theory"]: row for row in table.records()}
    refusal = rows["Always no"]
    (outcome_count,) = {int(column.title.rsplit(" ", 1)[1]) for column in table.columns if column.name == "right"}
    wrong = outcome_count - number(refusal["right"])
    assert refusal["brier"] == pytest.approx(wrong / outcome_count)
    assert refusal["all"] == pytest.approx(10 * (wrong * log10(0.01) + (outcome_count - wrong) * log10(0.99)))
    assert number(rows["Liberalism"]["all"]) < 0
    assert rows["Always yes"]["right"] == wrong
    for row in rows.values():
        assert number(row["mean_chance"]) == pytest.approx(10 ** (number(row["all"]) / 10 / outcome_count))
    says = finding(first["against"], "likelihoods").says
    own, base_rate = (round(100 * number(rows[name]["mean_chance"])) for name in ("All its reasons", "Without theory"))
    assert f"the model gave what happened a chance of {own} in 100, the forecast {base_rate}." in says


def test_each_reply_is_worth_something_with_an_error(first):
    """The error of a mean over draws: of what lies between 0 and 1 at most half by the root of their number."""
    rows = [row for row in table_of(first["response"], "replies").records() if row["worth"] is not None]
    assert rows
    assert all(0 < number(row["worth_error"]) < 1 / (2 * 64) for row in rows)
    says = next(one.says for one in first["response"].findings if one.id == "replies")
    assert "To say nothing beats a refusal, mostly because we assumed that a no ends an offer sooner." in says


def test_replies_given_are_counted_beside_all_of_them(first):
    rows = list(table_of(first["response"], "replies").records())
    assert {row["of"] for row in rows} == {9}  # what Western officials asked for is no reply of NATO
    by_form = [row for row in rows if (row["theory"], row["run"]) == (rows[0]["theory"], rows[0]["run"])]
    assert sum(number(row["best"]) for row in by_form) == pytest.approx(1)
    assert sum(number(row["chance"]) for row in by_form) == pytest.approx(1)
