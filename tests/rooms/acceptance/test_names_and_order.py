"""What must not turn the answer: the order in which things are named, and what they are called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import CaseError, assess, read_case
from detente.results.outcome import Quantity
from tests.conftest import edit


def outcomes_of(file: Path) -> dict[str, Quantity]:
    return dict(assess(read_case(str(file))).outcomes)


def section_entries(text: str, section: str) -> tuple[int, int, list[str]]:
    """Where the entries of a section begin and end, and their texts."""
    start = text.index(f"\n{section}:\n") + len(f"\n{section}:\n")
    end = start + re.search(r"\n(?=\S)", text[start:]).start() + 1  # type: ignore[union-attr]
    return start, end, re.split(r"(?m)^(?=  \S)", text[start:end].rstrip("\n") + "\n")[1:]


@pytest.mark.parametrize("section", ["channels", "lenses", "mechanisms", "issues", "games", "outcomes"])
def test_nothing_turns_on_the_order_in_which_things_are_named(leagues: Path, section: str):
    before = outcomes_of(leagues)
    text = leagues.read_text(encoding="utf-8")
    start, end, entries = section_entries(text, section)
    assert len(entries) > 1
    leagues.write_text(text[:start] + "".join(reversed(entries)) + "\n" + text[end:], encoding="utf-8")
    after = outcomes_of(leagues)
    assert after.keys() == before.keys()
    for name, quantity in before.items():
        assert after[name].value == pytest.approx(quantity.value, abs=1e-9), name


def test_theories_called_otherwise_are_the_same(leagues: Path):
    before = outcomes_of(leagues)
    edit(
        leagues,
        ("only-gains: {title: Liberalism,", "only-gains: {title: Realists,"),
        ("envious: {title: Realism,", "envious: {title: Liberals,"),
    )
    assert outcomes_of(leagues) == before


def test_a_channel_that_is_named_first_is_not_taken_for_the_present_one(leagues: Path):
    """Where several could be it, the case has to say."""
    edit(leagues, ("  observed: each-by-itself\n", ""))
    with pytest.raises(CaseError) as caught:
        read_case(str(leagues))
    (problem,) = caught.value.problems
    assert problem.path == "channels"
    assert "nothing says through which channel they deal now" in str(problem)
    assert "observed: none or each-by-itself" in str(problem)
