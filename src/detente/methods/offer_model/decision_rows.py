"""Who has an opinion of a channel, by which reasons, and how each side decides and replies: rows of a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.offer_model.number_rows import NumberIndex

MechanismKind = Literal["relative", "recognition", "advantage", "autonomy", "fear", "norms", "shield"]


@dataclass(frozen=True)
class ModelVoice:
    """An actor, or some members of one that is an organisation, who see the same gain with the same eyes."""

    actor: int
    members: tuple[str, ...]
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class GainsComparison:
    """That a voice compares its gain with that of others."""

    others: tuple[int, ...]
    """The actors, taken as one."""
    factor: float
    """How far that counts: the distance of regimes, or 1."""


@dataclass(frozen=True)
class MechanismRow:
    """How much a reason counts for one voice."""

    voice: int
    strength: NumberIndex
    comparisons: tuple[GainsComparison, ...] = ()
    """Of a concern for relative gains: with whom."""
    factor: float = 1.0
    """Of norms and shields: how far regimes are apart in the way that counts."""
    feared: tuple[int, ...] = ()
    """Of fear: the actors whose power is feared."""


@dataclass(frozen=True)
class ModelMechanism:
    """What actors care for beside their gains (a mechanism of the case)."""

    id: str
    kind: MechanismKind
    rows: tuple[MechanismRow, ...]
    losers: tuple[int, ...] | None
    """The actors that lose what others win by it; None where nobody does."""
    less_by_exclusivity: NumberIndex | None
    """Which part of it goes where the channel is not exclusive at all."""
    less_by_depth: NumberIndex | None
    """Which part goes where it is not deep at all."""


@dataclass(frozen=True)
class OutsideOption:
    """What some would forgo elsewhere."""

    id: str
    forgone: NumberIndex
    voices: tuple[int, ...]
    """Who would."""
    partner_capabilities: tuple[float, ...]
    """What each partner elsewhere can do; without partners, a part of what one has at stake across is forgone."""


@dataclass(frozen=True)
class ModelTheory:
    """Which reasons and outside options count."""

    id: str
    title: str
    uses: tuple[str, ...]


@dataclass(frozen=True)
class ModelSide:
    """A side, and how it decides."""

    id: str
    voices: tuple[int, ...]
    leader: int
    """Which of these voices may pay others for their yes: its place among them."""
    pays_for_consent: bool
    body: DecidingBody
    """By which rule."""


@dataclass(frozen=True)
class ReplyRow:
    """A reply other than to accept."""

    id: str
    once: NumberIndex
    each: NumberIndex
    brings: NumberIndex
    kept: NumberIndex
    informs: NumberIndex


@dataclass(frozen=True)
class ReplySettings:
    """What comes of an offer that is not accepted now, and what replies cost."""

    discount: NumberIndex
    hazard: NumberIndex
    insight: NumberIndex
    noise: NumberIndex
    transfers: NumberIndex
    asking: NumberIndex
    shown: NumberIndex
    replies: tuple[ReplyRow, ...]
    largest_discount: float
    """Beyond it what comes later would never end to count."""


@dataclass(frozen=True)
class ModelDecision:
    """How the offer is judged, decided on and answered."""

    offered_runs: tuple[int, ...]
    """The forms of the channel that is offered."""
    voices: tuple[ModelVoice, ...]
    mechanisms: tuple[ModelMechanism, ...]
    outside: tuple[OutsideOption, ...]
    theories: tuple[ModelTheory, ...]
    main_theory: int
    """By which the answer is told."""
    sides: tuple[ModelSide, ModelSide]
    """Who offers, and who answers."""
    fixed_terms_in_full: bool
    """Whether on a part of the agenda what does not hang on gains counts in full."""
    replies: ReplySettings
