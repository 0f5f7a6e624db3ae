"""YAML 1.2 read into a tree that remembers where everything stood.

The core schema of YAML 1.2 and no more: `NO` is text, `010` is ten, `12:30` is text; no tags, no
objects, no merge keys. libyaml's events are put together here, without recursion, because its own
composer overflows the stack on deep input and expands aliases without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
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

from detente.case.loading.yaml_hints import (
    causes,
    cut_by_comment,
    cut_problem,
    hidden_key,
    odd_ends,
    odd_problem,
    readable,
)
from detente.errors import Place, Problem, UnreadableFile
from detente.files.bounded_read import utf8_text
from detente.text.safe_text import clean, forbidden_character

MOST_DEPTH = 40
MOST_KEY = 1_000
"""Letters of a key."""
MOST_TOLD = 1_000
"""Problems of one file that are told before the rest of it is left alone."""
MOST_NODES = 100_000
"""Values in a case, aliases counted; each takes about a kilobyte at worst."""

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
    text, unreadable_characters = readable(text, file, rank, MOST_TOLD)
    problems += unreadable_characters
    try:
        return _composed(text, Place(rank, file, 1, 1), problems, most)
    except Unreadable as unreadable:
        problems.append(unreadable.problem)
    except YAMLError as error:
        problem = _syntax_problem(error, file, rank)
        line = problem.place.line
        behind = causes(text, file, rank, line)[:MOST_TOLD]
        problems += behind
        behind += [problem for problem in unreadable_characters if problem.place.line == line]
        # What is behind it is told in its place; a comment only may be.
        problems += [] if any(cause.severity == "error" for cause in behind) else [problem]
    return None


def _composed(text: str, start: Place, problems: list[Problem], most: int) -> Node | None:
    """The root node; what is nested too deep for libyaml itself is located as what is nested too deep for us.

    Since version 0.2.6 (with PyYAML 6.0.4) libyaml gives up at its own limit, and may have looked that far ahead before
    it tells of anything. What stands before that place is beyond our limit already.
    """
    before = len(problems)
    try:
        return _Composer(text, start, problems, most).compose()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark is None or "nesting depth" not in f"{getattr(error, 'problem', '')}":
            raise
        del problems[before:]
        _Composer(text[: mark.index], start, problems, most).compose()
        raise


def stays_text(text: str) -> bool:
    """Whether a plain scalar of these letters is text, and not a number, a truth or nothing."""
    return text not in _WORDS and not _INT.fullmatch(text) and not _FLOAT.fullmatch(text)


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
    braced: bool
    """Whether it stands in braces or brackets."""
    key: str | None = None
    key_place: Place | None = None
    key_end: int = 0
    """Where in the text the key ends."""
    pair: bool = False
    """Whether the last entry of a list in brackets is a key and its value without braces."""


class _Composer:
    """Puts events together to nodes, one at a time."""

    def __init__(self, text: str, start: Place, problems: list[Problem], most: int):
        self.text, self.start, self.problems, self.most = text, start, problems, most
        self.told = 0
        self.anchors: dict[str, Node | None] = {}  # None while the node is still open
        self.open: list[_Open] = []
        self.root: Node | None = None

    def compose(self) -> Node | None:
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
        for event in _events(self.text):
            if handler := take.get(type(event)):
                handler(event)
        return self.root

    def tell(self, place: Place, message: str, remedy: str) -> None:
        """Adds a problem that does not keep the rest from being read."""
        self.problems.append(Problem(place, "", message, remedy))
        self.told += 1
        if self.told >= MOST_TOLD:
            raise self.unreadable(place, f"{MOST_TOLD} problems; what follows is not looked at", "mend these first")

    def document(self, event: Any) -> None:
        if self.root is not None:
            raise self.unreadable(self.place(event), "a second document begins here", "one file, one document")

    def scalar(self, event: Any) -> None:
        place = self.place(event)
        if event.tag and event.tag != "!":
            self.refuse_tag(event.tag, place)
        if character := forbidden_character(event.value):
            what = f"the character {character} is no part of any text"
            self.tell(place, what, "delete it; in double quotes \\ begins an escape")
            event.value = clean(event.value)
        plain = event.implicit[0] and not event.style
        if plain and not event.value.isascii():
            self.find_odd_spaces(event, place)
        if self.wants_key():
            self.key(event, place)
            return
        if plain and self.stands_alone(event, place):
            return
        node = Node(self.resolve(event, place), place)
        if plain and (isinstance(node.value, str) or node.value is None):
            self.find_comment(event)
        if event.anchor:
            self.anchors[event.anchor] = node
        self.add(node)

    def find_odd_spaces(self, event: Any, place: Place) -> None:
        """Tells of white space at either end that is none to YAML, and of a key that it hides; takes it off."""
        text: str = event.value
        event.value, *ends = odd_ends(text)
        harmless = not self.wants_key()  # at the ends of a value nothing depends on it
        hidden = None if self.is_text(place) else hidden_key(text)
        for at in sorted({at for at in (*ends, hidden) if at is not None}):
            problem = odd_problem(replace(place, column=place.column + at), text[at])
            if harmless and at != hidden:
                self.problems.append(replace(problem, severity="warning"))
            else:
                self.tell(problem.place, problem.message, problem.remedy)

    def is_text(self, place: Place) -> bool:
        """Whether a scalar that looks like a key and its value is text all the same: it follows a key on its line."""
        frame = self.open[-1] if self.open else None
        return frame is not None and frame.key_place is not None and frame.key_place.line == place.line

    def find_comment(self, event: Any) -> None:
        """Warns of a comment that may cut the value before it."""
        if cut := cut_by_comment(self.text, event.end_mark.index):
            mark = event.end_mark
            column = mark.column + 1 + cut[0] - mark.index
            self.problems.append(cut_problem(replace(self.start, line=mark.line + 1, column=column), cut[1]))
            self.told += 1

    def stands_alone(self, event: Any, place: Place) -> bool:
        """Tells of a key in braces that has no value, or of what should belong to the pair before it."""
        frame = self.open[-1] if self.open else None
        if frame is None or not frame.braced:
            return False
        if frame.key is None:
            alone, whole, at = event.value, frame.pair, place
        else:
            alone, at = frame.key, frame.key_place or place
            whole = not event.value and ":" not in self.text[frame.key_end : event.start_mark.index]
        if not whole:
            return False
        remedy = self.meant_as_one(frame, alone) or "keys and values, each 'key: value'"
        self.tell(at, f"'{alone[:60]}' stands alone, without a value", remedy)
        if frame.node.keys is not None and frame.key is not None:
            frame.node.keys.pop(frame.key, None)
        frame.key = frame.key_place = None
        return True

    def meant_as_one(self, frame: _Open, alone: str) -> str:
        """How to write the text that a comma has cut in two."""
        held = frame.node.value[-1].value if frame.node.keys is None else frame.node.value
        key, before = next(reversed(held.items()), ("", None)) if held else ("", None)
        if before is None or not isinstance(before.value, str):
            return ""
        return f'a comma ends the text before it; in quotes it does not: {key}: "{before.value[:60]}, {alone[:60]}"'

    def key(self, event: Any, place: Place) -> None:
        name: str = event.value
        frame = self.open[-1]
        keys = frame.node.keys
        assert keys is not None
        if len(name) > MOST_KEY:
            raise self.unreadable(place, f"a key of more than {MOST_KEY} letters", "is a quotation mark missing?")
        if name in keys:
            self.tell(place, f"the key '{name}' stands twice", f"it stood first at line {keys[name].line}; keep one")
        else:
            keys[name] = place
        frame.key, frame.key_place, frame.key_end = name, place, event.end_mark.index

    def resolve(self, event: Any, place: Place) -> Any:
        """The value of a scalar by the core schema of YAML 1.2 (section 10.3.2)."""
        text: str = event.value
        if not event.implicit[0] or (text and text[0] not in _MAYBE_NOT_TEXT):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            if len(text) > 30:
                self.tell(place, "a number of more than 30 digits", "put it in quotes if it is text")
                return text
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
        if self.open:
            # In brackets `a: 1` is a mapping of one pair, which begins with no character of its own.
            self.open[-1].pair = node.keys is not None and event.start_mark.index == event.end_mark.index
        self.open.append(_Open(node, event.anchor, bool(event.flow_style)))

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
            frame.key = frame.key_place = None

    def wants_key(self) -> bool:
        return bool(self.open) and self.open[-1].node.keys is not None and self.open[-1].key is None

    def refuse_as_key(self, place: Place) -> None:
        if self.wants_key():
            raise self.unreadable(place, "a key must be a word", "quote it if it begins with [, {, * or &")

    def refuse_tag(self, tag: str, place: Place) -> None:
        self.tell(place, f"the tag '{tag[:60]}' is not allowed", "cases hold plain values")

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.start.rank, self.start.file, mark.line + 1, mark.column + 1)

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
