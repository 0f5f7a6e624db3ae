from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detente.errors import CaseError, DetenteError
from detente.exchange.citations.dates import date_from_edtf
from detente.exchange.citations.fields import BIBLATEX_TYPES, CSL_ONLY_TYPES, text_fields_of_type
from detente.exchange.citations.read_citations import case_id, read_bibtex, read_csl, write_bibtex, write_csl
from detente.text.safe_text import clean_text, clean_tree

pytest.importorskip("bibtexparser")

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
WALT: dict[str, Any] = {
    "id": "Walt:1985",
    "type": "article-journal",
    "title": "Alliance Formation & the Balance of World Power: 100% {realist}",
    "author": [{"family": "Walt", "given": "Stephen M."}],
    "issued": {"date-parts": [[1985, 3]]},
    "container-title": "International Security",
    "volume": "9",
    "issue": "4",
    "page": "3-43",
    "DOI": "10.2307/2538540",
    "URL": "https://example.org/~a_b?c=d%20e&f=g#h",
}
NATO: dict[str, Any] = {
    "id": "nato-2010",
    "type": "report",
    "title": "Активная оборона — “Active Engagement”",
    "author": [{"literal": "North Atlantic Treaty Organization and partners"}],
    "editor": [
        {"family": "García Márquez", "given": "Gabriel José"},
        {"family": "van der Berg", "given": "Jan"},
        {"family": "Goethe", "given": "J. W.", "dropping-particle": "von"},
        {"family": "Smith-Jones", "given": "J.", "suffix": "Jr."},
        {"family": "Plato"},
        {"family": "Le Monde"},
        {"family": "others"},
    ],
    "issued": {"date-parts": [[2010, 11, 19], [2010, 11, 20]]},
    "accessed": {"date-parts": [[2024, 1, 5]]},
    "publisher": "NATO",
    "publisher-place": "Lisbon",
    "number": "7",
    "genre": "Strategic concept",
}


def csl(path: Path, content: Any) -> Path:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    (path / "x.json").write_bytes(text.encode() if isinstance(text, str) else text)
    return path / "x.json"


def bib(path: Path, content: str | bytes) -> Path:
    (path / "x.bib").write_bytes(content.encode() if isinstance(content, str) else content)
    return path / "x.bib"


