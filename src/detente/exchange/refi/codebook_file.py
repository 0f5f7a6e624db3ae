"""REFI-QDA codebooks (.qdc): a tree of codes with what they stand for, as QDA programs exchange it.

The structure (CodeBook, Codes, nested Code with Description, guid, name, isCodable and color; Sets of MemberCode) is
that of pyrefiqda's models, which are made from the standard's schema. Programs do not keep to it: files of NVivo name
the namespace `urn:QDA-XML:codebook:1:0` (QualCoder's refi.py looks for that, and for the project's), colours come with
alpha or as RGB (requal's issue 176), and GUIDs as other ids. None of this is needed here, nor refused.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import CaseError, Place, Problem
from detente.exchange.refi.archive import READ
from detente.exchange.refi.elements import guid, models
from detente.exchange.refi.plain_text import collapsed
from detente.exchange.refi.xml import Refused, Walk
from detente.text.english import clipped
from detente.text.safe_text import clean

NAMESPACE = "urn:QDA-XML:codebook:1.0"
"""The namespace of a codebook."""
_KNOWN = ("", NAMESPACE, "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:project:1.0")
MOST_CODES = 10_000
"""A codebook has at most so many codes."""


@dataclass(slots=True)
class Code:
    """A code, with what it stands for and the codes below it."""

    name: str
    description: str = ""
    codable: bool = True
    """Whether anything is coded to it, or only to those below it."""
    codes: list[Code] = field(default_factory=list)
    key: tuple[str, ...] = ()
    """What its GUID is made from when it is written."""


@dataclass(slots=True)
class Codebook:
    """A tree of codes, the names of sets of codes, and which program wrote it."""

    codes: list[Code] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    origin: str = ""
    coloured: bool = False
    """Whether codes have colours."""


def codebook_xml(title: str, codes: Sequence[Code]) -> str:
    """A codebook as the XML of a .qdc file, the same for the same codes.

    Args:
        title: The title that GUIDs are made from, as in a project of this title.
        codes: The codes, each with its key.

    Raises:
        DetenteError: Without pyrefiqda.
    """
    models()
    from pyrefiqda.models import codebook as m
    from xsdata.formats.dataclass.serializers.config import SerializerConfig
    from xsdata_pydantic.bindings import XmlSerializer

    def made(code: Code) -> Any:
        return m.CodeType(
            guid=guid(title, "code", *code.key),
            name=collapsed(code.name),
            is_codable=code.codable,
            description=clean(code.description) or None,
            code=[made(child) for child in code.codes],
        )

    book = m.CodeBook(origin="Detente", codes=m.CodesType(code=[made(code) for code in codes]))
    config = SerializerConfig(encoding="UTF-8", indent="  ")
    return str(XmlSerializer(config=config).render(book, ns_map={None: NAMESPACE}))


def read_codebook(path: Path) -> Codebook:
    """Reads a .qdc file from any program.

    Raises:
        CaseError: If it cannot be used, with everything that is wrong with it.
    """
    return _Reader(path).codebook(_content(path))


def _content(path: Path) -> bytes:
    place = Place(0, str(path), 1, 1)
    try:
        if stat.S_ISFIFO(path.stat().st_mode):
            raise OSError("is a pipe, not a file")
        with path.open("rb") as file:
            content = file.read(READ + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CaseError([Problem(place, "", f"cannot be read: {reason}", "give a .qdc file")]) from error
    if len(content) > READ:
        raise CaseError([Problem(place, "", "is too large", f"a codebook may have {READ >> 20} MB")])
    return content


class _Reader:
    """A codebook on its way out of XML."""

    def __init__(self, path: Path):
        self.path = path
        self.book = Codebook()
        self.open: list[Code] = []
        self.number = 0
        self.words: list[str] | None = None
        self.walk = Walk(self._problem, self._begin, self._end, self._text)

    def codebook(self, content: bytes) -> Codebook:
        self.walk.through(content)
        if not self.book.codes:
            raise CaseError([self._problem("holds no codes", "export a codebook with codes", 1, 1)])
        return self.book

    def _problem(self, message: str, remedy: str, line: int, column: int) -> Problem:
        return Problem(Place(0, str(self.path), line, column), "", message, remedy)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if self.walk.depth == 1:
            self._root(namespace, name, attributes)
        elif name == "Code":
            self._code(attributes)
        elif name == "Set":
            self.book.sets.append(collapsed(attributes.get("name", "")) or "without a name")
        elif name == "Description" and self.open:
            self.words = []

    def _root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if name != "CodeBook" or namespace not in _KNOWN:
            remedy = "give a codebook (.qdc)" if name != "Project" else "zip it as .qdpx to import it as a project"
            self.walk.add(f"is no REFI-QDA codebook: it begins with '{clipped(name, 40)}'", remedy)
            raise Refused
        self.book.origin = collapsed(attributes.get("origin", ""))

    def _code(self, attributes: dict[str, str]) -> None:
        self.number += 1
        if self.number > MOST_CODES:
            self.walk.add(f"has more than {MOST_CODES} codes", "split it")
            raise Refused
        name = collapsed(attributes.get("name", ""))
        if not name:
            self.walk.add("has a Code without a name", "name it, or take it out")
        codable = attributes.get("isCodable", "true").strip().lower() not in ("false", "0")
        self.book.coloured |= "color" in attributes
        code = Code(name, codable=codable)
        (self.open[-1].codes if self.open else self.book.codes).append(code)
        self.open.append(code)

    def _text(self, text: str) -> None:
        if self.words is not None:
            self.words.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Description" and self.open and self.words is not None:
            self.open[-1].description = clean("".join(self.words)).strip()
            self.words = None
        elif name == "Code" and self.open:
            self.open.pop()


def below(codes: Sequence[Code], *above: str) -> Iterator[tuple[tuple[str, ...], Code]]:
    """Every code with its path, each before those below it."""
    for code in codes:
        yield (*above, code.name), code
        yield from below(code.codes, *above, code.name)
