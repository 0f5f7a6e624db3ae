"""Choices that are no numbers: each varied by itself, all drawn together, and told where one turns the answer."""

from __future__ import annotations

import json
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import CaseError, read_case
from detente.assessment.assess import assess
from detente.case.bundled import bundled_cases
from detente.case.loading.model_patch import case_with_values
from detente.case.loading.path_patch import BadPath
from detente.case.schema.choices import OWN_OPTION
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.results.pictures import RangeRows
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.choices.choice_grid import QUICK_GRID
from detente.rooms.acceptance.model.choices.choice_sensitivity import (
    ChoicesResult,
    OptionAnswers,
    vary_choices,
)
from detente.rooms.acceptance.model.choices.model_choices import (
    STANDING_CHOICES,
    ChoiceOption,
    choices_of_case,
)
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from tests.cases.two_hub_case import written

PRESENT: dict[str, Any] = {
    "title": "What there is",
    "says": "dealings one by one",
    "alternatives": {
        "nothing": {"says": "nothing", "set": {"network.observed": "none", "channels.bloc.displaces": "none"}}
    },
}
SETTLED = {"title": "Settled", "says": "as it is"}
ENVY = {"envy": {"title": "Envy", "kind": "relative", "of": {"n": {"uniform": [0, 1]}}, "against": {"n": "r"}}}
RANK = {"rank": {"title": "Rank", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.2]}}}}
DRAWN: dict[str, Any] = {
    "mechanisms": ENVY | RANK,
    "channels__bloc__exclusivity": {"uniform": [0, 1]},
    "network__draws": 256,
    "network__raised": 2,
}


def varied(folder: Path, **more: Any) -> ChoicesResult:
    """The choices of the case on paper, whose numbers are drawn."""
    return vary_choices(read_case(str(written(folder, **(DRAWN | more)))).case)


def test_every_case_makes_choices_whether_or_not_it_says_so(tmp_path: Path):
    found = {one.id: [option.id for option in one.options] for one in choices_of_case(read_case("nato-csto").case)}
    assert found["compared-with"] == [OWN_OPTION, "other-side"]
    assert found["present-channel"] == [OWN_OPTION, "nato-russia", "none"]
    assert found["leading-member"] == [OWN_OPTION, "kazakhstan"]
    assert found["measure-of-regimes"] == [OWN_OPTION, "polity"]
    assert found["threat-within"] == [OWN_OPTION, "not-within"]
    assert found["fixed-terms"] == [OWN_OPTION, "in-full"]
    bare = choices_of_case(read_case(str(written(tmp_path))).case)
    assert [one.id for one in bare] == ["present-channel", "leading-member"]
    assert bare[0].options[1].values == {"network.observed": "none", "channels.bloc.displaces": "none"}
    assert bare[1].options[1].values == {"network.through.east": ["j1"]}
    measure = {"carts": {"title": "Carts", "held": {2000: {"n": 1, "r": 1, "j0": 1, "j1": 1, "j2": 1}}}}
    case = read_case(str(written(tmp_path, capabilities__carts=measure["carts"]))).case
    assert [option.id for option in choices_of_case(case)[-1].options] == [OWN_OPTION, "carts"]


@pytest.mark.parametrize("name", bundled_cases())
def test_what_a_case_could_have_chosen_is_a_case_that_nothing_is_wrong_with(name: str):
    """Written out as changes of the files, every alternative passes all checks."""
    for choice in choices_of_case(read_case(name).case):
        for option in choice.options[1:]:
            changed = {path: _as_yaml(value) for path, value in option.values.items()}
            read_case(name, changes=changed)


def _as_yaml(value: object) -> str:
    return json.dumps(value)