def problems(read: Any, path: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read(path)
    return [str(problem).removeprefix(str(path)) for problem in caught.value.problems]


def test_a_round_trip_through_each_format(tmp_path: Path):
    items = [WALT, NATO]
    assert read_csl(csl(tmp_path, write_csl(items))) == (items, [])
    assert read_bibtex(bib(tmp_path, write_bibtex(items))) == (items, [])
    assert write_bibtex(items) == write_bibtex([dict(reversed(item.items())) for item in items])
    assert write_csl(items) == write_csl([dict(reversed(item.items())) for item in items])


def test_what_is_written_for_bibtex():
    assert write_bibtex([WALT]) == (
        "@article{Walt:1985,\n"
        "  author = {Walt, Stephen M.},\n"
        "  title = {Alliance Formation \\& the Balance of World Power: 100\\% "
        "\\textbraceleft{}realist\\textbraceright{}},\n"
        "  volume = {9},\n"
        "  pages = {3--43},\n"
        "  doi = {10.2307/2538540},\n"
        "  url = {https://example.org/~a_b?c=d%20e&f=g#h},\n"
        "  journal = {International Security},\n"
        "  number = {4},\n"
        "  year = {1985},\n"
        "  month = mar,\n"
        "}\n"
    )


def squeezed(text: str) -> str:
    return re.sub("[\t\n\r\x20]+", " ", clean_text(text)).strip(" ")


HOSTILE = st.text(
    st.sampled_from("ab AB.,-–'`?!<>\"\\{}%&#_$~^@=|\n\téß和😀\u00a0\u0301") | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=12,
).filter(squeezed)
NAME = st.one_of(
    st.fixed_dictionaries({"family": HOSTILE}, optional={"given": HOSTILE, "suffix": HOSTILE}),
    st.fixed_dictionaries({"literal": HOSTILE}),
    st.fixed_dictionaries({"family": HOSTILE, "dropping-particle": st.sampled_from(["van der", "d'", "de la"])}),
)
DAY = st.dates().map(lambda day: [day.year, day.month, day.day])
PART = st.builds(lambda day, n: day[:n], DAY, st.integers(1, 3))
DATE = st.one_of(
    st.builds(lambda part: {"date-parts": [part]}, PART),
    st.builds(lambda a, b: {"date-parts": [a, b]}, PART, PART),
    HOSTILE.filter(lambda text: date_from_edtf(squeezed(text)) is None).map(lambda raw: {"raw": raw}),
    st.builds(
        lambda part, circa, season: {"date-parts": [part[:1]], "season": season} | ({"circa": True} if circa else {}),
        *(PART, st.booleans(), st.integers(1, 4)),
    ),
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    type = draw(st.sampled_from([*BIBLATEX_TYPES, *CSL_ONLY_TYPES]))
    item: dict[str, Any] = {"id": draw(st.from_regex(r"[A-Za-z0-9](?:[A-Za-z0-9:._+/]{0,8}[a-z0-9])?", fullmatch=True))}
    item["type"] = type
    for name in sorted(text_fields_of_type(BIBLATEX_TYPES.get(type, ("misc", ""))[0])):
        if name != "page" and draw(st.booleans()):
            item[name] = draw(HOSTILE)
    for name in ("author", "editor", "translator", "container-author"):
        if draw(st.booleans()):
            item[name] = draw(st.lists(NAME, min_size=1, max_size=3))
    for name in ("issued", "accessed", "original-date"):
        if draw(st.booleans()):
            item[name] = draw(DATE)
    return item


def as_read(value: Any) -> Any:
    if isinstance(value, str):
        return squeezed(value)
    if isinstance(value, list):
        return [as_read(part) for part in value]
    return {name: as_read(part) for name, part in value.items()} if isinstance(value, dict) else value


@SHARED
@given(items())
@example({"id": "a", "type": "book", "author": [{"family": "a, b and c", "given": "{", "suffix": "\\"}]})
@example(
    {"id": "a", "type": "book", "author": [{"family": "\\'e"}, {"literal": "}{"}, {"family": "De La", "suffix": "II"}]}
)
@example({"id": "a", "type": "book", "author": [{"family": "ก 0", "dropping-particle": "van der"}]})
@example({"id": "a", "type": "book", "title": "---``''?`!`,,<<>>", "URL": "a--b\\_{c}", "note": "@book{x,\n@a{"})
def test_any_item_of_a_known_type_comes_back_from_bibtex(tmp_path: Path, item: dict[str, Any]):
    back, left_out = read_bibtex(bib(tmp_path, write_bibtex([item])))
    assert back == [as_read(item)]
    assert left_out == []


@SHARED
@given(st.lists(items(), max_size=3, unique_by=lambda item: item["id"]))
def test_any_items_come_back_from_csl(tmp_path: Path, given_items: list[dict[str, Any]]):
    items = [{name: cleaned(value) for name, value in item.items()} for item in given_items]
    assert read_csl(csl(tmp_path, write_csl(given_items))) == (items, [])


def cleaned(value: Any) -> Any:
    """As CSL-JSON is read: without control characters, and the words of a date with single spaces."""
    if isinstance(value, dict) and "raw" in value:
        return {"raw": squeezed(value["raw"])}
    return clean_tree(value)


def one(path: Path, fields: str, kind: str = "book") -> tuple[dict[str, Any], list[str]]:
    (item,), left_out = read_bibtex(bib(path, f"@{kind}{{k,\n{fields}\n}}"))
    return item, left_out


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"{\"O}zg{\"u}r \v{S}\'{\i}\ss", "Özgür Šíß"),
        (r"{\'E}tude d'{\oe}uvre \c{c}a {\L}\'od\'z", "Étude d'œuvre ça Łódź"),
        ("The {NATO} {Treaty}", "The NATO Treaty"),
        ("AT&T at 50% \\% {\\&} x_1", "AT&T at 50% % & x_1"),
        ("Smith~and\n   others -- ``so''", "Smith and others – “so”"),
        ("$a_1$ costs \\$5", "$a_1$ costs $5"),
        (r"\emph{Pax} \textbf{Romana}", "Pax Romana"),
    ],
)
def test_latex_is_decoded(tmp_path: Path, written: str, read: str):
    assert one(tmp_path, f"title = {{{written}}}")[0]["title"] == read
    if '"' not in written:
        assert one(tmp_path, f'title = "{written}"')[0]["title"] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ludwig van Beethoven", [{"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}]),
        (
            "de la Cruz, Jr., Juan",
            [{"family": "Cruz", "given": "Juan", "suffix": "Jr.", "dropping-particle": "de la"}],
        ),
        ("{van Beethoven}, Ludwig", [{"family": "van Beethoven", "given": "Ludwig"}]),
        (
            "given=Hans, family=Harman, prefix=von, useprefix=true",
            [{"given": "Hans", "family": "Harman", "non-dropping-particle": "von"}],
        ),
        ("山田 太郎", [{"family": "太郎", "given": "山田"}]),
        ("כהן ביטון, משה", [{"family": "כהן ביטון", "given": "משה"}]),
        ("{{NATO Public Diplomacy}}", [{"literal": "NATO Public Diplomacy"}]),
        ("{North Atlantic Treaty Organization}", [{"literal": "North Atlantic Treaty Organization"}]),
        (
            "{Barnes and Noble} and Snyder, Glenn H.",
            [{"literal": "Barnes and Noble"}, {"family": "Snyder", "given": "Glenn H."}],
        ),
        ("{\\'A}lvarez-{\\~N}u{\\~n}ez, Jos{\\'e}", [{"family": "Álvarez-Ñuñez", "given": "José"}]),
        ("Plato", [{"family": "Plato"}]),
        ("Иванов, Иван", [{"family": "Иванов", "given": "Иван"}]),
    ],
)
def test_names_are_taken_apart(tmp_path: Path, written: str, read: list[dict[str, str]]):
    item, left_out = one(tmp_path, f"author = {{{written}}}")
    assert (item["author"], left_out) == (read, [])


