"""The theories of a case, as the concern for relative gains that each lets count in a game.

Between organisations those decide who decide on dealings with the other (`methods/institutions/deciding_body.py`): each
member minds what the other side gets by its own number and by those with whom it compares itself
(`case/index/relative_gains.py`), and the side is as concerned as the member on whom its decision rule turns, the less
concerned being the readier. By consensus that is whoever minds most, since it can say no; in a side run by one member,
that member minds no less for being its head. A member that compares itself with nobody on the other side does not mind
what that gets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.entries.cache import once_per_case
from detente.case.index.by_year import analysed_years, members_in_year
from detente.case.index.relative_gains import ComparingParty, comparing_party, comparison_with_side
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.repeated_games import RepeatedGame
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.institutions.deciding_body import DecidingBody
from detente.rooms.rules.model.decision_rules import rule_or_consensus, rule_toward_partner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RelativeGainsParameter:
    """A number by which somebody minds what the other side gets beyond its own, and how far it counts."""

    path: str
    estimate: Estimate = field(compare=False)
    factor: float = 1.0


@dataclass(frozen=True)
class SideConcern:
    """What the voices of a side mind by, and how they decide."""

    voters: tuple[tuple[RelativeGainsParameter, ...], ...]
    """For each voice, the numbers that add up to its concern."""
    deciding_body: DecidingBody = field(compare=False)

    @property
    def parameters(self) -> Iterator[RelativeGainsParameter]:
        """Every number that counts for some voice."""
        return (parameter for voter in self.voters for parameter in voter)

    def sample_voter_concerns(self, draws: ParameterDraws) -> Floats:
        """How much each voice minds, shape (draws, voices)."""
        import numpy as np

        voter_concerns = np.zeros((draws.draw_count, len(self.voters)))
        for index, voter in enumerate(self.voters):
            for parameter in voter:
                voter_concerns[:, index] += parameter.factor * draws.sample(parameter.estimate, parameter.path)
        return voter_concerns

    def sample_concern(self, draws: ParameterDraws) -> Floats:
        """How much the side minds: as much as the voice on whom its decision turns, shape (draws,)."""
        import numpy as np

        voter_concerns = self.sample_voter_concerns(draws)
        if not self.deciding_body.can_pass:  # a rule that nobody can meet leaves nobody to outvote who minds most
            return np.asarray(voter_concerns.max(axis=1))
        return -self.deciding_body.pivotal_voter(-voter_concerns)[0]


ConcernPair = tuple[SideConcern, SideConcern]
"""What either side minds by."""


@dataclass(frozen=True)
class TheoryView:
    """How one theory, or several that agree, see a game."""

    ids: tuple[str, ...]
    """Of the theories; those that see a game alike are one view."""
    titles: tuple[str, ...]
    """What the case calls them; empty for one that it does not declare."""
    side_concerns: ConcernPair
    is_main: bool = False
    """Whether the answer is told by this one."""

    def sample_concern(self, draws: ParameterDraws) -> Floats:
        """How much either side minds, shape (2, draws)."""
        import numpy as np

        return np.stack([side.sample_concern(draws) for side in self.side_concerns])

    @property
    def parameters(self) -> Iterator[RelativeGainsParameter]:
        """Every number by which either side minds."""
        return (parameter for side in self.side_concerns for parameter in side.parameters)


@once_per_case
def views_by_game(case: Case) -> Mapping[str, Sequence[TheoryView]]:
    """How the theories of a case see each of its games, by its id."""
    return {name: _views_of_game(case, name) for name in case.games}


def _views_of_game(case: Case, name: str) -> list[TheoryView]:
    """The theories of a case, those that see a game alike as one; own gains and, if given, concern without theories."""
    game = case.games[name]
    theories_by_concern: dict[ConcernPair, dict[str, str]] = {}
    main_concern: ConcernPair | None = None
    for lens_id, lens in case.lenses.items():
        concern = _concern_by_mechanisms(case, name, lens.uses)
        theories_by_concern.setdefault(concern, {})[lens_id] = lens.title
        if lens.main:
            main_concern = concern
    if not case.lenses:
        theories_by_concern[_concern_by_mechanisms(case, name, [])] = {"own-gains": ""}
    if game.relative_gains:
        theories_by_concern.setdefault(_declared_concern(case, name), {"relative-gains": ""})
    if main_concern is None:
        main_concern = max(theories_by_concern, key=lambda concern: sum(len(list(side.parameters)) for side in concern))
    return [
        TheoryView(tuple(theories), tuple(theories.values()), concern, concern == main_concern)
        for concern, theories in theories_by_concern.items()
    ]


def _declared_concern(case: Case, name: str) -> ConcernPair:
    """The concern that a game itself gives."""
    game = case.games[name]
    first_side, second_side = game.between
    return (
        _side_concern(case, first_side, second_side, _own_parameters(name, game, first_side), []),
        _side_concern(case, second_side, first_side, _own_parameters(name, game, second_side), []),
    )


def _own_parameters(name: str, game: RepeatedGame, side: str) -> tuple[RelativeGainsParameter, ...]:
    """The concern of a side that a game itself gives."""
    estimate = game.relative_gains.get(side)
    return (RelativeGainsParameter(f"games.{name}.relative_gains.{side}", estimate),) if estimate else ()


def _concern_by_mechanisms(case: Case, name: str, mechanism_ids: list[str]) -> ConcernPair:
    """The concern that a theory lets count: that of the game where it gives one, else that of its mechanisms."""
    game = case.games[name]
    relative_ids = [id for id in mechanism_ids if id in case.mechanisms and case.mechanisms[id].kind == "relative"]
    regime_ids = [id for id in relative_ids if case.mechanisms[id].by_regime]
    concerns = []
    for side, other_side in (game.between, game.between[::-1]):
        own_parameters = _own_parameters(name, game, side) if len(regime_ids) < len(relative_ids) else ()
        concerns.append(
            _side_concern(case, side, other_side, own_parameters, regime_ids if own_parameters else relative_ids)
        )
    return concerns[0], concerns[1]


def _side_concern(
    case: Case, side: str, other_side: str, own_parameters: tuple[RelativeGainsParameter, ...], mechanism_ids: list[str]
) -> SideConcern:
    """What those who decide for a side mind by: some numbers of the whole side, and some mechanisms."""
    year = analysed_years(case)[-1]
    names_by_voter: dict[tuple[RelativeGainsParameter, ...], list[str]] = {}
    for decider in deciders_of_side(case, side, year):
        parameters = (_mechanism_parameter(case, id, decider, (side, other_side), year) for id in mechanism_ids)
        voter = (*own_parameters, *(parameter for parameter in parameters if parameter))
        names_by_voter.setdefault(voter, []).append(decider.name)
    partner_rule = rule_toward_partner(case, side, other_side, year) if side in case.organisations else None
    deciding_body = DecidingBody.of_rule(
        rule_or_consensus(case, side, year, partner_rule), tuple(map(tuple, names_by_voter.values()))
    )
    return SideConcern(tuple(names_by_voter), deciding_body)


def deciders_of_side(case: Case, side: str, year: int) -> list[ComparingParty]:
    """Those who decide for a side: its members, or itself where it is one actor or has none."""
    members = members_in_year(case, side, year) if side in case.organisations else []
    return [comparing_party(case, name, year) for name in members or [side]]


def _mechanism_parameter(
    case: Case, id: str, decider: ComparingParty, sides: tuple[str, str], year: int
) -> RelativeGainsParameter | None:
    """How much one who decides minds by one mechanism what the other side gets; None if not at all."""
    comparison = comparison_with_side(case, id, decider, sides, year)
    if comparison is None or not comparison.regime_factor:
        return None
    return RelativeGainsParameter(
        f"mechanisms.{id}.of.{comparison.weight_name}",
        case.mechanisms[id].of[comparison.weight_name],
        comparison.regime_factor,
    )
