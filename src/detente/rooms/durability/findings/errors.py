"""How the durability room words errors: whether there are any, what is kept to with them, and what would be without."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.rooms.durability.model.lasting_with_errors import CONTRITION
from detente.rooms.durability.model.patience import GamePatience
from detente.text.english import count_noun, join_words, lower_first
from detente.text.number_format import per_hundred


def errors_phrase(games: Sequence[GamePatience]) -> str:
    """With which errors it is told whether cooperation lasts, within a sentence."""
    return "with the errors assumed" if any(game.has_noise for game in games) else "as long as nobody errs"


def strategy_title(name: str, punishment_rounds: int) -> str:
    """What a strategy that is kept to is called, or what it does."""
    if punishment_rounds:
        return f"punishment for {count_noun(punishment_rounds, 'round')}"
    return "contrition (who erred makes it good)" if name == CONTRITION else name


def error_free_sentence(games: Sequence[GamePatience], case: Case) -> str:
    """In how many draws cooperation would last without errors by the theory of the answer; nothing without errors."""
    noisy = [game for game in games if game.has_noise]
    if not noisy:
        return ""
    shares = join_words(f"{title_within(game, case)} {per_hundred(game.main.error_free_share)}" for game in noisy)
    return f"If nobody erred, it would last in so many by the theory of the answer: {shares}."


def rounds_sentence(games: Sequence[GamePatience], case: Case) -> str:
    """In how many rounds both cooperate where it lasts by the theory of the answer; nothing without errors."""
    shares = [
        f"{title_within(game, case)} {per_hundred(game.main.cooperation_share)}"
        for game in games
        if game.has_noise and game.main.cooperation_share is not None
    ]
    return f"Where it lasts, both cooperate in so many of 100 rounds: {join_words(shares)}." if shares else ""


def title_within(game: GamePatience, case: Case) -> str:
    """What a game is called within a sentence."""
    return lower_first(case.games[game.id].title)
