"""Bibliographies of other programs as sources of a case, and the sources of a case for other programs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detente import CaseError, DetenteError, read_case
from detente.case.loading.yaml.tree import read_yaml_tree
from detente.case.schema.case import Case
from detente.exchange import yaml_part as part
from detente.exchange.citations import latex
from detente.exchange.citations import read_citations as citations
from detente.exchange.citations.bibtex_write import unwritten_notes
from detente.exchange.citations.case_citations import citations_of_case, sources_from_items
from detente.exchange.citations.read_citations import read_bibtex, read_csl, write_bibtex, write_csl
from detente.exchange.dispatch import export_file, import_file
from detente.exchange.ids import case_id
from detente.exchange.yaml_part import partial_case_yaml
from detente.text.safe_text import first_forbidden_character
from tests.command import detente
from tests.conftest import edit

pytest.importorskip("bibtexparser")

BUSY = settings(suppress_health_check=[HealthCheck.too_slow])


def saved(folder: Path, name: str, content: str | bytes | list[Any] | dict[str, Any]) -> Path:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / name


def sources(case: Path, file: Path) -> tuple[dict[str, Any], str]:
    """What a file gives, named in the case and read with it; and what is said."""
    out = case.parent / f"{file.stem}.yaml"
    said = import_file(read_case(str(case)).case, file, out, None, {})
    listed = yaml.safe_load(case.read_text(encoding="utf-8"))["import"]
    edit(case, (f"import: [{', '.join(listed)}]", f"import: [{', '.join([*listed, out.name])}]"))
    read = read_case(str(case)).case
    new = yaml.safe_load(out.read_text(encoding="utf-8"))["sources"]
    return {id: read.sources[id].model_dump(exclude_defaults=True) for id in new}, "\n".join(said)


@cache
def bundled(name: str) -> Case:
    return read_case(name).case


def dated(issued: object) -> dict[str, Any]:
    return {"id": "roe-1", "title": "Tolls", "issued": issued}


@pytest.mark.parametrize(
    ("issued", "read", "said"),
    [
        ({"date-parts": [[1648]], "circa": 1}, {"date-parts": [[1648]], "circa": True}, ""),
        ({"date-parts": [["1648", "10"]], "circa": "true"}, {"date-parts": [[1648, 10]], "circa": True}, ""),
        ({"date-parts": [[1648]], "circa": False}, {"date-parts": [[1648]]}, ""),
        ({"date-parts": [[None]]}, None, "'issued' of 'roe-1' holds no date"),
        ({"date-parts": [[]]}, None, "holds no date"),
        ({"date-parts": []}, None, "holds no date"),
        ({}, None, "holds no date"),
        (None, None, ""),
        ({"date-parts": [[1648]], "season": "Winter"}, {"date-parts": [[1648]], "season": 4}, ""),
        ({"date-parts": [[1648, 15]]}, {"date-parts": [[1648]], "season": 3}, ""),
        ({"date-parts": [[1648, 21], [1649, 16]]}, {"date-parts": [[1648, 21], [1649, 24]]}, ""),
        ({"date-parts": [[1648, 0, 0]]}, {"date-parts": [[1648]]}, ""),
        ({"date-parts": [[0]]}, {"date-parts": [[0]]}, ""),
        ({"date-parts": [[-43, 3, 15]]}, {"date-parts": [[-43, 3, 15]]}, ""),
        ({"date-parts": [[1648.0, 10.0]]}, {"date-parts": [[1648, 10]]}, ""),
        ({"date-parts": [[1648.5]]}, {"raw": "1648.5"}, "no date of the calendar"),
        ({"date-parts": [[True]]}, {"raw": "True"}, "no date of the calendar"),
        ({"date-parts": [[1648, 2, 30]]}, {"raw": "1648-2-30"}, "no date of the calendar"),
        ({"date-parts": [[1648], [None]]}, {"date-parts": [[1648]]}, "one end only"),
        ({"date-parts": [[1648]], "literal": "in the war"}, {"date-parts": [[1648]]}, "the words 'in the war' besides"),
        ({"date-parts": [[1648]], "time": "noon"}, {"date-parts": [[1648]]}, "has time besides"),
        ({"raw": "1648~"}, {"date-parts": [[1648]], "circa": True}, ""),
        ({"literal": "after the peace", "circa": True}, {"raw": "after the peace", "circa": True}, ""),
        ({"edtf": "1648?/1650"}, {"date-parts": [[1648], [1650]], "circa": True, "edtf": "1648?/1650"}, ""),
        ("1648-10-24T12:00:00Z", {"date-parts": [[1648, 10, 24]]}, "has a time of day"),
        ("1648/1650", {"date-parts": [[1648], [1650]]}, ""),
        ("no year", {"raw": "no year"}, ""),
        (1648, {"date-parts": [[1648]]}, ""),
        (True, None, "is no date"),
    ],
)
def test_dates_of_csl(tmp_path: Path, issued: object, read: object, said: str):
    (item,), told = read_csl(saved(tmp_path, "x.json", [dated(issued)]))
    assert item.get("issued") == read
    assert said in "".join(told)
    assert bool(told) == bool(said)
    # What is read in the one form goes out and comes back the same, in both formats.
    assert read_csl(saved(tmp_path, "y.json", write_csl([item]))) == ([item], [])
    if read != {"raw": "after the peace", "circa": True}:
        assert read_bibtex(saved(tmp_path, "y.bib", write_bibtex([item]))) == ([item], [])
        assert unwritten_notes([item]) == []


def test_an_odd_item_is_left_out_and_the_others_come_in(tmp_path: Path, leagues: Path):
    items = [
        {"id": "one", "title": "One", "author": "A Body", "editor": [{"family": "E"}, 7, {}]},
        *(5, {}, ["x"]),
        {"title": "No id"},
        {"id": "two", "title": ["Two"], "custom": {"a": 1}, "author": [{"family": "F", "given": 3, "orcid": "0"}]},
    ]
    found, said = sources(leagues, saved(tmp_path, "x.json", json.dumps(items, indent=1)))
    assert {id: source["title"] for id, source in found.items()} == {"one": "One", "no-id": "No id", "two": "Two"}
    assert found["one"]["cite"]["author"] == [{"literal": "A Body"}]
    assert found["one"]["cite"]["editor"] == [{"family": "E"}]
    assert found["two"]["cite"]["author"] == [{"family": "F", "given": "3"}]
    for line in (":14:2: What stands here is no item", ":16:2: What", ":19:2: 'No id' has no id"):
        assert f"x.json{line}" in said, said
    for what in ("'author' of 'one' has a name that is a text", "what is no name", "'custom' of 'two' is no text"):
        assert what in said
    assert "parts of a name that are not taken over" in said


@pytest.mark.parametrize(
    "wrapped",
    [
        {"config": {"id": 3}, "items": [{"data": {"id": "a", "title": "T"}}, {"id": "b", "title": "U"}]},
        {"references": [{"id": "a", "title": "T"}, {"id": "b", "title": "U"}]},
        [{"key": "Q", "csljson": {"id": "a", "title": "T"}}, {"csljson": {"id": "b", "title": "U"}}],
    ],
)
def test_lists_of_items_within_other_objects(tmp_path: Path, wrapped: Any):
    items, said = read_csl(saved(tmp_path, "x.json", wrapped))
    assert [(item["id"], item["title"]) for item in items] == [("a", "T"), ("b", "U")]
    assert said == []


def test_items_in_the_terms_of_zotero(tmp_path: Path):
    book = {
        "key": "ABCD",
        "itemType": "bookSection",
        "title": "Tolls",
        "bookTitle": "Rivers",
        "creators": [
            {"creatorType": "author", "firstName": "Ann", "lastName": "Ro"},
            {"creatorType": "editor", "name": "The Abbey"},
        ],
        "date": "2001-05",
        "url": "",
        "tags": [{"tag": "wool"}],
        "relations": {},
        "weather": "wet",
    }
    note = {"itemType": "note", "note": "<p>mine</p>"}
    items, said = read_csl(saved(tmp_path, "x.json", [{"key": "ABCD", "data": book}, {"data": note}]))
    assert items == [
        {
            "id": "ABCD",
            "type": "chapter",
            "title": "Tolls",
            "container-title": "Rivers",
            "author": [{"family": "Ro", "given": "Ann"}],
            "editor": [{"literal": "The Abbey"}],
            "issued": {"date-parts": [[2001, 5]]},
            "keyword": "wool",
            "weather": "wet",
        }
    ]
    assert len(said) == 1
    assert "A Zotero note is no source" in said[0]


def test_entries_inherit_from_each_other(tmp_path: Path):
    text = r"""
