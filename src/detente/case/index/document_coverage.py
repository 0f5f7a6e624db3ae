"""How much of a document a case covers, and which passages it leaves idle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CharacterSpan = tuple[int, int]
"""First character and the one after the last, in Unicode code points from 0."""


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """What a case covers of a document; characters that are white space do not count."""

    covered: int
    """Characters inside some span."""
    characters: int
    """All characters."""
    uncovered_spans: tuple[CharacterSpan, ...]
    """The passages between the spans, in order."""

    @property
    def share(self) -> float:
        """The covered share, from 0 to 1."""
        return self.covered / self.characters if self.characters else 0.0


def merge_spans(spans: Iterable[CharacterSpan]) -> list[CharacterSpan]:
    """The spans in order, those that touch or overlap joined."""
    merged_spans: list[CharacterSpan] = []
    for start, end in sorted(spans):
        if merged_spans and start <= merged_spans[-1][1]:
            merged_spans[-1] = (merged_spans[-1][0], max(merged_spans[-1][1], end))
        else:
            merged_spans.append((start, end))
    return merged_spans


def measure_coverage(text: str, spans: Iterable[CharacterSpan]) -> DocumentCoverage:
    """What spans cover of a text, and the passages they leave idle, trimmed of white space."""
    covered_spans = merge_spans((max(0, a), min(len(text), b)) for a, b in spans if a < len(text))
    covered_count = sum(_count_nonspace(text[a:b]) for a, b in covered_spans)
    edges = [0, *(edge for span in covered_spans for edge in span), len(text)]
    gaps = [_trim_span(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return DocumentCoverage(covered_count, _count_nonspace(text), tuple(gap for gap in gaps if gap[0] < gap[1]))


def _count_nonspace(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _trim_span(text: str, start: int, end: int) -> CharacterSpan:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, end - (len(piece) - len(piece.rstrip())))
