"""What a reader may look for in the chapter on the rules and does not find."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Missing
from detente.rooms.rules.model.outcomes_by_stance import proposals_with_stances
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import cardinal, count_noun


def missing_from_rules(model: RulesModel) -> Iterator[Missing]:
    """How members would vote, what proposals hold that say too little, how a side decides, what rules carry."""
    counted = [row.name for row in model.counted]
    without_stances = set(counted) - set(proposals_with_stances(model.docket))
    if without_stances:
        yield Missing(
            what=f"how the members would vote on {_most_of(len(without_stances), len(counted))}",
            why="The case does not say where any member stands on them.",
            remedy="Add `stances:`, one line a member.",
        )
    case = model.docket.case
    if vague_count := len(case.proposals) - len(model.docket.proposals):
        yield Missing(
            what=f"what the rules make of {count_noun(vague_count, 'more proposal')}",
            why=f"{'It says' if vague_count == 1 else 'They say'} too little to be held against any rule.",
            remedy="Add `attributes:` to each, as far as its words answer what rules ask.",
        )
    if len({rule.organisation for rule in model.votes.decision_rules}) < len(model.docket.parties):
        yield Missing(
            what="how each side decides",
            why="The case does not say it of both.",
            remedy="Add `decides:` to each organisation.",
        )
    if model.removals is None:
        yield Missing(
            what="which rules carry the verdicts",
            why="There are too many rules and proposals to take out each rule in turn.",
            kind="not yet",
        )


def _most_of(count: int, total: int) -> str:
    """`the proposal`, `both proposals`, `any proposal`, `19 of 22 proposals`."""
    if count == total:
        return "the proposal" if total == 1 else "any proposal"
    return f"{cardinal(count)} of the {cardinal(total)} proposals"
