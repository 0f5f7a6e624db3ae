"""What is left out of a file of another program, or read otherwise than it stands, said in sentences with its place."""

from __future__ import annotations

from detente.errors import FilePosition, printable_text
from detente.text.english import count_noun

MAX_NOTES_PER_KIND = 20
"""How many notes of one kind are said one by one; of the others it is said how many there are."""


class Notes:
    """Collects notes by kind, in the order in which the kinds come up."""

    def __init__(self) -> None:
        self._sentences_by_kind: dict[str, list[str]] = {}
        self._counts_by_kind: dict[str, int] = {}

    def add(self, kind: str, sentence: str, place: FilePosition | None = None) -> None:
        """Adds a note.

        Args:
            kind: What it is about, as a clause for those that are not said one by one: `a date left out`.
            sentence: What is to be said, with what it is said of.
            place: Where that stands.
        """
        sentences = self._sentences_by_kind.setdefault(kind, [])
        sentence = printable_text(f"{place}: {sentence}" if place else sentence)
        if sentence in sentences:
            return
        self._counts_by_kind[kind] = self._counts_by_kind.get(kind, 0) + 1
        if len(sentences) < MAX_NOTES_PER_KIND:
            sentences.append(sentence)

    def sentences(self) -> list[str]:
        """The notes as sentences."""
        lines = []
        for kind, sentences in self._sentences_by_kind.items():
            lines += sentences
            if remaining := self._counts_by_kind[kind] - len(sentences):
                lines.append(printable_text(f"The same of {count_noun(remaining, 'further one')}: {kind}."))
        return lines