@inproceedings{child, crossref = {Parent}, xdata = {house}, author = {Zed, A.}, title = {Chapter}, subtitle = {And why}}
@inbook{within, crossref = {work}, title = {Part}, year = 1999}
@article{issue, crossref = {review}, title = {Essay}}
@book{parent, title = {The {Big} Book?}, subtitle = {A Reader}, editor = {Eff, E.}, date = {1990-05}, keywords = {all}}
@book{work, author = {Old, Ann}, title = {Work}, date = {1990-05}, publisher = {P}, abstract = {of the work}}
@periodical{review, title = {Review}, subtitle = {Of All}, year = 2001, issn = {1}}
@xdata{house, publisher = {House \& Sons}, location = {Oslo}}
@book{lost, crossref = {nobody}, title = {Lost}}
@book{round, crossref = {about}, title = {Round}}
@book{about, crossref = {round}, publisher = {Q}}
"""
    items, said = read_bibtex(saved(tmp_path, "x.bib", text))
    found = {item["id"]: item for item in items}
    assert list(found) == ["child", "within", "issue", "parent", "work", "review", "lost", "round", "about"]
    assert found["child"] == {
        "id": "child",
        "type": "paper-conference",
        "title": "Chapter: And why",
        "container-title": "The Big Book? A Reader",
        "author": [{"family": "Zed", "given": "A."}],
        "editor": [{"family": "Eff", "given": "E."}],
        "issued": {"date-parts": [[1990, 5]]},
        "publisher": "House & Sons",
        "publisher-place": "Oslo",
    }
    assert found["within"]["container-author"] == found["within"]["author"] == [{"family": "Old", "given": "Ann"}]
    assert found["within"]["issued"] == {"date-parts": [[1999]]}
    assert "abstract" not in found["within"]
    assert (found["issue"]["container-title"], found["issue"]["title"]) == ("Review: Of All", "Essay")
    assert (found["round"]["publisher"], found["round"]["title"]) == ("Q", "Round")
    told = "\n".join(said)
    assert "x.bib:9:1: 'lost' refers to 'nobody' (crossref), which is not in the file: left out" in told
    assert "'about' refers to 'round' (crossref), in a circle" in told


@pytest.mark.parametrize(
    "text",
    [
        '@string{s0 = "ab"}' + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60)) + "@book{a}",
        '@string{s = "' + "x" * 10_000 + '"}@book{a, title = s' + " # s" * 8_000 + "}",
        "".join(f"@book{{k{n}, crossref = {{p}}}}" for n in range(700)) + "@book{p, note = {" + "x" * 100_000 + "}}",
    ],
)
def test_text_that_grows_from_little_is_refused(tmp_path: Path, text: str):
    with pytest.raises(CaseError, match="hold more than 64 million characters"):
        read_bibtex(saved(tmp_path, "x.bib", text))


def test_broken_places_beyond_counting(tmp_path: Path):
    with pytest.raises(CaseError) as caught:
        read_bibtex(saved(tmp_path, "x.bib", "@a{\n" * 5000))
    assert len(caught.value.problems) == 201
    assert "x.bib:201:1: broken BibTeX here and in 4799 further places" in str(caught.value.problems[-1])


def test_what_else_bibtex_may_hold(tmp_path: Path):
    text = (
        "\ufeffA heading of some program\r\n@preamble{{\\newcommand{\\x}{}}}\r\n% a comment\r\n"
        "@misc{a, howpublished = {\\url{https://example.org/~a}}, urldate = {2024-05-02}, origdate = {1648},\r\n"
        " pubstate = {forthcoming}, shortjournal = {Int. Sec.}, langid = {german}, eventdate = {2020/2021}}\r\n"
        "@misc{b, howpublished = {Broadsheet}, author = {van der Berg, Jan}, options = {useprefix=true}}\r\n"
        "@misc{c, title = {Ends in a brace \\}}, options = {skipbib}}\r\n"
    )
    items, said = read_bibtex(saved(tmp_path, "x.bib", text))
    assert items[0] == {
        "id": "a",
        "type": "document",
        "URL": "https://example.org/~a",
        "accessed": {"date-parts": [[2024, 5, 2]]},
        "original-date": {"date-parts": [[1648]]},
        "event-date": {"date-parts": [[2020], [2021]]},
        "status": "forthcoming",
        "container-title-short": "Int. Sec.",
        "language": "german",
    }
    assert items[1]["publisher"] == "Broadsheet"
    assert items[1]["author"] == [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}]
    assert items[2]["title"] == "Ends in a brace }"
    told = "\n".join(said)
    assert "x.bib:1:1: Text that is no entry is left out, in two places, the first here" in told
    assert "'options' of one entry has no place in CSL" in told
    back, _ = read_bibtex(saved(tmp_path, "y.bib", write_bibtex(items)))
    assert back == items


def test_encodings(tmp_path: Path):
    text = "% Encoding: Cp1252\n@book{a, title = {Café – Łódź}}\n"
    assert read_bibtex(saved(tmp_path, "x.bib", text.encode("utf-16")))[0][0]["title"] == "Café – Łódź"
    latin = saved(tmp_path, "y.bib", text.replace("Łódź", "Lodz").encode("cp1252"))
    assert read_bibtex(latin)[0][0]["title"] == "Café – Lodz"
    with pytest.raises(CaseError, match=r"z.bib:1:19: is not UTF-8.* \(save the file as UTF-8\)"):
        read_bibtex(saved(tmp_path, "z.bib", "@book{a, title = {É".encode("latin-1")))


def test_keys_in_other_scripts_stay_apart(tmp_path: Path, leagues: Path):
    text = "@book{договор, title = {Договор}}\n@book{дорога, title = {Дорога}}\n@book{条約, title = {Treaty of 1902}}\n"
    found, said = sources(leagues, saved(tmp_path, "x.bib", text))
    assert list(found) == ["dogovor", "doroga", "treaty-of-1902"]
    assert "'договор' has the id dogovor here, and two others likewise" in said
    # Thousands that cannot be told apart are numbered without trying every number each time.
    taken: set[str] = set()
    for _ in range(3000):
        taken.add(case_id("条約", taken))
    assert taken == {"source", *(f"source-{n}" for n in range(2, 3001))}


def test_the_same_bibliography_comes_in_once(tmp_path: Path, leagues: Path):
    bib = "@book{Roe:1990, title = {Tolls}, year = 1990}\n@book{new, title = {New}}"
    sources(leagues, saved(tmp_path, "x.bib", bib))
    case = read_case(str(leagues)).case
    with pytest.raises(DetenteError, match=r"Two sources are in the case already"):
        import_file(case, tmp_path / "x.bib", tmp_path / "again.yaml", None, {})
    found, said = sources_from_items(
        [{"id": "Roe:1990", "type": "book", "title": "Tolls", "issued": {"raw": "?"}}], case
    )
    assert found == {}
    assert "'Roe:1990' is in the case already, and differs there (issued): left out." in said


@pytest.mark.parametrize("name", ["two-leagues", "nato-csto"])
@pytest.mark.parametrize("suffix", [".bib", ".json"])
def test_what_is_exported_comes_back_the_same(tmp_path: Path, name: str, suffix: str):
    case = bundled(name)
    assert export_file(case, "sources", tmp_path / f"x{suffix}", {}) == []
    read = read_bibtex if suffix == ".bib" else read_csl
    items, said = read(tmp_path / f"x{suffix}")
    theirs, _ = citations_of_case(case)
    assert items == theirs
    assert {item["id"] for item in items} == {*case.documents, *case.sources}
    assert said == []
    assert sources_from_items(items, case)[0] == {}


def test_documents_are_sources_too_and_a_case_without_any_says_so(tmp_path: Path):
    bare = bundled("two-leagues").model_copy(update={"sources": {}})
    export_file(bare, "sources", tmp_path / "x.json", {})
    assert [item["id"] for item in json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))] == ["chronicle"]
    with pytest.raises(DetenteError, match="no documents and no sources"):
        export_file(bare.model_copy(update={"documents": {}}), "sources", tmp_path / "y.json", {})
    assert not (tmp_path / "y.json").exists()


def citing(case: Case, **cite: object) -> Case:
    source = case.sources["abbey-roll"].model_copy(update={"cite": cite})
    return case.model_copy(update={"sources": {"abbey-roll": source}, "documents": {}})


def test_citations_that_are_none_are_written_as_far_as_they_go(tmp_path: Path):
    case = citing(bundled("two-leagues"), author="The Abbey", issued=1411, volume=float("nan"), x={"a": [1]})
    for name in ("x.json", "x.bib"):
        said = "\n".join(export_file(case, "sources", tmp_path / name, {}))
        assert "'x' of 'abbey-roll' is no text: left out" in said
        assert "'author' of 'abbey-roll' has a name that is a text" in said
    (item,), _ = read_csl(tmp_path / "x.json")
    assert item["author"] == [{"literal": "The Abbey"}]
    assert item["issued"] == {"date-parts": [[1411]]}
    assert item["note"] == case.sources["abbey-roll"].note
    told = unwritten_notes([{"id": "a", "archive": "x", "director": [{"family": "D"}], "submitted": {"raw": "x"}}])
    assert told == [
        f"'{name}' of one item has no name in BibLaTeX: not written."
        for name in sorted(("archive", "director", "submitted"))
    ]
    assert "says more" in unwritten_notes([{"id": "a", "issued": {"date-parts": [[1990]], "season": "Trinity"}}])[0]
    mixed = [{"family": "B", "dropping-particle": "de", "given": "A"}, {"family": "C", "non-dropping-particle": "van"}]
    assert "particles are written as part of the family name" in unwritten_notes([{"id": "a", "author": mixed}])[0]


HOSTILE = "a\x1b[31mb\u202ec\ufdd0"


def test_control_characters_are_replaced_and_told(tmp_path: Path, leagues: Path):
    files: dict[str, str | list[Any]] = {
        "x.bib": f"@book{{x, title = {{=1+1 {HOSTILE}}}, author = {{{HOSTILE}}}}}",
        "y.json": [{"id": "y", "title": HOSTILE, "author": [{"family": HOSTILE}], "issued": {"raw": HOSTILE}}],
    }
    for name, content in files.items():
        found, said = sources(leagues, saved(tmp_path, name, content))  # it is read with the case: `check` takes it
        assert len(found) == 1
        assert "that no text is made of" in said
        assert first_forbidden_character(json.dumps(found, ensure_ascii=False)) is None
        assert "\u202e" not in json.dumps(found, ensure_ascii=False)
    case = citing(bundled("two-leagues"), publisher=HOSTILE, issued={"raw": HOSTILE}, author=[{"literal": HOSTILE}])
    for name in ("z.bib", "z.json"):
        export_file(case, "sources", tmp_path / name, {})
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert first_forbidden_character(text) is None
        assert "\u202e" not in text
        assert "\\u001b" not in text
    assert "}, evil = {" not in write_bibtex([{"id": "a", "title": "}, evil = {x", "DOI": "}, evil = {x"}])


YAML = st.recursive(
    st.text(max_size=12)
    | st.integers(-9, 9)
    | st.booleans()
    | st.none()
    | st.sampled_from(["08", "1e3", "0o7", "~", "No"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@BUSY
@given(st.dictionaries(st.text(min_size=1, max_size=8), YAML, min_size=1, max_size=4))
@example({"a": "08", "b": "1e3", "c": "0x1F", "d": ".5", "e": "null", "f": "2007-06-01", "g": " x", "h": "a: b #c"})
def test_a_part_of_a_case_is_read_as_it_is_meant(sections: dict[str, Any]):
    problems: list[Any] = []
    from detente.text.safe_text import clean_tree

    tree = read_yaml_tree(partial_case_yaml(sections, Path("x\n.bib")).encode(), "x.yaml", 0, problems)
    assert tree is not None
    assert problems == []
    assert tree.plain_data() == clean_tree(sections)


def test_what_does_not_fit_is_refused_before_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    case = bundled("two-leagues")
    large = saved(tmp_path, "large.bib", b"%" * (citations.MAX_FILE_BYTES[".bib"] + 1))
    with pytest.raises(CaseError, match=r"large.bib:1:1: is larger than 8 MiB.*split it"):
        import_file(case, large, tmp_path / "x.yaml", None, {})
    many = saved(tmp_path, "many.bib", "".join(f"@book{{k{n}, title = {{Title {n}}}}}\n" for n in range(300)))
    for name, value in (("MAX_CASE_BYTES", 9000), ("MAX_NODES", 500)):
        monkeypatch.setattr(part, name, value)
        with pytest.raises(CaseError, match=r"many.bib:1:1: as a part of a case .* split it into [23] or more"):
            import_file(case, many, tmp_path / "x.yaml", None, {})
    assert not (tmp_path / "x.yaml").exists()


def test_a_word_of_latex_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """pylatexenc takes milliseconds for a title: what it need not see it does not, however large the file."""
    asked: list[str] = []
    whole = latex._piece_decoder()
    monkeypatch.setattr(latex, "_piece_decoder", lambda: lambda text: asked.append(text) or whole(text))  # type: ignore[func-returns-value]
    entry = (
        '@book{{k{n}, title = {{Plain words {n} of M{{\\"u}}ller -- and {{NATO}}}}, '
        'author = {{Ro, Ann and M{{\\"u}}ller, J.}}}}'
    )
    text = "\n".join(entry.format(n=n) for n in range(400))
    items, said = read_bibtex(saved(tmp_path, "x.bib", text))
    assert items[7]["title"] == "Plain words 7 of Müller – and NATO"
    assert (len(items), said) == (400, [])
    assert sorted(asked) == ["--", 'M{\\"u}ller', "{NATO}"]


PIECES = st.lists(
    st.sampled_from(
        ["a", "B.", " ", "\n", "{NATO Pact}", "\\'e", '{\\"u}', "\\ss ", "{\\ss}", "--", "``a''", "\\& ", "50%"]
    )
    | st.sampled_from(
        ["$a b$", "\\c c", "\\emph{a b}", "\\textbf{x} ", "\\url{http://x/a_b}", "\\v{S}", "é", "{", "}", "\\o "]
    ),
    max_size=9,
).map("".join)


@BUSY
@given(PIECES)
def test_taking_text_apart_changes_nothing(text: str):
    whole, apart = latex._piece_decoder(), latex.latex_decoder()

    def read(decode: Any) -> str:
        try:
            return str(decode(text))
        except Exception as error:  # noqa: BLE001 - which one it is, is compared
            return type(error).__name__

    assert read(apart) == read(whole)


def test_files_beside_the_project_give_their_right_values(tmp_path: Path, leagues: Path, shared: Path):
    def issued(name: str) -> Any:
        (item,), _ = read_csl(shared / "inputs" / name)
        return item.get("issued")

    assert issued("csl-circa.json") == {"date-parts": [[1723]], "circa": True}
    assert issued("csl-season.json") == {"date-parts": [[1985]], "season": 1}
    assert issued("csl-seasonrange.json") == {"date-parts": [[2015, 22], [2016, 24]]}
    assert issued("csl-nullparts.json") is None
    assert issued("csl-zotero-api-wrapper.json") == {"date-parts": [[2001]]}
    found, said = sources(leagues, shared / "inputs" / "csl-one-undated-of-three.json")
    assert ["issued" in source["cite"] for source in found.values()] == [True, False, True]
    assert "'issued' of 'b' holds no date" in said
    found, _ = sources(leagues, shared / "inputs" / "bib-circa-crossref-subtitle.bib")
    assert list(found) == ["circa", "plain", "cross", "parent", "subt", "kliuch", "kniga"]
    assert found["circa"]["cite"]["issued"] == {"date-parts": [[1723]], "circa": True}
    assert found["subt"]["title"] == "Main: The Sub"
    cross = found["cross"]["cite"]
    assert (cross["container-title"], cross["publisher"], cross["issued"]["date-parts"]) == (
        "Parent Book",
        "P",
        [[1990]],
    )
    assert cross["editor"] == [{"family": "E", "given": "F"}]


def test_import_at_the_command_line(tmp_path: Path):
    bad = saved(tmp_path, "bad.bib", "@book{a,\n title = {x\n\n@book{b title = {y}}\n")
    answer = detente("import", bad, "--case", "two-leagues", "--out", tmp_path / "x.yaml")
    assert answer.returncode == 2
    assert "bad.bib:1:1: broken BibTeX" in answer.stderr
    assert "bad.bib:4:1: broken BibTeX" in answer.stderr
    assert not (tmp_path / "x.yaml").exists()
    good = saved(tmp_path, "good.bib", "@book{a,\n title = {x}, isbnx = {1}}")
    answer = detente("import", good, "--case", "two-leagues", "--out", tmp_path / "x.yaml")
    assert answer.returncode == 0
    assert "'isbnx' of one entry has no place in CSL: left out." in answer.stderr
