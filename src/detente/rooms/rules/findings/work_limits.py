"""What the room leaves out because it would be too much: limits on work, which are counted and never timed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.methods.institutions.minimal_openings import MAX_CHANGES, MAX_SETS_PER_LEVEL, MAX_SETS_PER_SIDE
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.over_time import MOST_YEARS, exceeds_year_limit
from detente.rooms.rules.model.rule_dependence import MOST_REMOVALS, RuleRemoval, count_removal_verdicts
from detente.text.english import count_noun, join_words

MOST_NAMED = 5
"""Proposals that are named, beyond which it is only told how many more there are."""


def omission_notes(docket: Docket, removals: Sequence[RuleRemoval] | None) -> Iterator[str]:
    """Everything that was left out, each in a sentence."""
    yield from (text for text in (omitted_openings_note(docket), omitted_years_note(docket)) if text)
    if removals is None:
        yield omitted_removals_note(docket)


def omitted_openings_note(docket: Docket) -> str:
    """Which proposals could have other ways to be opened than those that were looked at; nothing if none could."""
    if docket.search_depth < MAX_CHANGES:
        return (
            f"For what would open a proposal only single changes are tried, since {len(docket.proposals)} proposals "
            f"under {docket.search_count} sets of rules are too many to try more."
        )
    names = [name for name in docket.proposals if not _is_search_complete(docket, name)]
    if not names:
        return ""
    names_phrase = (
        join_words(names)
        if len(names) <= MOST_NAMED
        else f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    )
    return (
        f"For {count_noun(len(names), 'proposal')} ({names_phrase}) not every set of {MAX_CHANGES} changes is tried: "
        f"larger sets are left out beyond {MAX_SETS_PER_LEVEL} of one size, and beyond {MAX_SETS_PER_SIDE} that are "
        "put together."
    )


def _is_search_complete(docket: Docket, name: str) -> bool:
    return all(
        proposal_rulings.states()[0] == "open" or proposal_rulings.is_search_complete
        for proposal_rulings in (docket.under_bloc_rules(name), docket.under_bloc_rules(name, docket.comparison_time))
    )


def omitted_years_note(docket: Docket) -> str:
    """That the course of the verdicts is not told; nothing if it is."""
    if not exceeds_year_limit(docket):
        return ""
    return f"Since when each verdict holds is left out: the period is longer than {MOST_YEARS} years."


def omitted_removals_note(docket: Docket) -> str:
    """That it is not told what hangs on each rule."""
    count = count_removal_verdicts(docket)
    return f"What hangs on each rule is left out: it would take {count} verdicts, and {MOST_REMOVALS} is the most."
