"""The folds of the chapter on whether cooperation lasts: right for none, some and all, for ties and for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRows
from detente.rooms.durability.findings.common_goods import all_pay_answer
from detente.rooms.durability.findings.institutions import institution_finding
from detente.rooms.durability.findings.many_states import many_states_finding
from detente.rooms.durability.findings.noise import noise_finding
from detente.rooms.durability.findings.pivotal_members import pivotal_members_finding
from detente.rooms.durability.findings.put_in import put_in_finding
from detente.rooms.durability.findings.robustness import lasting_robustness
from detente.rooms.durability.findings.section import MOST_DETAILS, limit_details
from detente.rooms.durability.findings.tipping_points import durability_levers_finding
from detente.rooms.durability.findings.trust.first_steps import first_steps_finding
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.model.institutions import PairedChange
from detente.rooms.durability.model.pivotal_members import GamePivots, PivotalVoice, SidePivots
from detente.rooms.durability.model.tipping_points import LeverTippingPoint
from tests.plain_words import count_words, word_faults


@pytest.fixture(scope="module")
def model() -> DurabilityModel:
    model = build_durability_model(read_case("nato-csto").case)
    assert model is not None
    return model


@pytest.fixture(scope="module")
def case(model: DurabilityModel) -> Case:
    return model.case


def told(finding: Finding | None) -> Finding:
    """A finding that is there, in plain words, with a question and a short answer."""
    assert finding is not None
    texts = [finding.says, finding.question, finding.short_answer, finding.see, finding.robustness.because]
    if finding.picture:
        texts.append(finding.picture.says)
    assert word_faults(texts) == []
    assert 0 < count_words(finding.short_answer) <= 6
    assert count_words(finding.says) <= 100
    return finding


@pytest.mark.parametrize(
    ("decided", "short", "says"),
    [
        ((0.1,) * 5, "on no issue", "On no issue does what we assumed"),
        ((0.9,) * 5, "on all five issues", "On all five issues, what we assumed"),
        ((0.9,) * 4 + (0.1,), "on four of five issues", "On four of five issues, what we assumed"),
        ((0.9, 0.1, 0.2, 0.3, 0.4), "on one of five issues", "On four others it decides in 10 to 40 of 100"),
        ((0.9, 0.1), "on one of two issues", "On fighting drugs and terrorism, it decides in 10 of 100 simulations."),
        ((1.0,), "in every simulation", "decides the answer in every simulation."),
        ((0.2,), "in 20 of 100 simulations", "decides the answer in 20 of 100 simulations."),
    ],
)
def test_how_far_it_was_put_in(model: DurabilityModel, decided: tuple[float, ...], short: str, says: str):
    games = [
        replace(game, lasts_anyway_share=share, never_share=0.0)
        for game, share in zip(model.put_in, decided, strict=False)
    ]
    finding = told(put_in_finding(games, model.case))
    assert finding.short_answer == short
    assert says in finding.says


def pivots(first: SidePivots, second: SidePivots, *, game: str = "security", model: DurabilityModel) -> GamePivots:
    return replace(model.pivots[0], game=game, sides=(first, second))


def test_whose_concern_decides(model: DurabilityModel, case: Case):
    one = SidePivots("csto", (PivotalVoice(("russia",), 0.5, 0.8),), 1, 0.8)
    unranked = SidePivots("nato", (PivotalVoice(("latvia",), 1, 0.4), PivotalVoice(("poland",), 1, 0.4)), 2, 0.8)
    itself = SidePivots("nato", (PivotalVoice(("nato",), 0.5, 1.0),), 1, 1.0)
    nobody = SidePivots("nato", (), 0, 0.0)
    found = told(pivotal_members_finding([pivots(unranked, one, model=model)], case))
    assert "Latvia or Poland, in 80 of 100 simulations; the model cannot rank them." in found.says
    assert "For the CSTO that is Russia, in 80 of 100 simulations." in found.says
    assert found.short_answer == "Russia and one of two"
    alike = replace(unranked, has_one_estimate=True)
    assert (
        "we gave them the same estimate"
        in told(pivotal_members_finding([pivots(alike, alike, model=model)], case)).says
    )
    assert told(pivotal_members_finding([pivots(unranked, unranked, model=model)], case)).short_answer == (
        "the model cannot say"
    )
    assert "NATO itself" in told(pivotal_members_finding([pivots(itself, one, model=model)], case)).says
    assert "NATO" not in told(pivotal_members_finding([pivots(nobody, one, model=model)], case)).says
    assert pivotal_members_finding([pivots(nobody, nobody, model=model)], case) is None
    differing = [pivots(unranked, one, model=model), pivots(itself, one, game="information", model=model)]
    found = told(pivotal_members_finding(differing, case))
    assert found.short_answer == "that differs by issue"
    assert "On peacekeeping: " in found.says
    assert "On exchanging information: " in found.says


@pytest.mark.parametrize(
    ("points", "short", "says"),
    [
        ([("patience", 0.75, 0.848)], "one change would do", "counted 85 per cent of this one; we assume 75."),
        ([("patience", 0.75, 0.752)], "one change would do", "counted slightly more than we assume."),
        ([("concern", 0.5, 0.25)], "one change would do", "50 per cent as much as we assume."),
        ([("T", 1.8, 0.5)], "one change would do", "if what free-riding brings were less than we assume."),
        ([("R", 1.0, None)], "no single change would do", "would last by no single change that we tried."),
    ],
)
def test_what_would_make_it_last(model: DurabilityModel, points, short: str, says: str):
    security = next(game for game in model.tipping_points if game.game == "security")
    lasting = [game for game in model.patience if game.id == "security"]
    game = replace(security, lasts=False, points=tuple(LeverTippingPoint(*point) for point in points))
    finding = told(durability_levers_finding([game], lasting, model.case))
    assert finding.short_answer == short
    assert says in finding.says


def test_what_would_end_it(model: DurabilityModel):
    """Of what lasts, the issue that is nearest to ending is told."""
    held = [game for game in model.tipping_points if game.lasts]
    lasting = [game for game in model.patience if game.id in {one.game for one in held}]
    finding = told(durability_levers_finding(held, lasting, model.case))
    assert finding.short_answer == "a future that counts less"
    assert "would end if the next round counted less than" in finding.says
    assert "not last" not in finding.says
    fixed = [replace(game, points=tuple(point for point in game.points if point.kind != "patience")) for game in held]
    assert durability_levers_finding(fixed, lasting, model.case).short_answer == "nothing about the future"


def test_the_picture_of_the_levers_has_the_numbers_of_its_sentences(model: DurabilityModel):
    finding = told(durability_levers_finding(model.tipping_points, model.patience, model.case))
    assert isinstance(finding.picture, RangeRows)
    rows = {row.label: row for row in finding.picture.rows}
    needed, available = rows["Peacekeeping"].bars
    assert needed is not None
    assert available is not None
    assert needed.dot is not None
    assert available.dot is not None
    sentence = f"counted {round(100 * needed.dot)} per cent of this one; we assume {round(100 * available.dot)}."
    assert sentence in finding.says
    hopeless = rows["Fighting drugs and terrorism"]
    assert hopeless.bars[0] is not None
    assert hopeless.bars[0].dot is None
    assert hopeless.note


def test_a_harder_beginning_is_told(model: DurabilityModel):
    game = next(game for game in model.patience if game.id == "rebuilding")
    main = replace(game.main, lasting_share=0.9, beginning_share=0.2)
    hard = replace(game, by_theory=tuple(main if entry.view.is_main else entry for entry in game.by_theory))
    points = [point for point in model.tipping_points if point.game == game.id]
    assert "To begin takes more" in told(durability_levers_finding(points, [hard], model.case)).says


def test_how_it_stands_is_the_weakest_verdict(model: DurabilityModel):
    game = model.patience[0]

    def standing(*shares: float) -> str:
        theories = tuple(replace(game.main, lasting_share=share) for share in shares)
        return lasting_robustness([replace(game, by_theory=theories)], model.case).standing

    assert standing(0.95, 0.99) == "robust"
    assert standing(0.95, 0.5) == "fragile"
    assert standing(0.95, 0.05) == "fragile"


def test_errors_that_do_nothing_and_no_errors_at_all(model: DurabilityModel):
    same = [
        replace(game, by_theory=(replace(game.main, lasting_share=0.7, error_free_share=0.7),))
        for game in model.patience
    ]
    finding = told(noise_finding(model.noise, same, model.case))
    assert finding.short_answer == "hardly anything"
    assert finding.says.startswith("Errors hardly change how often cooperation lasts.")
    none = noise_finding(model.noise, [replace(game, has_noise=False) for game in same], model.case)
    assert (none.place, none.question, none.picture) == ("annex", "", None)


@pytest.mark.parametrize(
    ("before", "after", "ended", "short", "says"),
    [
        (0.2, 0.8, 0.0, "up to 60 more of 100", "in 80 of 100 simulations, and without it in 20."),
        (0.8, 0.2, 0.6, "up to 60 fewer of 100", "It ends cooperation in some simulations."),
        (0.5, 0.5, 0.0, "hardly anything", "cooperation lasts about as often as without."),
        (0.0, 0.0, 0.0, "hardly anything", "It would even so last in no simulation."),
    ],
)
def test_what_an_institution_changes(
    model: DurabilityModel, before: float, after: float, ended: float, short: str, says: str
):
    test = model.institutions[0]
    game = replace(test.all_effects[0], lasts=PairedChange(before, after, 0.01, ended))
    finding = told(institution_finding(replace(test, games=(game,), break_even=test.break_even[:1]), model.case))
    assert finding.short_answer == short
    assert says in finding.says


def test_an_institution_that_only_raises_trust(model: DurabilityModel):
    test = replace(model.institutions[0], games=(), break_even=())
    finding = told(institution_finding(test, model.case))
    assert finding.picture is None
    assert finding.short_answer == "only how far they trust"
    assert "of 100 simulations, and without it in" in finding.says


def test_more_than_two(model: DurabilityModel, case: Case):
    security = next(game for game in model.many_states if game.id == "security")
    built_in = told(many_states_finding([security], case))
    assert built_in.structural
    assert built_in.short_answer == "easier and harder, both built in"
    assert built_in.says.startswith("Built in: spread over more states")
    found = told(many_states_finding([replace(security, is_symmetric_dilemma=False)], case))
    assert found.short_answer == "easier and harder"
    assert found.says.startswith("Spread over more states")
    unconcerned = told(many_states_finding([replace(security, sharing_concern=None, with_errors=None)], case))
    assert unconcerned.short_answer == "harder, which is built in"
    assert "one error of anybody" not in unconcerned.says


def test_first_steps_that_never_help(model: DurabilityModel):
    steps = model.first_steps
    assert steps is not None
    never = replace(steps, steps=tuple(replace(step, some_step_share=0.0) for step in steps.steps))
    finding = told(first_steps_finding(never, model.trust, (), model.case))
    assert finding.short_answer == "no step would"
    assert "neither confirms that advice nor contradicts it" in finding.says


def test_all_pay_in_few_words():
    assert all_pay_answer(7, 0.004) == "all seven in <1 of 100"
    assert all_pay_answer(4, 1.0) == "all four, in every simulation"


def test_no_more_folds_than_there_is_room_for(model: DurabilityModel):
    finding = put_in_finding(model.put_in, model.case)

    def many() -> Iterator[Finding | None]:
        yield None
        for number in range(MOST_DETAILS + 2):
            yield replace(finding, id=str(number))

    places = [one.place for one in limit_details(many())]
    assert places == ["detail"] * MOST_DETAILS + ["annex"] * 2
