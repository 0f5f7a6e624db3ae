from __future__ import annotations

import json
import stat
import subprocess
import sys
import time
import tracemalloc
import zipfile
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detente.errors import CaseError, DetenteError, OutputError
from detente.exchange.refi.plain_text import (
    NamedSelection,
    PositionCounting,
    collapse_spaces,
    likeliest_counting,
    normalise_text,
    position_converter,
)
from detente.exchange.refi.qdpx import CodedSelection, RefiProject, make_guid, read_project, write_project
from detente.text.safe_text import clean_text

pytest.importorskip("pyrefiqda")

SHARED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMESPACE = "urn:QDA-XML:project:1.0"
A = "aaaaaaaa-0000-4000-8000-00000000000"

# Reads a project without anything of ours or of pyrefiqda: what each selection's positions quote.
INDEPENDENT = """
import json, sys, zipfile, xml.etree.ElementTree as ET
q = "{urn:QDA-XML:project:1.0}"
file = zipfile.ZipFile(sys.argv[1])
root = ET.fromstring(file.read("project.qde"))
codes = {code.get("guid"): code.get("name") for code in root.iter(q + "Code")}
users = {user.get("guid"): user.get("name") for user in root.iter(q + "User")}
found = []
for source in root.iter(q + "TextSource"):
    text = file.read("sources/" + source.get("plainTextPath").removeprefix("internal://")).decode("utf-8")
    for selection in source.iter(q + "PlainTextSelection"):
        quote = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
        for coding in selection.iter(q + "Coding"):
            code = codes[coding.find(q + "CodeRef").get("targetGUID")]
            found.append([source.get("name"), quote, code, users[coding.get("creatingUser")]])
print(json.dumps(found))
"""


def project() -> RefiProject:
    texts = {
        "Memo": "The chairman 🕊️ offered talks.\nНАТО did not reply.\n",
        "Minutes": "e\u0301tude\tand 𝔸 end",
        "Empty": "",
    }
    selections = (
        CodedSelection(
            "Memo", 4, 12, ("Realism", "strong for"), "Ada", "a <note> & more\nof it", "2007-06-01", A + "1"
        ),
        CodedSelection("Memo", 13, 29, ("Realism",), "Bo", date="2007-06-01T12:30:00Z", id=A + "2"),
        CodedSelection("Memo", 0, len(texts["Memo"]), ("Other",), "Ada", id=A + "3"),
        CodedSelection("Minutes", 0, 12, ("Other",), "Ada", id=A + "4"),
    )
    codes = {("Realism",): "power", ("Realism", "strong for"): "", ("Other",): "x < y", ("Unused",): ""}
    return RefiProject("Talks", texts, ("Ada", "Bo", "Cy"), codes, selections)


def quotes(project: RefiProject) -> list[str]:
    return [project.texts[s.document][s.start : s.end] for s in project.selections]


def test_a_round_trip_changes_nothing(tmp_path: Path):
    write_project(tmp_path / "p.qdpx", project())
    assert read_project(tmp_path / "p.qdpx") == project()


def test_the_same_project_is_the_same_bytes(tmp_path: Path):
    write_project(tmp_path / "a.qdpx", project())
    time.sleep(0.01)
    write_project(tmp_path / "b.qdpx", project())
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.qdpx", "b.qdpx"]
    assert all(m.compress_type == zipfile.ZIP_DEFLATED for m in zipfile.ZipFile(tmp_path / "a.qdpx").infolist())


def test_an_independent_reader_quotes_the_same(tmp_path: Path):
    write_project(tmp_path / "p.qdpx", project())
    answer = subprocess.run(
        [sys.executable, "-I", "-c", INDEPENDENT, tmp_path / "p.qdpx"], capture_output=True, check=True
    )
    expected = [
        [s.document, quote, s.code_path[-1], s.coder]
        for s, quote in zip(project().selections, quotes(project()), strict=True)
    ]
    assert json.loads(answer.stdout) == expected
    assert expected[0][1] == "chairman"
    assert expected[1][1].startswith("🕊️ offered")
    assert expected[3][1].endswith("and 𝔸")


