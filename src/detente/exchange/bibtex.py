"""BibTeX and BibLaTeX from and to CSL-JSON items, through bibtexparser and the pylatexenc it depends on."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from detente.errors import CaseError, DetenteError, Place, Problem, printable
from detente.exchange.citation_fields import (
    ALIASES,
    MORE_TYPES,
    READ_AS,
    TYPES,
    UNFIT,
    VERBATIM,
    WRITTEN_NAMES,
    Item,
    texts_of,
)
from detente.words import clipped, count, listed

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's words for the months."""

_DEPTH = 50
_SPACE = re.compile("[\x00-\x20\x7f]+")
_DATE = re.compile(r"(-?\d{1,4})(?:-(\d\d))?(?:-(\d\d))?")
_SAID = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {c: f"\\{c}" for c in "%&#_$"}
_MEANT = {said: c for c, said in _SAID.items()} | {rf"\{c}": c for c in "{}~"}
_ESCAPED = re.compile("|".join(map(re.escape, sorted(_MEANT, key=len, reverse=True))))
# Two of these, one after the other, are another character to LaTeX: -- is a dash, `` a quotation mark.
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=[,<>])(?=[,<>])")


def entries(items: Iterable[Item]) -> str:
    """The items as BibLaTeX entries."""
    taken: set[str] = set()
    return "\n".join(_entry(item, taken) for item in items)


def _entry(item: Item, taken: set[str]) -> str:
    type = str(item.get("type", "document"))
    kind, subtype = TYPES.get(type, ("misc", type))
    fields = {name: " and ".join(filter(None, map(_person, item.get(name, ())))) for name in WRITTEN_NAMES}
    for csl, name in texts_of(kind).items():
        text = _plain(str(item.get(csl, "")))
        if name == "pages":
            fields[name] = re.sub(r"-(?:\{\}-)*", "--", _escaped(text))
        elif name in VERBATIM:
            fields[name] = _signs(text) if re.search(r"[\\{}]", text) else text
        else:
            fields[name] = _escaped(text)
    fields |= _date_fields(item.get("issued", {}))
    fields["urldate"] = _iso(item.get("accessed", {}))
    fields["entrysubtype"] = _escaped(_plain(subtype))
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_key(str(item.get('id', '')), taken)},", *lines, "}\n"])


def _key(id: str, taken: set[str]) -> str:
    """A citation key that BibTeX takes, from an id."""
    plain = unicodedata.normalize("NFKD", id).encode("ascii", "ignore").decode()
    key = re.sub(r"[^A-Za-z0-9:._+/-]+", "-", plain).strip("-") or "item"
    unique, number = key, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{key}-{number}"
    taken.add(unique.casefold())
    return unique


def _plain(text: str) -> str:
    return _SPACE.sub(" ", UNFIT.sub("\ufffd", text)).strip(" ")


def _signs(text: str) -> str:
    return "".join(_SAID.get(c, c) for c in text)


def _escaped(text: str) -> str:
    return _LIGATURE.sub("{}", _signs(text))


def _person(name: dict[str, str]) -> str:
    """A name as BibTeX splits it again; one in a single pair of braces is not split."""
    given, literal, suffix = (_plain(name.get(part, "")) for part in ("given", "literal", "suffix"))
    particles = ("dropping-particle", "non-dropping-particle", "family")
    family = _plain(" ".join(name.get(part, "") for part in particles))
    if not family:
        return f"{{{_escaped(literal or given)}}}" if literal or given else ""
    if not given and not suffix:
        return (
            _guarded(family) if " " not in family and family.casefold() != "others" else f"{{{_escaped(family)}}}{{}}"
        )
    return ", ".join(filter(None, (_guarded(family), _guarded(suffix), _guarded(given) or "{}")))


def _guarded(text: str) -> str:
    """A part of a name, in braces where BibTeX would take it apart."""
    harmless = re.fullmatch(r"[^\W_](?:[^\W_]|[ .'’-])*", text) and " and " not in f" {text.casefold()} "
    return _escaped(text) if harmless or not text else f"{{{_escaped(text)}}}{{}}"


def _date_fields(date: dict[str, Any]) -> dict[str, str]:
    if "date-parts" not in date:
        return {"year": _escaped(_plain(str(date.get("raw", ""))))}
    if len(date["date-parts"]) > 1:
        return {"date": _iso(date)}
    year, month, day = (*date["date-parts"][0], 0, 0)[:3]
    return {"year": str(year), "month": MONTHS[month - 1] if month else "", "day": str(day) if day else ""}


def _iso(date: dict[str, Any]) -> str:
    def said(parts: list[int]) -> str:
        year, *rest = parts
        return "-".join([f"{'-' if year < 0 else ''}{abs(year):04}", *(f"{part:02}" for part in rest)])

    return (
        "/".join(map(said, date["date-parts"])) if "date-parts" in date else _escaped(_plain(str(date.get("raw", ""))))
    )


