"""Who decides in a year's arena, and by which theories: voices, chambers, and the mechanisms that each theory uses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from detente.case.index.membership import case_sides
from detente.case.index.relative_gains import own_or_organisation_name
from detente.case.schema.case import Case
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.institutions.decision_rules import VotingRule
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.methods.offer_model.decision_rows import ModelTheory, ModelVoice
from detente.methods.offer_model.description import ModelDescription
from detente.rooms.acceptance.model.decision.describe_decision import DecisionSource, describe_decision
from detente.rooms.gains.model.describe_network import NumberRegister
from detente.rooms.gains.model.network.parties import actors_of_party
from detente.rooms.gains.model.network.variants import dealing_parties
from detente.rooms.gains.model.one_at_a_time import channel_levers
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.threat_scenarios import threat_raises_stakes
from detente.rooms.rules.model.decision_rules import (
    DecisionRuleInForce,
    rule_or_consensus,
    rule_toward_partner,
)

OWN_GAINS, ALL_MECHANISMS = "own-gains", "all-mechanisms"
"""The theories that are always there: nothing but one's own gains, and all that the case names together."""


@dataclass(frozen=True)
class Voter:
    """An actor, or some members of one that is several: those who see the same gain with the same eyes."""

    actor: int
    """Whose gain it is."""
    members: tuple[str, ...]
    """Who they are."""
    organisations: frozenset[str]
    """The organisations whose numbers count where their own are not given."""

    def applicable_name(self, names: Collection[str]) -> str | None:
        """Under whose name something is given for it: its own, or that of an organisation."""
        return own_or_organisation_name(names, self.members[0], self.organisations)


@dataclass(frozen=True)
class AppliedTheory:
    """A theory by its id, with the mechanisms and outside options that it uses."""

    id: str
    title: str
    """What the case calls it; empty where it is one that is always there."""
    uses: tuple[str, ...]


def offerable_channels(case: Case) -> list[str]:
    """The channels that deal with both sides as such, whether or not they take the place of anything."""
    sides = set(case_sides(case) or ())
    return [name for name, channel in case.channels.items() if sides and sides <= set(channel.joins)]


def offered_channel_of(case: Case) -> str:
    """The channel that is offered: as the case says, or the first that deals with both sides as such."""
    return case.response.channel or offerable_channels(case)[0]


