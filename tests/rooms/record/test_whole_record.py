"""The record made to work: agendas, contradictions, predictions, statements, facts, passages, coverage."""

from __future__ import annotations

import hashlib
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import Section, assess, explain, read_case
from detente.case.index.document_coverage import measure_coverage, merge_spans
from detente.case.index.source_texts import find_document_texts
from detente.methods.chronology.agenda_drift import Agenda, group_shares, movements_of_issue
from detente.methods.chronology.consistency import (
    compare_dates,
    compare_elapsed_time,
    compare_member_count,
    compare_shares_sum,
    compare_values,
)
from detente.methods.chronology.edtf import Edtf
from detente.results.table import Cell
from detente.rooms.evidence.findings.propositions import proposition_state
from detente.rooms.record.model.record import compile_record
from detente.rooms.record.room import ROOM
from tests.command import detente
from tests.conftest import edit
from tests.rooms.record.pictures import grid_of, timeline_of
from tests.rooms.sections import sections_of


def sections(name: str | Path) -> dict[str, Section]:
    case = read_case(str(name)).case
    return {section.id: section for section in sections_of(case, "record", "evidence")}


def table(section: Section, id: str) -> dict[str, dict[str, Any]]:
    """The rows of a finding's table by their first cell."""
    found = next(f for f in section.findings if f.id == id).table
    assert found is not None
    return {str(row[found.names[0]]): row for row in found.records()}


# --- contradictions --------------------------------------------------------------------------------


def computed(name: str | Path = "nato-csto") -> dict[str, tuple[Cell, ...]]:
    """What computing finds of each contradiction: whether it is one, what is stated, and what is found."""
    rows = table(sections(name)["contradictions"], "list")
    names = ("computed", "stated", "found", "found_to", "by_what")
    return {id: tuple(row[name] for name in names) for id, row in rows.items() if row["computed"]}


def test_the_contradictions_that_can_be_computed():
    found = computed()
    assert found["in-staff-shares"] == ("contradicted", 100, 110, None, None)
    agreement, stated, low, high, dates = found["in-year-later"]
    assert (agreement, round(float(low or 0)), round(float(high or 0))) == ("contradicted", 6, 10)
    assert (stated, dates) == (12, "Between 2004-10/2004-12 and 2005-07.")
    assert found["in-foreign-bases-date"] == ("contradicted", None, None, None, "“2006” against “2011”")
    assert found["in-member-count-2007"] == ("consistent", 7, 7, None, None)
    assert found["in-member-count-2013"] == ("consistent", 6, 6, None, None)


def test_contradictions_between_documents_are_told_from_those_that_only_seem_to_be():
    section = sections("nato-csto")["contradictions"]
    rows = table(section, "list")
    kinds = {id: row["kind"] for id, row in rows.items()}
    between = {"in-bloc-or-bilateral", "in-gave-up", "in-into-afghanistan", "in-drugs-for-nato"}
    assert {id for id, kind in kinds.items() if kind == "between documents"} == between
    # All three that computing shows are explained: by the six members of 2004, another paper, and other forces.
    shown = {id for id, row in rows.items() if row["computed"] == "contradicted"}
    assert shown == {"in-staff-shares", "in-year-later", "in-foreign-bases-date"}
    assert {kinds[id] for id in shown} == {"only apparent"}
    assert {id for id, row in rows.items() if row["explanation_computed"] == "consistent"} == {
        "in-staff-shares",
        "in-year-later",
    }
    assert section.headline == "The sources contradict each other in four places, and themselves in six."
    assert section.findings[0].says.startswith(f"{section.headline} Eight more only seem to do so")


