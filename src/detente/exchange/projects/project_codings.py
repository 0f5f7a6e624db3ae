"""The codings of a project that a case does not have yet, by coders that it may not have yet either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding
from detente.exchange.projects.code_names import CodeMeaning, normalise_name, unique_id
from detente.exchange.refi.qdpx import UNKNOWN_CODER, CodedSelection
from detente.methods.chronology.edtf import Edtf
from detente.rooms.evidence.model.coding_routes import index_latest_codings
from detente.text.english import count_noun, join_words
from detente.text.safe_text import clean_text

_DAY_PATTERN = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?", re.DOTALL)
CodingKey = tuple[str, str, str]
"""A unit, a theory and a coder: one round has one coding of these."""


class NewCodings:
    """Codings on their way into a case; what cannot go in is noted with the reason."""

    def __init__(self, case: Case, taken_ids: set[str], notes: list[str]):
        self.case, self.taken_ids, self.notes = case, taken_ids, notes
        self.coders: dict[str, Any] = {}
        self._ids_by_coder_name = {name: id for id, part in case.coders.items() for name in (part.name, id)}
        self._codings_in_force = index_latest_codings(case)
        self._known_codes = {(c.unit, c.theory, c.coder, c.direction, c.strength) for c in case.codings}
        self._new_codes: dict[CodingKey, dict[tuple[str | None, str | None], dict[str, Any]]] = {}
        self._timed_count = self._anonymous_count = 0

    def add_coding(self, units: list[str], selection: CodedSelection, meaning: CodeMeaning) -> None:
        """Adds a coding of one unit, or of one of several that nothing tells apart."""
        coder = self._coder_id(selection.coder)
        code = (meaning.direction, meaning.strength or None)
        if any((unit, meaning.theory, coder, *code) in self._known_codes for unit in units):
            return
        description = f"'{' > '.join(selection.code_path)}' by {selection.coder}"
        if len(units) > 1:
            self.notes.append(
                f"{description} may code {join_words(map(repr, units), 'or')}, which cover the same: left out."
            )
            return
        coding = self._coding_entry(units[0], selection, meaning, coder)
        objection = self._objection(coding)
        if objection:
            self.notes.append(f"{description} codes '{units[0]}', but {objection}: left out.")
            return
        self._anonymous_count += selection.coder.startswith(UNKNOWN_CODER)
        self._timed_count += "date" in coding and "T" in selection.date
        self._new_codes.setdefault((units[0], meaning.theory, coder), {}).setdefault(code, coding)

    def coding_entries(self) -> list[dict[str, Any]]:
        """The codings as they go into the case; of what a coder says in two ways, neither."""
        entries: list[dict[str, Any]] = []
        for (unit, theory, coder), codes in self._new_codes.items():
            if len(codes) > 1:
                codes_phrase = join_words(f"'{_code_words(*code)}'" for code in codes)
                self.notes.append(
                    f"'{coder}' codes '{unit}' to '{theory}' as {codes_phrase}: left out; keep one of them."
                )
            else:
                entries += codes.values()
        used_coders = {coding["coder"] for coding in entries}
        self.coders = {id: part for id, part in self.coders.items() if id in used_coders}
        if self._timed_count:
            self.notes.append(f"Of {count_noun(self._timed_count, 'date')} the day is kept, and not the time of day.")
        if self._anonymous_count:
            count_phrase = count_noun(self._anonymous_count, "coding")
            self.notes.append(f"{count_phrase} without a coder: read as by '{UNKNOWN_CODER}'.".capitalize())
        return entries

    def _coding_entry(self, unit: str, selection: CodedSelection, meaning: CodeMeaning, coder: str) -> dict[str, Any]:
        """A coding as an entry of the case."""
        entry = {"unit": unit, "theory": meaning.theory, "direction": meaning.direction}
        optional = {
            "strength": meaning.strength,
            "coder": coder,
            "round": self._counting_round(coder, unit),
            "date": self._coding_day(selection),
            "because": clean_text(selection.note).strip(),
            "note": f"coded to its branch {meaning.branch}" if meaning.branch else "",
        }
        return entry | {name: value for name, value in optional.items() if value}

    def _counting_round(self, coder: str, unit: str) -> int:
        """The round that counts, where it is not the first; else 0."""
        codings = self._codings_in_force.get((coder, unit))
        return codings[0][1].round if codings and codings[0][1].round > 1 else 0

    def _objection(self, coding: Mapping[str, Any]) -> str:
        """Why a coding cannot go into the case; nothing if it can."""
        codings: list[tuple[str, Coding]] = self._codings_in_force.get((coding["coder"], coding["unit"]), [])
        for _, earlier in codings:
            if earlier.theory == coding["theory"]:
                code_words = _code_words(earlier.direction, earlier.strength)
                return f"there it says '{code_words}' already; a later round needs a date and a reason"
        has_date_and_reason = "date" in coding and "because" in coding
        part = self.case.coders.get(coding["coder"])
        if not has_date_and_reason and ("round" in coding or (part and part.adjudicates)):
            return "a later round, or a decision between coders, needs a date and a reason"
        return ""

    def _coder_id(self, name: str) -> str:
        """The coder of that name; a new one if there is none."""
        name = clean_text(name)
        if name not in self._ids_by_coder_name:
            similar_ids = {
                id
                for known_name, id in self._ids_by_coder_name.items()
                if normalise_name(known_name) == normalise_name(name)
            }
            if len(similar_ids) == 1:
                self.notes.append(f"The coder '{name}' is taken for '{next(iter(similar_ids))}'.")
                self._ids_by_coder_name[name] = similar_ids.pop()
            else:
                self._ids_by_coder_name[name] = unique_id(name, "coder", self.taken_ids)
                self.coders[self._ids_by_coder_name[name]] = {"name": name}
        return self._ids_by_coder_name[name]

    def _coding_day(self, selection: CodedSelection) -> str:
        """The day of a date, as the coder's clock had it; nothing, with a note, where a case cannot hold it."""
        if not selection.date:
            return ""
        match = _DAY_PATTERN.fullmatch(selection.date)
        try:
            day = Edtf.parse(match[1]).text if match else ""
        except ValueError:
            day = ""
        if not day:
            description = f"'{' > '.join(selection.code_path)}' by {selection.coder}"
            self.notes.append(
                f"{description} is dated '{selection.date}', which a case cannot hold: its date is left out."
            )
        return day


def _code_words(direction: str | None, strength: str | None) -> str:
    return f"{strength} {direction}" if strength else str(direction)
