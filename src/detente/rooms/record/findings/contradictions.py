"""The section on where the sources disagree, with themselves or each other: computed where it can be."""

from __future__ import annotations

from collections import Counter
from typing import Any

from detente.case.index.entries import entries
from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import Check
from detente.methods.chronology.consistency import (
    Result,
    counts,
    dates_agree,
    more_than_elapsed,
    shares_add_up,
    values_agree,
)
from detente.methods.chronology.membership_spells import members_during
from detente.results.finding import Finding, Section, Tile
from detente.rooms.record.findings.membership import spells_of
from detente.text.english import capital, count, listed

METHOD = (
    "Contradictions are declared in the case with the entries that contradict each other or rest on what is "
    "contradicted. Where a check is declared it is computed anew from the case: shares over the members of a date, "
    "time between two entries, a count against the members, values and dates against each other. Undetermined means "
    "that the dates or memberships are too imprecise to tell."
)


def result(case: Case, check: Check) -> Result:
    """What a check finds in the case."""
    if check.shares:
        given = check.shares
        sure, unsure = members_during(spells_of(case.organisations[given.of]), given.on)
        facts = [case.facts[given.named.get(actor, given.each)].value for actor in sure]
        if not all(isinstance(value, int | float) for value in facts):
            return Result("undetermined", "a share is no number")
        return shares_add_up([float(v) for v in facts if isinstance(v, int | float)], len(unsure), given.total)
    if check.elapsed:
        since, to = (_date(case, id) for id in (check.elapsed.since, check.elapsed.to))
        if since is None or to is None:
            return Result("undetermined", "one of the entries has no date")
        return more_than_elapsed(since, to, check.elapsed.more_than)
    if check.count:
        sure, unsure = members_during(spells_of(case.organisations[check.count.of]), check.count.on)
        stated = case.facts[check.count.stated].value
        number = len(stated) if isinstance(stated, list) else stated
        if not isinstance(number, int):
            return Result("undetermined", "what is stated is no number")
        return counts(number, len(sure), len(unsure))
    return _agreement(case, check.agree.entries if check.agree else [])


def _agreement(case: Case, ids: list[str]) -> Result:
    known = entries(case)
    parts = [known[id].part for id in ids]
    if all(known[id].kind == "fact" for id in ids):
        return values_agree([part.value for part in parts])
    dates = [getattr(part, "date", None) or getattr(part, "during", None) for part in parts]
    if any(date is None for date in dates):
        return Result("undetermined", "one of the entries has no date")
    return dates_agree([date for date in dates if date])


def _date(case: Case, id: str) -> Any:
    return next((entry.date for entry in case.record if entry.id == id), None)


def section(case: Case) -> Section | None:
    """The section, or None if the case knows of no contradiction."""
    import polars as pl

    if not case.contradictions:
        return None
    results = {name: result(case, c.check) for name, c in case.contradictions.items() if c.check}
    records = [
        {
            "contradiction": name,
            "in_words": part.says,
            "sort": part.type or "",
            "computed": f"{results[name].agreement}: {results[name].because}" if name in results else "",
            "what_we_do": part.treatment or "",
            "touches": ", ".join(part.between),
        }
        for name, part in case.contradictions.items()
    ]
    found = Counter(r.agreement for r in results.values())
    outcomes = {
        "contradicted": "computing shows that they do in {}",
        "undetermined": "it cannot be told in {}",
        "consistent": "they agree in {}",
    }
    told = [words.format(count(found[a], "place")) for a, words in outcomes.items() if found[a]]  # type: ignore[index]
    listed_only = len(records) - len(results)
    told += [f"{count(listed_only, 'is', 'are')} listed and not computed"] if listed_only else []
    says = f"{capital(count(len(records), 'place'))} where the sources disagree or were checked: {listed(told)}."
    shown = [f"{name} ({r.because})" for name, r in results.items() if r.agreement == "contradicted"]
    detail = f"Shown by computing: {'; '.join(shown)}." if shown else says
    finding = Finding(
        id="list",
        title="Where the sources disagree",
        says=detail,
        see="Computed ones first say what the numbers and dates of this case give.",
        table=pl.DataFrame(sorted(records, key=lambda r: not r["computed"])),
        links=("contradiction", "touches"),
        method=METHOD,
        rests_on=tuple(case.contradictions),
    )
    return Section(
        id="contradictions",
        title="Where the sources disagree",
        answer=says,
        tile=Tile(
            "Where the sources disagree",
            f"{capital(count(found['contradicted'], 'contradiction'))} shown by computing",
            f"{listed_only} more listed, {found['consistent']} checks agree, {found['undetermined']} undetermined",
        ),
        findings=(finding,),
        outcome={f"contradictions.{a}": float(n) for a, n in found.items()},
        method=METHOD,
    )
