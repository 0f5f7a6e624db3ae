"""The finding on who accepts by each theory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import range_phrase
from detente.rooms.acceptance.findings.columns import (
    OF_ALL_AT_STAKE,
    RUN_COLUMN,
    THEORY_COLUMN,
    estimate_cells,
    share_cells,
    share_column,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, title_of_theory
from detente.rooms.acceptance.model.decision.built_in import can_only_refuse
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.text.english import join_words, upper_first


def acceptance_by_theory_finding(years: Sequence[AcceptanceLabels]) -> Finding:
    """How often the other side accepts, by each theory, and where a theory decides that."""
    labels = years[-1]
    deciders = labels.deciders
    return Finding(
        id="theories",
        title="Who accepts, by each theory",
        says=" ".join(filter(None, (*_theory_sentences(labels), _built_in_sentence(labels)))),
        see=f"How often {labels.answering_side} accepts by each theory, and where a theory decides that, by year.",
        table=make_table(
            _theory_columns(labels.answering_side),
            [row for of_year in sorted(years, key=lambda one: one.year) for row in _theory_rows(of_year)],
        ),
        method=(
            "A theory is said to decide a draw where the answer by it is another than by own gains alone; where they "
            "agree it explains nothing that own gains do not. Standard errors are those of the number of draws alone; "
            "how far the assumptions themselves carry the answer is another finding."
        ),
        rests_on=(deciders.offered_channel, *deciders.case.lenses, *deciders.case.mechanisms),
    )


def _theory_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """How often it accepts by each theory, by both tests and over all ways to run the channel."""
    for theory in labels.deciders.theories:
        shares = [share for variant in labels.deciders.offered_variants for share in _both(labels, theory, variant)]
        yield f"{upper_first(by_theory(theory))}, {labels.answering_side} accepts {range_phrase(shares)}."


def _both(labels: AcceptanceLabels, theory: AppliedTheory, variant: ChannelVariant) -> tuple[float, float]:
    return labels.result.acceptance_share(variant, theory), labels.result.generous_share(variant, theory)


def _built_in_sentence(labels: AcceptanceLabels) -> str:
    """By which theories it cannot accept what it would refuse by own gains, whatever the numbers."""
    theories = [theory for theory in labels.deciders.theories if can_only_refuse(labels.deciders, theory)]
    if not theories:
        return ""
    return (
        f"Built in: {join_words(map(by_theory, theories))}, {labels.answering_side} can only refuse more often than "
        "on its gains only, by the strict test, since all that counts besides is a cost to it."
    )


def _theory_columns(answering_side: str) -> tuple[Column, ...]:
    return (
        Column("year", format="year"),
        THEORY_COLUMN,
        RUN_COLUMN,
        share_column("strict", f"{answering_side} accepts by the strict test, of 100"),
        share_column("generous", "by the generous test"),
        share_column("refuses_only_by_it", "refuses with it, accepts without"),
        share_column("accepts_only_by_it", "accepts with it, refuses without"),
        Column("can_only_refuse", "can only refuse more often (built in)", "yes_no"),
        Column("utility", "median utility", "number", OF_ALL_AT_STAKE),
    )


def _theory_rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """How often the other side accepts in a year, by theory and form."""
    result = labels.result
    for theory in labels.deciders.theories:
        for variant in labels.deciders.offered_variants:
            refusing_share, accepting_share = result.decisive_shares(variant, theory)
            yield {
                "year": labels.year,
                "theory": title_of_theory(theory),
                "run": labels.variant_cell(variant),
                **estimate_cells("strict", result.strict_estimate(variant, theory)),
                **estimate_cells("generous", result.generous_estimate(variant, theory)),
                **share_cells("refuses_only_by_it", refusing_share, result.draw_count),
                **share_cells("accepts_only_by_it", accepting_share, result.draw_count),
                "can_only_refuse": can_only_refuse(labels.deciders, theory) if theory.uses else None,
                "utility": result.median_utility(variant, theory),
            }
