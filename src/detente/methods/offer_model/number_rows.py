"""The uncertain numbers of a model, as data."""

from __future__ import annotations

from dataclasses import dataclass

from detente.methods.sampling.distributions import Distribution

NumberIndex = int
"""Which number of the model it is, from 0."""


@dataclass(frozen=True)
class ModelNumber:
    """A number of the model."""

    path: str
    """Where it stands in its case, which names its stream of draws."""
    distribution: Distribution
    is_sourced: bool = False
    """Whether a source stands behind it; else it is a guess."""


@dataclass(frozen=True)
class CorrelatedNumbers:
    """Numbers that go up and down together (`methods/sampling/correlated_draws.py`)."""

    id: str
    numbers: tuple[NumberIndex, ...]
    opposed: tuple[NumberIndex, ...]
    """Those that go down where these go up."""
    rank_correlation: float
    """Of two that go the same way, from 0 to 1."""
