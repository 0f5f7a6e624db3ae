"""The finding on reasons: what each accounts for beside all others, and what it decides by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import OF_ALL_AT_STAKE, RUN_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels, once_or_each, title_of_theory
from detente.rooms.acceptance.model.decision.mechanism_contributions import (
    DECISIVE_SHARE,
    LeadingReasons,
    contributions_by_size,
    leading_reasons,
)
from detente.rooms.acceptance.model.decision.shapley_contributions import MOST_SUBSETS, ReasonContribution
from detente.text.english import cardinal, join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

MOST_NAMED = 4
"""Reasons that cannot be told apart, of which more are not named."""
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


def contributions_sentence(labels: AcceptanceLabels) -> str:
    """What own gains refuse, what the reasons change together and which account for it, and that several are enough."""
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
        first_subject = f"the reasons of “{title_of_theory(deciders.full_theory)}”"
        sentences += [
            _form_sentences(labels, leading_reasons(result, variant), "they" if position else first_subject)
            for position, variant in enumerate(deciders.offered_variants)
        ]
        joint_shares = [result.joint_refusal_share[variant] for variant in deciders.offered_variants]
        if max(joint_shares) > 0:
            shares_phrase = once_or_each([per_hundred(joint_share) for joint_share in joint_shares])
            sentences.append(
                f"In {shares_phrase} of 100 draws several reasons are enough to refuse, and none of them is needed."
            )
    return " ".join(sentences)


def _form_sentences(labels: AcceptanceLabels, leading: LeadingReasons, reasons: str) -> str:
    """By how much the reasons change the answer in one form of the channel, and which account for that."""
    form, change = labels.form_phrase(leading.variant), leading.acceptance_change
    changed = f"add {_count_answers(change)} in 100 draws" if change else "add neither refusals nor acceptances"
    sentence = upper_first(f"{form}, {reasons} {changed}" if form else f"{reasons} {changed}")
    if not leading.contributions:
        return f"{sentence}, and none accounts for much."
    if len(leading.contributions) > MOST_NAMED:
        return f"{sentence}; so many draws do not tell {cardinal(len(leading.contributions))} of them apart."
    return f"{sentence}. {upper_first(_leading_phrase(labels, leading.contributions))}.{_opposed(labels, leading)}"


def _opposed(labels: AcceptanceLabels, leading: LeadingReasons) -> str:
    """How much reasons the other way take back, without which those that lead seem to be nearly all there is."""
    means = labels.result.contributions[leading.variant].acceptance.mean
    is_refusal = leading.acceptance_change < 0
    taken_back = float(means.clip(min=0).sum() if is_refusal else -means.clip(max=0).sum())
    if taken_back < DECISIVE_SHARE:
        return ""
    return f" This is on balance: reasons {'for' if is_refusal else 'against'} it take {per_hundred(taken_back)} away."


def _leading_phrase(labels: AcceptanceLabels, contributions: Mapping[str, float]) -> str:
    """`envy and free hands account for 20 refusals each, and cannot be told apart`, those of either kind together."""
    kinds = [
        {reason: share for reason, share in contributions.items() if (share < 0) == refuses}
        for refuses in (True, False)
    ]
    phrases = []
    for kind in filter(None, kinds):
        verb = "accounts" if len(kind) == 1 else "account"
        phrases.append(f"{reason_names(labels, kind)} {verb} for {_shared_count(kind)}")
    alike = ", and cannot be told apart" if len(contributions) > 1 else ""
    return f"{join_words(phrases)}{alike}"


def reason_names(labels: AcceptanceLabels, reasons: Mapping[str, float]) -> str:
    """Reasons within a sentence, in their order."""
    return join_words(lower_first(labels.mechanism_title(reason)) for reason in reasons)


def _shared_count(contributions: Mapping[str, float]) -> str:
    """What several reasons of one kind account for: once where it is the same of 100, or all together."""
    counts = {_count_answers(share) for share in contributions.values()}
    if len(counts) == 1:
        return f"{counts.pop()}{' each' if len(contributions) > 1 else ''}"
    return f"{_count_answers(sum(contributions.values()))} together"


def _count_answers(share: float) -> str:
    """`20 refusals` for what is below 0, `20 acceptances` for what is above."""
    phrase = per_hundred(abs(share))
    noun = "refusal" if share < 0 else "acceptance"
    return f"{phrase} {noun}" if phrase == "1" else f"{phrase} {noun}s"


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


def mechanism_contributions_finding(labels: AcceptanceLabels) -> Finding:
    """What each reason accounts for beside all others, and what it decides by itself."""
    return Finding(
        id="reasons",
        title="Reason by reason",
        says=contributions_sentence(labels),
        see=f"What each reason changes in the answer of {labels.answering_side}, which adds up to what all change "
        "together; and how often it would accept if that one alone did not count.",
        table=make_table(COLUMNS, _rows(labels)),
        method=_method(labels),
        rests_on=labels.deciders.full_theory.uses,
    )
