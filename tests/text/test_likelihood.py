"""How likely something is, in words: the right one for each number as it is shown, and for two that differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.text.likelihood import SCALE, likelihood_clause, likelihood_word
from detente.text.number_format import per_hundred

WORDS = [word for _, word in SCALE]


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0, "almost no chance"),
        (0.054, "almost no chance"),  # shown as 5
        (0.056, "very unlikely"),
        (0.2, "very unlikely"),
        (0.45, "unlikely"),
        (0.5, "about even"),
        (0.56, "likely"),
        (0.95, "very likely"),
        (0.956, "almost certain"),
        (1, "almost certain"),
    ],
)
def test_each_number_has_its_word(share: float, word: str):
    assert likelihood_word(share) == word


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_likelier_has_no_lesser_word(first: float, second: float):
    low, high = sorted((first, second))
    assert WORDS.index(likelihood_word(low)) <= WORDS.index(likelihood_word(high))


@given(st.floats(0, 1))
def test_what_is_shown_alike_has_one_word(share: float):
    shown = per_hundred(share)
    if shown.isdecimal():
        assert likelihood_word(share) == likelihood_word(int(shown) / 100)


@pytest.mark.parametrize(
    ("shares", "clause"),
    [
        ((0.01, 0.04), "there is almost no chance that it rains"),
        ((0.15, 0.02), "it is very unlikely at best that it rains"),
        ((0.3, 0.4), "it is unlikely that it rains"),
        ((0.5, 0.52), "chances are about even that it rains"),
        ((0.3, 0.5), "chances are about even at best that it rains"),
        ((0.4, 0.6), "it may go either way whether it rains"),
        ((0.5, 0.9), "it is very likely at best that it rains"),
        ((0.96, 0.91), "it is very likely at least that it rains"),
        ((1, 1), "it is almost certain that it rains"),
    ],
)
def test_two_tests_are_told_together(shares: tuple[float, float], clause: str):
    assert likelihood_clause(shares, "it rains") == clause
