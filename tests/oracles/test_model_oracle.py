"""The program against a second reading of the page on the model, on the cases that ship and on invented ones."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from detente import read_case
from detente.case.bundled import BUNDLED_FOLDER
from tests.cases.two_hub_case import written
from tests.conftest import ROOT
from tests.oracles.invented_cases import YEAR, CaseInventor
from tests.oracles.model_numbers import numbers_at_central_estimates
from tests.oracles.model_oracle import logit_chances, mean_above_zero, numbers_on_paper
from tests.oracles.oracle_case import (
    UNSAID,
    UNSAID_REPLIES,
    PaperCase,
    holds_in,
    latest_until,
    mean_of,
    read_paper_case,
)
from tests.oracles.oracle_decision import Need, are_enough, completing_utility, is_as_little, payments, payments_that_do
from tests.oracles.oracle_gains import GraphGame, gains_by, myerson_values
from tests.oracles.oracle_unlikeness import is_single, k_after, mean_share, q_after, q_before, unlikeness_joined

Numbers = list[dict[str, Any]]
SEEDS = range(48)
PAID = {"payment", "payments", "remainder"}


def differences(program: Numbers, paper: Numbers) -> list[str]:
    """Where the two differ, by more than rounding; what is paid counts where the page says that somebody may pay."""
    assert [key_of(one) for one in program] == [key_of(one) for one in paper]
    found = []
    for theirs, ours in zip(program, paper, strict=True):
        assert set(theirs) - set(ours) in (set(), {"payments"}, PAID)
        left, right = dict(flat({key: theirs[key] for key in ours})), dict(flat(ours))
        assert left.keys() == right.keys()
        for place, number in left.items():
            if not (number == right[place] or math.isclose(number, right[place], rel_tol=1e-12, abs_tol=1e-12)):
                found.append(f"{key_of(ours)} {place}: {number} is {right[place]} on paper")
    return found


def key_of(numbers: dict[str, Any]) -> tuple[str, str, str]:
    return numbers["channel"], numbers["form"], numbers["theory"]


def flat(numbers: Any, place: str = "") -> list[tuple[str, Any]]:
    """Every number with its place."""
    if isinstance(numbers, dict):
        return [pair for key, inside in numbers.items() for pair in flat(inside, f"{place}/{key}")]
    if isinstance(numbers, tuple):
        return [pair for key, inside in enumerate(numbers) for pair in flat(inside, f"{place}/{key}")]
    return [(place, numbers)]


# The cases that ship


@cache
def bundled(name: str) -> tuple[Any, dict[str, Any]]:
    return read_case(name).case, read_paper_case(BUNDLED_FOLDER / name)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        *(("nato-csto", 2005), ("nato-csto", 2007), ("nato-csto", 2013)),
        *(("cmea-ec", 1976), ("cmea-ec", 1988)),
        ("two-leagues", 1408),
    ],
)
def test_the_cases_that_ship_are_as_on_paper(name: str, year: int):
    case, keys = bundled(name)
    assert differences(numbers_at_central_estimates(case, year), numbers_on_paper(keys, year)) == []


# Invented cases


@cache
def invented(seed: int) -> tuple[Numbers, Numbers]:
    """The numbers of an invented case by the program, and on paper."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_text(yaml.safe_dump(CaseInventor(seed).case(), sort_keys=False), encoding="utf-8")
        return numbers_at_central_estimates(read_case(str(file)).case), numbers_on_paper(read_paper_case(file), YEAR)


@pytest.mark.parametrize("seed", SEEDS)
def test_invented_cases_are_as_on_paper(seed: int):
    assert differences(*invented(seed)) == []


