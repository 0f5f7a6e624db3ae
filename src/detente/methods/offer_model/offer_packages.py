"""What both sides make of an offer part by part: a channel for some issues, deeper or less deep, with its clauses.

    U_v(S) = gamma sum over i in S of (gain_vi + what v minds of others' gains on i)
           + sum over reasons m of phi_m F_vm  +  what v saves on links [S is the whole agenda]

The gains on issues are linear in how much is done (gamma), and so is the concern for relative gains. Every other
reason counts once for the channel (phi_m, from 0 to 1: how much of it is left by the depth and the clauses), or in
proportion to what is at stake on the issues of the offer. Which of the two holds is an assumption that decides whether
small offers can win; so both can be had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.bargaining.issue_packages import (
    AgreementZone,
    PackageCounts,
    PackageTerms,
    Verdicts,
    count_packages,
)
from detente.methods.bargaining.relative_gains import relative_gains_term
from detente.methods.bargaining.reply_options import value_of_information
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import ANSWERING, OFFERING
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.deciding_side import DecidingSide, InternalBargain
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.utility import OfferUtilities, decision_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class OfferScales:
    """How much of each part of a channel an offer holds. A number, or of shape (draws,) or as said."""

    gains: Floats | float = 1.0
    """How much is done on every issue: gamma; or by issue, shape (issues, draws)."""
    reasons: Mapping[str, Floats] = field(default_factory=dict)
    """By mechanism and outside option, how much of it is left, shape (draws, voices); all of it unless given."""
    counts_by_stakes: bool = False
    """Whether these count in proportion to what is at stake on the issues of the offer, and not once."""


def with_exclusivity(draws: ModelDraws, channel: str, exclusivity: Floats) -> ModelDraws:
    """The same draws in which a channel displaces another with other chances, shape (draws,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> from detente.methods.offer_model.offer_packages import with_exclusivity
        >>> draws = with_exclusivity(sample_model(two_states(), range(2)), "talks", np.array([0.0, 0.5]))
        >>> draws.values[draws.description.number_index["channels.exclusivity"]].tolist()
        [0.0, 0.5]
    """
    row = next(one for one in draws.network.channels if one.id == channel)
    values = draws.values.copy()
    values[row.exclusivity] = exclusivity
    return ModelDraws(draws.description, values, draws.departures)


@dataclass(frozen=True)
class ChannelParts:
    """What every voice makes of a channel, reason by reason and issue by issue.

    Example:
        >>> from detente.methods.offer_model.channel_variants import ChannelVariant
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.gains import evaluate_gains
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> from detente.methods.offer_model.offer_packages import ChannelParts, OfferScales
        >>> from detente.methods.offer_model.utility import OfferUtilities
        >>> draws = sample_model(two_states(), range(2))
        >>> parts = ChannelParts.of(OfferUtilities(evaluate_gains(draws), draws), ChannelVariant("talks", "hub"))
        >>> terms = parts.terms(("freedom",), OfferScales(gains=0.5))
        >>> terms.by_issue[:, 0].tolist(), terms.fixed.round(3).tolist()  # by voice and draw
        ([[0.25, 0.25], [0.25, 0.25]], [[0.0, 0.0], [-0.356, -0.65]])
    """

    own: Floats
    """What each gains on every issue, shape (issues, draws, voices)."""
    minded: Mapping[str, Floats]
    """By concern for relative gains, what it minds of what others gain there, of the same shape."""
    fixed: Mapping[str, Floats]
    """By other reason, what it adds by the channel, shape (draws, voices)."""
    own_savings: Floats
    """What each saves on links, shape (draws, voices)."""
    minded_savings: Mapping[str, Floats]
    issue_shares: Floats
    """The share of each issue in all that is at stake, shape (issues, draws)."""

    @classmethod
    def of(cls, utilities: OfferUtilities, variant: ChannelVariant) -> ChannelParts:
        """The parts of a channel, beside the observed one.

        Args:
            utilities: What everybody makes of the channels, in some draws.
            variant: The channel, and how it is run.
        """
        batch, base = utilities.batch, utilities.batch.observed_variant(variant)
        issue_gains = (batch.values[variant] - batch.values[base]) * utilities.stakes_scale
        savings = (batch.actor_link_costs[base] - batch.actor_link_costs[variant]) * utilities.stakes_scale
        own, minded = _minded_gains(utilities, issue_gains)
        own_savings, minded_savings = _minded_gains(utilities, savings)
        terms, base_terms = utilities.nongain_terms(variant), utilities.nongain_terms(base)
        fixed = {name: amount - base_terms[name] for name, amount in terms.items()}
        return cls(own, minded, fixed, own_savings, minded_savings, utilities.issue_shares)

    def terms(self, uses: Sequence[str], scales: OfferScales) -> PackageTerms:
        """What every voice makes of the parts of an offer.

        Args:
            uses: The mechanisms and outside options that count.
            scales: How much of each part the offer holds.
        """
        import numpy as np

        gains = self.own + sum(self.minded[name] for name in uses if name in self.minded)
        whole = self.own_savings + sum(self.minded_savings[name] for name in uses if name in self.minded)
        by_issue = gains * np.broadcast_to(np.asarray(scales.gains), gains.shape[:2])[:, :, None]
        fixed = np.zeros_like(whole)
        for name in uses:
            if name in self.fixed:
                fixed += self.fixed[name] * scales.reasons.get(name, 1.0)
        if scales.counts_by_stakes:
            by_issue = by_issue + self.issue_shares[:, :, None] * fixed
            fixed = np.zeros_like(fixed)
        return PackageTerms(np.moveaxis(by_issue, 2, 0), fixed.T, whole.T)

    def of_package(self, issues: NDArray[np.bool_], scales: OfferScales) -> PackageReasons:
        """What one package is worth, reason by reason.

        Args:
            issues: Which issues are in it, shape (issues,).
            scales: How much of each part the offer holds.
        """
        import numpy as np

        weights = issues[:, None] * np.broadcast_to(np.asarray(scales.gains), self.own.shape[:2])
        shares = (self.issue_shares * issues[:, None]).sum(axis=0)[:, None] if scales.counts_by_stakes else 1.0
        is_whole = bool(issues.all())

        def total(by_issue: Floats, savings: Floats) -> Floats:
            summed: Floats = np.einsum("id,idv->dv", weights, by_issue)
            return summed + savings if is_whole else summed

        return PackageReasons(
            total(self.own, self.own_savings),
            {name: total(one, self.minded_savings[name]) for name, one in self.minded.items()},
            {name: one * scales.reasons.get(name, 1.0) * shares for name, one in self.fixed.items()},
        )


@dataclass(frozen=True)
class PackageReasons:
    """What one package is worth to every voice, reason by reason, each of shape (draws, voices).

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.offer_packages import PackageReasons
        >>> reasons = PackageReasons(np.array([[0.5, 0.25]]), {}, {"freedom": np.array([[0.0, -0.375]])})
        >>> reasons.utility(()).tolist(), reasons.utility(["freedom"]).tolist()  # by voice, then draw
        ([[0.5], [0.25]], [[0.5], [-0.125]])
    """

    own: Floats
    minded: Mapping[str, Floats]
    fixed: Mapping[str, Floats]

    def utility(self, uses: Sequence[str]) -> Floats:
        """The utility by a theory that lets some reasons count, shape (voices, draws)."""
        total = self.own.copy()
        for name in uses:
            total += self.minded[name] if name in self.minded else self.fixed[name]
        return total.T


def _minded_gains(utilities: OfferUtilities, gains: Floats) -> tuple[Floats, dict[str, Floats]]:
    """What every voice has of some gains of actors, and what it minds of others': shape (..., draws, voices)."""
    own = gains[..., utilities.voice_actors]
    minded = {
        name: relative_gains_term(gains, own, weights.concern, weights.own_weight)
        for name, weights in utilities.relative_gains_weights.items()
    }
    return own, minded


@dataclass(frozen=True)
class OfferReview:
    """That an offer holds on a smaller scale first, and whoever wants to may leave it then."""

    years: float
    """After how many."""
    scale: Floats | float
    """How much of it is done until then, from 0 to 1."""


@dataclass(frozen=True)
class PackageSides:
    """How both sides of an offer decide on packages of it, in some draws.

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> from detente.methods.offer_model.offer_packages import PackageSides
        >>> sides = PackageSides(sample_model(two_states(), range(1)), uses=())
        >>> verdicts = sides.judge(np.array([[[0.5]], [[-0.1]]]), slice(None))  # East would, West would not
        >>> verdicts.answered.tolist(), verdicts.agreed.tolist()
        ([[False]], [[False]])
    """

    draws: ModelDraws
    uses: tuple[str, ...]
    gains_weights: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict)
    """By concern for relative gains, how much each voice weighs its own gain, shape (draws, voices), and minds what
    each actor gains, shape (draws, voices, actors)."""
    free_to_stay_out: frozenset[int] = frozenset()
    """The sides whose members may stay out, and then stop nothing: it turns on who leads them."""
    review: OfferReview | None = None

    @classmethod
    def of_utilities(
        cls,
        utilities: OfferUtilities,
        uses: Sequence[str],
        free_to_stay_out: frozenset[int] = frozenset(),
        review: OfferReview | None = None,
    ) -> PackageSides:
        """Those of a model, by a theory."""
        weights = {
            name: (one.own_weight, one.concern)
            for name, one in utilities.relative_gains_weights.items()
            if name in uses
        }
        return cls(utilities.draws, tuple(uses), weights, free_to_stay_out, review)

    @cached_property
    def sides(self) -> tuple[DecidingSide, DecidingSide]:
        """Who offers, and who answers."""
        offering, answering = decision_of(self.draws).sides
        return DecidingSide(self.draws, offering), DecidingSide(self.draws, answering)

    def judge(self, utilities: Floats, draws: slice) -> Verdicts:
        """What becomes of packages: both sides would have it, and who leads the side that offers keeps something.

        The side that offers is asked where the other would have it.

        Args:
            utilities: Shape (voices, packages, draws).
            draws: Which draws these are.
        """
        import numpy as np

        worth = self.answer(utilities, draws)
        answered = worth > TOLERANCE
        leader_worth = utilities[self.sides[OFFERING].voices[self.sides[OFFERING].row.leader]]
        agreed, kept = np.zeros_like(answered), np.zeros(answered.shape)
        asked = np.nonzero(answered)
        if len(asked[0]):
            consents, left = self.consent(utilities[:, asked[0], asked[1]], asked[1] + (draws.start or 0))
            is_kept = consents & (left > TOLERANCE)
            agreed[asked] = is_kept
            kept[asked] = np.where(is_kept, left, 0.0)
        return Verdicts(answered, agreed, kept, worth, leader_worth)

    def answer(self, utilities: Floats, draws: slice) -> Floats:
        """What packages are worth to the side that answers where its decision turns, shape (packages, draws)."""
        import numpy as np

        side = self.sides[ANSWERING]
        own = utilities[side.voices]
        if ANSWERING in self.free_to_stay_out:
            worth = own[side.row.leader]
        elif side.body.needs_everybody and not side.row.pays_for_consent:
            worth = own.min(axis=0)
        else:
            flat = np.moveaxis(own, 0, 2).reshape(-1, len(own))
            rows = np.tile(np.arange(*draws.indices(self.draws.draw_count)), own.shape[1])
            worth = side.answer(self._position(side, flat, rows), rows).utility.reshape(own.shape[1:])
        return worth if self.review is None else self._worth_with_review(worth, draws)

    def consent(self, utilities: Floats, rows: NDArray[np.intp]) -> tuple[Flags, Floats]:
        """Whether the side that offers would have packages, and what is left to who leads it.

        Args:
            utilities: Shape (voices, rows).
            rows: The draw of each.

        Returns:
            Each of shape (rows,).
        """
        import numpy as np

        side = self.sides[OFFERING]
        own = utilities[side.voices].T
        leaders = own[:, side.row.leader]
        if OFFERING in self.free_to_stay_out:
            return leaders > TOLERANCE, leaders
        # Nobody has to be paid where it passes as it is: that spares most of the work.
        passes = side.body.pivotal_voter(own)[0] >= -TOLERANCE
        left, consents = np.where(passes, leaders, -np.inf), passes.copy()
        if side.row.pays_for_consent and not passes.all():
            others = np.flatnonzero(~passes & (leaders > TOLERANCE))
            bargain = self._bargain(side, own[others], rows[others])
            consents[others], left[others] = bargain.consents, bargain.leader_remainder
        return consents, left

    def _bargain(self, side: DecidingSide, own: Floats, rows: NDArray[np.intp]) -> InternalBargain:
        return side.bargain(self._position(side, own, rows), rows)

    def _position(self, side: DecidingSide, own: Floats, rows: NDArray[np.intp]) -> Floats:
        """What a side decides by, shape (rows, columns): see `DecidingSide`."""
        import numpy as np

        if not side.row.pays_for_consent:
            return own
        own_weight, for_leader = np.ones_like(own), np.zeros_like(own)
        for own_weights, concern in self.gains_weights.values():
            own_weight += own_weights[rows][:, side.voices]
            for_leader += concern[rows][:, side.voices, side.leading_actor]
        return np.concatenate([own, own_weight, for_leader], axis=1)

    @property
    def is_by_consensus(self) -> bool:
        """Whether each side needs all its voices, or turns on who leads it; and the one that answers pays nobody."""
        offering, answering = self.sides
        return all(
            number in self.free_to_stay_out or side.body.needs_everybody
            for number, side in ((OFFERING, offering), (ANSWERING, answering))
        ) and (ANSWERING in self.free_to_stay_out or not answering.row.pays_for_consent)

    def compiled_arguments(self) -> _Compiled:
        """The same as arrays, for the compiled count."""
        import numpy as np

        offering, answering = self.sides
        values, settings = self.draws.values, decision_of(self.draws).replies
        shape = (self.draws.draw_count, len(decision_of(self.draws).voices))
        of_answering, of_offering = (
            [side.voices[side.row.leader]] if number in self.free_to_stay_out else side.voices
            for number, side in ((ANSWERING, answering), (OFFERING, offering))
        )
        leader = offering.voices[offering.row.leader]
        voices = [*of_answering, leader, *(voice for voice in of_offering if voice != leader)]
        arrives = values[settings.transfers]
        own_weight, for_leader = np.ones(shape), np.zeros(shape)
        for own_weights, concern in self.gains_weights.values():
            own_weight += own_weights
            for_leader += concern[:, :, offering.leading_actor]
        with np.errstate(divide="ignore", invalid="ignore"):
            relief = np.where(arrives[:, None] > 0, for_leader / arrives[:, None], 0.0) / own_weight
        years, scale = (self.review.years, self.review.scale) if self.review else (0.0, 1.0)
        return _Compiled(
            voices,
            len(of_answering),
            (
                offering.row.pays_for_consent,
                np.ascontiguousarray(own_weight[:, voices]),
                np.ascontiguousarray(relief[:, voices]),
                arrives,
            ),
            (
                self.review is not None,
                values[settings.discount] ** years,
                np.full(shape[0], scale, dtype=float) if np.ndim(scale) == 0 else np.asarray(scale, dtype=float),
                values[settings.insight],
            ),
        )

    def _worth_with_review(self, worth: Floats, draws: slice) -> Floats:
        """What a package is worth that is small first, and may be left once it is known what it is worth.

        W = (1 - beta^r) lambda U + beta^r E max(0, U + sd Z)
        """
        import numpy as np

        review, settings, values = self.review, decision_of(self.draws).replies, self.draws.values
        assert review is not None
        later = values[settings.discount][draws] ** review.years
        scale = np.broadcast_to(np.asarray(review.scale, dtype=float), (self.draws.draw_count,))[draws]
        known = value_of_information(worth, np.broadcast_to(values[settings.insight][draws], worth.shape))
        with_review: Floats = (1 - later) * scale * worth + later * known
        return with_review


