"""The finding on what is said of channels between blocs in general: which claims hold on this case's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.number_labels import number_label
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, CellState, GridCell
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, share_cells
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.received_claims import (
    FALLS_BELOW,
    STANDS_FROM,
    ClaimKind,
    ClaimVerdict,
    ReceivedClaim,
    UntestedReason,
    claim_verdict,
)
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import per_hundred

BUILT_IN_SENTENCE = (
    "Built in: whoever loses a direct tie, and gets no more done for it, cannot gain by that, whatever is at stake."
)
"""What of the claims follows from the model."""
CLAIM_COLUMNS = (
    Column("claim"),
    Column("year", format="year"),
    RUN_COLUMN,
    Column("holds", "holds, of 100 simulations it speaks of", "of_100", "share of draws", error=True),
    Column("tested", "whether tested"),
    Column("driven_by"),
    Column("path", "where in the case", "id"),
    Column("lowest", "where that is lowest", "of_100", "share of draws"),
    Column("highest", "where that is highest", "of_100", "share of draws"),
)
"""A row each for the numbers that drive a claim in a year and form, one where there are none."""
TOGETHER: tuple[ClaimKind, ...] = ("first-three", "all-together")
"""Claims that only join others, and are not counted among them."""


def _claim_statements(labels: AcceptanceLabels) -> dict[ClaimKind, str]:
    """The claims in words."""
    offering_side, answering_side = labels.offering_side, labels.answering_side
    return {
        "leader-proposes": f"In {offering_side}, the leading member gains most by the channel, and gains something",
        "members-won-over": f"Some other member of {offering_side} would rather not, and is paid to consent",
        "declines": f"{upper_first(answering_side)} refuses",
        "both-gain": "On their gains only, both sides accept",
        "declines-despite-gains": f"{upper_first(answering_side)} refuses, though on gains only both would accept",
        "threat-turns": "A grave threat, felt by all, reverses the refusal",
        "first-three": "The first three together",
        "all-together": "All of them together",
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
    """Which claims hold in which year and form, and the numbers that drive them."""
    labels = years[-1]
    statements = _claim_statements(labels)
    rows = [
        row
        for year in years
        for claim in claims
        if claim.year == year.deciders.actor_network.year
        for row in _claim_rows(year, claim, statements[claim.kind])
    ]
    verdicts = {kind: claim_verdict([claim for claim in claims if claim.kind == kind]) for kind in statements}
    return Finding(
        id="claims",
        title="What is said of such channels, held against the numbers",
        question="Does what is said of such channels hold",
        short_answer=_short_answer(verdicts),
        place="detail",
        says=" ".join([*_verdict_sentences(claims, verdicts), *_untested_sentences(labels, claims), BUILT_IN_SENTENCE]),
        picture=_picture(labels, claims, statements),
        see=f"In how many simulations each holds {by_theory(labels.deciders.full_theory)}. Then the numbers that move "
        "it most: in the fifth of the simulations where each is lowest, and where it is highest.",
        table=make_table(CLAIM_COLUMNS, sorted(rows, key=lambda row: (str(row["claim"]), row["year"]))),
        method=(
            "The claims are general ones, and the case need not hold anybody who makes them. "
            "A claim holds where it does in 90 of 100 draws, and does not below half of them; one that the case says "
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
        "tested": "not tested" if claim.untested else "tested" if claim.applicable_count else "no such simulation",
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


Verdicts = Mapping[ClaimKind, ClaimVerdict]


def _single(verdicts: Verdicts) -> list[ClaimVerdict]:
    """The verdicts on the claims that do not only join others."""
    return [verdict for kind, verdict in verdicts.items() if kind not in TOGETHER]


def _short_answer(verdicts: Verdicts) -> str:
    """How many of the claims that say something of the case hold."""
    told = [verdict for verdict in _single(verdicts) if verdict not in ("untested", "empty")]
    if not told:
        return "none could be tested"
    held = told.count("stands")
    return f"{cardinal(held) if held else 'none'} of {cardinal(len(told))}"


def _verdict_sentences(claims: Sequence[ReceivedClaim], verdicts: Verdicts) -> Iterator[str]:
    """How many claims hold in all years and forms, how many do not, and how many do neither."""
    single = _single(verdicts)
    has_years, has_forms = (len({getattr(claim, key) for claim in claims}) > 1 for key in ("year", "variant"))
    wheres = [*(["in every year"] if has_years else []), *(["however the channel is run"] if has_forms else [])]
    conditions = [*(["the year"] if has_years else []), *(["how it is run"] if has_forms else [])]
    held = single.count("stands")
    claims_phrase = count_noun(len(single), "general claim")
    verb = "holds" if held == 1 else "hold"
    where = f" {join_words(wheres)}" if wheres else ""
    told = f"{cardinal(held)} {verb}{where}" if held else "none holds throughout" if wheres else "none holds"
    yield f"Of {claims_phrase} on such channels, {told}."
    phrases: dict[ClaimVerdict, tuple[str, str]] = {
        "falls": ("does not hold", "do not hold"),
        "turns": (f"depends on {join_words(conditions, 'or')}", f"depend on {join_words(conditions, 'or')}"),
        "between": ("holds in some simulations and not in others", "hold in some simulations and not in others"),
        "empty": ("speaks of no simulation", "speak of no simulation"),
    }
    for verdict, (one, several) in phrases.items():
        if count := single.count(verdict):
            yield f"{upper_first(cardinal(count))} {one if count == 1 else several}."
    together = [claim.holding_share for claim in claims if claim.kind == "all-together"]
    shares = [share for share in together if share is not None]
    if shares:
        most = max(shares)
        told = "in no simulation" if most <= 0 else f"in at most {per_hundred(most)} of 100 simulations"
        yield f"Taken together, they hold {told}."


def _untested_sentences(labels: AcceptanceLabels, claims: Sequence[ReceivedClaim]) -> Iterator[str]:
    """How many claims nothing in a case could bear out, or refute, by what it lacks."""
    by_reason: dict[UntestedReason, set[ClaimKind]] = {}
    for claim in claims:
        if claim.untested and claim.kind not in TOGETHER:
            by_reason.setdefault(claim.untested, set()).add(claim.kind)
    for reason, kinds in by_reason.items():
        yield f"{upper_first(cardinal(len(kinds)))} could not be tested, since {_reason_phrase(labels, reason)}."


def _picture(
    labels: AcceptanceLabels, claims: Sequence[ReceivedClaim], statements: Mapping[ClaimKind, str]
) -> CellGrid:
    """A row for each claim, a column for each way to run the channel, in the year of the answer."""
    variants = labels.deciders.offered_variants
    found = {(claim.kind, claim.variant): claim for claim in claims if claim.year == labels.year}
    return CellGrid(
        says=f"In how many of 100 simulations each claim holds, in {labels.year}.",
        corner="Claim",
        columns=tuple(upper_first(labels.variant_cell(variant)) for variant in variants),
        rows=tuple(
            (statement, tuple(_grid_cell(found.get((kind, variant))) for variant in variants))
            for kind, statement in statements.items()
        ),
        legend=(("yes", "holds"), ("half", "in some simulations"), ("no", "does not hold"), ("empty", "not tested")),
    )


def _grid_cell(claim: ReceivedClaim | None) -> GridCell:
    if claim is None or claim.holding_share is None:
        return GridCell("empty", "not tested")
    share = claim.holding_share
    state: CellState = "yes" if share >= STANDS_FROM else "no" if share < FALLS_BELOW else "half"
    return GridCell(state, short_share(share))


def short_share(share: float) -> str:
    """A share as so many of 100, in a picture: `<1`, `7`, `>99`."""
    return per_hundred(share).replace("fewer than ", "<").replace("more than ", ">")