def test_invented_cases_come_to_what_is_rare():
    """Payments that are worth it and such as are not, acceptance and refusal, and every part of the model."""
    answers = [one for seed in SEEDS for one in invented(seed)[1] if "answer" in one]
    paid = [one for one in answers if one.get("payment", 0.0) > 0]
    assert sum(one["remainder"] > 0 for one in paid) >= 5
    assert sum(one["remainder"] < 0 for one in paid) >= 5
    assert 0.2 < sum(one["answer"] > 0 for one in answers) / len(answers) < 0.8
    assert {one["form"] for one in answers} == {"hub", "collegiate"}
    keys = [CaseInventor(seed).case() for seed in SEEDS]
    for channel_key in ("displaces", "opens", "depth"):
        assert sum(channel_key in case["channels"]["bloc"] for case in keys) >= 5
    assert {tuple(case["network"]["as_one"]) for case in keys} == {(), ("east",), ("west",)}
    assert {case["response"].get("payments", "either-side") for case in keys} == {"either-side", "offering-side"}
    kinds = {one["kind"] for case in keys for one in case["mechanisms"].values()}
    assert kinds == {"relative", "recognition", "advantage", "autonomy", "fear", "norms", "shield"}


def test_invented_cases_come_to_who_is_unlike_and_what_experience_tells():
    """Every way in which that counts, and each side's salience."""
    keys = [CaseInventor(seed).case() for seed in SEEDS]
    cases = [PaperCase(one, YEAR) for one in keys]
    for trait in ("governed", "purpose"):
        assert sum(trait in one.get("traits", {}) for one in keys) >= 5
    costs = [(case, case.in_year(case.part("network").get("unlikeness"))) for case in cases]
    costs = [(case, cost) for case, cost in costs if cost is not None and unlikeness_joined(case, "bloc") > 0.05]
    assert sum(is_single(cost) for _, cost in costs) >= 3
    assert sum(not is_single(cost) for _, cost in costs) >= 5
    # What experience makes of the cost of being unlike, and of channels that join and such as do not.
    assert sum(abs(k_after(case) - mean_share(cost)) > 1e-3 for case, cost in costs) >= 5
    for channel in ("each", "bloc"):
        changes = [q_after(case, channel) - mean_share(q_before(case, channel)) for case in cases]
        assert sum(abs(change) > 1e-3 for change in changes) >= 5
    tells = [
        [name for name in one["tells_of"] if name in ("bloc", "pact")]
        for case in cases
        for one in case.part("experiences").values()
    ]
    assert ["bloc", "pact"] in tells
    assert ["pact", "bloc"] in tells
    # Three that are joined, the most unlike of whom count.
    assert sum(len(case.part("channels")["bloc"]["joins"]) == 3 for case, _ in costs) >= 2
    for side in ("east", "west"):
        assert sum(any(side in issue.get("salience", {}) for issue in one["issues"].values()) for one in keys) >= 5


UNLIKE: dict[str, Any] = {
    "traits": {"trust": {"title": "Trust", "held": {"west": 0.9, "east": 0.2}}},
    "network__unlikeness": {"normal": [0.9, 0.3]},
    "channels__bloc__efficiency": {"beta": [3, 2]},
    "channels__bilateral__efficiency": {"lognormal": [-0.4, 0.3]},
}


def told(*tells_of: str) -> dict[str, Any]:
    """An experience, telling of these channels."""
    tells = dict.fromkeys(tells_of, 0.5)
    return {"pact": {"title": "The pact", "between": ["west", "j1"], "tried": 4, "worked": 1.5, "tells_of": tells}}


@pytest.mark.parametrize(
    "more",
    [
        {},
        UNLIKE,
        UNLIKE | {"experiences": told("bilateral", "bloc")},
        UNLIKE | {"experiences": told("bloc"), "traits": {"trust": {"title": "Trust", "held": {"n": 1, "j1": 0}}}},
        UNLIKE
        | {
            "experiences": told("bloc"),
            "traits": {"governed": {"title": "Governed", "by_regime": "votes"}},
            "regimes": {"votes": {"title": "Votes", "held": {2000: {"n": 0.9, "r": 0.1, "j0": 0.3}}}},
        },
        UNLIKE | {"issues__road__salience": {"west": 0.5, "east": {"uniform": [1, 3]}}},
        {"capabilities": {}},
        {"network__observed": "none", "channels__bloc__displaces": "none"},
        {"threat": {"east": 0.6, "west": 0.4, "j1": 0.2}, "network__raised": 3, "network__periphery": 0.4},
        {"response": {"transfers": 0, "noise": 0, "insight": 0, "discount": 1}},
        {"response": {"replies": {"ask": {}, "refuse": {"once": 0.0}}, "noise": 0, "channel": "bloc"}},
    ],
)  # fmt: skip
def test_a_player_against_a_hub_is_as_on_paper(more: dict[str, Any], tmp_path: Path):
    file = written(tmp_path, **more)
    paper = numbers_on_paper(read_paper_case(file), 2000)
    assert differences(numbers_at_central_estimates(read_case(str(file)).case), paper) == []


