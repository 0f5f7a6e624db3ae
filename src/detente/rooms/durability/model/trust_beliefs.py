"""What the sides of a game believe of each other, in every draw and at the means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.schema.repeated_games import PayoffsGiven, Trust
from detente.methods.games.shadow_of_the_future import Stage
from detente.methods.games.trust_and_reassurance import Kinds
from detente.rooms.durability.model.case_games import WORDS, Match, Seen, stage, untilted
from detente.rooms.durability.model.draws import Numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mistrust:
    """What the sides of a game believe of each other, in every draw and at the means."""

    match: Match
    numbers: Numbers
    middle: Numbers

    @property
    def trust(self) -> Trust:
        """What the case says of it."""
        told = self.match.game.trust
        if told is None:
            raise ValueError("a game without trust; who asks looks first")
        return told

    def held(self, numbers: Numbers) -> Floats:
        """How far each side trusts the other, shape (2, draws)."""
        path = f"games.{self.match.id}.trust.held"
        each = {side: (estimate, f"{path}.{side}") for side, estimate in self.trust.held.items()}
        return numbers.either(each, list(self.match.game.between), "held")

    def step(self, numbers: Numbers) -> Floats | None:
        """The share that the first step puts at stake, shape (draws,)."""
        one = self.trust.first_step
        return numbers.of(one, f"games.{self.match.id}.trust.first_step", "first_step") if one else None

    def kind(self, numbers: Numbers, word: str, seen: Seen, tilted: bool = True) -> Stage:
        """The payoffs of two trustworthy or two untrustworthy sides, as a theory has them.

        Args:
            numbers: Draws.
            word: `trustworthy` or `untrustworthy`.
            seen: The theory.
            tilted: Whether offence counts as the case says, or for no more than the payoffs do.
        """
        told: PayoffsGiven = getattr(self.trust, word)
        instead = {
            letter: (own, f"trust.{word}.{name}")
            for letter, name in WORDS.items()
            if (own := getattr(told, name)) is not None
        }
        return (stage if tilted else untilted)(numbers, self.match.id, instead).watched(seen.k)

    def kinds(self, seen: Seen, side: int) -> Kinds:
        """Both kinds of a side at the central estimates."""
        one, other = (self.kind(self.middle, word, seen).payoffs(side, 0) for word in ("trustworthy", "untrustworthy"))
        return Kinds(one, other)

    @cached_property
    def told_by(self) -> tuple[Seen, Seen]:
        """The theory by which there is a kind to be trusted: that of the answer, or one with less concern."""
        ordered = sorted(
            zip(self.match.seen, self.match.central, strict=True),
            key=lambda pair: (not pair[0].view.main, float(pair[1].k.max())),
        )
        for seen, middle in ordered:
            if self.kind(self.middle, "trustworthy", middle).trust.max() <= 1:
                return seen, middle
        return ordered[0]


def mistrusts(matches: Sequence[Match], numbers: Numbers, middle: Numbers) -> list[Mistrust]:
    """The games of which the case says how far the sides trust each other."""
    return [Mistrust(match, numbers, middle) for match in matches if match.game.trust]
