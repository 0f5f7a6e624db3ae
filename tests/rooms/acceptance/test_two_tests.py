"""The strict and the generous test of whether a side accepts, told apart."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.assessment.assess import Assessment, assess, read_case
from detente.rooms.acceptance.findings.section import acceptance_sections
from detente.rooms.acceptance.model.acceptance import build_acceptance_model
from detente.rooms.acceptance.model.results import leading_indices
from detente.rooms.gains.model.simulation.simulation import simulate_gains


def by_test(assessment: Assessment, test: str) -> dict[str, float]:
    """The shares by one of the tests, by what stands before it in their names."""
    return {
        name.rpartition(".")[0]: one.value
        for name, one in assessment.outcomes.items()
        if name.endswith(f".{test}") and ".choice" not in name
    }


def test_patience_moves_the_generous_test_and_leaves_the_strict_one_as_it_is():
    hasty, patient = (assess(read_case("two-leagues", changes={"response.discount": x})) for x in ("0.5", "0.97"))
    assert by_test(hasty, "strict") == by_test(patient, "strict")
    assert by_test(hasty, "generous") != by_test(patient, "generous")


def test_both_have_the_errors_by_groups_of_256_draws(assessed: Assessment):
    gains = simulate_gains(read_case("nato-csto").case)
    assert gains is not None
    model = build_acceptance_model(gains)
    assert model is not None
    result = model.years[-1]
    seen = 0
    for variant in result.deciders.offered_variants:
        for theory in result.deciders.theories:
            utility, accepting = result.answer_utility[variant, theory.id], result.accepting_parts[variant, theory.id]
            for test, values in (("strict", utility > 1e-9), ("generous", accepting)):
                outcome = assessed.outcomes[f"acceptance.bloc.{variant.form}.{theory.id}.{test}"]
                groups = [statistics.fmean(values[start : start + 256].tolist()) for start in range(0, 4096, 256)]
                assert len(values) == 4096
                assert outcome.value == pytest.approx(statistics.fmean(groups))
                assert outcome.error == pytest.approx(statistics.stdev(groups) / 4)
                seen += statistics.stdev(groups) > 0
    assert seen > 10


def test_both_are_shares_and_the_replies_are_a_whole_distribution(assessed: Assessment):
    strict, generous = by_test(assessed, "strict"), by_test(assessed, "generous")
    assert strict.keys() == generous.keys()
    assert len(strict) == 2 * 6
    for name, share in generous.items():
        assert assessed.outcomes[f"{name}.accept.best"].value == share
        for measure in ("best", "chance"):
            shares = [
                one.value
                for path, one in assessed.outcomes.items()
                if path.startswith(f"{name}.") and path.endswith(f".{measure}")
            ]
            assert sum(shares) == pytest.approx(1)
            assert len(shares) == 5


def test_what_silence_is_worth_is_an_outcome(assessed: Assessment):
    worth = assessed.outcomes["acceptance.bloc.hub.all-reasons.silence.worth"]
    assert (round(worth.value, 2), worth.unit, worth.year) == (0.01, "share of all at stake, a year", 2007)
    assert worth.value > assessed.outcomes["acceptance.bloc.hub.all-reasons.refuse.worth"].value


def test_where_the_generous_test_is_the_lower_one_the_page_says_why(assessed: Assessment):
    strict, generous = by_test(assessed, "strict"), by_test(assessed, "generous")
    lower = [name for name in strict if generous[name] < strict[name]]
    assert set(lower) == {
        "acceptance.bloc.hub.as-institutionalists",
        "acceptance.bloc.collegiate.as-institutionalists",
        "acceptance.bloc.collegiate.as-liberals",
    }
    (says,) = (f.says for s in assessed.sections if s.id == "response" for f in s.findings if f.id == "replies")
    assert "On its gains only and by consensus, the channel is worth having in 60 of 100 simulations." in says
    assert "Yet accepting is best only in 47." in says
    assert says.count("Yet accepting is best") == 1


def test_a_concern_of_nothing_counts_for_nothing():
    """With no concern at all for relative gains the answer is that by own gains, in every draw."""
    changes = {"mechanisms.envy.of": "{hill: 0, river: 0, aldmoor: 0}", "mechanisms.free-hands.of.hill": "0"}
    changes |= {"outside.the-fairs.forgone": "0"}
    gains = simulate_gains(read_case("two-leagues", changes=changes).case)
    assert gains is not None
    model = build_acceptance_model(gains)
    assert model is not None
    result = model.years[-1]
    for variant in result.deciders.offered_variants:
        first, *others = (result.answer_utility[variant, theory.id] for theory in result.deciders.theories)
        assert all((first == other).all() for other in others)
    (finding,) = (one for one in acceptance_sections(model)[0].findings if one.id == "reasons")
    assert "No reason by itself accounts for much." in finding.says
    assert finding.short_answer == "none decides much"
    assert "stop" not in finding.says
    assert finding.picture is None


def test_nothing_is_ranked_that_the_draws_do_not_tell_apart():
    """Two standard errors of the difference of two shares that no draw counts for both."""
    assert leading_indices([0.060, 0.055, 0.02], 4096) == [0, 1]
    assert leading_indices([0.060, 0.055, 0.02], 400_000) == [0]
    assert leading_indices([0.1, 0.3, 0.3], 10_000) == [1, 2]
    assert leading_indices([1.0], 10) == [0]


@given(st.lists(st.floats(0, 0.2), min_size=2, max_size=5), st.integers(100, 10_000))
def test_who_leads_is_told_from_who_does_not(shares: list[float], draw_count: int):
    leading = leading_indices(shares, draw_count)
    assert shares[leading[0]] == max(shares)
    rest = [share for index, share in enumerate(shares) if index not in leading]
    assert max(rest, default=-1.0) < min(shares[index] for index in leading)
    assert len(leading_indices(shares, 100 * draw_count)) <= len(leading)


def test_equal_guesses_about_several_members_give_no_order(assessed: Assessment):
    """Of the four whom the case takes for more concerned than the others by the same numbers."""
    (says,) = (f.says for s in assessed.sections if s.id == "response" for f in s.findings if f.id == "deciders")
    assert all(name in says for name in ("Estonia", "Latvia", "Lithuania", "Poland"))
    assert "matter alike, because we gave them the same estimate" in says
