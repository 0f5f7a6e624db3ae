"""Verdicts in plain words, as sentences and pictures have them: open, open on a condition, forbidden and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from detente.methods.institutions.legal_rule import VerdictState
from detente.results.pictures import CellState, TallyPart
from detente.text.english import cardinal, count_noun, join_words

PlainVerdict = Literal[VerdictState, "disputed"]
"""A verdict, or that the sources dispute which."""
VERDICTS_BEST_FIRST: tuple[PlainVerdict, ...] = (
    "open",
    "conditional",
    "redundant",
    "undetermined",
    "disputed",
    "barred",
)
VERDICT_WORDS: Mapping[PlainVerdict, str] = {
    "open": "open",
    "conditional": "open on a condition",
    "redundant": "covered elsewhere already",
    "undetermined": "not settled by the known rules",
    "disputed": "disputed by the sources",
    "barred": "forbidden",
}
VERDICT_CELLS: Mapping[PlainVerdict, CellState] = {
    "open": "yes",
    "conditional": "half",
    "redundant": "empty",
    "undetermined": "unclear",
    "disputed": "unclear",
    "barred": "no",
}
MOST_VERDICTS_TOLD = 3
"""Verdicts that a sentence counts, since it may hold three numbers."""
MOST_IN_WORDS = 12
"""The largest whole of which a part is counted in words."""


def plain_verdict(states: Sequence[VerdictState]) -> PlainVerdict:
    """The verdict, or that it is in dispute."""
    return states[0] if len(states) == 1 else "disputed"


def count_verdicts(verdicts: Iterable[PlainVerdict]) -> dict[PlainVerdict, int]:
    """How many there are of each, from best to worst, without those that do not occur."""
    counts = Counter(verdicts)
    return {verdict: counts[verdict] for verdict in VERDICTS_BEST_FIRST if counts[verdict]}


def tally_parts(verdicts: Iterable[PlainVerdict]) -> tuple[TallyPart, ...]:
    """The parts of a row of units, from best to worst."""
    return tuple(
        TallyPart(VERDICT_CELLS[verdict], count, VERDICT_WORDS[verdict])
        for verdict, count in count_verdicts(verdicts).items()
    )


def verdict_legend(verdicts: Iterable[PlainVerdict]) -> tuple[tuple[CellState, str], ...]:
    """What the states of cells mean, for those that occur."""
    words_by_cell: dict[CellState, list[str]] = {}
    for verdict in count_verdicts(verdicts):
        words_by_cell.setdefault(VERDICT_CELLS[verdict], []).append(VERDICT_WORDS[verdict])
    return tuple((cell, " or ".join(words)) for cell, words in words_by_cell.items())


def other_verdicts_phrase(verdicts: Iterable[PlainVerdict]) -> str:
    """`three were open on a condition and two were covered elsewhere already`, of those that were not open.

    Where there are more kinds than a sentence can count, only the most frequent are counted.
    """
    counts = {verdict: count for verdict, count in count_verdicts(verdicts).items() if verdict != "open"}
    told = sorted(counts, key=lambda verdict: -counts[verdict])[:MOST_VERDICTS_TOLD]
    return join_words(
        f"{cardinal(count)} {was_or_were(count)} {VERDICT_WORDS[verdict]}"
        for verdict, count in counts.items()
        if verdict in told
    )


def is_or_are(count: int) -> str:
    """The verb for so many; for none, as in `none is`."""
    return "is" if count < 2 else "are"


def was_or_were(count: int) -> str:
    """The same of the past."""
    return "was" if count < 2 else "were"


def count_of(count: int, total: int) -> str:
    """`four of five`, `17 of 22`: a part and its whole, both in words or both in digits; `none of five`, `all five`."""
    if count == 0:
        return f"none of {cardinal(total)}"
    if count == total:
        return {1: "the one", 2: "both"}.get(total, f"all {cardinal(total)}")
    return f"{cardinal(count)} of {cardinal(total)}" if total <= MOST_IN_WORDS else f"{count} of {total}"


def part_of(count: int, total: int, noun: str = "proposal") -> str:
    """`17 of 22 proposals`, `all five proposals`, `the one proposal`, `neither of the two proposals`."""
    if count == 0:
        return f"neither of the two {noun}s" if total == 2 else f"none of the {count_noun(total, noun)}"
    return f"{count_of(count, total)} {noun if total == 1 else noun + 's'}"


def pronoun_phrase(count: int, total: int) -> str:
    """So many of several that were just named: `it`, `both`, `all four`, `twelve of these`."""
    if count == total:
        return {1: "it", 2: "both"}.get(total, f"all {cardinal(total)}")
    return f"{cardinal(count)} of these"