def items_of(text: str, file: str) -> tuple[list[Item], list[str]]:
    """The entries of a BibTeX file as items, and what was left out of them.

    Args:
        text: The file's text, with bare line feeds.
        file: How to name it in messages.

    Raises:
        CaseError: With everything that is wrong with it.
        DetenteError: Without bibtexparser.
    """
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.exceptions import ParsingException
    except ImportError as error:
        raise DetenteError("BibTeX needs bibtexparser: pip install 'detente[exchange]'") from error
    with _quiet():
        try:
            library = parse_string(text)
        except ParsingException as error:
            problem = Problem(Place(0, file, 1, 1), "", f"broken BibTeX: {error}", "take it apart to find out where")
            raise CaseError([problem]) from error
        problems = [_failure(block, file) for block in library.failed_blocks]
        reader = _Reader(file)
        items = [reader.item(entry) for entry in library.entries]
    problems += reader.problems
    if not library.entries and not problems and text.strip():
        place = Place(0, file, 1, 1)
        problems.append(Problem(place, "", "there is no BibTeX entry here", "an entry begins like @article{key,"))
    if problems:
        raise CaseError(problems)
    return items, reader.told()


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences what the parsers log, since all of it is told as problems."""
    loggers = [logging.getLogger(name) for name in ("bibtexparser", "pylatexenc")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _failure(block: Any, file: str) -> Problem:
    place = Place(0, file, (block.start_line or 0) + 1, 1)
    if hasattr(block, "previous_block"):
        first = (block.previous_block.start_line or 0) + 1
        message = f"'{clipped(block.key, 80)}' stands twice: the first is in line {first}"
        return Problem(place, "", message, "give each entry a key of its own")
    if hasattr(block, "duplicate_keys"):
        entry = block.ignore_error_block
        message = f"'{clipped(entry.key, 80)}' has twice: {listed(sorted(block.duplicate_keys))}"
        return Problem(place, "", message, "keep one of them")
    reason = getattr(block.error, "abort_reason", None) or str(block.error)
    return Problem(place, "", f"broken BibTeX: {clipped(_plain(reason), 200)}", "close each brace and quotation mark")


class _Reader:
    """Makes items of entries, and remembers what it had to leave out."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []
        self.unknown: dict[str, int] = {}
        self.left_out: list[str] = []
        self._decode = _decoder()

    def told(self) -> list[str]:
        """What was left out, in sentences."""
        fields = [
            f"'{name}' of {count(n, 'entry', 'entries')} has no place in CSL: left out."
            for name, n in self.unknown.items()
        ]
        return [printable(sentence) for sentence in (*self.left_out, *fields)]

    def decode(self, text: str) -> str:
        """The text without LaTeX; as it stands, where it is none."""
        from pylatexenc.latexwalker import LatexWalkerError

        try:
            return self._decode(text)
        except (LatexWalkerError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
            self.left_out.append(f"'{clipped(_plain(text), 40)}' is kept as it stands, since it is no LaTeX.")
            return _plain(text)

    def item(self, entry: Any) -> Item:
        """An entry of bibtexparser as an item; what is wrong with it becomes a problem."""
        fields: dict[str, Any] = {}
        for field in entry.fields:
            name = field.key.lower()
            if name in fields:
                self._problem(field.start_line, f"'{clipped(entry.key, 80)}' has twice: {name}", "keep one of them")
            fields[name] = field
        if not entry.key:
            self._problem(entry.start_line, "an entry without a key", "give it one: @book{key,")
        values = {name: self._value(name, field, entry.key) for name, field in fields.items()}
        values = {name: value for name, value in values.items() if value}
        item = self._typed(entry, values)
        kind = TYPES.get(str(item["type"]), ("misc", ""))[0]
        self._dates(item, values, entry.key)
        names = READ_AS | {name: csl for csl, name in texts_of(kind).items()}
        for name, value in values.items():
            csl = names.get(name)
            if name in WRITTEN_NAMES:
                item[name] = self._names(value, entry.key)
            elif csl is None:
                self.unknown[name] = self.unknown.get(name, 0) + 1
            elif csl in item:
                self.left_out.append(f"'{name}' of '{entry.key}' is left out, for there is another {csl}.")
            else:
                item[csl] = self._text(name, value)
        return {name: value for name, value in item.items() if value}

    def _problem(self, line: int | None, message: str, remedy: str) -> None:
        self.problems.append(Problem(Place(0, self.file, (line or 0) + 1, 1), "", message, remedy))

    def _value(self, name: str, field: Any, key: str) -> str:
        """The field's text as it stands, or nothing where it has none of its own."""
        value = str(field.value)
        depth = deepest = 0
        for brace in re.findall(r"(?<!\\)[{}]", value):
            depth += 1 if brace == "{" else -1
            deepest = max(deepest, depth)
        if deepest > _DEPTH:
            self._problem(field.start_line, f"'{name}' of '{clipped(key, 80)}' is nested too deep", "take braces out")
            return ""
        if field.enclosing == "no-enclosing" and not (name == "month" and value.lower()[:3] in MONTHS):
            said = "is put together with #" if "#" in value else "is a name that no @string gives"
            self.left_out.append(f"'{name}' of '{key}' {said} ('{clipped(value, 40)}'): left out.")
            return ""
        return value

    def _text(self, name: str, value: str) -> str:
        if name in VERBATIM:
            found = re.fullmatch(r"\\url\s*\{(.*)\}", value.strip(), re.DOTALL)
            return _plain(_ESCAPED.sub(lambda m: _MEANT[m[0]], found[1] if found else value))
        text = self.decode(value)
        return re.sub("[-–—]+", "-", text) if name == "pages" else text

    def _typed(self, entry: Any, values: dict[str, str]) -> Item:
        kind, subtype = entry.entry_type.lower(), self.decode(values.pop("entrysubtype", ""))
        item: Item = {"id": entry.key, "type": ""}
        if kind == "misc" and subtype in MORE_TYPES:
            item["type"] = subtype
            return item
        known = {both: csl for csl, both in TYPES.items()}
        item["type"] = known.get((kind, subtype)) or known.get((kind, "")) or ALIASES.get(kind) or "document"
        if subtype and (kind, subtype) not in known:
            self.left_out.append(f"The subtype '{subtype}' of '{entry.key}' is left out.")
        if item["type"] == "document" and kind != "misc":
            self.left_out.append(f"'{entry.key}' is a '{kind}', which is read as a document.")
        if kind == "mastersthesis":
            values.setdefault("type", "Master's thesis")
        return item

    def _dates(self, item: Item, values: dict[str, str], key: str) -> None:
        if "urldate" in values:
            item["accessed"] = _parsed_date(self.decode(values.pop("urldate")))
        year, month, day = (self.decode(values.pop(name, "")) for name in ("year", "month", "day"))
        if "date" in values:
            item["issued"] = _parsed_date(self.decode(values.pop("date")))
            return
        if not year:
            if month or day:
                self.left_out.append(f"The month or day of '{key}' is left out, for there is no year.")
            return
        parts = [int(year)] if re.fullmatch(r"-?\d{1,4}", year, re.ASCII) else []
        number = MONTHS.index(month.lower()[:3]) + 1 if month.lower()[:3] in MONTHS else _between(month, 12)
        if parts and number:
            parts.append(number)
            parts += [_between(day, 31)] if _between(day, 31) else []
        if (month and len(parts) < 2) or (day and len(parts) < 3):
            self.left_out.append(f"The date of '{key}' is read in part: {clipped(' '.join((year, month, day)), 60)}.")
        item["issued"] = {"date-parts": [parts]} if parts else {"raw": year}

    def _names(self, value: str, key: str) -> list[dict[str, str]]:
        from bibtexparser.middlewares.names import split_multiple_persons_names

        found = []
        for name in split_multiple_persons_names(value):
            if name.strip().casefold() == "others":
                self.left_out.append(f"That '{key}' has further authors is left out.")
            elif person := self._name(name.strip(), key):
                found.append(person)
        return found

    def _name(self, name: str, key: str) -> dict[str, str]:
        from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

        if _in_braces(name):
            return self._parts(literal=name)
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError as error:
            self.left_out.append(f"A name of '{key}' is not taken apart: {error.reason}.")
            return self._parts(literal=name)
        family, given, suffix = (" ".join(words) for words in (parts.von + parts.last, parts.first, parts.jr))
        return self._parts(family=family, given=given, suffix=suffix)

    def _parts(self, **parts: str) -> dict[str, str]:
        decoded = {part: self.decode(text) for part, text in parts.items()}
        return {part: text for part, text in decoded.items() if text}


def _between(text: str, most: int) -> int:
    """The whole number from 1 to the most that the text is, or 0."""
    number = int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else 0
    return number if number <= most else 0


def _in_braces(name: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for found in re.finditer(r"\\.|[{}]", name, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found.end() < len(name):
            return False
    return depth == 0


def _parsed_date(text: str) -> dict[str, Any]:
    """A date or an interval in the form of ISO 8601, or the text as it stands."""
    dates = [_DATE.fullmatch(part) for part in text.split("/")]
    parts = [[int(part) for part in date.groups() if part] for date in dates if date]
    fine = len(parts) == len(dates) <= 2 and all(
        1 <= part <= most for date in parts for part, most in zip(date[1:], (12, 31), strict=False)
    )
    return {"date-parts": parts} if fine else {"raw": text} if text else {}


def _decoder() -> Callable[[str], str]:
    """A function from LaTeX to text: accents and braces decoded, mathematics left as it stands."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    context = get_default_latex_context_db()
    own = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~", "url": "%s"}
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in own.items()]
    context.add_context_category("detente", prepend=True, macros=macros)
    latex = LatexNodes2Text(latex_context=context, math_mode="verbatim")

    def decoded(text: str) -> str:
        # BibTeX files have bare signs where LaTeX would have escaped ones; a bare % would swallow the rest.
        bare = re.sub(r"(?<!\\)((?:\\\\)*)([%&])", r"\1\\\2", text)
        return _plain(latex.latex_to_text(re.sub(r"(?<!\\)~", " ", bare)))

    return decoded
