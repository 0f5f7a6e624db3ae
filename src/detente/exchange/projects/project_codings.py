"""The codings of a project that a case does not have yet, by coders that it may not have yet either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding
from detente.exchange.projects.code_names import Meaning, id_from, plain
from detente.exchange.refi.qdpx import UNKNOWN, Selection
from detente.methods.chronology.edtf import Edtf
from detente.rooms.evidence.model.coding_routes import current
from detente.text.english import count, listed
from detente.text.safe_text import clean

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?", re.DOTALL)
Key = tuple[str, str, str]
"""A unit, a theory and a coder: one round has one coding of these."""


class NewCodings:
    """Codings on their way into a case; what cannot go in is noted with the reason."""

    def __init__(self, case: Case, taken: set[str], notes: list[str]):
        self.case, self.taken, self.notes = case, taken, notes
        self.coders: dict[str, Any] = {}
        self._ids = {name: id for id, part in case.coders.items() for name in (part.name, id)}
        self._current = current(case)
        self._known = {(c.unit, c.theory, c.coder, c.direction, c.strength) for c in case.codings}
        self._new: dict[Key, dict[tuple[str | None, str | None], dict[str, Any]]] = {}
        self._timed = self._nobody = 0

    def add(self, units: list[str], selection: Selection, meaning: Meaning) -> None:
        """Adds a coding of one unit, or of one of several that nothing tells apart."""
        coder = self._coder(selection.coder)
        code = (meaning.direction, meaning.strength or None)
        if any((unit, meaning.theory, coder, *code) in self._known for unit in units):
            return
        told = f"'{' > '.join(selection.code)}' by {selection.coder}"
        if len(units) > 1:
            self.notes.append(f"{told} may code {listed(map(repr, units), 'or')}, which cover the same: left out.")
            return
        coding = self._coding(units[0], selection, meaning, coder)
        why = self._against(coding)
        if why:
            self.notes.append(f"{told} codes '{units[0]}', but {why}: left out.")
            return
        self._nobody += selection.coder.startswith(UNKNOWN)
        self._timed += "date" in coding and "T" in selection.date
        self._new.setdefault((units[0], meaning.theory, coder), {}).setdefault(code, coding)

    def written(self) -> list[dict[str, Any]]:
        """The codings as they go into the case; of what a coder says in two ways, neither."""
        kept: list[dict[str, Any]] = []
        for (unit, theory, coder), codes in self._new.items():
            if len(codes) > 1:
                ways = listed(f"'{_words(*code)}'" for code in codes)
                self.notes.append(f"'{coder}' codes '{unit}' to '{theory}' as {ways}: left out; keep one of them.")
            else:
                kept += codes.values()
        used = {coding["coder"] for coding in kept}
        self.coders = {id: part for id, part in self.coders.items() if id in used}
        if self._timed:
            self.notes.append(f"Of {count(self._timed, 'date')} the day is kept, and not the time of day.")
        if self._nobody:
            self.notes.append(f"{count(self._nobody, 'coding')} without a coder: read as by '{UNKNOWN}'.".capitalize())
        return kept

    def _coding(self, unit: str, selection: Selection, meaning: Meaning, coder: str) -> dict[str, Any]:
        """A coding as an entry of the case."""
        found = {"unit": unit, "theory": meaning.theory, "direction": meaning.direction}
        optional = {
            "strength": meaning.strength,
            "coder": coder,
            "round": self._round(coder, unit),
            "date": self._day(selection),
            "because": clean(selection.note).strip(),
            "note": f"coded to its branch {meaning.branch}" if meaning.branch else "",
        }
        return found | {name: value for name, value in optional.items() if value}

    def _round(self, coder: str, unit: str) -> int:
        """The round that counts, where it is not the first; else 0."""
        held = self._current.get((coder, unit))
        return held[0][1].round if held and held[0][1].round > 1 else 0

    def _against(self, coding: Mapping[str, Any]) -> str:
        """Why a coding cannot go into the case; nothing if it can."""
        held: list[tuple[str, Coding]] = self._current.get((coding["coder"], coding["unit"]), [])
        for _, other in held:
            if other.theory == coding["theory"]:
                said = _words(other.direction, other.strength)
                return f"there it says '{said}' already; a later round needs a date and a reason"
        reasoned = "date" in coding and "because" in coding
        part = self.case.coders.get(coding["coder"])
        if not reasoned and ("round" in coding or (part and part.adjudicates)):
            return "a later round, or a decision between coders, needs a date and a reason"
        return ""

    def _coder(self, name: str) -> str:
        """The coder of that name; a new one if there is none."""
        name = clean(name)
        if name not in self._ids:
            close = {id for known, id in self._ids.items() if plain(known) == plain(name)}
            if len(close) == 1:
                self.notes.append(f"The coder '{name}' is taken for '{next(iter(close))}'.")
                self._ids[name] = close.pop()
            else:
                self._ids[name] = id_from(name, "coder", self.taken)
                self.coders[self._ids[name]] = {"name": name}
        return self._ids[name]

    def _day(self, selection: Selection) -> str:
        """The day of a date, as the coder's clock had it; nothing, with a note, where a case cannot hold it."""
        if not selection.date:
            return ""
        match = _DAY.fullmatch(selection.date)
        try:
            day = Edtf.parse(match[1]).text if match else ""
        except ValueError:
            day = ""
        if not day:
            told = f"'{' > '.join(selection.code)}' by {selection.coder}"
            self.notes.append(f"{told} is dated '{selection.date}', which a case cannot hold: its date is left out.")
        return day


def _words(direction: str | None, strength: str | None) -> str:
    return f"{strength} {direction}" if strength else str(direction)
