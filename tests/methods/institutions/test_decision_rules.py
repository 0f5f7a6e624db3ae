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

from detente.methods.institutions.decision_rules import (
    STANCES,
    DecisionRule,
    Stance,
    blockers,
    chance_of_passing,
    consensus,
    delegated,
    majority,
    opt_in,
    outcome,
    pivot_chances,
    together,
    unanimity,
    unblocking,
    unless_blocked,
    voting_game,
    with_vetoes,
)
from detente.methods.institutions.voting_power import Criterion, VotingGame


def game(quota: int, weights: list[int], vetoes: tuple[int, ...] = ()) -> VotingGame:
    return VotingGame((Criterion(tuple(weights), quota),), frozenset(vetoes))


def totals(found: VotingGame) -> list[int]:
    return [sum(its.values()) for its in found.swings()]


def test_the_council_of_1958():
    found = game(12, [4, 4, 4, 2, 2, 1])
    assert totals(found) == [10, 10, 10, 6, 6, 0]
    assert found.shapley_shubik() == [Fraction(7, 30)] * 3 + [Fraction(3, 20)] * 2 + [0]


def test_four_weights():
    found = game(6, [4, 3, 2, 1])
    assert totals(found) == [5, 3, 3, 1]
    assert found.shapley_shubik() == [Fraction(5, 12), Fraction(1, 4), Fraction(1, 4), Fraction(1, 12)]


def test_a_veto_among_three():
    found = game(2, [1, 1, 1], (0,))
    assert found.normalised_banzhaf() == [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)]
    assert found.shapley_shubik() == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]


def test_the_security_council():
    found = game(9, [1] * 15, tuple(range(5)))
    assert totals(found) == [848] * 5 + [84] * 10
    assert found.shapley_shubik() == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10
    assert totals(game(39, [7] * 5 + [1] * 10)) == totals(found)


def test_under_unanimity_all_are_alike():
    assert game(7, [1] * 7).shapley_shubik() == [Fraction(1, 7)] * 7


def test_the_anchors(shared: Path):
    anchors = json.loads((shared / "anchors" / "channels" / "voting_games.json").read_text(encoding="utf-8"))
    for name, anchor in anchors.items():
        found = game(anchor["quota"], anchor["weights"])
        assert [float(x) for x in found.shapley_shubik()] == pytest.approx(anchor["shapley_shubik"]), name
        if "banzhaf_norm" in anchor:
            assert [float(x) for x in found.normalised_banzhaf()] == pytest.approx(anchor["banzhaf_norm"]), name


weights = st.lists(st.integers(0, 4), min_size=1, max_size=5)


@st.composite
def games(draw: st.DrawFn) -> VotingGame:
    first = draw(weights)
    second = draw(st.lists(st.integers(0, 3), min_size=len(first), max_size=len(first)))
    enough = [None, Criterion((1,) * len(first), draw(st.integers(0, len(first) + 1))), Criterion(tuple(second), 2)]
    criteria = [Criterion(tuple(first), draw(st.integers(0, sum(first) + 1)), draw(st.sampled_from(enough)))]
    if draw(st.booleans()):
        criteria.append(Criterion(tuple(second), draw(st.integers(0, sum(second) + 1)), draw(st.sampled_from(enough))))
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
    assert found.shapley_shubik() == [Fraction(pivot, len(orders)) for pivot in pivots]


