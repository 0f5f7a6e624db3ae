"""Decision rules and voting power: the numbers of the literature, brute force, and one contract for every rule."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, permutations, product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.institutions.decision_analysis import (
    CoalitionChange,
    blocking_members,
    minimal_unblocking_sets,
    passage_probability,
    pivot_probabilities,
    proposal_outcome,
)
from detente.methods.institutions.decision_rules import (
    STANCES,
    Stance,
    VotingRule,
    conjunction_of_rules,
    consensus_rule,
    delegated_rule,
    majority_rule,
    opt_in_rule,
    rule_as_voting_game,
    unanimity_rule,
    with_blocking_minority,
    with_vetoes,
)
from detente.methods.institutions.voting_power import VotingGame, WinningCriterion


def game(quota: int, weights: list[int], vetoes: tuple[int, ...] = ()) -> VotingGame:
    return VotingGame((WinningCriterion(tuple(weights), quota),), frozenset(vetoes))


def totals(found: VotingGame) -> list[int]:
    return [sum(its.values()) for its in found.swings()]


def test_the_council_of_1958():
    found = game(12, [4, 4, 4, 2, 2, 1])
    assert totals(found) == [10, 10, 10, 6, 6, 0]
    assert found.shapley_shubik_index() == [Fraction(7, 30)] * 3 + [Fraction(3, 20)] * 2 + [0]


def test_four_weights():
    found = game(6, [4, 3, 2, 1])
    assert totals(found) == [5, 3, 3, 1]
    assert found.shapley_shubik_index() == [Fraction(5, 12), Fraction(1, 4), Fraction(1, 4), Fraction(1, 12)]


def test_a_veto_among_three():
    found = game(2, [1, 1, 1], (0,))
    assert found.normalised_banzhaf_index() == [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)]
    assert found.shapley_shubik_index() == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]


def test_the_security_council():
    found = game(9, [1] * 15, tuple(range(5)))
    assert totals(found) == [848] * 5 + [84] * 10
    assert found.shapley_shubik_index() == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10
    assert totals(game(39, [7] * 5 + [1] * 10)) == totals(found)


def test_under_unanimity_all_are_alike():
    assert game(7, [1] * 7).shapley_shubik_index() == [Fraction(1, 7)] * 7


def test_the_anchors(shared: Path):
    anchors = json.loads((shared / "anchors" / "channels" / "voting_games.json").read_text(encoding="utf-8"))
    for name, anchor in anchors.items():
        found = game(anchor["quota"], anchor["weights"])
        assert [float(x) for x in found.shapley_shubik_index()] == pytest.approx(anchor["shapley_shubik"]), name
        if "banzhaf_norm" in anchor:
            assert [float(x) for x in found.normalised_banzhaf_index()] == pytest.approx(anchor["banzhaf_norm"]), name


weights = st.lists(st.integers(0, 4), min_size=1, max_size=5)


@st.composite
def games(draw: st.DrawFn) -> VotingGame:
    first = draw(weights)
    second = draw(st.lists(st.integers(0, 3), min_size=len(first), max_size=len(first)))
    enough = [
        None,
        WinningCriterion((1,) * len(first), draw(st.integers(0, len(first) + 1))),
        WinningCriterion(tuple(second), 2),
    ]
    criteria = [WinningCriterion(tuple(first), draw(st.integers(0, sum(first) + 1)), draw(st.sampled_from(enough)))]
    if draw(st.booleans()):
        criteria.append(
            WinningCriterion(tuple(second), draw(st.integers(0, sum(second) + 1)), draw(st.sampled_from(enough)))
        )
    return VotingGame(tuple(criteria), frozenset(draw(st.sets(st.integers(0, len(first) - 1), max_size=2))))


@given(found=games())
@settings(max_examples=200, deadline=None)
def test_power_equals_brute_force(found: VotingGame):
    everybody = range(found.n)
    swings = [0] * found.n
    for size in range(found.n + 1):
        for coalition in combinations(everybody, size):
            held = frozenset(coalition)
            for i in coalition:
                swings[i] += found.wins(held) and not found.wins(held - {i})
    assert totals(found) == swings
    pivots = [0] * found.n
    orders = list(permutations(everybody))
    for order in orders:
        for k, i in enumerate(order):
            if found.wins(frozenset(order[: k + 1])) and not found.wins(frozenset(order[:k])):
                pivots[i] += 1
    assert found.shapley_shubik_index() == [Fraction(pivot, len(orders)) for pivot in pivots]


def test_impossible_games_are_refused():
    for build in (
        lambda: VotingGame(()),
        lambda: VotingGame((WinningCriterion((1, 2), 2), WinningCriterion((1,), 1))),
        lambda: game(1, [1, -1]),
        lambda: game(1, [1], (3,)),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            build()


NAMES = ("a", "b", "c", "d")
RULES: list[VotingRule] = [
    consensus_rule(NAMES),
    unanimity_rule(NAMES),
    majority_rule(dict.fromkeys(NAMES, 1), Fraction(1, 2), strict=True),
    majority_rule({"a": 3, "b": 2, "c": 2, "d": 1}, Fraction(2, 3)),
    majority_rule({"a": 3, "b": 2, "c": 2, "d": 1}, 5),
    majority_rule(dict.fromkeys(NAMES, 1), Fraction(1, 2), quota_base="voting", strict=True),
    majority_rule(dict.fromkeys(NAMES, 1), Fraction(2, 3), quota_base="voting"),
    opt_in_rule(NAMES, 2),
    with_vetoes(majority_rule(dict.fromkeys(NAMES, 1), 2), ["d"]),
    with_vetoes(consensus_rule(NAMES), ["a", "b"]),
    conjunction_of_rules([consensus_rule(NAMES), opt_in_rule(NAMES, 2)]),
    conjunction_of_rules(
        [majority_rule({"a": 3, "b": 2, "c": 2, "d": 1}, 5), majority_rule(dict.fromkeys(NAMES, 1), 2)]
    ),
    delegated_rule(NAMES, unanimity_rule(["a", "b"])),
    with_blocking_minority(majority_rule({"a": 3, "b": 2, "c": 2, "d": 1}, Fraction(2, 3)), 2),
    with_blocking_minority(
        majority_rule(dict.fromkeys(NAMES, 1), Fraction(2, 3), quota_base="voting"), 2, abstention_blocks=False
    ),
    with_blocking_minority(majority_rule(dict.fromkeys(NAMES, 1), 3), 4),
    with_blocking_minority(
        conjunction_of_rules(
            [majority_rule({"a": 9, "b": 1, "c": 1, "d": 0}, 9), majority_rule(dict.fromkeys(NAMES, 1), 3)]
        ),
        2,
        counted_members=["a", "b", "c"],
    ),
    with_vetoes(with_blocking_minority(majority_rule({"a": 3, "b": 2, "c": 2, "d": 1}, 7), 3), ["c"]),
]
every_stance = st.fixed_dictionaries({name: st.sampled_from(STANCES) for name in NAMES})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_monotone_and_lets_all_in_favour_pass(rule: VotingRule):
    assert rule.passes(dict.fromkeys(NAMES, "for"))
    for values in product(STANCES, repeat=len(NAMES)):
        stances = dict(zip(NAMES, values, strict=True))
        if rule.passes(stances):
            for name in NAMES:
                better: Stance = STANCES[max(0, STANCES.index(stances[name]) - 1)]
                assert rule.passes({**stances, name: better})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_game_of_a_rule_is_its_yes_against_no(rule: VotingRule):
    found = rule_as_voting_game(rule)
    for values in product((True, False), repeat=len(NAMES)):
        stances: dict[str, Stance] = {
            m: "for" if yes else "against" for m, yes in zip(rule.members, values, strict=True)
        }
        assert found.wins(frozenset(i for i, yes in enumerate(values) if yes)) == rule.passes(stances)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_sets_that_unblock_equal_brute_force(rule: VotingRule):
    for values in product((*STANCES, "unknown"), repeat=len(NAMES)):
        stances: dict[str, Stance] = dict(zip(NAMES, values, strict=True))
        worst = {name: "against" if stance == "unknown" else stance for name, stance in stances.items()}
        others = [name for name in NAMES if worst[name] != "for"]
        expected: list[frozenset[str]] = []
        if not rule.passes(worst):
            for size in range(1, len(others) + 1):
                for chosen in combinations(others, size):
                    won = {**worst, **dict.fromkeys(chosen, "for")}
                    if rule.passes(won) and not any(e <= set(chosen) for e in expected):  # type: ignore[arg-type]
                        expected.append(frozenset(chosen))
        found = {
            frozenset((*change.required_members, *(m for part in parts for m in part)))
            for change in minimal_unblocking_sets(rule, stances)
            for parts in product(*(list(combinations(group, n)) for n, group in change.group_choices))
        }
        assert found == set(expected)
        assert set(blocking_members(rule, stances)) == set().union(*expected)


def test_outcomes():
    rule = consensus_rule(NAMES)
    assert proposal_outcome(rule, {"a": "for", "b": "neutral", "c": "neutral", "d": "neutral"}) == "passes"
    assert proposal_outcome(rule, {"a": "for", "b": "neutral", "c": "neutral"}) == "open"
    assert proposal_outcome(rule, {"a": "against"}) == "fails"
    assert proposal_outcome(unanimity_rule(NAMES), dict.fromkeys(NAMES, "neutral")) == "fails"


def test_thirty_members_are_no_burden():
    members = [f"m{i}" for i in range(30)]
    against: dict[str, Stance] = dict.fromkeys(members, "against")
    (change,) = minimal_unblocking_sets(consensus_rule(members), against)
    assert len(change.required_members) == 30
    (change,) = minimal_unblocking_sets(majority_rule(dict.fromkeys(members, 1), Fraction(1, 2), strict=True), against)
    assert change.group_choices == ((16, tuple(members)),)
    assert passage_probability(consensus_rule(members), dict.fromkeys(members, (0.5, 0.4, 0.1))) == pytest.approx(
        0.9**30
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(p=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1)), min_size=4, max_size=4))
@settings(max_examples=10, deadline=None)
def test_chances_equal_enumeration(rule: VotingRule, p: list[tuple[float, float, float]]):
    chances = {name: tuple(x / sum(given) for x in given) for name, given in zip(NAMES, p, strict=True)}
    each = list(product(range(3), repeat=len(NAMES)))
    passing = [values for values in each if rule.passes({n: STANCES[v] for n, v in zip(NAMES, values, strict=True)})]

    def chance(given: dict[str, tuple[float, ...]]) -> float:
        return sum(prod(given[n][v] for n, v in zip(NAMES, values, strict=True)) for values in passing)

    assert passage_probability(rule, chances) == pytest.approx(chance(chances))  # type: ignore[arg-type]
    pivots = pivot_probabilities(rule, chances)  # type: ignore[arg-type]
    for name in NAMES:  # its yes rather than its no, and not rather than its abstention
        yes, no = {**chances, name: (1.0, 0.0, 0.0)}, {**chances, name: (0.0, 0.0, 1.0)}
        assert pivots[name] == pytest.approx(chance(yes) - chance(no), abs=1e-12)


def test_rules_that_cannot_be():
    with pytest.raises(ValueError, match="above all the weights"):
        majority_rule({"a": 1, "b": 1}, 3)
    with pytest.raises(ValueError, match="no member: z"):
        with_vetoes(consensus_rule(NAMES), ["z"])
    with pytest.raises(ValueError, match="is a share"):
        majority_rule({"a": 1}, 1, quota_base="voting")
    with pytest.raises(ValueError, match="5 members that can block are more than all that vote"):
        with_blocking_minority(majority_rule(dict.fromkeys(NAMES, 1), 3), 5)


def test_the_size_of_a_change_counts_those_named_and_those_chosen():
    """One member, any two of three, and any one of two."""
    assert CoalitionChange(("a",), ((2, ("b", "c", "d")), (1, ("e", "f")))).size == 4
    assert CoalitionChange(()).size == 0
