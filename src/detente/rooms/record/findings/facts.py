"""The finding on facts: values with their time, laid side by side at the case's snapshots."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.case.schema.record import Fact
from detente.methods.chronology.edtf import Edtf
from detente.results.finding import Finding
from detente.results.table import Column, make_table
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


def _fact_remark(fact: Fact, snapshot: Edtf | None) -> str:
    """What stands beside the number of a fact: that it is approximate, and its time where only that tells its place."""
    when = fact.during
    if when and snapshot and not (when.approximate or snapshot.approximate):
        when = None
    if when and snapshot and when.covers(snapshot.first_day, snapshot.last_day) == "yes":
        when = None
    remarks = ["about"] if fact.approximate and _fact_number(fact) is not None else []
    return ", ".join([*remarks, *([f"of {when}"] if when else [])])


def _fact_number(fact: Fact) -> float | None:
    """The value of a fact as a number; None where it is words."""
    return None if isinstance(fact.value, bool | str | list) else float(fact.value)


def _fact_words(fact: Fact, snapshot: Edtf | None) -> str:
    """The value of a fact in words, where it is no number: the author's own in quotes; and what is to be said of it."""
    value = "" if _fact_number(fact) is not None else format_fact_value(fact)
    value = f"“{value}”" if isinstance(fact.value, str) else value
    return "; ".join(filter(None, [value, _fact_remark(fact, snapshot)]))


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
    rows = facts_by_attribute(case)
    return Finding(
        id="facts",
        title="Facts side by side",
        says=_facts_sentence(case, rows),
        table=make_table(_columns(case), _records(case, rows)),
        method=METHOD,
        rests_on=tuple(case.facts),
    )


def _times(case: Case) -> dict[str, Edtf | None]:
    """What facts are laid under: the snapshots, then all other times."""
    return {**{str(snapshot): snapshot for snapshot in case.snapshots}, "other times": None}


def _columns(case: Case) -> list[Column]:
    """For each time a column for numbers, and one for words and what is to be said of a number."""
    columns = [Column("topic"), Column("of"), Column("attribute")]
    for name in _times(case):
        key = name.replace(" ", "_")
        columns += [
            Column(f"number_{key}", name, "number", "as the row says"),
            Column(f"words_{key}", f"{name}, in words"),
        ]
    return [*columns, Column("unit"), Column("facts", format="ids")]


def _records(case: Case, rows: dict[tuple[str, str, str, str], FactsBySnapshot]) -> Iterator[dict[str, object]]:
    """A row for each attribute; further ones where several facts on it fall under one time."""
    ids = {id(fact): name for name, fact in case.facts.items()}
    for (topic, of, attribute, unit), row in rows.items():
        for index in range(max(map(len, row.values()))):
            record: dict[str, object] = {"topic": topic, "of": of, "attribute": attribute, "unit": unit}
            facts = []
            for name, snapshot in _times(case).items():
                if index < len(under_time := row.get(snapshot, [])):
                    fact, key = under_time[index], name.replace(" ", "_")
                    record |= {f"number_{key}": _fact_number(fact), f"words_{key}": _fact_words(fact, snapshot)}
                    facts.append(ids[id(fact)])
            yield {**record, "facts": ", ".join(dict.fromkeys(facts))}


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
