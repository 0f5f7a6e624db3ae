"""What is said of a whole assessment: what it rests on, what it leaves open, and what a case would need."""

from __future__ import annotations

NO_ANSWER = "Nothing can be said yet."
"""The headline of a case that no room has material for."""
UNSUPPORTED_QUESTIONS = {"How sure, and what matters": "a chapter that tells what is worked out already"}
"""Questions that this version of Détente does not take up, and what answering each takes."""


def sourced_readings_sentence(sourced: int, readings: int) -> str:
    """How many of the inputs with a source are readings of it, and how many stand in it."""
    return (
        f"Of the {sourced} that do, {readings} are readings of a source, such as codings, tones and judgements; "
        f"{sourced - readings} are what a source itself states."
    )


def missing_material_sentence(needs: str) -> str:
    """What a case would need for a question that it has no material for."""
    return f"The case would need {needs}."


def unsupported_sentence(requirement: str) -> str:
    """What a question takes that no version up to this one answers."""
    return f"Not in this version: it takes {requirement}."
