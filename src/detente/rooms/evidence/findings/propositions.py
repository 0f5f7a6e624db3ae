"""The finding on what the theories say, proposition by proposition: what bears each out, what speaks against it."""

from __future__ import annotations

from collections import Counter

from detente.case.schema.case import Case
from detente.case.schema.coding import Proposition
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.text.english import count_noun, join_words, upper_first

METHOD = (
    "Each proposition of each theory with what one should observe if it holds, as the case declares both, and the "
    "entries the case names for and against it. Entries are not weighed: one entry on each side makes it mixed."
)

STATE_PHRASES = {
    "for it only": "with entries for them only",
    "mixed": "with entries on both sides",
    "against it only": "with entries against them only",
    "untested": "untested",
}
"""What may bear on propositions, in words."""

COLUMNS = (
    Column("proposition", format="id"),
    Column("theory"),
    Column("in_words"),
    Column("one_should_see"),
    Column("for_it", format="ids"),
    Column("against_it", format="ids"),
    Column("state"),
    Column("room_that_could_test_it"),
    Column("remark"),
)


def proposition_state(proposition: Proposition) -> str:
    """Whether anything in the case bears on a proposition, and on which side."""
    if proposition.supported_by and proposition.contradicted_by:
        return "mixed"
    if proposition.supported_by:
        return "for it only"
    return "against it only" if proposition.contradicted_by else "untested"


def propositions_finding(case: Case) -> Finding:
    """All propositions of the theories in one table."""
    rows = []
    state_counts: dict[str, Counter[str]] = {}
    for theory in case.theories.values():
        state_counts[theory.name] = Counter()
        for name, proposition in theory.propositions.items():
            state_counts[theory.name][proposition_state(proposition)] += 1
            branch = theory.branches[proposition.branch].name if proposition.branch in theory.branches else ""
            rows.append(
                {
                    "proposition": name,
                    "theory": f"{theory.name}, {branch.lower()}" if branch else theory.name,
                    "in_words": proposition.says,
                    "one_should_see": proposition.implies or "",
                    "for_it": ", ".join(proposition.supported_by),
                    "against_it": ", ".join(proposition.contradicted_by),
                    "state": proposition_state(proposition),
                    "room_that_could_test_it": proposition.room or "",
                    "remark": proposition.note or "",
                }
            )
    theory_phrases = [
        f"{name}: {join_words(f'{n[s]} {phrase}' for s, phrase in STATE_PHRASES.items() if n[s])}"
        for name, n in state_counts.items()
    ]
    return Finding(
        id="propositions",
        title="What each theory says, and what bears on it",
        says=f"{upper_first(count_noun(len(rows), 'proposition'))}. {'; '.join(theory_phrases)}.",
        see="What one should see if it holds, and the entries of the case for and against it.",
        table=make_table(COLUMNS, rows),
        method=METHOD,
        rests_on=tuple(row["proposition"] for row in rows),
    )
