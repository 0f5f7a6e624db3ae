"""What each reason decides by itself, among all that count."""

from __future__ import annotations

from dataclasses import dataclass

from detente.rooms.acceptance.model.decision.single_reasons import LINK_SAVINGS
from detente.rooms.acceptance.model.results import AcceptanceResult, leading_indices

DECISIVE_SHARE = 0.05
"""The share of draws from which a reason is said to decide something."""


@dataclass(frozen=True)
class MechanismContribution:
    """A mechanism, an outside option, or what is saved on links, form by form."""

    mechanism: str
    """The id of the mechanism or outside option; `LINK_SAVINGS` for what is saved on links."""
    accepted_without: tuple[float, ...]
    """How often the offer would be accepted if it did not count."""
    refusals_decided: tuple[float, ...]
    """How often the offer is refused for it alone: accepted without it."""
    acceptances_decided: tuple[float, ...]
    """How often it is accepted for it alone."""
    added_utility: tuple[float, ...]
    """What it adds on average for the voice on whom the answer turns."""

    @property
    def largest_share(self) -> float:
        """How often it decides either way, in the form in which it decides most."""
        return max(*self.refusals_decided, *self.acceptances_decided)


def contributions_by_size(result: AcceptanceResult) -> list[MechanismContribution]:
    """All that counts besides own gains, and the saving on links among these; what decides most first."""
    deciders = result.deciders
    contributions = []
    for mechanism in (*deciders.full_theory.uses, LINK_SAVINGS):
        by_form = [result.reasons[variant, mechanism] for variant in deciders.offered_variants]
        contributions.append(
            MechanismContribution(
                mechanism,
                tuple(one.accepted_without for one in by_form),
                tuple(one.refusals_decided for one in by_form),
                tuple(one.acceptances_decided for one in by_form),
                tuple(one.added_utility for one in by_form),
            )
        )
    return sorted(contributions, key=lambda contribution: -contribution.largest_share)


def leading_contributions(result: AcceptanceResult) -> list[MechanismContribution]:
    """The single reasons that decide most, with those that the draws do not tell from them; none if too little."""
    by_size = contributions_by_size(result)
    leading = [by_size[index] for index in leading_indices([one.largest_share for one in by_size], result.draw_count)]
    return leading if leading[0].largest_share >= DECISIVE_SHARE else []