def test_impossible_games_are_refused():
    for build in (
        lambda: VotingGame(()),
        lambda: VotingGame((Criterion((1, 2), 2), Criterion((1,), 1))),
        lambda: game(1, [1, -1]),
        lambda: game(1, [1], (3,)),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            build()


NAMES = ("a", "b", "c", "d")
RULES: list[DecisionRule] = [
    consensus(NAMES),
    unanimity(NAMES),
    majority(dict.fromkeys(NAMES, 1), Fraction(1, 2), strict=True),
    majority({"a": 3, "b": 2, "c": 2, "d": 1}, Fraction(2, 3)),
    majority({"a": 3, "b": 2, "c": 2, "d": 1}, 5),
    majority(dict.fromkeys(NAMES, 1), Fraction(1, 2), of="voting", strict=True),
    majority(dict.fromkeys(NAMES, 1), Fraction(2, 3), of="voting"),
    opt_in(NAMES, 2),
    with_vetoes(majority(dict.fromkeys(NAMES, 1), 2), ["d"]),
    with_vetoes(consensus(NAMES), ["a", "b"]),
    together([consensus(NAMES), opt_in(NAMES, 2)]),
    together([majority({"a": 3, "b": 2, "c": 2, "d": 1}, 5), majority(dict.fromkeys(NAMES, 1), 2)]),
    delegated(NAMES, unanimity(["a", "b"])),
    unless_blocked(majority({"a": 3, "b": 2, "c": 2, "d": 1}, Fraction(2, 3)), 2),
    unless_blocked(majority(dict.fromkeys(NAMES, 1), Fraction(2, 3), of="voting"), 2, abstaining=False),
    unless_blocked(majority(dict.fromkeys(NAMES, 1), 3), 4),
    unless_blocked(
        together([majority({"a": 9, "b": 1, "c": 1, "d": 0}, 9), majority(dict.fromkeys(NAMES, 1), 3)]),
        2,
        voters=["a", "b", "c"],
    ),
    with_vetoes(unless_blocked(majority({"a": 3, "b": 2, "c": 2, "d": 1}, 7), 3), ["c"]),
]
every_stance = st.fixed_dictionaries({name: st.sampled_from(STANCES) for name in NAMES})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_monotone_and_lets_all_in_favour_pass(rule: DecisionRule):
    assert rule.passes(dict.fromkeys(NAMES, "for"))
    for values in product(STANCES, repeat=len(NAMES)):
        stances = dict(zip(NAMES, values, strict=True))
        if rule.passes(stances):
            for name in NAMES:
                better: Stance = STANCES[max(0, STANCES.index(stances[name]) - 1)]
                assert rule.passes({**stances, name: better})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_game_of_a_rule_is_its_yes_against_no(rule: DecisionRule):
    found = voting_game(rule)
    for values in product((True, False), repeat=len(NAMES)):
        stances: dict[str, Stance] = {
            m: "for" if yes else "against" for m, yes in zip(rule.members, values, strict=True)
        }
        assert found.wins(frozenset(i for i, yes in enumerate(values) if yes)) == rule.passes(stances)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_sets_that_unblock_equal_brute_force(rule: DecisionRule):
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
            frozenset((*change.all_of, *(m for part in parts for m in part)))
            for change in unblocking(rule, stances)
            for parts in product(*(list(combinations(group, n)) for n, group in change.some_of))
        }
        assert found == set(expected)
        assert set(blockers(rule, stances)) == set().union(*expected)


def test_outcomes():
    rule = consensus(NAMES)
    assert outcome(rule, {"a": "for", "b": "neutral", "c": "neutral", "d": "neutral"}) == "passes"
    assert outcome(rule, {"a": "for", "b": "neutral", "c": "neutral"}) == "open"
    assert outcome(rule, {"a": "against"}) == "fails"
    assert outcome(unanimity(NAMES), dict.fromkeys(NAMES, "neutral")) == "fails"


def test_thirty_members_are_no_burden():
    members = [f"m{i}" for i in range(30)]
    against: dict[str, Stance] = dict.fromkeys(members, "against")
    (change,) = unblocking(consensus(members), against)
    assert len(change.all_of) == 30
    (change,) = unblocking(majority(dict.fromkeys(members, 1), Fraction(1, 2), strict=True), against)
    assert change.some_of == ((16, tuple(members)),)
    assert chance_of_passing(consensus(members), dict.fromkeys(members, (0.5, 0.4, 0.1))) == pytest.approx(0.9**30)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(p=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1)), min_size=4, max_size=4))
@settings(max_examples=10, deadline=None)
def test_chances_equal_enumeration(rule: DecisionRule, p: list[tuple[float, float, float]]):
    chances = {name: tuple(x / sum(given) for x in given) for name, given in zip(NAMES, p, strict=True)}
    each = list(product(range(3), repeat=len(NAMES)))
    passing = [values for values in each if rule.passes({n: STANCES[v] for n, v in zip(NAMES, values, strict=True)})]

    def chance(given: dict[str, tuple[float, ...]]) -> float:
        return sum(prod(given[n][v] for n, v in zip(NAMES, values, strict=True)) for values in passing)

    assert chance_of_passing(rule, chances) == pytest.approx(chance(chances))  # type: ignore[arg-type]
    pivots = pivot_chances(rule, chances)  # type: ignore[arg-type]
    for name in NAMES:  # its yes rather than its no, and not rather than its abstention
        yes, no = {**chances, name: (1.0, 0.0, 0.0)}, {**chances, name: (0.0, 0.0, 1.0)}
        assert pivots[name] == pytest.approx(chance(yes) - chance(no), abs=1e-12)


def test_rules_that_cannot_be():
    with pytest.raises(ValueError, match="above all the weights"):
        majority({"a": 1, "b": 1}, 3)
    with pytest.raises(ValueError, match="no member: z"):
        with_vetoes(consensus(NAMES), ["z"])
    with pytest.raises(ValueError, match="is a share"):
        majority({"a": 1}, 1, of="voting")
    with pytest.raises(ValueError, match="5 members that can block are more than all that vote"):
        unless_blocked(majority(dict.fromkeys(NAMES, 1), 3), 5)
