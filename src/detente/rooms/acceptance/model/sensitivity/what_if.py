"""What becomes of the offer if some things were otherwise: each what-if beside the case as it is, on common draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.offer_answers import AnswerKey, OfferAnswers
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.choices.choice_sensitivity import MOST_DRAWS_PER_OPTION
from detente.rooms.acceptance.model.estimated_share import EstimatedShare, estimate_share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ChangedShare:
    """A share of the draws as it is, as it would be, and the change, whose error is that of common draws."""

    before: EstimatedShare
    after: EstimatedShare
    change: EstimatedShare

    @property
    def is_clear(self) -> bool:
        """Whether the change is above two standard errors."""
        return abs(self.change.value) > STANDARD_ERRORS_APART * self.change.error

    @classmethod
    def between(cls, before: Floats, after: Floats) -> ChangedShare:
        """Of values draw by draw, each of shape (draws,)."""
        return cls(estimate_share(before), estimate_share(after), estimate_share(after - before))


@dataclass(frozen=True)
class WhatIf:
    """What becomes of the offer by one what-if. By form and theory, as far as it leaves these."""

    strict: Mapping[AnswerKey, ChangedShare]
    """How often the other side accepts by the strict test."""
    generous: Mapping[AnswerKey, ChangedShare]
    """By the generous one."""
    offered: Mapping[AnswerKey, ChangedShare]
    """How often the side that offers is for it; nothing where it was not asked."""


class WhatIfs:
    """A case, and what becomes of its offer if other values stood at some of its paths."""

    def __init__(self, case: Case):
        self.case = case
        self.draw_count = min(case.network.draws, MOST_DRAWS_PER_OPTION)
        self._cache = BatchCache()
        self._own = self._answers(case)
        self._asked: dict[str, WhatIf] = {}

    def ask(self, values: Mapping[str, Any], with_offering_side: bool = False) -> WhatIf:
        """What becomes of the offer with these values.

        Args:
            values: By dotted path, as in a scenario that holds. What was asked before is not worked out again.
            with_offering_side: Whether the side that offers is asked, too.
        """
        key = json.dumps(values, sort_keys=True, default=str)
        known = self._asked.get(key)
        if known is None or (with_offering_side and not known.offered):
            known = self._asked[key] = self._compare(case_with_values(self.case, values), with_offering_side)
        return known

    def _compare(self, case: Case, with_offering_side: bool) -> WhatIf:
        answers = self._answers(case, with_offering_side)
        return WhatIf(
            *(
                {key: ChangedShare.between(before, after[key]) for key, before in own.items() if key in after}
                for own, after in (
                    (self._own.strict, answers.strict),
                    (self._own.generous, answers.generous),
                    (self._own.offered, answers.offered),
                )
            )
        )

    def _answers(self, case: Case, with_offering_side: bool = True) -> OfferAnswers:
        return answer_offer(case, self.draw_count, cache=self._cache, with_offering_side=with_offering_side)
