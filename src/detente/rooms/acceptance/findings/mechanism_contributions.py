"""The finding on reasons: what each adds for who answers, and what it decides by itself."""

from __future__ import annotations

from dataclasses import dataclass

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, once_or_each, share_with_error
from detente.rooms.acceptance.model.results import LINK_SAVINGS
from detente.text.english import join_words, lower_first, upper_first
from detente.text.number_format import format_number, per_hundred

DECISIVE_SHARE = 0.05
"""The share of draws from which a reason is said to decide something."""


@dataclass(frozen=True)
class MechanismContribution:
    """A mechanism, an outside option, or what is saved on links, form by form."""

    title: str
    accepted_without: tuple[float, ...]
    """How often the offer would be accepted if it did not count."""
    refusals_decided: tuple[float, ...]
    """How often the offer is refused for it alone: accepted without it."""
    acceptances_decided: tuple[float, ...]
    """How often it is accepted for it alone."""
    added_utility: tuple[float, ...]
    """What it adds on average for the voice on whom the answer turns."""

    @property
    def largest_share(self) -> float:
        """How often it decides either way, in the form in which it decides most."""
        return max(*self.refusals_decided, *self.acceptances_decided)


def contributions_by_size(labels: AcceptanceLabels) -> list[MechanismContribution]:
    """All that counts besides own gains, and the saving on links among these; what decides most first."""
    result, deciders = labels.result, labels.deciders
    contributions = []
    for mechanism in (*deciders.full_theory.uses, LINK_SAVINGS):
        figures_by_form = [result.leave_one_out[variant, mechanism] for variant in deciders.offered_variants]
        title = deciders.mechanism_title(mechanism) if mechanism else "What is saved on links, among its gains"
        columns = (tuple(float(form_figures[column]) for form_figures in figures_by_form) for column in range(4))
        contributions.append(MechanismContribution(title, *columns))
    return sorted(contributions, key=lambda form_figures: -form_figures.largest_share)


def leading_contribution(labels: AcceptanceLabels) -> MechanismContribution | None:
    """The single reason that decides most, if it decides enough to be told."""
    largest = contributions_by_size(labels)[0]
    return largest if largest.largest_share >= DECISIVE_SHARE else None


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
        deciding_phrases = []
        for contribution in contributions_by_size(labels):
            if contribution.largest_share >= DECISIVE_SHARE:
                shares = (
                    contribution.refusals_decided
                    if max(contribution.refusals_decided) >= max(contribution.acceptances_decided)
                    else contribution.acceptances_decided
                )
                verb = "refused" if shares == contribution.refusals_decided else "accepted"
                deciding_phrases.append(
                    f"{contribution.title} ({verb} for it alone in "
                    f"{once_or_each([per_hundred(decided_share) for decided_share in shares])})"
                )
        alone_sentence = (
            f"What decides by itself: {'; '.join(deciding_phrases)}."
            if deciding_phrases
            else "No single reason decides by itself."
        )
        joint_shares = [float(result.joint_refusal_share[variant]) for variant in deciders.offered_variants]
        sentences.append(f"{upper_first(by_theory(deciders.full_theory))}: {lower_first(alone_sentence)}")
        if max(joint_shares) > 0:
            shares_phrase = once_or_each([per_hundred(joint_share) for joint_share in joint_shares])
            sentences.append(
                f"In {shares_phrase} it is refused for several reasons at once, none of which is needed for that."
            )
    return " ".join(sentences)


def mechanism_contributions_finding(labels: AcceptanceLabels) -> Finding:
    """What each reason adds for those who answer, and what it decides by itself."""
    import polars as pl

    result, deciders = labels.result, labels.deciders
    rows = [
        {
            "reason": contribution.title,
            "run": labels.variant_cell(variant),
            "adds": format_number(contribution.added_utility[form_index]),
            "accepts": share_with_error(contribution.accepted_without[form_index], result.draw_count),
            "refuses_for_it": share_with_error(contribution.refusals_decided[form_index], result.draw_count),
            "accepts_for_it": share_with_error(contribution.acceptances_decided[form_index], result.draw_count),
        }
        for contribution in contributions_by_size(labels)
        for form_index, variant in enumerate(deciders.offered_variants)
    ]
    return Finding(
        id="reasons",
        title="Reason by reason",
        says=contributions_sentence(labels),
        see=f"What {labels.answering_side} makes of each reason, and how often it would accept if that one did "
        "not count.",
        table=pl.DataFrame(rows),
        headers={
            "run": "the channel is run",
            "adds": "adds on average, for whom the answer turns on",
            "accepts": "accepted without it, of 100",
            "refuses_for_it": "refused for it alone",
            "accepts_for_it": "accepted for it alone",
        },
        method=(
            "Each reason is left out by itself, among all that count. What is saved on links is part of the gains; it "
            "is told apart because links cost what the case assumes, and keeping up one channel costs less than "
            "several."
        ),
        rests_on=deciders.full_theory.uses,
    )
