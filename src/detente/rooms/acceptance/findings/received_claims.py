"""The finding on what is said of channels between blocs in general: which claims stand on this case's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, share_with_error
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.text.english import join_words
from detente.text.number_format import per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    DrawMask = NDArray[np.bool_]

STANDS_FROM, FALLS_BELOW = 0.9, 0.5
"""Shares of the draws from which a claim is said to stand, and below which it falls."""
FEWEST_DRAWS = 20
"""Draws in a fifth of them, below which nothing is said of what drives a claim."""
MOST_DRIVERS = 3
"""Numbers that are named for each claim."""
LEAST_ERRORS = 4
"""Standard errors that it has to be besides: of so many numbers some differ by two or three without cause."""
LEAST_DIFFERENCE = 0.1
"""The difference between the two ends of a number from which it is said to drive a claim."""


STRUCTURAL_NOTE = (
    "Structural, and so no evidence for any theory: who loses a direct link, and gets no more done for it, cannot gain "
    "by that, whatever is at stake."
)
"""What of the claims follows from the model."""


@dataclass(frozen=True)
class ReceivedClaim:
    """A claim, the draws of which it holds, and those of which it could."""

    statement: str
    holds: DrawMask
    applicable_draws: DrawMask
    untested_reason: str = ""
    """Why no draw of this case could tell, if so: then it neither stands nor falls."""

    @cached_property
    def holding_share(self) -> float:
        """In which share of the draws that it speaks of."""
        return float(self.holds[self.applicable_draws].mean()) if self.applicable_draws.any() else float("nan")


def claims_on_variant(labels: AcceptanceLabels, variant: ChannelVariant) -> list[ReceivedClaim]:
    """The claims on one form of the channel."""
    import numpy as np

    result, deciders = labels.result, labels.deciders
    own_key, full_key = (variant, deciders.absolute_gains.id), (variant, deciders.full_theory.id)
    member_utilities = result.member_utilities[full_key]
    leader_proposes = result.leader_gains_most(variant, deciders.full_theory)
    other_utilities = np.delete(member_utilities, deciders.leading_voter, axis=1)
    has_reluctant_member = (other_utilities < -TOLERANCE).any(axis=1)
    is_declined = result.answer_utility[full_key] <= TOLERANCE
    both_gain = (result.answer_utility[own_key] > TOLERANCE) & result.bloc_consents[own_key]
    accepts_under_threat = result.grave_utility[full_key] > TOLERANCE
    all_draws = np.ones_like(is_declined)
    is_won_over = has_reluctant_member & result.bloc_consents[full_key]
    first_three_hold = leader_proposes & is_won_over & is_declined
    offering_side, answering_side = labels.offering_side, labels.answering_side
    no_others_reason = "" if other_utilities.size else f"{offering_side} has no other member in the channels"
    only_gains_reason = "nothing counts in this case besides own gains" if own_key == full_key else ""
    inert_reason = _inert_threat_reason(labels, variant)
    return [
        ReceivedClaim(
            f"the channel is worth most in {offering_side} to its leading member, and worth something",
            leader_proposes,
            all_draws,
        ),
        ReceivedClaim(
            f"some other member of {offering_side} would rather not, and consents after payments",
            is_won_over,
            all_draws,
            no_others_reason,
        ),
        ReceivedClaim(f"{answering_side} declines", is_declined, all_draws),
        ReceivedClaim("by own gains alone both sides accept", both_gain, all_draws),
        ReceivedClaim(
            f"{answering_side} declines, where by own gains alone both would accept",
            is_declined,
            both_gain,
            only_gains_reason,
        ),
        ReceivedClaim(
            "a grave threat, felt by all, turns the refusal", accepts_under_threat, is_declined, inert_reason
        ),
        ReceivedClaim("the first three together", first_three_hold, all_draws, no_others_reason),
        ReceivedClaim(
            "all of them together",
            first_three_hold & both_gain & accepts_under_threat,
            all_draws,
            no_others_reason or only_gains_reason or inert_reason,
        ),
    ]


def _inert_threat_reason(labels: AcceptanceLabels, variant: ChannelVariant) -> str:
    """Why a grave threat cannot turn anything in this case, if it cannot."""
    import numpy as np

    result, key = labels.result, (variant, labels.deciders.full_theory.id)
    if not labels.deciders.threat_matters:
        return "in this case a threat adds nothing to what is at stake (network.raised)"
    changes = np.abs(result.grave_utility[key] - result.answer_utility[key]).max() > TOLERANCE
    return "" if changes else "a grave threat would change nothing that is not so already"


def received_claims_finding(years: Sequence[AcceptanceLabels]) -> Finding:
    """Which claims stand in which year and form, and the numbers that drive them."""
    import polars as pl

    rows: list[dict[str, object]] = []
    claims_by_statement: dict[str, list[ReceivedClaim]] = {}
    for year_labels in years:
        draw_orders = _draw_orders(year_labels.result)
        for variant in year_labels.deciders.offered_variants:
            for claim in claims_on_variant(year_labels, variant):
                claims_by_statement.setdefault(claim.statement, []).append(claim)
                rows.append(
                    {
                        "claim": claim.statement,
                        "year": year_labels.deciders.actor_network.year,
                        "run": year_labels.variant_cell(variant),
                        "holds": _holding_cell(claim),
                        "driven_by": "" if claim.untested_reason else join_words(_driver_phrases(claim, draw_orders)),
                    }
                )
    last_labels = years[-1]
    verdicts = {statement: _claim_verdict(claims_made) for statement, claims_made in claims_by_statement.items()}
    subject = "In every year and form these" if len(next(iter(claims_by_statement.values()))) > 1 else "These"
    phrase_by_verdict = {
        "stands": f"{subject} stand",
        "falls": f"{subject} fall",
        "turns": "These stand in one year or form and fall in another",
        "between": "These hold in some draws, and neither stand nor fall",
        "empty": "Of these there is no draw that they speak of",
    }
    sentences = [
        f"{phrase}: {'; '.join(claim for claim, verdict in verdicts.items() if verdict == verdict_kind)}."
        for verdict_kind, phrase in phrase_by_verdict.items()
        if verdict_kind in verdicts.values()
    ]
    sentences += _untested_sentences([claim for claims_made in claims_by_statement.values() for claim in claims_made])
    return Finding(
        id="claims",
        title="What is said of such channels, held against the numbers",
        says=" ".join([*sentences, STRUCTURAL_NOTE]),
        see=f"In how many of 100 draws each holds {by_theory(last_labels.deciders.full_theory)}, and the "
        "numbers that move it most: what it "
        "is in the fifth of the draws in which each is lowest, and highest.",
        table=pl.DataFrame(rows, infer_schema_length=None).sort("claim", maintain_order=True),
        headers={"run": "the channel is run", "holds": "holds, of 100 draws it speaks of"},
        method=(
            "A claim stands where it holds of 90 of 100 draws, and falls below half of them; one that the case says "
            "too little to test does neither. Who loses a link loses as much by it as the other end does, and others "
            "win twice that (Myerson 1977, from fairness). How far other values than Myerson's change the signs is "
            "told of gains."
        ),
        rests_on=(last_labels.deciders.offered_channel,),
    )


def _holding_cell(claim: ReceivedClaim) -> str:
    """How often a claim holds, in a table."""
    if claim.untested_reason:
        return "not tested"
    return (
        share_with_error(claim.holding_share, int(claim.applicable_draws.sum()))
        if claim.applicable_draws.any()
        else "no such draw"
    )


def _untested_sentences(claims_made: Sequence[ReceivedClaim]) -> Iterator[str]:
    """The claims that nothing in a case could bear out, or refute, by what it lacks."""
    statements_by_reason: dict[str, dict[str, None]] = {}
    for claim in claims_made:
        if claim.untested_reason:
            statements_by_reason.setdefault(claim.untested_reason, {})[claim.statement] = None
    for reason, statements in statements_by_reason.items():
        yield f"Not tested, since {reason}: {'; '.join(statements)}."


def _claim_verdict(claims_made: Sequence[ReceivedClaim]) -> str:
    """Whether a claim stands in all years and forms in which it is tested and speaks of some draw, falls, or turns."""
    if all(claim.untested_reason for claim in claims_made):
        return "untested"
    shares = [
        claim.holding_share for claim in claims_made if claim.applicable_draws.any() and not claim.untested_reason
    ]
    if not shares:
        return "empty"
    if min(shares) >= STANDS_FROM:
        return "stands"
    if max(shares) < FALLS_BELOW:
        return "falls"
    return "turns" if max(shares) >= STANDS_FROM and min(shares) < FALLS_BELOW else "between"


def _draw_orders(result: AcceptanceResult) -> dict[str, NDArray[np.int64]]:
    """By number that varies, the draws from the one in which it is lowest."""
    import numpy as np

    return {
        path: np.argsort(values, kind="stable")
        for path, values in result.parameter_values.items()
        if np.ptp(values) > 0
    }


def _driver_phrases(claim: ReceivedClaim, orders: Mapping[str, NDArray[np.int64]]) -> list[str]:
    """The numbers that a claim moves with.

    Args:
        claim: On some draws.
        orders: By number, the draws from the one in which it is lowest.
    """
    fifth = int(claim.applicable_draws.sum()) // 5
    if fifth < FEWEST_DRAWS:
        return []
    drivers = []
    for path, order in orders.items():
        ordered_draws = order[claim.applicable_draws[order]]
        share_at_lowest, share_at_highest = (
            float(claim.holds[ordered_draws[:fifth]].mean()),
            float(claim.holds[ordered_draws[-fifth:]].mean()),
        )
        noise = sqrt(2 * claim.holding_share * (1 - claim.holding_share) / fifth)
        if abs(share_at_highest - share_at_lowest) >= max(LEAST_DIFFERENCE, LEAST_ERRORS * noise):
            drivers.append(
                (
                    abs(share_at_highest - share_at_lowest),
                    f"{path} ({per_hundred(share_at_lowest)} to {per_hundred(share_at_highest)})",
                )
            )
    return [phrase for _, phrase in sorted(drivers, reverse=True)[:MOST_DRIVERS]]
