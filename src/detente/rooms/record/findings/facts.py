"""The finding on facts: values with their time, laid side by side at the case's snapshots."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.case.schema.record import Fact
from detente.methods.chronology.edtf import Edtf
from detente.results.finding import Finding
from detente.text.dates import HOW_FAR
from detente.text.english import capital, count, listed

METHOD = (
    "A fact stands under a date if its valid time shares a day with it, with its time beside it where that is "
    f"approximate and so may not; facts of other or no times stand beside. {HOW_FAR}"
)


def shown(fact: Fact) -> str:
    """A value as a reader sees it."""
    value = ", ".join(fact.value) if isinstance(fact.value, list) else str(fact.value)
    value = {"True": "yes", "False": "no"}.get(value, value)
    return f"about {value}" if fact.approximate and not isinstance(fact.value, str) else value


def overlap(a: Edtf, b: Edtf) -> bool:
    """Whether two times can share a day."""
    return a.first <= b.last and b.first <= a.last


def _cell(facts: list[Fact], snapshot: Edtf | None) -> str:
    return "; ".join(_in_cell(fact, snapshot) for fact in facts)


def _in_cell(fact: Fact, snapshot: Edtf | None) -> str:
    """A fact under a snapshot, or beside them all: with its time where only that tells whether it belongs there."""
    when = fact.during
    if when and snapshot and not (when.approximate or snapshot.approximate):
        when = None
    if when and snapshot and when.covers(snapshot.first, snapshot.last) == "yes":
        when = None
    return shown(fact) + (f" ({when})" if when else "")


Row = dict[Edtf | None, list[Fact]]
"""The facts on one attribute by snapshot, those of other or no times under None."""


def side_by_side(case: Case) -> dict[tuple[str, str, str, str], Row]:
    """The facts by topic, what they are of, attribute and unit, each under the snapshots it may hold at."""
    rows: dict[tuple[str, str, str, str], Row] = {}
    for fact in case.facts.values():
        row = rows.setdefault((fact.topic or "", fact.of, fact.attribute, fact.unit or ""), {})
        under: list[Edtf | None] = [s for s in case.snapshots if fact.during and overlap(fact.during, s)]
        for snapshot in under or [None]:
            row.setdefault(snapshot, []).append(fact)
    return dict(sorted(rows.items(), key=lambda item: item[0][0]))


def finding(case: Case) -> Finding:
    """The facts by topic, what they are of, and time."""
    import polars as pl

    ranks = {id(fact): rank for rank, fact in enumerate(case.facts.values())}
    names = list(case.facts)
    rows = side_by_side(case)
    columns = {**{str(s): s for s in case.snapshots}, "other times": None}
    records = [
        {
            "topic": topic,
            "of": of,
            "attribute": attribute,
            **{column: _cell(row.get(snapshot, []), snapshot) for column, snapshot in columns.items()},
            "unit": unit,
            "facts": ", ".join(names[i] for i in sorted({ranks[id(f)] for facts in row.values() for f in facts})),
        }
        for (topic, of, attribute, unit), row in rows.items()
    ]
    return Finding(
        id="facts",
        title="Facts side by side",
        says=_says(case, rows),
        table=pl.DataFrame(records),
        headers={column: column for column in columns},
        links=("facts",),
        method=METHOD,
        rests_on=tuple(case.facts),
    )


def _says(case: Case, rows: dict[tuple[str, str, str, str], Row]) -> str:
    says = f"{capital(count(len(case.facts), 'fact'))}"
    if case.snapshots:
        both = {key: row for key, row in rows.items() if all(snapshot in row for snapshot in case.snapshots)}
        says += f"; {count(len(both), 'attribute')} can be laid side by side in {listed(map(str, case.snapshots))}"
        moved = [f"{attribute} of {of}" for (_, of, attribute, _), row in both.items() if _differ(case, row)]
        says += f", of which {listed(moved)} differ" if moved else ""
    return says + "."


def _differ(case: Case, row: Row) -> bool:
    return len({"; ".join(map(shown, row[snapshot])) for snapshot in case.snapshots}) > 1
