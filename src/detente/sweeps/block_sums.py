"""One block of simulations of a model of an offer: what its answers add up to.

A block is 2,048 draws, always the same ones for its number. So what is added up in a block hangs on the model and on
that number alone, and not on who works it out, nor on what else is worked out beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import Decision, best_reply_parts, reply_worths
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import ModelDraws, Sampler, sample_model
from detente.methods.sensitivity.group_errors import GROUP_SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BLOCK_SIZE = 2_048
"""Draws in a block: whole groups of those by which errors are told."""
KEPT_DRAWS = Sampler(lru_cache(maxsize=2_048)(COMPILED.draw), COMPILED.quantile)
"""Draws of a number in a block, kept: settings that leave the number as it is have the very same."""
MEASURES = ("strict", "generous", "utility")
"""What is added up of each answer: whether it is a yes by either test, and the utility at which it turns."""
SUMS = ("sum", "squares", "group_sum", "group_squares")
"""Of each measure: over draws, over their squares, and the same over means of whole groups of draws."""


@dataclass(frozen=True)
class SweepAnswer:
    """An answer of which sums are kept: how the channel is run, and by which theory it is told."""

    channel: str
    form: ChannelForm
    theory: str
    is_main: bool
    """Whether the answer is told by this theory."""
    year: int


def answers_of(description: ModelDescription) -> tuple[SweepAnswer, ...]:
    """The answers of a model, in the order in which they are worked out."""
    decision = description.decision
    if decision is None:
        return ()
    variants = [description.network.variants[run] for run in decision.offered_runs]
    return tuple(
        SweepAnswer(variant.channel, variant.form, theory.id, place == decision.main_theory, description.network.year)
        for variant in variants
        for place, theory in enumerate(decision.theories)
    )


def sum_block(model: CompiledModel, description: ModelDescription, block: int, simulations: int) -> Floats:
    """What the answers of a model add up to in a block.

    Args:
        model: The model, with whatever numbers.
        description: The same with the numbers that are asked about; somebody is asked in it.
        block: Which block, from 0.
        simulations: How many draws there are in all: the last block may have fewer.

    Returns:
        Shape (answers, measures, sums).
    """
    import numpy as np

    start = block * BLOCK_SIZE
    draws = sample_model(description, range(start, min(start + BLOCK_SIZE, simulations)), sampler=KEPT_DRAWS)
    by_answer = (found.reshape(-1, draws.draw_count) for found in model.answer_utilities(draws, with_grave=True))
    return np.array([_sums_of_answer(draws, *utilities) for utilities in zip(*by_answer, strict=True)])


def _sums_of_answer(draws: ModelDraws, utility: Floats, grave_utility: Floats) -> list[list[float]]:
    """Of each measure its sums."""
    import numpy as np

    nobody = np.zeros(len(utility), dtype=np.int64)
    worths = reply_worths(draws, Decision(utility, nobody, nobody.astype(bool), grave_utility))
    measures = (utility > TOLERANCE).astype(float), best_reply_parts(worths)[0], utility
    return [_sums(values) for values in measures]


def _sums(values: Floats) -> list[float]:
    whole_groups = values[: len(values) // GROUP_SIZE * GROUP_SIZE].reshape(-1, GROUP_SIZE).mean(axis=1)
    return [values.sum(), (values**2).sum(), whole_groups.sum(), (whole_groups**2).sum()]
