"""Projects of QDA programs that do not fit: what is meant is found and told, what is not clear is left out and told."""

from __future__ import annotations

import re
import shutil
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from detente.assessment.assess import read_case
from detente.case.bundled import BUNDLED_FOLDER
from detente.case.schema.case import Case
from detente.errors import CaseError
from detente.exchange.dispatch import export_file, import_file
from detente.exchange.projects.project_import import sections_from_project
from detente.exchange.projects.refi_mapping import MOTIVES_CODE
from detente.exchange.refi.qdpx import CodedSelection, RefiProject, read_project, write_project
from detente.text.safe_text import clean_text
from tests.command import detente
from tests.conftest import edit
from tests.exchange.test_refi import A, selected, source, xml

pytest.importorskip("pyrefiqda")

TEXT = (BUNDLED_FOLDER / "two-leagues" / "chronicle.txt").read_text(encoding="utf-8")
OATH = (517, 668)
"""The place of p-order-1, which bears on hill-order."""
HER = "Hanna Weiß"


def leagues_case() -> Case:
    return read_case("two-leagues").case


def coded(document: str, start: int, end: int, *code: str, **more: str) -> CodedSelection:
    return CodedSelection(document, start, end, code or ("realism", "weak against"), more.pop("coder", HER), **more)


def project(*selections: CodedSelection, **texts: str) -> RefiProject:
    return RefiProject("Hers", texts or {"chronicle": TEXT}, (), {}, selections)


def taken(given: RefiProject, case: Case | None = None, texts: dict[str, str] | None = None) -> tuple[Any, str]:
    """The sections that a project becomes, and everything that is said."""
    case = case or leagues_case()
    sections, notes = sections_from_project(given, case, {"chronicle": TEXT} if texts is None else texts)
    return sections, "\n".join(notes)


def units(sections: Any) -> list[str]:
    return [coding["unit"] for coding in sections.get("codings", ())]


SHARED_INPUTS = {
    "qdpx-01-dated-coding": "p-control-1",
    "qdpx-02-shifted-silently": "p-trade-2",
    "qdpx-02b-shifted-lost": "p-control-1",
    "qdpx-03-one-character-more": "p-control-1",
    "qdpx-04-named-by-file": "p-control-1",
    "qdpx-05-appledouble": "p-control-1",
    "qdpx-05b-subfolder": "p-control-1",
}


@pytest.mark.parametrize(("name", "unit"), SHARED_INPUTS.items())
def test_the_inputs_that_failed_give_their_right_value(shared: Path, leagues: Path, name: str, unit: str):
    (coding,) = imported(leagues, shared / "inputs" / f"{name}.qdpx")
    assert (coding.unit, coding.theory, coding.direction, coding.strength) == (unit, "realism", "for", "strong")
    assert str(coding.date) == "2024-05-02"


def imported(leagues: Path, file: Path) -> list[Any]:
    """The new codings of a case that a project was brought into; the case is checked."""
    before = len(read_case(str(leagues)).case.codings)
    import_file(read_case(str(leagues)).case, file, leagues.parent / "x.yaml", None, {"chronicle": TEXT})
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, x.yaml]"))
    return read_case(str(leagues)).case.codings[before:]


def packed(path: Path, *changes: tuple[str, str | None], **more: bytes) -> Path:
    """A project of one coding of the oath, its members renamed, or left out, with more of them."""
    write_project(path, project(coded("chronicle", *OATH, date="2024-05-02T23:30:00+02:00")))
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    for old, new in changes:
        members = {name.replace(old, new or ""): held for name, held in members.items() if new or old not in name}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in (members | more).items():
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = name
            file.writestr(info, content)
    return path


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ((), {}),
        ((("project.qde", "Project.QDE"), ("sources/", "Sources/")), {}),
        ((("project.qde", "my/own/folder/project.qde"), ("sources/", "my/own/folder/sources/")), {"__MACOSX/": b""}),
        ((("project.qde", "a\\project.qde"), ("sources/", "a\\sources\\")), {}),
        ((), {"__MACOSX/._project.qde": b"x", ".DS_Store": b"x", "._project.qde": b"x", "sources/._t.txt": b"x"}),
        ((), {"sources/other.qde": b"a source of its own"}),
    ],
)
def test_archives_that_were_packed_again_are_read(tmp_path: Path, leagues: Path, changes: Any, more: dict[str, bytes]):
    (coding,) = imported(leagues, packed(tmp_path / "p.qdpx", *changes, **more))
    assert (coding.unit, str(coding.date)) == ("p-order-1", "2024-05-02")


