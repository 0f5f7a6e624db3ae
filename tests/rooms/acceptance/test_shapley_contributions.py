"""What reasons account for together, where several are enough: on the case on paper, whose answer can be counted."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.assessment.assess import Assessment, read_case
from detente.case.index.labels import CaseLabels
from detente.methods.inference.running_moments import RunningMoments
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.institutions.decision_rules import VoteCondition, VotingRule
from detente.methods.offer_model.model_draws import sample_model
from detente.rooms.acceptance.findings.brief_words import reason_sentences
from detente.rooms.acceptance.findings.mechanism_contributions import mechanism_contributions_finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.acceptance.model.decision import shapley_contributions as shapley_module
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.mechanism_contributions import contributions_by_size, leading_where_most
from detente.rooms.acceptance.model.decision.shapley_contributions import (
    ReasonContribution,
    ShapleyContributions,
    shapley_contributions,
)
from detente.rooms.acceptance.model.decision.single_reasons import LINK_SAVINGS
from detente.rooms.acceptance.model.decision.utility import voter_utilities
from detente.rooms.acceptance.model.results import AcceptanceResult, share_error
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.assessed_cases import assessed_case
from tests.cases.two_hub_case import written

ALWAYS, NEVER = 1.0, 0.0
"""A strength that is enough to refuse by itself, or to take such a refusal back; and none."""


def reason(title: str, strength: Any, kind: str = "autonomy") -> dict[str, Any]:
    """A mechanism of the answering side."""
    return {"title": title, "kind": kind, "of": {"n": strength}}


def result_of(folder: Path, mechanisms: dict[str, Any], draws: int = 400, **more: Any) -> AcceptanceResult:
    """The draws of the case on paper, where own gains accept, with some reasons."""
    file = written(folder, mechanisms=mechanisms, channels__bilateral__efficiency=0.1, **more)
    case = read_case(str(file)).case
    return simulate_acceptance(ChannelModel(case, build_actor_network(case, 2000)), draws)


def contributions(result: AcceptanceResult) -> ShapleyContributions:
    return result.contributions[result.deciders.offered_variants[0]]


def chance(p: float) -> dict[str, Any]:
    """Enough to refuse in such a share of draws, and else nothing."""
    return {"discrete": [[NEVER, 1 - p], [ALWAYS, p]]}


def test_contributions_add_up_to_what_the_theory_changes(assessed: Assessment):
    """In both bundled cases, in every form, of acceptance and of utility."""
    other = assessed_case("two-leagues")
    for assessment, theory, gains in ((assessed, "all-reasons", "as-liberals"), (other, "envious", "only-gains")):
        outcomes = {name: one.value for name, one in assessment.outcomes.items() if name.startswith("acceptance.")}
        stems = {name.rsplit(".", 2)[0] for name in outcomes if name.endswith(f".{theory}.strict")}
        assert len(stems) == 2
        for stem in stems:
            for measure, whole in (("acceptance", "strict"), ("utility", "utility")):
                ours = (name for name in outcomes if name.startswith(stem) and name.endswith(f"{measure}-contribution"))
                parts = [outcomes[name] for name in ours]
                change = outcomes[f"{stem}.{theory}.{whole}"] - outcomes[f"{stem}.{gains}.{whole}"]
                assert len(parts) > 2
                assert sum(parts) == pytest.approx(change, abs=1e-12)


def test_one_reason_accounts_for_all_with_the_error_of_a_share(tmp_path: Path):
    """It refuses in three of ten draws: a Bernoulli variable, whose mean errs by the root of p(1 - p)/n."""
    result = result_of(tmp_path, {"hands": reason("Free hands", chance(0.3))}, draws=2_500)
    shapley, variant = contributions(result), result.deciders.offered_variants[0]
    refused = 1 - result.acceptance_share(variant, result.deciders.full_theory)
    assert result.acceptance_share(variant, result.deciders.absolute_gains) == 1
    assert refused == pytest.approx(0.3, abs=0.03)
    one = shapley.of("hands")
    assert one is not None
    assert one.acceptance == pytest.approx(-refused, abs=1e-12)
    assert one.acceptance_error == pytest.approx(share_error(refused, 2_500), abs=1e-12)
    utility = result.answer_utility[variant, result.deciders.full_theory.id]
    assert one.utility_error == pytest.approx(float(utility.std()) / 50, rel=1e-9)


def test_without_reasons_nothing_is_shared(tmp_path: Path):
    result = result_of(tmp_path, {})
    shapley = contributions(result)
    assert shapley.reasons == shapley.leading_reasons == ()
    assert shapley.acceptance_change == 0
    assert [one.mechanism for one in contributions_by_size(result)] == [LINK_SAVINGS]
    labels = AcceptanceLabels(result, CaseLabels(result.deciders.case))
    finding = mechanism_contributions_finding(labels)
    assert finding.says == "The case has West care for nothing but its own gains."
    assert finding.short_answer == "nothing but its own gains"
    assert finding.picture is None


def test_two_that_are_enough_share_alike_and_what_adds_nothing_has_nothing(tmp_path: Path):
    """Leaving one out finds that none is needed; each accounts for half, whatever stands between them."""
    result = result_of(
        tmp_path,
        {
            "first": reason("First", ALWAYS),
            "idle": reason("Idle", NEVER),
            "small": reason("Small", 1e-9, "recognition"),
            "second": reason("Second", ALWAYS),
        },
    )
    shapley, variant = contributions(result), result.deciders.offered_variants[0]
    first, idle, small, second = map(shapley.of, shapley.reasons)
    assert first
    assert idle
    assert small
    assert second
    assert first.acceptance == pytest.approx(-0.5, abs=1e-12)
    assert first.acceptance == pytest.approx(second.acceptance, abs=1e-12)
    assert first.utility == pytest.approx(second.utility, abs=1e-12)
    assert (idle.acceptance, idle.utility, idle.acceptance_error) == (0, 0, 0)
    assert (small.acceptance, small.acceptance_error) == (0, 0)
    assert result.reasons[variant, "first"].refusals_decided == 0
    assert set(shapley.leading_reasons) == {"first", "second"}
    labels = AcceptanceLabels(result, CaseLabels(result.deciders.case))
    finding = mechanism_contributions_finding(labels)
    assert "First and second weigh most against it, and the model cannot rank the two." in finding.says
    assert "In every simulation, several reasons refuse it and no single one is needed." in finding.says
    assert "all of these" in finding.says
    assert finding.short_answer == "the model cannot rank them"
    assert "other reasons of West, above all first and second, stop all of these" in reason_sentences(labels)[-1]


def test_by_every_order_of_the_reasons(tmp_path: Path):
    """Draw by draw, with voices that the reasons weigh on differently, so that the answer turns on different ones."""
    mechanisms = {
        "envy": {"title": "Envy", "kind": "relative", "of": {"n": {"uniform": [0, 2]}}, "against": {"n": "r"}},
        "hands": reason("Free hands", {"uniform": [0, 0.6]}),
        "rank": reason("Rank", {"uniform": [0, 0.6]}, "recognition"),
        "values": reason("Values", {"uniform": [0, 0.6]}, "norms"),
    }
    result = result_of(tmp_path, mechanisms)
    values = {}
    for mask in range(16):
        uses = [name for bit, name in enumerate(mechanisms) if mask >> bit & 1]
        lens = {"some": {"title": "Some", "uses": uses, "main": True}}
        part = result_of(tmp_path, mechanisms, lenses=lens)
        variant = part.deciders.offered_variants[0]
        values[mask] = part.answer_utility[variant, part.deciders.full_theory.id]
    shapley = contributions(result)
    for index in range(4):
        credit = np.zeros((2, 400))
        for order in permutations(range(4)):
            before = sum(1 << other for other in order[: order.index(index)])
            with_it, without = values[before | 1 << index], values[before]
            credit += np.stack([(with_it > 1e-12) * 1.0 - (without > 1e-12), with_it - without]) / 24
        assert shapley.acceptance.mean[index] == pytest.approx(credit[0].mean(), abs=1e-12)
        assert shapley.acceptance.standard_errors[index] == pytest.approx(credit[0].std() / 20, abs=1e-12)
        assert shapley.utility.mean[index] == pytest.approx(credit[1].mean(), abs=1e-12)
        assert shapley.utility.standard_errors[index] == pytest.approx(credit[1].std() / 20, abs=1e-12)
    assert 0 < (values[15] > 0).mean() < 1


def test_orders_are_drawn_where_reasons_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Beyond the limit on sets the estimates lie within their errors of what all sets give, and add up all the same."""
    mechanisms = {f"m{k}": reason(f"M{k}", {"uniform": [0, 0.02 * (k + 1)]}) for k in range(5)}
    exact = contributions(result_of(tmp_path, mechanisms, draws=2_500))
    monkeypatch.setattr(shapley_module, "MOST_SUBSETS", 10)
    result = result_of(tmp_path, mechanisms, draws=2_500)
    sampled = contributions(result)
    assert (exact.is_exact, sampled.is_exact) == (True, False)
    assert sampled.acceptance_change == pytest.approx(exact.acceptance_change, abs=1e-12)
    assert 0.1 < -exact.acceptance_change < 0.9
    gap = abs(sampled.acceptance.mean - exact.acceptance.mean)
    assert (gap > 0).all()
    assert (gap < 4 * sampled.acceptance.standard_errors).all()
    labels = AcceptanceLabels(result, CaseLabels(result.deciders.case))
    assert "not all orders are gone through" in mechanism_contributions_finding(labels).method


