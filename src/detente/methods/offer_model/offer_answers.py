"""What becomes of the offer in every draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import (
    acceptance_by_issue,
    bargain_inside,
    best_reply_parts,
    decide_answer,
    reply_worths,
)
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.methods.offer_model.decision_rows import ModelTheory
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.methods.offer_model.utility import OfferUtilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AnswerKey = tuple[ChannelForm, str]
"""How the channel that is offered is run, and the id of a theory."""


@dataclass(frozen=True)
class OfferAnswers:
    """What becomes of the offer in every draw. By form and theory, of shape (draws,).

    Nothing where nobody is asked.
    """

    strict: Mapping[AnswerKey, Floats]
    """1 where the channel is worth having to whoever can stop it, else 0."""
    generous: Mapping[AnswerKey, Floats]
    """1 where accepting is the best of all replies, a part of it where others are as good, else 0."""
    under_threat: Mapping[AnswerKey, Floats]
    """1 where it would be worth having under a grave threat that all feel."""
    by_issue: Mapping[AnswerKey, Floats] = field(default_factory=dict)
    """1 where it would be worth having for one issue alone, shape (issues, draws); empty where nobody asked."""
    offered: Mapping[AnswerKey, Floats] = field(default_factory=dict)
    """1 where the side that offers is for it after what is paid inside; empty where nobody asked."""


def told_theories(description: ModelDescription) -> tuple[ModelTheory, ...]:
    """Own gains alone, and the theory by which the answer is told; once where these are the same.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.offer_answers import told_theories
        >>> [theory.id for theory in told_theories(two_states())]
        ['gains', 'all']
    """
    decision = description.decision
    if decision is None:
        return ()
    return tuple(dict.fromkeys((decision.theories[0], decision.theories[decision.main_theory])))


def answer_in_draws(
    description: ModelDescription,
    draw_count: int,
    with_issues: bool = False,
    with_offering_side: bool = False,
    cache: BatchCache | None = None,
) -> OfferAnswers:
    """The answer to the offer in the first draws, by own gains and by all that counts.

    Args:
        description: The model.
        draw_count: How many draws.
        with_issues: Whether single issues are asked about, too.
        with_offering_side: Whether the side that offers is asked about, too.
        cache: Gains that other models have worked out.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.offer_answers import answer_in_draws
        >>> answers = answer_in_draws(two_states(), 2_560)
        >>> answers.strict["hub", "all"].mean().item()  # a half is gained, and freedom weighs from 0 to 1
        0.5
    """
    import numpy as np

    if description.decision is None:
        return OfferAnswers({}, {}, {})
    cache = cache or BatchCache()
    found: dict[str, dict[AnswerKey, list[Floats]]] = {}
    for indices in batch_ranges(description.network, draw_count):
        draws = sample_model(description, indices)
        utilities = OfferUtilities(cache.batch_of(draws), draws)
        for run in description.decision.offered_runs:
            variant = description.network.variants[run]
            for theory in told_theories(description):
                parts = _answers_in_batch(utilities, variant, theory)
                if with_issues:
                    parts["by_issue"] = acceptance_by_issue(utilities, variant, theory.uses).astype(float)
                if with_offering_side:
                    parts["offered"] = bargain_inside(utilities, variant, theory.uses).consents.astype(float)
                for name, values in parts.items():
                    found.setdefault(name, {}).setdefault((variant.form, theory.id), []).append(values)
    joined = {
        name: {key: np.concatenate(batches, axis=-1) for key, batches in by_key.items()}
        for name, by_key in found.items()
    }
    return OfferAnswers(**joined)


def _answers_in_batch(utilities: OfferUtilities, variant: ChannelVariant, theory: ModelTheory) -> dict[str, Floats]:
    """By the strict test, by the generous one, and under a threat."""
    decision = decide_answer(utilities, variant, theory.uses)
    return {
        "strict": (decision.answer_utility > TOLERANCE).astype(float),
        "generous": best_reply_parts(reply_worths(utilities.draws, decision))[0],
        "under_threat": (decision.grave_utility > TOLERANCE).astype(float),
    }