@pytest.mark.parametrize(
    ("name", "path", "content"),
    [
        ("sources/e\u0301t é.txt", "internal://ét%20é.txt", TEXT.encode("utf-16-le")),
        ("sources/ét.txt", "internal://" + unicodedata.normalize("NFD", "ét.txt"), TEXT.encode("utf-16-be")),
        ("t.txt", "t.txt", TEXT.replace("\n", "\r\n").encode("utf-8-sig")),
    ],
)
def test_texts_are_found_and_decoded_as_programs_name_and_write_them(
    tmp_path: Path, name: str, path: str, content: bytes
):
    raw = content.decode("utf-8-sig") if name == "t.txt" else TEXT
    start = raw.index(TEXT[slice(*OATH)][:40])
    inside = selected(start, start + OATH[1] - OATH[0], TEXT[slice(*OATH)][:40])
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as file:
        file.writestr("project.qde", xml(source(inside, path, "chronicle")))
        with file.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
            member.write(content)
    back = read_project(tmp_path / "p.qdpx")
    assert [TEXT[s.start : s.end] for s in back.selections] == [TEXT[slice(*OATH)]]
    assert back.texts == {"chronicle": TEXT}


def test_several_projects_in_one_archive_and_locked_ones_are_named(tmp_path: Path):
    with pytest.raises(CaseError, match=r"more than one .qde: a/x.qde and b/y.qde"):
        read_project(packed(tmp_path / "p.qdpx", ("project.qde", None), **{"a/x.qde": b"", "b/y.qde": b""}))
    content = bytearray(packed(tmp_path / "p.qdpx").read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "p.qdpx").write_bytes(content)
    with pytest.raises(CaseError, match="without a password"):
        read_project(tmp_path / "p.qdpx")


def test_a_selection_that_is_called_otherwise_than_it_stands_is_where_its_words_are(tmp_path: Path):
    """A program that lost count: its names are what its users saw."""
    words = " ".join(TEXT[slice(*OATH)].split())[:60]
    twice = "the key to it was to hang in Dun"
    text = TEXT + f"\nThey say {twice}."
    inside = (
        selected(OATH[0] + 90, OATH[1] + 90, words)
        + selected(100, 130, f"{twice}...")
        + selected(40, 60, "a label of somebody's own")
        + selected(20, 60, "the pass")
        + selected(2343, 2497, "that Aldmoor would, being the larger")
        + selected(9000, 9154, "Asked who should captain the watch...")
        + selected(9000, 9154, "Nobody asked who should captain this watch...")
    )
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as file:
        file.writestr("project.qde", xml(source(inside)))
        file.writestr("sources/t.txt", text)
    back = read_project(tmp_path / "p.qdpx")
    assert [(s.start, s.end) for s in back.selections] == [OATH, (40, 60), (20, 60), (2343, 2497), (2343, 2497)]
    told = "\n".join(back.notes)
    assert f"at {OATH[0] + 90} to {OATH[1] + 90} is called" in told
    assert "moved by -90 characters" in told
    assert f"not there but at {text.index(twice)} or {text.rindex(twice)}: left out ('Above > Code' by Ada)" in told
    assert "moved by -6657 characters" in told
    assert "one coding lies outside its text or is empty: left out ('Above > Code' by Ada at 9000 to 9154)" in told
    assert len(back.notes) == 4 + told.count("are counted")


