"""What a page needs to work an answer out anew: the model, and what its parts are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from detente.methods.offer_model.description import ModelDescription

AlternativeKind = Literal["world", "estimates", "choice"]
"""Something in the world, a set of other estimates, or another way to choose what is no number."""


@dataclass(frozen=True, slots=True)
class LiveAlternative:
    """Something of the case that could be otherwise as a whole."""

    id: str
    label: str
    kind: AlternativeKind
    values: Mapping[str, Any]
    """What would stand otherwise, by path."""
    scenario: str = ""
    """The scenario of the case that it is, if it is one."""
    choice: str = ""
    """Of a choice its title."""
    own_label: str = ""
    """Of a choice what the case has."""


@dataclass(frozen=True, slots=True)
class LiveOffer:
    """The model of an offer, and what its parts are called."""

    description: ModelDescription
    simulations: int
    number_names: Mapping[str, str]
    """By path, what a number is."""
    theory_names: Mapping[str, str]
    reason_names: Mapping[str, str]
    """Mechanisms and outside options by id; what is saved on ties has an empty one."""
    reply_names: Mapping[str, str]
    actor_names: Mapping[str, str]
    alternatives: tuple[LiveAlternative, ...]


@dataclass(frozen=True, slots=True)
class LiveNumber:
    """A number of a repeated game at its mean, and where it can lie."""

    path: str
    """Where it stands in the case."""
    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LiveGame:
    """A repeated game at our middle estimates, by the theory that the answer is told by, without errors."""

    id: str
    title: str
    numbers: tuple[LiveNumber, ...]
    payoffs: Mapping[str, tuple[int, int]]
    """By letter (T, R, P and S), which of the numbers it is for either side, before offence counts."""
    offence: int | None
    """Which of the numbers says how much offence counts; None where it counts as the payoffs say."""
    patience: int
    """Which of the numbers says how much the future counts."""
    concern: tuple[float, float]
    """How much either side minds what the other gets beyond it."""