def test_a_choice_gives_what_the_case_gives_if_it_says_so(tmp_path: Path):
    """An alternative is no more than another case: the shares are those of that case, on the same draws."""
    result = varied(tmp_path)
    seen = 0
    for one in result.choices:
        for option in one.options[1:]:
            changes = {path: _as_yaml(value) for path, value in option.option.values.items()}
            case = read_case(str(written(tmp_path, **DRAWN)), changes=changes).case
            answers = answer_offer(case, result.draw_count, with_issues=True)
            for key, share in option.strict.items():
                assert share.value == answers.strict[key].mean()
                assert option.generous[key].value == answers.generous[key].mean()
                seen += 1
    assert seen > 8


def test_all_choices_drawn_are_the_weighted_mean_of_their_combinations(tmp_path: Path):
    choices: dict[str, Any] = {
        "present-channel": PRESENT | {"weight": 3},
        "rank-counts": {
            "title": "Rank",
            "says": "as it is",
            "alternatives": {"none": {"says": "no rank", "set": {"mechanisms.rank.of.n": 0}, "weight": 2}},
        },
    }
    choices |= {name: SETTLED for name in STANDING_CHOICES if name != "present-channel"}
    result = varied(tmp_path, choices=choices)
    assert [one.choice.id for one in result.choices] == ["present-channel", "rank-counts"]
    grid = result.grid
    assert grid is not None
    assert (grid.cell_count, grid.left_out) == (4, ())
    case = read_case(str(written(tmp_path, **DRAWN))).case
    nothing, unranked = PRESENT["alternatives"]["nothing"]["set"], {"mechanisms.rank.of.n": 0}
    for key in grid.strict:
        mean = np.zeros(result.draw_count)
        for (first, p), (second, q) in product([({}, 3 / 4), (nothing, 1 / 4)], [({}, 1 / 3), (unranked, 2 / 3)]):
            answers = answer_offer(case_with_values(case, {**first, **second}), result.draw_count)
            mean += p * q * answers.strict[key]
        assert grid.strict[key].value == pytest.approx(mean.mean(), abs=1e-12)
        assert grid.strict[key].error == pytest.approx(mean.std(ddof=1) / np.sqrt(len(mean)), abs=1e-12)


def test_choices_that_move_the_answer_least_are_left_out_where_combinations_are_many(tmp_path: Path):
    choices = {
        f"c{k}": {
            "title": f"Choice {k}",
            "says": "as it is",
            "alternatives": {
                "other": {"says": "another", "set": {f"mechanisms.m{k}.of.n": 0.05 * (k + 1)}, "weight": 3},
            },
        }
        for k in range(6)
    }
    mechanisms = {
        f"m{k}": {"title": f"Mechanism {k}", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.05]}}} for k in range(6)
    }
    result = varied(tmp_path, choices=choices, mechanisms=mechanisms)
    grid = result.grid
    assert grid is not None
    assert grid.cell_count == prod(len(choice.options) for choice in grid.choices) <= QUICK_GRID.most_cells
    moves = {one.choice.id: one.largest_move("all-mechanisms") for one in result.choices}
    kept, left_out = ([moves[choice.id] for choice in of] for of in (grid.choices, grid.left_out))
    assert left_out
    assert min(kept) >= max(left_out) > 0
    assert any(grid.strict_range[key][0] < grid.strict[key].value < grid.strict_range[key][1] for key in grid.strict)


def test_an_answer_turns_only_beyond_two_errors_of_the_change():
    key: AnswerKey = ("hub", "own-gains")

    def answers(share: float, change: float, error: float) -> OptionAnswers:
        shares = {key: EstimatedShare(share, 0.01)}
        return OptionAnswers(
            ChoiceOption("other"), shares, shares, shares, shares, {key: EstimatedShare(change, error)}
        )

    own = answers(0.49, 0, 0)
    assert answers(0.52, 0.03, 0.01).turns(own, key)
    assert not answers(0.52, 0.03, 0.02).turns(own, key)
    assert not answers(0.44, -0.05, 0.01).turns(own, key)


