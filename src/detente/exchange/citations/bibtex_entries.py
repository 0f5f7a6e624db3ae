"""The entries of a BibTeX file: their fields with `@string` and `#` put in, and what they inherit from others.

bibtexparser takes the file apart. The values are read here, since it leaves `"a" # b` as it stands, and so is
inheritance, which it does not do: a `crossref` gives what the entry lacks, the parent's title as the title of the book
(BibLaTeX's manual, appendix B), `xdata` gives what it lacks as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.errors import CaseError, DetenteError, FilePosition, Problem
from detente.exchange.citations.bibtex_values import TextBudget, expand_value, nesting_depth
from detente.exchange.citations.fields import CONTAINED_TYPES, ISSUE_DATE_FIELDS, UNINHERITED_FIELDS
from detente.exchange.citations.latex import clean_spaces
from detente.exchange.notes import Notes
from detente.text.english import clip_text, count_noun, join_words

MAX_BRACE_DEPTH = 50
"""How deep braces may be nested."""
MAX_GENERATIONS = 8
"""How many entries may inherit from each other."""
MAX_BROKEN_PLACES = 200
"""How many broken places are told one by one."""


@dataclass
class BibtexEntry:
    """An entry as the file has it: what it is, its key, the line it begins in, and its fields by small names."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


def parse_bibtex_entries(text: str, file: str, notes: Notes) -> list[BibtexEntry]:
    """The entries of a BibTeX file, with everything in their fields that is theirs; `xdata` entries are none.

    Raises:
        CaseError: With every place that is no BibTeX.
        DetenteError: Without bibtexparser.
    """
    blocks = _parse_blocks(text, file)
    problems = _broken_block_problems([block for block in blocks if _is_broken(block)], file)
    budget = TextBudget(file)
    strings = _string_definitions(blocks, file, notes, budget)
    entries = []
    for block in map(_entry_of_block, blocks):
        if block is not None:
            entry = BibtexEntry(block.entry_type.lower(), clean_spaces(block.key), (block.start_line or 0) + 1)
            _read_fields(entry, block, strings, budget, notes, problems)
            entries.append(entry)
    if problems:
        raise CaseError(problems)
    if not entries and text.strip():
        remedy = "an entry begins like @article{key,"
        raise CaseError([Problem(FilePosition(0, file, 1, 1), "", "there is no BibTeX entry here", remedy)])
    _note_outside_text(blocks, file, notes)
    return _inherit_fields(entries, file, notes, budget)


def _parse_blocks(text: str, file: str) -> list[Any]:
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.exceptions import ParsingException
    except ImportError as error:
        raise DetenteError("BibTeX needs bibtexparser: pip install 'detente[exchange]'") from error
    try:
        return list(parse_string(text, parse_stack=[]).blocks)
    except ParsingException as error:
        problem = Problem(FilePosition(0, file, 1, 1), "", f"broken BibTeX: {error}", "take it apart to find out where")
        raise CaseError([problem]) from error


def _entry_of_block(block: Any) -> Any:
    """The entry in a block of bibtexparser, also where its key or a field stands twice; None if there is none."""
    inner = getattr(block, "ignore_error_block", None) or block
    return inner if hasattr(inner, "entry_type") else None


def _is_broken(block: Any) -> bool:
    return hasattr(block, "error") and getattr(block, "ignore_error_block", None) is None


def _broken_block_problems(blocks: list[Any], file: str) -> list[Problem]:
    problems = [_problem_of_block(block, file) for block in blocks[:MAX_BROKEN_PLACES]]
    if remaining := blocks[MAX_BROKEN_PLACES:]:
        place = FilePosition(0, file, (remaining[0].start_line or 0) + 1, 1)
        message = f"broken BibTeX here and in {count_noun(len(remaining) - 1, 'further place')}"
        problems.append(Problem(place, "", message, "mend the first ones; one brace may account for all"))
    return problems


def _problem_of_block(block: Any, file: str) -> Problem:
    place = FilePosition(0, file, (block.start_line or 0) + 1, 1)
    reason = getattr(block.error, "abort_reason", None) or str(block.error)
    return Problem(
        place, "", f"broken BibTeX: {clip_text(clean_spaces(reason), 200)}", "close each brace and quotation mark"
    )


def _string_definitions(blocks: list[Any], file: str, notes: Notes, budget: TextBudget) -> dict[str, str]:
    """What each `@string` stands for; of two with one name the last, as BibTeX has it."""
    definitions: dict[str, str] = {}
    for block in blocks:
        inner = getattr(block, "ignore_error_block", None) or block
        if hasattr(inner, "value") and hasattr(inner, "key"):
            value, unknown_names = expand_value(inner.value, definitions, budget.spend)
            definitions[inner.key.lower()] = value
            if unknown_names:
                place = FilePosition(0, file, (inner.start_line or 0) + 1, 1)
                _note_unknown_names(f"@string {clip_text(clean_spaces(inner.key), 40)}", unknown_names, place, notes)
    return definitions


