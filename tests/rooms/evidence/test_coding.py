"""Two levels of coding, second coders, and what the evidence room finds from them: through cases and their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import CaseError, assess, read_case
from detente.results.cells import cell_text
from detente.results.finding import Finding
from detente.results.table import Cell, Table
from detente.rooms.evidence.model.coding_routes import index_latest_codings, routes_to_table
from detente.rooms.evidence.model.evidence import weigh_evidence
from tests.conftest import edit
from tests.rooms.sections import sections_of

SHEET = "unit,realism,liberalism,coder,round,date,because\n"


def findings(name: str, scenario: str | None = None, changes: dict[str, str] | None = None) -> dict[str, Finding]:
    sections = sections_of(read_case(name, scenario, changes).case, "evidence")
    return {f.id: f for section in sections if section.id == "evidence" for f in section.findings}


def rows(finding: Finding) -> list[dict[str, Cell]]:
    assert isinstance(finding.table, Table)
    return list(finding.table.records())


def numbers(finding: Finding, name: str) -> list[float]:
    """A column of numbers, those that there are."""
    cells = [row[name] for row in rows(finding)]
    assert not any(isinstance(cell, str | bool) for cell in cells)
    return [float(cell) for cell in cells if cell is not None]


def sums(row: dict[str, Cell]) -> tuple[Cell, Cell]:
    """Of realism and of liberalism."""
    return row["sum_realism"], row["sum_liberalism"]


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
        by = {row["read_by"]: (row["verdict"], sums(row)) for row in rows(found[f"{table}-routes"])}
        assert by["Coder A, passage by passage"] == ("tie", (2, 2))
    # By the number of passages democracy promotion reads as in the table, and peacekeeping as neither first.
    assert by["Coder A, passage by passage, by the number of passages"] == ("Realism", (3, 0))


def test_one_coder_is_no_reliability():
    section = sections_of(read_case("nato-csto").case, "evidence")[0]
    assert "reliability" not in {finding.id for finding in section.findings}
    (missing,) = section.missing
    assert "two readers" in missing.what
    assert missing.why == "Only Coder A read the motives or passages."
    assert "`detente coding-sheet`" in missing.remedy


def test_the_first_case_has_no_likelihoods_of_its_own():
    case = read_case("nato-csto").case
    assert not case.clues
    assert all("assumption" in (e.because or "") for n, e in case.evidence.strengths if n != "conditional")
    weight = findings("nato-csto")["table-2.5-weight"]
    assert "“Both theories” is the most probable, 0.39" in weight.says
    assert "by odds of 1.3 to 1 to “Realism alone”" in weight.says
    counted = sum(numbers(weight, "decibels_counted"))
    behind = rows(findings("nato-csto")["table-2.5-reversal"])[1]["behind_by_decibels"]
    assert counted == pytest.approx(1.21, abs=0.005)
    assert counted == pytest.approx(behind)


def test_the_answer_moves_with_the_mapping():
    found = findings("nato-csto")
    mapping = found["table-2.5-mapping"]
    assert mapping.robustness.standing == "fragile"
    leads = {(row["what_moves"], row["to"]): row["leads"] for row in rows(mapping)}
    assert leads["shape of the mapping", "strong ones set aside"] == "Realism alone"
    assert "that is arithmetic" in mapping.says
    # On the other table both theories lead throughout, which the hypotheses alone bring about: no badge of robustness.
    built_in = found["table-3.3-mapping"]
    assert built_in.robustness.standing == "descriptive"
    assert "that it holds here is no test" in built_in.says
    assert found["table-3.3-competing"].robustness.standing == "descriptive"
    weaker = findings("nato-csto", changes={"evidence.strengths.strong": "0.5"})["table-2.5-weight"]
    assert weaker.says.startswith("“Realism alone” is the most probable")
    bold = findings("nato-csto", "passages-independent")["table-2.5-weight"]
    assert "“Both theories” is the most probable, above 0.99" in bold.says


def test_what_would_reverse_the_order():
    found = findings("nato-csto")["table-3.3-reversal"]
    assert "that is built in, true for any passages" in found.says
    rivals = {row["hypothesis"]: row for row in rows(found)}
    realism, liberalism = rivals["realism-alone"], rivals["liberalism-alone"]
    assert (realism["level_without_pieces"], realism["ahead_without_pieces"]) == (5, None)
    assert liberalism["ahead_without_pieces"] == 10
    after, lowest, highest = (numbers(found, name) for name in ("after", "lowest", "highest"))
    assert sum(after) == pytest.approx(1)
    assert all(low < p < high for low, p, high in zip(lowest, after, highest, strict=True))


def test_everything_comes_from_one_report():
    without = findings("nato-csto")["table-2.5-without"]
    assert "comes from ffi: without it nothing is left" in without.says
    assert without.robustness.standing == "fragile"


def test_a_source_and_its_reference_are_two_cells():
    without, with_reference = rows(findings("nato-csto")["table-3.3-without"])
    assert (without["without"], without["verdict"], sums(without)) == ("ffi", "nothing is left", (None, None))
    assert (with_reference["without"], with_reference["reference"]) == ("ffi", "its reference 44")
    assert (sums(with_reference), with_reference["from_passages"]) == ((3, 1), "tie")
    assert with_reference["sum_from_passages_realism"] == with_reference["sum_from_passages_liberalism"] == 2


def test_what_flips_a_verdict_motive_by_motive():
    by = {row["motive"]: row for row in rows(findings("nato-csto")["table-2.5-robustness"])}
    first, last = by["csto-1"], by["csto-5"]
    assert (first["recodings_that_keep_it"], first["recodings"], first["helps_to_flip_it"]) == (1, 3, True)
    assert (last["recodings_that_keep_it"], last["recodings"], last["helps_to_flip_it"]) == (3, 3, False)
    assert (first["tipping_weight_liberalism"], last["tipping_weight_liberalism"]) == (0, 2)


def test_assumptions_are_moved_to_numbers_or_to_words():
    moved = rows(findings("nato-csto")["table-2.5-mapping"])
    assert [row["factor"] for row in moved if row["factor"] is not None] == [0.5, 1, 1.5, 2]
    assert [row["correlation"] for row in moved if row["correlation"] is not None] == [0, 0.25, 0.5, 0.75, 1]
    assert all(bool(row["to"]) == (row["factor"] is None and row["correlation"] is None) for row in moved)
    as_it_is = next(row for row in moved if row["factor"] == 1)
    assert sum(float(p or 0) for name, p in as_it_is.items() if name.startswith("probability_")) == pytest.approx(1)


def test_the_matrix_holds_steps_and_what_they_come_to():
    matrix = findings("two-leagues")["why-hill-declines-competing"]
    *items, count, squares = rows(matrix)
    by = {row["evidence"]: row for row in items}
    absent = by["no-talk-of-tolls"]
    assert (absent["rating_power-alone"], absent["rating_gain-alone"], absent["rating_both-count"]) == (1, -2, 0)
    assert (absent["rating_neither-counts"], absent["does_not_apply_to"]) == (None, "neither-counts")
    assert by["brae-deal"]["weight"] == pytest.approx(0.8)
    assert (count["evidence"], count["scoring_rule"], squares["scoring_rule"]) == (None, "the count", "the squares")
    assert count["inconsistency_gain-alone"] == pytest.approx(12.8)
    assert squares["inconsistency_gain-alone"] == pytest.approx(22.8)
    assert "Liberalism alone 12.8" in matrix.says


def test_a_reader_sees_the_steps_of_the_matrix_as_signs():
    table = findings("two-leagues")["why-hill-declines-competing"].table
    assert isinstance(table, Table)
    signs = {
        (record[column.name], cell_text(column, record))
        for record in table.records()
        for column in table.columns
        if column.format == "rating" and record[column.name] is not None
    }
    assert signs == {(-2, "−−"), (-1, "−"), (0, "0"), (1, "+"), (2, "++")}
    assert str(table.to_frame().schema["rating_power-alone"]) == "Int64"


def test_what_would_reverse_the_order_is_numbers():
    model = weigh_evidence(read_case("nato-csto").case)
    assert model is not None
    weighed = model.tables[0].weighed
    assert weighed is not None
    reversal, probabilities = weighed.reversal, weighed.posterior.probabilities
    assert [part.hypothesis for part in reversal.ranges][:2] == ["both-theories", "realism-alone"]
    assert reversal.structural_leader == "both-theories"
    assert reversal.level_rival is reversal.passing_rival is reversal.ranges[1]
    realism, liberalism = reversal.theory_chances
    assert (realism.prior, liberalism.prior) == (0.5, 0.5)
    assert realism.posterior == pytest.approx(probabilities["both-theories"] + probabilities["realism-alone"])
    assert list(reversal.telling_counts) == [3, 6, 9, 12]
    assert list(reversal.telling_counts.values()) == sorted(reversal.telling_counts.values(), reverse=True)
    assert sum(test.is_telling for test in reversal.tracing_tests) == reversal.telling_counts[9]


def test_the_threshold_is_a_setting():
    says = findings("nato-csto", changes={"evidence.threshold": "6"})["table-2.5-reversal"].says
    assert "by a threshold of 6 decibels" in says


# The small case: two readers, an adjudicator, clues.


def test_the_verdict_under_each_coder_and_majority():
    by = {(row["what"], row["read_by"]): row for row in rows(findings("two-leagues")["why-hill-declines-routes"])}
    assert sums(by["route", "A second reader, motive by motive"]) == (3, 0)
    assert by["route", "A second reader, motive by motive"]["differs_on"] == "hill-order"
    assert sums(by["majority", "The author of this case and A second reader"]) == (2, 0)


def test_an_adjudicator_decides_where_readers_differ(leagues: Path):
    by = {row["read_by"]: row for row in rows(findings("two-leagues")["why-hill-declines-routes"])}
    decided = next(row for name, row in by.items() if str(name).startswith("The abbess"))
    assert (decided["motives_coded"], sums(decided)) == (1, (1, 0))  # on the other motive she has not decided
    found = assess(read_case("two-leagues", "abbess-decides"))
    assert any("nobody has decided yet between the readings of hill-freedom" in a for a in found.assumptions)
    more = "date: 1411-03, because: they say so}\n"
    edit(
        leagues,
        ("\ntables:\n", f"  - {{unit: hill-freedom, theory: realism, level: primary, coder: abbess, {more}\ntables:\n"),
    )
    by = {row["read_by"]: row for row in rows(findings(str(leagues))["why-hill-declines-routes"])}
    decided = next(row for name, row in by.items() if str(name).startswith("The abbess"))
    assert (decided["motives_coded"], sums(decided)) == (2, (3, 0))


def test_reliability_of_two_readers():
    found = findings("two-leagues")["reliability"]
    by = {(row["table"], row["level"], row["theory"]): row for row in rows(found)}
    assert len(by) == 10
    passages = by["The River League's table", "passages", "Realism"]
    assert (passages["units"], passages["sample"]) == (6, "few")
    assert passages["agreement"] == pytest.approx(5 / 6)
    assert passages["alpha_ordinal"] == pytest.approx(0.916667, abs=1e-6)
    assert "on fewer than 30 of them" in found.says
    assert "in 0 to 100 per cent of their ratings" in found.says
    assert (found.place, found.short_answer) == ("detail", "too few units to say")


def test_documents_and_programs_are_no_readers(leagues: Path):
    edit(leagues, ("second: {name: A second reader, ", "second: {name: A second reader, kind: model, "))
    assert "reliability" not in findings(str(leagues))
    section = sections_of(read_case(str(leagues)).case, "evidence")[0]
    assert [missing.why for missing in section.missing if "two readers" in missing.what] == [
        "Only the author of this case read the motives or passages. Programs do not count as readers: a second reader."
    ]
    assert any(
        "A second reader" in str(row["read_by"]) for row in rows(findings(str(leagues))["why-hill-declines-routes"])
    )


def test_a_unit_coded_again_counts_by_its_last_round(leagues: Path):
    sheet = leagues.parent / "again.csv"
    sheet.write_text(f"{SHEET}hill-order,none,primary,second,2,1411-05,read once more\n", encoding="utf-8")
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, again.csv]"))
    case = read_case(str(leagues)).case
    assert [c.level for _, c in index_latest_codings(case)["second", "hill-order"]] == ["none", "primary"]
    reading = next(
        r
        for r in routes_to_table(case, index_latest_codings(case), case.tables["why-hill-declines"])
        if r.id == "second-motives"
    )
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