def test_a_form_that_some_options_do_not_leave_is_drawn_over_the_others(tmp_path: Path):
    values = {"response.form": "hub", "channels.bloc.exclusivity": 1, "mechanisms.rank.of.n": 0.5}
    hub = {"says": "through R, and more exclusive", "set": values, "weight": 3}
    form = {"title": "Form", "says": "either", "alternatives": {"hub": hub}}
    choices = {"present-channel": PRESENT, "form": form}
    choices |= {name: SETTLED for name in STANDING_CHOICES if name != "present-channel"}
    result = varied(tmp_path, choices=choices, response={"channel": "bloc"}, mechanisms=RANK)
    (present, _) = result.choices
    grid = result.grid
    assert grid is not None
    assert {choice.id for choice in grid.choices} == {"present-channel", "form"}
    assert all(key[0] == "hub" for key in grid.shares)
    for key in (key for key in present.own.strict if key[0] == "collegiate"):
        by_option = [option.strict[key].value for option in present.options]
        assert grid.strict[key].value == pytest.approx(sum(by_option) / 2, abs=1e-12)


def test_replies_that_are_as_good_share_the_best_place(tmp_path: Path):
    """A channel that is the present one in all but name is worth nothing, and so is a silence that costs nothing."""
    same = {"title": "Bloc", "links": [["r", "east"], ["n", "east"]], "joins": ["west", "east"], "efficiency": 0.6}
    response = {"replies": {"silence": {"kept": 0.5}}, "insight": 0, "hazard": 0}
    case = read_case(str(written(tmp_path, channels__bloc=same, response=response))).case
    answers = answer_offer(case, 10)
    assert answers.generous["hub", "own-gains"].tolist() == [0.5] * 10
    assert not answers.strict["hub", "own-gains"].any()


def test_where_a_choice_turns_the_answer_that_is_told(tmp_path: Path):
    """Nobody refuses a channel where there is nothing else: that there is an alternative is found, not built in."""
    heavy = {"rank": {"title": "Rank", "kind": "autonomy", "of": {"n": 0.3}}}
    told = read_case(str(written(tmp_path, **(DRAWN | {"mechanisms": heavy, "choices": {"present-channel": PRESENT}}))))
    sections = {section.id: section for section in assess(told).sections}
    (finding,) = (finding for finding in sections["response"].findings if finding.id == "choices")
    assert "one reverses it if made otherwise: what there is" in finding.says
    assert "With “nothing” instead, West would accept in every simulation" in finding.says
    assert finding.robustness.standing == "fragile"
    assert "nothing" in finding.robustness.because
    (fold,) = (one for one in sections["sure"].findings if one.id == "assumptions")
    assert "one reverses it if made otherwise: what there is" in fold.says
    assert fold.robustness.standing == "fragile"
    assert isinstance(fold.picture, RangeRows)
    assert [row.label for row in fold.picture.rows] == ["As we assume", "Nothing"]
    settled = dict.fromkeys(STANDING_CHOICES, SETTLED)
    calm = read_case(str(written(tmp_path, **(DRAWN | {"mechanisms": heavy, "choices": settled}))))
    (section,) = (section for section in assess(calm).sections if section.id == "response")
    assert not any(finding.id == "choices" for finding in section.findings)


def test_more_is_compared_with_the_whole_side_less_is_accepted():
    """On the first case: NATO beside the CSTO as a whole accepts less often than beside Russia alone."""
    (compared,) = (one for one in vary_choices(read_case("nato-csto").case).choices if one.choice.id == "compared-with")
    change = compared.options[1].strict_change["collegiate", "all-reasons"]
    assert change.value < -2 * change.error < 0


def test_fixed_terms_in_full_only_count_on_a_part_of_the_agenda(tmp_path: Path):
    two_issues = {
        "road": {"title": "The road", "stakes": 1, "multilateral": 1},
        "well": {"title": "The well", "stakes": 1},
    }
    free_hands = {"rank": {"title": "Rank", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.4]}}}}
    result = varied(tmp_path, issues=two_issues, mechanisms=free_hands, channels__bilateral__efficiency=0.2)
    (fixed,) = (one for one in result.choices if one.choice.id == "fixed-terms")
    full, own = fixed.options[1], fixed.own
    assert full.strict == own.strict
    assert not full.moves_answer
    assert any(
        full.best_issue[key].value < own.best_issue[key].value for key in own.best_issue if key[1] != "own-gains"
    )
    assert all(full.best_issue[key] == own.best_issue[key] for key in own.best_issue if key[1] == "own-gains")


