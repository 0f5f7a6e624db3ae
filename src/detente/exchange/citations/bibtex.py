"""CSL-JSON items from the entries of BibTeX and BibLaTeX."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from detente.errors import FilePosition
from detente.exchange.citations.bibtex_entries import BibtexEntry, parse_bibtex_entries
from detente.exchange.citations.bibtex_names import parse_names
from detente.exchange.citations.dates import CslDate, date_from_bibtex, date_from_edtf, date_from_text, date_to_edtf
from detente.exchange.citations.fields import (
    BIBLATEX_DATE_FIELDS,
    BIBLATEX_NAME_FIELDS,
    BIBLATEX_TYPES,
    CSL_FIELD_ALIASES,
    CSL_ONLY_TYPES,
    CSL_TYPE_ALIASES,
    TITLE_FIELDS,
    VERBATIM_FIELDS,
    CslItem,
    join_title,
    subtitle_fields,
    text_fields_of_type,
)
from detente.exchange.citations.latex import clean_spaces, escape_latex, latex_decoder, unescape_verbatim
from detente.exchange.notes import Notes
from detente.text.english import clip_text, count_noun

_CSL_TYPES = {both: csl for csl, both in BIBLATEX_TYPES.items()}
_CSL_NAME_FIELDS = {name: csl for csl, name in BIBLATEX_NAME_FIELDS.items()}
_CSL_DATE_FIELDS = {name: csl for csl, name in BIBLATEX_DATE_FIELDS.items()}
_ADDRESS_PATTERN = re.compile(r"\s*(?:\\url\s*\{[^{}]*\}|https?://\S+)\s*")


def items_from_bibtex(text: str, file: str, notes: Notes) -> list[CslItem]:
    """The entries of a BibTeX file as items.

    Args:
        text: The file's text, with bare line feeds.
        file: How to name it in messages.
        notes: Told what is left out, or read otherwise than it stands.

    Raises:
        CaseError: With everything that is wrong with it.
        DetenteError: Without bibtexparser.
    """
    reader = _BibtexReader(file, notes)
    with _silence_parsers():
        items = [reader.make_item(entry) for entry in parse_bibtex_entries(text, file, notes)]
    for name, number in reader.unknown_field_counts.items():
        notes.add(name, f"'{name}' of {count_noun(number, 'entry', 'entries')} has no place in CSL: left out.")
    return items


@contextmanager
def _silence_parsers() -> Iterator[None]:
    """Silences what the parsers log, since all of it is told as problems and notes."""
    loggers = [logging.getLogger(name) for name in ("bibtexparser", "pylatexenc")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


class _BibtexReader:
    """Makes items of entries, and remembers the fields that no item has."""

    def __init__(self, file: str, notes: Notes):
        self.file, self.notes = file, notes
        self.unknown_field_counts: dict[str, int] = {}
        self._latex_to_text = latex_decoder()

    def make_item(self, entry: BibtexEntry) -> CslItem:
        """An entry as an item."""
        values = dict(entry.fields)
        item: CslItem = {"id": entry.key, "type": self._csl_type(entry, values)}
        if not entry.key:
            self.add_note(entry, "a key that is missing", "An entry has no key, and is named after its title.")
        item |= self._item_dates(entry, values)
        use_prefix = self._keeps_particles(entry, values)
        self._join_titles(entry, values)
        self._interpret_howpublished(values)
        text_fields = CSL_FIELD_ALIASES | {
            name: csl for csl, name in text_fields_of_type(BIBLATEX_TYPES.get(item["type"], ("misc", ""))[0]).items()
        }
        for name, value in values.items():
            csl = _CSL_NAME_FIELDS.get(name) or text_fields.get(name)
            if csl is None:
                self.unknown_field_counts[name] = self.unknown_field_counts.get(name, 0) + 1
            elif csl in item:
                message = f"'{name}' of '{clip_text(entry.key, 80)}' is left out, for there is another {csl}."
                self.add_note(entry, f"another {csl}", message)
            elif name in _CSL_NAME_FIELDS:
                item[csl] = self._field_names(entry, name, value, use_prefix)
            else:
                item[csl] = self._field_text(entry, name, value)
        return {name: value for name, value in item.items() if value}

    def add_note(self, entry: BibtexEntry, kind: str, sentence: str) -> None:
        """Notes something about an entry, with the line it begins in."""
        self.notes.add(kind, sentence, FilePosition(0, self.file, entry.line, 1))

    def decode_latex(self, entry: BibtexEntry, text: str) -> str:
        """The text without LaTeX; as it stands, where it is none."""
        from pylatexenc.latexwalker import LatexWalkerError

        try:
            return self._latex_to_text(text)
        except (LatexWalkerError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
            message = f"'{clip_text(clean_spaces(text[:80]), 40)}' is kept as it stands, since it is no LaTeX."
            self.add_note(entry, "text that is no LaTeX", message)
            return clean_spaces(text)

    def _field_text(self, entry: BibtexEntry, name: str, value: str) -> str:
        if name in VERBATIM_FIELDS:
            return unescape_verbatim(value)
        text = self.decode_latex(entry, value)
        return re.sub("[-–—]+", "-", text) if name == "pages" else text

    def _field_names(self, entry: BibtexEntry, field: str, value: str, use_prefix: bool) -> list[dict[str, str]]:
        def note_names(message: str) -> None:
            self.add_note(entry, f"{field}: {message}", f"'{field}' of '{clip_text(entry.key, 80)}' {message}.")

        return parse_names(value, use_prefix, lambda text: self.decode_latex(entry, text), note_names)

    def _csl_type(self, entry: BibtexEntry, values: dict[str, str]) -> str:
        kind, subtype = entry.kind, self.decode_latex(entry, values.pop("entrysubtype", ""))
        if kind == "misc" and subtype in CSL_ONLY_TYPES:
            return subtype
        csl_type = (
            _CSL_TYPES.get((kind, subtype)) or _CSL_TYPES.get((kind, "")) or CSL_TYPE_ALIASES.get(kind) or "document"
        )
        if subtype and (kind, subtype) not in _CSL_TYPES:
            message = f"The subtype '{clip_text(subtype, 40)}' of '{clip_text(entry.key, 80)}' is left out."
            self.add_note(entry, "a subtype", message)
        if csl_type == "document" and kind != "misc":
            message = (
                f"'{clip_text(entry.key, 80)}' is a '{clip_text(clean_spaces(kind), 40)}', which is read as a document."
            )
            self.add_note(entry, "types read as a document", message)
        if kind == "mastersthesis":
            values.setdefault("type", "Master's thesis")
        return csl_type

    def _keeps_particles(self, entry: BibtexEntry, values: dict[str, str]) -> bool:
        """Whether particles stay with family names; other options stay among the values, where they are told."""
        options = re.sub(r"\s", "", values.get("options", "")).lower()
        if options in ("useprefix", "useprefix=true", "useprefix=false"):
            del values["options"]
        return "useprefix" in options and "useprefix=false" not in options

    def _join_titles(self, entry: BibtexEntry, values: dict[str, str]) -> None:
        """Joins titles with their subtitles and additions, as LaTeX."""
        for name in TITLE_FIELDS:
            subtitle, addition = (
                subtitle_fields(name) if name != "journal" else ("journalsubtitle", "journaltitleaddon")
            )
            if name in values and (subtitle in values or addition in values):
                parts = [self.decode_latex(entry, values.pop(part, "")) for part in (name, subtitle, addition)]
                # Decoded, and to be decoded once more with the others: what is written stands for itself.
                values[name] = escape_latex(join_title(*parts))
        if "maintitle" in values and "booktitle" not in values and entry.kind.startswith("in"):
            values["booktitle"] = values.pop("maintitle")

    def _interpret_howpublished(self, values: dict[str, str]) -> None:
        """`howpublished` as an address, where it is one; else as a publisher, as pandoc has it."""
        if "howpublished" in values:
            name = "url" if _ADDRESS_PATTERN.fullmatch(values["howpublished"]) else "publisher"
            if name not in values:
                values[name] = values.pop("howpublished")

    def _item_dates(self, entry: BibtexEntry, values: dict[str, str]) -> CslItem:
        dates: CslItem = {}
        for name, csl in _CSL_DATE_FIELDS.items():
            if name in values:
                dates[csl] = self._field_date(entry, name, values.pop(name))
        year, month, day = (self._date_text(entry, values.pop(name, "")) for name in ("year", "month", "day"))
        issued, is_complete = date_from_bibtex(year, month, day)
        if "date" in values:
            date = self._field_date(entry, "date", values.pop("date"))
            if issued and not date_to_edtf(date).startswith(date_to_edtf(issued)):
                year_phrase = f"The year of '{clip_text(entry.key, 80)}' ({clip_text(year, 20)})"
                message = f"{year_phrase} is left out, for there is a date."
                self.add_note(entry, "a year besides a date", message)
            issued, is_complete = date, True
        if not issued and not is_complete:
            message = f"The month or day of '{clip_text(entry.key, 80)}' is left out, for there is no year."
            self.add_note(entry, "a month without a year", message)
        elif not is_complete:
            words = clip_text(" ".join(filter(None, (year, month, day))), 60)
            self.add_note(entry, "dates in part", f"The date of '{clip_text(entry.key, 80)}' is read in part: {words}.")
        return dates | ({"issued": issued} if issued else {})

    def _field_date(self, entry: BibtexEntry, name: str, value: str) -> CslDate:
        date, remarks = date_from_text(self._date_text(entry, value))
        for remark in remarks:
            self.add_note(entry, f"{name} {remark}", f"'{name}' of '{clip_text(entry.key, 80)}' {remark}.")
        return date or {}

    def _date_text(self, entry: BibtexEntry, value: str) -> str:
        """The text of a date; the sign ~ means approximate there, and no space, where the whole is EDTF."""
        stripped = value.strip()
        return stripped if date_from_edtf(stripped) else self.decode_latex(entry, value)
