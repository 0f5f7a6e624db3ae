"""The mathematics of weighing: reliability, updating, competing hypotheses, roll-up.

Against published numbers, definitions and brute force.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from itertools import combinations, product
from math import inf, isclose, log2, prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.inference import bayesian_updating as bayes
from detente.methods.inference import competing_hypotheses as ach
from detente.methods.inference.coding_aggregation import PassageSupport, code_from_support, majority_code, net_support
from detente.methods.inference.congruence import MotiveCode

NAN = float("nan")


def anchors(shared: Path, name: str) -> list[list[str]]:
    with (shared / "anchors" / "evidence" / name).open(encoding="utf-8") as file:
        return list(csv.reader(file))


def test_decibels():
    assert bayes.ratio_in_decibels(2, 1) == pytest.approx(3.0103, abs=1e-4)
    assert bayes.ratio_in_decibels(10, 1) == pytest.approx(10)
    assert bayes.ratio_in_decibels(1, 100) == pytest.approx(-20)
    assert (bayes.ratio_in_decibels(0.3, 0), bayes.ratio_in_decibels(0, 0.3), bayes.ratio_in_decibels(0, 0)) == (
        inf,
        -inf,
        0,
    )


# Parameters of the figure of Humphreys and Jacobs; posteriors from the prior one half.
TESTS = [
    ("straw-in-the-wind", 0.4, 0.6, 0.6, 0.4),
    ("hoop", 0.6, 0.95, 0.612903, 0.111111),
    ("smoking-gun", 0.05, 0.4, 0.888889, 0.387097),
    ("doubly-decisive", 0.05, 0.95, 0.95, 0.05),
]


def piece(
    id: str, chances: dict[str, float], cluster: str | None = None, block: str | None = None
) -> bayes.EvidencePiece:
    return bayes.EvidencePiece(id, chances, chances, chances, cluster or id, block or id)


@pytest.mark.parametrize(("name", "without", "with_it", "present", "absent"), TESTS)
def test_the_four_tests_of_process_tracing(name, without, with_it, present, absent):
    assert bayes.process_tracing_test(with_it, without, 9) == name
    prior = {"h": 0.5, "not": 0.5}
    seen = bayes.posterior_probabilities(prior, [piece("k", {"h": with_it, "not": without})], lambda cluster: 0)
    missed = bayes.posterior_probabilities(
        prior, [piece("k", {"h": 1 - with_it, "not": 1 - without})], lambda cluster: 0
    )
    assert [seen["h"], missed["h"]] == pytest.approx([present, absent], abs=1e-6)


def test_the_threshold_moves_the_names():
    assert bayes.process_tracing_test(0.8, 0.2, 9) == "straw-in-the-wind"
    assert bayes.process_tracing_test(0.8, 0.2, 6) == "doubly-decisive"
    assert bayes.process_tracing_test(0.95, 0.6, 9.5) == "straw-in-the-wind"


def test_the_names_agree_with_the_anchor(shared: Path):
    for words, without, with_it, _, present, absent, up, down in anchors(
        shared, "process_tracing_tests_humphreys_jacobs.csv"
    )[1:]:
        name, p, q = words.replace(" ", "-"), float(with_it), float(without)
        assert bayes.process_tracing_test(p, q, 9) == name
        assert bayes.ratio_in_decibels(p, q) == pytest.approx(float(up), abs=1e-3)
        assert bayes.ratio_in_decibels(1 - p, 1 - q) == pytest.approx(float(down), abs=1e-3)
        assert (name, q, p, float(present), float(absent)) in TESTS


# The two clues of DesignLibrary's process-tracing design: P(E1) = 0.8 and 0.2, P(E2) = 0.3 and 0, prior one half.
@pytest.mark.parametrize(
    ("rho", "neither", "first_only"), [(-0.32, 0.092294, 0.755697), (0, 0.148936, 0.736842), (0.32, 0.198924, 0.714833)]
)
def test_two_correlated_clues(rho, neither, first_only):
    h, other = bayes.joint_clue_probabilities(0.8, 0.3, rho), bayes.joint_clue_probabilities(0.2, 0, rho)
    for seen, expected in (((0, 0), neither), ((1, 0), first_only), ((1, 1), 1.0)):
        p, q = h[seen[0]][seen[1]], other[seen[0]][seen[1]]
        assert p / (p + q) == pytest.approx(expected, abs=1e-6)
    assert sum(h[0]) + sum(h[1]) == pytest.approx(1)


def test_impossible_correlations_are_refused():
    with pytest.raises(ValueError, match="cannot be correlated"):
        bayes.joint_clue_probabilities(0.9, 0.1, 0.9)


def test_eleven_statements_by_one_speaker():
    assert bayes.effective_number(11, 0.5) == pytest.approx(1.83, abs=0.005)
    assert bayes.effective_number(11, 1) == 1
    assert bayes.effective_number(11, 0) == 11


def test_an_unreliable_source():
    assert bayes.report_likelihood(0.8, 1, 0.5) == 0.8
    assert bayes.report_likelihood(0.8, 0, 0.5) == 0.5
    assert bayes.report_likelihood(0.8, 0.9, 0.5) == pytest.approx(0.77)


chances = st.floats(0.02, 0.98)
pieces = st.lists(
    st.builds(
        lambda n, cluster, values: (n, cluster, dict(zip("abc", values, strict=True))),
        st.integers(0, 9),
        st.sampled_from(["x", "y", "z"]),
        st.tuples(chances, chances, chances),
    ),
    min_size=1,
    max_size=7,
).map(lambda found: [piece(f"p{i}", values, cluster) for i, (_, cluster, values) in enumerate(found)])
priors = st.fixed_dictionaries({"a": st.floats(0.1, 5), "b": st.floats(0.1, 5), "c": st.floats(0.1, 5)})


@given(prior=priors, found=pieces, rho=st.floats(0, 1))
def test_parts_add_up_to_the_odds(prior, found, rho):
    after = bayes.posterior_probabilities(prior, found, lambda cluster: rho)
    assert sum(after.values()) == pytest.approx(1)
    lead = bayes.ratio_in_decibels(prior["a"], prior["b"]) + sum(
        part.adjusted_db for part in bayes.contributions_to_odds(found, "a", "b", lambda cluster: rho)
    )
    assert lead == pytest.approx(bayes.ratio_in_decibels(after["a"], after["b"]), abs=1e-6)


@given(prior=priors, found=pieces)
def test_independent_evidence_multiplies(prior, found):
    after = bayes.posterior_probabilities(prior, found, lambda cluster: 0)
    weights = {h: prior[h] * prod(piece.likelihoods[h] for piece in found) for h in prior}
    for h, p in after.items():
        assert p == pytest.approx(weights[h] / sum(weights.values()), rel=1e-9)


@given(prior=priors, found=pieces, rho=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_the_fewest_losses_equal_brute_force(prior, found, rho):
    def lead(kept: tuple[bayes.EvidencePiece, ...]) -> float:
        after = bayes.posterior_probabilities(prior, kept, lambda cluster: rho)
        return bayes.ratio_in_decibels(after["a"], after["b"])

    expected = None
    for number in range(len(found) + 1):
        leads = [lead(kept) for kept in combinations(found, len(found) - number)]
        if any(abs(x) < 1e-6 for x in leads):
            return  # too near a tie for either to decide
        if min(leads) < 0:
            expected = number
            break
    losses = bayes.minimum_evidence_loss(prior, found, "a", "b", lambda cluster: rho)
    level = bayes.minimum_evidence_loss(prior, found, "a", "b", lambda cluster: rho, until_tie=True)
    assert (level.group_count if level else None) == expected  # near ties were left out above
    assert (losses.group_count if losses else None) == expected
    if losses:
        assert lead(tuple(p for p in found if p.id not in losses.pieces)) < 0


@pytest.mark.parametrize(
    ("against", "rounding"),
    [((0.9, 0.3, 0.1, 0.9), 1), ((0.6, 0.2, 0.1, 0.9), 0), ((0.6, 0.2, 0.05, 0.45), -1)],
)
def test_a_tie_is_a_tie_however_it_is_rounded(against: tuple[float, float, float, float], rounding: int):
    """Three pieces of 3 to 1 for a, one of 9 to 1 for b: without one of the three 9 to 9, without two 3 to 9."""
    a, b, c, d = against
    found = [*(piece(name, {"a": a, "b": b}) for name in ("x", "y", "z")), piece("w", {"a": c, "b": d})]
    left = bayes.ratio_in_decibels(a, b) + bayes.ratio_in_decibels(a, b) + bayes.ratio_in_decibels(c, d)
    assert (left > 0) - (left < 0) == rounding  # level, but for the last digit of a float
    assert abs(left) < 1e-12

    def losses(**how: bool) -> bayes.EvidenceLoss | None:
        return bayes.minimum_evidence_loss({"a": 1, "b": 1}, found, "a", "b", lambda cluster: 0, **how)

    level, behind = losses(until_tie=True), losses()
    assert level
    assert behind
    assert (level.group_count, behind.group_count) == (1, 2)


@pytest.mark.parametrize(
    ("odds", "to_a_tie", "number"),
    [(1.0, True, 0), (1.0, False, None), (1.00001, True, None), (0.99999, False, 0), (0.99999, True, 0)],
)
def test_a_lead_however_small_is_no_tie(odds: float, to_a_tie: bool, number: int | None):
    """Nothing can be lost but one piece that says nothing: what the prior has decides."""
    prior, found = {"a": odds, "b": 1.0}, [piece("idle", {"a": 0.5, "b": 0.5})]
    losses = bayes.minimum_evidence_loss(prior, found, "a", "b", lambda cluster: 0, until_tie=to_a_tie)
    assert (losses.group_count if losses else None) == number


@given(prior=priors, found=pieces.filter(lambda p: len(p) <= 2), width=st.floats(0.005, 0.015), rho=st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_the_bounds_are_those_of_all_corners(prior, found, width, rho):
    loose = [
        bayes.EvidencePiece(
            p.id,
            p.likelihoods,
            {h: c - width for h, c in p.likelihoods.items()},
            {h: c + width for h, c in p.likelihoods.items()},
            p.cluster,
            p.dependence_group,
        )
        for p in found
    ]
    bounds = bayes.posterior_bounds({h: (p, p) for h, p in prior.items()}, loose, lambda cluster: rho)
    seen: dict[str, list[float]] = {h: [] for h in prior}
    for corner in product([-width, width], repeat=3 * len(found)):
        signs = iter(corner)
        moved = [piece(p.id, {h: c + next(signs) for h, c in p.likelihoods.items()}, p.cluster) for p in found]
        for h, value in bayes.posterior_probabilities(prior, moved, lambda cluster: rho).items():
            seen[h].append(value)
    for h, (low, high) in bounds.items():
        assert [low, high] == pytest.approx([min(seen[h]), max(seen[h])], abs=1e-9)


def test_pieces_of_a_block_multiply_and_count_once():
    first, second = piece("e1", {"a": 0.8, "b": 0.4}, "x"), piece("e2", {"a": 0.6, "b": 0.3}, "x", "e1")
    third = piece("e3", {"a": 0.5, "b": 0.25}, "x")
    assert bayes.piece_weights([first, second], lambda cluster: 1) == [1, 1]
    assert bayes.piece_weights([first, second, third], lambda cluster: 1) == [0.5, 0.5, 0.5]


def test_the_correlation_at_which_a_lead_fails():
    # Five weak reports of one cluster against one strong piece: the more they repeat each other, the less they weigh.
    many = [piece(f"m{i}", {"a": 0.6, "b": 0.4}, "one-pen") for i in range(5)]
    strong = piece("s", {"a": 0.2, "b": 0.8})

    def margin(rho: float) -> float:
        after = bayes.posterior_probabilities({"a": 1, "b": 1}, [*many, strong], lambda cluster: rho)
        return after["a"] - after["b"]

    # 5/(1+4 rho) * 1.7609 = 6.0206
    edge = (5 * 1.760912590556812 / 6.020599913279624 - 1) / 4
    assert bayes.failing_correlations(margin)[0] == pytest.approx((edge, 1), abs=1e-6)
    assert bayes.failing_correlations(lambda rho: -margin(rho))[0] == pytest.approx((0, edge), abs=1e-6)
    assert bayes.failing_correlations(lambda rho: 1.0) == []
    assert bayes.failing_correlations(lambda rho: -1.0) == [(0.0, 1.0)]
    twice = bayes.failing_correlations(lambda rho: (rho - 0.2) * (rho - 0.3) * (rho - 0.9))
    assert [x for stretch in twice for x in stretch] == pytest.approx([0, 0.2, 0.3, 0.9], abs=1e-6)


@given(p=chances, q=chances)
def test_what_may_be_learnt_is_the_mutual_information(p, q):
    found = bayes.expected_information({"a": 1, "b": 1}, {"a": p, "b": q})
    seen = (p + q) / 2

    def entropy(x: float) -> float:
        return -x * log2(x) - (1 - x) * log2(1 - x)

    assert found == pytest.approx(entropy(seen) - (entropy(p) + entropy(q)) / 2, abs=1e-9)


def heuer(rows: list[list[str]]) -> list[ach.EvidenceItem]:
    return [
        ach.EvidenceItem(row[0], {f"H{i}": {"+": 1, "-": -1}[cell] for i, cell in enumerate(row[2:], start=1)})
        for row in rows
    ]


IRAQ = [
    ["E1", "", "+", "+", "+"],
    ["E2", "", "+", "+", "-"],
    ["E3", "", "+", "+", "-"],
    ["E4", "", "-", "+", "+"],
    ["E5", "", "-", "+", "+"],
    ["E6", "", "-", "+", "+"],
]
"""Heuer 1999, ch. 8, figure 15, from memory."""


def test_heuers_iraq_is_as_printed(shared: Path):
    assert heuer(anchors(shared, "heuer_iraq_1993.csv")[1:]) == heuer(IRAQ)


def test_heuers_iraq():
    items = heuer(IRAQ)
    found = ach.rank_hypotheses(items, ["H1", "H2", "H3"])
    assert found.inconsistency == {"H1": 3, "H2": 0, "H3": 2}
    assert found.leader == "H2"
    assert ach.diagnosticity(items[0]) == 0
    assert all(ach.diagnosticity(item) > 0 for item in items[1:])


def test_what_does_not_apply_is_left_out_not_neutral():
    items = [ach.EvidenceItem("e", {"a": -2}, Fraction(1, 2)), ach.EvidenceItem("f", {"a": 1, "b": -1})]
    assert ach.rank_hypotheses(items, ["a", "b"]).inconsistency == {"a": 1, "b": 1}
    assert ach.rank_hypotheses(items, ["a", "b"], 2).inconsistency == {"a": 2, "b": 1}
    assert ach.rank_hypotheses(items, ["a", "b"]).leader is None
    assert ach.diagnosticity(items[0]) == 0


def test_how_far_an_item_tells_hypotheses_apart():
    """The standard deviation of its ratings: of 1 and -1 it is 1, of 2, -1 and -1 the root of 6 / 3."""
    assert ach.diagnosticity(ach.EvidenceItem("e", {"a": 1, "b": -1})) == pytest.approx(1)
    assert ach.diagnosticity(ach.EvidenceItem("e", {"a": 2, "b": -1, "c": -1})) == pytest.approx(2**0.5)


@given(
    rows=st.lists(st.lists(st.sampled_from([None, -2, -1, 0, 1, 2]), min_size=3, max_size=3), min_size=1, max_size=2),
    q=st.sampled_from([1, 2]),
)
@settings(max_examples=60, deadline=None)
def test_flips_of_a_matrix_equal_brute_force(rows, q):
    hypotheses = ["a", "b", "c"]
    items = [
        ach.EvidenceItem(
            f"e{i}", {h: v for h, v in zip(hypotheses, row, strict=True) if v is not None}, Fraction(i + 1)
        )
        for i, row in enumerate(rows)
    ]
    leader = ach.rank_hypotheses(items, hypotheses, q).leader
    cells = [(i, h) for i, item in enumerate(items) for h in item.ratings]
    expected = None
    for number in range(1, len(cells) + 1):
        for chosen in combinations(cells, number):
            for values in product(ach.RATINGS, repeat=number):
                changed = [dict(item.ratings) for item in items]
                for (i, h), value in zip(chosen, values, strict=True):
                    changed[i][h] = value
                again = [ach.EvidenceItem(item.id, r, item.weight) for item, r in zip(items, changed, strict=True)]
                scores = ach.rank_hypotheses(again, hypotheses, q).inconsistency
                if leader and any(scores[h] < scores[leader] for h in hypotheses):
                    expected = number
                    break
            if expected:
                break
        if expected:
            break
    found = ach.minimum_matrix_changes(items, hypotheses, q)
    assert (found.change_count if found else None) == expected


def test_readings_from_passages():
    theories = ["realism", "liberalism"]

    def read(*voices: tuple[str, float], rule: str = "net") -> MotiveCode:
        return code_from_support(
            net_support([PassageSupport(f"p{i}", t, w) for i, (t, w) in enumerate(voices)], theories, rule)
        )

    assert read(("realism", 6), ("liberalism", 2)) == MotiveCode("realism", frozenset({"liberalism"}))
    assert read(("realism", 6), ("liberalism", 2), ("liberalism", -6)) == MotiveCode("realism")
    assert read(("liberalism", -6)) == MotiveCode()
    assert read(("realism", 3), ("liberalism", 3)) == MotiveCode(None, frozenset(theories))
    assert read(("realism", 6), ("liberalism", 2), ("liberalism", 2)) == MotiveCode(
        "realism", frozenset({"liberalism"})
    )
    assert read(("realism", 6), ("liberalism", 2), ("liberalism", 2), rule="count").primary == "liberalism"
    assert read(("realism", 0), rule="count") == MotiveCode()
    # Two of half a decibel are two, and one that speaks against takes one away, however little it is worth.
    weak = [("realism", 0.5), ("realism", 0.5), ("liberalism", 6.0), ("liberalism", 6.0), ("liberalism", -0.5)]
    assert read(*weak, rule="count") == MotiveCode("realism", frozenset({"liberalism"}))


def test_majorities():
    realism, liberalism = MotiveCode("realism"), MotiveCode("liberalism", frozenset({"realism"}))
    assert majority_code([realism]) == realism
    assert majority_code([realism, liberalism]) == MotiveCode(None, frozenset({"realism"}))
    assert majority_code([realism, liberalism, liberalism]) == liberalism
    assert majority_code([MotiveCode(), realism]) == MotiveCode()


@given(voices=st.lists(st.tuples(st.sampled_from("ab"), st.floats(-9, 9)), max_size=6))
def test_net_agrees_with_updating_on_which_of_two_theories_is_favoured(voices):
    found = net_support([PassageSupport(str(i), t, w) for i, (t, w) in enumerate(voices)], ["a", "b"], "net")
    prior = {"a": 1.0, "b": 1.0}
    items = []
    for i, (theory, worth) in enumerate(voices):
        p = 10 ** (worth / 10) / (1 + 10 ** (worth / 10))
        items.append(piece(str(i), {h: p if h == theory else 1 - p for h in prior}))
    after = bayes.posterior_probabilities(prior, items, lambda cluster: 0)
    assert bayes.ratio_in_decibels(after["a"], after["b"]) == pytest.approx(found["a"] - found["b"], abs=1e-6)


def test_shares_are_between_nothing_and_all():
    assert isclose(
        sum(bayes.piece_weights([piece(str(i), {"a": 0.5}, "x") for i in range(4)], lambda cluster: 0.5)), 1.6
    )
