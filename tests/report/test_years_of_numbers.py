"""Of which year each number is: told once under each heading and in captions, and which figures had to stand in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from detente import assess, read_case, write_report
from detente.assessment.assess import Assessment
from detente.assessment.json_format import ASSESSMENT_FILE, read_saved, to_json, to_saved
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years
from detente.report.brief_words import basis_sentences
from detente.report.html import render_html
from detente.report.table_view import table_view
from detente.report.terminal import print_summary
from detente.results.finding import Finding, Section, finding_year, table_year
from detente.results.table import Column, Table
from detente.text.years import with_year
from tests.cases.two_hub_case import written

PARTIES = ("n", "r", "j0", "j1", "j2")
HELD = dict(zip(PARTIES, (9, 4, 1, 2, 0.5), strict=True))
STAND_INS = [
    ("exclusivity of “Bloc”", "channels.bloc.exclusivity", 1988, 1974),
    ("“Free hands” for N", "mechanisms.hands.of.n", 1974, 1980),
    ("“Free hands” for N", "mechanisms.hands.of.n", 1988, 1980),
    ("Wagons", "capabilities.wagons", 1988, 1974),
    ("Polity", "regimes.polity", 1974, 1972),
    ("Polity", "regimes.polity", 1988, 1972),
]


def dated(folder: Path, **more: Any) -> Assessment:
    """The case on paper with figures of 1974 and 1980, asked for 1974 and 1988."""
    members = {"east": PARTIES[1:], "west": PARTIES[:1]}
    case: dict[str, Any] = {
        "period": "1970/1990",
        "organisations": {
            name: {"name": name.title(), "members": [{"actor": actor, "in": "1960/.."} for actor in actors]}
            for name, actors in members.items()
        },
        "capabilities__wagons__held": {1974: HELD},
        "capabilities__oxen": {"title": "Oxen, which nothing counts by", "held": {1974: HELD}},
        "network__years": [1974, 1988],
        "channels__bloc__exclusivity": {"in": {1974: 0.7}},
        "regimes": {"polity": {"title": "Polity", "held": {1972: dict.fromkeys(PARTIES, 0.5)}}},
        "mechanisms": {
            "hands": {"title": "Free hands", "kind": "norms", "of": {"n": {"in": {1980: 0.1}}}, "by_regime": "polity"}
        },
    }
    return assess(read_case(str(written(folder, **(case | more)))))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return dated(tmp_path_factory.mktemp("paper"))


def view_html(page: str, id: str) -> str:
    return page.partition(f'<section class="view" id="{id}"')[2].partition("</section>")[0]


def fold_html(page: str, id: str) -> str:
    return page.partition(f' id="{id}"')[2].partition("</details>")[0]


def test_every_figure_of_another_year_is_listed(paper: Assessment):
    """The latest until then; of a number with years also the first after it; never a measure that nothing counts by."""
    assert paper.stand_ins is not None
    assert [tuple(row.values()) for row in paper.stand_ins.records()] == STAND_INS
    annex = view_html(render_html(paper), "annex")
    shown = re.findall(r"<td[^>]*>([^<\n]*)", annex.partition('id="stand-ins"')[2].partition("</table>")[0])
    cells = [cell for row in table_view(paper.stand_ins).rows for cell in row]
    assert [tuple(cell.text for cell in cells[i : i + 4]) for i in range(0, len(cells), 4)] == [
        tuple(map(str, row)) for row in STAND_INS
    ]
    assert shown == [cell.text for cell in cells if cell.row_span]
    assert "Six figures of other years stand in for missing ones." in basis_sentences(paper)


def test_the_list_stands_in_all_files_of_a_report_and_goes_with_it(
    paper: Assessment, assessed: Assessment, tmp_path: Path
):
    folder = tmp_path / "report"
    write_report(paper, folder)
    saved = read_saved(folder / ASSESSMENT_FILE)
    assert saved.stand_ins is not None
    assert [tuple(row) for row in saved.stand_ins.rows] == STAND_INS
    assert pl.read_parquet(folder / "tables" / "sources-stand-ins.parquet").rows() == STAND_INS
    assert (folder / "tables" / "sources-stand-ins.csv").is_file()
    write_report(assessed, folder)
    assert not list((folder / "tables").glob("sources-*"))
    assert read_saved(folder / ASSESSMENT_FILE).stand_ins is None


def test_nothing_is_said_where_every_figure_is_of_its_year(assessed: Assessment):
    page = render_html(assessed)
    assert assessed.stand_ins is None
    assert "stand-ins" not in page
    assert "of other years" not in page
    assert not any("of other years" in sentence for sentence in basis_sentences(assessed))


def test_the_year_stands_over_each_chapter_and_where_a_finding_has_another(assessed: Assessment, paper: Assessment):
    for assessment, year in ((assessed, 2007), (paper, 1988)):
        page = render_html(assessment)
        annex = view_html(page, "annex")
        for section in assessment.sections:
            told = view_html(page, section.id)
            assert section.year == (
                year if section.id in ("channels", "response", "lasting", "agreement", "sure", "claims") else None
            )
            head = told.partition("<h2")[0]
            if told:
                assert (f"{section.title}, {year}" in head) == (section.year is not None), section.id
                assert ("#stand-ins" in told) == (section.year == 1988)
            assert f">{with_year(section.title, section.year)}</h4>" in annex
            for finding in section.findings:
                address = f"{section.id}-{finding.id}"
                other_year = finding.year if finding.year != section.year else None
                if finding.place == "detail":
                    assert (f"Numbers of {other_year}." in fold_html(told, address)) == (other_year is not None)
                elif other_year is not None:
                    summary = fold_html(annex, address).partition("</summary>")[0]
                    assert summary.partition(f", {other_year}")[1], address


def test_a_table_of_a_section_of_one_year_names_others_in_a_column(assessed: Assessment):
    """So that no number is without its year: by its column, its caption, or its section."""
    for section in assessed.sections:
        for finding in section.findings if section.year else ():
            columns = finding.table.columns if finding.table else ()
            years = {
                year
                for column in columns
                if column.format == "year"
                for year in finding.table.values(column.name)  # type: ignore[union-attr]
            }
            assert years in (set(), {2005, 2007, 2013}), (section.id, finding.id)
            assert (table_year(section, finding) is None) == bool(years)


def test_numbers_judged_by_several_years_say_so(assessed: Assessment):
    against = {f.id: f for s in assessed.sections if s.id == "against" for f in s.findings}
    assert "They are judged by the numbers of 2005, 2007 and 2013." in against["likelihoods"].see
    asking = against["asking"].table
    assert asking is not None
    by_year = {row["year"]: row["by_numbers_of"] for row in asking.records()}
    assert (by_year[2003], by_year[2006], by_year[2007]) == (2005, 2005, 2007)
    rules = {f.id: f for s in assessed.sections if s.id == "rules" for f in s.findings}
    assert rules["without-each"].picture is not None
    assert "rules of 2013" in rules["without-each"].picture.says
    fares = rules["fares"].table
    assert fares is not None
    assert {"2012", "2013"} <= {str(row["at"])[:4] for row in fares.records()}


def test_a_finding_has_its_own_year_or_that_of_its_section():
    plain = Table((Column("what"),), (("x",),))
    by_year = Table((Column("year", format="year"),), ((1988,),))
    section = Section("s", "S", year=1974)
    for own, table, expected in (
        (None, plain, (1974, 1974)),
        (1980, plain, (1980, 1980)),
        (None, by_year, (1974, None)),
        (None, None, (1974, 1974)),
    ):
        finding = Finding("f", "F", "", table=table, year=own)
        assert (finding_year(section, finding), table_year(section, finding)) == expected
    assert finding_year(Section("s", "S"), Finding("f", "F", "")) is None


def test_terminal_notebook_and_files_name_the_year_too(paper: Assessment, capsys: pytest.CaptureFixture[str]):
    print_summary(paper)
    shown = capsys.readouterr().out
    assert "answer for 1988" in shown
    assert "answer for 1988" in str(paper._repr_html_())
    saved = json.loads(to_json(to_saved(paper)))
    years = {s["id"]: (s["year"], {f["id"]: f["year"] for f in s["findings"]}) for s in saved["sections"]}
    assert years["channels"][0] == 1988
    assert years["channels"][1]["by-issue"] == 1988
    assert years["channels"][1]["balance"] is None
    assert years["record"] == (None, dict.fromkeys(years["record"][1]))


UNDATED = """
case: undated
title: Undated
question: Would it last?
actors: {n: {name: N, kind: state}, r: {name: R, kind: state}}
games:
  watch:
    title: Watch
    between: [n, r]
    payoffs: {free_rides: 3, both: 2, neither: 1, alone: 0}
    patience: 0.8
"""
WAGONS = "capabilities: {wagons: {title: Wagons, held: {1960: {n: 1, r: 2}}}}\n"
"""Figures that count in channels alone, of which the case has none."""


def test_a_case_of_no_date_has_numbers_of_no_year(tmp_path: Path):
    """Nothing is of the year that stands for none; with a period, games are of its last year."""
    file = tmp_path / "case.yaml"
    for period, year in (("", None), (f"{WAGONS}period: 1970/1974\n", 1974)):
        file.write_text(f"{UNDATED}{period}", encoding="utf-8")
        assessment = assess(read_case(str(file)))
        (section,) = (one for one in assessment.sections if one.id == "lasting")
        assert section.year == year
        assert {quantity.year for name, quantity in assessment.outcomes.items() if "durability" in name} == {year}
        page = render_html(assessment)
        assert (f"Would it last, {year}" in page) == bool(year)
        assert str(OPEN_END_YEAR) not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        assert assessment.stand_ins is None
    assert analysed_years(assessment.loaded.case) == [1974]
