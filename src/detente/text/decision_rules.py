"""How an organisation decides, in words."""

from __future__ import annotations

from collections.abc import Iterable

from detente.text.english import join_words


def decision_modes_phrase(modes: Iterable[str], organ: str) -> str:
    """The ways in which a rule decides, with the name of the organ that decides where it is delegated."""
    return join_words(f"delegation to {organ}" if mode == "delegated" else mode for mode in modes)
