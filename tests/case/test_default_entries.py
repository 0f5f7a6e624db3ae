"""A patch into what a case leaves to its defaults changes that alone."""

from __future__ import annotations

import pytest

from detente import read_case
from detente.case.entries.introspection import default_entries
from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case


@pytest.mark.parametrize(
    ("path", "value"), [("response.replies.silence.informs", 0.1), ("response.replies.ask.kept", 0.5)]
)
def test_a_number_of_a_default_reply_leaves_the_others(path: str, value: float):
    plain, patched = read_case("two-leagues").case, read_case("two-leagues", None, {path: str(value)}).case
    assert "replies" not in plain.response.model_fields_set
    assert patched.response == case_with_values(plain, {path: value}).response
    assert patched.response.replies.keys() == plain.response.replies.keys()


def test_where_a_file_has_entries_nothing_is_added():
    plain = read_case("nato-csto").case
    patched = read_case("nato-csto", None, {"response.replies.ask.kept": "0.5"}).case
    assert patched.response.replies.keys() == plain.response.replies.keys()


def test_which_entries_stand_by_default():
    replies = default_entries(Case, ("response", "replies"))
    assert replies["silence"] == {"each": {"value": 0.002}, "kept": {"value": 0.9}}
    assert default_entries(Case, ("mechanisms",)) == {}
    assert default_entries(Case, ("response", "nothing")) == {}
    assert default_entries(Case, ("nothing", "at", "all")) == {}
