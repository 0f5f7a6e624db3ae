"""What is left out of a file of another program, or read otherwise than it stands, said in sentences with its place."""

from __future__ import annotations

from detente.errors import Place, printable
from detente.text.english import count

MOST_ALIKE = 20
"""How many notes of one kind are said one by one; of the others it is said how many there are."""


class Notes:
    """Collects notes by kind, in the order in which the kinds come up."""

    def __init__(self) -> None:
        self._kinds: dict[str, list[str]] = {}
        self._numbers: dict[str, int] = {}

    def add(self, kind: str, sentence: str, place: Place | None = None) -> None:
        """Adds a note.

        Args:
            kind: What it is about, as a clause for those that are not said one by one: `a date left out`.
            sentence: What is to be said, with what it is said of.
            place: Where that stands.
        """
        said = self._kinds.setdefault(kind, [])
        sentence = printable(f"{place}: {sentence}" if place else sentence)
        if sentence in said:
            return
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        if len(said) < MOST_ALIKE:
            said.append(sentence)

    def said(self) -> list[str]:
        """The notes as sentences."""
        found = []
        for kind, sentences in self._kinds.items():
            found += sentences
            if further := self._numbers[kind] - len(sentences):
                found.append(printable(f"The same of {count(further, 'further one')}: {kind}."))
        return found