def test_an_alternative_may_leave_only_one_form_or_nobody_who_is_asked(tmp_path: Path):
    choices = {
        "form": {
            "title": "Form",
            "says": "either",
            "alternatives": {
                "hub": {"says": "through R", "set": {"response.form": "hub"}},
                "nobody": {"says": "nobody is asked", "set": {"issues.road.stakes": 0}},
            },
        }
    }
    result = varied(tmp_path, choices=choices, response={"channel": "bloc"})
    (form,) = (one for one in result.choices if one.choice.id == "form")
    assert {key[0] for key in form.options[1].strict} == {"hub"}
    assert not form.options[2].strict
    assert {key[0] for key in form.own.strict} == {"hub", "collegiate"}
    assert assess(read_case(str(written(tmp_path, **(DRAWN | {"choices": choices}))))).sections


def choice_of(**values: object) -> dict[str, Any]:
    return {"c": {"title": "C", "says": "as it is", "alternatives": {"other": {"says": "other", "set": values}}}}


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (choice_of(**{"network.observd": "none"}), "no 'observd', by alternative 'other' of choice 'c' (did you mean"),
        (choice_of(**{"network.observed": "nothing"}), "no channel 'nothing', by alternative 'other' of choice 'c'"),
        (choice_of(**{"channels.bloc.exclusivity": 2}), "2 is not from 0 to 1, by alternative 'other' of choice 'c'"),
        (choice_of(**{"choices.c": 1}), "'choices.c' cannot be set, by alternative 'other' of choice 'c'"),
        (choice_of(), "choices.c.alternatives.other.set: there are too few entries"),
        (
            {"c": {"title": "C", "says": "s", "alternatives": {"own": {"says": "o", "set": {"network.decay": 1}}}}},
            "choices.c.alternatives.own: 'own' is what the case itself has",
        ),
        ({"c": {"title": "C", "says": "s", "weight": 0}}, "choices.c.weight: this should be more than 0"),
        ({"c": {"says": "s"}}, "choices.c: 'title' is missing"),
    ],
)
def test_a_choice_that_cannot_be_is_told_with_its_place(tmp_path: Path, choices: dict[str, Any], words: str):
    with pytest.raises(CaseError) as found:
        read_case(str(written(tmp_path, choices=choices)))
    assert words in str(found.value)


def test_alternatives_that_do_not_go_together_are_told(tmp_path: Path):
    choices = {
        "present-channel": PRESENT,
        "offer": {
            "title": "The offer",
            "says": "the bloc",
            "alternatives": {"none": {"says": "none", "set": {"response.channel": "none"}}},
        },
    }
    with pytest.raises(CaseError, match="'none' of choice 'offer' does not go with 'nothing' of choice 'present-chan"):
        read_case(str(written(tmp_path, choices=choices)))


def test_a_path_is_set_as_a_file_would_have_it():
    case = read_case("nato-csto").case
    changed = case_with_values(case, {"mechanisms.relative-gains.of.nato": {"uniform": [0, 2]}, "threat.nato": 0.5})
    assert changed.mechanisms["relative-gains"].of["nato"].bounds == (0, 2)
    assert changed.threat["nato"].value == 0.5
    assert case.threat["nato"].value == 0
    assert changed.mechanisms["recognition"] is case.mechanisms["recognition"]
    assert case_with_values(case, {"record.ev-2002-rome.date": 2003}).record != case.record
    inside = case_with_values(case, {"organisations.nato.members.0.in": "1950/.."}).organisations["nato"].members[0]
    assert str(inside.during) == "1950/.."
    assert case.organisations["nato"].members[0].during != inside.during
    with pytest.raises(BadPath, match="no entry 'ev-2002-roma'"):
        case_with_values(case, {"record.ev-2002-roma.date": 2003})
