"""The finding on how proposals would fare: stances of members, through the decision rule, to an outcome."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.institutions.decision_analysis import CoalitionChange
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.stance_summary import stance_grid, stance_sentences, stance_short_answer
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.outcomes_by_stance import StanceOutcome, proposals_with_stances
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import as_sentence, join_words

METHOD_OF_STANCES = (
    "A proposal passes, fails, or is open where it hangs on members whose stance is not known. Those who block it are "
    "in some smallest set of members whose yes would let it pass; unknown stances are taken at their worst there. "
    "Chances take members to decide independently, and are exact."
)

COLUMNS = (
    Column("proposal", format="id"),
    Column("organisation"),
    Column("at", format="date"),
    Column("by"),
    Column("members", format="count", unit="members"),
    Column("unknown", format="count", unit="members"),
    Column("outcome"),
    Column("who_blocks_it_or_might"),
    Column("smallest_sets_that_would_pass_it"),
    Column("chance_of_passing", format="probability", unit="probability"),
    Column("most_often_decisive"),
    Column("decisive_with", "with a chance of", "number", "probability"),
)
UNCOUNTED = Column("not_worked_out")
"""Why chances are not told, where they could be."""


def outcomes_by_stance_finding(model: RulesModel, labels: RuleLabels) -> Finding | None:
    """How proposals would fare, as far as anything is known of where members stand; None if nothing is."""
    outcomes, case = model.stance_outcomes, model.docket.case
    if not outcomes:
        return None
    proposals = proposals_with_stances(model.docket)
    stance_ids = (id for id, stance in case.stances.items() if set(stance.on) & set(proposals))
    return Finding(
        id="fares",
        title="How proposals would fare",
        says=" ".join(stance_sentences(model, labels)),
        table=make_table(
            [*COLUMNS, *([UNCOUNTED] if any(map(_is_uncounted, outcomes)) else [])],
            (_outcome_record(model, labels, outcome) for outcome in outcomes),
        ),
        method=METHOD_OF_STANCES,
        rests_on=(*proposals, *stance_ids),
        place="detail",
        question="How the members would vote",
        short_answer=stance_short_answer(model),
        picture=stance_grid(model, labels),
    )


def _outcome_record(model: RulesModel, labels: RuleLabels, outcome: StanceOutcome) -> dict[str, object]:
    blockage, chance = outcome.blockage, outcome.chance
    blockers_phrase = sets_phrase = "too many to look through"
    if blockage:
        blockers_phrase = _shorten_list([labels.in_sentence(m) for m in blockage.blockers])
        sets_phrase = _unblocking_phrase(labels, blockage.unblocking_sets)
    top_member = chance.top_member if chance else None
    return {
        "proposal": outcome.proposal,
        "organisation": labels.heading(outcome.organisation),
        "at": str(model.docket.proposal_time(outcome.proposal)),
        "by": labels.decision_phrase(outcome.decision_rule),
        "members": outcome.member_count,
        "unknown": outcome.unknown_count,
        "outcome": outcome.outcome,
        "who_blocks_it_or_might": blockers_phrase,
        "smallest_sets_that_would_pass_it": sets_phrase,
        "chance_of_passing": chance.probability if chance else None,
        "most_often_decisive": labels.in_sentence(top_member) if top_member else "",
        "decisive_with": chance.pivot_chances[top_member] if chance and top_member else None,
        **({UNCOUNTED.name: "too many sums to keep apart"} if _is_uncounted(outcome) else {}),
    }


def _is_uncounted(outcome: StanceOutcome) -> bool:
    """Whether the case gives chances, and they are too many to be worked out."""
    return outcome.has_chances and outcome.chance is None


def _unblocking_phrase(labels: RuleLabels, sets: Sequence[CoalitionChange]) -> str:
    phrases = []
    for change in sets[:3]:
        parts = (
            [_shorten_list([labels.in_sentence(m) for m in change.required_members])] if change.required_members else []
        )
        parts += [
            f"any {n} of {_shorten_list([labels.in_sentence(m) for m in group])}" for n, group in change.group_choices
        ]
        phrases.append(join_words(parts))
    return as_sentence("; or ".join(phrases)) if phrases else ""


def _shorten_list(names: list[str], most: int = 4) -> str:
    return join_words(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"