def test_a_shifted_text_moves_its_codings_and_says_by_how_much():
    shifted = "Copied by her own hand, in winter.\n" + TEXT
    by = len(shifted) - len(TEXT)
    theirs = [coded("Chronicle.TXT", a + by, b + by) for a, b in (OATH, (2343, 2497))]
    sections, said = taken(project(*theirs, **{"Chronicle.TXT": shifted}))
    assert units(sections) == ["p-order-1", "p-control-1"]
    assert f"moved by -{by} characters, to the same words: {OATH[0] + by} to {OATH[1] + by} ('" in said
    assert f"{2343 + by} to {2497 + by} ('" in said
    assert f"({len(shifted)} characters, not {len(TEXT)})" in said
    # What is there already is not written again, however far it moved.
    again = replace(theirs[0], code_path=("Realism", "weak against"), coder="author")
    assert taken(project(again, **{"Chronicle.TXT": shifted}))[0] == {}


def test_a_passage_is_known_by_what_it_shares_with_a_selection():
    theirs = [
        coded("chronicle", OATH[0] - 2, OATH[1] + 1),  # somewhat more
        coded("chronicle", 2343, 2649, "realism"),  # two passages
        coded("chronicle", 1720, 1740, "liberalism"),  # a few words of one
        coded("chronicle", 20, 60, "realism"),  # none
        coded("chronicle", 669, 700, MOTIVES_CODE, "order on the road", note="the wardens"),  # a passage of its own
        coded("chronicle", 669, 700, "liberalism"),
        coded("chronicle", 3605, 3706, MOTIVES_CODE, "hill-freedom"),  # the same passage on another motive
        coded("chronicle", 3605, 3705, "liberalism", "strong against"),
        coded("chronicle", 30, 90, MOTIVES_CODE, "hill-freedom"),  # two motives at once
        coded("chronicle", 30, 90, MOTIVES_CODE, "hill-order"),
    ]
    sections, said = taken(project(*theirs))
    assert units(sections) == ["p-order-1", "chronicle-669-700", "p-order-3"]
    new = {"motive": "hill-order", "says": "the wardens", "at": {"document": "chronicle", "span": [669, 700]}}
    assert sections["passages"] == {"chronicle-669-700": new}
    for told in (
        "515 to 669 is taken for 'p-order-1' (517 to 668): it begins two characters earlier and ends one character",
        "2343 to 2649 holds 154 of the 154 characters of 'p-control-1' and 151 of the 151 characters of 'p-control-2'",
        "1720 to 1740 holds 20 of the 181 characters of 'p-trade-1'",
        f"left out ('liberalism' by {HER})",
        "20 to 60 has no code under 'motives'",
        "'chronicle-669-700' is a passage of its own, and holds 31 of the 192 characters of 'p-order-2'",
        "is 'p-order-3', which bears on 'hill-order' in the case and on 'hill-freedom' in the project",
        "bears on 'hill-freedom' and 'hill-order'",
    ):
        assert told in said, told


def test_every_coding_that_cannot_be_placed_is_named():
    theirs = TEXT.replace("peace upon the road for all comers", "quiet in the valley, whoever might come")
    theirs = theirs.replace(theirs[3605:3710], "It was to be so.") + "\nAnd so say all of us, who were not there."
    gone = theirs.index("It was to be so.")
    late = theirs.index("And so say all")
    selections = [
        coded("copy", gone, gone + 16, "realism"),
        coded("copy", late, late + 30, "liberalism", "strong for", coder="Jo"),
        coded("copy", 22, 23, "realism"),
        coded("Letters", 0, 7, "realism"),
        coded("copy", 0, 20, "Weather", "Rain"),
        coded("copy", 0, 20, "realism", "primary"),
        coded("copy", 0, 20, "realism", "strong neither"),
    ]
    sections, said = taken(project(*selections, copy=theirs, Letters="Nothing of this is in the case."))
    assert sections == {}
    for told in (
        f"{gone} to {gone + 16} ('It was to be so.') stands nowhere in 'chronicle'",
        f"left out ('realism' by {HER})",
        f"{late} to {late + 30} ('And so say all of us, who were') stands nowhere",
        "left out ('liberalism > strong for' by Jo)",
        "22 to 23 ('') holds no words",
        "'Letters' is none of the case's documents ('chronicle')",
        f"'realism' by {HER} at 'Letters' 0 to 7",
        "'Weather > Rain' is neither a theory of the case",
        f"left out ('copy' 0 to 20 by {HER})",
        "'realism > primary' is neither",
        "'realism > strong neither' is neither",
        "'copy' is read as 'chronicle', since it shares",
    ):
        assert told in said, told


