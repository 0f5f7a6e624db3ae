"""Claims on channels between blocs: what a case cannot test neither stands nor falls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import assess, read_case
from detente.results.table import Table
from tests.cases.two_hub_case import written

THREAT = "A grave threat, felt by all, reverses the refusal"
TOGETHER, FIRST_THREE = "All of them together", "The first three together"
REFUSES: dict[str, Any] = {
    "mechanisms": {
        "envy": {"title": "Envy", "kind": "relative", "of": {"n": 0.3}},
        "hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": 0.6}},
    }
}
ADDS = "in this case a threat adds nothing to what is at stake"


def claims(folder: Path, **more: Any) -> tuple[str, dict[str, set[float | str]]]:
    """What is said of the claims, and of which share of the draws each holds, or why that is not told."""
    assessment = assess(read_case(str(written(folder, **more))))
    found = next(f for s in assessment.sections if s.id == "against" for f in s.findings if f.id == "claims")
    assert isinstance(found.table, Table)
    held: dict[str, set[float | str]] = {}
    for row in found.table.records():
        share = row["holds"]
        assert (share is None) == (row["tested"] != "tested")
        held.setdefault(str(row["claim"]), set()).add(share if isinstance(share, float) else str(row["tested"]))
    return found.says, held


@pytest.mark.parametrize(
    "without",
    [
        {},
        {"network__raised": 0},
        {"threat": {"east": 0.5, "west": 0.5}},
        {"network__raised": 5, "issues__road__raised": 0},
        {"network__raised": 0, "issues__idle": {"title": "Nothing at stake here", "raised": 9}},
    ],
)
def test_a_threat_that_adds_nothing_is_not_tested(without: dict[str, Any], tmp_path: Path):
    says, held = claims(tmp_path, **REFUSES, **without)
    assert held[THREAT] == held[TOGETHER] == {"not tested"}
    assert says.count(f"One could not be tested, since {ADDS}.") == 1


def test_a_threat_that_adds_something_is_tested(tmp_path: Path):
    """W refuses for free hands; what the threat adds to the road is all for everybody together, so the bloc pays."""
    says, held = claims(tmp_path, **REFUSES, network__raised=50)
    assert held[THREAT] == {1.0}
    assert "could not be tested" not in says
    says, held = claims(tmp_path, **REFUSES, issues__road__raised=50)
    assert held[THREAT] == {1.0}


def test_a_threat_that_all_feel_in_full_is_there_already(tmp_path: Path):
    says, held = claims(tmp_path, **REFUSES, network__raised=1, threat={"east": 1, "west": 1})
    assert held[THREAT] == {"not tested"}
    assert "a grave threat would change nothing that is not so already" in says


def test_a_side_of_one_player_has_no_other_member_to_win(tmp_path: Path):
    one = {"network__as_one": ["east"], "network__through": {}, "response__channel": "bloc"}
    says, held = claims(tmp_path, **REFUSES, network__raised=50, **one)
    other = "Some other member of East would rather not, and is paid to consent"
    assert held[other] == held[FIRST_THREE] == {"not tested"}
    assert "One could not be tested, since East has no other member in the channels." in says


def test_where_only_gains_count_nothing_else_can_make_it_decline(tmp_path: Path):
    says, held = claims(tmp_path, network__raised=50)
    assert held["West refuses, though on gains only both would accept"] == {"not tested"}
    assert "One could not be tested, since nothing counts in this case besides own gains." in says
