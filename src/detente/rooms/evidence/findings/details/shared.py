"""What details of several tables share: the worst standing, short answers, ids without repetition."""

from __future__ import annotations

from collections.abc import Iterable

from detente.results.finding import RobustnessGrade

MOST_SHORT_WORDS = 6
FROM_WORST: tuple[RobustnessGrade, ...] = ("fragile", "moderate", "tie", "robust", "descriptive")


def worst_standing(standings: Iterable[RobustnessGrade]) -> RobustnessGrade:
    """The worst of several; nothing is concluded where there are none."""
    return min(standings, key=FROM_WORST.index, default="descriptive")


def first_short(*phrases: str) -> str:
    """The first of several phrases that is short enough for the answer of a fold; else the last."""
    return next((phrase for phrase in phrases if len(phrase.split()) <= MOST_SHORT_WORDS), phrases[-1])


def unique_ids(*groups: Iterable[str]) -> tuple[str, ...]:
    """The ids of several groups, each once, in order."""
    return tuple(dict.fromkeys(id for group in groups for id in group))
