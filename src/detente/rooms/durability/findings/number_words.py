"""The numbers of repeated games in plain words that can follow `it depends on`."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.index.labels import CaseLabels

GAME_NUMBERS: Mapping[str, str] = {
    "both": "what {gets} if both cooperate",
    "alone": "what {gets} if it alone cooperates",
    "free_rides": "what {gets} if it alone does not cooperate",
    "neither": "what {gets} if neither cooperates",
    "patience": "how much the future counts",
    "noise": "how often something goes wrong",
    "offence": "how much offence counts",
}
"""Numbers of a game."""


def game_number_name(path: str, labels: CaseLabels) -> str | None:
    """What a number of a game is; None where it is none.

    Args:
        path: Where it stands, as dotted keys.
        labels: The names of the case.
    """
    keys = path.split(".")
    if keys[0] != "games" or keys[-1] not in GAME_NUMBERS:
        return None
    side = f"{labels.party_name(keys[3])} gets" if "payoffs_of" in keys else "a side gets"
    return GAME_NUMBERS[keys[-1]].format(gets=side)
