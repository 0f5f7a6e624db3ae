"""Lists of issues: titles with an `and` of their own, and counts from none to all."""

from __future__ import annotations

import pytest

from detente.text.issue_lists import join_titles, on_issues, on_titles


def test_an_and_within_a_title_takes_a_comma():
    assert join_titles([]) == ""
    assert join_titles(["relief"]) == "relief"
    assert join_titles(["relief", "rebuilding"]) == "relief and rebuilding"
    assert join_titles(["relief", "drugs and terror"]) == "relief, and drugs and terror"
    assert join_titles(["a", "b", "c"]) == "a, b and c"
    assert on_titles(["relief", "rebuilding"]) == "on relief and rebuilding"
    assert on_titles(["relief", "drugs and terror"]) == "on relief, and on drugs and terror"


@pytest.mark.parametrize(
    ("count", "total", "phrase"),
    [
        (0, 3, "on no issue"),
        (1, 3, "on one of three issues"),
        (3, 3, "on all three issues"),
        (2, 2, "on both issues"),
        (1, 1, "on the one issue"),
    ],
)
def test_issues_are_counted(count: int, total: int, phrase: str):
    assert on_issues(count, total) == phrase
