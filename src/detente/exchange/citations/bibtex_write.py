"""CSL-JSON items as entries of BibLaTeX, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.exchange.citations.bibtex_names import format_names_field, loses_particle, uses_prefix
from detente.exchange.citations.dates import MONTHS, CslDate, date_from_edtf, date_to_edtf
from detente.exchange.citations.fields import (
    BIBLATEX_DATE_FIELDS,
    BIBLATEX_NAME_FIELDS,
    BIBLATEX_TYPES,
    VERBATIM_FIELDS,
    CslItem,
    text_fields_of_type,
)
from detente.exchange.citations.latex import clean_spaces, escape_latex, escape_signs
from detente.exchange.ids import bibtex_key
from detente.exchange.notes import Notes
from detente.text.english import clip_text, count_noun


def biblatex_text(items: Iterable[CslItem]) -> str:
    """The items as BibLaTeX entries."""
    taken_keys: set[str] = set()
    return "\n".join(_format_entry(item, taken_keys) for item in items)


def unwritten_notes(items: Iterable[CslItem]) -> list[str]:
    """What the entries do not carry, in sentences."""
    notes = Notes()
    missing_counts: dict[str, int] = {}
    for item in items:
        known_fields = {
            "id",
            "type",
            "issued",
            *BIBLATEX_NAME_FIELDS,
            *BIBLATEX_DATE_FIELDS,
            *text_fields_of_type(_biblatex_type(item)[0]),
        }
        for name in item.keys() - known_fields:
            missing_counts[name] = missing_counts.get(name, 0) + 1
        key = clip_text(str(item.get("id", "")), 80)
        for name in {"issued", *BIBLATEX_DATE_FIELDS} & item.keys():
            if (date_from_edtf(date_to_edtf(item[name])) or {"raw": item[name].get("raw")}) != item[name]:
                message = f"'{name}' of '{key}' is written as {date_to_edtf(item[name])}, and says more."
                notes.add("dates that say more", message)
        if loses_particle([name for field in BIBLATEX_NAME_FIELDS for name in item.get(field, ())]):
            notes.add("particles", f"'{key}' has names whose particles are written as part of the family name.")
    for name, number in sorted(missing_counts.items()):
        notes.add(name, f"'{name}' of {count_noun(number, 'item')} has no name in BibLaTeX: not written.")
    return notes.sentences()


def _biblatex_type(item: CslItem) -> tuple[str, str]:
    csl_type = str(item.get("type", "document"))
    return BIBLATEX_TYPES.get(csl_type, ("misc", csl_type))


def _format_entry(item: CslItem, taken_keys: set[str]) -> str:
    kind, subtype = _biblatex_type(item)
    fields = {name: format_names_field(item.get(csl, ())) for csl, name in BIBLATEX_NAME_FIELDS.items()}
    for csl, name in text_fields_of_type(kind).items():
        fields[name] = _format_field(name, clean_spaces(str(item.get(csl, ""))))
    fields |= _issued_fields(item.get("issued", {}))
    for csl, name in BIBLATEX_DATE_FIELDS.items():
        fields[name] = _format_date(item.get(csl, {}))
    fields["entrysubtype"] = escape_latex(clean_spaces(subtype))
    if any(uses_prefix(item.get(csl, ())) for csl in BIBLATEX_NAME_FIELDS):
        fields["options"] = "useprefix=true"
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{bibtex_key(str(item.get('id', '')), taken_keys)},", *lines, "}\n"])


def _format_field(name: str, text: str) -> str:
    if name == "pages":
        return re.sub(r"-(?:\{\}-)*", "--", escape_latex(text))
    if name in VERBATIM_FIELDS:
        return escape_signs(text) if re.search(r"[\\{}]", text) else text
    return escape_latex(text)


def _issued_fields(date: CslDate) -> dict[str, str]:
    """When it was issued: by year, month and day where that says all, since every program reads these."""
    if "date-parts" not in date:
        return {"year": escape_latex(clean_spaces(str(date.get("raw", ""))))}
    if len(date["date-parts"]) > 1 or date.keys() & {"season", "circa", "edtf"}:
        return {"date": _format_date(date)}
    year, month, day = (*date["date-parts"][0], 0, 0)[:3]
    return {"year": str(year), "month": MONTHS[month - 1] if month else "", "day": str(day) if day else ""}


def _format_date(date: CslDate) -> str:
    text = clean_spaces(date_to_edtf(date))
    return text if date_from_edtf(text) else escape_latex(text)
