"""The words of a page by its views, as a reader sees them: what is drawn, folded or for scripts told apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "line", "rect", "circle"))
SILENT = frozenset(("script", "style"))
BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "li", "div", "td", "th", "summary", "dt", "dd", "tr", "option", "label")
)
IMPLIED_ENDS = {
    "li": frozenset(("li",)),
    "tr": frozenset(("td", "th", "tr")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "tbody": frozenset(("td", "th", "tr", "thead")),
    "dt": frozenset(("p", "dd", "dt")),
    "dd": frozenset(("p", "dd", "dt")),
    "p": frozenset(("p",)),
}
"""Elements that end where another begins, as far as our templates leave their ends out."""
APART = frozenset(("word", "measure-foot"))
"""Classes of what stands within a text on narrow screens only, and so is a text by itself."""


@dataclass
class Block:
    """A run of text that stands by itself, with the elements that it stands in."""

    view: str
    within: tuple[str, ...]
    """Of each element that it stands in its name, its id after a `#`, its classes after dots, `[hidden]` if it is."""
    text: str = ""

    def stands_in(self, *marks: str) -> bool:
        """Whether any element that it stands in bears one of the marks: a name, `.class`, `#id` or `[hidden]`."""
        return any(mark in element.split(" ") for element in self.within for mark in marks)


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    view: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._starts_block = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open and self.open[-1][0] in IMPLIED_ENDS.get(tag, ()):
            self.open.pop()
        if tag in VOID:
            return
        values = dict(attrs)
        names = (values.get("class") or "").split()
        marks = " ".join([*(f".{name}" for name in names), *(["[hidden]"] if values.get("hidden") == "" else [])])
        self.open.append((tag, f"{tag} #{values.get('id') or ''} {marks}"))
        if tag == "section" and "view" in (values.get("class") or ""):
            self.view = values.get("id") or ""
        self._starts_block |= tag in BLOCKS or bool(APART & set(names))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open and self.open.pop()[0] != tag:
                pass
        self._starts_block |= tag in BLOCKS
        if tag == "section":
            self.view = ""

    def handle_data(self, data: str) -> None:
        if any(name in SILENT for name, _ in self.open):
            return
        if not data.strip():
            if self.blocks and not self._starts_block:
                self.blocks[-1].text += " "
            return
        if self._starts_block or not self.blocks:
            self.blocks.append(Block(self.view, tuple(marks for _, marks in self.open)))
            self._starts_block = False
        self.blocks[-1].text += data


def read_blocks(page: str) -> list[Block]:
    """The texts of a page in order, each with its view: `brief`, the id of a chapter, `annex`, or nothing."""
    reader = _Reader()
    reader.feed(page)
    for block in reader.blocks:
        block.text = " ".join(block.text.split())
    return reader.blocks
