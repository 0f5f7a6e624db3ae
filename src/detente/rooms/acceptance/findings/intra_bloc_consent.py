"""The finding on the inside of each organisation: who is reluctant, who decides, and what it takes to win them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.channel_variants import ChannelVariant
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, per_form_phrase, share_with_error
from detente.rooms.acceptance.model.decision_makers import AppliedTheory
from detente.text.english import upper_first
from detente.text.number_format import format_number, per_hundred


def intra_bloc_consent_finding(labels: AcceptanceLabels) -> Finding:
    """Member by member of the side that offers: who would rather not, and what the leading member has to pay."""
    import numpy as np
    import polars as pl

    deciders, result = labels.deciders, labels.result
    _, voter_numbers = deciders.deciding_bodies[deciders.sides[0]]
    rows = []
    for theory in dict.fromkeys((deciders.absolute_gains, deciders.full_theory)):
        for variant in deciders.offered_variants:
            key = (variant, theory.id)
            member_utilities, payments = result.member_utilities[key], result.payment_by_voter[key]
            is_bought = np.isfinite(result.total_payment[key])
            for position, voter_number in enumerate(voter_numbers):
                positive_payments = payments[is_bought & (payments[:, position] > TOLERANCE), position]
                rows.append(
                    {
                        "member": labels.voter_name(deciders.voters[voter_number]),
                        "theory": theory.title,
                        "run": labels.variant_cell(variant),
                        "reluctant": share_with_error(
                            float((member_utilities[:, position] < -TOLERANCE).mean()), result.draw_count
                        ),
                        "slack": format_number(float(np.median(member_utilities[:, position]))),
                        "paid": format_number(float(np.median(positive_payments))) if positive_payments.size else "",
                    }
                )
    return Finding(
        id="inside",
        title=f"Who in {labels.offering_side} would rather not, and what it takes to win them",
        says=" ".join(_consent_sentences(labels, deciders.full_theory)),
        see="In how many of 100 draws each member would rather not, its median utility before payments, and the median "
        "of what it is paid where it is paid anything.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "reluctant": "would rather not, of 100", "slack": "median utility"},
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


def _consent_sentences(labels: AcceptanceLabels, theory: AppliedTheory) -> Iterator[str]:
    import numpy as np

    deciders, result = labels.deciders, labels.result
    leader = labels.voter_name(deciders.voters[deciders.deciding_bodies[deciders.sides[0]][1][deciders.leading_voter]])
    leader_shares = [
        (labels.form_phrase(variant), per_hundred(float(result.leader_gains_most(variant, theory).mean())))
        for variant in deciders.offered_variants
    ]
    leader_phrase = (
        f"is worth something to {leader}, and most of all in {labels.offering_side}, in "
        f"{per_form_phrase(leader_shares)} of 100 draws."
    )
    yield f"{upper_first(by_theory(theory))} the channel {leader_phrase}"
    reluctant_shares = [
        (
            labels.form_phrase(variant),
            per_hundred(float((result.member_utilities[variant, theory.id] < -TOLERANCE).any(axis=1).mean())),
        )
        for variant in deciders.offered_variants
    ]
    unpaid_shares = [
        (labels.form_phrase(variant), per_hundred(_unpaid_consent_share(labels, variant, theory)))
        for variant in deciders.offered_variants
    ]
    consent_shares = [
        (labels.form_phrase(variant), per_hundred(float(result.bloc_consents[variant, theory.id].mean())))
        for variant in deciders.offered_variants
    ]
    yield (
        f"Some member would rather not in {per_form_phrase(reluctant_shares)}; without payments "
        f"{labels.offering_side} consents in "
        f"{per_form_phrase(unpaid_shares)}, and with what {leader} can pay in {per_form_phrase(consent_shares)}."
    )
    cost_shares = []
    for variant in deciders.offered_variants:
        payments, leader_worth = (
            result.total_payment[variant, theory.id],
            result.member_utilities[variant, theory.id][:, deciders.leading_voter],
        )
        is_bought = (
            result.bloc_consents[variant, theory.id]
            & np.isfinite(payments)
            & (payments > TOLERANCE)
            & (leader_worth > TOLERANCE)
        )
        if is_bought.any():
            cost_ratios = (leader_worth - result.leader_remainder[variant, theory.id])[is_bought] / leader_worth[
                is_bought
            ]
            cost_shares.append((labels.form_phrase(variant), f"{100 * float(np.median(cost_ratios)):.0f} per cent"))
    if cost_shares:
        yield (
            f"Where it buys consent, that costs it {per_form_phrase(cost_shares)} of what the channel is "
            "worth to it (median)."
        )


def _unpaid_consent_share(labels: AcceptanceLabels, variant: ChannelVariant, theory: AppliedTheory) -> float:
    """How often the side that offers consents without any payment."""
    deciding_body, _ = labels.deciders.deciding_bodies[labels.deciders.sides[0]]
    return float(
        (deciding_body.pivotal_voter(labels.result.member_utilities[variant, theory.id])[0] >= -TOLERANCE).mean()
    )


def pivotal_members_finding(labels: AcceptanceLabels) -> Finding | None:
    """Who decides for the side that answers; None where it has one voice."""
    import polars as pl

    deciders, result = labels.deciders, labels.result
    deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    if len(voter_numbers) < 2:
        return None
    rows, phrases = [], []
    for variant in deciders.offered_variants:
        pivot = result.pivotal_voters[variant, deciders.full_theory.id]
        shares = {position: float((pivot == position).mean()) for position in range(len(voter_numbers))}
        for position, voter_number in enumerate(voter_numbers):
            voter = deciders.voters[voter_number]
            rows.append(
                {
                    "voice": labels.voter_name(voter),
                    "members": len(voter.members),
                    "run": labels.variant_cell(variant),
                    "turns": share_with_error(shares[position], result.draw_count),
                }
            )
        most_often = max(shares, key=lambda position: shares[position])
        voter_text = labels.voter_name(deciders.voters[voter_numbers[most_often]])
        phrases.append((labels.form_phrase(variant), f"{voter_text} (in {per_hundred(shares[most_often])} of 100)"))
    rule_sentence = f"{labels.answering_side} decides by {labels.rule_phrase(deciders.sides[1])}"
    says = f"{rule_sentence}; its yes is completed most often by {per_form_phrase(phrases)}."
    if deciding_body.needs_everybody:
        pivotal_phrase = f"{by_theory(deciders.full_theory)}, most often {per_form_phrase(phrases)}"
        says = f"{rule_sentence}, so the answer turns on its most reluctant members: {pivotal_phrase}."
    return Finding(
        id="deciders",
        title=f"On whom in {labels.answering_side} it turns",
        says=says,
        see="In how many of 100 draws each is the one on whom the answer turns.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "turns": "it turns on them, of 100"},
        rests_on=tuple(deciders.case.mechanisms),
    )
