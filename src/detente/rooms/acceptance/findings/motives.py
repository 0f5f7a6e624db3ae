"""The finding on motives: by what each works in the model, and whether what one side wins by it the other loses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.coding import Coding
from detente.case.schema.response import MotivePathways
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.utility import VoterUtilities
from detente.rooms.gains.model.batch import GainsBatch
from detente.rooms.gains.model.draws import NetworkDraws
from detente.text.english import cardinal, count_noun, join_words, lower_first
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HALF = 0.5
CLEAR_DIFFERENCE = 0.1
"""How far the index has to be from a half to be read."""
NEGLIGIBLE_AMOUNT = 1e-6
OPPOSED, COMMON, NEITHER = "one loses what the other wins", "both win", "neither"


def zero_sum_index(first_amount: float, second_amount: float) -> float | None:
    """How far what one wins the other loses: 1 - |a + b| / (|a| + |b|), from 0 to 1; None where nothing is at stake.

    1 where all that one wins the other loses, 0 where both win or both lose, or only one is touched. The index is ours.
    """
    total_size = abs(first_amount) + abs(second_amount)
    return None if total_size < NEGLIGIBLE_AMOUNT else 1 - abs(first_amount + second_amount) / total_size


def motives_finding(labels: AcceptanceLabels) -> Finding | None:
    """Every motive worked out by itself, beside how it is coded; None where no motive says by what it works."""
    import polars as pl

    deciders = labels.deciders
    case = deciders.case
    pathways_by_motive = {name: motive.works_by for name, motive in case.motives.items() if motive.works_by}
    if not pathways_by_motive:
        return None
    draws = NetworkDraws.of_batch(case, deciders.actor_network, 0)
    utilities = VoterUtilities(deciders, deciders.model.evaluate_batch(draws), draws)
    rows: list[dict[str, object]] = []
    differing_motives: list[str] = []
    compared_count = 0
    for name, pathways in pathways_by_motive.items():
        coding_labels, expected_reading = _coding_labels(deciders, name), _expected_reading(deciders, name)
        readings = []
        for variant in deciders.offered_variants:
            amounts = [
                _average_by_side(utilities, variant, pathways, part) for part in _pathway_parts(pathways, variant)
            ]
            offering_amount, answering_amount = (sum(amount[side] for amount in amounts) for side in (0, 1))
            index = zero_sum_index(offering_amount, answering_amount)
            readings.append(_reading_of_amounts(offering_amount, answering_amount, index))
            rows.append(
                {
                    "motive": case.motives[name].title,
                    "entry": name,
                    "works_by": _pathway_phrase(deciders, pathways),
                    "run": labels.variant_cell(variant),
                    "offers": format_number(offering_amount),
                    "answers": format_number(answering_amount),
                    "index": "" if index is None else format_number(index),
                    "reads": readings[-1],
                    "coded": ", ".join(coding_labels),
                }
            )
        if expected_reading and set(readings) & {OPPOSED, COMMON}:
            compared_count += 1
            if expected_reading not in readings:
                differing_motives.append(f"{name} ({join_words(dict.fromkeys(readings), 'or')})")
    says = f"Of {count_noun(compared_count, 'motive')} that the model reads one way or the other, "
    if differing_motives:
        says += f"it reads {cardinal(len(differing_motives))} otherwise than they are coded first of all: {'; '.join(differing_motives)}."
    else:
        says += "it reads all as they are coded first of all, in one form of the channel at least."
    if not compared_count:
        says = "The model reads no coded motive one way or the other."
    return Finding(
        id="motives",
        title="By motive: who wins what, and who loses it",
        says=f"{says} Which part of the model a motive works by, and with what sign, is our coding and no discovery.",
        see="What each side wins by a motive alone, on average, and the zero-sum index: 1 where one loses all that the "
        "other wins, 0 where neither does. Last, the documents' own coding, the first reading first.",
        table=pl.DataFrame(rows),
        headers={
            "works_by": "works by",
            "run": "the channel is run",
            "offers": f"{labels.offering_side} wins",
            "answers": f"{labels.answering_side} wins",
            "index": "zero-sum index",
            "reads": "reads as",
            "coded": "coded as",
        },
        links=("entry",),
        method=(
            "One mechanism at a time is switched on, and what it brings either side is added up over its members and "
            "averaged over draws. Parts of the gains: rerouting is what changes if as much gets done as before, "
            "efficiency what comes of getting more done, one voice what is won by answering as one rather than through "
            "the leading member. Where a motive works by rerouting alone and nothing is lost on longer ways, the index "
            "is 1 for any numbers; decay makes it less. It is read as opposed from .6 on, and as common up to .4 if "
            "both win; else as neither. A theory that minds relative gains expects the first, one of own gains alone "
            "the second. The index is ours."
        ),
        rests_on=tuple(pathways_by_motive),
    )


def _reading_of_amounts(first_amount: float, second_amount: float, index: float | None) -> str:
    """What two amounts amount to."""
    if index is not None and index >= HALF + CLEAR_DIFFERENCE:
        return OPPOSED
    return (
        COMMON
        if index is not None
        and index <= HALF - CLEAR_DIFFERENCE
        and min(first_amount, second_amount) > NEGLIGIBLE_AMOUNT
        else NEITHER
    )


def _expected_reading(deciders: DecisionMakers, motive: str) -> str:
    """What is expected of a motive by the theory that it is coded to first of all, as far as a lens stands for it."""
    case = deciders.case
    theories = [coding.theory for coding in _table_codings(deciders, motive) if coding.level == "primary"]
    lenses = [lens for lens in case.lenses.values() if lens.theory in theories[:1]]
    if any(not lens.uses for lens in lenses):
        return COMMON
    mechanism_kinds = [case.mechanisms[name].kind for lens in lenses for name in lens.uses if name in case.mechanisms]
    return OPPOSED if "relative" in mechanism_kinds else ""


def _pathway_parts(pathways: MotivePathways, variant: ChannelVariant) -> Iterator[str]:
    yield from (part for part in pathways.gains if part != "one-voice" or variant.form == "collegiate")
    yield from pathways.mechanisms


def _pathway_phrase(deciders: DecisionMakers, pathways: MotivePathways) -> str:
    parts = [part.replace("-", " ") for part in pathways.gains]
    parts += [lower_first(deciders.case.mechanisms[name].title) for name in pathways.mechanisms]
    issues = join_words(lower_first(deciders.case.issues[name].title) for name in pathways.issues)
    return f"{join_words(parts)}{f', only on {issues}' if issues else ''}"


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
    mixture, observed_mixture = batch.mixtures[variant], batch.mixtures[base_variant]
    issue_indices = [deciders.model.issues.index(name) for name in pathways.issues] or list(
        range(len(deciders.model.issues))
    )
    observed_values = observed_mixture.actor_values(batch.graph_values, None)
    rerouting_gains = (
        mixture.actor_values(batch.graph_values, observed_values, observed_mixture.efficiency) - observed_values
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
            batch.mixtures[hub_variant].actor_values(batch.graph_values, observed_values, observed_mixture.efficiency)
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


def _coding_labels(deciders: DecisionMakers, motive: str) -> list[str]:
    """How a motive is coded by the coders of tables, the first reading first."""
    theories = deciders.case.theories
    codings = sorted(_table_codings(deciders, motive), key=lambda coding: coding.level != "primary")
    return [f"{theories[coding.theory].name}{'' if coding.level == 'primary' else ' besides'}" for coding in codings]


def _table_codings(deciders: DecisionMakers, motive: str) -> list[Coding]:
    """The codings of a motive by the coders of tables."""
    case = deciders.case
    coders = {table.coder for table in case.tables.values() if motive in table.motives}
    levels = ("primary", "secondary")
    return [
        coding for coding in case.codings if coding.unit == motive and coding.level in levels and coding.coder in coders
    ]
