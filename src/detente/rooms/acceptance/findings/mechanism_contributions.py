"""The finding on reasons: what each accounts for beside all others, and what it decides by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import COUNTED, at_head, range_phrase
from detente.rooms.acceptance.findings.columns import OF_ALL_AT_STAKE, RUN_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.decision.mechanism_contributions import (
    DECISIVE_SHARE,
    LeadingReasons,
    contributions_by_size,
    leading_where_most,
)
from detente.rooms.acceptance.model.decision.shapley_contributions import MOST_SUBSETS, ReasonContribution
from detente.text.english import cardinal, join_words, lower_first, upper_first, without_article
from detente.text.number_format import per_hundred

MOST_NAMED = 4
"""Reasons that cannot be told apart, of which more are not named."""
MOST_WORDS_IN_ANSWER = 6
"""A title of at most so many words stands as a short answer."""
SMALLEST_SHOWN = 0.01
"""The share of simulations below which a reason is left out of the picture."""
NO_PLAYER = "part of own gains"
"""What stands in the place of a contribution where there is none."""
COLUMNS = (
    Column("reason"),
    RUN_COLUMN,
    Column(
        "acceptance_contribution",
        "changes how often it accepts, of 100",
        "signed_percent",
        "share of draws",
        error=True,
        missing=NO_PLAYER,
    ),
    Column(
        "utility_contribution",
        "changes what the channel is worth to whoever decides",
        "number",
        OF_ALL_AT_STAKE,
        error=True,
        missing=NO_PLAYER,
    ),
    share_column("accepts", "accepted without it, of 100"),
    share_column("refuses_for_it", "refused for it alone"),
    share_column("accepts_for_it", "accepted for it alone"),
)
METHOD = (
    "What a reason changes is its Shapley value (Shapley 1953; for shares of an explained outcome Shorrocks 2013): in "
    "every draw the reasons are added to own gains one after the other, each is credited with what changes as it is "
    "added, and the mean over all orders is taken. So the credits add up to what all reasons together change, and "
    "reasons of which one is enough share the credit. Two reasons are told apart from two standard errors of their "
    "difference on, draw by draw. Besides, each reason is left out by itself, among all that count: where several are "
    "enough, that finds that none is needed. What is saved on links is part of the gains, which every theory has, and "
    "so no reason among these; it is told apart because links cost what the case assumes, and keeping up one channel "
    "costs less than several."
)


def mechanism_contributions_finding(labels: AcceptanceLabels) -> Finding:
    """What each reason accounts for beside all others, and what it decides by itself."""
    deciders = labels.deciders
    return Finding(
        id="reasons",
        title="Which reasons tip it",
        question="Which reasons tip it",
        short_answer=_short_answer(labels),
        place="annex" if _counts_nothing_else(labels) else "detail",
        says=" ".join(_sentences(labels)),
        picture=_picture(labels),
        see=f"What each reason changes in the answer of {labels.answering_side}, which adds up to what all change "
        "together. Last, how often it would accept if that one alone did not count.",
        table=make_table(COLUMNS, _rows(labels)),
        method=_method(labels),
        rests_on=deciders.full_theory.uses,
    )


def _counts_nothing_else(labels: AcceptanceLabels) -> bool:
    return labels.deciders.absolute_gains == labels.deciders.full_theory


def _short_answer(labels: AcceptanceLabels) -> str:
    """The reason that weighs most, or that there is none, or none that can be named."""
    if _counts_nothing_else(labels):
        return "nothing but its own gains"
    leading = leading_where_most(labels.result)
    if not leading.contributions:
        return "none decides much"
    if len(leading.contributions) > 1:
        return "the model cannot rank them"
    title = lower_first(labels.mechanism_title(next(iter(leading.contributions))))
    return title if len(title.split()) <= MOST_WORDS_IN_ANSWER else "one above all others"


def _sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """How often gains speak for the channel, how many of these the reasons stop, and which weigh most."""
    if _counts_nothing_else(labels):
        yield f"The case has {labels.answering_side} care for nothing but its own gains."
        return
    leading = leading_where_most(labels.result)
    variants = sorted(labels.deciders.offered_variants, key=lambda one: one != leading.variant)
    yield from _form_sentences(labels, variants[0])
    yield _leading_sentence(labels, leading)
    joint = labels.result.joint_refusal_share[variants[0]]
    if joint >= DECISIVE_SHARE:
        yield f"{upper_first(range_phrase([joint]))}, several reasons refuse it and no single one is needed."
    for variant in variants[1:]:
        yield " ".join(_form_sentences(labels, variant))


def _form_sentences(labels: AcceptanceLabels, variant: ChannelVariant) -> Iterator[str]:
    """How often the channel run so pays, and what other reasons make of that."""
    result, deciders = labels.result, labels.deciders
    paying = result.acceptance_share(variant, deciders.absolute_gains)
    refusing, accepting = result.decisive_shares(variant, deciders.full_theory)
    subject = "it" if variant.form == "hub" and labels.form_phrase(variant) else "the channel"
    yield at_head(labels, variant, f"{labels.answering_side} gains by {subject} {range_phrase([paying])}.")
    if refusing:
        yield f"Its other reasons stop {part_of_these(refusing, paying)}."
    if accepting >= DECISIVE_SHARE:
        yield f"They bring a yes {range_phrase([accepting])} without a gain of its own."


def part_of_these(refusing: float, paying: float) -> str:
    """`59 of these`, `all of these`; nearly all where a reader would see no difference."""
    if refusing == paying:
        return "all of these"
    return (
        "nearly all of these" if per_hundred(refusing) == per_hundred(paying) else f"{per_hundred(refusing)} of these"
    )


def _leading_sentence(labels: AcceptanceLabels, leading: LeadingReasons) -> str:
    """Which reasons weigh most: all that cannot be told apart, or none where they are many."""
    count = len(leading.contributions)
    if not count:
        return "No reason by itself accounts for much."
    if count > MOST_NAMED:
        return f"{cardinal(count).capitalize()} of the reasons weigh most, and the model cannot rank them."
    directions = {share < 0 for share in leading.contributions.values()}
    how = ", one way or the other" if len(directions) > 1 else " against it" if directions.pop() else " for it"
    names = upper_first(reason_names(labels, leading.contributions))
    if count == 1:
        return f"{names} weighs most{how}."
    return f"{names} weigh most{how}, and the model cannot rank {'the two' if count == 2 else 'them'}."


def reason_names(labels: AcceptanceLabels, reasons: Iterable[str]) -> str:
    """Reasons within a sentence, in their order."""
    return join_words(lower_first(labels.mechanism_title(reason)) for reason in reasons)


def _picture(labels: AcceptanceLabels) -> RangeRows | None:
    """A row for each reason that changes the answer, with two standard errors either way."""
    variants = labels.deciders.offered_variants
    rows = [
        RangeRow(
            labels.mechanism_title(one.mechanism),
            tuple(_bar(shared) for shared in one.shared),
            subject=f"reason:{one.mechanism}",
        )
        for one in contributions_by_size(labels.result)
        if any(shared and abs(shared.acceptance) >= SMALLEST_SHOWN for shared in one.shared)
    ]
    if not rows:
        return None
    return RangeRows(
        says="How much more or less often the offer is accepted for each reason, all others beside it. "
        "Those that change less than one in 100 simulations are left out.",
        measure=f"{without_article(labels.answering_side)} accepts more or less often, {COUNTED}",
        series=tuple(upper_first(labels.variant_cell(variant)) for variant in variants),
        rows=tuple(rows),
        axis="signed",
        heading="Reason",
    )


def _bar(shared: ReasonContribution | None) -> Bar | None:
    if shared is None:
        return None
    error = STANDARD_ERRORS_APART * shared.acceptance_error
    return Bar(shared.acceptance - error, shared.acceptance + error, shared.acceptance)


def _rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """Each reason in every form of the channel."""
    draw_count = labels.result.draw_count
    for contribution in contributions_by_size(labels.result):
        for form_index, variant in enumerate(labels.deciders.offered_variants):
            alone = contribution.alone[form_index]
            yield {
                "reason": labels.mechanism_title(contribution.mechanism),
                "run": labels.variant_cell(variant),
                **_shared_cells(contribution.shared[form_index]),
                **share_cells("accepts", alone.accepted_without, draw_count),
                **share_cells("refuses_for_it", alone.refusals_decided, draw_count),
                **share_cells("accepts_for_it", alone.acceptances_decided, draw_count),
            }


def _shared_cells(shared: ReasonContribution | None) -> dict[str, object]:
    """The Shapley contributions of a reason with their errors; nothing where there are none."""
    if shared is None:
        return {}
    return {
        "acceptance_contribution": shared.acceptance,
        "acceptance_contribution_error": shared.acceptance_error,
        "utility_contribution": shared.utility,
        "utility_contribution_error": shared.utility_error,
    }


def _method(labels: AcceptanceLabels) -> str:
    """How it was found, and how exactly."""
    if all(labels.result.contributions[variant].is_exact for variant in labels.deciders.offered_variants):
        return METHOD
    return (
        f"{METHOD} Of so many reasons not all orders are gone through: each draw has random ones of its own, each "
        f"beside its reverse, that look at about {MOST_SUBSETS} sets of reasons (Castro, Gomez and Tejada 2009); the "
        "standard errors hold what that adds."
    )
