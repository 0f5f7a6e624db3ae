"""A case with hostile text in every place that takes text, and what must not be found in anything written from it."""

from __future__ import annotations

import copy
import csv
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import yaml

from detente.assessment.assess import read_case
from detente.case.bundled import BUNDLED_FOLDER
from detente.errors import CaseError, Problem
from detente.text.safe_text import clean_text, guard_cell
from tests.stress.mutants import at, base, nodes

TEXTS: dict[str, str] = {
    "formula": "=cmd|' /c calc'!A0",
    "plus": "+1+1|calc",
    "minus": "-2+3+cmd|' /c calc'!A0",
    "at": "@SUM(1+1)*cmd|' /c calc'!A0",
    "tab": "\t=1+1",
    "fullwidth": "＝1+1",
    "html": "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1><svg onload=window.pwned=1>",
    "attribute": "\" onmouseover=\"window.pwned=1\" ' onfocus='window.pwned=1' ` {{7*7}} ${7*7} <%= 7*7 %> {% x %}",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200fy",
    "quotes": '" } { "a" "b" } 0 \\" \\\\ \\input{x} } @article{y, title={z}} % $ & # _ ~ ^',
    "markup": "[red]x[/red] [link=x]y[/link] **b** `c` <!-- d --> ]]> &lt;e&gt; &#x1b;[31m",
    "expression": "datum['x']+event.view.eval('window.pwned=1') signal:x '+window.pwned+'",
    "long": "x" * 4_000,
}
"""By what they try. None is refused on reading: what is refused there is `REFUSED`."""
KEPT = ("file", "sha256")
"""Without these no text of a document is there, and no project can be written."""
REFUSED = ("\x1b[31mred", "\x9b31m", "\x00", "\x07", "\x08", "\x7f", "\ufffe", "\uffff", "\ufdd0", "\U0001ffff")


def hostile_case(texts: Sequence[str], name: str = "two-leagues") -> tuple[str, int]:
    """A bundled case with these texts, in turn, in every place where the reader takes them, and how many places
    those are.

    A number after the text keeps names apart. The reader itself says where a text cannot stand.
    """
    data = copy.deepcopy(base(name))
    places = [path for path, value in nodes(data) if isinstance(value, str) and path[-1] not in KEPT]
    refused: set[int] = set()
    while True:
        trial = copy.deepcopy(data)
        for number, path in enumerate(places):
            if number not in refused:
                at(trial, path[:-1])[path[-1]] = f"{texts[number % len(texts)]} {number}"
        # One line a value, so that the line of a problem says which value it is.
        written = yaml.dump(trial, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=10**9)
        more = set(_refused_places(written)) - refused
        if not more:
            return written, len(places) - len(refused)
        refused |= more


def _refused_places(text: str) -> Iterator[int]:
    """The numbers of the values that the reader refuses."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_case(text, Path(folder))
        problems = _problems(file)
    said = [text.splitlines()[problem.place.line - 1] + "\n" + problem.message for problem in problems]
    found = [re.search(r" (\d+)(['\"]?$|')", words, re.MULTILINE) for words in said]
    # Other problems follow from these: a reference to an id that has become the text.
    assert any(found) or not problems, problems
    yield from (int(match.group(1)) for match in found if match)


def _problems(file: Path) -> Sequence[Problem]:
    try:
        read_case(str(file))
    except CaseError as error:
        return error.problems
    return ()


def write_case(text: str, folder: Path) -> Path:
    """Puts a case into a folder, with the text that it quotes."""
    shutil.copy(BUNDLED_FOLDER / "two-leagues" / "chronicle.txt", folder)
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    return file


def harm_in(folder: Path) -> Iterator[str]:
    """What could do harm in the files of a folder and below, each in a sentence."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".html", ".svg"):
            yield from _harm_in_markup(path)
        elif path.suffix == ".csv":
            yield from _harm_in_cells(path)
        if path.suffix in (".qdpx", ".docx"):
            yield from _harm_in_archive(path)
        elif path.is_file() and path.suffix not in (".parquet", ".pdf"):
            text = path.read_text(encoding="utf-8-sig")
            if clean_text(text) != text:
                yield f"{path.name} holds a character that speaks to a terminal or turns text around"


class _Elements(HTMLParser):
    """The elements of a page and whatever in them could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in ("iframe", "object", "embed", "img", "link", "base"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src", "xlink:href") and "script:" in (value or "")):
                self.found.append(f"{tag} {name}")


def _harm_in_markup(path: Path) -> Iterator[str]:
    parser = _Elements()
    parser.feed(path.read_text(encoding="utf-8"))
    yield from (f"{path.name} holds {what}" for what in parser.found)
    if path.name == "notebook.html" and parser.scripts:
        yield f"{path.name} holds a script"


def _harm_in_cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            for cell in row:
                if not cell.startswith("'") and guard_cell(cell) != cell:
                    yield f"{path.name}, line {number}: {cell[:40]!r} could run in a spreadsheet"


def _harm_in_archive(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.endswith(".png"):
                continue
            text = archive.read(member).decode("utf-8-sig")
            if clean_text(text) != text:
                yield f"{path.name}: {member} holds a character that speaks to a terminal or turns text around"
            if ".." in member or member.startswith("/"):
                yield f"{path.name}: {member} leads out of its folder"


def scripts_in(page: Path) -> int:
    """How many script elements a page has."""
    parser = _Elements()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.scripts
