"""Whether two organisations that are alike would agree, beside what each reason left out would change."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from detente import read_case
from detente.case.loading.model_patch import case_with_values
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.results.pictures import RangeRows
from detente.rooms.acceptance.model.acceptance import AcceptanceModel, build_acceptance_model
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.gains.model.simulation.simulation import simulate_gains
from tests.cases.two_hub_case import written
from tests.rooms.gains.test_unlikeness import TRAITS
from tests.rooms.sections import sections_of, table_rows

KEY: AnswerKey = ("collegiate", "all-mechanisms")
COSTLY = {
    "traits": TRAITS,
    "network__unlikeness": {"uniform": [0.3, 1]},
    "network__draws": 512,
    "channels__bloc__exclusivity": 1,
    "channels__bilateral__efficiency": {"uniform": [0, 0.6]},
    "mechanisms": {"free-hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.1]}}}},
}


def acceptance_of(file: Path) -> AcceptanceModel:
    gains = simulate_gains(read_case(str(file)).case)
    assert gains is not None
    model = build_acceptance_model(gains)
    assert model is not None
    return model


def test_alike_they_accept_as_if_unlikeness_cost_nothing(tmp_path: Path):
    """Without experience, that is the very same: the draws of everything else are common."""
    file = written(tmp_path, **deepcopy(COSTLY))
    model = acceptance_of(file)
    assert model.kinds_of_organisation is not None
    costless = answer_offer(case_with_values(model.case, {"network.unlikeness": 0}), 512)
    alike = model.kinds_of_organisation.on_all.strict
    for key, share in alike.items():
        assert share.after.value == costless.strict[key].mean()
    assert alike[KEY].change.value > 0.1
    by_trait = model.kinds_of_organisation.by_trait
    assert max(one.strict[KEY].change.value for one in by_trait.values()) <= alike[KEY].change.value
    assert by_trait["size"].strict[KEY].change.value > by_trait["purpose"].strict[KEY].change.value


def test_the_finding_compares_it_with_the_reasons(tmp_path: Path):
    file = written(tmp_path, **deepcopy(COSTLY))
    (section, *_) = sections_of(read_case(str(file)).case, "acceptance")
    (finding,) = (one for one in section.findings if one.id == "kinds-of-organisation")
    assert "That is more than to drop any one political reason would change" in finding.says
    assert {row["what"] for row in table_rows(finding)} == {
        "alike in how large they are",
        "alike in what they are for",
        "alike in all of these",
    }
    (fold,) = (one for one in section.findings if one.id == "courses")
    assert isinstance(fold.picture, RangeRows)
    assert "The two organisations are alike in all that the case tells" in [row.label for row in fold.picture.rows]


def test_where_a_case_says_nothing_of_it_nothing_is_told(tmp_path: Path):
    assert acceptance_of(written(tmp_path, network__draws=100)).kinds_of_organisation is None


@pytest.mark.parametrize("trait", ["governed", "purpose", "integration"])
def test_the_first_case_says_where_its_figures_are_from(trait: str):
    declared = read_case("nato-csto").case.traits[trait]
    assert declared.at
    assert declared.by_regime or all(one.because for one in declared.held.values())
