"""What the product itself makes of a state of the page: the counts, gains and rankings to which the page must come."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import best_reply_parts, decide_answer, reply_worths
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.methods.offer_model.utility import OfferUtilities
from detente.report.live.moving_numbers import moving_numbers
from detente.rooms.certainty.model.input_draws import draws_of_offer
from detente.rooms.certainty.model.number_importance import AnswerImportance, rank_numbers


@dataclass(frozen=True)
class FormAnswer:
    """What one form of the channel comes to."""

    strict: dict[str, np.ndarray]
    """By theory, 1 where the strict test says yes; shape (draws,)."""
    best: dict[str, np.ndarray]
    """By theory, which reply is the best; shape (replies, draws)."""
    margins: np.ndarray
    """How far the answer that is told is from turning; shape (draws,)."""
    gains: np.ndarray
    """Shape (draws, actors)."""
    without: dict[str, np.ndarray]
    """By reason, 1 where the strict test says yes without it."""


def product_answers(description: ModelDescription, draws: int) -> list[FormAnswer]:
    """By form, as the readable code has it."""
    decision = description.decision
    assert decision is not None
    main = decision.theories[decision.main_theory]
    found: list[list[FormAnswer]] = [[] for _ in decision.offered_runs]
    for indices in batch_ranges(description.network, draws):
        drawn = sample_model(description, indices)
        utilities = OfferUtilities(evaluate_gains(drawn), drawn)
        side = DecidingSide(drawn, decision.sides[1])
        for form, run in enumerate(decision.offered_runs):
            variant = description.network.variants[run]
            base = utilities.batch.observed_variant(variant)
            decided = {one.id: decide_answer(utilities, variant, one.uses) for one in decision.theories}
            terms = utilities.utility_terms(variant, base)
            position = side.position(terms, main.uses)
            left_out = {name: side.added_position(terms, name) for name in main.uses}
            left_out[""] = side.shift_of_utility(utilities.link_savings(variant, base))
            found[form].append(
                FormAnswer(
                    {name: one.answer_utility > TOLERANCE for name, one in decided.items()},
                    {name: best_reply_parts(reply_worths(drawn, one)) for name, one in decided.items()},
                    decided[main.id].answer_utility,
                    utilities.batch.gains(variant),
                    {name: side.answer(position - term).utility > TOLERANCE for name, term in left_out.items()},
                )
            )
    return [_joined(batches) for batches in found]


def _joined(batches: list[FormAnswer]) -> FormAnswer:
    def of(name: str) -> dict[str, np.ndarray]:
        return {
            key: np.concatenate([getattr(one, name)[key] for one in batches], axis=-1)
            for key in getattr(batches[0], name)
        }

    return FormAnswer(
        of("strict"),
        of("best"),
        np.concatenate([one.margins for one in batches]),
        np.concatenate([one.gains for one in batches]),
        of("without"),
    )


def product_importance(description: ModelDescription, form: FormAnswer) -> AnswerImportance:
    """What the answer that is told hangs on, by the strict test."""
    assert description.decision is not None
    main = description.decision.theories[description.decision.main_theory].id
    inputs = draws_of_offer(description, len(form.margins))
    return rank_numbers(inputs, form.strict[main].astype(float), form.margins)


def random_setting(description: ModelDescription, random: Random, chance: float = 0.05) -> dict[str, float]:
    """Some of the numbers that move anything at values that they can have, some at an end."""
    setting = {}
    for index in sorted(moving_numbers(description)):
        number = description.numbers[index]
        low, high = number.distribution.limits
        if random.random() >= chance or not (math.isfinite(low) or math.isfinite(high)):
            continue
        first = low if math.isfinite(low) else number.distribution.mean - 1
        last = min(high, first + 2 * abs(number.distribution.mean) + 0.5)
        setting[number.path] = random.choice([first, last, *(random.uniform(first, last) for _ in range(8))])
    return setting


def differences(told: Mapping[str, Any], expected: list[FormAnswer], theories: list[str], main: str) -> list[str]:
    """Where the page comes to something else than the product: counts to the last one, gains to 1e-12."""
    faults = []
    for number, (form, product) in enumerate(zip(told["forms"], expected, strict=True)):
        for theory, one in zip(theories, form["theories"], strict=True):
            strict, generous = int(product.strict[theory].sum()), float(product.best[theory][0].sum())
            if one["strict"]["count"] != strict or abs(one["generous"]["count"] - generous) > 1e-6:
                found = one["strict"]["count"], one["generous"]["count"]
                faults.append(f"form {number}, {theory}: {found} instead of {(strict, generous)}")
        replies = [one["count"] for one in form["replies"]]
        if not np.allclose(replies, product.best[main].sum(axis=1), rtol=0, atol=1e-6):
            faults.append(f"form {number}: replies {replies}")
        if "gains" in told:
            means = np.array([one["mean"] for one in told["gains"][number]])
            if np.abs(means - product.gains.mean(axis=0)).max() > 1e-12:
                faults.append(f"form {number}: gains {means}")
    return faults
