"""What is built into a theory, found by looking at the case, and held against every draw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import Assessment, read_case
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.acceptance.model.decision.built_in import can_only_refuse
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import written


def result_of(file: Path, year: int = 2000) -> AcceptanceResult:
    case = read_case(str(file)).case
    return simulate_acceptance(ChannelModel(case, build_actor_network(case, year)), case.network.draws)


def mechanism(kind: str, amount: Any, of: str = "n", **more: Any) -> dict[str, Any]:
    return {"title": kind, "kind": kind, "of": {of: amount}, **more}


@pytest.mark.parametrize(
    ("mechanisms", "built_in"),
    [
        ({"a": mechanism("autonomy", {"uniform": [0, 0.3]})}, True),
        ({"a": mechanism("norms", {"uniform": [0, 0.3]})}, True),
        ({"a": mechanism("recognition", {"uniform": [0, 0.3]})}, False),
        ({"a": mechanism("recognition", {"uniform": [-0.3, 0]})}, True),
        ({"a": mechanism("recognition", {"uniform": [0, 0.3]}, of="east", at_cost_of="n")}, True),
        ({"a": mechanism("recognition", {"uniform": [-0.3, 0]}, of="east", at_cost_of="n")}, False),
        ({"a": mechanism("shield", {"uniform": [0, 0.3]})}, False),
        ({"a": mechanism("shield", {"uniform": [0, 0.3]}, of="east"), "b": mechanism("autonomy", 0.1)}, True),
        ({"a": mechanism("relative", {"uniform": [0, 3]}, against={"n": "r"})}, False),
        ({"a": mechanism("relative", 0, against={"n": "r"}), "b": mechanism("autonomy", 0.1)}, True),
        ({"a": mechanism("autonomy", 0.1), "b": mechanism("recognition", 0.05)}, False),
    ],
)
def test_what_can_only_refuse_is_seen_in_the_case_and_holds_in_every_draw(
    tmp_path: Path, mechanisms: dict[str, Any], built_in: bool
):
    lens = {"all": {"title": "All", "main": True, "uses": list(mechanisms)}, "gains": {"title": "Gains"}}
    file = written(tmp_path, mechanisms=mechanisms, lenses=lens, channels__bloc__exclusivity={"uniform": [0, 1]})
    result = result_of(file)
    deciders = result.deciders
    assert can_only_refuse(deciders, deciders.full_theory) == built_in
    assert not can_only_refuse(deciders, deciders.absolute_gains)
    if built_in:
        for variant in deciders.offered_variants:
            by_all, by_gains = (
                result.answer_utility[variant, theory.id] for theory in (deciders.full_theory, deciders.absolute_gains)
            )
            assert (by_all <= by_gains + 1e-12).all()


def test_the_first_case_says_by_which_theories_it_is_arithmetic(assessed: Assessment):
    """By constructivism, in which NATO has only leverage to lose; all others have a concern for relative gains."""
    (found,) = (f for s in assessed.sections if s.id == "response" for f in s.findings if f.id == "theories")
    assert found.table is not None
    by_theory = {row["theory"]: row["can_only_refuse"] for row in found.table.records()}
    assert by_theory["Liberalism"] is None
    assert by_theory["Realism"] is False
    assert by_theory["Constructivism"] is True
    assert (
        "Built in: by constructivism, NATO can only refuse more often than on its gains only, by the strict test"
        in found.says
    )
