"""How much of a document a case covers, and which passages it leaves idle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]
"""First character and the one after the last, in Unicode code points from 0."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a case covers of a document; characters that are white space do not count."""

    covered: int
    """Characters inside some span."""
    characters: int
    """All characters."""
    idle: tuple[Span, ...]
    """The passages between the spans, in order."""

    @property
    def share(self) -> float:
        """The covered share, from 0 to 1."""
        return self.covered / self.characters if self.characters else 0.0


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap joined."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def coverage(text: str, spans: Iterable[Span]) -> Coverage:
    """What spans cover of a text, and the passages they leave idle, trimmed of white space."""
    taken = merged((max(0, a), min(len(text), b)) for a, b in spans if a < len(text))
    covered = sum(_solid(text[a:b]) for a, b in taken)
    edges = [0, *(edge for span in taken for edge in span), len(text)]
    gaps = [_trimmed(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return Coverage(covered, _solid(text), tuple(gap for gap in gaps if gap[0] < gap[1]))


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, end - (len(piece) - len(piece.rstrip())))