def test_who_leads_is_told_by_differences_draw_by_draw(tmp_path: Path):
    """Two that refuse in about as many draws by themselves are not told apart; one that does in far fewer is."""
    mechanisms = {
        "one": reason("One", chance(0.5)),
        "other": reason("Other", chance(0.51)),
        "rare": reason("Rare", chance(0.1)),
    }
    shapley = contributions(result_of(tmp_path, mechanisms))
    assert set(shapley.leading_reasons) == {"one", "other"}
    assert shapley.effective_reasons[-1] == "rare"


def test_sizes_are_compared_whichever_way_they_count():
    """One refuses in sixty draws, another takes that back in fifty of the same: they differ in ten draws only."""
    back = np.repeat([[0.0, -1.0, 1.0], [0.0, -1.0, 0.0], [0.0, 0.0, 0.0]], [50, 10, 40], axis=0)
    moments = RunningMoments.of_draws(back)
    shapley = ShapleyContributions(("idle", "hands", "rank"), moments, moments, is_exact=True)
    assert shapley.effective_reasons == ("hands", "rank")
    assert shapley.leading_reasons == ("hands",)
    other_way = RunningMoments.of_draws(-back)
    assert ShapleyContributions(("idle", "hands", "rank"), other_way, moments, is_exact=True).leading_reasons == (
        "hands",
    )


