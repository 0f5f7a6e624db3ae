"""Where the selections of a project stand in the documents of a case, and how far they were moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.exchange.projects.code_names import Meaning
from detente.exchange.projects.document_matching import Copy
from detente.exchange.projects.refi_mapping import NAMED
from detente.exchange.refi.qdpx import Project, Selection
from detente.text.english import clipped, count, listed

Read = tuple[Selection, Meaning]
"""A selection, and what its code says."""
_SHOWN, _CHOICES = 50, 8


@dataclass(slots=True)
class Place:
    """A place in a document of the case, and what the project says of it."""

    document: str
    start: int
    end: int
    reads: list[Read] = field(default_factory=list)

    @property
    def motives(self) -> dict[str, tuple[str, str]]:
        """The motives that it is said to bear on, each with the id and the summary of a passage, as far as given."""
        found: dict[str, tuple[str, str]] = {}
        for selection, meaning in self.reads:
            if meaning.motive:
                named = NAMED.fullmatch(selection.note)
                found[meaning.motive] = (named[1], named[2] or "") if named else ("", selection.note)
        return found

    @property
    def codings(self) -> list[Read]:
        """The selections that say something to a theory."""
        return [read for read in self.reads if read[1].theory]


def told(reads: Iterable[Read]) -> list[str]:
    """Codings in words, for a sentence that leaves them out."""
    return [f"'{' > '.join(selection.code)}' by {selection.coder}" for selection, _ in reads]


class Placing:
    """Selections on their way into documents of a case; what is moved or stands nowhere is noted."""

    def __init__(self, project: Project, found: dict[str, Copy], notes: list[str]):
        self.project, self.found, self.notes = project, found, notes
        self._moved: dict[tuple[str, int], list[str]] = {}
        self._respaced: dict[str, list[int]] = {}

    def places(self, known: Iterable[Read]) -> list[Place]:
        """The places of selections in documents of the case, those at the same place together."""
        theirs: dict[tuple[str, int, int], list[Read]] = {}
        for read in known:
            theirs.setdefault((read[0].document, read[0].start, read[0].end), []).append(read)
        places: dict[tuple[str, int, int], Place] = {}
        for (name, start, end), reads in theirs.items():
            at = self._place(name, start, end, reads)
            if at:
                key = (self.found[name].document, *at)
                places.setdefault(key, Place(*key)).reads.extend(reads)
        self._tell_moves()
        return list(places.values())

    def _place(self, name: str, start: int, end: int, reads: list[Read]) -> tuple[int, int] | None:
        """The place of a selection in the case's document; None, with a note, where that is not known."""
        quote = " ".join(self.project.texts[name][start:end].split())
        shown = f"{start} to {end} ('{clipped(quote, _SHOWN)}')"
        at = _found(self.found[name], start, end)
        if isinstance(at, str):
            self.notes.append(f"In '{name}', {shown} {at}: left out ({'; '.join(told(reads))}).")
            return None
        self._note_move(name, start, end, at, shown)
        return at[:2]

    def _note_move(self, name: str, start: int, end: int, at: tuple[int, int, float], shown: str) -> None:
        """Keeps how far a selection was moved, from its first character that is no white space."""
        alignment, part = self.found[name].alignment, self.project.texts[name][start:end]
        shift = at[0] - (start + len(part) - len(part.lstrip()))
        if at[2] < 1:
            alike = f"is read as {at[0]} to {at[1]}, where {100 * at[2]:.0f} of 100 of both is the same"
            self.notes.append(f"In '{name}', {shown} {alike}: moved by {shift:+d} characters.")
        elif alignment and alignment.theirs != alignment.ours and shift:
            if alignment.same:
                self._respaced.setdefault(name, []).append(shift)
            else:
                self._moved.setdefault((name, shift), []).append(shown)

    def _tell_moves(self) -> None:
        for (name, shift), shown in self._moved.items():
            self.notes.append(f"In '{name}', moved by {shift:+d} characters, to the same words: {'; '.join(shown)}.")
        for name, shifts in self._respaced.items():
            far = f"{min(shifts):+d}" if len(set(shifts)) == 1 else f"{min(shifts):+d} to {max(shifts):+d}"
            what = f"{count(len(shifts), 'selection')} moved by {far} characters"
            why = "the case's copy differs by ends of lines, white space or marks only"
            self.notes.append(f"In '{name}', {what}: {why}.")


def _found(copy: Copy, start: int, end: int) -> tuple[int, int, float] | str:
    """Where a selection stands in the case's document, and how much is the same; or why that is not known."""
    if copy.alignment is None:
        return start, end, 1.0
    found = copy.alignment.find(start, end)
    if len(found) == 1:
        return found[0].start, found[0].end, found[0].likeness
    if found:
        where = listed((f"{place.start} to {place.end}" for place in found[:_CHOICES]), "or")
        more = f" or {len(found) - _CHOICES} more" if len(found) > _CHOICES else ""
        return f"may be {where}{more} in '{copy.document}', and nothing shows which; add it by hand"
    if copy.alignment.exhausted:
        return f"is not looked for in '{copy.document}', after so much else"
    if not copy.alignment.theirs[start:end].strip():
        return "holds no words"
    return f"stands nowhere in '{copy.document}', nor anything that is clearly it"
