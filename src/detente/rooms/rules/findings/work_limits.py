"""What the room leaves out because it would be too much: limits on work, which are counted and never timed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.methods.institutions.minimal_openings import MOST_CHANGES, MOST_LOOKS, MOST_SETS
from detente.rooms.rules.findings.over_time import MOST_YEARS, too_long
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rule_dependence import MOST_TAKEN_OUT, Without, work
from detente.text.english import count, listed

MOST_NAMED = 5
"""Proposals that are named, beyond which it is only told how many more there are."""


def left_out(docket: Docket, loaded: Sequence[Without] | None) -> Iterator[str]:
    """Everything that was left out, each in a sentence."""
    yield from (text for text in (openings_left_out(docket), years_left_out(docket)) if text)
    if loaded is None:
        yield loads_left_out(docket)


def openings_left_out(docket: Docket) -> str:
    """Which proposals could have other ways to be opened than those that were looked at; nothing if none could."""
    if docket.depth < MOST_CHANGES:
        return (
            f"For what would open a proposal only single changes are tried, since {len(docket.proposals)} proposals "
            f"under {docket.searches} sets of rules are too many to try more."
        )
    names = [name for name in docket.proposals if not _all_looked_at(docket, name)]
    if not names:
        return ""
    named = (
        listed(names)
        if len(names) <= MOST_NAMED
        else f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    )
    return (
        f"For {count(len(names), 'proposal')} ({named}) not every set of {MOST_CHANGES} changes is tried: larger sets "
        f"are left out beyond {MOST_LOOKS} of one size, and beyond {MOST_SETS} that are put together."
    )


def _all_looked_at(docket: Docket, name: str) -> bool:
    return all(
        held.states()[0] == "open" or held.all_looked_at for held in (docket.bloc(name), docket.bloc(name, docket.now))
    )


def years_left_out(docket: Docket) -> str:
    """That the course of the verdicts is not told; nothing if it is."""
    if not too_long(docket):
        return ""
    return f"Since when each verdict holds is left out: the period is longer than {MOST_YEARS} years."


def loads_left_out(docket: Docket) -> str:
    """That it is not told what hangs on each rule."""
    return (
        f"What hangs on each rule is left out: it would take {work(docket)} verdicts, and {MOST_TAKEN_OUT} is the most."
    )