def test_experience_of_a_channel_that_joins_nobody_tells_nothing_of_unlikeness(tmp_path: Path):
    file = written(tmp_path, **UNLIKE, experiences=told("bilateral"))
    paper = numbers_on_paper(read_paper_case(file), 2000)
    assert differences(numbers_at_central_estimates(read_case(str(file)).case), paper) == []


# The oracle itself


def test_the_page_says_what_is_taken_where_a_case_says_nothing():
    section = (ROOT / "docs" / "model.md").read_text(encoding="utf-8").split("## Where a case says nothing")[1]
    said = {}
    for name, cell in re.findall(r"^\| `(\w+)` \| (.+) \|$", section, re.MULTILINE):
        parts = [(re.findall(r"`(\w+)`", part), float(part.split()[-1])) for part in cell.split(";")]
        said[name] = {key: number for keys, number in parts for key in keys}
    for room in ("network", "response"):
        assert {key: number for key, number in UNSAID[room].items() if number} == said.pop(room)
    assert said == UNSAID_REPLIES


def test_values_of_players_on_a_path():
    """Myerson (1977), as in Aumann and Myerson (1988): 60 for two, 72 for three, the second between the others."""
    path = frozenset({frozenset({"a", "b"}), frozenset({"b", "c"})})
    pairs = {frozenset(pair): 60.0 for pair in ("ab", "bc", "ac")}
    three = {0: 0.0, 1: 0.0, 2: 60.0, 3: 72.0}
    linked = lambda inside: three[len(inside)] if "b" in inside else 0.0  # noqa: E731
    assert myerson_values(list("abc"), linked) == pytest.approx({"a": 14, "b": 44, "c": 14})
    # 60 for each pair: half of what they have with their neighbour, and a third of what two have through the second.
    assert myerson_values(list("abc"), GraphGame(path, 1.0, pairs).worth) == pytest.approx({"a": 50, "b": 80, "c": 50})
    # Half is left of what takes two links.
    assert myerson_values(list("abc"), GraphGame(path, 0.5, pairs).worth) == pytest.approx({"a": 40, "b": 70, "c": 40})


def test_values_of_two_who_reach_each_other_by_either_of_two():
    ring = frozenset(map(frozenset, ("ab", "bc", "cd", "da")))
    found = myerson_values(list("abcd"), GraphGame(ring, 1.0, {frozenset("ac"): 12.0}).worth)
    assert found == pytest.approx({"a": 5, "b": 1, "c": 5, "d": 1})


def test_values_where_a_user_needs_two_providers():
    star = frozenset(map(frozenset, ("ub", "uc", "ud")))
    one_of = GraphGame(star, 0.1, of_users=[(12.0, ["u"], ["b", "c"], 1)])
    both = GraphGame(star, 0.1, of_users=[(12.0, ["u"], ["b", "c"], 2)])
    assert myerson_values(list("ubcd"), one_of.worth) == pytest.approx({"u": 8, "b": 2, "c": 2, "d": 0})
    assert myerson_values(list("ubcd"), both.worth) == pytest.approx({"u": 4, "b": 4, "c": 4, "d": 0})


def test_gains_of_two_who_get_a_link():
    """Each has half of what is at stake, less half the cost of the link; of what takes all half is done."""
    keys: dict[str, Any] = {
        "sides": [],
        "issues": {"road": {"stakes": {"uniform": [1, 3]}, "multilateral": 0.5}},
        "channels": {"none": {"links": [["b", "c"]]}, "two": {"links": [["a", "b"]], "efficiency": 0.5}},
        "network": {"observed": "none", "link_cost": 0.1},
    }
    # Three pairs have 2 each; before the link b and c have theirs, and b gives it up.
    found = gains_by(PaperCase(keys, 2000), "two", "hub", is_grave=False)
    assert found == pytest.approx({"a": 0.75 / 6 - 0.05, "b": (0.75 - 1) / 6, "c": -1 / 6 + 0.05})


