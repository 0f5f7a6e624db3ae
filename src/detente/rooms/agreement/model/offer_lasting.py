"""Whether cooperation on the issues of an offer would last, as the games of the case have it, and with its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.rooms.durability.model.durability import DurabilityModel


@dataclass(frozen=True)
class LastingIssue:
    """A game on an issue of an offer, by the theory by which the answer is told: shares of draws."""

    issue: str
    game: str
    lasts: float
    """In which share it lasts as the case has it."""
    with_clauses: float | None
    """In which share it does with what the clauses of the offer bring; None where they bring nothing to it."""


def lasting_issues(durability: DurabilityModel | None, offer: str) -> tuple[LastingIssue, ...]:
    """The games on the issues of an offer of the case. Of several institutions, the one that does most counts.

    Args:
        durability: The games; nothing without any.
        offer: The id of the offer.
    """
    return tuple(_lasting(durability, offer)) if durability else ()


def _lasting(durability: DurabilityModel, offer: str) -> Iterator[LastingIssue]:
    case = durability.case
    brought = {one for clause in case.offers[offer].clauses for one in case.clauses[clause].brings}
    tests = [test for test in durability.institutions if test.id in brought] if brought else []
    for issue in case.offers[offer].issues:
        for game in durability.case_games:
            if issue not in game.game.issues:
                continue
            after = [one.lasts.after for test in tests for one in test.all_effects if one.game == game.id]
            yield LastingIssue(issue, game.id, game.main_theory.lasting_share, max(after, default=None))
