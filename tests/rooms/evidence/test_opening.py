"""The opening of the evidence chapter: its headline for any tables, its lead, and a picture that can be recounted."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import read_case
from detente.results.pictures import MotiveTable, MotiveTables
from detente.rooms.evidence.findings.opening.headline import write_headline
from detente.rooms.evidence.findings.opening.lead import write_lead
from detente.rooms.evidence.findings.opening.missing import list_missing
from detente.rooms.evidence.findings.opening.motive_tables import draw_motive_tables
from detente.rooms.evidence.findings.section import evidence_section
from detente.rooms.evidence.model.evidence import EvidenceModel, weigh_evidence
from tests.plain_words import count_words, word_faults
from tests.rooms.evidence.tables import Codes, coded_model

RECOUNTED = [
    *(("nato-csto", scenario) for scenario in (None, "secondary-half", "secondary-full", "threats-count-double")),
    *(("two-leagues", scenario) for scenario in (None, "secondary-half", "abbess-decides")),
    ("cmea-ec", None),
]


def headline(model: EvidenceModel) -> str:
    return write_headline(model.case, model.tests)


def picture(model: EvidenceModel) -> MotiveTables:
    drawn = draw_motive_tables(model)
    assert drawn is not None
    return drawn


def recounted(table: MotiveTable, column: int, second_counts: float) -> float:
    """What a lever in the page makes of a table."""
    counts = {"first": 1.0, "second": second_counts, "none": 0.0}
    return sum(row.weight * counts[row.ranks[column]] for row in table.rows)


@pytest.mark.parametrize(("name", "scenario"), RECOUNTED)
def test_the_picture_can_be_recounted(name: str, scenario: str | None):
    model = weigh_evidence(read_case(name, scenario).case)
    assert model is not None
    drawn = picture(model)
    assert drawn.second_counts == float(model.case.evidence.secondary.mean)
    assert [table.id for table in drawn.tables] == [test.id for test in model.tests]
    for table, test in zip(drawn.tables, model.tests, strict=True):
        for tally in test.tallies:
            sums = [recounted(table, column, float(tally.s)) for column in range(len(table.theories))]
            assert sums == pytest.approx([float(score) for score in tally.scores.values()])


def test_the_tables_stand_with_their_sides():
    model = weigh_evidence(read_case("nato-csto").case)
    assert model is not None
    drawn = picture(model)
    assert [(table.side, table.verdict) for table in drawn.tables] == [
        (0, "Realism, 3 to liberalism's 2. One recoding reverses it. Fragile."),
        (1, "Realism, 3 to liberalism's 1. Two recodings reverse it. Moderate."),
    ]
    notes = [row.note for row in drawn.tables[0].rows]
    assert [note == "reverses the result if recoded" for note in notes] == [True, False, True, True, False]
    assert notes[4] == "a source calls it the most important"


@pytest.mark.parametrize(
    ("tables", "theories", "expected"),
    [
        (
            {"east": ["r", "r", "l"], "west": ["r", "r", "l"]},
            "rl",
            "Realism explains more motives than liberalism on both sides, but not by much.",
        ),
        (
            {"east": ["r"] * 9, "west": ["r"] * 9},
            "rl",
            "Realism explains more motives than liberalism on both sides.",
        ),
        ({"east": ["r"], "west": ["l"]}, "rl", "Realism leads for the East, liberalism for the West."),
        ({"east": ["r", "l"], "west": ["l"]}, "rl", "Liberalism leads for the West, but no theory leads for the East."),
        (
            {"east": ["r", "l"], "west": ["l", "r"]},
            "rl",
            "Neither realism nor liberalism explains more motives on either side.",
        ),
        ({"east": ["-"]}, "rl", "No motive is coded to a theory yet, so no theory leads."),
        ({"east": ["r", "l", "c"]}, "rlc", "No theory explains more motives than every other for the East."),
        (
            {"east": ["r"], "west": ["rl"]},
            "rlc",
            "Realism explains more motives than any other theory on both sides, but one change reverses it.",
        ),
        (
            {"east": ["r", "r", "r"], "road": ["r", "r", "r"]},
            "rl",
            "Realism explains more motives than liberalism in both tables.",
        ),
        (
            {"east": ["r"], "west": ["r"], "road": ["l"]},
            "rl",
            "Realism leads in “Why east” and “Why west”, liberalism in “Why road”.",
        ),
        (
            {"east": ["r"], "west": ["l"], "road": ["c"], "sea": ["r", "l"]},
            "rlc",
            "No theory leads in all four tables.",
        ),
        (
            {name: ["m"] for name in ("east", "west", "road", "sea")},
            "rlcmb",
            "Marxism explains more motives than any other theory in all four tables, but one change reverses it.",
        ),
    ],
)
def test_headlines(tmp_path: Path, tables: Codes, theories: str, expected: str):
    model = coded_model(tmp_path, tables, theories)
    assert headline(model) == expected
    section = evidence_section(model)
    says = [section.lead, picture(model).says, *(table.verdict for table in picture(model).tables)]
    for finding in section.findings:
        if finding.place == "detail":
            assert len(finding.short_answer.split()) <= 6
            says += [finding.question, finding.short_answer, finding.says, finding.robustness.because]
    assert word_faults([expected, *says]) == []
    assert count_words(" ".join((expected, section.lead, picture(model).says))) <= 90


def test_where_weights_count_it_is_not_motives_that_are_counted():
    model = weigh_evidence(read_case("two-leagues").case)
    assert model is not None
    assert headline(model).startswith("Realism leads for Hill League")
    halved = weigh_evidence(read_case("nato-csto", changes={"evidence.secondary": "0.1"}).case)
    assert halved is not None
    assert headline(halved).startswith("Realism explains the motives better than liberalism on both sides")


def test_no_tables(tmp_path: Path):
    proposition = {"says": "Power counts.", "because": "invented"}
    theories = {"r": {"name": "Realism", "propositions": {"r-1": proposition}}, "l": {"name": "Liberalism"}}
    model = coded_model(tmp_path, {}, theories=theories)
    section = evidence_section(model)
    assert section.headline == "No motives are tallied, so no theory leads."
    assert (section.lead, section.picture, section.picture_of) == ("", None, ())
    assert [missing.what for missing in section.missing] == ["which theory explains the motives"]
    assert [finding.place for finding in section.findings] == ["annex"]


def test_with_three_theories_every_sum_has_its_name(tmp_path: Path):
    model = coded_model(tmp_path, {"east": ["rl", "r", "lc"]}, "rlc", evidence={"secondary": {"value": 0.5}})
    (table,) = picture(model).tables
    assert table.verdict.startswith("Realism leads: realism 2, liberalism 1½ and constructivism ½. ")
    tied = coded_model(tmp_path, {"east": ["r", "l", "-"]}, "rlc")
    assert (
        picture(tied).tables[0].verdict.startswith("A tie at the head: realism 1, liberalism 1 and constructivism 0. ")
    )


@pytest.mark.parametrize(
    ("codes", "ending"),
    [
        (["-"], "No motive is coded to any theory. One recoding breaks it."),
        (["r", "l"], "A tie, 1 to 1. One recoding breaks it."),
        (["r", "r"], "Realism, 2 to liberalism's 0. Two recodings reverse it. Moderate."),
        (["r"] * 5, "Realism, 5 to liberalism's 0. It takes three recodings to reverse it. Robust."),
        (
            ["rl"] * 4 + ["l"],
            "Realism, 4 to liberalism's 1. It reverses if a theory named second counts in full. Fragile.",
        ),
        (["rl"] * 4 + ["r"], "Realism, 5 to liberalism's 0. It takes three recodings to reverse it. Robust."),
        (["rl"] * 6, "Realism, 6 to liberalism's 0. It is a tie if a theory named second counts in full. Moderate."),
    ],
)
def test_verdicts_name_the_change_that_they_stand_by(tmp_path: Path, codes: list[str], ending: str):
    assert picture(coded_model(tmp_path, {"east": codes})).tables[0].verdict == ending


@pytest.mark.parametrize(
    ("tables", "beginning"),
    [
        (
            {"east": ["r"], "west": ["r", "r"]},
            "For the East, recoding one motive reverses the result. For the West it takes two.",
        ),
        ({"east": ["r"], "west": ["r"]}, "On both sides, recoding one motive reverses the result."),
        (
            {"east": ["r"], "west": ["r", "l"]},
            "For the East, recoding one motive reverses the result. For the West, recoding one motive breaks the tie.",
        ),
    ],
)
def test_the_lead_says_what_reverses_the_result(tmp_path: Path, tables: Codes, beginning: str):
    lead = write_lead(coded_model(tmp_path, tables))
    assert lead == f"{beginning} Only the author read these motives, once."


def test_what_is_missing_has_a_remedy(tmp_path: Path):
    missing = list(list_missing(coded_model(tmp_path, {"east": ["r"]})))
    assert [one.what for one in missing] == [
        "how far two readers agree",
        "which sources the result depends on",
        "what the documents conclude themselves",
    ]
    assert all("`" in one.remedy and one.kind == "no material" for one in missing)
