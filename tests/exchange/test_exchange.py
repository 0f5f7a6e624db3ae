"""A case and the files of other programs: what goes out comes back, and nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from detente import CaseError, read_case
from detente.case.index.source_texts import find_document_texts
from detente.exchange.dispatch import export_file, import_file
from detente.exchange.projects.project_import import sections_from_project
from detente.exchange.projects.refi_mapping import project_from_case
from detente.exchange.refi.qdpx import read_project, write_project
from tests.command import detente
from tests.conftest import edit


def texts_of(name: str) -> dict[str, str]:
    loaded = read_case(name)
    return find_document_texts(loaded.case, None, loaded.folder)


def test_a_case_goes_into_a_project_and_comes_back(tmp_path: Path):
    pytest.importorskip("pyrefiqda")
    case, texts = read_case("two-leagues").case, texts_of("two-leagues")
    project, notes = project_from_case(case, texts)
    assert len(notes) == 2  # codings of motives, and dates that are no single day
    write_project(tmp_path / "p.qdpx", project)
    again = read_project(tmp_path / "p.qdpx")
    assert again.texts == texts
    nothing, left = sections_from_project(again, case, texts)
    assert (nothing, left) == ({}, [])
    # Into the same case without its passages and their codings everything comes back.
    bare = case.model_copy(
        update={"passages": {}, "codings": [c for c in case.codings if c.unit in case.motives], "coders": {}}
    )
    sections, left = sections_from_project(again, bare, texts)
    assert left == []

    def units(codings: list[dict[str, object]], passages: dict[str, object]) -> set[tuple[object, ...]]:
        return {(str(passages[str(c["unit"])]), c["theory"], c.get("direction"), c.get("strength")) for c in codings}

    theirs = sections["passages"]
    ours = {
        id: {"motive": p.motive, "says": p.says, "at": {"document": "chronicle", "span": list(p.at[0].span or ())}}
        for id, p in case.passages.items()
    }
    assert theirs == ours
    coded = [c.model_dump(exclude_none=True) for c in case.codings if c.unit in case.passages]
    assert units(sections["codings"], theirs) == units(coded, dict(ours))
    assert len(sections["codings"]) == len(coded)
    assert set(sections["coders"]) == {"author", "second"}


def test_what_comes_in_from_a_project_is_a_part_of_a_case(tmp_path: Path, leagues: Path):
    """Another program's project: its own coder, a theory as a code of its own, a new passage, an unknown code."""
    pytest.importorskip("pyrefiqda")
    from detente.exchange.refi.qdpx import CodedSelection, RefiProject

    text = texts_of("two-leagues")["chronicle"]
    start = text.index("Wool comes down it")
    new = CodedSelection("My copy", start, start + 45, ("Themes", "Liberalism"), "Jo Field")
    about = CodedSelection("My copy", start, start + 45, ("Themes", "Safe trade"), "Jo Field")
    old = CodedSelection("My copy", 2343, 2497, ("Theory", "Realism", "weak for"), "Jo Field", "note of hers")
    odd = CodedSelection("My copy", 0, 20, ("Weather",), "Jo Field")
    write_project(
        tmp_path / "theirs.qdpx",
        RefiProject(
            "Theirs",
            {"My copy": text},
            ("Jo Field",),
            {s.code_path: "" for s in (new, about, old, odd)},
            (new, about, old, odd),
        ),
    )
    loaded = read_case(str(leagues))
    texts = find_document_texts(loaded.case, None, loaded.folder)
    notes = import_file(loaded.case, tmp_path / "theirs.qdpx", leagues.parent / "jo.yaml", None, texts)
    assert any("'Weather'" in note for note in notes)
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, jo.yaml]"))
    case = read_case(str(leagues)).case
    assert case.coders["jo-field"].name == "Jo Field"
    hers = [c for c in case.codings if c.coder == "jo-field"]
    assert {(c.unit in case.passages, c.theory, c.direction, c.strength) for c in hers} == {
        (True, "liberalism", "for", None),
        (True, "realism", "for", "weak"),
    }
    assert {c.unit for c in hers if c.theory == "realism"} == {"p-control-1"}
    added = next(c.unit for c in hers if c.theory == "liberalism")
    assert case.passages[added].motive == "river-trade"
    assert case.passages[added].at[0].span == (start, start + 45)


