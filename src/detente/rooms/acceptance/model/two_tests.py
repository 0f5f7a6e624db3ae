"""How often the offer is accepted by both tests: as the case is, or as it would be by a what-if."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.estimated_share import HALF, EstimatedShare
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.what_if import ChangedShare, WhatIf

TestName = Literal["strict", "generous"]
TESTS: tuple[TestName, ...] = ("strict", "generous")
AnswerVerdict = Literal["accepts", "refuses", "either way"]
"""What the side that answers does by both tests, or that these or the draws do not settle it."""
REFUSES_UP_TO, ACCEPTS_ABOVE = 45, 55
"""Of 100 draws, rounded: up to how many acceptances by either test are a refusal, and above how many a yes."""


@dataclass(frozen=True)
class TwoTests:
    """How often the offer is accepted by the strict test and by the generous one, as shares of draws."""

    strict: EstimatedShare
    generous: EstimatedShare

    @property
    def low(self) -> float:
        """The lower of the two."""
        return min(self.strict.value, self.generous.value)

    @property
    def high(self) -> float:
        """The higher of the two."""
        return max(self.strict.value, self.generous.value)

    @property
    def verdict(self) -> AnswerVerdict:
        """Whether both tests say yes, or both no."""
        if round(100 * self.high) <= REFUSES_UP_TO:
            return "refuses"
        return "accepts" if round(100 * self.low) > ACCEPTS_ABOVE else "either way"


def own_tests(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> TwoTests:
    """As the case is, by a theory."""
    return TwoTests(result.strict_estimate(variant, theory), result.generous_estimate(variant, theory))


def tests_after(what_if: WhatIf, key: AnswerKey) -> TwoTests | None:
    """As it would be; None where the what-if leaves no such form."""
    if key not in what_if.strict:
        return None
    return TwoTests(what_if.strict[key].after, what_if.generous[key].after)


def reversing_tests(what_if: WhatIf, theory_id: str) -> frozenset[TestName]:
    """By which tests most draws say otherwise than as the case is, in some form, beyond their error."""
    by_test = {"strict": what_if.strict, "generous": what_if.generous}
    return frozenset(
        test for test in TESTS if any(is_reversed(share) for key, share in by_test[test].items() if key[1] == theory_id)
    )


def is_reversed(share: ChangedShare) -> bool:
    """Whether most draws say otherwise than before, and the change is above its error."""
    return share.is_clear and (share.before.value > HALF) != (share.after.value > HALF)
