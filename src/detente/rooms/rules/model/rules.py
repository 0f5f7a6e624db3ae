"""The rules of a case: its docket, what hangs on each rule, and how either side decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.rooms.rules.model.docket import Docket, build_docket
from detente.rooms.rules.model.feasibility_ranking import RankedProposal, rank_proposals
from detente.rooms.rules.model.other_readings import OtherReadingVerdicts, verdicts_by_other_readings
from detente.rooms.rules.model.outcomes_by_stance import StanceOutcome, outcomes_by_stance
from detente.rooms.rules.model.over_time import AgendaOutcomes, VerdictHistory, agenda_outcomes, verdict_history
from detente.rooms.rules.model.rule_coverage import RuleCoverage, rule_coverage
from detente.rooms.rules.model.rule_dependence import RuleRemoval, rule_removals
from detente.rooms.rules.model.voting_power import VotingPower, voting_power


@dataclass(frozen=True)
class RulesModel:
    """Proposals held against rules."""

    docket: Docket
    ranking: Sequence[RankedProposal]
    """The proposals from the most to the least open, at the time of comparison."""
    agendas: AgendaOutcomes | None
    """None with fewer than two agendas."""
    history: VerdictHistory | None
    """None without a period, or where it is too long."""
    votes: VotingPower
    stance_outcomes: Sequence[StanceOutcome]
    coverage: Sequence[RuleCoverage]
    """Of each side."""
    removals: Sequence[RuleRemoval] | None
    """The verdicts that would be others without each rule; None where that is too much work."""
    other_readings: Sequence[OtherReadingVerdicts]
    """What is open where the case declares another reading of what it presumes."""

    @property
    def counted(self) -> Sequence[RankedProposal]:
        """The proposals that are counted, as ranked: those that were offered, or all of them if none was."""
        proposals = self.docket.case.proposals
        return [row for row in self.ranking if proposals[row.name].standing == "offered"] or list(self.ranking)

    @property
    def open_names(self) -> Sequence[str]:
        """Those of them that are open at the time of comparison."""
        return [row.name for row in self.counted if row.is_open]


def apply_rules(case: Case) -> RulesModel | None:
    """The proposals of a case held against its rules; None if none can be held against any."""
    case = case_of_answer(case)
    docket = build_docket(case)
    if docket is None:
        return None
    return RulesModel(
        docket,
        rank_proposals(docket),
        agenda_outcomes(docket),
        verdict_history(docket),
        voting_power(docket),
        outcomes_by_stance(docket),
        rule_coverage(docket),
        rule_removals(docket),
        verdicts_by_other_readings(docket),
    )
