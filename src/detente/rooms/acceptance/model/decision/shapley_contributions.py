"""What each reason accounts for beside all others, where several suffice: Shapley contributions to the answer.

The players are the mechanisms and outside options of the theory by which the answer is told. Without any of them own
gains answer, with all of them that theory. What is saved on links is no player: it is part of own gains, which all
theories have in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.inference.running_moments import STANDARD_ERRORS_APART, RunningMoments
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.networks.shapley_decomposition import exact_decomposition, random_orders, sampled_decomposition
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.methods.sampling.keyed_hypercube import stream_keys
from detente.rooms.acceptance.model.decision.utility import VoterUtilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_SUBSETS = 2**8
"""For so many sets of reasons the answer is worked out in every draw: for all of them up to eight reasons, and beyond
that for about as many along random orders."""
ORDER_STREAM = "acceptance.reasons"
"""The stream of the random orders of reasons, besides the form of the channel."""
NEGLIGIBLE_LEAD = 0.01
"""By how much contributions to acceptance must differ to be ranked: one draw in a hundred, however exactly known."""
ROUNDING = 1e-14
"""Contributions, and differences of them, that come from rounding."""


@dataclass(frozen=True)
class ReasonContribution:
    """What one reason accounts for in one form of the channel."""

    acceptance: float
    """By how much it changes how often the other side accepts, as a share of draws: below 0 for refusals."""
    acceptance_error: float
    """Its standard error."""
    utility: float
    """By how much it changes the mean utility at which the answer turns."""
    utility_error: float
    """Its standard error."""


@dataclass(frozen=True)
class ShapleyContributions:
    """What the reasons account for in one form of the channel, over some draws."""

    reasons: tuple[str, ...]
    """The ids of mechanisms and outside options."""
    acceptance: RunningMoments
    """Of the contributions to acceptance by the strict test, from -1 to 1 in a draw."""
    utility: RunningMoments
    """Of the contributions to the utility at which the answer turns."""
    is_exact: bool
    """Whether they are the means over all orders of the reasons, and not over some."""

    def merge(self, other: ShapleyContributions) -> ShapleyContributions:
        """Those of the draws of both."""
        return ShapleyContributions(
            self.reasons,
            self.acceptance.merge(other.acceptance),
            self.utility.merge(other.utility),
            self.is_exact and other.is_exact,
        )

    def of(self, reason: str) -> ReasonContribution | None:
        """What one of them accounts for; None if it is none of them."""
        if reason not in self.reasons:
            return None
        index = self.reasons.index(reason)
        return ReasonContribution(
            float(self.acceptance.mean[index]),
            float(self.acceptance.standard_errors[index]),
            float(self.utility.mean[index]),
            float(self.utility.standard_errors[index]),
        )

    @property
    def acceptance_change(self) -> float:
        """By how much all reasons together change how often the other side accepts, as a share of draws."""
        return float(self.acceptance.mean.sum())

    @property
    def effective_reasons(self) -> tuple[str, ...]:
        """The reasons that change the answer in some draw, what accounts for most first, whichever way."""
        matters = (self.acceptance.mean != 0) | (self.acceptance.standard_errors > 0)
        ranked = (-abs(self.acceptance.mean)).argsort(kind="stable").tolist()
        return tuple(self.reasons[index] for index in ranked if matters[index])

    @property
    def leading_reasons(self) -> tuple[str, ...]:
        """Of these the first, and those that the draws do not tell from it.

        Two are told apart from two standard errors of the difference of their sizes on, had draw by draw, and from a
        difference of one draw in a hundred.
        """
        effective = [self.reasons.index(name) for name in self.effective_reasons]
        return tuple(self.reasons[index] for index in effective if self._is_level(effective[0], index))

    def _is_level(self, largest: int, index: int) -> bool:
        """Whether the size of a contribution is not told from the largest."""
        means = self.acceptance.mean
        signs = (1 if means[largest] > 0 else -1, 1 if means[index] > 0 else -1)
        error = self.acceptance.difference_error(largest, index, signs)
        least_lead = max(STANDARD_ERRORS_APART * error, NEGLIGIBLE_LEAD)
        return bool(abs(means[largest]) - abs(means[index]) <= least_lead + ROUNDING)


def shapley_contributions(utilities: VoterUtilities, variant: ChannelVariant) -> ShapleyContributions:
    """What each reason accounts for in a batch of draws, by the theory by which the answer is told.

    A reason that adds nothing for anybody in the whole batch accounts for nothing, and changes no other contribution:
    it is left out of the sets. Where no number of yeses would do, nothing that counts changes the answer.
    """
    import numpy as np

    deciders = utilities.deciders
    side = DecidingSide(utilities.draws, utilities.decision.sides[ANSWERING])
    terms = utilities.utility_terms(variant, deciders.observed_variant(variant))
    reasons = deciders.full_theory.uses
    batch_terms = {name: side.added_position(terms, name) for name in reasons}
    counting = [index for index, name in enumerate(reasons) if side.body.can_pass and batch_terms[name].any()]
    base = side.base_position(terms)
    counting_terms = [batch_terms[reasons[index]] for index in counting]

    def answer(position: Floats) -> Floats:
        """Whether the other side accepts, and the utility at which that turns, shape (2, draws)."""
        pivotal_utility = side.answer(position).utility
        return np.stack([pivotal_utility > TOLERANCE, pivotal_utility])

    contributions = np.zeros((2, len(base), len(reasons)))
    is_exact = 2 ** len(counting) <= MOST_SUBSETS
    if counting and is_exact:
        contributions[..., counting] = exact_decomposition(base, counting_terms, answer)
    elif counting:
        orders = _orders_of_reasons(utilities, variant, len(counting))
        contributions[..., counting] = sampled_decomposition(base, counting_terms, answer, orders)
    contributions[abs(contributions) < ROUNDING] = 0
    acceptance, utility = map(RunningMoments.of_draws, contributions)
    return ShapleyContributions(reasons, acceptance, utility, is_exact)


def _orders_of_reasons(utilities: VoterUtilities, variant: ChannelVariant, reason_count: int) -> NDArray[np.int64]:
    """Random orders of the reasons for every draw of a batch, the same for the same batch."""
    import numpy as np

    draws = utilities.draws
    keys = stream_keys(draws.description.seed, f"{ORDER_STREAM}.{variant.form}")
    generator = np.random.default_rng([*keys, int(draws.departures[0]) if draws.departures is not None else 0])
    pairs = max(MOST_SUBSETS // (2 * reason_count), 1)
    return random_orders(generator, pairs, draws.draw_count, reason_count)
