"""What strategies that are kept to with errors are called, or what they do."""

from __future__ import annotations

from detente.rooms.durability.model.lasting_with_errors import CONTRITION
from detente.text.english import count_noun


def strategy_title(name: str, punishment_rounds: int) -> str:
    """What a strategy that is kept to is called, or what it does."""
    if punishment_rounds:
        return f"punishment for {count_noun(punishment_rounds, 'round')}"
    return "contrition (who erred makes it good)" if name == CONTRITION else name


def strategy_sentence(name: str, punishment_rounds: int) -> str:
    """What mostly keeps cooperation going after an error."""
    if punishment_rounds:
        rounds = count_noun(punishment_rounds, "round")
        return f"What mostly keeps it going is that after an error both stop for {rounds}, and then begin again."
    if name == CONTRITION:
        return "What mostly keeps it going is that whoever erred makes it good."
    return f"What mostly keeps it going is a rule called “{name}”."
