"""The theories of a case, as the concern for relative gains that each lets count in a game.

Between organisations those decide who decide on dealings with the other (`rules/chamber.py`): each member minds what
the other side gets by its own number and by those with whom it compares itself (`case/concern.py`), and the side is as
concerned as the member on whom its decision rule turns, the less concerned being the readier. By consensus that is
whoever minds most, since it can say no; in a side run by one member, that member minds no less for being its head. A
member that compares itself with nobody on the other side does not mind what that gets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.index.by_year import members_of, years
from detente.case.index.relative_gains import Party, against_side, party_of
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.repeated_games import RepeatedGame
from detente.methods.institutions.deciding_body import Chamber
from detente.rooms.durability.model.draws import Numbers
from detente.rooms.rules.model.decision_rules import rule_of, toward
from detente.text.english import listed, within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Minding:
    """A number by which somebody minds what the other side gets beyond its own, and how far it counts."""

    path: str
    estimate: Estimate = field(compare=False)
    factor: float = 1.0


@dataclass(frozen=True)
class SideConcern:
    """What the voices of a side mind by, and how they decide."""

    voices: tuple[tuple[Minding, ...], ...]
    """For each voice, the numbers that add up to its concern."""
    chamber: Chamber = field(compare=False)

    @property
    def mindings(self) -> Iterator[Minding]:
        """Every number that counts for some voice."""
        return (minding for voice in self.voices for minding in voice)

    def k(self, numbers: Numbers) -> Floats:
        """How much the side minds: as much as the voice on whom its decision turns, shape (draws,)."""
        import numpy as np

        each = np.zeros((numbers.draws, len(self.voices)))
        for at, voice in enumerate(self.voices):
            for minding in voice:
                each[:, at] += minding.factor * numbers.of(minding.estimate, minding.path, "relative_gains")
        if not self.chamber.can_pass:  # a rule that nobody can meet leaves nobody to outvote who minds most
            return np.asarray(each.max(axis=1))
        return -self.chamber.pivotal(-each)[0]


Concern = tuple[SideConcern, SideConcern]
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

        return np.stack([side.k(numbers) for side in self.concern])

    @property
    def mindings(self) -> Iterator[Minding]:
        """Every number by which either side minds."""
        return (minding for side in self.concern for minding in side.mindings)

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
        concern = _concern(case, name, lens.uses)
        found.setdefault(concern, []).append(lens.title)
        if lens.main:
            main = concern
    if not case.lenses:
        found[_concern(case, name, [])] = ["Own gains alone"]
    if game.relative_gains:
        found.setdefault(_given(case, name), ["Relative gains"])
    if main is None:
        main = max(found, key=lambda concern: sum(len(list(side.mindings)) for side in concern))
    return [View(_title(titles), concern, concern == main) for concern, titles in found.items()]


def _title(titles: list[str]) -> str:
    return listed([titles[0], *(within(title) for title in titles[1:])])


def _given(case: Case, name: str) -> Concern:
    """The concern that a game itself gives."""
    game = case.games[name]
    one, other = game.between
    return (
        _side(case, one, other, _own(name, game, one), []),
        _side(case, other, one, _own(name, game, other), []),
    )


def _own(name: str, game: RepeatedGame, side: str) -> tuple[Minding, ...]:
    """The concern of a side that a game itself gives."""
    given = game.relative_gains.get(side)
    return (Minding(f"games.{name}.relative_gains.{side}", given),) if given else ()


def _concern(case: Case, name: str, uses: list[str]) -> Concern:
    """The concern that a theory lets count: that of the game where it gives one, else that of its mechanisms."""
    game = case.games[name]
    relative = [id for id in uses if id in case.mechanisms and case.mechanisms[id].kind == "relative"]
    by_regime = [id for id in relative if case.mechanisms[id].by_regime]
    found = []
    for side, other in (game.between, game.between[::-1]):
        own = _own(name, game, side) if len(by_regime) < len(relative) else ()
        found.append(_side(case, side, other, own, by_regime if own else relative))
    return found[0], found[1]


def _side(case: Case, side: str, other: str, own: tuple[Minding, ...], mechanisms: list[str]) -> SideConcern:
    """What those who decide for a side mind by: some numbers of the whole side, and some mechanisms."""
    year = years(case)[-1]
    groups: dict[tuple[Minding, ...], list[str]] = {}
    for who in deciding_for(case, side, year):
        minded = (_by_mechanism(case, id, who, (side, other), year) for id in mechanisms)
        voice = (*own, *(one for one in minded if one))
        groups.setdefault(voice, []).append(who.name)
    found = toward(case, side, other, year) if side in case.organisations else None
    chamber = Chamber(rule_of(case, side, year, found), tuple(map(tuple, groups.values())))
    return SideConcern(tuple(groups), chamber)


def deciding_for(case: Case, side: str, year: int) -> list[Party]:
    """Those who decide for a side: its members, or itself where it is one actor or has none."""
    who = members_of(case, side, year) if side in case.organisations else []
    return [party_of(case, name, year) for name in who or [side]]


def _by_mechanism(case: Case, id: str, who: Party, sides: tuple[str, str], year: int) -> Minding | None:
    """How much one who decides minds by one mechanism what the other side gets; None if not at all."""
    found = against_side(case, id, who, sides, year)
    if found is None or not found.factor:
        return None
    return Minding(f"mechanisms.{id}.of.{found.of}", case.mechanisms[id].of[found.of], found.factor)
