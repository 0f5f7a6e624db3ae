"""CSL-JSON items from the entries of BibTeX and BibLaTeX."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from detente.errors import Place
from detente.exchange.citations.bibtex_entries import Entry, entries_of
from detente.exchange.citations.bibtex_names import names_of
from detente.exchange.citations.dates import Date, from_edtf, from_fields, from_text, to_edtf
from detente.exchange.citations.fields import (
    ALIASES,
    MORE_TYPES,
    READ_AS,
    TITLES,
    TYPES,
    VERBATIM,
    WRITTEN_DATES,
    WRITTEN_NAMES,
    Item,
    joined_title,
    parts_of_title,
    texts_of,
)
from detente.exchange.citations.latex import decoder, escaped, plain, verbatim
from detente.exchange.notes import Notes
from detente.text.english import clipped, count

_KNOWN = {both: csl for csl, both in TYPES.items()}
_NAMES = {name: csl for csl, name in WRITTEN_NAMES.items()}
_DATES = {name: csl for csl, name in WRITTEN_DATES.items()}
_ADDRESS = re.compile(r"\s*(?:\\url\s*\{[^{}]*\}|https?://\S+)\s*")


def items_of(text: str, file: str, notes: Notes) -> list[Item]:
    """The entries of a BibTeX file as items.

    Args:
        text: The file's text, with bare line feeds.
        file: How to name it in messages.
        notes: Told what is left out, or read otherwise than it stands.

    Raises:
        CaseError: With everything that is wrong with it.
        DetenteError: Without bibtexparser.
    """
    reader = _Reader(file, notes)
    with _quiet():
        items = [reader.item(entry) for entry in entries_of(text, file, notes)]
    for name, number in reader.unknown.items():
        notes.add(name, f"'{name}' of {count(number, 'entry', 'entries')} has no place in CSL: left out.")
    return items


@contextmanager
def _quiet() -> Iterator[None]:
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


class _Reader:
    """Makes items of entries, and remembers the fields that no item has."""

    def __init__(self, file: str, notes: Notes):
        self.file, self.notes = file, notes
        self.unknown: dict[str, int] = {}
        self._decode = decoder()

    def item(self, entry: Entry) -> Item:
        """An entry as an item."""
        values = dict(entry.fields)
        item: Item = {"id": entry.key, "type": self._type(entry, values)}
        if not entry.key:
            self.say(entry, "a key that is missing", "An entry has no key, and is named after its title.")
        item |= self._dates(entry, values)
        use_prefix = self._options(entry, values)
        self._titles(entry, values)
        self._address(values)
        names = READ_AS | {name: csl for csl, name in texts_of(TYPES.get(item["type"], ("misc", ""))[0]).items()}
        for name, value in values.items():
            csl = _NAMES.get(name) or names.get(name)
            if csl is None:
                self.unknown[name] = self.unknown.get(name, 0) + 1
            elif csl in item:
                said = f"'{name}' of '{clipped(entry.key, 80)}' is left out, for there is another {csl}."
                self.say(entry, f"another {csl}", said)
            elif name in _NAMES:
                item[csl] = self._names(entry, name, value, use_prefix)
            else:
                item[csl] = self._text(entry, name, value)
        return {name: value for name, value in item.items() if value}

    def say(self, entry: Entry, kind: str, sentence: str) -> None:
        """Notes something about an entry, with the line it begins in."""
        self.notes.add(kind, sentence, Place(0, self.file, entry.line, 1))

    def decoded(self, entry: Entry, text: str) -> str:
        """The text without LaTeX; as it stands, where it is none."""
        from pylatexenc.latexwalker import LatexWalkerError

        try:
            return self._decode(text)
        except (LatexWalkerError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
            said = f"'{clipped(plain(text[:80]), 40)}' is kept as it stands, since it is no LaTeX."
            self.say(entry, "text that is no LaTeX", said)
            return plain(text)

    def _text(self, entry: Entry, name: str, value: str) -> str:
        if name in VERBATIM:
            return verbatim(value)
        text = self.decoded(entry, value)
        return re.sub("[-–—]+", "-", text) if name == "pages" else text

    def _names(self, entry: Entry, field: str, value: str, use_prefix: bool) -> list[dict[str, str]]:
        def say(what: str) -> None:
            self.say(entry, f"{field}: {what}", f"'{field}' of '{clipped(entry.key, 80)}' {what}.")

        return names_of(value, use_prefix, lambda text: self.decoded(entry, text), say)

    def _type(self, entry: Entry, values: dict[str, str]) -> str:
        kind, subtype = entry.kind, self.decoded(entry, values.pop("entrysubtype", ""))
        if kind == "misc" and subtype in MORE_TYPES:
            return subtype
        type = _KNOWN.get((kind, subtype)) or _KNOWN.get((kind, "")) or ALIASES.get(kind) or "document"
        if subtype and (kind, subtype) not in _KNOWN:
            said = f"The subtype '{clipped(subtype, 40)}' of '{clipped(entry.key, 80)}' is left out."
            self.say(entry, "a subtype", said)
        if type == "document" and kind != "misc":
            said = f"'{clipped(entry.key, 80)}' is a '{clipped(plain(kind), 40)}', which is read as a document."
            self.say(entry, "types read as a document", said)
        if kind == "mastersthesis":
            values.setdefault("type", "Master's thesis")
        return type

    def _options(self, entry: Entry, values: dict[str, str]) -> bool:
        """Whether particles stay with family names; other options stay among the values, where they are told."""
        given = re.sub(r"\s", "", values.get("options", "")).lower()
        if given in ("useprefix", "useprefix=true", "useprefix=false"):
            del values["options"]
        return "useprefix" in given and "useprefix=false" not in given

    def _titles(self, entry: Entry, values: dict[str, str]) -> None:
        """Joins titles with their subtitles and additions, as LaTeX."""
        for name in TITLES:
            sub, addition = parts_of_title(name) if name != "journal" else ("journalsubtitle", "journaltitleaddon")
            if name in values and (sub in values or addition in values):
                parts = [self.decoded(entry, values.pop(part, "")) for part in (name, sub, addition)]
                # Decoded, and to be decoded once more with the others: what is written stands for itself.
                values[name] = escaped(joined_title(*parts))
        if "maintitle" in values and "booktitle" not in values and entry.kind.startswith("in"):
            values["booktitle"] = values.pop("maintitle")

    def _address(self, values: dict[str, str]) -> None:
        """`howpublished` as an address, where it is one; else as a publisher, as pandoc has it."""
        if "howpublished" in values:
            name = "url" if _ADDRESS.fullmatch(values["howpublished"]) else "publisher"
            if name not in values:
                values[name] = values.pop("howpublished")

    def _dates(self, entry: Entry, values: dict[str, str]) -> Item:
        found: Item = {}
        for name, csl in _DATES.items():
            if name in values:
                found[csl] = self._date(entry, name, values.pop(name))
        year, month, day = (self._date_text(entry, values.pop(name, "")) for name in ("year", "month", "day"))
        issued, whole = from_fields(year, month, day)
        if "date" in values:
            date = self._date(entry, "date", values.pop("date"))
            if issued and not to_edtf(date).startswith(to_edtf(issued)):
                said = f"The year of '{clipped(entry.key, 80)}' ({clipped(year, 20)}) is left out, for there is a date."
                self.say(entry, "a year besides a date", said)
            issued, whole = date, True
        if not issued and not whole:
            said = f"The month or day of '{clipped(entry.key, 80)}' is left out, for there is no year."
            self.say(entry, "a month without a year", said)
        elif not whole:
            words = clipped(" ".join(filter(None, (year, month, day))), 60)
            self.say(entry, "dates in part", f"The date of '{clipped(entry.key, 80)}' is read in part: {words}.")
        return found | ({"issued": issued} if issued else {})

    def _date(self, entry: Entry, name: str, value: str) -> Date:
        date, said = from_text(self._date_text(entry, value))
        for why in said:
            self.say(entry, f"{name} {why}", f"'{name}' of '{clipped(entry.key, 80)}' {why}.")
        return date or {}

    def _date_text(self, entry: Entry, value: str) -> str:
        """The text of a date; the sign ~ means approximate there, and no space, where the whole is EDTF."""
        bare = value.strip()
        return bare if from_edtf(bare) else self.decoded(entry, value)
