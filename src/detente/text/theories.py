"""What to call theories: those of a case by its own words, those that are always there by ours."""

from __future__ import annotations

BUILT_IN_THEORY_TITLES = {
    "own-gains": "Own gains only",
    "all-mechanisms": "All reasons",
    "relative-gains": "Relative gains",
}
"""Theories that no case has to declare, by their ids."""


def theory_title(id: str, case_title: str) -> str:
    """What to call a theory.

    Args:
        id: Its id.
        case_title: What the case calls it; empty where it does not declare it.
    """
    return case_title or BUILT_IN_THEORY_TITLES[id]