def test_a_selection_that_is_only_alike_says_how_much():
    theirs = "Hers.\n" + TEXT.replace("a pilgrim was killed", "a pilgrym was kylled")
    sections, said = taken(project(coded("chronicle", OATH[0] + 6, OATH[1] + 6), chronicle=theirs))
    assert units(sections) == ["p-order-1"]
    inked = len("".join(TEXT[slice(*OATH)].split()))
    alike = round(100 * (inked - len("pilgrimkilled")) / inked)
    assert f"is read as 517 to 668, where {alike} of 100 of both is the same: moved by -6 characters" in said


def test_where_the_same_words_stand_twice_it_is_asked():
    line = "They wanted nothing, and nothing they were given by the other side."
    ours = f"{line}\n{line}\n"
    case = leagues_case()
    document = case.documents["chronicle"].model_copy(update={"sha256": None, "characters": None})
    case = case.model_copy(update={"documents": {"chronicle": document}, "passages": {}})
    theirs = [coded("chronicle", 8, 8 + len(line), MOTIVES_CODE, "hill-order"), coded("chronicle", 8, 8 + len(line))]
    sections, said = taken(project(*theirs, chronicle=f"Heading\n{line} And so on."), case, {"chronicle": ours})
    assert sections == {}
    assert f"may be 0 to {len(line)} or {len(line) + 1} to {2 * len(line) + 1} in 'chronicle'" in said
    assert f"left out ('motives > hill-order' by {HER}; 'realism > weak against' by {HER})" in said


def test_which_document_is_meant(leagues: Path):
    case = read_case(str(leagues)).case
    one = case.documents["chronicle"]
    other = one.model_copy(update={"title": "Other", "file": "papers/My Letters.txt", "sha256": None})
    case = case.model_copy(update={"documents": {"chronicle": one, "letters": other}})
    letters = TEXT.replace("o", "0")
    both = {"chronicle": TEXT, "letters": letters}

    def read_as(name: str, text: str, texts: dict[str, str] = both) -> tuple[list[str], str]:
        at = text.index(" wardens with n") + 1 if "wardens" in text else 0
        motive = coded(name, at, at + 30, MOTIVES_CODE, "hill-order")
        sections, said = taken(project(motive, **{name: text}), case, texts)
        return [part["at"]["document"] for part in sections.get("passages", {}).values()], said

    edited = TEXT + "A word more at the end.\n"
    assert read_as("any name", TEXT) == (["chronicle"], read_as("chronicle", TEXT)[1])
    for name in ("chronicle", "CHRONICLE.docx", "Chronicle  of_Aldmoor.txt", "chronicle (2)"):
        assert read_as(name, edited)[0] == ["chronicle"]
    assert read_as("my-letters.rtf", letters + "More.") == (
        ["letters"],
        read_as("my-letters.rtf", letters + "More.")[1],
    )
    assert "by its name" in read_as("letters", letters + "More.")[1]
    assert "is called like 'letters' and reads like 'chronicle'" in read_as("Letters", edited)[1]
    assert "'x' may be 'chronicle' or 'letters'" in read_as("x", edited, {"chronicle": TEXT, "letters": TEXT + "!"})[1]
    # Without a copy of the document there is only its length to go by.
    assert "it has 5266 characters, and that 5242" in read_as("chronicle", edited, {})[1]
    unchecked = read_as("chronicle", letters, {})
    assert unchecked[0] == ["chronicle"]
    assert "No text of 'chronicle' is there: positions in 'chronicle' are taken as they are, unchecked" in unchecked[1]
    # The file itself is known by its hash, even where the user has no copy.
    found, said = read_as("copy", TEXT, {})
    assert (found, "is read as" in said, "unchecked" in said) == (["chronicle"], False, False)


