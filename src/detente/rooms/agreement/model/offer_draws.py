"""An offer in a batch of draws: what its depth and its clauses leave of each reason, for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.offers import OfferClause, OfferPayment
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.bargaining.issue_packages import PackageTerms
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import GainsBatch
from detente.methods.offer_model.model_draws import ModelDraws, sample_model
from detente.methods.offer_model.offer_packages import (
    ChannelParts,
    OfferReview,
    OfferScales,
    PackageReasons,
    PackageSides,
    with_exclusivity,
)
from detente.methods.offer_model.stakes import BatchStakes, compute_stakes
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.offer_formats import OfferFormat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RECOGNISED_KINDS, BINDING_KINDS, DEALING_KINDS = ("recognition",), ("autonomy",), ("advantage",)
"""The kinds of mechanisms that go with standing, with being bound, and with how much is dealt in."""
SAME = 1e-9
"""Shares of all at stake that differ by less are the same."""


@dataclass(frozen=True)
class OfferExtras:
    """What an offer holds besides issues: concessions and payments."""

    concessions: tuple[str, ...] = ()
    payments: tuple[OfferPayment, ...] = ()
    payments_path: str = ""
    """Where the payments stand in the case."""


NO_EXTRAS = OfferExtras()


@dataclass(frozen=True)
class OfferBatch:
    """One batch of draws, for offers."""

    deciders: DecisionMakers
    draws: ModelDraws
    """The numbers of the whole model."""
    gains: GainsBatch
    _utilities: dict[tuple[str, str | None, tuple[str, ...]], OfferUtilities] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _parts_cache: dict[tuple[ChannelVariant, int], ChannelParts] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _stakes_on: dict[tuple[str, ...], BatchStakes] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What is at stake on some issues only."""

    @classmethod
    def of_gains(cls, deciders: DecisionMakers, gains: GainsBatch) -> OfferBatch:
        """The batch in which gains were worked out."""
        assert gains.draws.departures is not None
        first = int(gains.draws.departures[0])
        draws = sample_model(deciders.description, range(first, first + gains.draws.draw_count))
        return cls(deciders, draws, gains)

    @property
    def case(self) -> Case:
        """The case, in the year that is answered for."""
        return self.deciders.case

    @cached_property
    def numbers(self) -> ParameterDraws:
        """The numbers of offers in these draws."""
        assert self.draws.departures is not None
        first = int(self.draws.departures[0])
        return ParameterDraws(self.case, indices=range(first, first + self.draws.draw_count))

    @cached_property
    def varying_values(self) -> dict[str, Floats]:
        """By path, the draws of every number that varies: of the model, and of depths, clauses and concessions."""
        values = dict(self.draws.varying_values)
        for path, estimate in offer_estimates(self.case):
            if estimate.bounds[0] < estimate.bounds[1]:
                values[path] = self.numbers.sample(estimate, path)
        return values

    @cached_property
    def weighed_issues(self) -> tuple[str, ...]:
        """The issues on which something is at stake, in the order of the model."""
        return tuple(issue.id for issue in self.draws.network.issues)

    def terms(
        self,
        format: OfferFormat,
        uses: Sequence[str],
        extras: OfferExtras = NO_EXTRAS,
        depths: Mapping[str, str | None] | None = None,
        counts_by_stakes: bool = False,
    ) -> PackageTerms:
        """What every voice makes of the parts of an offer: a column for each issue, then one for each concession.

        Args:
            format: How it is made.
            uses: The mechanisms and outside options that count.
            extras: Concessions and payments.
            depths: The depth of each issue, where they differ: what counts once counts by the deepest of them.
            counts_by_stakes: Whether what hangs on no gain counts in proportion to the stakes of the issues.
        """
        import numpy as np

        terms = self._parts(format, depths).terms(uses, self._scales(format, depths, uses, counts_by_stakes))
        fixed = terms.fixed + self._payments(extras)
        if not extras.concessions:
            return replace(terms, fixed=fixed)
        given = np.stack([self._concession(name) for name in extras.concessions], axis=1)
        by_issue = np.concatenate([terms.by_issue, given], axis=1)
        return PackageTerms(by_issue, fixed, terms.whole, agenda_size=len(self.weighed_issues))

    def package(
        self,
        format: OfferFormat,
        extras: OfferExtras,
        depths: Mapping[str, str | None],
        counts_by_stakes: bool = False,
    ) -> PackageReasons:
        """What one offer is worth to every voice, reason by reason; concessions and payments are its own gains."""
        import numpy as np

        parts = self._parts(format, depths)
        issues = np.array([issue in depths for issue in self.weighed_issues])
        scales = self._scales(format, depths, tuple(parts.fixed), counts_by_stakes)
        reasons = parts.of_package(issues, scales)
        own = reasons.own + self._payments(extras).T
        for name in extras.concessions:
            own += self._concession(name).T
        return replace(reasons, own=own)

    def _parts(self, format: OfferFormat, depths: Mapping[str, str | None] | None) -> ChannelParts:
        """What the channel comes to with what depth and clauses leave of its exclusivity."""
        utilities = self._utilities_of(format, depths)
        key = (format.variant, id(utilities))
        if key not in self._parts_cache:
            self._parts_cache[key] = ChannelParts.of(utilities, format.variant)
        return self._parts_cache[key]

    def _scales(
        self,
        format: OfferFormat,
        depths: Mapping[str, str | None] | None,
        uses: Sequence[str],
        counts_by_stakes: bool = False,
    ) -> OfferScales:
        """How much of each part is left."""
        return OfferScales(
            self._issue_scales(format, depths), self._reason_scales(format, depths, uses), counts_by_stakes
        )

    def comes_to_the_same(self, first: ChannelVariant, second: ChannelVariant, depth: str | None = None) -> bool:
        """Whether two ways to run a channel are worth the same to everybody on every issue, at a depth."""
        import numpy as np

        one, other = (self._parts(OfferFormat(variant, depth), None) for variant in (first, second))
        pairs = [(one.own, other.own), (one.own_savings, other.own_savings)]
        pairs += [(one.fixed[name], other.fixed[name]) for name in one.fixed]
        return all(np.allclose(mine, theirs, rtol=0, atol=SAME) for mine, theirs in pairs)

    def sides(self, format: OfferFormat, uses: Sequence[str]) -> PackageSides:
        """How both sides decide on an offer that is made so."""
        clauses = [(name, self.case.clauses[name]) for name in format.clauses]
        parties = self.deciders.sides
        free = {parties.index(side) for _, clause in clauses for side in clause.stay_out if side in parties}
        reviews = [(name, clause) for name, clause in clauses if clause.review_after is not None]
        review = None
        if reviews:
            name, clause = reviews[0]
            assert clause.review_after is not None
            scale = self.numbers.sample(clause.until_then, f"clauses.{name}.until_then")
            review = OfferReview(clause.review_after, scale)
        return PackageSides.of_utilities(self._plain, uses, frozenset(free), review)

    @cached_property
    def _plain(self) -> OfferUtilities:
        return OfferUtilities(GainsBatch(self.draws, self.gains.stakes), self.draws)

    def _utilities_of(self, format: OfferFormat, depths: Mapping[str, str | None] | None) -> OfferUtilities:
        """What everybody makes of the channel with the exclusivity that depth and clauses leave."""
        channel = self.case.channels[format.variant.channel]
        names = _depth_names(format, depths)
        displacing = [name for name in format.clauses if self.case.clauses[name].displaces is not None]
        if channel.displaces is None or (not displacing and names == {None}):
            return self._plain
        key = (format.variant.channel, ",".join(sorted(map(str, names))), tuple(displacing))
        if key not in self._utilities:
            row = next(one for one in self.draws.network.channels if one.id == format.variant.channel)
            exclusivity = self.draws.values[row.exclusivity] * self._deepest(names, "displaces")
            for name in displacing:
                clause = self.case.clauses[name]
                exclusivity = exclusivity * self._left_by(name, clause, "displaces")
            draws = with_exclusivity(self.draws, format.variant.channel, exclusivity)
            self._utilities[key] = OfferUtilities(GainsBatch(draws, self.gains.stakes), draws)
        return self._utilities[key]

    def _issue_scales(self, format: OfferFormat, depths: Mapping[str, str | None] | None) -> Floats:
        """How much of the gains on each issue is had, shape (issues, draws)."""
        import numpy as np

        names = [format.depth if depths is None else depths.get(issue, format.depth) for issue in self.weighed_issues]
        return np.stack([self._depth_number(name, "gains") for name in names])

    def _reason_scales(
        self, format: OfferFormat, depths: Mapping[str, str | None] | None, uses: Sequence[str]
    ) -> dict[str, Floats]:
        """By reason, how much of it is left, shape (draws, voices)."""
        import numpy as np

        names, case = _depth_names(format, depths), self.case
        voices = len(self.deciders.voters)
        scales: dict[str, Floats] = {}
        for reason in uses:
            aspect = reason_aspect(case, reason)
            scale = np.ones((self.draws.draw_count, voices))
            if aspect:
                scale *= self._deepest(names, aspect)[:, None]
            for name in format.clauses:
                clause = case.clauses[name]
                covered = self._covers(clause)
                left: Floats | float = 1.0
                if reason in clause.lifts:
                    left = 1 - self._held(name, clause)
                elif aspect in ("recognises", "binds") and getattr(clause, aspect) is not None:
                    left = self._left_by(name, clause, aspect)
                scale[:, covered] *= np.broadcast_to(left, (self.draws.draw_count,))[:, None]
            scales[reason] = scale
        return scales

    def _covers(self, clause: OfferClause) -> list[int]:
        """The voices that a clause is for."""
        of, actors = set(clause.of), self.deciders.actor_network.actors
        return [
            number
            for number, voter in enumerate(self.deciders.voters)
            if not of or of & {actors[voter.actor], *voter.members, *voter.organisations}
        ]

    def _held(self, name: str, clause: OfferClause) -> Floats:
        return self.numbers.sample(clause.holds, f"clauses.{name}.holds")

    def _left_by(self, name: str, clause: OfferClause, aspect: str) -> Floats:
        """What a clause leaves of something, so far as it is believed, shape (draws,)."""
        estimate: Estimate = getattr(clause, aspect)
        left: Floats = 1 - self._held(name, clause) * (1 - self.numbers.sample(estimate, f"clauses.{name}.{aspect}"))
        return left

    def _depth_number(self, name: str | None, aspect: str) -> Floats:
        import numpy as np

        if name is None:
            return np.ones(self.draws.draw_count)
        return self.numbers.sample(getattr(self.case.depths[name], aspect), f"depths.{name}.{aspect}")

    def _deepest(self, names: set[str | None], aspect: str) -> Floats:
        """What the deepest of some depths has, shape (draws,)."""
        import numpy as np

        return np.asarray(np.max([self._depth_number(name, aspect) for name in sorted(names, key=str)], axis=0))

    def _concession(self, name: str) -> Floats:
        """What a concession costs and brings each voice, shape (voices, draws)."""
        concession, case = self.case.concessions[name], self.case
        at_stake = self._plain.stakes_across.T
        costs = self.numbers.sample(concession.costs, f"concessions.{name}.costs")
        brings = self.numbers.sample(concession.brings, f"concessions.{name}.brings")
        change = 0 * at_stake
        for voice, voter in enumerate(self.deciders.voters):
            names = {self.deciders.actor_network.actors[voter.actor], *voter.members, *voter.organisations}
            if concession.by in names:
                change[voice] -= costs * at_stake[voice]
            if concession.to in names:
                change[voice] += brings * at_stake[voice]
        assert case.concessions
        return change

    def _payments(self, extras: OfferExtras) -> Floats:
        """What is paid, and arrives, by voice: shape (voices, draws)."""
        import numpy as np

        change = np.zeros((len(self.deciders.voters), self.draws.draw_count))
        decision = self.draws.description.decision
        assert decision is not None
        arrives = self.draws.values[decision.replies.transfers]
        for number, payment in enumerate(extras.payments):
            path = f"{extras.payments_path}.{number}.amount" if extras.payments_path else f"payments.{number}.amount"
            amount = self.numbers.sample(payment.amount, path)
            parts = {party: self._parts_of_payment(party) for party in (payment.by, payment.to)}
            for voice in range(len(change)):
                change[voice] += amount * (arrives * parts[payment.to][voice] - parts[payment.by][voice])
        return change

    def _parts_of_payment(self, party: str) -> list[float]:
        """Which part of a payment by or to a party each voice bears: those of an organisation alike."""
        actors, voters = self.deciders.actor_network.actors, self.deciders.voters
        own = [party == actors[voter.actor] or party in voter.members for voter in voters]
        if not any(own):
            own = [party in voter.organisations for voter in voters]
        return [is_own / max(sum(own), 1) for is_own in own]

    def grave_terms(
        self,
        format: OfferFormat,
        issues: Sequence[str],
        uses: Sequence[str],
        depths: Mapping[str, str | None] | None = None,
        extras: OfferExtras = NO_EXTRAS,
    ) -> Floats:
        """What every voice would make of a package under a grave threat that all feel, shape (voices, draws).

        Nothing is left then of what rivals are to each other: of relative gains, and of fear. What is conceded and paid
        is as it is.
        """
        import numpy as np

        names = [format.depth if depths is None else depths.get(issue, format.depth) for issue in issues]
        gains = np.zeros((self.draws.draw_count, len(self.draws.network.actors)))
        for name in dict.fromkeys(names):
            of_depth = tuple(issue for issue, own in zip(issues, names, strict=True) if own == name)
            gains += self._depth_number(name, "gains")[:, None] * self._grave_gains_on(format, of_depth, depths)
        utilities = self._utilities_of(format, depths)
        own = gains[:, utilities.voice_actors].T
        if set(issues) == set(self.weighed_issues):  # then ties are saved, too
            base = utilities.batch.observed_variant(format.variant)
            own = own + utilities.link_savings(format.variant, base).T
        own = own + self._payments(extras)
        for name in extras.concessions:
            own = own + self._concession(name)
        plain = [name for name in uses if self._is_felt_under_threat(name)]
        left = self._reason_scales(format, depths, plain)
        fixed = self._parts(format, depths).fixed
        return np.asarray(own + np.sum([fixed[name] * left[name] for name in plain], axis=0).T) if plain else own

    def _is_felt_under_threat(self, reason: str) -> bool:
        mechanism = self.case.mechanisms.get(reason)
        return mechanism is None or mechanism.kind not in ("relative", "fear")

    def _grave_gains_on(
        self, format: OfferFormat, issues: tuple[str, ...], depths: Mapping[str, str | None] | None
    ) -> Floats:
        """What all would gain on some issues under a grave threat, as shares of all at stake: (draws, actors)."""
        utilities = self._utilities_of(format, depths)
        batch = utilities.batch
        if set(issues) != set(self.weighed_issues):
            network = replace(
                batch.network, issues=tuple(issue for issue in batch.network.issues if issue.id in issues)
            )
            description = replace(utilities.draws.description, network=network)
            draws = ModelDraws(description, utilities.draws.values, utilities.draws.departures)
            if issues not in self._stakes_on:
                self._stakes_on[issues] = compute_stakes(draws)
            batch = GainsBatch(draws, self._stakes_on[issues])
        of_variant, of_base = batch.grave_values_without_links(format.variant)
        share: Floats = (of_variant - of_base) / utilities.batch.calm_baseline.total_stakes[:, None]
        return share


def offer_estimates(case: Case) -> Iterator[tuple[str, Estimate]]:
    """The numbers of depths, clauses and concessions, each with its path."""
    for section in ("depths", "clauses", "concessions"):
        for name, entry in getattr(case, section).items():
            for key in type(entry).model_fields:
                if isinstance(number := getattr(entry, key), Estimate):
                    yield f"{section}.{name}.{key}", number


def _depth_names(format: OfferFormat, depths: Mapping[str, str | None] | None) -> set[str | None]:
    """The depths that occur in an offer."""
    return {format.depth} if depths is None else set(depths.values())


def reason_aspect(case: Case, reason: str) -> str | None:
    """With which aspect of a depth a reason goes; None where it goes with the gains, or with exclusivity, by itself."""
    mechanism = case.mechanisms.get(reason)
    if mechanism is None:
        return "recognises"
    if mechanism.kind in RECOGNISED_KINDS:
        return "recognises"
    if mechanism.kind in BINDING_KINDS:
        return "binds"
    return "gains" if mechanism.kind in DEALING_KINDS else None