@pytest.mark.parametrize(
    ("entry", "old", "new", "message"),
    [
        (
            "in-gave-up",
            "kind: between-documents",
            "kind: within-document",
            "its claims do not all come from one document",
        ),
        ("in-weight", "kind: within-document", "kind: between-documents", "its claims do not come from two documents"),
        ("in-wilson", "kind: against-others", "kind: between-documents", "its claims do not come from two documents"),
        ("in-weight", "kind: within-document", "kind: against-others", "all of its claims come from documents"),
        ("in-crisis-help", "kind: apparent", "kind: between-documents", "different times: 2007 and 2013"),
        (
            "in-csto-consensus",
            "kind: apparent",
            "kind: within-document",
            "is about 'the rule', and not about 'how much",
        ),
        ("in-crisis-help", "in: 2013", "in: 2007", "no two claims speak of different times"),
        ("in-crisis-help", "by: dates", "by: objects", "no claim speaks of something else"),
        ("in-gave-up", "about: whether", "note: whether", "nothing says what both claims are about"),
        ("in-gave-up", "kind: between-documents", "kind: apparent", "nothing explains the apparent contradiction"),
        ("in-crisis-help", "kind: apparent", "kind: slip", "only an apparent contradiction is explained"),
    ],
)
def test_claims_must_be_about_the_same_thing(first_case: Path, entry: str, old: str, new: str, message: str):
    from tests.case.test_reading import problems_of

    file = first_case / "conclusions.yaml"
    text = file.read_text(encoding="utf-8")
    start = text.index(f"  {entry}:\n")
    file.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    problems = problems_of(first_case, every_scenario=False)
    assert any(message in problem for problem in problems), problems


def test_a_contradiction_of_one_claim_is_none(leagues: Path):
    from tests.case.test_reading import problems_of

    edit(leagues, ("      - {says: It was a member throughout., sources: abbey-roll}\n", ""))
    assert "two claims or more, this one has one claim" in " ".join(problems_of(leagues))


def test_a_member_removed_moves_the_shares_and_the_count(first_case: Path):
    file = first_case / "parties.yaml"
    text = file.read_text(encoding="utf-8")
    line = "      - {actor: belarus, in: 2002-05/.., at: {document: ffi, section: '2.1', span: [14891, 15093]}}\n"
    assert text.count(line) == 1
    file.write_text(text.replace(line, ""), encoding="utf-8")
    agenda = first_case / "agenda.yaml"
    lines = agenda.read_text(encoding="utf-8").splitlines(keepends=True)
    agenda.write_text("".join(one for one in lines if not one.startswith("      belarus:")), encoding="utf-8")
    found = computed(first_case)
    assert found["in-staff-shares"] == ("consistent", 100, 100, None, None)
    assert found["in-member-count-2007"] == ("contradicted", 7, 6, None, None)


def test_a_share_changed_and_a_date_moved_move_the_contradictions():
    changes = {"facts.fa-share-ru.value": "40", "record.ev-2004-official.date": "2004-01"}
    section = {s.id: s for s in sections_of(read_case("nato-csto", changes=changes).case, "record")}["contradictions"]
    rows = table(section, "list")
    assert (rows["in-staff-shares"]["computed"], rows["in-year-later"]["computed"]) == ("consistent", "consistent")
    assert (rows["in-staff-shares"]["found"], rows["in-staff-shares"]["parts"]) == (100, 7)
    months = [round(float(rows["in-year-later"][name] or 0)) for name in ("found", "found_to")]
    assert (rows["in-year-later"]["by_what"], months) == ("Between 2004-01 and 2005-07.", [17, 19])


@pytest.mark.parametrize(
    ("result", "agreement"),
    [
        (compare_shares_sum([50, 10, 10, 10, 10, 10], 0, 100), "consistent"),
        (compare_shares_sum([50, 10, 10, 10, 10], 1, 100), "undetermined"),
        (compare_shares_sum([50] + [10] * 6, 1, 100), "contradicted"),
        (compare_elapsed_time(Edtf.parse("2004"), Edtf.parse("2005-06"), 12), "undetermined"),
        (compare_elapsed_time(Edtf.parse("2004-06"), Edtf.parse("2005-07"), 11), "consistent"),
        (compare_elapsed_time(Edtf.parse("../2004"), Edtf.parse("2005-07"), 11), "undetermined"),
        (compare_member_count(7, 6, 1), "undetermined"),
        (compare_member_count(7, 6, 0), "contradicted"),
        (compare_values([["b", "a"], ["a", "b"]]), "consistent"),
        (compare_values([4000, 10000]), "contradicted"),
        (compare_dates([Edtf.parse("2006"), Edtf.parse("2006-08")]), "undetermined"),
    ],
)
def test_agreement_is_three_valued(result: Any, agreement: str):
    assert result.agreement == agreement