def test_two_copies_of_a_document_are_one_and_two_sayings_of_a_coder_are_none():
    shifted = "H.\n" + TEXT
    theirs = [
        coded("chronicle", *OATH, coder="Ann"),
        coded("chronicle (2)", OATH[0] + 3, OATH[1] + 3, coder="Bo"),
        coded("chronicle (2)", OATH[0] + 3, OATH[1] + 3, coder="Ann"),  # the same again
        coded("chronicle", 2343, 2497, "realism", "weak for", coder="Ann"),
        coded("chronicle (2)", 2346, 2500, "realism", "strong for", coder="Ann"),
        coded("chronicle", 1713, 1894, "realism", coder="unknown"),
        coded("chronicle", 669, 861, "realism", "strong for", coder="AUTHOR"),  # he says so already
        coded("chronicle", 669, 861, "liberalism", "strong for", coder="author"),  # he says otherwise
        coded("chronicle", 2498, 2649, "realism", "for", coder="abbess"),  # who must say when and why
        coded("chronicle", 2498, 2649, "liberalism", "for", coder="abbess", date="2024-05-02", note="so it is"),
        coded("chronicle", 4403, 4542, "realism", "for", coder="Ann", date="12024-05-02"),
        coded("chronicle", 4543, 4680, "Balance of power", coder="Ann", date="2024-05-02Z"),
    ]
    sections, said = taken(project(*theirs, **{"chronicle": TEXT, "chronicle (2)": shifted}))
    assert [(c["unit"], c["theory"], c["coder"]) for c in sections["codings"]] == [
        ("p-order-1", "realism", "ann"),
        ("p-order-1", "realism", "bo"),
        ("p-trade-1", "realism", "unknown"),
        ("p-control-2", "liberalism", "abbess"),
        ("p-trade-3", "realism", "ann"),
        ("p-freedom-4", "realism", "ann"),
    ]
    assert sections["codings"][-1]["note"] == "coded to its branch Balance of power"
    assert not any("date" in c for c in sections["codings"][-2:])
    assert sections["coders"] == {"ann": {"name": "Ann"}, "bo": {"name": "Bo"}, "unknown": {"name": "unknown"}}
    for told in (
        "'ann' codes 'p-control-1' to 'realism' as 'weak for' and 'strong for': left out",
        "One coding without a coder: read as by 'unknown'.",
        "The coder 'AUTHOR' is taken for 'author'.",
        "but there it says 'weak against' already",
        "a decision between coders, needs a date and a reason: left out",
        "is dated '12024-05-02', which a case cannot hold",
    ):
        assert told in said, told


def test_units_that_cover_the_same_are_told_apart_or_asked_for():
    case = leagues_case()
    oath = case.passages["p-order-1"]
    twin = oath.model_copy(update={"motive": "hill-freedom"})
    case = case.model_copy(update={"passages": {**case.passages, "twin": twin}})
    about = coded("chronicle", *OATH, MOTIVES_CODE, "hill-freedom", note="twin: what it says")
    sections, said = taken(project(coded("chronicle", *OATH), about), case)
    assert (units(sections), said) == (["twin"], "")
    sections, said = taken(project(coded("chronicle", *OATH)), case)
    assert (sections, said[:60]) == ({}, f"'realism > weak against' by {HER} may code 'p-order-1' or "[:60])
    # Arguments are units too, where a selection is just theirs.
    assert units(taken(project(coded("chronicle", 2959, 3018)))[0]) == ["pass-is-ours"]
    # Where a passage covers the same, it is meant.
    argument = case.arguments["pass-is-ours"].model_copy(update={"at": oath.at})
    case = leagues_case().model_copy(update={"arguments": {"same": argument}})
    assert units(taken(project(coded("chronicle", *OATH)), case)[0]) == ["p-order-1"]


