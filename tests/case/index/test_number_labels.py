"""What a number of a case is called before a reader."""

from __future__ import annotations

import pytest

from detente.assessment.assess import Assessment, read_case
from detente.case.entries.entries import case_inputs
from detente.case.index.number_labels import number_label


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("channels.bilateral.efficiency", "efficiency of “Today's ties”"),
        ("network.link_cost", "cost of a link"),
        ("issues.drugs.exposure.russia", "exposure of Russia (Drugs)"),
        ("threat.nato", "threat felt by NATO"),
        ("mechanisms.relative-gains.of.poland", "“Concern for relative gains” for Poland"),
    ],
)
def test_a_number_has_a_name_for_readers(assessed: Assessment, path: str, label: str) -> None:
    """By its field, its entry and whose it is."""
    assert number_label(assessed.loaded.case, path) == label


def test_no_label_is_a_path(assessed: Assessment) -> None:
    """Of any number of the bundled cases."""
    for case in (assessed.loaded.case, read_case("two-leagues").case):
        for case_input in case_inputs(case):
            if case_input.kind == "estimate":
                assert case_input.path not in number_label(case, case_input.path)
