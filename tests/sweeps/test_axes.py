"""What a sweep goes over, as it is written and as it is found in cases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.sweeps.axes import BadSweep, SweepAxis, axes_of, read_axes


def test_numbers_are_listed_or_spread_evenly():
    (listed, spread) = read_axes(["network.gravity = .1, 2, 1e-3", "network.decay=-1:1:5"])
    assert listed == SweepAxis("number", "network.gravity", (0.1, 2.0, 0.001))
    assert spread.values == (-1.0, -0.5, 0.0, 0.5, 1.0)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.integers(2, 50))
def test_a_range_begins_and_ends_where_it_says_in_equal_steps(first: float, last: float, count: int):
    if first == last:
        return
    values = read_axes([f"a.b={first!r}:{last!r}:{count}"])[0].values
    assert (values[0], values[-1], len(values)) == (first, last, count)
    steps = [float(b) - float(a) for a, b in pairwise(values)]
    assert steps == pytest.approx([(last - first) / (count - 1)] * (count - 1), abs=1e-9 * (1 + abs(last - first)))


def test_choices_and_scenarios_are_named():
    axes = read_axes(["choice=payments", "choice=compared-with:own,nobody", "scenario=as-it-is,war"])
    assert [(axis.kind, axis.name, axis.values) for axis in axes] == [
        ("choice", "payments", ()),
        ("choice", "compared-with", ("own", "nobody")),
        ("scenario", "scenario", ("as-it-is", "war")),
    ]
    assert [axis.heading for axis in axes] == ["choice=payments", "choice=compared-with", "scenario"]


def test_a_program_says_the_same_as_a_command_line():
    over: dict[str, Sequence[float | str] | str] = {
        "network.gravity": [0, 0.5],
        "network.decay": "0:1:3",
        "choice=payments": [],
        "scenario": ["war"],
    }
    assert axes_of(over) == read_axes(
        ["network.gravity=0,0.5", "network.decay=0:1:3", "choice=payments", "scenario=war"]
    )


def test_all_that_is_wrong_is_told_at_once():
    wrong = ["nothing", "a.b=", "a.b=1,,2", "a.b=nan", "a.b=1:2", "a.b=1:1:3", "a.b=0:1:1", "a.b=0:1:x", "a.b=1,1.0"]
    with pytest.raises(BadSweep) as caught:
        read_axes([*wrong, "scenario=a,", "choice=:a", "choice=x:", "c.d=1", "c.d=2"])
    assert len(caught.value.faults) == len(wrong) + 4
    assert "c.d is given twice" in caught.value.faults[-1]
    for text, fault in zip(wrong, caught.value.faults, strict=False):
        assert repr(text) in fault
