"""The ids a case declares, each once, and what kind of thing each one is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.case.shape import Path

SECTIONS = {
    "documents": "document",
    "sources": "source",
    "actors": "actor",
    "organisations": "organisation",
    "facts": "fact",
    "rules": "rule",
    "attributes": "attribute",
    "issues": "issue",
    "capabilities": "capability",
    "channels": "channel",
    "regimes": "regime",
    "mechanisms": "mechanism",
    "lenses": "lens",
    "outside": "option",
    "priors": "priors",
    "outcomes": "outcome",
    "games": "game",
    "common_goods": "good",
    "arms_races": "race",
    "strategies": "strategy",
    "proposals": "proposal",
    "stances": "stance",
    "motives": "motive",
    "arguments": "argument",
    "passages": "passage",
    "theories": "theory",
    "coders": "coder",
    "tables": "table",
    "hypotheses": "hypothesis",
    "clues": "clue",
    "verdicts": "verdict",
    "predictions": "prediction",
    "assessments": "assessment",
    "contradictions": "contradiction",
    "estimates": "estimate",
    "scenarios": "scenario",
}
"""What the entries of each section are."""
NESTED = {
    ("organisations", "organs"): "organ",
    ("theories", "branches"): "branch",
    ("theories", "propositions"): "proposition",
}


def declarations(data: Any) -> Iterator[tuple[str, str, Path]]:
    """Every declared id with its kind and path, from case data that need not be valid yet."""
    if not isinstance(data, dict):
        return
    for section, kind in SECTIONS.items():
        entries = data.get(section)
        if not isinstance(entries, dict):
            continue
        for name, entry in entries.items():
            yield name, kind, (section, name)
            for (outer, inner), inner_kind in NESTED.items():
                nested = entry.get(inner) if outer == section and isinstance(entry, dict) else None
                for nested_name in nested if isinstance(nested, dict) else ():
                    yield nested_name, inner_kind, (section, name, inner, nested_name)
    for section in ("record", "codings"):
        entries = data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(name, str):
                kind = entry.get("kind") if section == "record" else "coding"
                yield name, kind if isinstance(kind, str) else "entry", (section, index)
