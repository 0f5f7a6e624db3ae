"""Games that are played again and again: who plays, for what, how patiently; and strategies of one's own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from detente.case.schema.base import (
    AnyId,
    CasePart,
    Claim,
    InnerFault,
    IssueId,
    NonEmptyText,
    PartyId,
    as_list,
    inner_fault_error,
)
from detente.case.schema.bounds import Bounds
from detente.case.schema.estimate import Estimate
from detente.errors import did_you_mean
from detente.methods.games.strategies.library import NamedStrategy
from detente.methods.games.strategies.zero_determinant import Line

RoundOutcome = Literal["CC", "CD", "DC", "DD"]
"""What both did in a round, one's own move first: C for cooperating, D for defecting."""
ROUND_OUTCOMES: tuple[RoundOutcome, ...] = ("CC", "CD", "DC", "DD")
MAX_MACHINE_STATES = 40
"""States of a machine: two of that size make a chain that is still worked out in a moment."""
PROBABILITY_TOLERANCE = 1e-9
"""How far probabilities may add up to something other than 1."""
MAX_PATIENCE = 1 - 1e-9
"""At a patience of 1 the sum of all rounds has no end."""


def _parse_move(value: Any) -> Any:
    return {"C": 1.0, "D": 0.0}.get(value, value) if isinstance(value, str) else value


CooperationChance = Annotated[
    float,
    BeforeValidator(_parse_move),
    Field(ge=0, le=1),
    WithJsonSchema({"anyOf": [{"enum": ["C", "D"]}, {"type": "number", "minimum": 0, "maximum": 1}]}),
]
"""The chance of cooperating; C for 1, D for 0."""
Probability = Annotated[float, Field(ge=0, le=1)]
SuccessorStates = str | dict[str, Probability]
"""A state, or several, each with its probability."""


def _probability_sum_faults(successors: SuccessorStates, subject: str, path: tuple[str | int, ...]) -> list[InnerFault]:
    """That probabilities do not add up to 1, if they do not."""
    if not isinstance(successors, dict) or abs(sum(successors.values()) - 1) <= PROBABILITY_TOLERANCE:
        return []
    return [(path, f"the probabilities of {subject} add up to {sum(successors.values()):g}, not 1", "all together 1")]


class StrategyState(CasePart):
    """A state of a strategy that is a machine."""

    plays: CooperationChance
    """C, D, or the chance of C."""
    then: Annotated[dict[Literal["C", "D", "CC", "CD", "DC", "DD"], SuccessorStates], Field(min_length=1)]
    """Which state follows: by the other's move (`C`, `D`), or by both moves, one's own first (`CC`, ...). Several
    states may follow, each with its probability."""

    @model_validator(mode="after")
    def _check_every_outcome(self) -> Self:
        faults = [
            fault
            for outcome, successors in self.then.items()
            for fault in _probability_sum_faults(successors, f"what follows {outcome}", ("then", outcome))
        ]
        missing_outcomes = [
            outcome for outcome in ROUND_OUTCOMES if outcome not in self.then and outcome[1] not in self.then
        ]
        if missing_outcomes:
            remedy = "say what follows C and D, the moves of the other"
            faults.append((("then",), f"nothing follows {', '.join(missing_outcomes)}", remedy))
        if faults:
            raise inner_fault_error("transition", faults)
        return self


class PayoffLine(CasePart):
    """A line on which a strategy holds the payoffs of both, whatever the other does: a zero-determinant strategy."""

    through: Literal["both", "neither"] | Annotated[float, Field(allow_inf_nan=False)]
    """A point of the line: what each side gets if `both` cooperate or `neither` does, or a payoff of both sides."""
    slope: Annotated[float, Field(ge=-100, le=1)]
    """How much the other gets beyond that point for each unit that one gets oneself. 0.5: one gets twice as much beyond
    it as the other. 0: the other cannot move its own payoff."""
    pace: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    """How soon payoffs come to the line, as the factor phi of Press and Dyson (2012); no more than leaves chances."""


