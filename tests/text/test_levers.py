"""Levers and intervals in words."""

from __future__ import annotations

import pytest

from detente.text.intervals import positive_intervals_phrase
from detente.text.levers import LEVER_NAMES, LEVER_PHRASES, lever_condition, lever_limit, lever_name, lever_phrase
from tests.plain_words import word_faults


@pytest.mark.parametrize(
    ("intervals", "said"),
    [
        ([], "nowhere"),
        ([(None, None)], "everywhere"),
        ([(None, 0.3)], "below 30 per cent"),
        ([(0.7, None)], "above 70 per cent"),
        ([(0.2, 0.6)], "changing at 20 and 60 per cent"),
    ],
)
def test_intervals_are_told_in_per_cent(intervals: list[tuple[float | None, float | None]], said: str):
    assert positive_intervals_phrase(intervals) == said


def test_conditions_name_what_has_to_be_so():
    below, above, twice = [(None, 0.154)], [(0.673, None)], [(0.2, 0.6)]
    assert lever_condition("observed_efficiency", below) == (
        "today's ties get done less than 15 per cent of what needs all members"
    )
    assert (
        lever_condition("efficiency", above) == "the channel gets done more than 67 per cent of what needs all members"
    )
    assert lever_condition("efficiency", twice).endswith("is changing at 20 and 60 per cent")
    assert lever_condition("exclusivity", [(None, 0.02)]).endswith("is below 2 per cent")


@pytest.mark.parametrize("kind", sorted(LEVER_NAMES))
def test_every_lever_has_plain_words(kind: str):
    told = [lever_name(kind), lever_phrase(kind), *(lever_limit(kind, is_below) for is_below in (False, True))]
    assert word_faults(told) == []
    assert len(set(told)) == len(told)
    assert LEVER_PHRASES.keys() == LEVER_NAMES.keys()
