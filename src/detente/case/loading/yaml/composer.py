"""Events of libyaml put together to a tree, by the core schema of YAML 1.2 and no more.

`NO` is text, `010` is ten, `12:30` is text; no tags, no objects, no merge keys. Without recursion, because the composer
of PyYAML overflows the stack on deep input and expands aliases without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

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

from detente.case.loading.yaml.hints import (
    comment_warning,
    find_cutting_comment,
    find_hidden_key,
    odd_space_problem,
    strip_odd_spaces,
)
from detente.case.loading.yaml.node import MAX_NODES, YamlNode
from detente.errors import FilePosition, Problem
from detente.text.safe_text import clean_text, first_forbidden_character

MAX_DEPTH = 40
MAX_KEY_LENGTH = 1_000
"""Letters of a key."""

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_SPECIAL_SCALARS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
# Only what begins like this can be anything but text.
_MAYBE_NOT_TEXT = frozenset("~nNtTfF+-.0123456789")


MAX_FILE_PROBLEMS = 1_000
"""Problems of one file that are told before the rest of it is left alone."""


class UnreadableYaml(Exception):
    """The text is not YAML as cases use it; carries the problem."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(str(problem))


def is_plain_text(text: str) -> bool:
    """Whether a plain scalar of these letters is text, and not a number, a truth or nothing."""
    return text not in _SPECIAL_SCALARS and not _INT.fullmatch(text) and not _FLOAT.fullmatch(text)


@dataclass(slots=True)
class _OpenNode:
    """A list or mapping that is still being filled; `key` is the one whose value comes next."""

    node: YamlNode
    anchor: str | None
    is_braced: bool
    """Whether it stands in braces or brackets."""
    key: str | None = None
    key_place: FilePosition | None = None
    key_end: int = 0
    """Where in the text the key ends."""
    ends_in_pair: bool = False
    """Whether the last entry of a list in brackets is a key and its value without braces."""


