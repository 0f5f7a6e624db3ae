"""The finding on reasons: what each adds for who answers, and what it decides by itself."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import OF_ALL_AT_STAKE, RUN_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, once_or_each
from detente.rooms.acceptance.model.decision.mechanism_contributions import (
    DECISIVE_SHARE,
    MechanismContribution,
    contributions_by_size,
)
from detente.text.english import join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("reason"),
    RUN_COLUMN,
    Column("adds", "adds on average, for whom the answer turns on", "number", OF_ALL_AT_STAKE),
    share_column("accepts", "accepted without it, of 100"),
    share_column("refuses_for_it", "refused for it alone"),
    share_column("accepts_for_it", "accepted for it alone"),
)


def contributions_sentence(labels: AcceptanceLabels) -> str:
    """What own gains refuse, what single reasons decide, and where only several together do."""
    result, deciders = labels.result, labels.deciders
    declined_by_gains = once_or_each(
        [
            per_hundred(1 - result.acceptance_share(variant, deciders.absolute_gains))
            for variant in deciders.offered_variants
        ]
    )
    forms = join_words(form for variant in deciders.offered_variants if (form := labels.form_phrase(variant)))
    sentences = [f"Own gains alone refuse in {declined_by_gains} of 100 draws{f' ({forms})' if forms else ''}."]
    if deciders.absolute_gains != deciders.full_theory:
        deciding_phrases = [
            _deciding_phrase(labels, contribution)
            for contribution in contributions_by_size(result)
            if contribution.largest_share >= DECISIVE_SHARE
        ]
        alone_sentence = (
            f"What decides by itself: {'; '.join(deciding_phrases)}."
            if deciding_phrases
            else "No single reason decides by itself."
        )
        joint_shares = [result.joint_refusal_share[variant] for variant in deciders.offered_variants]
        sentences.append(f"{upper_first(by_theory(deciders.full_theory))}: {lower_first(alone_sentence)}")
        if max(joint_shares) > 0:
            shares_phrase = once_or_each([per_hundred(joint_share) for joint_share in joint_shares])
            sentences.append(
                f"In {shares_phrase} it is refused for several reasons at once, none of which is needed for that."
            )
    return " ".join(sentences)


def _deciding_phrase(labels: AcceptanceLabels, contribution: MechanismContribution) -> str:
    """A reason, and how often it decides by itself, the way in which it decides more often."""
    is_refusal = max(contribution.refusals_decided) >= max(contribution.acceptances_decided)
    shares = contribution.refusals_decided if is_refusal else contribution.acceptances_decided
    return (
        f"{labels.mechanism_title(contribution.mechanism)} ({'refused' if is_refusal else 'accepted'} for it alone in "
        f"{once_or_each([per_hundred(share) for share in shares])})"
    )


def _rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """Each reason in every form of the channel."""
    draw_count = labels.result.draw_count
    for contribution in contributions_by_size(labels.result):
        for form_index, variant in enumerate(labels.deciders.offered_variants):
            yield {
                "reason": labels.mechanism_title(contribution.mechanism),
                "run": labels.variant_cell(variant),
                "adds": contribution.added_utility[form_index],
                **share_cells("accepts", contribution.accepted_without[form_index], draw_count),
                **share_cells("refuses_for_it", contribution.refusals_decided[form_index], draw_count),
                **share_cells("accepts_for_it", contribution.acceptances_decided[form_index], draw_count),
            }


def mechanism_contributions_finding(labels: AcceptanceLabels) -> Finding:
    """What each reason adds for those who answer, and what it decides by itself."""
    return Finding(
        id="reasons",
        title="Reason by reason",
        says=contributions_sentence(labels),
        see=f"What {labels.answering_side} makes of each reason, and how often it would accept if that one did "
        "not count.",
        table=make_table(COLUMNS, _rows(labels)),
        method=(
            "Each reason is left out by itself, among all that count. What is saved on links is part of the gains; it "
            "is told apart because links cost what the case assumes, and keeping up one channel costs less than "
            "several."
        ),
        rests_on=labels.deciders.full_theory.uses,
    )