def test_a_contradiction_is_linked_from_what_rests_on_it(assessed):
    from detente.report.html import render_html

    html = render_html(assessed)
    entry = html[html.index("<dt id=id-fa-share-ru>") :]
    entry = entry[: entry.index("<dt id=", 1)]
    assert "Contested:" in entry
    assert "href=#id-in-staff-shares>" in entry


# --- agendas ---------------------------------------------------------------------------------------


def test_the_agenda_drifts_from_hard_security_to_crisis_management():
    section = sections("nato-csto")["record"]
    rows = table(section, "agenda")
    assert list(rows["arms-control"])[2:] == ["agenda_earlier", "agenda_2007", "agenda_2012", "agenda_2013"]
    assert rows["arms-control"]["agenda_2007"] == "ca-07-2, ca-07-3"
    assert rows["arms-control"]["agenda_2012"] == "went"
    assert (rows["peacekeeping"]["agenda_2012"], rows["peacekeeping"]["agenda_2013"]) == ("", "ca-13-7")
    found = next(f for f in section.findings if f.id == "agenda")
    assert found.short_answer == "four issues new, two gone"
    assert "Hard security had 2 of 5 proposals in 2007 and none of 7 in 2013." in found.says
    assert "Dialogue had none of 5 proposals in 2007 and 3 of 7 in 2013." in found.says
    grid = {title: [cell.state for cell in cells] for title, cells in grid_of(found).rows}
    assert grid["Peacekeeping"] == ["empty", "empty", "empty", "yes"]
    assert grid["Proliferation and arms exports"] == ["empty", "yes", "empty", "empty"]
    proposed = {p for row in rows.values() for year in (2007, 2012, 2013) for p in row[f"agenda_{year}"].split(", ")}
    assert len(proposed - {"", "went"}) == 17


proposals = st.dictionaries(
    st.text("pqrs", min_size=1, max_size=3), st.lists(st.sampled_from("abcd"), max_size=3, unique=True), min_size=1
)


@given(st.lists(proposals, min_size=1, max_size=4))
def test_compare_shares_sum_and_courses_follow_the_issues(given_agendas: list[dict[str, list[str]]]):
    agendas = [Agenda(str(i), p) for i, p in enumerate(given_agendas)]
    for agenda in agendas:
        assert sum(group_shares(agenda, {"a": "x", "b": "x"}).values()) == Fraction(1)
    for issue in "abcd":
        present = [what in ("came", "stayed") for what in movements_of_issue(agendas, issue)]
        assert present == [issue in agenda.issues for agenda in agendas]


# --- predictions, statements, facts, propositions ----------------------------------------------------


def test_predictions_are_scored_by_dated_entries():
    rows = table(sections("nato-csto")["predictions"], "list")
    assert len(rows) == 12  # two judgements on the past are no predictions, and stand among the assessments
    assert rows["pr-existential"]["condition_was"] == "not met"
    assert rows["pr-existential"]["outcome"] == "cannot be tested"
    assert all(row["judged_by"] and row["because"] and row["from"] for row in rows.values())
    assert next(iter(rows)) == "pr-dim"  # what could be tested first
    assert {row["same_as"] for id, row in rows.items() if id in ("pr-inst-dim", "pr-notready", "pr-medium")} == {
        "pr-dim"
    }


def test_one_prediction_in_four_wordings_counts_once_and_no_change_says_the_same():
    section = sections("nato-csto")["predictions"]
    assert section.headline == "The report foresaw that nothing would change, and was right."
    assert "It was said in four ways." in section.findings[0].says
    assert "no change would have been right on 1 of 1" in section.findings[0].says
    found = {one.name: one.quantity.value for one in ROOM.list_outcomes(compile_record(read_case("nato-csto").case))}
    assert found["record.predictions.came-true"] == 1
    assert found["record.predictions.no-change-right"] == 1