def test_what_is_written_fits_the_schema_of_pyrefiqda(tmp_path: Path):
    from pyrefiqda import RefiProject

    write_project(tmp_path / "p.qdpx", project())
    model = RefiProject.load(tmp_path / "p.qdpx", extract_dir=str(tmp_path / "out"))
    text = RefiProject.resolve_source_path(model.sources.text_source[0].plain_text_path, tmp_path / "out")
    assert text.read_bytes().decode() == project().texts["Memo"]
    selection = model.sources.text_source[0].plain_text_selection[0]
    assert (selection.name, selection.coding[0].guid) == ("chairman", A + "1")


def test_ids_that_are_no_guids_become_ones_that_can_be_found_again(tmp_path: Path):
    first = replace(project().selections[0], id="cd-12")
    twice = (first, replace(first, id="cd-12", coder="Bo"), replace(first, id=""))
    write_project(tmp_path / "p.qdpx", replace(project(), selections=twice))
    ids = [selection.id for selection in read_project(tmp_path / "p.qdpx").selections]
    assert ids[0] == make_guid("Talks", "coding", "cd-12")
    assert len(set(ids)) == 3


def test_line_breaks_and_marks_are_normalised_and_positions_moved(tmp_path: Path):
    text = "\ufeffone\r\ntwo\rthree"
    selections = (
        CodedSelection("d", 6, 9, ("c",), "k"),
        CodedSelection("d", 0, 15, ("c",), "k"),
        CodedSelection("d", 5, 6, ("c",), "k"),
    )
    write_project(tmp_path / "p.qdpx", RefiProject("t", {"d": text}, (), {}, selections))
    back = read_project(tmp_path / "p.qdpx")
    assert back.texts == {"d": "one\ntwo\nthree"}
    assert quotes(back) == ["two", "one\ntwo\nthree"[:13], "\n"]
    assert (back.coders, back.codes, back.notes) == (("k",), {("c",): ""}, ())


NAMES = st.text(max_size=8).filter(lambda text: collapse_spaces(text) != "")
TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab .\n\r\t\ufeff\u0301😀𝔸\x00\x1c…"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
NOTES = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=12)
DATES = st.sampled_from(["", "2007-06-01", "2007-06-01T12:00:00Z", "1999-12-31T23:59:59.500+02:00"])


