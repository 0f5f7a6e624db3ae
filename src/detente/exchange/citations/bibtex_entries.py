"""The entries of a BibTeX file: their fields with `@string` and `#` put in, and what they inherit from others.

bibtexparser takes the file apart. The values are read here, since it leaves `"a" # b` as it stands, and so is
inheritance, which it does not do: a `crossref` gives what the entry lacks, the parent's title as the title of the book
(BibLaTeX's manual, appendix B), `xdata` gives what it lacks as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.errors import CaseError, DetenteError, Place, Problem
from detente.exchange.citations.bibtex_values import Budget, expanded, nesting
from detente.exchange.citations.fields import CONTAINED, DATED, PARENTAL
from detente.exchange.citations.latex import plain
from detente.exchange.notes import Notes
from detente.text.english import clipped, count, listed

DEPTH = 50
"""How deep braces may be nested."""
GENERATIONS = 8
"""How many entries may inherit from each other."""
MOST_PROBLEMS = 200
"""How many broken places are told one by one."""


@dataclass
class Entry:
    """An entry as the file has it: what it is, its key, the line it begins in, and its fields by small names."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


def entries_of(text: str, file: str, notes: Notes) -> list[Entry]:
    """The entries of a BibTeX file, with everything in their fields that is theirs; `xdata` entries are none.

    Raises:
        CaseError: With every place that is no BibTeX.
        DetenteError: Without bibtexparser.
    """
    blocks = _blocks(text, file)
    problems = _failures([block for block in blocks if _is_broken(block)], file)
    budget = Budget(file)
    strings = _strings(blocks, file, notes, budget)
    found = []
    for block in map(_entry_in, blocks):
        if block is not None:
            entry = Entry(block.entry_type.lower(), plain(block.key), (block.start_line or 0) + 1)
            _read_fields(entry, block, strings, budget, notes, problems)
            found.append(entry)
    if problems:
        raise CaseError(problems)
    if not found and text.strip():
        remedy = "an entry begins like @article{key,"
        raise CaseError([Problem(Place(0, file, 1, 1), "", "there is no BibTeX entry here", remedy)])
    _tell_rest(blocks, file, notes)
    return _with_inheritance(found, file, notes, budget)


def _blocks(text: str, file: str) -> list[Any]:
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.exceptions import ParsingException
    except ImportError as error:
        raise DetenteError("BibTeX needs bibtexparser: pip install 'detente[exchange]'") from error
    try:
        return list(parse_string(text, parse_stack=[]).blocks)
    except ParsingException as error:
        problem = Problem(Place(0, file, 1, 1), "", f"broken BibTeX: {error}", "take it apart to find out where")
        raise CaseError([problem]) from error


def _entry_in(block: Any) -> Any:
    """The entry in a block of bibtexparser, also where its key or a field stands twice; None if there is none."""
    inner = getattr(block, "ignore_error_block", None) or block
    return inner if hasattr(inner, "entry_type") else None


def _is_broken(block: Any) -> bool:
    return hasattr(block, "error") and getattr(block, "ignore_error_block", None) is None


def _failures(blocks: list[Any], file: str) -> list[Problem]:
    found = [_failure(block, file) for block in blocks[:MOST_PROBLEMS]]
    if further := blocks[MOST_PROBLEMS:]:
        place = Place(0, file, (further[0].start_line or 0) + 1, 1)
        message = f"broken BibTeX here and in {count(len(further) - 1, 'further place')}"
        found.append(Problem(place, "", message, "mend the first ones; one brace may account for all"))
    return found


def _failure(block: Any, file: str) -> Problem:
    place = Place(0, file, (block.start_line or 0) + 1, 1)
    reason = getattr(block.error, "abort_reason", None) or str(block.error)
    return Problem(place, "", f"broken BibTeX: {clipped(plain(reason), 200)}", "close each brace and quotation mark")


def _strings(blocks: list[Any], file: str, notes: Notes, budget: Budget) -> dict[str, str]:
    """What each `@string` stands for; of two with one name the last, as BibTeX has it."""
    found: dict[str, str] = {}
    for block in blocks:
        inner = getattr(block, "ignore_error_block", None) or block
        if hasattr(inner, "value") and hasattr(inner, "key"):
            value, unknown = expanded(inner.value, found, budget.spend)
            found[inner.key.lower()] = value
            if unknown:
                place = Place(0, file, (inner.start_line or 0) + 1, 1)
                _tell_unknown(f"@string {clipped(plain(inner.key), 40)}", unknown, place, notes)
    return found


