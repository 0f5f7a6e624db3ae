"""Codebooks of QDA programs: the theories of a case go out and come back, and those of others come in as they are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.case.schema.coding import Theory, TheoryCodebook
from detente.errors import CaseError, DetenteError
from detente.exchange.dispatch import export_file, import_file
from detente.exchange.projects.codebook import codes_of_case, definition_text, parse_codebook, theories_from_codebook
from detente.exchange.projects.refi_mapping import project_from_case
from detente.exchange.refi.codebook_file import CodebookCode, codebook_xml, read_codebook
from detente.exchange.refi.qdpx import make_guid
from tests.conftest import edit

pytest.importorskip("pyrefiqda")

Q = "{urn:QDA-XML:codebook:1.0}"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def leagues_case(**changes: Any) -> Case:
    return read_case("two-leagues").case.model_copy(update=changes)


def exported(case: Case, file: Path) -> list[str]:
    return export_file(case, "codebook", file, {})


def test_a_codebook_goes_out_in_the_structure_of_the_standard(tmp_path: Path):
    """Structure from memory of the standard's Codebook.xsd and from pyrefiqda's models of it."""
    from pyrefiqda import RefiCodebook

    case = leagues_case()
    assert exported(case, tmp_path / "c.qdc") == ["The propositions of 'realism' and 'liberalism' are left out."]
    root = ET.parse(tmp_path / "c.qdc").getroot()
    assert (root.tag, root.get("origin"), [child.tag for child in root]) == (f"{Q}CodeBook", "Detente", [f"{Q}Codes"])
    codes = list(root.iter(f"{Q}Code"))
    for code in codes:
        assert set(code.keys()) == {"guid", "name", "isCodable"}
        assert GUID.fullmatch(code.get("guid") or "")
        tags = [child.tag for child in code]
        assert tags == sorted(tags, key=[f"{Q}Description", f"{Q}Code"].index)
        assert tags.count(f"{Q}Description") <= 1
    assert len({code.get("guid") for code in codes}) == len(codes)
    motives, realism, _ = root[0]
    assert (motives.get("name"), motives.get("isCodable")) == ("motives", "false")
    assert [code.get("name") for code in motives[1:]] == [part.title for part in case.motives.values()]
    below = [code.get("name") for code in realism[1:]]
    assert below[:3] == ["Balance of power", "strong for", "moderate for"]
    assert len(below) == 10
    # The GUIDs are those of a project of the same case, so that a program takes both for the same codes.
    assert realism.get("guid") == make_guid(case.title, "code", "realism")
    assert realism[2].get("guid") == make_guid(case.title, "code", "realism", "strong for")
    model = RefiCodebook.load(tmp_path / "c.qdc")
    assert [code.name for code in model.codes.code] == ["motives", "Realism", "Liberalism"]
    assert model.codes.code[1].description.startswith("Cities have no master above them")


def test_it_comes_back_as_it_went_out(tmp_path: Path):
    case = leagues_case()
    exported(case, tmp_path / "c.qdc")
    sections, notes = theories_from_codebook(
        read_codebook(tmp_path / "c.qdc"), leagues_case(theories={}, hypotheses={})
    )
    back = {id: Theory.model_validate(part) for id, part in sections["theories"].items()}
    assert notes == []
    assert list(back) == ["realism", "liberalism"]
    for id, theory in back.items():
        was = case.theories[id]
        assert (theory.name, theory.codebook) == (was.name, was.codebook)
        assert {key: (b.name, b.says) for key, b in theory.branches.items()} == {
            key: (b.name, b.says) for key, b in was.branches.items()
        }
    # Where they are known there is nothing new, and that is said of each.
    with pytest.raises(CaseError) as caught:
        import_file(case, tmp_path / "c.qdc", tmp_path / "x.yaml", None, {})
    said = [problem.message for problem in caught.value.problems]
    assert "'Realism' is the theory 'realism' of the case." in said
    assert [problem.severity for problem in caught.value.problems].count("error") == 1
    assert not (tmp_path / "x.yaml").exists()


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), min_size=1, max_size=20)
LINES = WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: bool(text) and text[0] not in "-*•")


@given(LINES, st.lists(LINES, max_size=3), st.lists(LINES, max_size=3), LINES | st.none())
def test_any_definition_comes_back(definition: str, include: list[str], exclude: list[str], example: str | None):
    book = TheoryCodebook(definition=definition, include=include, exclude=exclude, example=example)
    assert TheoryCodebook(**parse_codebook(definition_text(Theory(name="x", codebook=book)))) == book


OTHERS = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="urn:QDA-XML:codebook:0:4 Codebook.xsd" origin="Some program 23.4" xmlns="urn:QDA-XML:codebook:1:0">
<Codes>
 <Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Schools" isCodable="false">
  <Code guid="{A1}" name="Constructivism" color="#46AA00FF" isCodable="true">
   <Description>What they take each other for.\r
\r
Include:\r
- talk of who we are,
  or were
* duty
Exclude:
- profit</Description>
   <Code name="Norms"><Description>Rules &lt;that&gt; bind.</Description><Code guid="z" name="Strong  FOR"/>
    <Code name="Oaths" isCodable="1"/><Code name="heads" isCodable="0"/></Code>
   <Code name="norms" color="rgb(1,2,3)"/>
  </Code>
  <Code name=" realism "><Description>Power, says our handbook.</Description><Code name="Hegemony"/></Code>
 </Code>
 <Code guid="x" name="Справедливость" isCodable="true"/>
 <Code name="Date" isCodable="TRUE"><Description> </Description></Code>
 <Code name="motives"><Code name="Free  HANDS"/><Code name="Glory"/></Code>
 <Code name="weak against"/>
 <Code name="constructivism"/>
 <Code name="empty" isCodable="false"/>
</Codes>
<Sets><Set name="group 1" guid="1"><Description>d</Description><MemberCode guid="x"/></Set></Sets></CodeBook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_codebooks_of_other_programs_come_in_and_what_does_not_is_named(tmp_path: Path, leagues: Path, encoding: str):
    (tmp_path / "o.qdc").write_bytes(OTHERS.replace('"utf-8"', f'"{encoding.removesuffix("-sig")}"').encode(encoding))
    notes = import_file(read_case(str(leagues)).case, tmp_path / "o.qdc", tmp_path / "x.yaml", None, {})
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, x.yaml]"))
    case = read_case(str(leagues)).case
    new = {id: part for id, part in case.theories.items() if id not in ("realism", "liberalism")}
    assert [part.name for part in new.values()] == ["Constructivism", "Справедливость", "Date"]
    book = new["constructivism"].codebook
    assert book
    assert (book.definition, book.include) == (
        "What they take each other for.",
        ["talk of who we are, or were", "duty"],
    )
    assert book.exclude == ["profit"]
    branches = new["constructivism"].branches
    assert [(b.name, b.says) for b in branches.values()] == [("Norms", "Rules <that> bind."), ("Norms > Oaths", None)]
    told = "\n".join(notes)
    for said in (
        "'Schools' is a head and no code",
        "'Constructivism > Norms > heads' is a head and no code: left out",
        "'Constructivism > norms' is called like another: left out",
        "'realism' is the theory 'realism' of the case; the file defines it otherwise",
        "Put under theories.realism.branches what the file has besides: 'Hegemony'",
        "'Справедливость' becomes a theory without a codebook",
        "'Date' becomes a theory without a codebook",
        "they are: 'Glory'; declare them under motives:",
        "'weak against' says how strongly, but not for which theory",
        "Two codes are called 'constructivism'",
        "'empty' is a head and no code: what stands below it is taken for theories; it has none and is left out",
        "Left out: the colours of codes and sets of codes ('group 1')",
    ):
        assert said in told, said
    assert "HANDS" not in told


BAD = {
    "<CodeBook><Codes><Code isCodable='true'/>\n<Code name=' '/></Codes></CodeBook>": ["1:18", "2:1"],
    "<CodeBook><Codes/></CodeBook>": ["1:1: holds no codes"],
    '<Project xmlns="urn:QDA-XML:project:1.0"/>': ["1:1: is no REFI-QDA codebook: it begins with 'Project'"],
    '<CodeBook xmlns="urn:another"><Codes/></CodeBook>': ["1:1: is no REFI-QDA codebook"],
    "<CodeBook><Codes><Code name='x'></Codes>": ["1:35: is broken XML"],
    "": ["1:1: is broken XML"],
    '<!DOCTYPE l [<!ENTITY a "ha">]><CodeBook/>': ["has a document type"],
    "<CodeBook><Codes>" + "<Code name='x'>" * 120: ["nested more than 100"],
}


@pytest.mark.parametrize(("content", "said"), BAD.items())
def test_bad_codebooks_are_refused_with_every_place(tmp_path: Path, content: str, said: list[str]):
    (tmp_path / "b.qdc").write_text(content, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_codebook(tmp_path / "b.qdc")
    lines = str(caught.value).splitlines()
    assert len(lines) == len(said)
    for line, words in zip(lines, said, strict=True):
        assert f"b.qdc:{words}" in line or words in line


def test_there_are_limits_and_a_pipe_does_not_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import os

    os.mkfifo(tmp_path / "p.qdc")
    (tmp_path / "b.qdc").write_text("<CodeBook><Codes>" + "<Code name='x'/>" * 20, encoding="utf-8")
    monkeypatch.setattr("detente.exchange.refi.codebook_file.MAX_CODES", 10)
    for name, words in (("b.qdc", "more than 10 codes"), ("p.qdc", "is a pipe"), ("none.qdc", "No such file")):
        with pytest.raises(CaseError, match=words):
            read_codebook(tmp_path / name)
    monkeypatch.setattr("detente.exchange.refi.codebook_file.MAX_MEMBER_BYTES", 100)
    with pytest.raises(CaseError, match="too large"):
        read_codebook(tmp_path / "b.qdc")


def test_hostile_names_go_out_and_come_in_clean(tmp_path: Path, leagues: Path):
    name = "=cmd|'/C calc'!A0 \x1b[2J \u202e ../../x <b> " + "y" * 3000
    case = leagues_case()
    theory = case.theories["realism"].model_copy(update={"name": name, "codebook": None, "says": f"{name}\x00\n@x"})
    twin = case.theories["liberalism"].model_copy(update={"name": name.upper().lower()})
    case = case.model_copy(update={"theories": {"realism": theory, "liberalism": twin}})
    assert any("how to recognise 'realism'" in note for note in exported(case, tmp_path / "c.qdc"))
    content = (tmp_path / "c.qdc").read_text(encoding="utf-8")
    assert all(c.isprintable() or c == "\n" for c in content)
    # Two that are called alike go out by their ids.
    assert {code.name for code in read_codebook(tmp_path / "c.qdc").codes} == {"motives", "realism", "liberalism"}
    hostile = f"<CodeBook><Codes><Code name={quoteattr('= ' + name.replace(chr(27), ''))}/></Codes></CodeBook>"
    (tmp_path / "h.qdc").write_text(hostile, encoding="utf-8")
    import_file(read_case(str(leagues)).case, tmp_path / "h.qdc", tmp_path / "x.yaml", None, {})
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, x.yaml]"))
    new = list(read_case(str(leagues)).case.theories.values())[-1]
    assert new.name.startswith("= =cmd")
    assert (
        "\u202e"
        not in yaml.safe_load((tmp_path / "x.yaml").read_text(encoding="utf-8"))["theories"].popitem()[1]["name"]
    )


def test_a_case_without_theories_has_no_codebook_and_a_file_is_not_overwritten(tmp_path: Path):
    with pytest.raises(DetenteError, match="no theories"):
        codes_of_case(leagues_case(theories={}))
    (tmp_path / "c.qdc").write_text("mine", encoding="utf-8")
    with pytest.raises(DetenteError, match="exists already"):
        exported(leagues_case(), tmp_path / "c.qdc")
    assert (tmp_path / "c.qdc").read_text(encoding="utf-8") == "mine"
    with pytest.raises(DetenteError, match=r"should end in \.qdc"):
        exported(leagues_case(), tmp_path / "c.xml")


def test_codes_of_a_codebook_mean_in_a_project_what_they_mean_in_the_case(tmp_path: Path):
    """Somebody who codes with the codebook uses its names; they are read as the case's own."""
    from detente.exchange.projects.code_names import CodeNames

    case = leagues_case()
    names = CodeNames(case)
    theirs, _ = project_from_case(case, {"chronicle": "x" * 5242})
    by_id = {make_guid(case.title, "code", *path): names.meaning_of_path(path) for path in theirs.codes}
    exported(case, tmp_path / "c.qdc")
    book = read_codebook(tmp_path / "c.qdc")

    def walk(codes: list[CodebookCode], above: tuple[str, ...]) -> list[tuple[str, ...]]:
        return [path for code in codes for path in [(*above, code.name), *walk(code.codes, (*above, code.name))]]

    root = ET.parse(tmp_path / "c.qdc").getroot()
    ids = [code.get("guid") for code in root.iter(f"{Q}Code")]
    meanings = dict(zip(ids, map(names.meaning_of_path, walk(book.codes, ())), strict=True))
    assert [path for path, meaning in zip(walk(book.codes, ()), meanings.values(), strict=True) if not meaning] == [
        ("motives",)
    ]
    shared = [id for id in by_id if id in meanings]
    assert len(shared) > 15
    assert {id: by_id[id] for id in shared} == {id: meanings[id] for id in shared}


def test_the_same_codes_are_the_same_bytes():
    codes, _ = codes_of_case(leagues_case())
    assert codebook_xml("t", codes) == codebook_xml("t", codes)
    assert codebook_xml("t", codes) != codebook_xml("u", codes)