@pytest.mark.parametrize(
    ("no_change", "outcome", "headline", "right"),
    [
        ("false", "came-true", "The one prediction that can be tested came true.", 0),
        ("false", "did-not", "The one prediction that can be tested did not come true.", 1),
        ("true", "did-not", "The one prediction that can be tested did not come true.", 0),
    ],
)
def test_a_forecaster_of_no_change_is_right_where_nothing_changed(
    first_case: Path, no_change: str, outcome: str, headline: str, right: int
):
    file = first_case / "conclusions.yaml"
    text = file.read_text(encoding="utf-8").replace("no_change: true", f"no_change: {no_change}")
    file.write_text(text.replace("outcome: came-true", f"outcome: {outcome}"), encoding="utf-8")
    section = sections(first_case)["predictions"]
    assert section.headline == headline
    assert f"no change would have been right on {right} of 1." in section.findings[0].says


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("same_as: pr-dim", "same_as: pr-inst-dim", "'pr-inst-dim' is said to be the same as itself"),
        ("same_as: pr-dim", "same_as: pr-forced", "'pr-inst-dim' says the same as 'pr-forced' and is judged otherwise"),
        ("same_as: pr-dim", "same_as: pr-medium", "'pr-medium' refers to another wording itself"),
        ("same_as: pr-dim", "same_as: pr-dim\n    no_change: false", "differ on whether they say that nothing changes"),
    ],
)
def test_wordings_of_one_prediction_must_agree(first_case: Path, old: str, new: str, message: str):
    from tests.case.test_reading import problems_of

    file = first_case / "conclusions.yaml"
    text = file.read_text(encoding="utf-8")
    start = text.index("  pr-inst-dim:")
    file.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    assert any(message in problem for problem in problems_of(first_case, every_scenario=False))


def test_a_prediction_is_not_judged_where_its_condition_was_not_met(first_case: Path):
    from tests.case.test_reading import problems_of

    text = (first_case / "conclusions.yaml").read_text(encoding="utf-8")
    start = text.index("  pr-existential:")
    changed = text[:start] + text[start:].replace("outcome: untestable", "outcome: came-true", 1)
    (first_case / "conclusions.yaml").write_text(changed, encoding="utf-8")
    assert "is not tested where its condition was not met" in problems_of(first_case, every_scenario=False)[0]


def test_the_tone_of_the_csto_cools():
    found = next(f for f in sections("nato-csto")["record"].findings if f.id == "statements")
    assert "Nikolai Bordyuzha made twelve of them" in found.says  # with NATO as an aggressive bloc, in 2007
    assert "The CSTO's tone went from open to hostile between 2004 and 2007." in found.says
    assert found.short_answer == "CSTO: from open to hostile"
    counts = {row.label: len(row.marks) for row in timeline_of(found).rows if row.label.startswith("CSTO")}
    assert counts == {"CSTO: open": 2, "CSTO: cool": 3, "CSTO: aggrieved": 1, "CSTO: hostile": 1}
    case = read_case("nato-csto").case
    tones = {e.id: e.tone for e in case.record if e.kind == "statement"}
    assert (tones["st-bordyuzha-ignored"], tones["st-bordyuzha-notragedy"]) == ("aggrieved", "cool")


def test_facts_stand_under_the_dates_they_hold_at():
    facts = next(f for f in sections("nato-csto")["record"].findings if f.id == "facts").table
    assert facts is not None
    rows = {(r["of"], r["attribute"]): r for r in facts.records()}
    force = rows["CSTO rapid deployment force for Central Asia", "personnel"]
    assert (force["number_2007"], force["number_2013"]) == (4000, 4000)
    budget = rows["Russian military budget", "money for collective security and peacekeeping"]
    assert (budget["number_other_times"], budget["words_other_times"]) == (61, "of 2005")


def test_members_side_by_side_say_who_came_and_went():
    rows = table(sections("nato-csto")["record"], "members-side-by-side")
    assert (rows["csto"]["members_2007"], rows["csto"]["members_2013"], rows["csto"]["went"]) == (7, 6, "Uzbekistan")
    assert rows["cis"]["went"] == "Georgia"
    assert rows["nato"]["came"] == "Albania, Croatia"
    found = next(f for f in sections("nato-csto")["record"].findings if f.id == "members-side-by-side")
    assert found.says == (
        "Between 2007 and 2013, Albania and Croatia joined NATO. Uzbekistan left the CSTO. Georgia left the CIS."
    )
    assert found.short_answer == "two joined, two left"
    assert {name: tuple(cell.text for cell in cells) for name, cells in grid_of(found).rows}["CSTO"] == (
        "7",
        "6",
        "–",
        "Uzbekistan",
    )