def test_what_hardly_decides_is_not_named(tmp_path: Path):
    """Of two reasons that refuse in two draws of a hundred each none is said to account for much."""
    mechanisms = {"one": reason("One", chance(0.02)), "other": reason("Other", chance(0.02))}
    result = result_of(tmp_path, mechanisms)
    assert 0 < -contributions(result).acceptance_change < 0.05
    finding = mechanism_contributions_finding(AcceptanceLabels(result, CaseLabels(result.deciders.case)))
    assert "No reason by itself accounts for much." in finding.says
    assert finding.short_answer == "none decides much"
    assert "weigh" not in finding.says
    assert leading_where_most(result).contributions == {}


def test_no_rounding_is_left_of_what_accounts_for_nothing(tmp_path: Path):
    """A reason too small to change the answer has no share of it, whatever weights sets of reasons have."""
    large = {f"m{k}": reason(f"M{k}", {"uniform": [0.1, 0.9]}) for k in range(6)}
    shapley = contributions(result_of(tmp_path, {**large, "small": reason("Small", 1e-11)}))
    small = shapley.of("small")
    assert small is not None
    assert (small.acceptance, small.acceptance_error) == (0, 0)
    assert small.utility == pytest.approx(-5e-12, abs=6e-12)
    assert "small" not in shapley.effective_reasons


