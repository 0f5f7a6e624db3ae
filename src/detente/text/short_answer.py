"""What is said of a whole assessment: what it rests on, what it leaves open, and what a case would need."""

from __future__ import annotations

NO_ANSWER = "Nothing can be said yet."
"""The headline of a case that no room has material for."""


def sourced_readings_sentence(sourced: int, readings: int) -> str:
    """How many of the inputs with a source are readings of it, and how many stand in it."""
    return (
        f"Of the {sourced} that do, {readings} are readings of a source, such as codings, tones and judgements; "
        f"{sourced - readings} are what a source itself states."
    )


def missing_material_sentence(needs: str) -> str:
    """What a case would need for a question that it has no material for."""
    return f"The case would need {needs}."
