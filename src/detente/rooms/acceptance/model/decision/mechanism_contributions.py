"""What each reason accounts for beside all others, and what it decides by itself, among all that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.shapley_contributions import ReasonContribution
from detente.rooms.acceptance.model.decision.single_reasons import LINK_SAVINGS
from detente.rooms.acceptance.model.results import AcceptanceResult, ReasonFigures

DECISIVE_SHARE = 0.05
"""The share of draws from which reasons are said to decide something."""


@dataclass(frozen=True)
class MechanismContribution:
    """A mechanism, an outside option, or what is saved on links, form by form."""

    mechanism: str
    """The id of the mechanism or outside option; `LINK_SAVINGS` for what is saved on links."""
    shared: tuple[ReasonContribution | None, ...]
    """What it accounts for beside all others; None for what is saved on links, which is part of own gains."""
    alone: tuple[ReasonFigures, ...]
    """What it decides by itself."""

    @property
    def size(self) -> tuple[float, float]:
        """What it accounts for where that is most, whichever way: of the acceptances, then of the utility."""
        shared = [one for one in self.shared if one]
        return (
            max((abs(one.acceptance) for one in shared), default=0.0),
            max((abs(one.utility) for one in shared), default=0.0),
        )


@dataclass(frozen=True)
class LeadingReasons:
    """The reasons that account for most in one form of the channel, with those that the draws do not tell from them."""

    variant: ChannelVariant
    acceptance_change: float
    """By how much all reasons together change how often the other side accepts, as a share of draws."""
    contributions: Mapping[str, float]
    """By reason, what it accounts for of that, below 0 for refusals; empty where all of it is next to nothing."""

    @property
    def largest_change(self) -> float:
        """How much they change together, or one of them by itself, whichever way."""
        return max(map(abs, (self.acceptance_change, *self.contributions.values())))


def contributions_by_size(result: AcceptanceResult) -> list[MechanismContribution]:
    """All that counts besides own gains, what accounts for most first; then the saving on links."""
    deciders = result.deciders
    contributions = [
        MechanismContribution(
            mechanism,
            tuple(result.contributions[variant].of(mechanism) for variant in deciders.offered_variants),
            tuple(result.reasons[variant, mechanism] for variant in deciders.offered_variants),
        )
        for mechanism in (*deciders.full_theory.uses, LINK_SAVINGS)
    ]
    return sorted(contributions, key=lambda one: (one.mechanism == LINK_SAVINGS, [-size for size in one.size]))


def leading_reasons(result: AcceptanceResult, variant: ChannelVariant) -> LeadingReasons:
    """The reasons that account for most in a form of the channel."""
    shapley = result.contributions[variant]
    means = dict(zip(shapley.reasons, shapley.acceptance.mean.tolist(), strict=True))
    leading = LeadingReasons(
        variant, shapley.acceptance_change, {name: means[name] for name in shapley.leading_reasons}
    )
    return leading if leading.largest_change >= DECISIVE_SHARE else replace(leading, contributions={})


def leading_where_most(result: AcceptanceResult) -> LeadingReasons:
    """The same in the form of the channel in which reasons change most."""
    by_form = [leading_reasons(result, variant) for variant in result.deciders.offered_variants]
    return max(by_form, key=lambda leading: leading.largest_change)
