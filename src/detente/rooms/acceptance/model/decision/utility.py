"""What everybody makes of a channel in one block of draws: gains, and what each mechanism adds to them.

All amounts are shares of what is at stake across organisations without any grave threat, so that what a threat adds to
the gains makes them count for more beside what it does not touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.relative_gains import (
    ComparingParty,
    compared_parties,
    democracy_difference,
    gains_comparisons,
)
from detente.case.schema.case import Case
from detente.case.schema.response import Mechanism
from detente.methods.bargaining.balance_of_threat import rival_power_share
from detente.methods.bargaining.relative_gains import concern_under_threat, relative_gains_term, remaining_share
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers, Voter
from detente.rooms.acceptance.model.decision.outside_options import direct_gains
from detente.rooms.acceptance.model.decision.utility_terms import RelativeGainsWeights, UtilityTerms
from detente.rooms.gains.model.one_at_a_time import ChannelLever, evaluate_levers
from detente.rooms.gains.model.simulation.batch import GainsBatch
from detente.rooms.gains.model.simulation.draws import NetworkDraws, actors_of_party

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


LARGEST_DISCOUNT = 0.999
"""The discount beyond which what comes of an offer later would never end to count."""


@dataclass(frozen=True)
class VoterUtilities:
    """One block of draws, as those who decide see it."""

    deciders: DecisionMakers
    batch: GainsBatch
    draws: NetworkDraws
    _partner_gains: dict[tuple[str, int], Floats] = field(default_factory=dict, init=False, repr=False)
    _terms_cache: dict[tuple[ChannelVariant, ChannelVariant, bool | None], UtilityTerms] = field(
        default_factory=dict, init=False, repr=False
    )
    _nongain_cache: dict[str, dict[str, Floats]] = field(default_factory=dict, init=False, repr=False)

    @property
    def case(self) -> Case:
        """The case."""
        return self.draws.case

    def response_value(self, path: str) -> Floats:
        """A number of `response:`, by its path in there, shape (draws,)."""
        settings = self.case.response
        *parents, field_name = path.split(".")
        for key in parents:
            settings = settings[key] if isinstance(settings, dict) else getattr(settings, key)
        values = self.draws.sample(getattr(settings, field_name), f"response.{path}")
        return values.clip(max=LARGEST_DISCOUNT) if path == "discount" else values

    @cached_property
    def _voter_actors(self) -> list[int]:
        return [voter.actor for voter in self.deciders.voters]

    @cached_property
    def stakes_scale(self) -> Floats:
        """All at stake as it is, beside all without a threat, shape (draws, 1)."""
        scale: Floats = self.batch.issue_stakes.sum(axis=0) / self.batch.calm_baseline.total_stakes
        return scale[:, None]

    def actor_gains(self, variant: ChannelVariant, base_variant: ChannelVariant) -> Floats:
        """What every actor gains by a channel instead of another, shape (draws, actors)."""
        batch = self.batch
        change: Floats = (batch.values[variant] - batch.values[base_variant]).sum(axis=0)
        return (change - batch.actor_link_costs[variant] + batch.actor_link_costs[base_variant]) * self.stakes_scale

    def link_savings(self, variant: ChannelVariant, base_variant: ChannelVariant) -> Floats:
        """What every voice saves on links by a channel instead of another, shape (draws, voices)."""
        savings: Floats = (
            (self.batch.actor_link_costs[base_variant] - self.batch.actor_link_costs[variant]) * self.stakes_scale
        )[:, self._voter_actors]
        return savings

    def grave_gains(self, variant: ChannelVariant, base_variant: ChannelVariant) -> Floats:
        """What they would gain under a grave threat that all feel, shape (draws, actors)."""
        values = self.batch.grave_values
        change: Floats = values[variant] - values[base_variant]
        return change / self.batch.calm_baseline.total_stakes[:, None]

    @cached_property
    def stakes_across(self) -> Floats:
        """What every voice has at stake across organisations, shape (draws, voices)."""
        return (
            self.batch.calm_baseline.actor_stakes[:, self._voter_actors]
            / self.batch.calm_baseline.total_stakes[:, None]
        )

    def choice_noise(self, voter_numbers: Sequence[int]) -> Floats:
        """The noise of the choices of some voices, beside what each of their actors has at stake, shape (draws,)."""
        voter_by_actor = {self._voter_actors[voter_number]: voter_number for voter_number in voter_numbers}
        noise: Floats = self.response_value("noise") * self.stakes_across[:, list(voter_by_actor.values())].mean(axis=1)
        return noise

    @cached_property
    def issue_shares(self) -> Floats:
        """The share of each issue in all that is at stake, shape (issues, draws)."""
        return self.batch.calm_baseline.issue_stakes / self.batch.calm_baseline.total_stakes

    @cached_property
    def relative_gains_weights(self) -> Mapping[str, RelativeGainsWeights]:
        """By mechanism that is a concern for relative gains; nothing is left of it under a grave threat to all."""
        return {
            name: self._weights_of_mechanism(name, mechanism)
            for name, mechanism in self.case.mechanisms.items()
            if mechanism.kind == "relative"
        }

    def _weights_of_mechanism(self, name: str, mechanism: Mechanism) -> RelativeGainsWeights:
        import numpy as np

        voices, actor_network = self.deciders.voters, self.deciders.actor_network
        draw_count = self.draws.draw_count
        concern, own_weight = np.zeros((draw_count, len(voices), actor_network.n)), np.zeros((draw_count, len(voices)))
        for voter_number, voter in enumerate(voices):
            strength = self._mechanism_strength(name, mechanism, voter)
            for comparison in gains_comparisons(
                self.case, name, self._comparing_party(voter), self.deciders.sides, actor_network.year
            ):
                others = [
                    actor
                    for actor in actors_of_party(self.case, actor_network, comparison.party)
                    if actor != voter.actor
                ]
                if strength is None or not others:
                    continue
                concern_of_voter = (
                    concern_under_threat(strength, self._common_threat(voter.actor, others)) * comparison.regime_factor
                )
                concern[:, voter_number, others] += concern_of_voter[:, None]
                own_weight[:, voter_number] += concern_of_voter
        return RelativeGainsWeights(concern, own_weight)

    def _comparing_party(self, voter: Voter) -> ComparingParty:
        return ComparingParty(voter.members[0], voter.organisations, self.deciders.actor_network.actors[voter.actor])

    def _common_threat(self, actor: int, others: list[int]) -> Floats:
        common_threat: Floats = self.draws.perceived_threat[:, [actor, *others]].min(axis=1)
        return common_threat

    def _mechanism_strength(self, name: str, mechanism: Mechanism, voter: Voter) -> Floats | None:
        """How much a mechanism counts for a voice, shape (draws,); None if not at all."""
        declared_name = voter.applicable_name(mechanism.of)
        if declared_name is None:
            return None
        return self.draws.sample(mechanism.of[declared_name], f"mechanisms.{name}.of.{declared_name}")

    def _regime_factor(self, mechanism: Mechanism, voter: Voter, party: str) -> float:
        """How far regimes are apart, where a mechanism counts by that; its own above for norms, below for a shield."""
        if mechanism.by_regime is None:
            return 1.0
        actor_network = self.deciders.actor_network
        score_difference = democracy_difference(
            self.case, mechanism, actor_network.year, actor_network.actors[voter.actor], party
        )
        return max(score_difference if mechanism.kind == "norms" else -score_difference, 0.0)

    def nongain_terms(self, variant: ChannelVariant) -> dict[str, Floats]:
        """What each reason but the concern for relative gains adds by a channel, shape (draws, voices)."""
        if variant.channel not in self._nongain_cache:
            self._nongain_cache[variant.channel] = self._compute_nongain_terms(variant)
        return self._nongain_cache[variant.channel]

    def _compute_nongain_terms(self, variant: ChannelVariant) -> dict[str, Floats]:
        import numpy as np

        terms_by_name = {}
        joined_organisations = self.deciders.joined_organisations(variant.channel)
        for name, mechanism in self.case.mechanisms.items():
            if mechanism.kind == "relative":
                continue
            amount = np.zeros((self.draws.draw_count, len(self.deciders.voters)))
            for voter_number, voter in enumerate(self.deciders.voters):
                strength = (
                    self._mechanism_strength(name, mechanism, voter)
                    if voter.organisations & joined_organisations
                    else None
                )
                if strength is not None:
                    factor = self._signed_factor(name, mechanism, variant, voter)
                    amount[:, voter_number] = strength * self.stakes_across[:, voter_number] * factor
            if mechanism.at_cost_of is not None:
                self._charge_losers(
                    amount, actors_of_party(self.case, self.deciders.actor_network, mechanism.at_cost_of)
                )
            terms_by_name[name] = amount
        return terms_by_name | {name: -self._forgone_gains(name, joined_organisations) for name in self.case.outside}

    def _signed_factor(self, name: str, mechanism: Mechanism, variant: ChannelVariant, voter: Voter) -> Floats | float:
        """With which sign and factor a mechanism counts by a channel."""
        if mechanism.kind in ("recognition", "advantage", "autonomy"):
            sign = -1.0 if mechanism.kind == "autonomy" else 1.0
            return sign * self._remaining_share(name, mechanism, variant.channel)
        if mechanism.kind == "fear":
            return -self._feared_power(mechanism, voter) * self._remaining_share(name, mechanism, variant.channel)
        if self.case.channels[variant.channel].displaces is None:
            return 0.0
        exclusivity = self.draws.exclusivity(variant.channel)
        other_side = next((side for side in self.deciders.sides if side not in voter.organisations), "")
        sign = 1.0 if mechanism.kind == "shield" else -1.0
        return sign * exclusivity * self._regime_factor(mechanism, voter, other_side)

    def _feared_power(self, mechanism: Mechanism, voter: Voter) -> Floats:
        """The power of those whom a voice fears, as far as no common threat makes them something else: (draws,)."""
        network = self.deciders.actor_network
        feared_parties = compared_parties(mechanism, self._comparing_party(voter), self.deciders.sides)
        feared = sorted({actor for party in feared_parties for actor in actors_of_party(self.case, network, party)})
        others = [actor for actor in feared if actor != voter.actor]
        power = rival_power_share(
            network.capabilities[voter.actor], sum(network.capabilities[actor] for actor in others)
        )
        return concern_under_threat(power, self._common_threat(voter.actor, others))

    def _remaining_share(self, name: str, mechanism: Mechanism, channel: str) -> Floats | float:
        """How much of a mechanism is left by a channel that is not exclusive, or not deep, shape (draws,)."""
        if mechanism.shrinks_with is None:
            return 1.0
        path, shrinkage = f"mechanisms.{name}.shrinks_with", mechanism.shrinks_with
        is_displacing = self.case.channels[channel].displaces is not None
        exclusivity = self.draws.exclusivity(channel) if is_displacing else 0.0
        by_exclusivity = self.draws.sample(shrinkage.exclusivity, f"{path}.exclusivity") * (1 - exclusivity)
        by_depth = self.draws.sample(shrinkage.depth, f"{path}.depth") * (1 - self.draws.depth(channel))
        return remaining_share(by_exclusivity, by_depth)

    def _charge_losers(self, amount: Floats, losers: list[int]) -> None:
        """Takes from some what the others win, in place; whoever sees the same loss with other eyes loses as much.

        What is one player wins what its members win on average, since each of them stands for the whole.
        """
        import numpy as np

        voices = self.deciders.voters
        total_won = np.zeros(len(amount))
        for actor in sorted({voter.actor for voter in voices} - set(losers)):
            numbers = [number for number, voter in enumerate(voices) if voter.actor == actor]
            member_counts = [len(voices[number].members) for number in numbers]
            total_won += np.average(amount[:, numbers], axis=1, weights=member_counts)
        for voter_number, voter in enumerate(voices):
            if voter.actor in losers:
                amount[:, voter_number] = -total_won / len(losers)

    def _forgone_gains(self, name: str, joined_organisations: frozenset[str]) -> Floats:
        """What everybody would lose elsewhere by a channel that deals with organisations as such: (draws, voices)."""
        import numpy as np

        option = self.case.outside[name]
        amount = np.zeros((self.draws.draw_count, len(self.deciders.voters)))
        share_forgone = self.draws.sample(option.forgone, f"outside.{name}.forgone")
        affected_actors = set(actors_of_party(self.case, self.deciders.actor_network, option.of))
        for voter_number, voter in enumerate(self.deciders.voters):
            if voter.actor in affected_actors and voter.organisations & joined_organisations:
                if option.partners:
                    outside_value = self._gains_with_partners(name, voter.actor)
                else:
                    outside_value = self.stakes_across[:, voter_number]
                amount[:, voter_number] = share_forgone * outside_value
        return amount

    def _gains_with_partners(self, name: str, actor: int) -> Floats:
        """What an actor has with the partners of an outside option, as a share of all at stake across; worked out
        once, as all voices of an actor have the same."""
        key = (name, actor)
        if key not in self._partner_gains:
            gains = direct_gains(self.deciders, self.draws, self.case.outside[name].partners, actor)
            self._partner_gains[key] = gains / self.batch.calm_baseline.total_stakes
        return self._partner_gains[key]

    def utility_terms(
        self, variant: ChannelVariant, base_variant: ChannelVariant, under_grave_threat: bool = False
    ) -> UtilityTerms:
        """What every voice makes of a channel instead of another, on all issues together."""
        key = (variant, base_variant, under_grave_threat)
        if key not in self._terms_cache:
            gains = (self.grave_gains if under_grave_threat else self.actor_gains)(variant, base_variant)
            self._terms_cache[key] = self._build_terms(gains, variant, base_variant, 1.0, under_grave_threat)
        return self._terms_cache[key]

    def relative_gains_change_under_threat(
        self, variant: ChannelVariant, base_variant: ChannelVariant, mechanism_names: Iterable[str]
    ) -> Floats:
        """What is minded of what others would gain more under a grave threat, were the concern left as it is.

        What the concern for relative gains adds at the gains of a grave threat, less what it adds as it is.
        """
        import numpy as np

        gains = self.grave_gains(variant, base_variant)
        own_gain = gains[:, self._voter_actors]
        change = np.zeros_like(own_gain)
        for name, weights in self.relative_gains_weights.items():
            if name in mechanism_names:
                change += (
                    relative_gains_term(gains, own_gain, weights.concern, weights.own_weight)
                    - self.utility_terms(variant, base_variant).mechanism_terms[name]
                )
        return change

    def terms_by_issue(self, variant: ChannelVariant, base_variant: ChannelVariant) -> UtilityTerms:
        """The same on each issue alone, with a leading axis of issues, before the costs of links.

        What does not depend on gains counts in proportion to what is at stake on the issue, or in full, as the case
        says (`response.fixed_terms`).
        """
        import numpy as np

        key = (variant, base_variant, None)
        if key not in self._terms_cache:
            gains = (self.batch.values[variant] - self.batch.values[base_variant]) * self.stakes_scale
            shares = self.issue_shares[:, :, None]
            is_in_full = self.case.response.fixed_terms == "in-full"
            self._terms_cache[key] = self._build_terms(
                gains, variant, base_variant, np.ones_like(shares) if is_in_full else shares, False
            )
        return self._terms_cache[key]

    def _build_terms(
        self,
        gains: Floats,
        variant: ChannelVariant,
        base_variant: ChannelVariant,
        share: Floats | float,
        under_grave_threat: bool,
    ) -> UtilityTerms:
        import numpy as np

        own_gain = gains[..., self._voter_actors]
        base_terms = self.nongain_terms(base_variant)
        mechanism_terms = {
            name: share * (amount - base_terms[name]) for name, amount in self.nongain_terms(variant).items()
        }
        if under_grave_threat:  # nothing is left of what rivals are to each other
            feared = [name for name, one in self.case.mechanisms.items() if one.kind == "fear"]
            mechanism_terms |= {name: np.zeros_like(mechanism_terms[name]) for name in feared}
        for name, weights in self.relative_gains_weights.items():
            mechanism_terms[name] = (
                np.zeros_like(own_gain)
                if under_grave_threat
                else relative_gains_term(gains, own_gain, weights.concern, weights.own_weight)
            )
        return UtilityTerms(own_gain, mechanism_terms, {} if under_grave_threat else self.relative_gains_weights)


def point_estimate_utilities(
    deciders: DecisionMakers, lever_values: Mapping[ChannelLever, Floats] | None = None
) -> VoterUtilities:
    """All at the central estimates, but some levers of the offered channel."""
    offer_only = deciders.offer_only
    draws, batch = evaluate_levers(offer_only.model, lever_values or {})
    return VoterUtilities(DecisionMakers(batch.model), batch, draws)
