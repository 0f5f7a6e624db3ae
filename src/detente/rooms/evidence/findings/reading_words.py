"""Readers of the motives within a sentence: who read them, in which way, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema.case import Case
from detente.rooms.evidence.findings.theory_words import theory_in_sentence
from detente.rooms.evidence.model.coding_routes import CodingRoute, RouteKind
from detente.text.english import upper_first
from detente.text.names_in_sentences import with_small_article

READING_PHRASES: Mapping[RouteKind, str] = {
    "motives": "reading motive by motive",
    "passages": "reading passage by passage",
    "adjudicated": "deciding between readers",
}
"""How somebody came to a reading."""


def coder_in_sentence(case: Case, coder: str) -> str:
    """A coder within a sentence: `the author`, `Coder A`."""
    return with_small_article(case.coders[coder].name)


def reader_clause(case: Case, route: CodingRoute) -> str:
    """Who read, and how, at the head of a sentence: `Coder A, reading passage by passage,`."""
    return f"{upper_first(case.coders[route.coder].name)}, {READING_PHRASES[route.kind]},"


def outcome_phrase(case: Case, leader: str | None) -> str:
    """What a reading found: `a tie`, `liberalism ahead`."""
    return f"{theory_in_sentence(case, leader)} ahead" if leader else "a tie"
