"""Concern for relative gains as a case gives it: who minds whom, by which number. One reading of it for every room.

A mechanism says how much it counts for parties (`of`) and with whom each compares itself (`against`). Either may be
given under a party's own name or under that of an organisation it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from detente.case.fault import Fault
from detente.case.index.by_year import democracy_score, members_in_year
from detente.case.schema.case import Case
from detente.case.schema.response import Mechanism


@dataclass(frozen=True)
class ComparingParty:
    """One who minds: an actor, or a member of an organisation."""

    name: str
    organisations: frozenset[str]
    """The organisations whose numbers count where its own are not given."""
    player: str
    """Whose regime counts: its own, or that of the organisation that it is one player with."""

    def applicable_name(self, names: Collection[str]) -> str | None:
        """Under whose name something is given for it: its own, or that of an organisation."""
        return own_or_organisation_name(names, self.name, self.organisations)


@dataclass(frozen=True)
class GainsComparison:
    """That a party compares itself with another."""

    weight_name: str
    """Under whose name it is given how much it minds."""
    party: str
    """With whom."""
    regime_factor: float
    """How far that counts: the distance of their regimes where the mechanism turns on regimes, else 1."""


def own_or_organisation_name(names: Collection[str], own_name: str, organisations: Collection[str]) -> str | None:
    """Under whose name something is given for a party: its own, or else that of an organisation it belongs to."""
    return own_name if own_name in names else next((name for name in names if name in organisations), None)


def comparing_party(case: Case, name: str, year: int) -> ComparingParty:
    """Somebody in a year, as a mechanism sees it."""
    organisations = frozenset(
        organisation
        for organisation in case.organisations
        if name == organisation or name in members_in_year(case, organisation, year)
    )
    player = next((organisation for organisation in case.network.as_one if organisation in organisations), name)
    return ComparingParty(name, organisations, player)


def gains_comparisons(
    case: Case, mechanism: str, party: ComparingParty, sides: Sequence[str], year: int
) -> list[GainsComparison]:
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
    declaration = case.mechanisms[mechanism]
    weight_name = party.applicable_name(declaration.of)
    if weight_name is None:
        return []
    return [
        GainsComparison(
            weight_name,
            other,
            abs(democracy_difference(case, declaration, year, party.player, other)) if declaration.by_regime else 1.0,
        )
        for other in compared_parties(declaration, party, sides)
    ]


def compared_parties(mechanism: Mechanism, party: ComparingParty, sides: Sequence[str]) -> list[str]:
    """With whom a party compares itself: as told, else with the other side."""
    name = party.applicable_name(mechanism.against)
    if name is not None:
        return mechanism.against[name]
    return [side for side in sides if side not in party.organisations and side != party.name]


def democracy_difference(case: Case, mechanism: Mechanism, year: int, party: str, other: str) -> float:
    """How much more democratic a party is than another, by the measure of a mechanism that turns on regimes.

    Raises:
        ValueError: If nothing is told of either; the checks of a case find it first.
    """
    measure = str(mechanism.by_regime)
    party_score, other_score = (democracy_score(case, measure, year, name) for name in (party, other))
    if party_score is None or other_score is None:
        raise ValueError("a regime of which nothing is told; the checks of a case find it first")
    return party_score - other_score


def belongs_to_side(case: Case, name: str, side: str, year: int) -> bool:
    """Whether a party is a side, or belongs to it."""
    return name == side or (side in case.organisations and name in members_in_year(case, side, year))


def comparison_with_side(
    case: Case, mechanism: str, party: ComparingParty, sides: Sequence[str], year: int
) -> GainsComparison | None:
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
    side_comparisons = [
        comparison
        for comparison in gains_comparisons(case, mechanism, party, sides, year)
        if belongs_to_side(case, comparison.party, sides[1], year)
    ]
    if not side_comparisons:
        return None
    return GainsComparison(
        side_comparisons[0].weight_name,
        sides[1],
        sum(comparison.regime_factor for comparison in side_comparisons) / len(side_comparisons),
    )


def missing_regime_faults(case: Case, party: ComparingParty, sides: Sequence[str], year: int) -> Iterator[Fault]:
    """The regimes of which nothing is told, and by which somebody's concern for relative gains counts."""
    for mechanism_id, mechanism in case.mechanisms.items():
        if mechanism.kind == "relative" and mechanism.by_regime and party.applicable_name(mechanism.of) is not None:
            for other in (party.player, *compared_parties(mechanism, party, sides)):
                if democracy_score(case, mechanism.by_regime, year, other) is None:
                    yield regime_fault(mechanism.by_regime, other, year, mechanism_id)


def regime_fault(measure: str, party: str, year: int, mechanism: str) -> Fault:
    """That nothing is told of a regime on which a mechanism turns."""
    message = f"nothing is said of the regime of '{party}' by {year}, and '{mechanism}' depends on it"
    return Fault(("regimes", measure, "held"), message, "add a figure for it, or for its members", is_omission=True)
