"""What is common to all packages that are looked for at once: channel and form, depth, clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from detente.case.schema.case import Case
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers, offerable_channels

SameWorth = Callable[[ChannelVariant, ChannelVariant, str | None], bool]
"""Whether two ways to run a channel are worth the same to all, at a depth."""
MOST_CLAUSES_COMBINED = 3
"""Clauses of which all combinations are looked at; of more, none, each alone, and all together."""


@dataclass(frozen=True)
class OfferFormat:
    """How an offer is made, whatever is in it."""

    variant: ChannelVariant
    depth: str | None = None
    """The depth of all its issues; None where they go as deep as the channel."""
    clauses: tuple[str, ...] = ()

    def changes_from(self, other: OfferFormat) -> int:
        """How many changes lead from one to the other: of channel, form and depth, and a clause more or less."""
        return (
            (self.variant.channel != other.variant.channel)
            + (self.variant.form != other.variant.form)
            + (self.depth != other.depth)
            + len(set(self.clauses) ^ set(other.clauses))
        )


def searched_formats(
    case: Case, variants: Sequence[ChannelVariant], comes_to_the_same: SameWorth
) -> tuple[OfferFormat, ...]:
    """The formats in which packages are looked for: every way to run a channel between the sides, by depth and clauses.

    Args:
        case: The case.
        variants: The ways to run channels.
        comes_to_the_same: Whether two of them are worth the same to all at a depth: the first then stands for both.
    """
    formats: list[OfferFormat] = []
    for depth in (None, *case.depths):
        told: list[ChannelVariant] = []
        for variant in variants:
            if not any(one.channel == variant.channel and comes_to_the_same(one, variant, depth) for one in told):
                told.append(variant)
        formats += [OfferFormat(variant, depth, clauses) for variant in told for clauses in _clause_sets(case)]
    return tuple(formats)


def offerable_variants(deciders: DecisionMakers, comes_to_the_same: SameWorth) -> list[ChannelVariant]:
    """Every way to run a channel that deals with both sides as such, the one that is offered first.

    Args:
        deciders: Who decides.
        comes_to_the_same: Whether two ways to run a channel are worth the same to all: the first of them then stands
            for both.
    """
    channels = offerable_channels(deciders.case)
    variants: list[ChannelVariant] = []
    for channel in [deciders.offered_channel, *(one for one in channels if one != deciders.offered_channel)]:
        own: list[ChannelVariant] = []
        for variant in deciders.model.variants:
            is_told = channel != deciders.offered_channel or variant.form in deciders.forms
            if variant.channel == channel and is_told and not any(comes_to_the_same(one, variant, None) for one in own):
                own.append(variant)
        variants += own
    return variants


def _clause_sets(case: Case) -> Iterator[tuple[str, ...]]:
    names = [name for name, clause in case.clauses.items() if clause.changes_answer]
    many = len(names) > MOST_CLAUSES_COMBINED
    for size in (0, 1, len(names)) if many else range(len(names) + 1):
        for chosen in combinations(names, size):
            if sum(case.clauses[name].review_after is not None for name in chosen) <= 1:
                yield chosen
