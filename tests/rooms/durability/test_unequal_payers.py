"""Unlike payers of a common good, in a case: what is told of them, and what is wrong with their shares."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.assessment.assess import read_case
from detente.errors import CaseError
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.outcomes import durability_outcomes

THRESHOLD = "    needed: 3\n    benefit: 5\n    cost: {uniform: [1, 3], because: invented}\n"
SHARED = "    multiplier: 1.8\n"


def model_of(path: str) -> DurabilityModel:
    model = build_durability_model(read_case(path).case)
    assert model is not None
    return model


def bridge_with(leagues: Path, lines: str) -> str:
    text = leagues.read_text(encoding="utf-8")
    assert text.count(THRESHOLD) == 1
    leagues.write_text(text.replace(THRESHOLD, lines), encoding="utf-8")
    return str(leagues)


def test_the_burden_is_shared_as_in_a_computation_of_its_own():
    """Russia gives 5 of 11 and the six others one each, written out from the conditions of both."""
    model = model_of("nato-csto")
    (play,) = model.unequal_goods
    assert model.common_goods == ()
    source = np.random.default_rng(1965)
    n = 400_000
    r, patience, weight, great = (
        source.uniform(low, high, n) for low, high in ((1.2, 3), (0.6, 0.9), (0, 0.3), (1, 5))
    )
    rho = weight / 6
    russia, other = (share / (great + 6) for share in (great, 1.0))
    own_russia, own_other = (r * (b - rho * (1 - b)) for b in (russia, other))
    alone = own_russia >= 1
    russia_stays = alone | (patience * (own_russia + rho) * 6 >= 5 * (1 - own_russia))
    lost = np.where(alone, 5, 10)  # where Russia pays anyway, only the payments of the five others are at stake
    others_stay = patience * (own_other + rho) * np.where(alone, 5, lost) >= 1 - own_other
    expected = {"all": (russia_stays & others_stay).mean(), "alone": alone.mean()}
    assert (own_other < 1).all()
    for share, what in ((play.all_pay_share, "all"), (play.largest.pays_alone_share, "alone")):
        error = (expected[what] * (1 - expected[what]) / model.draws.draw_count) ** 0.5
        assert share == pytest.approx(float(expected[what]), abs=4 * error)
    assert play.largest.party == "russia"
    assert play.largest.contribution_share == pytest.approx(5 / 11)
    assert play.stopping_first is not None
    assert play.stopping_first.party == "russia"
    numbers = {outcome.name: outcome.quantity.value for outcome in durability_outcomes(model)}
    assert numbers["durability.peacekeeping-burden.all-pay"] == play.all_pay_share
    assert numbers["durability.peacekeeping-burden.russia.pays-alone"] == play.largest.pays_alone_share


def test_equal_shares_are_as_if_nothing_were_said(leagues: Path):
    plain = model_of(bridge_with(leagues, SHARED)).common_goods[0]
    text = leagues.read_text(encoding="utf-8")
    leagues.write_text(text.replace(SHARED, SHARED + "    contributions: {others: 3}\n"), encoding="utf-8")
    (shared,) = model_of(str(leagues)).unequal_goods
    assert shared.all_pay_share == plain.lasting_share
    assert shared.payers[0].patience_needed == pytest.approx(plain.patience_needed)


def test_capability_is_a_figure_of_the_case(leagues: Path):
    """What each has of the good is in proportion to the figures of the year."""
    path = bridge_with(leagues, SHARED + "    benefits: {by: capability}\n")
    model = model_of(path)
    (play,) = model.unequal_goods
    held = model.case.capabilities[model.case.network.capability or next(iter(model.case.capabilities))].held
    figures = next(iter(held.values()))
    total = sum(figures[payer.party] for payer in play.payers)
    for payer in play.payers:
        assert payer.benefit_share == pytest.approx(figures[payer.party] / total)
    told = next(one for one in durability_section(model).findings if one.id == "good-bridge")
    assert "would pay alone" in told.says


WRONG = {
    "stranger": (SHARED + "    contributions: {of: {abbey: 1}, others: 1}\n", "'abbey' does not pay for it"),
    "lacking": (SHARED + "    contributions: {of: {aldmoor: 1}}\n", "nothing is said of"),
    "nothing-given": (SHARED + "    contributions: {others: 0}\n", "who pays gives more than nothing"),
    "both-ways": (SHARED + "    benefits: {others: 1, by: capability}\n", "either what each payer has, or by which"),
    "not-shared-out": (THRESHOLD + "    contributions: {others: 1}\n", "those of a good that is shared out"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_shares_are_told(leagues: Path, name: str):
    lines, says = WRONG[name]
    with pytest.raises(CaseError, match=says):
        read_case(bridge_with(leagues, lines))
