"""The contradictions of a case: what computing finds of each, and of what explains those that are only apparent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import Contradiction, ContradictionKind
from detente.rooms.record.model.declared_checks import CheckResult, run_check


@dataclass(frozen=True, slots=True)
class ComparedContradiction:
    """A contradiction with what its checks find."""

    id: str
    contradiction: Contradiction
    computed: CheckResult | None
    """Of what is claimed; None where no check is declared."""
    explanation_computed: CheckResult | None
    """Of what explains an apparent one."""


def compared_contradictions(case: Case) -> tuple[ComparedContradiction, ...]:
    """Every contradiction of a case, with what its checks find."""
    return tuple(
        ComparedContradiction(
            name,
            part,
            run_check(case, part.check) if part.check else None,
            run_check(case, part.explained.check) if part.explained and part.explained.check else None,
        )
        for name, part in case.contradictions.items()
    )


def count_by_kind(contradictions: tuple[ComparedContradiction, ...]) -> Counter[ContradictionKind]:
    """How many are of each kind."""
    return Counter(item.contradiction.kind for item in contradictions)
