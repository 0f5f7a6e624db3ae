"""Two levels of coding, second coders, and what the evidence room finds from them: through cases and their files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import CaseError, assess, read_case
from detente.case.coded import code_of, read_codings
from detente.case.reasoning import Coding
from detente.case.schema import Case
from detente.errors import Problem
from detente.evidence.routes import current, routes
from detente.exchange.sheet import codebook, coding_sheet, codings_list
from detente.section import Finding
from tests.conftest import edit
from tests.test_cli import detente

SHEET = "unit,realism,liberalism,coder,round,date,because\n"


def findings(name: str, scenario: str | None = None, changes: dict[str, str] | None = None) -> dict[str, Finding]:
    sections = assess(read_case(name, scenario, changes)).sections
    return {f.id: f for section in sections if section.id == "evidence" for f in section.findings}


def rows(finding: Finding) -> list[dict[str, object]]:
    assert finding.table is not None
    return finding.table.rows(named=True)


def problems_of(path: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_case(str(path))
    return [str(problem) for problem in caught.value.problems]


# The first case, by both routes.


def test_table_and_text_disagree_on_recognition_and_peacekeeping():
    found = findings("nato-csto")
    agreement = {
        row["motive"]: row["agreement"]
        for table in ("table-2.5", "table-3.3")
        for row in rows(found[f"{table}-matrix"])
    }
    assert agreement == {
        "csto-1": "same",
        "csto-2": "same",
        "csto-3": "not the same first",  # recognition: the text argues against liberalism, and for nothing
        "csto-4": "others besides",  # control of peacekeeping: the liberal reading is outweighed
        "csto-5": "same",
        "nato-1": "same",
        "nato-2": "not the same first",
        "nato-3": "same",
        "nato-4": "others besides",  # peacekeeping: the text has realist readings beside the liberal one
    }
    says = found["table-2.5-routes"].says
    assert "International recognition (csto-3), Realism (Liberalism) there, none here" in says
    assert "how reliable either is takes a second reader" in says


def test_read_passage_by_passage_both_tables_are_ties():
    found = findings("nato-csto")
    for table in ("table-2.5", "table-3.3"):
        by = {row["read_by"]: (row["verdict"], row["sums"]) for row in rows(found[f"{table}-routes"])}
        assert by["Coder A, passage by passage"] == ("tie", "2 to 2")
    # By the number of passages democracy promotion reads as in the table, and peacekeeping as neither first.
    assert by["Coder A, passage by passage, by the number of passages"] == ("Realism", "3 to 0")


def test_one_coder_is_no_reliability():
    reliability = findings("nato-csto")["reliability"]
    assert reliability.table is None
    assert "takes a second reader" in reliability.says


def test_the_first_case_has_no_likelihoods_of_its_own():
    case = read_case("nato-csto").case
    assert not case.clues
    assert all("assumption" in (e.because or "") for n, e in case.evidence.strengths if n != "conditional")
    weight = findings("nato-csto")["table-2.5-weight"]
    assert "“Both theories” is the most probable, .39" in weight.says
    assert "by odds of 1.3 to 1 to “Realism alone”" in weight.says
    counted = [float(str(row["decibels_counted"])) for row in rows(weight)]
    assert sum(counted) == pytest.approx(1.21, abs=0.05)


def test_the_answer_moves_with_the_mapping():
    found = findings("nato-csto")
    mapping = found["table-2.5-mapping"]
    assert mapping.robustness.standing == "fragile"
    leads = {(row["what_moves"], row["to"]): row["leads"] for row in rows(mapping)}
    assert leads["shape of the mapping", "strong ones set aside"] == "Realism alone"
    assert "that is arithmetic" in mapping.says
    weaker = findings("nato-csto", changes={"evidence.strengths.strong": "0.5"})["table-2.5-weight"]
    assert weaker.says.startswith("“Realism alone” is the most probable")
    bold = findings("nato-csto", "passages-independent")["table-2.5-weight"]
    assert "“Both theories” is the most probable, above .99" in bold.says


def test_what_would_reverse_the_order():
    found = findings("nato-csto")["table-3.3-reversal"]
    assert "that is structural, true for any passages" in found.says
    rivals = {row["hypothesis"]: row for row in rows(found)}
    realism, liberalism = rivals["realism-alone"], rivals["liberalism-alone"]
    assert (realism["level_without_pieces"], realism["ahead_without_pieces"]) == (5, None)
    assert liberalism["ahead_without_pieces"] == 10
    assert sum(float(str(row["after"])) for row in rivals.values()) == pytest.approx(1)
    assert all(row["lowest"] < row["after"] < row["highest"] for row in rivals.values())  # type: ignore[operator]


def test_everything_comes_from_one_report():
    without = findings("nato-csto")["table-2.5-without"]
    assert "comes from ffi: without it nothing is left" in without.says
    assert without.robustness.standing == "fragile"


def test_the_threshold_is_a_setting():
    says = findings("nato-csto", changes={"evidence.threshold": "6"})["table-2.5-reversal"].says
    assert "by a threshold of 6 decibels" in says


# The small case: two readers, an adjudicator, clues.


def test_the_verdict_under_each_coder_and_majority():
    by = {(row["what"], row["read_by"]): row for row in rows(findings("two-leagues")["why-hill-declines-routes"])}
    assert by["route", "A second reader, motive by motive"]["sums"] == "3 to 0"
    assert by["route", "A second reader, motive by motive"]["differs_on"] == "hill-order"
    assert by["majority", "The author of this case and A second reader"]["sums"] == "2 to 0"


def test_an_adjudicator_decides_where_readers_differ(leagues: Path):
    by = {row["read_by"]: row for row in rows(findings("two-leagues")["why-hill-declines-routes"])}
    decided = next(row for name, row in by.items() if str(name).startswith("The abbess"))
    assert (decided["motives_coded"], decided["sums"]) == (1, "1 to 0")  # on the other motive she has not decided
    found = assess(read_case("two-leagues", "abbess-decides"))
    assert any("nobody has decided yet between the readings of hill-freedom" in a for a in found.assumptions)
    more = "date: 1411-03, because: they say so}\n"
    edit(
        leagues,
        ("\ntables:\n", f"  - {{unit: hill-freedom, theory: realism, level: primary, coder: abbess, {more}\ntables:\n"),
    )
    by = {row["read_by"]: row for row in rows(findings(str(leagues))["why-hill-declines-routes"])}
    decided = next(row for name, row in by.items() if str(name).startswith("The abbess"))
    assert (decided["motives_coded"], decided["sums"]) == (2, "3 to 0")


def test_reliability_of_two_readers():
    found = findings("two-leagues")["reliability"]
    by = {(row["table"], row["level"], row["theory"]): row for row in rows(found)}
    assert len(by) == 10
    passages = by["The River League's table", "passages", "Realism"]
    assert (passages["units"], passages["sample"]) == (6, "few")
    assert passages["agreement"] == pytest.approx(5 / 6)
    assert passages["alpha_ordinal"] == pytest.approx(0.916667, abs=1e-6)
    assert "fewer than 30 units" in found.says


def test_documents_and_programs_are_no_readers(leagues: Path):
    edit(leagues, ("second: {name: A second reader, ", "second: {name: A second reader, kind: model, "))
    found = findings(str(leagues))["reliability"]
    assert found.table is None
    assert "Left out" in found.says or "takes a second reader" in found.says
    assert any(
        "A second reader" in str(row["read_by"]) for row in rows(findings(str(leagues))["why-hill-declines-routes"])
    )


def test_a_unit_coded_again_counts_by_its_last_round(leagues: Path):
    sheet = leagues.parent / "again.csv"
    sheet.write_text(f"{SHEET}hill-order,none,primary,second,2,1411-05,read once more\n", encoding="utf-8")
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, again.csv]"))
    case = read_case(str(leagues)).case
    assert [c.level for _, c in current(case)["second", "hill-order"]] == ["none", "primary"]
    reading = next(r for r in routes(case, current(case), case.tables["why-hill-declines"]) if r.id == "second-motives")
    assert str(reading.codes["hill-order"]) == "liberalism"
    again = [row for row in rows(findings(str(leagues))["reliability"]) if row["level"] == "with themselves"]
    assert [(row["units"], row["agreement"]) for row in again] == [(2, 0.0)]


def test_absence_counts_only_where_it_was_looked_for(leagues: Path):
    before = findings(str(leagues))["why-hill-declines-weight"]
    assert any(row["piece"] == "no-talk-of-tolls" and row["chance_first"] == 0.7 for row in rows(before))
    edit(leagues, ("    searched: The whole of section 4 and the abbey roll.\n", ""))
    found = assess(read_case(str(leagues)))
    assert any("nobody says where it was looked for" in a for a in found.assumptions)
    after = findings(str(leagues))["why-hill-declines-weight"]
    assert all(row["piece"] != "no-talk-of-tolls" for row in rows(after))


def test_an_unreliable_source_weighs_less():
    row = next(r for r in rows(findings("two-leagues")["why-hill-declines-weight"]) if r["piece"] == "brae-deal")
    assert row["chance_first"] == pytest.approx(0.9 * 0.65 + 0.1 * 0.5)


def test_a_clue_correlated_with_another_is_taken_given_it(leagues: Path):
    edit(leagues, ("    given: brae-deal\n", "    correlation: {with: brae-deal, rho: 0.4}\n"))
    row = next(r for r in rows(findings(str(leagues))["why-hill-declines-weight"]) if r["piece"] == "gate-after-raid")
    p1, p2, rho = 0.6, 0.4, 0.4  # if both theories hold, which is then the most probable
    expected = p2 + rho * ((1 - p1) * p2 * (1 - p2) / p1) ** 0.5
    assert row["chance_first"] == pytest.approx(expected, abs=1e-4)


def test_a_cluster_may_have_its_own_correlation(leagues: Path):
    apart = findings(str(leagues), changes={"evidence.clusters": "{chronicle: 0}"})["why-hill-declines-weight"]
    assert all(row["decibels_alone"] == row["decibels_counted"] for row in rows(apart))


def test_hypotheses_of_ones_own_need_no_theories(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    for held in (", holds: [realism]", ", holds: [liberalism]", ", holds: [realism, liberalism]", ", holds: []"):
        text = text.replace(held, "")
    leagues.write_text(text, encoding="utf-8")
    found = findings(str(leagues))
    assert "why-river-offers-weight" not in found  # no clue bears on that table
    assert {row["piece"] for row in rows(found["why-hill-declines-weight"])} == {
        "no-talk-of-tolls",
        "brae-deal",
        "gate-after-raid",
    }


def test_sources_and_speakers_are_left_out_in_turn():
    kinds = {row["without"]: row for row in rows(findings("two-leagues")["why-river-offers-without"])}
    assert kinds["chronicle"]["verdict"] == "nothing is left"
    assert (kinds["reeve"]["kind"], kinds["reeve"]["loses"]) == ("speaker", 3)


# Sheets, lists and their mistakes.


def test_a_sheet_is_blind_and_comes_back(tmp_path: Path):
    case = read_case("two-leagues").case
    sheet = coding_sheet(case, "passages", "third")
    table = list(csv.DictReader(io.StringIO(sheet)))
    assert {row["unit"] for row in table} == set(case.passages)
    assert [row["unit"] for row in table] != list(case.passages)
    for row in table:
        assert [row[name] for name in ("realism", "liberalism", "because")] == ["", "", ""]
    for coding in case.codings:
        assert not coding.because or coding.because not in sheet
    book = codebook(case)
    for theory in case.theories.values():
        assert theory.codebook is not None
        assert theory.codebook.definition in book
        assert all(rule in book for rule in theory.codebook.include + theory.codebook.exclude)
        assert str(theory.codebook.example) in book


def test_both_bundled_cases_say_how_to_recognise_their_theories():
    for name in ("two-leagues", "nato-csto"):
        for theory in read_case(name).case.theories.values():
            assert theory.codebook
            assert theory.codebook.include
            assert theory.codebook.exclude
            assert theory.codebook.example


def test_a_second_coder_from_the_command_line(tmp_path: Path):
    assert detente("new", "mine", cwd=tmp_path).returncode == 0
    made = detente("coding-sheet", "mine", "--coder", "third", "--out", "sheets", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "Declare the coder" in made.stderr
    sheet = tmp_path / "sheets" / "codings-third-passages.csv"
    table = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert all(row["text"] for row in table)
    before = sheet.read_bytes()
    assert detente("coding-sheet", "mine", "--coder", "third", "--out", "sheets", cwd=tmp_path).returncode == 2
    assert sheet.read_bytes() == before
    # As a spreadsheet on a European machine saves it.
    for row in table:
        row["realism"] = "Strong for" if row["unit"] == "p-control-1" else "neither"
    written = io.StringIO()
    writer = csv.DictWriter(written, list(table[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    (tmp_path / "mine" / "codings-third.csv").write_bytes(b"\xef\xbb\xbf" + written.getvalue().encode())
    case = tmp_path / "mine" / "case.yaml"
    edit(
        case,
        ("[codings-second.csv]", "[codings-second.csv, codings-third.csv]"),
        ("  second: {name:", "  third: {name: T}\n  second: {name:"),
    )
    assert detente("check", "mine", cwd=tmp_path).returncode == 0
    held = read_case(str(case)).case
    third = [c for c in held.codings if c.coder == "third"]
    assert len(third) == 14
    assert [(c.direction, c.strength) for c in third if c.unit == "p-control-1"] == [("for", "strong")]
    assert {row["coders"] for row in rows(findings(str(case))["reliability"]) if row["level"] == "passages"} == {3}


def test_every_mistake_in_a_sheet_has_its_cell(leagues: Path):
    (leagues.parent / "codings-second.csv").write_text(
        "unit,about,realism,libralism,coder,round,date,because\n"
        "p-control-1,x,strong for,,second,1,,\n"
        "p-control-2,x,strnog for,,second,1,,\n"
        "p-control-9,x,neither,,second,1,,\n"
        "p-control-3,x,primary,,second,1,,\n"
        "p-trade-1,x,weak for,,secnod,1,,\n"
        "p-trade-2,x,,weak for,second,1,,\n"
        "hill-order,x,primary,,second,3,,\n"
        "hill-freedom,x,neither,,second,1,1411-13,\n",
        encoding="utf-8",
    )
    found = problems_of(leagues)
    expected = [
        ("1:20", "no theory 'libralism' (did you mean 'liberalism'?)"),
        ("3:15", "'strnog for' is no code"),
        ("4:1", "'p-control-9'"),
        ("5:15", "'p-control-3' is no motive and has no level"),
        ("6:23", "no coder 'secnod' (did you mean 'second'?)"),
        ("8:14", "needs a date and a reason"),
        ("9:34", "'1411-13' is no date"),
    ]
    for place, words in expected:
        assert any(f"codings-second.csv:{place}: " in p and words in p for p in found), (place, words, found)
    assert sum("no theory 'libralism'" in p for p in found) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there is nothing here"),
        (b"unit\n", ""),
        (b"motive,realism\nx,primary\n", "there is no column 'unit'"),
        (b"unit,realism,realism\nhill-order,primary,\n", "stands twice"),
        (b"unit,,realism\nhill-order,x,primary\n", "a column without a name"),
        (b"unit,realism\nhill-order,primary,more\n", "a cell beyond the last column"),
        (b'unit,realism\n"hill-order,primary\n', "never closed"),
        (b'unit,realism\n"hill-order"x,primary\n', "after a closing quotation mark"),
        (b"unit,realism\nhill-order,primary\xff\n", "this is not UTF-8"),
        (b"unit,theory,levle\nhill-order,realism,primary\n", "did you mean 'level'"),
        (b"unit,realism\nhill-order,primary\n", "'coder' is missing"),
        (b"unit,theory,level,coder\nhill-order,realism,first,second\n", "'first' is not known here"),
        (b"unit,realism,coder,round\nhill-order,primary,second,twice\n", "should be a whole number"),
    ],
)
def test_bad_sheets(leagues: Path, content: bytes, words: str):
    (leagues.parent / "codings-second.csv").write_bytes(content)
    if words:
        assert words in "\n".join(problems_of(leagues))
    else:
        read_case(str(leagues))


@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200)
def test_any_bytes_give_codings_or_problems(content: bytes):
    problems: list[Problem] = []
    tree = read_codings(content, "x.csv", 1, problems)
    assert tree is not None or problems


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).map(lambda t: " ".join(t.split()))


@given(reasons=st.lists(words, min_size=1, max_size=5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_list_of_codings_comes_back_equal(reasons: list[str]):
    base = read_case("two-leagues").case
    codings = [
        Coding(unit=unit, theory="realism", direction="for", coder="author", because=reason or None)
        for unit, reason in zip(base.passages, reasons, strict=False)
    ]
    case = base.model_copy(update={"codings": [*base.codings, *codings]})
    problems: list[Problem] = []
    tree = read_codings(codings_list(case).encode(), "x.csv", 1, problems)
    assert not problems
    assert tree is not None
    read = [Coding.model_validate(entry) for entry in tree.plain()["codings"]]
    assert read == case.codings


def test_what_a_spreadsheet_would_run_is_guarded():
    case = read_case("two-leagues").case
    coding = Coding(unit="p-trade-1", theory="realism", direction="for", coder="author", because="=1+1")
    written = codings_list(Case.model_copy(case, update={"codings": [coding]}))
    assert ",=1" not in written
    assert ",'=1+1," in written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("strong for", {"direction": "for", "strength": "strong"}),
        ("Against, weak", {"direction": "against", "strength": "weak"}),
        ("neither", {"direction": "neither"}),
        ("PRIMARY", {"level": "primary"}),
        ("for against", None),
        ("strong", None),
        ("", None),
    ],
)
def test_codes(text: str, expected: dict[str, str] | None):
    assert code_of(text) == expected


LAST = "p-order-4, theory: realism, direction: for, strength: moderate"
AUTHORS = "hill-order, theory: liberalism, level: primary, coder: author"
FIRST = "{power-alone: 0.3, gain-alone"
RHO = "  correlation: {value: 0.5,"
SPOILT = [
    (("both-count: 0.5, neither-counts: 0.4", "both-count: 0.5"), "no likelihood under"),
    ((FIRST, "{power-alone: 0, gain-alone"), "above 0 and below 1"),
    ((FIRST, "{power-alone: 1, gain-alone"), "no evidence could ever change"),
    ((FIRST, "{power-alone: {beta: [2, 2]}, gain-alone"), "its ends too"),
    (("    given: brae-deal", "    given: gate-after-raid"), "is no earlier clue"),
    (("    given: brae-deal\n", "    correlation: {with: brae-deal, rho: 1}\n"), "cannot be correlated"),
    (("reliability: 0.9", "reliability: 1.9"), "the reliability is between 0 and 1"),
    (("relevance: 0.8", "relevance: -1"), "the relevance is between 0 and 1"),
    (("neither-counts: n/a", "neither-counts: 3"), "consistency.neither-counts"),
    (("holds: [realism, liberalism]", "holds: [realism]"), "the same theories hold as in 'power-alone'"),
    (("holds: [], prior: {value: 0.5,", "holds: [], prior: {value: 0,"), "a prior is above 0"),
    ((", holds: [realism]}", "}"), "this one does not"),
    (("weak: {value: 0.6,", "weak: {value: 0.4,"), "from .5 to below 1"),
    ((RHO, "  clusters: {cronicle: 0.2}\n  correlation: {value: 0.5,"), "did you mean 'chronicle'"),
    ((RHO, "  correlation: {value: 1.5,"), "between 0 and 1"),
    (("adjudicates: [author, second]", "adjudicates: [author, abbess]"), "is no coder but decides too"),
    (("level: primary, coder: abbess, date: 1411-02,", "level: primary, coder: abbess,"), "a decision between"),
    ((LAST, "p-order-4, theory: realism, level: primary"), "is no motive and has no level"),
    ((LAST, "p-order-4, theory: realism"), "neither for nor against"),
    (
        ("p-order-4, theory: realism, direction: for,", "p-order-4, theory: realism, direction: neither,"),
        "has no strength",
    ),
    ((AUTHORS, "hill-order, theory: liberalism, direction: for, coder: author"), "is a motive and needs a level"),
]


@pytest.mark.parametrize(("change", "expected"), SPOILT)
def test_what_cannot_be_weighed_is_located(leagues: Path, change: tuple[str, str], expected: str):
    edit(leagues, change)
    found = problems_of(leagues)
    assert any(expected in problem for problem in found), found
    assert all(problem.startswith(f"{leagues}:") for problem in found)


def test_explain_walks_from_the_verdict_to_the_passage_and_back():
    down = detente("explain", "two-leagues", "chronicler-on-hill").stdout
    order = ["> chronicler-on-hill", "- why-hill-declines", "- hill-order", "- p-order-4", "p-order-4/realism/second"]
    places = [down.index(step) for step in order]
    assert places == sorted(places)
    up = detente("explain", "two-leagues", "p-order-4/realism/second").stdout
    assert (
        up.index("- why-hill-declines") < up.index("- hill-order") < up.index("- p-order-4") < up.index("> p-order-4/")
    )
    assert "p-order-1:" not in up
    assert "“Corrie asked nobody for help" in up


def test_sheets_never_take_each_others_place(tmp_path: Path):
    from detente.exchange.sheet import sheet_name

    case = read_case("two-leagues").case
    names = {sheet_name(case, units, coder) for units in ("passages", "motives") for coder in ("second", "third")}
    assert names == {
        "codings-second-passages-round-2.csv",
        "codings-second-motives-round-2.csv",
        "codings-third-passages.csv",
        "codings-third-motives.csv",
    }
    orders = {tuple(csv_units(coding_sheet(case, "passages", coder))) for coder in ("third", "fourth")}
    assert len(orders) == 2
    assert coding_sheet(case, "passages", "third") == coding_sheet(case, "passages", "third")


def csv_units(sheet: str) -> list[str]:
    return [row["unit"] for row in csv.DictReader(io.StringIO(sheet))]


@pytest.mark.parametrize("coder", ["../../x", "", "a b", "=cmd", "realism", "Third"])
def test_a_coder_is_named_by_an_id(tmp_path: Path, coder: str):
    answer = detente("coding-sheet", "two-leagues", "--coder", coder, "--out", "x", cwd=tmp_path)
    assert answer.returncode == 2
    assert "fault of ours" not in answer.stderr
    assert list(tmp_path.rglob("*.csv")) == []


def test_what_excel_adds_is_passed_over(leagues: Path):
    sheet = leagues.parent / "codings-second.csv"
    before = read_case(str(leagues)).case.codings
    lines = sheet.read_text(encoding="utf-8").splitlines()
    sheet.write_text("sep=,\n" + "".join(f"{line},,,\n" for line in lines) + ",,,,,,,,,,\n", encoding="utf-8")
    assert read_case(str(leagues)).case.codings == before


def test_names_that_no_reader_could_tell_apart(leagues: Path):
    edit(leagues, ("    name: Liberalism\n", "    name: Realism\n"))
    assert "'realism' has the same name" in problems_of(leagues)[0]


def test_sheets_without_bound_are_given_up(leagues: Path):
    sheet = leagues.parent / "codings-second.csv"
    sheet.write_bytes(b"," * 8_000_000)
    assert "more than 500 columns" in "\n".join(problems_of(leagues))
    sheet.write_bytes(b"unit\n" + b"p-order-1\n" * 60_000)
    assert "more than 50000 lines" in "\n".join(problems_of(leagues))
    sheet.write_bytes(b"x" * 9_000_000)
    assert "larger than 8 MiB" in "\n".join(problems_of(leagues))


def test_nothing_coded_is_no_tie(leagues: Path):
    edit(leagues, ("title: Why the River League offers\n", "title: Why the River League offers\n"))
    text = leagues.read_text(encoding="utf-8")
    leagues.write_text(text.replace("    coder: author\n", "    coder: nobody\n").replace(
        "coders:\n", "coders:\n  nobody: {name: Nobody}\n"), encoding="utf-8")  # fmt: skip
    evidence = assess(read_case(str(leagues))).sections
    answer = next(s.answer for s in evidence if s.id == "evidence")
    assert "no verdict, since nothing is coded" in answer
