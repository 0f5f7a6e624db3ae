"""Concern for relative gains as a case gives it: who minds whom, by which number. One reading of it for every room.

A mechanism says how much it counts for parties (`of`) and with whom each compares itself (`against`). Either may be
given under a party's own name or under that of an organisation it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from detente.case.fault import Fault
from detente.case.index.by_year import members_of, regime
from detente.case.schema.case import Case
from detente.case.schema.response import Mechanism


@dataclass(frozen=True)
class Party:
    """One who minds: an actor, or a member of an organisation."""

    name: str
    belongs: frozenset[str]
    """The organisations whose numbers count where its own are not given."""
    player: str
    """Whose regime counts: its own, or that of the organisation that it is one player with."""

    def given(self, names: Collection[str]) -> str | None:
        """Under whose name something is given for it: its own, or that of an organisation."""
        return given_under(names, self.name, self.belongs)


@dataclass(frozen=True)
class Comparison:
    """That a party compares itself with another."""

    of: str
    """Under whose name it is given how much it minds."""
    party: str
    """With whom."""
    factor: float
    """How far that counts: the distance of their regimes where the mechanism turns on regimes, else 1."""


def given_under(names: Collection[str], own: str, belongs: Collection[str]) -> str | None:
    """Under whose name something is given for a party: its own, or else that of an organisation it belongs to."""
    return own if own in names else next((name for name in names if name in belongs), None)


def party_of(case: Case, name: str, year: int) -> Party:
    """Somebody in a year, as a mechanism sees it."""
    belongs = frozenset(one for one in case.organisations if name == one or name in members_of(case, one, year))
    player = next((one for one in case.network.as_one if one in belongs), name)
    return Party(name, belongs, player)


def comparisons(case: Case, mechanism: str, who: Party, sides: Sequence[str], year: int) -> list[Comparison]:
    """With whom a party compares itself by a mechanism; nobody, if the mechanism says nothing of it.

    Args:
        case: The case.
        mechanism: The id of one of kind `relative`.
        who: Who minds.
        sides: Between whom it is: without `against`, one compares oneself with the side that one is not of.
        year: Whose regimes count.

    Raises:
        ValueError: If it turns on a regime of which nothing is told; the checks of a case find it first.
    """
    given = case.mechanisms[mechanism]
    of = who.given(given.of)
    if of is None:
        return []
    return [
        Comparison(of, other, abs(regime_above(case, given, year, who.player, other)) if given.by_regime else 1.0)
        for other in compared_with(given, who, sides)
    ]


def compared_with(mechanism: Mechanism, who: Party, sides: Sequence[str]) -> list[str]:
    """With whom a party compares itself: as told, else with the other side."""
    name = who.given(mechanism.against)
    if name is not None:
        return mechanism.against[name]
    return [side for side in sides if side not in who.belongs and side != who.name]


def regime_above(case: Case, mechanism: Mechanism, year: int, own: str, other: str) -> float:
    """How much more democratic a party is than another, by the measure of a mechanism that turns on regimes.

    Raises:
        ValueError: If nothing is told of either; the checks of a case find it first.
    """
    measure = str(mechanism.by_regime)
    known, compared = (regime(case, measure, year, one) for one in (own, other))
    if known is None or compared is None:
        raise ValueError("a regime of which nothing is told; the checks of a case find it first")
    return known - compared


def of_other_side(case: Case, name: str, side: str, year: int) -> bool:
    """Whether a party is a side, or belongs to it."""
    return name == side or (side in case.organisations and name in members_of(case, side, year))


def against_side(case: Case, mechanism: str, who: Party, sides: Sequence[str], year: int) -> Comparison | None:
    """How a party compares itself with the other of two sides, in dealings of the sides with each other.

    Whoever compares itself with the other side, or with members of it such as the one that leads it, minds what that
    side gets; whoever compares itself with its own side's leader only does not. The side gets one payoff, so that it
    counts once, however many of its members are named; by regimes, at their mean distance.

    Args:
        case: The case.
        mechanism: The id of one of kind `relative`.
        who: Who minds, of the first side.
        sides: Its own side, and the other.
        year: When.
    """
    found = [
        one for one in comparisons(case, mechanism, who, sides, year) if of_other_side(case, one.party, sides[1], year)
    ]
    if not found:
        return None
    return Comparison(found[0].of, sides[1], sum(one.factor for one in found) / len(found))


def unknown_regimes(case: Case, who: Party, sides: Sequence[str], year: int) -> Iterator[Fault]:
    """The regimes of which nothing is told, and by which somebody's concern for relative gains counts."""
    for id, given in case.mechanisms.items():
        if given.kind == "relative" and given.by_regime and who.given(given.of) is not None:
            for other in (who.player, *compared_with(given, who, sides)):
                if regime(case, given.by_regime, year, other) is None:
                    yield unknown_regime(given.by_regime, other, year, id)


def unknown_regime(measure: str, party: str, year: int, mechanism: str) -> Fault:
    """That nothing is told of a regime on which a mechanism turns."""
    said = f"nothing is said of the regime of '{party}' by {year}, and '{mechanism}' turns on it"
    return Fault(("regimes", measure, "held"), said, "add a figure for it, or for its members", lacks=True)
