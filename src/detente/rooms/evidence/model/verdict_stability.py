"""How a verdict stands: what would flip it, motive by motive, and its chance under coder error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.methods.inference.fragility import (
    Recoding,
    TippingPoint,
    VerdictFlip,
    minimum_recodings,
    single_recodings,
    survival_probability,
    tipping_weights,
)
from detente.rooms.evidence.model.congruence_tables import CongruenceTest

CODER_ERROR_RATES = (0.1, 0.2, 0.3)
"""The chances of coder error under which every verdict is tried."""


@dataclass(frozen=True, slots=True)
class VerdictStability:
    """What it takes to change the verdict on a table."""

    flips: tuple[VerdictFlip | None, ...]
    """The fewest recodings under each treatment of secondary readings, the case's own first."""
    recodings: tuple[Recoding, ...]
    """Every way to read one motive otherwise."""
    tipping_points: tuple[TippingPoint, ...]
    """The weights of single motives at which the sums draw level."""
    survival_chances: tuple[float | None, ...]
    """The chance of the verdict at each rate of coder error, None where too much is to be told apart; none at a tie."""

    @property
    def tie_breakers(self) -> tuple[str, ...]:
        """The theories that one recoding makes the leader."""
        return tuple(sorted({recoding.leader for recoding in self.recodings if recoding.leader}))


def verdict_stability(case: Case, test: CongruenceTest) -> VerdictStability:
    """What it takes to change the verdict on a table."""
    theories, main_tally = list(case.theories), test.main_tally
    return VerdictStability(
        tuple(minimum_recodings(test.rows, theories, tally) for tally in test.tallies),
        tuple(single_recodings(test.rows, theories, main_tally.s)),
        tuple(tipping_weights(test.rows, main_tally)),
        tuple(survival_probability(test.rows, theories, main_tally, rate) for rate in CODER_ERROR_RATES)
        if main_tally.leader is not None
        else (),
    )


def tally_agreements(case: Case, tests: Sequence[CongruenceTest]) -> Mapping[str, bool | None]:
    """Whether each conclusion of the documents is that of the tallies; None where it is not of a table or theory."""
    agreements: dict[str, bool | None] = {}
    for name, verdict in case.verdicts.items():
        leaders = {test.main_tally.leader for test in tests if test.id in verdict.about}
        agreements[name] = None if not leaders or not verdict.theory else leaders == {verdict.theory}
    return agreements
