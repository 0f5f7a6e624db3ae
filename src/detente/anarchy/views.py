"""The theories of a case, as the concern for relative gains that each lets count in a game."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.anarchy.drawing import Numbers
from detente.case.estimate import Estimate
from detente.case.readings import members_of, regime, years
from detente.case.repeated import RepeatedGame
from detente.case.schema import Case
from detente.words import listed, within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Minding:
    """A number by which a side minds what the other gets beyond it, and how far it counts."""

    path: str
    estimate: Estimate = field(compare=False)
    factor: float = 1.0


Concern = tuple[tuple[Minding, ...], tuple[Minding, ...]]
"""What either side minds by."""


@dataclass(frozen=True)
class View:
    """How one theory, or several that agree, see a game."""

    title: str
    concern: Concern
    main: bool = False
    """Whether the answer is told by this one."""

    def k(self, numbers: Numbers) -> Floats:
        """How much either side minds, shape (2, draws)."""
        import numpy as np

        found = np.zeros((2, numbers.draws))
        for side, mindings in enumerate(self.concern):
            for minding in mindings:
                found[side] += minding.factor * numbers.of(minding.estimate, minding.path, "relative_gains")
        return found

    @property
    def by(self) -> str:
        """`by realism`, `by own gains alone`."""
        return f"by {within(self.title)}"


def views(case: Case, name: str) -> list[View]:
    """The theories of a case, those that see a game alike as one; own gains and, if given, concern without theories."""
    game = case.games[name]
    found: dict[Concern, list[str]] = {}
    main: Concern | None = None
    for lens in case.lenses.values():
        concern = _concern(case, name, game, lens.uses)
        found.setdefault(concern, []).append(lens.title)
        if lens.main:
            main = concern
    if not case.lenses:
        found[((), ())] = ["Own gains alone"]
    own = _own(name, game)
    if any(own) and own not in found:
        found[own] = ["Relative gains"]
    if main is None:
        main = max(found, key=lambda concern: sum(map(len, concern)))
    return [View(_title(titles), concern, concern == main) for concern, titles in found.items()]


def _title(titles: list[str]) -> str:
    return listed([titles[0], *(within(title) for title in titles[1:])])


def _own(name: str, game: RepeatedGame) -> Concern:
    """The concern that a game itself gives."""
    one, other = (
        (Minding(f"games.{name}.relative_gains.{side}", game.relative_gains[side]),)
        if side in game.relative_gains
        else ()
        for side in game.between
    )
    return one, other


def _concern(case: Case, name: str, game: RepeatedGame, uses: list[str]) -> Concern:
    """The concern that a theory lets count: that of the game where it gives one, else that of its mechanisms."""
    relative = [id for id in uses if id in case.mechanisms and case.mechanisms[id].kind == "relative"]
    plain = [id for id in relative if case.mechanisms[id].by_regime is None]
    own = _own(name, game)
    found = []
    for at, side in enumerate(game.between):
        other = game.between[1 - at]
        kept = [*own[at]] if plain else []
        for id in relative:
            if own[at] and id in plain:
                continue
            kept += _by_mechanism(case, id, side, other)
        found.append(tuple(kept))
    return found[0], found[1]


def _by_mechanism(case: Case, id: str, side: str, other: str) -> list[Minding]:
    """How much a side minds by one mechanism: by its own number, or by that of an organisation it belongs to."""
    mechanism, year = case.mechanisms[id], years(case)[-1]
    belongs = [name for name in case.organisations if side in members_of(case, name, year)]
    given = next((name for name in (side, *belongs) if name in mechanism.of), None)
    if given is None:
        return []
    factor = 1.0
    if mechanism.by_regime:
        own, its = (regime(case, mechanism.by_regime, year, party) for party in (side, other))
        factor = abs(own - its) if own is not None and its is not None else 0.0
    return [Minding(f"mechanisms.{id}.of.{given}", mechanism.of[given], factor)] if factor else []