@dataclass(frozen=True)
class _Compiled:
    """What the compiled count is handed, besides the utilities."""

    voices: list[int]
    """Those that answer, then who leads the side that offers, then its others."""
    answering: int
    """How many answer."""
    payments: tuple[bool, Floats, Floats, Floats]
    review: tuple[bool, Floats, Floats, Floats]


def count_all_packages(terms: PackageTerms, sides: PackageSides) -> tuple[PackageCounts, AgreementZone]:
    """In how many draws each package is agreed on; compiled where both sides need all their voices.

    Example:
        >>> from detente.methods.offer_model.channel_variants import ChannelVariant
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.gains import evaluate_gains
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> from detente.methods.offer_model.offer_packages import (
        ...     ChannelParts, OfferScales, PackageSides, count_all_packages
        ... )
        >>> from detente.methods.offer_model.utility import OfferUtilities
        >>> draws = sample_model(two_states(), range(2_048))
        >>> utilities = OfferUtilities(evaluate_gains(draws), draws)
        >>> terms = ChannelParts.of(utilities, ChannelVariant("talks", "hub")).terms(("freedom",), OfferScales())
        >>> counts, zone = count_all_packages(terms, PackageSides.of_utilities(utilities, ("freedom",)))
        >>> counts.agreed.tolist(), int(zone.is_open.sum())
        ([[519, 505]], 1024)
    """
    import numpy as np

    if not sides.is_by_consensus:
        return count_packages(terms, sides)
    from detente.methods.bargaining.kernels.package_counts import count_packages_by_draw

    packages, draws = 2**terms.issue_count - 1, terms.draw_count
    answered, agreed = np.zeros((2, packages, 2), dtype=np.int64)
    kept, answer_worth, leader_worth = np.zeros((3, packages, 2))
    zone = np.zeros((2, draws), dtype=bool)
    given = sides.compiled_arguments()
    of_issues = np.ascontiguousarray(terms.by_issue[given.voices].transpose(2, 1, 0))
    of_whole = [np.ascontiguousarray(one[given.voices].T) for one in (terms.fixed, terms.whole)]
    counts = (answered, agreed, kept, answer_worth, leader_worth)
    agenda = terms.issue_count if terms.agenda_size is None else terms.agenda_size
    count_packages_by_draw(
        of_issues,
        *of_whole,
        agenda,
        given.answering,
        given.payments,
        given.review,
        TOLERANCE,
        counts,
        (zone[0], zone[1]),
    )
    steps = np.arange(1, packages + 1)
    places = np.argsort(steps ^ steps >> 1)  # from the order in which packages came to that of their digits
    halves = (draws - draws // 2, draws // 2)
    in_order = PackageCounts(
        answered[places], agreed[places], kept[places], answer_worth[places], leader_worth[places], halves
    )
    return in_order, AgreementZone(zone[0], zone[1])
