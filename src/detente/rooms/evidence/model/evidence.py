"""The evidence of a case, tallied and weighed: every table of motives by the codings that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.rooms.evidence.model.coding_routes import LatestCodings, index_latest_codings
from detente.rooms.evidence.model.competing_hypotheses import ConsistencyMatrix, consistency_matrix
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, run_congruence_test
from detente.rooms.evidence.model.intercoder_agreement import IntercoderAgreement, intercoder_agreement
from detente.rooms.evidence.model.leave_one_out import LeaveOneOut, leave_origins_out
from detente.rooms.evidence.model.likelihood_sensitivity import LikelihoodSensitivity, likelihood_sensitivity
from detente.rooms.evidence.model.posterior import PosteriorResult, table_posterior
from detente.rooms.evidence.model.reversal import Reversal, order_reversal
from detente.rooms.evidence.model.route_verdicts import RouteComparison, compare_routes
from detente.rooms.evidence.model.verdict_stability import VerdictStability, tally_agreements, verdict_stability


@dataclass(frozen=True, slots=True)
class WeighedEvidence:
    """What the evidence on a table makes of the hypotheses."""

    posterior: PosteriorResult
    reversal: Reversal
    sensitivity: LikelihoodSensitivity
    matrix: ConsistencyMatrix | None
    """None if nothing is rated."""


@dataclass(frozen=True, slots=True)
class TableEvidence:
    """One table of a case, tallied and weighed."""

    test: CongruenceTest
    stability: VerdictStability
    routes: RouteComparison
    weighed: WeighedEvidence | None
    """None where the case has no hypotheses or nothing bears on them."""
    without_origins: LeaveOneOut | None
    """None if nothing says where it is from."""


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Every table of a case, as it is tallied, and what it makes of the hypotheses."""

    case: Case
    tables: tuple[TableEvidence, ...]
    agreement: IntercoderAgreement
    tally_agreements: Mapping[str, bool | None]
    """Whether each conclusion of the documents is that of the tallies; None where it is not of a table or theory."""

    @property
    def tests(self) -> list[CongruenceTest]:
        """The tables as they are tallied."""
        return [table.test for table in self.tables]

    @property
    def posteriors(self) -> list[PosteriorResult]:
        """What the evidence comes to on each table where it is weighed."""
        return [table.weighed.posterior for table in self.tables if table.weighed]


def weigh_evidence(case: Case) -> EvidenceModel | None:
    """The evidence of a case; None if there are no tables and no theories to hold against them."""
    if len(case.theories) < 2 or not (case.tables or any(t.propositions for t in case.theories.values())):
        return None
    case = case_of_answer(case)
    latest_codings = index_latest_codings(case)
    tests = [run_congruence_test(case, latest_codings, name, table) for name, table in case.tables.items()]
    return EvidenceModel(
        case,
        tuple(_table_evidence(case, latest_codings, test) for test in tests),
        intercoder_agreement(case, latest_codings, tests),
        tally_agreements(case, tests),
    )


def _table_evidence(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> TableEvidence:
    return TableEvidence(
        test,
        verdict_stability(case, test),
        compare_routes(case, latest_codings, test),
        _weighed_evidence(case, latest_codings, test),
        leave_origins_out(case, latest_codings, test),
    )


def _weighed_evidence(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> WeighedEvidence | None:
    posterior = table_posterior(case, latest_codings, test)
    if posterior is None:
        return None
    reversal = order_reversal(case, posterior)
    return WeighedEvidence(
        posterior,
        reversal,
        likelihood_sensitivity(case, latest_codings, posterior, reversal),
        consistency_matrix(case, latest_codings, test),
    )
