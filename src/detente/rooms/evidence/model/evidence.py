"""The evidence of a case, tallied and weighed: every table of motives by the codings that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding
from detente.rooms.evidence.model.coding_routes import index_latest_codings
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, run_congruence_test
from detente.rooms.evidence.model.posterior import PosteriorResult, table_posterior


@dataclass(frozen=True)
class EvidenceModel:
    """Every table of a case, as it is tallied, and what it makes of the hypotheses."""

    case: Case
    latest_codings: Mapping[tuple[str, str], list[tuple[str, Coding]]]
    """The codings that count."""
    tests: tuple[CongruenceTest, ...]
    posteriors: Mapping[str, PosteriorResult | None]
    """By table, the hypotheses after its evidence; None where it is not weighed."""


def weigh_evidence(case: Case) -> EvidenceModel | None:
    """The evidence of a case; None if there are no tables and no theories to hold against them."""
    if len(case.theories) < 2 or not (case.tables or any(t.propositions for t in case.theories.values())):
        return None
    latest_codings = index_latest_codings(case)
    tests = tuple(run_congruence_test(case, latest_codings, name, table) for name, table in case.tables.items())
    return EvidenceModel(
        case, latest_codings, tests, {test.id: table_posterior(case, latest_codings, test) for test in tests}
    )