@st.composite
def projects(draw: st.DrawFn) -> RefiProject:
    texts = draw(st.dictionaries(NAMES.map(collapse_spaces), TEXTS, min_size=1, max_size=3))
    coders = draw(st.lists(NAMES.map(collapse_spaces), min_size=1, max_size=3, unique=True))
    paths = st.lists(NAMES.map(collapse_spaces), min_size=1, max_size=3).map(tuple)
    codes = draw(st.dictionaries(paths, NOTES, min_size=1, max_size=4))
    selections = []
    for name, text in texts.items():
        body = text.lstrip("\ufeff")
        for _ in range(draw(st.integers(0, 3)) if body else 0):
            start = draw(st.integers(len(text) - len(body), len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            code, coder = draw(st.sampled_from(sorted(codes))), draw(st.sampled_from(coders))
            selections.append(
                CodedSelection(name, start, end, code, coder, draw(NOTES), draw(DATES), str(draw(st.uuids())))
            )
    return RefiProject(draw(NAMES.map(collapse_spaces)), texts, tuple(coders), codes, tuple(selections))


@SHARED
@given(projects())
@example(
    RefiProject(
        "t",
        {"d": "😀" + "a" * 60 + "😀b"},
        ("k",),
        {("c",): ""},
        (CodedSelection("d", 1, 63, ("c",), "k", id=A + "1"),),
    )
)
@example(RefiProject("t", {"d": "😀 \n"}, ("k",), {("c",): ""}, (CodedSelection("d", 1, 3, ("c",), "k", id=A + "1"),)))
@example(
    RefiProject("t", {"d": "x"}, ("k",), {("c",) * 90: ""}, (CodedSelection("d", 0, 1, ("c",) * 90, "k", id=A + "1"),))
)
@example(
    RefiProject("t", {"d": "a\r\n\r\nb"}, ("k",), {("c",): ""}, (CodedSelection("d", 2, 3, ("c",), "k", id=A + "1"),))
)
def test_any_project_comes_back_with_its_lines_normalised(tmp_path: Path, given_project: RefiProject):
    write_project(tmp_path / "p.qdpx", given_project)
    back = read_project(tmp_path / "p.qdpx")
    assert back.texts == {name: normalise_text(clean_text(text)).text for name, text in given_project.texts.items()}
    assert (back.title, back.coders, back.notes) == (given_project.title, given_project.coders, ())
    parents = {path[:n]: "" for path in given_project.codes for n in range(1, len(path))}
    assert back.codes == parents | {path: clean_text(text) for path, text in given_project.codes.items()}
    assert len(back.selections) == len(given_project.selections)
    for was, came, quote in zip(given_project.selections, back.selections, quotes(back), strict=True):
        assert replace(came, start=0, end=0) == replace(was, start=0, end=0, note=clean_text(was.note))
        bare = clean_text(given_project.texts[was.document][was.start : was.end])
        # Half of a CR LF is the whole of it.
        assert quote.strip("\n") == normalise_text(bare).text.strip("\n") or "\ufeff" in bare
    write_project(tmp_path / "again.qdpx", back)
    assert read_project(tmp_path / "again.qdpx") == back


def test_names_and_texts_are_cleaned_of_what_no_text_is_made_of(tmp_path: Path):
    selection = CodedSelection("d\x00\n e", 0, 3, ("c\x01",), "k\ud800", "n\x02\r\n", id="\ud800")
    write_project(tmp_path / "p.qdpx", RefiProject("t\x00", {"d\x00\n e": "a\x00b"}, (), {}, (selection,)))
    back = read_project(tmp_path / "p.qdpx")
    assert (back.title, back.texts, back.coders) == ("t\ufffd", {"d\ufffd e": "a\ufffdb"}, ("k\ufffd",))
    assert (back.selections[0].code_path, back.selections[0].note) == (("c\ufffd",), "n\ufffd\r\n")


def test_a_project_that_does_not_hold_together_is_not_written(tmp_path: Path):
    selections = (
        CodedSelection("d", 0, 9, ("c",), "k", id="s1"),
        CodedSelection("e", 0, 1, ("c",), "k", id="s2"),
        CodedSelection("d", 1, 1, ("c",), "k", id="s3"),
        CodedSelection("d", 0, 1, (), "k", id="s4"),
        CodedSelection("d", 0, 1, ("c",), "", id="s5"),
        CodedSelection("d", 0, 1, ("c",), "k", date="in May", id="s6"),
    )
    codes: dict[tuple[str, ...], str] = {("c",) * 91: ""}
    texts = {"d": "abc", "a\x00": "", "a\x01": "", " ": "", "half": "\ud83d"}
    with pytest.raises(DetenteError) as caught:
        write_project(tmp_path / "p.qdpx", RefiProject("t", texts, (), codes, selections))
    lines = str(caught.value).splitlines()
    assert len(lines) == 10
    for said in ("s1", "s2", "s3", "s4", "s5", "s6", "2 documents would be called", "no name", "surrogate", "deep"):
        assert any(said in line for line in lines), said
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_nothing_is_lost(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "none" / "p.qdpx"):
        with pytest.raises(OutputError, match="cannot be written"):
            write_project(path, project())
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_without_pyrefiqda_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyrefiqda", None)
    for act in (lambda: read_project(tmp_path / "p"), lambda: write_project(tmp_path / "p", project())):
        with pytest.raises(DetenteError, match=r"pip install 'detente\[exchange\]'"):
            act()


# Files by hand, as other programs write them.


def selected(start: int, end: int, name: str = "", code: str = A + "c", more: str = "") -> str:
    return (
        f'<PlainTextSelection guid="{A}5" name={quoteattr(name)} startPosition="{start}" endPosition="{end}">{more}'
        f'<Coding guid="{A}6" creatingUser="{{{A.upper()}7}}"><CodeRef targetGUID="{code}"/></Coding>'
        "</PlainTextSelection>"
    )


def source(inside: str = "", path: str | None = "internal://t.txt", name: str = "T") -> str:
    at = f' plainTextPath="{path}"' if path else ""
    return f'<TextSource guid="{A}8" name="{name}" richTextPath="internal://t.docx"{at}>{inside}</TextSource>'


def xml(sources: str, more: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{NAMESPACE}" name="By hand">'
        f'<Users><User guid="{A}7" name="Ada"/></Users><CodeBook><Codes>'
        f'<Code guid="{A}b" name="Above" isCodable="false"><Code guid="{A}c" name="Code" isCodable="true"/></Code>'
        f"</Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>"
    )


def packed(path: Path, qde: str | bytes | None, members: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path / "x.qdpx", "w", zipfile.ZIP_DEFLATED) as file:
        if qde is not None:
            file.writestr("project.qde", qde)
        for name, content in (members or {}).items():
            file.writestr(name, content)
    return path / "x.qdpx"


RAW = "Minutes\r\n\r\n\r\nDove 🕊 flies.\r\nThe chairman offered talks 🤝 today.\r\nThen he left.\r\n"
QUOTE = "chairman offered talks 🤝 today"


def counted(raw: str, quote: str, count: PositionCounting) -> tuple[int, int]:
    """The positions of a quote as a program would give them that counts so; written apart from what is tested."""
    seen = raw.replace("\r\n", "\n") if count.line_break_length == 1 else raw
    seen = seen.replace("\n", "\r\n") if count.line_break_length == 2 and "\r" not in raw else seen
    seen = seen if count.counts_byte_order_mark else seen.lstrip("\ufeff")
    at = seen.index(quote)

    def units(text: str) -> int:
        return len(text.encode("utf-16-le")) // 2 if count.in_utf16_units else len(text)

    start = units(seen[:at])
    return start, start + units(quote) - count.end_is_inclusive


@pytest.mark.parametrize(
    "count", [PositionCounting(*each) for each in product((False, True), (0, 1), (False, True), (False, True))], ids=str
)
def test_each_way_of_counting_is_found_out(tmp_path: Path, count: PositionCounting):
    raw = "\ufeff" + RAW
    # A name that is cut short says nothing of the end.
    cut = () if count.end_is_inclusive else (QUOTE[:12] + "...",)
    for named in (QUOTE, "  chairman\u00a0 offered talks\n🤝 today ", *cut):
        check_count(tmp_path, raw, count, named)


def check_count(tmp_path: Path, raw: str, count: PositionCounting, named: str) -> None:
    inside = selected(*counted(raw, QUOTE, count), named) + selected(*counted(raw, "left", count), "left")
    back = read_project(packed(tmp_path, xml(source(inside)), {"Sources/t.txt": raw.encode()}))
    assert quotes(back) == [QUOTE, "left"]
    assert back.texts["T"] == RAW.replace("\r\n", "\n")
    assert (back.selections[0].code_path, back.selections[0].coder) == (("Above", "Code"), "Ada")
    assert bool(back.notes) == (count != PositionCounting()), back.notes
    for note in back.notes:
        assert str(count) in note
        assert "2 of 2" in note


@pytest.mark.parametrize(("breaks", "utf16"), [(0, False), (2, False), (2, True)])
def test_inline_text_is_counted_after_or_before_xml_took_the_carriage_returns(tmp_path: Path, breaks: int, utf16: bool):
    raw, count = RAW.replace("\r\n", "\n"), PositionCounting(utf16, breaks)
    inline = f"<PlainTextContent><![CDATA[{RAW}]]></PlainTextContent>"
    for content in (inline, f"<PlainTextContent>{escape(RAW)}</PlainTextContent>"):
        inside = content + selected(*counted(raw, QUOTE, count), QUOTE[:20] + "…")
        back = read_project(packed(tmp_path, xml(source(inside, None))))
        assert quotes(back) == [QUOTE]
        assert back.texts["T"] == raw


def test_carriage_returns_that_xml_kept_count_as_they_stand(tmp_path: Path):
    inside = f"<PlainTextContent>{escape(RAW, {chr(13): '&#13;'})}</PlainTextContent>"
    inside += selected(*counted(RAW, QUOTE, PositionCounting()), QUOTE)
    back = read_project(packed(tmp_path, xml(source(inside, None))))
    assert (quotes(back), back.notes) == ([QUOTE], ())


def test_without_names_the_standard_counts_and_says_so_where_it_matters(tmp_path: Path):
    inside = selected(*counted(RAW, QUOTE, PositionCounting()), "Segment 1")
    back = read_project(packed(tmp_path, xml(source(inside)), {"sources/t.txt": RAW.encode()}))
    assert quotes(back) == [QUOTE]
    assert "Nothing shows" in back.notes[0]


@given(TEXTS, st.data())
def test_positions_fall_where_they_came_from(raw: str, data: st.DataObject):
    body = raw.lstrip("\ufeff")
    if not body:
        return
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    text = normalise_text(raw)
    place = position_converter(text, PositionCounting())(start, end)
    assert place is not None
    assert text.text[slice(*place)].strip("\n") == normalise_text("x" + body[start:end]).text[1:].strip("\n")
    assert likeliest_counting(text, [NamedSelection(text.text[slice(*place)], start, end)])[0] == PositionCounting()


@pytest.mark.parametrize(
    ("encoded", "fine"),
    [
        (RAW.encode("utf-8-sig"), True),
        (RAW.encode("utf-16"), True),
        (b"\xfe\xff" + RAW.encode("utf-16-be"), True),
        (b"caf\xe9", False),
        (b"\xff\xfea", False),
    ],
)
def test_encodings(tmp_path: Path, encoded: bytes, fine: bool):
    path = packed(
        tmp_path, xml(source(selected(*counted(RAW, QUOTE, PositionCounting()), QUOTE))), {"sources/t.txt": encoded}
    )
    if fine:
        assert quotes(read_project(path)) == [QUOTE]
    else:
        with pytest.raises(CaseError, match="not UTF-8"):
            read_project(path)


def test_what_is_left_out_is_told(tmp_path: Path):
    coding = f'<Coding guid="{A}9"><CodeRef targetGUID="{A}c"/></Coding>'
    inside = (
        selected(11, 15, "Dove", more="<Description>memo</Description>")
        + selected(4, 4000)
        + selected(3, 3)
        + selected(-1, 3)
        + selected(0, 4, code=A + "e")
        + f'<PlainTextSelection guid="{A}d" startPosition="0" endPosition="4"/>'
        + f'<PlainTextSelection guid="{A}e" startPosition="0" endPosition="4">{coding}'
        + f'<NoteRef targetGUID="{A}f"/></PlainTextSelection>'
        + coding
    )
    sources = (
        source(inside)
        + source("", "relative://x/y.txt", "Outside")
        + source("", "absolute:///y.txt", "Elsewhere")
        + source("", None, "Rich only")
        + source("", name="T")
        + f'<PictureSource guid="{A}1" name="A map" path="internal://m.png"/>'
        + f'<PDFSource guid="{A}2" name="A scan"/>'
        + f'<PDFSource guid="{A}3" name="A paper"><Representation guid="{A}8" plainTextPath="internal://t.txt">'
        + selected(11, 15, "Dove")
        + "</Representation></PDFSource>"
        + f'<VideoSource guid="{A}4" name="A speech"/>'
    )
    more = (
        f'<Notes><Note guid="{A}f"><PlainTextContent>a remark</PlainTextContent></Note></Notes>'
        f'<Sets><Set guid="{A}0" name="s"/></Sets>'
    )
    back = read_project(packed(tmp_path, xml(sources, more), {"sources/t.txt": RAW.encode(), "sources/m.png": b"x"}))
    assert [(s.document, s.note, s.coder) for s in back.selections] == [
        ("T", "memo", "Ada"),
        ("T", "a remark", "unknown"),
        ("A paper", "", "Ada"),
    ]
    assert set(back.texts) == {"T", "T (2)", "A paper"}
    told = "\n".join(back.notes)
    for said in (
        "three codings lie outside its text",
        "one coding refers to no code",
        "one selection carries no code",
        "one coding codes the document as a whole",
        "'Outside' is not in the file but at 'relative://x/y.txt'",
        "'Elsewhere' is not in the file",
        "'Rich only' has no plain text",
        "Another document is called 'T'",
        "'A map' is a picture",
        "'A scan' is a PDF",
        "Of the PDF 'A paper' the text is read",
        "'A speech' is a recording",
        "sets",
    ):
        assert said in told, said


# Files that mean harm, or are broken.


def refused(path: Path) -> str:
    """What is said of a project that is refused: nothing of it is unpacked, on the disk or in memory."""
    before = sorted(path.parent.rglob("*"))
    tracemalloc.start()
    with pytest.raises(CaseError) as caught:
        read_project(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200e6
    assert sorted(path.parent.rglob("*")) == before
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    ["../../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\b", "..", "x" * 256],
)
def test_a_hostile_name_is_refused_by_name(tmp_path: Path, name: str):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    said = refused(packed(inner, xml(""), {name: b"x", "other/../../y": b""}))
    assert len(said.splitlines()) == 2
    assert name[:70] in said
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_links_nuls_duplicates_and_locks_are_refused(tmp_path: Path):
    path = tmp_path / "x.qdpx"
    link = zipfile.ZipInfo("sources/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.qde", xml(""))
        file.writestr(link, "/etc/passwd")
        file.writestr("sources/A.txt", "")
        file.writestr("sources/a.TXT", "")
        file.writestr("sources/n_l.txt", "")
        file.writestr("sources/lzma", "x", zipfile.ZIP_LZMA)
    path.write_bytes(path.read_bytes().replace(b"n_l.txt", b"n\0l.txt"))
    said = refused(path)
    for words in ("'sources/link' is a link", "stands twice", "n\\x00l.txt' has a name with a NUL", "packed in a way"):
        assert words in said, words
    content = bytearray(packed(tmp_path, xml("")).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "encrypted" in refused(path)


def test_bombs_are_refused_at_once(tmp_path: Path):
    assert "200 times" in refused(packed(tmp_path, xml(source()), {"sources/t.txt": bytes(200 * 2**20)}))
    assert "200 times" in refused(packed(tmp_path, xml("").replace("By hand", " " * 2**21)))
    many = {f"m{i}": b"" for i in range(10_001)}
    assert "10002 members" in refused(packed(tmp_path, xml(""), many))


def test_a_size_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("detente.exchange.refi.archive.MAX_MEMBER_BYTES", 1000)
    path = packed(tmp_path, xml("")[:-10] + " " * 2000)
    assert "too large" in refused(path)
    path = packed(tmp_path, xml(source()), {"sources/t.txt": b"abc" * 30})
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (20).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(CaseError, match="cannot be unpacked"):
        read_project(path)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("qde", "words"),
    [
        (LAUGHS + "<Project/>", "1:13: 'project.qde' has a document type"),
        ('<?xml version="1.0"?>\n<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>', "2:46"),
        ((LAUGHS + "<Project/>").encode("utf-16"), "document type"),
        ("", "broken XML"),
        ("<Project", "broken XML"),
        ("<a/>", "it begins with 'a'"),
        ('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "not a codebook"),
        ("<Project/>", "no REFI-QDA project"),
        ('<?xml version="1.0" encoding="utf-7"?><Project/>', "broken XML"),
        (b"\xff\xfe\x00", "broken XML"),
        (xml("<x>" * 200 + "</x>" * 200), "nested more than 100"),
        (xml("") * 2, "broken XML: junk"),
        (xml("<TextSource>").replace("</Sources>", "</TextSource></Sources>"), "has a TextSource without guid"),
        (xml(source(selected(0, 1).replace('"0"', '"zero"'))), "no whole number: 'zero'"),
        (xml(source(selected(0, 1).replace('"0"', f'"{"9" * 5000}"'))), "that is no whole number"),
        (xml("").replace(' isCodable="true"', ' isCodable="perhaps"'), "no REFI-QDA project"),
        (xml("<Description>a<b>c</b></Description>").replace("Sources>", "Description>"), "no REFI-QDA project"),
    ],
)
def test_wrong_xml_is_refused_with_its_place(tmp_path: Path, qde: str | bytes, words: str):
    said = refused(packed(tmp_path, qde))
    assert words in said
    assert "Traceback" not in said


def test_everything_missing_is_told_at_once(tmp_path: Path):
    twice = xml(source(selected(0, 1)).replace(' startPosition="0"', "") + source().replace("guid=", "gid="))
    assert len(refused(packed(tmp_path, twice)).splitlines()) == 2
    texts = xml(source() + source("", "internal://u.txt", "U") + source("", "internal://v.txt", "V"))
    said = refused(packed(tmp_path, texts, {"sources/v.txt": b"\xff"}))
    assert len(said.splitlines()) == 3
    assert "the text of 'U' is not in the file: no u.txt" in said


def test_what_is_no_project(tmp_path: Path):
    (tmp_path / "x.qdpx").write_bytes(b"not a zip at all")
    assert "no zip archive" in refused(tmp_path / "x.qdpx")
    assert "no project.qde" in refused(packed(tmp_path, None, {"sources/project.qde": b""}))
    assert "more than one" in refused(packed(tmp_path, xml(""), {"other.qde": b""}))
    assert "No such file" in refused(tmp_path / "none.qdpx")
    assert "is a folder" in refused(tmp_path)
    write_project(tmp_path / "x.qdpx", project())
    whole = (tmp_path / "x.qdpx").read_bytes()
    for most in range(0, len(whole), 97):
        (tmp_path / "x.qdpx").write_bytes(whole[:most])
        refused(tmp_path / "x.qdpx")


def survives(path: Path) -> Any:
    try:
        return read_project(path)
    except DetenteError:
        return None


@SHARED
@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4))
def test_no_byte_changed_makes_a_traceback(tmp_path: Path, changes: list[tuple[int, bytes]]):
    if not (tmp_path / "whole").exists():
        write_project(tmp_path / "whole", project())
    content = bytearray((tmp_path / "whole").read_bytes())
    qde = bytearray(zipfile.ZipFile(tmp_path / "whole").read("project.qde"))
    for at, new in changes:
        for changed in (content, qde):
            start = at % len(changed)
            changed[start : start + len(new)] = new
    (tmp_path / "bytes").write_bytes(content)
    survives(tmp_path / "bytes")
    survives(packed(tmp_path, bytes(qde)))


VALUES = st.sampled_from(
    ["", "x", "-1", "1e9", "true", "NaN", A + "1", "internal://", "internal://../../x", "://", "\u0663"]
)


@SHARED
@given(st.lists(st.tuples(st.integers(0, 200), VALUES), min_size=1, max_size=5))
def test_no_value_changed_makes_a_traceback(tmp_path: Path, changes: list[tuple[int, str]]):
    pieces = xml(source(selected(11, 15, "Dove"))).split('"')
    for at, value in changes:
        pieces[(2 * at + 1) % (len(pieces) - 1)] = value
    survives(packed(tmp_path, '"'.join(pieces), {"sources/t.txt": RAW.encode()}))