@pytest.mark.parametrize(
    ("fields", "issued", "told"),
    [
        ("year = 2007, month = jun, day = 1", {"date-parts": [[2007, 6, 1]]}, ""),
        ("year = {2007}, month = {June}", {"date-parts": [[2007, 6]]}, ""),
        ("year = 2007, month = 6", {"date-parts": [[2007, 6]]}, ""),
        ("date = {2007-06-01}", {"date-parts": [[2007, 6, 1]]}, ""),
        ("date = {2007-06/2008}", {"date-parts": [[2007, 6], [2008]]}, ""),
        ("date = {1984~}", {"date-parts": [[1984]], "circa": True}, ""),
        ("date = {1984?}", {"date-parts": [[1984]], "circa": True, "edtf": "1984?"}, ""),
        ("date = {1990/1995~}", {"date-parts": [[1990], [1995]], "circa": True, "edtf": "1990/1995~"}, ""),
        ("date = {1990/..}", {"raw": "1990/.."}, ""),
        ("date = {199X}", {"raw": "199X"}, ""),
        ("date = {1985-21}", {"date-parts": [[1985]], "season": 1}, ""),
        ("date = {2015-22/2016-24}", {"date-parts": [[2015, 22], [2016, 24]]}, ""),
        ("date = {2024-05-02T10:00:00}", {"date-parts": [[2024, 5, 2]]}, "time of day"),
        ("date = {2007-02-30}", {"raw": "2007-02-30"}, ""),
        ("year = {1723~}", {"date-parts": [[1723]], "circa": True}, ""),
        ('year = 2007, month = "10~" # jan', {"date-parts": [[2007, 1, 10]]}, ""),
        ('year = 2007, month = jan # "/" # feb', {"date-parts": [[2007, 1], [2007, 2]]}, ""),
        ("year = 2007, month = {29 May--2 June}", {"date-parts": [[2007, 5, 29], [2007, 6, 2]]}, ""),
        ("year = 2007, month = {2--5 June}", {"date-parts": [[2007, 6, 2], [2007, 6, 5]]}, ""),
        ("date = {2007-06}, year = 2008", {"date-parts": [[2007, 6]]}, "(2008) is left out"),
        ("year = {forthcoming}", {"raw": "forthcoming"}, ""),
        ("year = 2007, month = {Spring}", {"date-parts": [[2007]], "season": 1}, ""),
        ("year = 2007, month = {Michaelmas}", {"date-parts": [[2007]]}, "in part: 2007 Michaelmas"),
        ("year = 2007, day = 3", {"date-parts": [[2007]]}, "in part"),
        ("month = may", None, "no year"),
    ],
)
def test_dates(tmp_path: Path, fields: str, issued: Any, told: str | None):
    item, left_out = one(tmp_path, fields)
    if told is not None:
        assert (item.get("issued"), told in "".join(left_out), bool(left_out)) == (issued, True, bool(told))


def test_what_the_parsers_log_is_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    assert one(tmp_path, r"title = {\frac and \begin{x}}")[0]["title"]
    problems(read_bibtex, bib(tmp_path, "@book{a,\n@book{b}"))
    assert caplog.records == []


