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


def sourced_readings_sentence(sourced: int, readings: int) -> str:
    """How many of the inputs with a source are readings of it, and how many stand in it."""
    return (
        f"Of the {sourced} that do, {readings} are readings of a source, such as codings, tones and judgements; "
        f"{sourced - readings} are what a source itself states."
    )


def basis_note(readings: int, assumptions: int, stand_ins: int) -> str:
    """`12 of those with a source are readings of it; 14 assumptions ...; two figures of other years`."""
    phrases = [f"{readings} of those with a source are readings of it"] if readings else []
    phrases.append(f"{count_noun(assumptions, 'assumption')} the case does not state")
    if stand_ins:
        phrases.append(count_noun(stand_ins, "figure of another year", "figures of other years"))
    return upper_first("; ".join(phrases))


def open_questions_sentence(questions: Iterable[str]) -> str:
    """That an assessment is no forecast, and which questions it leaves open."""
    return f"This is no forecast: it leaves {join_words(f'“{title}”' for title in questions)} open."


def missing_material_sentence(needs: str) -> str:
    """What a case would need for a question that it has no material for."""
    return f"The case would need {needs}."


def unsupported_sentence(requirement: str) -> str:
    """What a question takes that no version up to this one answers."""
    return f"Not in this version of Détente. It takes {requirement}."