def test_what_comes_in_passes_check_whatever_it_is_called(tmp_path: Path, leagues: Path):
    names = ["=cmd|' /C calc'!A0", "../../x", "CON", "Анна", "true", "realism", "x" * 5000, "a\u202eb", "\x1b[2J"]
    places = [
        (517, 668),
        (669, 861),
        (1713, 1894),
        (1895, 2027),
        (2343, 2497),
        (2498, 2649),
        (2650, 2787),
        (3120, 3263),
    ]
    theirs = [
        coded("chronicle", *place, coder=name, note=f"{name}\n@SUM(1)\x07")
        for name, place in zip(names, [*places, (3264, 3386)], strict=True)
    ]
    theirs += [coded("chronicle", 20, 60, MOTIVES_CODE, "hill-order", note=f"a: {name}") for name in names[:1]]
    write_project(tmp_path / "p.qdpx", project(*theirs))
    new = imported(leagues, tmp_path / "p.qdpx")
    assert len(new) == len(names)
    content = (leagues.parent / "x.yaml").read_text(encoding="utf-8")
    assert all(c.isprintable() or c == "\n" for c in content)
    assert "\u202e" not in yaml.safe_load(content)["coders"][new[-2].coder]["name"]


@pytest.mark.parametrize("lines", ["\n", "\r\n"])
def test_a_document_with_what_harms_goes_out_clean_and_comes_back_in_place(tmp_path: Path, leagues: Path, lines: str):
    hostile = TEXT.replace("The winter", "\x1b[31mThe\u202e win\x00ter\u2066", 1).replace("Corrie", "Corr\x07e")
    raw = "\ufeff" + hostile.replace("\n", lines)
    texts = {"chronicle": raw}
    case = leagues_case()

    def moved(span: tuple[int, int]) -> tuple[int, int]:
        start = raw.index(hostile[span[0] : span[0] + 30].replace("\n", lines))
        return start, start + len(hostile[slice(*span)].replace("\n", lines))

    passages = {}
    for id, part in case.passages.items():
        at = part.at[0]
        first = hostile.index(TEXT[at.span[0] : at.span[0] + 4] if at.span else "")
        if at.span and "Corrie" not in TEXT[slice(*at.span)]:
            first = hostile.index(TEXT[slice(*at.span)])
            span = moved((first, first + at.span[1] - at.span[0]))
            passages[id] = part.model_copy(update={"at": [at.model_copy(update={"span": span})]})
    codings = [c for c in case.codings if c.unit in passages]
    case = case.model_copy(update={"passages": passages, "codings": codings, "arguments": {}})

    def quote(part: Any) -> str:
        return raw[slice(*part.at[0].span)].replace(lines, "\n")

    export_file(case, "project", tmp_path / "p.qdpx", texts)
    with zipfile.ZipFile(tmp_path / "p.qdpx") as file:
        whole = "".join(file.read(name).decode() for name in file.namelist())
    assert all(c.isprintable() or c in "\n\t\u00a0\u2028" for c in whole)
    back, said = taken(read_project(tmp_path / "p.qdpx"), case, texts)
    assert back == {}
    assert "left out" not in said
    # And into the case without them, all at their own places.
    bare = case.model_copy(update={"passages": {}, "codings": []})
    sections, said = taken(read_project(tmp_path / "p.qdpx"), bare, texts)
    assert {id: tuple(p["at"]["span"]) for id, p in sections["passages"].items()} == {
        id: part.at[0].span for id, part in passages.items()
    }
    assert len(sections["codings"]) == len(codings)
    assert said.count("differs by ends of lines, white space or marks only") == 1
    spans = {id: part.at[0].span or (0, 0) for id, part in passages.items()}
    shifts = [spans[id][0] - clean_text(hostile).index(clean_text(quote(part))) for id, part in passages.items()]
    assert f"moved by {min(shifts):+d}" + (f" to {max(shifts):+d} char" if lines != "\n" else " char") in said


