"""The exceptions Détente raises, and the located problem they carry.

DetenteError                 everything raised on purpose
├── CaseError                a case that cannot be used; holds every Problem found
├── UnknownName              a bundled case, scenario or id that does not exist
├── UnreadableFile           a file that is none, is too large, or cannot be read
├── OutputError              a report that could not be written; what stood there still stands
└── WorkersLost              processes, or a cluster, that should work and are gone
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

MAX_SHOWN_LENGTH = 1_000
"""Letters of a problem that are shown; a case may hold a word of a million."""
MAX_WORD_LENGTH = 200
"""Letters of a word for which a like one is looked for."""


@dataclass(frozen=True, order=True, slots=True)
class FilePosition:
    """A point in a file: its rank among the files read, its name, line and column (both from 1)."""

    rank: int
    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a case: where, at which path, what, and what to do about it.

    An error stops everything; a warning is told, and the case is used as it stands.
    """

    place: FilePosition
    path: str
    message: str
    remedy: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        path = f"{_shorten(self.path)}: " if self.path else ""
        path = f"warning: {path}" if self.severity == "warning" else path
        remedy = f" ({_shorten(self.remedy)})" if self.remedy else ""
        return printable_text(f"{self.place}: {path}{_shorten(self.message)}{remedy}")


class DetenteError(Exception):
    """Anything Détente raises on purpose."""


class CaseError(DetenteError):
    """A case that cannot be used. `problems` holds all that was found, warnings included, in file order."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sort_problems(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownName(DetenteError):
    """A name that stands for nothing here."""


class UnreadableFile(DetenteError):
    """A file that is none, is too large, or cannot be read: what is wrong, and where, as far as that can be said.

    Args:
        what: What is wrong, in words that follow the file's name.
        remedy: What to do about it.
        line: The line, from 1.
        column: The column, from 1.
    """

    def __init__(self, fault: str, remedy: str = "", line: int = 1, column: int = 1):
        self.what, self.remedy, self.line, self.column = fault, remedy, line, column
        super().__init__(f"{fault} ({remedy})" if remedy else fault)

    def as_problem(self, file: str, rank: int = 0) -> Problem:
        """The same as a problem of the file."""
        return Problem(FilePosition(rank, file, self.line, self.column), "", self.what, self.remedy)


class OutputError(DetenteError):
    """A report that could not be written."""


class WorkersLost(DetenteError):
    """Processes, or a cluster, that should work and are gone."""


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by its place."""
    ordered = sorted(set(problems), key=lambda p: (p.place, p.path, p.message))
    # One mistake may break several entries, e.g. the head of a column; it is told once.
    unique_problems = {(problem.place, problem.message): problem for problem in reversed(ordered)}
    return tuple(reversed(unique_problems.values()))


def _shorten(text: str) -> str:
    """Text as far as it is shown."""
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[: MAX_SHOWN_LENGTH - 2]} …"


def printable_text(text: str) -> str:
    """Text on one line, without the characters by which a case could speak to a terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def did_you_mean(word: str, known_words: Iterable[str]) -> str:
    """`did you mean 'x'?` for the known word nearest to this one, or nothing."""
    nearest = nearest_word(word, known_words)
    return f"did you mean '{nearest}'?" if nearest else ""


def nearest_word(word: str, known_words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word most like this one, capitals aside; None if none is like it, or it is too long for a word."""
    if len(word) > MAX_WORD_LENGTH:
        return None
    word_by_casefold = {known_word.casefold(): known_word for known_word in reversed(list(known_words))}
    matches = get_close_matches(word.casefold(), word_by_casefold, n=1, cutoff=cutoff)
    return word_by_casefold[matches[0]] if matches else None
