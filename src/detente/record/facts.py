"""The finding on facts: values with their time, laid side by side at the case's snapshots."""

from __future__ import annotations

from detente.case.dates import Edtf
from detente.case.happenings import Fact
from detente.case.schema import Case
from detente.section import Finding
from detente.words import capital, count, listed

METHOD = "A fact stands under a date if its valid time shares a day with it; facts of other or no times stand beside."


def shown(fact: Fact) -> str:
    """A value as a reader sees it."""
    value = ", ".join(fact.value) if isinstance(fact.value, list) else str(fact.value)
    value = {"True": "yes", "False": "no"}.get(value, value)
    return f"about {value}" if fact.approximate and not isinstance(fact.value, str) else value


def overlap(a: Edtf, b: Edtf) -> bool:
    """Whether two times can share a day."""
    return a.first <= b.last and b.first <= a.last


def finding(case: Case) -> Finding:
    """The facts by topic, what they are of, and time."""
    import polars as pl

    rows: dict[tuple[str, str, str, str], dict[str, list[str]]] = {}
    for name, fact in case.facts.items():
        row = rows.setdefault((fact.topic or "", fact.of, fact.attribute, fact.unit or ""), {})
        under = [str(s) for s in case.snapshots if fact.during and overlap(fact.during, s)]
        value = shown(fact) + (f" ({fact.during})" if fact.during and not under else "")
        for column in under or ["other times"]:
            row.setdefault(column, []).append(value)
        row.setdefault("facts", []).append(name)
    columns = [*(str(s) for s in case.snapshots), "other times"]
    records = [
        {
            "topic": topic,
            "of": of,
            "attribute": attribute,
            **{column: "; ".join(cells.get(column, [])) for column in columns},
            "unit": unit,
            "facts": ", ".join(cells["facts"]),
        }
        for (topic, of, attribute, unit), cells in sorted(rows.items(), key=lambda item: item[0][0])
    ]
    both = [r for r in records if case.snapshots and all(r[str(s)] for s in case.snapshots)]
    says = f"{capital(count(len(case.facts), 'fact'))}"
    if case.snapshots:
        dates = listed(map(str, case.snapshots))
        says += f"; {count(len(both), 'attribute')} can be laid side by side in {dates}"
        moved = [f"{r['attribute']} of {r['of']}" for r in both if len({r[str(s)] for s in case.snapshots}) > 1]
        says += f", of which {listed(moved)} differ" if moved else ""
    return Finding(
        id="facts",
        title="Facts side by side",
        says=says + ".",
        table=pl.DataFrame(records),
        headers={column: column for column in columns},
        links=("facts",),
        method=METHOD,
        rests_on=tuple(case.facts),
    )
