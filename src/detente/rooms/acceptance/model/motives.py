"""Motives worked out by themselves: what each side wins by each, and whether what one wins the other loses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.case.schema.coding import Coding
from detente.case.schema.response import MotivePathways
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import GainsBatch
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.sampling.number_draws import DRAWS_PER_BATCH
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, voter_utilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MotiveReading = Literal["opposed", "common", "neither"]
"""What one wins the other loses; both win; neither of these."""
HALF = 0.5
CLEAR_DIFFERENCE = 0.1
"""How far the index has to be from a half to be read."""
NEGLIGIBLE_AMOUNT = 1e-6


@dataclass(frozen=True)
class MotiveAmounts:
    """What either side wins by a motive in one form of the channel, as shares of all at stake, on average."""

    variant: ChannelVariant
    offering_amount: float
    answering_amount: float
    index: float | None
    """The zero-sum index; None where nothing is at stake."""
    reading: MotiveReading


@dataclass(frozen=True)
class MotiveResult:
    """A motive worked out by itself, in every form of the channel, beside how it is coded."""

    motive: str
    pathways: MotivePathways
    amounts: tuple[MotiveAmounts, ...]
    codings: tuple[Coding, ...]
    """By the coders of tables, the first reading first."""
    expected_reading: MotiveReading | None
    """By the theory that it is coded to first of all; None where no theory expects anything."""

    @property
    def is_compared(self) -> bool:
        """Whether the model reads it one way or the other, and a theory expects something."""
        readings = {amount.reading for amount in self.amounts}
        return self.expected_reading is not None and bool(readings & {"opposed", "common"})

    @property
    def differs(self) -> bool:
        """Whether the model reads it otherwise than it is coded, in every form."""
        return self.is_compared and self.expected_reading not in {amount.reading for amount in self.amounts}


def work_out_motives(deciders: DecisionMakers) -> tuple[MotiveResult, ...]:
    """Every motive that says by what it works, over the first batch of draws."""
    case = deciders.case
    pathways_by_motive = {name: motive.works_by for name, motive in case.motives.items() if motive.works_by}
    if not pathways_by_motive:
        return ()
    first_draws = range(min(DRAWS_PER_BATCH, case.network.draws))
    utilities = voter_utilities(deciders, sample_model(deciders.description, first_draws))
    return tuple(
        MotiveResult(
            name,
            pathways,
            tuple(_motive_amounts(utilities, pathways, variant) for variant in deciders.offered_variants),
            tuple(sorted(_table_codings(deciders, name), key=lambda coding: coding.level != "primary")),
            _expected_reading(deciders, name),
        )
        for name, pathways in pathways_by_motive.items()
    )


def zero_sum_index(first_amount: float, second_amount: float) -> float | None:
    """How far what one wins the other loses: 1 - |a + b| / (|a| + |b|), from 0 to 1; None where nothing is at stake.

    1 where all that one wins the other loses, 0 where both win or both lose, or only one is touched. The index is ours.
    """
    total_size = abs(first_amount) + abs(second_amount)
    return None if total_size < NEGLIGIBLE_AMOUNT else 1 - abs(first_amount + second_amount) / total_size


def _motive_amounts(utilities: VoterUtilities, pathways: MotivePathways, variant: ChannelVariant) -> MotiveAmounts:
    amounts = [_average_by_side(utilities, variant, pathways, part) for part in _pathway_parts(pathways, variant)]
    offering_amount, answering_amount = (sum(amount[side] for amount in amounts) for side in (0, 1))
    index = zero_sum_index(offering_amount, answering_amount)
    reading = _reading_of_amounts(offering_amount, answering_amount, index)
    return MotiveAmounts(variant, offering_amount, answering_amount, index, reading)


def _reading_of_amounts(first_amount: float, second_amount: float, index: float | None) -> MotiveReading:
    """What two amounts amount to."""
    if index is not None and index >= HALF + CLEAR_DIFFERENCE:
        return "opposed"
    return (
        "common"
        if index is not None
        and index <= HALF - CLEAR_DIFFERENCE
        and min(first_amount, second_amount) > NEGLIGIBLE_AMOUNT
        else "neither"
    )


def _expected_reading(deciders: DecisionMakers, motive: str) -> MotiveReading | None:
    """What is expected of a motive by the theory that it is coded to first of all, as far as a lens stands for it."""
    case = deciders.case
    theories = [coding.theory for coding in _table_codings(deciders, motive) if coding.level == "primary"]
    lenses = [lens for lens in case.lenses.values() if lens.theory in theories[:1]]
    if any(not lens.uses for lens in lenses):
        return "common"
    mechanism_kinds = [case.mechanisms[name].kind for lens in lenses for name in lens.uses if name in case.mechanisms]
    return "opposed" if "relative" in mechanism_kinds else None


def _pathway_parts(pathways: MotivePathways, variant: ChannelVariant) -> Iterator[str]:
    yield from (part for part in pathways.gains if part != "one-voice" or variant.form == "collegiate")
    yield from pathways.mechanisms


def _average_by_side(
    utilities: VoterUtilities, variant: ChannelVariant, pathways: MotivePathways, part: str
) -> tuple[float, float]:
    """What a part of the model brings either side on average."""
    deciders, batch = utilities.deciders, utilities.batch
    if part in deciders.case.mechanisms:
        term = utilities.utility_terms(variant, deciders.observed_variant(variant)).mechanism_terms[part]
        if pathways.issues:
            issue_indices = [deciders.model.issues.index(name) for name in pathways.issues]
            term = (
                utilities.terms_by_issue(variant, deciders.observed_variant(variant))
                .mechanism_terms[part][issue_indices]
                .sum(axis=0)
            )
        voter_means = term.mean(axis=0)
        return _sums_by_side(
            deciders,
            {voter.actor: float(voter_means[index]) for index, voter in reversed(list(enumerate(deciders.voters)))},
        )
    actor_amounts = (_gains_of_part(batch, deciders, variant, pathways, part) * utilities.stakes_scale).mean(axis=0)
    return _sums_by_side(deciders, {index: float(actor_amounts[index]) for index in range(deciders.actor_network.n)})


def _gains_of_part(
    batch: GainsBatch, deciders: DecisionMakers, variant: ChannelVariant, pathways: MotivePathways, part: str
) -> Floats:
    """What one part of the gains brings every actor, shape (draws, actors)."""
    base_variant = deciders.observed_variant(variant)
    run, observed_run = batch.runs[variant], batch.runs[base_variant]
    issue_indices = [deciders.model.issues.index(name) for name in pathways.issues] or list(
        range(len(deciders.model.issues))
    )
    observed_values = observed_run.actor_values(batch.graph_values, None)
    rerouting_gains = (
        run.actor_values(batch.graph_values, observed_values, observed_run.own_efficiency) - observed_values
    )
    issue_gains = batch.values[variant] - batch.values[base_variant]
    if part == "rerouting":
        gains: Floats = rerouting_gains[issue_indices].sum(axis=0)
    elif part == "efficiency":
        gains = (issue_gains - rerouting_gains)[issue_indices].sum(axis=0)
    elif part == "link-costs":
        gains = batch.actor_link_costs[base_variant] - batch.actor_link_costs[variant]
    else:
        hub_variant = deciders.model.variant_of(deciders.offered_channel, "hub")
        hub_gains = (
            batch.runs[hub_variant].actor_values(batch.graph_values, observed_values, observed_run.own_efficiency)
            - observed_values
        )
        gains = (rerouting_gains - hub_gains)[issue_indices].sum(axis=0)
    return gains


def _sums_by_side(deciders: DecisionMakers, amounts: dict[int, float]) -> tuple[float, float]:
    """What either side has of amounts by actor: the side that offers first."""
    offering_sum, answering_sum = (
        sum(
            amounts[actor]
            for actor in {deciders.voters[voter_number].actor for voter_number in deciders.deciding_bodies[side][1]}
        )
        for side in deciders.sides
    )
    return offering_sum, answering_sum


def _table_codings(deciders: DecisionMakers, motive: str) -> list[Coding]:
    """The codings of a motive by the coders of tables."""
    case = deciders.case
    coders = {table.coder for table in case.tables.values() if motive in table.motives}
    levels = ("primary", "secondary")
    return [
        coding for coding in case.codings if coding.unit == motive and coding.level in levels and coding.coder in coders
    ]
