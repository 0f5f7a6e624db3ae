"""A document as Markdown, as GitHub reads it: pictures are tables, and comments carry the ids of findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detente.report.documents.blocks import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Run,
    TableBlock,
    plain,
    runs_text,
)
from detente.text.safe_text import clean_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$&])")
_LINE_START = re.compile(r"^(\s*)([-+=#]|\d+[.)])")


def render_markdown(document: Document) -> str:
    """The document as text."""
    parts = [f"# {escape_markdown(document.title)}"]
    source = ""
    for block in document.blocks:
        if block.source and block.source != source:
            parts.append(f"<!-- {_comment_id(block.source)} -->")
        source = block.source or source
        parts += _block(block)
    return clean_text("\n\n".join(parts) + "\n")


def escape_markdown(text: str) -> str:
    """Text on one line of which nothing is taken for markup."""
    return _LINE_START.sub(
        _escape_start, _SPECIAL.sub(r"\\\1", " ".join(clean_text(text).split(" ")).replace("\n", " "))
    )


def _escape_start(match: re.Match[str]) -> str:
    """What would begin a list or a heading: a backslash before the sign, in a number before its point."""
    blank, sign = match.groups()
    return f"{blank}\\{sign}" if len(sign) == 1 else f"{blank}{sign[:-1]}\\{sign[-1]}"


def _comment_id(source: str) -> str:
    """An id within a comment, which two hyphens would end."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.-]", "-", source)).strip("-")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escape_markdown(block.text)}"
        case Paragraph():
            yield markdown_runs(block.runs)
        case ItemList():
            items = (markdown_runs(item) for item in block.items)
            yield "\n".join(f"{f'{n}.' if block.is_ordered else '-'} {item}" for n, item in enumerate(items, start=1))
        case TableBlock():
            yield from _captioned(block)
        case Figure():
            yield from _figure(block)
        case CodeBlock():
            fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", block.text)), default=0))
            yield f"{fence}\n{block.text}\n{fence}"


def _figure(figure: Figure) -> Iterator[str]:
    """A picture as its tables, under what there is to see."""
    yield escape_markdown(figure.caption)
    for table in figure.tables:
        if table.caption and table.caption != figure.caption:
            yield f"**{escape_markdown(table.caption)}**"
        yield _table(table)


def _captioned(table: TableBlock) -> Iterator[str]:
    if table.caption:
        yield f"**{escape_markdown(table.caption)}**"
    yield _table(table)


def _table(table: TableBlock) -> str:
    rule = ["---", *("---:" if _is_numeric(table, index) else "---" for index in range(1, len(table.headings)))]
    rows = [[markdown_runs(cell) for cell in row] for row in table.rows]
    lines = [[markdown_runs(plain(heading)) or " " for heading in table.headings], rule, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _is_numeric(table: TableBlock, index: int) -> bool:
    """Whether the cells of a column are numbers, to be aligned at the right."""
    cells = [runs_text(row[index]) for row in table.rows if row[index]]
    return bool(cells) and all(re.match(r"[<>+−]?\d", cell) and len(cell) < 12 for cell in cells)


def markdown_runs(runs: Sequence[Run]) -> str:
    """Runs on one line, those set apart in bold, keys as code."""
    text = "".join(_run(run) for run in _joined(runs))
    return _LINE_START.sub(_escape_start, text)


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of the same kind as one, since bold that ends where bold begins is no bold."""
    pending: Run | None = None
    for run in runs:
        if pending and (pending.strong, pending.is_code) == (run.strong, run.is_code):
            pending = Run(pending.text + run.text, run.strong, run.is_code)
            continue
        if pending:
            yield pending
        pending = run
    if pending:
        yield pending


def _run(run: Run) -> str:
    text = " ".join(clean_text(run.text).splitlines())
    if run.is_code:
        ticks = "`" * (1 + max((len(found) for found in re.findall("`+", text)), default=0))
        blank = " " if "`" in text else ""
        return f"{ticks}{blank}{text.replace('|', chr(92) + '|')}{blank}{ticks}"
    escaped = _SPECIAL.sub(r"\\\1", text)
    core = escaped.strip()
    if not run.strong or not core:
        return escaped
    before, after = escaped[: len(escaped) - len(escaped.lstrip())], escaped[len(escaped.rstrip()) :]
    return f"{before}**{core}**{after}"
