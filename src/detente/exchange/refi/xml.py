"""XML from a stranger: looked through by expat before anything builds a tree of it, and read with places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from detente.errors import CaseError, Problem
from detente.text.english import clipped

DEPTH = 100
"""Elements of XML stand inside one another at most so deep."""
NAMESPACE = "urn:QDA-XML:project:1.0"
"""The namespace of project.qde, in version 1.5 of the standard too."""
Complaint = Callable[[str, str, int, int], Problem]
"""Makes a problem of a message, a remedy, a line and a column."""

_WHOLE = re.compile("[+-]?[0-9]{1,15}")
_NEEDED = {
    "Project": ("name",),
    "User": ("guid",),
    "Code": ("guid", "name", "isCodable"),
    "Coding": ("guid",),
    "CodeRef": ("targetGUID",),
    "NoteRef": ("targetGUID",),
    "TextSource": ("guid",),
    "Note": ("guid",),
    "PlainTextSelection": ("guid", "startPosition", "endPosition"),
}


class Refused(Exception):
    """XML that is not to be read on."""


@dataclass
class Walk:
    """A walk through the elements of some XML, from the first to the last, with what is wrong on the way.

    `begin`, `end` and `text` are called as expat does, with `namespace name` for the name of an element.
    """

    complain: Complaint
    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = lambda _: None
    text: Callable[[str], None] = lambda _: None
    depth: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, message: str, remedy: str = "") -> None:
        """Notes a problem where the walk stands."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        self.problems.append(self.complain(message, remedy, line, column))

    def through(self, content: bytes) -> None:
        """Walks through it.

        Raises:
            CaseError: With its place, if it is broken, has a document type (and so entities) or is nested too deep;
                with every problem that was added.
        """
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.text
        try:
            self._parser.Parse(content, True)
        except Refused:
            pass
        except expat.ExpatError as error:
            self.add(f"is broken XML: {expat.ErrorString(error.code)}", "export it again")
        except (ValueError, LookupError) as error:  # an encoding that is none
            self.add(f"is broken XML: {error}", "export it again")
        if self.problems:
            raise CaseError(self.problems)

    def _doctype(self, *_: object) -> None:
        self.add("has a document type, which the standard does not know", "take the DOCTYPE out")
        raise Refused

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            self.add(f"is nested more than {DEPTH} deep")
            raise Refused
        self.begin(tag, attributes)

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.end(tag)


def check_project(content: bytes, complain: Complaint) -> None:
    """Looks the XML of a project through.

    Raises:
        CaseError: If it is broken or no project; with all places where an element lacks what it must have.
    """

    def begin(tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if walk.depth == 1 and (namespace, name) != (NAMESPACE, "Project"):
            walk.add(f"is no REFI-QDA project: it begins with '{clipped(name, 40)}'", "give a project, not a codebook")
            raise Refused
        for needed in _NEEDED.get(name, ()) if namespace == NAMESPACE else ():
            if needed not in attributes:
                walk.add(f"has a {name} without {needed}")
            elif needed.endswith("Position") and not _WHOLE.fullmatch(attributes[needed].strip()):
                walk.add(f"has a {needed} that is no whole number: '{clipped(attributes[needed], 20)}'")

    walk = Walk(complain, begin)
    walk.through(content)
