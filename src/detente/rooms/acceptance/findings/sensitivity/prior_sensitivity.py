"""The finding on how far the answer rests on the assumptions: other sets of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.charts.acceptance import acceptance_chart
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import (
    AcceptanceLabels,
    by_theory,
    per_form_phrase,
    share_range,
    title_of_theory,
)
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import ExclusivityAcceptance, PriorAcceptance
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import per_hundred

OWN_ASSUMPTIONS = "the case's own"


def _prior_rows(labels: AcceptanceLabels, prior_sets: Sequence[PriorAcceptance]) -> Iterator[dict[str, object]]:
    """How often the offer is accepted under each set, by form and theory."""
    for prior_set in prior_sets:
        for variant in labels.deciders.offered_variants:
            for theory in labels.told_theories:
                yield {
                    "assumptions": prior_set.title or OWN_ASSUMPTIONS,
                    "theory": title_of_theory(theory),
                    "run": labels.variant_cell(variant),
                    **share_cells("accepts", prior_set.accepted_shares[variant, theory.id], prior_set.draw_count),
                }


def prior_sensitivity_finding(labels: AcceptanceLabels, prior_sets: Sequence[PriorAcceptance]) -> Finding | None:
    """How often the offer is accepted under each set of assumptions; None where the case has but its own."""
    deciders = labels.deciders
    if len(prior_sets) < 2:
        return None
    bars = [
        (
            prior_set.title or OWN_ASSUMPTIONS,
            variant.form,
            labels.variant_cell(variant),
            prior_set.accepted_shares[variant, deciders.full_theory.id],
        )
        for prior_set in prior_sets
        for variant in deciders.offered_variants
    ]
    columns = (
        Column("assumptions"),
        THEORY_COLUMN,
        RUN_COLUMN,
        share_column("accepts", f"{labels.answering_side} accepts, of 100"),
    )
    return Finding(
        id="priors",
        title="How far the answer rests on the assumptions",
        says=_priors_sentence(labels, prior_sets),
        see=f"In how many of 100 draws {labels.answering_side} accepts under each set, "
        f"{by_theory(deciders.full_theory)}{labels.marks_legend()}.",
        table=make_table(columns, _prior_rows(labels, prior_sets)),
        chart=acceptance_chart(
            bars,
            f"{upper_first(by_theory(deciders.full_theory))}: draws of 100 in which {labels.answering_side} accepts",
        ),
        method=(
            "Each set puts other estimates in the place of some of the case's own and leaves the rest; numbers that no "
            "set touches are drawn alike in all, so the sets are compared on common draws."
        ),
        rests_on=tuple(deciders.case.priors),
        robustness=_robustness(overturning_priors(labels, prior_sets)),
    )


def _priors_sentence(labels: AcceptanceLabels, prior_sets: Sequence[PriorAcceptance]) -> str:
    """How often the offer is accepted under other sets, by all that counts and by own gains."""
    deciders = labels.deciders
    ranges_by_form = [
        (
            labels.form_phrase(variant),
            share_range([prior_set.accepted_shares[variant, deciders.full_theory.id] for prior_set in prior_sets[1:]]),
        )
        for variant in deciders.offered_variants
    ]
    gains_ranges = [
        (
            labels.form_phrase(variant),
            share_range(
                [prior_set.accepted_shares[variant, deciders.absolute_gains.id] for prior_set in prior_sets[1:]]
            ),
        )
        for variant in deciders.offered_variants
    ]
    is_same_theory = deciders.absolute_gains == deciders.full_theory
    says = f"Under {count_noun(len(prior_sets) - 1, 'other set')} of assumptions {labels.answering_side} accepts "
    says += f"in {per_form_phrase(ranges_by_form)} of 100 draws {by_theory(deciders.full_theory)}" + (
        "." if is_same_theory else f", and in {per_form_phrase(gains_ranges)} {by_theory(deciders.absolute_gains)}."
    )
    return says


def _robustness(overturning_titles: Sequence[str]) -> Robustness:
    """Fragile where another set of assumptions turns the answer of most draws."""
    if not overturning_titles:
        return Robustness("descriptive")
    return Robustness(
        "fragile", f"Most draws say otherwise under {join_words(f'“{title}”' for title in overturning_titles)}."
    )


HALF = 0.5
MOST_NAMED = 2
"""Sets of assumptions that are named on the first screen; more are counted."""


def _exclusivity_row(
    labels: AcceptanceLabels, at_level: ExclusivityAcceptance, variant: ChannelVariant
) -> dict[str, object]:
    """How often the offer is accepted in one form where the channel is so exclusive, by theory."""
    row: dict[str, object] = {"exclusivity": at_level.level, "run": labels.variant_cell(variant)}
    for theory in labels.told_theories:
        row |= share_cells(f"accepts_{theory.id}", at_level.accepted_shares[variant, theory.id], at_level.draw_count)
    return row


def exclusivity_finding(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> Finding | None:
    """How often the offer is accepted the more of the other links it displaces; None where it displaces nothing."""
    if not levels:
        return None
    deciders = labels.deciders
    columns = (
        Column("exclusivity", format="number", unit="probability"),
        RUN_COLUMN,
        *(share_column(f"accepts_{theory.id}", title_of_theory(theory)) for theory in labels.told_theories),
    )
    rows = [_exclusivity_row(labels, at_level, variant) for at_level in levels for variant in deciders.offered_variants]
    return Finding(
        id="exclusivity",
        title="What turns on how exclusive the channel is",
        says=_exclusivity_sentence(labels, levels),
        see=f"In how many of 100 draws {labels.answering_side} accepts, "
        "by the chance that the channel displaces other links.",
        table=make_table(columns, rows),
        method="The exclusivity is set, and all other numbers are drawn as they are.",
        rests_on=(deciders.offered_channel,),
    )


def _exclusivity_sentence(labels: AcceptanceLabels, levels: Sequence[ExclusivityAcceptance]) -> str:
    """How often the offer is accepted at both ends by own gains, and at most by all that counts."""
    deciders = labels.deciders
    gains, full_theory = deciders.absolute_gains, deciders.full_theory
    ranges_by_form = [
        (
            labels.form_phrase(variant),
            " to ".join(
                dict.fromkeys(
                    per_hundred(at_level.accepted_shares[variant, gains.id]) for at_level in (levels[-1], levels[0])
                )
            ),
        )
        for variant in deciders.offered_variants
    ]
    says = (
        f"From a channel that displaces all other links to one that displaces none, {labels.answering_side} accepts in "
        f"{per_form_phrase(ranges_by_form)} of 100 draws {by_theory(gains)}"
    )
    if gains == full_theory:
        return f"{says}."
    highest_share = max(
        at_level.accepted_shares[variant, full_theory.id]
        for variant in deciders.offered_variants
        for at_level in levels
    )
    return f"{says}, and in {per_hundred(highest_share)} at most {by_theory(full_theory)}."


def accepted_range_phrase(labels: AcceptanceLabels, prior_sets: Sequence[PriorAcceptance]) -> str:
    """For the first screen: in how many of 100 draws the offer is accepted under other sets, over all forms."""
    full_theory = labels.deciders.full_theory
    return share_range(
        [
            prior_set.accepted_shares[variant, full_theory.id]
            for prior_set in prior_sets[1:]
            for variant in labels.deciders.offered_variants
        ]
    )


def overturning_phrase(labels: AcceptanceLabels, prior_sets: Sequence[PriorAcceptance]) -> str:
    """For the first screen: under which sets most draws say otherwise; nothing, if under none."""
    titles = overturning_priors(labels, prior_sets)
    if not titles:
        return ""
    few = len(titles) <= MOST_NAMED
    phrase = join_words(f"“{title}”" for title in titles) if few else f"{cardinal(len(titles))} of them"
    return f"; most draws say otherwise under {phrase}"


def overturning_priors(labels: AcceptanceLabels, prior_sets: Sequence[PriorAcceptance]) -> list[str]:
    """The sets of assumptions under which most draws say otherwise than by the case's own, in some form."""
    keys = [(variant, labels.deciders.full_theory.id) for variant in labels.deciders.offered_variants]
    case_majority = {key: prior_sets[0].accepted_shares[key] > HALF for key in keys}
    return [
        prior_set.title
        for prior_set in prior_sets[1:]
        if any((prior_set.accepted_shares[key] > HALF) != case_majority[key] for key in keys)
    ]
