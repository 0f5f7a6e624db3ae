"""How proposals would fare, in sentences and in a picture: decisions that pass, fail, or hang on unknown stances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from detente.methods.institutions.decision_rules import VoteOutcome
from detente.results.pictures import CellGrid, CellState, GridCell
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.verdict_words import count_of
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import cardinal, clip_text, count_noun, join_words
from detente.text.number_format import per_hundred

OUTCOME_VERBS: Mapping[VoteOutcome, str] = {"passes": "pass", "fails": "fail", "open": "stay open"}
OUTCOME_CELLS: Mapping[VoteOutcome, tuple[CellState, str]] = {
    "passes": ("yes", "would pass"),
    "fails": ("no", "would fail"),
    "open": ("unclear", "hangs on stances that are not known"),
}
"""How a decision is shown, and what that means."""
LONGEST_TITLE = 60
"""Letters of a title within a sentence."""


def stance_short_answer(model: RulesModel) -> str:
    """How many decisions are settled by what is known."""
    outcomes = model.stance_outcomes
    settled = sum(outcome.outcome != "open" for outcome in outcomes)
    return f"{count_of(settled, len(outcomes))} settled"


def stance_sentences(model: RulesModel, labels: RuleLabels) -> Iterator[str]:
    """How many decisions pass, fail or stay open, of how many nothing is known, and the one chance where there is."""
    outcomes = model.stance_outcomes
    counts = Counter(outcome.outcome for outcome in outcomes)
    told = [f"{cardinal(counts[outcome])} would {verb}" for outcome, verb in OUTCOME_VERBS.items() if counts[outcome]]
    yield f"By the stances on record, of {count_noun(len(outcomes), 'decision')} {join_words(told)}."
    if unknown_count := sum(outcome.unknown_count == outcome.member_count for outcome in outcomes):
        yield f"For {_some_of(unknown_count, len(outcomes))} the case has no member's stance."
    with_chance = [(outcome, outcome.chance) for outcome in outcomes if outcome.chance]
    if len(with_chance) == 1:
        ((outcome, chance),) = with_chance
        title = clip_text(model.docket.case.proposals[outcome.proposal].title, LONGEST_TITLE)
        organisation, share = labels.in_sentence(outcome.organisation), per_hundred(chance.probability)
        yield f"With the chances that we assume, {organisation} would pass “{title}” {share} times of 100."


def _some_of(count: int, total: int) -> str:
    if total == 1:
        return "it"
    return "all of these" if count == total else f"{cardinal(count)} of these"


def stance_grid(model: RulesModel, labels: RuleLabels) -> CellGrid:
    """Each proposal by each organisation that decides on it."""
    outcomes, parties = model.stance_outcomes, model.docket.parties
    cells = {
        (outcome.proposal, outcome.organisation): GridCell(OUTCOME_CELLS[outcome.outcome][0]) for outcome in outcomes
    }
    names = dict.fromkeys(outcome.proposal for outcome in outcomes)
    found = {outcome.outcome for outcome in outcomes}
    return CellGrid(
        says="What each side would decide, as far as the stances of members are known.",
        corner="Proposal",
        columns=tuple(labels.heading(party) for party in parties),
        rows=tuple(
            (
                model.docket.case.proposals[name].title,
                tuple(cells.get((name, party), GridCell("empty")) for party in parties),
            )
            for name in names
        ),
        legend=tuple(cell for outcome, cell in OUTCOME_CELLS.items() if outcome in found),
    )
