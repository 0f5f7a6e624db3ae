"""The finding on the inside of each organisation: who is reluctant, who decides, and what it takes to win them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import (
    OF_ALL_AT_STAKE,
    RUN_COLUMN,
    THEORY_COLUMN,
    share_cells,
    share_column,
)
from detente.rooms.acceptance.findings.text import (
    AcceptanceLabels,
    by_theory,
    once_or_each,
    per_form_phrase,
    title_of_theory,
)
from detente.rooms.acceptance.model.decision.intra_bloc_consent import (
    BlocConsent,
    bloc_consent,
    foremost_voters,
    member_consents,
    pivotal_voters,
)
from detente.text.english import join_words, upper_first
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
VOICE_COLUMNS = (
    Column("voice"),
    Column("members", format="count", unit="members"),
    RUN_COLUMN,
    share_column("turns", "it turns on them, of 100"),
)


def intra_bloc_consent_finding(labels: AcceptanceLabels) -> Finding:
    """Member by member of the side that offers: who would rather not, and what the leading member has to pay."""
    deciders = labels.deciders
    return Finding(
        id="inside",
        title=f"Who in {labels.offering_side} would rather not, and what it takes to win them",
        says=" ".join(_consent_sentences(labels)),
        see="In how many of 100 draws each member would rather not, its median utility before payments, and the median "
        "of what it is paid where it is paid anything.",
        table=make_table(MEMBER_COLUMNS, _member_rows(labels)),
        method=(
            f"{labels.offering_side} decides by {labels.rule_phrase(deciders.sides[0])}. The leading member "
            "pays the others the "
            "least that wins enough of them: a linear program, solved in closed form, as nobody who is paid minds "
            "what another is paid. Consent can be bought where the leading member still gains after paying. What the "
            "organisation gains by answering as one is divided in shares that are not negative, so no member can lose "
            "by that where the organisation gains: reluctance then comes from what does not depend on gains."
        ),
        rests_on=(deciders.sides[0], *deciders.case.mechanisms),
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


def _consent_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    deciders, theory = labels.deciders, labels.deciders.full_theory
    leader = labels.voter_name(deciders.voters[deciders.deciding_bodies[deciders.sides[0]][1][deciders.leading_voter]])
    consents = [bloc_consent(labels.result, variant, theory) for variant in deciders.offered_variants]

    def phrase(share_of: Callable[[BlocConsent], float]) -> str:
        return per_form_phrase([(labels.form_phrase(one.variant), per_hundred(share_of(one))) for one in consents])

    yield (
        f"{upper_first(by_theory(theory))} the channel is worth something to {leader}, and most of all in "
        f"{labels.offering_side}, in {phrase(lambda one: one.leader_share)} of 100 draws."
    )
    yield (
        f"Some member would rather not in {phrase(lambda one: one.reluctant_share)}; without payments "
        f"{labels.offering_side} consents in {phrase(lambda one: one.unpaid_share)}, and with what {leader} can pay in "
        f"{phrase(lambda one: one.consent_share)}."
    )
    cost_shares = [
        (labels.form_phrase(one.variant), f"{100 * one.cost_ratio:.0f} per cent")
        for one in consents
        if one.cost_ratio is not None
    ]
    if cost_shares:
        yield (
            f"Where it buys consent, that costs it {per_form_phrase(cost_shares)} of what the channel is "
            "worth to it (median)."
        )


def _voice_rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """How often the answer turns on each voice, in each form of the channel."""
    for variant in labels.deciders.offered_variants:
        for one in pivotal_voters(labels.result, variant, labels.deciders.full_theory):
            yield {
                "voice": labels.voter_cell(one.voter),
                "members": len(one.voter.members),
                "run": labels.variant_cell(variant),
                **share_cells("turns", one.share, labels.result.draw_count),
            }


def _paid_for_sentence(labels: AcceptanceLabels) -> str:
    """How often the yes of the side that answers is paid for inside it, where it ever is."""
    deciders = labels.deciders
    side = deciders.sides[1]
    shares = [labels.result.paid_share(variant, deciders.full_theory) for variant in deciders.offered_variants]
    if not max(shares):
        return ""
    leader = labels.voter_name(deciders.voters[deciders.deciding_bodies[side][1][deciders.leading_voters[side]]])
    phrases = [
        (labels.form_phrase(variant), per_hundred(share))
        for variant, share in zip(deciders.offered_variants, shares, strict=True)
        if share
    ]
    return f" In {per_form_phrase(phrases)} of 100 draws {leader} pays others for the yes, and it turns on {leader}."


def pivotal_members_finding(labels: AcceptanceLabels) -> Finding | None:
    """Who decides for the side that answers; None where it has one voice."""
    deciders = labels.deciders
    deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    if len(voter_numbers) < 2:
        return None
    phrases = []
    for variant in deciders.offered_variants:
        foremost = foremost_voters(labels.result, variant, deciders.full_theory)
        names = join_words((labels.voter_name(one.voter) for one in foremost), "or")
        shares = once_or_each([per_hundred(one.share) for one in foremost])
        alike = ", which so many draws, or equal guesses, do not tell apart" if len(foremost) > 1 else ""
        phrases.append((labels.form_phrase(variant), f"{names} (in {shares} of 100{alike})"))
    rule_sentence = f"{labels.answering_side} decides by {labels.rule_phrase(deciders.sides[1])}"
    says = f"{rule_sentence}; its yes is completed most often by {per_form_phrase(phrases)}."
    if deciding_body.needs_everybody:
        pivotal_phrase = f"{by_theory(deciders.full_theory)}, most often {per_form_phrase(phrases)}"
        says = f"{rule_sentence}, so the answer turns on its most reluctant members: {pivotal_phrase}."
    says += _paid_for_sentence(labels)
    return Finding(
        id="deciders",
        title=f"On whom in {labels.answering_side} it turns",
        says=says,
        see="In how many of 100 draws each is the one on whom the answer turns.",
        table=make_table(VOICE_COLUMNS, _voice_rows(labels)),
        rests_on=tuple(deciders.case.mechanisms),
    )