def test_a_reason_for_the_offer_is_told_beside_those_against(tmp_path: Path):
    """Own gains accept, one reason refuses and another takes that back: together they change nothing."""
    mechanisms = {"hands": reason("Free hands", ALWAYS), "rank": reason("Rank", ALWAYS, "recognition")}
    result = result_of(tmp_path, mechanisms)
    shapley = contributions(result)
    assert shapley.acceptance_change == pytest.approx(0, abs=1e-12)
    assert sorted(shapley.acceptance.mean.tolist()) == pytest.approx([-0.5, 0.5])
    assert set(leading_where_most(result).contributions) == {"hands", "rank"}
    says = mechanism_contributions_finding(AcceptanceLabels(result, CaseLabels(result.deciders.case))).says
    assert "stop" not in says
    assert "Free hands and rank weigh most, one way or the other, and the model cannot rank the two." in says


def test_where_no_yes_is_enough_nothing_accounts_for_anything(tmp_path: Path):
    """A side whose rule nobody can meet refuses whatever counts."""
    mechanisms = {"hands": reason("Free hands", ALWAYS)}
    case = read_case(str(written(tmp_path, mechanisms=mechanisms, channels__bilateral__efficiency=0.1))).case
    deciders = DecisionMakers(ChannelModel(case, build_actor_network(case, 2000)))
    voters = deciders.deciding_bodies["west"][1]
    unmet = DecidingBody.of_rule(VotingRule("two of one", ("n",), (VoteCondition({"n": (1, 0, 0)}, 2),)), (("n",),))
    vars(deciders)["deciding_bodies"] = {**deciders.deciding_bodies, "west": (unmet, voters)}
    utilities = voter_utilities(deciders, sample_model(deciders.description, range(50)))
    shapley = shapley_contributions(utilities, deciders.offered_variants[0])
    assert shapley.acceptance.count == 50
    assert shapley.of("hands") == ReasonContribution(0, 0, 0, 0)


def test_the_first_case_names_what_carries_its_refusals(assessed: Assessment):
    """Where several are enough, the two largest are named together, and are not ranked."""
    (section,) = (one for one in assessed.sections if one.id == "response")
    (finding,) = (one for one in section.findings if one.id == "reasons")
    assert "By consensus, NATO gains by the channel in 60 of 100 simulations. Its other reasons stop 58" in finding.says
    assert "Freedom of action and recognition as an organisation weigh most against it" in finding.says
    assert "the model cannot rank the two" in finding.says
    assert finding.short_answer == "the model cannot rank them"
    table = finding.table
    assert table is not None
    by_consensus = {
        row["reason"]: row["acceptance_contribution"] for row in table.records() if row["run"] == "by consensus"
    }
    named = [by_consensus["Freedom of action"], by_consensus["Recognition as an organisation"]]
    assert [round(100 * float(share)) for share in named if isinstance(share, float)] == [-16, -15]
    sizes = [abs(float(v)) for v in table.values("acceptance_contribution") if isinstance(v, float)]
    largest_by_reason = [max(pair) for pair in zip(sizes[::2], sizes[1::2], strict=True)]
    assert largest_by_reason == sorted(largest_by_reason, reverse=True)
    assert table.values("acceptance_contribution")[-2:] == [None, None]
