"""What everybody makes of a channel in one batch of draws: gains, and what each reason adds to them.

All amounts are shares of what is at stake across organisations without any grave threat, so that what a threat adds to
the gains makes them count for more beside what it does not touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.bargaining.balance_of_threat import rival_power_share
from detente.methods.bargaining.relative_gains import concern_under_threat, relative_gains_term, remaining_share
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.decision_rows import MechanismRow, ModelDecision, ModelMechanism, OutsideOption
from detente.methods.offer_model.gains import GainsBatch
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import ModelChannel, ModelNetwork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RelativeGainsWeights:
    """How much every voice minds what others gain, by one reason in a batch of draws."""

    concern: Floats
    """How much each voice minds what each actor gains, shape (draws, voices, actors)."""
    own_weight: Floats
    """How much its own gain counts against that, shape (draws, voices)."""


@dataclass(frozen=True)
class UtilityTerms:
    """What every voice makes of a channel, shape (..., draws, voices)."""

    own_gain: Floats
    """What it gains."""
    mechanism_terms: Mapping[str, Floats]
    """What each reason, and each outside option, adds."""
    gains_weights: Mapping[str, RelativeGainsWeights]
    """How much each minds what others gain, by reason; nothing under a grave threat."""

    def terms_on_issue(self, issue: int) -> UtilityTerms:
        """Of several issues, only one."""
        return UtilityTerms(
            self.own_gain[issue],
            {name: amount[issue] for name, amount in self.mechanism_terms.items()},
            self.gains_weights,
        )

    def total_utility(self, mechanisms: Iterable[str]) -> Floats:
        """The utility by a theory that lets some of them count."""
        utility = self.own_gain
        for name in mechanisms:
            utility = utility + self.mechanism_terms[name]
        return utility


def relative_gains_weights(draws: ModelDraws) -> dict[str, RelativeGainsWeights]:
    """How much every voice minds what others gain, by reason that is a concern for relative gains."""
    relative = (mechanism for mechanism in decision_of(draws).mechanisms if mechanism.kind == "relative")
    return {mechanism.id: _weights_of(draws, mechanism) for mechanism in relative}


def decision_of(draws: ModelDraws) -> ModelDecision:
    """Who has an opinion, by which reasons, and how each side decides, in a model in which somebody is asked."""
    decision = draws.description.decision
    assert decision is not None
    return decision


def _weights_of(draws: ModelDraws, mechanism: ModelMechanism) -> RelativeGainsWeights:
    import numpy as np

    voices = decision_of(draws).voices
    shape = (draws.draw_count, len(voices))
    concern, own_weight = np.zeros((*shape, len(draws.network.actors))), np.zeros(shape)
    for row in mechanism.rows:
        strength = draws.values[row.strength]
        for comparison in row.comparisons:
            others = list(comparison.others)
            threat = _common_threat(draws, voices[row.voice].actor, others)
            of_voice = concern_under_threat(strength, threat) * comparison.factor
            concern[:, row.voice, others] += of_voice[:, None]
            own_weight[:, row.voice] += of_voice
    return RelativeGainsWeights(concern, own_weight)


def _common_threat(draws: ModelDraws, actor: int, others: Sequence[int]) -> Floats:
    common_threat: Floats = draws.perceived_threat[:, [actor, *others]].min(axis=1)
    return common_threat


@dataclass(frozen=True)
class OfferUtilities:
    """One batch of draws, as those who decide see it."""

    batch: GainsBatch
    draws: ModelDraws
    """The numbers of the whole model; those on which gains rest are those of the batch."""
    _terms_cache: dict[tuple[ChannelVariant, ChannelVariant, bool | None], UtilityTerms] = field(
        default_factory=dict, init=False, repr=False
    )
    _nongain_cache: dict[str, dict[str, Floats]] = field(default_factory=dict, init=False, repr=False)

    @property
    def decision(self) -> ModelDecision:
        """Who has an opinion, by which reasons, and how each side decides."""
        return decision_of(self.draws)

    @property
    def network(self) -> ModelNetwork:
        """Who deals with whom."""
        return self.draws.network

    @cached_property
    def voice_actors(self) -> list[int]:
        """The actor of each voice."""
        return [voice.actor for voice in self.decision.voices]

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
        )[:, self.voice_actors]
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
            self.batch.calm_baseline.actor_stakes[:, self.voice_actors] / self.batch.calm_baseline.total_stakes[:, None]
        )

    def choice_noise(self, voices: Sequence[int]) -> Floats:
        """The noise of the choices of some voices, beside what each of their actors has at stake, shape (draws,)."""
        voice_by_actor = {self.voice_actors[voice]: voice for voice in voices}
        at_stake = self.stakes_across[:, list(voice_by_actor.values())].mean(axis=1)
        noise: Floats = self.draws.values[self.decision.replies.noise] * at_stake
        return noise

    @cached_property
    def issue_shares(self) -> Floats:
        """The share of each issue in all that is at stake, shape (issues, draws)."""
        return self.batch.calm_baseline.issue_stakes / self.batch.calm_baseline.total_stakes

    @cached_property
    def relative_gains_weights(self) -> Mapping[str, RelativeGainsWeights]:
        """By reason that is a concern for relative gains; nothing is left of it under a grave threat to all."""
        return relative_gains_weights(self.draws)

    def nongain_terms(self, variant: ChannelVariant) -> dict[str, Floats]:
        """What each reason but the concern for relative gains adds by a channel, shape (draws, voices)."""
        if variant.channel not in self._nongain_cache:
            channel = next(one for one in self.network.channels if one.id == variant.channel)
            of_mechanisms = {
                mechanism.id: self._amount_of(mechanism, channel)
                for mechanism in self.decision.mechanisms
                if mechanism.kind != "relative"
            }
            of_options = {option.id: -self._forgone_gains(option, channel) for option in self.decision.outside}
            self._nongain_cache[variant.channel] = of_mechanisms | of_options
        return self._nongain_cache[variant.channel]

    def _is_touched(self, voice: int, channel: ModelChannel) -> bool:
        """Whether a channel deals with an organisation of a voice as such."""
        return not set(channel.joins).isdisjoint(self.decision.voices[voice].organisations)

    def _amount_of(self, mechanism: ModelMechanism, channel: ModelChannel) -> Floats:
        import numpy as np

        amount = np.zeros((self.draws.draw_count, len(self.decision.voices)))
        for row in mechanism.rows:
            if self._is_touched(row.voice, channel):
                factor = self._signed_factor(mechanism, row, channel)
                strength = self.draws.values[row.strength]
                amount[:, row.voice] = strength * self.stakes_across[:, row.voice] * factor
        if mechanism.losers is not None:
            self._charge_losers(amount, mechanism.losers)
        return amount

    def _signed_factor(self, mechanism: ModelMechanism, row: MechanismRow, channel: ModelChannel) -> Floats | float:
        """With which sign and factor a reason counts for a voice by a channel."""
        if mechanism.kind in ("recognition", "advantage"):
            return self._remaining_share(mechanism, channel)
        if mechanism.kind == "autonomy":
            return -self._remaining_share(mechanism, channel)
        if mechanism.kind == "fear":
            return -self._feared_power(row) * self._remaining_share(mechanism, channel)
        if channel.displaces is None:
            return 0.0
        sign = 1.0 if mechanism.kind == "shield" else -1.0
        exclusivity: Floats = self.draws.values[channel.exclusivity]
        return sign * exclusivity * row.factor

    def _feared_power(self, row: MechanismRow) -> Floats:
        """The power of those whom a voice fears, as far as no common threat makes them something else: (draws,)."""
        capabilities, actor = self.network.capabilities, self.voice_actors[row.voice]
        others = [other for other in row.feared if other != actor]
        power = rival_power_share(capabilities[actor], sum(capabilities[other] for other in others))
        return concern_under_threat(power, _common_threat(self.draws, actor, others))

    def _remaining_share(self, mechanism: ModelMechanism, channel: ModelChannel) -> Floats | float:
        """How much of a reason is left by a channel that is not exclusive, or not deep, shape (draws,)."""
        if mechanism.less_by_exclusivity is None or mechanism.less_by_depth is None:
            return 1.0
        values = self.draws.values
        exclusivity = values[channel.exclusivity] if channel.displaces is not None else 0.0
        by_exclusivity = values[mechanism.less_by_exclusivity] * (1 - exclusivity)
        by_depth = values[mechanism.less_by_depth] * (1 - values[channel.depth])
        return remaining_share(by_exclusivity, by_depth)

    def _charge_losers(self, amount: Floats, losers: Sequence[int]) -> None:
        """Takes from some what the others win, in place; whoever sees the same loss with other eyes loses as much.

        What is one player wins what its members win on average, since each of them stands for the whole.
        """
        import numpy as np

        voices = self.decision.voices
        total_won = np.zeros(len(amount))
        for actor in sorted({voice.actor for voice in voices} - set(losers)):
            numbers = [number for number, voice in enumerate(voices) if voice.actor == actor]
            member_counts = [len(voices[number].members) for number in numbers]
            total_won += np.average(amount[:, numbers], axis=1, weights=member_counts)
        for number, voice in enumerate(voices):
            if voice.actor in losers:
                amount[:, number] = -total_won / len(losers)

    def _forgone_gains(self, option: OutsideOption, channel: ModelChannel) -> Floats:
        """What everybody would lose elsewhere by a channel that deals with organisations as such: (draws, voices)."""
        import numpy as np

        amount = np.zeros((self.draws.draw_count, len(self.decision.voices)))
        share_forgone = self.draws.values[option.forgone]
        with_partners: dict[int, Floats] = {}
        for voice in option.voices:
            if not self._is_touched(voice, channel):
                continue
            actor = self.voice_actors[voice]
            if not option.partner_capabilities:
                outside_value = self.stakes_across[:, voice]
            else:
                if actor not in with_partners:
                    gains = self._gains_with_partners(option.partner_capabilities, actor)
                    with_partners[actor] = gains / self.batch.calm_baseline.total_stakes
                outside_value = with_partners[actor]
            amount[:, voice] = share_forgone * outside_value
        return amount

    def _gains_with_partners(self, partner_capabilities: Sequence[float], actor: int) -> Floats:
        """What an actor gains by dealing with partners beyond the channels, in the units of the case, shape (draws,).

        Half of what is at stake with each, as between two who deal directly (Myerson 1977), less what dealings with
        one at a time leave undone; as each issue weighs for the actor.
        """
        import numpy as np

        network, total = self.network, np.zeros(self.draws.draw_count)
        share_undone = 1 - self.draws.efficiency(network.observed)
        for number, issue in enumerate(network.issues):
            if issue.collective is not None:
                continue
            stakes, _, joint_share = self.draws.stake_parameters(number)
            if issue.salience is not None and (salience := issue.salience[actor]) is not None:
                stakes = stakes * self.draws.values[salience]
            for capability in partner_capabilities:
                product = network.capabilities[actor] * capability
                if product > 0:
                    weight = (product / network.reference_product) ** self.draws.values[issue.gravity]
                    total += stakes * weight * (1 - joint_share * share_undone) / 2
        return total

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
        self, variant: ChannelVariant, base_variant: ChannelVariant, mechanisms: Iterable[str]
    ) -> Floats:
        """What is minded of what others would gain more under a grave threat, were the concern left as it is.

        What the concern for relative gains adds at the gains of a grave threat, less what it adds as it is.
        """
        import numpy as np

        gains = self.grave_gains(variant, base_variant)
        own_gain = gains[:, self.voice_actors]
        change = np.zeros_like(own_gain)
        for name, weights in self.relative_gains_weights.items():
            if name in mechanisms:
                change += (
                    relative_gains_term(gains, own_gain, weights.concern, weights.own_weight)
                    - self.utility_terms(variant, base_variant).mechanism_terms[name]
                )
        return change

    def terms_by_issue(self, variant: ChannelVariant, base_variant: ChannelVariant) -> UtilityTerms:
        """The same on each issue alone, with a leading axis of issues, before the costs of links.

        What does not depend on gains counts in proportion to what is at stake on the issue, or in full, as the model
        says.
        """
        import numpy as np

        key = (variant, base_variant, None)
        if key not in self._terms_cache:
            gains = (self.batch.values[variant] - self.batch.values[base_variant]) * self.stakes_scale
            shares = self.issue_shares[:, :, None]
            if self.decision.fixed_terms_in_full:
                shares = np.ones_like(shares)
            self._terms_cache[key] = self._build_terms(gains, variant, base_variant, shares, False)
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

        own_gain = gains[..., self.voice_actors]
        base_terms = self.nongain_terms(base_variant)
        mechanism_terms = {
            name: share * (amount - base_terms[name]) for name, amount in self.nongain_terms(variant).items()
        }
        if under_grave_threat:  # nothing is left of what rivals are to each other
            feared = [mechanism.id for mechanism in self.decision.mechanisms if mechanism.kind == "fear"]
            mechanism_terms |= {name: np.zeros_like(mechanism_terms[name]) for name in feared}
        for name, weights in self.relative_gains_weights.items():
            mechanism_terms[name] = (
                np.zeros_like(own_gain)
                if under_grave_threat
                else relative_gains_term(gains, own_gain, weights.concern, weights.own_weight)
            )
        return UtilityTerms(own_gain, mechanism_terms, {} if under_grave_threat else self.relative_gains_weights)
