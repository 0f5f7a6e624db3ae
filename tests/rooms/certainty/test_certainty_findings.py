"""The chapter on how sure the answers are: what it says, in plain words, of cases that have much, little or nothing."""

from __future__ import annotations

import doctest
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import Assessment, Section, read_case
from detente.assessment.assess import assess
from detente.methods.sensitivity.choice_factors import ChoiceShares
from detente.results.pictures import RangeRows
from detente.rooms.certainty.findings.rare_answers import _range_in_many
from detente.rooms.certainty.model.choice_weight import weighs_more
from tests.cases.assessed_cases import assessed_case
from tests.cases.two_hub_case import written
from tests.conftest import ROOT
from tests.plain_words import number_faults, word_faults
from tests.rooms.certainty.test_certainty import leagues_model

HANDS = {"hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.3], "because": "a guess"}}}}

STANDING = ("present-channel", "compared-with", "leading-member", "fixed-terms", "threat-within")
SETTLED = {name: {"title": "Settled", "says": "as it is"} for name in STANDING}
"""The choices that every case makes, left without alternatives."""


GAMES_ONLY = """\
case: games-only
title: Two towns and a wall
question: Would they keep up the wall?
actors:
  a: {name: A, kind: state}
  b: {name: B, kind: state}
games:
  wall:
    title: The wall
    between: [a, b]
    payoffs: {both: 3, neither: 1, alone: 0, free_rides: 5}
    patience: {uniform: [0.3, 0.9], because: a guess}
"""


def sure_section(assessment: Assessment) -> Section:
    (section,) = (section for section in assessment.sections if section.id == "sure")
    return section


def assessed_variant(folder: Path, deep: bool = False, **more: Any) -> Assessment:
    return assess(read_case(str(written(folder, **more))), deep=deep)


@pytest.fixture(scope="module")
def deep_leagues() -> Assessment:
    return assessed_case("two-leagues", deep=True)


def test_the_chapter_stands_between_what_lasts_and_how_it_fits(assessed: Assessment):
    order = [chapter.id for chapter in assessed.chapters]
    place = order.index("sure")
    assert order[place - 2 : place + 2] == ["lasting", "agreement", "sure", "against"]
    assert "How sure, and what matters" not in assessed.absent


def test_choices_are_told_first_and_the_leading_one_by_name(assessed: Assessment):
    section = sure_section(assessed)
    assert section.headline == "With options weighed alike, our choices move this answer more than our estimates."
    assert "one matters most: what there is without the channel" in section.lead
    first, second, *_ = (finding.id for finding in section.findings)
    assert (first, second) == ("choice-shares", "assumptions")
    (shares,) = (finding for finding in section.findings if finding.id == "choice-shares")
    assert shares.table is not None
    parts = [row for row in shares.table.records() if row["total"] is None]
    for run in {row["run"] for row in parts}:
        assert sum(float(row["alone"] or 0) for row in parts if row["run"] == run) == pytest.approx(1)


def test_the_picture_joins_the_ends_of_the_numbers_that_drive_the_answer(assessed: Assessment):
    picture = sure_section(assessed).picture
    assert isinstance(picture, RangeRows)
    base, first, *_ = picture.rows
    assert base.is_base
    assert first.label == "How well today's ties work"
    assert first.note == "more of it hurts"
    for own, bar in zip(base.bars, first.bars, strict=True):
        assert own is not None
        assert bar is not None
        assert bar.low <= own.low <= bar.high


def test_guesses_are_ranked_with_what_would_show_them_wrong(assessed: Assessment):
    (checks,) = (finding for finding in sure_section(assessed).findings if finding.id == "checks")
    assert checks.table is not None
    rows = list(checks.table.records())
    values = [float(row["value"] or 0) for row in rows]
    assert values == sorted(values, reverse=True)
    assert rows[0]["number"] == "How well today's ties work"
    assert all(row["wrong_if"] for row in rows)
    assert "do not show that the other" in checks.says


def test_a_run_says_what_it_left_out_and_a_deep_one_has_it(assessed: Assessment, deep_leagues: Assessment):
    (gap,) = sure_section(assessed).missing
    assert gap.kind == "left out"
    assert "`--deep`" in gap.remedy
    deep = sure_section(deep_leagues)
    assert deep.missing == ()
    ids = [finding.id for finding in deep.findings]
    assert {"rare", "regions"} <= set(ids)
    (numbers,) = (finding for finding in deep.findings if finding.id == "numbers")
    assert numbers.table is not None
    assert any(row["flips"] for row in numbers.table.records())
    assert "drawn again alone, changes the answer in" in numbers.says


def test_the_deep_chapter_is_in_plain_words(deep_leagues: Assessment):
    section = sure_section(deep_leagues)
    told = [section.headline, section.lead, *(finding.says for finding in section.findings)]
    assert word_faults(told) == []
    assert [fault for text in told for fault in number_faults(text)] == []
    assert len(section.lead.split()) < 110
    for finding in section.findings:
        if finding.place == "detail":
            assert 1 <= len(finding.short_answer.split()) <= 6, finding.id
            assert len(f"{finding.says} {finding.see} {finding.question}".split()) <= 150, finding.id


def test_where_a_yes_is_told_by_what_acceptances_have_in_common(tmp_path: Path):
    """Free hands below a third of their range: that is where N accepts, and the sentence says so."""
    section = sure_section(assessed_variant(tmp_path, deep=True, mechanisms=HANDS))
    (regions,) = (finding for finding in section.findings if finding.id == "regions")
    assert "most acceptances have one thing in common" in regions.says
    assert regions.table is not None
    strict = [row for row in regions.table.records() if row["test"] == "strict" and row["run"] != "R-run"]
    assert [row["high"] for row in strict] == pytest.approx([0.1], abs=0.01)


def test_without_choices_that_move_anything_numbers_are_the_headline(tmp_path: Path):
    section = sure_section(assessed_variant(tmp_path, mechanisms=HANDS, choices=SETTLED))
    assert section.headline == "One number clearly drives the answer."
    assert not any(finding.id == "choice-shares" for finding in section.findings)


def test_little_is_told_where_nothing_varies(tmp_path: Path):
    """A case without numbers that vary, and without choices: only what it leaves to defaults."""
    section = sure_section(assessed_variant(tmp_path, choices=SETTLED))
    assert section.headline == "No single number clearly drives the answer."
    assert [finding.id for finding in section.findings] == ["assumptions"]
    assert section.picture is None


def test_a_case_with_games_alone_is_told_what_decides_whether_they_last(tmp_path: Path):
    file = tmp_path / "case.yaml"
    file.write_text(GAMES_ONLY, encoding="utf-8")
    assessment = assess(read_case(str(file)))
    section = sure_section(assessment)
    assert [finding.id for finding in section.findings] == ["lasting"]
    assert section.headline == "Whether cooperation lasts depends on our numbers in one game."
    assert "In “The wall”, it depends most on how much the future counts." in section.findings[0].says
    assert assessment.brief.answer is None
    assert section.year is None
    indices = [one for one in assessment.room_outcomes if one.name.startswith("certainty.")]
    assert indices
    assert all(one.quantity.year is None for one in indices)


def test_where_nothing_is_answered_the_question_is_named_as_absent(tmp_path: Path):
    file = tmp_path / "case.yaml"
    file.write_text(GAMES_ONLY[: GAMES_ONLY.index("games:")], encoding="utf-8")
    assert "How sure, and what matters" in assess(read_case(str(file))).absent


def test_what_the_page_on_certainty_shows_in_python_works():
    results = doctest.testfile(str(ROOT / "docs" / "how-sure.md"), module_relative=False)
    assert results.failed == 0
    assert results.attempted > 6


def weighed(by_choices: float, by_numbers: float, cell_share: float = 0.5) -> str | None:
    """What weighs more, of such shares in both forms."""
    both = 1 - by_choices - by_numbers
    none = np.zeros(1)
    shares = ChoiceShares(by_choices, by_numbers, both, (0.01, 0.01, 0.01), none, none, none, none, none, none)
    model = leagues_model()
    assert model.grid is not None
    strict = {key: replace(share, value=cell_share) for key, share in model.grid.strict.items()}
    grid = replace(model.grid, strict=strict, shares=dict.fromkeys(model.grid.shares, shares))
    acceptance = model.acceptance
    assert acceptance is not None
    changed = replace(acceptance)
    changed.__dict__["choices"] = replace(acceptance.choices, grid=grid)
    changed.__dict__["years"] = acceptance.years
    return weighs_more(replace(model, acceptance=changed))


@pytest.mark.parametrize(
    ("by_choices", "by_numbers", "cell_share", "expected"),
    [
        (0.6, 0.2, 0.5, "choices"),
        (0.2, 0.6, 0.5, "numbers"),
        (0.31, 0.30, 0.5, "both"),
        (0.2, 0.3, 0.5, "both"),
        (0.6, 0.2, 0.001, "both"),
        (0.0, 0.0, 0.5, "both"),
    ],
)
def test_what_weighs_more_is_said_only_where_it_is_clear(
    by_choices: float, by_numbers: float, cell_share: float, expected: str
):
    """Beyond the errors, more than what takes both, and with enough of either answer."""
    assert weighed(by_choices, by_numbers, cell_share) == expected


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1.2e-4, 1.4e-4, "12 to 14 of 100,000"), (0.004, 0.004, "40 of 10,000"), (0.0, 0.02, "0 to 20 of 1,000")],
)
def test_small_shares_are_counted_of_round_numbers(low: float, high: float, words: str):
    assert _range_in_many(low, high) == words