def test_what_is_paid_for_consent():
    assert payments({("a",): Need(1.0, 0.0), ("b",): Need(2.0, 0.0)}) == pytest.approx({("a",): 1, ("b",): 2})
    # Who minds what the leader has needs less, the more that pays: x = 1 - x / 2.
    assert payments({("a",): Need(1.0, 0.5)}) == pytest.approx({("a",): 2 / 3})
    assert payments({("a",): Need(1.0, 0.5), ("b",): Need(-1.0, 0.1)}) == pytest.approx({("a",): 2 / 3, ("b",): 0})
    needs: dict[tuple[str, ...], Need] = {("h",): Need(-1.0, 0.0), ("a",): Need(3.0, 0.0), ("b",): Need(2.0, 0.0)}
    majority = [{"by": "majority"}]
    assert payments_that_do(majority, needs, ("h",))[0] == pytest.approx({("b",): 2})
    assert payments_that_do([{"by": "consensus"}], needs, ("h",))[0] == pytest.approx({("a",): 3, ("b",): 2})
    two: dict[tuple[str, ...], float] = {("a",): 2.0}
    others: list[dict[tuple[str, ...], float]] = [{("b",): 2.0}, {("a",): 1.0, ("b",): 1.0}, {("b",): 3.0}]
    assert [is_as_little(two, other) for other in [*others, two | {("b",): 0.0}]] == [True, True, False, False]
    assert completing_utility(majority, {("h",): 1.0, ("a",): -3.0, ("b",): -2.0}) == -2


@pytest.mark.parametrize(
    ("rule", "enough", "too_few"),
    [
        ({"by": "consensus"}, "abc", "ab"),
        ({"by": "majority"}, "ab", "a"),
        ({"by": "majority", "quota": "2/3"}, "ab", "a"),
        ({"by": "majority", "quota": "2/3", "more_than": True}, "abc", "ab"),
        ({"by": "majority", "quota": 4, "weights": {"a": 3, "b": 1, "c": 1}}, "ab", "bc"),
        ({"by": "majority", "veto": "c"}, "bc", "ab"),
        ({"by": "majority", "also": {"quota": "90 %"}}, "abc", "ab"),
        ({"by": "majority", "also": {"quota": "90 %"}, "blocking": 2}, "ab", "a"),
        ({"by": "opt-in"}, "a", ""),
        ({"by": ["majority", "opt-in"], "quota": 3}, "abc", "ab"),
    ],
)
def test_who_is_enough(rule: dict[str, Any], enough: str, too_few: str):
    assert are_enough([rule], list("abc"), set(enough))
    assert not are_enough([rule], list("abc"), set(too_few))


def test_numbers_of_chance_and_time():
    assert mean_of({"triangular": [0, 1, 5]}) == 2
    assert mean_of({"beta": [1, 3]}) == 0.25
    assert mean_of({"discrete": [[1, 0.25], [3, 0.75]]}) == 2.5
    assert mean_of({"lognormal": [0, 1]}) == pytest.approx(math.exp(0.5))
    assert mean_above_zero(0, 1) == pytest.approx(1 / math.sqrt(2 * math.pi))
    assert mean_above_zero(-2, 0) == 0
    assert mean_above_zero(5, 0.1) == pytest.approx(5)
    assert logit_chances([1, 0], 1 / math.log(3)) == pytest.approx([0.75, 0.25])
    assert logit_chances([1, 1, 0], 0) == [0.5, 0.5, 0]
    assert [latest_until({2000: "a", 2005: "b"}, year) for year in (1999, 2004, 2005)] == ["a", "a", "b"]
    assert [holds_in({"in": "1990~/2004-03"}, year) for year in (1989, 1990, 2004, 2005)] == [False, True, True, False]
    assert [holds_in({"in": span}, 2006) for span in ("2006", "2004/..", "2004/", 2004)] == [True, True, True, False]