def _note_unknown_names(subject: str, unknown_names: list[str], place: FilePosition, notes: Notes) -> None:
    quoted_names = list(dict.fromkeys(f"'{clip_text(clean_spaces(name), 40)}'" for name in unknown_names))
    names = join_words(
        [*quoted_names[:3], count_noun(len(quoted_names) - 3, "other")] if quoted_names[3:] else quoted_names
    )
    message = f"{subject} names {names}, which no @string gives: left out."
    notes.add("a name that no @string gives", message, place)


def _read_fields(
    entry: BibtexEntry,
    block: Any,
    strings: Mapping[str, str],
    budget: TextBudget,
    notes: Notes,
    problems: list[Problem],
) -> None:
    for part in block.fields:
        name, place = part.key.lower(), FilePosition(0, budget.file, (part.start_line or 0) + 1, 1)
        subject = f"'{clean_spaces(name)}' of '{clip_text(entry.key, 80)}'"
        if name in entry.fields:
            notes.add("a field that stands twice", f"{subject} stands twice: the second is left out.", place)
            continue
        if nesting_depth(part.value) > MAX_BRACE_DEPTH:
            problems.append(Problem(place, "", f"{subject} is nested too deep", "take braces out"))
            continue
        value, unknown_names = expand_value(part.value, strings, budget.spend)
        if unknown_names:
            _note_unknown_names(subject, unknown_names, place, notes)
        if value.strip(" \t\n\r"):
            entry.fields[name] = value


def _note_outside_text(blocks: list[Any], file: str, notes: Notes) -> None:
    """Says that there is text outside entries, unless it is marked as a comment."""
    outside_blocks = [
        block
        for block in blocks
        if type(block).__name__ == "Preamble"
        or (type(block).__name__ == "ImplicitComment" and not all(_is_comment(s) for s in block.comment.splitlines()))
    ]
    if outside_blocks:
        place = FilePosition(0, file, (outside_blocks[0].start_line or 0) + 1, 1)
        extent = "" if len(outside_blocks) == 1 else f", in {count_noun(len(outside_blocks), 'place')}, the first here"
        notes.add("text outside entries", f"Text that is no entry is left out{extent}.", place)


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("%")


def _inherit_fields(entries: list[BibtexEntry], file: str, notes: Notes, budget: TextBudget) -> list[BibtexEntry]:
    by_key = {entry.key: entry for entry in reversed(entries)}
    by_casefolded_key = {entry.key.casefold(): entry for entry in reversed(entries)}
    fields_by_entry: dict[int, dict[str, str]] = {}

    def resolved_fields(entry: BibtexEntry, heirs: tuple[int, ...]) -> dict[str, str]:
        if id(entry) in fields_by_entry:
            return fields_by_entry[id(entry)]
        fields = dict(entry.fields)
        for name, key in _pop_references(fields):
            parent = by_key.get(key) or by_casefolded_key.get(key.casefold())
            reason = "which is not in the file" if parent is None else "in a circle, or through too many others"
            if parent is None or id(parent) in (*heirs, id(entry)) or len(heirs) >= MAX_GENERATIONS:
                message = f"'{clip_text(entry.key, 80)}' refers to '{clip_text(key, 80)}' ({name}), {reason}: left out."
                notes.add("a reference to another entry", message, FilePosition(0, file, entry.line, 1))
                continue
            parent_fields = resolved_fields(parent, (*heirs, id(entry)))
            inherited = (
                _fields_from_parent(entry, fields, parent, parent_fields) if name == "crossref" else parent_fields
            )
            budget.spend(sum(map(len, inherited.values())))
            fields = inherited | fields
        fields_by_entry[id(entry)] = fields
        return fields

    return [BibtexEntry(e.kind, e.key, e.line, resolved_fields(e, ())) for e in entries if e.kind != "xdata"]


def _pop_references(fields: dict[str, str]) -> list[tuple[str, str]]:
    """The fields and keys by which an entry inherits; they are taken out of its fields."""
    references = [(name, key) for name in ("xdata", "crossref") for key in fields.pop(name, "").split(",")]
    return [(name, clean_spaces(key)) for name, key in references if clean_spaces(key)]


def _fields_from_parent(
    child: BibtexEntry, child_fields: Mapping[str, str], parent: BibtexEntry, parent_fields: Mapping[str, str]
) -> dict[str, str]:
    """What an entry gets from the one that its `crossref` names."""
    renamed_titles: dict[str, str] = {}
    if child.kind in CONTAINED_TYPES:
        renamed_titles = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
    elif parent.kind == "periodical":
        renamed_titles = {"title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"}
    elif parent.kind.startswith("mv"):
        renamed_titles = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
    is_book_part = parent.kind in ("book", "mvbook") and child.kind in ("inbook", "bookinbook", "suppbook")
    inherited = {"bookauthor": parent_fields["author"]} if is_book_part and "author" in parent_fields else {}
    inherited |= {
        name: value
        for name, value in parent_fields.items()
        if name not in renamed_titles and name not in UNINHERITED_FIELDS
    }
    if "booktitle" not in child_fields and "booktitle" not in inherited:
        inherited |= {renamed_titles[name]: value for name, value in parent_fields.items() if name in renamed_titles}
    if ISSUE_DATE_FIELDS & child_fields.keys():
        inherited = {name: value for name, value in inherited.items() if name not in ISSUE_DATE_FIELDS}
    return {name: value for name, value in inherited.items() if name not in child_fields}
