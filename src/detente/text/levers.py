"""The levers of a channel in words."""

from __future__ import annotations

_EFFICIENCY_PHRASE = "the part that {} gets done of what takes all members"


def lever_name(kind: str, observed_title: str) -> str:
    """What a lever is called in a table: `exclusivity`, `threat felt by both`.

    Args:
        kind: `exclusivity`, `efficiency`, `observed_efficiency` or `threat`.
        observed_title: The title of the channel that is observed.
    """
    return {
        "exclusivity": "exclusivity",
        "efficiency": "efficiency",
        "observed_efficiency": f"efficiency of “{observed_title}”",
        "threat": "threat felt by both",
    }[kind]


def lever_phrase(kind: str, observed_title: str) -> str:
    """What a lever is, in words that `below .3` can follow; kinds and title as for its name."""
    return {
        "exclusivity": "the chance that the channel displaces other links",
        "efficiency": _EFFICIENCY_PHRASE.format("the channel"),
        "observed_efficiency": _EFFICIENCY_PHRASE.format(f"“{observed_title}”"),
        "threat": "the threat that both feel, from 0 to 1,",
    }[kind]
