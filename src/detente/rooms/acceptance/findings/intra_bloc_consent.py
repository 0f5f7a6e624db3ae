"""The finding on the side that offers: whether it would agree itself, and what that takes."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import COUNTED, each_form_sentences
from detente.rooms.acceptance.findings.columns import (
    OF_ALL_AT_STAKE,
    RUN_COLUMN,
    THEORY_COLUMN,
    share_cells,
    share_column,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.decision.intra_bloc_consent import BlocConsent, bloc_consent, member_consents
from detente.rooms.acceptance.model.two_tests import ACCEPTS_ABOVE, REFUSES_UP_TO
from detente.text.english import upper_first
from detente.text.number_format import per_hundred

MEMBER_COLUMNS = (
    Column("member"),
    Column("members", format="count", unit="members"),
    THEORY_COLUMN,
    RUN_COLUMN,
    share_column("reluctant", "would rather not, of 100"),
    Column("slack", "median utility", "number", OF_ALL_AT_STAKE),
    Column("paid", format="number", unit=OF_ALL_AT_STAKE),
)
SAME_SHARE = 0.005
"""Shares that differ by less are the same to a reader."""


def intra_bloc_consent_finding(labels: AcceptanceLabels) -> Finding:
    """Member by member of the side that offers: who would rather not, and what the leading member has to pay."""
    deciders = labels.deciders
    consents = [bloc_consent(labels.result, one, deciders.full_theory) for one in deciders.offered_variants]
    return Finding(
        id="inside",
        title=f"Whether {labels.offering_side} itself would agree",
        question=f"Would {labels.offering_side} itself agree",
        short_answer=_short_answer(consents),
        place="detail",
        says=" ".join(_sentences(labels, consents)),
        picture=_picture(labels),
        see="How often each member would rather not, its median utility before payments, and the median of what it is "
        "paid where it is paid anything.",
        table=make_table(MEMBER_COLUMNS, _member_rows(labels)),
        method=(
            f"{upper_first(labels.offering_side)} decides by {labels.rule_phrase(deciders.sides[0])}. The leading "
            "member pays the others the "
            "least that wins enough of them: a linear program, solved in closed form, as nobody who is paid minds "
            "what another is paid. Consent can be bought where the leading member still gains after paying. What the "
            "organisation gains by answering as one is divided in shares that are not negative, so no member can lose "
            "by that where the organisation gains: reluctance then comes from what does not depend on gains."
        ),
        rests_on=(deciders.sides[0], *deciders.case.mechanisms),
    )


def _short_answer(consents: list[BlocConsent]) -> str:
    shares = [round(100 * one.consent_share) for one in consents]
    told = list({per_hundred(one.consent_share) for one in consents})
    if min(shares) > ACCEPTS_ABOVE:
        if len(told) == 1:
            return f"yes: {told[0]} of 100"
        return f"yes: {per_hundred(min(one.consent_share for one in consents))} of 100 or more"
    if max(shares) <= REFUSES_UP_TO:
        if len(told) == 1:
            return f"no: {told[0]} of 100"
        return f"no: at most {per_hundred(max(one.consent_share for one in consents))} of 100"
    is_mixed = min(shares) <= REFUSES_UP_TO and max(shares) > ACCEPTS_ABOVE
    return "it depends on who runs it" if is_mixed else "too close to call"


def _sentences(labels: AcceptanceLabels, consents: list[BlocConsent]) -> Iterator[str]:
    """How often it agrees with and without payments, how often somebody is against it, and what that costs."""
    leader = labels.leading_member
    agrees = {one.variant: [one.consent_share] for one in consents}
    clause = f"With payments from {leader}, {labels.offering_side} agrees"
    yield each_form_sentences(labels, clause, agrees, "It does")
    unpaid = {one.variant: [one.unpaid_share] for one in consents}
    yield each_form_sentences(labels, "Without payments it agrees", unpaid, "It does")
    if any(abs(one.unpaid_share + one.reluctant_share - 1) > SAME_SHARE for one in consents):
        reluctant = {one.variant: [one.reluctant_share] for one in consents}
        yield each_form_sentences(labels, "Some member would rather not", reluctant, "That is so")
    costs = [round(100 * one.cost_ratio) for one in consents if one.cost_ratio is not None]
    if costs:
        span = str(costs[0]) if len(set(costs)) == 1 else f"{min(costs)} to {max(costs)}"
        yield f"Where {leader} buys consent, that mostly costs it {span} per cent of what it gains."


def _picture(labels: AcceptanceLabels) -> RangeRows:
    """A row for each voice: how often it would rather not."""
    variants = labels.deciders.offered_variants
    by_voter: dict[str, dict[str, float]] = {}
    for one in member_consents(labels.result, labels.deciders.full_theory):
        by_voter.setdefault(labels.voter_name(one.voter), {})[one.variant.form] = one.reluctant_share
    rows = tuple(
        RangeRow(upper_first(name), tuple(Bar(shares[one.form], shares[one.form]) for one in variants))
        for name, shares in by_voter.items()
    )
    return RangeRows(
        says="How often each member would rather not, before anybody is paid.",
        measure=f"would rather not, {COUNTED}",
        series=tuple(upper_first(labels.variant_cell(variant)) for variant in variants),
        rows=rows,
        axis="share",
        heading="Member",
    )


def _member_rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """What every voice of the side that offers makes of each form of the channel, by own gains and by all."""
    for theory in labels.told_theories:
        for one in member_consents(labels.result, theory):
            yield {
                "member": labels.voter_cell(one.voter),
                "members": len(one.voter.members),
                "theory": title_of_theory(theory),
                "run": labels.variant_cell(one.variant),
                **share_cells("reluctant", one.reluctant_share, labels.result.draw_count),
                "slack": one.median_utility,
                "paid": one.median_payment,
            }
