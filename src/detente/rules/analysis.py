"""The rules room: what each organisation may decide, who can stop it, what would unblock it."""

from __future__ import annotations

from detente.case.schema import Case
from detente.rules.answer import answer, assumptions, brief, tile
from detente.rules.checks import problems
from detente.rules.course import agendas, years
from detente.rules.docket import docket
from detente.rules.fares import fares
from detente.rules.known import known, without_each
from detente.rules.loads import loads
from detente.rules.matrix import METHOD, matrix
from detente.rules.ranking import ranked, ranking
from detente.rules.reasons import Words
from detente.rules.voting import how, power
from detente.section import Section

__all__ = ["NEEDS", "analyse", "problems"]
NEEDS = "two organisations, rules with effects, and proposals with attributes (`sides:`, `rules:`, `attributes:`)"


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on the rules; none if no proposal can be held against any rule."""
    found = docket(case)
    if found is None:
        return ()
    words, loaded = Words(case), loads(found)
    findings = (
        matrix(found, words),
        ranking(found, words, loaded),
        agendas(found),
        years(found, words),
        how(found, words),
        power(found, words),
        fares(found, words),
        known(found, words),
        without_each(found, loaded),
    )
    rows = ranked(found)
    return (
        Section(
            id="rules",
            title="What the rules allow",
            answer=answer(found, loaded),
            tile=tile(found, loaded),
            findings=tuple(finding for finding in findings if finding),
            outcome={"proposals": float(len(rows)), "open": float(sum(row.open for row in rows))},
            assumptions=tuple(assumptions(found, words, loaded)),
            brief=brief(found, loaded),
            method=METHOD,
        ),
    )