class YamlComposer:
    """Puts events together to nodes, one at a time."""

    def __init__(self, text: str, start: FilePosition, problems: list[Problem], max_nodes: int):
        self.text, self.start, self.problems, self.max_nodes = text, start, problems, max_nodes
        self.problem_count = 0
        self.anchors: dict[str, YamlNode | None] = {}  # None while the node is still open
        self.open_nodes: list[_OpenNode] = []
        self.root: YamlNode | None = None

    def compose(self) -> YamlNode | None:
        """The root node of the text."""
        handlers_by_type = {
            ScalarEvent: self._handle_scalar,
            AliasEvent: self._handle_alias,
            MappingStartEvent: self._handle_start,
            SequenceStartEvent: self._handle_start,
            MappingEndEvent: self._handle_end,
            SequenceEndEvent: self._handle_end,
            DocumentStartEvent: self._handle_document,
        }
        for event in _parse_events(self.text):
            if handler := handlers_by_type.get(type(event)):
                handler(event)
        return self.root

    def _add_problem(self, place: FilePosition, message: str, remedy: str) -> None:
        """Adds a problem that does not keep the rest from being read."""
        self.problems.append(Problem(place, "", message, remedy))
        self.problem_count += 1
        if self.problem_count >= MAX_FILE_PROBLEMS:
            raise self._yaml_error(
                place, f"{MAX_FILE_PROBLEMS} problems; what follows is not looked at", "mend these first"
            )

    def _handle_document(self, event: Any) -> None:
        if self.root is not None:
            raise self._yaml_error(self._event_place(event), "a second document begins here", "one file, one document")

    def _handle_scalar(self, event: Any) -> None:
        place = self._event_place(event)
        if event.tag and event.tag != "!":
            self._refuse_tag(event.tag, place)
        if character := first_forbidden_character(event.value):
            message = f"the character {character} is no part of any text"
            self._add_problem(place, message, "delete it; in double quotes \\ begins an escape")
            event.value = clean_text(event.value)
        is_plain = event.implicit[0] and not event.style
        if is_plain and not event.value.isascii():
            self._report_odd_spaces(event, place)
        if self._expects_key():
            self._handle_key(event, place)
            return
        if is_plain and self._report_lone_key(event, place):
            return
        node = YamlNode(self._resolve_scalar(event, place), place)
        if is_plain and (isinstance(node.value, str) or node.value is None):
            self._warn_of_comment(event)
        if event.anchor:
            self.anchors[event.anchor] = node
        self._attach_node(node)

    def _report_odd_spaces(self, event: Any, place: FilePosition) -> None:
        """Tells of white space at either end that is none to YAML, and of a key that it hides; takes it off."""
        text: str = event.value
        event.value, *ends = strip_odd_spaces(text)
        is_value = not self._expects_key()  # at the ends of a value nothing depends on it
        hidden_position = None if self._follows_key(place) else find_hidden_key(text)
        for position in sorted({position for position in (*ends, hidden_position) if position is not None}):
            problem = odd_space_problem(replace(place, column=place.column + position), text[position])
            if is_value and position != hidden_position:
                self.problems.append(replace(problem, severity="warning"))
            else:
                self._add_problem(problem.place, problem.message, problem.remedy)

    def _follows_key(self, place: FilePosition) -> bool:
        """Whether a scalar that looks like a key and its value is text all the same: it follows a key on its line."""
        frame = self.open_nodes[-1] if self.open_nodes else None
        return frame is not None and frame.key_place is not None and frame.key_place.line == place.line

    def _warn_of_comment(self, event: Any) -> None:
        """Warns of a comment that may cut the value before it."""
        if comment := find_cutting_comment(self.text, event.end_mark.index):
            mark = event.end_mark
            column = mark.column + 1 + comment[0] - mark.index
            self.problems.append(comment_warning(replace(self.start, line=mark.line + 1, column=column), comment[1]))
            self.problem_count += 1

    def _report_lone_key(self, event: Any, place: FilePosition) -> bool:
        """Tells of a key in braces that has no value, or of what should belong to the pair before it."""
        frame = self.open_nodes[-1] if self.open_nodes else None
        if frame is None or not frame.is_braced:
            return False
        if frame.key is None:
            lone_text, is_lone, problem_place = event.value, frame.ends_in_pair, place
        else:
            lone_text, problem_place = frame.key, frame.key_place or place
            is_lone = not event.value and ":" not in self.text[frame.key_end : event.start_mark.index]
        if not is_lone:
            return False
        remedy = self._joined_text_remedy(frame, lone_text) or "keys and values, each 'key: value'"
        self._add_problem(problem_place, f"'{lone_text[:60]}' stands alone, without a value", remedy)
        if frame.node.keys is not None and frame.key is not None:
            frame.node.keys.pop(frame.key, None)
        frame.key = frame.key_place = None
        return True

    def _joined_text_remedy(self, frame: _OpenNode, lone_text: str) -> str:
        """How to write the text that a comma has cut in two."""
        pairs = frame.node.value[-1].value if frame.node.keys is None else frame.node.value
        key, last_value = next(reversed(pairs.items()), ("", None)) if pairs else ("", None)
        if last_value is None or not isinstance(last_value.value, str):
            return ""
        joined_text = f"{last_value.value[:60]}, {lone_text[:60]}"
        return f'a comma ends the text before it; in quotes it does not: {key}: "{joined_text}"'

    def _handle_key(self, event: Any, place: FilePosition) -> None:
        name: str = event.value
        frame = self.open_nodes[-1]
        keys = frame.node.keys
        assert keys is not None
        if len(name) > MAX_KEY_LENGTH:
            raise self._yaml_error(
                place, f"a key of more than {MAX_KEY_LENGTH} letters", "is a quotation mark missing?"
            )
        if name in keys:
            self._add_problem(
                place, f"the key '{name}' stands twice", f"it stood first at line {keys[name].line}; keep one"
            )
        else:
            keys[name] = place
        frame.key, frame.key_place, frame.key_end = name, place, event.end_mark.index

    def _resolve_scalar(self, event: Any, place: FilePosition) -> Any:
        """The value of a scalar by the core schema of YAML 1.2 (section 10.3.2)."""
        text: str = event.value
        if not event.implicit[0] or (text and text[0] not in _MAYBE_NOT_TEXT):
            return text
        if text in _SPECIAL_SCALARS:
            return _SPECIAL_SCALARS[text]
        if _INT.fullmatch(text):
            if len(text) > 30:
                self._add_problem(place, "a number of more than 30 digits", "put it in quotes if it is text")
                return text
            return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
        return float(text) if _FLOAT.fullmatch(text) else text

    def _handle_alias(self, event: Any) -> None:
        place = self._event_place(event)
        self._refuse_as_key(place)
        if event.anchor not in self.anchors:
            raise self._yaml_error(place, f"no anchor '&{event.anchor}' before this", "declare it first")
        node = self.anchors[event.anchor]
        if node is None:
            raise self._yaml_error(place, f"'*{event.anchor}' stands inside what it stands for", "write it out")
        self._attach_node(YamlNode(node.value, place, node.keys, node.size, node.depth))

    def _handle_start(self, event: Any) -> None:
        place = self._event_place(event)
        self._refuse_as_key(place)
        if event.tag:
            self._refuse_tag(event.tag, place)
        if len(self.open_nodes) >= MAX_DEPTH:
            raise self._depth_error(place)
        if event.anchor:
            self.anchors[event.anchor] = None
        node = YamlNode({}, place, {}) if type(event) is MappingStartEvent else YamlNode([], place)
        if self.open_nodes:
            # In brackets `a: 1` is a mapping of one pair, which begins with no character of its own.
            self.open_nodes[-1].ends_in_pair = node.keys is not None and event.start_mark.index == event.end_mark.index
        self.open_nodes.append(_OpenNode(node, event.anchor, bool(event.flow_style)))

    def _handle_end(self, event: Any) -> None:
        frame = self.open_nodes.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = frame.node
        self._attach_node(frame.node)

    def _attach_node(self, node: YamlNode) -> None:
        """Puts a finished node into the open one, or makes it the root."""
        if not self.open_nodes:
            self.root = node
            return
        frame = self.open_nodes[-1]
        parent = frame.node
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if parent.size > self.max_nodes:
            message = f"more than {MAX_NODES} values in one case, aliases counted"
            raise self._yaml_error(node.place, message, "leave out what is not needed")
        if parent.depth + len(self.open_nodes) > MAX_DEPTH:  # aliases nest without being nested in the text
            raise self._depth_error(node.place)
        if parent.keys is None:
            parent.value.append(node)
        elif frame.key is not None:
            parent.value.setdefault(frame.key, node)  # of a key that stands twice, the first
            frame.key = frame.key_place = None

    def _expects_key(self) -> bool:
        return bool(self.open_nodes) and self.open_nodes[-1].node.keys is not None and self.open_nodes[-1].key is None

    def _refuse_as_key(self, place: FilePosition) -> None:
        if self._expects_key():
            raise self._yaml_error(place, "a key must be a word", "quote it if it begins with [, {, * or &")

    def _refuse_tag(self, tag: str, place: FilePosition) -> None:
        self._add_problem(place, f"the tag '{tag[:60]}' is not allowed", "cases hold plain values")

    def _event_place(self, event: Any) -> FilePosition:
        mark = event.start_mark
        return FilePosition(self.start.rank, self.start.file, mark.line + 1, mark.column + 1)

    def _depth_error(self, place: FilePosition) -> UnreadableYaml:
        return self._yaml_error(place, f"nested deeper than {MAX_DEPTH} levels", "flatten it")

    def _yaml_error(self, place: FilePosition, message: str, remedy: str) -> UnreadableYaml:
        return UnreadableYaml(Problem(place, "", message, remedy))


def _parse_events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()