def test_the_first_case_as_a_project(tmp_path: Path, shared: Path):
    pytest.importorskip("pyrefiqda")
    out = tmp_path / "nato.qdpx"
    answer = detente("export", "nato-csto", "project", out, "--documents", shared / "sources")
    assert answer.returncode == 0, answer.stderr
    project = read_project(out)
    coder_a = [s for s in project.selections if s.coder == "coder-a"]
    assert len(coder_a) == 45
    again = detente(
        *("import", out, "--case", "nato-csto", "--out", tmp_path / "x.yaml", "--documents", shared / "sources")
    )
    assert again.returncode == 2
    assert "nothing that the case does not have yet" in again.stderr


def test_a_project_needs_the_texts(tmp_path: Path):
    answer = detente("export", "nato-csto", "project", tmp_path / "x.qdpx")
    assert answer.returncode == 2
    assert "--documents" in answer.stderr


def test_sources_go_out_and_come_back(tmp_path: Path):
    pytest.importorskip("bibtexparser")
    case = read_case("nato-csto").case
    for suffix in ("json", "bib"):
        file = tmp_path / f"refs.{suffix}"
        assert export_file(case, "sources", file, {}) == []
        bare = read_case("two-leagues").case
        import_file(bare, file, tmp_path / f"{suffix}.yaml", None, {})
        sources = yaml.safe_load((tmp_path / f"{suffix}.yaml").read_text(encoding="utf-8"))["sources"]
        assert set(sources) == set(case.documents) | set(case.sources)
        assert sources["memo-fn4"]["cite"]["author"] == [{"family": "Bogdanov", "given": "Vladimir"}]
        assert sources["memo-fn4"]["url"] == case.sources["memo-fn4"].url
    items = json.loads((tmp_path / "refs.json").read_text(encoding="utf-8"))
    assert {item["id"] for item in items} == set(case.documents) | set(case.sources)


def test_mistakes_in_a_matrix_are_located(tmp_path: Path):
    file = tmp_path / "m.csv"
    file.write_text(
        "Evidence,credibility,Realism alone,A new one\nE1,2,+,−\n,1,+,+\nE2,1,maybe,N/A\n", encoding="utf-8"
    )
    case = read_case("two-leagues").case
    with pytest.raises(CaseError) as caught:
        import_file(case, file, tmp_path / "x.yaml", "why-hill-declines", {})
    found = [str(problem) for problem in caught.value.problems]
    assert [f.split(": ")[0].rsplit("/", 1)[-1] for f in found] == ["m.csv:2:4", "m.csv:3:1", "m.csv:4:6"]
    assert not (tmp_path / "x.yaml").exists()
    file.write_text("Evidence,Realism alone,A new one\nE1,CC,II\n", encoding="utf-8")
    import_file(case, file, tmp_path / "x.yaml", "why-hill-declines", {})
    sections = yaml.safe_load((tmp_path / "x.yaml").read_text(encoding="utf-8"))
    assert sections["hypotheses"] == {"a-new-one": {"name": "A new one"}}
    assert sections["clues"]["e1"]["consistency"] == {"power-alone": 2, "a-new-one": -2}


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "two-leagues", "codings", "there.csv"),
        ("export", "two-leagues", "codings", "x.txt"),
        ("export", "two-leagues", "sources", "x.csv"),
        ("export", "two-leagues", "nothing", "x.csv"),
        ("export", "two-leagues", "codings", "no/such/../../there.csv"),
        ("export", "nato-cstp", "codings", "x.csv"),
        ("import", "nothing.bib", "--case", "two-leagues", "--out", "x.yaml"),
        ("import", "there.csv", "--case", "two-leagues", "--out", "x.yaml"),
        ("import", "there.csv", "--case", "two-leagues", "--out", "x.yaml", "--table", "why-hill-decline"),
        ("import", "there.txt", "--case", "two-leagues", "--out", "x.yaml"),
        ("import", "there.json", "--case", "two-leagues", "--out", "x.yaml"),
        ("import", "there.qdpx", "--case", "two-leagues", "--out", "x.yaml"),
        ("coding-sheet", "two-leagues", "--units", "sentences"),
        ("coding-sheet", "two-leagues", "--out", "there.csv"),
    ],
)
def test_bad_calls(tmp_path: Path, arguments: tuple[str, ...]):
    for suffix in ("csv", "txt", "json", "qdpx"):
        (tmp_path / f"there.{suffix}").write_text("x", encoding="utf-8")
    answer = detente(*arguments, cwd=tmp_path)
    assert answer.returncode == 2
    assert answer.stderr
    assert "Traceback" not in answer.stderr
    assert "fault of ours" not in answer.stderr
    assert not (tmp_path / "x.yaml").exists()
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "x"
