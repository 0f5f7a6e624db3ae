"""How well it stands whether cooperation lasts: by every theory, and in every simulation."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.results.finding import Robustness
from detente.rooms.durability.findings.text import issue_title
from detente.rooms.durability.model.patience import SURE_LASTING_SHARE, GamePatience
from detente.text.english import as_sentence, count_noun, upper_first
from detente.text.issue_lists import on_titles

MOST_TITLES = 3
"""Issues that are named; of more, how many they are."""


def lasting_robustness(games: Sequence[GamePatience], case: Case) -> Robustness:
    """How well the verdicts stand: the weakest of them."""
    if split := [game for game in games if {"yes", "no"} <= game.verdicts]:
        return Robustness(
            "fragile", as_sentence(f"{_place(split, len(games), case)}the answer depends on which theory is right")
        )
    if unsure := [game for game in games if "unsure" in game.verdicts]:
        return Robustness(
            "fragile", as_sentence(f"{_place(unsure, len(games), case)}the answer depends on numbers that we assumed")
        )
    share = round(100 * SURE_LASTING_SHARE)
    return Robustness("robust", f"By every theory the answer is the same in {share} of 100 simulations or more.")


def _place(games: Sequence[GamePatience], total: int, case: Case) -> str:
    if total == 1:
        return ""
    if len(games) > MOST_TITLES:
        return f"On {count_noun(len(games), 'issue')}, "
    return upper_first(f"{on_titles([issue_title(game.id, case) for game in games])}, ")