class DecisionMakers:
    """Those who decide on the channels of a year."""

    def __init__(self, model: ChannelModel):
        self.model, self.case, self.actor_network = model, model.case, model.actor_network

    @cached_property
    def voters(self) -> list[Voter]:
        """Every actor; of one that is an organisation, a voice for each group of members that have the same numbers."""
        voters_found = []
        for actor_index, actor in enumerate(self.actor_network.actors):
            members = self.actor_network.members_by_player.get(actor, ())
            groups: dict[tuple[str | None, ...], list[str]] = {}
            for member in members or (actor,):
                voter = Voter(actor_index, (member,), self.actor_network.memberships[actor_index])
                groups.setdefault(tuple(voter.applicable_name(names) for names in self._declared_names), []).append(
                    member
                )
            voters_found += [
                Voter(actor_index, tuple(group), self.actor_network.memberships[actor_index])
                for group in groups.values()
            ]
        return voters_found

    @cached_property
    def _declared_names(self) -> list[Collection[str]]:
        """The names under which each number of a mechanism is given."""
        mechanisms = self.case.mechanisms.values()
        return [
            *(mechanism.of for mechanism in mechanisms),
            *(mechanism.against for mechanism in mechanisms if mechanism.against),
        ]

    @cached_property
    def theories(self) -> list[AppliedTheory]:
        """The theories of the case; own gains alone first, and the one by which the answer is told last."""
        theories_found = [AppliedTheory(name, lens.title, tuple(lens.uses)) for name, lens in self.case.lenses.items()]
        if not any(not theory.uses for theory in theories_found):
            theories_found.insert(0, AppliedTheory(OWN_GAINS, "", ()))
        all_mechanisms = (*self.case.mechanisms, *self.case.outside)
        if self._main_theory_id == ALL_MECHANISMS and all_mechanisms:
            theories_found.append(AppliedTheory(ALL_MECHANISMS, "", all_mechanisms))
        return sorted(theories_found, key=lambda theory: (bool(theory.uses), theory.id == self._main_theory_id))

    @cached_property
    def _main_theory_id(self) -> str:
        """The theory by which the answer is told: as the case says, or the one that lets everything count."""
        all_mechanisms = {*self.case.mechanisms, *self.case.outside}
        lenses = self.case.lenses
        declared_main = next((name for name, lens in lenses.items() if lens.main), None)
        return declared_main or next(
            (name for name, lens in lenses.items() if all_mechanisms and set(lens.uses) == all_mechanisms),
            ALL_MECHANISMS,
        )

    @cached_property
    def absolute_gains(self) -> AppliedTheory:
        """Own gains alone."""
        return self.theories[0]

    @cached_property
    def full_theory(self) -> AppliedTheory:
        """The theory by which the answer is told; own gains alone where nothing else counts."""
        return next((theory for theory in self.theories if theory.id == self._main_theory_id), self.absolute_gains)

    def mechanism_title(self, name: str) -> str:
        """What to call a mechanism or an outside option."""
        case = self.case
        return case.mechanisms[name].title if name in case.mechanisms else case.outside[name].title

    @cached_property
    def is_threatened(self) -> bool:
        """Whether anybody may feel a threat as it is."""
        return any(estimate.bounds[1] > 0 for estimate in self.case.threat.values())

    @property
    def sides(self) -> tuple[str, str]:
        """Who offers, and who answers."""
        between = case_sides(self.case)
        assert between is not None
        return between

    @cached_property
    def offered_channel(self) -> str:
        """The channel that is offered."""
        return offered_channel_of(self.case)

    @property
    def forms(self) -> list[ChannelForm]:
        """The ways in which the channel that is offered may be run."""
        return [variant.form for variant in self.offered_variants]

    @property
    def offered_variants(self) -> list[ChannelVariant]:
        """The forms of the channel that is offered."""
        variants = [variant for variant in self.model.variants if variant.channel == self.offered_channel]
        declared_form_only = [variant for variant in variants if variant.form == self.case.response.form]
        return declared_form_only or variants

    @cached_property
    def offer_only(self) -> DecisionMakers:
        """The same with nothing but the observed channel and the one that is offered."""
        kept_channels = {
            self.actor_network.observed_channel,
            self.offered_channel,
            self.case.channels[self.offered_channel].displaces,
        }
        kept_graphs = tuple(
            channel_graphs for channel_graphs in self.actor_network.channels if channel_graphs.channel in kept_channels
        )
        return DecisionMakers(ChannelModel(self.case, replace(self.actor_network, channels=kept_graphs)))

    @cached_property
    def description(self) -> ModelDescription:
        """The model as data: what the answer rests on."""
        return self._describe(self.model.description)

    @cached_property
    def two_sided_threat_description(self) -> ModelDescription:
        """The same where either side has a threat of its own, for levers that set how much each perceives."""
        return self._describe(self.model.two_sided_threat_description)

    def _describe(self, of_gains: ModelDescription) -> ModelDescription:
        register = NumberRegister(self.case, of_gains.numbers)
        source = DecisionSource(
            case=self.case,
            actor_network=self.actor_network,
            sides=self.sides,
            voices=[ModelVoice(one.actor, one.members, tuple(sorted(one.organisations))) for one in self.voters],
            theories=[ModelTheory(one.id, one.title, one.uses) for one in self.theories],
            main_theory=self.theories.index(self.full_theory),
            bodies=[(*self.deciding_bodies[side], self.leading_voters[side]) for side in self.sides],
            offered_runs=[self.model.variants.index(variant) for variant in self.offered_variants],
        )
        decision = describe_decision(source, register)
        return replace(of_gains, numbers=register.numbers, together=register.together, decision=decision)

    def observed_variant(self, variant: ChannelVariant) -> ChannelVariant:
        """The observed channel, in the form of a run."""
        return self.model.variant_of(self.actor_network.observed_channel, variant.form)

    @cached_property
    def deciding_bodies(self) -> Mapping[str, tuple[DecidingBody, list[int]]]:
        """How each side decides, and which voices have a part in it."""
        bodies = {}
        for side in self.sides:
            actors = set(actors_of_party(self.case, self.actor_network, side))
            voter_numbers = [number for number, voter in enumerate(self.voters) if voter.actor in actors]
            bodies[side] = (
                DecidingBody.of_rule(
                    self.voting_rule(side), tuple(self.voters[number].members for number in voter_numbers)
                ),
                voter_numbers,
            )
        return bodies

    def voting_rule(self, side: str) -> VotingRule:
        """The decision rule of a side: the one for the subject of the proposal, or for everything; else consensus."""
        return rule_or_consensus(self.case, side, self.actor_network.year, self.declared_rule(side))

    @property
    def threat_matters(self) -> bool:
        """Whether a grave threat would add anything to what is at stake."""
        return threat_raises_stakes(self.case)

    @property
    def threat_is_lever(self) -> bool:
        """Whether a threat that both feel is a lever of the channel that is offered."""
        return any(lever.kind == "threat" for lever in channel_levers(self.model, self.offered_channel))

    def dealing_parties(self, variant: ChannelVariant) -> tuple[str, ...] | None:
        """Who deals for whom where a channel is run so; None where that makes no difference."""
        return dealing_parties(self.case, self.actor_network, variant)

    def declared_rule(self, side: str) -> DecisionRuleInForce | None:
        """The rule that the case gives for it, if any fits."""
        other_side = next(candidate for candidate in self.sides if candidate != side)
        return rule_toward_partner(self.case, side, other_side, self.actor_network.year, self.case.response.proposal)

    @property
    def leading_voter(self) -> int:
        """Which voice of the side that offers brings the offer up: that of its leading member."""
        return self.leading_voters[self.sides[0]]

    @cached_property
    def leading_voters(self) -> Mapping[str, int]:
        """Which voice of each side pays others for a yes: that of its leading member, or else the first."""
        return {side: self._leading_voter_of(side) for side in self.sides}

    def _leading_voter_of(self, side: str) -> int:
        led = self.actor_network.organisations_led
        _, voter_numbers = self.deciding_bodies[side]
        leaders = (position for position, number in enumerate(voter_numbers) if side in led[self.voters[number].actor])
        return next(leaders, 0)

    def first_voter_of(self, actor: str) -> int:
        """The first voice of an actor."""
        actor_index = self.actor_network.actors.index(actor)
        return next(number for number, voter in enumerate(self.voters) if voter.actor == actor_index)

    def joined_organisations(self, channel: str) -> frozenset[str]:
        """The organisations that a channel deals with as such."""
        return frozenset(self.case.channels[channel].joins)
