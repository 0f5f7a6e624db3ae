"""How likely something is, in the words of the American intelligence community (ICD 203, 2015), with their numbers.

A number is rounded before the word is chosen, so that what a reader sees fits: 5 of 100 is almost no chance, 6 very
unlikely. Only for how often the side that answers accepts; not for shares of motives, rounds or rules, nor for the
past.
"""

from __future__ import annotations

from typing import Literal

LikelihoodWord = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "about even",
    "likely",
    "very likely",
    "almost certain",
]
SCALE: tuple[tuple[int, LikelihoodWord], ...] = (
    (5, "almost no chance"),
    (20, "very unlikely"),
    (45, "unlikely"),
    (55, "about even"),
    (80, "likely"),
    (95, "very likely"),
    (100, "almost certain"),
)
"""Up to how many of 100 each word goes."""
EVEN_LOW, EVEN_HIGH = 45, 55
"""A range from below the one to above the other may go either way."""


def likelihood_word(share: float) -> LikelihoodWord:
    """The word for a share from 0 to 1."""
    rounded = round(100 * share)
    return next(word for highest, word in SCALE if rounded <= highest)


def likelihood_clause(shares: tuple[float, float], what: str) -> str:
    """How likely something is by two tests: `there is almost no chance that NATO accepts`.

    Two tests that give the same word take it. Of others the one nearer to even is told with how far it goes: the higher
    one `at best`, or above even the lower one `at least`; neither, where they lie on both sides of even.

    Args:
        shares: By either test, from 0 to 1.
        what: What is or is not the case, to follow `that`.
    """
    low, high = min(shares), max(shares)
    if round(100 * low) < EVEN_LOW and round(100 * high) > EVEN_HIGH:
        return f"it may go either way whether {what}"
    is_above = round(100 * low) > EVEN_HIGH
    word = likelihood_word(low if is_above else high)
    is_same = likelihood_word(low) == likelihood_word(high)
    extent = "" if is_same else " at least" if is_above else " at best"
    if word == "almost no chance":
        return f"there is {word} that {what}"
    if word == "about even":
        return f"chances are {word}{extent} that {what}"
    return f"it is {word}{extent} that {what}"