def test_strings_are_put_in_and_what_has_no_place_is_told(tmp_path: Path):
    text = """@string{IS = "International Security"}
@comment{nothing}
@ARTICLE{a, Journal = is, FILE = {x.pdf}, journaltitle = {Other}, publisher = nowhere, note = "a: " # is # { {B}}}
@mastersthesis{b, school = {Oslo}, file = {y}, author = {A, B, C, D and others}}
@boardgame{c, title = {Film}}
"""
    items, left_out = read_bibtex(bib(tmp_path, text))
    assert items == [
        {
            "id": "a",
            "type": "article-journal",
            "container-title": "International Security",
            "note": "a: International Security B",
        },
        {
            "id": "b",
            "type": "thesis",
            "publisher": "Oslo",
            "author": [{"literal": "A, B, C, D"}],
            "genre": "Master's thesis",
        },
        {"id": "c", "type": "document", "title": "Film"},
    ]
    told = "\n".join(left_out)
    for said in (
        "'file' of two entries has no place in CSL",
        "another container-title",
        "x.bib:3:1: 'publisher' of 'a' names 'nowhere', which no @string gives",
        "x.bib:4:1: 'author' of 'b' has further names ('others'): left out",
        "not taken apart",
        "x.bib:5:1: 'c' is a 'boardgame'",
    ):
        assert said in told, said


def test_keys_and_fields_that_stand_twice(tmp_path: Path):
    text = "% head\n@book{a, title={x}}\n@book{a, title={y}}\n@book{a, title={x}}\n@book{b, title={1},\nTitle={2}}\n"
    items, said = read_bibtex(bib(tmp_path, text + "@book{, title = {No key}}"))
    assert [item["title"] for item in items] == ["x", "y", "1", "No key"]
    told = "\n".join(said)
    assert ":6:1: 'title' of 'b' stands twice: the second is left out" in told
    assert ":7:1: An entry has no key" in told
    assert "'a' stands twice, for different things: both come in" in told
    assert "'a' stands twice, in the same words: one is left out" in told
    items, said = read_csl(csl(tmp_path, '[{"id": "3"}, {"id": 3, "type": "book"}, {"id": "3", "note": ""}]'))
    assert [item["type"] for item in items] == ["document", "book"]
    assert len(said) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("@book{a, title = {x", ":1:1: broken BibTeX"),
        ("\n\n@book{a title = {x}}\n@book{b}", ":3:1: broken BibTeX"),
        ("@book{a,\n title = {x\n\n@book{b, title = {y}}", ":1:1: broken BibTeX"),
        (b"@book{a,\n title={caf\xe9}}", ":2:12: is not UTF-8"),
        ("just words", "no BibTeX entry"),
        ("@book{a,\n title={" + "{" * 5000 + "}" * 5000 + "}}", ":2:1: 'title' of 'a' is nested too deep"),
    ],
)
def test_bad_bibtex_is_located(tmp_path: Path, content: str | bytes, said: str, capfd: pytest.CaptureFixture[str]):
    assert said in problems(read_bibtex, bib(tmp_path, content))[0]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"id": "a"},\n {"id" "b"}]', ":2:8: broken JSON"),
        ('[{"id": "a"}', "broken JSON"),
        ('[{"id": "a"}] x', ":1:15: broken JSON"),
        ('[{"id": "a",\n "x": NaN}]', ":1:2: broken JSON: NaN"),
        ('[{"id": "a", "id": "b"}]', "'id' stands twice"),
        ("", "broken JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        ('{"items": [{"id": "a"}, {"id" "b"}]}', ":1:31: broken JSON"),
        ('[{"id": "a", "volume": ' + "9" * 5000 + "}]", "broken JSON"),
        (b'[{"id": "\xff"}]', ":1:10: is not UTF-8"),
    ],
)
def test_bad_json_is_located(tmp_path: Path, content: str | bytes, said: str):
    assert said in problems(read_csl, csl(tmp_path, content))[0]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path):
    deep = "{" * 60 + "}" * 60
    told = problems(
        read_bibtex, bib(tmp_path, f"@book{{a,\n@book{{b, t}}\n@book{{c, x={{1}}}}\n@book{{d, y={{{deep}}}}}")
    )
    assert [problem.split(": ")[0] for problem in told] == [":1:1", ":2:1", ":4:1"]
    assert "cannot be read" in problems(read_csl, tmp_path / "none.json")[0]
    assert "is a folder" in problems(read_bibtex, tmp_path)[0]


