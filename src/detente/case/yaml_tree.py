"""YAML 1.2 read into a tree that remembers where everything stood.

The core schema of YAML 1.2 and no more: `NO` is text, `010` is ten, `12:30` is text; no tags, no
objects, no merge keys. libyaml's events are put together here, without recursion, because its own
composer overflows the stack on deep input and expands aliases without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from detente.errors import Place, Problem, UnreadableFile
from detente.file_content import utf8_text
from detente.safe_text import clean, forbidden_character

MOST_DEPTH = 40
MOST_NODES = 100_000
"""Values in a case, aliases counted; each takes about a kilobyte when everything about it is wrong."""

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
# Only what begins like this can be anything but text.
_MAYBE_NOT_TEXT = frozenset("~nNtTfF+-.0123456789")


_UNKNOWN: Any = object()


@dataclass(slots=True)
class Node:
    """A value and its place. `value` is a scalar, a list of nodes, or a dict of nodes with `keys`' places."""

    value: Any
    place: Place
    keys: dict[str, Place] | None = None
    size: int = 1
    depth: int = 1
    _plain: Any = field(default=_UNKNOWN, init=False, compare=False, repr=False)

    def child(self, step: str | int) -> Node | None:
        """What stands under a key of a mapping, or at an index of a list."""
        if isinstance(self.value, dict):
            found: Node | None = self.value.get(step)
            return found
        inside = isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value)
        return self.value[step] if inside else None

    def plain(self) -> Any:
        """The value without its places; not to be changed, since it is kept for trees that share this node."""
        if self._plain is _UNKNOWN:
            if isinstance(self.value, dict):
                self._plain = {key: child.plain() for key, child in self.value.items()}
            elif isinstance(self.value, list):
                self._plain = [child.plain() for child in self.value]
            else:
                self._plain = self.value
        return self._plain


def locate(tree: Node, path: Iterable[str | int]) -> tuple[Place, tuple[str | int, ...]]:
    """The place of the deepest node on a path that stands in the file, and the path to it.

    Steps that are not in the file are passed over: pydantic names the member of a union it tried, and
    a list of one may be written without its brackets.
    """
    node = tree
    steps: list[str | int] = []
    for step in path:
        child = node.child(step)
        if child is not None:
            node = child
            steps.append(step)
    return node.place, tuple(steps)


class Unreadable(Exception):
    """The text is not YAML as cases use it; carries the problem."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(str(problem))


def read_tree(content: bytes, file: str, rank: int, problems: list[Problem], most: int = MOST_NODES) -> Node | None:
    """The tree of one YAML document, or None if there is none to be had; problems are added to the list.

    Args:
        content: The content of the file.
        file: How to name it in messages.
        rank: Its rank among the files of the case.
        problems: The list to add to.
        most: How many values it may hold, aliases counted.
    """
    try:
        text = utf8_text(content)
    except UnreadableFile as error:
        problems.append(error.problem(file, rank))
        return None
    try:
        return _Composer(file, rank, problems, most).compose(text)
    except Unreadable as unreadable:
        problems.append(unreadable.problem)
    except ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        line, column = _point(text.encode()[:position].decode("utf-8", "replace"))
        problems.append(Problem(Place(rank, file, line, column), "", "a control character", "delete it"))
    except YAMLError as error:
        problems.append(_syntax_problem(error, file, rank))
    return None


def _point(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _syntax_problem(error: YAMLError, file: str, rank: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(rank, file, mark.line + 1, mark.column + 1) if mark else Place(rank, file, 1, 1)
    what = getattr(error, "problem", None) or "this is not YAML"
    context = getattr(error, "context", None)
    remedy = "check the indentation, colons and brackets here and just above"
    if "mapping values are not allowed" in what:
        remedy = "text with a colon in it needs quotes"
    elif "cannot start any token" in what:
        remedy = "text that begins with this character needs quotes; indent with spaces, not tabs"
    return Problem(place, "", f"{what} {context}" if context else what, remedy)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being filled; `key` is the one whose value comes next."""

    node: Node
    anchor: str | None
    key: str | None = None


