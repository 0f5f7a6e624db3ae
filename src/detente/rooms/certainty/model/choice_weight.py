"""Whether choices or numbers account for more of the answer that is told, and which choices most."""

from __future__ import annotations

from math import hypot
from typing import Literal

from detente.rooms.acceptance.model.choices.model_choices import ModelChoice
from detente.rooms.certainty.model.certainty import CertaintyModel
from detente.rooms.certainty.model.number_importance import ERRORS_ABOVE

Weight = Literal["choices", "numbers", "both"]
"""What accounts for more of the answer."""
FEWEST_OF_EITHER = 100
"""Draws with either answer, of all combinations, from which it is said what weighs more."""


def weighs_more(model: CertaintyModel) -> Weight | None:
    """Whether choices alone account for more of the answer than numbers alone, in every form and beyond the errors.

    Both, where they account for most only together, or where either answer is too rare to say. None without choices
    that move the answer that is told.
    """
    if model.grid is None or model.result is None or not model.choice_shares:
        return None
    verdicts: set[Weight] = set()
    for form, shares in model.choice_shares.items():
        share = model.grid.strict[form, model.result.deciders.full_theory.id].value
        rarer = min(share, 1 - share) * model.grid.cell_count * model.grid.draw_count
        difference, error = shares.by_choices - shares.by_inputs, hypot(*shares.shares_error[:2])
        is_clear = abs(difference) > ERRORS_ABOVE * error and rarer >= FEWEST_OF_EITHER
        is_clear = is_clear and shares.by_both < max(shares.by_choices, shares.by_inputs)
        verdicts.add("both" if not is_clear else "choices" if difference > 0 else "numbers")
    return verdicts.pop() if len(verdicts) == 1 else "both"


def leading_choices(model: CertaintyModel) -> list[ModelChoice]:
    """The choices that matter most: one, or several whose total indices cannot be told apart in any form."""
    if model.grid is None:
        return []
    leading: set[int] = set()
    for shares in model.choice_shares.values():
        top = int(shares.total.argmax())
        leading |= {
            place
            for place, (total, error) in enumerate(zip(shares.total, shares.total_error, strict=True))
            if shares.total[top] - total <= ERRORS_ABOVE * hypot(shares.total_error[top], error)
        }
    return [choice for place, choice in enumerate(model.grid.choices) if place in leading]


def options_weigh_alike(model: CertaintyModel) -> bool:
    """Whether all options of each choice count as much as each other."""
    choices = model.grid.choices if model.grid else ()
    return all(len({option.weight for option in choice.options}) == 1 for choice in choices)
