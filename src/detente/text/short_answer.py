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


def basis_note(assumptions: int, stand_ins: int) -> str:
    """`14 assumptions the case does not state; two figures of other years`."""
    phrases = [f"{upper_first(count_noun(assumptions, 'assumption'))} the case does not state"]
    if stand_ins:
        phrases.append(count_noun(stand_ins, "figure of another year", "figures of other years"))
    return "; ".join(phrases)


def open_questions_sentence(questions: Iterable[str]) -> str:
    """That an assessment is no forecast, and which questions it leaves open."""
    return f"This is no forecast: it leaves {join_words(f'“{title}”' for title in questions)} open."


def missing_material_sentence(needs: str) -> str:
    """What a case would need for a question that it has no material for."""
    return f"The case would need {needs}."


def unsupported_sentence(requirement: str) -> str:
    """What a question takes that no version up to this one answers."""
    return f"Not in this version of Détente. It takes {requirement}."
