"""Times in which no rule of an organisation is in force, and reasons that no theory lets count: warned of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente import read_case
from tests.cases.two_hub_case import written

ON_ALL = {"on": "everything", "by": "consensus"}


def warned(folder: Path, **more: Any) -> dict[str, str]:
    """What is warned of, by path."""
    return {warning.path: warning.message for warning in read_case(str(written(folder, **more))).warnings}


def test_a_year_between_two_rules_is_told(tmp_path: Path):
    rules = [ON_ALL | {"in": "1990/1995"}, ON_ALL | {"by": "majority", "in": "2005/.."}]
    gap = "no rule for everything is in force in 2000; consensus is taken then"
    assert warned(tmp_path, organisations__east__decides=rules) == {"organisations.east.decides": gap}
    assert not warned(tmp_path, organisations__east__decides=[rules[0] | {"in": "1990/2000"}])
    both = {"organisations__east__decides": rules, "snapshots": [1997, 2006]}
    message = warned(tmp_path, **both)["organisations.east.decides"]
    assert "is in force in 2000 and 1997;" in message or "is in force in 1997;" in message


def test_an_organisation_that_is_not_there_yet_has_no_gap(tmp_path: Path):
    rules = [ON_ALL | {"in": "1990/.."}]
    assert not warned(tmp_path, organisations__east__decides=rules, snapshots=[1980], network__years=[2000])


def test_reasons_that_no_theory_uses_are_told(tmp_path: Path):
    envy, rank = (
        {"title": title, "kind": kind, "of": {"n": 0.1}} for title, kind in (("Envy", "relative"), ("Rank", "autonomy"))
    )
    lenses = {"real": {"title": "Envy alone", "uses": ["envy"], "main": True}}
    fairs = {"fairs": {"title": "Fairs", "of": "n", "forgone": 0.1}}
    found = warned(tmp_path, mechanisms={"envy": envy, "rank": rank}, lenses=lenses, outside=fairs)
    assert found == dict.fromkeys(("mechanisms.rank", "outside.fairs"), "this does nothing: no theory lets it count")
    del lenses["real"]["main"]  # then the answer is told by all together
    assert not warned(tmp_path, mechanisms={"envy": envy, "rank": rank}, lenses=lenses)
