"""The Council of the European Union: three criteria at once, weights in persons, and four members to block.

Populations are rounded public figures of about 2010, in hundreds of thousands, from memory: the tests ask whether the
counting is right, and not what the power of any state was. The votes are those of the Treaty of Nice.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from pathlib import Path
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

import detente
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.coalition_counts import count_coalitions
from detente.methods.institutions.counts_by_halves import WeightedQuota, count_by_halves
from detente.methods.institutions.counts_by_series import count_by_series
from detente.methods.institutions.decision_analysis import blocking_members, minimal_unblocking_sets, proposal_outcome
from detente.methods.institutions.decision_rules import Stance, rule_as_voting_game
from detente.methods.institutions.voting_power import VotingGame, WinningCriterion
from detente.rooms.rules.model.decision_rules import decision_rules_in_force
from tests.conftest import edit
from tests.rooms.rules.test_rules import finding, rules
from tests.rooms.sections import table_row, table_rows

STATES = {
    "de": (818, 29), "fr": (647, 29), "uk": (625, 29), "it": (592, 29), "es": (465, 27), "pl": (382, 27),
    "ro": (215, 14), "nl": (166, 13), "gr": (113, 12), "be": (108, 12), "pt": (106, 12), "cz": (105, 12),
    "hu": (100, 12), "se": (93, 10), "at": (84, 10), "bg": (75, 10), "dk": (55, 7), "sk": (54, 7), "fi": (54, 7),
    "ie": (45, 7), "lt": (33, 7), "lv": (22, 4), "si": (20, 4), "ee": (13, 4), "cy": (8, 4), "lu": (5, 4), "mt": (4, 3),
}  # fmt: skip
"""By state its population and its votes."""
CROATIA = {"hr": (43, 7)}


def share(part: Fraction, total: int) -> int:
    return -(-part.numerator * total // part.denominator)


def nice(populations: list[int], votes: list[int], quota: int) -> VotingGame:
    most = len(votes) // 2 + 1
    by_population = WinningCriterion(tuple(populations), share(Fraction(62, 100), sum(populations)))
    return VotingGame((WinningCriterion(tuple(votes), quota), WinningCriterion((1,) * len(votes), most), by_population))


def lisbon(populations: list[int]) -> VotingGame:
    n = len(populations)
    enough = WinningCriterion((1,) * n, n - 3)  # fewer than four are in the way
    heads = WinningCriterion((1,) * n, max(15, share(Fraction(55, 100), n)), enough)
    return VotingGame((heads, WinningCriterion(tuple(populations), share(Fraction(65, 100), sum(populations)), enough)))


def listed(weights: list[list[int]]) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Every coalition, a bit a member, with its sums by each list of weights."""
    subsets = np.arange(2 ** len(weights[0]), dtype=np.int64)
    return subsets, [sum((subsets >> i & 1) * w for i, w in enumerate(its)) for its in weights]  # type: ignore[misc]


def indices(wins: NDArray[np.bool_], n: int) -> tuple[list[Fraction], list[Fraction]]:
    """Banzhaf, of all coalitions, and Shapley-Shubik, from who wins of all coalitions."""
    subsets = np.arange(2**n)
    sizes = listed([[1] * n])[1][0]
    banzhaf, shapley = [], []
    for i in range(n):
        turned = subsets[(subsets >> i & 1 == 0)]
        turned = turned[wins[turned | 1 << i] & ~wins[turned]]
        by_size = np.bincount(sizes[turned], minlength=n)
        banzhaf.append(Fraction(len(turned), 2 ** (n - 1)))
        orders = sum(int(x) * factorial(s) * factorial(n - s - 1) for s, x in enumerate(by_size))
        shapley.append(Fraction(orders, factorial(n)))
    return banzhaf, shapley


