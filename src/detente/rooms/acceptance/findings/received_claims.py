"""The finding on what is said of channels between blocs in general: which claims stand on this case's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.number_labels import number_label
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, share_cells
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.received_claims import (
    ClaimKind,
    ClaimVerdict,
    ReceivedClaim,
    UntestedReason,
    claim_verdict,
)

STRUCTURAL_NOTE = (
    "Structural, and so no evidence for any theory: who loses a direct link, and gets no more done for it, cannot gain "
    "by that, whatever is at stake."
)
"""What of the claims follows from the model."""
CLAIM_COLUMNS = (
    Column("claim"),
    Column("year", format="year"),
    RUN_COLUMN,
    Column("holds", "holds, of 100 draws it speaks of", "of_100", "share of draws", error=True),
    Column("tested", "whether tested"),
    Column("driven_by"),
    Column("path", "where in the case", "id"),
    Column("lowest", "where that is lowest", "of_100", "share of draws"),
    Column("highest", "where that is highest", "of_100", "share of draws"),
)
"""A row each for the numbers that drive a claim in a year and form, one where there are none."""


def _claim_statements(labels: AcceptanceLabels) -> dict[ClaimKind, str]:
    """The claims in words."""
    offering_side, answering_side = labels.offering_side, labels.answering_side
    return {
        "leader-proposes": (f"the channel is worth most in {offering_side} to its leading member, and worth something"),
        "members-won-over": f"some other member of {offering_side} would rather not, and consents after payments",
        "declines": f"{answering_side} declines",
        "both-gain": "by own gains alone both sides accept",
        "declines-despite-gains": f"{answering_side} declines, where by own gains alone both would accept",
        "threat-turns": "a grave threat, felt by all, turns the refusal",
        "first-three": "the first three together",
        "all-together": "all of them together",
    }


def _reason_phrase(labels: AcceptanceLabels, reason: UntestedReason) -> str:
    """Why nothing in a case could tell."""
    phrases: dict[UntestedReason, str] = {
        "no-other-member": f"{labels.offering_side} has no other member in the channels",
        "only-own-gains": "nothing counts in this case besides own gains",
        "threat-adds-nothing": "in this case a threat adds nothing to what is at stake",
        "threat-changes-nothing": "a grave threat would change nothing that is not so already",
    }
    return phrases[reason]


def received_claims_finding(years: Sequence[AcceptanceLabels], claims: Sequence[ReceivedClaim]) -> Finding:
    """Which claims stand in which year and form, and the numbers that drive them."""
    labels = years[-1]
    statements = _claim_statements(labels)
    rows = [
        row
        for year in years
        for claim in claims
        if claim.year == year.deciders.actor_network.year
        for row in _claim_rows(year, claim, statements[claim.kind])
    ]
    return Finding(
        id="claims",
        title="What is said of such channels, held against the numbers",
        says=" ".join([*_verdict_sentences(claims, statements), *_untested_sentences(labels, claims), STRUCTURAL_NOTE]),
        see=f"In how many of 100 draws each holds {by_theory(labels.deciders.full_theory)}, and the "
        "numbers that move it most: what it "
        "is in the fifth of the draws in which each is lowest, and highest.",
        table=make_table(CLAIM_COLUMNS, sorted(rows, key=lambda row: (str(row["claim"]), row["year"]))),
        method=(
            "The claims are general ones, and the case need not hold anybody who makes them. "
            "A claim stands where it holds of 90 of 100 draws, and falls below half of them; one that the case says "
            "too little to test does neither. Who loses a link loses as much by it as the other end does, and others "
            "win twice that (Myerson 1977, from fairness). How far other values than Myerson's change the signs is "
            "told of gains."
        ),
        rests_on=(labels.deciders.offered_channel,),
    )


def _claim_rows(labels: AcceptanceLabels, claim: ReceivedClaim, statement: str) -> Iterator[dict[str, object]]:
    """A claim in one year and form, in as many rows as numbers drive it."""
    row: dict[str, object] = {
        "claim": statement,
        "year": claim.year,
        "run": labels.variant_cell(claim.variant),
        **share_cells("holds", claim.holding_share, claim.applicable_count),
        "tested": "not tested" if claim.untested else "tested" if claim.applicable_count else "no such draw",
    }
    if not claim.drivers:
        yield row
    for driver in claim.drivers:
        yield row | {
            "driven_by": number_label(labels.deciders.case, driver.path),
            "path": driver.path,
            "lowest": driver.share_at_lowest,
            "highest": driver.share_at_highest,
        }


def _verdict_sentences(claims: Sequence[ReceivedClaim], statements: Mapping[ClaimKind, str]) -> Iterator[str]:
    """Which claims stand in all years and forms, which fall, and which do neither."""
    claims_by_kind = {kind: [claim for claim in claims if claim.kind == kind] for kind in statements}
    verdicts = {kind: claim_verdict(claims_made) for kind, claims_made in claims_by_kind.items()}
    is_varied = any(len(claims_made) > 1 for claims_made in claims_by_kind.values())
    subject = "In every year and form these" if is_varied else "These"
    phrase_by_verdict: dict[ClaimVerdict, str] = {
        "stands": f"{subject} stand",
        "falls": f"{subject} fall",
        "turns": "These stand in one year or form and fall in another",
        "between": "These hold in some draws, and neither stand nor fall",
        "empty": "Of these there is no draw that they speak of",
    }
    for verdict, phrase in phrase_by_verdict.items():
        if told := [statements[kind] for kind in statements if verdicts[kind] == verdict]:
            yield f"{phrase}: {'; '.join(told)}."


def _untested_sentences(labels: AcceptanceLabels, claims: Sequence[ReceivedClaim]) -> Iterator[str]:
    """The claims that nothing in a case could bear out, or refute, by what it lacks."""
    statements = _claim_statements(labels)
    by_reason: dict[UntestedReason, dict[str, None]] = {}
    for kind, statement in statements.items():
        for claim in claims:
            if claim.kind == kind and claim.untested:
                by_reason.setdefault(claim.untested, {})[statement] = None
    for reason, untested in by_reason.items():
        yield f"Not tested, since {_reason_phrase(labels, reason)}: {'; '.join(untested)}."