def _tell_unknown(of: str, unknown: list[str], place: Place, notes: Notes) -> None:
    shown = list(dict.fromkeys(f"'{clipped(plain(name), 40)}'" for name in unknown))
    names = listed([*shown[:3], count(len(shown) - 3, "other")] if shown[3:] else shown)
    said = f"{of} names {names}, which no @string gives: left out."
    notes.add("a name that no @string gives", said, place)


def _read_fields(
    entry: Entry, block: Any, strings: Mapping[str, str], budget: Budget, notes: Notes, problems: list[Problem]
) -> None:
    for part in block.fields:
        name, place = part.key.lower(), Place(0, budget.file, (part.start_line or 0) + 1, 1)
        of = f"'{plain(name)}' of '{clipped(entry.key, 80)}'"
        if name in entry.fields:
            notes.add("a field that stands twice", f"{of} stands twice: the second is left out.", place)
            continue
        if nesting(part.value) > DEPTH:
            problems.append(Problem(place, "", f"{of} is nested too deep", "take braces out"))
            continue
        value, unknown = expanded(part.value, strings, budget.spend)
        if unknown:
            _tell_unknown(of, unknown, place, notes)
        if value.strip(" \t\n\r"):
            entry.fields[name] = value


def _tell_rest(blocks: list[Any], file: str, notes: Notes) -> None:
    """Says that there is text outside entries, unless it is marked as a comment."""
    lost = [
        block
        for block in blocks
        if type(block).__name__ == "Preamble"
        or (type(block).__name__ == "ImplicitComment" and not all(_is_comment(s) for s in block.comment.splitlines()))
    ]
    if lost:
        place = Place(0, file, (lost[0].start_line or 0) + 1, 1)
        where = "" if len(lost) == 1 else f", in {count(len(lost), 'place')}, the first here"
        notes.add("text outside entries", f"Text that is no entry is left out{where}.", place)


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("%")


def _with_inheritance(found: list[Entry], file: str, notes: Notes, budget: Budget) -> list[Entry]:
    by_key = {entry.key: entry for entry in reversed(found)}
    loose = {entry.key.casefold(): entry for entry in reversed(found)}
    made: dict[int, dict[str, str]] = {}

    def fields_of(entry: Entry, heirs: tuple[int, ...]) -> dict[str, str]:
        if id(entry) in made:
            return made[id(entry)]
        fields = dict(entry.fields)
        for name, key in _references(fields):
            parent = by_key.get(key) or loose.get(key.casefold())
            why = "which is not in the file" if parent is None else "in a circle, or through too many others"
            if parent is None or id(parent) in (*heirs, id(entry)) or len(heirs) >= GENERATIONS:
                refers = f"'{clipped(entry.key, 80)}' refers to '{clipped(key, 80)}' ({name}), {why}: left out."
                notes.add("a reference to another entry", refers, Place(0, file, entry.line, 1))
                continue
            theirs = fields_of(parent, (*heirs, id(entry)))
            got = _inherited(entry, fields, parent, theirs) if name == "crossref" else theirs
            budget.spend(sum(map(len, got.values())))
            fields = got | fields
        made[id(entry)] = fields
        return fields

    return [Entry(e.kind, e.key, e.line, fields_of(e, ())) for e in found if e.kind != "xdata"]


def _references(fields: dict[str, str]) -> list[tuple[str, str]]:
    """The fields and keys by which an entry inherits; they are taken out of its fields."""
    said = [(name, key) for name in ("xdata", "crossref") for key in fields.pop(name, "").split(",")]
    return [(name, plain(key)) for name, key in said if plain(key)]


def _inherited(child: Entry, own: Mapping[str, str], parent: Entry, theirs: Mapping[str, str]) -> dict[str, str]:
    """What an entry gets from the one that its `crossref` names."""
    titles: dict[str, str] = {}
    if child.kind in CONTAINED:
        titles = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
    elif parent.kind == "periodical":
        titles = {"title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"}
    elif parent.kind.startswith("mv"):
        titles = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
    of_book = parent.kind in ("book", "mvbook") and child.kind in ("inbook", "bookinbook", "suppbook")
    got = {"bookauthor": theirs["author"]} if of_book and "author" in theirs else {}
    got |= {name: value for name, value in theirs.items() if name not in titles and name not in PARENTAL}
    if "booktitle" not in own and "booktitle" not in got:
        got |= {titles[name]: value for name, value in theirs.items() if name in titles}
    if DATED & own.keys():
        got = {name: value for name, value in got.items() if name not in DATED}
    return {name: value for name, value in got.items() if name not in own}
