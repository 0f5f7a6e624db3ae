"""Where the selections of a project stand in the documents of a case, and how far they were moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.exchange.projects.code_names import CodeMeaning
from detente.exchange.projects.document_matching import DocumentCopy
from detente.exchange.projects.refi_mapping import PASSAGE_NOTE_PATTERN
from detente.exchange.refi.qdpx import CodedSelection, RefiProject
from detente.text.english import clip_text, count_noun, join_words

ReadSelection = tuple[CodedSelection, CodeMeaning]
"""A selection, and what its code says."""
_QUOTE_LENGTH, _MAX_PLACES_SHOWN = 50, 8


@dataclass(slots=True)
class DocumentPlace:
    """A place in a document of the case, and what the project says of it."""

    document: str
    start: int
    end: int
    reads: list[ReadSelection] = field(default_factory=list)

    @property
    def motives(self) -> dict[str, tuple[str, str]]:
        """The motives that it is said to bear on, each with the id and the summary of a passage, as far as given."""
        summaries_by_motive: dict[str, tuple[str, str]] = {}
        for selection, meaning in self.reads:
            if meaning.motive:
                match = PASSAGE_NOTE_PATTERN.fullmatch(selection.note)
                summaries_by_motive[meaning.motive] = (match[1], match[2] or "") if match else ("", selection.note)
        return summaries_by_motive

    @property
    def coding_reads(self) -> list[ReadSelection]:
        """The selections that say something to a theory."""
        return [read for read in self.reads if read[1].theory]


def describe_reads(reads: Iterable[ReadSelection]) -> list[str]:
    """Codings in words, for a sentence that leaves them out."""
    return [f"'{' > '.join(selection.code_path)}' by {selection.coder}" for selection, _ in reads]


class SelectionPlacer:
    """Selections on their way into documents of a case; what is moved or stands nowhere is noted."""

    def __init__(self, project: RefiProject, copies: dict[str, DocumentCopy], notes: list[str]):
        self.project, self.copies, self.notes = project, copies, notes
        self._exact_moves: dict[tuple[str, int], list[str]] = {}
        self._spacing_shifts: dict[str, list[int]] = {}

    def place_selections(self, reads_to_place: Iterable[ReadSelection]) -> list[DocumentPlace]:
        """The places of selections in documents of the case, those at the same place together."""
        reads_by_span: dict[tuple[str, int, int], list[ReadSelection]] = {}
        for read in reads_to_place:
            reads_by_span.setdefault((read[0].document, read[0].start, read[0].end), []).append(read)
        places: dict[tuple[str, int, int], DocumentPlace] = {}
        for (name, start, end), reads in reads_by_span.items():
            span = self._place_selection(name, start, end, reads)
            if span:
                key = (self.copies[name].document, *span)
                places.setdefault(key, DocumentPlace(*key)).reads.extend(reads)
        self._note_moves()
        return list(places.values())

    def _place_selection(self, name: str, start: int, end: int, reads: list[ReadSelection]) -> tuple[int, int] | None:
        """The place of a selection in the case's document; None, with a note, where that is not known."""
        quote = " ".join(self.project.texts[name][start:end].split())
        span_text = f"{start} to {end} ('{clip_text(quote, _QUOTE_LENGTH)}')"
        placement = _locate_in_copy(self.copies[name], start, end)
        if isinstance(placement, str):
            self.notes.append(f"In '{name}', {span_text} {placement}: left out ({'; '.join(describe_reads(reads))}).")
            return None
        self._record_move(name, start, end, placement, span_text)
        return placement[:2]

    def _record_move(self, name: str, start: int, end: int, placement: tuple[int, int, float], span_text: str) -> None:
        """Keeps how far a selection was moved, from its first character that is no white space."""
        alignment, part = self.copies[name].alignment, self.project.texts[name][start:end]
        shift = placement[0] - (start + len(part) - len(part.lstrip()))
        if placement[2] < 1:
            likeness_phrase = f"is read as {placement[0]} to {placement[1]}, "
            likeness_phrase += f"where {100 * placement[2]:.0f} of 100 of both is the same"
            self.notes.append(f"In '{name}', {span_text} {likeness_phrase}: moved by {shift:+d} characters.")
        elif alignment and alignment.source_text != alignment.target_text and shift:
            if alignment.is_equivalent:
                self._spacing_shifts.setdefault(name, []).append(shift)
            else:
                self._exact_moves.setdefault((name, shift), []).append(span_text)

    def _note_moves(self) -> None:
        for (name, shift), span_texts in self._exact_moves.items():
            self.notes.append(
                f"In '{name}', moved by {shift:+d} characters, to the same words: {'; '.join(span_texts)}."
            )
        for name, shifts in self._spacing_shifts.items():
            distance = f"{min(shifts):+d}" if len(set(shifts)) == 1 else f"{min(shifts):+d} to {max(shifts):+d}"
            summary = f"{count_noun(len(shifts), 'selection')} moved by {distance} characters"
            reason = "the case's copy differs by ends of lines, white space or marks only"
            self.notes.append(f"In '{name}', {summary}: {reason}.")


def _locate_in_copy(copy: DocumentCopy, start: int, end: int) -> tuple[int, int, float] | str:
    """Where a selection stands in the case's document, and how much is the same; or why that is not known."""
    if copy.alignment is None:
        return start, end, 1.0
    matches = copy.alignment.find_passage(start, end)
    if len(matches) == 1:
        return matches[0].start, matches[0].end, matches[0].likeness
    if matches:
        places_phrase = join_words((f"{place.start} to {place.end}" for place in matches[:_MAX_PLACES_SHOWN]), "or")
        more_phrase = f" or {len(matches) - _MAX_PLACES_SHOWN} more" if len(matches) > _MAX_PLACES_SHOWN else ""
        return f"may be {places_phrase}{more_phrase} in '{copy.document}', and nothing shows which; add it by hand"
    if copy.alignment.is_exhausted:
        return f"is not looked for in '{copy.document}', after so much else"
    if not copy.alignment.source_text[start:end].strip():
        return "holds no words"
    return f"stands nowhere in '{copy.document}', nor anything that is clearly it"
