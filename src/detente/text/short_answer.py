"""What is said of a whole assessment: what it rests on, what it leaves open, and what a case would need."""

from __future__ import annotations

from collections.abc import Iterable

from detente.text.english import count_noun, join_words, upper_first

NO_ANSWER = "Nothing can be said yet"
"""The headline of a case that no room has material for."""
BASIS_TITLE = "What it rests on"
UNSUPPORTED_QUESTIONS = {"How sure, and what matters": "draws over uncertain inputs"}
"""Questions that this version of Détente does not take up, and what answering each takes."""


def inputs_phrase(count: int, unsourced: int) -> str:
    """`358 inputs, 141 unsourced`."""
    return f"{count} inputs, {unsourced} unsourced"


def assumptions_phrase(count: int) -> str:
    """`14 assumptions the case does not state`."""
    return f"{upper_first(count_noun(count, 'assumption'))} the case does not state"


def open_questions_sentence(questions: Iterable[str]) -> str:
    """That an assessment is no forecast, and which questions it leaves open."""
    return f"This is no forecast: it leaves {join_words(f'“{title}”' for title in questions)} open."


def missing_material_sentence(needs: str) -> str:
    """What a case would need for a question that it has no material for."""
    return f"The case would need {needs}."


def unsupported_sentence(requirement: str) -> str:
    """What a question takes that no version up to this one answers."""
    return f"Not in this version of Détente. It takes {requirement}."
