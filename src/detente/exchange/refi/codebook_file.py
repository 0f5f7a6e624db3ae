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

from detente.errors import CaseError, FilePosition, Problem
from detente.exchange.refi.archive import MAX_MEMBER_BYTES
from detente.exchange.refi.elements import load_models, make_guid
from detente.exchange.refi.plain_text import collapse_spaces
from detente.exchange.refi.xml import XmlRefused, XmlWalk
from detente.text.english import clip_text
from detente.text.safe_text import clean_text

CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
"""The namespace of a codebook."""
_ACCEPTED_NAMESPACES = ("", CODEBOOK_NAMESPACE, "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:project:1.0")
MAX_CODES = 10_000
"""A codebook has at most so many codes."""


@dataclass(slots=True)
class CodebookCode:
    """A code, with what it stands for and the codes below it."""

    name: str
    description: str = ""
    is_codable: bool = True
    """Whether anything is coded to it, or only to those below it."""
    codes: list[CodebookCode] = field(default_factory=list)
    guid_key: tuple[str, ...] = ()
    """What its GUID is made from when it is written."""


@dataclass(slots=True)
class Codebook:
    """A tree of codes, the names of sets of codes, and which program wrote it."""

    codes: list[CodebookCode] = field(default_factory=list)
    set_names: list[str] = field(default_factory=list)
    origin: str = ""
    has_colours: bool = False
    """Whether codes have colours."""


def codebook_xml(title: str, codes: Sequence[CodebookCode]) -> str:
    """A codebook as the XML of a .qdc file, the same for the same codes.

    Args:
        title: The title that GUIDs are made from, as in a project of this title.
        codes: The codes, each with its key.

    Raises:
        DetenteError: Without pyrefiqda.
    """
    load_models()
    from pyrefiqda.models import codebook as m
    from xsdata.formats.dataclass.serializers.config import SerializerConfig
    from xsdata_pydantic.bindings import XmlSerializer

    def code_element(code: CodebookCode) -> Any:
        return m.CodeType(
            guid=make_guid(title, "code", *code.guid_key),
            name=collapse_spaces(code.name),
            is_codable=code.is_codable,
            description=clean_text(code.description) or None,
            code=[code_element(child) for child in code.codes],
        )

    book = m.CodeBook(origin="Detente", codes=m.CodesType(code=[code_element(code) for code in codes]))
    config = SerializerConfig(encoding="UTF-8", indent="  ")
    return str(XmlSerializer(config=config).render(book, ns_map={None: CODEBOOK_NAMESPACE}))


def read_codebook(path: Path) -> Codebook:
    """Reads a .qdc file from any program.

    Raises:
        CaseError: If it cannot be used, with everything that is wrong with it.
    """
    return _CodebookReader(path).read_codes(_read_content(path))


def _read_content(path: Path) -> bytes:
    place = FilePosition(0, str(path), 1, 1)
    try:
        if stat.S_ISFIFO(path.stat().st_mode):
            raise OSError("is a pipe, not a file")
        with path.open("rb") as file:
            content = file.read(MAX_MEMBER_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CaseError([Problem(place, "", f"cannot be read: {reason}", "give a .qdc file")]) from error
    if len(content) > MAX_MEMBER_BYTES:
        raise CaseError([Problem(place, "", "is too large", f"a codebook may have {MAX_MEMBER_BYTES >> 20} MB")])
    return content


class _CodebookReader:
    """A codebook on its way out of XML."""

    def __init__(self, path: Path):
        self.path = path
        self.book = Codebook()
        self.open_codes: list[CodebookCode] = []
        self.code_count = 0
        self.description_pieces: list[str] | None = None
        self.walk = XmlWalk(self._make_problem, self._begin_element, self._end_element, self._add_text)

    def read_codes(self, content: bytes) -> Codebook:
        self.walk.parse(content)
        if not self.book.codes:
            raise CaseError([self._make_problem("holds no codes", "export a codebook with codes", 1, 1)])
        return self.book

    def _make_problem(self, message: str, remedy: str, line: int, column: int) -> Problem:
        return Problem(FilePosition(0, str(self.path), line, column), "", message, remedy)

    def _begin_element(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if self.walk.depth == 1:
            self._check_root(namespace, name, attributes)
        elif name == "Code":
            self._begin_code(attributes)
        elif name == "Set":
            self.book.set_names.append(collapse_spaces(attributes.get("name", "")) or "without a name")
        elif name == "Description" and self.open_codes:
            self.description_pieces = []

    def _check_root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        if name != "CodeBook" or namespace not in _ACCEPTED_NAMESPACES:
            remedy = "give a codebook (.qdc)" if name != "Project" else "zip it as .qdpx to import it as a project"
            self.walk.add_problem(f"is no REFI-QDA codebook: it begins with '{clip_text(name, 40)}'", remedy)
            raise XmlRefused
        self.book.origin = collapse_spaces(attributes.get("origin", ""))

    def _begin_code(self, attributes: dict[str, str]) -> None:
        self.code_count += 1
        if self.code_count > MAX_CODES:
            self.walk.add_problem(f"has more than {MAX_CODES} codes", "split it")
            raise XmlRefused
        name = collapse_spaces(attributes.get("name", ""))
        if not name:
            self.walk.add_problem("has a Code without a name", "name it, or take it out")
        is_codable = attributes.get("isCodable", "true").strip().lower() not in ("false", "0")
        self.book.has_colours |= "color" in attributes
        code = CodebookCode(name, is_codable=is_codable)
        (self.open_codes[-1].codes if self.open_codes else self.book.codes).append(code)
        self.open_codes.append(code)

    def _add_text(self, text: str) -> None:
        if self.description_pieces is not None:
            self.description_pieces.append(text)

    def _end_element(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Description" and self.open_codes and self.description_pieces is not None:
            self.open_codes[-1].description = clean_text("".join(self.description_pieces)).strip()
            self.description_pieces = None
        elif name == "Code" and self.open_codes:
            self.open_codes.pop()


def codes_with_paths(codes: Sequence[CodebookCode], *ancestors: str) -> Iterator[tuple[tuple[str, ...], CodebookCode]]:
    """Every code with its path, each before those below it."""
    for code in codes:
        yield (*ancestors, code.name), code
        yield from codes_with_paths(code.codes, *ancestors, code.name)
