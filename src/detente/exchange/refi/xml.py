"""XML from a stranger: looked through by expat before anything builds a tree of it, and read with places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from detente.errors import CaseError, Problem
from detente.text.english import clip_text

MAX_DEPTH = 100
"""Elements of XML stand inside one another at most so deep."""
PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
"""The namespace of project.qde, in version 1.5 of the standard too."""
ProblemFactory = Callable[[str, str, int, int], Problem]
"""Makes a problem of a message, a remedy, a line and a column."""

_WHOLE_NUMBER_PATTERN = re.compile("[+-]?[0-9]{1,15}")
_REQUIRED_ATTRIBUTES = {
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


class XmlRefused(Exception):
    """XML that is not to be read on."""


@dataclass
class XmlWalk:
    """A walk through the elements of some XML, from the first to the last, with what is wrong on the way.

    `begin`, `end` and `text` are called as expat does, with `namespace name` for the name of an element.
    """

    make_problem: ProblemFactory
    on_begin: Callable[[str, dict[str, str]], None]
    on_end: Callable[[str], None] = lambda _: None
    on_text: Callable[[str], None] = lambda _: None
    depth: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add_problem(self, message: str, remedy: str = "") -> None:
        """Notes a problem where the walk stands."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        self.problems.append(self.make_problem(message, remedy, line, column))

    def parse(self, content: bytes) -> None:
        """Walks through it.

        Raises:
            CaseError: With its place, if it is broken, has a document type (and so entities) or is nested too deep;
                with every problem that was added.
        """
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._begin_element
        self._parser.EndElementHandler = self._end_element
        self._parser.CharacterDataHandler = self.on_text
        try:
            self._parser.Parse(content, True)
        except XmlRefused:
            pass
        except expat.ExpatError as error:
            self.add_problem(f"is broken XML: {expat.ErrorString(error.code)}", "export it again")
        except (ValueError, LookupError) as error:  # an encoding that is none
            self.add_problem(f"is broken XML: {error}", "export it again")
        if self.problems:
            raise CaseError(self.problems)

    def _refuse_doctype(self, *_: object) -> None:
        self.add_problem("has a document type, which the standard does not know", "take the DOCTYPE out")
        raise XmlRefused

    def _begin_element(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.add_problem(f"is nested more than {MAX_DEPTH} deep")
            raise XmlRefused
        self.on_begin(tag, attributes)

    def _end_element(self, tag: str) -> None:
        self.depth -= 1
        self.on_end(tag)


def check_project(content: bytes, make_problem: ProblemFactory) -> None:
    """Looks the XML of a project through.

    Raises:
        CaseError: If it is broken or no project; with all places where an element lacks what it must have.
    """

    def check_element(tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if walk.depth == 1 and (namespace, name) != (PROJECT_NAMESPACE, "Project"):
            walk.add_problem(
                f"is no REFI-QDA project: it begins with '{clip_text(name, 40)}'", "give a project, not a codebook"
            )
            raise XmlRefused
        for attribute in _REQUIRED_ATTRIBUTES.get(name, ()) if namespace == PROJECT_NAMESPACE else ():
            if attribute not in attributes:
                walk.add_problem(f"has a {name} without {attribute}")
            elif attribute.endswith("Position") and not _WHOLE_NUMBER_PATTERN.fullmatch(attributes[attribute].strip()):
                walk.add_problem(f"has a {attribute} that is no whole number: '{clip_text(attributes[attribute], 20)}'")

    walk = XmlWalk(make_problem, check_element)
    walk.parse(content)