class _Composer:
    """Puts events together to nodes, one at a time."""

    def __init__(self, file: str, rank: int, problems: list[Problem], most: int):
        self.file, self.rank, self.problems, self.most = file, rank, problems, most
        self.anchors: dict[str, Node | None] = {}  # None while the node is still open
        self.open: list[_Open] = []
        self.root: Node | None = None

    def compose(self, text: str) -> Node | None:
        """The root node of the text."""
        take = {
            ScalarEvent: self.scalar,
            AliasEvent: self.alias,
            MappingStartEvent: self.begin,
            SequenceStartEvent: self.begin,
            MappingEndEvent: self.end,
            SequenceEndEvent: self.end,
            DocumentStartEvent: self.document,
        }
        for event in _events(text):
            if handler := take.get(type(event)):
                handler(event)
        return self.root

    def document(self, event: Any) -> None:
        if self.root is not None:
            raise self.unreadable(self.place(event), "a second document begins here", "one file, one document")

    def scalar(self, event: Any) -> None:
        place = self.place(event)
        if event.tag and event.tag != "!":
            self.refuse_tag(event.tag, place)
        if character := forbidden_character(event.value):
            what = f"the character {character} is no part of any text"
            self.problems.append(Problem(place, "", what, "delete it; in double quotes \\ begins an escape"))
            event.value = clean(event.value)
        if self.wants_key():
            self.key(event.value, place)
            return
        node = Node(self.resolve(event, place), place)
        if event.anchor:
            self.anchors[event.anchor] = node
        self.add(node)

    def key(self, name: str, place: Place) -> None:
        frame = self.open[-1]
        keys = frame.node.keys
        assert keys is not None
        if name in keys:
            remedy = f"it stood first at line {keys[name].line}; keep one"
            self.problems.append(Problem(place, "", f"the key '{name}' stands twice", remedy))
        else:
            keys[name] = place
        frame.key = name

    def resolve(self, event: Any, place: Place) -> Any:
        """The value of a scalar by the core schema of YAML 1.2 (section 10.3.2)."""
        text: str = event.value
        if not event.implicit[0] or (text and text[0] not in _MAYBE_NOT_TEXT):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            if len(text) > 30:
                raise self.unreadable(place, "a number of more than 30 digits", "put it in quotes if it is text")
            return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
        return float(text) if _FLOAT.fullmatch(text) else text

    def alias(self, event: Any) -> None:
        place = self.place(event)
        self.refuse_as_key(place)
        if event.anchor not in self.anchors:
            raise self.unreadable(place, f"no anchor '&{event.anchor}' before this", "declare it first")
        node = self.anchors[event.anchor]
        if node is None:
            raise self.unreadable(place, f"'*{event.anchor}' stands inside what it stands for", "write it out")
        self.add(Node(node.value, place, node.keys, node.size, node.depth))

    def begin(self, event: Any) -> None:
        place = self.place(event)
        self.refuse_as_key(place)
        if event.tag:
            self.refuse_tag(event.tag, place)
        if len(self.open) >= MOST_DEPTH:
            raise self.too_deep(place)
        if event.anchor:
            self.anchors[event.anchor] = None
        node = Node({}, place, {}) if type(event) is MappingStartEvent else Node([], place)
        self.open.append(_Open(node, event.anchor))

    def end(self, event: Any) -> None:
        frame = self.open.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = frame.node
        self.add(frame.node)

    def add(self, node: Node) -> None:
        """Puts a finished node into the open one, or makes it the root."""
        if not self.open:
            self.root = node
            return
        frame = self.open[-1]
        parent = frame.node
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if parent.size > self.most:
            what = f"more than {MOST_NODES} values in one case, aliases counted"
            raise self.unreadable(node.place, what, "leave out what is not needed")
        if parent.depth + len(self.open) > MOST_DEPTH:  # aliases nest without being nested in the text
            raise self.too_deep(node.place)
        if parent.keys is None:
            parent.value.append(node)
        elif frame.key is not None:
            parent.value.setdefault(frame.key, node)  # of a key that stands twice, the first
            frame.key = None

    def wants_key(self) -> bool:
        return bool(self.open) and self.open[-1].node.keys is not None and self.open[-1].key is None

    def refuse_as_key(self, place: Place) -> None:
        if self.wants_key():
            raise self.unreadable(place, "a key must be a word", "quote it if it begins with [, {, * or &")

    def refuse_tag(self, tag: str, place: Place) -> None:
        self.problems.append(Problem(place, "", f"the tag '{tag}' is not allowed", "cases hold plain values"))

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.rank, self.file, mark.line + 1, mark.column + 1)

    def too_deep(self, place: Place) -> Unreadable:
        return self.unreadable(place, f"nested deeper than {MOST_DEPTH} levels", "flatten it")

    def unreadable(self, place: Place, message: str, remedy: str) -> Unreadable:
        return Unreadable(Problem(place, "", message, remedy))


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()