@pytest.mark.parametrize("seed", range(6))
def test_persons_and_a_number_of_blocking_members_equal_a_list_of_all_coalitions(seed: int):
    """Sixteen members with millions of persons each: votes, heads and population, and three of them to block."""
    random, n = Random(seed), 16
    persons = [random.randrange(400_000, 90_000_000) for _ in range(n)]
    votes = [random.randint(1, 29) for _ in range(n)]
    needed = (
        share(Fraction(random.choice([1, 2]), 3), sum(persons)),
        random.randint(n // 2, n - 4),
        sum(votes) * 6 // 10,
    )
    enough = WinningCriterion((1,) * n, n - 2) if seed % 2 else None
    weights = (persons, [1] * n, votes)[: 1 + seed // 2]
    _, sums = listed([*weights, [1] * n])
    wins = np.all([found >= need for found, need in zip(sums[: len(weights)], needed, strict=False)], axis=0)
    wins |= (sums[-1] >= n - 2) & (enough is not None)
    game = VotingGame(tuple(WinningCriterion(tuple(w), q, enough) for w, q in zip(weights, needed, strict=False)))
    assert (game.banzhaf_index(), game.shapley_shubik_index()) == indices(wins, n)


def by_dynamic_program(weights: list[int], needed: int, heads: int, enough: int, member: int) -> list[int]:
    """The coalitions that a member turns, by size: counted over (size, sum of weights) of the others."""
    n, total = len(weights), sum(weights)
    table = np.zeros((n, total + 1), dtype=np.int64)
    table[0, 0] = 1
    for i in range(n):
        if i != member:
            for size in range(n - 2, -1, -1):
                table[size + 1, weights[i] :] += table[size, : total + 1 - weights[i]]

    def winning(size: int, given: int) -> int:
        with_it = size + (1 if given else 0)
        if with_it >= enough:
            return int(table[size].sum())
        return int(table[size, max(0, needed - given) :].sum()) if with_it >= heads else 0

    return [winning(size, weights[member]) - winning(size, 0) for size in range(n)]


@pytest.mark.parametrize("states", [STATES | CROATIA, {k: v for k, v in (STATES | CROATIA).items() if k != "uk"}])
def test_lisbon_equals_a_dynamic_program(states: dict[str, tuple[int, int]]):
    """Fifty-five per cent of members, sixty-five of the population, four to block: 28 members, and 27 without one."""
    populations = [population for population, _ in states.values()]
    game, n = lisbon(populations), len(populations)
    swings = game.swings()
    for member in (0, 5, n - 2):
        needed, heads = share(Fraction(65, 100), sum(populations)), max(15, share(Fraction(55, 100), n))
        expected = by_dynamic_program(populations, needed, heads, n - 3, member)
        assert [swings[member].get(size, 0) for size in range(n)] == expected
    without = VotingGame(tuple(WinningCriterion(c.weights, c.quota) for c in game.criteria))
    assert game.swings() != without.swings()  # that four must block makes a difference
    in_persons = lisbon([100_000 * population for population in populations])
    assert in_persons.shapley_shubik_index() == game.shapley_shubik_index()
    assert sum(game.shapley_shubik_index()) == 1


def test_both_ways_of_counting_agree():
    """Of 22 members, by halves and by the series: every count of every size, with each member and without."""
    populations, votes = zip(*list(STATES.values())[5:], strict=True)
    needs: list[WeightedQuota] = [(tuple(one // 20 for one in populations), 60), (votes, 110)]
    for criteria in (needs, needs[:1]):
        assert count_by_halves(22, criteria) == count_by_series(22, criteria)


def test_nice_in_persons_is_counted_exactly():
    """27 and 28 members: one person more or less in each state changes nothing, and the sums are whole."""
    for states, quota in ((STATES, 255), (STATES | CROATIA, 260)):
        populations, votes = (list(its) for its in zip(*states.values(), strict=True))
        rounded = nice(populations, votes, quota).swings()
        persons = nice([100_000 * population + 7 for population in populations], votes, quota).swings()
        share_moved = [
            abs(sum(a.values()) - sum(b.values())) / sum(a.values()) for a, b in zip(rounded, persons, strict=True)
        ]
        assert max(share_moved) < 1e-3


def test_the_nice_values_of_the_reference(shared: Path):
    found = finding(rules(shared / "inputs" / "eu-nice.yaml")[1], "power")
    values = {"Member 1": (0.087550, 0.032688), "Member 6": (0.079861, 0.031163), "Member 27": (0.008148, 0.003957)}
    for member, (shapley_shubik, banzhaf) in values.items():
        row = table_row(found, member=member)
        assert (row["shapley_shubik"], row["banzhaf_absolute"]) == pytest.approx((shapley_shubik, banzhaf), abs=5e-7)


def test_what_is_too_much_is_told():
    persons = tuple(400_000 + 7_919 * i * i for i in range(60))
    with pytest.raises(OverflowError, match="60 members"):
        count_coalitions(60, [(persons, sum(persons) // 2)])


COUNCIL = """    decides:
      - on: everything
        by: majority
        quota: 55 %
        also: [{weights: {aldmoor: 83000000, brae: 9000000, ford: 5000000, gate: 3000001}, quota: 65 %}]
        blocking: 2
"""


@pytest.fixture
def council(leagues: Path) -> Path:
    """The River League with two cities more, deciding as the Council does: by heads and people, two to block."""
    more = "".join(f"      - {{actor: {name}, in: 1398/..}}\n" for name in ("ford", "gate"))
    text = leagues.read_text(encoding="utf-8")
    cut = text[: text.index("\ncapabilities:")] + text[text.index("\nproposals:") :]  # the new cities deal with nobody
    leagues.write_text(cut, encoding="utf-8")
    return edit(
        leagues,
        ("  dun: {name: Dun, kind: city}\n", "  dun: {name: Dun, kind: city}\n  ford: {name: Ford, kind: city}\n"
         "  gate: {name: Gate, kind: city}\n"),
        ("      - {actor: aldmoor, in: 1398/..}\n", f"      - {{actor: aldmoor, in: 1398/..}}\n{more}"),
        ("    decides: [{on: everything, by: delegated, to: river-moot}]\n", COUNCIL),
    )  # fmt: skip


def test_a_case_says_how_many_must_block(council: Path):
    """Aldmoor has most of the people, and cannot stop the others alone; with any other it can."""
    case = detente.read_case(str(council)).case
    (found,) = decision_rules_in_force(case, "river", Edtf.parse("1403-05"))
    others: dict[str, Stance] = dict.fromkeys(("brae", "ford", "gate"), "for")
    assert proposal_outcome(found.rule, others | {"aldmoor": "against"}) == "passes"
    assert proposal_outcome(found.rule, others | {"aldmoor": "neutral"}) == "passes"
    stopped: dict[str, Stance] = others | {"aldmoor": "against", "gate": "neutral"}
    assert proposal_outcome(found.rule, stopped) == "fails"
    assert set(blocking_members(found.rule, stopped)) == {"aldmoor", "gate"}
    assert {change.required_members for change in minimal_unblocking_sets(found.rule, stopped)} == {
        ("aldmoor",),
        ("gate",),
    }
    game = rule_as_voting_game(found.rule)
    assert game.wins(frozenset({1, 2, 3}))
    assert not game.wins(frozenset({1, 2}))
    river = table_rows(finding(rules(council)[1], "how"), organisation="River League")[0]
    assert (river["quota"], river["quota_2"]) == pytest.approx((11 / 20, 13 / 20))
    assert (river["fewest_that_can_block"], river["can_stop_it_alone"]) == (2, "nobody")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("blocking: 2", "blocking: 5", "5 members that can block are more than all that vote (4)"),
        ("blocking: 2", "blocking: 1", "decides.0.blocking"),
        ("by: majority\n        quota: 55 %", "by: opt-in\n        quota: 55 %", "blocking is for majority"),
    ],
)
def test_numbers_of_blocking_members_that_cannot_be_are_refused(council: Path, old: str, new: str, expected: str):
    edit(council, (old, new))
    with pytest.raises(detente.CaseError) as caught:
        detente.read_case(str(council))
    assert any(expected in str(problem) for problem in caught.value.problems), caught.value.problems
