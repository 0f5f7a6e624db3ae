"""How unlike two are by the traits of a case, and what that costs a channel between them.

A channel that joins two gets done what its `efficiency` says, less a part: the cost of unlikeness
(`network.unlikeness`) times how unlike the two are. That unlike regimes, purposes and integration hinder organisations
in cooperating is argued by the literature on relations between them (Biermann 2008; from memory); that they do so in
proportion is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from detente.case.index.by_year import democracy_score
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

UNLIKENESS_PATH = "network.unlikeness"
"""Where the cost of being unlike stands in a case."""


@dataclass(frozen=True)
class TraitFigures:
    """Where two stand on a trait of which both have a figure."""

    trait: str
    weight: float
    """Of the trait among those of which something is told of both, all together 1."""
    first: Estimate
    second: Estimate
    paths: tuple[str, str]
    """Where the figures stand in the case, for those that are drawn; empty for regimes."""

    @property
    def mean_difference(self) -> float:
        """Between the expected figures."""
        return abs(self.first.mean - self.second.mean)

    @property
    def difference_bounds(self) -> tuple[float, float]:
        """The least and the greatest difference that the figures allow."""
        (low, high), (other_low, other_high) = self.first.bounds, self.second.bounds
        return max(0.0, low - other_high, other_low - high), max(high - other_low, other_high - low)


def trait_figures(case: Case, year: int, first: str, second: str) -> list[TraitFigures]:
    """The traits of which something is told of both, in a year; their weights add up to 1."""
    told = []
    for name in case.traits:
        first_figure, second_figure = (_trait_figure(case, name, year, party) for party in (first, second))
        if first_figure and second_figure:
            told.append((name, first_figure, second_figure))
    total_weight = sum(case.traits[name].weight for name, _, _ in told)
    return [
        TraitFigures(name, case.traits[name].weight / total_weight, one[0], other[0], (one[1], other[1]))
        for name, one, other in told
    ]


def _trait_figure(case: Case, name: str, year: int, party: str) -> tuple[Estimate, str] | None:
    """Where a party stands on a trait, and under which path that is drawn; None where nothing is told."""
    trait = case.traits[name]
    if trait.by_regime is None:
        return (trait.held[party], f"traits.{name}.held.{party}") if party in trait.held else None
    score = democracy_score(case, trait.by_regime, year, party)
    return (Estimate(value=score), "") if score is not None else None


def joined_pairs(case: Case, channel: str) -> list[tuple[str, str]]:
    """The pairs of parties that a channel joins as such."""
    return list(combinations(case.channels[channel].joins, 2))


def mean_unlikeness(case: Case, year: int, first: str, second: str) -> float:
    """How unlike two are by the expected figures, from 0 to 1."""
    return sum(figures.weight * figures.mean_difference for figures in trait_figures(case, year, first, second))


def alike_values(case: Case, year: int, channel: str, trait: str) -> dict[str, Any]:
    """What a case would have, by path, if those whom a channel joins were alike on a trait: all as the first of them.

    Others of whom something is told keep their figures, so that what was learnt with them stays as it is.
    """
    joined = case.channels[channel].joins
    if not any(one.trait == trait for pair in joined_pairs(case, channel) for one in trait_figures(case, year, *pair)):
        return {}
    tried_with = [party for one in case.experiences.values() for party in one.between]
    held: dict[str, float] = {}
    for party in dict.fromkeys([*joined, *tried_with, *case.traits[trait].held]):
        figure = _trait_figure(case, trait, year, joined[0] if party in joined else party)
        if figure:
            held[party] = figure[0].mean
    declared = case.traits[trait]
    return {f"traits.{trait}": {"title": declared.title, "held": held, "weight": declared.weight}} if held else {}


def unlikeness_bounds(case: Case, year: int, channel: str) -> tuple[float, float]:
    """The least and the greatest unlikeness of those whom a channel joins; of several pairs, of the least alike."""
    pair_bounds = [
        [
            sum(figures.weight * figures.difference_bounds[end] for figures in trait_figures(case, year, *pair))
            for end in (0, 1)
        ]
        for pair in joined_pairs(case, channel)
    ]
    return max((low for low, _ in pair_bounds), default=0.0), max((high for _, high in pair_bounds), default=0.0)
