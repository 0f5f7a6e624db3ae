"""From those who decide to the rows of a model on which the answer rests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.index.relative_gains import (
    ComparingParty,
    compared_parties,
    democracy_difference,
    gains_comparisons,
)
from detente.case.schema.case import Case
from detente.case.schema.response import Mechanism
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.offer_model.decision_rows import (
    GainsComparison,
    MechanismRow,
    ModelDecision,
    ModelMechanism,
    ModelSide,
    ModelTheory,
    ModelVoice,
    OutsideOption,
    ReplyRow,
    ReplySettings,
)
from detente.methods.offer_model.number_rows import NumberIndex
from detente.rooms.gains.model.describe_network import NumberRegister
from detente.rooms.gains.model.network.actor_network import ActorNetwork
from detente.rooms.gains.model.network.build_network import party_capability
from detente.rooms.gains.model.network.parties import actors_of_party

LARGEST_DISCOUNT = 0.999
"""The discount beyond which what comes of an offer later would never end to count."""
REPLY_NUMBERS = ("once", "each", "brings", "kept", "informs")


@dataclass(frozen=True)
class DecisionSource:
    """Those who decide in a year."""

    case: Case
    actor_network: ActorNetwork
    sides: tuple[str, str]
    voices: Sequence[ModelVoice]
    theories: Sequence[ModelTheory]
    main_theory: int
    bodies: Sequence[tuple[DecidingBody, Sequence[int], int]]
    """By side: how it decides, which voices have a part in it, and which of these leads."""
    offered_runs: Sequence[int]


def describe_decision(source: DecisionSource, register: NumberRegister) -> ModelDecision:
    """The rows on which the answer rests, besides those on which gains do.

    Args:
        source: Those who decide.
        register: Of numbers; those that the rows refer to are added.
    """
    return _DecisionDescriber(source, register).describe()


class _DecisionDescriber:
    """The writing of the rows."""

    def __init__(self, source: DecisionSource, register: NumberRegister):
        self.source, self.case, self.actor_network, self.register = source, source.case, source.actor_network, register

    def describe(self) -> ModelDecision:
        source = self.source
        return ModelDecision(
            offered_runs=tuple(source.offered_runs),
            voices=tuple(source.voices),
            mechanisms=tuple(self._mechanism(name) for name in self.case.mechanisms),
            outside=tuple(self._outside(name) for name in self.case.outside),
            theories=tuple(source.theories),
            main_theory=source.main_theory,
            sides=(self._side(0), self._side(1)),
            fixed_terms_in_full=self.case.response.fixed_terms == "in-full",
            replies=self._replies(),
        )

    def _mechanism(self, name: str) -> ModelMechanism:
        mechanism, shrinkage = self.case.mechanisms[name], self.case.mechanisms[name].shrinks_with
        path = f"mechanisms.{name}.shrinks_with"
        losers = mechanism.at_cost_of
        return ModelMechanism(
            id=name,
            kind=mechanism.kind,
            rows=tuple(self._mechanism_rows(name, mechanism)),
            losers=None if losers is None else tuple(actors_of_party(self.case, self.actor_network, losers)),
            less_by_exclusivity=self.register.add(f"{path}.exclusivity", shrinkage.exclusivity) if shrinkage else None,
            less_by_depth=self.register.add(f"{path}.depth", shrinkage.depth) if shrinkage else None,
        )

    def _mechanism_rows(self, name: str, mechanism: Mechanism) -> Iterator[MechanismRow]:
        for number, voice in enumerate(self.source.voices):
            party = self._comparing_party(voice)
            declared_name = party.applicable_name(mechanism.of)
            if declared_name is None:
                continue
            strength = self.register.add(f"mechanisms.{name}.of.{declared_name}", mechanism.of[declared_name])
            if mechanism.kind == "relative":
                yield MechanismRow(number, strength, comparisons=tuple(self._comparisons(name, voice)))
            elif mechanism.kind == "fear":
                yield MechanismRow(number, strength, feared=tuple(self._feared(mechanism, party)))
            elif mechanism.kind in ("norms", "shield"):
                yield MechanismRow(number, strength, factor=self._regime_factor(mechanism, voice))
            else:
                yield MechanismRow(number, strength)

    def _comparing_party(self, voice: ModelVoice) -> ComparingParty:
        player = self.actor_network.actors[voice.actor]
        return ComparingParty(voice.members[0], frozenset(voice.organisations), player)

    def _comparisons(self, mechanism: str, voice: ModelVoice) -> Iterator[GainsComparison]:
        """With whom a voice compares its gain."""
        party, year = self._comparing_party(voice), self.actor_network.year
        for comparison in gains_comparisons(self.case, mechanism, party, self.source.sides, year):
            actors = actors_of_party(self.case, self.actor_network, comparison.party)
            others = tuple(actor for actor in actors if actor != voice.actor)
            if others:
                yield GainsComparison(others, comparison.regime_factor)

    def _feared(self, mechanism: Mechanism, party: ComparingParty) -> list[int]:
        parties = compared_parties(mechanism, party, self.source.sides)
        return sorted({actor for one in parties for actor in actors_of_party(self.case, self.actor_network, one)})

    def _regime_factor(self, mechanism: Mechanism, voice: ModelVoice) -> float:
        """How far regimes are apart, where a mechanism counts by that; its own above for norms, below for a shield."""
        if mechanism.by_regime is None or not self._may_be_displaced(voice):
            return 1.0
        other_side = next((side for side in self.source.sides if side not in voice.organisations), "")
        player = self.actor_network.actors[voice.actor]
        difference = democracy_difference(self.case, mechanism, self.actor_network.year, player, other_side)
        return max(difference if mechanism.kind == "norms" else -difference, 0.0)

    def _may_be_displaced(self, voice: ModelVoice) -> bool:
        """Whether some channel that displaces another deals with an organisation of a voice as such."""
        return any(
            channel.displaces and set(channel.joins) & set(voice.organisations)
            for channel in self.case.channels.values()
        )

    def _outside(self, name: str) -> OutsideOption:
        option, year = self.case.outside[name], self.actor_network.year
        affected = actors_of_party(self.case, self.actor_network, option.of)
        capabilities = (party_capability(self.case, year, partner) for partner in option.partners)
        return OutsideOption(
            id=name,
            forgone=self.register.add(f"outside.{name}.forgone", option.forgone),
            voices=tuple(number for number, voice in enumerate(self.source.voices) if voice.actor in affected),
            partner_capabilities=tuple(capability or 0.0 for capability in capabilities),
        )

    def _side(self, place: int) -> ModelSide:
        body, voices, leader = self.source.bodies[place]
        may_pay = place == 0 or self.case.response.payments == "either-side"
        # One player with several voices has nobody to pay but itself.
        is_several = len({self.source.voices[voice].actor for voice in voices}) > 1
        return ModelSide(self.source.sides[place], tuple(voices), leader, may_pay and is_several, body)

    def _replies(self) -> ReplySettings:
        settings = self.case.response

        def number(name: str) -> NumberIndex:
            return self.register.add(f"response.{name}", getattr(settings, name))

        replies = tuple(
            ReplyRow(
                reply,
                *(self.register.add(f"response.replies.{reply}.{key}", getattr(terms, key)) for key in REPLY_NUMBERS),
            )
            for reply, terms in settings.replies.items()
        )
        names = ("discount", "hazard", "insight", "noise", "transfers", "asking", "shown")
        numbers = {name: number(name) for name in names}
        return ReplySettings(**numbers, replies=replies, largest_discount=LARGEST_DISCOUNT)