def test_coders_without_names_are_told_apart_and_all_that_is_left_out_is_named(tmp_path: Path):
    users = "".join(f'<User guid="{uuid4()}"/>' for _ in range(2)) + f'<User guid="{A}7" name="Ada"/>'
    users += f'<User guid="{uuid4()}" name="Ada"/>'
    rich = source(selected(1, 9), None, "Only rich")
    pdf = f'<PDFSource guid="{A}2" name="A scan"><PDFSelection guid="{A}d" page="1" firstX="0" firstY="0" secondX="1" '
    pdf += (
        f'secondY="1"><Coding guid="{A}6"><CodeRef targetGUID="{{{A.upper()}C}}"/></Coding></PDFSelection></PDFSource>'
    )
    whole = xml(rich + pdf).replace(f'<User guid="{A}7" name="Ada"/>', users)
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as file:
        file.writestr("project.qde", whole)
    back = read_project(tmp_path / "p.qdpx")
    assert back.coders == ("unknown", "unknown (2)", "Ada")
    told = "\n".join(back.notes)
    assert "Two coders are called 'Ada'" in told
    assert (
        "'Only rich' has no plain text in the file: left out with its selections: one coding ('Above > Code' by Ada)"
        in told
    )
    assert "'A scan' is a PDF: left out with its selections: one coding ('Above > Code')" in told


def test_on_the_command_line_everything_is_said_and_kept_beside_the_codings(tmp_path: Path):
    shutil.copytree(BUNDLED_FOLDER / "two-leagues", tmp_path / "leagues")
    shifted = "Her copy\n" + TEXT
    theirs = [coded("chronicle", OATH[0] + 9, OATH[1] + 9), coded("chronicle", 0, 8, "Weather")]
    write_project(tmp_path / "p.qdpx", project(*theirs, chronicle=shifted))
    call = ("import", "p.qdpx", "--case", "leagues", "--documents", "leagues", "--out")
    answer = detente(*call, "leagues/x.yaml", cwd=tmp_path)
    assert answer.returncode == 0
    for line in answer.stderr.splitlines():
        assert f"# {line}\n" in (tmp_path / "leagues" / "x.yaml").read_text(encoding="utf-8")
    assert "moved by -9 characters" in answer.stderr
    edit(tmp_path / "leagues" / "case.yaml", ("[codings-second.csv]", "[codings-second.csv, x.yaml]"))
    again = detente(*call, "y.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert "p.qdpx:1:1: holds nothing that the case does not have yet" in again.stderr
    assert "p.qdpx:1:1: warning: 'Weather' is neither" in again.stderr
    assert not (tmp_path / "y.yaml").exists()


def test_names_are_looked_for_as_long_as_declared_and_then_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("detente.exchange.refi.read.MAX_CHARACTERS_SEARCHED", 2 * len(TEXT))
    words = " ".join(TEXT[slice(*OATH)].split())[:60]
    write_project(tmp_path / "p.qdpx", project(*(coded("chronicle", *OATH, coder=name) for name in "abc")))
    with zipfile.ZipFile(tmp_path / "p.qdpx") as file:
        members = {name: file.read(name).decode() for name in file.namelist()}
    members["project.qde"] = members["project.qde"].replace(f'endPosition="{OATH[1]}"', 'endPosition="60"')
    members["project.qde"] = members["project.qde"].replace(f'startPosition="{OATH[0]}"', 'startPosition="30"')
    assert words[:40] in members["project.qde"]
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    back = read_project(tmp_path / "p.qdpx")
    assert [s.start for s in back.selections] == [OATH[0], OATH[0], 30]
    assert "not called as they begin, and taken as they stand: 30 to 60" in back.notes[-1]


def test_hostile_names_of_documents_codes_and_coders_go_no_further_than_the_xml(tmp_path: Path):
    names = ["../../CON", "nul.txt", "/etc/passwd", "=1+1|calc", "z" * 70_000, "a\u2066b"]
    theirs = [CodedSelection(name, 0, 3, (name, "c"), name, name) for name in names]
    write_project(tmp_path / "p.qdpx", RefiProject(names[0], dict.fromkeys(names, "Some text."), (), {}, tuple(theirs)))
    with zipfile.ZipFile(tmp_path / "p.qdpx") as file:
        members = file.namelist()
        assert "\u2066" not in file.read("project.qde").decode()
    assert all(re.fullmatch(r"project\.qde|sources/[0-9a-f-]{36}\.txt", name) for name in members)
    back = read_project(tmp_path / "p.qdpx")
    assert [s.coder for s in back.selections] == [s.document for s in back.selections] == [*names[:5], "a\ufffdb"]
    assert [path.name for path in tmp_path.iterdir()] == ["p.qdpx"]