class Strategy(Claim):
    """A way to play a repeated game: by what both did in the last round, by payoffs, or as a machine with states."""

    name: NonEmptyText
    """What it is called."""
    says: NonEmptyText | None = None
    """What it does, in a sentence."""
    cite: NonEmptyText | None = None
    """Who proposed it, and where."""
    first: CooperationChance | None = None
    """The first move: C, D, or the chance of C; C unless you say."""
    after: dict[RoundOutcome, CooperationChance] | None = None
    """The move after each outcome of the last round, one's own move first: C, D, or the chance of C."""
    line: PayoffLine | None = None
    """Instead: a line on which payoffs are held. The chances after each outcome follow from the payoffs of the game."""
    start: SuccessorStates | None = None
    """The state a machine begins in; the first one, unless you say."""
    states: Annotated[dict[str, StrategyState], Field(max_length=MAX_MACHINE_STATES)] | None = None
    """The states of a machine."""

    @model_validator(mode="after")
    def _check_definition(self) -> Self:
        faults: list[InnerFault] = []
        if len(self.given_forms) != 1:
            faults.append(((), "a strategy says either `after:`, or `line:`, or `states:`", "one of the three"))
        if self.after is not None and (
            missing_outcomes := [outcome for outcome in ROUND_OUTCOMES if outcome not in self.after]
        ):
            message = f"nothing is said of the move after {', '.join(missing_outcomes)}"
            faults.append((("after",), message, "after: {CC: , CD: , DC: , DD: }"))
        if self.states is not None:
            faults += self._state_machine_faults(self.states)
        if faults:
            raise inner_fault_error("strategy", faults)
        return self

    @property
    def given_forms(self) -> list[str]:
        """In which ways it says what it does: one, or it is refused."""
        return [form for form in ("after", "line", "states") if getattr(self, form) is not None]

    @property
    def named_strategy(self) -> NamedStrategy:
        """The same for the methods."""
        states = None
        if self.states is not None:
            states = {
                name: (state.plays, {str(move): follows for move, follows in state.then.items()})
                for name, state in self.states.items()
            }
        return NamedStrategy(
            name=self.name,
            summary=self.says or "",
            citation=self.cite or "",
            first=self.first,
            after={str(k): chance for k, chance in self.after.items()} if self.after is not None else None,
            line=Line(self.line.through, self.line.slope, self.line.pace) if self.line is not None else None,
            start=self.start,
            states=states,
        )

    def _state_machine_faults(self, states: dict[str, StrategyState]) -> Iterator[InnerFault]:
        """What is wrong with a machine: where it begins, and states that are none."""
        if not states or self.first is not None:
            message = "a machine has states, and begins in one of them rather than with a first move"
            yield ("first",) if states else ("states",), message, "start: and states:"
        successors_by_path: list[tuple[tuple[str | int, ...], SuccessorStates]] = []
        if self.start is not None:
            yield from _probability_sum_faults(self.start, "where it starts", ("start",))
            successors_by_path.append((("start",), self.start))
        for name, state in states.items():
            successors_by_path += [
                (("states", name, "then", outcome), successors) for outcome, successors in state.then.items()
            ]
        remedy = f"the states are {', '.join(list(states)[:8])}"
        for path, successors in successors_by_path:
            for successor in [successors] if isinstance(successors, str) else successors:
                if successor not in states:
                    successor_path = path if isinstance(successors, str) else (*path, successor)
                    yield successor_path, f"no state '{successor}'", did_you_mean(successor, states) or remedy


class DeclaredPayoffs(CasePart):
    """What a side gets from each outcome, on a scale that can be compared between the sides."""

    both: Estimate | None = None
    """If both cooperate (R)."""
    neither: Estimate | None = None
    """If neither does (P)."""
    alone: Estimate | None = None
    """If it cooperates and the other does not: the sucker's payoff (S)."""
    free_rides: Estimate | None = None
    """If the other cooperates and it does not: the temptation (T)."""


class TrustSignal(CasePart):
    """Something by which a side shows which kind it is, and which may deceive: what it tells, or what it can do."""

    if_trustworthy: Annotated[Estimate, Bounds(0, 1, "a chance")]
    """The chance that it goes well with a side that is trustworthy."""
    if_not: Annotated[Estimate, Bounds(0, 1, "a chance")]
    """The chance that it goes well with one that is not."""
    tests: Annotated[list[AnyId], BeforeValidator(as_list)] = []
    """Claims of the documents, or other entries, that the sign alone puts to the test."""


