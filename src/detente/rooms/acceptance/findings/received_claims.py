"""The finding on what is said of channels between blocs in general: which claims stand on this case's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by, share
from detente.rooms.acceptance.model.results import Judged
from detente.rooms.gains.findings.common_threat import threat_adds
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR
from detente.text.english import join_words
from detente.text.number_format import per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.bool_]

STANDS, FALLS = 0.9, 0.5
"""Shares of the draws from which a claim is said to stand, and below which it falls."""
FEW = 20
"""Draws in a fifth of them, below which nothing is said of what drives a claim."""
DRIVERS = 3
"""Numbers that are named for each claim."""
ERRORS = 4
"""Standard errors that it has to be besides: of so many numbers some differ by two or three without cause."""
MOVES = 0.1
"""The difference between the two ends of a number from which it is said to drive a claim."""


STRUCTURAL = (
    "Structural, and so no evidence for any theory: who loses a direct link, and gets no more done for it, cannot gain "
    "by that, whatever is at stake."
)
"""What of the claims follows from the model."""


@dataclass(frozen=True)
class Claim:
    """A claim, the draws of which it holds, and those of which it could."""

    says: str
    holds: Draws
    of: Draws
    untested: str = ""
    """Why no draw of this case could tell, if so: then it neither stands nor falls."""

    @cached_property
    def often(self) -> float:
        """In which share of the draws that it speaks of."""
        return float(self.holds[self.of].mean()) if self.of.any() else float("nan")


def claims(tell: Telling, run: Run) -> list[Claim]:
    """The claims on one form of the channel."""
    import numpy as np

    judged, council = tell.judged, tell.council
    own, whole = (run, council.own.id), (run, council.whole.id)
    members = judged.members[whole]
    proposes = judged.leads(run, council.whole)
    others = np.delete(members, council.payer, axis=1)
    reluctant = (others < -NEAR).any(axis=1)
    declines = judged.answer[whole] <= NEAR
    liberal = (judged.answer[own] > NEAR) & judged.consent[own]
    threat = judged.grave[whole] > NEAR
    every = np.ones_like(declines)
    won = reluctant & judged.consent[whole]
    first_three = proposes & won & declines
    offers, answers = tell.offers, tell.answers
    alone = "" if others.size else f"{offers} has no other member in the channels"
    only_gains = "nothing counts in this case besides own gains" if own == whole else ""
    inert = _inert(tell, run)
    return [
        Claim(f"the channel is worth most in {offers} to its leading member, and worth something", proposes, every),
        Claim(f"some other member of {offers} would rather not, and consents after payments", won, every, alone),
        Claim(f"{answers} declines", declines, every),
        Claim("by own gains alone both sides accept", liberal, every),
        Claim(f"{answers} declines, where by own gains alone both would accept", declines, liberal, only_gains),
        Claim("a grave threat, felt by all, turns the refusal", threat, declines, inert),
        Claim("the first three together", first_three, every, alone),
        Claim("all of them together", first_three & liberal & threat, every, alone or only_gains or inert),
    ]


def _inert(tell: Telling, run: Run) -> str:
    """Why a grave threat cannot turn anything in this case, if it cannot."""
    import numpy as np

    judged, key = tell.judged, (run, tell.council.whole.id)
    if not threat_adds(tell.council.case):
        return "in this case a threat adds nothing to what is at stake (network.raised)"
    changes = np.abs(judged.grave[key] - judged.answer[key]).max() > NEAR
    return "" if changes else "a grave threat would change nothing that is not so already"


def rechecked(years: Sequence[Telling]) -> Finding:
    """Which claims stand in which year and form, and the numbers that drive them."""
    import polars as pl

    rows: list[dict[str, object]] = []
    standing: dict[str, list[Claim]] = {}
    for tell in years:
        orders = _orders(tell.judged)
        for run in tell.council.runs:
            for claim in claims(tell, run):
                standing.setdefault(claim.says, []).append(claim)
                rows.append(
                    {
                        "claim": claim.says,
                        "year": tell.council.arena.year,
                        "run": tell.way(run),
                        "holds": _holds(claim),
                        "driven_by": "" if claim.untested else join_words(_drivers(claim, orders)),
                    }
                )
    last = years[-1]
    verdicts = {says: _verdict(each) for says, each in standing.items()}
    several = "In every year and form these" if len(next(iter(standing.values()))) > 1 else "These"
    words = {
        "stands": f"{several} stand",
        "falls": f"{several} fall",
        "turns": "These stand in one year or form and fall in another",
        "between": "These hold in some draws, and neither stand nor fall",
        "empty": "Of these there is no draw that they speak of",
    }
    parts = [
        f"{how}: {'; '.join(claim for claim, verdict in verdicts.items() if verdict == which)}."
        for which, how in words.items()
        if which in verdicts.values()
    ]
    parts += _untested([claim for each in standing.values() for claim in each])
    return Finding(
        id="claims",
        title="What is said of such channels, held against the numbers",
        says=" ".join([*parts, STRUCTURAL]),
        see=f"In how many of 100 draws each holds {by(last.council.whole)}, and the numbers that move it most: what it "
        "is in the fifth of the draws in which each is lowest, and highest.",
        table=pl.DataFrame(rows, infer_schema_length=None).sort("claim", maintain_order=True),
        headers={"run": "the channel is run", "holds": "holds, of 100 draws it speaks of"},
        method=(
            "A claim stands where it holds of 90 of 100 draws, and falls below half of them; one that the case says "
            "too little to test does neither. Who loses a link loses as much by it as the other end does, and others "
            "win twice that (Myerson 1977, from fairness). How far other values than Myerson's change the signs is "
            "told of gains."
        ),
        rests_on=(last.council.channel,),
    )


def _holds(claim: Claim) -> str:
    """How often a claim holds, in a table."""
    if claim.untested:
        return "not tested"
    return share(claim.often, int(claim.of.sum())) if claim.of.any() else "no such draw"


def _untested(found: Sequence[Claim]) -> Iterator[str]:
    """The claims that nothing in a case could bear out, or refute, by what it lacks."""
    why: dict[str, dict[str, None]] = {}
    for claim in found:
        if claim.untested:
            why.setdefault(claim.untested, {})[claim.says] = None
    for reason, says in why.items():
        yield f"Not tested, since {reason}: {'; '.join(says)}."


def _verdict(found: Sequence[Claim]) -> str:
    """Whether a claim stands in all years and forms in which it is tested and speaks of some draw, falls, or turns."""
    if all(claim.untested for claim in found):
        return "untested"
    each = [claim.often for claim in found if claim.of.any() and not claim.untested]
    if not each:
        return "empty"
    if min(each) >= STANDS:
        return "stands"
    if max(each) < FALLS:
        return "falls"
    return "turns" if max(each) >= STANDS and min(each) < FALLS else "between"


def _orders(judged: Judged) -> dict[str, NDArray[np.int64]]:
    """By number that varies, the draws from the one in which it is lowest."""
    import numpy as np

    return {path: np.argsort(drawn, kind="stable") for path, drawn in judged.numbers.items() if np.ptp(drawn) > 0}


def _drivers(claim: Claim, orders: Mapping[str, NDArray[np.int64]]) -> list[str]:
    """The numbers that a claim moves with.

    Args:
        claim: On some draws.
        orders: By number, the draws from the one in which it is lowest.
    """
    fifth = int(claim.of.sum()) // 5
    if fifth < FEW:
        return []
    moved = []
    for path, order in orders.items():
        some = order[claim.of[order]]
        low, high = float(claim.holds[some[:fifth]].mean()), float(claim.holds[some[-fifth:]].mean())
        noise = sqrt(2 * claim.often * (1 - claim.often) / fifth)
        if abs(high - low) >= max(MOVES, ERRORS * noise):
            moved.append((abs(high - low), f"{path} ({per_hundred(low)} to {per_hundred(high)})"))
    return [words for _, words in sorted(moved, reverse=True)[:DRIVERS]]
