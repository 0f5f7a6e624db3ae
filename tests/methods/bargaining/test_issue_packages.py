"""Packages of issues: counts and bounds against every package one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.bargaining import issue_packages
from detente.methods.bargaining.issue_packages import (
    BoundedPackage,
    EverybodyNeeded,
    PackageJudge,
    PackageTerms,
    Verdicts,
    count_packages,
    package_rows,
    search_by_bounds,
)


def random_terms(
    seed: int,
    sizes: tuple[int, int, int],
    agenda: int | None = None,
    with_fixed: bool = True,
    lift: float = 0.2,
) -> PackageTerms:
    """What voices make of issues, of an offer as such, and of settling everything: in quarters, so that sums are exact.

    Args:
        seed: Of all that is random.
        sizes: How many voices, issues and draws there are.
        agenda: How many of the issues are an offer by themselves.
        with_fixed: Whether anything counts but issues.
        lift: How good issues are on average.
    """
    source = np.random.default_rng(seed)
    voices, _, draws = sizes
    by_issue = np.round(4 * source.normal(lift, 1, sizes)) / 4
    fixed, whole = np.round(4 * source.normal(0.1, 0.7, (2, voices, draws))) / 4
    return PackageTerms(by_issue, fixed * with_fixed, 2 * whole * with_fixed, agenda)


def all_packages(issues: int) -> list[set[int]]:
    """Every set of issues, smaller ones first."""
    return [set(some) for size in range(1, issues + 1) for some in combinations(range(issues), size)]


def agenda_of(terms: PackageTerms) -> set[int]:
    return set(range(terms.issue_count if terms.agenda_size is None else terms.agenda_size))


def worth(terms: PackageTerms, package: set[int], voice: int, draw: int) -> float:
    """What a voice makes of a package, part by part."""
    total = float(terms.fixed[voice, draw])
    for issue in package:
        total += float(terms.by_issue[voice, issue, draw])
    return total + (float(terms.whole[voice, draw]) if agenda_of(terms) <= package else 0.0)


def row_of(package: set[int]) -> int:
    """The place of a package among all."""
    place = -1
    for issue in package:
        place += 2**issue
    return place


def agreed_draws(terms: PackageTerms, package: set[int], voices: tuple[int, ...] | None = None) -> set[int]:
    """The draws in which every voice gains by a package, or each of some; none where it is no offer."""
    asked = range(len(terms.fixed)) if voices is None else voices
    if not package & agenda_of(terms):
        return set()
    return {d for d in range(terms.draw_count) if all(worth(terms, package, voice, d) > 0 for voice in asked)}


def best_by_hand(terms: PackageTerms) -> int:
    return max(len(agreed_draws(terms, package)) for package in all_packages(terms.issue_count))


@dataclass(frozen=True)
class Majority:
    """Two of three voices are enough; and no voice may lose more than it can bear."""

    bearable: float

    def judge(self, utilities: Any, draws: slice) -> Verdicts:
        agreed = ((utilities > 0).sum(axis=0) >= 2) & (utilities.min(axis=0) > -self.bearable)
        return Verdicts(agreed, agreed, agreed * 1.0, utilities[0], utilities[1])


SIZES = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 9))
SEEDS = st.integers(0, 2**32)


@st.composite
def any_terms(draw: st.DrawFn, sizes: st.SearchStrategy[tuple[int, int, int]]) -> PackageTerms:
    """Random terms, in which some issues may be no offer by themselves."""
    drawn = draw(sizes)
    agenda = draw(st.none() | st.integers(1, drawn[1]))
    return random_terms(draw(SEEDS), drawn, agenda, draw(st.booleans()), draw(st.sampled_from([-0.3, 0.0, 0.4])))


def test_packages_are_binary_numbers():
    rows = package_rows(4)
    assert rows.shape == (15, 4)
    for package in all_packages(4):
        assert set(np.flatnonzero(rows[row_of(package)]).tolist()) == package


@given(any_terms(SIZES))
def test_utilities_are_sums_of_parts(terms: PackageTerms):
    voices, issues, draws = terms.by_issue.shape
    assert (terms.issue_count, terms.draw_count) == (issues, draws)
    found = terms.utilities(package_rows(issues))
    assert found.shape == (voices, 2**issues - 1, draws)
    for package in all_packages(issues):
        for voice in range(voices):
            expected = [worth(terms, package, voice, draw) for draw in range(draws)]
            assert found[voice, row_of(package)].tolist() == expected
    assert (terms.utilities(package_rows(issues), slice(1, 3)) == found[:, :, 1:3]).all()


@given(any_terms(SIZES), st.data())
def test_counts_are_those_of_plain_loops(terms: PackageTerms, data: st.DataObject):
    voices, issues, draws = terms.by_issue.shape
    leader = data.draw(st.integers(0, voices - 1))
    answering = tuple(data.draw(st.sets(st.integers(0, voices - 1), min_size=1)))
    counts, zone = count_packages(terms, EverybodyNeeded(leader, answering))
    is_open: set[int] = set()
    has_some: set[int] = set()
    for package in all_packages(issues):
        agreed, answered = agreed_draws(terms, package), agreed_draws(terms, package, answering)
        is_open, has_some = is_open | agreed, has_some | answered
        for half in (0, 1):
            place, is_offer = (row_of(package), half), bool(package & agenda_of(terms))
            own = [d for d in range(half, draws, 2) if is_offer]
            assert counts.agreed[place] == len(agreed & set(own))
            assert counts.answered[place] == len(answered & set(own))
            assert counts.kept[place] == sum(worth(terms, package, leader, d) for d in agreed & set(own))
            assert counts.answer_worth[place] == sum(min(worth(terms, package, v, d) for v in answering) for d in own)
            assert counts.leader_worth[place] == sum(worth(terms, package, leader, d) for d in own)
    assert set(np.flatnonzero(zone.is_open).tolist()) == is_open
    assert set(np.flatnonzero(zone.answerer_has_some).tolist()) == has_some
    assert counts.draws == (len(range(0, draws, 2)), len(range(1, draws, 2)))


def test_everybody_answers_unless_said():
    counts, zone = count_packages(random_terms(4, (3, 3, 20)), EverybodyNeeded())
    assert counts.agreed.sum() > 0
    assert (counts.answered == counts.agreed).all()
    assert (zone.is_open == zone.answerer_has_some).all()
    nothing = PackageTerms(np.full((2, 1, 3), 0.5e-9), np.zeros((2, 3)), np.zeros((2, 3)))
    assert count_packages(nothing, EverybodyNeeded())[0].agreed.sum() == 0


def test_some_packages_alone():
    terms, some = random_terms(5, (2, 4, 31)), [14, 2, 5]
    everything = count_packages(terms, EverybodyNeeded())[0]
    alone = count_packages(terms, EverybodyNeeded(), package_rows(4)[some])[0]
    assert (alone.agreed == everything.agreed[some]).all()
    assert (alone.kept == everything.kept[some]).all()


@dataclass(frozen=True)
class Watched:
    """Everybody is needed; and it is noted which draws were asked about together."""

    asked: list[slice] = field(default_factory=list)

    def judge(self, utilities: Any, draws: slice) -> Verdicts:
        self.asked.append(draws)
        return EverybodyNeeded().judge(utilities, draws)


def test_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch):
    """Halves stay even and odd draws, however few are held at once."""
    terms = random_terms(6, (2, 3, 41))
    at_once, zone = count_packages(terms, EverybodyNeeded())
    for most_held in (1, 50, 100):
        monkeypatch.setattr(issue_packages, "MOST_HELD", most_held)
        watched = Watched()
        in_parts, zone_in_parts = count_packages(terms, watched)
        assert len(watched.asked) > 1
        assert all(one.start % 2 == 0 for one in watched.asked)
        assert [d for one in watched.asked for d in range(one.start, one.stop)] == list(range(41))
        assert (in_parts.agreed == at_once.agreed).all()
        assert (in_parts.answered == at_once.answered).all()
        assert in_parts.kept == pytest.approx(at_once.kept)
        assert (zone_in_parts.is_open == zone.is_open).all()


def in_draws(terms: PackageTerms, draws: slice) -> PackageTerms:
    return PackageTerms(terms.by_issue[:, :, draws], terms.fixed[:, draws], terms.whole[:, draws], terms.agenda_size)


@given(any_terms(st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(4, 9))), st.sampled_from([0, 2, 4]))
def test_batches_of_draws_are_merged(terms: PackageTerms, first: int):
    everything, zone = count_packages(terms, EverybodyNeeded())
    assert terms.first_draws(first).draw_count == first
    early, _ = count_packages(terms.first_draws(first), EverybodyNeeded())
    late, late_zone = count_packages(in_draws(terms, slice(first, None)), EverybodyNeeded())
    merged = early.merge(late)
    for name in ("answered", "agreed", "kept", "answer_worth", "leader_worth"):
        assert getattr(merged, name).tolist() == getattr(everything, name).tolist(), name
    assert merged.draws == everything.draws
    assert late_zone.is_open.tolist() == zone.is_open[first:].tolist()


def checked(found: BoundedPackage, terms: PackageTerms, judge: PackageJudge) -> BoundedPackage:
    """A result that is what it says it is: the package is agreed on in so many draws, and below its bound."""
    package = np.array([found.package])
    assert package.shape == (1, terms.issue_count)
    assert count_packages(terms, judge, package)[0].agreed.sum() == found.agreed
    assert found.agreed <= found.bound <= terms.draw_count
    assert found.is_proved == (found.agreed == found.bound)
    return found


@settings(max_examples=60)
@given(any_terms(st.tuples(st.integers(1, 4), st.integers(2, 8), st.integers(1, 12))))
def test_bounds_find_the_best(terms: PackageTerms):
    found = checked(search_by_bounds(terms, EverybodyNeeded()), terms, EverybodyNeeded())
    assert found.is_proved
    assert found.agreed == best_by_hand(terms)


@settings(max_examples=60)
@given(any_terms(st.tuples(st.integers(1, 4), st.integers(2, 7), st.integers(1, 9))))
def test_a_search_that_stops_early_promises_too_much_and_never_too_little(terms: PackageTerms):
    truth, bounds = best_by_hand(terms), []
    for most_nodes in (0, 1, 3, 6, 12, 10_000):
        found = checked(search_by_bounds(terms, EverybodyNeeded(), most_nodes), terms, EverybodyNeeded())
        assert found.agreed <= truth <= found.bound
        assert found.nodes <= most_nodes + 1
        bounds.append(found.bound)
    assert bounds == sorted(bounds, reverse=True)


def test_what_counts_only_for_the_whole_is_not_forgotten():
    """No part passes and the whole does; or the other way round."""
    by_issue, none = np.full((1, 3, 4), -0.5), np.zeros((1, 4))
    good = PackageTerms(by_issue, none, np.full((1, 4), 2.0))
    assert search_by_bounds(good, EverybodyNeeded()) == BoundedPackage((True, True, True), 4, 4, 0)
    bad = PackageTerms(-by_issue, none, np.full((1, 4), -2.0))
    found = search_by_bounds(bad, EverybodyNeeded())
    assert (found.agreed, sum(found.package), found.is_proved) == (4, 2, True)


def test_the_whole_agenda_may_be_settled_without_concessions():
    """Two last ones are too much, and even one; no single change leads from the start to what passes."""
    by_issue = np.array([[[-1.0], [0.5], [-1.5], [-1.5]]])
    terms = PackageTerms(by_issue, fixed=np.full((1, 1), -1.0), whole=np.full((1, 1), 3.0), agenda_size=2)
    assert search_by_bounds(terms, EverybodyNeeded(), 0).agreed == 0
    found = search_by_bounds(terms, EverybodyNeeded())
    assert (found.package, found.agreed) == ((True, True, False, False), 1)


def test_a_concession_is_no_offer_by_itself():
    """Everybody would like it, and nobody the only issue on the agenda."""
    terms = PackageTerms(np.array([[[-2.0], [1.0]]]), np.zeros((1, 1)), np.zeros((1, 1)), agenda_size=1)
    counts, zone = count_packages(terms, EverybodyNeeded())
    assert counts.agreed.tolist() == counts.answered.tolist() == [[0, 0], [0, 0], [0, 0]]
    assert counts.answer_worth.tolist() == [[-2, 0], [0, 0], [-1, 0]]
    assert not zone.is_open.any()
    assert search_by_bounds(terms, EverybodyNeeded()).agreed == 0


def test_a_start_at_a_summit_that_is_not_the_highest():
    """One issue more or less is worse than the whole agenda, and quite another package is better."""
    by_draw = [[2, -1, -1, 1], [2, -1, -1, 1], [1, 1, 1, -4], [1, 1, 1, -4], [1, 1, 1, -4]]
    terms = PackageTerms(np.array([by_draw], dtype=float).swapaxes(1, 2), np.zeros((1, 5)), np.zeros((1, 5)))
    found = checked(search_by_bounds(terms, EverybodyNeeded()), terms, EverybodyNeeded())
    assert found.agreed == best_by_hand(terms) == 5


@settings(max_examples=40)
@given(SEEDS, st.integers(2, 6), st.integers(1, 10), st.floats(0, 2))
def test_any_rule_by_which_more_never_harms(seed: int, issues: int, draws: int, bearable: float):
    terms, judge = random_terms(seed, (3, issues, draws), lift=-0.2), Majority(bearable)
    truth = int(count_packages(terms, judge)[0].agreed.sum(axis=1).max())
    found = checked(search_by_bounds(terms, judge), terms, judge)
    assert (found.agreed, found.bound) == (truth, truth)
    early = checked(search_by_bounds(terms, judge, 2), terms, judge)
    assert early.agreed <= truth <= early.bound


def test_more_issues_than_are_gone_through_in_full():
    """One more than that, and still as many as can be counted one by one."""
    terms = random_terms(8, (3, issue_packages.MOST_ISSUES_IN_FULL + 1, 40))
    truth = int(count_packages(terms, EverybodyNeeded())[0].agreed.sum(axis=1).max())
    found = checked(search_by_bounds(terms, EverybodyNeeded()), terms, EverybodyNeeded())
    assert found.is_proved
    assert found.agreed == truth


@pytest.mark.parametrize("lift", [-0.6, 0.1])
def test_two_dozen_issues(lift: float):
    """Proved, or given up with a bound that no package by chance is above."""
    terms, source = random_terms(9, (3, 24, 150), lift=lift), np.random.default_rng(10)
    found = checked(search_by_bounds(terms, EverybodyNeeded(), 3_000), terms, EverybodyNeeded())
    assert found.is_proved or found.nodes >= 3_000
    others = source.random((2_000, 24)) < source.random((2_000, 1))
    assert count_packages(terms, EverybodyNeeded(), others)[0].agreed.sum(axis=1).max() <= found.bound


def test_two_dozen_issues_each_of_which_is_good_or_bad():
    """The best package is known without a search: the good ones, in all draws."""
    source = np.random.default_rng(11)
    is_good = source.random(24) < 0.5
    by_issue = source.uniform(0.5, 1, (3, 24, 200)) * np.where(is_good, 1, -30)[:, None]
    found = search_by_bounds(PackageTerms(by_issue, *np.zeros((2, 3, 200))), EverybodyNeeded())
    assert (found.agreed, found.is_proved) == (200, True)
    assert not (np.array(found.package) & ~is_good).any()