class Trust(CasePart):
    """What the sides believe of each other before they begin, over the whole of what they could do together."""

    held: Annotated[dict[PartyId, Annotated[Estimate, Bounds(0, 1, "a chance")]], Field(min_length=1)]
    """For each side, how likely it holds the other to be trustworthy: to be one that would rather cooperate with whom
    cooperates than exploit it."""
    trustworthy: DeclaredPayoffs = Field(default_factory=DeclaredPayoffs)
    """What a trustworthy side gets over the whole of it, where that is other than the payoffs of a round."""
    untrustworthy: DeclaredPayoffs = Field(default_factory=DeclaredPayoffs)
    """What an untrustworthy side gets over the whole of it, where that is other than the payoffs of a round."""
    first_step: Annotated[Estimate, Bounds(0, 1, "a share")] | None = None
    """What share of all that is at stake a first step puts at stake, from 0 to 1."""
    sign: TrustSignal | None = None
    """Something that tells the kinds apart, with errors, e.g. an exchange of information."""
    tests: Annotated[list[AnyId], BeforeValidator(as_list)] = []
    """Claims of the documents, or other entries, that first step and sign put to the test. Where one game alone names
    any, its issue is the one on which a first step is advised, and is compared with the others."""


class RepeatedGame(Claim):
    """Cooperation between two sides that has to hold by itself, round after round."""

    title: NonEmptyText
    """What it is called."""
    issues: Annotated[list[IssueId], BeforeValidator(as_list)] = []
    """The issue areas it is about."""
    between: Annotated[list[PartyId], Field(min_length=2, max_length=2)]
    """The two sides."""
    payoffs: DeclaredPayoffs = Field(default_factory=DeclaredPayoffs)
    """What either side gets in a round."""
    payoffs_of: dict[PartyId, DeclaredPayoffs] = {}
    """What one side gets, where that is other than what is given for both."""
    patience: Annotated[Estimate, Bounds(0, MAX_PATIENCE, "patience", told_by_room=True)]
    """How much the next round counts beside this one, from 0 to below 1 (the discount factor). It stands for how much
    later gains are worth, and how sure it is that there is a next round."""
    noise: Annotated[Estimate, Bounds(0, 0.5, "the chance of an error")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """The chance of an error: that a move comes out, or is taken, as its opposite, from 0 to 0.5."""
    relative_gains: dict[PartyId, Annotated[Estimate, Bounds(0, 10, "a concern for relative gains")]] = {}
    """How much each side minds what the other gets beyond itself, as a multiple of the difference. Unless given, it
    follows from the mechanisms of each theory. An organisation then minds as much as the member on whom its decision
    depends; by consensus, that is the one that minds most. Members count that compare themselves with the other side or
    with somebody in it."""
    offence: Annotated[Estimate, Bounds(0, 10, "a factor")] | None = None
    """How much attack counts beside defence, for a security dilemma. It multiplies what is won by exploiting the other,
    beside no cooperation, and what is lost by being exploited. 1 leaves payoffs as they are given."""
    trust: Trust | None = None
    """What the sides believe of each other."""


class DeclaredArmsRace(Claim):
    """Two sides that arm against each other, after Richardson."""

    title: NonEmptyText
    """What it is called."""
    between: Annotated[list[PartyId], Field(min_length=2, max_length=2)]
    """The two sides."""
    reaction: dict[PartyId, Annotated[Estimate, Bounds(0, math.inf, "a reaction")]]
    """How much each adds in a year for each unit that the other spends."""
    fatigue: dict[PartyId, Annotated[Estimate, Bounds(0, math.inf, "fatigue")]]
    """How much each drops in a year for each unit that it spends itself."""
    grievance: dict[PartyId, Estimate]
    """How much each adds in a year whatever the other does; below 0 for goodwill."""
    spends: dict[PartyId, Annotated[Estimate, Bounds(0, math.inf, "spending")]] = {}
    """What each spends at the beginning."""
    unit: str | None = None
    """What spending is measured in."""


class RepetitionSettings(CasePart):
    """How repeated games are looked at."""

    strategies: Annotated[list[NonEmptyText], Field(min_length=1)] = [
        "Tit For Tat",
        "GTFT",
        "Win-Stay Lose-Shift",
        "Grudger",
    ]
    """Strategies by which both could play, to see what errors do to them: names of those that come with Détente, or of
    the case's own. Cooperation lasts with errors if neither side would do better by departing from a pair of strategies
    that cooperates again after one. Four kinds are tried: one of these that corrects errors; contrition (whoever erred
    makes it good); mutual defection for some rounds after an error; and cooperating whatever happens."""
