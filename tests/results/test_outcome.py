"""Outcomes by name: their names, their frame, and when two are told apart."""

from __future__ import annotations

import pytest

from detente.results.outcome import OutcomeKind, Quantity, outcome_frame

ACCEPTS = OutcomeKind("acceptance.<channel>.<theory>.accepts", "share of draws", "How often it accepts.")
OFFERS = OutcomeKind("record.offers", "offers", "How many.")


def test_names_are_made_of_ids() -> None:
    """In the order of the keys; too few are refused."""
    assert ACCEPTS.at(0.5, "bloc", "as-realists").name == "acceptance.bloc.as-realists.accepts"
    with pytest.raises(ValueError, match="zip"):
        ACCEPTS.at(0.5, "bloc")


def test_the_frame_is_tidy() -> None:
    """A row for each number, a column for each key, null where a name has it not."""
    frame = outcome_frame([OFFERS.at(10), ACCEPTS.at(0.5, "bloc", "as-realists", error=0.01, year=2007)])
    assert frame["channel"].to_list() == [None, "bloc"]
    assert frame["measure"].to_list() == ["offers", "accepts"]
    assert frame["error"].to_list() == [None, 0.01]
    assert frame["year"].to_list() == [None, 2007]


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        (Quantity(0.5, "x", 0.01), Quantity(0.52, "x", 0.01), False),
        (Quantity(0.5, "x", 0.01), Quantity(0.54, "x", 0.01), True),
        (Quantity(3, "x"), Quantity(4, "x"), True),
        (Quantity(3, "x"), Quantity(3, "x"), False),
    ],
)
def test_two_numbers_are_told_apart_beyond_their_errors(first: Quantity, second: Quantity, apart: bool) -> None:
    """Two standard errors of their difference; those without error, at all."""
    assert first.differs_from(second) is apart
