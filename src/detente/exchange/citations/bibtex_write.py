"""CSL-JSON items as entries of BibLaTeX, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.exchange.citations.bibtex_names import loses_particle, uses_prefix, written
from detente.exchange.citations.dates import MONTHS, Date, from_edtf, to_edtf
from detente.exchange.citations.fields import (
    TYPES,
    VERBATIM,
    WRITTEN_DATES,
    WRITTEN_NAMES,
    Item,
    texts_of,
)
from detente.exchange.citations.latex import escaped, plain, signs
from detente.exchange.ids import bibtex_key
from detente.exchange.notes import Notes
from detente.text.english import clipped, count


def entries(items: Iterable[Item]) -> str:
    """The items as BibLaTeX entries."""
    taken: set[str] = set()
    return "\n".join(_entry(item, taken) for item in items)


def unwritten(items: Iterable[Item]) -> list[str]:
    """What the entries do not carry, in sentences."""
    notes = Notes()
    without: dict[str, int] = {}
    for item in items:
        known = {"id", "type", "issued", *WRITTEN_NAMES, *WRITTEN_DATES, *texts_of(_kind(item)[0])}
        for name in item.keys() - known:
            without[name] = without.get(name, 0) + 1
        key = clipped(str(item.get("id", "")), 80)
        for name in {"issued", *WRITTEN_DATES} & item.keys():
            if (from_edtf(to_edtf(item[name])) or {"raw": item[name].get("raw")}) != item[name]:
                said = f"'{name}' of '{key}' is written as {to_edtf(item[name])}, and says more."
                notes.add("dates that say more", said)
        if loses_particle([name for field in WRITTEN_NAMES for name in item.get(field, ())]):
            notes.add("particles", f"'{key}' has names whose particles are written as part of the family name.")
    for name, number in sorted(without.items()):
        notes.add(name, f"'{name}' of {count(number, 'item')} has no name in BibLaTeX: not written.")
    return notes.said()


def _kind(item: Item) -> tuple[str, str]:
    type = str(item.get("type", "document"))
    return TYPES.get(type, ("misc", type))


def _entry(item: Item, taken: set[str]) -> str:
    kind, subtype = _kind(item)
    fields = {name: written(item.get(csl, ())) for csl, name in WRITTEN_NAMES.items()}
    for csl, name in texts_of(kind).items():
        fields[name] = _field(name, plain(str(item.get(csl, ""))))
    fields |= _issued(item.get("issued", {}))
    for csl, name in WRITTEN_DATES.items():
        fields[name] = _date(item.get(csl, {}))
    fields["entrysubtype"] = escaped(plain(subtype))
    if any(uses_prefix(item.get(csl, ())) for csl in WRITTEN_NAMES):
        fields["options"] = "useprefix=true"
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{bibtex_key(str(item.get('id', '')), taken)},", *lines, "}\n"])


def _field(name: str, text: str) -> str:
    if name == "pages":
        return re.sub(r"-(?:\{\}-)*", "--", escaped(text))
    if name in VERBATIM:
        return signs(text) if re.search(r"[\\{}]", text) else text
    return escaped(text)


def _issued(date: Date) -> dict[str, str]:
    """When it was issued: by year, month and day where that says all, since every program reads these."""
    if "date-parts" not in date:
        return {"year": escaped(plain(str(date.get("raw", ""))))}
    if len(date["date-parts"]) > 1 or date.keys() & {"season", "circa", "edtf"}:
        return {"date": _date(date)}
    year, month, day = (*date["date-parts"][0], 0, 0)[:3]
    return {"year": str(year), "month": MONTHS[month - 1] if month else "", "day": str(day) if day else ""}


def _date(date: Date) -> str:
    text = plain(to_edtf(date))
    return text if from_edtf(text) else escaped(text)