def test_csl_is_made_uniform(tmp_path: Path):
    content = {
        "id": 7,
        "volume": 12,
        "issued": {"date-parts": [["2007", 6]], "season": 2},
        "accessed": {"literal": "yesterday"},
        "author": [{"family": "A", "given": None}],
        "custom": {"x": 1},
        "note": "\ud800",
    }
    items, left_out = read_csl(csl(tmp_path, content))
    assert items == [
        {
            "id": "7",
            "type": "document",
            "volume": "12",
            "issued": {"date-parts": [[2007, 6]]},
            "accessed": {"raw": "yesterday"},
            "author": [{"family": "A"}],
            "note": "\ufffd",
        }
    ]
    assert [said.split(": ", 1)[1] for said in left_out] == [
        "'issued' of '7' has a season (2) besides its months: left out.",
        "'custom' of '7' is no text: left out.",
        "'note' of '7' holds characters that no text is made of: replaced.",
    ]
    assert all(said.startswith(f"{tmp_path / 'x.json'}:1:1: ") for said in left_out)
    assert read_csl(csl(tmp_path, "\ufeff[ ]")) == ([], [])
    assert read_bibtex(bib(tmp_path, "")) == ([], [])


def test_keys_are_made_from_ids_and_stay_apart():
    keys = re.findall(
        r"@misc\{(.*),",
        write_bibtex([{"id": id} for id in ("Müller 2004", "Muller-2004", "和", "", "a,b}", "Щит", "Łódź")]),
    )
    assert keys == ["Muller-2004", "Muller-2004-2", "item", "item-2", "a-b", "Shchit", "Lodz"]


def test_ids_for_cases():
    assert case_id("Smith:2004_a", set()) == "smith-2004-a"
    assert case_id("Müller.Straße--2004", {"x"}) == "muller.strasse-2004"
    assert case_id("和", set()) == "source"
    assert [case_id(key, set()) for key in ("Щука:1990_б", "Ελλάδα", "Øresund", "İzmir", "평화", "משה")] == [
        *("shchuka-1990-b", "ellada", "oresund", "izmir", "pyeonghwa", "msh")
    ]
    assert case_id("a b", {"a-b", "a-b-2"}) == "a-b-3"


@given(st.text(max_size=120), st.sets(st.text("ab-.0", max_size=4)))
@example("a" * 200, {"a" * 80, "a" * 78 + "-2"})
@example("a" * 79 + ".b", set())
def test_any_key_gives_a_new_id_of_the_right_form(key: str, taken: set[str]):
    id = case_id(key, taken)
    assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", id)
    assert len(id) <= 80
    assert id not in taken
    assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", case_id(key, taken | {id}))


PIECES = st.lists(
    st.sampled_from('@{}",=#%$&()é\\\n ')
    | st.sampled_from(["@book{", "@string{a=", "@comment(", "@preamble", "title", "author", "year", "jan", "and"])
    | st.sampled_from(["\\'", "\\begin{a}", "\\frac", "https://x", "\\url{", "\\verb|", "\\item"]),
    max_size=25,
).map("".join)
JSONISH = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "author", "issued", "date-parts", "family", "title", "x"]), inner
        )
    ),
    max_leaves=12,
)


def survives(read: Any, path: Path) -> None:
    with suppress(DetenteError):
        read(path)


@SHARED
@given(
    PIECES | st.binary(max_size=60) | PIECES.map(lambda text: f"@book{{k, title = {{{text}}}, author = {{{text}}}}}")
)
@example("@book{k, title = {\\verb}}")
@example("@book{k, title = {" + "\\frac" * 500 + "}}")
def test_no_bibtex_makes_a_traceback(tmp_path: Path, content: str | bytes):
    survives(read_bibtex, bib(tmp_path, content))


@SHARED
@given(JSONISH.map(json.dumps) | st.text('[]{}":,id1 \n', max_size=30) | st.binary(max_size=40))
def test_no_json_makes_a_traceback(tmp_path: Path, content: str | bytes):
    survives(read_csl, csl(tmp_path, content))


def test_each_truncation_is_told_or_read(tmp_path: Path):
    for text, write, read in ((write_csl([WALT, NATO]), csl, read_csl), (write_bibtex([WALT, NATO]), bib, read_bibtex)):
        for most in range(0, len(text), 7):
            survives(read, write(tmp_path, text[:most]))


def test_without_bibtexparser_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "bibtexparser.entrypoint", None)
    with pytest.raises(DetenteError, match=r"pip install 'detente\[exchange\]'"):
        read_bibtex(bib(tmp_path, "@book{a}"))
