"""A game of a case as each theory sees it: its draws, what patience it needs, what trust, and what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.by_year import called
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.repeated_games import PayoffsGiven, RepeatedGame
from detente.methods.games.shadow_of_the_future import Stage
from detente.rooms.durability.model.draws import Numbers
from detente.rooms.durability.model.theory_views import View, views

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WORDS = {"T": "free_rides", "R": "both", "P": "neither", "S": "alone"}
"""The payoffs as a case calls them."""


def given(game: RepeatedGame, side: str, word: str) -> tuple[Estimate, str] | None:
    """A payoff of a side with the end of its path: its own, or that of both."""
    own = getattr(game.payoffs_of.get(side, PayoffsGiven()), word)
    if own is not None:
        return own, f"payoffs_of.{side}.{word}"
    both = getattr(game.payoffs, word)
    return (both, f"payoffs.{word}") if both is not None else None


def stage(numbers: Numbers, name: str, instead: Mapping[str, tuple[Estimate, str]] | None = None) -> Stage:
    """The payoffs of a game in every draw, without any concern for relative gains, and with offence as it counts.

    Args:
        numbers: Draws.
        name: The game.
        instead: Other payoffs of both sides, by their letter, with the end of their paths.
    """
    plain = untilted(numbers, name, instead)
    offence = numbers.case.games[name].offence
    return plain.tilted(numbers.of(offence, f"games.{name}.offence", "offence")) if offence else plain


def untilted(numbers: Numbers, name: str, instead: Mapping[str, tuple[Estimate, str]] | None = None) -> Stage:
    """The same where offence counts for no more than the payoffs say."""
    import numpy as np

    game = numbers.case.games[name]
    found = {}
    for letter, word in WORDS.items():
        each = []
        for side in game.between:
            told = (instead or {}).get(letter) or given(game, side, word)
            if told is None:
                raise ValueError(f"no {word} for {side}; the checks of a case find it first")
            each.append(numbers.of(told[0], f"games.{name}.{told[1]}", "payoff"))
        found[letter] = np.stack(each)
    return Stage(**found)


@dataclass(frozen=True, eq=False)
class Seen:
    """A game as one theory sees it."""

    view: View
    k: Floats
    """How much either side minds what the other gets beyond it, shape (2, draws)."""
    plain: Stage
    """Payoffs without any concern."""
    patience: Floats
    """Shape (draws,)."""

    @cached_property
    def stage(self) -> Stage:
        """Payoffs as the theory has them."""
        return self.plain.watched(self.k)

    @cached_property
    def needed(self) -> Floats:
        """The patience that cooperation takes, of the side that takes more; shape (draws,)."""
        most: Floats = self.stage.needed.max(axis=0)
        return most

    @cached_property
    def lasts(self) -> NDArray[np.bool_]:
        """Whether there is enough patience; shape (draws,)."""
        found: NDArray[np.bool_] = self.patience >= self.needed
        return found

    @property
    def often(self) -> float:
        """The share of draws in which cooperation lasts."""
        return float(self.lasts.mean())

    @cached_property
    def threshold(self) -> Floats:
        """The trust that it takes to begin, of the side that takes more; infinite where it would not last anyway."""
        import numpy as np

        begun: Floats = self.stage.repeated(self.patience).trust.max(axis=0)
        return np.where(self.lasts, begun, np.inf)

    @property
    def begins(self) -> float:
        """The share of draws in which even chances that the other cooperates are enough to begin."""
        return float((self.threshold <= 0.5).mean())


@dataclass(frozen=True, eq=False)
class Match:
    """A game of a case with its draws and its central estimates, by every theory."""

    case: Case
    id: str
    seen: tuple[Seen, ...]
    central: tuple[Seen, ...]
    """The same at the means, with a single draw."""

    @property
    def game(self) -> RepeatedGame:
        """The game."""
        return self.case.games[self.id]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.game.title

    @cached_property
    def names(self) -> tuple[str, str]:
        """The two sides."""
        one, other = (called(self.case, party) for party in self.game.between)
        return one, other

    @property
    def main(self) -> Seen:
        """By the theory that the answer is told by."""
        return next(one for one in self.seen if one.view.main)

    @property
    def middle(self) -> Seen:
        """The same at the central estimates."""
        return next(one for one in self.central if one.view.main)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The entries that it is made from."""
        mechanisms = [m.path.split(".")[1] for one in self.seen for m in one.view.mindings]
        used = [name for name in dict.fromkeys(mechanisms) if name in self.case.mechanisms]
        return (self.id, *self.game.issues, *used)


def match(drawn: Numbers, central: Numbers, name: str) -> Match:
    """A game of a case."""
    seen, middle = (_seen(numbers, name) for numbers in (drawn, central))
    return Match(drawn.case, name, tuple(seen), tuple(middle))


def _seen(numbers: Numbers, name: str) -> Sequence[Seen]:
    case, plain = numbers.case, stage(numbers, name)
    patience = numbers.of(case.games[name].patience, f"games.{name}.patience", "patience")
    return [Seen(view, view.k(numbers), plain, patience) for view in views(case, name)]
