"""The finding on facts: values with their time, laid side by side at the case's snapshots."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.case.schema.record import Fact
from detente.methods.chronology.edtf import Edtf
from detente.results.finding import Finding
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import count_noun, join_words, upper_first

METHOD = (
    "A fact stands under a date if its valid time shares a day with it, with its time beside it where that is "
    f"approximate and so may not; facts of other or no times stand beside. {APPROXIMATE_DATES_NOTE}"
)


def format_fact_value(fact: Fact) -> str:
    """A value as a reader sees it."""
    value = ", ".join(fact.value) if isinstance(fact.value, list) else str(fact.value)
    value = {"True": "yes", "False": "no"}.get(value, value)
    return f"about {value}" if fact.approximate and not isinstance(fact.value, str) else value


def times_overlap(a: Edtf, b: Edtf) -> bool:
    """Whether two times can share a day."""
    return a.first_day <= b.last_day and b.first_day <= a.last_day


def _cell_text(facts: list[Fact], snapshot: Edtf | None) -> str:
    return "; ".join(_fact_text(fact, snapshot) for fact in facts)


def _fact_text(fact: Fact, snapshot: Edtf | None) -> str:
    """A fact under a snapshot, or beside them all: with its time where only that tells whether it belongs there."""
    when = fact.during
    if when and snapshot and not (when.approximate or snapshot.approximate):
        when = None
    if when and snapshot and when.covers(snapshot.first_day, snapshot.last_day) == "yes":
        when = None
    return format_fact_value(fact) + (f" ({when})" if when else "")


FactsBySnapshot = dict[Edtf | None, list[Fact]]
"""The facts on one attribute by snapshot, those of other or no times under None."""


def facts_by_attribute(case: Case) -> dict[tuple[str, str, str, str], FactsBySnapshot]:
    """The facts by topic, what they are of, attribute and unit, each under the snapshots it may hold at."""
    rows: dict[tuple[str, str, str, str], FactsBySnapshot] = {}
    for fact in case.facts.values():
        row = rows.setdefault((fact.topic or "", fact.of, fact.attribute, fact.unit or ""), {})
        snapshots: list[Edtf | None] = [s for s in case.snapshots if fact.during and times_overlap(fact.during, s)]
        for snapshot in snapshots or [None]:
            row.setdefault(snapshot, []).append(fact)
    return dict(sorted(rows.items(), key=lambda item: item[0][0]))


def facts_finding(case: Case) -> Finding:
    """The facts by topic, what they are of, and time."""
    import polars as pl

    fact_ranks = {id(fact): rank for rank, fact in enumerate(case.facts.values())}
    fact_ids = list(case.facts)
    rows = facts_by_attribute(case)
    columns = {**{str(s): s for s in case.snapshots}, "other times": None}
    records = [
        {
            "topic": topic,
            "of": of,
            "attribute": attribute,
            **{column: _cell_text(row.get(snapshot, []), snapshot) for column, snapshot in columns.items()},
            "unit": unit,
            "facts": ", ".join(
                fact_ids[i] for i in sorted({fact_ranks[id(f)] for facts in row.values() for f in facts})
            ),
        }
        for (topic, of, attribute, unit), row in rows.items()
    ]
    return Finding(
        id="facts",
        title="Facts side by side",
        says=_facts_sentence(case, rows),
        table=pl.DataFrame(records),
        headers={column: column for column in columns},
        links=("facts",),
        method=METHOD,
        rests_on=tuple(case.facts),
    )


def _facts_sentence(case: Case, rows: dict[tuple[str, str, str, str], FactsBySnapshot]) -> str:
    says = f"{upper_first(count_noun(len(case.facts), 'fact'))}"
    if case.snapshots:
        comparable_rows = {key: row for key, row in rows.items() if all(snapshot in row for snapshot in case.snapshots)}
        snapshots_phrase = join_words(map(str, case.snapshots))
        says += f"; {count_noun(len(comparable_rows), 'attribute')} can be laid side by side in {snapshots_phrase}"
        differing = [
            f"{attribute} of {of}"
            for (_, of, attribute, _), row in comparable_rows.items()
            if _values_differ(case, row)
        ]
        says += f", of which {join_words(differing)} differ" if differing else ""
    return says + "."


def _values_differ(case: Case, row: FactsBySnapshot) -> bool:
    return len({"; ".join(map(format_fact_value, row[snapshot])) for snapshot in case.snapshots}) > 1