def test_every_proposition_has_an_implication_and_a_state():
    section = sections("nato-csto")["evidence"]
    rows = table(section, "propositions")
    assert len(rows) == 37  # three of the memo: two readings of the agenda of 2007, and what declarations speak of
    for reading in ("rea-classic-bloc", "rea-agenda-setter"):
        assert rows[reading]["state"] == "mixed"
        assert "ev-2012-shift" in rows[reading]["against_it"]
    assert "counts nothing" in rows["rea-attention"]["remark"]
    assert all(row["one_should_see"] and row["room_that_could_test_it"] for row in rows.values())
    case = read_case("nato-csto").case
    for theory in case.theories.values():
        for name, proposition in theory.propositions.items():
            assert rows[name]["state"] == proposition_state(proposition)


# --- passages and coverage ---------------------------------------------------------------------------


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 220), st.integers(1, 60)), max_size=8))
def test_covered_and_idle_make_the_whole(text: str, given_spans: list[tuple[int, int]]):
    spans = [(start, start + length) for start, length in given_spans]
    found = measure_coverage(text, spans)
    inside = {i for a, b in spans for i in range(a, b)}
    assert found.covered == sum(not c.isspace() for i, c in enumerate(text) if i in inside)
    idle = {i for a, b in found.uncovered_spans for i in range(a, b)}
    assert not idle & inside
    assert found.covered + sum(not text[i].isspace() for i in idle) == found.characters
    assert all(a < b for a, b in merge_spans(spans))


def own_copy(leagues: Path) -> tuple[Path, str]:
    """A text of the chronicle in a folder, with its hash in the case."""
    folder = leagues.parent / "mine"
    folder.mkdir()
    text = "The chronicle <b>begins</b>. 😀 " * 300
    (folder / "any-name.txt").write_text(text, encoding="utf-8")
    digest = hashlib.sha256((folder / "any-name.txt").read_bytes()).hexdigest()
    ours = hashlib.sha256((leagues.parent / "chronicle.txt").read_bytes()).hexdigest()
    edit(leagues, ("characters: 5242\n", f"characters: {len(text)}\n"), (ours, digest))
    return folder, text


def test_passages_come_from_the_users_own_copy(leagues: Path):
    from detente.report.html import render_html

    folder, text = own_copy(leagues)
    assessment = assess(read_case(str(leagues)))
    texts = find_document_texts(assessment.loaded.case, folder, None)
    assert texts == {"chronicle": text}
    assert explain(assessment, "first-offer", texts).passages == (" ".join(text[1578:1712].split()),)
    assert "<blockquote>" in render_html(assessment, texts)
    assert "&lt;b&gt;begins&lt;/b&gt;" in render_html(assessment, texts)
    assert "<blockquote>" not in render_html(assessment)
    (folder / "any-name.txt").write_text(text + "x", encoding="utf-8")
    assert find_document_texts(assessment.loaded.case, folder, None) == {}


def test_a_document_may_say_where_its_copy_lies(leagues: Path):
    folder, text = own_copy(leagues)
    shutil.move(folder / "any-name.txt", leagues.parent / "chronicle.txt")
    loaded = read_case(str(leagues))
    assert find_document_texts(loaded.case, None, loaded.folder) == {"chronicle": text}


def test_coverage_on_the_command_line(leagues: Path):
    folder, _ = own_copy(leagues)
    answer = detente("coverage", leagues, "--documents", folder)
    assert answer.returncode == 0, answer.stderr
    assert "characters used" in answer.stdout
    assert "unused passages of 120 characters or more" in answer.stdout
    (leagues.parent / "chronicle.txt").unlink()
    assert detente("coverage", leagues).returncode == 2
    assert detente("coverage", leagues, "--documents", folder / "nothing").returncode == 2


def test_the_first_case_covers_two_thirds_of_its_documents(shared: Path):
    answer = detente("coverage", "nato-csto", "--documents", shared / "sources")
    assert "ffi: 69" in answer.stdout
    assert "memo: 8" in answer.stdout
