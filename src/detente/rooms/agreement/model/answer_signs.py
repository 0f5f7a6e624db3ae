"""What each sign of a case tells of the answer to the offer as it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.inference.sign_effects import SignEffect, noise_line, sign_effect
from detente.rooms.acceptance.model.results import AcceptanceResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AnswerSign:
    """A sign, and how often the offer is accepted in each form if it is seen: by the strict test, and the generous."""

    signpost: str
    effects: tuple[tuple[SignEffect, SignEffect], ...]
    is_telling: bool
    """Whether any of it exceeds what a number that cannot matter shows."""
    draws: int

    @property
    def largest(self) -> float:
        """The largest effect."""
        return max(one.effect for pair in self.effects for one in pair)


def answer_signs(case: Case, values: Mapping[str, Floats], result: AcceptanceResult) -> tuple[AnswerSign, ...]:
    """The signs of a case by what they tell of the answer, the most telling first.

    Args:
        case: The case, in the year that is answered for.
        values: By path, the draws of every number that varies, shape (draws,).
        result: Who accepts.
    """
    deciders = result.deciders
    theory = deciders.full_theory
    answers = [
        (result.accepting_draws(variant, theory).astype(float), result.accepting_parts[variant, theory.id])
        for variant in deciders.offered_variants
        if (variant, theory.id) in result.accepting_parts
    ]
    if not answers:
        return ()
    lines = [tuple(map(noise_line, pair)) for pair in answers]
    draws = len(answers[0][0])
    numbers = ParameterDraws(case, indices=range(draws))
    found = []
    for id, sign in case.signposts.items():
        if sign.of not in values:
            continue
        chances = (
            numbers.sample(sign.hit, f"signposts.{id}.hit"),
            numbers.sample(sign.false_alarm, f"signposts.{id}.false_alarm"),
        )
        own = values[sign.of][:draws]
        effects = tuple(
            (sign_effect(own, sign.towards, chances, strict), sign_effect(own, sign.towards, chances, generous))
            for strict, generous in answers
        )
        tells = any(
            one.effect > line
            for pair, of_pair in zip(effects, lines, strict=True)
            for one, line in zip(pair, of_pair, strict=True)
        )
        found.append(AnswerSign(id, effects, tells, draws))
    return tuple(sorted(found, key=lambda one: -one.largest))
